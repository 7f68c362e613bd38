"""Adding a Crestron Home processor, and changing how it is reached."""

from collections import Counter
from typing import override

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import (
    CONF_HOST,
    CONF_MODEL,
    CONF_NAME,
    CONF_PORT,
    CONF_SSL,
    CONF_TOKEN,
)
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.util.network import is_ip_address
import voluptuous as vol

from .const import CONF_CERTIFICATE, CONF_KIND, KIND_CRESTRON
from .crestron.find import Found, is_plain, read_host
from .flow_base import SECRET, TEXT, HouseFlow, Typed, in_background
from .house.devices import House
from .house.exclusions import kind_of
from .house.hub import HubError, Reason
from .hubs import async_find_crestron, readable_certificate
from .registry import async_connect_hub

HOST_SCHEMA = vol.Schema({vol.Required(CONF_HOST): TEXT})
TOKEN_SCHEMA = vol.Schema({vol.Required(CONF_TOKEN): SECRET})

# The form for each way in which a flow starts; the last one is for all others.
_FORMS = {
    SOURCE_DHCP: ("discovered", TOKEN_SCHEMA),
    SOURCE_REAUTH: ("reauth_confirm", TOKEN_SCHEMA),
    SOURCE_RECONFIGURE: (KIND_CRESTRON, HOST_SCHEMA),
    None: (KIND_CRESTRON, HOST_SCHEMA.extend(TOKEN_SCHEMA.schema)),
}

# The ports that the protocols have anyway are not stored.
_USUAL_PORTS = {80, 443}

# What answers like this is a processor that starts, or none at all yet.
_NOT_YET = {Reason.REFUSED, Reason.TIMED_OUT, Reason.LOST, Reason.STARTING}

# The kinds that are counted for the user to see that it is the right house.
_COUNTED = {
    "lights": ("light", "fan"),
    "shades": ("cover",),
    "thermostats": ("climate",),
    "locks": ("lock",),
    "sensors": ("binary_sensor",),
    "media_rooms": ("media_player",),
    "scenes": ("scene",),
}


class CrestronFlow(HouseFlow):
    """Asks for as little as possible, and tries it before it is kept."""

    # The address that was discovered, and the name if it has one.
    _discovered_at: set[str]
    # The name of the house, if the processor has one.
    _name: str | None = None

    @in_background
    async def async_step_crestron(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for a processor's address and token, or for its new address."""
        if user_input is None:
            return self._show_crestron()
        self._typed = user_input
        try:
            host, port = read_host(user_input[CONF_HOST])
        except ValueError:
            return self._show_crestron(CONF_HOST, "bad_address")
        port = None if port in _USUAL_PORTS else port
        if not self._is_own_address(host, port):
            self._async_abort_entries_match({CONF_HOST: host, CONF_PORT: port})
        plain = is_plain(user_input[CONF_HOST])
        try:
            # The token is not sent for this.
            found = await async_find_crestron(self.hass, host, port, plain=plain)
        except HubError as err:
            return self._show_crestron(CONF_HOST, err.reason.advice)
        if entry := self._known_entry():
            self._options = dict(entry.options)
            self._keep(found, entry.data[CONF_TOKEN])
            # Plain HTTP was agreed to when the processor was added.
            if not entry.data[CONF_SSL]:
                return await self._async_log_in()
        else:
            self._keep(found, user_input[CONF_TOKEN].strip())
        return await self._async_log_in_if_encrypted()

    def _show_crestron(self, field: str = "", error: str = "") -> ConfigFlowResult:
        """Show the form for the way in which the flow was started."""
        if error:
            self._errors = {field: error}
        step, schema = _FORMS.get(self.source, _FORMS[None])
        host, model = self._data.get(CONF_HOST, ""), self._model()
        return self._form(KIND_CRESTRON, step, schema, host=host, model=model)

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Follow a known processor to its new address, or offer a new one.

        Nothing is offered before it has answered as a processor does.
        """
        host, mac = discovery_info.ip, format_mac(discovery_info.macaddress)
        if entry := await self.async_set_unique_id(mac):
            await self._async_follow(entry, host)
        self._discovered_at = {host, discovery_info.hostname}
        if entry := self._entry_at(self._discovered_at):
            self._learn(entry, mac)
            return self.async_abort(reason="already_configured")
        try:
            found = await async_find_crestron(self.hass, host, None)
        except HubError:
            return self.async_abort(reason="no_processor")
        self._keep(found)
        name = f"{self._model()} ({host})"
        self.context["title_placeholders"] = {CONF_NAME: name, CONF_HOST: host}
        return await self.async_step_discovered()

    @in_background
    async def async_step_discovered(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for the token of a processor whose address is known."""
        if user_input is None:
            return self._show_crestron()
        self._typed = user_input
        self._data[CONF_TOKEN] = user_input[CONF_TOKEN].strip()
        if self.source == SOURCE_REAUTH:
            self._options = dict(self._get_reauth_entry().options)
            return await self._async_log_in()
        if self._entry_at(self._discovered_at):
            # Somebody was faster, and typed its name.
            return self.async_abort(reason="already_configured")
        return await self._async_log_in_if_encrypted()

    async_step_reauth_confirm = async_step_discovered

    async def _async_log_in_if_encrypted(self) -> ConfigFlowResult:
        """Log in; ask before the token crosses the network in the clear."""
        if self._data[CONF_SSL]:
            return await self._async_log_in()
        # Without encryption, there is no certificate to trust.
        (self._options or {}).pop(CONF_CERTIFICATE, None)
        step = "no_longer_encrypted" if self._known_entry() else "plain_http"
        return self._confirm(step, self._async_log_in, host=self._data[CONF_HOST])

    async_step_no_longer_encrypted = HouseFlow.async_step_confirm
    async_step_plain_http = HouseFlow.async_step_confirm
    async_step_certificate = HouseFlow.async_step_confirm
    async_step_found = HouseFlow.async_step_confirm

    async def _async_log_in(self) -> ConfigFlowResult:
        """Log in and read the house, then do what the flow is for."""
        host = self._data[CONF_HOST]
        try:
            house = await self._async_read_house()
        except HubError as err:
            if err.reason is Reason.CERTIFICATE and self._options is not None:
                facts = err.issue.facts
                self._options[CONF_CERTIFICATE] = facts["seen"]
                shown = {key: readable_certificate(each) for key, each in facts.items()}
                return self._confirm(
                    "certificate", self._async_log_in, host=host, **shown
                )
            wrong_token = err.reason is Reason.BAD_TOKEN
            if wrong_token and self.source == SOURCE_RECONFIGURE:
                return self.async_abort(reason="other_house")
            field = CONF_TOKEN if wrong_token else "base"
            return self._show_crestron(field, err.reason.advice)
        if self._known_entry():
            return await self._async_changed(house)
        found = _summary(house) | {"model": self._model(), "host": host}
        return self._confirm("found", self._async_add, **found)

    async def _async_add(self) -> ConfigFlowResult:
        """Add the entry; what is discovered as well is the same processor."""
        for flow in self._async_in_progress():
            context = flow["context"]
            shown = context.get("title_placeholders", {})
            if shown.get(CONF_HOST) == self._data[CONF_HOST]:
                await self.async_set_unique_id(
                    context["unique_id"], raise_on_progress=False
                )
        return self.async_create_entry(title=self._title(), data=self._data)

    def _title(self) -> str:
        """Return the title of a new entry; no two entries have the same."""
        host: str = self._data[CONF_HOST]
        title: str = self._name or self._data[CONF_MODEL] or host
        taken = {entry.title for entry in self._async_current_entries()}
        return f"{title} ({host})" if title in taken else title

    def _model(self) -> str:
        return self._data.get(CONF_MODEL) or "Crestron Home"

    def _entry_at(self, hosts: set[str]) -> ConfigEntry | None:
        """Return the entry of a processor at one of these addresses or names."""
        for entry in self._async_current_entries(include_ignore=False):
            if entry.data[CONF_KIND] == KIND_CRESTRON:
                host = entry.data[CONF_HOST].lower()
                if host in hosts or host.partition(".")[0] in hosts - {""}:
                    return entry
        return None

    def _learn(self, entry: ConfigEntry, mac: str) -> None:
        """Remember which network card a processor has that was added by hand.

        Only where the token has just been accepted: anything can get an address that
        was a processor's.
        """
        if (
            entry.unique_id is None
            and entry.state is ConfigEntryState.LOADED
            and entry.runtime_data.last_update_success
        ):
            self.hass.config_entries.async_update_entry(entry, unique_id=mac)
            async_connect_hub(self.hass, entry)

    async def _async_follow(self, entry: ConfigEntry, host: str) -> None:
        """Take over the address at which a processor shows up; ends the flow.

        A processor asks for its address when it starts, minutes before it answers. So
        it is followed unless something else answers there, or without encryption.
        """
        if entry.source == SOURCE_IGNORE or not is_ip_address(entry.data[CONF_HOST]):
            # Who typed a name has somebody else to follow it.
            self._abort_if_unique_id_configured()
        if entry.data[CONF_HOST] != host:
            try:
                found = await async_find_crestron(
                    self.hass, host, entry.data[CONF_PORT]
                )
            except HubError as err:
                if err.reason not in _NOT_YET:
                    raise AbortFlow("no_processor") from None
            else:
                if entry.data[CONF_SSL] and not found.address.https:
                    raise AbortFlow("no_processor")
        self._abort_if_unique_id_configured(updates={CONF_HOST: host})

    def _keep(self, found: Found, token: str = "") -> None:
        """Keep what is known of a processor."""
        self._name = found.name
        self._data = {
            CONF_KIND: KIND_CRESTRON,
            CONF_HOST: found.address.host,
            CONF_PORT: found.address.port,
            CONF_SSL: found.address.https,
            CONF_TOKEN: token,
            CONF_MODEL: found.model,
        }


def _summary(house: House) -> dict[str, str]:
    """Return how many of each there are."""
    # What few people want to see is not what they know their house by.
    shown = (device for device in house.devices.values() if not device.hidden)
    types = Counter(kind_of(device).partition(":")[0] for device in shown)
    counts = {
        name: str(sum(types[kind] for kind in kinds))
        for name, kinds in _COUNTED.items()
    }
    return counts | {
        "rooms": str(sum(not each.virtual for each in house.rooms.values()))
    }
