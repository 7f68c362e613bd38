"""Support for switches and outlets."""

from typing import Any, override

from homeassistant.components.switch import SwitchDeviceClass, SwitchEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry, HouseCoordinator
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

    def __init__(self, coordinator: HouseCoordinator, device: Switch) -> None:
        """Take over what is switched."""
        super().__init__(coordinator, device)
        self._attr_device_class = (
            SwitchDeviceClass.OUTLET if device.outlet else SwitchDeviceClass.SWITCH
        )

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the switch is on; None if it is not known."""
        return self.device.on

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn the switch on."""
        await self.async_command(SetSwitch(device_id=self._device_id, on=True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn the switch off."""
        await self.async_command(SetSwitch(device_id=self._device_id, on=False))
