"""A HomeSeer system: set-up, an idle read, and changes that it pushes."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
import statistics
import time

from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_KIND,
    DOMAIN,
    KIND_HOMESEER,
)
from simulator.clock import RealClock
from simulator.homeseer import Feature, HomeSeerSystem, generated_system

from .rig import counting, home, on_change, set_up, weigh

HOST = "127.0.0.1"
CHANGES = 200
BURST = 500
BURST_DOMAINS = {"switch", "light", "sensor", "fan"}
# Longer than what is gathered, so that each change is a change by itself.
BETWEEN = 0.02


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    value: float
    unit: str


async def measure(features: int) -> list[Row]:
    """Measure a system of a size."""
    clock = RealClock()
    model = generated_system(features, clock)
    async with (
        home() as hass,
        HomeSeerSystem(model, clock=clock, ascii_port=0) as system,
    ):
        data = {
            CONF_KIND: KIND_HOMESEER,
            CONF_HOST: HOST,
            CONF_PORT: system.port,
        }
        system.requests.clear()
        took = await set_up(hass, data, **{CONF_ASCII_PORT: system.ascii_port})
        asked = list(system.requests)
        rows = [
            Row("set-up", took, "s"),
            Row("set-up, requests", len(asked), ""),
            Row("set-up, bytes read", await weigh(system.url(), asked), "B"),
        ]
        async with asyncio.timeout(20):
            while not system.ascii_connections:
                await asyncio.sleep(0.05)
        await asyncio.sleep(2)
        return rows + await _pushed(hass, system) + await _burst(hass, system)


def _features(
    hass: HomeAssistant, system: HomeSeerSystem, domains: Collection[str]
) -> dict[str, Feature]:
    """Return the features of what is shown, by entity."""
    registry = er.async_get(hass)
    return {
        entity.entity_id: system.model.by_ref(int(entity.unique_id.rsplit("-", 1)[1]))
        for entity in registry.entities.values()
        if entity.domain in domains and entity.disabled_by is None
    }


async def _pushed(hass: HomeAssistant, system: HomeSeerSystem) -> list[Row]:
    """Change one switch after the other at the wall; how long until each is seen."""
    switches = _features(hass, system, {"switch"})
    begun: dict[str, float] = {}
    latencies: list[float] = []

    def heard(entity_id: str) -> None:
        if entity_id in begun:
            latencies.append(time.perf_counter() - begun.pop(entity_id))

    on_change(hass, heard)
    system.requests.clear()
    for number in range(CHANGES):
        entity_id = list(switches)[number % len(switches)]
        feature = switches[entity_id]
        await _free(begun, entity_id)
        begun[entity_id] = time.perf_counter()
        feature.set(255 if hass.states.is_state(entity_id, "off") else 0)
        await asyncio.sleep(BETWEEN)
    await asyncio.sleep(1)
    latencies.sort()
    return [
        Row(f"push → state, {CHANGES} changes, median", _ms(latencies, 0.5), "ms"),
        Row(f"push → state, {CHANGES} changes, p95", _ms(latencies, 0.95), "ms"),
        Row("push → state, seen", len(latencies), f"of {CHANGES}"),
        Row("push → state, reads", len(system.requests), ""),
    ]


async def _free(begun: dict[str, float], entity_id: str) -> None:
    """Wait until the last change of an entity was seen."""
    async with asyncio.timeout(5):
        while entity_id in begun:
            await asyncio.sleep(0.005)


async def _burst(hass: HomeAssistant, system: HomeSeerSystem) -> list[Row]:
    """Change many features at once; how many reads that takes."""
    features = _features(hass, system, BURST_DOMAINS)
    entities = list(features)[:BURST]
    system.requests.clear()
    with counting() as counts:
        for entity_id in entities:
            feature = features[entity_id]
            feature.set(0 if feature.value else 99)
        await asyncio.sleep(3)
    reads = len(system.requests)
    shown = {key: _state(hass, key) for key in features}
    # What a new start shows and this did not was lost.
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    lost = sum(_state(hass, key) != state for key, state in shown.items())
    return [
        Row(f"burst of {len(entities)}, reads", reads, ""),
        Row("burst, lost", lost, ""),
        Row("burst, state writes", counts.writes, ""),
    ]


def _state(hass: HomeAssistant, entity_id: str) -> str | None:
    state = hass.states.get(entity_id)
    return None if state is None else state.state


def _ms(latencies: list[float], part: float) -> float:
    return statistics.quantiles(latencies, n=100)[round(part * 100) - 1] * 1000
