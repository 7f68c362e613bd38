"""What is measured alike at both vendors."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
import gc
import statistics
import time
import tracemalloc
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.storage import Store
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.coordinator import HouseCoordinator
from custom_components.crestron_homeseer.house.devices import House
from custom_components.crestron_homeseer.house.identity import (
    compare,
    same_structure,
    things_of,
)
from custom_components.crestron_homeseer.house.queue import SPACING

from .far import Far
from .naive import PLAIN, NaiveClient, PlainEntity, set_up_plain
from .rig import Blocks, blocks, cost, entry_of, home, set_up, watching

# So many devices are enough to know what a naive client takes for each.
NAIVE_MOST = 200
# In smaller houses, what is there only once weighs more than the devices.
LEAST_WEIGHED = 1000
# So many shades are moved by one action.
SHADES = 40


def coordinator_of(entry: MockConfigEntry) -> HouseCoordinator:
    """Return what reads the hub."""
    coordinator: HouseCoordinator = entry.runtime_data
    return coordinator


def of_domain(hass: HomeAssistant, *domains: str) -> dict[str, int]:
    """Return the entities of some domains, with the hub's own numbers of them."""
    return {
        entity.entity_id: int(entity.unique_id.rsplit("-", 1)[1])
        for entity in er.async_get(hass).entities.values()
        if entity.domain in domains
        and entity.disabled_by is None
        and entity.unique_id.rsplit("-", 1)[-1].isdecimal()
    }


async def confirmed_after(entry: MockConfigEntry, begun: float) -> float:
    """Wait until the hub itself shows all that was asked for."""
    settling = coordinator_of(entry)._settling
    async with asyncio.timeout(20):
        while settling.ids:
            await asyncio.sleep(0.005)
    return time.monotonic() - begun


async def rest() -> None:
    """Wait until nothing is held back because it was asked for a moment ago."""
    await asyncio.sleep(SPACING + 0.05)


async def act(
    hass: HomeAssistant, domain: str, action: str, entities: list[str], **data: Any
) -> None:
    """Have Home Assistant carry out an action, and wait for it."""
    await hass.services.async_call(
        domain, action, {"entity_id": entities, **data}, blocking=True
    )


async def measured_set_up(
    hass: HomeAssistant, far: Far, notes: dict[str, str]
) -> tuple[MockConfigEntry, dict[str, float]]:
    """Set a system up."""
    entry = entry_of(far)
    with watching() as seen:
        async with blocks() as block:
            took = await set_up(hass, entry)
    notes["setup_block"] = _note(block)
    return entry, {
        "entities": len(hass.states.async_all()),
        "setup": took,
        "setup_requests": len(seen.requests),
        "setup_bytes": seen.bytes_read / 1000,
        "setup_block": block.cpu * 1000,
        "setup_garbage": block.garbage * 1000,
    }


async def measured_reads(
    entry: MockConfigEntry, notes: dict[str, str]
) -> dict[str, float]:
    """Read a house in which nothing happens."""
    coordinator = coordinator_of(entry)
    for _ in range(4):
        # The first reads also ask what is asked only once.
        await coordinator.async_refresh()
    idle = await cost(coordinator.async_refresh)

    async def survey() -> None:
        # As every five minutes.
        coordinator.timing.survey_at = 0.0
        await coordinator.async_refresh()

    await survey()
    full = await cost(survey, 3)
    notes["idle_block"] = _note(idle.block)
    notes["survey_block"] = _note(full.block)
    return {
        "idle": idle.loop * 1000,
        "idle_requests": idle.requests,
        "idle_writes": idle.writes,
        "idle_block": idle.block.cpu * 1000,
        "survey": full.loop * 1000,
        "survey_block": full.block.cpu * 1000,
        "identity": _judging(coordinator.hub_house),
    }


def _judging(house: House | None) -> float:
    """Return how long it takes to see who is who where nothing changed, in ms."""
    assert house is not None
    known, took = things_of(house), []
    for _ in range(5):
        begun = time.thread_time()
        same_structure(house, replace(house))
        compare(known, known)
        took.append(time.thread_time() - begun)
    return statistics.median(took) * 1000


def _note(block: Blocks) -> str:
    times = [f"{each * 1000:.1f}" for each in (block.cpu, block.longest, block.garbage)]
    on_clock = f"longest {times[1]} ms on the clock, garbage {times[2]} ms"
    return f"{block.what}: {times[0]} ms; {on_clock}"


async def naive(far: Far, size: int) -> dict[str, float]:
    """Measure the naive client; what a part of the house took counts for all of it."""
    async with home() as hass:
        client = NaiveClient(hass, far, NAIVE_MOST)
        begun = time.perf_counter()
        with watching() as seen:
            async with blocks() as block:
                await client.set_up()
        took = time.perf_counter() - begun
        part = size / len(client.entities)
        poll = await cost(client.poll, 2)
        return await _naive_shades(client) | {
            "setup": took * part,
            "setup_requests": len(seen.requests) * part,
            "setup_bytes": seen.bytes_read / 1000 * part,
            "setup_block": block.cpu * 1000 * part,
            "idle": poll.loop * 1000 * part,
            "idle_requests": poll.requests * part,
            "idle_writes": poll.writes * part,
            "one": poll.loop * 1000 * part,
            "one_writes": poll.writes * part,
        }


async def _naive_shades(client: NaiveClient) -> dict[str, float]:
    shades = client.shades()[:SHADES]
    if not shades:
        return {}
    begun = time.perf_counter()
    with watching() as seen:
        await client.move_shades(shades, 20000)
    took = time.perf_counter() - begun
    return {"shades_posts": seen.posts, "shades_time": took * 1000}


async def memory(far: Far, size: int) -> dict[str, float]:
    """Weigh a set-up house, and as many entities that do nothing.

    The plain entities have the same ids, names, devices, states and attributes.
    """
    if size < LEAST_WEIGHED:
        return {}
    async with home() as hass, _unsaved():
        entry = entry_of(far)
        before = _traced()
        await set_up(hass, entry)
        for _ in range(4):
            await coordinator_of(entry).async_refresh()
        ours = _traced() - before
        tracemalloc.stop()
        twins = _twins(hass)
    async with home() as hass, _unsaved():
        before = _traced()
        await set_up_plain(hass, _made(twins))
        plain = _traced() - before
        tracemalloc.stop()
    async with home() as hass:
        entities = _made(twins)
        async with blocks() as block:
            await set_up_plain(hass, entities)
    return {
        "memory": (ours - plain) / 1000 / size,
        "memory_plain": plain / 1000 / size,
        "setup_block_plain": block.cpu * 1000,
        "setup_garbage_plain": block.garbage * 1000,
    }


@asynccontextmanager
async def _unsaved() -> AsyncGenerator[None]:
    """Write nothing to the disk: what is made of a registry for it weighs a lot."""
    with patch.object(Store, "async_delay_save", lambda *_: None):
        yield


def _traced() -> int:
    gc.collect()
    if not tracemalloc.is_tracing():
        tracemalloc.start()
    return tracemalloc.get_traced_memory()[0]


type Twin = tuple[str, str, str, str, str]


def _twins(hass: HomeAssistant) -> tuple[list[Twin], dict[str, dict[str, Any]]]:
    """Describe all entities, and the attributes that those of a domain have."""
    devices = dr.async_get(hass)
    twins = []
    attributes: dict[str, dict[str, Any]] = {}
    for entity in er.async_get(hass).entities.values():
        state = hass.states.get(entity.entity_id)
        device = devices.async_get(entity.device_id) if entity.device_id else None
        if state is None:
            continue
        attributes.setdefault(entity.domain, dict(state.attributes))
        name = (device.name if device else None) or ""
        number = entity.device_id or entity.unique_id
        text = entity.original_name or ""
        twins.append((entity.domain, entity.unique_id, text, number, name))
    return twins, attributes


def _made(
    described: tuple[list[Twin], dict[str, dict[str, Any]]],
) -> dict[str, list[PlainEntity]]:
    twins, attributes = described
    made: dict[str, list[PlainEntity]] = {domain: [] for domain in attributes}
    for domain, unique_id, text, number, name in twins:
        info = DeviceInfo(
            identifiers={(PLAIN, f"{number}")},
            manufacturer="Plain",
            model="Plain",
            name=name,
        )
        made[domain].append(
            # Each has texts of its own, as it would from any hub.
            PlainEntity(
                f"{unique_id} ".strip(), text or None, "on", attributes[domain], info
            )
        )
    assert Counter(len(each) for each in made.values())
    return made
