"""Choosing what of a hub to include and what it is, and whom to trust."""

from collections.abc import Callable, Iterable
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_SSL, CONF_WEBHOOK_ID
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import (
    CONF_ALARM_CODE,
    CONF_ASCII_PORT,
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
    KIND_HOMESEER,
    VIRTUAL_DEVICES,
)
from .flow_base import SECRET, several
from .house.devices import AlarmPanel, Device, Light, MediaRoom
from .house.hub import HubError
from .hubs import FADE_UNITS, SCALES, async_see_certificate, readable_certificate
from .options_base import AUTOMATIC
from .options_hints import HintsFlow
from .options_include import IncludeFlow
from .options_kinds import KindsFlow
from .options_shades import ShadesFlow
from .webhook import address

# Stands for everything there is, also what comes later.
EVERYTHING = "all_also_new"
CONF_PIN = "pin_certificate"
CONF_REMOVE = "remove_code"

# Names of places are shown as examples; so many are enough.
EXAMPLES = 4


class HomeFlow(ShadesFlow, KindsFlow, IncludeFlow):
    """What can be chosen of any home."""

    def _of_any_home(self) -> dict[str, bool]:
        if (coordinator := self._coordinator()) is not None:
            self._choices = coordinator.hub.choices()
        said = self.config_entry.options
        return {
            "shades": self._shades_offered(),
            "overrides": bool(self._parts()),
            "include": bool(self._entire().devices),
            "doors": bool(self._doors() or (coordinator and said.get(CONF_DOORS))),
        }


class CrestronOptionsFlow(HintsFlow, HomeFlow):
    """A menu: what is there and what it is, and to trust one certificate alone."""

    can_arrive_together = True

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer what there is to choose."""
        return self._offer(
            {
                **self._of_any_home(),
                # Without encryption, there is no certificate to trust.
                "certificate": self.config_entry.data[CONF_SSL],
                "volume": self._has(
                    lambda each: isinstance(each, MediaRoom) and each.can_set_volume
                ),
                "fading": self._has(
                    lambda each: isinstance(each, Light) and each.fades
                ),
                "hints": True,
            }
        )

    def _has(self, wanted: Callable[[Device], bool]) -> bool:
        coordinator = self._coordinator()
        return coordinator is not None and any(
            map(wanted, coordinator.data.devices.values())
        )

    async def async_step_volume(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how the processor counts volumes, for who knows."""
        return self._choose("volume", CONF_VOLUME_SCALE, SCALES, user_input)

    async def async_step_fading(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how the processor counts the time of a fade, for who knows."""
        return self._choose("fading", CONF_FADE_UNIT, FADE_UNITS, user_input)

    def _choose(
        self,
        step: str,
        option: str,
        ways: Iterable[str],
        user_input: dict[str, Any] | None,
    ) -> ConfigFlowResult:
        """Choose one of several ways to count; or it is found out."""
        if user_input is not None:
            chosen = user_input[option]
            return self._save({option: None if chosen == AUTOMATIC else chosen})
        chosen = self.config_entry.options.get(option, AUTOMATIC)
        selector = SelectSelector(
            SelectSelectorConfig(
                options=[AUTOMATIC, *ways],
                mode=SelectSelectorMode.LIST,
                translation_key=option,
            )
        )
        schema = {vol.Required(option, default=chosen): selector}
        return self.async_show_form(step_id=step, data_schema=vol.Schema(schema))

    async def async_step_certificate(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether to; the certificate is the one that is shown at that moment."""
        options = dict(self.config_entry.options)
        pinned = options.pop(CONF_CERTIFICATE, None)
        errors = {}
        if user_input is not None:
            if not user_input[CONF_PIN]:
                return self.async_create_entry(data=options)
            try:
                # What is pinned already is changed under Repairs, where it is shown.
                pinned = pinned or await async_see_certificate(
                    self.hass, self.config_entry.data
                )
            except HubError:
                errors[CONF_PIN] = "certificate_unseen"
            else:
                return self.async_create_entry(
                    data={**options, CONF_CERTIFICATE: pinned}
                )
        return self.async_show_form(
            step_id="certificate",
            data_schema=vol.Schema(
                {vol.Required(CONF_PIN, default=bool(pinned)): BooleanSelector()}
            ),
            errors=errors,
            description_placeholders={
                "pinned": readable_certificate(pinned) if pinned else "–"
            },
        )


class HomeSeerOptionsFlow(HomeFlow):
    """A menu; each choice is kept at once, overrides when all are made."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer what there is to choose."""
        alarm = False
        if (coordinator := self._coordinator()) is not None:
            alarm = any(
                isinstance(device, AlarmPanel)
                and (device.arm_modes or device.can_disarm)
                for device in coordinator.data.devices.values()
            )
        offered = {
            **self._of_any_home(),
            "interfaces": len(self._choices.interfaces) > 1,
            "events": bool(self._choices.event_groups),
            "rooms": len([names for _, names in self._choices.places if names]) > 1,
            "push": self.config_entry.data[CONF_KIND] == KIND_HOMESEER,
            "alarm": alarm,
        }
        return self._offer(offered)

    async def async_step_interfaces(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the plug-ins whose devices are included."""
        errors = {}
        if user_input is not None:
            if user_input[CONF_INTERFACES]:
                return self._keep(CONF_INTERFACES, user_input[CONF_INTERFACES])
            errors[CONF_INTERFACES] = "nothing_chosen"
        names = [name or VIRTUAL_DEVICES for name in self._choices.interfaces]
        return self.async_show_form(
            step_id="interfaces",
            data_schema=self._several(CONF_INTERFACES, names),
            errors=errors,
        )

    async def async_step_events(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the groups whose events are included, and those that are scenes."""
        if user_input is not None:
            chosen = user_input[CONF_EVENT_GROUPS]
            return self._save(
                {
                    CONF_EVENT_GROUPS: None if EVERYTHING in chosen else sorted(chosen),
                    CONF_SCENE_GROUPS: sorted(user_input[CONF_SCENE_GROUPS]),
                }
            )
        there = self._choices.event_groups
        # Before anybody was asked, all were scenes.
        scenes = self.config_entry.options.get(CONF_SCENE_GROUPS, there)
        names = sorted({*there, *scenes}, key=str.lower)
        schema = self._several(CONF_EVENT_GROUPS, there)
        return self.async_show_form(
            step_id="events",
            data_schema=schema.extend(several(CONF_SCENE_GROUPS, names, scenes)),
        )

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose which location is the room."""
        if user_input is not None:
            chosen = user_input[CONF_ROOM_FROM]
            return self._save(
                {CONF_ROOM_FROM: None if chosen == AUTOMATIC else int(chosen)}
            )
        options = [SelectOptionDict(value=AUTOMATIC, label=AUTOMATIC)]
        for number, (name, names) in enumerate(self._choices.places, start=1):
            examples = ", ".join(names[:EXAMPLES])
            options.append(
                SelectOptionDict(value=str(number), label=f"{name}: {examples}")
            )
        chosen = str(self.config_entry.options.get(CONF_ROOM_FROM) or AUTOMATIC)
        selector = SelectSelector(
            SelectSelectorConfig(
                options=options,
                mode=SelectSelectorMode.LIST,
                translation_key=CONF_ROOM_FROM,
            )
        )
        return self.async_show_form(
            step_id="rooms",
            data_schema=vol.Schema(
                {vol.Required(CONF_ROOM_FROM, default=chosen): selector}
            ),
        )

    async def async_step_push(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how the system tells of changes."""
        if user_input is not None:
            port = int(user_input.get(CONF_ASCII_PORT, 0))
            return self._save(
                {
                    CONF_ASCII_PORT: port,
                    CONF_WEBHOOK: user_input[CONF_WEBHOOK] or None,
                }
            )
        options = self.config_entry.options
        port_selector = NumberSelector(
            NumberSelectorConfig(min=0, max=65535, mode=NumberSelectorMode.BOX)
        )
        schema = vol.Schema(
            {
                vol.Optional(CONF_ASCII_PORT): port_selector,
                vol.Required(
                    CONF_WEBHOOK, default=options.get(CONF_WEBHOOK, False)
                ): BooleanSelector(),
            }
        )
        # Suggested and not a default, because an empty field means off.
        port = options.get(CONF_ASCII_PORT, DEFAULT_ASCII_PORT)
        return self.async_show_form(
            step_id="push",
            data_schema=self.add_suggested_values_to_schema(
                schema, {CONF_ASCII_PORT: port}
            ),
            description_placeholders={
                "address": address(self.hass, self.config_entry.data[CONF_WEBHOOK_ID])
            },
        )

    async def async_step_alarm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
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
        return self.async_show_form(step_id="alarm", data_schema=vol.Schema(fields))

    def _several(self, key: str, there: Iterable[str]) -> vol.Schema:
        """Return the form to choose some of what there is, or everything."""
        chosen = self.config_entry.options.get(key, [EVERYTHING])
        names = sorted({*there, *chosen} - {EVERYTHING}, key=str.lower)
        return vol.Schema(
            several(key, (EVERYTHING, *names), chosen, translation_key=key)
        )

    @callback
    def _keep(self, key: str, chosen: list[str]) -> ConfigFlowResult:
        return self._save({key: None if EVERYTHING in chosen else sorted(chosen)})
