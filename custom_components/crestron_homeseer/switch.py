"""Support for switches and outlets."""

from typing import Any, override

from homeassistant.components.switch import SwitchDeviceClass, SwitchEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import SetSwitch, Switch

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up switches."""
    await async_add_devices(entry, async_add_entities, {Switch: HouseSwitch})


class HouseSwitch(HouseEntity[Switch], SwitchEntity):
    """A switch, or an outlet where things are plugged in."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_is_on = self.device.on
        self._attr_device_class = (
            SwitchDeviceClass.OUTLET if self.device.outlet else SwitchDeviceClass.SWITCH
        )

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn the switch on."""
        await self.async_command(SetSwitch(device_id=self.device.id, on=True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn the switch off."""
        await self.async_command(SetSwitch(device_id=self.device.id, on=False))
