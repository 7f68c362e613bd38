"""Many processors in one Home Assistant."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from itertools import groupby

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.samples import generated_house

from .common import Advance, Writes, until
from .conftest import TOKEN

PROCESSORS, DEVICES = 4, 60

type Pairs = list[tuple[CrestronProcessor, MockConfigEntry]]


@pytest.fixture
async def pairs(
    hass: HomeAssistant,
    clock: ManualClock,
    socket_enabled: None,
    freezer: FrozenDateTimeFactory,
) -> AsyncGenerator[Pairs]:
    """Some processors with a house each, and their entries, not yet set up."""
    found: Pairs = []
    async with AsyncExitStack() as running:
        for number in range(PROCESSORS):
            house = generated_house(DEVICES, clock)
            each = CrestronProcessor(house, token=TOKEN, clock=clock)
            await running.enter_async_context(each)
            data = {"kind": "crestron", "host": each.host, "port": each.port}
            entry = MockConfigEntry(
                domain=DOMAIN,
                title=f"House {number}",
                minor_version=2,
                data=data | {"ssl": False, "token": TOKEN},
            )
            entry.add_to_hass(hass)
            found.append((each, entry))
        yield found


async def test_they_start_after_each_other_and_cost_the_same_each(
    hass: HomeAssistant, pairs: Pairs, advance: Advance, writes: Writes
) -> None:
    added = []

    @callback
    def on_added(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        entity = er.async_get(hass).async_get(event.data["entity_id"])
        if event.data["action"] == "create" and entity is not None:
            added.append(entity.config_entry_id)

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, on_added)
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    assert {entry.state for _, entry in pairs} == {ConfigEntryState.LOADED}
    # One that has begun to add entities is not interrupted.
    assert len(list(groupby(added))) == PROCESSORS
    assert all(len(each.requests) <= 10 for each, _ in pairs)
    # At rest, each is read as often as if there were no other, and nothing is written.
    await advance(30)
    for each, _ in pairs:
        each.requests.clear()
    writes.clear()
    await advance(30)
    reads = [len(each.requests) for each, _ in pairs]
    assert max(reads) <= 95
    assert max(reads) - min(reads) <= 5
    assert {key for key in writes if not key.startswith("climate")} == set()


async def test_one_that_is_slow_does_not_keep_the_others_waiting(
    hass: HomeAssistant, pairs: Pairs
) -> None:
    (processor, slow), (_, quick), *_ = pairs
    with processor.faults.during("slow", 0.5):
        starting = asyncio.create_task(async_setup_component(hass, DOMAIN, {}))
        await until(lambda: quick.state is ConfigEntryState.LOADED)
        assert slow.state is ConfigEntryState.SETUP_IN_PROGRESS
    assert await starting
