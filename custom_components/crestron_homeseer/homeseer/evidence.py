"""What makes a feature what it is: one table, the surest evidence first.

The owner goes before everything, and then what several features are together; of
one feature alone the first row that applies counts. Structure goes before controls,
these before units and type strings, these before words, and what is shown now never
decides alone. Without evidence it is the plainest thing that is true.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..house.kinds import CoverKind, DetectorKind, SensorKind
from ..house.words import FAN, OUTLET
from . import motors, senses
from .clues import LIGHT, OUTLET_ROOT, ZWAVE_BATTERY, ZWAVE_SCENE, Clues
from .features import IS_LIGHT, ControlType, Use
from .loads import named_speeds
from .meaning import Meaning, What
from .topics import BUTTON, HOUSEKEEPING, REMOTE, SIREN, VALVE

type Detail = CoverKind | DetectorKind | SensorKind


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of evidence: its name, what it is evidence of, and when it is there."""

    name: str
    what: What
    applies: Callable[[Clues], object]
    detail: Callable[[Clues], Detail | None] = lambda _: None
    hidden: bool = False


def _remote(clues: Clues) -> bool:
    return (
        clues.typed == (513, 0, 1)
        or clues.zwave == ZWAVE_SCENE
        or (clues.typed[0] == 4 and clues.typed[2] == ZWAVE_SCENE)
        or "central scene" in clues.type_words
    )


def _battery_class(clues: Clues) -> bool:
    zwave = clues.typed[0] == 4 and clues.typed[2] == ZWAVE_BATTERY
    return zwave and not clues.worked


def _locks(clues: Clues) -> bool:
    return Use.LOCK in clues.uses and Use.UNLOCK in clues.uses


def _fan(clues: Clues) -> bool:
    if Use.DIM_FAN in clues.uses:
        return True
    # A thermostat's fan is part of the thermostat.
    if clues.climatic or clues.lamp:
        return False
    if clues.root_type != 2 and FAN.search(clues.words) is None:
        return False
    return clues.switched or clues.slider is not None or bool(named_speeds(clues.part))


def _valve(clues: Clues) -> bool:
    if clues.climatic or clues.lamp or VALVE.search(clues.words) is None:
        return False
    return clues.switched or clues.moved


def _siren(clues: Clues) -> bool:
    return clues.switched and SIREN.search(clues.words) is not None


def _dimmer(clues: Clues) -> bool:
    if clues.controls.slider(Use.DIM) is not None:
        return bool(clues.uses & {Use.ON, Use.OFF})
    called = any(word in clues.words for word in ("dimmer", "multilevel"))
    return clues.slider is not None and clues.switched and (called or clues.lamp)


def _flagged_light(clues: Clues) -> bool:
    flagged = clues.feature.misc & IS_LIGHT or clues.root_type == LIGHT
    return clues.switched and bool(flagged)


def _outlet(clues: Clues) -> bool:
    called = clues.root_type == OUTLET_ROOT or OUTLET.search(clues.words)
    return clues.switched and bool(called)


def _switch(clues: Clues) -> bool:
    """On and Off, and by their labels alone only where nothing else is offered."""
    if clues.switched_by_use:
        return True
    return clues.switched and len(clues.plain) <= 2 + senses.extras(clues)


def _clockwork(clues: Clues) -> bool:
    feature = clues.feature
    if clues.worked or feature.interface:
        return False
    kept = {feature.location.lower(), feature.location2.lower()}
    called = feature.type_string.lower()
    return bool(kept & {"timers", "counters"}) or any(
        word in called for word in ("timer", "counter")
    )


def _housekeeping(clues: Clues) -> bool:
    if clues.worked or not clues.feature.interface:
        return False
    return clues.feature.relationship == 2 or HOUSEKEEPING.search(clues.own) is not None


def _remote_words(clues: Clues) -> bool:
    return (
        not clues.worked
        and REMOTE.search(clues.type_words) is not None
        and senses.is_press(clues.feature.status)
    )


def _button_state(clues: Clues) -> bool:
    """A button that shows whether it is held: its type says so, and its text fits."""
    named = BUTTON.search(clues.feature.type_string.lower()) is not None
    return named and not clues.worked and clues.two_state is not None


_STRUCTURE = (
    Row("type: security zone", What.DETECTOR, senses.zone, senses.zone_kind),
    Row("type: central scene", What.REMOTE, _remote),
    Row("type: battery", What.BATTERY, _battery_class),
    Row("type: two states", What.DETECTOR, senses.typed, senses.detector_kind),
    Row("type: measurement", What.READING, senses.measured_by_type, senses.type_kind),
)
_CONTROLS = (
    Row("controls: open and close a way in", What.COVER, motors.way_in, motors.kind),
    Row("controls: lock and unlock", What.LOCK, _locks),
    Row("controls: speeds, called a fan", What.FAN, _fan),
    Row("controls: open and close, called a valve", What.VALVE, _valve),
    Row("controls: on and off, called a siren", What.SIREN, _siren),
    Row(
        "controls: open and close, called a cover",
        What.COVER,
        motors.called,
        motors.kind,
    ),
    Row(
        "controls: open, close, stop and a position",
        What.COVER,
        motors.motor,
        motors.kind,
    ),
    Row("controls: a position, called a cover", What.COVER, motors.slid, motors.kind),
    Row("controls: sensed states", What.DETECTOR, senses.sensed, senses.detector_kind),
    Row("controls: on, off and a level", What.LIGHT, _dimmer),
    Row("controls: on and off, marked as a light", What.LIGHT, _flagged_light),
    Row("controls: on and off, called an outlet", What.OUTLET, _outlet),
    Row("controls: on and off", What.SWITCH, _switch),
)
_UNITS_AND_WORDS = (
    Row("HomeSeer's own timer or counter", What.TEXT, _clockwork, hidden=True),
    Row("plug-in's housekeeping", What.TEXT, _housekeeping, hidden=True),
    Row("type string: a remote", What.REMOTE, _remote_words),
    Row(
        "type string: a button in one of two states",
        What.DETECTOR,
        _button_state,
        senses.detector_kind,
    ),
    Row("words: battery", What.BATTERY, senses.battery),
    Row("unit", What.READING, senses.in_unit, senses.shown_kind),
    Row(
        "type string: two states",
        What.DETECTOR,
        senses.type_string,
        senses.detector_kind,
    ),
    Row("words and two states", What.DETECTOR, senses.words, senses.detector_kind),
    Row("a number without a unit", What.READING, senses.number, senses.shown_kind),
)
_OFFERED = (
    Row(
        "controls: a range",
        What.NUMBER,
        lambda clues: clues.slider is not None or clues.has(ControlType.NUMBER_BOX),
    ),
    Row(
        "controls: a box for a text",
        What.TEXT_BOX,
        lambda clues: clues.has(ControlType.TEXT_BOX),
    ),
    Row("controls: a list of texts", What.LIST, lambda clues: clues.controls.listed),
    Row(
        "buttons beside a number", What.READING, senses.beside_number, senses.shown_kind
    ),
    Row("buttons beside a text", What.TEXT, senses.beside_text),
    Row("controls: several", What.CHOICE, lambda clues: len(clues.plain) > 1),
    Row("controls: one", What.BUTTONS, lambda clues: clues.plain),
)
_PLAINEST = (
    Row("nothing to show yet", What.TEXT, lambda clues: clues.lost),
    Row("nothing but its text", What.TEXT, lambda _: True),
)
ROWS: tuple[Row, ...] = (
    *_STRUCTURE,
    *_CONTROLS,
    *_UNITS_AND_WORDS,
    *_OFFERED,
    *_PLAINEST,
)
# What has no controls cannot be known by them.
_UNCONTROLLED = (*_STRUCTURE, *_UNITS_AND_WORDS, *_PLAINEST)
# By these, buttons stand beside what is shown.
_WITH_BUTTONS = frozenset({What.DETECTOR, What.READING, What.TEXT, What.BATTERY})


def decide(clues: Clues) -> Meaning:
    """Return what a feature is, by the first row that applies."""
    rows = ROWS if clues.controls.pairs else _UNCONTROLLED
    row = next(row for row in rows if row.applies(clues))
    detail = row.detail(clues)
    return Meaning(
        what=row.what,
        evidence=row.name,
        detail=None if detail is None else str(detail),
        unit=clues.shown[1] if row.what is What.READING else None,
        hidden=row.hidden,
        open=row.what in {What.READING, What.TEXT} and clues.lost,
        buttons=row.what in _WITH_BUTTONS and bool(clues.plain) and not clues.sensed,
    )
