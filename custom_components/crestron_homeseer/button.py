"""Support for buttons."""

from typing import override

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import PressButton
from .house.devices import Button

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up buttons."""
    await async_add_devices(entry, async_add_entities, {Button: HouseButton})


class HouseButton(HouseEntity[Button], ButtonEntity):
    """Something that is pressed and has no state."""

    @override
    async def async_press(self) -> None:
        """Press the button; it worked only if the hub says so."""
        await self.async_command(PressButton(device_id=self.device.id))
