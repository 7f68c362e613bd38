"""Who starts when, so that all arrive together."""

import asyncio
from collections.abc import Sequence

import pytest

from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLevel,
    StopMoving,
)
from custom_components.crestron_homeseer.house.staggered import (
    StaggeredMoves,
    start_delays,
)


@pytest.mark.parametrize(
    ("groups", "seconds", "delays"),
    [
        ([["a", "b", "c"]], {"a": 10, "b": 30, "c": 25}, {"a": 20, "c": 5}),
        # Who is not known, or not sent off, waits for nobody.
        ([["a", "b", "c"]], {"a": 10, "c": 25}, {"a": 15}),
        ([["a", "b"]], {"a": 10, "c": 25}, {}),
        ([["a", "b"]], {}, {}),
        ([], {"a": 10, "b": 30}, {}),
        # A moment is no difference.
        ([["a", "b"]], {"a": 10, "b": 10.1}, {}),
        ([["a", "b"], ["c", "d"]], {"a": 1, "b": 2, "c": 3, "d": 5}, {"a": 1, "c": 2}),
        ([["a", "b"], ["a", "c"]], {"a": 1, "b": 4, "c": 3}, {"a": 3}),
    ],
)
def test_the_slowest_of_a_group_starts_first(
    groups: list[list[str]], seconds: dict[str, float], delays: dict[str, float]
) -> None:
    assert start_delays(groups, seconds) == delays


class Started:
    """Notes what is sent off."""

    def __init__(self) -> None:
        self.moves: list[Sequence[MoveTo]] = []

    async def __call__(self, moves: Sequence[MoveTo]) -> None:
        self.moves.append(moves)


SECONDS = {"a": 0.0, "b": 0.25, "c": 0.5}
MOVES = [MoveTo(device_id=each, position=1.0) for each in SECONDS]


def together_of(started: Started) -> StaggeredMoves:
    return StaggeredMoves([list(SECONDS)], lambda key, _: SECONDS[key], started)


async def test_each_starts_when_it_is_its_time() -> None:
    started = Started()
    together = together_of(started)
    delays = together.plan([*MOVES, SetLevel(device_id="light", level=1.0)])
    assert delays == {"a": 0.5, "b": 0.25}
    together.hold(MOVES, delays)
    await asyncio.sleep(0.4)
    assert started.moves == [[MOVES[1]]]
    await asyncio.sleep(0.3)
    assert started.moves == [[MOVES[1]], [MOVES[0]]]
    await together.close()


async def test_a_start_is_called_off_by_what_is_asked_next() -> None:
    started = Started()
    together = together_of(started)
    together.hold(MOVES, {"a": 0.05, "b": 0.05, "c": 0.05})
    together.cancel(
        [
            StopMoving(device_id="a"),
            MoveTo(device_id="b", position=0.0),
            SetLevel(device_id="c", level=1.0),
        ]
    )
    # One that is held once more waits for its new time.
    again = MoveTo(device_id="b", position=0.5)
    together.hold([again], {"b": 0.2})
    await asyncio.sleep(0.12)
    assert started.moves == [[MOVES[2]]]
    await asyncio.sleep(0.2)
    assert started.moves == [[MOVES[2]], [again]]


async def test_what_waits_starts_at_the_end_once() -> None:
    started = Started()
    together = together_of(started)
    together.hold(MOVES, {"a": 0.02, "c": 60.0})
    await together.close()
    assert started.moves == [[MOVES[0], MOVES[2]]]
    await asyncio.sleep(0.05)
    await together.close()
    assert len(started.moves) == 1


async def test_what_is_being_started_is_not_broken_off() -> None:
    going, end = asyncio.Event(), asyncio.Event()
    done = []

    async def start(moves: Sequence[MoveTo]) -> None:
        going.set()
        await end.wait()
        done.extend(moves)

    together = StaggeredMoves([["a", "b"]], lambda *_: 5.0, start)
    together.hold(MOVES[:1], {"a": 0.01})
    await going.wait()
    closing = asyncio.create_task(together.close())
    await asyncio.sleep(0.01)
    end.set()
    await closing
    assert done == MOVES[:1]


async def test_without_groups_nobody_waits() -> None:
    together = StaggeredMoves([], lambda *_: 5.0, Started())
    assert together.plan(MOVES) == {}
