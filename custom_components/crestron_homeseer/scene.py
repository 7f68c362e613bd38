"""Support for scenes."""

from dataclasses import replace
import time
from typing import Any, override

from homeassistant.components.scene import BaseScene
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry, HouseCoordinator
from .entity import HouseEntity, async_add_devices
from .house.commands import ActivateScene
from .house.devices import Scene

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

# So long after our own activation, the scene becoming true is its result.
OWN_RESULT = 120.0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up scenes."""
    await async_add_devices(entry, async_add_entities, {Scene: HouseScene})


class HouseScene(HouseEntity[Scene], BaseScene):
    """A scene of the hub."""

    def __init__(self, coordinator: HouseCoordinator, device: Scene) -> None:
        """Remember whether the house matches the scene."""
        super().__init__(coordinator, device)
        self._active = device.active
        self._activated_at: float | None = None
        self._shown = self._to_show()

    def _to_show(self) -> tuple[bool, Scene]:
        """Return what a state is written for; whether the house matches is not shown."""
        return self.available, replace(self.device, active=None)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        before = self._active
        self._active = self.device.active if self.available else None
        ours = (
            self._activated_at is not None
            and time.monotonic() - self._activated_at < OWN_RESULT
        )
        shown, self._shown = self._shown, self._to_show()
        if before is False and self._active and not ours:
            # Somebody chose the scene elsewhere.
            self._async_record_activation()
        elif shown == self._shown:
            return
        super()._handle_coordinator_update()

    @override
    async def _async_activate(self, **kwargs: Any) -> None:
        """Recall the scene; only one that went out counts as activated."""
        # Its result may be read before the hub has answered everything else.
        before, self._activated_at = self._activated_at, time.monotonic()
        try:
            await self.async_command(ActivateScene(device_id=self._device_id))
        except HomeAssistantError:
            self._activated_at = before
            raise
        self._async_record_activation()
        self.async_write_ha_state()
