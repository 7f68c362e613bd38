"""Support for scenes."""

from typing import Any, override

from homeassistant.components.scene import BaseScene
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.controls import ActivateScene
from .house.devices import Scene

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up scenes."""
    await async_add_devices(entry, async_add_entities, {Scene: HouseScene})


class HouseScene(HouseEntity[Scene], BaseScene):
    """A scene of the hub: it is activated by somebody, never by how the house is."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_extra_state_attributes = {"scene_type": self.device.kind.value}

    @override
    async def _async_activate(self, **kwargs: Any) -> None:
        """Recall the scene; only one that went out counts as activated."""
        await self.async_command(ActivateScene(device_id=self.device.id))
        self._async_record_activation()
        self.async_write_ha_state()
