"""A finger on a light's slider, as the user interface asks for it."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem
from simulator.house import House, Light

from .common import act, posts, state

LIGHT = "light.kitchen_downlights"
DIMMER = "light.kitchen_kitchen_dimmer"
STEPS = 40


async def drag(
    hass: HomeAssistant, entity_id: str, look: Callable[[], Awaitable[None]]
) -> None:
    """Ask for another brightness each 50 ms, for two seconds; nobody hears an error."""
    calls = []
    for step in range(1, STEPS + 1):
        calls.append(
            asyncio.create_task(
                act(hass, "light", "turn_on", entity_id, brightness=50 + 5 * step)
            )
        )
        await asyncio.sleep(0.05)
    await asyncio.gather(*calls)
    await look()


def check(writes: list[tuple[float, float]], answer: float, last: float) -> None:
    """Check what was written and when: at most five a second, in order, and the last."""
    values = [value for _, value in writes]
    assert values == sorted(set(values))
    assert values[-1] == last
    at = [moment for moment, _ in writes]
    # One that comes late on a busy machine is soon followed by the next.
    assert min(later - sooner for sooner, later in pairwise(at)) >= 0.12
    assert len(writes) <= 2 * 5 + 2
    assert len(writes) >= (8 if answer < 0.1 else 3)


@pytest.mark.parametrize("answer", [0.0, 1.0])
async def test_a_slider_at_a_processor(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    answer: float,
) -> None:
    loop = asyncio.get_running_loop()
    processor.change(answer_seconds=answer)
    found: list[tuple[float, float]] = []
    seen = 0

    async def look() -> None:
        nonlocal seen
        found.extend(
            (loop.time(), request.body["lights"][0]["level"])
            for request in processor.requests[seen:]
            if request.method == "POST"
        )
        seen = len(processor.requests)

    async with asyncio.TaskGroup() as group:
        processor.requests.clear()
        watching = group.create_task(every_moment(look))
        await drag(hass, LIGHT, look)
        watching.cancel()
    check(found, answer, 250 * 257)
    assert state(hass, LIGHT).attributes["brightness"] == 250


@pytest.mark.parametrize("answer", [0.0, 1.0])
async def test_a_slider_at_a_homeseer_system(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    answer: float,
) -> None:
    loop = asyncio.get_running_loop()
    system.change(answer_seconds=answer)
    found: list[tuple[float, float]] = []
    seen = 0

    async def look() -> None:
        nonlocal seen
        found.extend(
            (loop.time(), float(request.query["value"]))
            for request in system.requests[seen:]
            if request.query.get("request", "").startswith("control")
        )
        seen = len(system.requests)

    async with asyncio.TaskGroup() as group:
        system.requests.clear()
        watching = group.create_task(every_moment(look))
        await drag(hass, DIMMER, look)
        watching.cancel()
    check(found, answer, 97.0)
    assert state(hass, DIMMER).attributes["brightness"] == pytest.approx(250, abs=3)


async def every_moment(look: Callable[[], Awaitable[None]]) -> None:
    """Look all the time."""
    while True:
        await look()
        await asyncio.sleep(0.005)


async def test_a_group_on_a_slider_is_one_request_each_time(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
) -> None:
    room = next(iter(house.rooms))
    for number in range(20):
        house.add(Light(7000 + number, f"Spot {number}", room, level=0.0))
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done()
    lights = hass.states.async_all("light")
    spots = [each.entity_id for each in lights if "Spot " in each.name]
    assert len(spots) == 20
    options: dict[str, Any] = {
        "group_type": "light",
        "name": "Spots",
        "entities": spots,
    }
    options |= {"hide_members": False, "all": False}
    group = MockConfigEntry(domain="group", title="Spots", options=options)
    group.add_to_hass(hass)
    assert await hass.config_entries.async_setup(group.entry_id)
    await hass.async_block_till_done()
    for target in (spots, "light.spots"):
        processor.requests.clear()
        for brightness in (80, 120, 160):
            await act(
                hass, "light", "turn_on", target, brightness=brightness, transition=2
            )
        assert posts(processor.requests) == ["lights/SetState"] * 3
        bodies = [each.body for each in processor.requests if each.method == "POST"]
        assert {len(body["lights"]) for body in bodies} == {20}
        assert {item["time"] for body in bodies for item in body["lights"]} == {2000}


async def test_a_homeseer_light_comes_back_to_its_level(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, system: HomeSeerSystem
) -> None:
    await act(hass, "light", "turn_on", DIMMER, brightness_pct=35)
    await act(hass, "light", "turn_off", DIMMER, transition=5)
    assert state(hass, DIMMER).state == "off"
    system.requests.clear()
    await act(hass, "light", "turn_on", DIMMER)
    (order,) = [each for each in system.requests if "value" in each.query]
    assert float(order.query["value"]) == 35
    assert state(hass, DIMMER).attributes["brightness"] == round(0.35 * 255)
