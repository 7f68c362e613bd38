"""Program uploads and restored backups: a hub numbers what it has anew, and it stays so."""

from dataclasses import dataclass
from random import Random
import re
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.changes import ADDED as ADDED_BY_FAULT

from ..identity.hubs import Other, SimulatedHub, numbers, permuted
from .hands import ADDED

# Numbers as hubs give them; what a fault adds to all of them is above.
NUMBERS = range(10_000, 900_000)


def renumber(hub: SimulatedHub, chance: Random) -> str:
    """Have all, half, or two of the things of a hub numbered anew; return which."""
    what = chance.choice(("all", "half", "two swapped"))
    if what == "two swapped":
        hub.change(_swapped(hub, chance))
        return what
    roots = numbers(hub, list)
    if what == "half":
        roots = chance.sample(roots, len(roots) // 2)
    # What belongs together may share numbers, as a room and what plays in it do.
    old = sorted({each for root in roots for each in hub.family(root)})
    first = chance.choice(NUMBERS)
    hub.change(permuted({each: first + place for place, each in enumerate(old)}))
    return what


def _swapped(hub: SimulatedHub, chance: Random) -> Other:
    kinds = [kind for kind in hub.kinds() if len(kind) > 1]
    one, two = (
        sorted(hub.family(each)) for each in chance.sample(chance.choice(kinds), 2)
    )
    pairs = zip(one, two, strict=True)
    return permuted({a: b for pair in pairs for a, b in (pair, pair[::-1])})


def known(entry: MockConfigEntry) -> dict[str, str] | None:
    """Return the names of what is known by the key; None while that is in doubt."""
    if entry.state is not ConfigEntryState.LOADED:
        return None
    things = entry.runtime_data.identity.known
    both = {**things.devices, **things.roots}
    return {key: f"{each.name} in {each.room}" for key, each in both.items()}


@dataclass(frozen=True, slots=True)
class Own:
    """What the owner has of an entity, and the thing itself in the simulated house."""

    facts: dict[str, Any]
    thing: Any
    part: str


class Property:
    """All that the owner of a house has made of it, for as long as it stands."""

    def __init__(
        self, hass: HomeAssistant, entry: MockConfigEntry, things: dict[int, Any]
    ) -> None:
        """Give everything a label, and some a name and an area."""
        self._hass, self._entry = hass, entry
        entities, devices = er.async_get(hass), dr.async_get(hass)
        for number, entity in enumerate(self._entities()):
            entities.async_update_entity(
                entity.entity_id,
                labels={f"label{number}"},
                name=f"Mine {number}" if number % 2 else None,
                area_id="attic" if number % 4 == 1 else None,
            )
        for number, device in enumerate(self._devices()):
            devices.async_update_device(
                device.id,
                labels={f"device{number}"},
                name_by_user=f"My device {number}" if number % 3 == 0 else None,
            )
        self._before = {
            entity.entity_id: Own(
                _facts(entity), things.get(self._number(entity)), self._part(entity)
            )
            for entity in self._entities()
        }
        self._devices_before = {each.id: _device(each) for each in self._devices()}

    def _entities(self) -> list[er.RegistryEntry]:
        registry = er.async_get(self._hass)
        found = er.async_entries_for_config_entry(registry, self._entry.entry_id)
        return sorted(found, key=lambda each: each.entity_id)

    def _devices(self) -> list[dr.DeviceEntry]:
        registry = dr.async_get(self._hass)
        return dr.async_entries_for_config_entry(registry, self._entry.entry_id)

    def _part(self, entity: er.RegistryEntry) -> str:
        return entity.unique_id.removeprefix(f"{self._entry.entry_id}_")

    def _number(self, entity: er.RegistryEntry) -> int:
        found = re.match(r"[a-z]+-(\d+)", self._part(entity))
        return int(found[1]) if found else 0

    def differences(self) -> list[str]:
        """Say what is lost, there twice, changed, or another thing than it was."""
        wrong = []
        now = {each.entity_id: each for each in self._entities()}
        for entity_id, own in self._before.items():
            entity = now.get(entity_id)
            if entity is None:
                wrong.append(f"{entity_id} ({own.part}) is lost")
                continue
            facts = _facts(entity)
            name = facts["original name"]
            # A part is called as a whole where its device no longer is a part of that.
            if not name.endswith(own.facts["original name"]) or facts != own.facts | {
                "original name": name
            }:
                wrong.append(f"{entity_id} has {facts}, not {own.facts}")
            number = getattr(own.thing, "id", getattr(own.thing, "ref", None))
            if number is not None and self._number(entity) != number:
                part = self._part(entity)
                wrong.append(f"{entity_id} is {part}, its thing has {number}")
        wrong += [
            f"{entity_id} ({self._part(entity)}) is new"
            for entity_id, entity in now.items()
            if entity_id not in self._before and not self._added(entity)
        ]
        devices = {each.id: each for each in self._devices()}
        wrong += [
            f"device {facts['label']} has {devices.get(device_id)}"
            for device_id, facts in self._devices_before.items()
            if device_id not in devices or _device(devices[device_id]) != facts
        ]
        return wrong

    def _added(self, entity: er.RegistryEntry) -> bool:
        device = dr.async_get(self._hass).async_get(entity.device_id or "")
        return device is not None and (device.name or "").startswith(
            (ADDED, ADDED_BY_FAULT)
        )


def _facts(entity: er.RegistryEntry) -> dict[str, Any]:
    return {
        "labels": entity.labels,
        "name": entity.name,
        # People rename things at the hub, and that is followed.
        "original name": _plain(entity.original_name),
        "area": entity.area_id,
        "disabled": entity.disabled_by,
    }


def _device(device: dr.DeviceEntry) -> dict[str, Any]:
    return {
        "label": sorted(device.labels),
        "name": _plain(device.name),
        "name by user": device.name_by_user,
        "area": device.area_id,
    }


def _plain(name: str | None) -> str:
    return re.sub(r" \*\d+", "", name or "")
