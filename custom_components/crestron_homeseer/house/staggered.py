"""Lets covers that are sent off together arrive together: the slowest starts first."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence

from .commands import MoveTo, StopMoving
from .hub import AnyCommand

# Less than this many seconds apart is together.
_TOGETHER = 0.2

type Start = Callable[[Sequence[MoveTo]], Awaitable[None]]


def start_delays(
    groups: Iterable[Collection[str]], seconds: Mapping[str, float]
) -> dict[str, float]:
    """Return after how many seconds covers have to start to arrive with their group.

    `seconds` tells how long each of those takes that were sent off at the same time;
    who is not in it waits for nobody, and nobody waits for him. Who starts at once is
    left out.
    """
    delays: dict[str, float] = {}
    for group in groups:
        members = [each for each in group if each in seconds]
        longest = max((seconds[each] for each in members), default=0.0)
        for each in members:
            delay = longest - seconds[each]
            if delay >= _TOGETHER:
                delays[each] = max(delay, delays.get(each, 0.0))
    return delays


class StaggeredMoves:
    """Holds moves back until it is their time."""

    def __init__(
        self,
        groups: Iterable[Collection[str]],
        seconds: Callable[[str, float], float | None],
        start: Start,
    ) -> None:
        """Take the groups of device ids, and what sends moves off.

        `seconds` tells how long a cover takes to a position, or None; `start` raises
        nothing: there is nobody left who could be told.
        """
        self._groups = tuple(frozenset(group) for group in groups)
        self._seconds = seconds
        self._start = start
        self._waiting: dict[str, MoveTo] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # Those that have slept and send now.
        self._starting: set[asyncio.Task[None] | None] = set()

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
        """Return which covers of a batch are to start later, and by how many seconds."""
        if not self._groups:
            return {}
        seconds = {
            command.device_id: takes
            for command in commands
            if isinstance(command, MoveTo)
            and (takes := self._seconds(command.device_id, command.position))
            is not None
        }
        return start_delays(self._groups, seconds)

    def hold(self, commands: Iterable[AnyCommand], delays: Mapping[str, float]) -> None:
        """Start the moves among some commands after their delays, in seconds."""
        batches: dict[float, list[MoveTo]] = {}
        for command in commands:
            delay = delays.get(command.device_id)
            if isinstance(command, MoveTo) and delay is not None:
                self._waiting[command.device_id] = command
                batches.setdefault(round(delay, 1), []).append(command)
        for delay, moves in batches.items():
            task = asyncio.create_task(self._start_after(delay, moves))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(self._starting.discard)

    async def _start_after(self, delay: float, moves: Sequence[MoveTo]) -> None:
        await asyncio.sleep(delay)
        # One that was called off, or replaced, waits no longer.
        due = [each for each in moves if self._waiting.get(each.device_id) is each]
        for move in due:
            del self._waiting[move.device_id]
        if due:
            self._starting.add(asyncio.current_task())
            await self._start(due)

    async def close(self) -> None:
        """Start what waits at once: who asked for it was told that it is done."""
        moves = self.release()
        if moves:
            await self._start(moves)
        tasks = list(self._tasks)
        for task in tasks:
            if task not in self._starting:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
