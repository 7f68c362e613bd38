"""When is read, what is written, what comes and goes."""

import asyncio
from typing import Any
from unittest.mock import Mock

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.binary_sensor import HouseDetector
from custom_components.crestron_homeseer.entity import HouseEntity
from custom_components.crestron_homeseer.house.commands import SetLevel
from custom_components.crestron_homeseer.house.hub import HubAuthError
from custom_components.crestron_homeseer.light import HouseLight
from simulator.crestron import CrestronProcessor
from simulator.house import House, Light, Room, Shade

from .common import Advance, Writes, act, paths, posts, state, until

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"
LOCK = "lock.hallway_front_door"
CONTACT = "binary_sensor.hallway_front_door_contact"


async def test_an_idle_house_writes_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
) -> None:
    for thermostat in house.devices.values():
        thermostat.online = True
    await advance(30)
    processor.requests.clear()
    before = {item.entity_id: item.last_reported for item in hass.states.async_all()}
    await advance(30)
    reads = paths(processor.requests)
    assert 4 <= reads.count("shades") <= 7
    assert 13 <= reads.count("sensors") <= 17
    assert len(reads) < 95
    drifting = {item.entity_id for item in hass.states.async_all("climate")}
    written = {
        item.entity_id
        for item in hass.states.async_all()
        if item.last_reported != before[item.entity_id]
    }
    assert written <= drifting


async def test_one_change_is_one_write(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    writes: Writes,
) -> None:
    await advance(12)
    writes.clear()
    house.find("Front Door Contact").presence = True
    await advance(7)
    written = {key: count for key, count in writes.items() if "climate" not in key}
    assert written == {"binary_sensor.hallway_front_door_contact": 1}


@pytest.mark.parametrize("failing", [HouseLight, HouseDetector])
async def test_an_entity_that_fails_does_not_stop_the_others(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failing: type[HouseEntity[Any]],
) -> None:
    # All that there is has come: it is not about what cannot be added.
    await advance(7)
    monkeypatch.setattr(
        failing, "_update_attrs", Mock(side_effect=ValueError("a mistake"))
    )
    before = [state(hass, each).state for each in (LIGHT, CONTACT)]
    light = house.find("Downlights", Light, room="Kitchen")
    light.level = 0.0 if light.level else 1.0
    house.find("Front Door Contact").presence = True
    await advance(7)
    assert "a mistake" in caplog.text
    caplog.clear()
    now = [state(hass, each).state for each in (LIGHT, CONTACT)]
    changed = [old != new for old, new in zip(before, now, strict=True)]
    assert changed == [failing is HouseDetector, failing is HouseLight]


async def test_many_shades_are_one_request(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
) -> None:
    room = next(iter(house.rooms))
    for number in range(40):
        house.add(Shade(7000 + number, f"Façade {number}", room, position=1.0))
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done()
    processor.requests.clear()
    shades = [
        item.entity_id
        for item in hass.states.async_all("cover")
        if "facade" in item.entity_id
    ]
    assert len(shades) == 40
    await act(hass, "cover", "close_cover", shades)
    assert posts(processor.requests) == ["shades/SetState"]
    assert {state(hass, shade).state for shade in shades} == {"closing"}
    await advance(30)
    assert {state(hass, shade).state for shade in shades} == {"closed"}


async def test_a_shade_moved_elsewhere_is_seen_moving_and_arriving(
    hass: HomeAssistant, loaded: MockConfigEntry, advance: Advance, house: House
) -> None:
    house.find("Kitchen Shade").move_to(0.0)
    await advance(8)
    moving = state(hass, SHADE)
    assert moving.state == "closing"
    assert 0 < moving.attributes["current_position"] < 100
    await advance(20)
    assert state(hass, SHADE).state == "closed"
    assert state(hass, SHADE).attributes["current_position"] == 0


async def test_what_the_processor_does_not_reach_is_unavailable(
    hass: HomeAssistant, loaded: MockConfigEntry, advance: Advance, house: House
) -> None:
    for online, shown in ((False, STATE_UNAVAILABLE), (True, "open")):
        house.find("Kitchen Shade").online = online
        await advance(7)
        assert state(hass, SHADE).state == shown


async def test_while_something_moves_only_that_is_read_often(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    await act(hass, "cover", "close_cover", SHADE)
    processor.requests.clear()
    await advance(10)
    reads = paths(processor.requests)
    assert reads.count("shades") >= 6
    assert reads.count("lights") <= 3


async def test_one_missed_read_is_no_outage(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await advance(6)
    processor.faults.on("http_503", times=6)
    await advance(6)
    assert state(hass, SHADE).state == "open"
    await advance(6)
    assert state(hass, SHADE).state == "open"
    assert "Error fetching" not in caplog.text


async def test_an_outage_is_told_once_out_and_once_back(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await advance(6)
    with processor.faults.during("refuse_connections"):
        await advance(60)
        assert state(hass, SHADE).state == STATE_UNAVAILABLE
        assert caplog.text.count("Error fetching MC4-R data") == 1
        house.find("Kitchen Shade").position = 0.0
    await advance(70)
    assert state(hass, SHADE).state == "closed"
    assert state(hass, LIGHT).state == "on"
    assert caplog.text.count("Fetching MC4-R data recovered") == 1


async def test_an_expired_session_loses_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    processor.expire_sessions()
    processor.commands.clear()
    await act(hass, "light", "turn_on", LIGHT, brightness=100)
    assert len(processor.commands) == 1
    await advance(6)
    assert state(hass, LIGHT).attributes["brightness"] == 100


async def test_a_revoked_token_asks_the_user_once_and_shows_nothing_stale(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    processor.revoke_token("another")
    await advance(30)
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    # Too many refused logins lock out more than us: a command tries none.
    asked = len(processor.requests)
    light = next(iter(loaded.runtime_data.data.devices))
    with pytest.raises(HubAuthError):
        await loaded.runtime_data.queue.put(SetLevel(device_id=light, level=1.0))
    assert len(processor.requests) == asked


async def test_a_command_with_a_revoked_token_says_so_and_asks_the_user(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.revoke_token("another")
    processor.commands.clear()
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, "light", "turn_off", LIGHT)
    assert caught.value.translation_key == "command_refused"
    await hass.async_block_till_done()
    assert len(hass.config_entries.flow.async_progress()) == 1
    assert processor.commands == []


async def test_an_unlock_whose_answer_was_lost_is_unknown_until_the_hub_speaks(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    processor.change(report_lag=6.0)
    processor.commands.clear()
    with (
        processor.faults.during("answer_lost"),
        pytest.raises(HomeAssistantError) as caught,
    ):
        await act(hass, "lock", "unlock", LOCK)
    assert caught.value.translation_key == "command_unanswered"
    assert state(hass, LOCK).state == STATE_UNKNOWN
    await advance(3)
    # The processor still tells the old state, which must not be believed.
    assert state(hass, LOCK).state == STATE_UNKNOWN
    await advance(10)
    assert state(hass, LOCK).state == "unlocked"
    assert len(processor.commands) == 1


async def test_a_command_that_is_never_carried_out_is_not_shown_for_ever(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    with processor.faults.during("command_not_executed"):
        await act(hass, "light", "turn_on", LIGHT, brightness=77)
    assert state(hass, LIGHT).attributes["brightness"] == 77
    await advance(15)
    assert state(hass, LIGHT).attributes["brightness"] == 255


async def test_all_there_is_is_read_again_where_it_may_have_changed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    # A processor that has just started may not know all that it has.
    processor.requests.clear()
    await advance(50)
    assert paths(processor.requests).count("rooms") == 2
    # What never showed may have gone to what is no longer there.
    loaded.runtime_data.timing.survey_at += 1000.0
    processor.requests.clear()
    with processor.faults.during("command_not_executed"):
        await act(hass, "light", "turn_on", LIGHT, brightness=77)
    await advance(30)
    assert paths(processor.requests).count("rooms") == 1


@pytest.mark.parametrize("asked", ["command", "read"])
async def test_after_unloading_nothing_goes_out_whatever_was_under_way(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    asked: str,
) -> None:
    await advance(6)
    coordinator = loaded.runtime_data
    processor.requests.clear()
    processor.faults.on("slow", 0.2)
    under_way = asyncio.ensure_future(
        act(hass, "light", "turn_on", LIGHT, brightness=77)
        if asked == "command"
        else coordinator.async_refresh()
    )
    await until(lambda: processor.requests)
    await hass.config_entries.async_unload(loaded.entry_id)
    await asyncio.wait([under_way], timeout=5)
    assert coordinator._unsub_refresh is None
    processor.requests.clear()
    await advance(60)
    assert processor.requests == []


async def test_a_hub_is_read_once_at_a_time(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    await advance(6)
    coordinator = loaded.runtime_data
    processor.requests.clear()
    processor.faults.on("slow", 0.2)
    reading = asyncio.ensure_future(coordinator.async_refresh())
    await until(lambda: processor.requests)
    # What is told meanwhile plans no other read; that comes when this one is done.
    coordinator._async_pushed(list(coordinator.data.devices))
    assert coordinator._unsub_refresh is None
    await reading
    assert coordinator._unsub_refresh is not None


async def test_a_partial_failure_names_the_device_and_spares_the_others(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
) -> None:
    failing = house.find("Kitchen Shade").id
    others = ["cover.office_office_shade", "cover.guest_bedroom_midbot"]
    processor.faults.on("partial_failure", [failing])
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, "cover", "close_cover", [SHADE, *others])
    assert caught.value.translation_key == "command_declined_saying"
    assert caught.value.translation_placeholders == {
        "device": "Kitchen Shade",
        "said": "Shade(s) with below Id(s) are failed to update.",
    }
    assert state(hass, SHADE).state == "open"
    await advance(40)
    assert [state(hass, other).state for other in others] == ["closed", "closed"]
    assert state(hass, SHADE).state == "open"


async def test_a_new_device_appears_by_itself(
    hass: HomeAssistant, loaded: MockConfigEntry, advance: Advance, house: House
) -> None:
    kitchen = next(room.id for room in house.rooms.values() if room.name == "Kitchen")
    house.add(Light(7001, "Toe Kick", kitchen, level=1.0))
    house.add(Room(7100, "Sauna"))
    await advance(8)
    assert state(hass, "light.kitchen_toe_kick").state == "on"


async def test_a_gone_device_goes_after_two_complete_surveys(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    # The first surveys are close together; now there is none for a while.
    await advance(200)
    gone = house.find("Kitchen Shade").id
    house.remove(gone)
    await advance(8)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    with processor.faults.during("lists_missing"):
        await advance(620)
        assert entity_registry.async_get(SHADE)
    # The processor is surveyed as soon as it answers again.
    await advance(70)
    assert entity_registry.async_get(SHADE)
    await advance(520)
    assert entity_registry.async_get(SHADE) is None
    names = {
        device.name
        for device in dr.async_entries_for_config_entry(
            device_registry, loaded.entry_id
        )
    }
    assert "Kitchen Shade" not in names
    assert "Office Shade" in names
    house.add(Shade(gone, "Kitchen Shade", next(iter(house.rooms)), position=1.0))
    await advance(8)
    assert len(hass.states.async_all("cover")) == 12


@pytest.mark.parametrize(
    "fault", ["lists_empty", "lists_missing", "banner_instead", "http_500"]
)
async def test_no_bad_answer_removes_anything(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    entity_registry: er.EntityRegistry,
    fault: str,
) -> None:
    before = set(entity_registry.entities)
    with processor.faults.during(fault):
        await advance(1000)
    await advance(70)
    assert set(entity_registry.entities) >= before
    assert state(hass, SHADE).state == "open"


async def test_without_polling_a_command_still_settles(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    hass.config_entries.async_update_entry(loaded, pref_disable_polling=True)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done()
    processor.requests.clear()
    await advance(30)
    assert processor.requests == []
    await act(hass, "cover", "close_cover", SHADE)
    await advance(30)
    assert state(hass, SHADE).state == "closed"
    processor.requests.clear()
    await advance(30)
    assert processor.requests == []
