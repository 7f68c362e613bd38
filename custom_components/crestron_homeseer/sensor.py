"""Support for sensors with a reading."""

from typing import override

from homeassistant.components.sensor import SensorEntity, SensorStateClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry, HouseCoordinator
from .entity import HouseEntity, async_add_devices
from .house.devices import Sensor, SensorKind

# Only read here, by the coordinator.
PARALLEL_UPDATES = 0

TRANSLATION_KEYS = {SensorKind.PHOTOCELL: "photocell"}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up sensors with a reading."""
    async_add_devices(entry, async_add_entities, {Sensor: HouseSensor})


class HouseSensor(HouseEntity[Sensor], SensorEntity):
    """A sensor with a reading; it has a unit only where the hub gives one."""

    _attr_state_class = SensorStateClass.MEASUREMENT

    def __init__(self, coordinator: HouseCoordinator, device: Sensor) -> None:
        """Take over what the sensor measures."""
        super().__init__(coordinator, device)
        self._attr_native_unit_of_measurement = device.unit
        if key := TRANSLATION_KEYS.get(device.kind):
            self._attr_translation_key = key

    @property
    @override
    def native_value(self) -> float | str | None:
        """Return the reading."""
        value = self.device.value
        whole = isinstance(value, float) and value.is_integer()
        return int(value) if whole and isinstance(value, float) else value
