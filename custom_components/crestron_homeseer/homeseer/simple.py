"""Sensors, remotes, numbers, texts, choices and buttons: what is read and set as it is."""

import re
from typing import Final, override

from ..house.controls import (
    Choice,
    Number,
    PressButton,
    Remote,
    SelectOption,
    SetNumber,
    SetText,
    TextBox,
)
from ..house.devices import Button, Detector, Device, Sensor
from ..house.hub import AnyCommand
from ..house.kinds import DetectorKind, Gesture, SensorKind
from ..house.words import folded
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    OwnBinding,
    Part,
    by_pair,
    by_text,
    by_value,
    declined,
    switched,
)
from .features import ControlType, Pair, blanks
from .readings import USUAL_UNITS, reading, reads, unit_of
from .settings import Meaning, What
from .states import NOUGHT, is_empty, is_gone, is_lost, plain

# Values where the text says nothing: 22 and 23 are a Z-Wave door's, 5632 and 5633 a
# door handle's, 255 is any alarm's.
_ON_VALUES: Final = frozenset({1.0, 8.0, 22.0, 100.0, 255.0, 5632.0})
_OFF_VALUES: Final = frozenset({0.0, 23.0, 5633.0})
# A battery above 100 is a code for low or unknown.
FULL_BATTERY: Final = 100
_LOW = re.compile(
    r"low|schwach|faible|laag|\blav|\blag\b|baja|scarica|replace|critical"
)


class DetectorBinding(OwnBinding):
    """A sensor with two states."""

    @override
    def read(self, features: Features) -> Device:
        on, kind = self._on(features), DetectorKind(self.meaning.detail or "unknown")
        if on is not None:
            on = on is not self.meaning.inverted
        return Detector(**self.facts, kind=kind, on=on)

    def _on(self, features: Features) -> bool | None:
        """Return what the text says, or else a value that is one of two states."""
        now, controls = self.now(features), self.part.controls
        pair = None if is_gone(now.status) else controls.at(now.value)
        # "Tampering, Product Cover Removed": what follows says more of the same.
        texts = now.status, now.status.partition(",")[0], pair.label if pair else ""
        found = (switched(controls, text) for text in texts if text)
        on = next((each for each in found if each is not None), None)
        if on is not None or is_gone(now.status):
            return on
        if now.value in _ON_VALUES:
            return True
        return False if now.value in _OFF_VALUES else None


class SensorBinding(OwnBinding):
    """A sensor with a reading, or with a text."""

    def __init__(self, facts: Facts, part: Part, meaning: Meaning) -> None:
        """Take the feature, what it measures, and the unit if the text has none."""
        super().__init__(facts, part, meaning)
        self._kind = SensorKind.TEXT
        if meaning.what is What.BATTERY:
            self._kind = SensorKind.BATTERY
        elif meaning.what is What.READING:
            self._kind = SensorKind(meaning.detail or "number")
        usual = USUAL_UNITS.get(self._kind)
        self._unit = meaning.unit if meaning.unit not in {None, "°"} else usual

    @override
    def read(self, features: Features) -> Device:
        now = self.now(features)
        if self._kind is SensorKind.TEXT:
            text = None if is_empty(now.status) else now.status
            return Sensor(**self.facts, kind=self._kind, value=text)
        value, unit = reading(now.status, now.value)
        if unit is not None and (unit, self._kind) != ("°", SensorKind.TEMPERATURE):
            # It is kept for when there is nothing to read.
            self._unit = unit
        if value is None:
            value = _in_words(now.status, now.value)
        if self._kind is SensorKind.BATTERY:
            value = _charge(value, now.value, now.status)
        return Sensor(**self.facts, kind=self._kind, value=value, unit=self._unit)


def _in_words(status: str, raw: float | None) -> float | None:
    """Return the value that a text contains without being a number."""
    if raw == 0 and plain(status) in NOUGHT:
        return 0.0
    if not status:
        # 0 without a text is a value that was never set.
        return raw or None
    if raw is None or is_lost(status):
        return None
    # "Now 21.5 °C" says it; in any other text nobody knows what the value is.
    return raw if reads(status, raw) else None


def _charge(value: float | None, raw: float | None, status: str) -> float | None:
    """Return a battery's charge; what is called low is nearly empty."""
    if value is not None and 0 <= value <= FULL_BATTERY:
        return value
    if raw is None or is_gone(status):
        return None
    low = _LOW.search(folded(status)) is not None
    if 1 < raw < FULL_BATTERY or (raw == FULL_BATTERY and not low):
        return raw
    # "OK" is one of two states, and no charge.
    return 0.0 if low else None


# Remotes

# What a remote shows when nothing is pressed.
_AT_REST: Final = re.compile(
    r"idle|released|none|off|ready|standby|cleared|clear|inactive|normal|unknown|n/a|0"
    r"|no .*|not .*"
)
_TIMES = re.compile(r"\b(\d{1,2}) ?(?:x|times?|taps|presses|clicks)\b")
# A date, or a time of day.
_WHEN = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d(?::\d\d)?")
_MANY: Final = {"double": 2, "twice": 2, "triple": 3}
_BUTTON = re.compile(r"\b(?:scene|button|key|paddle) *#?(\d{1,3})\b")
_NUMBER = re.compile(r"\b(\d{1,3})\b")
_GESTURES: Final = (
    (Gesture.RELEASED, re.compile(r"\b(?:releas|let go)")),
    (Gesture.HELD, re.compile(r"\b(?:held|hold|long)")),
)


def press_of(text: str) -> tuple[int | None, Gesture, int]:
    """Return what a remote's text says: which button, what was done, how often.

    "Scene 2 Key Pressed 2 Times", "Button 4 Held Down": the values behind such texts
    belong to each plug-in alone. What is not understood is a plain press.
    """
    shown = _WHEN.sub(" ", text.lower())
    gesture = next((each for each, texts in _GESTURES if texts.search(shown)), None)
    counted = _TIMES.search(shown)
    times = next((count for name, count in _MANY.items() if name in shown), 1)
    # "2 times" is no button 2.
    rest = _TIMES.sub("", shown)
    button = _BUTTON.search(rest) or _NUMBER.search(rest)
    return (
        None if button is None else int(button[1]),
        gesture or Gesture.PRESSED,
        times if counted is None else max(int(counted[1]), 1),
    )


class RemoteBinding(OwnBinding):
    """A remote or a keypad; the hub counts its presses."""

    presses = 0

    def shown(self, features: Features) -> str:
        """Return what it shows; a label stands in for a text."""
        now = self.now(features)
        pair = self.part.controls.at(now.value)
        return now.status or (pair.label if pair else "")

    def at_rest(self, features: Features) -> bool:
        """Return whether it shows that nothing is pressed."""
        text = self.shown(features).lower().strip(" .-")
        if not text:
            return not self.now(features).value
        return _AT_REST.fullmatch(text) is not None

    def let_go(self, before: Features, now: Features) -> bool:
        """Return whether a key that was held has been released."""
        then, since = press_of(self.shown(before))[1], press_of(self.shown(now))[1]
        return then is Gesture.HELD and since is Gesture.RELEASED

    @override
    def read(self, features: Features) -> Device:
        last = self.shown(features)
        button, gesture, times = press_of(last)
        return Remote(
            **self.facts,
            presses=self.presses,
            last=last or None,
            button=button,
            gesture=gesture,
            times=times,
        )


# What is set

# What takes a number or a text.
BOXES = frozenset({ControlType.NUMBER_BOX, ControlType.TEXT_BOX})


class ButtonBinding(Binding):
    """A control that is pressed."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control."""
        super().__init__(facts, part)
        self._pair = pair

    @override
    def read(self, features: Features) -> Device:
        return Button(**self.facts, label=self._pair.label)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, PressButton):
            raise declined()
        return by_pair(self.part, self._pair)


def entry_of(part: Part) -> Pair | None:
    """Return the control that takes a number or a text."""
    boxes = [pair for pair in part.controls.pairs if pair.type in BOXES]
    return part.controls.slider() or min(
        boxes, key=lambda pair: pair.type, default=None
    )


class EntryBinding(Binding):
    """A control that takes a number or a text."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control."""
        super().__init__(facts, part)
        self._span = pair.range
        # Where it takes a text.
        numeric = pair.range is not None or pair.type is ControlType.NUMBER_BOX
        self._box = None if numeric else pair

    @override
    def read(self, features: Features) -> Device:
        now, span = self.now(features), self._span
        if self._box is not None:
            return TextBox(**self.facts, text=now.status)
        value = None if is_gone(now.status) else now.value
        if span is None:
            # A box takes any number; Home Assistant needs some limit.
            return Number(**self.facts, value=value, low=-1e6, high=1e6, step=0.01)
        if value is None or (value not in span and self.part.controls.at(value)):
            # What is only sent is no number of these.
            value = None
        else:
            value = round(span.shown(value), span.decimals)
        return Number(
            **self.facts,
            value=value,
            low=span.shown(span.low),
            high=span.shown(span.high),
            step=10.0**-span.decimals,
            unit=unit_of(span.suffix) or span.suffix or None,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetNumber(value=value) if self._box is None:
                raw = value if self._span is None else self._span.raw(value)
                return [by_value(self.part, raw)]
            case SetText(text=text) if self._box is not None:
                return [by_text(self.part.ref, self._box, text)]
        raise declined()


class ChoiceBinding(Binding):
    """One of several values with labels, or of a list of texts."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature; of options with the same label the first counts."""
        super().__init__(facts, part)
        self._texts = texts = part.controls.listed
        pairs = part.controls.plain if texts is None else ()
        self._pairs = {pair.label: pair for pair in reversed(pairs)}
        self._values = {pair.value: pair.label for pair in reversed(pairs)}
        labels = [pair.label for pair in pairs] if texts is None else texts.texts
        # Home Assistant wants each option once.
        self.options = tuple(dict.fromkeys(labels))
        folds = {folded(label): label for label in reversed(self.options)}
        self._shown = folds | {blanks(label): label for label in self.options}

    @override
    def read(self, features: Features) -> Device:
        return Choice(**self.facts, option=self.chosen(features), options=self.options)

    def chosen(self, features: Features) -> str | None:
        """Return what is chosen: as the text says, or else by its value."""
        now = self.now(features)
        option = self._shown.get(now.status, self._shown.get(folded(now.status)))
        if option is None and now.value is not None and not is_gone(now.status):
            option = self._values.get(now.value)
        return option

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SelectOption) or command.option not in self.options:
            raise declined()
        if self._texts is not None:
            return [by_text(self.part.ref, self._texts, command.option)]
        return by_pair(self.part, self._pairs[command.option])
