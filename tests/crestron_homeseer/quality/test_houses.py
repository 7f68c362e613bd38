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


def test_entities_are_as_core_asks(hass: HomeAssistant, home: MockConfigEntry) -> None:
    entities = er.async_entries_for_config_entry(er.async_get(hass), home.entry_id)
    assert len(entities) > 50
    ids = Counter((entity.domain, entity.unique_id) for entity in entities)
    assert set(ids.values()) == {1}
    assert all(key.startswith(f"{home.entry_id}_") for _, key in ids)
    batteries = set()
    for entity in entities:
        assert entity.has_entity_name and not entity.original_icon
        # What is translated has texts or icons.
        if entity.translation_key:
            key = f"entity/{entity.domain}/{entity.translation_key}"
            assert find(key) or find_icon(key)
        if entity.original_device_class == "battery":
            batteries.add(entity.entity_category)
    assert batteries == {EntityCategory.DIAGNOSTIC}
    # What few want is disabled at first.
    off = [entity.disabled_by for entity in entities if entity.disabled_by]
    assert len(off) < len(entities) / 2
    assert set(off) == {er.RegistryEntryDisabler.INTEGRATION}


def test_devices_are_described(
    hass: HomeAssistant, home: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), home.entry_id)
    (hub,) = [device for device in devices if device.via_device_id is None]
    assert hub.manufacturer and hub.model and hub.sw_version and hub.configuration_url
    for device in devices:
        assert device.name and device.manufacturer
        assert {domain for domain, _ in device.identifiers} == {DOMAIN}
        assert device.via_device_id == (None if device is hub else hub.id)
    # Nothing is used that goes away.
    assert deprecations(caplog.get_records("setup")) == []
