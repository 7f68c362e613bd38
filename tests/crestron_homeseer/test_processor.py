"""What a processor tells of itself, what is left out of it, and what changes with it."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_FADE_UNIT, DOMAIN
from custom_components.crestron_homeseer.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.crestron_homeseer.house import cadence
from simulator.crestron import CrestronProcessor
from simulator.house import House, Light, MediaRoom, Sensor
from simulator.recorder import Request

from .common import Advance, act, set_up, texts
from .flows import options_of

LIGHT = "light.kitchen_downlights"
FRONT_DOOR = "lock.hallway_front_door"
# In this time all there is has been read twice.
SURVEYED = 60


def told(hass: HomeAssistant) -> dict[str, dict[str, str]]:
    """Return what our issues say, by what they are about."""
    found = {
        issue.translation_key or "": issue.translation_placeholders or {}
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    }
    for key, facts in found.items():
        step = texts("issues")[key]["fix_flow"]["step"]["confirm"]
        assert step["description"].format(**facts)
    return found


# The processor


async def test_the_program_is_on_its_page_and_in_the_diagnostics(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    advance: Advance,
) -> None:
    await advance(SURVEYED)
    devices = dr.async_entries_for_config_entry(device_registry, loaded.entry_id)
    (hub,) = [device for device in devices if device.via_device_id is None]
    assert (hub.model, hub.sw_version) == ("MC4-R", "4.007.0045")
    about = (await async_get_config_entry_diagnostics(hass, loaded))["hub"]
    assert about["program"] == "4.007.0045"
    assert about["version"] == "2.000.0004"
    assert told(hass) == {}
    # After a restart it is known at once.
    await hass.config_entries.async_reload(loaded.entry_id)
    assert loaded.runtime_data.data.info.program == "4.007.0045"


@pytest.mark.parametrize(
    ("renumbers", "adds", "says"),
    [
        (True, True, {"new": "1", "gone": "0"}),
        (False, True, {"new": "1", "gone": "0", "renumbered": "0"}),
        (False, False, None),
    ],
)
async def test_another_program_is_shown_with_what_it_changed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
    renumbers: bool,
    adds: bool,
    says: dict[str, str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cadence, "SURVEY_EVERY", cadence.SURVEY_FIRST)
    await advance(SURVEYED)
    if adds:
        house.add(Light(9001, "New Lamp", house.find("Office Shade").room))
    processor.upload_program("4.008.0001", renumbers=renumbers)
    await advance(3 * SURVEYED)
    issues = told(hass)
    assert loaded.runtime_data.data.info.program == "4.008.0001"
    if says is None:
        assert issues == {}
        return
    said = issues.pop("program_changed")
    assert (
        said.items() >= {"before": "4.007.0045", "after": "4.008.0001", **says}.items()
    )
    assert (int(said["renumbered"]) > 50) is renumbers
    # One message for one thing that happened.
    assert "renumbered" not in issues
    # It is not told again.
    ir.async_delete_issue(hass, DOMAIN, f"{loaded.entry_id}_program_changed")
    await hass.config_entries.async_reload(loaded.entry_id)
    await advance(SURVEYED)
    assert "program_changed" not in told(hass)


# What is there


async def test_what_is_not_sure_is_there_and_disabled(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    house: House,
) -> None:
    room = house.find("Office Shade").room
    for number, measures in enumerate(("MotionSensor", "Generic", "DoorSensor"), 9100):
        presence = None if measures == "Generic" else True
        house.add(Sensor(number, measures, room, measures=measures, presence=presence))
    house.find("Terrace", MediaRoom).sources = {}
    await set_up(hass, entry)
    disabled = {
        entity.unique_id.removeprefix("01HOUSE_"): entity.disabled
        for entity in er.async_entries_for_config_entry(entity_registry, "01HOUSE")
    }
    odd = [disabled[f"sensor-{number}"] for number in range(9100, 9103)]
    assert odd == [True, True, False]
    rooms = [key for key in disabled if key.startswith("mediaroom-")]
    assert [disabled[key] for key in rooms].count(True) == 1


async def test_what_is_left_out_is_in_the_diagnostics(
    hass: HomeAssistant, entry: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.faults.on("duplicate_ids", path="/locks")
    processor.faults.on("duplicate_ids", path="/doorlocks")
    await set_up(hass, entry)
    found = await async_get_config_entry_diagnostics(hass, entry)
    (left_out,) = found["hub"]["left_out"]
    assert (left_out["list"], left_out["reason"]) == ("doorlocks", "is doubled")
    assert left_out["name"] == "Front Door"


# Every shape


@pytest.mark.parametrize(
    "settings",
    [
        {"numbers_as_text": True},
        {"manual_shapes": True, "numbers_as_text": True},
        {"devices_with_level": True, "v2_info": False},
        {"logout_as_text": True, "body_required": True},
    ],
    ids=str,
)
async def test_a_house_is_the_same_in_every_shape(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    settings: dict[str, Any],
) -> None:
    await set_up(hass, entry)

    def shown() -> dict[str, str]:
        return {each.entity_id: each.state for each in hass.states.async_all()}

    before = {key: value for key, value in shown().items() if "mc4_r" not in key}
    processor.change(**settings)
    await hass.config_entries.async_reload(entry.entry_id)
    after = shown()
    assert entry.state is ConfigEntryState.LOADED
    assert {key: after[key] for key in before} == before


# Media rooms


# Fading


def times(requests: list[Request]) -> list[int]:
    """Return the times that were sent with lights."""
    return [
        each.body["lights"][0]["time"]
        for each in requests
        if each.path.endswith("lights/SetState")
    ]


async def test_how_fades_are_counted_is_found_out_or_said(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    processor.change(light_time_unit="cs")
    for brightness in (255, 1, 255, 1):
        processor.requests.clear()
        await act(hass, "light", "turn_on", LIGHT, transition=6, brightness=brightness)
        await advance(90)
    assert times(processor.requests) == [600]
    assert loaded.runtime_data.hub.memory["fade_unit"] == "hundredths"
    # Who knows may say otherwise.
    for unit, count in (("seconds", 3), ("milliseconds", 3000), ("automatic", 300)):
        await options_of(hass, loaded, "counts", fade_unit=unit)
        assert loaded.options.get(CONF_FADE_UNIT, "automatic") == unit
        processor.requests.clear()
        await act(
            hass, "light", "turn_on", LIGHT, transition=3, brightness=10 + count % 200
        )
        assert times(processor.requests) == [count]
