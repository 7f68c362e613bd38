"""Support for texts that can be set."""

from typing import override

from homeassistant.components.text import TextEntity
from homeassistant.const import MAX_LENGTH_STATE_STATE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import SetText, TextBox

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up texts."""
    await async_add_devices(entry, async_add_entities, {TextBox: HouseTextBox})


class HouseTextBox(HouseEntity[TextBox], TextEntity):
    """A text that can be set."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        text = self.device.text
        # A part of it in a box to edit would soon be all that is left.
        fits = text is not None and len(text) <= MAX_LENGTH_STATE_STATE
        self._attr_native_value = text if fits else None

    @override
    async def async_set_value(self, value: str) -> None:
        """Set the text."""
        await self.async_command(SetText(device_id=self.device.id, text=value))
