"""What a processor has, by the way of all floors at once."""

import asyncio

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
)
import voluptuous as vol

from custom_components.crestron_homeseer.crestron import media
from simulator.house import Light, Lock, MediaRoom, Scene, Sensor, Shade, Thermostat

from .common import Alongside, Home, Writes, posts

# Home Assistant itself loads an entry again half a minute after an entity is enabled.
RELOADED = 60
LIGHT = "light.kitchen_downlights"
FAN = "fan.master_bedroom_ceiling_fan"
SHADE = "cover.kitchen_kitchen_shade"
LOCK = "lock.hallway_front_door"
ROOM = "media_player.living_room"
COOLING = "climate.living_room_main_floor"
OFF = "climate.guest_bedroom_guest_wing"

# Lights and fans


async def test_a_brightness_arrives_and_comes_back_exactly(home: Home) -> None:
    light = home.house.find("Downlights", Light, room="Kitchen")
    for brightness in (1, 77):
        await home.act("light", "turn_on", LIGHT, brightness=brightness)
        await home.advance(8)
        assert home[LIGHT].attributes["brightness"] == brightness
        assert light.level == brightness * 257 / 65535
    await home.act("light", "turn_off", LIGHT)
    await home.advance(8)
    assert home[LIGHT].state == "off"
    await home.act("light", "turn_on", LIGHT)
    await home.advance(8)
    assert light.level == 77 * 257 / 65535


async def test_a_light_that_fades_out_elsewhere_comes_back_to_its_level(
    home: Home,
) -> None:
    await home.act("light", "turn_on", LIGHT, brightness=204)
    await home.advance(30)
    # A scene is watched closely, so the fade is seen on its way.
    home.house.find("Downlights", Light, room="Kitchen").fade_seconds = 4.0
    await home.act("scene", "turn_on", "scene.kitchen_all_off")
    await home.advance(3)
    assert 1 < home[LIGHT].attributes["brightness"] < 200
    await home.advance(15)
    assert home[LIGHT].state == "off"
    await home.act("light", "turn_on", LIGHT)
    assert home[LIGHT].attributes["brightness"] == 204


@pytest.mark.parametrize(
    ("stored", "brightness"),
    [({"level": 0.2}, 51), ({"level": 7.0}, 255), ({"level": None}, 255), ({}, 255)],
)
async def test_the_last_level_outlives_a_restart(
    hass: HomeAssistant, home: Home, stored: dict[str, object], brightness: int
) -> None:
    light = "light.living_room_cove"
    await hass.config_entries.async_unload(home.entry.entry_id)
    mock_restore_cache_with_extra_data(hass, [(State(light, "off"), stored)])
    await hass.config_entries.async_setup(home.entry.entry_id)
    await home.act("light", "turn_on", light)
    assert home[light].attributes["brightness"] == brightness


# Shades and locks


async def test_a_shade_goes_where_it_is_sent_and_stops(home: Home) -> None:
    await home.act("cover", "set_cover_position", SHADE, position=40)
    assert home[SHADE].state == "closing"
    await home.advance(30)
    assert home[SHADE].state == "open"
    assert home[SHADE].attributes["current_position"] == 40
    await home.act("cover", "open_cover", SHADE)
    assert home[SHADE].state == "opening"
    await home.advance(4)
    await home.act("cover", "stop_cover", SHADE)
    await home.advance(12)
    assert home[SHADE].state == "open"
    assert 40 < home[SHADE].attributes["current_position"] < 95
    before = home.house.find("Kitchen Shade", Shade).position
    await home.advance(10)
    assert home.house.find("Kitchen Shade", Shade).position == before
    home.processor.requests.clear()
    for value in (-1, 101):
        with pytest.raises(vol.Invalid):
            await home.act("cover", "set_cover_position", SHADE, position=value)
    assert posts(home.processor.requests) == []


async def test_an_offline_shade_is_unavailable(home: Home) -> None:
    # What the processor does not say is no reason to hide a device.
    for online, shown in ((False, STATE_UNAVAILABLE), (None, "open")):
        home.house.find("Kitchen Shade", Shade).online = online
        await home.advance(7)
        assert home[SHADE].state == shown


async def test_a_lock_is_shown_under_way_until_it_is_confirmed(home: Home) -> None:
    for action, under_way, after in (
        ("unlock", "unlocking", "unlocked"),
        ("lock", "locking", "locked"),
    ):
        await home.act("lock", action, LOCK)
        assert home[LOCK].state == under_way
        await home.advance(8)
        assert home[LOCK].state == after
    # One that is jammed ends with the hub's word.
    home.house.find("Front Door", Lock).jam()
    await home.act("lock", "unlock", LOCK)
    assert home[LOCK].state == "unlocking"
    await home.advance(20)
    assert home[LOCK].state == "locked"
    # And one has no status.
    assert home["lock.terrace_terrace_door"].state == STATE_UNKNOWN


# Rooms with sound, thermostats, sensors


async def test_a_media_room(
    home: Home, alongside: Alongside, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Look sooner at what a room does that was switched on.
    monkeypatch.setattr(media, "READ_EVERY", 0.05)
    room = home.house.find("Living Room", MediaRoom)
    source = next(iter(room.sources.values()))
    await home.act("media_player", "select_source", ROOM, source=source)
    await home.advance(10)
    assert home[ROOM].state == "on"
    assert home[ROOM].attributes["source"] == source
    await home.act("media_player", "volume_mute", ROOM, is_volume_muted=True)
    await alongside(home.act("media_player", "volume_set", ROOM, volume_level=0.2))
    await home.advance(10)
    assert home[ROOM].attributes["is_volume_muted"] is True
    assert home[ROOM].attributes["volume_level"] == pytest.approx(0.2, abs=0.006)
    await home.act("media_player", "turn_off", ROOM)
    await home.advance(10)
    assert home[ROOM].state == "off"
    # It forgot its source, and gets it back.
    assert room.source is None
    await alongside(home.act("media_player", "turn_on", ROOM))
    await home.advance(10)
    assert home[ROOM].state == "on"
    assert home[ROOM].attributes["source"] == source


@pytest.mark.parametrize(
    ("stored", "source"),
    [
        ({"source": "Apple TV"}, "Apple TV"),
        ({"source": "Gramophone"}, None),
        ({"source": 5}, None),
        ({}, None),
    ],
)
async def test_the_last_source_outlives_a_restart(
    hass: HomeAssistant,
    home: Home,
    alongside: Alongside,
    stored: dict[str, object],
    source: str | None,
) -> None:
    room = home.house.find("Living Room", MediaRoom)
    await hass.config_entries.async_unload(home.entry.entry_id)
    room.power, room.source = False, None
    mock_restore_cache_with_extra_data(hass, [(State(ROOM, "off"), stored)])
    await hass.config_entries.async_setup(home.entry.entry_id)
    await alongside(home.act("media_player", "turn_on", ROOM))
    await home.advance(10)
    assert home[ROOM].attributes.get("source") == source


async def test_a_thermostat(home: Home) -> None:
    assert home[COOLING].state == "cool"
    home.processor.requests.clear()
    await home.act("climate", "set_temperature", COOLING, temperature=23.0)
    (sent,) = [item for item in home.processor.requests if item.method == "POST"]
    assert sent.body["setpoints"] == [{"type": "Cool", "temperature": 734}]
    await home.act("climate", "set_fan_mode", COOLING, fan_mode="on")
    await home.act("climate", "set_preset_mode", COOLING, preset_mode="hold")
    await home.advance(15)
    attributes = home[COOLING].attributes
    assert attributes["temperature"] == pytest.approx(23.0, abs=0.1)
    assert (attributes["fan_mode"], attributes["preset_mode"]) == ("on", "hold")
    thermostat = home.house.find("Main Floor", Thermostat)
    assert (thermostat.fan_mode, thermostat.schedule) == ("On", "hold")
    # The mode goes before the set point.
    home.processor.requests.clear()
    data = {"temperature": 21, "hvac_mode": "heat"}
    await home.act("climate", "set_temperature", OFF, **data)
    requests = posts(home.processor.requests)
    assert requests == ["thermostats/mode", "thermostats/SetPoint"]
    await home.advance(15)
    assert home[OFF].state == "heat"
    assert home[OFF].attributes["temperature"] == pytest.approx(21, abs=0.1)


async def test_a_low_battery_is_a_sensor_of_the_same_device(home: Home) -> None:
    battery = "binary_sensor.terrace_terrace_slider_battery"
    assert home[battery].state == "on"
    assert home[battery].name == "Terrace Slider Battery"
    home.house.find("Terrace Slider", Sensor).battery_low = False
    await home.advance(7)
    assert home[battery].state == "off"


# Scenes and buttons


async def test_a_scene_is_recalled_once_and_recorded(home: Home) -> None:
    scene = "scene.living_room_shades_closed"
    home.processor.commands.clear()
    with home.processor.faults.during("command_failure"):
        await home.refused("scene", "turn_on", scene)
    assert home[scene].state == STATE_UNKNOWN
    await home.act("scene", "turn_on", scene)
    assert [command.what for command in home.processor.commands] == ["recall"]
    recorded = home[scene].state
    assert recorded != STATE_UNKNOWN
    await home.advance(60)
    # That the scene becomes true because of us is no second activation.
    assert home[scene].state == recorded
    assert home["cover.living_room_living_room_left"].state == "closed"


async def test_a_scene_that_the_house_matches_was_not_activated(
    home: Home, entity_registry: er.EntityRegistry, writes: Writes
) -> None:
    scene = "scene.kitchen_all_off"
    off = home.house.find("All Off", Scene, room="Kitchen")
    matches = home.ids()[f"01HOUSE_scene-{off.id}-matches"]
    sensor = entity_registry.entities[matches]
    assert sensor.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    entity_registry.async_update_entity(matches, disabled_by=None)
    await home.advance(RELOADED)
    assert home.shown(scene, matches) == ["unknown", "off"]
    assert home[matches].name == "Kitchen House matches All Off"
    writes.clear()
    home.house.recall(off)
    await home.advance(30)
    assert home.shown(scene, matches) == ["unknown", "on"]
    assert writes[scene] == 0


async def test_what_may_open_a_way_in_is_hidden(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    await home.advance(30)
    hidden: dict[str, set[er.RegistryEntryHider | None]] = {}
    for scene in home.house.scenes.values():
        entity_id = home.ids()[f"01HOUSE_scene-{scene.id}"]
        item = entity_registry.entities[entity_id]
        assert item.disabled_by is None
        hidden.setdefault(scene.type, set()).add(item.hidden_by)
        said = home[entity_id].attributes["scene_type"]
        assert said == scene.type.lower().replace(" ", "")
    by_us = er.RegistryEntryHider.INTEGRATION
    ways_in = {"Lock", "Unlock", "genericIO"}
    assert hidden.keys() == {"Lighting", "Shade", "Media", "Climate"} | ways_in
    assert hidden == {key: {by_us if key in ways_in else None} for key in hidden}
    # Quick actions are scenes in a row, and nobody is told which.
    assert home.hass.states.async_all("button") == []


@pytest.mark.parametrize(("works", "runs"), [(True, 1), (False, 0)])
async def test_a_quick_action_worked_only_if_the_hub_says_so(
    home: Home, entity_registry: er.EntityRegistry, works: bool, runs: int
) -> None:
    await home.advance(30)
    button = next(
        item.entity_id
        for item in entity_registry.entities.values()
        if item.original_name == "Good Morning"
    )
    entity_registry.async_update_entity(button, disabled_by=None)
    await home.advance(RELOADED)
    home.processor.change(quick_action_way="recall/ID" if works else None)
    press = home.act("button", "press", button)
    result = (await asyncio.gather(press, return_exceptions=True))[0]
    assert (result is None) is works
    assert home.house.find("Good Morning").runs == runs
