"""What an inventory makes of what was read and reported, in whichever order."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.controls import Remote
from custom_components.crestron_homeseer.house.devices import Light, TemperatureUnit

from .raw import DIMMER, SWITCH, Raw, at_once, feature, pair, take


def classify(inventory: Inventory) -> None:
    at_once(inventory.classify(1, TemperatureUnit.FAHRENHEIT))


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
    assert inventory.devices is after


@pytest.mark.parametrize(
    ("raws", "whole", "stale"),
    [
        ([feature(1, value=5), feature(2)], True, False),
        ([feature(1, "Renamed"), feature(2)], True, True),
        ([feature(1, "Renamed")], False, True),
        ([feature(1)], False, False),
        ([feature(1)], True, True),
        ([feature(1), feature(3)], True, True),
        ([feature(1), feature(2), feature(1, "Doubled"), {"ref": None}], True, False),
    ],
)
def test_other_features_make_other_devices(
    raws: list[Raw], whole: bool, stale: bool
) -> None:
    inventory = take([feature(1), feature(2)])
    at_once(inventory.take(raws, whole=whole))
    assert inventory.stale is stale
    classify(inventory)
    assert not inventory.stale


def test_what_could_not_be_read_is_asked_for_until_it_can() -> None:
    inventory = take([feature(1, value=5), feature(2, value=None)])
    for _ in range(2):
        at_once(inventory.take([feature(1, value="NaN"), feature(2, value=None)]))
        # What never had a value is not missed.
        assert inventory.unreadable == {1}
    at_once(inventory.take([feature(1, value=6)]))
    assert inventory.unreadable == set()
    at_once(inventory.take([feature(1, value=None)]))
    at_once(inventory.take([feature(2)], whole=True))
    assert inventory.unreadable == set()


def test_what_was_reported_is_pending_until_a_read_that_began_later() -> None:
    inventory = take([feature(1, value=0), feature(2)], {1: SWITCH, 2: SWITCH})
    inventory.begin_read()
    inventory.pushed([1, 99], "ascii")
    at_once(inventory.take([feature(1, value=0)], whole=False))
    at_once(inventory.take([feature(1, value=255)]))
    assert inventory.pending == {1}
    inventory.begin_read()
    at_once(inventory.take([feature(2)]))
    assert inventory.pending == {1}
    at_once(inventory.take([feature(1, value=255)]))
    assert inventory.pending == set()
    inventory.pushed([1], "ascii")
    at_once(inventory.take([feature(2)], whole=True))
    assert inventory.pending == set()


def test_nothing_is_seen_before_all_of_it_is_there() -> None:
    inventory = take([feature(1, value=0), feature(2, value=0)], {1: SWITCH, 2: SWITCH})
    features, devices = dict(inventory.features), inventory.devices
    more = [feature(1, value=255), feature(2, value=255), feature(3)]
    for _ in inventory.take(more, whole=True):
        assert inventory.features == features
        assert inventory.devices is devices
    assert [item.value for item in inventory.features.values()] == [255, 255, 0]
    at_once(inventory.take_controls([{"ref": 3, "ControlPairs": SWITCH}]))
    devices, bindings = inventory.devices, inventory.bindings
    steps = 0
    for _ in inventory.classify(1, TemperatureUnit.FAHRENHEIT):
        steps += 1
        assert inventory.devices is devices
        assert inventory.bindings is bindings
    assert steps > 3
    assert list(inventory.devices) == ["ref-1", "ref-2", "ref-3"]
    assert inventory.devices["ref-1"] is devices["ref-1"]


# Presses


def key(value: int, status: str) -> Raw:
    """A remote that shows a key."""
    return feature(1, value=value, status=status, kind=(513, 0, 1))


def presses(inventory: Inventory) -> int:
    device = inventory.devices["ref-1"]
    assert isinstance(device, Remote)
    return device.presses


@pytest.mark.parametrize(
    "steps",
    [
        # Only a read has shown it, and letting go is no press.
        [(1, "Key 1", 1), (1, "Key 1", 1), (2, "Key 2", 2), (0, "Idle", 2)],
        # Reported by both channels, then read.
        ["ascii", "hook", (1, "Key 1", 1)],
        # The same key again changes no value.
        ["ascii", (1, "Key 1", 1), "later", "ascii", (1, "Key 1", 2)],
        # Letting go is no press, reported or not.
        ["ascii", "ascii", (0, "Off", 1), "ascii", (0, "Idle", 1)],
        # The web hook is slower than the read, and reports each press once.
        ["ascii", (1, "Key 1", 1), "hook", (1, "Key 1", 1), "hook", (1, "Key 1", 2)],
        # What the other channel reports late is another press.
        ["ascii", (1, "Key 1", 1), "later", "hook", (1, "Key 1", 2)],
        *[[(1, "Key 1", 1), (0, rest, 1)] for rest in ("No Scene", "Not pressed")],
        *[[(1, "Key 1", 1), (0, rest, 1)] for rest in ("Ready", "--", "Off.")],
        # A key that was held is let go; after a press that goes without saying.
        [(1, "Held", 1), (2, "Released", 2), (3, "Pressed", 3)],
        [(1, "Pressed", 1), "ascii", (2, "Released", 1)],
    ],
)
def test_presses_are_counted_once_however_they_come(
    steps: list[str | tuple[int, str, int]], freezer: FrozenDateTimeFactory
) -> None:
    inventory = take([key(0, "Idle")])
    for step in steps:
        if step == "later":
            freezer.tick(3.0)
        elif isinstance(step, str):
            inventory.pushed([1], step)
        else:
            value, status, number = step
            inventory.begin_read()
            at_once(inventory.take([key(value, status)]))
            assert presses(inventory) == number
    # Devices that come or go do not begin the count anew.
    before = presses(inventory)
    classify(inventory)
    assert presses(inventory) == before


@pytest.mark.parametrize("whole", [False, True])
def test_a_press_does_not_show_in_what_was_read_before_it(whole: bool) -> None:
    inventory = take([key(2, "Key 2")])
    inventory.begin_read()
    work = inventory.take([key(2, "Key 2")], whole=whole)
    next(work)
    inventory.pushed([1], "ascii")
    at_once(work)
    assert presses(inventory) == 0
    inventory.begin_read()
    at_once(inventory.take([key(2, "Key 2")]))
    assert presses(inventory) == 1


def test_a_press_while_devices_are_decided_counts_once() -> None:
    inventory = take([key(1, "Key 1")])
    work = inventory.classify(1, TemperatureUnit.FAHRENHEIT)
    next(work)
    inventory.pushed([1], "ascii")
    at_once(work)
    inventory.begin_read()
    at_once(inventory.take([key(2, "Key 2")]))
    assert presses(inventory) == 1


def test_a_remote_without_a_text_is_pressed_by_its_labels() -> None:
    pairs = [pair("Idle", 0), pair("Key 1 Held", 2)]
    inventory = take([key(0, "")], {1: pairs})
    # Of the last there is not even a label, and yet it is pressed.
    for value, number in ((2, 1), (0, 1), (7, 2)):
        at_once(inventory.take([key(value, "")]))
        assert presses(inventory) == number
