"""Both simulated houses as Home Assistant has them: ids, names, categories."""

from collections import Counter

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN

from .test_icons import find_icon
from .watch import deprecations, find


@pytest.fixture(params=["loaded", "homeseer_loaded"])
def home(request: pytest.FixtureRequest) -> MockConfigEntry:
    """Each of the houses in turn."""
    entry: MockConfigEntry = request.getfixturevalue(request.param)
    return entry


@pytest.fixture
def entities(hass: HomeAssistant, home: MockConfigEntry) -> list[er.RegistryEntry]:
    """All entities of the house."""
    found = er.async_entries_for_config_entry(er.async_get(hass), home.entry_id)
    assert len(found) > 50
    return found


def test_ids_are_unique_and_of_the_entry(
    home: MockConfigEntry, entities: list[er.RegistryEntry]
) -> None:
    ids = Counter((entity.domain, entity.unique_id) for entity in entities)
    assert set(ids.values()) == {1}
    assert all(key.startswith(f"{home.entry_id}_") for _, key in ids)


def test_names_follow_their_devices(entities: list[er.RegistryEntry]) -> None:
    assert all(entity.has_entity_name for entity in entities)


def test_what_is_translated_has_texts_or_icons(
    entities: list[er.RegistryEntry],
) -> None:
    assert not any(entity.original_icon for entity in entities)
    for entity in entities:
        if entity.translation_key:
            key = f"entity/{entity.domain}/{entity.translation_key}"
            assert find(key) or find_icon(key)


def test_what_is_no_main_matter_is_said_to_be_none(
    entities: list[er.RegistryEntry],
) -> None:
    categories = {
        entity.unique_id: entity.entity_category
        for entity in entities
        if entity.original_device_class == "battery"
    }
    assert categories
    assert set(categories.values()) == {EntityCategory.DIAGNOSTIC}


def test_what_few_want_is_disabled_at_first(entities: list[er.RegistryEntry]) -> None:
    off = [entity for entity in entities if entity.disabled_by]
    assert 0 < len(off) < len(entities) / 2
    assert {entity.disabled_by for entity in off} == {
        er.RegistryEntryDisabler.INTEGRATION
    }


def test_devices_are_described(hass: HomeAssistant, home: MockConfigEntry) -> None:
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
    hubs = [device for device in devices if device.via_device_id is None]
    (hub,) = hubs
    assert hub.manufacturer and hub.model and hub.sw_version and hub.configuration_url
    for device in devices:
        assert device.name and device.manufacturer
        assert {domain for domain, _ in device.identifiers} == {DOMAIN}
        assert device.via_device_id == (None if device is hub else hub.id)


def test_nothing_is_used_that_goes_away(
    home: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    assert deprecations(caplog.get_records("setup")) == []
