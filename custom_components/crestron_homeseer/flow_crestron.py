"""Adding a Crestron Home processor, and changing how it is reached."""

from collections import Counter
from typing import Any, override

from homeassistant.config_entries import (
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
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.util.network import is_ip_address
import voluptuous as vol

from .const import CONF_KIND, KIND_CRESTRON
from .crestron.find import find, is_plain, read_host
from .flow_base import SECRET, TEXT, HouseFlow, Typed
from .house.devices import House
from .house.exclusions import kind_of
from .house.hub import HubError, Reason
from .registry import async_connect_hub

HOST_SCHEMA = vol.Schema({vol.Required(CONF_HOST): TEXT})
TOKEN_SCHEMA = vol.Schema({vol.Required(CONF_TOKEN): SECRET})

# The ports that the protocols have anyway are not stored.
_USUAL_PORTS = {80, 443}

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
    _discovered_at: frozenset[str] = frozenset()
    # The name of the house, if the processor has one.
    _name: str | None = None

    async def async_step_crestron(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask for a processor's address and token, or for what may have changed."""
        if self._page is not None:
            return await self.async_page(user_input)
        if self.source == SOURCE_REAUTH:
            return self._ask_token("reauth_confirm")
        schema = HOST_SCHEMA
        if self.source != SOURCE_RECONFIGURE:
            self._data = {CONF_KIND: KIND_CRESTRON}
            schema = HOST_SCHEMA.extend(TOKEN_SCHEMA.schema)
        return self._ask(KIND_CRESTRON, self._async_address, schema)

    async def _async_address(self, typed: dict[str, Any]) -> ConfigFlowResult:
        """Look for a processor at an address; the token is not sent for that."""
        try:
            host, port = read_host(typed[CONF_HOST])
        except ValueError:
            return self._again("bad_address")
        port = None if port in _USUAL_PORTS else port
        self._refuse_twice(host, port)
        try:
            await self._async_find(host, port, plain=is_plain(typed[CONF_HOST]))
        except HubError as err:
            return self._again(err.reason.advice)
        if self._entry is None:
            self._data[CONF_TOKEN] = typed[CONF_TOKEN].strip()
        return await self._async_log_in_if_encrypted()

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Follow a known processor to its new address, or offer a new one.

        Nothing is offered before it has answered as a processor does.
        """
        host, mac = discovery_info.ip, format_mac(discovery_info.macaddress)
        if entry := await self.async_set_unique_id(mac):
            # Who typed a name has somebody else to follow it.
            by_address = is_ip_address(entry.data.get(CONF_HOST, ""))
            self._abort_if_unique_id_configured({CONF_HOST: host} if by_address else {})
        self._discovered_at = frozenset({host, discovery_info.hostname})
        if entry := self._discovered_entry():
            self._learn(entry, mac)
            return self.async_abort(reason="already_configured")
        try:
            await self._async_find(host, None)
        except HubError:
            return self.async_abort(reason="no_processor")
        name = f"{self._model()} ({host})"
        self.context["title_placeholders"] = {CONF_NAME: name, CONF_HOST: host}
        return self._ask_token("discovered")

    def _ask_token(self, step: str) -> ConfigFlowResult:
        """Ask for the token of a processor whose address is known."""
        facts = {"host": self._data[CONF_HOST], "model": self._model()}
        return self._ask(step, self._async_token, TOKEN_SCHEMA, **facts)

    async def _async_token(self, typed: dict[str, Any]) -> ConfigFlowResult:
        self._data[CONF_TOKEN] = typed[CONF_TOKEN].strip()
        if self._discovered_entry():
            # Somebody was faster, and typed its name.
            return self.async_abort(reason="already_configured")
        return await self._async_log_in_if_encrypted()

    async def _async_log_in_if_encrypted(self) -> ConfigFlowResult:
        """Log in; ask before the token crosses the network in the clear."""
        # What was agreed to when the processor was added is not asked again.
        if self._data[CONF_SSL] or (self._entry and not self._entry.data[CONF_SSL]):
            return await self._async_log_in()
        step = "no_longer_encrypted" if self._entry else "plain_http"
        return self._ask(step, self._async_log_in, host=self._data[CONF_HOST])

    async_step_discovered = HouseFlow.async_page
    async_step_reauth_confirm = HouseFlow.async_page
    async_step_no_longer_encrypted = HouseFlow.async_page
    async_step_plain_http = HouseFlow.async_page
    async_step_found = HouseFlow.async_page

    async def _async_log_in(self, typed: Typed = None) -> ConfigFlowResult:
        """Log in and read the house, then do what the flow is for."""
        try:
            house = await self._async_read_house()
        except HubError as err:
            if err.reason is Reason.BAD_TOKEN and self.source == SOURCE_RECONFIGURE:
                return self.async_abort(reason="other_house")
            return self._again(err.reason.advice)
        if self._entry is not None:
            return await self._async_changed(house)
        found = _summary(house) | {"model": self._model()}
        host = self._data[CONF_HOST]
        return self._ask("found", self._async_add_processor, host=host, **found)

    async def _async_add_processor(self, typed: Typed = None) -> ConfigFlowResult:
        """Add the entry; what is discovered as well is the same processor."""
        host = self._data[CONF_HOST]
        for flow in self._async_in_progress():
            context = flow["context"]
            if context.get("title_placeholders", {}).get(CONF_HOST) == host:
                mac = context["unique_id"]
                await self.async_set_unique_id(mac, raise_on_progress=False)
        title = self._name or self._data[CONF_MODEL] or host
        if title in {entry.title for entry in self._async_current_entries()}:
            title = f"{title} ({host})"
        return self.async_create_entry(title=title, data=self._data)

    def _model(self) -> str:
        return self._data.get(CONF_MODEL) or "Crestron Home"

    def _discovered_entry(self) -> ConfigEntry | None:
        """Return the entry of the processor that was discovered, by address or name."""
        for entry in self._async_current_entries(include_ignore=False):
            if entry.data[CONF_KIND] == KIND_CRESTRON:
                host = entry.data[CONF_HOST].lower()
                if {host, host.partition(".")[0]} & self._discovered_at - {""}:
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

    async def _async_find(
        self, host: str, port: int | None, *, plain: bool = False
    ) -> None:
        """Look for a processor and keep what is known of it; raises HubError."""
        session = async_get_clientsession(self.hass, verify_ssl=False)
        found = await find(session, host, port, plain=plain)
        self._name = found.name
        self._data |= {
            CONF_KIND: KIND_CRESTRON,
            CONF_HOST: found.address.host,
            CONF_PORT: found.address.port,
            CONF_SSL: found.address.https,
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
    rooms = sum(not room.virtual for room in house.rooms.values())
    return counts | {"rooms": str(rooms)}
