"""How a feature is controlled, and how its value reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
import re


class Use(IntEnum):
    """What a control is for, if its maker said so."""

    NONE = 0
    ON = 1
    OFF = 2
    DIM = 3
    ON_ALTERNATE = 4
    PLAY = 5
    PAUSE = 6
    STOP = 7
    REPEAT = 10
    SHUFFLE = 11
    HEAT_SET_POINT = 12
    COOL_SET_POINT = 13
    MODE_OFF = 14
    MODE_HEAT = 15
    MODE_COOL = 16
    MODE_AUTO = 17
    LOCK = 18
    UNLOCK = 19
    FAN_AUTO = 20
    FAN_ON = 21
    COLOR = 22
    DIM_FAN = 23
    MUTE = 28
    UNMUTE = 29
    MUTE_TOGGLE = 30
    NEXT = 31
    PREVIOUS = 32
    VOLUME = 33


class Kind(IntEnum):
    """How a control looks to people."""

    VALUES = 2
    TEXT_FROM_LIST = 3
    BUTTON = 5
    RANGE = 6
    SLIDER = 7
    NUMBER_BOX = 9
    TEXT_BOX = 10
    COLOR_PICKER = 13


# Kinds that are given a text; their value says nothing.
TEXT_KINDS = (Kind.TEXT_FROM_LIST, Kind.TEXT_BOX, Kind.COLOR_PICKER)


@dataclass(frozen=True, slots=True)
class Words:
    """What one value reads as."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """What the values of a range read as."""

    start: float
    end: float
    prefix: str = ""
    suffix: str = ""
    decimals: int = 0
    offset: float = 0
    # 0 divides by nothing.
    divisor: float = 0

    def holds(self, value: float) -> bool:
        return self.start <= value <= self.end

    def text(self, value: float) -> str:
        shown = (value - self.offset) / (self.divisor or 1)
        return f"{self.prefix}{shown:.{self.decimals}f}{self.suffix}"

    def parse(self, text: str) -> float | None:
        """Find the value that reads as a text."""
        pattern = f"{re.escape(self.prefix)}(-?[0-9.]+){re.escape(self.suffix)}"
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if found is None or found[1].count(".") > 1 or found[1].strip("-.") == "":
            return None
        value = float(found[1]) * (self.divisor or 1) + self.offset
        return value if self.holds(value) else None


type Reading = Words | Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A control pair: a label, and the value that goes out under it."""

    label: str
    value: float = 0
    use: Use = Use.NONE
    kind: Kind = Kind.BUTTON
    span: Span | None = None
    choices: tuple[str, ...] = ()
    row: int = 0
    column: int = 0

    def takes(self, value: float) -> bool:
        if self.kind is Kind.NUMBER_BOX:
            return True
        return value == self.value if self.span is None else self.span.holds(value)

    def value_of(self, label: str) -> float | None:
        """Find the value that a label stands for, if it is one of this pair's."""
        if label.strip().lower() == self.label.strip().lower():
            return self.value
        return None if self.span is None else self.span.parse(label)


def button(label: str, value: float, use: Use = Use.NONE) -> Pair:
    """Make a button."""
    return Pair(label, value, use)


def choice(label: str, value: float, use: Use = Use.NONE) -> Pair:
    """Make an entry of a drop-down list."""
    return Pair(label, value, use, Kind.VALUES)


def slider(span: Span, use: Use = Use.NONE, *, kind: Kind = Kind.SLIDER) -> Pair:
    """Make the control of a range; its value is where the range starts."""
    return Pair(f"{span.prefix}(value){span.suffix}", span.start, use, kind, span)


def laid_out(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Give controls without a place theirs: side by side."""
    return tuple(
        pair if pair.row else replace(pair, row=1, column=column)
        for column, pair in enumerate(pairs, 1)
    )


def read_as(readings: Sequence[Reading], value: float) -> str:
    """Say what a value reads as; a single value goes before a range."""
    for reading in readings:
        if isinstance(reading, Words) and reading.value == value:
            return reading.text
    for reading in readings:
        if isinstance(reading, Span) and reading.holds(value):
            return reading.text(value)
    return f"{value:g}"


def readings_of(pairs: Iterable[Pair]) -> tuple[Reading, ...]:
    """Let values read as the controls that set them."""
    return tuple(
        Words(pair.value, pair.label) if pair.span is None else pair.span
        for pair in pairs
        if pair.kind not in (*TEXT_KINDS, Kind.NUMBER_BOX)
    )


def find_pair(pairs: Iterable[Pair], value: float) -> Pair | None:
    """Find the control that sends a value; a single value goes before a range."""
    taking = [pair for pair in pairs if pair.kind not in TEXT_KINDS]
    taking = [pair for pair in taking if pair.takes(value)]
    return min(taking, key=lambda pair: pair.span is not None, default=None)
