"""What an owner sets for shades: where each really is, and which arrive together.

Motors count their own way: shades of one façade that all report 50 % rarely line up,
and one that is installed upside down is open when it reports that it is closed.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from .commands import MoveTo, StopMoving
from .devices import Cover
from .hub import AnyCommand
from .kinds import Motion

# Known points have to be this far from each other and from the ends.
GAP: Final = 0.004
# Who asks for no end is sent to none, however coarsely a motor counts.
LEAST: Final = 0.01
# Moves whose starts are less than this many seconds apart start together.
_TOGETHER: Final = 0.2

_OTHER_WAY: Final = {Motion.OPENING: Motion.CLOSING, Motion.CLOSING: Motion.OPENING}

type Scale = tuple[float, ...]
type Start = Callable[[Sequence[MoveTo]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one shade's reported positions become those that are shown, and back.

    `anchors` are pairs of what is shown and what is reported for it, both fractions,
    in the order of what is shown. Between them the way is a straight line, so that a
    new one changes only what lies between its neighbours. The ends are no anchors:
    open stays open and closed stays closed, or the other way round where `invert` is
    set. Raises ValueError where the anchors do not rise.
    """

    invert: bool = False
    anchors: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not rise all the way from end to end."""
        for scale in self._scales():
            # What is no number is not far from anything either.
            if not all(upper - lower >= GAP for lower, upper in pairwise(scale)):
                raise ValueError("the points of a shade do not rise")

    @property
    def is_default(self) -> bool:
        """Whether everything is shown as it is reported."""
        return self == Calibration()

    def shown(self, raw: float) -> float:
        """Return what is shown for a reported position."""
        shown, own = self._scales()
        return _along(1.0 - raw if self.invert else raw, own, shown)

    def raw(self, shown: float) -> float:
        """Return the hub's position for what is shown."""
        scale, own = self._scales()
        found = _along(shown, scale, own)
        return 1.0 - found if self.invert else found

    def inverted(self) -> Calibration:
        """Return it with open and closed swapped; what lined up lines up still."""
        anchors = [(1.0 - shown, raw) for shown, raw in reversed(self.anchors)]
        return Calibration(not self.invert, tuple(anchors))

    def with_anchor(self, shown: float, raw: float) -> Calibration:
        """Return it with one more anchor, without those that contradict it.

        Raises ValueError for an anchor that is at an end.
        """
        rising = -1 if self.invert else 1
        kept = [
            (other, own)
            for other, own in self.anchors
            if min(shown - other, (raw - own) * rising) >= GAP
            or min(other - shown, (own - raw) * rising) >= GAP
        ]
        return replace(self, anchors=tuple(sorted([*kept, (shown, raw)])))

    def shown_cover(self, cover: Cover) -> Cover:
        """Return a cover of the hub as it is shown."""
        position, motion = cover.position, cover.motion
        return replace(
            cover,
            position=None if position is None else self.shown(position),
            motion=_OTHER_WAY.get(motion, motion) if self.invert else motion,
        )

    def hub_command(self, command: AnyCommand) -> AnyCommand:
        """Return a command as the hub is to be given it."""
        if not isinstance(command, MoveTo):
            return command
        raw = self.raw(command.position)
        if 0.0 < command.position < 1.0:
            raw = min(max(raw, LEAST), 1.0 - LEAST)
        return replace(command, position=raw)

    def _scales(self) -> tuple[Scale, Scale]:
        """Return what is shown, and how far the motor is towards open by its count."""
        own = (1.0 - raw if self.invert else raw for _, raw in self.anchors)
        shown = (shown for shown, _ in self.anchors)
        return (0.0, *shown, 1.0), (0.0, *own, 1.0)


def _along(value: float, start: Scale, end: Scale) -> float:
    """Return the place on one scale that a place on another one has; ends stay ends."""
    if not 0.0 < value < 1.0:
        return float(value >= 1.0)
    after = bisect_right(start, value)
    low, high = start[after - 1], start[after]
    share = (value - low) / (high - low)
    return end[after - 1] + share * (end[after] - end[after - 1])


class StaggeredMoves:
    """Holds moves back, so that all of a group arrive together."""

    def __init__(
        self,
        groups: Iterable[Collection[str]],
        seconds: Callable[[str, float], float | None],
        start: Start,
    ) -> None:
        """Take the groups of device ids, and what sends moves off.

        `seconds` returns how long a cover takes to a position, or None. `start` raises
        nothing: nobody waits for it any more.
        """
        self._groups = tuple(frozenset(group) for group in groups)
        self._seconds = seconds
        self._start = start
        self._waiting: dict[str, MoveTo] = {}
        self._timers: list[asyncio.TimerHandle] = []
        self._starting: set[asyncio.Task[None]] = set()

    def cancel(self, commands: Iterable[AnyCommand]) -> None:
        """Forget the moves that wait for covers which are asked for something else."""
        for command in commands:
            if isinstance(command, MoveTo | StopMoving):
                self._waiting.pop(command.device_id, None)

    def release(self) -> list[MoveTo]:
        """Return the moves that wait; none of them waits any longer."""
        moves = list(self._waiting.values())
        self._waiting.clear()
        return moves

    def plan(self, commands: Iterable[AnyCommand]) -> dict[str, float]:
        """Return which covers of a batch are to start later, and by how many seconds.

        What nobody knows how long it takes waits for no other.
        """
        seconds = {
            command.device_id: takes
            for command in commands
            if isinstance(command, MoveTo)
            and (takes := self._seconds(command.device_id, command.position))
            is not None
        }
        delays: dict[str, float] = {}
        for group in self._groups:
            members = group & seconds.keys()
            longest = max((seconds[each] for each in members), default=0.0)
            for each in members:
                delay = longest - seconds[each]
                if delay >= _TOGETHER:
                    delays[each] = max(delay, delays.get(each, 0.0))
        return delays

    def hold(self, commands: Iterable[AnyCommand], delays: Mapping[str, float]) -> None:
        """Start the moves among some commands after their delays, in seconds."""
        batches: dict[float, list[MoveTo]] = {}
        for command in commands:
            delay = delays.get(command.device_id)
            if isinstance(command, MoveTo) and delay is not None:
                self._waiting[command.device_id] = command
                batches.setdefault(round(delay, 1), []).append(command)
        loop = asyncio.get_running_loop()
        self._timers = [each for each in self._timers if each.when() > loop.time()]
        self._timers += [
            loop.call_later(delay, self._begin, moves)
            for delay, moves in batches.items()
        ]

    def _begin(self, moves: Sequence[MoveTo]) -> None:
        # One that was cancelled, or replaced, waits no longer.
        due = [each for each in moves if self._waiting.get(each.device_id) is each]
        for move in due:
            del self._waiting[move.device_id]
        if due:
            task = asyncio.ensure_future(self._start(due))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def close(self) -> None:
        """Start what waits at once: it was reported as done to who asked for it."""
        for timer in self._timers:
            timer.cancel()
        if moves := self.release():
            await self._start(moves)
        await asyncio.gather(*self._starting, return_exceptions=True)
