"""Support for fans."""

import math
from typing import Any, override

from homeassistant.components.fan import FanEntity, FanEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util.percentage import (
    percentage_to_ranged_value,
    ranged_value_to_percentage,
)

from .coordinator import HouseConfigEntry, HouseCoordinator
from .entity import HouseEntity, async_add_devices
from .house.commands import SetSpeed
from .house.devices import Fan

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up fans."""
    await async_add_devices(entry, async_add_entities, {Fan: HouseFan})


class HouseFan(HouseEntity[Fan], FanEntity):
    """A fan with a number of speeds."""

    _attr_supported_features = (
        FanEntityFeature.SET_SPEED
        | FanEntityFeature.TURN_ON
        | FanEntityFeature.TURN_OFF
    )

    def __init__(self, coordinator: HouseCoordinator, device: Fan) -> None:
        """Take over the number of speeds."""
        super().__init__(coordinator, device)
        self._last_speed = device.speed or None

    @override
    def _take(self, device: Fan) -> None:
        super()._take(device)
        self._attr_speed_count = device.speeds

    @override
    def _handle_coordinator_update(self) -> None:
        self._last_speed = self.device.speed or self._last_speed
        super()._handle_coordinator_update()

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the fan turns."""
        speed = self.device.speed
        return None if speed is None else speed > 0

    @property
    @override
    def percentage(self) -> int | None:
        """Return the speed in percent."""
        speed, steps = self.device.speed, self.device.speeds
        if speed is None:
            return None
        step = round(speed * steps)
        return ranged_value_to_percentage((1, steps), step or (1 if speed else 0))

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
        await self.async_command(SetSpeed(device_id=self._device_id, speed=speed))
