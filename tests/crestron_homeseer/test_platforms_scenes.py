"""Scenes and buttons of a processor."""

import asyncio

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
from simulator.house import House, Scene

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


async def test_a_scene_that_the_house_matches_was_not_activated(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    advance: Advance,
    entity_registry: er.EntityRegistry,
    writes: Writes,
) -> None:
    scene = "scene.kitchen_all_off"
    off = house.find("All Off", Scene, room="Kitchen")
    matches = entity_registry.async_get_entity_id(
        "binary_sensor", "crestron_homeseer", f"01HOUSE_scene-{off.id}-matches"
    )
    assert matches is not None
    sensor = entity_registry.async_get(matches)
    assert sensor is not None
    assert sensor.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    entity_registry.async_update_entity(matches, disabled_by=None)
    # Home Assistant reloads by itself, half a minute later.
    await advance(60)
    assert (state(hass, scene).state, state(hass, matches).state) == ("unknown", "off")
    assert state(hass, matches).name == "Kitchen House matches All Off"
    writes.clear()
    house.recall(off)
    await advance(30)
    assert (state(hass, scene).state, state(hass, matches).state) == ("unknown", "on")
    assert writes[scene] == 0


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


async def test_what_may_open_a_way_in_is_hidden(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    advance: Advance,
    entity_registry: er.EntityRegistry,
) -> None:
    await advance(30)
    hidden: dict[str, set[er.RegistryEntryHider | None]] = {}
    for scene in house.scenes.values():
        entity_id = entity_registry.async_get_entity_id(
            "scene", "crestron_homeseer", f"01HOUSE_scene-{scene.id}"
        )
        assert entity_id is not None
        item = entity_registry.async_get(entity_id)
        assert item is not None
        assert item.disabled_by is None
        hidden.setdefault(scene.type, set()).add(item.hidden_by)
        said = state(hass, entity_id).attributes["scene_type"]
        assert said == scene.type.lower().replace(" ", "")
    by_us = {er.RegistryEntryHider.INTEGRATION}
    assert hidden == {
        "Lighting": {None},
        "Shade": {None},
        "Media": {None},
        "Climate": {None},
        "Lock": by_us,
        "Unlock": by_us,
        "genericIO": by_us,
    }
    # Quick actions are scenes in a row, and nobody is told which.
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
    processor.change(quick_action_way="recall/ID" if works else None)
    press = act(hass, "button", "press", button)
    result = (await asyncio.gather(press, return_exceptions=True))[0]
    assert (result is None) is works
    assert house.find("Good Morning").runs == runs
