"""What locks show."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.crestron_homeseer.house.devices import Lock, LockState

from ..common import Advance, state
from ..memory import MemoryHub
from .common import A_READ, Start


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        (LockState.LOCKED, "locked"),
        (LockState.UNLOCKING, "unlocking"),
        (LockState.UNLOCKED, "unlocked"),
        (LockState.LOCKING, "locking"),
        (LockState.JAMMED, "jammed"),
        (LockState.UNKNOWN, "unknown"),
    ],
)
async def test_a_lock_is_what_it_is(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    seen: LockState,
    shown: str,
) -> None:
    await start(Lock(id="1", name="Door", state=LockState.UNKNOWN))
    hub.change("1", state=seen)
    await advance(A_READ)
    assert state(hass, "lock.door").state == shown
