"""What is shown of a command, what doubt leaves, and which wishes are the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.commands import (
    Arm,
    Command,
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
    SetSchedule,
    SetSpeed,
    SetVolume,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    Control,
    PressButton,
    PressTransport,
    RunEvent,
    SelectOption,
    SetNumber,
    SetSwitch,
    SetText,
)
from custom_components.crestron_homeseer.house.devices import Cover, Device, Light
from custom_components.crestron_homeseer.house.kinds import (
    ACCESS_COVERS,
    AlarmState,
    ArmMode,
    CoverKind,
    LockState,
    Motion,
    Schedule,
    ThermostatMode,
    Transport,
)

from .samples import (
    ALARM,
    CHOICE,
    CLOSING,
    COVER,
    FAN,
    LIGHT,
    LOCK,
    MEDIA,
    NUMBER,
    OPENING,
    SET_POINTS,
    SOCKET,
    SWITCH,
    TEXT,
    THERMOSTAT,
    WITH_SET_POINTS,
    Case,
    cover,
    lock,
    name_of,
)

# What is asked of which device, and how the device is shown until it has happened.
SHOWN: Sequence[Case] = [
    (SetLevel(device_id="light-1", level=0.4), LIGHT, replace(LIGHT, level=0.4)),
    (SetLevel(device_id="light-2", level=1.0), SWITCH, replace(SWITCH, level=1.0)),
    (SetSpeed(device_id="fan-3", speed=2 / 3), FAN, replace(FAN, speed=2 / 3)),
    (MoveTo(device_id="shade-4", position=1.0), COVER, cover(motion=OPENING)),
    (MoveTo(device_id="shade-4", position=0.2), COVER, cover(motion=CLOSING)),
    (StopMoving(device_id="shade-4"), cover(motion=OPENING), cover(motion=OPENING)),
    (
        SetMode(device_id="thermostat-5", mode=ThermostatMode.HEAT),
        THERMOSTAT,
        replace(THERMOSTAT, mode=ThermostatMode.HEAT),
    ),
    (SET_POINTS, THERMOSTAT, WITH_SET_POINTS),
    (
        SetFanMode(device_id="thermostat-5", fan_mode="On"),
        THERMOSTAT,
        replace(THERMOSTAT, fan_mode="On"),
    ),
    (
        SetSchedule(device_id="thermostat-5", schedule=Schedule.HOLD),
        THERMOSTAT,
        replace(THERMOSTAT, schedule=Schedule.HOLD),
    ),
    (SetLocked(device_id="lock-6", locked=False), LOCK, lock(LockState.UNLOCKING)),
    (
        SetLocked(device_id="lock-6", locked=True),
        lock(LockState.UNLOCKED),
        lock(LockState.LOCKING),
    ),
    (
        SetLocked(device_id="lock-6", locked=True),
        lock(LockState.UNKNOWN),
        lock(LockState.LOCKING),
    ),
    (SetPower(device_id="mediaroom-7", on=True), MEDIA, replace(MEDIA, power=True)),
    (
        SetVolume(device_id="mediaroom-7", volume=0.8),
        MEDIA,
        replace(MEDIA, volume=0.8),
    ),
    (SetMuted(device_id="mediaroom-7", muted=True), MEDIA, replace(MEDIA, muted=True)),
    (
        SelectSource(device_id="mediaroom-7", source_id="53"),
        MEDIA,
        replace(MEDIA, source_id="53", power=True),
    ),
    (
        SetColor(device_id="light-1", color=(9, 8, 7)),
        LIGHT,
        replace(LIGHT, color=(9, 8, 7)),
    ),
    (
        Arm(device_id="security-8", mode=ArmMode.AWAY),
        ALARM,
        replace(ALARM, state=AlarmState.ARMING),
    ),
    (SetSwitch(device_id="switch-9", on=True), SOCKET, replace(SOCKET, on=True)),
    (SetNumber(device_id="number-10", value=2.0), NUMBER, replace(NUMBER, value=2.0)),
    (
        SelectOption(device_id="choice-11", option="b"),
        CHOICE,
        replace(CHOICE, option="b"),
    ),
    (SetText(device_id="text-12", text="new"), TEXT, replace(TEXT, text="new")),
]


@pytest.mark.parametrize(("command", "device", "shown"), SHOWN, ids=name_of)
def test_what_is_under_way_is_shown(
    command: Command[Any], device: Device, shown: Device
) -> None:
    assert command.expect(device) == shown


@pytest.mark.parametrize(
    ("command", "device"),
    [
        (MoveTo(device_id="shade-4", position=0.5), COVER),
        (MoveTo(device_id="shade-4", position=1.0), cover(position=0.99)),
        (MoveTo(device_id="shade-4", position=0.7), cover(position=None)),
        (SetLocked(device_id="lock-6", locked=True), LOCK),
        (SetLocked(device_id="lock-6", locked=True), lock(LockState.JAMMED)),
        (StopMoving(device_id="shade-4"), COVER),
        (ActivateScene(device_id="scene-8"), LIGHT),
        (Arm(device_id="security-8", mode=None), ALARM),
        (
            Arm(device_id="security-8", mode=None),
            replace(ALARM, state=AlarmState.TRIGGERED),
        ),
        (
            Arm(device_id="security-8", mode=ArmMode.HOME),
            replace(ALARM, state=AlarmState.ARMED_HOME),
        ),
    ],
    ids=name_of,
)
def test_nothing_is_invented_where_nothing_will_change(
    command: Command[Any], device: Device
) -> None:
    assert command.expect(device) is device


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("state", LockState)
def test_a_lock_in_doubt_is_neither_locked_nor_unlocked(
    locked: bool, state: LockState
) -> None:
    command = SetLocked(device_id="lock-6", locked=locked)
    assert command.unconfirmed(lock(state)).state is LockState.UNKNOWN


@pytest.mark.parametrize("state", AlarmState)
def test_an_alarm_system_in_doubt_is_neither_armed_nor_disarmed(
    state: AlarmState,
) -> None:
    command = Arm(device_id="security-8", mode=None)
    assert command.unconfirmed(replace(ALARM, state=state)).state is AlarmState.UNKNOWN


@pytest.mark.parametrize("kind", ACCESS_COVERS)
@pytest.mark.parametrize("position", [0.0, 1.0])
def test_a_way_into_the_house_in_doubt_is_not_called_closed(
    kind: CoverKind, position: float
) -> None:
    command = MoveTo(device_id="shade-4", position=1.0)
    doubtful = command.unconfirmed(cover(kind=kind, position=position))
    assert doubtful == cover(kind=kind, position=None, motion=Motion.UNKNOWN)


@pytest.mark.parametrize(
    ("command", "device"),
    [
        (command, device)
        for command, device, _ in SHOWN
        if device.id not in {"lock-6", "security-8"}
    ],
    ids=name_of,
)
def test_in_doubt_everything_else_is_as_the_hub_says(
    command: Command[Any], device: Device
) -> None:
    assert command.unconfirmed(device) is device


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SetLevel(device_id="a", level=0.1), SetLevel(device_id="a", level=1.0)),
        (MoveTo(device_id="a", position=0.1), StopMoving(device_id="a")),
        (SetLocked(device_id="a", locked=True), SetLocked(device_id="a", locked=False)),
    ],
)
def test_wishes_of_the_same_kind_for_the_same_device_share_a_slot(
    one: Command[Any], other: Command[Any]
) -> None:
    assert one.slot == other.slot


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SetLevel(device_id="a", level=0.1), SetLevel(device_id="b", level=0.1)),
        (MoveTo(device_id="a", position=0.1), MoveTo(device_id="b", position=0.1)),
        (SetPower(device_id="a", on=True), SetVolume(device_id="a", volume=0.2)),
        (
            SetMode(device_id="a", mode=ThermostatMode.HEAT),
            SetPoints(device_id="a", values=()),
        ),
    ],
)
def test_other_wishes_do_not(one: Command[Any], other: Command[Any]) -> None:
    assert one.slot != other.slot


def test_each_press_of_a_players_key_counts() -> None:
    press = PressTransport(device_id="mediaroom-7", key=Transport.NEXT)
    assert press.slot is None
    assert press.confirmed_by(MEDIA)


@pytest.mark.parametrize(
    "command",
    [
        ActivateScene(device_id="scene-8"),
        PressButton(device_id="action-8"),
        Control(device_id="feature-8", ref=8, value=100.0),
        RunEvent(device_id="hub", group="House", name="Good Night"),
    ],
    ids=name_of,
)
def test_what_means_something_each_time_has_no_slot_and_stirs_the_house(
    command: Command[Device],
) -> None:
    assert command.slot is None
    assert command.affects_others
    assert command.confirmed_by(LIGHT)


@pytest.mark.parametrize("command", [command for command, _, _ in SHOWN], ids=name_of)
def test_what_names_its_device_stirs_no_other(command: Command[Any]) -> None:
    assert not command.affects_others


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        (SetLevel(device_id="a", level=1.0), 10.0),
        (SetLevel(device_id="a", level=1.0, fade=0.0), 10.0),
        (SetLevel(device_id="a", level=1.0, fade=30.0), 40.0),
        (MoveTo(device_id="a", position=1.0), 10.0),
        (SetLocked(device_id="a", locked=True), 15.0),
    ],
)
def test_patience_covers_the_way_there(command: Command[Any], seconds: float) -> None:
    assert command.settle_timeout == seconds


@pytest.mark.parametrize("device", [LIGHT, COVER], ids=["light", "cover"])
def test_expecting_changes_nothing_else(device: Light | Cover) -> None:
    commands: dict[str, Command[Any]] = {
        "light-1": SetLevel(device_id="light-1", level=1.0),
        "shade-4": MoveTo(device_id="shade-4", position=1.0),
    }
    shown = commands[device.id].expect(device)
    assert replace(shown, **_changeable(device)) == device


def _changeable(device: Light | Cover) -> dict[str, Any]:
    names = {"light-1": "level", "shade-4": "motion"}
    return {names[device.id]: getattr(device, names[device.id])}
