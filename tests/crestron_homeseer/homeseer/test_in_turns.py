"""Everything is taken in turns; what happens meanwhile is neither lost nor doubled."""

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.controls import Remote
from custom_components.crestron_homeseer.house.kinds import TemperatureUnit

from .raw import SWITCH, Raw, at_once, feature, take


def remote(value: float, status: str) -> Raw:
    return feature(1, value=value, status=status, kind=(513, 0, 1))


def presses(inventory: Inventory) -> int:
    device = inventory.devices["ref-1"]
    assert isinstance(device, Remote)
    return device.presses


def test_nothing_of_a_list_is_seen_before_all_of_it_is_taken() -> None:
    inventory = take([feature(1, value=0), feature(2, value=0)], {1: SWITCH, 2: SWITCH})
    features, devices = dict(inventory.features), inventory.devices
    work = inventory.take([feature(1, value=255), feature(2, value=255)], whole=True)
    for _ in work:
        assert inventory.features == features
        assert inventory.devices is devices
    assert [item.value for item in inventory.features.values()] == [255, 255]
    assert inventory.devices is not devices


def test_nothing_of_other_devices_is_seen_before_all_are_there() -> None:
    inventory = take([feature(1), feature(2)], {1: SWITCH, 2: SWITCH})
    devices, bindings = inventory.devices, inventory.bindings
    at_once(inventory.take([feature(1), feature(2), feature(3)], whole=True))
    at_once(inventory.take_controls([{"ref": 3, "ControlPairs": SWITCH}]))
    steps = 0
    for _ in inventory.classify(1, TemperatureUnit.FAHRENHEIT):
        steps += 1
        assert inventory.devices is devices
        assert inventory.bindings is bindings
    assert steps == 7
    assert list(inventory.devices) == ["ref-1", "ref-2", "ref-3"]
    assert inventory.devices["ref-1"] is devices["ref-1"]


def test_a_press_while_all_is_taken_counts_once() -> None:
    inventory = take([remote(1, "Key 1")])
    before = presses(inventory)
    work = inventory.take([remote(1, "Key 1")], whole=True)
    next(work)
    inventory.pushed([1], "ascii")
    at_once(work)
    at_once(inventory.take([remote(2, "Key 2")]))
    assert presses(inventory) == before + 1


def test_a_press_of_the_same_key_while_all_is_taken_counts_once() -> None:
    inventory = take([remote(1, "Key 1")])
    before = presses(inventory)
    work = inventory.take([remote(1, "Key 1")], whole=True)
    next(work)
    inventory.pushed([1], "ascii")
    at_once(work)
    inventory.begin_read()
    at_once(inventory.take([remote(1, "Key 1")]))
    assert presses(inventory) == before + 1


def test_a_press_while_devices_are_decided_counts_once() -> None:
    inventory = take([remote(1, "Key 1")])
    before = presses(inventory)
    work = inventory.classify(1, TemperatureUnit.FAHRENHEIT)
    for _ in range(2):
        next(work)
    inventory.pushed([1], "ascii")
    at_once(work)
    at_once(inventory.take([remote(2, "Key 2")]))
    assert presses(inventory) == before + 1
