"""When is read, what is written, and what happens to commands."""

import asyncio
import re
from typing import Any
from unittest.mock import Mock

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.crestron_homeseer.binary_sensor import HouseDetector
from custom_components.crestron_homeseer.entity import HouseEntity
from custom_components.crestron_homeseer.house.commands import SetLevel
from custom_components.crestron_homeseer.house.hub import HubAuthError
from custom_components.crestron_homeseer.light import HouseLight
from simulator.house import Light, Room, Shade

from .common import Home, Writes, paths, until
from .conftest import TOKEN

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"
LOCK = "lock.hallway_front_door"
CONTACT = "binary_sensor.hallway_front_door_contact"


async def test_an_idle_house_is_read_by_its_rhythm_and_one_change_is_one_write(
    home: Home, writes: Writes
) -> None:
    await home.advance(30)
    home.processor.requests.clear()
    writes.clear()
    await home.advance(30)
    reads = paths(home.processor.requests)
    assert 4 <= reads.count("shades") <= 7
    assert 12 <= reads.count("sensors") <= 17
    assert len(reads) < 95
    home.house.find("Front Door Contact").presence = True
    await home.advance(7)
    # Thermostats drift.
    assert {key: count for key, count in writes.items() if "climate" not in key} == {
        CONTACT: 1
    }


@pytest.mark.parametrize("failing", [HouseLight, HouseDetector])
async def test_an_entity_that_fails_does_not_stop_the_others(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failing: type[HouseEntity[Any]],
) -> None:
    # All that there is has come: it is not about what cannot be added.
    await home.advance(7)
    monkeypatch.setattr(
        failing, "_update_attrs", Mock(side_effect=ValueError("a mistake"))
    )
    before = home.shown(LIGHT, CONTACT)
    light = home.house.find("Downlights", Light, room="Kitchen")
    light.level = 0.0 if light.level else 1.0
    home.house.find("Front Door Contact").presence = True
    await home.advance(7)
    assert "a mistake" in caplog.text
    caplog.clear()
    now = home.shown(LIGHT, CONTACT)
    changed = [old != new for old, new in zip(before, now, strict=True)]
    assert changed == [failing is HouseDetector, failing is HouseLight]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("refuse_connections", "cannot be reached"),
        ("boot_503", "may still be starting"),
        ("banner_instead", "its Web API or JSON control is switched off"),
    ],
)
async def test_one_missed_read_is_no_outage_and_an_outage_is_logged_once(
    home: Home, caplog: pytest.LogCaptureFixture, trouble: str, words: str
) -> None:
    await home.advance(6)
    with home.processor.faults.during(trouble):
        await home.advance(60)
        assert home[SHADE].state == STATE_UNAVAILABLE
        (line,) = re.findall("Error fetching MC4-R data: MC4-R.*", caplog.text)
        assert words in line
        home.house.find("Kitchen Shade").position = 0.0
    await home.advance(70)
    assert home.shown(SHADE, LIGHT) == ["closed", "on"]
    home.processor.faults.on("http_503", times=6)
    for _ in range(2):
        await home.advance(6)
        assert home[SHADE].state == "closed"
    assert caplog.text.count("Error fetching") == 1
    assert caplog.text.count("Fetching MC4-R data recovered") == 1
    assert TOKEN not in caplog.text
    assert "authkey" not in caplog.text.lower()


async def test_a_revoked_token_asks_the_user_once_and_shows_nothing_stale(
    home: Home,
) -> None:
    home.processor.revoke_token("another")
    await home.advance(30)
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert home[SHADE].state == STATE_UNAVAILABLE
    # Too many refused logins lock out more than us: a command tries none.
    asked = len(home.processor.requests)
    coordinator = home.entry.runtime_data
    light = next(iter(coordinator.data.devices))
    with pytest.raises(HubAuthError):
        await coordinator.queue.put(SetLevel(device_id=light, level=1.0))
    assert len(home.processor.requests) == asked


async def test_an_unlock_whose_answer_was_lost_is_unknown_until_the_hub_shows_it(
    home: Home,
) -> None:
    home.processor.change(report_lag=6.0)
    home.processor.commands.clear()
    with home.processor.faults.during("answer_lost"):
        error = await home.refused("lock", "unlock", LOCK)
    assert error.translation_key == "command_unanswered"
    # The processor still reports the old state, which must not be believed.
    for seconds, shown in ((0, STATE_UNKNOWN), (3, STATE_UNKNOWN), (10, "unlocked")):
        await home.advance(seconds)
        assert home[LOCK].state == shown
    assert len(home.processor.commands) == 1


async def test_a_command_that_is_never_carried_out_is_not_shown_for_ever(
    home: Home,
) -> None:
    # A processor that has just started may not know all that it has.
    home.processor.requests.clear()
    await home.advance(50)
    assert paths(home.processor.requests).count("rooms") == 2
    home.entry.runtime_data.timing.survey_at += 1000.0
    home.processor.requests.clear()
    with home.processor.faults.during("command_not_executed"):
        await home.act("light", "turn_on", LIGHT, brightness=77)
    assert home[LIGHT].attributes["brightness"] == 77
    await home.advance(15)
    assert home[LIGHT].attributes["brightness"] == 255
    # What never showed may have gone to what is no longer there.
    await home.advance(15)
    assert paths(home.processor.requests).count("rooms") == 1


@pytest.mark.parametrize("asked", ["command", "read"])
async def test_after_unloading_nothing_goes_out_whatever_was_under_way(
    home: Home, asked: str
) -> None:
    await home.advance(6)
    home.processor.requests.clear()
    home.processor.faults.on("slow", 0.2)
    under_way = asyncio.ensure_future(
        home.act("light", "turn_on", LIGHT, brightness=77)
        if asked == "command"
        else home.entry.runtime_data.async_refresh()
    )
    await until(lambda: home.processor.requests)
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    await asyncio.wait([under_way], timeout=5)
    home.processor.requests.clear()
    await home.advance(60)
    assert home.processor.requests == []


async def test_a_hub_is_read_once_at_a_time(home: Home) -> None:
    await home.advance(6)
    coordinator = home.entry.runtime_data
    home.processor.requests.clear()
    home.processor.faults.on("slow", 0.2)
    reading = asyncio.ensure_future(coordinator.async_refresh())
    await until(lambda: home.processor.requests)
    # What is pushed meanwhile plans no other read; that comes when this one is done.
    coordinator._async_pushed(list(coordinator.data.devices))
    assert coordinator._unsub_refresh is None
    await reading
    assert coordinator._unsub_refresh is not None


async def test_a_partial_failure_names_the_device_and_spares_the_others(
    home: Home,
) -> None:
    others = ["cover.office_office_shade", "cover.guest_bedroom_midbot"]
    failing = home.house.find("Kitchen Shade").id
    home.processor.faults.on("partial_failure", [failing])
    error = await home.refused("cover", "close_cover", [SHADE, *others])
    assert error.translation_key == "command_declined_saying"
    assert error.translation_placeholders == {
        "device": "Kitchen Shade",
        "said": "Shade(s) with below Id(s) are failed to update.",
    }
    assert home[SHADE].state == "open"
    await home.advance(40)
    assert home.shown(SHADE, *others) == ["open", "closed", "closed"]


async def test_what_comes_appears_and_what_goes_is_removed_by_complete_surveys(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    kitchen = next(each for each in home.house.rooms.values() if each.name == "Kitchen")
    home.house.add(Light(7001, "Toe Kick", kitchen.id, level=1.0))
    home.house.add(Room(7100, "Sauna"))
    await home.advance(8)
    assert home["light.kitchen_toe_kick"].state == "on"
    # The first surveys are close together; now there is none for a while.
    await home.advance(200)
    gone = home.house.find("Kitchen Shade").id
    home.house.remove(gone)
    await home.advance(8)
    assert home[SHADE].state == STATE_UNAVAILABLE
    with home.processor.faults.during("lists_missing"):
        await home.advance(620)
        assert entity_registry.async_get(SHADE)
    # The processor is surveyed as soon as it answers again.
    await home.advance(70)
    assert entity_registry.async_get(SHADE)
    await home.advance(520)
    assert entity_registry.async_get(SHADE) is None
    assert "Kitchen Shade" not in home.devices()
    assert "Office Shade" in home.devices()
    home.house.add(Shade(gone, "Kitchen Shade", kitchen.id, position=1.0))
    await home.advance(8)
    assert len(home.hass.states.async_all("cover")) == 12


@pytest.mark.parametrize("fault", ["lists_empty", "lists_missing"])
async def test_no_bad_answer_removes_anything(home: Home, fault: str) -> None:
    before = home.ids()
    with home.processor.faults.during(fault):
        await home.advance(1000)
    await home.advance(70)
    assert home.ids().items() >= before.items()
    assert home[SHADE].state == "open"


async def test_without_polling_a_command_still_settles(home: Home) -> None:
    await home.reload(pref_disable_polling=True)
    for _ in range(2):
        home.processor.requests.clear()
        await home.advance(30)
        assert home.processor.requests == []
        await home.act("cover", "toggle", SHADE)
        # It is made up for a read that was lost.
        with home.processor.faults.during("refuse_connections"):
            await home.advance(30)
            assert home[SHADE].state == STATE_UNAVAILABLE
        await home.advance(60)
    assert home[SHADE].state == "open"
