"""Commands as control requests."""

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.hub import direct
from custom_components.crestron_homeseer.homeseer.settings import Override, Settings
from custom_components.crestron_homeseer.house.commands import (
    Arm,
    MoveTo,
    SelectSource,
    SetColor,
    SetFanMode,
    SetLevel,
    SetLocked,
    SetMode,
    SetMuted,
    SetPoints,
    SetPower,
    SetSpeed,
    SetVolume,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    Control,
    PressButton,
    PressTransport,
    SelectOption,
    SetNumber,
    SetSwitch,
    SetText,
    SetValve,
    Valve,
)
from custom_components.crestron_homeseer.house.devices import (
    ArmMode,
    Cover,
    SetPointKind,
    ThermostatMode,
    Transport,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError

from .described import FAN_RANGE, GARAGE, LOCK, SPEEDS, legacy_thermostat, player
from .raw import DIMMER, SWITCH, Raw, asked, at_once, feature, pair, take

SHADE = [
    pair("Close", 0),
    pair("Open", 99),
    pair("Stop", 200),
    pair("(value)%", use=3, span=(1, 98)),
]
REVERSED = [pair("Close", 100), pair("Open", 0), pair("(value)%", span=(0, 100))]


@pytest.mark.parametrize(
    ("raw", "pairs", "command", "requests"),
    [
        (feature(1), DIMMER, SetLevel(device_id="ref-1", level=1.0), [(1, 99)]),
        (feature(1), DIMMER, SetLevel(device_id="ref-1", level=0.5), [(1, 49)]),
        # The dimmest level that there is, and never off.
        (feature(1), DIMMER, SetLevel(device_id="ref-1", level=0.001), [(1, 1)]),
        (feature(1), DIMMER, SetLevel(device_id="ref-1", level=0.0), [(1, 0)]),
        (
            feature(1, misc=0x2000),
            SWITCH,
            SetLevel(device_id="ref-1", level=1.0),
            [(1, 255)],
        ),
        (feature(1), SWITCH, SetSwitch(device_id="ref-1", on=True), [(1, 255)]),
        (feature(1), SWITCH, SetSwitch(device_id="ref-1", on=False), [(1, 0)]),
        (feature(1), LOCK, SetLocked(device_id="ref-1", locked=True), [(1, 255)]),
        (feature(1), LOCK, SetLocked(device_id="ref-1", locked=False), [(1, 0)]),
        (feature(1), FAN_RANGE, SetSpeed(device_id="ref-1", speed=0.5), [(1, 49)]),
        (feature(1), FAN_RANGE, SetSpeed(device_id="ref-1", speed=0.0), [(1, 0)]),
        (feature(1, "Fan"), SPEEDS, SetSpeed(device_id="ref-1", speed=1 / 3), [(1, 1)]),
        # The slowest that there is, and never the fastest.
        (feature(1, "Fan"), SPEEDS, SetSpeed(device_id="ref-1", speed=0.1), [(1, 1)]),
        (feature(1, "Fan"), SPEEDS, SetSpeed(device_id="ref-1", speed=1.0), [(1, 3)]),
        (feature(1, "Fan"), SWITCH, SetSpeed(device_id="ref-1", speed=1.0), [(1, 255)]),
        (feature(1), SHADE, MoveTo(device_id="ref-1", position=1.0), [(1, 99)]),
        (feature(1), SHADE, MoveTo(device_id="ref-1", position=0.0), [(1, 0)]),
        (feature(1), SHADE, MoveTo(device_id="ref-1", position=0.4), [(1, 40)]),
        (feature(1), SHADE, StopMoving(device_id="ref-1"), [(1, 200)]),
        (
            feature(1, "Shade"),
            REVERSED,
            MoveTo(device_id="ref-1", position=0.3),
            [(1, 70)],
        ),
        (
            feature(1, "Garage"),
            GARAGE,
            MoveTo(device_id="ref-1", position=1.0),
            [(1, 255)],
        ),
        (
            feature(1),
            [pair("(value)", span=(0, 80))],
            SetNumber(device_id="ref-1", value=33),
            [(1, 33)],
        ),
        (
            feature(1),
            [pair("(value)", span=(10, 70), RangeStatusDivisor=2)],
            SetNumber(device_id="ref-1", value=21),
            [(1, 42)],
        ),
        # Nothing is shown the other way round.
        (
            feature(1),
            [pair("(value)", span=(10, 70), RangeStatusDivisor=-2)],
            SetNumber(device_id="ref-1", value=21),
            [(1, 21)],
        ),
        (
            feature(1),
            [pair("N", kind=9)],
            SetNumber(device_id="ref-1", value=-7.25),
            [(1, -7.25)],
        ),
        (
            feature(1),
            [pair("Home", 1), pair("Away", 2)],
            SelectOption(device_id="ref-1", option="Away"),
            [(1, 2)],
        ),
        (
            feature(1, status="x"),
            [pair("T", kind=10, index=3)],
            SetText(device_id="ref-1", text="Good day"),
            [(1, "Good day")],
        ),
        (feature(1), [pair("Go", 9)], PressButton(device_id="ref-1"), [(1, 9)]),
    ],
)
def test_what_is_asked_for(
    raw: Raw, pairs: list[Raw], command: AnyCommand, requests: list[tuple[int, object]]
) -> None:
    assert asked(take([raw], {1: pairs}), command) == requests


@pytest.mark.parametrize(
    ("command", "requests"),
    [
        (SetMode(device_id="ref-10-climate", mode=ThermostatMode.COOL), [(13, 2)]),
        (SetMode(device_id="ref-10-climate", mode=ThermostatMode.AUX_HEAT), [(13, 4)]),
        (SetFanMode(device_id="ref-10-climate", fan_mode="On"), [(16, 1)]),
        (
            SetPoints(
                device_id="ref-10-climate",
                values=((SetPointKind.HEAT, 66.0), (SetPointKind.COOL, 77.4)),
            ),
            [(14, 66), (15, 77)],
        ),
    ],
)
def test_what_a_thermostat_is_asked(
    command: AnyCommand, requests: list[tuple[int, object]]
) -> None:
    assert asked(take(*legacy_thermostat()), command) == requests


@pytest.mark.parametrize(
    ("command", "requests"),
    [
        (PressTransport(device_id="ref-30-player", key=Transport.PAUSE), [(32, 2)]),
        (SetVolume(device_id="ref-30-player", volume=0.6), [(33, 60)]),
        (SetMuted(device_id="ref-30-player", muted=True), [(34, 1)]),
        (SelectSource(device_id="ref-30-player", source_id="Radio"), [(36, 1)]),
    ],
)
def test_what_a_player_is_asked(
    command: AnyCommand, requests: list[tuple[int, object]]
) -> None:
    assert asked(take(*player()), command) == requests


def test_what_an_alarm_panel_is_asked() -> None:
    pairs = [pair("Disarm", 0), pair("Arm Stay", 1), pair("Arm Away", 2)]
    panel = take([feature(1, kind=(8, 10, 1), status="Disarmed")], {1: pairs})
    assert asked(panel, Arm(device_id="ref-1-alarm", mode=ArmMode.AWAY)) == [(1, 2)]
    assert asked(panel, Arm(device_id="ref-1-alarm", mode=None)) == [(1, 0)]
    with pytest.raises(HubCommandError):
        asked(panel, Arm(device_id="ref-1-alarm", mode=ArmMode.NIGHT))


def test_a_colour_is_a_text_for_its_control() -> None:
    features = [
        feature(50, "Lamp", children=(51, 52)),
        feature(51, "Brightness", root=50),
        feature(52, "Color", root=50),
    ]
    lamp = take(features, {51: DIMMER, 52: [pair("Color", use=22, kind=13, index=4)]})
    command = SetColor(device_id="ref-51", color=(255, 0, 16))
    assert asked(lamp, command) == [(52, "ff0010")]


@pytest.mark.parametrize(
    ("raw", "pairs", "command"),
    [
        (feature(1), SWITCH, SetLevel(device_id="ref-1", level=1.0)),
        (feature(1), DIMMER, SetSwitch(device_id="ref-1", on=True)),
        (feature(1), DIMMER, SetColor(device_id="ref-1", color=(1, 2, 3))),
        (feature(1), LOCK, SetLevel(device_id="ref-1", level=1.0)),
        (feature(1), SPEEDS, SetLevel(device_id="ref-1", level=1.0)),
        (feature(1), GARAGE, StopMoving(device_id="ref-1")),
        (feature(1, "Garage"), GARAGE, MoveTo(device_id="ref-1", position=0.5)),
        (feature(1), GARAGE, SetLevel(device_id="ref-1", level=0.5)),
        (feature(1), [pair("Go", 9)], SetText(device_id="ref-1", text="")),
        (
            feature(1),
            [pair("A", 1), pair("B", 2)],
            SelectOption(device_id="ref-1", option="C"),
        ),
        (
            feature(1),
            [pair("A", 1), pair("B", 2)],
            PressButton(device_id="ref-1"),
        ),
        (feature(1), [pair("N", kind=9)], PressButton(device_id="ref-1")),
        (
            feature(1, status="x"),
            [pair("T", kind=10)],
            PressButton(device_id="ref-1"),
        ),
        (feature(1, kind=(513, 0, 1)), [], PressButton(device_id="ref-1")),
        (feature(1, status="4 mm"), [], PressButton(device_id="ref-1")),
    ],
)
def test_what_a_device_cannot_do_is_declined(
    raw: Raw, pairs: list[Raw], command: AnyCommand
) -> None:
    settings = Settings(
        overrides={1: Override.FAN} if "fan" in command.device_id else {}
    )
    with pytest.raises(HubCommandError):
        asked(take([raw], {1: pairs}, settings), command)


@pytest.mark.parametrize(
    "command",
    [
        SetMode(device_id="ref-10-climate", mode=ThermostatMode.UNKNOWN),
        SetPoints(device_id="ref-10-climate", values=((SetPointKind.AUTO, 20.0),)),
        ActivateScene(device_id="ref-10-climate"),
        SetFanMode(device_id="ref-10-climate", fan_mode="Turbo"),
    ],
)
def test_what_a_thermostat_cannot_do_is_declined(command: AnyCommand) -> None:
    with pytest.raises(HubCommandError):
        asked(take(*legacy_thermostat()), command)


@pytest.mark.parametrize(
    "command",
    [
        SetPower(device_id="ref-30-player", on=True),
        PressTransport(device_id="ref-30-player", key=Transport.PREVIOUS),
        SelectSource(device_id="ref-30-player", source_id="Tape"),
        ActivateScene(device_id="ref-30-player"),
    ],
)
def test_what_a_player_cannot_do_is_declined(command: AnyCommand) -> None:
    with pytest.raises(HubCommandError):
        asked(take(*player()), command)


@pytest.mark.parametrize(
    ("command", "action"),
    [
        (
            Control(device_id="1", ref=1, value=3.0),
            Action("controldevicebyvalue", {"ref": 1, "value": 3}),
        ),
        (
            Control(device_id="1", ref=1, value=2.5),
            Action("controldevicebyvalue", {"ref": 1, "value": 2.5}),
        ),
        (
            Control(device_id="1", ref=1, label="On"),
            Action("controldevicebylabel", {"ref": 1, "label": "On"}),
        ),
        (
            Control(device_id="1", ref=1, text="Hi"),
            Action("controldevicebyindex", {"ref": 1, "value": 3, "string": "Hi"}),
        ),
    ],
)
def test_a_control_may_be_named(command: Control, action: Action) -> None:
    inventory = take([feature(1)], {1: [*SWITCH, pair("T", kind=10, index=3)]})
    assert direct(inventory, command) == action


@pytest.mark.parametrize(
    "command",
    [
        Control(device_id="9", ref=9, value=1.0),
        Control(device_id="1", ref=1, text="no text box"),
    ],
)
def test_a_control_that_is_not_there_is_declined(command: Control) -> None:
    with pytest.raises(HubCommandError):
        direct(take([feature(1)], {1: SWITCH}), command)


@pytest.mark.parametrize(
    ("override", "position", "value"),
    [
        (Override.GARAGE, 1.0, 255),
        (Override.GARAGE, 0.0, 0),
        (Override.GARAGE_INVERTED, 1.0, 0),
        (Override.GARAGE_INVERTED, 0.0, 255),
    ],
)
def test_a_door_goes_the_way_that_its_owner_says(
    override: Override, position: float, value: int
) -> None:
    settings = Settings(overrides={1: override})
    inventory = take([feature(1, value=value)], {1: GARAGE}, settings)
    assert asked(inventory, MoveTo(device_id="ref-1", position=position)) == [
        (1, value)
    ]
    cover = inventory.devices["ref-1"]
    assert isinstance(cover, Cover)
    assert cover.position == position


@pytest.mark.parametrize(
    ("override", "pairs", "position", "requests"),
    [
        ("valve", SWITCH, 1.0, [(1, 255)]),
        ("valve", SWITCH, 0.0, [(1, 0)]),
        ("valve_inverted", SWITCH, 1.0, [(1, 0)]),
        ("valve", DIMMER, 0.5, [(1, 49)]),
        ("valve_inverted", DIMMER, 0.25, [(1, 74)]),
    ],
)
def test_what_a_valve_is_asked(
    override: str,
    pairs: list[Raw],
    position: float,
    requests: list[tuple[int, object]],
) -> None:
    inventory = take(
        [feature(1, "Garden")], {1: pairs}, Settings(overrides={1: override})
    )
    assert asked(inventory, SetValve(device_id="ref-1", position=position)) == requests
    with pytest.raises(HubCommandError):
        asked(inventory, SetLocked(device_id="ref-1", locked=True))
    at_once(inventory.take([feature(1, "Garden", value=-9, status="Offline")]))
    valve = inventory.devices["ref-1"]
    assert isinstance(valve, Valve)
    assert valve.position is None
