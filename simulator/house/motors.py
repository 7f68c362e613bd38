"""Motors that are not perfect: they hear late, gather speed, brake, and change with time."""

from dataclasses import dataclass, field
import math
import random
from typing import override

from .tracks import Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Motor:
    """How a shade is driven; by default at once, at full speed, always the same.

    `lag` is how long any order takes to work, in seconds, and `unsteady` the part by which
    that differs from order to order; `ramp` is how long the motor takes to its full speed,
    and from it to a stop; `drift` how much faster or slower than usual it may be, as a part
    of its speed. The same seed does the same things.
    """

    lag: float = 0.0
    unsteady: float = 0.0
    ramp: float = 0.0
    drift: float = 0.0
    seed: int = 0

    def lag_of(self, order: int) -> float:
        """How long the order of a number takes to work, in seconds."""
        return self.lag * self._about(f"{self.seed} lag {order}", self.unsteady)

    def pace(self, run: int) -> float:
        """How fast it is in the run of a number, as a part of its usual speed."""
        return self._about(f"{self.seed} pace {run}", self.drift)

    def _about(self, what: str, most: float) -> float:
        return 1.0 + random.Random(what).uniform(-most, most)


@dataclass(slots=True)
class Glide(Leg):
    """A leg that gathers speed and brakes; it turns if its target lies too near to stop at.

    `ramp` is the seconds to full speed and back, and `speed` that full speed.
    """

    ramp: float = 0.0
    # Where it comes to rest, also if it only brakes.
    rest: float = 0.0
    # From when on, where, how fast, and how the speed changes.
    parts: list[tuple[float, float, float, float]] = field(default_factory=list)

    @override
    def follow(self, start: float, velocity: float) -> None:
        self.start = start
        top = self.speed or 1.0
        rate = top / self.ramp
        braked = start + velocity * abs(velocity) / (2 * rate)
        # A motor has a stop at either end.
        braked = min(max(braked, 0.0), 1.0)
        self.rest = braked if self.target is None else self.target
        way = (
            1.0
            if self.rest > braked or (velocity > 0 and self.rest == braked)
            else -1.0
        )
        distance, towards = way * (self.rest - start), way * velocity
        peak = min(top, math.sqrt(max(0.0, rate * distance + towards**2 / 2)))
        gain = rate if peak >= towards else -rate
        gathering, braking = abs(peak - towards) / rate, peak / rate
        used = (peak + towards) / 2 * gathering + peak / 2 * braking
        cruise = max(0.0, distance - used) / peak if peak else 0.0
        self.parts = []
        moment, place, speed = 0.0, start, velocity
        for seconds, change in (
            (gathering, way * gain),
            (cruise, 0.0),
            (braking, -way * rate),
        ):
            self.parts.append((moment, place, speed, change))
            place += speed * seconds + change * seconds**2 / 2
            speed += change * seconds
            moment += seconds
        self.seconds = moment

    @property
    @override
    def end(self) -> float:
        return self.rest

    @property
    @override
    def duration(self) -> float:
        return self.seconds or 0.0

    @override
    def value(self, moment: float) -> float:
        passed = moment - self.at
        if passed >= self.duration:
            return self.end
        begun, place, speed, change = self._part(passed)
        passed -= begun
        return min(max(place + speed * passed + change * passed**2 / 2, 0.0), 1.0)

    @override
    def velocity(self, moment: float) -> float:
        passed = moment - self.at
        if passed >= self.duration:
            return 0.0
        begun, _, speed, change = self._part(passed)
        return speed + change * (passed - begun)

    def _part(self, passed: float) -> tuple[float, float, float, float]:
        return [part for part in self.parts if part[0] <= passed][-1]
