"""What shows how the talk with a hub goes."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.homeseer import HomeSeerSystem

from .common import Advance, Home, Writes, state

KEYS = ("last_push", "read_interval", "response_time")

type Enable = Callable[[MockConfigEntry], Awaitable[list[str]]]


@pytest.fixture
def enable(hass: HomeAssistant, advance: Advance) -> Enable:
    """Switch the sensors of a hub on, which are off until somebody wants them."""
    entities = er.async_get(hass)

    async def enable(entry: MockConfigEntry) -> list[str]:
        found = []
        for key in KEYS:
            unique_id = f"{entry.entry_id}_hub:{key}"
            entity_id = entities.async_get_entity_id("sensor", DOMAIN, unique_id)
            assert entity_id is not None
            entity = entities.async_get(entity_id)
            assert entity is not None
            assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION
            assert entity.entity_category == "diagnostic"
            entities.async_update_entity(entity_id, disabled_by=None)
            found.append(entity_id)
        # Home Assistant itself loads the entry again half a minute after that.
        await advance(40)
        return found

    return enable


async def test_they_show_how_reading_goes(home: Home, enable: Enable) -> None:
    last, interval, response = await enable(home.entry)
    await home.advance(70)
    assert home[last].state == "unknown"
    assert home[response].attributes["unit_of_measurement"] == "ms"
    assert 0 < float(home[response].state) < 1000
    assert home[interval].state == "2"
    assert home[interval].attributes["unit_of_measurement"] == "s"
    with home.processor.faults.during("refuse_connections"):
        await home.advance(60)
        assert home[response].state == "unavailable"
    await home.advance(70)
    assert float(home[response].state) > 0
    # They are not missed by surveys, and without polling there is no interval.
    await home.advance(500)
    await home.reload(pref_disable_polling=True)
    assert home[interval].state == "unknown"


async def test_they_follow_twice_a_minute(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    advance: Advance,
    writes: Writes,
    enable: Enable,
) -> None:
    last, *_ = await enable(homeseer_loaded)
    assert state(hass, last).state == "unknown"
    assert state(hass, last).attributes["device_class"] == "timestamp"
    change = {
        "type": "devicechange",
        "data": {"ref": system.model.find("Pantry Light").ref},
    }
    writes.clear()
    for _ in range(2):
        before = state(hass, last).state
        for _ in range(30):
            homeseer_loaded.runtime_data.hub.on_webhook(change)
            await advance(1)
        assert state(hass, last).state != before
    assert state(hass, last).state.startswith("20")
    assert writes[last] == 2
