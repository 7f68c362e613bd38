"""How long a hub takes to show what it was told to do, learned from its reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .cadence import FIRST_LOOK, SETTLING
from .commands import MoveTo, SetLevel, StopMoving
from .hub import AnyCommand

MEMORY_KEY = "delays"
# A delay is known well enough within so many seconds, or such a part of itself.
CLOSE, CLOSE_PART = 0.1, 0.1
# A hub is not always equally fast.
MARGIN, MARGIN_PART = 0.02, 0.05
# Now and then it is asked whether the hub has become faster.
RECHECK = 50
# However late a change is expected, it is looked for in between: one that shows
# sooner is seen at most a second later than a look each second would see it.
STEP = 2 * SETTLING
LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay in seconds: not yet over at `low`, over at `high`."""

    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it is known well enough."""
        return self.high - self.low <= max(CLOSE, CLOSE_PART * self.high)

    @property
    def looks(self) -> tuple[float, ...]:
        """When to look; an earlier moment is tried until the delay is known."""
        sure = self.high * (1 + MARGIN_PART) + MARGIN
        return (sure,) if self.known else ((self.low + self.high) / 2, sure)

    def meets(self, other: Delay) -> bool:
        """Return whether both may be the same."""
        return other.low < self.high and self.low < other.high

    def within(self, other: Delay) -> Delay:
        """Return what is known where both are the same."""
        return Delay(max(self.low, other.low), min(self.high, other.high))


class Delays:
    """The delays of one hub, by kind of command."""

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take what was remembered; what is learned is put there as well."""
        self._memory = memory
        self._delays = dict(_read(memory.get(MEMORY_KEY)))
        # How often in a row a delay was what it is known to be.
        self._proven: dict[str, int] = {}
        # Where the last delay was another one, as any may be for once.
        self._doubted: set[str] = set()

    def looks(self, command: AnyCommand) -> tuple[float, ...]:
        """Return when to look for what a command does, in seconds after its answer."""
        delay = self._delays.get(type(command).__name__)
        if delay is None or isinstance(command, (MoveTo, StopMoving)):
            # What moves is watched on its way.
            return (FIRST_LOOK,)
        fade = _fade(command)
        return tuple(_in_steps(look + fade for look in delay.looks))

    def learn(self, command: AnyCommand, missed: float, shown: float) -> None:
        """Note between which reads, in seconds after the answer, a command showed.

        A fade is no delay, and whether it lasts as long as asked for is the hub's.
        """
        if (
            not 0 <= missed < shown <= LONGEST
            or isinstance(command, (MoveTo, StopMoving))
            or _fade(command)
        ):
            return
        kind = type(command).__name__
        seen = Delay(round(missed, 3), round(shown, 3))
        before = self._delays.get(kind)
        if before is None:
            delay = seen
        elif before.meets(seen):
            self._doubted.discard(kind)
            delay = before.within(seen)
        elif kind in self._doubted:
            self._doubted.discard(kind)
            delay = seen
        else:
            self._doubted.add(kind)
            return
        if delay == before and delay.known:
            self._proven[kind] = self._proven.get(kind, 0) + 1
            if self._proven[kind] < RECHECK:
                return
            delay = Delay(0.0, delay.high)
        self._proven[kind] = 0
        self._delays[kind] = delay
        # A new one each time: whoever stores the memory compares it with the last.
        self._memory[MEMORY_KEY] = {
            kind: [delay.low, delay.high] for kind, delay in self._delays.items()
        }


def _fade(command: AnyCommand) -> float:
    return (command.fade or 0.0) if isinstance(command, SetLevel) else 0.0


def _in_steps(looks: Iterable[float]) -> Iterable[float]:
    """Yield when to look, with more looks where they lie too far apart."""
    last = FIRST_LOOK + SETTLING - STEP
    for look in looks:
        while look - last > STEP:
            last += STEP
            yield last
        last = look
        yield look


def _read(stored: object) -> Iterable[tuple[str, Delay]]:
    """Yield what was stored and is still what it should be."""
    if not isinstance(stored, dict):
        return
    for kind, pair in stored.items():
        match pair:
            case [int() | float() as low, int() | float() as high] if (
                0 <= low < high <= LONGEST
            ):
                yield kind, Delay(low, high)
