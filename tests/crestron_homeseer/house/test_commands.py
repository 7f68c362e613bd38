"""What is shown of a command, what confirms it, and what is left when nobody knows."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.crestron_homeseer.house import commands as ask, controls
from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.controls import Siren, Valve
from custom_components.crestron_homeseer.house.devices import Cover, Device, SetPoint
from custom_components.crestron_homeseer.house.kinds import (
    ACCESS_COVERS,
    AlarmState,
    ArmMode,
    CoverKind,
    LockState,
    Motion,
    Repeat,
    Schedule,
    SetPointKind,
    ThermostatMode,
    Transport,
)

from .samples import (
    ALARM,
    CHOICE,
    CLOSING,
    COOL,
    COVER,
    FAN,
    HEAT,
    LIGHT,
    MEDIA,
    NUMBER,
    OPENING,
    SOCKET,
    STOPPED,
    SWITCH,
    TEXT,
    THERMOSTAT,
    cover,
    lock,
    name_of,
)

HOLD, HEATING = Schedule.HOLD, ThermostatMode.HEAT
SIREN = Siren(id="siren-13", name="Siren", on=False)
VALVE = Valve(id="valve-14", name="Water", position=0.0)
UNPLACED = cover(position=None, assumed=True, motion=STOPPED)


def of[C: Command[Any]](kind: type[C], **wanted: Any) -> C:
    """Return a command to the device "a"."""
    return kind(device_id="a", **wanted)


# What sets fields of a device: which are shown at once, and what is not it yet.
FIELDS: list[tuple[Command[Any], Device, dict[str, Any], list[dict[str, Any]]]] = [
    (of(ask.SetLevel, level=0.4), LIGHT, {"level": 0.4}, [{"level": 0.41}]),
    # The dimmest that can be asked for is nearer to off than motors are exact.
    (of(ask.SetLevel, level=1 / 255), LIGHT, {"level": 1 / 255}, []),
    (
        of(ask.SetLevel, level=0.0),
        replace(LIGHT, level=0.01),
        {"level": 0.0},
        [{"level": 1 / 65535}, {"level": None}],
    ),
    (of(ask.SetLevel, level=1.0), SWITCH, {"level": 1.0}, [{"level": None}]),
    (of(ask.SetColor, color=(9, 8, 7)), LIGHT, {"color": (9, 8, 7)}, []),
    (of(ask.SetWhite, white=4000), LIGHT, {"white": 4000}, [{"white": 4100}]),
    (of(ask.SetSpeed, speed=2 / 3), FAN, {"speed": 2 / 3}, [{"speed": None}]),
    (of(ask.SetMode, mode=HEATING), THERMOSTAT, {"mode": HEATING}, []),
    (
        of(ask.SetFanMode, fan_mode="On"),
        THERMOSTAT,
        {"fan_mode": "On"},
        [{"fan_mode": None}],
    ),
    (of(ask.SetSchedule, schedule=HOLD), THERMOSTAT, {"schedule": HOLD}, []),
    (
        of(ask.SetPreset, preset="eco"),
        THERMOSTAT,
        {"preset": "eco"},
        [{"preset": "away"}],
    ),
    (of(ask.SetPower, on=True), MEDIA, {"power": True}, []),
    (
        of(ask.SetPower, on=False),
        replace(MEDIA, power=True),
        {"power": False},
        [{"power": None}],
    ),
    (
        of(ask.SetVolume, volume=0.8),
        MEDIA,
        {"volume": 0.8},
        [{"volume": 0.83}, {"volume": None}],
    ),
    (of(ask.SetMuted, muted=True), MEDIA, {"muted": True}, [{"muted": None}]),
    (of(ask.SetShuffle, shuffle=True), MEDIA, {"shuffle": True}, [{"shuffle": False}]),
    (
        of(ask.SetRepeat, repeat=Repeat.ONE),
        MEDIA,
        {"repeat": Repeat.ONE},
        [{"repeat": Repeat.ALL}],
    ),
    (
        of(ask.SelectSource, source_id="53"),
        MEDIA,
        {"source_id": "53", "power": True},
        [],
    ),
    (of(controls.SetSwitch, on=True), SOCKET, {"on": True}, [{"on": None}]),
    (of(controls.SetSiren, on=True), SIREN, {"on": True}, [{"on": None}]),
    (of(controls.SetNumber, value=0.3), NUMBER, {"value": 0.3}, [{"value": None}]),
    (of(controls.SelectOption, option="b"), CHOICE, {"option": "b"}, []),
    (of(controls.SetText, text="new"), TEXT, {"text": "new"}, []),
]


@pytest.mark.parametrize(("command", "device", "shown", "others"), FIELDS, ids=name_of)
def test_what_sets_a_field_shows_it_until_it_is_confirmed(
    command: Command[Any],
    device: Device,
    shown: dict[str, Any],
    others: list[dict[str, Any]],
) -> None:
    assert command.expect(device) == replace(device, **shown)
    assert command.confirmed_by(replace(device, **shown))
    for other in [{}, *others]:
        assert not command.confirmed_by(replace(device, **other))
    # When the answer was lost, it is as the hub reports it.
    assert command.unconfirmed(device) is device
    assert command.slot == replace(command).slot
    assert command.slot != replace(command, device_id="b").slot
    assert not command.affects_others


@pytest.mark.parametrize(
    ("command", "device"),
    [
        # Devices count in steps of their own.
        (of(ask.SetLevel, level=0.4), replace(LIGHT, level=0.404)),
        (of(ask.SetLevel, level=1 / 255), replace(LIGHT, level=0.004)),
        (of(ask.SetLevel, level=0.3), replace(SWITCH, level=1.0)),
        (of(ask.SetSpeed, speed=0.6), replace(FAN, speed=2 / 3)),
        (of(ask.SetWhite, white=4000), replace(LIGHT, white=4016)),
        (of(ask.SetVolume, volume=0.8), replace(MEDIA, volume=0.79)),
        (of(controls.SetNumber, value=0.3), replace(NUMBER, value=0.1 + 0.2)),
        (of(ask.SetFanMode, fan_mode="ON"), replace(THERMOSTAT, fan_mode="On")),
    ],
    ids=name_of,
)
def test_what_is_near_enough_confirms(command: Command[Any], device: Device) -> None:
    assert command.confirmed_by(device)


# The same for what moves: how it is shown meanwhile, and what confirms it.
MOVES: list[tuple[Command[Any], Device, Device, Device]] = [
    (
        of(ask.MoveTo, position=1.0),
        COVER,
        cover(motion=OPENING),
        cover(position=1.0, motion=STOPPED),
    ),
    (
        of(ask.MoveTo, position=0.2),
        COVER,
        cover(motion=CLOSING),
        cover(position=0.21, motion=CLOSING),
    ),
    # The ends are exact, unless it has come to rest beside them.
    (
        of(ask.MoveTo, position=1.0),
        cover(position=0.99, motion=OPENING),
        cover(position=0.99, motion=OPENING),
        cover(position=0.99, motion=STOPPED),
    ),
    (
        of(ask.MoveTo, position=0.0),
        cover(position=0.01, motion=Motion.UNKNOWN),
        cover(position=0.01, motion=CLOSING),
        cover(position=0.0, motion=CLOSING),
    ),
    (
        of(ask.MoveTo, position=0.7),
        cover(position=None),
        cover(position=None),
        cover(position=0.7),
    ),
    # Of two relays nothing but which of them is on is ever reported.
    *(
        (
            of(ask.MoveTo, position=position),
            UNPLACED,
            replace(UNPLACED, motion=motion),
            replace(UNPLACED, motion=motion),
        )
        for position, motion in ((1.0, OPENING), (0.0, CLOSING))
    ),
    (of(ask.StopMoving), cover(motion=OPENING), cover(motion=OPENING), COVER),
    (
        of(controls.SetValve, position=1.0),
        VALVE,
        replace(VALVE, motion=OPENING),
        replace(VALVE, position=0.99),
    ),
    (
        of(controls.SetValve, position=0.0),
        replace(VALVE, position=0.5),
        replace(VALVE, position=0.5, motion=CLOSING),
        VALVE,
    ),
    *(
        (
            of(ask.SetLocked, locked=locked),
            lock(before),
            lock(LockState.LOCKING if locked else LockState.UNLOCKING),
            lock(after),
        )
        for locked, before, after in (
            (False, LockState.LOCKED, LockState.UNLOCKED),
            (False, LockState.UNLOCKING, LockState.JAMMED),
            (True, LockState.UNLOCKED, LockState.LOCKED),
            (True, LockState.UNKNOWN, LockState.LOCKED),
        )
    ),
    (
        of(ask.Arm, mode=ArmMode.AWAY),
        replace(ALARM, state=AlarmState.UNKNOWN),
        replace(ALARM, state=AlarmState.ARMING),
        replace(ALARM, state=AlarmState.ARMED_HOME),
    ),
    (
        of(ask.Arm, mode=None),
        replace(ALARM, state=AlarmState.TRIGGERED),
        replace(ALARM, state=AlarmState.TRIGGERED),
        ALARM,
    ),
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


def test_a_cover_is_no_nearer_than_its_tolerance() -> None:
    assert not of(ask.MoveTo, position=0.52).confirmed_by(COVER)
    assert of(ask.MoveTo, position=0.51).confirmed_by(COVER)


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
    ("command", "device", "states"),
    [
        (of(ask.SetLocked, locked=True), lock(LockState.LOCKED), LockState),
        (of(ask.SetLocked, locked=False), lock(LockState.LOCKED), LockState),
        (of(ask.Arm, mode=None), ALARM, AlarmState),
    ],
    ids=name_of,
)
def test_nobody_knows_whether_it_is_locked_or_armed(
    command: Command[Any], device: Any, states: type[LockState | AlarmState]
) -> None:
    for state in states:
        shown = command.unconfirmed(replace(device, state=state))
        assert shown == replace(device, state=states.UNKNOWN)


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


@pytest.mark.parametrize(
    ("command", "affects_others"),
    [
        (of(controls.ActivateScene), True),
        (of(controls.PressButton), True),
        (of(controls.Control, ref=8, value=100.0), True),
        (of(controls.SetStatus, ref=8, value=100.0), True),
        (of(controls.RunEvent, group="House", name="Good Night"), True),
        (of(controls.PressTransport, key=Transport.NEXT), False),
    ],
    ids=name_of,
)
def test_what_means_something_each_time_has_no_slot(
    command: Command[Device], affects_others: bool
) -> None:
    assert command.slot is None
    assert command.affects_others is affects_others
    assert command.expect(LIGHT) is LIGHT
    assert command.confirmed_by(LIGHT)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        (of(ask.SetLevel, level=1.0), 10.0),
        (of(ask.SetLevel, level=1.0, fade=30.0), 40.0),
        (of(ask.MoveTo, position=1.0), 10.0),
        (of(ask.SetLocked, locked=True), 15.0),
        (of(controls.SetValve, position=1.0), 60.0),
    ],
)
def test_how_long_a_result_is_waited_for(command: Command[Any], seconds: float) -> None:
    assert command.settle_timeout == seconds
