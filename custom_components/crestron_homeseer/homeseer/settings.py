"""What a feature can be taken for, and what a user may choose about a system."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from itertools import takewhile
from typing import Any, Final, Self, override

from ..house.fields import Fields
from ..house.kinds import CoverKind, DetectorKind, SensorKind

# The name of the evidence that the owner gives.
OWNER = "the owner"


class What(StrEnum):
    """What a feature can be, alone or with others: first what devices are named after."""

    LOCK = "lock"
    COVER = "cover"
    VALVE = "valve"
    SIREN = "siren"
    FAN = "fan"
    LIGHT = "light"
    OUTLET = "outlet"
    SWITCH = "switch"
    CLIMATE = "climate"
    PLAYER = "media player"
    ALARM = "alarm panel"
    REMOTE = "remote"
    DETECTOR = "binary sensor"
    BATTERY = "battery"
    READING = "number sensor"
    TEXT = "text sensor"
    NUMBER = "number"
    TEXT_BOX = "text"
    LIST = "list"
    CHOICE = "select"
    BUTTONS = "buttons"


# What people mean by a device's name, before what is only shown beside it.
MAIN = frozenset(takewhile(lambda what: what is not What.REMOTE, What))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a feature is; `detail` is which one, such as the kind of a cover.

    `evidence` is the name of the row that applied. `open` is set where the feature
    had nothing to show yet, `inverted` where the owner turned it round, and `buttons`
    where what can be pressed stands beside what is shown. A decision that is stored
    has the `shape` that it hangs on, and what the feature was `called`.
    """

    what: What
    evidence: str
    detail: str | None = None
    unit: str | None = None
    hidden: bool = False
    open: bool = False
    inverted: bool = False
    buttons: bool = False
    shape: int = 0
    called: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, without what is as usual."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        found["what"] = str(self.what)
        return {key: value for key, value in found.items() if value}

    @classmethod
    def from_json(cls, raw: object) -> Self | None:
        """Return what was stored; None where it makes no sense."""
        read = Fields(raw)
        what, evidence, shape = (
            read.text("what"),
            read.text("evidence"),
            read.get("shape"),
        )
        if what not in frozenset(What) or evidence is None or type(shape) is not int:
            return None
        more: dict[str, Any] = {
            **{key: read.text(key) for key in ("detail", "unit", "called")},
            **{key: bool(read.boolean(key)) for key in ("hidden", "open", "buttons")},
        }
        return cls(what=What(what), evidence=evidence, shape=shape, **more)

    @override
    def __str__(self) -> str:
        """Say what it is, for people."""
        return f"{self.what} ({self.detail})" if self.detail else str(self.what)


# The classes of sensors that are choices; some are but another name for a class that
# Home Assistant has once, or belong to a scene.
SENSORS: Final[Mapping[str, SensorKind]] = {
    f"sensor_{kind.replace(' ', '_').replace('.', '')}": kind
    for kind in SensorKind
    if kind.name not in {"TEXT", "UNKNOWN", "PHOTOCELL", "ULTRAVIOLET"}
}
DETECTORS: Final[Mapping[str, DetectorKind]] = {
    f"binary_sensor_{kind.replace(' ', '_')}": kind
    for kind in DetectorKind
    if kind.name not in {"BURGLARY", "DOORBELL", "DRIVEWAY", "FIRE", "SCENE"}
}
IGNORE: Final = "ignore"
# What a user may want a feature to be, and which one of these.
OVERRIDES: Final[Mapping[str, tuple[What | None, str | None]]] = {
    "switch": (What.SWITCH, None),
    "outlet": (What.OUTLET, None),
    "light": (What.LIGHT, None),
    "fan": (What.FAN, None),
    "lock": (What.LOCK, None),
    "lock_inverted": (What.LOCK, None),
    "shade": (What.COVER, CoverKind.SHADE),
    "shade_inverted": (What.COVER, CoverKind.SHADE),
    "garage": (What.COVER, CoverKind.GARAGE),
    "garage_inverted": (What.COVER, CoverKind.GARAGE),
    "valve": (What.VALVE, None),
    "valve_inverted": (What.VALVE, None),
    "siren": (What.SIREN, None),
    "climate": (What.CLIMATE, None),
    "media_player": (What.PLAYER, None),
    "sensor_inverted": (What.DETECTOR, None),
    "event": (What.REMOTE, None),
    "sensor": (What.TEXT, None),
    "select": (What.CHOICE, None),
    "button": (What.BUTTONS, None),
    IGNORE: (None, None),
    **{key: (What.DETECTOR, kind) for key, kind in DETECTORS.items()},
    **{key: (What.READING, kind) for key, kind in SENSORS.items()},
}


def meant(override: str | None) -> Meaning | None:
    """Return what a choice means; None for one that is not, or no longer, known."""
    what, detail = OVERRIDES.get(override or IGNORE, (None, None))
    if override is None or what is None:
        return None
    inverted = override.endswith("_inverted")
    return Meaning(what=what, detail=detail, evidence=OWNER, inverted=inverted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices; None means all, or as the system has it.

    `room_from` is 1 or 2, for location and location2. `interfaces` are plug-in
    names, "" for HomeSeer's own virtual devices. `scene_groups` are the groups whose
    events are scenes, None where all are, as they were before anybody was asked;
    `overrides` are of `OVERRIDES`.
    """

    room_from: int | None = None
    interfaces: frozenset[str] | None = None
    event_groups: frozenset[str] | None = None
    scene_groups: frozenset[str] | None = None
    overrides: Mapping[int, str] = field(default_factory=dict)
