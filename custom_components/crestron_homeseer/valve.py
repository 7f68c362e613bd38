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
    def _take(self, device: Valve) -> None:
        super()._take(device)
        self._attr_reports_position = device.can_position
        self._attr_supported_features = (
            ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE
        )
        if device.can_position:
            self._attr_supported_features |= ValveEntityFeature.SET_POSITION

    @property
    @override
    def current_valve_position(self) -> int | None:
        """Return the position in percent; only the exact ends are 0 and 100."""
        position = self.device.position
        return None if position is None else percent(position)

    @property
    @override
    def is_closed(self) -> bool | None:
        """Return whether the valve is closed; None if it is not known."""
        position = self.device.position
        return None if position is None else position == 0

    @property
    @override
    def is_opening(self) -> bool:
        """Return whether the valve is on its way to open."""
        return self.device.motion is Motion.OPENING

    @property
    @override
    def is_closing(self) -> bool:
        """Return whether the valve is on its way to closed."""
        return self.device.motion is Motion.CLOSING

    async def _async_move(self, position: float) -> None:
        command = SetValve(device_id=self._device_id, position=position)
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
