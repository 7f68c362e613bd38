"""A Crestron Home processor, which is asked."""

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
    rest,
)
from .far import Far
from .hints import measure_hints
from .rig import Ears, bare, home, watching

LIGHTS = 200
TRIES = 5
# How soon a hint shows does not hang on the size, and takes minutes to measure.
HINTED = 1000


async def measure(far: Far, size: int, notes: dict[str, str]) -> dict[str, float]:
    """Measure a processor."""
    async with home() as hass:
        entry, found = await measured_set_up(hass, far, notes)
        found |= await measured_reads(entry, notes)
        found |= await _one_changed(hass, entry, far)
        found |= await _at_the_hub(hass, far)
        found |= await _settling(hass, far)
        found |= await _commands(hass, entry, far)
        if size == HINTED:
            found |= await measure_hints(hass, entry, far)
    return found


async def _one_changed(
    hass: HomeAssistant, entry: MockConfigEntry, far: Far
) -> dict[str, float]:
    """Change one shade at the wall before each read; a lamp would change scenes, too."""
    coordinator = coordinator_of(entry)
    entity_id, number = next(iter(of_domain(hass, "cover").items()))
    beyond, writes = [], set()
    for _ in range(TRIES):
        closed = hass.states.is_state(entity_id, "closed")
        await far.change(number, 1.0 if closed else 0.0)
        await asyncio.sleep(0.01)
        with watching() as seen:
            begun = time.thread_time()
            await coordinator.async_refresh()
            took = time.thread_time() - begun
        beyond.append(took - await bare(seen))
        writes.add(seen.writes)
    return {
        "one": statistics.median(beyond) * 1000,
        # The one that is wrong, if any is.
        "one_writes": max(writes, key=lambda each: abs(each - 1)),
    }


async def _at_the_hub(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Change lamps at the wall, and wait for Home Assistant to find out."""
    lights = list(of_domain(hass, "light").items())
    ears = Ears(hass)
    latencies = []
    changed = []
    for number in range(min(10, len(lights))):
        entity_id, light = lights[number]
        off = hass.states.is_state(entity_id, "off")
        moment = await far.change(light, 1.0 if off else 0.0)
        changed.append((moment, entity_id, "on" if off else "off"))
        await asyncio.sleep(0.77)
    for moment, entity_id, state in changed:
        latencies.append(await ears.wait(moment, entity_id, state))
    return {"hub_idle": max(latencies) * 1000}


async def _commands(
    hass: HomeAssistant, entry: MockConfigEntry, far: Far
) -> dict[str, float]:
    lights = list(of_domain(hass, "light").items())[:LIGHTS]
    shades = list(of_domain(hass, "cover"))[:SHADES]
    found: dict[str, float] = {}
    first, confirmed = [], []
    await far.requests()
    for number in range(TRIES):
        await rest()
        entity_id = lights[number % len(lights)][0]
        begun = time.monotonic()
        await act(hass, "light", "turn_on", [entity_id], brightness=100 + number)
        confirmed.append(await confirmed_after(entry, begun))
        first += [
            request["at"] - begun
            for request in await far.requests()
            if request["method"] == "POST"
        ]
    found["first_byte"] = statistics.median(first) * 1000
    found["confirmed"] = statistics.median(confirmed) * 1000
    found |= await _shades(hass, shades)
    lamps = [entity_id for entity_id, _ in lights]
    await rest()
    begun = time.perf_counter()
    with watching() as seen:
        await asyncio.gather(
            act(hass, "light", "turn_on", lamps, brightness=77),
            act(hass, "cover", "set_cover_position", shades, position=30),
        )
    took = time.perf_counter() - begun
    return found | {
        "scene": len(lamps) + len(shades),
        "scene_posts": seen.posts,
        "scene_time": took * 1000,
    }


async def _shades(hass: HomeAssistant, shades: list[str]) -> dict[str, float]:
    """Move shades by one action; then post the same by hand."""
    times, posts, alone = [], 0, []
    for number in range(TRIES):
        await rest()
        begun = time.perf_counter()
        with watching() as seen:
            await act(hass, "cover", "set_cover_position", shades, position=40 + number)
            times.append(time.perf_counter() - begun)
        posts = max(posts, seen.posts)
        seen.requests = [each for each in seen.requests if each[1] == "POST"]
        begun = time.perf_counter()
        await bare(seen)
        alone.append((time.perf_counter() - begun) / seen.posts)
    whole, one = statistics.median(times), statistics.median(alone)
    return {
        "shades": len(shades),
        "shades_posts": posts,
        "shades_time": whole * 1000,
        "post_time": one * 1000,
        "shades_over": max(0.0, whole - 1.5 * one) * 1000,
    }


async def _settling(hass: HomeAssistant, far: Far) -> dict[str, float]:
    """Move a shade, and meanwhile others at the wall."""
    moving, *others = of_domain(hass, "cover").items()
    ears = Ears(hass)
    await asyncio.sleep(1)
    # From either end it is on its way for seconds.
    await act(hass, "cover", "set_cover_position", [moving[0]], position=50)
    await asyncio.sleep(1.5)
    latencies = []
    for entity_id, number in others[:4]:
        state = hass.states.get(entity_id)
        is_open = state is not None and state.attributes["current_position"] > 0
        moment = await far.change(number, 0.0 if is_open else 1.0)
        shown = "closed" if is_open else "open"
        latencies.append(await ears.wait(moment, entity_id, shown))
    return {"hub_settling": max(latencies) * 1000} if latencies else {}
