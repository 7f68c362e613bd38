"""Scenes and buttons of a processor."""

import asyncio

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
from simulator.house import House, Light, Scene

from .common import Advance, Writes, act, state

pytestmark = pytest.mark.usefixtures("loaded")


async def test_a_scene_is_recalled_once_and_recorded(
    hass: HomeAssistant, house: House, processor: CrestronProcessor, advance: Advance
) -> None:
    scene = "scene.living_room_shades_closed"
    assert state(hass, scene).state == STATE_UNKNOWN
    processor.commands.clear()
    await act(hass, "scene", "turn_on", scene)
    assert [command.what for command in processor.commands] == ["recall"]
    recorded = state(hass, scene).state
    assert recorded != STATE_UNKNOWN
    await advance(60)
    # That the scene becomes true because of us is no second activation.
    assert state(hass, scene).state == recorded
    assert state(hass, "cover.living_room_living_room_left").state == "closed"


async def test_a_scene_writes_only_what_can_be_seen(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    writes: Writes,
) -> None:
    scene = "scene.kitchen_all_off"
    lamp = house.find("Downlights", Light, room="Kitchen")
    off = house.find("All Off", Scene, room="Kitchen")
    await advance(30)
    house.recall(off)
    await advance(30)
    hub = loaded.runtime_data
    key = f"scene-{off.id}"
    assert hub.data.devices[key].active
    writes.clear()
    # Nobody sees that the house no longer matches the scene.
    lamp.level = 0.5
    await advance(30)
    assert not hub.data.devices[key].active
    assert writes[scene] == 0
    house.recall(off)
    await advance(30)
    assert hub.data.devices[key].active
    assert writes[scene] == 1


async def test_a_scene_that_failed_is_not_recorded(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    scene = "scene.kitchen_all_off"
    with (
        processor.faults.during("command_failure"),
        pytest.raises(HomeAssistantError),
    ):
        await act(hass, "scene", "turn_on", scene)
    assert state(hass, scene).state == STATE_UNKNOWN


async def test_an_activation_elsewhere_is_recorded(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    scene = "scene.kitchen_all_off"
    await advance(30)
    assert state(hass, scene).state == STATE_UNKNOWN
    house.recall(house.find("All Off", Scene, room="Kitchen"))
    await advance(30)
    assert state(hass, scene).state != STATE_UNKNOWN


async def test_unlocking_scenes_and_quick_actions_are_off_at_first(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    entity_registry: er.EntityRegistry,
) -> None:
    await advance(30)
    disabled = {
        item.original_name
        for item in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if item.disabled_by
    }
    assert "Good Morning" in disabled
    assert any("nlock" in str(name) for name in disabled)
    assert hass.states.async_all("button") == []


@pytest.mark.parametrize(("works", "runs"), [(True, 1), (False, 0)])
async def test_a_quick_action_worked_only_if_the_hub_says_so(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
    entity_registry: er.EntityRegistry,
    works: bool,
    runs: int,
) -> None:
    await advance(30)
    button = next(
        item.entity_id
        for item in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if item.original_name == "Good Morning"
    )
    entity_registry.async_update_entity(button, disabled_by=None)
    # Home Assistant reloads by itself, half a minute later.
    await advance(60)
    processor.change(quick_actions_run=works)
    press = act(hass, "button", "press", button)
    result = (await asyncio.gather(press, return_exceptions=True))[0]
    assert (result is None) is works
    assert house.find("Good Morning").runs == runs
