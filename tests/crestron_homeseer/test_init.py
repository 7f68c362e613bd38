"""Setting up, tearing down, and what is left behind."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import slugify
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.house import MediaRoom

from .common import Alongside, Home, entry_state, paths

SHADE = "cover.kitchen_kitchen_shade"


async def test_set_up_and_tear_down(hass: HomeAssistant, home: Home) -> None:
    # On a busy machine the first of the regular reads may have come already.
    assert len({request.path for request in home.processor.requests}) <= 10
    assert home[SHADE].state == "open"
    assert await hass.config_entries.async_unload(home.entry.entry_id)
    assert home.entry.state is ConfigEntryState.NOT_LOADED
    assert home[SHADE].state == STATE_UNAVAILABLE
    assert paths(home.processor.requests)[-1] == "logout"
    assert await hass.config_entries.async_setup(home.entry.entry_id)
    assert home[SHADE].state == "open"
    # Home Assistant stops without unloading.
    home.processor.requests.clear()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert paths(home.processor.requests) == ["logout"]


@pytest.mark.parametrize("fault", ["inventory_500", "refuse_connections"])
async def test_a_processor_in_trouble_is_tried_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    fault: str,
) -> None:
    with processor.faults.during(fault):
        await hass.config_entries.async_setup(entry.entry_id)
        assert entry_state(entry) is ConfigEntryState.SETUP_RETRY
        if fault == "refuse_connections":
            assert "cannot be reached" in str(entry.reason)
    assert hass.config_entries.flow.async_progress() == []
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED


async def test_all_devices_hang_on_the_hub_and_rooms_become_areas(home: Home) -> None:
    devices = home.devices()
    (hub,) = [each for each in devices.values() if each.via_device_id is None]
    assert (hub.manufacturer, hub.model, hub.name) == ("Crestron", "MC4-R", "MC4-R")
    assert hub.sw_version == "2.000.0004"
    assert {each.via_device_id for each in devices.values()} == {None, hub.id}
    assert devices["Kitchen Shade"].area_id == devices["Kitchen"].area_id == "kitchen"
    # This sensor's room is gone.
    assert devices["Mailbox"].area_id is None
    # The pseudo room is none that one can stand in, nor a thing.
    assert "Whole House" not in devices
    for entity_id, name in (
        ("scene.movie_night", "Movie Night"),
        (SHADE, "Kitchen Shade"),
        ("light.kitchen_downlights", "Downlights"),
        ("media_player.kitchen", "Kitchen"),
        ("scene.kitchen_all_off", "Kitchen All Off"),
    ):
        assert home[entity_id].name == name


async def test_a_device_of_the_house_cannot_be_deleted_but_a_lost_one_can(
    hass: HomeAssistant, home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_ws_client(hass)
    roots = home.entry.runtime_data.data.roots.values()
    whole = next(root for root in roots if root.virtual)
    here = home.devices()["Kitchen Shade"]
    # The second is there on the hub, but stands for all of the home.
    lost, virtual = (
        dr.async_get(hass).async_get_or_create(
            config_entry_id=home.entry.entry_id,
            identifiers={(DOMAIN, f"{home.entry.entry_id}_{part}")},
        )
        for part in ("shade-1", whole.id)
    )
    assert not (await client.remove_device(here.id))["success"]
    assert (await client.remove_device(virtual.id))["success"]
    # Nor is any while it is not known what the hub has.
    with home.processor.faults.during("refuse_connections"):
        await home.reload()
        assert entry_state(home.entry) is ConfigEntryState.SETUP_RETRY
        answer = await client.remove_device(lost.id)
        assert "rejected by integration" in answer["error"]["message"]
    await home.reload()
    assert (await client.remove_device(lost.id))["success"]


async def test_what_was_learned_is_kept_over_a_reload_and_removed_with_the_entry(
    hass: HomeAssistant,
    home: Home,
    hass_storage: dict[str, object],
    alongside: Alongside,
) -> None:
    home.house.find("Theater", MediaRoom).power = True
    theater = "media_player.theater"
    await alongside(home.act("media_player", "volume_set", theater, volume_level=0.4))
    await home.advance(12)
    stored = hass_storage["crestron_homeseer.01HOUSE"]
    assert isinstance(stored, dict)
    assert stored["data"]["volume_scale"] == "raw"
    # What is not written yet when it is loaded again is so at once.
    home.entry.runtime_data.hub.memory["volume_scale"] = "percent"
    await home.advance(6)
    await home.reload()
    assert home.entry.runtime_data.hub.memory["volume_scale"] == "percent"
    # Nor is anything written of what was removed.
    home.entry.runtime_data.hub.memory["volume_scale"] = "raw"
    await home.advance(6)
    await hass.config_entries.async_remove(home.entry.entry_id)
    await hass.async_block_till_done()
    await home.advance(15)
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []


async def test_an_encrypted_processor_is_never_spoken_to_in_the_clear(
    encrypted: Home,
) -> None:
    await encrypted.advance(6)
    with encrypted.processor.faults.during("http_where_https"):
        encrypted.processor.requests.clear()
        await encrypted.advance(40)
        assert encrypted[SHADE].state == STATE_UNAVAILABLE
        await encrypted.reload()
        assert entry_state(encrypted.entry) is ConfigEntryState.SETUP_RETRY
        assert encrypted.processor.requests == []
    await encrypted.reload()
    assert encrypted.entry.state is ConfigEntryState.LOADED


async def test_entity_ids_do_not_say_the_room_twice(home: Home) -> None:
    names = {each.id: slugify(each.name) for each in home.devices().values()}
    ours = [
        entity
        for entity in er.async_get(home.hass).entities.values()
        if entity.domain in {"scene", "media_player"} and entity.device_id
    ]
    assert len(ours) > 30
    for entity in ours:
        words = names[entity.device_id or ""]
        assert f"{words}_{words}" not in entity.entity_id
