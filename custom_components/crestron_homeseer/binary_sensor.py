"""Support for sensors with two states."""

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.const import EntityCategory

from .entity import HouseEntity, matching, setting_up
from .house.devices import Detector
from .house.kinds import DetectorKind

PARALLEL_UPDATES = 0

DEVICE_CLASSES = matching(
    DetectorKind,
    BinarySensorDeviceClass,
    {
        DetectorKind.BATTERY_LOW: BinarySensorDeviceClass.BATTERY,
        DetectorKind.BURGLARY: BinarySensorDeviceClass.SAFETY,
        DetectorKind.CARBON_MONOXIDE: BinarySensorDeviceClass.CO,
        DetectorKind.CHARGING: BinarySensorDeviceClass.BATTERY_CHARGING,
        DetectorKind.DRIVEWAY: BinarySensorDeviceClass.MOTION,
        DetectorKind.FIRE: BinarySensorDeviceClass.HEAT,
        DetectorKind.WATER: BinarySensorDeviceClass.MOISTURE,
    },
)
# What no device class describes has an icon and words of its own.
TRANSLATION_KEYS = {
    DetectorKind.DOORBELL: "doorbell",
    DetectorKind.SCENE: "scene_matches",
}
# What tells of a device rather than of the home.
DIAGNOSTIC = {DetectorKind.BATTERY_LOW, DetectorKind.PROBLEM, DetectorKind.TAMPER}


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


async_setup_entry = setting_up(Detector, HouseDetector)
