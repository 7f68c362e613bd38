"""Support for sensors with two states."""

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.devices import Detector
from .house.kinds import DetectorKind

# Only read here, by the coordinator.
PARALLEL_UPDATES = 0

DEVICE_CLASSES = {
    DetectorKind.OCCUPANCY: BinarySensorDeviceClass.OCCUPANCY,
    DetectorKind.MOTION: BinarySensorDeviceClass.MOTION,
    DetectorKind.DOOR: BinarySensorDeviceClass.DOOR,
    DetectorKind.WINDOW: BinarySensorDeviceClass.WINDOW,
    DetectorKind.DRIVEWAY: BinarySensorDeviceClass.MOTION,
    DetectorKind.BURGLARY: BinarySensorDeviceClass.SAFETY,
    DetectorKind.FIRE: BinarySensorDeviceClass.HEAT,
    DetectorKind.SMOKE: BinarySensorDeviceClass.SMOKE,
    DetectorKind.WATER: BinarySensorDeviceClass.MOISTURE,
    DetectorKind.CARBON_MONOXIDE: BinarySensorDeviceClass.CO,
    DetectorKind.GAS: BinarySensorDeviceClass.GAS,
    DetectorKind.TAMPER: BinarySensorDeviceClass.TAMPER,
    DetectorKind.VIBRATION: BinarySensorDeviceClass.VIBRATION,
    DetectorKind.PROBLEM: BinarySensorDeviceClass.PROBLEM,
    DetectorKind.BATTERY_LOW: BinarySensorDeviceClass.BATTERY,
    DetectorKind.CHARGING: BinarySensorDeviceClass.BATTERY_CHARGING,
    DetectorKind.COLD: BinarySensorDeviceClass.COLD,
    DetectorKind.CONNECTIVITY: BinarySensorDeviceClass.CONNECTIVITY,
    DetectorKind.GARAGE_DOOR: BinarySensorDeviceClass.GARAGE_DOOR,
    DetectorKind.HEAT: BinarySensorDeviceClass.HEAT,
    DetectorKind.LIGHT: BinarySensorDeviceClass.LIGHT,
    DetectorKind.LOCK: BinarySensorDeviceClass.LOCK,
    DetectorKind.MOVING: BinarySensorDeviceClass.MOVING,
    DetectorKind.OPENING: BinarySensorDeviceClass.OPENING,
    DetectorKind.PLUG: BinarySensorDeviceClass.PLUG,
    DetectorKind.POWER: BinarySensorDeviceClass.POWER,
    DetectorKind.PRESENCE: BinarySensorDeviceClass.PRESENCE,
    DetectorKind.RUNNING: BinarySensorDeviceClass.RUNNING,
    DetectorKind.SAFETY: BinarySensorDeviceClass.SAFETY,
    DetectorKind.SOUND: BinarySensorDeviceClass.SOUND,
    DetectorKind.UPDATE: BinarySensorDeviceClass.UPDATE,
}
# What no device class describes has an icon and words of its own.
TRANSLATION_KEYS = {
    DetectorKind.DOORBELL: "doorbell",
    DetectorKind.SCENE: "scene_matches",
}
# What tells of a device rather than of the home.
DIAGNOSTIC = {
    DetectorKind.BATTERY_LOW,
    DetectorKind.PROBLEM,
    DetectorKind.TAMPER,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up sensors with two states."""
    await async_add_devices(entry, async_add_entities, {Detector: HouseDetector})


class HouseDetector(HouseEntity[Detector], BinarySensorEntity):
    """A sensor with two states."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        self._attr_is_on = device.on
        self._attr_device_class = DEVICE_CLASSES.get(device.kind)
        if key := TRANSLATION_KEYS.get(device.kind):
            self._attr_translation_key = key
        if device.kind is DetectorKind.SCENE:
            self._attr_translation_placeholders = {"scene": device.full_name}
        if device.kind in DIAGNOSTIC:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC

    @override
    def _named_by_class(self) -> bool:
        return self.device.kind in {DetectorKind.BATTERY_LOW, DetectorKind.SCENE}
