"""A HomeSeer system, which pushes what changes."""

import asyncio
import statistics
import time

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .common import (
    SHADES,
    act,
    confirmed_after,
    coordinator_of,
    measured_reads,
    measured_set_up,
    of_domain,
)
from .far import Far
from .rig import Ears, bare, home, percentile, watching

TRIES = 5
QUIET_CHANGES = 30
# Longer than what changes is gathered.
QUIET = 0.4
BUSY_SECONDS = 10
RATE = 50
BURST = 500
LARGE = 5000
ON = {"switch": 255.0, "light": 99.0}
# Longer than anything that is gathered before it is read.
CALM = 1.0


async def measure(far: Far, size: int, notes: dict[str, str]) -> dict[str, float]:
    """Measure a system."""
    async with home() as hass:
        entry, found = await measured_set_up(hass, far, notes)
        if size >= LARGE:
            # It has a target of its own.
            found["setup_largest"] = found["setup"]
        await _pushing(entry)
        found |= await measured_reads(entry, notes)
        found |= await _one_changed(hass, far)
        found |= await _pushed(hass, far)
        found |= await _busy(hass, far)
        found |= await _burst(hass, far)
        found |= await _commands(hass, entry, far)
    return found


async def _pushing(entry: MockConfigEntry) -> None:
    async with asyncio.timeout(20):
        while not coordinator_of(entry).hub.pushing:
            await asyncio.sleep(0.05)
    # Once it pushes, everything is read once more.
    await asyncio.sleep(2)


def _toggles(hass: HomeAssistant) -> list[tuple[str, int, str, float]]:
    """Return what can be switched, with the state and the value that are next."""
    found = []
    for entity_id, number in of_domain(hass, *ON).items():
        off = hass.states.is_state(entity_id, "off")
        value = ON[entity_id.split(".")[0]] if off else 0.0
        if off or hass.states.is_state(entity_id, "on"):
            found.append((entity_id, number, "on" if off else "off", value))
    return found


async def _one_changed(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Change one feature at the wall, and let it be pushed."""
    beyond, writes = [], set()
    for _ in range(TRIES):
        _, number, _, value = _toggles(hass)[0]
        await far.change(number, value, after=0.2)
        with watching() as seen:
            begun = time.thread_time()
            await asyncio.sleep(CALM)
            took = time.thread_time() - begun
        beyond.append(took - await bare(seen))
        writes.add(seen.writes)
    return {
        "one": max(0.0, statistics.median(beyond)) * 1000,
        # The one that is wrong, if any is.
        "one_writes": max(writes, key=lambda each: abs(each - 1)),
    }


async def _pushed(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Change one feature after the other; how long until each is seen."""
    latencies = []
    ears = Ears(hass)
    for at in range(QUIET_CHANGES):
        toggles = _toggles(hass)
        entity_id, number, state, value = toggles[at % len(toggles)]
        moment = await far.change(number, value)
        latencies.append(await ears.wait(moment, entity_id, state))
        await asyncio.sleep(QUIET)
    return {
        "push_50": percentile(latencies, 0.5) * 1000,
        "push_95": percentile(latencies, 0.95) * 1000,
    }


async def _busy(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Change fifty features a second for a while."""
    toggles = _toggles(hass)[: BUSY_SECONDS * RATE]
    if len(toggles) < RATE:
        # So few that the same one would change again before it was seen.
        return {}
    ears = Ears(hass)
    with watching() as seen:
        moments = await far.changes(
            [(number, value) for _, number, _, value in toggles], 1 / RATE
        )
        await asyncio.sleep(CALM)
    latencies = [
        ears.after(moment, entity_id, state)
        for moment, (entity_id, _, state, _) in zip(moments, toggles, strict=True)
    ]
    there = [latency for latency in latencies if latency is not None]
    return {
        "busy_50": percentile(there, 0.5) * 1000,
        "busy_95": percentile(there, 0.95) * 1000,
        "busy_reads": len(seen.requests) / (len(toggles) / RATE),
        "busy_lost": len(latencies) - len(there),
    }


async def _burst(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Change many features at once."""
    toggles = _toggles(hass)[:BURST]
    with watching() as seen:
        await far.changes([(number, value) for _, number, _, value in toggles], 0)
        await asyncio.sleep(3 * CALM)
    lost = sum(
        not hass.states.is_state(entity_id, state) for entity_id, _, state, _ in toggles
    )
    return {
        "burst": len(toggles),
        "burst_reads": len(seen.requests),
        "burst_lost": lost,
    }


async def _commands(
    hass: HomeAssistant, entry: MockConfigEntry, far: Far
) -> dict[str, float]:
    first, confirmed = [], []
    for at in range(TRIES):
        toggles = _toggles(hass)
        entity_id, _, state, _ = toggles[at % len(toggles)]
        await asyncio.sleep(CALM)
        await far.requests()
        begun = time.monotonic()
        await act(hass, entity_id.split(".")[0], f"turn_{state}", [entity_id])
        confirmed.append(await confirmed_after(entry, begun))
        first.append((await far.requests())[0]["at"] - begun)
    found = {
        "first_byte": statistics.median(first) * 1000,
        "confirmed": statistics.median(confirmed) * 1000,
    }
    shades = list(of_domain(hass, "cover"))[:SHADES]
    if not shades:
        return found
    await asyncio.sleep(CALM)
    begun = time.perf_counter()
    with watching() as seen:
        await act(hass, "cover", "close_cover", shades)
        took = time.perf_counter() - begun
    commands = [each for each in seen.requests if "control" in str(each[2])]
    return found | {
        "shades": len(shades),
        "shades_posts": len(commands),
        "shades_time": took * 1000,
    }
