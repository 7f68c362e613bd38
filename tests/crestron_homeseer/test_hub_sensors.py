"""What tells how the talk with a hub goes."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem

from .common import Advance, Writes, state

KEYS = ("last_push", "read_interval", "response_time")

type Enable = Callable[[MockConfigEntry], Awaitable[dict[str, str]]]


@pytest.fixture
async def enable(hass: HomeAssistant, entity_registry: er.EntityRegistry) -> Enable:
    """Switch the sensors of a hub on; returns them by what they tell."""

    async def enable(entry: MockConfigEntry) -> dict[str, str]:
        found = {}
        for key in KEYS:
            unique_id = f"{entry.entry_id}_hub:{key}"
            entity_id = entity_registry.async_get_entity_id("sensor", DOMAIN, unique_id)
            if entity_id is not None:
                entity_registry.async_update_entity(entity_id, disabled_by=None)
                found[key] = entity_id
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
        return found

    return enable


async def test_they_are_off_until_somebody_wants_them(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    hub = device_registry.async_get_device_by_identifier(
        (DOMAIN, "01HOUSE_hub"), loaded.entry_id
    )
    assert hub is not None
    entities = {
        entity.original_name: entity
        for entity in er.async_entries_for_device(
            entity_registry, hub.id, include_disabled_entities=True
        )
        if "hub:" in entity.unique_id
    }
    assert set(entities) == {"Last push", "Read interval", "Response time"}
    for entity in entities.values():
        assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION
        assert entity.entity_category == "diagnostic"
        assert hass.states.get(entity.entity_id) is None


async def test_they_tell_how_reading_goes(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    enable: Enable,
) -> None:
    sensors = await enable(loaded)
    await advance(70)
    response = state(hass, sensors["response_time"])
    assert response.attributes["unit_of_measurement"] == "ms"
    assert 0 < float(response.state) < 1000
    interval = state(hass, sensors["read_interval"])
    assert interval.state == "2"
    assert interval.attributes["unit_of_measurement"] == "s"
    with processor.faults.during("refuse_connections"):
        await advance(60)
        assert state(hass, sensors["response_time"]).state == "unavailable"
    await advance(70)
    assert float(state(hass, sensors["response_time"]).state) > 0


async def test_without_polling_there_is_no_interval(
    hass: HomeAssistant, loaded: MockConfigEntry, enable: Enable
) -> None:
    hass.config_entries.async_update_entry(loaded, pref_disable_polling=True)
    sensors = await enable(loaded)
    assert state(hass, sensors["read_interval"]).state == "unknown"


async def test_departures_leave_them(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    enable: Enable,
    entity_registry: er.EntityRegistry,
) -> None:
    sensors = await enable(loaded)
    await advance(700)
    assert all(entity_registry.async_get(sensor) for sensor in sensors.values())


async def test_they_follow_twice_a_minute(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    advance: Advance,
    writes: Writes,
    enable: Enable,
) -> None:
    last = (await enable(homeseer_loaded))["last_push"]
    # Home Assistant itself loads the entry again half a minute after that.
    await advance(40)
    assert state(hass, last).state == "unknown"
    assert state(hass, last).attributes["device_class"] == "timestamp"
    ref = system.model.find("Pantry Light").ref
    writes.clear()
    for _ in range(2):
        before = state(hass, last).state
        for _ in range(30):
            change = {"type": "devicechange", "data": {"ref": ref}}
            homeseer_loaded.runtime_data.hub.on_webhook(change)
            await advance(1)
        assert state(hass, last).state != before
    assert state(hass, last).state.startswith("20")
    assert writes[last] == 2
