"""What makes a feature what it is: one table, the surest evidence first.

The owner goes before everything, and then what several features are together; of
one feature alone the first row that applies counts. Structure goes before controls,
these before units and type strings, these before words, and what is shown now never
decides alone. Without evidence it is the plainest thing that is true.
"""

from collections.abc import Callable
import re
from typing import Final

from ..house import words
from ..house.kinds import CoverKind, SensorKind
from .binding import Part
from .clues import MODERN, MOVED, OPENINGS, SECURITY, ZONE_WORDS, Clues, fits
from .features import IS_LIGHT, ROOT, ControlType, Use
from .loads import named_speeds
from .settings import Meaning, What
from .simple import press_of
from .states import OPENING_TEXTS, is_lost

type Rows = tuple[tuple[str, What, Callable[[Clues], object]], ...]

# Z-Wave's notices about one thing are two states, also while the text is neither of
# them: "Unknown", or "Smoke Test".
_NOTICES = re.compile("smoke alarm|co alarm|heat alarm|water alarm|home security")
# "Dim", "Fast On" and the like are of what is switched on and off.
_EXTRAS = re.compile(
    r"fast (?:on|off)|last level|bright|\bdim|toggle|instant|full|resume|previous|ramp"
)
_PRESSED = re.compile(
    r"\b(?:press|click|tap|held|hold|releas|short|long|single|double|triple|button|key)"
)
_LOCKS: Final = frozenset({Use.LOCK, Use.UNLOCK})
_NUMBER, _TEXT = ControlType.NUMBER_BOX, ControlType.TEXT_BOX
# Many a dimmer is called after the door or the window that it is at.
_WAYS_IN: Final = frozenset(
    {CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR, CoverKind.WINDOW}
)


def _two_states(clues: Clues) -> bool:
    """Two states by type; what can be controlled is none, and neither is a number."""
    if clues.controlled or clues.unit is not None:
        return False
    if clues.typed[:2] == (MODERN, SECURITY):
        return clues.empty or clues.two_state is not None
    typed = clues.typed == (MODERN, 0, 3) or clues.zwave == "sensor"
    notice = clues.command_class == 113 and _NOTICES.search(clues.type_words)
    return typed or bool(notice) or "sensor binary" in clues.type_words


def _measurement(clues: Clues) -> bool:
    """A measurement by its type: also while it shows nothing."""
    kind = clues.measured_by_type
    if clues.controlled or kind is None:
        return False
    if clues.zwave is None:
        return True
    # What else is in a class of Z-Wave is known by its unit.
    in_unit = clues.unit is None or fits(kind, clues.unit)
    return in_unit and (clues.empty or clues.number is not None)


def _charge(clues: Clues) -> bool:
    return clues.command_class == 128 and not clues.controlled


def _way_in(clues: Clues) -> bool:
    """Open and Close of a door, though their uses be a lock's."""
    return clues.opened and bool(clues.uses & _LOCKS) and clues.cover in _WAYS_IN


def _fan(clues: Clues) -> bool:
    if Use.DIM_FAN in clues.uses:
        return True
    # A thermostat's fan is part of the thermostat.
    if clues.climatic or clues.lamp:
        return False
    if clues.root != "fan" and words.FAN.search(clues.words) is None:
        return False
    return clues.switched or clues.slider is not None or bool(named_speeds(clues.part))


def _valve(clues: Clues) -> bool:
    if clues.climatic or clues.lamp or words.VALVE.search(clues.words) is None:
        return False
    return clues.switched or clues.moved


def _siren(clues: Clues) -> bool:
    return clues.switched and words.SIREN.search(clues.words) is not None


def _called_cover(clues: Clues) -> bool:
    """Open and Close, or Up and Down, of what is called a cover."""
    if clues.sensed or not clues.moved or clues.lamp or clues.cover is None:
        return False
    # Up and Down are a door's or a window's only where Stop is beside them.
    sure = clues.opened or clues.zwave == "barrier"
    return sure or clues.cover not in _WAYS_IN or clues.controls.stops is not None


def _motor(clues: Clues) -> bool:
    """Open, Close and Stop with a position: nothing else has all of them."""
    if clues.sensed or not clues.moved or clues.lamp:
        return False
    placed, stops = clues.slider is not None, clues.controls.stops is not None
    dims = clues.zwave == "dimmer"
    return (placed or stops) if dims else clues.opened and placed and stops


def _slid_cover(clues: Clues) -> bool:
    """A position of what is called a cover."""
    if clues.slider is None or clues.climatic or clues.cover is None:
        return False
    if words.COVERS.of(clues.feature.type_string) is not None:
        return True
    place = clues.cover in _WAYS_IN and clues.root not in {"door", "window"}
    # No door is opened by a dimmer that is controlled with On and Off.
    dims = clues.controls.slider(Use.DIM) is not None
    return not ((place and dims) or clues.lamp) if clues.switched else not place


def _dimmer(clues: Clues) -> bool:
    if clues.controls.slider(Use.DIM) is not None:
        return bool(clues.uses & {Use.ON, Use.OFF})
    named = any(word in clues.words for word in ("dimmer", "multilevel"))
    return clues.slider is not None and clues.switched and (named or clues.lamp)


def _light(clues: Clues) -> bool:
    marked = clues.feature.misc & IS_LIGHT or clues.root == "light"
    return clues.switched and bool(marked)


def _outlet(clues: Clues) -> bool:
    called = clues.root == "outlet" or words.OUTLET.search(clues.words)
    return clues.switched and bool(called)


def _switch(clues: Clues) -> bool:
    """On and Off, and by their labels alone only where nothing else is offered."""
    if {Use.ON, Use.OFF} <= {pair.use for pair in clues.controls.pairs}:
        return True
    extras = sum(
        _EXTRAS.search(words.folded(pair.label)) is not None for pair in clues.plain
    )
    return clues.switched and len(clues.plain) <= 2 + extras


def _clockwork(clues: Clues) -> bool:
    feature = clues.feature
    kept = {feature.location.lower(), feature.location2.lower()}
    named = re.search("timer|counter", feature.type_string.lower())
    return not feature.interface and bool(kept & {"timers", "counters"} or named)


def _housekeeping(clues: Clues) -> bool:
    of_root = clues.feature.relationship == ROOT
    named = of_root or words.HOUSEKEEPING.search(clues.own)
    return bool(clues.feature.interface and named)


def _remote(clues: Clues) -> bool:
    """The type string of a remote, and a text that says what was pressed, or nothing."""
    text = clues.feature.status
    if words.REMOTE.search(clues.type_words) is None:
        return False
    pressed = press_of(text)[0] is not None or _PRESSED.search(words.folded(text))
    return bool(pressed) or is_lost(text)


def _button(clues: Clues) -> bool:
    named = words.BUTTON.search(clues.feature.type_string.lower())
    return named is not None and clues.two_state is not None


def _battery(clues: Clues) -> bool:
    """What is left in a battery, in percent; a battery may have a voltage, too."""
    if words.MEASURED.of(clues.own) is not SensorKind.BATTERY:
        return False
    if clues.number is None:
        return clues.empty and "batter" in clues.feature.type_string.lower()
    return clues.unit == "%" or (clues.unit is None and 0 <= clues.number <= 100)


def _watcher(clues: Clues) -> bool:
    """A type string that names what is watched, beside nothing or two states."""
    kind = words.detector_of(clues.feature.type_string)
    return kind is not None and clues.in_two_states(kind)


def _named_watcher(clues: Clues) -> bool:
    """A name that says what is watched, and a text that is one of its two states."""
    if clues.empty or words.RATED.search(clues.own):
        return False
    if (kind := words.detector_of(clues.own)) is not None:
        return clues.in_two_states(kind)
    # The root says what opens; only that can be shown by the text as well.
    above = words.detector_of(clues.words)
    opens = above in OPENINGS or ZONE_WORDS.search(clues.own) is not None
    moves = above in MOVED and words.detector_of(clues.feature.status) in MOVED
    return moves or (opens and clues.status in OPENING_TEXTS)


def _is_a_choice(clues: Clues) -> bool:
    """Whether what is shown is a label of its buttons, or a value that they send."""
    status = words.folded(clues.feature.status)
    labels = [words.folded(pair.label) for pair in clues.plain]
    # "Deactivated" is what "Deactivate" makes of it.
    if is_lost(status) or any(
        status.startswith(label) or label.startswith(status) for label in labels
    ):
        return True
    values = {pair.value for pair in clues.plain}
    return len(clues.plain) > 1 and clues.feature.value in values


def _beside_number(clues: Clues) -> bool:
    own = clues.unit is not None or clues.feature.value == clues.number
    return clues.number is not None and own and not _is_a_choice(clues)


def _beside_text(clues: Clues) -> bool:
    unsaid = Use.OTHER in {pair.use for pair in clues.plain}
    return unsaid and not clues.empty and not _is_a_choice(clues)


_STRUCTURE: Final[Rows] = (
    ("type: security zone", What.DETECTOR, lambda it: it.zone),
    ("type: central scene", What.REMOTE, lambda it: it.scenes),
    ("type: battery", What.BATTERY, _charge),
    ("type: two states", What.DETECTOR, _two_states),
    ("type: measurement", What.READING, _measurement),
)
_CONTROLS: Final[Rows] = (
    ("controls: open and close a way in", What.COVER, _way_in),
    ("controls: lock and unlock", What.LOCK, lambda it: it.uses >= _LOCKS),
    ("controls: speeds, called a fan", What.FAN, _fan),
    ("controls: open and close, called a valve", What.VALVE, _valve),
    ("controls: on and off, called a siren", What.SIREN, _siren),
    ("controls: open and close, called a cover", What.COVER, _called_cover),
    ("controls: open, close, stop and a position", What.COVER, _motor),
    ("controls: a position, called a cover", What.COVER, _slid_cover),
    ("controls: sensed states", What.DETECTOR, lambda it: it.sensed),
    ("controls: on, off and a level", What.LIGHT, _dimmer),
    ("controls: on and off, marked as a light", What.LIGHT, _light),
    ("controls: on and off, called an outlet", What.OUTLET, _outlet),
    ("controls: on and off", What.SWITCH, _switch),
)
# What can be controlled is none of these.
_HIDDEN: Final[Rows] = (
    ("HomeSeer's own timer or counter", What.TEXT, _clockwork),
    ("plug-in's housekeeping", What.TEXT, _housekeeping),
)
_SHOWN: Final[Rows] = (
    ("type string: a remote", What.REMOTE, _remote),
    ("type string: a button in one of two states", What.DETECTOR, _button),
    ("words: battery", What.BATTERY, _battery),
    ("unit", What.READING, lambda it: it.unit),
    ("type string: two states", What.DETECTOR, _watcher),
    ("words and two states", What.DETECTOR, _named_watcher),
    ("a number without a unit", What.READING, lambda it: it.number is not None),
)
_OFFERED: Final[Rows] = (
    ("controls: a range", What.NUMBER, lambda it: it.slider or _NUMBER in it.types),
    ("controls: a box for a text", What.TEXT_BOX, lambda it: _TEXT in it.types),
    ("controls: a list of texts", What.LIST, lambda it: it.controls.listed),
    ("buttons beside a number", What.READING, _beside_number),
    ("buttons beside a text", What.TEXT, _beside_text),
    ("controls: several", What.CHOICE, lambda it: len(it.plain) > 1),
    ("controls: one", What.BUTTONS, lambda it: it.plain),
)
_PLAINEST: Final[Rows] = (
    ("nothing to show yet", What.TEXT, lambda it: it.empty),
    ("nothing but its text", What.TEXT, lambda _: True),
)
_CONTROLLED: Final = (*_STRUCTURE, *_CONTROLS, *_OFFERED, *_PLAINEST)
ROWS: Final = (*_STRUCTURE, *_CONTROLS, *_HIDDEN, *_SHOWN, *_OFFERED, *_PLAINEST)
# Which one of its like it is.
_DETAILS: dict[What, Callable[[Clues], str]] = {
    What.COVER: Clues.cover_kind,
    What.DETECTOR: Clues.detector,
    What.READING: Clues.measured,
}
# By these, buttons stand beside what is shown.
_WITH_BUTTONS = frozenset({What.DETECTOR, What.READING, What.TEXT, What.BATTERY})


def decide(part: Part) -> Meaning:
    """Return what a feature is, by the first row that applies."""
    clues = Clues(part)
    rows = _CONTROLLED if clues.controlled else ROWS
    row = next(row for row in rows if row[2](clues))
    evidence, what, _ = row
    return Meaning(
        what=what,
        evidence=evidence,
        detail=str(_DETAILS[what](clues)) if what in _DETAILS else None,
        unit=clues.unit if what is What.READING else None,
        hidden=row in _HIDDEN,
        open=what in {What.READING, What.TEXT} and clues.empty,
        buttons=what in _WITH_BUTTONS and bool(clues.plain) and not clues.sensed,
    )
