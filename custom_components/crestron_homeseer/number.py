"""Support for numbers that can be set."""

from typing import override

from homeassistant.components.number import NumberEntity, NumberMode

from .entity import HouseEntity, setting_up
from .house.controls import Number, SetNumber

PARALLEL_UPDATES = 0

# A finger on a slider tells so many steps apart; more are typed.
SLIDER_STEPS = 100


class HouseNumber(HouseEntity[Number], NumberEntity):
    """A number that can be set, within the limits that its hub gives."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        self._attr_native_min_value = device.low
        self._attr_native_max_value = device.high
        self._attr_native_step = device.step
        self._attr_native_unit_of_measurement = device.unit
        few = device.high - device.low <= SLIDER_STEPS * device.step
        self._attr_mode = NumberMode.SLIDER if few else NumberMode.BOX
        value = device.value
        if value is not None and value % 1 == 0:
            value = int(value)
        self._attr_native_value = value

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the number."""
        await self.async_command(SetNumber(device_id=self.device.id, value=value))


async_setup_entry = setting_up(Number, HouseNumber)
