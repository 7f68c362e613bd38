"""Time as the simulated house knows it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
import time
from typing import Protocol


class Timer(Protocol):
    """Something that will happen, and can still be called off."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Tells the seconds, and calls back when they have passed."""

    def now(self) -> float: ...

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer: ...


@dataclass(slots=True, eq=False)
class ManualTimer:
    """A callback that waits for `ManualClock.advance`."""

    when: float
    callback: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass(slots=True)
class ManualClock:
    """Stands still until someone advances it."""

    seconds: float = 0.0
    timers: list[ManualTimer] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    def call_at(self, when: float, callback: Callable[[], None]) -> ManualTimer:
        timer = ManualTimer(when, callback)
        self.timers.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Let time pass; what falls due on the way happens at its own moment."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        end = self.seconds + seconds
        while due := self._due(end):
            timer = min(due, key=lambda timer: timer.when)
            self.timers.remove(timer)
            self.seconds = max(self.seconds, timer.when)
            timer.callback()
        self.seconds = end

    def _due(self, end: float) -> list[ManualTimer]:
        self.timers = [timer for timer in self.timers if not timer.cancelled]
        return [timer for timer in self.timers if timer.when <= end]


class RealClock:
    """Runs by itself, `speed` times as fast as the world outside."""

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("the speed of a clock is above 0")
        self.speed = speed
        self._origin = time.monotonic()

    def now(self) -> float:
        return (time.monotonic() - self._origin) * self.speed

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer:
        delay = max(0.0, when - self.now()) / self.speed
        return asyncio.get_running_loop().call_later(delay, callback)
