"""Units, percentages, categories and makers, as Home Assistant has them."""

import asyncio

from homeassistant.const import EVENT_HOMEASSISTANT_STOP, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util.unit_system import METRIC_SYSTEM, US_CUSTOMARY_SYSTEM
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_TOGETHER
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import Fan, House, SecurityPanel, Shade

from .common import Advance, act, posts, state


async def test_thermostats_follow_the_units_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    thermostat = "climate.living_room_main_floor"
    hass.config.units = METRIC_SYSTEM
    await hass.config.async_update(unit_system="metric")
    await hass.async_block_till_done()
    cold = state(hass, thermostat).attributes["current_temperature"]
    await hass.config.async_update(unit_system="us_customary")
    await hass.async_block_till_done()
    assert hass.config.units is US_CUSTOMARY_SYSTEM
    warm = state(hass, thermostat).attributes["current_temperature"]
    assert (cold, warm) == (pytest.approx(22.2, abs=0.1), 72)


@pytest.mark.parametrize(
    ("asked", "speed", "shown"),
    [(1, 1, 33), (33, 1, 33), (34, 2, 66), (66, 2, 66), (67, 3, 100), (100, 3, 100)],
)
@pytest.mark.usefixtures("loaded")
async def test_percentages_of_fans_are_rounded_as_everywhere(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    asked: int,
    speed: int,
    shown: int,
) -> None:
    fan = "fan.master_bedroom_ceiling_fan"
    await act(hass, "fan", "set_percentage", fan, percentage=asked)
    await advance(10)
    assert house.find("Ceiling Fan", Fan).speed == speed
    assert state(hass, fan).attributes["percentage"] == shown


@pytest.mark.parametrize(
    ("word", "alarm", "fire"),
    [("Fire", "triggered", "on"), ("Alarm", "triggered", "off")],
)
@pytest.mark.usefixtures("loaded")
async def test_a_fire_is_told_from_a_break_in(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    word: str,
    alarm: str,
    fire: str,
) -> None:
    house.of(SecurityPanel)[0].state = word
    await advance(30)
    panel = state(hass, "alarm_control_panel.hallway_alarm_panel")
    assert (panel.state, panel.attributes["panel_state"]) == (alarm, word)
    assert state(hass, "binary_sensor.hallway_alarm_panel_fire").state == fire


async def test_what_tells_of_a_device_is_diagnostic(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    house = homeseer_loaded.runtime_data.data
    told = {
        key: device.kind.value
        for key, device in house.devices.items()
        if getattr(device, "kind", None) in {"tamper", "problem", "battery low"}
    }
    assert set(told.values()) == {"tamper"}
    for entity in er.async_entries_for_config_entry(
        er.async_get(hass), homeseer_loaded.entry_id
    ):
        if entity.unique_id.removeprefix("01SYSTEM_") in told:
            assert entity.entity_category is EntityCategory.DIAGNOSTIC


async def test_a_plug_ins_device_is_not_homeseers(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, model: Model
) -> None:
    makers = {
        device.name: device.manufacturer
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), homeseer_loaded.entry_id
        )
    }
    assert makers["Message of the Day"] == "HomeSeer"
    assert makers["Kitchen Dimmer"] == model.find("Kitchen Dimmer").interface
    assert makers["Kitchen Dimmer"] != "HomeSeer"


async def test_stopping_home_assistant_logs_out(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert [request.path for request in processor.requests] == ["/cws/api/logout"]


async def test_with_everything_disabled_nothing_is_polled(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    entity_registry: er.EntityRegistry,
) -> None:
    await advance(30)
    ours = er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
    for entity in ours:
        entity_registry.async_update_entity(
            entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await advance(60)
    processor.requests.clear()
    await advance(120)
    assert processor.requests == []
    # One that is wanted again brings everything back.
    entity_registry.async_update_entity("lock.hallway_front_door", disabled_by=None)
    await advance(60)
    assert processor.requests
    assert state(hass, "lock.hallway_front_door").state == "locked"


@pytest.mark.parametrize("end", ["unload", "reload", "stop", "wait"])
async def test_a_shade_that_waits_its_turn_is_not_forgotten(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
    end: str,
) -> None:
    fast, slow = house.find("Kitchen Shade", Shade), house.find("Office Shade", Shade)
    fast.travel_seconds, slow.travel_seconds = 8.0, 30.0
    group = [f"shade-{fast.id}", f"shade-{slow.id}"]
    hass.config_entries.async_update_entry(entry, options={CONF_TOGETHER: [group]})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    both = ["cover.kitchen_kitchen_shade", "cover.office_office_shade"]
    # How long each takes is seen the first time.
    for action in ("close_cover", "open_cover", "close_cover"):
        await act(hass, "cover", action, both)
        await advance(40)
    processor.requests.clear()
    processor.commands.clear()
    await act(hass, "cover", "open_cover", both)
    assert {command.id for command in processor.commands} == {slow.id}
    match end:
        case "unload":
            await hass.config_entries.async_unload(entry.entry_id)
        case "reload":
            await hass.config_entries.async_reload(entry.entry_id)
        case "wait":
            # It has not moved for longer than any other shade is waited for.
            await advance(15)
            assert state(hass, both[0]).state == "opening"
            await advance(15)
        case _:
            hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert [command.id for command in processor.commands] == [slow.id, fast.id]


async def test_who_asks_at_a_reload_is_told_the_truth(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    asking = asyncio.ensure_future(
        act(hass, "light", "turn_on", "light.kitchen_downlights")
    )
    # It is gathered with what comes in the next moment.
    while not loaded.runtime_data.queue._waiting:
        await asyncio.sleep(0)
    processor.requests.clear()
    await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(HomeAssistantError) as caught:
        await asking
    assert caught.value.translation_key == "command_closing"
    assert posts(processor.requests) == []
