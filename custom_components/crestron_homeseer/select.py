"""Support for choices between several options."""

from typing import override

from homeassistant.components.select import SelectEntity

from .entity import HouseEntity, setting_up
from .house.controls import Choice, SelectOption

PARALLEL_UPDATES = 0


class HouseChoice(HouseEntity[Choice], SelectEntity):
    """One of several options, in the hub's own words."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        option, options = self.device.option, list(self.device.options)
        self._attr_options = options
        self._attr_current_option = option if option in options else None

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose an option."""
        await self.async_command(SelectOption(device_id=self.device.id, option=option))


async_setup_entry = setting_up(Choice, HouseChoice)
