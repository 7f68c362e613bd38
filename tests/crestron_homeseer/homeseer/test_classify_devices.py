"""Which devices there are: their roots, names and rooms, and what is left out."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.features import (
    ControlType,
    Use,
    read_pairs,
)
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLevel,
    SetLocked,
    SetSpeed,
)
from custom_components.crestron_homeseer.house.controls import PressButton
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Detector,
    Light,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError
from custom_components.crestron_homeseer.house.kinds import AlarmState, ArmMode

from .raw import DIMMER, SWITCH, Raw, asked, at_once, feature, only, pair, take

# Several features that make one device


@pytest.mark.parametrize(
    ("sounds", "state"),
    [
        ("No Alarm", AlarmState.DISARMED),
        ("Alarm Triggered", AlarmState.TRIGGERED),
    ],
)
def test_an_alarm_panel_is_one_device_and_its_zones_are_sensors(
    sounds: str, state: AlarmState
) -> None:
    features = [
        feature(40, "DSC", kind=(8, 99, 0), children=(41, 42, 43)),
        feature(41, "Partition", value=0, status="Disarmed", kind=(8, 10, 1), root=40),
        feature(42, "Alarm", value=0, status=sounds, kind=(8, 1, 1), root=40),
        feature(43, "Zone 1", value=1, status="Violated", kind=(8, 30, 1), root=40),
    ]
    pairs = [pair("Disarm", 0), pair("Arm Stay", 1), pair("Arm Away", 2)]
    inventory = take(features, {41: pairs})
    panel, zone = (inventory.devices[key] for key in ("ref-40-alarm", "ref-43"))
    assert isinstance(panel, AlarmPanel)
    assert (panel.state, panel.can_disarm) == (state, True)
    assert panel.arm_modes == (ArmMode.HOME, ArmMode.AWAY)
    assert isinstance(zone, Detector) and zone.on is True
    assert inventory.meanings[41] == ("alarm panel", "several features: alarm")
    with pytest.raises(HubCommandError):
        asked(inventory, PressButton(device_id="ref-40-alarm"))


@pytest.mark.parametrize(
    ("controls", "device", "kinds"),
    [
        ({51: DIMMER, 52: [pair("Color", use=22, kind=13)]}, "ref-51", ["Light"]),
        # Without a light a colour is only shown.
        ({52: [pair("Color", use=22, kind=13)]}, None, ["Sensor", "Sensor"]),
    ],
)
def test_a_colour_beside_a_dimmer_is_one_light(
    controls: dict[int, list[Raw]], device: str | None, kinds: list[str]
) -> None:
    features = [
        feature(50, "Lamp", kind=(512, 3, 0), children=(51, 52)),
        feature(51, "Brightness", value=99, status="99 W", root=50),
        feature(52, "Color", value=0, status="ff8000", root=50),
    ]
    devices = take(features, controls).devices
    assert [type(each).__name__ for each in devices.values()] == kinds
    if device is not None:
        light = devices[device]
        assert isinstance(light, Light)
        assert (light.name, light.colored) == ("Lamp", True)
        assert light.color == (255, 128, 0)


# Names, roots and rooms


@pytest.mark.parametrize(
    ("root", "children", "controls", "names"),
    [
        (
            "Porch Sensor",
            [
                ("Porch Sensor  Motion", "No Motion"),
                ("Temp", "7 °F"),
                ("Battery", "9%"),
            ],
            {},
            ["Porch Sensor Motion", "Temp", "Battery"],
        ),
        # The one thing that a device watches, or controls, has its name.
        (
            "Bath Window",
            [("Access Control", "Window Closed"), ("Battery", "9%")],
            {},
            ["Bath Window", "Battery"],
        ),
        (
            "Den Lamp",
            [("Multilevel", "Off"), ("Watts", "3 W")],
            {61: DIMMER},
            ["Den Lamp", "Watts"],
        ),
        # A lamp at a ceiling fan is no fan.
        (
            "Ceiling Fan",
            [("Light", "50%"), ("Fan", "50%")],
            {61: DIMMER, 62: DIMMER},
            ["Light", "Fan"],
        ),
        ("Weather", [("Rain", "3 mm")], {}, ["Weather"]),
    ],
)
def test_names(
    root: str,
    children: list[tuple[str, str]],
    controls: dict[int, list[Raw]],
    names: list[str],
) -> None:
    refs = tuple(range(61, 61 + len(children)))
    features = [
        feature(60, root, kind=(4, 999, 0), children=refs),
        *(
            feature(ref, name, value=7, status=status, root=60)
            for ref, (name, status) in zip(refs, children, strict=True)
        ),
    ]
    inventory = take(features, controls)
    assert [device.name for device in inventory.devices.values()] == names
    assert {device.root_id for device in inventory.devices.values()} == {"ref-60"}
    assert inventory.roots["ref-60"].name == root


@pytest.mark.parametrize(("type_", "kind"), [(9, "window"), (1, "door"), (7, None)])
def test_a_root_tells_what_moves(type_: int, kind: str | None) -> None:
    features = [
        feature(1, "Skylight", kind=(512, type_, 0), children=(2, 3)),
        feature(2, "Position", value=50, root=1),
        feature(3, "Battery", value=80, root=1),
    ]
    slider = [pair("(value)%", use=3, span=(0, 99))]
    device = take(features, {2: slider}).devices.get("ref-2")
    assert getattr(device, "kind", None) == kind


@pytest.mark.parametrize(
    ("root", "kind"), [("Glass Break", "vibration"), ("Hall", "burglary")]
)
def test_a_root_tells_what_its_burglar_alarm_watches(root: str, kind: str) -> None:
    features = [
        feature(1, root, children=(2, 3)),
        feature(2, type_string="Z-Wave Home Security", kind=(4, 0, 113), root=1),
        feature(3, "Battery", value=80, root=1),
    ]
    device = take(features).devices["ref-2"]
    assert isinstance(device, Detector)
    assert device.kind == kind


def test_a_fan_with_a_lamp_is_both() -> None:
    features = [
        feature(1, "Ceiling Fan Light", children=(2, 3)),
        feature(2, "Fan", value=50, root=1),
        feature(3, "Lamp", value=50, root=1),
    ]
    devices = take(features, {2: DIMMER, 3: DIMMER}).devices
    assert [type(each).__name__ for each in devices.values()] == ["Fan", "Light"]


def test_a_child_whose_root_is_not_there_stands_alone() -> None:
    device = only(take([feature(80, "Orphan", value=0, root=79)], {80: SWITCH}))
    assert (device.root_id, device.hidden) == (None, False)
    assert only(take([feature(1, hide_from_view=True)], {1: SWITCH})).hidden


def test_a_root_with_controls_is_a_device_too() -> None:
    features = [
        feature(90, "Old Plug", value=255, children=(91,)),
        feature(91, "Watts", value=3, status="3 Watts", root=90),
    ]
    devices = take(features, {90: SWITCH}).devices
    assert {key: device.root_id for key, device in devices.items()} == {
        "ref-90": "ref-90",
        "ref-91": "ref-90",
    }


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
    assert take(features, {2: DIMMER}).roots["ref-1"].model == model
    alone = only(take([feature(1, status="x", type_string=type_string)]))
    assert alone.model == model


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize(
    ("places", "rooms"),
    [
        # Where HomeSeer keeps its own nobody can stand, but beside a real device.
        (["Timers", "Timers", "Kitchen+"], {"Timers": True, "Kitchen": False}),
        (["Counters"], {"Counters": True}),
        (["timers", "Hall"], {"timers": True, "Hall": False}),
        (["Virtual", "Virtual+"], {"Virtual": False}),
        (["", "Unknown"], {}),
    ],
)
def test_rooms(places: list[str], rooms: dict[str, bool], turned: int) -> None:
    features = [
        feature(
            ref,
            status="0:12:34",
            kind=(0, 0, 0),
            location=place.rstrip("+"),
            interface_name="Z-Wave" if place.endswith("+") else "",
        )
        for ref, place in enumerate(places)
    ]
    inventory = take(features[::turned])
    assert {each.name: each.virtual for each in inventory.rooms.values()} == rooms
    assert inventory.rooms.keys() == {
        each.room_id for each in inventory.devices.values() if each.room_id is not None
    }


# What is left out


def test_what_is_ignored_or_of_another_interface_is_not_there() -> None:
    settings = Settings(overrides={1: "ignore"}, interfaces=frozenset({"Z-Wave"}))
    features = [feature(1), feature(2), feature(3, interface_name="Insteon")]
    devices = take(features, dict.fromkeys((1, 2, 3), SWITCH), settings).devices
    assert set(devices) == {"ref-2"}


def test_broken_devices_cost_nobody_else() -> None:
    nonsense: list[Any] = [{"name": "without a number"}, "nonsense", None]
    odd = {"ref": 5, "REF": "five", "name": "Odd"}
    features = [feature(1, "First"), feature(1, "Second"), odd, *nonsense, {"ref": 2}]
    inventory = take(features, {1: SWITCH, 2: SWITCH})
    names = {key: device.name for key, device in inventory.devices.items()}
    assert names == {"ref-1": "First", "ref-2": "Device 2"}
    # Also later, when only some features are read again.
    at_once(inventory.take([{"ref": 1, "REF": "one"}, feature(1, status="On")]))
    assert inventory.features[1].status == "On"


def test_pairs_that_mean_nothing_are_left_out_or_of_no_use() -> None:
    raw = {
        "ControlPairs": [
            {"Label": "Nothing"},
            {"Label": "Odd", "ControlValue": 3, "ControlUse": 99, "ControlType": 77},
            {"Label": "Span", "Range": {"RangeStart": 4, "RangeEnd": 8}},
        ]
    }
    odd, span = read_pairs(raw)
    assert (odd.label, odd.use, odd.type) == ("Odd", Use.OTHER, ControlType.OTHER)
    assert (span.label, span.value) == ("Span", 4)


# What the owner says that it is


@pytest.mark.parametrize(
    ("override", "span", "wanted", "value"),
    [
        ("lock", None, True, 255),
        ("lock", None, False, 0),
        ("lock_inverted", None, True, 0),
        ("lock_inverted", None, False, 255),
        # A range alone takes the ends too, but nobody knows what is off below it.
        ("shade", (0, 99), 0.0, 0),
        ("shade", (0, 99), 1.0, 99),
        ("light", (0, 100), 0.0, 0),
        ("light", (0, 100), 0.5, 50),
        ("fan", (0, 99), 0.0, 0),
        ("light", (1, 99), 0.0, None),
    ],
)
def test_what_the_owner_says_that_it_is_takes_commands(
    override: str,
    span: tuple[int, int] | None,
    wanted: float,
    value: int | None,
) -> None:
    pairs = SWITCH if span is None else [pair("(value)%", use=3, span=span)]
    inventory = take([feature(1)], {1: pairs}, Settings(overrides={1: override}))
    commands: dict[str, AnyCommand] = {
        "shade": MoveTo(device_id="ref-1", position=wanted),
        "light": SetLevel(device_id="ref-1", level=wanted),
        "fan": SetSpeed(device_id="ref-1", speed=wanted),
    }
    lock = SetLocked(device_id="ref-1", locked=bool(wanted))
    if value is not None:
        assert asked(inventory, commands.get(override, lock)) == [(1, value)]
        return
    with pytest.raises(HubCommandError):
        asked(inventory, commands.get(override, lock))
