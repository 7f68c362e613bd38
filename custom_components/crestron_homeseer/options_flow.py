"""Choosing what of a hub to include and what it is, and which certificate to trust."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from homeassistant.components.webhook import async_generate_id
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_SSL, CONF_WEBHOOK_ID
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelectorMode,
)
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
from .crestron.find import read_host
from .flow_base import SECRET, TEXT, Typed, pick, pick_several, typed_host
from .house.devices import AlarmPanel, Device, Light, MediaRoom
from .house.hub import HubError, Reason
from .hubs import async_check_bridge, async_see_certificate, readable_certificate
from .options_come_over import ComeOverFlow
from .options_devices import AUTOMATIC, DevicesFlow
from .options_shades import ShadesFlow
from .webhook import address, webhook_id_of

# Stands for everything there is, also what comes later.
EVERYTHING = "all_also_new"
CONF_PIN = "pin_certificate"
CONF_REMOVE = "remove_code"

# Names of places are shown as examples; so many are enough.
EXAMPLES = 4
# How processors count volumes and the time of a fade; what is not here is not known.
COUNTS = {
    CONF_VOLUME_SCALE: {"percent": "0 – 100", "raw": "0 – 65535"},
    CONF_FADE_UNIT: {"milliseconds": "1 ms", "hundredths": "10 ms", "seconds": "1 s"},
}
# What is wrong with a bridge, and with which field; any other reason is no answer.
BRIDGE_ERRORS = {
    Reason.BAD_TOKEN: (CONF_BRIDGE_TOKEN, "bridge_token"),
    Reason.OTHER_DEVICE: (CONF_BRIDGE, "bridge_other"),
    Reason.OFFLINE: (CONF_BRIDGE, "bridge_offline"),
}


class HomeOptionsFlow(ShadesFlow, DevicesFlow, ComeOverFlow):
    """A menu; each choice is kept at once, overrides when all are made."""

    async def async_step_init(self, user_input: Typed = None) -> ConfigFlowResult:
        """Offer what there is to choose."""
        devices: list[Device] = []
        if (coordinator := self._coordinator()) is not None:
            self._choices = coordinator.hub.choices()
            devices += coordinator.data.devices.values()
        data, choices = self.config_entry.data, self._choices
        crestron = data[CONF_KIND] == KIND_CRESTRON
        joined = coordinator and self.config_entry.options.get(CONF_DOORS)
        offered = {
            "shades": self._shades_offered(),
            "overrides": bool(self._parts()),
            "include": bool(self._entire().devices),
            "doors": bool(self._doors() or joined),
            # Without encryption, there is no certificate to trust.
            "certificate": crestron and data[CONF_SSL],
            "counts": crestron and any(map(_counts, devices)),
            "hints": crestron,
            "interfaces": len(choices.interfaces) > 1,
            "events": bool(choices.event_groups),
            "rooms": len([names for _, names in choices.places if names]) > 1,
            "push": data[CONF_KIND] == KIND_HOMESEER,
            "alarm": any(map(_asks_for_code, devices)),
            "come_over": bool(self._entire().devices),
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
        options = {AUTOMATIC: AUTOMATIC, **names}
        return {vol.Required(key, default=chosen): pick(options)}

    # Of a processor

    async def async_step_counts(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose how the processor counts, for who knows."""
        if user_input is not None:
            return self._save(
                {
                    key: None if chosen == AUTOMATIC else chosen
                    for key, chosen in user_input.items()
                }
            )
        fields: VolDictType = {}
        for key, names in COUNTS.items():
            fields |= self._one(key, names)
        return self._show("counts", fields)

    async def async_step_certificate(
        self, user_input: Typed = None
    ) -> ConfigFlowResult:
        """Ask whether to; the certificate is the one that is shown at that moment."""
        pinned = self.config_entry.options.get(CONF_CERTIFICATE)
        errors = {}
        if user_input is not None:
            if not user_input[CONF_PIN]:
                return self._save({CONF_CERTIFICATE: None})
            try:
                # What is pinned already is changed under Repairs, where it is shown.
                pinned = pinned or await async_see_certificate(
                    self.hass, self.config_entry.data
                )
            except HubError:
                errors[CONF_PIN] = "certificate_unseen"
            else:
                return self._save({CONF_CERTIFICATE: pinned})
        return self._show(
            "certificate",
            {vol.Required(CONF_PIN, default=bool(pinned)): BooleanSelector()},
            errors,
            pinned=readable_certificate(pinned) if pinned else "–",
        )

    async def async_step_hints(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose what calls when something changes, and try a bridge."""
        errors: dict[str, str] = {}
        if user_input is not None:
            bridge, errors = await self._async_bridge(user_input)
            if not errors:
                on = user_input[CONF_WEBHOOK] or None
                hook = {CONF_WEBHOOK: on, CONF_WEBHOOK_ID: self._webhook_id}
                return self._save(bridge | hook)
        return self._show(
            "hints",
            {
                **self._webhook(),
                vol.Optional(CONF_BRIDGE): TEXT,
                vol.Optional(CONF_BRIDGE_TOKEN): SECRET,
            },
            errors,
            # The stored token is shown to nobody.
            user_input or {CONF_BRIDGE: self.config_entry.options.get(CONF_BRIDGE)},
            address=address(self.hass, self._webhook_id),
        )

    async def _async_bridge(
        self, typed: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return what is to be kept of a bridge, and what is wrong with it."""
        options = self.config_entry.options
        where = typed.get(CONF_BRIDGE, "").strip() or None
        token = typed.get(CONF_BRIDGE_TOKEN, "").strip() or None
        try:
            if where is not None:
                where = typed_host(*read_host(where))
                if where == options.get(CONF_BRIDGE):
                    token = token or options.get(CONF_BRIDGE_TOKEN)
            bridge = {CONF_BRIDGE: where, CONF_BRIDGE_TOKEN: where and token}
            await async_check_bridge(self.hass, bridge)
        except ValueError:
            return {}, {CONF_BRIDGE: "bridge_away"}
        except HubError as err:
            field, error = BRIDGE_ERRORS.get(err.reason, (CONF_BRIDGE, "bridge_away"))
            return {}, {field: error}
        return bridge, {}

    # Of a HomeSeer system

    async def async_step_interfaces(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the plug-ins whose devices are included."""
        errors = {}
        if user_input is not None:
            if chosen := user_input[CONF_INTERFACES]:
                return self._save({CONF_INTERFACES: _all_or(chosen)})
            errors[CONF_INTERFACES] = "nothing_chosen"
        names = [name or VIRTUAL_DEVICES for name in self._choices.interfaces]
        return self._show("interfaces", self._several(CONF_INTERFACES, names), errors)

    async def async_step_events(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the groups whose events are included, and those that are scenes."""
        if user_input is not None:
            return self._save(
                {
                    CONF_EVENT_GROUPS: _all_or(user_input[CONF_EVENT_GROUPS]),
                    CONF_SCENE_GROUPS: sorted(user_input[CONF_SCENE_GROUPS]),
                }
            )
        there = self._choices.event_groups
        # Before anybody was asked, all were scenes.
        scenes = self.config_entry.options.get(CONF_SCENE_GROUPS, there)
        names = sorted({*there, *scenes}, key=str.lower)
        return self._show(
            "events",
            self._several(CONF_EVENT_GROUPS, there)
            | pick_several(CONF_SCENE_GROUPS, names, scenes, SelectSelectorMode.LIST),
        )

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
            return self._save(
                {
                    CONF_ASCII_PORT: int(user_input.get(CONF_ASCII_PORT, 0)),
                    CONF_WEBHOOK: user_input[CONF_WEBHOOK] or None,
                }
            )
        port = self.config_entry.options.get(CONF_ASCII_PORT, DEFAULT_ASCII_PORT)
        box = NumberSelectorConfig(min=0, max=65535, mode=NumberSelectorMode.BOX)
        return self._show(
            "push",
            {vol.Optional(CONF_ASCII_PORT): NumberSelector(box), **self._webhook()},
            # Suggested and not a default, because an empty field means off.
            typed={CONF_ASCII_PORT: port},
            address=address(self.hass, self._webhook_id),
        )

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

    def _several(self, key: str, there: Iterable[str]) -> VolDictType:
        """Return the field to choose some of what there is, or everything."""
        chosen = self.config_entry.options.get(key, [EVERYTHING])
        names = sorted({*there, *chosen} - {EVERYTHING}, key=str.lower)
        options = (EVERYTHING, *names)
        return pick_several(key, options, chosen, SelectSelectorMode.LIST)


def _all_or(chosen: list[str]) -> list[str] | None:
    """Return what is chosen as it is stored: None for everything."""
    return None if EVERYTHING in chosen else sorted(chosen)


def _counts(device: Device) -> bool:
    """Return whether a processor takes volumes or times of fades for a device."""
    volume = isinstance(device, MediaRoom) and device.can_set_volume
    return volume or (isinstance(device, Light) and device.fades)


def _asks_for_code(device: Device) -> bool:
    """Return whether a device is an alarm system that can be armed or disarmed."""
    armed = isinstance(device, AlarmPanel) and (device.arm_modes or device.can_disarm)
    return bool(armed)
