"""Set points and readings of thermostats: raw values ↔ degrees as they are shown."""

import itertools

from ..house.kinds import SetPointKind, TemperatureUnit
from .binding import Action, Features, Part, by_value, declined, status_of, value_of
from .climate_parts import degree_pairs
from .climate_words import degrees, says_nothing
from .features import Use


class Point:
    """A set point: one range, or one control for each degree."""

    def __init__(self, kind: SetPointKind, part: Part, use: Use) -> None:
        """Take the feature that is set."""
        self.kind = kind
        self.part = part
        pair = part.controls.slider(use) or part.controls.slider()
        self.span = pair.range if pair else None
        self.pairs = {} if self.span else degree_pairs(part)

    @property
    def low(self) -> float:
        """The lowest temperature that it takes."""
        return self.span.shown(self.span.low) if self.span else min(self.pairs)

    @property
    def high(self) -> float:
        """The highest temperature that it takes."""
        return self.span.shown(self.span.high) if self.span else max(self.pairs)

    @property
    def step(self) -> float:
        """What lies between two temperatures that it takes."""
        if self.span is not None:
            # Whole raw values are taken, also where they are parts of a degree.
            whole = 1 / self.span.divisor
            return min(10.0**-self.span.decimals, whole)
        shown = sorted(self.pairs)
        return min(b - a for a, b in itertools.pairwise(shown))

    @property
    def unit(self) -> TemperatureUnit | None:
        """The unit that its controls are in, as far as they say."""
        suffix = f"0 {self.span.suffix}" if self.span else ""
        texts = (suffix, *(pair.label for pair in self.part.controls.pairs))
        units = (degrees(text.replace("(value)", "0"))[1] for text in texts)
        return next((unit for unit in units if unit is not None), None)

    def value(self, features: Features) -> float | None:
        """Return the temperature as it is shown: the raw value may be doubled."""
        text, value = status_of(features, self.part), value_of(features, self.part)
        shown = degrees(text)[0]
        if self.span is not None and shown == value and value is not None:
            shown = None if self.span.divisor != 1 else shown
        if shown is not None or value is None or says_nothing(text):
            return shown
        if self.span is not None:
            known = self.span.low <= value <= self.span.high
            return round(self.span.shown(value), 2) if known else None
        labels = (label for label, pair in self.pairs.items() if pair.value == value)
        return next(labels, None)

    def set(self, wanted: float) -> Action:
        """Return the request for a temperature."""
        if self.span is not None:
            span = self.span
            steps = round((wanted - self.low) / self.step)
            raw = span.low + steps * self.step * span.divisor
            return by_value(self.part, min(max(raw, span.low), span.high))
        nearest = min(self.pairs, key=lambda shown: abs(shown - wanted))
        if abs(nearest - wanted) > self.step:
            raise declined()
        return by_value(self.part, self.pairs[nearest].value)


def measured(
    features: Features, part: Part | None, unit: TemperatureUnit
) -> float | None:
    """Return a temperature in a unit; an empty text leaves the value as it is."""
    text, value = status_of(features, part), value_of(features, part)
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
    text, value = status_of(features, part), value_of(features, part)
    shown = degrees(text.strip().removesuffix("RH").rstrip(" %"))[0]
    found = shown if text else value
    return found if found is not None and 0 <= found <= 100 else None
