"""Support for valves of water and gas."""

from typing import override

from homeassistant.components.valve import ValveEntity, ValveEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import SetValve, Valve
from .house.devices import percent
from .house.kinds import Motion

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up valves."""
    await async_add_devices(entry, async_add_entities, {Valve: HouseValve})


class HouseValve(HouseEntity[Valve], ValveEntity):
    """A valve that is open or closed, or in between where its hub can tell."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        position = device.position
        self._attr_current_valve_position = self._attr_is_closed = None
        if position is not None:
            self._attr_current_valve_position = percent(position)
            self._attr_is_closed = position == 0
        self._attr_is_opening = device.motion is Motion.OPENING
        self._attr_is_closing = device.motion is Motion.CLOSING
        self._attr_reports_position = device.can_position
        self._attr_supported_features = (
            ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE
        )
        if device.can_position:
            self._attr_supported_features |= ValveEntityFeature.SET_POSITION

    async def _async_move(self, position: float) -> None:
        command = SetValve(device_id=self.device.id, position=position)
        await self.async_command(command)

    @override
    async def async_open_valve(self) -> None:
        """Open the valve."""
        await self._async_move(1.0)

    @override
    async def async_close_valve(self) -> None:
        """Close the valve."""
        await self._async_move(0.0)

    @override
    async def async_set_valve_position(self, position: int) -> None:
        """Bring the valve to a position."""
        await self._async_move(position / 100)
