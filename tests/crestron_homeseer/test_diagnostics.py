"""What a user downloads for a bug report: it is served again as the same house."""

from collections.abc import Awaitable, Callable
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_PORT, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    _get_diagnostics_for_config_entry as download,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import CONF_ALARM_CODE, DOMAIN
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.recording import load, load_homeseer

from .common import Home, device_of, state
from .conftest import TOKEN

LAMP = "light.porch_porch_lamp"

type Found = dict[str, Any]
# Downloads what is known of an entry, or of the device of one of its entities.
type Diagnose = Callable[..., Awaitable[Found]]


@pytest.fixture
def diagnose(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path
) -> Diagnose:
    """Download diagnostics; those of an entry are in a file, too, as a browser does."""

    async def diagnose(entry: MockConfigEntry, entity_id: str = "") -> Found:
        if not entity_id:
            whole: Found = await download(hass, hass_client, entry)
            path = tmp_path / "diagnostics.json"
            path.write_text(json.dumps(whole), encoding="utf-8")
            found: Found = whole["data"]
            return found
        device = device_of(hass, entity_id)
        about: Any = await get_diagnostics_for_device(hass, hass_client, entry, device)
        return {**about}

    return diagnose


async def set_up(hass: HomeAssistant, entry: MockConfigEntry, **changes: Any) -> None:
    """Set an entry up with other data or options."""
    facts: dict[str, Any] = {
        key: {**getattr(entry, key), **each} for key, each in changes.items()
    }
    hass.config_entries.async_update_entry(entry, **facts)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


def shown(hass: HomeAssistant, entry: MockConfigEntry) -> Found:
    """Return all entities of an entry, with all that they show."""
    found = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        state = hass.states.get(entity.entity_id)
        attributes = dict(state.attributes) if state is not None else {}
        # It is another one in each run.
        attributes.pop("entity_picture", None)
        found[entity.entity_id] = state and (state.state, attributes)
    assert len(found) > 50
    return found


async def moved(
    hass: HomeAssistant, entry: MockConfigEntry, **data: Any
) -> MockConfigEntry:
    """Take an entry away, and set up another one like it somewhere else."""
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    other = MockConfigEntry(
        domain=DOMAIN, title=entry.title, data=entry.data, options=entry.options
    )
    other.add_to_hass(hass)
    await set_up(hass, other, data=data)
    assert other.state is ConfigEntryState.LOADED
    return other


async def test_a_processor_is_served_again_from_its_diagnostics(
    hass: HomeAssistant,
    home: Home,
    diagnose: Diagnose,
    clock: ManualClock,
    tmp_path: Path,
) -> None:
    # What few homes have is read by the second survey only.
    await home.entry.runtime_data.async_refresh()
    before = shown(hass, home.entry)
    home.processor.requests.clear()
    found = await diagnose(home.entry)
    # Each list is read once.
    paths = [request.path for request in home.processor.requests]
    assert len(paths) == len(set(paths)) == 11
    assert "recording_failed" not in found
    assert found["entry"]["state"] == "loaded"
    assert found["entry"]["data"]["kind"] == "crestron"
    assert (found["hub"]["manufacturer"], found["hub"]["model"]) == (
        "Crestron",
        "MC4-R",
    )
    assert found["hub"]["requests"] > 5
    assert found["house"]["devices"]["Cover"] == 12
    reading = found["coordinator"]
    assert (reading["last_update_success"], reading["failures"]) == (True, 0)
    assert 1 <= reading["update_interval"] <= 60
    assert 0 <= reading["since_success"] < 60
    async with CrestronProcessor.of_recording(
        load(tmp_path / "diagnostics.json"), clock=clock, token=TOKEN, https=False
    ) as again:
        other = await moved(hass, home.entry, host=again.host, port=again.port)
        await other.runtime_data.async_refresh()
        assert shown(hass, other) == before
        await hass.config_entries.async_unload(other.entry_id)


@pytest.mark.parametrize("dialect", ["hs3", "hs4"])
async def test_a_system_is_served_again_from_its_diagnostics(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    diagnose: Diagnose,
    model: Model,
    clock: ManualClock,
    tmp_path: Path,
    dialect: Any,
) -> None:
    model.fahrenheit = False
    async with HomeSeerSystem(model, dialect, clock=clock) as system:
        await set_up(hass, homeseer_entry, data={CONF_PORT: system.port})
        before = shown(hass, homeseer_entry)
        found = await diagnose(homeseer_entry)
        lamp = str(model.find("Porch Lamp").ref)
        if dialect == "hs4":
            evidence = "controls: on and off, marked as a light"
            assert found["hub"]["meanings"][lamp] == f"light, by {evidence}"
        recording = load_homeseer(tmp_path / "diagnostics.json")
        assert recording.dialect == dialect
        # What it does not report is in the next one.
        for request in ("getevents", "getsetting"):
            system.faults.on("error_text", path=request)
        less = (await diagnose(homeseer_entry))["recording"]
        assert less["skipped"].keys() == {"getevents"}
        assert ("TempFormatF" in less["bodies"]["getstatus"]) == (dialect == "hs4")
        async with HomeSeerSystem.of_recording(recording, clock=clock) as again:
            other = await moved(hass, homeseer_entry, port=again.port)
            assert shown(hass, other) == before
            await hass.config_entries.async_unload(other.entry_id)


async def test_a_device_has_its_parts_in_it_and_is_served_again(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, diagnose: Diagnose
) -> None:
    found = await diagnose(homeseer_loaded, LAMP)
    assert found["device"]["name"] == "Porch Lamp"
    assert "Light" in [part["kind"] for part in found["device"]["parts"]]
    states = {each["entity_id"]: each for each in found["device"]["states"]}
    shown = state(hass, LAMP)
    assert states[LAMP]["state"] == shown.state
    assert states[LAMP]["attributes"]["friendly_name"] == shown.name
    assert found["recording"]["format"] == "homeseer-recording"
    # What is not set up has neither parts nor states; what is on the wire is read anew.
    await hass.config_entries.async_unload(homeseer_loaded.entry_id)
    hass.states.async_remove(LAMP)
    found = await diagnose(homeseer_loaded, LAMP)
    assert {"entity_id": LAMP} in found["device"]["states"]
    assert found["device"]["parts"] == []
    assert found["recording"]["bodies"]["getstatus"]["Devices"]


async def test_the_hub_itself_is_made_of_nothing(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    device = home.devices()["MC4-R"]
    found: Any = await get_diagnostics_for_device(
        home.hass, hass_client, home.entry, device
    )
    assert found["device"]["parts"] == []
    assert found["recording"]["bodies"]["rooms"]


@pytest.mark.parametrize(
    ("fault", "reason"), [("refuse_connections", "refused"), ("silent", "timed_out")]
)
async def test_a_hub_that_is_away_or_slow_has_diagnostics_as_well(
    home: Home, diagnose: Diagnose, fault: str, reason: str
) -> None:
    limit = "custom_components.crestron_homeseer.diagnostics.RECORD_TIMEOUT"
    with home.processor.faults.during(fault), patch(limit, 0.2):
        found = await diagnose(home.entry)
    assert (found["recording"], found["recording_failed"]) == (None, reason)
    assert found["house"]["devices"]["Cover"] == 12


async def test_what_a_processor_does_not_have_is_said(
    home: Home, diagnose: Diagnose
) -> None:
    home.processor.change(quick_actions=False)
    found = (await diagnose(home.entry))["recording"]
    assert found["skipped"].keys() == {"quickactions"}
    assert "quickactions" not in found["bodies"]


async def test_what_cannot_be_set_up_is_recorded(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    diagnose: Diagnose,
) -> None:
    system.faults.on("lists_missing")
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    found = await diagnose(homeseer_entry)
    assert found["entry"]["state"] == "setup_retry"
    assert "Devices" not in found["recording"]["bodies"]["getstatus"]


async def test_what_is_secret_is_nowhere_in_it(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    model: Model,
    diagnose: Diagnose,
) -> None:
    message = model.find("Message of the Day")
    message.name = "Door code"
    message.say("2468")
    dimmer = model.find("Kitchen Dimmer")
    dimmer.note = "The key is under the mat"
    dimmer.name = "Dimmer of bob at 192.168.7.8 or 00:10:7F:ab:cd:ef, Bobby"
    # Somebody wrote it where everybody sees it.
    model.find("Porch Lamp").name = "Lamp open-sesame"
    await set_up(
        hass,
        homeseer_entry,
        data={CONF_USERNAME: "bob", CONF_PASSWORD: "Bobby's secret"},
        options={CONF_ALARM_CODE: "open-sesame"},
    )
    # Who knows the address of a picture sees it.
    hass.states.async_set(LAMP, "on", {"entity_picture": "/api/?token=let-me-see"})
    found = await diagnose(homeseer_entry, LAMP)
    text = json.dumps(found)
    for secret in (
        "2468",
        "under the mat",
        "192.168.7.8",
        "00:10:7F",
        "open-sesame",
        "let-me-see",
        homeseer_entry.data[CONF_HOST],
    ):
        assert secret not in text
    assert found["entry"]["data"][CONF_USERNAME] == "**REDACTED**"
    names = [
        each["name"] for each in found["recording"]["bodies"]["getstatus"]["Devices"]
    ]
    # A short secret is taken out as a word, not out of the midst of others.
    assert {"Dimmer of *** at *** or ***, Bobby", "Lamp ***"} <= {*names}
