"""Lights, switches, fans, locks and covers."""

from dataclasses import dataclass
from typing import override

from ..house.commands import MoveTo, SetColor, SetLevel, SetLocked, SetSpeed, StopMoving
from ..house.controls import SetSwitch, Switch
from ..house.devices import Cover, Device, Fan, Light, Lock
from ..house.hub import AnyCommand
from ..house.kinds import CoverKind, LockState, Motion
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_text,
    by_use,
    by_value,
    declined,
    status_of,
    value_of,
)
from .controls import Scale, is_on, scale_of
from .features import Pair, Use
from .words import COVER_WORDS, color_of, lock_state

# A fan whose speeds have names, the slowest first.
_SPEED_NAMES = (
    ("low", "slow"),
    ("medium", "med"),
    ("high", "fast"),
)
_LOCKS = {
    True: LockState.LOCKED,
    False: LockState.UNLOCKED,
    None: LockState.UNKNOWN,
}
_OTHER_WAY = {Motion.OPENING: Motion.CLOSING, Motion.CLOSING: Motion.OPENING}


class SwitchBinding(Binding):
    """Something with On and Off."""

    def __init__(self, facts: Facts, part: Part, *, outlet: bool = False) -> None:
        """Take the feature; `outlet` where things are plugged in."""
        super().__init__(facts, part)
        self._part = part
        self._outlet = outlet

    @override
    def read(self, features: Features) -> Device:
        on = is_on(self._part.controls, value_of(features, self._part))
        return Switch(**self.facts, on=on, outlet=self._outlet)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSwitch):
            raise declined()
        return by_use(self._part, Use.ON if command.on else Use.OFF)


class LightBinding(Binding):
    """A dimmer or a switched light, perhaps with a colour feature beside it."""

    def __init__(self, facts: Facts, part: Part, color: Part | None = None) -> None:
        """Take the feature that dims, and the one that has the colour."""
        super().__init__(facts, part, color)
        self._part = part
        self._color = color
        self._scale = scale_of(part.controls)

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        if self._scale is not None:
            level = self._scale.fraction(value)
        else:
            on = is_on(self._part.controls, value)
            level = None if on is None else float(on)
        return Light(
            **self.facts,
            level=level,
            dimmable=self._scale is not None,
            colored=self._color is not None,
            color=color_of(status_of(features, self._color)),
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetLevel(level=level):
                return self._set_level(level)
            case SetColor(color=color) if self._color is not None:
                pair = self._color.controls.find(Use.COLOR)
                text = "{:02x}{:02x}{:02x}".format(*color)
                return [by_text(self._color.ref, pair, text)]
        raise declined()

    def _set_level(self, level: float) -> list[Action]:
        if level <= 0:
            return _switch_off(self._part, self._scale)
        if self._scale is not None:
            return [by_value(self._part, self._scale.raw(min(level, 1.0)))]
        return by_use(self._part, Use.ON)


def _switch_off(part: Part, scale: Scale | None) -> list[Action]:
    off = None if scale is None else scale.off
    if off is not None and part.controls.find(Use.OFF) is None:
        return [by_value(part, off)]
    return by_use(part, Use.OFF)


class FanBinding(Binding):
    """A fan with a range of speeds, or with speeds that have names."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature."""
        super().__init__(facts, part)
        self._part = part
        self._scale: Scale | None = scale_of(part.controls, Use.DIM_FAN)
        self._names = named_speeds(part)

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        speed = self._named(value) if self._names else None
        if speed is None and self._scale is not None:
            # Somebody may have set it between two speeds that have names.
            speed = self._scale.fraction(value)
        elif not self._names:
            on = is_on(self._part.controls, value)
            speed = None if on is None else float(on)
        return Fan(**self.facts, speed=speed, speeds=self._count())

    def _count(self) -> int:
        if self._names:
            return len(self._names)
        return 100 if self._scale is not None else 1

    def _named(self, value: float | None) -> float | None:
        if value is None:
            return None
        for place, pair in enumerate(self._names, start=1):
            if pair.value == value:
                return place / len(self._names)
        off = self._part.controls.find(Use.OFF)
        return 0.0 if off is not None and off.value == value else None

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSpeed):
            raise declined()
        if command.speed <= 0:
            return _switch_off(self._part, self._scale)
        if self._names:
            place = max(round(command.speed * len(self._names)), 1)
            return by_pair(self._part, self._names[place - 1])
        if self._scale is not None:
            return [by_value(self._part, self._scale.raw(command.speed))]
        return by_use(self._part, Use.ON)


def named_speeds(part: Part) -> tuple[Pair, ...]:
    """Return the controls for Low, Medium and High; none unless there are two."""
    found = [part.controls.labelled(names) for names in _SPEED_NAMES]
    pairs = tuple(pair for pair in found if pair is not None)
    return pairs if len(pairs) > 1 else ()


class LockBinding(Binding):
    """A door lock, or a relay that works one."""

    def __init__(
        self, facts: Facts, part: Part, *, on_locks: bool | None = None
    ) -> None:
        """Take the feature, and whether its On locks, as the user says of a relay."""
        super().__init__(facts, part)
        self._part = part
        # What can lock and unlock says itself what it does.
        known = part.controls.uses & {Use.LOCK, Use.UNLOCK}
        self._on_locks = None if known else on_locks

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        pair = self._part.controls.at(value)
        if self._on_locks is not None:
            # Unlike a lamp, what is not quite off is not certainly on.
            locked = None
            if pair is not None and pair.use in {Use.ON, Use.OFF}:
                locked = (pair.use is Use.ON) is self._on_locks
            return Lock(**self.facts, state=_LOCKS[locked])
        label = pair.label if pair is not None else ""
        state = lock_state(status_of(features, self._part), label, value)
        return Lock(**self.facts, state=state)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetLocked):
            raise declined()
        if self._on_locks is not None:
            on = command.locked is self._on_locks
            return by_use(self._part, Use.ON if on else Use.OFF)
        return by_use(self._part, Use.LOCK if command.locked else Use.UNLOCK)


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
        status = status_of(features, self._part).lower()
        value = value_of(features, self._part)
        pair = self._part.controls.at(value)
        says = COVER_WORDS.get(status) or (
            COVER_WORDS.get(pair.label.lower()) if pair else None
        )
        position, motion = says or (None, Motion.UNKNOWN)
        if self._traits.inverted:
            position = None if position is None else 1.0 - position
            motion = _OTHER_WAY.get(motion, motion)
        if self._slider is not None and (position is None or self._measured(value)):
            position = self._position(value)
        return Cover(
            **self.facts,
            kind=self._traits.kind,
            position=position,
            motion=motion,
            can_position=self._slider is not None,
            can_stop=self._part.controls.stops is not None,
        )

    def _measured(self, value: float | None) -> bool:
        span = self._slider.range if self._slider else None
        return span is not None and value is not None and span.low <= value <= span.high

    def _ends(self) -> tuple[float, float]:
        """Return the raw values of closed and open: the labels decide."""
        span = self._slider.range if self._slider else None
        low, high = (span.low, span.high) if span else (0.0, 1.0)
        controls = self._part.controls
        closes = controls.closes or controls.find(Use.OFF)
        opens = controls.opens or controls.find(Use.ON)
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
            opens = controls.opens or controls.find(Use.ON)
            closes = controls.closes or controls.find(Use.OFF)
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
