"""When a command has happened."""

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
    SetPreset,
    SetRepeat,
    SetSchedule,
    SetShuffle,
    SetSpeed,
    SetVolume,
    SetWhite,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    SelectOption,
    SetNumber,
    SetSwitch,
    SetText,
)
from custom_components.crestron_homeseer.house.devices import Device, SetPoint
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    ArmMode,
    LockState,
    Motion,
    Repeat,
    Schedule,
    SetPointKind,
    ThermostatMode,
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
    STOPPED,
    SWITCH,
    TEXT,
    THERMOSTAT,
    WITH_SET_POINTS,
    Case,
    cover,
    lock,
    name_of,
)

# How the device looks once it has happened, where that is not how it was shown.
MET: Sequence[Case] = [
    (SetLevel(device_id="light-1", level=0.4), LIGHT, replace(LIGHT, level=0.4)),
    (SetLevel(device_id="light-1", level=0.4), LIGHT, replace(LIGHT, level=0.404)),
    (
        SetLevel(device_id="light-1", level=0.0),
        replace(LIGHT, level=0.01),
        replace(LIGHT, level=0.0),
    ),
    # The dimmest that can be asked for is nearer to off than motors are exact.
    (SetLevel(device_id="light-1", level=1 / 255), LIGHT, replace(LIGHT, level=0.004)),
    (SetLevel(device_id="light-2", level=0.3), SWITCH, replace(SWITCH, level=1.0)),
    (SetSpeed(device_id="fan-3", speed=2 / 3), FAN, replace(FAN, speed=2 / 3)),
    (SetSpeed(device_id="fan-3", speed=0.0), replace(FAN, speed=1.0), FAN),
    (
        MoveTo(device_id="shade-4", position=1.0),
        COVER,
        cover(position=1.0, motion=STOPPED),
    ),
    (
        MoveTo(device_id="shade-4", position=1.0),
        cover(position=0.99, motion=OPENING),
        cover(position=0.99, motion=STOPPED),
    ),
    (
        MoveTo(device_id="shade-4", position=0.0),
        cover(position=0.01, motion=CLOSING),
        cover(position=0.0, motion=CLOSING),
    ),
    (
        MoveTo(device_id="shade-4", position=0.7),
        COVER,
        cover(position=0.71, motion=OPENING),
    ),
    (
        MoveTo(device_id="shade-4", position=0.7),
        cover(position=None),
        cover(position=0.7),
    ),
    # Of two relays nothing but which of them is on is ever told.
    *(
        (
            MoveTo(device_id="shade-4", position=position),
            cover(position=None, assumed=True, motion=STOPPED),
            cover(position=None, assumed=True, motion=motion),
        )
        for position, motion in ((1.0, OPENING), (0.0, CLOSING))
    ),
    (StopMoving(device_id="shade-4"), cover(motion=OPENING), COVER),
    (
        SetMode(device_id="thermostat-5", mode=ThermostatMode.HEAT),
        THERMOSTAT,
        replace(THERMOSTAT, mode=ThermostatMode.HEAT),
    ),
    (SET_POINTS, THERMOSTAT, WITH_SET_POINTS),
    (
        SetFanMode(device_id="thermostat-5", fan_mode="ON"),
        THERMOSTAT,
        replace(THERMOSTAT, fan_mode="On"),
    ),
    (
        SetFanMode(device_id="thermostat-5", fan_mode="On"),
        replace(THERMOSTAT, fan_mode=None),
        replace(THERMOSTAT, fan_mode="on"),
    ),
    (
        SetSchedule(device_id="thermostat-5", schedule=Schedule.HOLD),
        THERMOSTAT,
        replace(THERMOSTAT, schedule=Schedule.HOLD),
    ),
    (
        SetPreset(device_id="thermostat-5", preset="eco"),
        replace(THERMOSTAT, preset="away"),
        replace(THERMOSTAT, preset="eco"),
    ),
    (SetLocked(device_id="lock-6", locked=False), LOCK, lock(LockState.UNLOCKED)),
    (SetLocked(device_id="lock-6", locked=False), LOCK, lock(LockState.JAMMED)),
    (SetLocked(device_id="lock-6", locked=True), lock(LockState.UNKNOWN), LOCK),
    (SetPower(device_id="mediaroom-7", on=True), MEDIA, replace(MEDIA, power=True)),
    (
        SetVolume(device_id="mediaroom-7", volume=0.8),
        replace(MEDIA, volume=None),
        replace(MEDIA, volume=0.79),
    ),
    (SetMuted(device_id="mediaroom-7", muted=True), MEDIA, replace(MEDIA, muted=True)),
    (
        SelectSource(device_id="mediaroom-7", source_id="53"),
        replace(MEDIA, source_id="52"),
        replace(MEDIA, source_id="53"),
    ),
    (
        SetShuffle(device_id="mediaroom-7", shuffle=True),
        MEDIA,
        replace(MEDIA, shuffle=True),
    ),
    (
        SetRepeat(device_id="mediaroom-7", repeat=Repeat.ONE),
        replace(MEDIA, repeat=Repeat.ALL),
        replace(MEDIA, repeat=Repeat.ONE),
    ),
    # Lights count white tones in steps of their own.
    (
        SetWhite(device_id="light-1", white=4000),
        replace(LIGHT, white=4100),
        replace(LIGHT, white=4016),
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
    (
        Arm(device_id="security-8", mode=None),
        replace(ALARM, state=AlarmState.TRIGGERED),
        ALARM,
    ),
    (SetSwitch(device_id="switch-9", on=True), SOCKET, replace(SOCKET, on=True)),
    (
        SetNumber(device_id="number-10", value=0.3),
        NUMBER,
        replace(NUMBER, value=0.1 + 0.2),
    ),
    (
        SelectOption(device_id="choice-11", option="b"),
        CHOICE,
        replace(CHOICE, option="b"),
    ),
    (SetText(device_id="text-12", text="new"), TEXT, replace(TEXT, text="new")),
]

# What looks a little like it, and is not yet it.
UNMET: Sequence[tuple[Command[Any], Device]] = [
    (SetLevel(device_id="light-1", level=0.4), replace(LIGHT, level=0.41)),
    (SetLevel(device_id="light-1", level=0.4), replace(LIGHT, level=None)),
    (SetLevel(device_id="light-1", level=1 / 255), LIGHT),
    (SetLevel(device_id="light-1", level=0.0), replace(LIGHT, level=1 / 65535)),
    (SetLevel(device_id="light-1", level=0.0), replace(LIGHT, level=None)),
    (SetLevel(device_id="light-2", level=1.0), SWITCH),
    (SetSpeed(device_id="fan-3", speed=1 / 3), FAN),
    (SetSpeed(device_id="fan-3", speed=1 / 3), replace(FAN, speed=None)),
    (MoveTo(device_id="shade-4", position=1.0), cover(position=0.99, motion=OPENING)),
    (
        MoveTo(device_id="shade-4", position=0.0),
        cover(position=0.01, motion=Motion.UNKNOWN),
    ),
    (MoveTo(device_id="shade-4", position=0.52), COVER),
    (MoveTo(device_id="shade-4", position=0.5), cover(position=None)),
    (StopMoving(device_id="shade-4"), cover(motion=Motion.UNKNOWN)),
    (
        SetPoints(device_id="thermostat-5", values=((SetPointKind.HEAT, 68.1),)),
        THERMOSTAT,
    ),
    (
        SetPoints(device_id="thermostat-5", values=((SetPointKind.AUTO, 68.0),)),
        THERMOSTAT,
    ),
    (
        SetPoints(device_id="thermostat-5", values=((SetPointKind.HEAT, 68.0),)),
        replace(THERMOSTAT, set_points=(SetPoint(kind=SetPointKind.HEAT),)),
    ),
    (
        SetFanMode(device_id="thermostat-5", fan_mode="On"),
        replace(THERMOSTAT, fan_mode=None),
    ),
    (SetLocked(device_id="lock-6", locked=True), lock(LockState.UNKNOWN)),
    (SetLocked(device_id="lock-6", locked=False), lock(LockState.UNLOCKING)),
    (SetPower(device_id="mediaroom-7", on=False), replace(MEDIA, power=None)),
    (
        SetVolume(device_id="mediaroom-7", volume=0.3),
        replace(MEDIA, volume=0.33),
    ),
    (SetMuted(device_id="mediaroom-7", muted=False), replace(MEDIA, muted=None)),
    (SelectSource(device_id="mediaroom-7", source_id="53"), MEDIA),
    (
        Arm(device_id="security-8", mode=ArmMode.AWAY),
        replace(ALARM, state=AlarmState.UNKNOWN),
    ),
    (SetNumber(device_id="number-10", value=0.0), replace(NUMBER, value=None)),
]


@pytest.mark.parametrize(("command", "before", "after"), MET, ids=name_of)
def test_a_command_is_met_when_it_has_happened_and_not_before(
    command: Command[Any], before: Device, after: Device
) -> None:
    assert not command.confirmed_by(before)
    assert command.confirmed_by(after)


@pytest.mark.parametrize(("command", "device"), UNMET, ids=name_of)
def test_what_only_looks_like_it_does_not_meet_a_command(
    command: Command[Any], device: Device
) -> None:
    assert not command.confirmed_by(device)
