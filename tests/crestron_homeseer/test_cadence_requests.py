"""How many reads a command costs."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_ASCII_PORT
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem
from simulator.house import Light

from .common import Home, act, paths, set_up, state, until

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


@pytest.fixture
async def unpolled(home: Home) -> Home:
    """A processor with only those reads that something causes."""
    await home.reload(pref_disable_polling=True)
    home.house.find("Downlights", Light, room="Kitchen").fade_seconds = 0.0
    return home


@pytest.fixture
async def pushing(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, system: HomeSeerSystem
) -> AsyncGenerator[MockConfigEntry]:
    """A system that pushes."""
    options = {CONF_ASCII_PORT: system.ascii_port}
    await set_up(hass, homeseer_entry, options=options)
    await until(lambda: homeseer_entry.runtime_data.hub.pushing)
    yield homeseer_entry
    await hass.config_entries.async_unload(homeseer_entry.entry_id)


def status_reads(system: HomeSeerSystem) -> int:
    """Return how often a system was asked for states; a survey is no such."""
    return sum(
        request.query.get("request") == "getstatus" and request.query["ref"] != "all"
        for request in system.requests
    )


@pytest.mark.parametrize(("lag", "reads"), [(0.1, 1), (0.4, 1), (0.9, 2), (3.0, 4)])
async def test_a_light_is_read_until_it_has_changed(
    unpolled: Home, flow: Flow, lag: float, reads: int
) -> None:
    unpolled.processor.change(report_lag=lag, command_latency=0.0)
    await flow(0.1, 0.05)
    unpolled.processor.requests.clear()
    await unpolled.act("light", "turn_on", LIGHT, brightness=60)
    await flow(lag + 5.5, 0.05)
    assert paths(unpolled.processor.requests).count("lights") == reads
    assert unpolled[LIGHT].attributes["brightness"] == 60


async def test_a_moving_shade_is_read_each_second_however_often_it_has_moved(
    unpolled: Home, flow: Flow
) -> None:
    for action in ("close_cover", "open_cover", "close_cover"):
        await flow(40.0, 1.0)
        unpolled.processor.requests.clear()
        await unpolled.act("cover", action, SHADE)
        await flow(8.0, 0.1)
        assert 7 <= paths(unpolled.processor.requests).count("shades") <= 9


async def test_scenes_are_read_where_somebody_wants_to_see_whether_the_house_matches(
    hass: HomeAssistant, home: Home, flow: Flow
) -> None:
    await flow(10.0, 0.5)
    home.processor.requests.clear()
    await flow(10.0, 0.5)
    read = set(paths(home.processor.requests))
    assert "lights" in read
    assert "scenes" not in read
    entities = er.async_get(hass)
    for entity_id, each in list(entities.entities.items()):
        if each.unique_id.endswith("-matches"):
            entities.async_update_entity(entity_id, disabled_by=None)
    await home.reload()
    await flow(10.0, 0.5)
    home.processor.requests.clear()
    await flow(10.0, 0.5)
    assert "scenes" in paths(home.processor.requests)


async def test_many_levels_of_a_slider_are_not_read_while_it_is_dragged(
    unpolled: Home, flow: Flow
) -> None:
    unpolled.processor.change(report_lag=0.4, command_latency=0.0)
    unpolled.processor.requests.clear()
    for number in range(5):
        brightness = 60 + 10 * number
        await unpolled.act("light", "turn_on", LIGHT, brightness=brightness)
        await flow(0.2, 0.05)
    assert paths(unpolled.processor.requests) == []
    await flow(3.0, 0.05)
    assert paths(unpolled.processor.requests).count("lights") == 1


async def test_when_push_is_lost_the_reads_make_up_for_it(
    pushing: MockConfigEntry, system: HomeSeerSystem, flow: Flow
) -> None:
    coordinator = pushing.runtime_data
    await flow(2.0, 0.5)
    assert coordinator.read_interval == 60.0
    system.faults.on("ascii_closed")
    system.faults.on("ascii_drop")
    system.model.find("Guest Mode").set(0)
    await flow(3.0, 0.5)
    assert not coordinator.hub.pushing
    # Not only after the minute that was planned while there was push.
    assert coordinator.read_interval < 5.0


@pytest.mark.parametrize("polled", [True, False])
async def test_with_push_a_command_is_one_read(
    hass: HomeAssistant,
    pushing: MockConfigEntry,
    system: HomeSeerSystem,
    flow: Flow,
    polled: bool,
) -> None:
    hass.config_entries.async_update_entry(pushing, pref_disable_polling=not polled)
    await flow(2.0, 0.5)
    for action in ("turn_on", "turn_off"):
        system.requests.clear()
        await act(hass, "light", action, SOCKET)
        await flow(2.0, 0.1)
        # The push comes before the read that is planned.
        assert status_reads(system) == 1
    assert state(hass, SOCKET).state == "off"
    # What somebody else switches is pushed as well.
    system.requests.clear()
    system.model.find("Pantry Light").set(255)
    await flow(2.0, 0.1)
    assert state(hass, SOCKET).state == "on"
    assert status_reads(system) == 1
