"""What is in the registries under the keys of before has those of now."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.registry import unique_id
from custom_components.crestron_homeseer.takeover import async_take_over


async def test_what_came_first_with_a_new_key_stays_on_the_owners_device(
    hass: HomeAssistant,
) -> None:
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    devices, entities = dr.async_get(hass), er.async_get(hass)
    old, new = (
        devices.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, unique_id(entry, key))},
        )
        for key in ("sensor-1", "sensor-2")
    )
    battery = entities.async_get_or_create(
        "binary_sensor",
        DOMAIN,
        unique_id(entry, "sensor-2-battery"),
        config_entry=entry,
        device_id=new.id,
    )
    renamed = {"sensor-1": "sensor-2"}
    async_take_over(hass, entry, renamed, renamed)
    assert devices.async_get(new.id) is None
    kept = entities.async_get(battery.entity_id)
    assert kept is not None
    assert kept.device_id == old.id
