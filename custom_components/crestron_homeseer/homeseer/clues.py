"""All that is known of one feature: its structure, controls, names, and what it shows."""

from functools import cached_property
import re
from typing import Final

from ..house.kinds import CoverKind, DetectorKind as D, SensorKind as S
from ..house.words import COVERS, FAN, LAMP, MEASURED, RATED, detector_of, folded
from .binding import Part
from .features import Use
from .readings import BY_UNIT, KIND_UNITS, reading
from .simple import BOXES
from .states import (
    OFF_LABELS,
    ON_LABELS,
    OPENING_TEXTS,
    OPENS,
    is_nothing,
    plain,
    two_state,
)

# Types of the API of a feature.
PLUG_IN, SECURITY, CLIMATE, ENERGY, MODERN_ROOT, MODERN = 4, 8, 16, 256, 512, 513
# What a HomeSeer 4 device is, the root of features.
_ROOTS: Final = {1: "door", 2: "fan", 3: "light", 5: "outlet", 9: "window"}
# Command classes, which the Z-Wave plug-in uses as subtypes.
_CLASSES: Final[dict[int | None, str]] = {
    38: "dimmer",
    48: "sensor",
    49: "measured",
    50: "meter",
    102: "barrier",
}

# Uses of what a sensor shows, though they come among the controls.
_SENSED: Final = frozenset({Use.MOTION_ON, Use.CONTACT_ON})
_COVER_ROOTS: Final = {"door": CoverKind.DOOR, "window": CoverKind.WINDOW}
_PANES: Final = frozenset({None, CoverKind.DOOR, CoverKind.WINDOW})
_GATES: Final = frozenset({CoverKind.GARAGE, CoverKind.GATE})

# What an alarm system's zone watches by its type, whatever it is called.
_ZONES: Final = {40: D.SMOKE, 41: D.CARBON_MONOXIDE, 42: D.GAS}
# The outer zones are doors and windows; those inside "open" for whoever walks by.
_OUTER_ZONES, _INNER_ZONES = frozenset({30, 31}), frozenset({32, 33})
ZONE_WORDS: Final = re.compile(r"\bzone?\b|sensor|contact|kontakt")
OPENINGS: Final = frozenset({D.DOOR, D.WINDOW, D.GARAGE_DOOR})
MOVED: Final = frozenset({D.MOTION, D.OCCUPANCY})
# A pipe, a stove and a heater have these in their names as well as a detector.
_PLACES_TOO: Final = frozenset({D.COLD, D.FIRE, D.GAS, D.HEAT, D.WATER})
_DETECTOR = re.compile(
    r"sensor|detect|alarm|warning|leak|flood|melder|capteur|detektor|varsler|varnare"
    r"|fuite|leck|lekk?|sonde|rivelatore|probe"
)
_OPENED = OPENING_TEXTS | ON_LABELS | OFF_LABELS | {"true", "false", "yes", "no", "ok"}
_EVERYDAY = (_OPENED - {"ok"}) | {"idle", "active", "inactive", "ready", "none"}

_ENERGY_KINDS: Final = {1: S.POWER, 2: S.CURRENT, 3: S.VOLTAGE, 4: S.ENERGY}
# What has no unit, or is understood without.
_UNITLESS: Final = frozenset({S.ULTRAVIOLET, S.AIR_QUALITY, S.PH, S.POWER_FACTOR})
_USUAL: Final = _UNITLESS | {S.HUMIDITY, S.TEMPERATURE}


class Clues:
    """What is known of a feature, and which one of its like it is."""

    def __init__(self, part: Part) -> None:
        """Take the feature with its controls and its root."""
        self.part = part
        self.feature = feature = part.feature
        self.controls = part.controls
        root = part.root
        # What it and its type are called, its type and plug-in, and its root as well.
        self.own = folded(f"{feature.name} {feature.type_string}")
        self.type_words = folded(f"{feature.type_string} {feature.interface}")
        above = "" if root is None else f"{root.name} {root.type_string}"
        self.words = folded(f"{self.own} {above} {feature.interface}")
        # Its type, also as an alarm system's, a thermostat's, of Z-Wave, and as its
        # root says.
        self.typed = feature.api, feature.type, feature.subtype
        self.zone = feature.api == SECURITY and 30 <= feature.type <= 43
        modern_climate = feature.api == MODERN and feature.type in {16, 17}
        self.climatic = feature.api == CLIMATE or modern_climate
        self.command_class = feature.subtype if feature.api == PLUG_IN else None
        zwave = re.search("z-?wave", self.type_words) and not feature.type
        self.zwave = _CLASSES.get(self.command_class) if zwave else None
        scenes = self.typed == (MODERN, 0, 1) or self.command_class == 91
        self.scenes = scenes or "central scene" in self.type_words
        self.root = _ROOTS.get(root.type) if root and root.api == MODERN_ROOT else None
        # What it shows: a text, a number in a unit, one of two states, or nothing yet.
        self.status = plain(feature.status)
        self.number, self.unit = reading(feature.status, feature.value)
        self.two_state = two_state(feature.status)
        self.empty = is_nothing(feature.status)
        self._sort_controls()

    def _sort_controls(self) -> None:
        """Note what its controls are for.

        On and Off, opening and closing (also in words that a volume does not have), or
        only to say what was sensed.
        """
        controls = self.controls
        self.uses, self.plain = controls.uses, controls.plain
        self.slider = controls.slider()
        self.types = {pair.type for pair in controls.pairs}
        self.controlled = bool(
            self.plain or self.slider or controls.listed or self.types & BOXES
        )
        self.switched = {Use.ON, Use.OFF} <= self.uses
        opens = controls.opens if controls.closes is not None else None
        self.moved = opens is not None
        self.opened = opens is not None and folded(opens.label) in OPENS
        self.sensed = bool(self.uses & _SENSED)

    @cached_property
    def lamp(self) -> bool:
        """Whether it is called a lamp; a ceiling fan may have one, too."""
        name = folded(self.feature.name)
        if self.part.root is not None and FAN.search(name) is None:
            name = f"{name} {folded(self.part.root.name)}"
        return LAMP.search(name) is not None

    @cached_property
    def cover(self) -> CoverKind | None:
        """Which cover it is: by its type, its own names, its root's, or its root."""
        if self.zwave == "barrier":
            return CoverKind.GARAGE
        own, any_name = COVERS.of(self.own), COVERS.of(self.words)
        if own is CoverKind.DOOR and any_name in _GATES:
            # "Door" of a garage is the garage's.
            own = any_name
        named = own or any_name
        return _COVER_ROOTS.get(self.root or "", named) if named in _PANES else named

    def cover_kind(self) -> CoverKind:
        """Return which cover it is, called one or not."""
        return self.cover or CoverKind.SHADE

    # What two states are of

    def detector(self) -> D:
        """Return what it watches: by its own names and its text, then by its root's names.

        What is called nothing but is open or closed is an opening.
        """
        if self.zone:
            return self._zone()
        kind = detector_of(f"{self.own} {self.feature.status}")
        kind = kind or detector_of(self.words)
        if kind is D.BURGLARY and self.part.root is not None:
            # Z-Wave's "Home Security" is motion, glass or tampering: the root says which.
            kind = detector_of(self.part.root.name) or kind
        return kind or (D.DOOR if self._shows_opening else D.UNKNOWN)

    def _zone(self) -> D:
        kind = self.feature.type
        opens = kind not in _INNER_ZONES and self._shows_opening
        unnamed = D.DOOR if opens or kind in _OUTER_ZONES else D.UNKNOWN
        return _ZONES.get(kind) or detector_of(self.own) or unnamed

    @property
    def _shows_opening(self) -> bool:
        labels = (plain(pair.label) for pair in self.controls.pairs)
        return not OPENING_TEXTS.isdisjoint((self.status, *labels))

    def in_two_states(self, kind: D) -> bool:
        """Return whether what is shown is a state of such a detector, or nothing yet."""
        if RATED.search(self.own):
            return False
        if self.two_state is None:
            return self.empty
        if kind in OPENINGS:
            # What an alarm system says of a zone is said of a lock, too.
            watched = self.status in _OPENED or ZONE_WORDS.search(self.own) is not None
            return watched or detector_of(self.status) in OPENINGS
        if kind in _PLACES_TOO and self.status in _EVERYDAY:
            return _DETECTOR.search(self.own) is not None
        return kind not in MOVED or LAMP.search(self.own) is None

    # What a number measures

    @cached_property
    def measured_by_type(self) -> S | None:
        """What it measures by its type; None where that does not tell."""
        match self.typed:
            case (256, kind, _) | (513, 256, kind):
                return _ENERGY_KINDS.get(kind)
            case (16, 2 | 10, 5) | (513, 16, 5):
                return S.HUMIDITY
            case (16, 2 | 10, _) | (513, 16, 0 | 1 | 2):
                return S.TEMPERATURE
        if self.zwave in {"measured", "meter"}:
            return MEASURED.of(self.feature.type_string)
        return None

    def measured(self) -> S:
        """Return what it measures in the unit that it shows: by type, by names, by unit."""
        typed, unit = self.measured_by_type, self.unit
        if typed is not None and (unit in {None, "°"} or fits(typed, unit)):
            return typed
        named = (*MEASURED.all(self.own), *MEASURED.all(self.words))
        by_unit = BY_UNIT.get(unit or "", S.NUMBER)
        return next((kind for kind in named if fits(kind, unit, _USUAL)), by_unit)


def fits(kind: S, unit: str | None, unitless: frozenset[S] = _UNITLESS) -> bool:
    """Return whether a kind is measured in a unit; some need none."""
    return kind in unitless if unit is None else unit in KIND_UNITS.get(kind, ())
