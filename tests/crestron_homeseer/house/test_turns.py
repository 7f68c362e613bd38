"""Long work leaves the event loop to others, again and again."""

import asyncio
from collections.abc import Generator
import time

import pytest

from custom_components.crestron_homeseer.house import queue
from custom_components.crestron_homeseer.house.queue import in_turns


def working(steps: int, done: list[int]) -> Generator[None, None, str]:
    for step in range(steps):
        time.sleep(0.002)
        done.append(step)
        yield
    return "done"


async def test_others_run_before_long_work_and_in_between() -> None:
    done: list[int] = []
    seen: list[int] = []

    async def look() -> None:
        while True:
            seen.append(len(done))
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    assert await in_turns(working(50, done)) == "done"
    looking.cancel()
    assert done == list(range(50))
    assert seen[0] == 0
    # A turn has five such steps, or fewer where the machine has other work.
    assert len(set(seen)) >= 8


async def test_short_work_is_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "TURN", 60.0)
    done: list[int] = []
    working_on = asyncio.create_task(in_turns(working(10, done)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert done == list(range(10))
    assert await working_on == "done"


async def test_an_error_of_the_work_is_an_error_of_who_waits_for_it() -> None:
    def failing() -> Generator[None]:
        yield
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await in_turns(failing())
