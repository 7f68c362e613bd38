"""Rooms, and what devices are called in a list."""

import pytest

from custom_components.crestron_homeseer.house.devices import Detector, DetectorKind

from .raw import DIMMER, Raw, feature, only, pair, take


def place(ref: int, location: str, *, native: bool = True) -> Raw:
    """Return a feature somewhere, of HomeSeer itself or of a plug-in."""
    raw = feature(ref, status="0:12:34", kind=(0, 0, 0), location=location)
    return raw | {"interface_name": "" if native else "Z-Wave"}


@pytest.mark.parametrize("name", ["Timers", "Counters", "Virtual", "timers"])
@pytest.mark.parametrize("turned", [False, True])
def test_where_homeseer_keeps_its_own_is_no_room(name: str, *, turned: bool) -> None:
    features = [place(1, name), place(2, name), place(3, "Kitchen")]
    rooms = take(features[::-1] if turned else features).rooms
    assert {room.name: room.virtual for room in rooms.values()} == {
        name: True,
        "Kitchen": False,
    }


@pytest.mark.parametrize("turned", [False, True])
def test_a_room_with_a_real_device_is_one(*, turned: bool) -> None:
    features = [place(1, "Virtual"), place(2, "Virtual", native=False)]
    rooms = take(features[::-1] if turned else features).rooms
    assert {room.name: room.virtual for room in rooms.values()} == {"Virtual": False}


def test_a_feature_that_is_nowhere_has_no_room() -> None:
    inventory = take([place(1, "")])
    assert inventory.rooms == {}
    assert only(inventory).room_id is None


@pytest.mark.parametrize(
    ("type_string", "model"),
    [
        ("Z-Wave Switch Binary Root Device", "Z-Wave Switch Binary"),
        ("Insteon Device", "Insteon"),
        ("UPB root", "UPB"),
        ("Root Device", "Z-Wave"),
        ("Device", "Z-Wave"),
        ("Devices of the house", "Devices of the house"),
        ("", "Z-Wave"),
    ],
)
def test_a_model_says_what_something_is(type_string: str, model: str) -> None:
    features = [
        feature(1, "Lamp", type_string=type_string, children=(2, 3)),
        feature(2, "Lamp", root=1),
        feature(3, "Battery", value=50, root=1),
    ]
    inventory = take(features, {2: DIMMER})
    assert inventory.roots["ref-1"].model == model
    alone = only(take([feature(1, status="x", type_string=type_string)]))
    assert alone.model == model


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        # Of an alarm system: its outer zones are doors and windows.
        (feature(1, "Zone 1", status="Bypassed", kind=(8, 31, 1)), "door"),
        (feature(1, "Office Window", status="Open", kind=(8, 30, 1)), "window"),
        # One inside says "open" when somebody walks by.
        (feature(1, "Hall", status="Closed", kind=(8, 32, 1)), "unknown"),
        (feature(1, "Hall Motion", status="Closed", kind=(8, 32, 1)), "motion"),
        (feature(1, "Cellar", status="Closed", kind=(8, 40, 1)), "smoke"),
        (feature(1, "Hatch", status="Open.", kind=(8, 35, 1)), "door"),
        (feature(1, "Hatch", status="Fault", kind=(8, 35, 1)), "unknown"),
        # Without an alarm system.
        (feature(1, "Hatch Contact", status="Closed"), "door"),
        (feature(1, "Door / Window", status="Yes", kind=(513, 0, 3)), "door"),
    ],
)
def test_what_opens_and_closes_is_an_opening(raw: Raw, kind: str) -> None:
    device = only(take([raw]))
    assert isinstance(device, Detector)
    assert device.kind is DetectorKind(kind)


def test_also_where_only_its_controls_say_so() -> None:
    states = [pair("Closed", 0, 27, kind=1), pair("Open", 1, 26, kind=1)]
    device = only(take([feature(1, "Hatch", value=1, kind=(513, 0, 3))], {1: states}))
    assert isinstance(device, Detector)
    assert (device.kind, device.on) == (DetectorKind.DOOR, True)
