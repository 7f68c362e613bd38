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

PERCENT: Final = 100
_OTHER_WAY: Final = {
    Motion.OPENING: Motion.CLOSING,
    Motion.CLOSING: Motion.OPENING,
}


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
        use = None if pair is None else use_of(pair)
        if self._on_locks is None:
            state = lock_state(now.status, pair.label if pair else "", now.value)
        elif is_gone(now.status) or use not in {Use.ON, Use.OFF}:
            # Unlike a lamp, what is not quite off is not certainly on.
            state = LockState.UNKNOWN
        else:
            locked = (use is Use.ON) is self._on_locks
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


class OpeningBinding(OwnBinding):
    """What opens and closes: a shade, a garage door, a gate or a valve."""

    def __init__(self, facts: Facts, part: Part, meaning: Meaning) -> None:
        """Take the feature, the kind of a cover, and whether its values are inverted."""
        super().__init__(facts, part, meaning)
        cover = meaning.what is What.COVER
        self._kind = CoverKind(meaning.detail or "shade") if cover else None
        self._inverted = meaning.inverted
        own = part.controls
        self._opens = own.opens or own.find(Use.ON) or own.find(Use.UNLOCK)
        self._closes = own.closes or own.find(Use.OFF) or own.find(Use.LOCK)
        slider = own.slider(Use.DIM) or own.slider()
        self._range = None if slider is None else slider.range
        self._closed, self._opened = self._ends()

    def _ends(self) -> tuple[float, float]:
        """Return the raw values of closed and open: the labels decide."""
        low, high = (self._range.low, self._range.high) if self._range else (0.0, 1.0)
        if self._closes is not None and self._opens is not None:
            closes, opens = self._closes.value, self._opens.value
            if closes > opens and opens <= high:
                low, high = high, low
            # A control just outside of the range is its real end.
            closes = closes if abs(closes - low) <= 1 else low
            opens = opens if abs(opens - high) <= 1 else high
            low, high = (closes, opens) if closes != opens else (low, high)
        return (high, low) if self._inverted else (low, high)

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
        pair = self.part.controls.at(now.value)
        found = cover_state(now.status)
        if found is None and is_gone(now.status):
            return None, Motion.UNKNOWN
        if found is None and pair is not None:
            found = cover_state(pair.label)
        position, motion = found or (None, Motion.UNKNOWN)
        if self._inverted:
            position = None if position is None else 1.0 - position
            motion = _OTHER_WAY.get(motion, motion)
        if self._range is not None:
            if position is None or now.value in self._range:
                position = self._position(now.value)
        elif found is None:
            position = self._percent(now)
        return position, motion

    def _percent(self, now: Feature) -> float | None:
        """Return the position of what cannot be set to one, by its text."""
        number, unit = reading(now.status)
        if number is not None and unit == "%" and 0 <= number <= PERCENT:
            return (
                number / PERCENT
                if self._closed < self._opened
                else 1 - number / PERCENT
            )
        on = is_on(self.part.controls, now.value, now.status)
        if self._kind is not None or on is None:
            return None
        return float(on is not self._inverted)

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
        opening = (position == 1.0) is not self._inverted
        pair = self._opens if opening else self._closes
        if position in {0.0, 1.0} and pair is not None:
            return by_pair(self.part, pair)
        if self._range is None:
            raise declined()
        wanted = self._closed + position * (self._opened - self._closed)
        return [by_value(self.part, self._range.nearest(wanted))]
