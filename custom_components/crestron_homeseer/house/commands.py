"""What can be asked of a device.

A command knows what to show while it is under way, when the device confirms it, and
what is certain when its answer was lost. It knows nothing of how a vendor is asked.
"""

from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, dataclass_transform, override

from .devices import (
    AlarmPanel,
    Cover,
    Device,
    Fan,
    Light,
    Lock,
    MediaRoom,
    SetPoint,
    Thermostat,
)
from .kinds import (
    ACCESS_COVERS,
    AlarmState,
    ArmMode,
    LockState,
    Motion,
    Repeat,
    Schedule,
    SetPointKind,
    ThermostatMode,
)


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True, kw_only=True)
class Command[DeviceT: Device]:
    """Something asked of one device; each kind is a frozen dataclass.

    A hub has `settle_time` seconds without any change to show the result. One that
    `affects_others` may move devices that it does not name.
    """

    device_id: str
    settle_time: ClassVar[float] = 10.0
    affects_others: ClassVar[bool] = False

    @override
    def __init_subclass__(cls) -> None:
        """Make a dataclass of each kind of command."""
        dataclass(frozen=True, kw_only=True)(cls)

    @property
    def slot(self) -> Hashable | None:
        """Commands of the same slot replace each other while they wait."""
        return (type(self), self.device_id)

    @property
    def settle_timeout(self) -> float:
        """Seconds without change after which the reported state is shown again."""
        return self.settle_time

    def expect(self, device: DeviceT) -> DeviceT:
        """Return the device as it is to be shown while the command is under way."""
        return device

    def confirmed_by(self, device: DeviceT) -> bool:
        """Return whether the device shows what was asked for."""
        return True

    def unconfirmed(self, device: DeviceT) -> DeviceT:
        """Return the device as it may be shown when the answer was lost."""
        return device


def close_to(one: float | None, other: float, tolerance: float) -> bool:
    """Return whether a number is known and near another one."""
    return one is not None and abs(one - other) <= tolerance


class SetField[DeviceT: Device](Command[DeviceT]):
    """Sets a field of a device to the value of the command's own first field.

    The device's has the same name, or that of `field`. A number that is no more than
    `tolerance` away confirms it.
    """

    field: ClassVar[str] = ""
    tolerance: ClassVar[float] = 0.0

    def _wanted(self) -> tuple[str, Any]:
        own = fields(self)[1].name
        return self.field or own, getattr(self, own)

    @override
    def expect(self, device: DeviceT) -> DeviceT:
        name, value = self._wanted()
        return replace(device, **{name: value})

    @override
    def confirmed_by(self, device: DeviceT) -> bool:
        name, value = self._wanted()
        shown = getattr(device, name)
        near = self.tolerance and close_to(shown, value, self.tolerance)
        return bool(near or shown == value)


class SetLevel(SetField[Light]):
    """Bring a light to a level within `fade` seconds (None: the light's own)."""

    tolerance = 0.006
    level: float
    fade: float | None = None

    @property
    @override
    def settle_timeout(self) -> float:
        return self.settle_time + (self.fade or 0)

    @override
    def confirmed_by(self, device: Light) -> bool:
        if device.level is None or (device.level > 0) != (self.level > 0):
            return False
        return not device.dimmable or close_to(device.level, self.level, self.tolerance)


class SetColor(SetField[Light]):
    """Give a light a colour: red, green and blue, 0 to 255 each."""

    color: tuple[int, int, int]


class SetWhite(SetField[Light]):
    """Give a light a tone of white, in kelvin; lights count in steps of other units."""

    tolerance = 50.0
    white: int


class SetSpeed(SetField[Fan]):
    """Bring a fan to a speed; 0.0 is off."""

    speed: float

    @override
    def confirmed_by(self, device: Fan) -> bool:
        return close_to(device.speed, self.speed, 0.5 / device.speeds)


class _CoverCommand(Command[Cover]):
    """A command to a motor: the last one counts, whichever kind it is."""

    @property
    @override
    def slot(self) -> Hashable:
        return ("motion", self.device_id)

    @override
    def unconfirmed(self, device: Cover) -> Cover:
        # A way into the house is not called closed while nobody knows.
        if device.kind in ACCESS_COVERS:
            return replace(device, position=None, motion=Motion.UNKNOWN)
        return device


class MoveTo(_CoverCommand):
    """Move a cover to a position; motors settle a hair off."""

    tolerance: ClassVar[float] = 0.015
    position: float

    @override
    def expect(self, device: Cover) -> Cover:
        way = self._way(device)
        if way is None or self.confirmed_by(device):
            return device
        return replace(device, motion=way)

    def _way(self, device: Cover) -> Motion | None:
        if device.position is None and not device.assumed:
            return None
        opening = self.position > (device.position or 0.0)
        return Motion.OPENING if opening else Motion.CLOSING

    @override
    def confirmed_by(self, device: Cover) -> bool:
        if device.assumed:
            return device.motion is self._way(device)
        if self.position in {0.0, 1.0} and device.motion is not Motion.STOPPED:
            # The ends are exact: a cover on its way there has not arrived.
            return device.position == self.position
        return close_to(device.position, self.position, self.tolerance)


class StopMoving(_CoverCommand):
    """Stop a cover where it is."""

    @override
    def confirmed_by(self, device: Cover) -> bool:
        return device.motion is Motion.STOPPED


class SetMode(SetField[Thermostat]):
    """Change what a thermostat does."""

    mode: ThermostatMode


class SetPoints(Command[Thermostat]):
    """Change target temperatures, in the thermostat's own unit."""

    tolerance: ClassVar[float] = 0.05
    values: tuple[tuple[SetPointKind, float], ...]

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        points = {point.kind: point for point in device.set_points}
        for kind, value in self.values:
            points[kind] = replace(points.get(kind, SetPoint(kind=kind)), value=value)
        return replace(device, set_points=tuple(points.values()))

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return all(
            (point := device.set_point(kind)) is not None
            and close_to(point.value, value, self.tolerance)
            for kind, value in self.values
        )


class SetFanMode(SetField[Thermostat]):
    """Change a thermostat's fan mode, by the name that its hub uses."""

    fan_mode: str

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return (device.fan_mode or "").lower() == self.fan_mode.lower()


class SetSchedule(SetField[Thermostat]):
    """Run, hold or switch off a thermostat's own schedule."""

    schedule: Schedule


class SetPreset(SetField[Thermostat]):
    """Choose one of a thermostat's presets, by its name."""

    preset: str


class SetLocked(Command[Lock]):
    """Lock or unlock a door."""

    settle_time = 15.0
    locked: bool

    @override
    def expect(self, device: Lock) -> Lock:
        state = LockState.LOCKING if self.locked else LockState.UNLOCKING
        return device if self.confirmed_by(device) else replace(device, state=state)

    @override
    def confirmed_by(self, device: Lock) -> bool:
        target = LockState.LOCKED if self.locked else LockState.UNLOCKED
        return device.state in {target, LockState.JAMMED}

    @override
    def unconfirmed(self, device: Lock) -> Lock:
        # A hub goes on reporting the old state for a while after a command. While
        # nobody knows whether the bolt moved, neither may be shown.
        return replace(device, state=LockState.UNKNOWN)


class Arm(Command[AlarmPanel]):
    """Arm an alarm system, or disarm it where `mode` is None."""

    mode: ArmMode | None

    @override
    def expect(self, device: AlarmPanel) -> AlarmPanel:
        if self.mode is None or self.confirmed_by(device):
            return device
        return replace(device, state=AlarmState.ARMING)

    @override
    def confirmed_by(self, device: AlarmPanel) -> bool:
        armed = device.state not in {AlarmState.DISARMED, AlarmState.UNKNOWN}
        return armed == (self.mode is not None)

    @override
    def unconfirmed(self, device: AlarmPanel) -> AlarmPanel:
        return replace(device, state=AlarmState.UNKNOWN)


class SetPower(SetField[MediaRoom]):
    """Switch a media room on, to play `source_id` if it plays nothing, or off."""

    field = "power"
    on: bool
    source_id: str | None = None


class SetVolume(SetField[MediaRoom]):
    """Set a media room's volume."""

    tolerance = 0.02
    volume: float


class SetMuted(SetField[MediaRoom]):
    """Mute or unmute a media room."""

    muted: bool


class SetShuffle(SetField[MediaRoom]):
    """Play in any order, or in order."""

    shuffle: bool


class SetRepeat(SetField[MediaRoom]):
    """Change what a player plays again."""

    repeat: Repeat


class SelectSource(SetField[MediaRoom]):
    """Play a source in a media room, which switches the room on."""

    source_id: str

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, source_id=self.source_id, power=True)
