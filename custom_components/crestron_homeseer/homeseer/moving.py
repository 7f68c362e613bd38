"""What opens, closes and locks: covers, valves and locks."""

from typing import Final, override

from ..house.commands import MoveTo, SetLocked, StopMoving
from ..house.controls import SetValve, Valve
from ..house.devices import Cover, Device, Lock
from ..house.hub import AnyCommand
from ..house.kinds import CoverKind, LockState, Motion
from .binding import (
    Action,
    Facts,
    Features,
    OwnBinding,
    Part,
    by_pair,
    by_use,
    by_value,
    declined,
    is_on,
    use_of,
)
from .features import Feature, Use
from .readings import reading
from .settings import Meaning, What
from .states import cover_state, is_gone, lock_state


class LockBinding(OwnBinding):
    """A door lock, or a relay that works one."""

    def __init__(self, facts: Facts, part: Part, meaning: Meaning) -> None:
        """Take the feature, and whether the On of a relay locks."""
        super().__init__(facts, part, meaning)
        # Lock and Unlock among the controls leave no question.
        known = part.controls.uses & {Use.LOCK, Use.UNLOCK}
        self._on_locks = None if known else not meaning.inverted

    @override
    def read(self, features: Features) -> Device:
        now = self.now(features)
        pair = self.part.controls.at(now.value)
        if self._on_locks is None:
            state = lock_state(now.status, pair.label if pair else "", now.value)
        elif pair is None or use_of(pair) not in {Use.ON, Use.OFF}:
            # Unlike a lamp, what is not quite off is not certainly on.
            state = LockState.UNKNOWN
        elif is_gone(now.status):
            state = LockState.UNKNOWN
        else:
            locked = (use_of(pair) is Use.ON) is self._on_locks
            state = LockState.LOCKED if locked else LockState.UNLOCKED
        return Lock(**self.facts, state=state)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetLocked):
            raise declined()
        if self._on_locks is not None:
            on = command.locked is self._on_locks
            return by_use(self.part, Use.ON if on else Use.OFF)
        return by_use(self.part, Use.LOCK if command.locked else Use.UNLOCK)


# Covers and valves

PERCENT: Final = 100
_OTHER_WAY: Final = {
    Motion.OPENING: Motion.CLOSING,
    Motion.CLOSING: Motion.OPENING,
}


class OpeningBinding(OwnBinding):
    """What opens and closes: a shade, a garage door, a gate or a valve."""

    def __init__(self, facts: Facts, part: Part, meaning: Meaning) -> None:
        """Take the feature, the kind of a cover, and whether its values are inverted."""
        super().__init__(facts, part, meaning)
        cover = meaning.what is What.COVER
        self._kind = CoverKind(meaning.detail or "shade") if cover else None
        self._inverted = meaning.inverted
        controls = part.controls
        self._opens = (
            controls.opens or controls.find(Use.ON) or controls.find(Use.UNLOCK)
        )
        self._closes = (
            controls.closes or controls.find(Use.OFF) or controls.find(Use.LOCK)
        )
        slider = controls.slider(Use.DIM) or controls.slider()
        self._range = None if slider is None else slider.range
        self._closed, self._opened = self._ends()

    def _ends(self) -> tuple[float, float]:
        """Return the raw values of closed and open: the labels decide."""
        low, high = (self._range.low, self._range.high) if self._range else (0.0, 1.0)
        ends = low, high
        if self._closes is not None and self._opens is not None:
            closes, opens = self._closes.value, self._opens.value
            if closes > opens and opens <= high:
                ends = high, low
            # A control just outside of the range is its real end.
            near = tuple(
                own if abs(own - end) <= 1 else end
                for own, end in zip((closes, opens), ends, strict=True)
            )
            ends = (near[0], near[1]) if near[0] != near[1] else ends
        return (ends[1], ends[0]) if self._inverted else ends

    @override
    def read(self, features: Features) -> Device:
        position, motion = self._state(self.now(features))
        shown = self.facts | {"position": position, "motion": motion}
        shown["can_position"] = self._range is not None
        if self._kind is None:
            return Valve(**shown)
        can_stop = self.part.controls.stops is not None
        return Cover(**shown, kind=self._kind, can_stop=can_stop)

    def _state(self, now: Feature) -> tuple[float | None, Motion]:
        """Return the state by the text, or else by the value as far as it is a state."""
        found = cover_state(now.status)
        if found is None:
            if is_gone(now.status):
                return None, Motion.UNKNOWN
            pair = self.part.controls.at(now.value)
            found = None if pair is None else cover_state(pair.label)
        position, motion = found or (None, Motion.UNKNOWN)
        if self._inverted:
            position = None if position is None else 1.0 - position
            motion = _OTHER_WAY.get(motion, motion)
        if self._range is not None:
            if position is None or now.value in self._range:
                position = self._position(now.value)
        elif found is None:
            position = self._percent(now.status)
        if position is None and found is None and self._kind is None:
            on = is_on(self.part.controls, now.value, now.status)
            position = None if on is None else float(on is not self._inverted)
        return position, motion

    def _percent(self, status: str) -> float | None:
        """Return the position that a text gives in percent, though none can be set."""
        number, unit = reading(status)
        if number is None or unit != "%" or not 0 <= number <= PERCENT:
            return None
        position = number / PERCENT
        return position if self._closed < self._opened else 1 - position

    def _position(self, value: float | None) -> float | None:
        low, high = sorted((self._closed, self._opened))
        if value is None or not low - 1 <= value <= high + 1:
            return None
        position = (value - self._closed) / (self._opened - self._closed)
        return min(max(position, 0.0), 1.0)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case MoveTo(position=position) if self._kind is not None:
                return self._move(position)
            case SetValve(position=position) if self._kind is None:
                return self._move(position)
            case StopMoving() if self._kind is not None:
                return by_pair(self.part, self.part.controls.stops)
        raise declined()

    def _move(self, position: float) -> list[Action]:
        if position in {0.0, 1.0}:
            opening = (position == 1.0) is not self._inverted
            pair = self._opens if opening else self._closes
            if pair is not None:
                return by_pair(self.part, pair)
        if self._range is None:
            raise declined()
        wanted = self._closed + position * (self._opened - self._closed)
        return [by_value(self.part, self._range.nearest(wanted))]
