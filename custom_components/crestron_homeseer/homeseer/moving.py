"""What opens and closes: covers and valves."""

from dataclasses import dataclass
from typing import override

from ..house.commands import MoveTo, StopMoving
from ..house.controls import SetValve, Valve
from ..house.devices import Cover, Device
from ..house.hub import AnyCommand
from ..house.kinds import CoverKind, Motion
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_value,
    declined,
    status_of,
    value_of,
)
from .controls import is_on, scale_of
from .features import Use
from .readings import reading
from .states import cover_state, is_gone

PERCENT = 100
_OTHER_WAY = {Motion.OPENING: Motion.CLOSING, Motion.CLOSING: Motion.OPENING}


@dataclass(frozen=True, slots=True)
class CoverTraits:
    """What a cover is, and whether its values run the other way round."""

    kind: CoverKind
    inverted: bool = False


class CoverBinding(Binding):
    """A shade, a garage door or a gate."""

    def __init__(self, facts: Facts, part: Part, traits: CoverTraits) -> None:
        """Take the feature, and what is known of the cover."""
        super().__init__(facts, part)
        self._part = part
        self._traits = traits
        self._slider = part.controls.slider(Use.DIM) or part.controls.slider()

    @override
    def read(self, features: Features) -> Device:
        position, motion = self._state(features)
        return Cover(
            **self.facts,
            kind=self._traits.kind,
            position=position,
            motion=motion,
            can_position=self._slider is not None,
            can_stop=self._part.controls.stops is not None,
        )

    def _state(self, features: Features) -> tuple[float | None, Motion]:
        """Return what the text says, or else the value, as far as it is a state."""
        status, value = status_of(features, self._part), value_of(features, self._part)
        said = cover_state(status)
        if said is None and status and is_gone(status):
            return None, Motion.UNKNOWN
        pair = self._part.controls.at(value)
        if said is None and pair is not None:
            said = cover_state(pair.label)
        position, motion = said or (None, Motion.UNKNOWN)
        if self._traits.inverted:
            position = None if position is None else 1.0 - position
            motion = _OTHER_WAY.get(motion, motion)
        if self._slider is None:
            return (self._percent(status) if said is None else position), motion
        if position is None or self._measured(value):
            position = self._position(value)
        return position, motion

    def _percent(self, status: str) -> float | None:
        """Return how far it is open by a text in percent, though none can be set."""
        number, unit = reading(status)
        if number is None or unit != "%" or not 0 <= number <= PERCENT:
            return None
        closed, opened = self._part.controls.closes, self._part.controls.opens
        up = closed is None or opened is None or closed.value <= opened.value
        return (
            number / PERCENT
            if up is not self._traits.inverted
            else 1 - number / PERCENT
        )

    def _measured(self, value: float | None) -> bool:
        span = self._slider.range if self._slider else None
        return span is not None and value is not None and span.low <= value <= span.high

    def _ends(self) -> tuple[float, float]:
        """Return the raw values of closed and open: the labels decide."""
        span = self._slider.range if self._slider else None
        low, high = (span.low, span.high) if span else (0.0, 1.0)
        controls = self._part.controls
        closes = controls.closes or controls.find(Use.OFF) or controls.find(Use.LOCK)
        opens = controls.opens or controls.find(Use.ON) or controls.find(Use.UNLOCK)
        if closes is not None and opens is not None:
            reversed_range = closes.value > opens.value and opens.value <= high
            low, high = (high, low) if reversed_range else (low, high)
            for end in (closes.value, opens.value):
                # An end just outside of the range is the real end.
                if abs(end - low) <= 1:
                    low = end
                elif abs(end - high) <= 1:
                    high = end
        return (high, low) if self._traits.inverted else (low, high)

    def _position(self, value: float | None) -> float | None:
        if value is None or not self._reachable(value):
            return None
        closed, opened = self._ends()
        return min(max((value - closed) / (opened - closed), 0.0), 1.0)

    def _reachable(self, value: float) -> bool:
        closed, opened = self._ends()
        return min(closed, opened) - 1 <= value <= max(closed, opened) + 1

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case MoveTo(position=position):
                return self._move(position)
            case StopMoving():
                return by_pair(self._part, self._part.controls.stops)
        raise declined()

    def _move(self, position: float) -> list[Action]:
        if position in {0.0, 1.0}:
            controls = self._part.controls
            opens = controls.opens or controls.find(Use.ON) or controls.find(Use.UNLOCK)
            closes = (
                controls.closes or controls.find(Use.OFF) or controls.find(Use.LOCK)
            )
            opening = (position == 1.0) is not self._traits.inverted
            pair = opens if opening else closes
            if pair is not None:
                return by_pair(self._part, pair)
        if self._slider is None or self._slider.range is None:
            raise declined()
        span = self._slider.range
        closed, opened = self._ends()
        wanted = closed + position * (opened - closed)
        steps = round((wanted - span.low) / span.step)
        value = min(max(span.low + steps * span.step, span.low), span.high)
        return [by_value(self._part, value)]


class ValveBinding(Binding):
    """A valve for water or gas: On is open."""

    def __init__(self, facts: Facts, part: Part, *, inverted: bool = False) -> None:
        """Take the feature, and whether the user turned it round."""
        super().__init__(facts, part)
        self._part = part
        self._inverted = inverted
        controls = part.controls
        self._opens = controls.find(Use.ON) or controls.opens
        self._closes = controls.find(Use.OFF) or controls.closes
        if controls.opens is not None and controls.closes is not None:
            self._opens, self._closes = controls.opens, controls.closes
        self._scale = scale_of(controls) if controls.slider() is not None else None

    @override
    def read(self, features: Features) -> Device:
        position, motion = self._state(features)
        if self._inverted:
            position = None if position is None else 1.0 - position
            motion = _OTHER_WAY.get(motion, motion)
        return Valve(
            **self.facts,
            position=position,
            motion=motion,
            can_position=self._scale is not None,
        )

    def _state(self, features: Features) -> tuple[float | None, Motion]:
        status, value = status_of(features, self._part), value_of(features, self._part)
        said = cover_state(status)
        if said is not None:
            return said
        if is_gone(status):
            return None, Motion.UNKNOWN
        if self._scale is not None:
            return self._scale.fraction(value), Motion.STOPPED
        for pair, position in ((self._closes, 0.0), (self._opens, 1.0)):
            if pair is not None and pair.value == value:
                return position, Motion.STOPPED
        on = is_on(self._part.controls, value, status)
        return (None if on is None else float(on)), Motion.UNKNOWN

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetValve):
            raise declined()
        position = 1.0 - command.position if self._inverted else command.position
        if position in {0.0, 1.0} or self._scale is None:
            return by_pair(self._part, self._opens if position else self._closes)
        return [by_value(self._part, self._scale.raw(position))]
