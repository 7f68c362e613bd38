"""What a user may choose about a HomeSeer system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Override(StrEnum):
    """What a user says that a feature is, where HomeSeer does not tell."""

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
    SENSOR_INVERTED = "sensor_inverted"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices; None means all, or as the system says.

    `room_from` is 1 or 2, for location and location2. `interfaces` are plug-in
    names, "" for HomeSeer's own virtual devices. `scene_groups` are the groups whose
    events are scenes, None where all are, as they were before anybody was asked.
    """

    room_from: int | None = None
    interfaces: frozenset[str] | None = None
    event_groups: frozenset[str] | None = None
    scene_groups: frozenset[str] | None = None
    overrides: Mapping[int, Override] = field(default_factory=dict)
