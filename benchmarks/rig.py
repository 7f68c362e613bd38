"""A Home Assistant to measure in, and what is counted there."""

from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
import time
from typing import Any
from unittest.mock import patch

import aiohttp
from homeassistant import loader
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.recorder import Request


@dataclass(slots=True)
class Counts:
    """What was counted: writes of states."""

    writes: int = 0


@asynccontextmanager
async def home() -> AsyncGenerator[HomeAssistant]:
    """Run Home Assistant's own core, with nothing else in it."""
    async with async_test_home_assistant() as hass:
        hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
        yield hass
        await hass.async_stop(force=True)


@contextmanager
def counting() -> Generator[Counts]:
    """Count what passes while a block runs."""
    counts = Counts()
    write = Entity.async_write_ha_state

    def counted_write(entity: Entity) -> None:
        counts.writes += 1
        write(entity)

    with patch.object(Entity, "async_write_ha_state", counted_write):
        yield counts


async def weigh(url: str, requests: Iterable[Request]) -> int:
    """Return how many bytes the answers to some reads have."""
    total = 0
    async with aiohttp.ClientSession() as session:
        for request in requests:
            async with session.get(
                f"{url}{request.path}", params=dict(request.query)
            ) as response:
                total += len(await response.read())
    return total


async def set_up(hass: HomeAssistant, data: dict[str, Any], **options: Any) -> float:
    """Set an entry up; returns how many seconds that took."""
    entry = MockConfigEntry(domain=DOMAIN, title="Hub", data=data, options=options)
    entry.add_to_hass(hass)
    begun = time.perf_counter()
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    took = time.perf_counter() - begun
    assert entry.state.value == "loaded", entry.reason
    return took


def on_change(hass: HomeAssistant, heard: Callable[[str], None]) -> None:
    """Call back with the id of each entity whose state changed."""

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        heard(event.data["entity_id"])

    hass.bus.async_listen(EVENT_STATE_CHANGED, changed)
