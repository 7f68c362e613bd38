"""What a user may choose about a HomeSeer system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..house.kinds import CoverKind, DetectorKind, SensorKind
from .making import Meaning, What

# The name of the evidence that the owner gives.
OWNER = "the owner"


class Override(StrEnum):
    """What a user wants a feature to be, if not one of the classes of sensors."""

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


# The classes of sensors that are choices; some are but another name for a class that
# Home Assistant has once, or belong to a scene.
SENSORS: Mapping[str, SensorKind] = {
    f"sensor_{kind.replace(' ', '_').replace('.', '')}": kind
    for kind in SensorKind
    if kind.name not in {"TEXT", "UNKNOWN", "PHOTOCELL", "ULTRAVIOLET"}
}
DETECTORS: Mapping[str, DetectorKind] = {
    f"binary_sensor_{kind.replace(' ', '_')}": kind
    for kind in DetectorKind
    if kind.name not in {"BURGLARY", "DOORBELL", "DRIVEWAY", "FIRE", "SCENE"}
}
OVERRIDES: tuple[str, ...] = (*Override, *DETECTORS, *SENSORS)

_INVERTED = "_inverted"
# What each choice means, and which one of these it is.
_MEANT: Mapping[str, tuple[What, str | None]] = {
    Override.SWITCH: (What.SWITCH, None),
    Override.OUTLET: (What.OUTLET, None),
    Override.LIGHT: (What.LIGHT, None),
    Override.FAN: (What.FAN, None),
    Override.LOCK: (What.LOCK, None),
    Override.SHADE: (What.COVER, CoverKind.SHADE.value),
    Override.GARAGE: (What.COVER, CoverKind.GARAGE.value),
    Override.VALVE: (What.VALVE, None),
    Override.SIREN: (What.SIREN, None),
    Override.CLIMATE: (What.CLIMATE, None),
    Override.MEDIA: (What.PLAYER, None),
    Override.SENSOR_INVERTED: (What.DETECTOR, None),
    Override.REMOTE: (What.REMOTE, None),
    Override.SENSOR: (What.TEXT, None),
    Override.SELECT: (What.CHOICE, None),
    Override.BUTTON: (What.BUTTONS, None),
    **{key: (What.READING, kind.value) for key, kind in SENSORS.items()},
    **{key: (What.DETECTOR, kind.value) for key, kind in DETECTORS.items()},
}


def meant(override: str) -> Meaning | None:
    """Return what a choice means; None for one that is not, or no longer, known."""
    plain = override if override in _MEANT else override.removesuffix(_INVERTED)
    if override not in OVERRIDES or plain not in _MEANT:
        return None
    what, detail = _MEANT[plain]
    inverted = override.endswith(_INVERTED)
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
