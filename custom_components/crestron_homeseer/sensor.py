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

from .coordinator import HouseConfigEntry
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
    SensorKind.AIR_QUALITY: SensorDeviceClass.AQI,
    SensorKind.APPARENT_POWER: SensorDeviceClass.APPARENT_POWER,
    SensorKind.ATMOSPHERIC_PRESSURE: SensorDeviceClass.ATMOSPHERIC_PRESSURE,
    SensorKind.CARBON_MONOXIDE: SensorDeviceClass.CO,
    SensorKind.CONDUCTIVITY: SensorDeviceClass.CONDUCTIVITY,
    SensorKind.DATA_RATE: SensorDeviceClass.DATA_RATE,
    SensorKind.DATA_SIZE: SensorDeviceClass.DATA_SIZE,
    SensorKind.DISTANCE: SensorDeviceClass.DISTANCE,
    SensorKind.DURATION: SensorDeviceClass.DURATION,
    SensorKind.FLOW: SensorDeviceClass.VOLUME_FLOW_RATE,
    SensorKind.FREQUENCY: SensorDeviceClass.FREQUENCY,
    SensorKind.GAS: SensorDeviceClass.GAS,
    SensorKind.IRRADIANCE: SensorDeviceClass.IRRADIANCE,
    SensorKind.MOISTURE: SensorDeviceClass.MOISTURE,
    SensorKind.NITROGEN_DIOXIDE: SensorDeviceClass.NITROGEN_DIOXIDE,
    SensorKind.OZONE: SensorDeviceClass.OZONE,
    SensorKind.PH: SensorDeviceClass.PH,
    SensorKind.PM1: SensorDeviceClass.PM1,
    SensorKind.PM10: SensorDeviceClass.PM10,
    SensorKind.PM25: SensorDeviceClass.PM25,
    SensorKind.POWER_FACTOR: SensorDeviceClass.POWER_FACTOR,
    SensorKind.PRECIPITATION: SensorDeviceClass.PRECIPITATION,
    SensorKind.PRECIPITATION_INTENSITY: SensorDeviceClass.PRECIPITATION_INTENSITY,
    SensorKind.PRESSURE: SensorDeviceClass.PRESSURE,
    SensorKind.REACTIVE_POWER: SensorDeviceClass.REACTIVE_POWER,
    SensorKind.SIGNAL: SensorDeviceClass.SIGNAL_STRENGTH,
    SensorKind.SOUND: SensorDeviceClass.SOUND_PRESSURE,
    SensorKind.SPEED: SensorDeviceClass.SPEED,
    SensorKind.SULPHUR_DIOXIDE: SensorDeviceClass.SULPHUR_DIOXIDE,
    SensorKind.VOC: SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS,
    SensorKind.VOC_PARTS: SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS_PARTS,
    SensorKind.VOLUME: SensorDeviceClass.VOLUME_STORAGE,
    SensorKind.WATER: SensorDeviceClass.WATER,
    SensorKind.WEIGHT: SensorDeviceClass.WEIGHT,
    SensorKind.WIND_DIRECTION: SensorDeviceClass.WIND_DIRECTION,
    SensorKind.WIND_SPEED: SensorDeviceClass.WIND_SPEED,
}
STATE_CLASSES = {
    SensorKind.ENERGY: SensorStateClass.TOTAL_INCREASING,
    SensorKind.GAS: SensorStateClass.TOTAL_INCREASING,
    SensorKind.WATER: SensorStateClass.TOTAL_INCREASING,
    SensorKind.WIND_DIRECTION: SensorStateClass.MEASUREMENT_ANGLE,
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

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        if device.kind is SensorKind.BATTERY:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC
        if key := TRANSLATION_KEYS.get(device.kind):
            self._attr_translation_key = key
        found = STATE_CLASSES.get(device.kind, SensorStateClass.MEASUREMENT)
        if found is SensorStateClass.TOTAL_INCREASING and self._falls(device):
            found = SensorStateClass.TOTAL
        self._attr_state_class = found
        # What has a unit would have to be a number.
        self._attr_native_unit_of_measurement = None if found is None else device.unit
        # A device class only where the unit is one of its units.
        kind = DEVICE_CLASSES.get(device.kind)
        fits = kind and device.unit in DEVICE_CLASS_UNITS.get(kind, (None,))
        self._attr_device_class = kind if fits else None
        self._attr_native_value = self._value(device)

    def _falls(self, device: Sensor) -> bool:
        """Return whether a meter was ever seen below nought: it runs both ways."""
        below = isinstance(device.value, float) and device.value < 0
        return below or self.state_class is SensorStateClass.TOTAL

    def _value(self, device: Sensor) -> float | str | None:
        """Return the reading; None for a word where there should be a number."""
        value = device.value
        if isinstance(value, str):
            # Home Assistant has no room for longer ones.
            return value[:MAX_LENGTH_STATE_STATE] if self.state_class is None else None
        if value is None or not isfinite(value):
            return None
        return int(value) if value % 1 == 0 else value
