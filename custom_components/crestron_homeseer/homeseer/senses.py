"""Evidence of what a feature shows: two states, a measurement, or a text."""

import re
from typing import Final

from ..house.kinds import DetectorKind, SensorKind
from ..house.words import LAMP, folded
from . import measuring
from .clues import (
    FEATURE,
    SECURITY,
    ZWAVE_MEASURED,
    ZWAVE_METER,
    ZWAVE_NOTICE,
    ZWAVE_SENSOR,
    Clues,
)
from .features import Use
from .presses import press_of
from .states import OFF_LABELS, ON_LABELS, OPENING_WORDS, is_lost, plain
from .topics import RATED, detector_of

# Z-Wave's notices about one thing are two states, also while the text is neither of
# them: "Unknown", or "Smoke Test".
_NOTICES = ("smoke alarm", "co alarm", "heat alarm", "water alarm", "home security")
# What an alarm system's zone watches by its type, whatever it is called.
_ZONES = {
    40: DetectorKind.SMOKE,
    41: DetectorKind.CARBON_MONOXIDE,
    42: DetectorKind.GAS,
}
# The outer zones are doors and windows; those inside "open" for whoever walks by.
_OUTER_ZONES, _INNER_ZONES = {30, 31}, {32, 33}
_OPENINGS: Final = frozenset(
    {DetectorKind.DOOR, DetectorKind.WINDOW, DetectorKind.GARAGE_DOOR}
)
_MOVED: Final = frozenset({DetectorKind.MOTION, DetectorKind.OCCUPANCY})
# A pipe, a stove and a heater have these in their names as well as a detector.
_PLACES_TOO: Final = frozenset(
    {
        DetectorKind.COLD,
        DetectorKind.FIRE,
        DetectorKind.GAS,
        DetectorKind.HEAT,
        DetectorKind.WATER,
    }
)
_DETECTOR = re.compile(
    r"sensor|detect|alarm|warning|leak|flood|melder|capteur|detektor|varsler|varnare|fuite|leck"
    r"|lekk?|sonde|rivelatore|probe"
)
_EVERYDAY = (
    ON_LABELS
    | OFF_LABELS
    | OPENING_WORDS
    | {"idle", "active", "inactive", "ready", "none", "true", "false", "yes", "no"}
)
_ZONE = re.compile(r"\bzone?\b|sensor|contact|kontakt")
_OPENED = OPENING_WORDS | ON_LABELS | OFF_LABELS | {"true", "false", "yes", "no", "ok"}
# "Dim", "Fast On" and the like are of what is switched on and off.
_EXTRAS = re.compile(
    r"fast (?:on|off)|last level|bright|\bdim|toggle|instant|full|resume|previous|ramp"
)
_PRESSED = re.compile(
    r"\b(?:press|click|tap|held|hold|releas|short|long|single|double|triple|button|key)"
)


# Two states


def zone(clues: Clues) -> bool:
    """A zone of an alarm system."""
    api, kind, _ = clues.typed
    return api == SECURITY and 30 <= kind <= 43


def zone_kind(clues: Clues) -> DetectorKind:
    """What an alarm system's zone watches."""
    if (kind := _ZONES.get(clues.typed[1])) is not None:
        return kind
    by_name = detector_of(clues.own)
    if by_name is not None:
        return by_name
    outer = clues.typed[1] in _OUTER_ZONES
    opens = clues.typed[1] not in _INNER_ZONES and _shows_opening(clues)
    return DetectorKind.DOOR if outer or opens else DetectorKind.UNKNOWN


def typed(clues: Clues) -> bool:
    """Two states by its type; what can be worked is none, and neither is a number."""
    if clues.worked or clues.shown[1] is not None:
        return False
    if clues.typed == (FEATURE, 0, 3) or clues.zwave == ZWAVE_SENSOR:
        return True
    if clues.typed[:2] == (FEATURE, SECURITY):
        return clues.lost or clues.two_state is not None
    if clues.zwave == ZWAVE_NOTICE or clues.typed[0] == 4:
        said = clues.type_words
        notice = clues.typed[2] == ZWAVE_NOTICE
        if notice and any(each in said for each in _NOTICES):
            return True
    return "sensor binary" in clues.type_words


def sensed(clues: Clues) -> bool:
    """Controls that say what was sensed."""
    return clues.sensed


def detector_kind(clues: Clues) -> DetectorKind:
    """What two states are of: by its own words, then its root's, then what it says.

    What is called nothing but is open or closed is an opening.
    """
    said = f"{clues.own} {clues.feature.status}"
    kind = detector_of(said) or detector_of(clues.words)
    if kind is DetectorKind.BURGLARY and (root := clues.part.root) is not None:
        # Z-Wave's "Home Security" is motion, glass or tampering: the device says which.
        kind = detector_of(root.name.lower()) or kind
    if kind is not None:
        return kind
    return DetectorKind.DOOR if _shows_opening(clues) else DetectorKind.UNKNOWN


def _shows_opening(clues: Clues) -> bool:
    said = (clues.feature.status, *(pair.label for pair in clues.controls.pairs))
    return any(plain(text) in OPENING_WORDS for text in said)


def type_string(clues: Clues) -> bool:
    """A type string that names what is watched, beside nothing or two states."""
    if clues.worked or RATED.search(clues.own):
        return False
    kind = detector_of(clues.feature.type_string)
    return kind is not None and _in_two_states(clues, kind)


def words(clues: Clues) -> bool:
    """A name that says what is watched, and a text that is one of its two states."""
    if clues.worked or clues.lost or RATED.search(clues.own):
        return False
    kind = detector_of(clues.own)
    if kind is None:
        # The root says what opens; only that can be told by the text as well.
        above = detector_of(clues.words)
        near = above in _OPENINGS or _ZONE.search(clues.own) is not None
        opens = near and plain(clues.feature.status) in OPENING_WORDS
        moves = above in _MOVED and detector_of(clues.feature.status) in _MOVED
        return opens or moves
    return clues.two_state is not None and _in_two_states(clues, kind)


def _in_two_states(clues: Clues, kind: DetectorKind) -> bool:
    """Return whether what is shown is a state of such a detector, or nothing yet."""
    said = plain(clues.feature.status)
    if clues.two_state is None:
        return clues.lost
    if kind in _OPENINGS:
        # What an alarm system says of a zone is said of a lock, too.
        watched = said in _OPENED or _ZONE.search(clues.own) is not None
        return watched or detector_of(said) in _OPENINGS
    if kind in _PLACES_TOO and said in _EVERYDAY:
        return _DETECTOR.search(clues.own) is not None
    if kind in _MOVED:
        return LAMP.search(clues.own) is None
    return True


# Measurements


def measured_by_type(clues: Clues) -> bool:
    """A measurement by its type: also while it shows nothing."""
    if clues.worked or (kind := measuring.by_type(clues)) is None:
        return False
    if clues.zwave in {ZWAVE_MEASURED, ZWAVE_METER}:
        # What else is in that class is told by its unit.
        fits = clues.shown[1] is None or measuring.fits(kind, clues.shown[1])
        return fits and (clues.lost or clues.shown[0] is not None)
    return True


def type_kind(clues: Clues) -> SensorKind:
    """What is measured, by type before words."""
    return measuring.by_type(clues) or SensorKind.NUMBER


def in_unit(clues: Clues) -> bool:
    """A number with a unit, and nothing to be worked."""
    return not clues.worked and clues.shown[1] is not None


def number(clues: Clues) -> bool:
    """A number without a unit: the value that stands behind it, not a word for it."""
    return not clues.worked and clues.shown[0] is not None


def shown_kind(clues: Clues) -> SensorKind:
    """What the number that is shown measures."""
    return measuring.kind_of(clues, clues.shown[1])


def battery(clues: Clues) -> bool:
    """What is left in a battery, in percent; a battery may have a voltage, too."""
    if clues.worked or measuring.MEASURED.of(clues.own) is not SensorKind.BATTERY:
        return False
    shown, unit = clues.shown
    if shown is not None:
        return unit == "%" or (unit is None and 0 <= shown <= 100)
    return clues.lost and "batter" in folded(clues.feature.type_string)


# Texts, and buttons beside them


def extras(clues: Clues) -> int:
    """Return how many controls are but other ways to be on or off."""
    return sum(_EXTRAS.search(folded(pair.label)) is not None for pair in clues.plain)


def beside_number(clues: Clues) -> bool:
    """A reading that is none of the values that its buttons send."""
    shown, unit = clues.shown
    if not clues.plain or shown is None or _is_a_choice(clues):
        return False
    return unit is not None or clues.feature.value == shown


def beside_text(clues: Clues) -> bool:
    """A text that is none of the labels of its buttons, and no value that they send."""
    if not clues.plain or clues.lost or _is_a_choice(clues):
        return False
    return Use.OTHER in {pair.use for pair in clues.plain}


def _is_a_choice(clues: Clues) -> bool:
    said = folded(clues.feature.status)
    labels = [folded(pair.label) for pair in clues.plain]
    if said in labels or is_lost(clues.feature.status):
        return True
    # "Deactivated" is what "Deactivate" makes of it.
    if any(said.startswith(label) or label.startswith(said) for label in labels):
        return True
    values = {pair.value for pair in clues.plain}
    return len(clues.plain) > 1 and clues.feature.value in values


def is_press(text: str) -> bool:
    """Return whether a text says that something was pressed, or says nothing."""
    button, _, _ = press_of(text)
    return (
        is_lost(text) or button is not None or _PRESSED.search(folded(text)) is not None
    )
