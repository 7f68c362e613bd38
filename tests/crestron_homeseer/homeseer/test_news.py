"""The words of garage doors, locks and sensors."""

import pytest

from custom_components.crestron_homeseer.homeseer.readings import reading
from custom_components.crestron_homeseer.homeseer.states import lock_state, two_state
from custom_components.crestron_homeseer.house.devices import Cover, LockState

from .described import GARAGE
from .raw import feature, take


@pytest.mark.parametrize(
    ("value", "status", "position"),
    [
        (255, "Open", 1.0),
        (0, "Closed", 0.0),
        (253, "Stopped", None),
        (252, "Closing", None),
        (7, "what?", None),
        (255, "", 1.0),
    ],
)
def test_a_garage_door_is_read_by_its_words(
    value: int, status: str, position: float | None
) -> None:
    inventory = take([feature(1, "Garage", value=value, status=status)], {1: GARAGE})
    cover = inventory.devices["ref-1"]
    assert isinstance(cover, Cover)
    assert cover.position == position


@pytest.mark.parametrize(
    ("status", "label", "value", "state"),
    [
        ("Unlocking", "", None, LockState.UNLOCKING),
        ("Locking", "", None, LockState.LOCKING),
        ("Not locked", "", 255, LockState.UNLOCKED),
        ("Not Secured", "", 255, LockState.UNLOCKED),
        ("Insecure", "", 255, LockState.UNLOCKED),
        ("RF not fully locked", "", 255, LockState.UNLOCKED),
        ("Failed to lock", "", 255, LockState.UNKNOWN),
        ("Unable to lock", "", 255, LockState.UNKNOWN),
        ("", "Locked", 0, LockState.LOCKED),
        # Unlocked for a while, and so it was before.
        ("", "", 1, LockState.UNLOCKED),
        ("", "", 33, LockState.UNLOCKED),
        ("", "", 254, LockState.UNKNOWN),
        ("", "", None, LockState.UNKNOWN),
    ],
)
def test_locks(status: str, label: str, value: float | None, state: LockState) -> None:
    assert lock_state(status, label, value) is state


@pytest.mark.parametrize(
    ("status", "number", "unit"),
    [
        ("82 F", 82, "°F"),
        ("-3,5 °C", -3.5, "°C"),
        ("11%", 11, "%"),
        ("Closed", None, None),
        ("2 doors are still open", None, None),
        ("0.4", 0.4, None),
        ("", None, None),
    ],
)
def test_readings(status: str, number: float | None, unit: str | None) -> None:
    assert reading(status) == (number, unit)


def test_other_words() -> None:
    assert two_state("Motion Detected.") is True
    assert two_state("no motion") is False
    assert two_state("Water Leak Detected") is True
    assert two_state("Glass Breakage Detected") is True
    assert two_state("No Water Leak Detected") is False
    assert two_state("Nothing detected") is False
    assert two_state("Undetected") is None
    assert two_state("?") is None
