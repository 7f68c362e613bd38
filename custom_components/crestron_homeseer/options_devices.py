"""Choosing what the things of a home are, and which of them are included."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.helpers.translation import async_get_translations
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from . import binary_sensor, sensor
from .const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_LEFT_OUT,
    CONF_OVERRIDES,
    DOMAIN,
    PLATFORMS,
)
from .flow_base import AUTOMATIC, HouseOptionsFlow, Typed, pick, pick_several
from .homeseer.settings import DETECTORS, OVERRIDES, SENSORS
from .house.adjusted import RELAYS, Adjuster, LoadKind, loads_of, relays_of, suggested
from .house.devices import Device, House
from .house.exclusions import UNUSED, Exclusions, door_pairs, kind_of, rooms_in_use
from .house.identity import plain
from .house.words import unused
from .house_options import (
    CONF_KINDS,
    CONF_NAMES,
    CONF_ROOMS,
    id_of,
    part_of,
    read_adjustments,
    read_exclusions,
)

CONF_PART = "part"
CONF_WHAT = "what"

# So many names of what is left out are enough to see whether it is meant.
_EXAMPLES = 25
# Between the ids of a pair.
_AND = "|"


def _class_names(domain: str, device_class: str | None) -> tuple[tuple[str, str], ...]:
    return ((domain, "_"), (domain, device_class)) if device_class else ((domain, "_"),)


# By which of Home Assistant's names a kind is called, if not by its own platform.
_CALLED = {
    **{
        kind: _class_names("binary_sensor", binary_sensor.DEVICE_CLASSES.get(detector))
        for kind, detector in DETECTORS.items()
    },
    **{
        kind: _class_names("sensor", sensor.DEVICE_CLASSES.get(reading))
        for kind, reading in SENSORS.items()
    },
    "event": (("remote", "_"),),
    "outlet": (("switch", "outlet"),),
    "shade": (("cover", "shade"),),
    "garage": (("cover", "garage"),),
    "gate": (("cover", "gate"),),
    "sensor": (("sensor", "_"), ("text", "_")),
    "sensor_number": (("sensor", "_"), ("number", "_")),
    "sensor_inverted": (("binary_sensor", "_"),),
}
# The end of a kind's name, of which there is a text.
_VARIANTS = ("inverted", "relays")


async def async_kinds(hass: HomeAssistant) -> dict[str, str]:
    """Return what each kind of thing is called in the owner's language."""
    language = hass.config.language
    platforms = {*PLATFORMS, "remote"}
    names = await async_get_translations(hass, language, "entity_component", platforms)
    ours = await async_get_translations(hass, language, "selector", {DOMAIN})

    def text(name: str) -> str:
        return ours[f"component.{DOMAIN}.selector.choice.options.{name}"]

    labels = {}
    for kind in (*OVERRIDES, *RELAYS):
        base, _, variant = kind.rpartition("_")
        if variant not in _VARIANTS:
            base, variant = kind, ""
        called = _CALLED.get(kind) or _CALLED.get(base) or ((base, "_"),)
        label = ": ".join(
            names.get(f"component.{domain}.entity_component.{name}.name", base)
            for domain, name in called
        )
        labels[kind] = label + (f", {text(variant)}" if variant else "")
    return labels | {LoadKind.IGNORE: text(LoadKind.IGNORE)}


class DevicesFlow(HouseOptionsFlow):
    """Picks things one by one, or leaves many out; all is kept at the end."""

    # What is picked, and the page on which one more choice is made.
    _part = ""
    _back = ""

    @property
    def _wanted(self) -> dict[str, Any]:
        """The options as they would be kept now."""
        return {**self.config_entry.options, **self._changes}

    def _chosen(self, key: str) -> dict[str, Any]:
        """Return a copy of what is chosen so far."""
        return dict(self._wanted.get(key) or {})

    def _placed(self, device: Device, key: str) -> str:
        """Return the name of a device with its room and its id."""
        house = self._entire()
        room = house.room_of(house.root_of(device))
        return f"{device.name} ({f'{room.name}, ' if room else ''}{key})"

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

    async def async_step_overrides(self, user_input: Typed = None) -> ConfigFlowResult:
        """Pick a device by name."""
        self._back = "overrides"
        if user_input is not None:
            self._part = user_input[CONF_PART]
            return await self.async_step_override()
        names, overrides = self._parts(), self._chosen(CONF_OVERRIDES)
        # What is gone can still be forgotten.
        names |= {part: part for part in overrides if part not in names}
        kinds = await async_kinds(self.hass)
        lines = sorted(
            f"{names[part]}: {kinds.get(kind, kind)}"
            for part, kind in overrides.items()
        )
        field: VolDictType = {vol.Required(CONF_PART): _pick_one(names)}
        return self._show("overrides", field, last=False, overridden=as_list(lines))

    async def async_step_override(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose what the device is."""
        if user_input is not None:
            if (what := user_input[CONF_WHAT]) in RELAYS:
                self._override(CONF_OVERRIDES, what)
                return await self.async_step_relays()
            self._override(CONF_OVERRIDES, None if what == AUTOMATIC else what)
            self._override(CONF_CLOSING, None)
            return await self.async_step_preview()
        kinds = set(OVERRIDES if self._choices.parts else LoadKind) - {*RELAYS}
        if self._other_relays() and id_of(self._part) in relays_of(self._entire()):
            kinds |= {*RELAYS}
        labels = await async_kinds(self.hass)
        names = {kind: label for kind, label in labels.items() if kind in kinds}
        taken, evidence, suggestion = self._taken_for()
        chosen = self._chosen(CONF_OVERRIDES).get(self._part, suggestion)
        field = vol.Required(CONF_WHAT, default=chosen)
        return self._show(
            "override",
            {field: pick({AUTOMATIC: AUTOMATIC, **names}, SelectSelectorMode.DROPDOWN)},
            last=False,
            device=self._parts().get(self._part, self._part),
            taken=taken,
            evidence=evidence,
        )

    def _other_relays(self) -> dict[str, str]:
        """Return the relays that may close what this one opens."""
        overrides, closing = self._chosen(CONF_OVERRIDES), self._chosen(CONF_CLOSING)
        taken = {id_of(part) for part, kind in overrides.items() if kind in RELAYS}
        taken |= {id_of(at) for part, at in closing.items() if part != self._part}
        return {
            part_of(key): self._placed(device, key)
            for key, device in relays_of(self._entire()).items()
            if key not in taken | {id_of(self._part)} and id_of(part_of(key)) == key
        }

    async def async_step_relays(self, user_input: Typed = None) -> ConfigFlowResult:
        """Pick the relay that closes what the picked one opens."""
        if user_input is not None:
            self._override(CONF_CLOSING, user_input[CONF_CLOSING])
            return await self.async_step_preview()
        opener = self._parts().get(self._part, self._part)
        chosen = self._chosen(CONF_CLOSING).get(self._part, vol.UNDEFINED)
        field = vol.Required(CONF_CLOSING, default=chosen)
        relays = _pick_one(self._other_relays(), opener)
        return self._show("relays", {field: relays}, last=False, device=opener)

    def _override(self, key: str, what: str | None) -> None:
        """Set an option of the picked device; None takes it back."""
        chosen = {**self._chosen(key), self._part: what}
        self._changes[key] = {
            part: each for part, each in chosen.items() if each is not None
        } or None

    async def async_step_include(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose what is left out."""
        self._back = "include"
        if user_input is not None:
            self._changes[CONF_LEFT_OUT] = {
                key: chosen for key, chosen in user_input.items() if chosen
            } or None
            return await self.async_step_preview()
        everything = replace(
            read_adjustments(self.config_entry.options), exclusions=Exclusions()
        )
        house = Adjuster(everything).house(self._entire())
        chosen = read_exclusions(self._chosen(CONF_LEFT_OUT))
        names = rooms_in_use(house)
        rooms = {UNUSED: UNUSED} if any(map(unused, names)) else {}
        rooms |= {plain(name): name for name in names}
        kinds = await _async_entity_kinds(self.hass, house)
        patterns = TextSelector(TextSelectorConfig(multiple=True))
        fields: VolDictType = {
            **pick_several(CONF_ROOMS, rooms, sorted(chosen.rooms)),
            **pick_several(CONF_KINDS, kinds, sorted(chosen.kinds)),
            vol.Required(CONF_NAMES, default=list(chosen.names)): patterns,
        }
        return self._show("include", fields, last=False)

    async def async_step_preview(self, user_input: Typed = None) -> ConfigFlowResult:
        """Show what is left of the home, and ask whether that was all."""
        house = self._entire()
        adjustments = read_adjustments(self._wanted)
        left = house.devices.keys() - Adjuster(adjustments).house(house).devices.keys()
        names = sorted((house.devices[key].name for key in left), key=str.lower)
        more = ["…"] if len(names) > _EXAMPLES else []
        return self.async_show_menu(
            step_id="preview",
            menu_options=["save", self._back],
            description_placeholders={
                "all": str(len(house.devices)),
                "stay": str(len(house.devices) - len(left)),
                "left_out": as_list(names[:_EXAMPLES] + more),
            },
        )

    async def async_step_save(self, user_input: Typed = None) -> ConfigFlowResult:
        """Keep what was chosen."""
        return self._save(self._changes)

    def _doors(self) -> dict[str, str]:
        """Return the sensors and locks that may be of one door."""
        pairs = door_pairs(self._entire())
        return {_AND.join(pair): name for pair, name in pairs.items()}

    async def async_step_doors(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the sensors that are one device with the lock of their door."""
        if user_input is not None:
            pairs = [pair.split(_AND) for pair in user_input[CONF_DOORS]]
            return self._save({CONF_DOORS: pairs or None})
        chosen = map(_AND.join, read_adjustments(self.config_entry.options).doors)
        return self._show("doors", pick_several(CONF_DOORS, self._doors(), chosen))


async def _async_entity_kinds(hass: HomeAssistant, house: House) -> dict[str, str]:
    """Return the kinds of entities that there are, as Home Assistant calls them."""
    titles = await async_get_translations(
        hass, hass.config.language, "title", set(PLATFORMS)
    )
    labels = {}
    for kind in {kind_of(device) for device in house.devices.values()}:
        platform, _, of_scene = kind.partition(":")
        name = titles.get(f"component.{platform}.title", platform)
        labels[kind] = f"{name}: {of_scene}" if of_scene else name
    return dict(sorted(labels.items(), key=lambda item: item[1].lower()))


def _pick_one(names: Mapping[str, str], like: str = "") -> SelectSelector:
    """Return the field to pick one; the first, most like another name, is picked."""

    def order(item: tuple[str, str]) -> tuple[float, str]:
        return -SequenceMatcher(None, like, item[1]).ratio(), item[1].lower()

    ordered = dict(sorted(names.items(), key=order))
    return pick(ordered, SelectSelectorMode.DROPDOWN)


def as_list(lines: Iterable[str]) -> str:
    """Return lines as a list to read in a description."""
    return "".join(f"\n- {line}" for line in lines) or "–"
