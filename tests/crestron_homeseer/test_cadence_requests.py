"""How many reads a command costs."""

import asyncio
from collections.abc import Awaitable, Callable

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_ASCII_PORT
from custom_components.crestron_homeseer.house.cadence import GATHER_PUSHED
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem
from simulator.house import House, Light
from simulator.recorder import Request

from .common import Advance, act, paths, state, until

LIGHT = "light.kitchen_downlights"
SHADE = "cover.kitchen_kitchen_shade"
SOCKET = "light.kitchen_pantry_light"

type Flow = Callable[[float, float], Awaitable[None]]


@pytest.fixture
def flow(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Flow:
    """Let time pass in steps so small that it shows when something is read."""

    async def flow(seconds: float, step: float) -> None:
        for _ in range(round(seconds / step)):
            clock.advance(step)
            freezer.tick(step)
            await asyncio.sleep(0)
            await hass.async_block_till_done(wait_background_tasks=True)

    return flow


async def unpolled(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Have only those reads that something causes."""
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()


def instant(house: House, processor: CrestronProcessor, lag: float) -> None:
    """Have a processor that shows each command after the same time."""
    house.find("Downlights", Light, room="Kitchen").fade_seconds = 0.0
    processor.change(report_lag=lag, command_latency=0.0)


@pytest.mark.parametrize(("lag", "reads"), [(0.1, 1), (0.4, 1), (0.9, 2), (3.0, 4)])
async def test_a_light_is_read_until_it_has_changed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    flow: Flow,
    lag: float,
    reads: int,
) -> None:
    await unpolled(hass, loaded)
    instant(house, processor, lag)
    await flow(0.1, 0.05)
    processor.requests.clear()
    await act(hass, "light", "turn_on", LIGHT, brightness=60)
    await flow(lag + 1.5, 0.05)
    assert paths(processor.requests).count("lights") == reads
    assert state(hass, LIGHT).attributes["brightness"] == 60


async def test_a_moving_shade_is_read_each_second_however_often_it_has_moved(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    flow: Flow,
) -> None:
    await unpolled(hass, loaded)
    for action in ("close_cover", "open_cover", "close_cover"):
        await flow(40.0, 1.0)
        processor.requests.clear()
        await act(hass, "cover", action, SHADE)
        await flow(8.0, 0.1)
        assert 7 <= paths(processor.requests).count("shades") <= 9


async def test_without_polling_a_lost_read_after_a_command_is_made_up_for(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    await unpolled(hass, loaded)
    await act(hass, "cover", "close_cover", SHADE)
    with processor.faults.during("refuse_connections"):
        await advance(30)
        assert state(hass, SHADE).state == "unavailable"
    await advance(60)
    assert state(hass, SHADE).state == "closed"
    processor.requests.clear()
    await advance(60)
    assert processor.requests == []


async def test_many_lights_of_a_slider_are_not_read_while_it_is_dragged(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    flow: Flow,
) -> None:
    await unpolled(hass, loaded)
    instant(house, processor, 0.4)
    processor.requests.clear()
    for number in range(5):
        await act(hass, "light", "turn_on", LIGHT, brightness=60 + 10 * number)
        await flow(0.2, 0.05)
    assert paths(processor.requests) == []
    await flow(3.0, 0.05)
    assert paths(processor.requests).count("lights") == 1


def status_reads(requests: list[Request]) -> int:
    """Return how often a HomeSeer system was asked for states; a survey is no such."""
    return sum(
        request.query.get("request") == "getstatus" and request.query["ref"] != "all"
        for request in requests
    )


async def test_when_push_is_lost_the_reads_make_up_for_it(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    flow: Flow,
) -> None:
    options = {CONF_ASCII_PORT: system.ascii_port}
    hass.config_entries.async_update_entry(homeseer_entry, options=options)
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await hass.async_block_till_done()
    hub = homeseer_entry.runtime_data.hub
    await until(lambda: hub.pushing)
    await flow(2.0, 0.5)
    assert homeseer_entry.runtime_data.read_interval == 60.0
    system.faults.on("ascii_closed")
    system.faults.on("ascii_drop")
    system.model.find("Guest Mode").set(0)
    await flow(3.0, 0.5)
    assert not hub.pushing
    # Not only after the minute that was planned while there was push.
    assert homeseer_entry.runtime_data.read_interval < 5.0


@pytest.mark.parametrize("polled", [True, False])
async def test_with_push_a_command_is_one_read(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    flow: Flow,
    polled: bool,
) -> None:
    options = {CONF_ASCII_PORT: system.ascii_port}
    hass.config_entries.async_update_entry(
        homeseer_entry, options=options, pref_disable_polling=not polled
    )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await hass.async_block_till_done()
    hub = homeseer_entry.runtime_data.hub
    await until(lambda: hub.pushing)
    await flow(2.0, 0.5)
    for action in ("turn_on", "turn_off"):
        system.requests.clear()
        await act(hass, "light", action, SOCKET)
        await flow(2.0, 0.1)
        # The push tells before it is looked.
        assert status_reads(system.requests) == 1
    assert state(hass, SOCKET).state == "off"
    # What somebody else switches is told as well.
    system.requests.clear()
    system.model.find("Pantry Light").set(255)
    await flow(2.0, 0.1)
    assert state(hass, SOCKET).state == "on"
    assert status_reads(system.requests) == 1


async def test_a_push_to_a_quiet_system_is_read_at_once_and_a_flood_together(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, system: HomeSeerSystem
) -> None:
    options = {CONF_ASCII_PORT: system.ascii_port}
    hass.config_entries.async_update_entry(
        homeseer_entry, options=options, pref_disable_polling=True
    )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await until(lambda: homeseer_entry.runtime_data.hub.pushing)
    await asyncio.sleep(0.4)
    seen = asyncio.Event()

    @callback
    def see(_: object) -> None:
        seen.set()

    async_track_state_change_event(hass, SOCKET, see)
    light = system.model.find("Pantry Light")
    begun = asyncio.get_running_loop().time()
    light.set(255)
    async with asyncio.timeout(5):
        await seen.wait()
    assert asyncio.get_running_loop().time() - begun < GATHER_PUSHED
    await asyncio.sleep(0.4)
    system.requests.clear()
    for number in range(600):
        light.set(number % 2 * 255)
        if number % 6 == 0:
            await asyncio.sleep(0.01)
    light.set(0)
    await asyncio.sleep(0.5)
    assert 2 <= status_reads(system.requests) <= 6
    assert state(hass, SOCKET).state == "off"
