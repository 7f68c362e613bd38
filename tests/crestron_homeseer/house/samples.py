"""One of each device, and what may differ from it."""

from dataclasses import replace
from typing import Any

from custom_components.crestron_homeseer.house import devices as dv, kinds
from custom_components.crestron_homeseer.house.commands import Command
from custom_components.crestron_homeseer.house.controls import Number, Switch

LIGHT = dv.Light(id="light-1", name="Lamp", level=0.0, dimmable=True)
SWITCH = dv.Light(id="light-2", name="Pump", level=0.0, dimmable=False)
FAN = dv.Fan(id="fan-3", name="Fan", speed=0.0, speeds=3)
COVER = dv.Cover(
    id="shade-4",
    name="Shade",
    kind=kinds.CoverKind.SHADE,
    position=0.5,
    motion=kinds.Motion.STOPPED,
)
HEAT = dv.SetPoint(kind=kinds.SetPointKind.HEAT, value=68.0, low=38.0, high=89.0)
COOL = dv.SetPoint(kind=kinds.SetPointKind.COOL, value=74.0, low=59.0, high=99.0)
THERMOSTAT = dv.Thermostat(
    id="thermostat-5",
    name="Hall",
    unit=kinds.TemperatureUnit.FAHRENHEIT,
    temperature=72.0,
    mode=kinds.ThermostatMode.OFF,
    modes=(
        kinds.ThermostatMode.OFF,
        kinds.ThermostatMode.HEAT,
        kinds.ThermostatMode.COOL,
    ),
    set_points=(HEAT, COOL),
    fan_mode="Auto",
    fan_modes=("Auto", "On"),
    schedule=kinds.Schedule.RUN,
)
LOCK = dv.Lock(id="lock-6", name="Front Door", state=kinds.LockState.LOCKED)
MEDIA = dv.MediaRoom(
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
ALARM = dv.AlarmPanel(id="security-8", name="Alarm", state=kinds.AlarmState.DISARMED)
SOCKET = Switch(id="switch-9", name="Socket", on=False)
NUMBER = Number(id="number-10", name="Delay", value=1.0, low=0.0, high=9.0)
INFO = dv.HubInfo(manufacturer="Nobody", name="Hub")


def house_of(*devices: dv.Device) -> dv.House:
    """Return a house with these devices."""
    return dv.House(info=INFO, devices={device.id: device for device in devices})


def cover(**changes: Any) -> dv.Cover:
    """Return the cover, changed."""
    return replace(COVER, **changes)


def lock(state: kinds.LockState) -> dv.Lock:
    """Return the lock in a state."""
    return replace(LOCK, state=state)


OPENING, CLOSING = kinds.Motion.OPENING, kinds.Motion.CLOSING
STOPPED = kinds.Motion.STOPPED


def name_of(value: object) -> str | None:
    """Return a test's name for a command."""
    return type(value).__name__ if isinstance(value, Command) else None
