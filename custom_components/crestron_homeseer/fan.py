"""Support for fans."""

import math
from typing import Any, override

from homeassistant.components.fan import FanEntity, FanEntityFeature
from homeassistant.util.percentage import (
    percentage_to_ranged_value,
    ranged_value_to_percentage,
)

from .entity import HouseEntity, setting_up
from .house.commands import SetSpeed
from .house.devices import Fan

PARALLEL_UPDATES = 0


class HouseFan(HouseEntity[Fan], FanEntity):
    """A fan with a number of speeds."""

    _attr_supported_features = (
        FanEntityFeature.SET_SPEED
        | FanEntityFeature.TURN_ON
        | FanEntityFeature.TURN_OFF
    )

    _last_speed: float | None = None

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        speed, steps = self.device.speed, self.device.speeds
        self._last_speed = speed or self._last_speed
        self._attr_speed_count = steps
        self._attr_percentage = None
        if speed is not None:
            # The slowest step is one, also where it is less than half of it.
            step = round(speed * steps) or math.ceil(speed)
            self._attr_percentage = ranged_value_to_percentage((1, steps), step)

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the fan turns."""
        return None if self.device.speed is None else self.device.speed > 0

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        """Set the speed; anything above nothing is at least the lowest."""
        steps = self.device.speeds
        step = math.ceil(percentage_to_ranged_value((1, steps), percentage))
        await self._async_set(step / steps)

    @override
    async def async_turn_on(
        self,
        percentage: int | None = None,
        preset_mode: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Turn the fan on, at its last speed where none is asked for."""
        if percentage is not None:
            await self.async_set_percentage(percentage)
            return
        await self._async_set(self.device.speed or self._last_speed or 1.0)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn the fan off."""
        await self._async_set(0.0)

    async def _async_set(self, speed: float) -> None:
        await self.async_command(SetSpeed(device_id=self.device.id, speed=speed))


async_setup_entry = setting_up(Fan, HouseFan)
