"""What can be asked of a device.

A command knows what to show while it is under way (`expect`), when it has
happened (`confirmed_by`), and what can still be claimed when nobody knows whether it
has (`unconfirmed`). It says nothing about how a vendor is asked.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar, override

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

# Motors and dimmers settle a hair beside what they were asked for.
POSITION_TOLERANCE = 0.015
LEVEL_TOLERANCE = 0.006
VOLUME_TOLERANCE = 0.02
TEMPERATURE_TOLERANCE = 0.05
# Kelvin; lights count in steps of other units.
WHITE_TOLERANCE = 50

# Covers that keep people out.
ACCESS_COVERS = (CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command[DeviceT: Device]:
    """Something asked of one device.

    `settle_time` is how many seconds without any change a hub is given to show
    the result before its own word counts again. What `affects_others` moves devices that
    it does not name.
    """

    device_id: str
    settle_time: ClassVar[float] = 10.0
    affects_others: ClassVar[bool] = False

    @property
    def slot(self) -> Hashable | None:
        """Commands of the same slot replace each other while they wait."""
        return (type(self), self.device_id)

    @property
    def settle_timeout(self) -> float:
        """Seconds without change after which the hub's word counts again."""
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


def _close(one: float | None, other: float, tolerance: float) -> bool:
    return one is not None and abs(one - other) <= tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLevel(Command[Light]):
    """Bring a light to a level within `fade` seconds (None: the light's own)."""

    level: float
    fade: float | None = None

    @property
    @override
    def settle_timeout(self) -> float:
        return self.settle_time + (self.fade or 0)

    @override
    def expect(self, device: Light) -> Light:
        return replace(device, level=self.level)

    @override
    def confirmed_by(self, device: Light) -> bool:
        if device.level is None or (device.level > 0) != (self.level > 0):
            return False
        return not device.dimmable or _close(device.level, self.level, LEVEL_TOLERANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpeed(Command[Fan]):
    """Bring a fan to a speed; 0.0 is off."""

    speed: float

    @override
    def expect(self, device: Fan) -> Fan:
        return replace(device, speed=self.speed)

    @override
    def confirmed_by(self, device: Fan) -> bool:
        return _close(device.speed, self.speed, 0.5 / device.speeds)


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTo(_CoverCommand):
    """Move a cover to a position."""

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
        return _close(device.position, self.position, POSITION_TOLERANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMoving(_CoverCommand):
    """Stop a cover where it is."""

    @override
    def confirmed_by(self, device: Cover) -> bool:
        return device.motion is Motion.STOPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMode(Command[Thermostat]):
    """Change what a thermostat does."""

    mode: ThermostatMode

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        return replace(device, mode=self.mode)

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return device.mode is self.mode


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPoints(Command[Thermostat]):
    """Change target temperatures, in the thermostat's own unit."""

    values: tuple[tuple[SetPointKind, float], ...]

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        wanted = dict(self.values)
        points = tuple(
            replace(point, value=wanted.pop(point.kind))
            if point.kind in wanted
            else point
            for point in device.set_points
        )
        new = tuple(SetPoint(kind=kind, value=value) for kind, value in wanted.items())
        return replace(device, set_points=points + new)

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return all(
            (point := device.set_point(kind)) is not None
            and _close(point.value, value, TEMPERATURE_TOLERANCE)
            for kind, value in self.values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFanMode(Command[Thermostat]):
    """Change a thermostat's fan mode, by the name that its hub uses."""

    fan_mode: str

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        return replace(device, fan_mode=self.fan_mode)

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return (device.fan_mode or "").lower() == self.fan_mode.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSchedule(Command[Thermostat]):
    """Run, hold or switch off a thermostat's own schedule."""

    schedule: Schedule

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        return replace(device, schedule=self.schedule)

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return device.schedule is self.schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPreset(Command[Thermostat]):
    """Choose one of a thermostat's presets, by its name."""

    preset: str

    @override
    def expect(self, device: Thermostat) -> Thermostat:
        return replace(device, preset=self.preset)

    @override
    def confirmed_by(self, device: Thermostat) -> bool:
        return device.preset == self.preset


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLocked(Command[Lock]):
    """Lock or unlock a door."""

    locked: bool
    settle_time: ClassVar[float] = 15.0

    @override
    def expect(self, device: Lock) -> Lock:
        under_way = LockState.LOCKING if self.locked else LockState.UNLOCKING
        return device if self.confirmed_by(device) else replace(device, state=under_way)

    @override
    def confirmed_by(self, device: Lock) -> bool:
        target = LockState.LOCKED if self.locked else LockState.UNLOCKED
        return device.state in {target, LockState.JAMMED}

    @override
    def unconfirmed(self, device: Lock) -> Lock:
        # A hub goes on reporting the old state for a while after a command. While
        # nobody knows whether the bolt moved, neither word may stand.
        return replace(device, state=LockState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EveryTime(Command[Device]):
    """A command that means something each time that it is given."""

    affects_others: ClassVar[bool] = True

    @property
    @override
    def slot(self) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateScene(_EveryTime):
    """Recall a scene."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressButton(_EveryTime):
    """Press a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPower(Command[MediaRoom]):
    """Switch a media room on or off.

    `source_id` is what to play in one that comes on without anything.
    """

    on: bool
    source_id: str | None = None

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, power=self.on)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return device.power is self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVolume(Command[MediaRoom]):
    """Set a media room's volume."""

    volume: float

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, volume=self.volume)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return _close(device.volume, self.volume, VOLUME_TOLERANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMuted(Command[MediaRoom]):
    """Mute or unmute a media room."""

    muted: bool

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, muted=self.muted)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return device.muted is self.muted


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShuffle(Command[MediaRoom]):
    """Play in any order, or in order."""

    shuffle: bool

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, shuffle=self.shuffle)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return device.shuffle is self.shuffle


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRepeat(Command[MediaRoom]):
    """Change what a player plays again."""

    repeat: Repeat

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, repeat=self.repeat)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return device.repeat is self.repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectSource(Command[MediaRoom]):
    """Play a source in a media room, which switches the room on."""

    source_id: str

    @override
    def expect(self, device: MediaRoom) -> MediaRoom:
        return replace(device, source_id=self.source_id, power=True)

    @override
    def confirmed_by(self, device: MediaRoom) -> bool:
        return device.source_id == self.source_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PressTransport(Command[MediaRoom]):
    """Press one of a player's keys: each press counts."""

    key: Transport

    @property
    @override
    def slot(self) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetColor(Command[Light]):
    """Give a light a colour: red, green and blue, 0 to 255 each."""

    color: tuple[int, int, int]

    @override
    def expect(self, device: Light) -> Light:
        return replace(device, color=self.color)

    @override
    def confirmed_by(self, device: Light) -> bool:
        return device.color == self.color


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWhite(Command[Light]):
    """Give a light a tone of white, in kelvin."""

    white: int

    @override
    def expect(self, device: Light) -> Light:
        return replace(device, white=self.white)

    @override
    def confirmed_by(self, device: Light) -> bool:
        return _close(device.white, self.white, WHITE_TOLERANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
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
