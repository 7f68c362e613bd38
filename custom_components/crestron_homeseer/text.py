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

    @property
    @override
    def native_value(self) -> str | None:
        """Return the text; None if Home Assistant has no room for all of it."""
        # A part of it in a box to edit would soon be all that is left.
        text = self.device.text
        return None if text is None or len(text) > MAX_LENGTH_STATE_STATE else text

    @override
    async def async_set_value(self, value: str) -> None:
        """Set the text."""
        await self.async_command(SetText(device_id=self._device_id, text=value))
