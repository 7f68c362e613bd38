"""Setting up, tearing down, and what is left behind."""

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom

from .common import Advance, Alongside, act, paths, state


async def test_set_up_and_tear_down(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    assert loaded.state is ConfigEntryState.LOADED
    assert state(hass, "cover.kitchen_kitchen_shade").state == "open"

    assert await hass.config_entries.async_unload(loaded.entry_id)
    assert loaded.state is ConfigEntryState.NOT_LOADED
    assert state(hass, "cover.kitchen_kitchen_shade").state == STATE_UNAVAILABLE
    assert paths(processor.requests)[-1] == "logout"

    assert await hass.config_entries.async_setup(loaded.entry_id)
    assert state(hass, "cover.kitchen_kitchen_shade").state == "open"


async def test_set_up_takes_few_requests(
    loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    assert len(processor.requests) <= 10


@pytest.mark.parametrize(
    "fault",
    ["boot_500", "boot_503", "inventory_500", "banner_instead", "html_login_page"],
)
async def test_a_processor_in_trouble_is_tried_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    fault: str,
) -> None:
    with processor.faults.during(fault):
        await hass.config_entries.async_setup(entry.entry_id)
        assert entry.state is ConfigEntryState.SETUP_RETRY
    assert hass.config_entries.flow.async_progress() == []
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED


async def test_a_processor_that_is_off_is_tried_again(
    hass: HomeAssistant, entry: MockConfigEntry, processor: CrestronProcessor
) -> None:
    await processor.stop()
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "cannot be reached" in str(entry.reason)


async def test_a_refused_token_asks_the_user(
    hass: HomeAssistant, entry: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.revoke_token("another")
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH


async def test_the_hub_is_a_device_and_all_others_hang_on_it(
    hass: HomeAssistant, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    devices = dr.async_entries_for_config_entry(device_registry, loaded.entry_id)
    (hub,) = [device for device in devices if device.via_device_id is None]
    assert (hub.manufacturer, hub.model, hub.name) == ("Crestron", "MC4-R", "MC4-R")
    assert hub.sw_version == "2.000.0004"
    assert {device.via_device_id for device in devices if device is not hub} == {hub.id}


async def test_rooms_become_areas_and_names_stay_short(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    names = {
        device.name: device.area_id
        for device in dr.async_entries_for_config_entry(
            device_registry, loaded.entry_id
        )
    }
    assert names["Kitchen Shade"] == "kitchen"
    assert names["Kitchen"] == "kitchen"
    # This sensor's room is gone.
    assert names["Mailbox"] is None
    # The pseudo room is none that one can stand in, nor a thing.
    assert "Whole House" not in names
    assert state(hass, "scene.movie_night").name == "Movie Night"
    assert state(hass, "cover.kitchen_kitchen_shade").name == "Kitchen Shade"
    assert state(hass, "light.kitchen_downlights").name == "Downlights"
    assert state(hass, "media_player.kitchen").name == "Kitchen"
    assert state(hass, "scene.kitchen_all_off").name == "Kitchen All Off"


async def test_a_device_of_the_house_cannot_be_deleted_but_a_lost_one_can(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_ws_client(hass)
    roots = loaded.runtime_data.data.roots.values()
    whole = next(root for root in roots if root.virtual)
    # The second is there on the hub, but stands for all of the home.
    lost = [
        device_registry.async_get_or_create(
            config_entry_id=loaded.entry_id,
            identifiers={(DOMAIN, f"{loaded.entry_id}_{part}")},
        )
        for part in ("shade-1", whole.id)
    ]
    here = next(
        device
        for device in dr.async_entries_for_config_entry(
            device_registry, loaded.entry_id
        )
        if device.name == "Kitchen Shade"
    )
    assert not (await client.remove_device(here.id))["success"]
    for device in lost:
        assert (await client.remove_device(device.id))["success"]


async def test_no_device_is_deleted_while_it_is_not_known_what_the_hub_has(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await processor.stop()
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert await async_setup_component(hass, "config", {})
    client = await hass_ws_client(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, f"{entry.entry_id}_shade-1")},
    )
    answer = await client.remove_device(device.id)
    assert "rejected by integration" in answer["error"]["message"]
    assert device_registry.async_get(device.id) is not None


async def test_nothing_is_written_of_what_was_removed_at_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_storage: dict[str, object],
    advance: Advance,
) -> None:
    loaded.runtime_data.hub.memory["volume_scale"] = "raw"
    await advance(6)
    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    await advance(15)
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []


async def test_what_was_learned_outlives_a_reload_at_once(
    hass: HomeAssistant, loaded: MockConfigEntry, advance: Advance
) -> None:
    loaded.runtime_data.hub.memory["volume_scale"] = "raw"
    await advance(6)
    await hass.config_entries.async_reload(loaded.entry_id)
    assert loaded.runtime_data.hub.memory["volume_scale"] == "raw"


async def test_what_was_learned_is_kept_and_then_forgotten(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_storage: dict[str, object],
    advance: Advance,
    alongside: Alongside,
    house: House,
) -> None:
    house.find("Theater", MediaRoom).power = True
    await alongside(
        act(
            hass,
            "media_player",
            "volume_set",
            "media_player.theater",
            volume_level=0.4,
        )
    )
    await advance(12)
    stored = hass_storage["crestron_homeseer.01HOUSE"]
    assert isinstance(stored, dict)
    assert stored["data"]["volume_scale"] == "raw"
    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    assert "crestron_homeseer.01HOUSE" not in hass_storage
