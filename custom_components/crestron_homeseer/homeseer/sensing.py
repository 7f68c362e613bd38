"""Sensors with two states, with a reading or with a text, and remotes."""

import re
from typing import Final, override

from ..house.controls import Remote
from ..house.devices import Detector, Device, Sensor
from ..house.kinds import DetectorKind, Gesture, SensorKind
from ..house.words import folded
from .binding import Facts, Features, OwnBinding, Part, switched
from .readings import USUAL_UNITS, reading, reads
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
