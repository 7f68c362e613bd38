"""Choosing what of a hub to include and what it is, and which certificate to trust."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from homeassistant.components.webhook import async_generate_id
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_SSL, CONF_WEBHOOK_ID
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import BooleanSelector, SelectSelectorMode
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import (
    CONF_ALARM_CODE,
    CONF_ASCII_PORT,
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_CERTIFICATE,
    CONF_DOORS,
    CONF_EVENT_GROUPS,
    CONF_FADE_UNIT,
    CONF_INTERFACES,
    CONF_KIND,
    CONF_ROOM_FROM,
    CONF_SCENE_GROUPS,
    CONF_VOLUME_SCALE,
    CONF_WEBHOOK,
    DEFAULT_ASCII_PORT,
    KIND_CRESTRON,
    KIND_HOMESEER,
    VIRTUAL_DEVICES,
)
from .crestron.find import read_host, see_certificate
from .crestron.hints import check
from .flow_base import (
    AUTOMATIC,
    EVERYTHING,
    SECRET,
    TEXT,
    Typed,
    number,
    pick,
    pick_several,
    typed_host,
)
from .house.devices import AlarmPanel, Light, MediaRoom
from .house.hub import HubError, Reason
from .hubs import address_of, bridge_of, readable_certificate
from .options_come_over import ComeOverFlow
from .options_devices import DevicesFlow
from .options_shades import ShadesFlow
from .webhook import address, webhook_id_of

CONF_PIN = "pin_certificate"
CONF_REMOVE = "remove_code"

# Names of places are shown as examples; so many are enough.
EXAMPLES = 4
# How processors count volumes and the time of a fade; what is not here is not known.
COUNTS = {
    CONF_VOLUME_SCALE: {"percent": "0 – 100", "raw": "0 – 65535"},
    CONF_FADE_UNIT: {"milliseconds": "1 ms", "hundredths": "10 ms", "seconds": "1 s"},
}
# What is wrong with a bridge; any other reason is no answer.
BRIDGE_ERRORS = {
    Reason.BAD_TOKEN: "bridge_token",
    Reason.OTHER_DEVICE: "bridge_other",
    Reason.OFFLINE: "bridge_offline",
}


class HomeOptionsFlow(ShadesFlow, DevicesFlow, ComeOverFlow):
    """A menu; each choice is kept at once, overrides when all are made."""

    async def async_step_init(self, user_input: Typed = None) -> ConfigFlowResult:
        """Offer what there is to choose."""
        kinds: set[type] = set()
        if (coordinator := self._coordinator()) is not None:
            self._choices = coordinator.hub.choices()
            kinds = {type(device) for device in coordinator.data.devices.values()}
        data, choices = self.config_entry.data, self._choices
        crestron = data[CONF_KIND] == KIND_CRESTRON
        offered = {
            "shades": self._shades_offered(),
            "overrides": self._parts(),
            "include": self._entire().devices,
            "doors": self._doors() or self.config_entry.options.get(CONF_DOORS),
            # Without encryption, there is no certificate to trust.
            "certificate": crestron and data[CONF_SSL],
            "counts": crestron and kinds & {Light, MediaRoom},
            "hints": crestron,
            "interfaces": len(choices.interfaces) > 1,
            "events": choices.event_groups,
            "rooms": len([names for _, names in choices.places if names]) > 1,
            "push": data[CONF_KIND] == KIND_HOMESEER,
            "alarm": not crestron and AlarmPanel in kinds,
            "come_over": self._entire().devices,
        }
        return self._offer("init", offered)

    @cached_property
    def _webhook_id(self) -> str:
        """The id of the entry's web hook; a new one where it has none yet."""
        return webhook_id_of(self.config_entry) or async_generate_id()

    def _webhook(self) -> VolDictType:
        """Return the field to switch the web hook on."""
        on = self.config_entry.options.get(CONF_WEBHOOK, False)
        return {vol.Required(CONF_WEBHOOK, default=on): BooleanSelector()}

    def _one(self, key: str, names: Mapping[str, str]) -> VolDictType:
        """Return the field to choose one of several; or it is found out."""
        chosen = str(self.config_entry.options.get(key) or AUTOMATIC)
        return {
            vol.Required(key, default=chosen): pick({AUTOMATIC: AUTOMATIC, **names})
        }

    def _several(self, key: str, there: Iterable[str]) -> VolDictType:
        """Return the field to choose some of what there is, or everything."""
        chosen = self.config_entry.options.get(key, [EVERYTHING])
        names = sorted({*there, *chosen} - {EVERYTHING}, key=str.lower)
        options = (EVERYTHING, *names)
        return pick_several(key, options, chosen, SelectSelectorMode.LIST)

    # Of a processor

    async def async_step_counts(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose how the processor counts, for who knows."""
        if user_input is not None:
            return self._save(user_input)
        fields: VolDictType = {}
        for key, names in COUNTS.items():
            fields |= self._one(key, names)
        return self._show("counts", fields)

    async def async_step_certificate(
        self, user_input: Typed = None
    ) -> ConfigFlowResult:
        """Ask whether to; the certificate is the one that is shown at that moment."""
        pinned = self.config_entry.options.get(CONF_CERTIFICATE)
        error = ""
        if user_input is not None:
            session = async_get_clientsession(self.hass, verify_ssl=False)
            where = address_of(self.config_entry.data)
            try:
                # What is pinned already is changed under Repairs, where it is shown.
                if user_input[CONF_PIN] and not pinned:
                    pinned = await see_certificate(session, where)
                return self._save({CONF_CERTIFICATE: user_input[CONF_PIN] and pinned})
            except HubError:
                error = "certificate_unseen"
        return self._show(
            "certificate",
            {vol.Required(CONF_PIN, default=bool(pinned)): BooleanSelector()},
            error,
            pinned=readable_certificate(pinned) if pinned else "–",
        )

    async def async_step_hints(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose what calls when something changes, and try a bridge."""
        known, error = self.config_entry.options, ""
        if user_input is not None:
            where = user_input.get(CONF_BRIDGE, "").strip() or None
            token = user_input.get(CONF_BRIDGE_TOKEN, "").strip() or None
            try:
                if where is not None:
                    where = typed_host(*read_host(where))
                    if where == known.get(CONF_BRIDGE):
                        token = token or known.get(CONF_BRIDGE_TOKEN)
                changes = {CONF_BRIDGE: where, CONF_BRIDGE_TOKEN: where and token}
                if (bridge := bridge_of(changes)) is not None:
                    await check(async_get_clientsession(self.hass), bridge)
                on = user_input[CONF_WEBHOOK]
                hook = {CONF_WEBHOOK: on, CONF_WEBHOOK_ID: self._webhook_id}
                return self._save(changes | hook)
            except ValueError:
                error = "bridge_away"
            except HubError as err:
                error = BRIDGE_ERRORS.get(err.reason, "bridge_away")
        fields = self._webhook()
        fields |= {
            vol.Optional(CONF_BRIDGE): TEXT,
            vol.Optional(CONF_BRIDGE_TOKEN): SECRET,
        }
        # The stored token is shown to nobody.
        typed = user_input or {CONF_BRIDGE: known.get(CONF_BRIDGE)}
        there = address(self.hass, self._webhook_id)
        return self._show("hints", fields, error, typed, address=there)

    # Of a HomeSeer system

    async def async_step_interfaces(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the plug-ins whose devices are included."""
        error = ""
        if user_input is not None:
            if chosen := user_input[CONF_INTERFACES]:
                return self._save({CONF_INTERFACES: sorted(chosen)})
            error = "nothing_chosen"
        names = [name or VIRTUAL_DEVICES for name in self._choices.interfaces]
        return self._show("interfaces", self._several(CONF_INTERFACES, names), error)

    async def async_step_events(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the groups whose events are included, and those that are scenes."""
        if user_input is not None:
            return self._save({key: sorted(user_input[key]) for key in user_input})
        there = self._choices.event_groups
        # Before anybody was asked, all were scenes.
        scenes = self.config_entry.options.get(CONF_SCENE_GROUPS, there)
        names = sorted({*there, *scenes}, key=str.lower)
        fields = self._several(CONF_EVENT_GROUPS, there)
        mode = SelectSelectorMode.LIST
        fields |= pick_several(CONF_SCENE_GROUPS, names, scenes, mode)
        return self._show("events", fields)

    async def async_step_rooms(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose which location is the room."""
        if user_input is not None:
            chosen = user_input[CONF_ROOM_FROM]
            room_from = None if chosen == AUTOMATIC else int(chosen)
            return self._save({CONF_ROOM_FROM: room_from})
        names = {
            str(number): f"{name}: {', '.join(names[:EXAMPLES])}"
            for number, (name, names) in enumerate(self._choices.places, start=1)
        }
        return self._show("rooms", self._one(CONF_ROOM_FROM, names))

    async def async_step_push(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose how the system pushes changes."""
        if user_input is not None:
            port = int(user_input.get(CONF_ASCII_PORT, 0))
            return self._save({**user_input, CONF_ASCII_PORT: port})
        port = self.config_entry.options.get(CONF_ASCII_PORT, DEFAULT_ASCII_PORT)
        fields: VolDictType = {
            vol.Optional(CONF_ASCII_PORT): number(0, 65535),
            **self._webhook(),
        }
        there = address(self.hass, self._webhook_id)
        # Suggested and not a default, because an empty field means off.
        typed = {CONF_ASCII_PORT: port}
        return self._show("push", fields, typed=typed, address=there)

    async def async_step_alarm(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the code that arming and disarming asks for."""
        stored = self.config_entry.options.get(CONF_ALARM_CODE)
        if user_input is not None:
            code = user_input.get(CONF_ALARM_CODE, "").strip()
            kept = None if user_input.get(CONF_REMOVE) else stored
            return self._save({CONF_ALARM_CODE: code or kept})
        # The code itself is shown to nobody.
        fields: VolDictType = {vol.Optional(CONF_ALARM_CODE): SECRET}
        if stored:
            fields[vol.Required(CONF_REMOVE, default=False)] = BooleanSelector()
        return self._show("alarm", fields)
