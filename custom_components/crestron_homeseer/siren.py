"""Support for sirens."""

from typing import Any, override

from homeassistant.components.siren import SirenEntity, SirenEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import SetSiren, Siren

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up sirens."""
    await async_add_devices(entry, async_add_entities, {Siren: HouseSiren})


class HouseSiren(HouseEntity[Siren], SirenEntity):
    """A siren that is on or off."""

    _attr_supported_features = SirenEntityFeature.TURN_ON | SirenEntityFeature.TURN_OFF

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_is_on = self.device.on

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Have the siren sound."""
        await self.async_command(SetSiren(device_id=self.device.id, on=True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Silence the siren."""
        await self.async_command(SetSiren(device_id=self.device.id, on=False))
