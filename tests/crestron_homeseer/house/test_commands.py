"""What is shown of a command, what confirms it, and what is left when nobody knows."""

from dataclasses import fields, replace
from types import get_original_bases
from typing import Any, get_args

import pytest

from custom_components.crestron_homeseer.house import commands as ask, controls
from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.controls import Valve
from custom_components.crestron_homeseer.house.devices import Cover, Device, SetPoint
from custom_components.crestron_homeseer.house.kinds import (
    ACCESS_COVERS,
    AlarmState,
    ArmMode,
    CoverKind,
    LockState,
    Motion,
    SetPointKind,
    Transport,
)

from .samples import (
    ALARM,
    CLOSING,
    COOL,
    COVER,
    FAN,
    HEAT,
    LIGHT,
    MEDIA,
    NUMBER,
    OPENING,
    STOPPED,
    SWITCH,
    THERMOSTAT,
    cover,
    lock,
    name_of,
)

VALVE = Valve(id="valve-14", name="Water", position=0.0)
UNPLACED = cover(position=None, assumed=True, motion=STOPPED)


def of[C: Command[Any]](kind: type[C], **wanted: Any) -> C:
    """Return a command to the device "a"."""
    return kind(device_id="a", **wanted)


def fields_of(kind: type[Command[Any] | Device]) -> set[str]:
    return {field.name for field in fields(kind)}


@pytest.mark.parametrize("kind", ask.SetField.__subclasses__())
def test_what_sets_a_field_sets_one_that_its_device_has(
    kind: type[ask.SetField[Any]],
) -> None:
    (device,) = get_args(get_original_bases(kind)[0])
    name = kind.field or fields(kind)[1].name
    assert name in fields_of(device)


# What sets a field: values that confirm it, of which the first is shown at once, as
# devices count in steps of their own; and those that do not.
FIELDS: list[tuple[ask.SetField[Any], Device, tuple[Any, ...], tuple[Any, ...]]] = [
    (of(ask.SetLevel, level=0.4), LIGHT, (0.4, 0.404), (0.41, None)),
    # The dimmest that can be asked for is nearer to off than motors are exact.
    (of(ask.SetLevel, level=1 / 255), LIGHT, (1 / 255, 0.004), (0.0,)),
    (of(ask.SetLevel, level=0.0), replace(LIGHT, level=0.01), (0.0,), (1 / 65535,)),
    (of(ask.SetLevel, level=0.3), SWITCH, (0.3, 1.0), (None,)),
    (of(ask.SetWhite, white=4000), LIGHT, (4000, 4016), (4100,)),
    (of(ask.SetSpeed, speed=0.6), FAN, (0.6, 2 / 3), (None,)),
    (of(ask.SetFanMode, fan_mode="ON"), THERMOSTAT, ("ON", "On"), (None,)),
    (of(ask.SetPower, on=False), replace(MEDIA, power=True), (False,), (None,)),
    (of(ask.SetVolume, volume=0.8), MEDIA, (0.8, 0.79), (0.83, None)),
    (of(ask.SetMuted, muted=True), MEDIA, (True,), (None,)),
    (of(controls.SetNumber, value=0.3), NUMBER, (0.3, 0.1 + 0.2), (None,)),
]


@pytest.mark.parametrize(("command", "device", "near", "others"), FIELDS, ids=name_of)
def test_what_sets_a_field_shows_it_until_it_is_confirmed(
    command: ask.SetField[Any],
    device: Device,
    near: tuple[Any, ...],
    others: tuple[Any, ...],
) -> None:
    name = command.field or fields(command)[1].name
    assert command.expect(device) == replace(device, **{name: near[0]})
    for value in near:
        assert command.confirmed_by(replace(device, **{name: value}))
    for value in others:
        assert not command.confirmed_by(replace(device, **{name: value}))
    assert not command.confirmed_by(device)
    # When the answer was lost, it is as the hub reports it.
    assert command.unconfirmed(device) is device
    assert command.slot == replace(command).slot
    assert command.slot != replace(command, device_id="b").slot
    assert not command.affects_others


def test_a_source_switches_its_room_on() -> None:
    command = of(ask.SelectSource, source_id="53")
    assert command.expect(MEDIA) == replace(MEDIA, source_id="53", power=True)
    assert command.confirmed_by(replace(MEDIA, source_id="53"))
    assert not command.confirmed_by(MEDIA)


def moves(
    command: Command[Any], before: Device, after: Device, **shown: Any
) -> tuple[Command[Any], Device, Device, Device]:
    return command, before, replace(before, **shown), after


# A position, and a cover before, as it is shown meanwhile, and as it has arrived.
PLACES: list[tuple[float, Cover, Motion, Cover]] = [
    (1.0, COVER, OPENING, cover(position=1.0, motion=STOPPED)),
    (0.2, COVER, CLOSING, cover(position=0.21, motion=CLOSING)),
    # It is no nearer than its tolerance.
    (0.52, COVER, OPENING, cover(position=0.51)),
    # The ends are exact, unless it has come to rest beside them.
    (1.0, cover(position=0.99, motion=OPENING), OPENING, cover(position=0.99)),
    (
        0.0,
        cover(position=0.01, motion=Motion.UNKNOWN),
        CLOSING,
        cover(position=0.0, motion=CLOSING),
    ),
    (0.7, cover(position=None), STOPPED, cover(position=0.7)),
    # Of two relays nothing but which of them is on is ever reported.
    (1.0, UNPLACED, OPENING, replace(UNPLACED, motion=OPENING)),
    (0.0, UNPLACED, CLOSING, replace(UNPLACED, motion=CLOSING)),
]
# The same for locks.
BOLTS: list[tuple[bool, LockState, LockState, LockState]] = [
    (False, LockState.LOCKED, LockState.UNLOCKING, LockState.UNLOCKED),
    (False, LockState.UNLOCKING, LockState.UNLOCKING, LockState.JAMMED),
    (True, LockState.UNKNOWN, LockState.LOCKING, LockState.LOCKED),
]
HALF_OPEN = replace(VALVE, position=0.5)
UNARMED, TRIGGERED = (
    replace(ALARM, state=state) for state in (AlarmState.UNKNOWN, AlarmState.TRIGGERED)
)
ARMED = replace(ALARM, state=AlarmState.ARMED_HOME)
MOVES = [
    *(
        moves(of(ask.MoveTo, position=position), before, after, motion=motion)
        for position, before, motion, after in PLACES
    ),
    *(
        moves(of(ask.SetLocked, locked=locked), lock(before), lock(after), state=shown)
        for locked, before, shown, after in BOLTS
    ),
    moves(of(ask.StopMoving), cover(motion=OPENING), COVER),
    moves(
        of(controls.SetValve, position=1.0),
        VALVE,
        replace(VALVE, position=0.99),
        motion=OPENING,
    ),
    moves(of(controls.SetValve, position=0.0), HALF_OPEN, VALVE, motion=CLOSING),
    moves(of(ask.Arm, mode=ArmMode.AWAY), UNARMED, ARMED, state=AlarmState.ARMING),
    moves(of(ask.Arm, mode=None), TRIGGERED, ALARM),
]


@pytest.mark.parametrize(("command", "before", "shown", "after"), MOVES, ids=name_of)
def test_what_moves_is_shown_on_its_way(
    command: Command[Any], before: Device, shown: Device, after: Device
) -> None:
    assert command.expect(before) == shown
    assert not command.confirmed_by(before)
    assert command.confirmed_by(after)
    # Nothing is invented where nothing will change.
    assert command.expect(after) is after
    assert not command.affects_others


def test_each_set_point_counts() -> None:
    values = ((SetPointKind.COOL, 76.0), (SetPointKind.AUTO, 70.0))
    command = of(ask.SetPoints, values=values)
    new = SetPoint(kind=SetPointKind.AUTO, value=70.0)
    shown = replace(THERMOSTAT, set_points=(HEAT, replace(COOL, value=76.0), new))
    assert command.expect(THERMOSTAT) == shown
    assert command.confirmed_by(shown)
    near = replace(shown, set_points=(replace(COOL, value=76.04), new))
    assert command.confirmed_by(near)
    for points in (
        (COOL, new),
        (replace(COOL, value=76.0),),
        (replace(COOL, value=None), new),
    ):
        assert not command.confirmed_by(replace(shown, set_points=points))


@pytest.mark.parametrize(
    ("command", "device"),
    [
        (of(ask.SetLocked, locked=True), lock(LockState.LOCKED)),
        (of(ask.Arm, mode=None), ALARM),
    ],
)
def test_nobody_knows_whether_it_is_locked_or_armed(
    command: Command[Any], device: Any
) -> None:
    unknown = replace(device, state=type(device.state).UNKNOWN)
    assert command.unconfirmed(device) == unknown


@pytest.mark.parametrize("kind", CoverKind)
@pytest.mark.parametrize("command", [of(ask.MoveTo, position=1.0), of(ask.StopMoving)])
def test_nobody_knows_whether_a_way_in_is_closed(
    kind: CoverKind, command: Command[Cover]
) -> None:
    device = cover(kind=kind, position=0.0)
    unknown = replace(device, position=None, motion=Motion.UNKNOWN)
    shown = command.unconfirmed(device)
    assert shown == (unknown if kind in ACCESS_COVERS else device)


def test_a_stop_replaces_a_move_and_nothing_else_replaces_another() -> None:
    move = of(ask.MoveTo, position=0.1)
    assert move.slot == of(ask.StopMoving).slot == of(ask.MoveTo, position=0.9).slot
    others = (
        of(ask.SetPower, on=True),
        of(ask.SetVolume, volume=0.2),
        of(ask.SetPoints, values=()),
    )
    assert len({each.slot for each in (move, *others)}) == 4


@pytest.mark.parametrize("kind", controls.EveryTime.__subclasses__())
def test_what_means_something_each_time_has_no_slot(
    kind: type[controls.EveryTime],
) -> None:
    wanted = {"key": Transport.NEXT} if kind is controls.PressTransport else {}
    command = of(kind, **wanted, **({"ref": 8} if "ref" in fields_of(kind) else {}))
    assert command.slot is None
    # Whatever else they may move, a player's key moves nothing else.
    assert command.affects_others is not bool(wanted)
    assert command.expect(LIGHT) is LIGHT
    assert command.confirmed_by(LIGHT)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        (of(ask.SetLevel, level=1.0), 10.0),
        (of(ask.SetLevel, level=1.0, fade=30.0), 40.0),
        (of(ask.SetLocked, locked=True), 15.0),
        (of(controls.SetValve, position=1.0), 60.0),
    ],
)
def test_how_long_a_result_is_waited_for(command: Command[Any], seconds: float) -> None:
    assert command.settle_timeout == seconds
