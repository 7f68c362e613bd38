"""One of each device, and what may differ from it."""

from dataclasses import replace
from typing import Any

from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.controls import Number, Switch
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Cover,
    Device,
    Fan,
    House,
    HubInfo,
    Light,
    Lock,
    MediaRoom,
    SetPoint,
    Thermostat,
)
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    CoverKind,
    LockState,
    Motion,
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatMode,
)

LIGHT = Light(id="light-1", name="Lamp", level=0.0, dimmable=True)
SWITCH = Light(id="light-2", name="Pump", level=0.0, dimmable=False)
FAN = Fan(id="fan-3", name="Fan", speed=0.0, speeds=3)
COVER = Cover(
    id="shade-4",
    name="Shade",
    kind=CoverKind.SHADE,
    position=0.5,
    motion=Motion.STOPPED,
)
HEAT = SetPoint(kind=SetPointKind.HEAT, value=68.0, low=38.0, high=89.0)
COOL = SetPoint(kind=SetPointKind.COOL, value=74.0, low=59.0, high=99.0)
THERMOSTAT = Thermostat(
    id="thermostat-5",
    name="Hall",
    unit=TemperatureUnit.FAHRENHEIT,
    temperature=72.0,
    mode=ThermostatMode.OFF,
    modes=(ThermostatMode.OFF, ThermostatMode.HEAT, ThermostatMode.COOL),
    set_points=(HEAT, COOL),
    fan_mode="Auto",
    fan_modes=("Auto", "On"),
    schedule=Schedule.RUN,
)
LOCK = Lock(id="lock-6", name="Front Door", state=LockState.LOCKED)
MEDIA = MediaRoom(
    id="mediaroom-7",
    name="Den",
    power=False,
    source_id=None,
    sources=(),
    volume=0.3,
    muted=False,
    can_set_volume=True,
    can_mute=True,
)
ALARM = AlarmPanel(id="security-8", name="Alarm", state=AlarmState.DISARMED)
SOCKET = Switch(id="switch-9", name="Socket", on=False)
NUMBER = Number(id="number-10", name="Delay", value=1.0, low=0.0, high=9.0)
INFO = HubInfo(manufacturer="Nobody", name="Hub")


def house_of(*devices: Device) -> House:
    """Return a house with these devices."""
    return House(info=INFO, devices={device.id: device for device in devices})


def cover(**changes: Any) -> Cover:
    """Return the cover, changed."""
    return replace(COVER, **changes)


def lock(state: LockState) -> Lock:
    """Return the lock in a state."""
    return replace(LOCK, state=state)


OPENING, CLOSING = Motion.OPENING, Motion.CLOSING
STOPPED = Motion.STOPPED


def name_of(value: object) -> str | None:
    """Return a test's name for a command."""
    return type(value).__name__ if isinstance(value, Command) else None
