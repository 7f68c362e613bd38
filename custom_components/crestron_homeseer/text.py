"""Support for texts that can be set."""

from typing import override

from homeassistant.components.text import TextEntity
from homeassistant.const import MAX_LENGTH_STATE_STATE

from .entity import HouseEntity, setting_up
from .house.controls import SetText, TextBox

PARALLEL_UPDATES = 0


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


async_setup_entry = setting_up(TextBox, HouseTextBox)
