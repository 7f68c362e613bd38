"""Support for choices between several options."""

from typing import override

from homeassistant.components.select import SelectEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import Choice, SelectOption

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up choices."""
    await async_add_devices(entry, async_add_entities, {Choice: HouseChoice})


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
