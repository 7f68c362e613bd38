"""Support for door locks."""

from typing import override

from homeassistant.components.lock import LockEntity

from .entity import HouseEntity, sends, setting_up
from .house.commands import SetLocked
from .house.devices import Lock
from .house.kinds import LockState

PARALLEL_UPDATES = 0

LOCKED = {
    LockState.LOCKED: True,
    LockState.UNLOCKING: True,
    LockState.UNLOCKED: False,
    LockState.LOCKING: False,
}


class HouseLock(HouseEntity[Lock], LockEntity):
    """A door lock. What is not certainly locked or unlocked is unknown."""

    async_lock = sends(SetLocked, locked=True)
    async_unlock = sends(SetLocked, locked=False)

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        state = self.device.state
        self._attr_is_locked = LOCKED.get(state)
        self._attr_is_locking = state is LockState.LOCKING
        self._attr_is_unlocking = state is LockState.UNLOCKING
        self._attr_is_jammed = state is LockState.JAMMED


async_setup_entry = setting_up(Lock, HouseLock)
