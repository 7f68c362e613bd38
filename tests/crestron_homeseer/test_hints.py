"""A processor of which a web hook tells that something changed."""

import asyncio
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import CONF_WEBHOOK
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor, Sequence
from simulator.house import House, Light

from .common import Advance, paths, state

HOOK = "a-crestron-hook-that-nobody-may-see"
LIGHT = "light.kitchen_downlights"
ALL = {
    "shades",
    "lights",
    "doorlocks",
    "sensors",
    "securitydevices",
    "thermostats",
    "mediarooms",
    "scenes",
}


async def set_up(
    hass: HomeAssistant, entry: MockConfigEntry, **options: Any
) -> MockConfigEntry:
    """Set an entry up that reads only what something causes."""
    hass.config_entries.async_update_entry(
        entry, options=options, pref_disable_polling=True
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def read_all(entry: MockConfigEntry, advance: Advance) -> None:
    """Let all that is done after a start be done: the next survey is long after it."""
    await advance(8)
    await entry.runtime_data.async_refresh()
    await advance(3)


@pytest.fixture
async def hook(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> str:
    """The address of the web hook of a processor, which is on."""
    await set_up(hass, entry, **{CONF_WEBHOOK: True, CONF_WEBHOOK_ID: HOOK})
    client = await hass_client_no_auth()
    await read_all(entry, advance)
    processor.requests.clear()
    return str(client.make_url(f"/api/webhook/{HOOK}"))


def shown_now(house: House, processor: CrestronProcessor) -> None:
    """Have a processor that shows each change at once."""
    house.find("Downlights", Light, room="Kitchen").fade_seconds = 0.0
    processor.change(report_lag=0.0, command_latency=0.0)


@pytest.mark.parametrize(("method", "names_list"), [("GET", True), ("POST", False)])
async def test_a_sequence_calls_and_the_change_is_shown(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    hook: str,
    advance: Advance,
    method: str,
    names_list: bool,
) -> None:
    shown_now(house, processor)
    light = house.find("Downlights", Light, room="Kitchen")
    before = state(hass, LIGHT).state
    async with Sequence(house, hook, method, names_list=names_list) as sequence:
        light.jump("level", 0.0 if before == "on" else 1.0)
        await sequence.caller.drain()
        assert sequence.caller.answers == [HTTPStatus.OK]
    await asyncio.sleep(0.05)
    await advance(0.5)
    assert state(hass, LIGHT).state != before
    read = set(paths(processor.requests))
    assert {"lights"} <= read <= ({"lights"} if names_list else ALL)
    # Once more later, because states may lag.
    await advance(3)
    assert paths(processor.requests).count("lights") == 2
    assert names_list or set(paths(processor.requests)) == ALL
    assert processor.commands == []


async def test_a_flood_takes_no_more_than_a_part_of_a_slow_processor(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    freezer: FrozenDateTimeFactory,
    clock: ManualClock,
) -> None:
    client = await hass_client_no_auth()
    with processor.faults.during("slow", 1.0):
        for step in range(240):
            if step % 2:
                await client.get(f"/api/webhook/{HOOK}?list=lights")
            clock.advance(0.25)
            freezer.tick(0.25)
            # Sockets need some of the real time.
            await asyncio.sleep(0.004)
    # A third of a minute, and what a few changes in a row may take at once.
    assert 8 <= paths(processor.requests).count("lights") <= 24
    clock.advance(5)
    await asyncio.sleep(0.05)


async def test_no_body_matters(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    path = f"/api/webhook/{HOOK}?list=nonsense"
    response = await client.post(path, data=b"\xff" * 99_999)
    assert response.status == HTTPStatus.OK
    await advance(5)
    assert set(paths(processor.requests)) >= ALL


async def test_who_may_not_call_is_not_heard(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    path = f"/api/webhook/{HOOK}"
    other = await client.put(path)
    assert other.status == HTTPStatus.METHOD_NOT_ALLOWED
    is_local = "homeassistant.components.webhook.network_util.is_local"
    with patch(is_local, return_value=False):
        await client.get(path)
    await client.get(f"{path}x")
    hass.config_entries.async_update_entry(entry, options={CONF_WEBHOOK_ID: HOOK})
    await hass.config_entries.async_reload(entry.entry_id)
    await read_all(entry, advance)
    processor.requests.clear()
    await client.get(path)
    await advance(3)
    assert processor.requests == []


async def test_a_list_that_fails_is_asked_for_no_sooner(
    hook: str,
    hass_client_no_auth: ClientSessionGenerator,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    client = await hass_client_no_auth()
    with processor.faults.during("http_500", path="/lights"):
        await client.get(f"/api/webhook/{HOOK}")
        await advance(3)
        assert paths(processor.requests).count("lights") == 1
        for _ in range(5):
            await client.get(f"/api/webhook/{HOOK}")
            await advance(1)
    read = paths(processor.requests)
    # As often as while nobody calls.
    assert read.count("lights") <= 3
    assert read.count("shades") > 5
