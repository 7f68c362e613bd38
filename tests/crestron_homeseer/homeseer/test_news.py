"""What features say after a change, and the words that they say it with."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.homeseer.readings import reading
from custom_components.crestron_homeseer.homeseer.states import lock_state, two_state
from custom_components.crestron_homeseer.house.controls import Remote
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    Light,
    LockState,
    TemperatureUnit,
)

from .described import GARAGE
from .raw import DIMMER, Raw, at_once, feature, pair, take


def test_only_what_changed_is_another_object() -> None:
    raws = [feature(1, value=0), feature(2, value=0)]
    inventory = take(raws, {1: DIMMER, 2: DIMMER})
    before = inventory.devices
    at_once(inventory.take([feature(1, value=0)]))
    assert inventory.devices is before
    at_once(inventory.take([feature(1, value=99), feature(77, value=1), "nonsense"]))
    after = inventory.devices
    assert after["ref-2"] is before["ref-2"]
    light = after["ref-1"]
    assert isinstance(light, Light)
    assert light.level == 1.0
    # A survey that saw the same gives the same.
    at_once(inventory.take([feature(1, value=99), raws[1]], whole=True))
    assert not inventory.stale
    assert inventory.devices is after


def test_a_survey_knows_whether_there_are_other_devices() -> None:
    inventory = take([feature(1), feature(2)])
    for raws, stale in (
        ([feature(1, value=5), feature(2)], False),
        ([feature(1, "Renamed"), feature(2)], True),
        ([feature(1, "Renamed")], True),
        ([feature(1, "Renamed"), feature(3)], True),
    ):
        at_once(inventory.take(raws, whole=True))
        assert inventory.stale is stale
        at_once(inventory.classify(1, TemperatureUnit.FAHRENHEIT))
        assert not inventory.stale


def presses(inventory: Inventory) -> int:
    device = inventory.devices["ref-1"]
    assert isinstance(device, Remote)
    return device.presses


def test_presses_are_counted_once_however_they_are_told() -> None:
    def told(value: int, status: str) -> Raw:
        return feature(1, value=value, status=status, kind=(513, 0, 1))

    inventory = take([told(0, "Idle")])
    assert presses(inventory) == 0
    # Only a read has shown it.
    at_once(inventory.take([told(1, "Key 1")]))
    assert presses(inventory) == 1
    # Told by both channels, then read.
    inventory.pushed([1], "ascii")
    inventory.pushed([1], "hook")
    at_once(inventory.take([told(2, "Key 2")]))
    assert presses(inventory) == 2
    # The same key again changes no value.
    inventory.pushed([1], "ascii")
    inventory.begin_read()
    at_once(inventory.take([told(2, "Key 2")]))
    assert presses(inventory) == 3
    # Letting go is no press, told or not.
    inventory.pushed([1], "ascii")
    at_once(inventory.take([told(0, "Idle")]))
    assert presses(inventory) == 3
    at_once(inventory.take([told(3, "Key 3")]))
    at_once(inventory.take([told(0, "Idle")]))
    assert presses(inventory) == 4
    # Devices that come or go do not begin the count anew.
    at_once(inventory.classify(1, TemperatureUnit.FAHRENHEIT))
    assert presses(inventory) == 4


def key(value: int, status: str) -> Raw:
    """A remote that shows a key."""
    return feature(1, value=value, status=status, kind=(513, 0, 1))


def test_a_press_that_the_other_channel_tells_later_is_no_other() -> None:
    inventory = take([key(0, "Idle")])
    for number in (1, 2):
        inventory.pushed([1], "ascii")
        inventory.begin_read()
        at_once(inventory.take([key(number, f"Key {number}")]))
        assert presses(inventory) == number
        # The web hook is slower than the read.
        inventory.pushed([1], "hook")
        inventory.begin_read()
        at_once(inventory.take([key(number, f"Key {number}")]))
        assert presses(inventory) == number
    # Of each press it tells once.
    inventory.pushed([1], "hook")
    inventory.begin_read()
    at_once(inventory.take([key(2, "Key 2")]))
    assert presses(inventory) == 3


def test_what_the_other_channel_tells_late_is_a_press(
    freezer: FrozenDateTimeFactory,
) -> None:
    inventory = take([key(0, "Idle")])
    for number, channel in ((1, "ascii"), (2, "hook")):
        inventory.pushed([1], channel)
        inventory.begin_read()
        at_once(inventory.take([key(1, "Key 1")]))
        assert presses(inventory) == number
        freezer.tick(3.0)


def test_a_press_is_not_told_with_what_was_read_before_it() -> None:
    inventory = take([key(2, "Key 2")])
    inventory.begin_read()
    inventory.pushed([1], "ascii")
    # The answer was on its way already.
    at_once(inventory.take([key(2, "Key 2")]))
    assert presses(inventory) == 0
    assert inventory.pending == {1}
    inventory.begin_read()
    at_once(inventory.take([key(1, "Key 1")]))
    assert presses(inventory) == 1
    assert inventory.pending == set()


@pytest.mark.parametrize("rest", ["No Scene", "Not pressed", "Ready", "--", "Off."])
def test_what_shows_nothing_is_no_press(rest: str) -> None:
    inventory = take([key(1, "Key 1")])
    at_once(inventory.take([key(0, rest)]))
    assert presses(inventory) == 0


def test_a_key_that_was_held_is_let_go() -> None:
    inventory = take([key(0, "Idle")])
    for number, text in enumerate(("Held", "Released", "Pressed"), start=1):
        at_once(inventory.take([key(number, text)]))
        assert presses(inventory) == number
    # After a press it goes without saying.
    inventory.pushed([1], "ascii")
    inventory.begin_read()
    at_once(inventory.take([key(2, "Released")]))
    assert presses(inventory) == 3


def test_a_remote_without_a_text_is_pressed_by_its_labels() -> None:
    pairs = [pair("Idle", 0), pair("Key 1 Held", 2)]
    inventory = take([key(0, "")], {1: pairs})
    at_once(inventory.take([key(2, "")]))
    assert presses(inventory) == 1
    at_once(inventory.take([key(0, "")]))
    assert presses(inventory) == 1
    # Not even a label, and yet it is pressed.
    at_once(inventory.take([key(7, "")]))
    assert presses(inventory) == 2


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
