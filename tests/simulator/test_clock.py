"""The clocks."""

import asyncio

import pytest

from simulator.clock import ManualClock, RealClock


def test_manual_clock_calls_back_in_order_and_in_time() -> None:
    clock = ManualClock()
    seen: list[tuple[str, float]] = []
    clock.call_at(3, lambda: seen.append(("late", clock.now())))
    clock.call_at(1, lambda: seen.append(("early", clock.now())))
    clock.call_at(2, lambda: seen.append(("never", clock.now()))).cancel()
    clock.call_at(99, lambda: seen.append(("not yet", clock.now())))
    clock.advance(5)
    assert seen == [("early", 1), ("late", 3)]


def test_a_callback_may_ask_for_another() -> None:
    clock = ManualClock()
    seen: list[float] = []

    def tick() -> None:
        seen.append(clock.now())
        clock.call_at(clock.now() + 1, tick)

    clock.call_at(1, tick)
    clock.advance(3)
    assert seen == [1, 2, 3]


async def test_real_clock_runs_by_itself_and_calls_back() -> None:
    clock = RealClock(speed=100)
    rang = asyncio.Event()
    start = clock.now()
    clock.call_at(start + 2, rang.set)
    await asyncio.wait_for(rang.wait(), 2)
    assert clock.now() - start >= 2


def test_real_clock_wants_a_speed() -> None:
    with pytest.raises(ValueError, match="speed"):
        RealClock(speed=0)
