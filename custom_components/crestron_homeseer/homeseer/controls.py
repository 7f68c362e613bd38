"""Control pairs: values ↔ meaning. Nobody else knows a control value.

Off is not always 0 and On not always the maximum; 255 can mean "the last
level"; ranges start anywhere; labels stand in where a control has no use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..house.words import folded
from .features import ControlType, Pair, Use
from .states import (
    CLOSE_LABELS,
    LOCK_LABELS,
    OFF_LABELS,
    ON_LABELS,
    OPEN_LABELS,
    STOP_LABELS,
    UNLOCK_LABELS,
    is_gone,
    two_state,
)

# What labels mean where HomeSeer does not say what a control is for.
_LABELS = {
    **dict.fromkeys(ON_LABELS, Use.ON),
    **dict.fromkeys(OFF_LABELS, Use.OFF),
    **dict.fromkeys(LOCK_LABELS, Use.LOCK),
    **dict.fromkeys(UNLOCK_LABELS, Use.UNLOCK),
    "play": Use.PLAY,
    "pause": Use.PAUSE,
    "next": Use.NEXT,
    "previous": Use.PREVIOUS,
    "mute": Use.MUTE,
    "unmute": Use.UNMUTE,
}

# What is one value each; a list of texts is none, whatever its type.
_PLAIN = frozenset(
    {
        ControlType.VALUES,
        ControlType.BUTTON,
        ControlType.TEXT_LIST,
        ControlType.RADIO,
        ControlType.RANGE,
        ControlType.OTHER,
    }
)
# What is given a text, and whose value says nothing.
_WRITTEN = frozenset({ControlType.TEXT_BOX, ControlType.COLOR_PICKER})

_SWITCHES = frozenset({Use.ON, Use.OFF, Use.ON_ALTERNATE})
# No dimmer or relay shows more.
BYTE = 255

# An "On" this little above the range is its real end; one far away is a code.
_NEAR_END = 2.0


@dataclass(frozen=True)
class Controls:
    """The controls of one feature; what is made of them is kept, they never change."""

    pairs: tuple[Pair, ...] = ()

    @cached_property
    def uses(self) -> frozenset[Use]:
        """What the controls are for, by use and, without one, by label."""
        return frozenset(use_of(pair) for pair in self.pairs)

    def find(self, use: Use) -> Pair | None:
        """Return the first control for a use; one that says so itself goes first."""
        return next(
            (pair for pair in self.pairs if pair.use is use),
            next((pair for pair in self.pairs if use_of(pair) is use), None),
        )

    def labelled(self, words: Iterable[str]) -> Pair | None:
        """Return the first control whose label is one of some words."""
        wanted = words if isinstance(words, frozenset) else frozenset(words)
        return next((pair for pair in self.pairs if folded(pair.label) in wanted), None)

    @cached_property
    def opens(self) -> Pair | None:
        """What opens a cover."""
        return self.labelled(OPEN_LABELS)

    @cached_property
    def closes(self) -> Pair | None:
        """What closes a cover."""
        return self.labelled(CLOSE_LABELS)

    @cached_property
    def stops(self) -> Pair | None:
        """What stops a cover."""
        return self.labelled(STOP_LABELS)

    def slider(self, use: Use | None = None) -> Pair | None:
        """Return the first control with a range, for a use if one is given."""
        return next(
            (
                pair
                for pair in self.pairs
                if pair.range is not None and (use is None or pair.use is use)
            ),
            None,
        )

    def at(self, value: float | None) -> Pair | None:
        """Return the control without a range that has a value."""
        return next(
            (pair for pair in self.pairs if pair.range is None and pair.value == value),
            None,
        )

    @cached_property
    def plain(self) -> tuple[Pair, ...]:
        """The controls that are one value each, with a label."""
        return tuple(
            pair
            for pair in self.pairs
            if pair.range is None
            and pair.label
            and pair.type in _PLAIN
            and not pair.texts
        )

    @property
    def listed(self) -> Pair | None:
        """The first control that is given one text of a list."""
        return next((pair for pair in self.pairs if pair.texts), None)

    def written(self, text: str) -> Pair | None:
        """Return the first control that is given a text, and takes this one."""
        return next(
            (
                pair
                for pair in self.pairs
                if (text in pair.texts if pair.texts else pair.type in _WRITTEN)
            ),
            None,
        )


def use_of(pair: Pair) -> Use:
    """Return what a control is for."""
    return pair.use or _LABELS.get(folded(pair.label), Use.OTHER)


@dataclass(frozen=True, slots=True)
class Scale:
    """Raw values of a dimmer ↔ fractions: 0.0 is off, all above is on."""

    low: float
    high: float
    step: float
    off: float | None
    on: float | None

    @property
    def _top(self) -> float:
        """The raw value that is full."""
        if self.on is not None and self.high < self.on <= self.high + _NEAR_END:
            return self.on
        return self.high

    @property
    def _coded_off(self) -> bool:
        """Whether Off is only ever sent, and 0 shown."""
        return self.off is not None and self.off > self.high and self.low > 0

    @property
    def _bottom(self) -> float:
        """The raw value that would be nothing."""
        if self.off is not None and self.off <= self.low:
            # Between off and the range may lie codes, or nothing.
            return max(self.off, self.low - self.step)
        return self.low - self.step

    def fraction(self, value: float | None) -> float | None:
        """Return a raw value as a fraction."""
        if value is None:
            return None
        if value == self.off or (value == 0 and self._coded_off):
            return 0.0
        beyond = not self.low <= value <= self.high
        if value >= self._top or (beyond and value == self.on):
            # What lies beyond is on at a level that is not told.
            return 1.0
        if self.off is None and value < self.low:
            return 0.0
        span = self._top - self._bottom
        return min(max((value - self._bottom) / span, self.step / span / 2), 1.0)

    def raw(self, fraction: float) -> float:
        """Return what to send for a fraction; a little never becomes off."""
        if fraction <= 0:
            return self.low if self.off is None else self.off
        wanted = self._bottom + fraction * (self._top - self._bottom)
        if wanted > self.high:
            nearer = self._top if wanted - self.high > self._top - wanted else self.high
            return self._top if fraction >= 1 else nearer
        value = self.low + round((wanted - self.low) / self.step) * self.step
        value = min(max(value, self.low), self.high)
        if value == self.off:
            # A step may be longer than the whole range.
            if value < self.high:
                return min(value + self.step, self.high)
            return max(value - self.step, self.low)
        return value


def scale_of(controls: Controls, use: Use = Use.DIM) -> Scale | None:
    """Return the scale of a dimmer's slider, or None where there is none."""
    pair = controls.slider(use) or controls.slider()
    if pair is None or pair.range is None:
        return None
    off, on = controls.find(Use.OFF), controls.find(Use.ON)
    # A range that begins at 0 needs no control to be off.
    nothing = 0.0 if pair.range.low == 0 else None
    return Scale(
        low=pair.range.low,
        high=pair.range.high,
        step=pair.range.step,
        off=nothing if off is None else off.value,
        on=None if on is None else on.value,
    )


def is_on(controls: Controls, value: float | None, status: str = "") -> bool | None:
    """Return whether something is on: by its text, then by a value that is a status.

    Off need not be 0, and a control's value need not be one that is ever shown: of
    what is sent with 1000 and 1001, 0 is off.
    """
    off, on = controls.find(Use.OFF), controls.find(Use.ON)
    if status:
        if (said := _said(controls, status)) is not None:
            return said
        if is_gone(status):
            return None
    if value is None:
        return None
    if on is not None and value == on.value:
        return True
    if off is None:
        return None
    if value == off.value:
        return False
    ends = [off.value, *([] if on is None else [on.value])]
    if all(0 <= end <= BYTE for end in ends):
        # Between the ends, and at whatever level: it is not off.
        return True if 0 <= value <= BYTE else None
    if min(ends) > BYTE or max(ends) < 0:
        return value > 0 if 0 <= value <= BYTE else None
    return True if min(ends) <= value <= max(ends) else None


def _said(controls: Controls, status: str) -> bool | None:
    """Return what a text says: one that is a label says what that control does."""
    words = folded(status)
    for pair in controls.pairs:
        if pair.range is None and folded(pair.label) == words:
            use = use_of(pair)
            if use in _SWITCHES:
                return use is not Use.OFF
    return two_state(status)
