"""Keeps the registries in step with the hub, and leaves what the owner chose."""

from collections.abc import Callable, Collection
import time
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo

from .const import CONF_KIND, DOMAIN, LOGGER
from .house.devices import Device, House, Root
from .house.identity import plain, same_structure

HUB_ID = "hub"

# A device is gone when complete surveys in a row, so many seconds apart, did not have
# it: a hub that starts may take minutes to find all that it has.
MISSED_FOR = 240.0


def unique_id(entry: ConfigEntry, part_id: str) -> str:
    """Return the registry's id of a part of a hub: ids are its own, not global."""
    return f"{entry.entry_id}_{part_id}"


def part_of(entry: ConfigEntry, registered_id: str) -> str:
    """Return the part of a hub that an id of the registry names."""
    return registered_id.removeprefix(f"{entry.entry_id}_")


def entities_of(hass: HomeAssistant, entry: ConfigEntry) -> list[er.RegistryEntry]:
    """Return the registered entities of an entry."""
    return er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)


def devices_of(hass: HomeAssistant, entry: ConfigEntry) -> list[dr.DeviceEntry]:
    """Return the registered devices of an entry."""
    return dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)


def parts_of(entry: ConfigEntry, device: dr.AnyDeviceEntry) -> set[str]:
    """Return the parts of a hub that a registered device stands for."""
    return {
        part_of(entry, id_) for domain, id_ in device.identifiers if domain == DOMAIN
    }


def root_parts(house: House) -> set[str]:
    """Return the parts that are devices of their own, and the hub."""
    roots = (house.root_of(device) for device in house.devices.values())
    return {root.id for root in roots if not root.virtual} | {HUB_ID}


@callback
def async_connect_hub(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Register a hub's network card, by which discovery finds it when it moves.

    It is known from discovery alone, and then is the entry's unique id.
    """
    devices = dr.async_get(hass)
    identifier = (DOMAIN, unique_id(entry, HUB_ID))
    device = devices.async_get_device_by_identifier(identifier, entry.entry_id)
    mac = entry.unique_id
    connections = {(dr.CONNECTION_NETWORK_MAC, mac)} if mac else set()
    if device is not None and device.connections != connections:
        devices.async_update_device(device.id, new_connections=connections)


def scene_prefix(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return what goes before a house's scenes where another one was there before."""
    others = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    older = any(
        each.data.get(CONF_KIND) == entry.data[CONF_KIND]
        and each.created_at < entry.created_at
        for each in others
    )
    return f"{entry.title} " if older else ""


class DeviceEntries:
    """The devices and entities of one entry in the registries.

    Areas belong to the owner: a room is suggested as one when a device is first seen.
    """

    # The hub's own device, registered before any entity.
    hub_device_id: str | None = None

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        areas: dict[str, tuple[str, str]],
        save_areas: Callable[[], None],
    ) -> None:
        """Take the entry, and which areas were suggested for its rooms."""
        self._hass = hass
        self._entry = entry
        self._areas, self._save_areas = areas, save_areas
        self._devices = dr.async_get(hass)
        self._entities = er.async_get(hass)
        self._followed: House | None = None
        # Since when complete surveys have missed what is registered, by its id.
        self._missed: dict[str, float] = {}

    def info(self, house: House, device: Device) -> DeviceInfo | None:
        """Describe what a device is a part of; None where it stands for the house."""
        root = house.root_of(device)
        if root.virtual:
            return None
        info = DeviceInfo(identifiers={(DOMAIN, unique_id(self._entry, root.id))})
        if root.id == HUB_ID or self.hub_device_id is None:
            return info
        info |= DeviceInfo(
            manufacturer=root.maker or house.info.manufacturer,
            model=root.model,
            name=root.name,
            via_device_id=self.hub_device_id,
        )
        if isinstance(root, Root) and root.service:
            info["entry_type"] = DeviceEntryType.SERVICE
        if self._registered(root.id) is None:
            info["suggested_area"] = self._area(house, root)
        return info

    def _area(self, house: House, root: Device | Root) -> str | None:
        """Return the name of the area that something new is put in.

        What the owner made of a room's area is respected: the one that he renamed is
        used, and the one that he deleted is not made again.
        """
        room = house.room_of(root)
        if room is None or room.virtual:
            return None
        areas, known = ar.async_get(self._hass), self._areas
        name = plain(room.name)
        found = next((area for was, area in known.values() if was == name), None)
        if found is None and room.id in known:
            was, area_id = known[room.id]
            here = {plain(each.name) for each in house.rooms.values()}
            # The room has another name now; another room of this number would have its.
            found = None if was in here else area_id
        if found is not None:
            area = areas.async_get_area(found)
            return None if area is None else area.name
        made = areas.async_get_or_create(room.name)
        known[room.id] = name, made.id
        self._save_areas()
        return made.name

    @callback
    def follow(self, house: House) -> None:
        """Follow new names, and parts that moved to another device, after a survey."""
        if self.hub_device_id is None:
            return
        last, self._followed = self._followed, house
        info = house.info
        self._devices.async_update_device(
            self.hub_device_id,
            model=info.model,
            sw_version=info.program or info.version,
        )
        if last is not None and same_structure(last, house):
            return
        for root in {
            each.id: each for each in map(house.root_of, house.devices.values())
        }.values():
            # What is not registered is, with the first entity that is a part of it.
            device = self._registered(root.id)
            if device and root.id != HUB_ID and device.name != root.name:
                self._devices.async_update_device(device.id, name=root.name)
        for entity in entities_of(self._hass, self._entry):
            part = house.devices.get(part_of(self._entry, entity.unique_id))
            if part is None:
                continue
            root = house.root_of(part)
            device = None if root.virtual else self._registered(root.id)
            device_id = device.id if device else self._device_id(self.info(house, part))
            if entity.device_id != device_id:
                kept = self._kept(house, part, entity, device_id)
                self._entities.async_update_entity(
                    entity.entity_id, device_id=device_id, **kept
                )

    def _registered(self, root_id: str) -> dr.DeviceEntry | None:
        return self._devices.async_get_device_by_identifier(
            (DOMAIN, unique_id(self._entry, root_id)), self._entry.entry_id
        )

    def _device_id(self, info: DeviceInfo | None) -> str | None:
        if info is None:
            return None
        entry_id = self._entry.entry_id
        return self._devices.async_get_or_create(config_entry_id=entry_id, **info).id

    def _kept(
        self, house: House, device: Device, entity: er.RegistryEntry, to: str | None
    ) -> dict[str, Any]:
        """Return the name and the area of what the owner joined to another device.

        Both were those of its own device.
        """
        before = self._devices.async_get(entity.device_id or "")
        after = self._devices.async_get(to or "")
        own = house.as_reported.devices.get(device.id, device)
        if own.root_id == device.root_id or before is None or after is None:
            return {}
        kept: dict[str, Any] = {}
        if entity.name is None:
            names = before.name_by_user or before.name, entity.original_name
            kept["name"] = " ".join(filter(None, names))
        if entity.area_id is None and before.area_id != after.area_id:
            kept["area_id"] = before.area_id
        return kept

    @callback
    def remove_left_out(self, house: House, keys: Collection[str]) -> None:
        """Remove at once what the owner left out, and devices that nothing is a part of.

        Home Assistant keeps what he made of it for when it comes back.
        """
        for entity in entities_of(self._hass, self._entry):
            if part_of(self._entry, entity.unique_id) in keys:
                self._entities.async_remove(entity.entity_id)
        roots = root_parts(house.as_reported) - root_parts(house)
        for device in devices_of(self._hass, self._entry):
            if parts_of(self._entry, device) & roots and not (
                er.async_entries_for_device(
                    self._entities, device.id, include_disabled_entities=True
                )
            ):
                self._devices.async_remove_device(device.id)

    @callback
    def remove_missing(self, house: House, kept: Collection[str] = ()) -> None:
        """Take a complete survey; remove what enough of them have missed.

        An empty house is no house: it says nothing about what is gone. What is `kept`
        may be there under another key.
        """
        if not house.devices:
            return
        entry, now = self._entry, time.monotonic()
        here, roots = house.devices.keys() | kept, root_parts(house) | {*kept}
        missing = [
            entity.entity_id
            for entity in entities_of(self._hass, entry)
            if (part := part_of(entry, entity.unique_id)) not in here
            # What shows the hub itself is there as long as it is.
            and not part.startswith(f"{HUB_ID}:")
        ] + [
            device.id
            for device in devices_of(self._hass, entry)
            if not parts_of(entry, device) & roots
        ]
        self._missed = {each: self._missed.get(each, now) for each in missing}
        for each, since in self._missed.items():
            if now - since < MISSED_FOR:
                continue
            if each in self._entities.entities:
                LOGGER.info("Removed %s, which the hub no longer has", each)
                self._entities.async_remove(each)
            else:
                self._devices.async_remove_device(each)
