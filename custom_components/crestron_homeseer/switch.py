"""Support for switches and outlets."""

from typing import override

from homeassistant.components.switch import SwitchDeviceClass, SwitchEntity

from .entity import HouseEntity, sends, setting_up
from .house.controls import SetSwitch, Switch

PARALLEL_UPDATES = 0


class HouseSwitch(HouseEntity[Switch], SwitchEntity):
    """A switch, or an outlet where things are plugged in."""

    async_turn_on = sends(SetSwitch, on=True)
    async_turn_off = sends(SetSwitch, on=False)

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_is_on = self.device.on
        self._attr_device_class = (
            SwitchDeviceClass.OUTLET if self.device.outlet else SwitchDeviceClass.SWITCH
        )


async_setup_entry = setting_up(Switch, HouseSwitch)
