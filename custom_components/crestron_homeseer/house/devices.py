"""What a home is made of, as immutable values with fixed units.

Positions, levels, speeds and volumes are fractions: 0.0 is closed, off or
silent, 1.0 is open or full. What is not known is ``None`` or ``UNKNOWN``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from .kinds import (
    AlarmState,
    ArmMode,
    CoverKind,
    DetectorKind,
    LockState,
    Motion,
    PlayState,
    Repeat,
    SceneKind,
    Schedule,
    SensorKind,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
    Transport,
)


def percent(fraction: float) -> int:
    """Return a fraction as percent; only the exact ends become 0 and 100."""
    if fraction <= 0:
        return 0
    if fraction >= 1:
        return 100
    return min(99, max(1, round(fraction * 100)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HubInfo:
    """What is known of a hub; a missing fact is None.

    `version` is that of what we speak with, `program` that of the home's program.
    """

    manufacturer: str
    name: str
    model: str | None = None
    version: str | None = None
    program: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of the home; `virtual` where it is none that one can stand in."""

    id: str
    name: str
    virtual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What several devices are parts of: a room's scenes, a thermostat's sensors.

    It is `virtual` where it is no part of the home, but stands for all of it, and a
    `service` where it is no thing, but a room or a group that things are kept in.
    """

    id: str
    name: str
    room_id: str | None = None
    model: str | None = None
    virtual: bool = False
    service: bool = False
    maker: str | None = field(default=None, compare=False)

    @property
    def shared(self) -> bool:
        """Whether it is no thing of its own, and its parts belong to many."""
        return self.service or self.virtual


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Anything that can be seen or asked for.

    `id` is unique in its hub and lasts; `root_id` names the root or the device
    that this one is a part of; `hidden` is set for what few people want to see;
    `maker` is whose it is where that is not the hub's maker, as a plug-in's; `mark`
    is what distinguishes it from another of its name in the same place.
    Unlike some roots, none is virtual or shared.
    """

    virtual: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    id: str
    name: str
    room_id: str | None = None
    root_id: str | None = None
    model: str | None = None
    online: bool = True
    hidden: bool = False
    maker: str | None = field(default=None, compare=False)
    mark: str | None = None

    @property
    def full_name(self) -> str:
        """The name with its mark; a mark is not part of who a device is."""
        return f"{self.name} ({self.mark})" if self.mark else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Light(Device):
    """A light; one that is not dimmable has level 0.0 or 1.0.

    `color` is red, green and blue, 0 to 255 each, of a light that is `colored`.
    `whites` is the warmest and the coldest white of one that has white tones, and
    `white` the one that it has; these are colour temperatures in kelvin.
    """

    level: float | None
    dimmable: bool
    fades: bool = False
    colored: bool = False
    color: tuple[int, int, int] | None = None
    whites: tuple[int, int] | None = None
    white: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan(Device):
    """A fan with a number of speeds above off."""

    speed: float | None
    speeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Device):
    """A shade, a curtain, or what else opens and closes.

    One that cannot be sent to a position has no position but 0.0 and 1.0. Where it is
    `assumed`, nothing but its motion is ever known.
    """

    kind: CoverKind
    position: float | None
    motion: Motion = Motion.UNKNOWN
    can_stop: bool = True
    can_position: bool = True
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPoint:
    """A target temperature with its limits, in the thermostat's unit."""

    kind: SetPointKind
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thermostat(Device):
    """A thermostat; temperatures and `step` are in `unit`.

    A preset (eco, away, hold, …) goes by its name.
    """

    unit: TemperatureUnit
    temperature: float | None
    mode: ThermostatMode
    modes: tuple[ThermostatMode, ...]
    set_points: tuple[SetPoint, ...]
    step: float = 1.0
    fan_mode: str | None = None
    fan_modes: tuple[str, ...] = ()
    schedule: Schedule | None = None
    preset: str | None = None
    presets: tuple[str, ...] = ()
    action: ThermostatAction | None = None
    humidity: float | None = None

    def set_point(self, kind: SetPointKind) -> SetPoint | None:
        """Return the set point of a kind, or None where there is none."""
        return next((point for point in self.set_points if point.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Device):
    """A door lock."""

    state: LockState


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector(Device):
    """A sensor with two states; `on` is the one that calls for attention."""

    kind: DetectorKind
    on: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor(Device):
    """A sensor with a reading; `unit` is None where the hub gives none."""

    kind: SensorKind
    value: float | str | None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene(Device):
    """A scene; whether the home matches it now is the state of a detector."""

    kind: SceneKind = SceneKind.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something a media room can play."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRoom(Device):
    """A room's sound and picture.

    `art` is the address of a picture of what plays: a whole one, or a path on the hub.
    """

    power: bool | None
    source_id: str | None
    sources: tuple[Source, ...]
    volume: float | None
    muted: bool | None
    can_set_volume: bool
    can_mute: bool
    can_switch: bool = True
    playing: PlayState | None = None
    transport: frozenset[Transport] = frozenset()
    title: str | None = None
    artist: str | None = None
    album: str | None = None
    art: str | None = None
    shuffle: bool | None = None
    can_shuffle: bool = False
    repeat: Repeat | None = None
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPanel(Device):
    """An alarm system; one without modes to arm in can only be read.

    `word` is the state as the hub names it, which distinguishes a fire from a break-in.
    """

    state: AlarmState
    word: str | None = None
    arm_modes: tuple[ArmMode, ...] = ()
    can_disarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Device):
    """Something that is pressed and has no state.

    `label` is what stands on it; `anything` is set where nobody can know what it does.
    """

    label: str | None = None
    anything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A home as it was last read.

    A device that did not change is the same object as in the house before.
    `complete` says that every list was answered in full: only then is a device
    that is not in it gone. `original` is the home as the hub has it, where its owner left
    something out or set that it is something else.
    """

    info: HubInfo
    rooms: Mapping[str, Room] = field(default_factory=dict)
    roots: Mapping[str, Root] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    complete: bool = False
    original: House | None = None

    @property
    def as_reported(self) -> House:
        """The home as the hub has it."""
        return self.original or self

    @property
    def moving(self) -> frozenset[str]:
        """The ids of all that is opening or closing.

        A motor that is known by its relays alone may run for hours, and is left out.
        """
        return frozenset(
            key
            for key, device in self.devices.items()
            if isinstance(device, Cover)
            and device.motion in {Motion.OPENING, Motion.CLOSING}
            and not device.assumed
        )

    def root_of(self, device: Device) -> Device | Root:
        """Return what the device is a part of: itself where it stands alone."""
        if device.root_id is None:
            return device
        key = device.root_id
        return self.roots.get(key) or self.devices.get(key, device)

    def room_of(self, part: Device | Root) -> Room | None:
        """Return the room that something is in, as far as it is known."""
        return self.rooms.get(part.room_id) if part.room_id else None
