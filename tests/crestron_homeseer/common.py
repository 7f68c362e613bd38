"""Helpers of the integration's tests."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State

from simulator.clock import ManualClock

type Advance = Callable[[float], Awaitable[None]]

STEP = 0.5


def advancer(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Advance:
    """Return what lets time pass in small steps, so that timers fall where they do."""

    async def advance(seconds: float) -> None:
        left = seconds
        while left > 0:
            step = min(STEP, left)
            left -= step
            clock.advance(step)
            freezer.tick(step)
            # Timers that have become due run in the next turn of the loop.
            await asyncio.sleep(0)
            await hass.async_block_till_done(wait_background_tasks=True)

    return advance


def state(hass: HomeAssistant, entity_id: str) -> State:
    """Return a state that has to be there."""
    found = hass.states.get(entity_id)
    assert found is not None, f"{entity_id} is not there"
    return found


async def act(
    hass: HomeAssistant,
    domain: str,
    action: str,
    entity_id: str | list[str],
    **data: Any,
) -> None:
    """Have Home Assistant carry out an action, and wait for it."""
    await hass.services.async_call(
        domain, action, {"entity_id": entity_id, **data}, blocking=True
    )
