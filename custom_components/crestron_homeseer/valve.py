"""Support for valves of water and gas."""

from typing import override

from homeassistant.components.valve import ValveEntity, ValveEntityFeature

from .entity import HouseEntity, offered, sends, setting_up
from .house.controls import SetValve, Valve
from .house.devices import percent
from .house.kinds import Motion

PARALLEL_UPDATES = 0


class HouseValve(HouseEntity[Valve], ValveEntity):
    """A valve that is open or closed, or in between where its hub can tell."""

    async_open_valve = sends(SetValve, position=1.0)
    async_close_valve = sends(SetValve, position=0.0)

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
        self._attr_supported_features = offered(
            {
                ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE: True,
                ValveEntityFeature.SET_POSITION: device.can_position,
            }
        )

    @override
    async def async_set_valve_position(self, position: int) -> None:
        """Bring the valve to a position."""
        command = SetValve(device_id=self.device.id, position=position / 100)
        await self.async_command(command)


async_setup_entry = setting_up(Valve, HouseValve)
