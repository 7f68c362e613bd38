"""How the hubs are, on Home Assistant's own page."""

from typing import Any

from homeassistant.components.system_health import get_info
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.homeseer import HomeSeerSystem

from .common import Home, texts


async def health(hass: HomeAssistant) -> dict[str, Any]:
    """Ask as the page does; what comes back has to have a name there."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info: dict[str, Any] = (await get_info(hass))[DOMAIN]
    assert info.keys() <= texts("system_health")["info"].keys()
    return info


async def test_one_hub_is_shown_as_it_is(home: Home) -> None:
    coordinator = home.entry.runtime_data
    shown = {
        "hubs": 1,
        "reachable": True,
        "version": coordinator.hub.client.version,
        "devices": len(coordinator.data.devices),
        "push": False,
    }
    assert await health(home.hass) == shown
    with home.processor.faults.during("refuse_connections"):
        await home.advance(30)
        assert await health(home.hass) == shown | {"reachable": False}
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert await health(home.hass) == {"hubs": 1, "reachable": False}


async def test_several_hubs_are_told_apart_without_their_addresses(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
) -> None:
    await hass.config_entries.async_unload(loaded.entry_id)
    info = await health(hass)
    assert info["hubs"] == 2
    assert info["reachable"] == "crestron: no, HomeSeer HS4: yes"
    assert info["version"] == f"HomeSeer HS4: {system.settings.hs_version}"
    assert info["push"] == "HomeSeer HS4: no"
    assert system.host not in str(info)
