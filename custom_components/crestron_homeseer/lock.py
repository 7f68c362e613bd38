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


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up locks."""
    await async_add_devices(entry, async_add_entities, {Lock: HouseLock})


class HouseLock(HouseEntity[Lock], LockEntity):
    """A door lock. What is not certainly locked or unlocked is unknown."""

    @property
    @override
    def is_locked(self) -> bool | None:
        """Return whether the door is locked."""
        match self.device.state:
            case LockState.LOCKED | LockState.UNLOCKING:
                return True
            case LockState.UNLOCKED | LockState.LOCKING:
                return False
        return None

    @property
    @override
    def is_locking(self) -> bool:
        """Return whether the bolt is on its way out."""
        return self.device.state is LockState.LOCKING

    @property
    @override
    def is_unlocking(self) -> bool:
        """Return whether the bolt is on its way in."""
        return self.device.state is LockState.UNLOCKING

    @property
    @override
    def is_jammed(self) -> bool:
        """Return whether the bolt is stuck."""
        return self.device.state is LockState.JAMMED

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock the door."""
        await self.async_command(SetLocked(device_id=self._device_id, locked=True))

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Unlock the door."""
        await self.async_command(SetLocked(device_id=self._device_id, locked=False))
