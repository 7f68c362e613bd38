"""What a user downloads for a bug report: it is served again as the same house."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_PORT, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    _get_diagnostics_for_config_entry as download,
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import CONF_ALARM_CODE, DOMAIN
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import House
from simulator.recording import load, load_homeseer

from .conftest import TOKEN

RESULT = "recording"


def shown(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    """Return all entities of an entry, with all that they show."""
    found = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        state = hass.states.get(entity.entity_id)
        attributes = dict(state.attributes) if state is not None else {}
        # It is another one in each run.
        attributes.pop("entity_picture", None)
        found[entity.entity_id] = state and (state.state, attributes)
    return found


async def downloaded(
    hass: HomeAssistant,
    client: ClientSessionGenerator,
    entry: MockConfigEntry,
    tmp_path: Path,
) -> Path:
    """Download an entry's diagnostics to a file, just as a browser does."""
    path = tmp_path / "diagnostics.json"
    whole = await download(hass, client, entry)
    assert {"home_assistant", "data"} <= whole.keys()
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


async def moved(
    hass: HomeAssistant, entry: MockConfigEntry, **data: Any
) -> MockConfigEntry:
    """Take an entry away, and set up another one like it somewhere else."""
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    other = MockConfigEntry(
        domain=DOMAIN,
        title=entry.title,
        data={**entry.data, **data},
        options=entry.options,
    )
    other.add_to_hass(hass)
    await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    assert other.state is ConfigEntryState.LOADED
    return other


async def test_a_processor_is_served_again_from_its_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    clock: ManualClock,
    tmp_path: Path,
) -> None:
    # What few homes have is read by the second survey only.
    await loaded.runtime_data.async_refresh()
    before = shown(hass, loaded)
    path = await downloaded(hass, hass_client, loaded, tmp_path)
    async with CrestronProcessor.of_recording(
        load(path), clock=clock, token=TOKEN, https=False
    ) as again:
        other = await moved(hass, loaded, host=again.host, port=again.port)
        await other.runtime_data.async_refresh()
        assert shown(hass, other) == before
        assert len(before) > 50
        await hass.config_entries.async_unload(other.entry_id)


@pytest.mark.parametrize("dialect", ["hs3", "hs4"])
async def test_a_system_is_served_again_from_its_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_entry: MockConfigEntry,
    model: Model,
    clock: ManualClock,
    tmp_path: Path,
    dialect: Any,
) -> None:
    model.fahrenheit = False
    async with HomeSeerSystem(model, dialect, clock=clock) as system:
        hass.config_entries.async_update_entry(
            homeseer_entry,
            data={**homeseer_entry.data, CONF_PORT: system.port},
        )
        await hass.config_entries.async_setup(homeseer_entry.entry_id)
        await hass.async_block_till_done()
        before = shown(hass, homeseer_entry)
        path = await downloaded(hass, hass_client, homeseer_entry, tmp_path)
        recording = load_homeseer(path)
        assert recording.dialect == dialect
        async with HomeSeerSystem.of_recording(recording, clock=clock) as again:
            other = await moved(hass, homeseer_entry, port=again.port)
            assert shown(hass, other) == before
            assert len(before) > 50
            await hass.config_entries.async_unload(other.entry_id)


async def test_how_the_reading_goes_is_in_it(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, loaded: MockConfigEntry
) -> None:
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    assert found["entry"]["state"] == "loaded"
    assert found["entry"]["data"]["kind"] == "crestron"
    assert found["hub"]["manufacturer"] == "Crestron"
    assert found["hub"]["model"] == "MC4-R"
    assert found["hub"]["requests"] > 5
    assert found["house"]["devices"]["Cover"] == 12
    assert found["coordinator"]["last_update_success"] is True
    assert found["coordinator"]["failures"] == 0
    assert 1 <= found["coordinator"]["update_interval"] <= 60
    assert 0 <= found["coordinator"]["since_success"] < 60
    assert "recording_failed" not in found


async def test_what_each_device_was_taken_for_is_in_it(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_loaded: MockConfigEntry,
    model: Model,
) -> None:
    found: Any = await get_diagnostics_for_config_entry(
        hass, hass_client, homeseer_loaded
    )
    lamp = str(model.find("Porch Lamp").ref)
    evidence = "controls: on and off, marked as a light"
    assert found["hub"]["meanings"][lamp] == f"light, by {evidence}"


async def test_each_list_is_read_once(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    processor.requests.clear()
    await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    paths = [request.path for request in processor.requests]
    assert len(paths) == len(set(paths)) == 11


async def test_a_device_has_its_parts_in_it_and_is_served_again(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    entity = entity_registry.async_get("light.porch_porch_lamp")
    assert entity is not None and entity.device_id is not None
    device = device_registry.async_get(entity.device_id)
    assert device is not None
    found: Any = await get_diagnostics_for_device(
        hass, hass_client, homeseer_loaded, device
    )
    assert found["device"]["name"] == device.name
    assert "Light" in [part["kind"] for part in found["device"]["parts"]]
    shown = {state["entity_id"]: state for state in found["device"]["states"]}
    state = hass.states.get(entity.entity_id)
    assert state is not None
    assert shown[entity.entity_id]["state"] == state.state
    assert shown[entity.entity_id]["attributes"]["friendly_name"] == state.name
    assert found["recording"]["format"] == "homeseer-recording"


async def test_what_is_secret_is_nowhere_in_it(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    entry: MockConfigEntry,
    house: House,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    # Somebody wrote it where everybody sees it.
    house.find("Kitchen Shade").name = "Shade open-sesame"
    options = {CONF_ALARM_CODE: "open-sesame"}
    hass.config_entries.async_update_entry(entry, options=options)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    (shade,) = (
        each
        for each in entity_registry.entities.values()
        if "open_sesame" in each.entity_id
    )
    assert shade.device_id is not None
    device = device_registry.async_get(shade.device_id)
    assert device is not None
    # Whoever knows the address of a picture sees it.
    picture = {"entity_picture": "/api/proxy?token=let-me-see"}
    hass.states.async_set(shade.entity_id, "open", picture)
    found = await get_diagnostics_for_device(hass, hass_client, entry, device)
    assert "open-sesame" not in str(found)
    assert "let-me-see" not in str(found)


async def test_the_hub_itself_is_made_of_nothing(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    device = device_registry.async_get(loaded.runtime_data.device_entries.hub_device_id)
    assert device is not None
    found: Any = await get_diagnostics_for_device(hass, hass_client, loaded, device)
    assert found["device"]["parts"] == []
    assert found["recording"]["bodies"]["rooms"]


async def test_what_is_not_set_up_has_neither_parts_nor_states(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    entity = entity_registry.async_get("light.porch_porch_lamp")
    assert entity is not None and entity.device_id is not None
    await hass.config_entries.async_unload(homeseer_loaded.entry_id)
    hass.states.async_remove(entity.entity_id)
    device = device_registry.async_get(entity.device_id)
    assert device is not None
    found: Any = await get_diagnostics_for_device(
        hass, hass_client, homeseer_loaded, device
    )
    assert {"entity_id": entity.entity_id} in found["device"]["states"]
    # What is on the wire is read anew.
    assert found["device"]["parts"] == []
    assert found["recording"]["bodies"]["getstatus"]["Devices"]


async def test_a_hub_that_is_away_has_diagnostics_as_well(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    with processor.faults.during("refuse_connections"):
        found: Any = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    assert found[RESULT] is None
    assert found["recording_failed"] == "refused"
    assert found["house"]["devices"]["Cover"] == 12


async def test_a_hub_that_is_slow_is_not_waited_for_without_end(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    limit = "custom_components.crestron_homeseer.diagnostics.RECORD_TIMEOUT"
    with processor.faults.during("silent"), patch(limit, 0.05):
        found: Any = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    assert (found[RESULT], found["recording_failed"]) == (None, "timed_out")


async def test_what_cannot_be_set_up_is_recorded(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
) -> None:
    system.faults.on("lists_missing")
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    assert homeseer_entry.state is ConfigEntryState.SETUP_RETRY
    found: Any = await get_diagnostics_for_config_entry(
        hass, hass_client, homeseer_entry
    )
    assert found["entry"]["state"] == "setup_retry"
    assert "Devices" not in found[RESULT]["bodies"]["getstatus"]


async def test_what_a_processor_does_not_have_is_told(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    processor.change(quick_actions=False)
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    assert found[RESULT]["skipped"].keys() == {"quickactions"}
    assert "quickactions" not in found[RESULT]["bodies"]


@pytest.mark.parametrize("dialect", ["hs3", "hs4"])
async def test_what_a_system_does_not_tell_is_told(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_entry: MockConfigEntry,
    model: Model,
    clock: ManualClock,
    dialect: Any,
) -> None:
    async with HomeSeerSystem(model, dialect, clock=clock) as system:
        data = {**homeseer_entry.data, CONF_PORT: system.port}
        hass.config_entries.async_update_entry(homeseer_entry, data=data)
        await hass.config_entries.async_setup(homeseer_entry.entry_id)
        await hass.async_block_till_done()
        for request in ("getevents", "getsetting"):
            system.faults.on("error_text", path=request)
        found: Any = await get_diagnostics_for_config_entry(
            hass, hass_client, homeseer_entry
        )
        await hass.config_entries.async_unload(homeseer_entry.entry_id)
    assert found[RESULT]["skipped"].keys() == {"getevents"}
    assert found[RESULT]["dialect"] == dialect
    assert ("TempFormatF" in found[RESULT]["bodies"]["getstatus"]) == (dialect == "hs4")


async def test_what_a_hub_says_of_people_and_addresses_is_left_out(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    model: Model,
) -> None:
    message = model.find("Message of the Day")
    message.name = "Door code"
    message.say("2468")
    model.find("Kitchen Dimmer").note = "The key is under the mat"
    model.find(
        "Kitchen Dimmer"
    ).name = "Dimmer of bob at 192.168.7.8 or 00:10:7F:ab:cd:ef, Bobby"
    hass.config_entries.async_update_entry(
        homeseer_entry,
        data={
            **homeseer_entry.data,
            CONF_USERNAME: "bob",
            CONF_PASSWORD: "Bobby's secret",
        },
        options={**homeseer_entry.options, CONF_ALARM_CODE: "777"},
    )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    found: Any = await get_diagnostics_for_config_entry(
        hass, hass_client, homeseer_entry
    )
    text = json.dumps(found)
    for secret in ("2468", "under the mat", "192.168.7.8", "00:10:7F", "777"):
        assert secret not in text
    assert homeseer_entry.data[CONF_HOST] not in text
    assert found["entry"]["data"][CONF_USERNAME] == "**REDACTED**"
    names = [each["name"] for each in found[RESULT]["bodies"]["getstatus"]["Devices"]]
    # A short secret is taken out as a word, not out of the midst of others.
    assert "Dimmer of *** at *** or ***, Bobby" in names
