"""How a HomeSeer system looks in Home Assistant: names, areas, and its odd devices."""

import re

from homeassistant.components.select import ATTR_OPTIONS
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.homeseer import HomeSeerSystem, Model
from simulator.homeseer.control import Command

from .common import Advance, act, registered, set_up, state

PLAYLIST = "select.living_room_living_room_sonos_playlist"


@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_playlist_is_chosen_from_its_list_beside_its_player(
    hass: HomeAssistant, system: HomeSeerSystem, model: Model, advance: Advance
) -> None:
    shown = state(hass, PLAYLIST)
    assert shown.state == "Dinner Party"
    assert shown.attributes[ATTR_OPTIONS] == ["Morning Jazz", "Dinner Party", "Kids"]
    await act(hass, "select", "select_option", PLAYLIST, option="Kids")
    feature = model.find("Living Room Sonos Playlist")
    assert system.commands == [Command(feature.ref, 0, "index", "Kids")]
    await advance(40)
    assert state(hass, PLAYLIST).state == "Kids"
    with pytest.raises(ServiceValidationError):
        await act(hass, "select", "select_option", PLAYLIST, option="Nobody's")
    assert len(system.commands) == 1
    # One that is on no list is not known.
    feature.say("Grandma's birthday")
    await advance(40)
    assert state(hass, PLAYLIST).state == STATE_UNKNOWN
    device_id = registered(hass, PLAYLIST).device_id or ""
    beside = er.async_entries_for_device(er.async_get(hass), device_id)
    domains = {each.domain for each in beside}
    assert "media_player" in domains
    assert "button" not in domains


@pytest.mark.usefixtures("homeseer_loaded")
async def test_devices_are_called_what_people_call_them_and_are_where_they_are(
    hass: HomeAssistant, model: Model
) -> None:
    devices = {
        each.name: each
        for each in dr.async_entries_for_config_entry(dr.async_get(hass), "01SYSTEM")
    }
    models = {name: each.model or "" for name, each in devices.items()}
    assert models["HomeSeer HS4"] == "HS4"
    assert models["Lighting events"] == "Events"
    assert models["Kitchen Dimmer"] == "Z-Wave Switch Multilevel"
    # A plug-in's device is not HomeSeer's.
    makers = {name: each.manufacturer for name, each in devices.items()}
    assert makers["Message of the Day"] == "HomeSeer"
    assert makers["Kitchen Dimmer"] == model.find("Kitchen Dimmer").interface
    assert makers["Kitchen Dimmer"] != "HomeSeer"
    noise = re.compile(r"\b(root|device)$", re.IGNORECASE)
    assert [model for model in models.values() if noise.search(model)] == []
    scene = state(hass, "scene.lighting_events_outside_lights_on")
    assert scene.name == "Lighting events Outside Lights On"
    areas = {area.name for area in ar.async_get(hass).async_list_areas()}
    assert {"Kitchen", "Garage", "Porch"} < areas
    # What HomeSeer makes up itself is in no area.
    assert areas.isdisjoint({"Timers", "Counters", "Virtual"})
    for name in ("Laundry Timer", "House Mode"):
        assert devices[name].area_id is None


@pytest.mark.usefixtures("homeseer_loaded")
async def test_a_text_box_stays_one_whatever_is_written_into_it(
    hass: HomeAssistant, system: HomeSeerSystem, advance: Advance
) -> None:
    text = "Clear"
    await act(hass, "text", "set_value", "text.message_of_the_day", value=text)
    # Something new has all kinds decided anew.
    system.faults.on("device_added")
    await advance(320)
    assert hass.states.get("light.kitchen_added_light") is not None
    assert state(hass, "text.message_of_the_day").state == text


async def test_a_sensor_that_starts_in_neither_state_is_a_sensor_with_two(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, model: Model
) -> None:
    model.find("Kitchen Smoke Smoke Alarm").set(3)
    model.find("Hallway Motion Home Security").set(254)
    await set_up(hass, homeseer_entry)
    for name in ("kitchen_kitchen_smoke", "hallway_hallway_motion"):
        assert state(hass, f"binary_sensor.{name}").state == STATE_UNKNOWN
    await hass.config_entries.async_unload(homeseer_entry.entry_id)
