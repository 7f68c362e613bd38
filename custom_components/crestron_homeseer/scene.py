"""Support for scenes."""

from typing import Any, override

from homeassistant.components.scene import BaseScene

from .entity import HouseEntity, setting_up
from .house.controls import ActivateScene
from .house.devices import Scene

PARALLEL_UPDATES = 0


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


async_setup_entry = setting_up(Scene, HouseScene)
