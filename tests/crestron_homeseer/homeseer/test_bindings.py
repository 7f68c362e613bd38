"""Commands as control requests, and what a device cannot do."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.hub import direct
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.homeseer.settings import Settings
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
    SetSiren,
    SetSwitch,
    SetText,
    SetValve,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError
from custom_components.crestron_homeseer.house.kinds import (
    ArmMode,
    SetPointKind,
    ThermostatMode,
    Transport,
)

from .described import FAN_RANGE, GARAGE, LOCK, SPEEDS, legacy_thermostat, player
from .raw import DIMMER, SWITCH, Raw, asked, feature, pair, take

DIM = pair("(value)%", use=3, span=(1, 98))
STOP = pair("Stop", 200)
SHADE = [pair("Close", 0), pair("Open", 99), STOP, DIM]
REVERSED = [pair("Close", 100), pair("Open", 0), pair("(value)%", span=(0, 100))]
# What is at the very ends of a range.
NARROW = [pair("Close", 0), pair("Open", 1), pair("(value)", span=(0, 1))]
CHOICE = [pair("Home", 1), pair("Away", 2)]
BOX = [pair("N", kind=9)]
HALVED = pair("(value)", span=(10, 70), RangeStatusDivisor=2)
TURNED = pair("(value)", span=(10, 70), RangeStatusDivisor=-2)


def one(pairs: list[Raw], kind: str = "", **facts: Any) -> Inventory:
    """Return a system with one feature, which the owner may say what it is."""
    settings = Settings(overrides={1: kind} if kind else {})
    return take([feature(1, **facts)], {1: pairs}, settings)


@pytest.mark.parametrize(
    ("kind", "pairs", "command", "field", "sent"),
    [
        # The dimmest level that there is, and never off.
        ("", DIMMER, SetLevel, "level", {1.0: 99, 0.5: 49, 0.001: 1, 0.0: 0}),
        ("light", SWITCH, SetLevel, "level", {1.0: 255, 0.5: 255, 0.0: 0}),
        # A range that begins at nothing needs no control to be off.
        ("light", [pair("D", span=(0, 50))], SetLevel, "level", {1.0: 50, 0.0: 0}),
        ("", SWITCH, SetSwitch, "on", {True: 255, False: 0}),
        ("siren", SWITCH, SetSiren, "on", {True: 255, False: 0}),
        ("", LOCK, SetLocked, "locked", {True: 255, False: 0}),
        ("lock", SWITCH, SetLocked, "locked", {True: 255, False: 0}),
        ("lock_inverted", SWITCH, SetLocked, "locked", {True: 0, False: 255}),
        # What can lock says itself what it does.
        ("lock_inverted", LOCK, SetLocked, "locked", {True: 255, False: 0}),
        ("", FAN_RANGE, SetSpeed, "speed", {1.0: 99, 0.5: 49, 0.0: 0}),
        # The slowest that there is, and never the fastest.
        ("fan", SPEEDS, SetSpeed, "speed", {1 / 3: 1, 0.1: 1, 1.0: 3, 0.0: 0}),
        ("fan", SWITCH, SetSpeed, "speed", {1.0: 255, 0.0: 0}),
        ("", SHADE, MoveTo, "position", {1.0: 99, 0.0: 0, 0.4: 40, 0.001: 1}),
        ("shade", REVERSED, MoveTo, "position", {0.3: 70, 1.0: 0, 0.0: 100}),
        ("shade", [DIM], MoveTo, "position", {0.0: 1, 1.0: 98}),
        ("shade", NARROW, MoveTo, "position", {0.0: 0, 1.0: 1}),
        ("shade_inverted", SHADE, MoveTo, "position", {0.0: 99, 1.0: 0, 0.4: 59}),
        ("garage", GARAGE, MoveTo, "position", {1.0: 255, 0.0: 0}),
        ("garage_inverted", GARAGE, MoveTo, "position", {1.0: 0, 0.0: 255}),
        ("garage", LOCK, MoveTo, "position", {1.0: 0, 0.0: 255}),
        ("valve", SWITCH, SetValve, "position", {1.0: 255, 0.0: 0}),
        ("valve", GARAGE, SetValve, "position", {1.0: 255, 0.0: 0}),
        ("valve_inverted", SWITCH, SetValve, "position", {1.0: 0, 0.0: 255}),
        ("valve", DIMMER, SetValve, "position", {0.5: 49, 1.0: 99}),
        ("valve_inverted", DIMMER, SetValve, "position", {0.25: 74, 1.0: 0}),
        ("", [pair("(value)", span=(0, 80))], SetNumber, "value", {33: 33, 99: 80}),
        ("", [HALVED], SetNumber, "value", {21: 42}),
        # Nothing is shown the other way round.
        ("", [TURNED], SetNumber, "value", {21: 21}),
        ("", BOX, SetNumber, "value", {-7.25: -7.25}),
        ("", CHOICE, SelectOption, "option", {"Away": 2, "Home": 1}),
    ],
)
def test_what_is_asked_for(
    kind: str, pairs: list[Raw], command: Any, field: str, sent: dict[Any, object]
) -> None:
    system = one(pairs, kind)
    for wanted, value in sent.items():
        given = command(device_id="ref-1", **{field: wanted})
        assert asked(system, given) == [(1, value)], wanted


@pytest.mark.parametrize(
    ("system", "command", "requests"),
    [
        (one(SHADE), StopMoving(device_id="ref-1"), [(1, 200)]),
        (one([pair("Go", 9)]), PressButton(device_id="ref-1"), [(1, 9)]),
        (
            one([pair("T", kind=10, index=3)], status="x"),
            SetText(device_id="ref-1", text="Good day"),
            [(1, "Good day")],
        ),
    ],
)
def test_what_else_is_asked_for(
    system: Inventory, command: Any, requests: list[tuple[int, object]]
) -> None:
    assert asked(system, command) == requests


HEAT, COOL, AUTO = SetPointKind.HEAT, SetPointKind.COOL, SetPointKind.AUTO


@pytest.mark.parametrize(
    ("device_id", "command", "facts", "requests"),
    [
        ("10-climate", SetMode, {"mode": ThermostatMode.COOL}, [(13, 2)]),
        ("10-climate", SetMode, {"mode": ThermostatMode.AUX_HEAT}, [(13, 4)]),
        ("10-climate", SetFanMode, {"fan_mode": "On"}, [(16, 1)]),
        (
            "10-climate",
            SetPoints,
            {"values": ((HEAT, 66.0), (COOL, 77.4))},
            [(14, 66), (15, 77)],
        ),
        ("30-player", PressTransport, {"key": Transport.PAUSE}, [(32, 2)]),
        ("30-player", SetVolume, {"volume": 0.6}, [(33, 60)]),
        ("30-player", SetMuted, {"muted": True}, [(34, 1)]),
        ("30-player", SelectSource, {"source_id": "Radio"}, [(36, 1)]),
        ("1-alarm", Arm, {"mode": ArmMode.AWAY}, [(1, 2)]),
        ("1-alarm", Arm, {"mode": None}, [(1, 0)]),
        # What it cannot do.
        ("10-climate", SetMode, {"mode": ThermostatMode.UNKNOWN}, None),
        ("10-climate", SetPoints, {"values": ((AUTO, 20.0),)}, None),
        ("10-climate", SetFanMode, {"fan_mode": "Turbo"}, None),
        ("10-climate", ActivateScene, {}, None),
        ("30-player", SetPower, {"on": True}, None),
        ("30-player", PressTransport, {"key": Transport.PREVIOUS}, None),
        ("30-player", SelectSource, {"source_id": "Tape"}, None),
        ("30-player", ActivateScene, {}, None),
        ("1-alarm", Arm, {"mode": ArmMode.NIGHT}, None),
        ("1-alarm", ActivateScene, {}, None),
    ],
)
def test_what_is_asked_of_devices_of_several_features(
    device_id: str,
    command: Any,
    facts: dict[str, Any],
    requests: list[tuple[int, object]] | None,
) -> None:
    arms = [pair("Disarm", 0), pair("Arm Stay", 1), pair("Arm Away", 2)]
    panel = feature(1, kind=(8, 10, 1), status="Disarmed")
    features, controls = ([panel], {1: arms})
    for more, pairs in (legacy_thermostat(), player()):
        features, controls = features + more, controls | pairs
    system, given = (
        take(features, controls),
        command(device_id=f"ref-{device_id}", **facts),
    )
    if requests is not None:
        assert asked(system, given) == requests
        return
    with pytest.raises(HubCommandError):
        asked(system, given)


def test_a_colour_is_a_text_for_its_control() -> None:
    features = [
        feature(50, "Lamp", children=(51, 52)),
        feature(51, "Brightness", root=50),
        feature(52, "Color", root=50),
    ]
    lamp = take(features, {51: DIMMER, 52: [pair("Color", use=22, kind=13, index=4)]})
    command = SetColor(device_id="ref-51", color=(255, 0, 16))
    assert asked(lamp, command) == [(52, "ff0010")]


ANYTHING = (
    *(SetLevel(device_id="ref-1", level=1.0), SetSwitch(device_id="ref-1", on=True)),
    *(SetColor(device_id="ref-1", color=(1, 2, 3)), StopMoving(device_id="ref-1")),
    *(
        MoveTo(device_id="ref-1", position=0.5),
        SetLocked(device_id="ref-1", locked=True),
    ),
    *(SetText(device_id="ref-1", text=""), SelectOption(device_id="ref-1", option="C")),
    *(
        SetSpeed(device_id="ref-1", speed=0.5),
        SetValve(device_id="ref-1", position=0.5),
    ),
    *(PressButton(device_id="ref-1"), SetNumber(device_id="ref-1", value=1.0)),
)


@pytest.mark.parametrize(
    ("system", "able"),
    [
        (one(DIMMER), {SetLevel}),
        (one(LOCK), {SetLocked}),
        (one(SPEEDS, "fan"), {SetSpeed}),
        (one(SHADE), {StopMoving, MoveTo}),
        (one(GARAGE, "garage"), set()),
        (one(SWITCH, "valve"), set()),
        (one(DIMMER, "valve"), {SetValve}),
        (one(CHOICE), set()),
        (one(BOX), {SetNumber}),
        (one([pair("T", kind=10)], status="x"), {SetText}),
        (one([pair("Go", 9)]), {PressButton}),
        (one([], status="4 mm"), set()),
        (one([], status="Open", kind="binary_sensor_door"), set()),
        (one([], kind="event"), set()),
    ],
)
def test_what_a_device_cannot_do_is_declined(
    system: Inventory, able: set[type]
) -> None:
    for command in ANYTHING:
        if type(command) not in able:
            with pytest.raises(HubCommandError):
                asked(system, command)


BY_VALUE, BY_LABEL, BY_INDEX = (
    f"controldeviceby{each}" for each in ("value", "label", "index")
)


@pytest.mark.parametrize(
    ("facts", "request_", "params"),
    [
        ({"value": 3.0}, BY_VALUE, {"value": 3}),
        ({"value": 2.5}, BY_VALUE, {"value": 2.5}),
        ({"label": "On"}, BY_LABEL, {"label": "On"}),
        ({"text": "Hi"}, BY_INDEX, {"value": 3, "string": "Hi"}),
    ],
)
def test_a_control_may_be_named(
    facts: dict[str, Any], request_: str, params: dict[str, Any]
) -> None:
    system = one([*SWITCH, pair("T", kind=10, index=3)])
    command = Control(device_id="1", ref=1, **facts)
    assert direct(system, command) == Action(request_, {"ref": 1} | params)
    with pytest.raises(HubCommandError):
        direct(system, Control(device_id="9", ref=9, **facts))
    if "text" in facts:
        with pytest.raises(HubCommandError):
            direct(one(SWITCH), command)
