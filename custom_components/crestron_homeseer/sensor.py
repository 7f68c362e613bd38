"""Support for sensors with a reading."""

from math import isfinite
from typing import override

from homeassistant.components.sensor import (
    DEVICE_CLASS_UNITS,
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import MAX_LENGTH_STATE_STATE, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry, HouseCoordinator
from .entity import HouseEntity, async_add_devices
from .house.devices import Sensor
from .house.kinds import SensorKind
from .hub_sensors import async_add_hub_sensors

# Only read here, by the coordinator.
PARALLEL_UPDATES = 0

DEVICE_CLASSES = {
    SensorKind.TEMPERATURE: SensorDeviceClass.TEMPERATURE,
    SensorKind.HUMIDITY: SensorDeviceClass.HUMIDITY,
    SensorKind.ILLUMINANCE: SensorDeviceClass.ILLUMINANCE,
    SensorKind.CARBON_DIOXIDE: SensorDeviceClass.CO2,
    SensorKind.POWER: SensorDeviceClass.POWER,
    SensorKind.CURRENT: SensorDeviceClass.CURRENT,
    SensorKind.VOLTAGE: SensorDeviceClass.VOLTAGE,
    SensorKind.ENERGY: SensorDeviceClass.ENERGY,
    SensorKind.BATTERY: SensorDeviceClass.BATTERY,
}
STATE_CLASSES = {
    SensorKind.ENERGY: SensorStateClass.TOTAL_INCREASING,
    SensorKind.TEXT: None,
}
# What no device class describes has an icon of its own.
TRANSLATION_KEYS = {
    SensorKind.PHOTOCELL: "photocell",
    SensorKind.ULTRAVIOLET: "ultraviolet",
    SensorKind.TEXT: "text",
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up sensors with a reading."""
    async_add_hub_sensors(entry, async_add_entities)
    await async_add_devices(entry, async_add_entities, {Sensor: HouseSensor})


class HouseSensor(HouseEntity[Sensor], SensorEntity):
    """A sensor with a reading; it has a unit only where the hub gives one."""

    def __init__(self, coordinator: HouseCoordinator, device: Sensor) -> None:
        """Take over what the sensor measures."""
        super().__init__(coordinator, device)
        self._attr_state_class = STATE_CLASSES.get(
            device.kind, SensorStateClass.MEASUREMENT
        )
        if key := TRANSLATION_KEYS.get(device.kind):
            self._attr_translation_key = key
        if device.kind is SensorKind.BATTERY:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the hub's unit; what has one would have to be a number."""
        return None if self.state_class is None else self.device.unit

    @property
    @override
    def device_class(self) -> SensorDeviceClass | None:
        """Return what is measured; None if the unit is not one of its units."""
        found = DEVICE_CLASSES.get(self.device.kind)
        if found is None or self.device.unit not in DEVICE_CLASS_UNITS[found]:
            return None
        return found

    @property
    @override
    def native_value(self) -> float | str | None:
        """Return the reading; None for a word where there should be a number."""
        value = self.device.value
        if isinstance(value, str):
            # Home Assistant has no room for longer ones.
            return value[:MAX_LENGTH_STATE_STATE] if self.state_class is None else None
        if value is None or not isfinite(value):
            return None
        return int(value) if value % 1 == 0 else value
