"""Keeps the registries in step with the hub, and leaves what the owner chose."""

from collections.abc import Collection
import time

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import CONF_KIND, DOMAIN, LOGGER
from .house.devices import House
from .house.identity import same_structure

# A device is gone when complete surveys in a row, so many seconds apart, did not have
# it: a hub that starts may take minutes to find all that it has.
MISSED_FOR = 240.0

HUB_ID = "hub"


def unique_id(entry: ConfigEntry, part_id: str) -> str:
    """Return the registry's id of a part of a hub: ids are its own, not global."""
    return f"{entry.entry_id}_{part_id}"


def part_of(entry: ConfigEntry, registered_id: str) -> str:
    """Return the part of a hub that an id of the registry names."""
    return registered_id.removeprefix(f"{entry.entry_id}_")


@callback
def async_connect_hub(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell the registry a hub's network card, by which it is found when it moves.

    It is known from discovery alone, and then is the entry's unique id.
    """
    devices = dr.async_get(hass)
    identifier = (DOMAIN, unique_id(entry, HUB_ID))
    device = devices.async_get_device_by_identifier(identifier, entry.entry_id)
    mac = entry.unique_id
    connections = {(dr.CONNECTION_NETWORK_MAC, mac)} if mac else set()
    if device is not None and device.connections != connections:
        devices.async_update_device(device.id, new_connections=connections)


def root_ids(entry: ConfigEntry, house: House) -> set[str]:
    """Return the registry's ids of all that is a device of its own, and of the hub."""
    roots = (house.root_of(device) for device in house.devices.values())
    parts = {root.id for root in roots if not root.virtual} | {HUB_ID}
    return {unique_id(entry, part) for part in parts}


def hub_part_id(key: str) -> str:
    """Return the id of what tells of the hub itself, and is there as long as it is."""
    return f"{HUB_ID}:{key}"


def scene_prefix(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return what tells a house's scenes from those of one that was there before."""
    others = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    older = any(
        each.data.get(CONF_KIND) == entry.data[CONF_KIND]
        and each.created_at < entry.created_at
        for each in others
    )
    return f"{entry.title} " if older else ""


def all_disabled(hass: HomeAssistant, entry: ConfigEntry, house: House) -> bool:
    """Return whether the user has disabled all there is.

    What has no entity yet was disabled by nobody.
    """
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    disabled = {entity.unique_id for entity in entities if entity.disabled}
    here = {unique_id(entry, key) for key in house.devices}
    return bool(here) and here <= disabled


def retyped(before: House, now: House) -> bool:
    """Return whether something is of another kind than it was."""
    return any(
        (old := before.devices.get(key)) is not None and type(old) is not type(device)
        for key, device in now.devices.items()
    )


@callback
def async_leave_out(
    hass: HomeAssistant, entry: ConfigEntry, house: House, keys: Collection[str]
) -> None:
    """Remove at once what the owner left out, and devices that nothing is a part of.

    Home Assistant keeps what he made of it for when it comes back.
    """
    entities, devices = er.async_get(hass), dr.async_get(hass)
    left = {unique_id(entry, key) for key in keys}
    for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
        if entity.unique_id in left:
            entities.async_remove(entity.entity_id)
    roots = root_ids(entry, house.as_reported) - root_ids(entry, house)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        if {value for _, value in device.identifiers} & roots and not (
            er.async_entries_for_device(
                entities, device.id, include_disabled_entities=True
            )
        ):
            devices.async_remove_device(device.id)


class Departures:
    """Counts the surveys that missed what the registries have."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub is surveyed."""
        self._hass = hass
        self._entry = entry
        # Since when something was missed by each survey.
        self._missed: dict[str, float] = {}
        self._judged: House | None = None

    def judge(self, house: House, kept: Collection[str] = ()) -> None:
        """Take a complete survey; remove what enough of them have missed.

        An empty house is no house: it says nothing about what is gone. What is `kept`
        may be there under another key.
        """
        if not house.devices:
            return
        last, self._judged = self._judged, house
        if not self._missed and last is not None and same_structure(last, house):
            return
        entities = er.async_get(self._hass)
        devices = dr.async_get(self._hass)
        spared = {unique_id(self._entry, key) for key in kept}
        here = {unique_id(self._entry, key) for key in house.devices} | spared
        roots = root_ids(self._entry, house) | spared
        own = unique_id(self._entry, hub_part_id(""))
        missing: dict[str, float] = {}
        for entity in er.async_entries_for_config_entry(entities, self._entry.entry_id):
            if entity.unique_id.startswith(own):
                continue
            if entity.unique_id not in here and self._gone(
                f"entity {entity.unique_id}", missing
            ):
                LOGGER.info("Removed %s, which the hub no longer has", entity.entity_id)
                entities.async_remove(entity.entity_id)
        for device in dr.async_entries_for_config_entry(devices, self._entry.entry_id):
            ids = {value for domain, value in device.identifiers if domain == DOMAIN}
            if not ids & roots and self._gone(f"device {device.id}", missing):
                devices.async_remove_device(device.id)
        self._missed = missing

    def _gone(self, key: str, missing: dict[str, float]) -> bool:
        now = time.monotonic()
        missing[key] = self._missed.get(key, now)
        return now - missing[key] >= MISSED_FOR
