"""Long work in short turns, so that the event loop serves others in between."""

import asyncio
from collections.abc import Generator
import time

# In seconds, and by the clock: a small computer does a tenth as much in that time.
TURN = 0.01


async def in_turns[ResultT](work: Generator[None, None, ResultT]) -> ResultT:
    """Carry out work that yields at each step; returns its result.

    Others run before it, and again whenever a turn is over: until its end, the work
    may leave nothing half-done where they see it.
    """
    over = 0.0
    while True:
        if time.monotonic() >= over:
            await asyncio.sleep(0)
            over = time.monotonic() + TURN
        try:
            next(work)
        except StopIteration as done:
            result: ResultT = done.value
            return result
