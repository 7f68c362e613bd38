"""Saying what things are: what a hub takes for a light may be a pump, or half a shade."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.helpers.translation import async_get_translations
import voluptuous as vol

from . import binary_sensor, sensor
from .const import CONF_CLOSING, CONF_OVERRIDES, DOMAIN
from .house.loads import RELAYS, LoadKind, loads_of, relays_of, suggested
from .house_options import id_of, part_of
from .hubs import DETECTORS, OVERRIDES, SENSORS
from .options_base import AUTOMATIC, HouseOptionsFlow, as_list

CONF_PART = "part"
CONF_WHAT = "what"

# What is called as Home Assistant calls its entities.
_PLATFORMS = ("button", "climate", "media_player", "select", "siren", "valve")


async def async_kinds(
    hass: HomeAssistant, kinds: Iterable[str] = OVERRIDES
) -> list[SelectOptionDict]:
    """Return kinds to choose from; what has a text of ours is shown with that."""
    words = await async_get_translations(
        hass,
        hass.config.language,
        "entity_component",
        {"binary_sensor", "sensor", *_PLATFORMS},
    )

    def called(domain: str, name: str = "_") -> str:
        return words.get(f"component.{domain}.entity_component.{name}.name", name)

    labels = {platform: called(platform) for platform in _PLATFORMS}
    for override, detector in DETECTORS.items():
        labels[override] = called("binary_sensor")
        if found := binary_sensor.DEVICE_CLASSES.get(detector):
            labels[override] += f": {called('binary_sensor', found)}"
    for override, kind in SENSORS.items():
        labels[override] = called("sensor")
        if measured := sensor.DEVICE_CLASSES.get(kind):
            labels[override] += f": {called('sensor', measured)}"
    return [
        SelectOptionDict(value=kind, label=labels.get(kind, kind)) for kind in kinds
    ]


class KindsFlow(HouseOptionsFlow):
    """Picks things one by one; what is said of them is kept when all is said."""

    _part = ""

    def _parts(self) -> dict[str, str]:
        """Return the names of what may be another thing than it seems."""
        if self._choices.parts:
            return {str(ref): name for ref, name in self._choices.parts.items()}
        loads = loads_of(self._entire())
        return {key: self._placed(device, key) for key, device in loads.items()}

    def _taken_for(self) -> tuple[str, str, str]:
        """Return what a thing was taken for, by which evidence, and what is suggested."""
        if self._choices.parts:
            return (*self._choices.meanings.get(int(self._part), ("-", "-")), AUTOMATIC)
        load = loads_of(self._entire()).get(self._part)
        if load is None:
            return "-", "-", AUTOMATIC
        evidence = f"its list of lights says {load.model}"
        return "light", evidence, suggested(load.name) or AUTOMATIC

    async def async_step_overrides(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Pick a device by name."""
        self._back = "overrides"
        if user_input is not None:
            self._part = user_input[CONF_PART]
            return await self.async_step_override()
        names, said = self._parts(), self._chosen(CONF_OVERRIDES)
        # What is gone can still be forgotten.
        names |= {part: part for part in said if part not in names}
        kinds = await _async_names(self.hass, set(said.values()))
        lines = sorted(f"{names[part]}: {kinds[kind]}" for part, kind in said.items())
        return self.async_show_form(
            step_id="overrides",
            data_schema=vol.Schema({vol.Required(CONF_PART): _one_of(names)}),
            description_placeholders={"overridden": as_list(lines)},
            last_step=False,
        )

    async def async_step_override(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what the device is."""
        if user_input is not None:
            if (what := user_input[CONF_WHAT]) in RELAYS:
                self._say(CONF_OVERRIDES, what)
                return await self.async_step_relays()
            self._say(CONF_OVERRIDES, None if what == AUTOMATIC else what)
            self._say(CONF_CLOSING, None)
            return await self.async_step_preview()
        ours = OVERRIDES if self._choices.parts else tuple(LoadKind)
        kinds = [kind for kind in ours if kind not in RELAYS]
        if self._other_relays() and id_of(self._part) in relays_of(self._entire()):
            kinds += RELAYS
        options = await async_kinds(self.hass, kinds)
        selector = SelectSelector(
            SelectSelectorConfig(
                options=[SelectOptionDict(value=AUTOMATIC, label=AUTOMATIC), *options],
                mode=SelectSelectorMode.DROPDOWN,
                translation_key="override",
            )
        )
        taken, evidence, suggestion = self._taken_for()
        chosen = self._chosen(CONF_OVERRIDES).get(self._part, suggestion)
        return self.async_show_form(
            step_id="override",
            data_schema=vol.Schema({vol.Required(CONF_WHAT, default=chosen): selector}),
            description_placeholders={
                "device": self._parts().get(self._part, self._part),
                "taken": taken,
                "evidence": evidence,
            },
            last_step=False,
        )

    def _other_relays(self) -> dict[str, str]:
        """Return the relays that may close what this one opens."""
        openers = {
            id_of(part)
            for part, kind in self._chosen(CONF_OVERRIDES).items()
            if kind in RELAYS
        }
        closers = {
            id_of(other)
            for part, other in self._chosen(CONF_CLOSING).items()
            if part != self._part
        }
        return {
            part_of(key): self._placed(device, key)
            for key, device in relays_of(self._entire()).items()
            if key not in openers | closers | {id_of(self._part)}
            and id_of(part_of(key)) == key
        }

    async def async_step_relays(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Pick the relay that closes what the picked one opens."""
        if user_input is not None:
            self._say(CONF_CLOSING, user_input[CONF_CLOSING])
            return await self.async_step_preview()
        opener = self._parts().get(self._part, self._part)
        chosen = self._chosen(CONF_CLOSING).get(self._part, vol.UNDEFINED)
        field = vol.Required(CONF_CLOSING, default=chosen)
        return self.async_show_form(
            step_id="relays",
            data_schema=vol.Schema({field: _one_of(self._other_relays(), opener)}),
            description_placeholders={"device": opener},
            last_step=False,
        )

    def _say(self, key: str, what: str | None) -> None:
        """Say something of the picked device, or take it back."""
        said = self._chosen(key)
        said.pop(self._part, None)
        if what is not None:
            said[self._part] = what
        self._changes[key] = said or None


async def _async_names(hass: HomeAssistant, kinds: Iterable[str]) -> dict[str, str]:
    """Return what kinds are called in the owner's language."""
    ours = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    place = f"component.{DOMAIN}.selector.override.options."
    return {
        option["value"]: ours.get(place + option["value"], option["label"])
        for option in await async_kinds(hass, kinds)
    }


def _one_of(names: dict[str, str], like: str = "") -> SelectSelector:
    """Return the field to pick one; the first, most like another name, is picked."""

    def order(item: tuple[str, str]) -> tuple[float, str]:
        return -SequenceMatcher(None, like, item[1]).ratio(), item[1].lower()

    options = [
        SelectOptionDict(value=part, label=name)
        for part, name in sorted(names.items(), key=order)
    ]
    return SelectSelector(
        SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
    )
