"""Lights and fans of a processor."""

from homeassistant.core import HomeAssistant, State
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    mock_restore_cache_with_extra_data,
)

from simulator.crestron import CrestronProcessor
from simulator.house import Fan, House, Light

from .common import Advance, act, posts, state

pytestmark = pytest.mark.usefixtures("loaded")

LIGHT = "light.kitchen_downlights"
FAN = "fan.master_bedroom_ceiling_fan"


# Lights


@pytest.mark.parametrize("brightness", [1, 2, 127, 128, 254, 255])
async def test_each_brightness_arrives_and_comes_back_exactly(
    hass: HomeAssistant, house: House, advance: Advance, brightness: int
) -> None:
    await act(hass, "light", "turn_on", LIGHT, brightness=brightness)
    assert state(hass, LIGHT).attributes["brightness"] == brightness
    await advance(15)
    assert state(hass, LIGHT).attributes["brightness"] == brightness
    level = house.find("Downlights", Light, room="Kitchen").level
    assert round(level * 65535) == brightness * 257


async def test_the_dimmest_light_is_on(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Downlights", Light, room="Kitchen").level = 1 / 65535
    await advance(7)
    assert state(hass, LIGHT).state == "on"
    assert state(hass, LIGHT).attributes["brightness"] == 1


async def test_on_returns_to_the_last_level(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "light", "turn_on", LIGHT, brightness=77)
    await advance(8)
    await act(hass, "light", "turn_off", LIGHT)
    await advance(8)
    assert state(hass, LIGHT).state == "off"
    await act(hass, "light", "turn_on", LIGHT)
    await advance(8)
    assert state(hass, LIGHT).attributes["brightness"] == 77
    assert house.find("Downlights", Light, room="Kitchen").level == 77 * 257 / 65535


async def test_a_light_that_fades_out_elsewhere_comes_back_to_its_level(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "light", "turn_on", LIGHT, brightness=204)
    await advance(30)
    # A scene is watched closely, so the fade is seen on its way.
    house.find("Downlights", Light, room="Kitchen").fade_seconds = 4.0
    await act(hass, "scene", "turn_on", "scene.kitchen_all_off")
    await advance(3)
    assert 1 < state(hass, LIGHT).attributes["brightness"] < 200
    await advance(15)
    assert state(hass, LIGHT).state == "off"
    await act(hass, "light", "turn_on", LIGHT)
    assert state(hass, LIGHT).attributes["brightness"] == 204


async def test_a_level_chosen_elsewhere_is_come_back_to(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    light = house.find("Downlights", Light, room="Kitchen")
    for level in (0.8, 0.4):
        light.level = level
        await advance(30)
    light.level = 0.0
    await advance(10)
    await act(hass, "light", "turn_on", LIGHT)
    assert state(hass, LIGHT).attributes["brightness"] == 102


async def test_a_fade_takes_its_time_and_the_target_is_shown(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "light", "turn_on", LIGHT, brightness=51, transition=8)
    await advance(4)
    light = house.find("Downlights", Light, room="Kitchen")
    assert 0.3 < light.level < 0.8
    assert state(hass, LIGHT).attributes["brightness"] == 51
    await advance(10)
    assert light.level == pytest.approx(0.2)
    assert state(hass, LIGHT).attributes["brightness"] == 51


async def test_a_switched_light_only_switches(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    switch = "light.kitchen_under_cabinet"
    assert state(hass, switch).attributes["supported_color_modes"] == ["onoff"]
    await act(hass, "light", "turn_off", switch)
    assert state(hass, switch).state == "off"
    await advance(7)
    assert state(hass, switch).state == "off"
    await act(hass, "light", "turn_on", switch)
    await advance(7)
    assert state(hass, switch).state == "on"
    assert house.find("Under Cabinet", Light).level == 1.0


@pytest.mark.parametrize(
    ("stored", "brightness"),
    [({"level": 0.2}, 51), ({"level": 7.0}, 255), ({"level": None}, 255), ({}, 255)],
)
async def test_the_last_level_outlives_a_restart(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    stored: dict[str, object],
    brightness: int,
) -> None:
    light = "light.living_room_cove"
    await hass.config_entries.async_unload(loaded.entry_id)
    mock_restore_cache_with_extra_data(hass, [(State(light, "off"), stored)])
    await hass.config_entries.async_setup(loaded.entry_id)
    await act(hass, "light", "turn_on", light)
    await advance(8)
    assert state(hass, light).attributes["brightness"] == brightness


async def test_many_lights_are_one_request(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    lights = [item.entity_id for item in hass.states.async_all("light")]
    await act(hass, "light", "turn_off", lights)
    assert posts(processor.requests) == ["lights/SetState"]


# Fans


@pytest.mark.parametrize(("percentage", "speed"), [(1, 1), (33, 1), (66, 2), (100, 3)])
async def test_a_fan_has_three_speeds(
    hass: HomeAssistant, house: House, advance: Advance, percentage: int, speed: int
) -> None:
    await act(hass, "fan", "set_percentage", FAN, percentage=percentage)
    await advance(7)
    assert house.find("Ceiling Fan", Fan).speed == speed
    assert state(hass, FAN).attributes["percentage"] == 100 * speed // 3


async def test_a_fan_turns_on_at_its_last_speed(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "fan", "turn_on", FAN, percentage=66)
    await advance(7)
    await act(hass, "fan", "turn_off", FAN)
    await advance(7)
    assert state(hass, FAN).state == "off"
    await act(hass, "fan", "turn_on", FAN)
    await advance(7)
    assert house.find("Ceiling Fan", Fan).speed == 2
