"""Units, percentages, categories and makers, as Home Assistant has them."""

import asyncio

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import METRIC_SYSTEM
import pytest

from custom_components.crestron_homeseer.const import CONF_TOGETHER
from simulator.house import Shade

from .common import Home, posts


async def test_thermostats_follow_the_units_at_once(home: Home) -> None:
    config = home.hass.config
    config.units = METRIC_SYSTEM
    for units, shown in (("metric", 22.2), ("us_customary", 72)):
        await config.async_update(unit_system=units)
        await home.hass.async_block_till_done()
        thermostat = home["climate.living_room_main_floor"]
        now = thermostat.attributes["current_temperature"]
        assert now == pytest.approx(shown, abs=0.1)


async def test_with_everything_disabled_nothing_is_polled(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    await home.advance(30)
    for entity_id in home.ids().values():
        entity_registry.async_update_entity(
            entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.advance(60)
    home.processor.requests.clear()
    await home.advance(120)
    assert home.processor.requests == []
    # One that is wanted again brings everything back.
    entity_registry.async_update_entity("lock.hallway_front_door", disabled_by=None)
    await home.advance(60)
    assert home.processor.requests
    assert home["lock.hallway_front_door"].state == "locked"


@pytest.mark.parametrize("end", ["unload", "reload", "stop", "wait"])
async def test_a_shade_that_waits_its_turn_is_not_forgotten(
    home: Home, end: str
) -> None:
    hass, house, sent = home.hass, home.house, home.processor.commands
    fast, slow = house.find("Kitchen Shade", Shade), house.find("Office Shade", Shade)
    fast.travel_seconds, slow.travel_seconds = 8.0, 30.0
    group = [f"shade-{fast.id}", f"shade-{slow.id}"]
    await home.reload(options={CONF_TOGETHER: [group]})
    both = ["cover.kitchen_kitchen_shade", "cover.office_office_shade"]
    # How long each takes is seen the first time.
    for action in ("close_cover", "open_cover", "close_cover"):
        await home.act("cover", action, both)
        await home.advance(40)
    sent.clear()
    await home.act("cover", "open_cover", both)
    assert {command.id for command in sent} == {slow.id}
    match end:
        case "unload":
            await hass.config_entries.async_unload(home.entry.entry_id)
        case "reload":
            await home.reload()
        case "wait":
            # It has not moved for longer than any other shade is waited for.
            await home.advance(15)
            assert home[both[0]].state == "opening"
            await home.advance(15)
        case _:
            hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert [command.id for command in sent] == [slow.id, fast.id]


async def test_an_action_during_a_reload_says_so(home: Home) -> None:
    light = "light.kitchen_downlights"
    asking = asyncio.ensure_future(home.refused("light", "turn_on", light))
    # It is gathered with what comes in the next moment.
    while not home.entry.runtime_data.queue._waiting:
        await asyncio.sleep(0)
    home.processor.requests.clear()
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert (await asking).translation_key == "command_closing"
    assert posts(home.processor.requests) == []
