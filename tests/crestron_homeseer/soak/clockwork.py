"""How time passes for Home Assistant and the simulated houses alike, and fast."""

import asyncio
import time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from simulator.clock import ManualClock

# Nothing is missed by stepping from timer to timer; but not a hair's breadth at a time.
SHORTEST = 0.1
# What is nearer than this is now: times that are sums of steps differ by a rounding.
INSTANT = 1e-6
# What the houses do by themselves within one step is told all at once.
LONGEST_BUSY = 1.0
LONGEST_IDLE = 5.0
# So many turns of the loop without anything to do: nothing is on its way on a socket.
QUIET_TURNS = 5
MOST_TURNS = 20_000
# A thread writes a file; it takes real time, and the loop's own stands still.
THREAD_SECONDS = 0.001


class Clockwork:
    """Moves all clocks on, from one thing that is due to the next."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
    ) -> None:
        self._hass = hass
        self._freezer = freezer
        self._clock = clock
        self._loop: Any = hass.loop
        # Whether something is under way that is better watched closely.
        self.busy_until = 0.0

    def now(self) -> float:
        """Return the seconds since the beginning."""
        return self._clock.now()

    def busy(self, seconds: float) -> None:
        """Look closely for some time."""
        self.busy_until = max(self.busy_until, self.now() + seconds)

    async def wait_until(self, moment: float) -> None:
        """Let time pass until a moment."""
        while (left := moment - self.now()) > INSTANT:
            step = min(self._step(), left)
            self._clock.advance(step)
            self._freezer.tick(step)
            await self.settle()

    def _step(self) -> float:
        longest = LONGEST_BUSY if self.now() < self.busy_until else LONGEST_IDLE
        timers = self._loop._scheduled
        if not timers:
            return longest
        due: float = timers[0]._when - self._loop.time()
        return min(max(due, SHORTEST), longest)

    async def settle(self) -> None:
        """Let everything run that needs no more time to pass."""
        quiet = 0
        for _ in range(MOST_TURNS):
            await asyncio.sleep(0)
            if self._loop._ready:
                quiet = 0
            elif self._in_threads():
                quiet = 0
                time.sleep(THREAD_SECONDS)  # noqa: ASYNC251 - threads need real time
            else:
                quiet += 1
            if quiet >= QUIET_TURNS:
                return

    def _in_threads(self) -> bool:
        return any(
            executor._work_queue.qsize()
            or executor._idle_semaphore._value < len(executor._threads)
            for executor in (self._loop._default_executor, self._hass.import_executor)
            if executor is not None
        )
