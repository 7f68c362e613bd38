"""Keeps the registries in step with the hub, and leaves what the user chose."""

import time
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.storage import Store

from .const import DOMAIN, LOGGER
from .house.devices import Device, House, Root

# A device is gone when so many complete surveys in a row did not have it, and did not
# for so many seconds: a hub that starts may take minutes to find all that it has.
MISSES = 2
MISSED_FOR = 240.0

HUB_ID = "hub"

_STORE_VERSION: Final = 1
_SAVE_DELAY: Final = 10.0


def unique_id(entry: ConfigEntry, part_id: str) -> str:
    """Return the registry's id of a part of a hub: ids are its own, not global."""
    return f"{entry.entry_id}_{part_id}"


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


class Departures:
    """Counts the surveys that missed what the registries have."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub is surveyed."""
        self._hass = hass
        self._entry = entry
        # How often something was missed in a row, and since when.
        self._missed: dict[str, tuple[int, float]] = {}
        self._judged: House | None = None

    def judge(self, house: House) -> None:
        """Take a complete survey; remove what enough of them have missed.

        An empty house is no house: it says nothing about what is gone.
        """
        if not house.devices:
            return
        last, self._judged = self._judged, house
        if not self._missed and last is not None and _same_parts(last, house):
            return
        entities = er.async_get(self._hass)
        devices = dr.async_get(self._hass)
        here = {unique_id(self._entry, key) for key in house.devices}
        roots = root_ids(self._entry, house)
        own = unique_id(self._entry, hub_part_id(""))
        missing: dict[str, tuple[int, float]] = {}
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

    def _gone(self, key: str, missing: dict[str, tuple[int, float]]) -> bool:
        now = time.monotonic()
        times, since = self._missed.get(key, (0, now))
        missing[key] = times + 1, since
        return times + 1 >= MISSES and now - since >= MISSED_FOR


def _same_parts(last: House, house: House) -> bool:
    """Return whether the same devices are parts of the same roots."""
    return (
        house.roots == last.roots
        and house.devices.keys() == last.devices.keys()
        and all(
            device.root_id == last.devices[key].root_id
            for key, device in house.devices.items()
        )
    )


def _same_place(last: House, device: Device) -> bool:
    before = last.devices[device.id]
    return before is device or (
        before.name == device.name and before.room_id == device.room_id
    )


def create_room_store(
    hass: HomeAssistant, entry_id: str
) -> Store[dict[str, str | None]]:
    """Return where it is kept which rooms were suggested as areas."""
    return Store(hass, _STORE_VERSION, f"{DOMAIN}.{entry_id}.rooms")


def suggested_area(house: House, root: Device | Root) -> str | None:
    """Return the name of the area that something is put in at first."""
    room = house.room_of(root)
    return None if room is None or room.virtual else room.name


class Suggestions:
    """Follows names and rooms that change on the hub.

    A name that the user gave stays. A device moves to its new room only if it is
    still in the area that was suggested before.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub suggests."""
        self._hass = hass
        self._entry = entry
        self._store = create_room_store(hass, entry.entry_id)
        self._rooms: dict[str, str | None] = {}
        self._saving = False
        self._followed: House | None = None

    async def async_load(self) -> None:
        """Read what was suggested before the restart."""
        self._rooms = await self._store.async_load() or {}

    async def async_save(self) -> None:
        """Write at once what would be written soon."""
        if self._saving:
            await self._store.async_save(self._rooms_to_save())

    def follow(self, house: House) -> None:
        """Take a survey."""
        last, self._followed = self._followed, house
        if (
            last is not None
            and house.rooms == last.rooms
            and _same_parts(last, house)
            and all(_same_place(last, device) for device in house.devices.values())
        ):
            return
        parts = (house.root_of(device) for device in house.devices.values())
        roots = {root.id: root for root in parts}
        known = {
            value: device
            for device in dr.async_entries_for_config_entry(
                dr.async_get(self._hass), self._entry.entry_id
            )
            for domain, value in device.identifiers
            if domain == DOMAIN
        }
        before = dict(self._rooms)
        for root in roots.values():
            device = known.get(unique_id(self._entry, root.id))
            if root.id == HUB_ID:
                continue
            if device is not None and device.name != root.name:
                dr.async_get(self._hass).async_update_device(device.id, name=root.name)
            # Without any rooms, it is not known where something is.
            if house.rooms:
                self._rooms[root.id] = area = suggested_area(house, root)
                if device is not None and before.get(root.id, area) != area:
                    self._move(device, before[root.id], area)
        if self._rooms != before:
            self._saving = True
            self._store.async_delay_save(self._rooms_to_save, _SAVE_DELAY)

    def _rooms_to_save(self) -> dict[str, str | None]:
        self._saving = False
        return self._rooms

    def _move(
        self, device: dr.AnyDeviceEntry, before: str | None, now: str | None
    ) -> None:
        areas = ar.async_get(self._hass)
        old = areas.async_get_area_by_name(before) if before else None
        if device.area_id != (old.id if old else None):
            return
        area_id = areas.async_get_or_create(now).id if now else None
        dr.async_get(self._hass).async_update_device(device.id, area_id=area_id)
