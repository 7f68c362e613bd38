"""Set points and readings of thermostats: raw values ↔ degrees as they are shown."""

from itertools import pairwise

from ..house.devices import SetPoint
from ..house.kinds import SetPointKind, TemperatureUnit
from .binding import Action, Features, Part, by_value, declined, now
from .features import Pair, Use
from .group_words import degrees
from .grouping import Options
from .states import is_gone


def degree_pairs(part: Part) -> dict[float, Pair]:
    """Return the controls of a set point that has one for each degree."""
    found = Options(part, lambda text: degrees(text)[0]).pairs
    return found if len(found) > 1 else {}


def is_set(part: Part) -> bool:
    """Return whether a set point can be set; what nobody can set is a reading."""
    return part.controls.slider() is not None or bool(degree_pairs(part))


def is_plausible(part: Part) -> bool:
    """Return whether a feature can be set to temperatures of a room, in either unit."""
    pair = part.controls.slider()
    if pair is None or pair.range is None:
        return bool(degree_pairs(part))
    low, high = pair.range.shown(pair.range.low), pair.range.shown(pair.range.high)
    return low >= 0 and high <= 130 and pair.range.suffix != "%"


class Point:
    """A set point: one range, or one control for each degree."""

    def __init__(self, role: str, part: Part) -> None:
        """Take the feature that is set."""
        self.kind = SetPointKind(role)
        self.part = part
        use = Use.COOL_SET_POINT if role == "cool" else Use.HEAT_SET_POINT
        pair = part.controls.slider(use) or part.controls.slider()
        self._span = span = pair.range if pair else None
        self._pairs = {} if span else degree_pairs(part)
        if span is not None:
            shown = [span.shown(span.low), span.shown(span.high)]
            # Whole raw values are taken, also where they are parts of a degree.
            self.step = min(10.0**-span.decimals, 1 / span.divisor)
        else:
            shown = sorted(self._pairs)
            self.step = min(high - low for low, high in pairwise(shown))
        self._low, self._high = shown[0], shown[-1]

    @property
    def unit(self) -> TemperatureUnit | None:
        """The unit of its controls, as far as they have one."""
        suffix = f"0 {self._span.suffix}" if self._span else ""
        texts = (suffix, *(pair.label for pair in self.part.controls.pairs))
        units = (degrees(text.replace("(value)", "0"))[1] for text in texts)
        return next(filter(None, units), None)

    def read(self, features: Features) -> SetPoint:
        """Return the set point as its feature shows it."""
        value = self._value(features)
        return SetPoint(kind=self.kind, value=value, low=self._low, high=self._high)

    def _value(self, features: Features) -> float | None:
        """Return the temperature as it is shown: the raw value may be doubled."""
        text, value = now(features, self.part).status, now(features, self.part).value
        shown, span = degrees(text)[0], self._span
        if span is not None and span.divisor != 1 and shown == value:
            shown = None
        if shown is not None or value is None or is_gone(text):
            return shown
        if span is not None:
            known = span.low <= value <= span.high
            return round(span.shown(value), 2) if known else None
        labels = (label for label, pair in self._pairs.items() if pair.value == value)
        return next(labels, None)

    def set(self, wanted: float) -> Action:
        """Return the request for a temperature."""
        if (span := self._span) is not None:
            steps = round((wanted - self._low) / self.step)
            raw = span.low + steps * self.step * span.divisor
            return by_value(self.part, min(max(raw, span.low), span.high))
        nearest = min(self._pairs, key=lambda shown: abs(shown - wanted))
        if abs(nearest - wanted) > self.step:
            raise declined()
        return by_value(self.part, self._pairs[nearest].value)


def measured(
    features: Features, part: Part | None, unit: TemperatureUnit
) -> float | None:
    """Return a temperature in a unit; an empty text leaves the value as it is."""
    text, value = now(features, part).status, now(features, part).value
    shown, own = degrees(text)
    if shown is None:
        return None if text else value
    match own, unit:
        case TemperatureUnit.CELSIUS, TemperatureUnit.FAHRENHEIT:
            return round(shown * 1.8 + 32, 1)
        case TemperatureUnit.FAHRENHEIT, TemperatureUnit.CELSIUS:
            return round((shown - 32) / 1.8, 1)
    return shown


def percent(features: Features, part: Part | None) -> float | None:
    """Return a humidity in percent; what is none is not known."""
    text, value = now(features, part).status, now(features, part).value
    shown = degrees(text.removesuffix("RH").rstrip(" %"))[0]
    found = shown if text else value
    return found if found is not None and 0 <= found <= 100 else None
