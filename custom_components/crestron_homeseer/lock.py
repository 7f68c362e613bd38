"""Support for door locks."""

from typing import Any, override

from homeassistant.components.lock import LockEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import SetLocked
from .house.devices import Lock
from .house.kinds import LockState

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

LOCKED = {
    LockState.LOCKED: True,
    LockState.UNLOCKING: True,
    LockState.UNLOCKED: False,
    LockState.LOCKING: False,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up locks."""
    await async_add_devices(entry, async_add_entities, {Lock: HouseLock})


class HouseLock(HouseEntity[Lock], LockEntity):
    """A door lock. What is not certainly locked or unlocked is unknown."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        state = self.device.state
        self._attr_is_locked = LOCKED.get(state)
        self._attr_is_locking = state is LockState.LOCKING
        self._attr_is_unlocking = state is LockState.UNLOCKING
        self._attr_is_jammed = state is LockState.JAMMED

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock the door."""
        await self.async_command(SetLocked(device_id=self.device.id, locked=True))

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Unlock the door."""
        await self.async_command(SetLocked(device_id=self.device.id, locked=False))
