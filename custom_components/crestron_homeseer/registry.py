"""Removes from the registries what is certain to be gone from the hub."""

from collections import Counter

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import DOMAIN, LOGGER
from .house.devices import House

# A device is gone when so many complete surveys in a row did not have it.
MISSES = 2

HUB_ID = "hub"


def unique_id(entry: ConfigEntry, part_id: str) -> str:
    """Return the registry's id of a part of a hub: ids are its own, not global."""
    return f"{entry.entry_id}_{part_id}"


class Departures:
    """Counts the surveys that missed what the registries have."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub is surveyed."""
        self._hass = hass
        self._entry = entry
        self._misses: Counter[str] = Counter()

    def judge(self, house: House) -> None:
        """Take a complete survey; remove what enough of them have missed."""
        entities = er.async_get(self._hass)
        devices = dr.async_get(self._hass)
        here = {unique_id(self._entry, key) for key in house.devices}
        roots = {
            unique_id(self._entry, house.root_of(device).id)
            for device in house.devices.values()
        } | {unique_id(self._entry, HUB_ID)}
        missing: Counter[str] = Counter()
        for entity in er.async_entries_for_config_entry(entities, self._entry.entry_id):
            if entity.unique_id not in here and self._gone(
                f"entity {entity.unique_id}", missing
            ):
                LOGGER.info("Removed %s, which the hub no longer has", entity.entity_id)
                entities.async_remove(entity.entity_id)
        for device in dr.async_entries_for_config_entry(devices, self._entry.entry_id):
            ids = {value for domain, value in device.identifiers if domain == DOMAIN}
            if not ids & roots and self._gone(f"device {device.id}", missing):
                devices.async_remove_device(device.id)
        self._misses = missing

    def _gone(self, key: str, missing: Counter[str]) -> bool:
        missing[key] = self._misses[key] + 1
        return missing[key] >= MISSES
