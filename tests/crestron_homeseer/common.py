"""Helpers of the integration's tests."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.entity import Entity

from simulator.clock import ManualClock
from simulator.recorder import Request

type Writes = Counter[str]
type Alongside = Callable[[Awaitable[None]], Awaitable[None]]
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


def companion(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Alongside:
    """Return what lets time pass while something takes its time."""

    async def alongside(doing: Awaitable[None]) -> None:
        task = asyncio.ensure_future(doing)
        while not task.done():
            clock.advance(STEP)
            freezer.tick(STEP)
            # Sockets need some of the real time.
            await asyncio.sleep(0.02)
        await task

    return alongside


async def until(condition: Callable[[], object]) -> None:
    """Wait for what needs a moment of the real time."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


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


@contextmanager
def count_writes(hass: HomeAssistant) -> Generator[Writes]:
    """Count each write of a state by its entity, also one that changes nothing."""
    counted: Writes = Counter()
    write = Entity.async_write_ha_state

    def counting(entity: Entity) -> None:
        counted[entity.entity_id] += 1
        write(entity)

    with patch.object(Entity, "async_write_ha_state", counting):
        yield counted


def posts(requests: list[Request]) -> list[str]:
    """Return the paths of what was posted, without what all paths begin with."""
    return [
        request.path.removeprefix("/cws/api/")
        for request in requests
        if request.method == "POST"
    ]


def paths(requests: list[Request]) -> list[str]:
    """Return the paths of what was read."""
    return [
        request.path.removeprefix("/cws/api/")
        for request in requests
        if request.method == "GET"
    ]


def texts(section: str) -> dict[str, Any]:
    """Return a section of the English texts."""
    path = Path("custom_components/crestron_homeseer/translations/en.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[section]
    return found
