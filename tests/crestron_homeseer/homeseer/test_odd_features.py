"""Features that lack what their like have, and pairs that mean nothing."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.features import (
    ControlType,
    Use,
    read_pairs,
)
from custom_components.crestron_homeseer.homeseer.settings import Override, Settings
from custom_components.crestron_homeseer.homeseer.states import lock_state
from custom_components.crestron_homeseer.house.commands import MoveTo, SetPower
from custom_components.crestron_homeseer.house.controls import PressButton
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    CoverKind,
    Fan,
    Lock,
    LockState,
    MediaRoom,
    PlayState,
    Sensor,
    SensorKind,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError

from .described import SPEEDS, player
from .raw import SWITCH, Raw, asked, at_once, feature, only, pair, take

SLIDER = [pair("(value)%", use=3, span=(0, 99))]


def shade(value: object, pairs: list[Raw], status: str = "") -> Cover:
    """Return a shade as it reads."""
    settings = Settings(overrides={1: Override.SHADE})
    device = only(take([feature(1, value=value, status=status)], {1: pairs}, settings))
    assert isinstance(device, Cover)
    return device


def listens_to(**facts: Any) -> MediaRoom:
    """Return a player whose features say something else."""
    features, controls = player()
    for raw in features:
        raw |= facts.get(raw["name"], {})
    device = take(features, controls).devices["ref-30-player"]
    assert isinstance(device, MediaRoom)
    return device


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


def test_a_feature_that_contradicts_itself_costs_nobody_else() -> None:
    odd = {"ref": 5, "REF": "five", "name": "Odd"}
    inventory = take([odd, feature(1, status="On")])
    assert list(inventory.features) == [1]
    # Also later, when only some features are read again.
    at_once(inventory.take([{"ref": 1, "REF": "one"}, feature(1, status="Off")]))
    assert inventory.features[1].status == "Off"


def test_a_colour_without_a_light_is_only_shown() -> None:
    features = [
        feature(50, "Strip", children=(51, 52)),
        feature(51, "Power", value=1.5, status="1.5 W", root=50),
        feature(52, "Color", status="ff0010", root=50),
    ]
    devices = take(features, {52: [pair("Color", use=22, kind=13)]}).devices
    assert {key: type(device) for key, device in devices.items()} == {
        "ref-51": Sensor,
        "ref-52": Sensor,
    }


@pytest.mark.parametrize(
    ("type_", "kind"), [(9, CoverKind.WINDOW), (1, CoverKind.DOOR), (7, None)]
)
def test_a_root_tells_what_moves(type_: int, kind: CoverKind | None) -> None:
    features = [
        feature(1, "Skylight", kind=(512, type_, 0), children=(2, 3)),
        feature(2, "Position", value=50, root=1),
        feature(3, "Battery", value=80, root=1),
    ]
    device = take(features, {2: SLIDER}).devices.get("ref-2")
    assert (None if device is None else getattr(device, "kind", None)) == kind


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        (0, SensorKind.TEMPERATURE),
        (5, SensorKind.HUMIDITY),
        # What the equipment does is no measurement.
        (6, SensorKind.TEXT),
    ],
)
def test_a_status_of_a_thermostat_that_is_none(subtype: int, kind: SensorKind) -> None:
    status = "Heating" if kind is SensorKind.TEXT else "40"
    device = only(take([feature(1, value=40, status=status, kind=(513, 16, subtype))]))
    assert isinstance(device, Sensor) and device.kind is kind


@pytest.mark.parametrize(
    ("value", "speed"), [(None, None), (2, 2 / 3), (0, 0.0), (7, None)]
)
def test_a_fan_of_named_speeds(value: float | None, speed: float | None) -> None:
    device = only(take([feature(1, "Fan", value=value)], {1: SPEEDS}))
    assert isinstance(device, Fan)
    assert device.speed == speed


@pytest.mark.parametrize(
    ("labels", "speed"),
    [
        (("Low", "Medium", "Medium High", "High"), 0.75),
        (("Speed 3", "Speed 2", "Speed 4", "Speed 1"), 1.0),
        (("Stufe 0", "Stufe 1", "Stufe 2", "Stufe 3"), 2 / 3),
    ],
)
def test_a_fan_of_more_speeds(labels: tuple[str, ...], speed: float) -> None:
    pairs = [pair("Off", 0), *(pair(each, n) for n, each in enumerate(labels, 1))]
    device = only(take([feature(1, "Fan", value=3)], {1: pairs}))
    assert isinstance(device, Fan)
    assert device.speed == pytest.approx(speed)


@pytest.mark.parametrize(
    ("value", "position"), [(0, 0.0), (99, 1.0), (None, None), (255, None)]
)
def test_a_shade_with_nothing_but_a_range(
    value: float | None, position: float | None
) -> None:
    assert shade(value, SLIDER).position == position


def test_a_shade_that_is_called_open_is_as_open_as_it_was_measured() -> None:
    assert shade(50, [pair("Open", 99), *SLIDER], "Open").position == pytest.approx(
        50 / 99
    )


def test_a_shade_with_ends_far_from_its_range() -> None:
    pairs = [pair("Close", 200), pair("Open", 201), *SLIDER]
    assert shade(33, pairs).position == pytest.approx(1 / 3)


def test_a_range_alone_takes_the_ends_too() -> None:
    settings = Settings(overrides={1: Override.SHADE})
    inventory = take([feature(1)], {1: SLIDER}, settings)
    for position, value in ((0.0, 0), (1.0, 99)):
        move = MoveTo(device_id="ref-1", position=position)
        assert asked(inventory, move) == [(1, value)]


def test_a_player_of_homeseer_4() -> None:
    features, controls = player()
    for raw in features[1:]:
        kind = raw["device_type"]
        if kind["Device_API"] == 32:
            kind |= {"Device_API": 513, "Device_Type": 32}
            kind["Device_SubType"] = {31: 1, 32: 3, 33: 4, 35: 10, 36: 20}[raw["ref"]]
    assert only(take(features, controls)) == only(take(*player()))


def test_a_player_with_a_switch_of_its_own() -> None:
    features, controls = player()
    features[0]["associated_devices"].append(37)
    features.append(feature(37, "Power", value=255, root=30))
    inventory = take(features, controls | {37: SWITCH})
    device = inventory.devices["ref-30-player"]
    assert isinstance(device, MediaRoom)
    assert (device.can_switch, device.power) == (True, True)
    off = SetPower(device_id="ref-30-player", on=False)
    assert asked(inventory, off) == [(37, 0)]


def test_what_a_player_does_not_say_is_not_known() -> None:
    quiet = listens_to(Volume={"value": None}, Mute={"value": None, "status": ""})
    assert (quiet.volume, quiet.muted) == (None, None)
    odd = listens_to(Status={"status": "Dreaming"}, Source={"value": 9})
    assert (odd.playing, odd.source_id) == (None, None)


def test_a_player_may_say_what_it_does_with_its_controls() -> None:
    device = listens_to(Status={"status": ""}, Control={"status": "Paused"})
    assert device.playing is PlayState.PAUSED


def test_an_alarm_panel_does_nothing_but_arm() -> None:
    features = [
        feature(40, "DSC", kind=(8, 99, 0), children=(41,)),
        feature(41, "Partition", kind=(8, 10, 1), root=40),
    ]
    inventory = take(features, {41: [pair("Disarm", 0), pair("Arm Away", 2)]})
    with pytest.raises(HubCommandError):
        asked(inventory, PressButton(device_id="ref-40-alarm"))


@pytest.mark.parametrize(
    ("value", "status", "state"),
    [
        (255, "On", LockState.LOCKED),
        (0, "Off", LockState.UNLOCKED),
        (7, "", LockState.UNKNOWN),
        (5, "", LockState.UNKNOWN),
        (255, "Offline", LockState.UNKNOWN),
    ],
)
def test_a_relay_that_locks_is_on_or_off_or_nobody_knows(
    value: float, status: str, state: LockState
) -> None:
    settings = Settings(overrides={1: Override.LOCK})
    raw = feature(1, value=value, status=status)
    lock = only(take([raw], {1: [*SWITCH, pair("Toggle", 5)]}, settings))
    assert isinstance(lock, Lock)
    assert lock.state is state


@pytest.mark.parametrize("value", [65.0, 129.0, 255.0])
def test_a_lock_of_z_wave_needs_no_words(value: float) -> None:
    assert lock_state("", "", value) is LockState.LOCKED
