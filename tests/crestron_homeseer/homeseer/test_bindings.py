"""Commands as control requests, and what a device cannot do."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.binding import Action
from custom_components.crestron_homeseer.homeseer.hub import direct
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetColor,
    SetLevel,
    SetLocked,
    SetSpeed,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    Control,
    PressButton,
    SelectOption,
    SetNumber,
    SetSiren,
    SetSwitch,
    SetText,
    SetValve,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError

from .raw import (
    DIMMER,
    FAN_RANGE,
    GARAGE,
    LOCK,
    SPEEDS,
    SWITCH,
    Raw,
    asked,
    feature,
    one,
    pair,
    take,
)

DIM = pair("(value)%", use=3, span=(1, 98))
SHADE = [pair("Close", 0), pair("Open", 99), pair("Stop", 200), DIM]
REVERSED = [pair("Close", 100), pair("Open", 0), pair("(value)%", span=(0, 100))]
# What is at the very ends of a range.
NARROW = [pair("Close", 0), pair("Open", 1), pair("(value)", span=(0, 1))]
CHOICE = [pair("Home", 1), pair("Away", 2)]
NUMBER, TEXT = [pair("N", kind=9)], [pair("T", kind=10, index=3)]
PLAYLIST = [pair("Playlist", kind=3, index=2) | {"ControlStringList": ["Jazz", "Kids"]}]
HALVED = pair("(value)", span=(10, 70), RangeStatusDivisor=2)
TURNED = pair("(value)", span=(10, 70), RangeStatusDivisor=-2)


@pytest.mark.parametrize(
    ("kind", "pairs", "command", "field", "sent"),
    [
        # The dimmest level that there is, and never off.
        ("", DIMMER, SetLevel, "level", {1.0: 99, 0.5: 49, 0.001: 1, 0.0: 0}),
        ("light", SWITCH, SetLevel, "level", {1.0: 255, 0.5: 255, 0.0: 0}),
        # A range that begins at nothing needs no control to be off; another does.
        ("light", [pair("D", span=(0, 50))], SetLevel, "level", {1.0: 50, 0.0: 0}),
        ("light", [DIM], SetLevel, "level", {0.0: None}),
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
        ("garage", GARAGE, MoveTo, "position", {1.0: 255, 0.0: 0, 0.5: None}),
        ("garage_inverted", GARAGE, MoveTo, "position", {1.0: 0, 0.0: 255}),
        ("garage", LOCK, MoveTo, "position", {1.0: 0, 0.0: 255}),
        ("valve", SWITCH, SetValve, "position", {1.0: 255, 0.0: 0, 0.5: None}),
        ("valve", GARAGE, SetValve, "position", {1.0: 255, 0.0: 0}),
        ("valve_inverted", SWITCH, SetValve, "position", {1.0: 0, 0.0: 255}),
        ("valve", DIMMER, SetValve, "position", {0.5: 49, 1.0: 99}),
        ("valve_inverted", DIMMER, SetValve, "position", {0.25: 74, 1.0: 0}),
        ("", [pair("(value)", span=(0, 80))], SetNumber, "value", {33: 33, 99: 80}),
        ("", [HALVED], SetNumber, "value", {21: 42}),
        # Nothing is shown the other way round.
        ("", [TURNED], SetNumber, "value", {21: 21}),
        ("", NUMBER, SetNumber, "value", {-7.25: -7.25}),
        ("", TEXT, SetText, "text", {"Good day": "Good day"}),
        ("", CHOICE, SelectOption, "option", {"Away": 2, "Home": 1, "C": None}),
        # What is chosen of a list is sent as it is called.
        ("", PLAYLIST, SelectOption, "option", {"Jazz": "Jazz", "Nobody's": None}),
        ("", [pair("Go", 9)], PressButton, "device_id", {"ref-1": 9}),
        ("", SHADE, StopMoving, "device_id", {"ref-1": 200}),
        ("", GARAGE, StopMoving, "device_id", {"ref-1": None}),
    ],
)
def test_what_is_asked_for(
    kind: str, pairs: list[Raw], command: Any, field: str, sent: dict[Any, object]
) -> None:
    system = one(pairs, kind)
    for wanted, value in sent.items():
        given = command(**{"device_id": "ref-1", field: wanted})
        if value is not None:
            assert asked(system, given) == [(1, value)], wanted
            continue
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


@pytest.mark.parametrize(
    "system",
    [
        *(one(pairs) for pairs in (DIMMER, LOCK, SHADE, CHOICE, NUMBER, TEXT)),
        *(one([pair("Go", 9)]), one(SPEEDS, "fan"), one(SWITCH, "valve")),
        one([], "binary_sensor_door", status="Open"),
    ],
)
def test_what_a_device_cannot_do_is_declined(system: Inventory) -> None:
    with pytest.raises(HubCommandError):
        asked(system, SetColor(device_id="ref-1", color=(1, 2, 3)))


@pytest.mark.parametrize(
    ("facts", "by", "params"),
    [
        ({"value": 3.0}, "value", {"value": 3}),
        ({"value": 2.5}, "value", {"value": 2.5}),
        ({"label": "On"}, "label", {"label": "On"}),
        ({"text": "Hi"}, "index", {"value": 3, "string": "Hi"}),
        # One text of a list, though nothing else can be written.
        ({"text": "Jazz"}, "index", {"value": 2, "string": "Jazz"}),
    ],
)
def test_a_control_may_be_named(
    facts: dict[str, Any], by: str, params: dict[str, Any]
) -> None:
    command = Control(device_id="1", ref=1, **facts)
    action = Action(f"controldeviceby{by}", {"ref": 1} | params)
    able = PLAYLIST if command.text == "Jazz" else [*SWITCH, *TEXT]
    assert direct(one(able), command) == action
    # A ref that is not there, a text that no control takes.
    unable = [pair("L", kind=3) | {"ControlStringList": ["Nobody's"]}]
    with pytest.raises(HubCommandError):
        direct(one(unable) if by == "index" else take([]), command)
