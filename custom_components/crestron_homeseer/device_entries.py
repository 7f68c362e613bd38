"""What the registries have of a house: its devices, their names and their areas."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.typing import UNDEFINED

from .const import DOMAIN
from .house.devices import Device, House, Root
from .house.identity import plain, same_structure
from .identity import Identity
from .registry import HUB_ID, unique_id


class DeviceEntries:
    """The devices of one entry in the registry; areas belong to the owner.

    A room is suggested as an area once, when a device is first seen.
    """

    # The hub's own device, registered before any entity.
    hub_device_id: str | None = None

    def __init__(self, hass: HomeAssistant, identity: Identity) -> None:
        """Take whose devices they are, by what is known of them."""
        self._hass = hass
        self._entry = identity.entry
        self._identity = identity
        self._followed: House | None = None

    def info(self, house: House, device: Device) -> DeviceInfo | None:
        """Describe what a device is a part of; None where it stands for all."""
        root = house.root_of(device)
        if root.virtual:
            return None
        root_id = unique_id(self._entry, root.id)
        info = DeviceInfo(identifiers={(DOMAIN, root_id)})
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
        if self._registered(root_id) is None and (area := self._area(house, root)):
            info["suggested_area"] = area
        return info

    def _registered(self, root_id: str) -> dr.DeviceEntry | None:
        return dr.async_get(self._hass).async_get_device_by_identifier(
            (DOMAIN, root_id), self._entry.entry_id
        )

    def _area(self, house: House, root: Device | Root) -> str | None:
        """Return the name of the area that something new is put in.

        What the owner made of a room's area is respected: the one that he renamed is
        used, and the one that he deleted is not made again.
        """
        room = house.room_of(root)
        if room is None or room.virtual:
            return None
        areas = ar.async_get(self._hass)
        known = self._identity.areas
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
        self._identity.save_soon()
        return made.name

    @callback
    def follow(self, house: House) -> None:
        """Take a survey: follow new names, and parts that moved to another device."""
        if self.hub_device_id is None:
            return
        last, self._followed = self._followed, house
        devices = dr.async_get(self._hass)
        info = house.info
        devices.async_update_device(
            self.hub_device_id,
            model=info.model,
            sw_version=info.program or info.version,
        )
        if last is not None and same_structure(last, house):
            return
        for root in {
            root.id: root for root in map(house.root_of, house.devices.values())
        }.values():
            registered = self._registered(unique_id(self._entry, root.id))
            if registered is None or root.id == HUB_ID:
                continue
            if registered.name != root.name:
                devices.async_update_device(registered.id, name=root.name)
        self._move_parts(house)

    def _move_parts(self, house: House) -> None:
        """Hang entities on the devices that they are parts of now."""
        entities = er.async_get(self._hass)
        entry_id = self._entry.entry_id
        keys = {unique_id(self._entry, key): key for key in house.devices}
        for entity in er.async_entries_for_config_entry(entities, entry_id):
            device = house.devices.get(keys.get(entity.unique_id, ""))
            if device is None:
                continue
            device_id = self._device_id(house, device)
            if entity.device_id != device_id:
                kept = self._kept(house, device, entity, device_id)
                entities.async_update_entity(
                    entity.entity_id, device_id=device_id, **kept
                )

    def _kept(
        self, house: House, device: Device, entity: er.RegistryEntry, to: str | None
    ) -> dict[str, Any]:
        """Return the name and the area of what the owner joined to another device.

        Both were those of its own device.
        """
        devices = dr.async_get(self._hass)
        before = devices.async_get(entity.device_id or "")
        after = devices.async_get(to or "")
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

    def _device_id(self, house: House, device: Device) -> str | None:
        """Return what a device is a part of in the registry; made where it is new."""
        info = self.info(house, device)
        if info is None:
            return None
        root_id = unique_id(self._entry, house.root_of(device).id)
        registered = self._registered(root_id)
        if registered is None:
            registered = dr.async_get(self._hass).async_get_or_create(
                config_entry_id=self._entry.entry_id, **info
            )
        return registered.id


@callback
def async_carry_over(
    hass: HomeAssistant,
    entry_id: str,
    domain: str,
    registered_id: str,
    *,
    visible: bool,
) -> None:
    """Give what the owner made of an entity to the same one in another domain.

    That is so when something is a light that was a switch before. What is not to be
    `visible` before the owner says so is shown and exposed nowhere.
    """
    entities = er.async_get(hass)
    others = [
        entity
        for entity in er.async_entries_for_config_entry(entities, entry_id)
        if entity.unique_id == registered_id and entity.domain != domain
    ]
    if entities.async_get_entity_id(domain, DOMAIN, registered_id) is None and others:
        _copy(hass, others[0], domain, visible=visible)
    for entity in others:
        entities.async_remove(entity.entity_id)


def _copy(
    hass: HomeAssistant, old: er.RegistryEntry, domain: str, *, visible: bool
) -> None:
    by_owner = old.hidden_by is er.RegistryEntryHider.USER
    default = None if visible else er.RegistryEntryHider.INTEGRATION
    entities = er.async_get(hass)
    _, _, object_id = old.entity_id.partition(".")
    by_integration = er.RegistryEntryDisabler.INTEGRATION
    new = entities.async_get_or_create(
        domain,
        DOMAIN,
        old.unique_id,
        config_entry=hass.config_entries.async_get_entry(old.config_entry_id or ""),
        device_id=old.device_id,
        has_entity_name=old.has_entity_name,
        original_name=old.original_name,
        suggested_object_id=object_id,
    )
    # One that was there before comes back as it was, and so may its id.
    wanted = f"{domain}.{object_id}"
    free = entities.async_get(wanted) is None and hass.states.async_available(wanted)
    new = entities.async_update_entity(
        new.entity_id,
        new_entity_id=wanted if free else UNDEFINED,
        aliases=old.aliases,
        area_id=old.area_id,
        categories=old.categories,
        disabled_by=None if old.disabled_by is by_integration else old.disabled_by,
        hidden_by=old.hidden_by if by_owner else default,
        icon=old.icon,
        labels=old.labels,
        name=old.name,
    )
    options: Mapping[str, Mapping[str, object]] = old.options if visible else {}
    for assistant, chosen in options.items():
        # What belongs to the old domain means nothing in the new one.
        if assistant != old.domain:
            entities.async_update_entity_options(new.entity_id, assistant, chosen)
