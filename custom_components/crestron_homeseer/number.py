"""Support for numbers that can be set."""

from typing import override

from homeassistant.components.number import NumberEntity, NumberMode
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import Number, SetNumber

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

# A finger on a slider tells so many steps apart; more are typed.
SLIDER_STEPS = 100


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up numbers."""
    await async_add_devices(entry, async_add_entities, {Number: HouseNumber})


class HouseNumber(HouseEntity[Number], NumberEntity):
    """A number that can be set, within the limits that its hub gives."""

    @property
    @override
    def native_min_value(self) -> float:
        """Return the least that can be set."""
        return self.device.low

    @property
    @override
    def native_max_value(self) -> float:
        """Return the most that can be set."""
        return self.device.high

    @property
    @override
    def native_step(self) -> float:
        """Return what lies between two values."""
        return self.device.step

    @property
    @override
    def mode(self) -> NumberMode:
        """Return how the number is best set."""
        device = self.device
        few = device.high - device.low <= SLIDER_STEPS * device.step
        return NumberMode.SLIDER if few else NumberMode.BOX

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit, where the hub gives one."""
        return self.device.unit

    @property
    @override
    def native_value(self) -> float | None:
        """Return the number; one without a fraction is shown without."""
        value = self.device.value
        return int(value) if value is not None and value % 1 == 0 else value

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the number."""
        await self.async_command(SetNumber(device_id=self._device_id, value=value))
