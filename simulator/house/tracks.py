"""Values in time: what they were, are, and will be once orders under way are carried out.

Nothing here runs in the background. A value is computed for the moment it is asked for, so
the house is the same whether it is watched often, seldom, or by a clock that jumps.
"""

from bisect import bisect_right, insort
from dataclasses import dataclass

# Older orders are forgotten; far more than any lag or freeze of a test looks back to.
REMEMBERED = 500


@dataclass(slots=True, frozen=True)
class Step[T]:
    """An order: heard at a moment, done after a delay."""

    at: float
    delay: float
    value: T


class Steps[T]:
    """A value that changes at once, or some seconds after it was ordered to.

    An order that comes in while an earlier one is still being carried out takes its place.
    """

    def __init__(self, value: T) -> None:
        self._first = value
        self._steps: list[Step[T]] = []

    def at(self, moment: float) -> T:
        bound = moment
        for step in reversed(self._steps):
            if step.at > bound:
                continue
            if step.at + step.delay <= bound:
                return step.value
            bound = step.at
        return self._first

    def order(self, at: float, value: T, delay: float = 0.0) -> None:
        insort(self._steps, Step(at, delay, value), key=lambda step: step.at)
        if len(self._steps) > REMEMBERED:
            self._first = self._steps.pop(0).value

    def jump(self, at: float, value: T) -> None:
        """Be `value` from `at` on, whatever was ordered for later."""
        self._steps = [step for step in self._steps if step.at <= at]
        self.order(at, value)

    def hold(self, at: float) -> None:
        """Stay as it is at `at`: orders under way and to come are called off."""
        self.jump(at, self.at(at))

    def settled_at(self) -> float:
        return max((step.at + step.delay for step in self._steps), default=0.0)

    def moments(self) -> list[float]:
        """When orders came in or will."""
        return [step.at for step in self._steps]


@dataclass(slots=True)
class Leg:
    """From `at` on the value heads for `target` (None: stays), at `speed` or within `seconds`."""

    at: float
    target: float | None
    speed: float | None = None
    seconds: float | None = None
    start: float = 0.0

    @property
    def end(self) -> float:
        return self.start if self.target is None else self.target

    @property
    def duration(self) -> float:
        distance = abs(self.end - self.start)
        if not distance:
            return 0.0
        if self.speed is not None:
            return distance / self.speed
        return self.seconds or 0.0

    def value(self, moment: float) -> float:
        passed, duration = moment - self.at, self.duration
        if passed >= duration:
            return self.end
        return self.start + (self.end - self.start) * passed / duration

    def velocity(self, moment: float) -> float:
        if moment - self.at >= self.duration:
            return 0.0
        return (self.end - self.start) / self.duration

    def follow(self, start: float, velocity: float) -> None:
        """Begin where the leg before has come to; what is stiff takes over no speed."""
        self.start = start


class Ramp:
    """A number that travels: a shade, a dimmer, the warmth of a room."""

    def __init__(self, value: float) -> None:
        self._first = value
        self._legs: list[Leg] = []

    def _leg(self, moment: float) -> Leg | None:
        index = bisect_right(self._legs, moment, key=lambda leg: leg.at)
        return self._legs[index - 1] if index else None

    def at(self, moment: float) -> float:
        leg = self._leg(moment)
        return self._first if leg is None else leg.value(moment)

    def target(self, moment: float) -> float:
        leg = self._leg(moment)
        return self._first if leg is None else leg.end

    def moving(self, moment: float) -> bool:
        return self.at(moment) != self.target(moment)

    def order(
        self,
        at: float,
        target: float | None,
        *,
        speed: float | None = None,
        seconds: float | None = None,
    ) -> None:
        self.insert(Leg(at, target, speed, seconds))

    def insert(self, leg: Leg) -> None:
        insort(self._legs, leg, key=lambda leg: leg.at)
        # An order that falls between others changes where all later ones start from.
        before: Leg | None = None
        for each in self._legs:
            if before is None:
                each.follow(self._first, 0.0)
            else:
                each.follow(before.value(each.at), before.velocity(each.at))
            before = each
        if len(self._legs) > REMEMBERED:
            self._legs.pop(0)
            self._first = self._legs[0].start

    def jump(self, at: float, value: float) -> None:
        """Be `value` from `at` on, whatever was ordered for later."""
        self._legs = [leg for leg in self._legs if leg.at <= at]
        self.order(at, value)

    def hold(self, at: float) -> None:
        """Stay as it is at `at`: orders under way and to come are called off."""
        self.jump(at, self.at(at))

    def settled_at(self) -> float:
        return self._legs[-1].at + self._legs[-1].duration if self._legs else 0.0

    def moments(self) -> list[float]:
        """When orders came in or will."""
        return [leg.at for leg in self._legs]
