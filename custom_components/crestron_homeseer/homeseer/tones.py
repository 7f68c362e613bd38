"""Tones of white: a feature beside a dimmer, in kelvin or in mireds."""

from dataclasses import dataclass
import re
from typing import Final, Self

from .binding import Action, Features, Part, by_value, value_of
from .features import Range

_WORDS: Final = re.compile(
    r"colou?r ?temp|farbtemp|kleurtemp|fargetemp|färgtemp|farvetemp|temp\w* de coul"
    r"|temperatura (?:de|del) colo|\bcct\b|white (?:tone|temp)|kelvin|mired"
)
# Lamps are between candles and a blue sky; mireds are a million through kelvin.
_KELVIN: Final = (1000.0, 12000.0)
_MIREDS: Final = (80.0, 1000.0)
_MILLION: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Tones:
    """Raw values of a feature ↔ kelvin."""

    part: Part
    range: Range
    mireds: bool

    @classmethod
    def of(cls, part: Part | None) -> Self | None:
        """Return the tones of a feature; None where it has none that are sure."""
        pair = part.controls.slider() if part is not None else None
        if part is None or pair is None or pair.range is None:
            return None
        span = pair.range
        low, high = span.shown(span.low), span.shown(span.high)
        suffix = span.suffix.lower().strip(" °")
        named = _WORDS.search(f"{part.feature.name} {part.feature.type_string}".lower())
        if suffix in {"k", "kelvin"} or (named and suffix in {"", "(kelvin)"}):
            if _KELVIN[0] <= low and high <= _KELVIN[1]:
                return cls(part, span, mireds=False)
        if suffix in {"mired", "mireds", "mirek"} or (named and not suffix):
            if _MIREDS[0] <= low and high <= _MIREDS[1]:
                return cls(part, span, mireds=True)
        return None

    @property
    def ends(self) -> tuple[int, int]:
        """The warmest and the coldest white."""
        ends = (self._kelvin(self.range.low), self._kelvin(self.range.high))
        return min(ends), max(ends)

    def _kelvin(self, raw: float) -> int:
        shown = self.range.shown(raw)
        return round(_MILLION / shown if self.mireds else shown)

    def read(self, features: Features) -> int | None:
        """Return the tone that is shown; a value that is none is not known."""
        raw = value_of(features, self.part)
        known = raw is not None and self.range.low <= raw <= self.range.high
        return self._kelvin(raw) if known and raw is not None else None

    def set(self, kelvin: int) -> Action:
        """Return the request for a tone."""
        shown = _MILLION / kelvin if self.mireds else float(kelvin)
        return by_value(self.part, self.range.raw(shown))
