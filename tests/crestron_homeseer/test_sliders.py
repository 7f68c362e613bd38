"""A finger on a light's slider, as the user interface asks for it."""

import asyncio

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem
from simulator.house import Light
from simulator.recorder import Request

from .common import Home, act, posts, state

LIGHT = "light.kitchen_downlights"
DIMMER = "light.kitchen_kitchen_dimmer"


def written(request: Request) -> float | None:
    """Return the level that a request sets, of either vendor; None for others."""
    if request.method == "POST":
        return float(request.body["lights"][0]["level"])
    if request.query.get("request", "").startswith("control"):
        return float(request.query["value"])
    return None


@pytest.mark.parametrize(
    ("vendor", "light", "last"),
    [("crestron", LIGHT, 250 * 257), ("homeseer", DIMMER, 97.0)],
)
async def test_a_slider_writes_five_times_a_second_at_most_and_ends_right(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
    processor: CrestronProcessor,
    system: HomeSeerSystem,
    vendor: str,
    light: str,
    last: float,
) -> None:
    """Each 50 ms another brightness, for a second; nobody gets an error."""
    requests = processor.requests if vendor == "crestron" else system.requests
    seen = len(requests)
    calls = []
    for wanted in range(60, 251, 10):
        call = act(hass, "light", "turn_on", light, brightness=wanted)
        calls.append(asyncio.create_task(call))
        await asyncio.sleep(0.05)
    await asyncio.gather(*calls)
    levels = [level for each in requests[seen:] if (level := written(each)) is not None]
    assert levels == sorted(set(levels))
    assert levels[-1] == last
    assert 4 <= len(levels) <= 5 + 2
    assert state(hass, light).attributes["brightness"] == pytest.approx(250, abs=3)


async def test_a_group_on_a_slider_is_one_request_each_time(home: Home) -> None:
    room = next(iter(home.house.rooms))
    for number in range(20):
        home.house.add(Light(7000 + number, f"Spot {number}", room, level=0.0))
    await home.reload()
    lights = home.hass.states.async_all("light")
    spots = [each.entity_id for each in lights if "Spot " in each.name]
    assert len(spots) == 20
    options = {"name": "Spots", "entities": spots, "group_type": "light", "all": False}
    options["hide_members"] = False
    group = MockConfigEntry(domain="group", title="Spots", options=options)
    group.add_to_hass(home.hass)
    assert await home.hass.config_entries.async_setup(group.entry_id)
    await home.hass.async_block_till_done()
    for target in (spots, "light.spots"):
        home.processor.requests.clear()
        for level in (80, 120, 160):
            await home.act("light", "turn_on", target, brightness=level, transition=2)
        assert posts(home.processor.requests) == ["lights/SetState"] * 3
        bodies = [each.body for each in home.processor.requests if each.body]
        assert {len(body["lights"]) for body in bodies} == {20}
        assert {item["time"] for body in bodies for item in body["lights"]} == {2000}
