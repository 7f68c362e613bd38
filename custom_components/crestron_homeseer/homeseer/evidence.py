"""What makes a feature what it is: one table, the surest evidence first.

The owner goes before everything, and then what several features are together; of
one feature alone the first row that applies counts. Structure goes before controls,
these before units and type strings, these before words, and what is shown now never
decides alone. Without evidence it is the plainest thing that is true.
"""

from collections.abc import Callable
from dataclasses import dataclass
import re
from typing import Final

from ..house import words
from ..house.kinds import CoverKind, SensorKind
from .binding import Part
from .clues import MODERN, MOVED, OPENINGS, PLUG_IN, SECURITY, ZONE_WORDS, Clues, fits
from .features import IS_LIGHT, ROOT, ControlType, Use
from .loads import named_speeds
from .sensing import press_of
from .settings import Meaning, What
from .states import OPENING_TEXTS, is_lost


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of evidence: its name, what it is evidence of, and when it is there."""

    name: str
    what: What
    applies: Callable[[Clues], object]
    hidden: bool = False


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
# Many a dimmer is called after the door or the window that it is at.
_WAYS_IN: Final = frozenset(
    {CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR, CoverKind.WINDOW}
)


def _subtype(clues: Clues, subtype: int) -> bool:
    """Return whether it is of a plug-in, and has a command class of Z-Wave."""
    return clues.feature.api == PLUG_IN and clues.feature.subtype == subtype


def _two_states(clues: Clues) -> bool:
    """Two states by type; what can be controlled is none, and neither is a number."""
    if clues.controlled or clues.unit is not None:
        return False
    if clues.typed[:2] == (MODERN, SECURITY):
        return clues.empty or clues.two_state is not None
    typed = clues.typed == (MODERN, 0, 3) or clues.zwave == "sensor"
    notice = _subtype(clues, 113) and _NOTICES.search(clues.type_words)
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


_STRUCTURE = (
    Row("type: security zone", What.DETECTOR, lambda it: it.zone),
    Row(
        "type: central scene",
        What.REMOTE,
        lambda it: (
            it.typed == (MODERN, 0, 1)
            or _subtype(it, 91)
            or "central scene" in it.type_words
        ),
    ),
    Row(
        "type: battery",
        What.BATTERY,
        lambda it: _subtype(it, 128) and not it.controlled,
    ),
    Row("type: two states", What.DETECTOR, _two_states),
    Row("type: measurement", What.READING, _measurement),
)
_CONTROLS = (
    Row(
        "controls: open and close a way in",
        What.COVER,
        # Though their uses be a lock's.
        lambda it: (
            it.opened and it.uses & {Use.LOCK, Use.UNLOCK} and it.cover in _WAYS_IN
        ),
    ),
    Row(
        "controls: lock and unlock",
        What.LOCK,
        lambda it: {Use.LOCK, Use.UNLOCK} <= it.uses,
    ),
    Row("controls: speeds, called a fan", What.FAN, _fan),
    Row("controls: open and close, called a valve", What.VALVE, _valve),
    Row(
        "controls: on and off, called a siren",
        What.SIREN,
        lambda it: it.switched and words.SIREN.search(it.words),
    ),
    Row("controls: open and close, called a cover", What.COVER, _called_cover),
    Row("controls: open, close, stop and a position", What.COVER, _motor),
    Row("controls: a position, called a cover", What.COVER, _slid_cover),
    Row("controls: sensed states", What.DETECTOR, lambda it: it.sensed),
    Row("controls: on, off and a level", What.LIGHT, _dimmer),
    Row(
        "controls: on and off, marked as a light",
        What.LIGHT,
        lambda it: it.switched and (it.feature.misc & IS_LIGHT or it.root == "light"),
    ),
    Row(
        "controls: on and off, called an outlet",
        What.OUTLET,
        lambda it: (
            it.switched and (it.root == "outlet" or words.OUTLET.search(it.words))
        ),
    ),
    Row("controls: on and off", What.SWITCH, _switch),
)
# What can be controlled is none of these.
_SHOWN = (
    Row("HomeSeer's own timer or counter", What.TEXT, _clockwork, hidden=True),
    Row("plug-in's housekeeping", What.TEXT, _housekeeping, hidden=True),
    Row("type string: a remote", What.REMOTE, _remote),
    Row(
        "type string: a button in one of two states",
        What.DETECTOR,
        lambda it: (
            words.BUTTON.search(it.feature.type_string.lower())
            and it.two_state is not None
        ),
    ),
    Row("words: battery", What.BATTERY, _battery),
    Row("unit", What.READING, lambda it: it.unit),
    Row("type string: two states", What.DETECTOR, _watcher),
    Row("words and two states", What.DETECTOR, _named_watcher),
    Row("a number without a unit", What.READING, lambda it: it.number is not None),
)
_OFFERED = (
    Row(
        "controls: a range",
        What.NUMBER,
        lambda it: it.slider or ControlType.NUMBER_BOX in it.types,
    ),
    Row(
        "controls: a box for a text",
        What.TEXT_BOX,
        lambda it: ControlType.TEXT_BOX in it.types,
    ),
    Row("controls: a list of texts", What.LIST, lambda it: it.controls.listed),
    Row("buttons beside a number", What.READING, _beside_number),
    Row("buttons beside a text", What.TEXT, _beside_text),
    Row("controls: several", What.CHOICE, lambda it: len(it.plain) > 1),
    Row("controls: one", What.BUTTONS, lambda it: it.plain),
)
_PLAINEST = (
    Row("nothing to show yet", What.TEXT, lambda it: it.empty),
    Row("nothing but its text", What.TEXT, lambda _: True),
)
ROWS: tuple[Row, ...] = (*_STRUCTURE, *_CONTROLS, *_SHOWN, *_OFFERED, *_PLAINEST)
_CONTROLLED = (*_STRUCTURE, *_CONTROLS, *_OFFERED, *_PLAINEST)
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
    row = next(row for row in rows if row.applies(clues))
    return Meaning(
        what=row.what,
        evidence=row.name,
        detail=str(_DETAILS[row.what](clues)) if row.what in _DETAILS else None,
        unit=clues.unit if row.what is What.READING else None,
        hidden=row.hidden,
        open=row.what in {What.READING, What.TEXT} and clues.empty,
        buttons=row.what in _WITH_BUTTONS and bool(clues.plain) and not clues.sensed,
    )
