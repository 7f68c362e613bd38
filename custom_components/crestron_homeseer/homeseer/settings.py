"""What a user may choose about a HomeSeer system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..house.kinds import CoverKind, DetectorKind, SensorKind
from .making import Meaning, What


class Override(StrEnum):
    """What a user says that a feature is, beside the classes of sensors."""

    SWITCH = "switch"
    OUTLET = "outlet"
    LIGHT = "light"
    FAN = "fan"
    LOCK = "lock"
    LOCK_INVERTED = "lock_inverted"
    SHADE = "shade"
    SHADE_INVERTED = "shade_inverted"
    GARAGE = "garage"
    GARAGE_INVERTED = "garage_inverted"
    VALVE = "valve"
    VALVE_INVERTED = "valve_inverted"
    SIREN = "siren"
    CLIMATE = "climate"
    MEDIA = "media_player"
    SENSOR_INVERTED = "sensor_inverted"
    REMOTE = "event"
    SENSOR = "sensor"
    SELECT = "select"
    BUTTON = "button"
    IGNORE = "ignore"


# Which number a sensor has, and which of two states: each class is a choice.
_SENSOR_KINDS = tuple(
    kind
    for kind in SensorKind
    if kind
    not in {
        SensorKind.TEXT,
        SensorKind.UNKNOWN,
        SensorKind.PHOTOCELL,
        SensorKind.ULTRAVIOLET,
    }
)
# Some are but other words for a class that Home Assistant has once, or of a scene.
_DETECTOR_KINDS = tuple(
    kind
    for kind in DetectorKind
    if kind
    not in {
        DetectorKind.BURGLARY,
        DetectorKind.DOORBELL,
        DetectorKind.DRIVEWAY,
        DetectorKind.FIRE,
        DetectorKind.SCENE,
    }
)
SENSORS: Mapping[str, SensorKind] = {
    f"sensor_{kind.replace(' ', '_').replace('.', '')}": kind for kind in _SENSOR_KINDS
}
DETECTORS: Mapping[str, DetectorKind] = {
    f"binary_sensor_{kind.replace(' ', '_')}": kind for kind in _DETECTOR_KINDS
}
OVERRIDES: tuple[str, ...] = (*Override, *DETECTORS, *SENSORS)

_PLAIN = {
    Override.SWITCH: What.SWITCH,
    Override.OUTLET: What.OUTLET,
    Override.LIGHT: What.LIGHT,
    Override.FAN: What.FAN,
    Override.LOCK: What.LOCK,
    Override.VALVE: What.VALVE,
    Override.SIREN: What.SIREN,
    Override.CLIMATE: What.CLIMATE,
    Override.MEDIA: What.PLAYER,
    Override.REMOTE: What.REMOTE,
    Override.SENSOR: What.TEXT,
    Override.SELECT: What.CHOICE,
    Override.BUTTON: What.BUTTONS,
    Override.SENSOR_INVERTED: What.DETECTOR,
    Override.SHADE: What.COVER,
    Override.GARAGE: What.COVER,
}
_COVERS = {Override.SHADE: CoverKind.SHADE, Override.GARAGE: CoverKind.GARAGE}
_INVERTED = "_inverted"
# The name of the evidence that the owner gives.
OWNER = "the owner"


def meant(override: str) -> Meaning | None:
    """Return what a choice means; None for one that is not, or no longer, known."""
    if (sensor := SENSORS.get(override)) is not None:
        return Meaning(what=What.READING, detail=str(sensor), evidence=OWNER)
    if (detector := DETECTORS.get(override)) is not None:
        return Meaning(what=What.DETECTOR, detail=str(detector), evidence=OWNER)
    inverted = override.endswith(_INVERTED)
    known = override if override in _PLAIN else override.removesuffix(_INVERTED)
    if override not in frozenset(Override) or known not in _PLAIN:
        return None
    choice = Override(known)
    cover = _COVERS.get(choice)
    return Meaning(
        what=_PLAIN[choice],
        detail=None if cover is None else str(cover),
        evidence=OWNER,
        inverted=inverted,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices; None means all, or as the system says.

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
