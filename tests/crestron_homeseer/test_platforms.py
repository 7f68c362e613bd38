"""What each kind of device shows, takes and refuses."""

import asyncio

from homeassistant.components.alarm_control_panel import AlarmControlPanelState
from homeassistant.components.climate import HVACMode
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    mock_restore_cache_with_extra_data,
)
import voluptuous as vol

from simulator.crestron import CrestronProcessor
from simulator.house import (
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Scene,
    SecurityPanel,
    Sensor,
    Shade,
    Thermostat,
)

from .common import Advance, Alongside, Writes, act, posts, state, texts

LIGHT = "light.kitchen_downlights"
SHADE = "cover.kitchen_kitchen_shade"
FAN = "fan.master_bedroom_ceiling_fan"
LOCK = "lock.hallway_front_door"
ROOM = "media_player.living_room_living_room"
ALARM = "alarm_control_panel.hallway_alarm_panel"
COOLING = "climate.living_room_main_floor"
AUTO = "climate.master_bedroom_master_bedroom_thermostat"
OFF = "climate.guest_bedroom_guest_wing"

pytestmark = pytest.mark.usefixtures("loaded")


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


# Shades


async def test_a_shade_goes_where_it_is_sent(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "cover", "set_cover_position", SHADE, position=40)
    assert state(hass, SHADE).state == "closing"
    await advance(30)
    assert state(hass, SHADE).state == "open"
    assert state(hass, SHADE).attributes["current_position"] == 40
    await act(hass, "cover", "open_cover", SHADE)
    assert state(hass, SHADE).state == "opening"
    await advance(30)
    assert state(hass, SHADE).attributes["current_position"] == 100
    assert house.find("Kitchen Shade", Shade).position == 1.0


async def test_a_shade_stops_where_it_is(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "cover", "close_cover", SHADE)
    await advance(8)
    await act(hass, "cover", "stop_cover", SHADE)
    await advance(12)
    stopped = state(hass, SHADE)
    assert stopped.state == "open"
    assert 30 < stopped.attributes["current_position"] < 90
    before = house.find("Kitchen Shade", Shade).position
    await advance(10)
    assert house.find("Kitchen Shade", Shade).position == before


@pytest.mark.parametrize(
    ("position", "shown", "closed"),
    [(0.0, 0, "closed"), (0.002, 1, "open"), (0.998, 99, "open"), (1.0, 100, "open")],
)
async def test_only_the_exact_ends_are_shown_as_ends(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    position: float,
    shown: int,
    closed: str,
) -> None:
    house.find("Kitchen Shade", Shade).position = position
    await advance(12)
    assert state(hass, SHADE).state == closed
    assert state(hass, SHADE).attributes["current_position"] == shown


async def test_shades_and_curtains_are_told_apart(hass: HomeAssistant) -> None:
    classes = {
        item.name: item.attributes["device_class"]
        for item in hass.states.async_all("cover")
    }
    assert classes["Sheers"] == "curtain"
    assert classes["All Living Shades"] == "shade"
    assert classes["Kitchen Shade"] == "shade"


async def test_a_position_out_of_range_is_refused_and_nothing_is_sent(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    for value in (-1, 101):
        with pytest.raises(vol.Invalid):
            await act(hass, "cover", "set_cover_position", SHADE, position=value)
    assert posts(processor.requests) == []


async def test_an_offline_shade_is_unavailable(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Kitchen Shade", Shade).online = False
    await advance(7)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    # What the processor does not say is no reason to hide a device.
    house.find("Kitchen Shade", Shade).online = None
    await advance(7)
    assert state(hass, SHADE).state == "open"


# Fans


@pytest.mark.parametrize(("percentage", "speed"), [(1, 1), (33, 1), (66, 2), (100, 3)])
async def test_a_fan_has_three_speeds(
    hass: HomeAssistant, house: House, advance: Advance, percentage: int, speed: int
) -> None:
    await act(hass, "fan", "set_percentage", FAN, percentage=percentage)
    await advance(7)
    assert house.find("Ceiling Fan", Fan).speed == speed
    assert state(hass, FAN).attributes["percentage"] == round(100 * speed / 3)


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


# Locks


@pytest.mark.parametrize(
    ("action", "under_way", "after"),
    [("unlock", "unlocking", "unlocked"), ("lock", "locked", "locked")],
)
async def test_a_lock_is_shown_under_way_until_it_is_confirmed(
    hass: HomeAssistant, advance: Advance, action: str, under_way: str, after: str
) -> None:
    await act(hass, "lock", action, LOCK)
    assert state(hass, LOCK).state == under_way
    await advance(8)
    assert state(hass, LOCK).state == after


async def test_a_jammed_lock_ends_with_the_hubs_word(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Front Door", Lock).jam()
    await act(hass, "lock", "unlock", LOCK)
    assert state(hass, LOCK).state == "unlocking"
    await advance(20)
    assert state(hass, LOCK).state == "locked"


async def test_a_lock_without_a_status_is_unknown(hass: HomeAssistant) -> None:
    assert state(hass, "lock.terrace_terrace_door").state == STATE_UNKNOWN


# Thermostats


async def test_a_single_set_point(
    hass: HomeAssistant, house: House, advance: Advance, processor: CrestronProcessor
) -> None:
    assert state(hass, COOLING).state == HVACMode.COOL
    processor.requests.clear()
    await act(hass, "climate", "set_temperature", COOLING, temperature=23.0)
    (sent,) = [item for item in processor.requests if item.method == "POST"]
    assert sent.body["setpoints"] == [{"type": "Cool", "temperature": 734}]
    await advance(15)
    assert state(hass, COOLING).attributes["temperature"] == pytest.approx(
        23.0, abs=0.1
    )


async def test_a_range_of_set_points(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    assert state(hass, AUTO).state == HVACMode.HEAT_COOL
    assert state(hass, AUTO).attributes["temperature"] is None
    await act(
        hass,
        "climate",
        "set_temperature",
        AUTO,
        target_temp_low=20,
        target_temp_high=25,
    )
    await advance(15)
    attributes = state(hass, AUTO).attributes
    assert attributes["target_temp_low"] == pytest.approx(20, abs=0.1)
    assert attributes["target_temp_high"] == pytest.approx(25, abs=0.1)
    thermostat = house.find("Master Bedroom Thermostat", Thermostat)
    assert thermostat.heat == pytest.approx(68.0)


async def test_the_mode_goes_before_the_set_point(
    hass: HomeAssistant, processor: CrestronProcessor, advance: Advance
) -> None:
    processor.requests.clear()
    await act(
        hass,
        "climate",
        "set_temperature",
        OFF,
        temperature=21,
        hvac_mode=HVACMode.HEAT,
    )
    assert posts(processor.requests) == ["thermostats/mode", "thermostats/SetPoint"]
    await advance(15)
    assert state(hass, OFF).state == HVACMode.HEAT
    assert state(hass, OFF).attributes["temperature"] == pytest.approx(21, abs=0.1)


async def test_a_set_point_while_off_is_refused(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", OFF, temperature=21)
    assert caught.value.translation_key == "no_set_point"
    assert posts(processor.requests) == []


async def test_a_range_outside_automatic_mode_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(
            hass,
            "climate",
            "set_temperature",
            AUTO,
            hvac_mode=HVACMode.HEAT,
            target_temp_low=20,
            target_temp_high=25,
        )
    assert caught.value.translation_key == "no_range"


async def test_a_single_temperature_in_a_range_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", AUTO, temperature=21)
    assert caught.value.translation_key == "no_set_point"


async def test_a_temperature_beyond_the_set_points_own_limits_is_refused(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    # Heating would go so low, cooling does not.
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", COOLING, temperature=8)
    assert caught.value.translation_key == "temperature_out_of_range"
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_temperature", COOLING, temperature=80)
    assert posts(processor.requests) == []


@pytest.mark.parametrize("mode", [HVACMode.OFF, HVACMode.HEAT, HVACMode.COOL])
async def test_modes(hass: HomeAssistant, advance: Advance, mode: HVACMode) -> None:
    await act(hass, "climate", "set_hvac_mode", AUTO, hvac_mode=mode)
    assert state(hass, AUTO).state == mode
    await advance(15)
    assert state(hass, AUTO).state == mode


async def test_on_and_off(hass: HomeAssistant, advance: Advance) -> None:
    await act(hass, "climate", "turn_off", COOLING)
    await advance(15)
    assert state(hass, COOLING).state == HVACMode.OFF
    assert state(hass, COOLING).attributes["temperature"] is None
    await act(hass, "climate", "turn_on", COOLING)
    await advance(15)
    assert state(hass, COOLING).state == HVACMode.HEAT_COOL


async def test_fan_modes_and_schedule(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "climate", "set_fan_mode", COOLING, fan_mode="on")
    await act(hass, "climate", "set_preset_mode", COOLING, preset_mode="hold")
    assert state(hass, COOLING).attributes["fan_mode"] == "on"
    assert state(hass, COOLING).attributes["preset_mode"] == "hold"
    await advance(15)
    assert state(hass, COOLING).attributes["fan_mode"] == "on"
    assert state(hass, COOLING).attributes["preset_mode"] == "hold"
    thermostat = house.find("Main Floor", Thermostat)
    assert (thermostat.fan_mode, thermostat.schedule) == ("On", "hold")


# Media rooms


async def test_a_media_room(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    room = house.find("Living Room", MediaRoom)
    source = next(iter(room.sources.values()))
    await act(hass, "media_player", "select_source", ROOM, source=source)
    await advance(10)
    assert state(hass, ROOM).state == "on"
    assert state(hass, ROOM).attributes["source"] == source
    await act(hass, "media_player", "volume_mute", ROOM, is_volume_muted=True)
    await advance(10)
    assert state(hass, ROOM).attributes["is_volume_muted"] is True
    await act(hass, "media_player", "turn_off", ROOM)
    await advance(10)
    assert state(hass, ROOM).state == "off"
    await act(hass, "media_player", "turn_on", ROOM)
    await advance(10)
    assert state(hass, ROOM).state == "on"


@pytest.mark.parametrize("written", ["raw", "percent"])
async def test_the_volume_is_right_however_the_processor_counts(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
    alongside: Alongside,
    written: str,
) -> None:
    processor.change(volume_write=written)
    room = house.find("Living Room", MediaRoom)
    room.power = True
    await advance(12)
    for volume in (0.45, 0.2):
        await alongside(
            act(hass, "media_player", "volume_set", ROOM, volume_level=volume)
        )
        await advance(1)
        assert room.volume == pytest.approx(volume, abs=0.006)
        await advance(15)
        assert state(hass, ROOM).attributes["volume_level"] == pytest.approx(
            volume, abs=0.006
        )


async def test_a_room_without_volume_offers_none(
    hass: HomeAssistant, house: House
) -> None:
    without = [
        item.name
        for item in hass.states.async_all("media_player")
        if not item.attributes["supported_features"] & 4
    ]
    named = [
        room.name for room in house.of(MediaRoom) if room.volume_controls == ("none",)
    ]
    assert without == named
    assert len(named) == 1


async def test_a_source_that_is_not_there_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "media_player", "select_source", ROOM, source="Gramophone")
    assert caught.value.translation_key == "no_such_source"


# Scenes and buttons


async def test_a_scene_is_recalled_once_and_recorded(
    hass: HomeAssistant, house: House, processor: CrestronProcessor, advance: Advance
) -> None:
    scene = "scene.living_room_living_room_shades_closed"
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
    scene = "scene.kitchen_kitchen_all_off"
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
    scene = "scene.kitchen_kitchen_all_off"
    with (
        processor.faults.during("command_failure"),
        pytest.raises(HomeAssistantError),
    ):
        await act(hass, "scene", "turn_on", scene)
    assert state(hass, scene).state == STATE_UNKNOWN


async def test_an_activation_elsewhere_is_recorded(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    scene = "scene.kitchen_kitchen_all_off"
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


# Sensors


@pytest.mark.parametrize(
    ("name", "entity_id", "device_class"),
    [
        ("Kitchen Occupancy", "binary_sensor.kitchen_kitchen_occupancy", "occupancy"),
        ("Terrace Slider", "binary_sensor.terrace_terrace_slider", "door"),
        ("Front Door Contact", "binary_sensor.hallway_front_door_contact", "door"),
        ("Office Window", "binary_sensor.office_office_window", "window"),
        ("Doorbell", "binary_sensor.hallway_doorbell", None),
        ("Driveway", "binary_sensor.garage_driveway", "motion"),
        ("Burglary", "binary_sensor.hallway_burglary", "safety"),
        ("Fire", "binary_sensor.theater_fire", "heat"),
        ("Smoke", "binary_sensor.kids_room_smoke", "smoke"),
        ("Leak", "binary_sensor.master_bath_leak", "moisture"),
    ],
)
async def test_two_state_sensors(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    name: str,
    entity_id: str,
    device_class: str | None,
) -> None:
    assert state(hass, entity_id).attributes.get("device_class") == device_class
    for presence, shown in ((True, "on"), (None, STATE_UNKNOWN), (False, "off")):
        house.find(name, Sensor).presence = presence
        await advance(7)
        assert state(hass, entity_id).state == shown


async def test_a_low_battery_is_a_sensor_of_the_same_device(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    battery = "binary_sensor.terrace_terrace_slider_battery"
    assert state(hass, battery).state == "on"
    assert state(hass, battery).name == "Terrace Slider Battery"
    assert state(hass, battery).attributes["device_class"] == "battery"
    house.find("Terrace Slider", Sensor).battery_low = False
    await advance(7)
    assert state(hass, battery).state == "off"


async def test_a_photocell_has_no_unit_that_it_does_not_have(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Daylight", Sensor).level = 1234
    await advance(7)
    daylight = state(hass, "sensor.living_room_daylight")
    assert daylight.state == "1234"
    assert "unit_of_measurement" not in daylight.attributes
    assert "device_class" not in daylight.attributes


# Alarm


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("ArmStay", AlarmControlPanelState.ARMED_HOME),
        ("ArmAway", AlarmControlPanelState.ARMED_AWAY),
        ("ArmInstant", AlarmControlPanelState.ARMED_NIGHT),
        ("EntryDelay", AlarmControlPanelState.PENDING),
        ("ExitDelay", AlarmControlPanelState.ARMING),
        ("Fire", AlarmControlPanelState.TRIGGERED),
        ("Alarm", AlarmControlPanelState.TRIGGERED),
        ("Unknown", STATE_UNKNOWN),
    ],
)
async def test_the_alarm_is_shown(
    hass: HomeAssistant, house: House, advance: Advance, said: str, shown: str
) -> None:
    house.find("Alarm Panel", SecurityPanel).state = said
    await advance(7)
    assert state(hass, ALARM).state == shown


async def test_the_alarm_offers_nothing_that_it_cannot_do(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    assert state(hass, ALARM).attributes["supported_features"] == 0
    processor.requests.clear()
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "alarm_control_panel", "alarm_disarm", ALARM)
    assert caught.value.translation_key == "alarm_read_only"
    assert posts(processor.requests) == []


def test_what_is_refused_has_a_text() -> None:
    messages = texts("exceptions")
    assert {"no_set_point", "no_range", "no_such_source"} <= set(messages)
