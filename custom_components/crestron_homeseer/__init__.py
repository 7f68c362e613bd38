"""Crestron Home and HomeSeer in Home Assistant."""

import asyncio

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

from . import takeover, webhook
from .const import DOMAIN, PLATFORMS
from .coordinator import HouseConfigEntry, HouseCoordinator
from .hubs import create_hub
from .identity import Identity
from .issues import Issues
from .registry import HUB_ID, async_connect_hub, parts_of, root_parts, unique_id
from .services import async_setup_services
from .stores import IDENTITY, MEMORY, OLD_ROOMS, Cache

# Where there are many hubs, one adds its entities after the other: each in turns, but
# twenty at once would leave the event loop no time for anybody else. The hubs are read
# at the same time, as one that is slow is not to keep the others waiting.
_ENTITIES: HassKey[asyncio.Lock] = HassKey(f"{DOMAIN}_entities")

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions, which are there also while no hub is."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HouseConfigEntry) -> bool:
    """Set up a hub."""
    identity = Identity(hass, entry)
    memory = await identity.async_load()
    hub = create_hub(hass, entry.data, memory, entry.options)
    coordinator = HouseCoordinator(hass, entry, hub, identity)
    await coordinator.async_config_entry_first_refresh()
    async with hass.data.setdefault(_ENTITIES, asyncio.Lock()):
        await _async_add(hass, entry, coordinator)
    coordinator.async_listen()
    webhook.async_listen(hass, entry)
    return True


async def _async_add(
    hass: HomeAssistant, entry: HouseConfigEntry, coordinator: HouseCoordinator
) -> None:
    """Add the devices and entities of a hub that was read."""
    # Everything else hangs on the hub's device, so it has to be there first.
    info, registered = coordinator.data.info, coordinator.device_entries
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, unique_id(entry, HUB_ID))},
        manufacturer=info.manufacturer,
        name=info.name,
        model=info.model,
        sw_version=info.program or info.version,
        configuration_url=info.url,
    )
    registered.hub_device_id = device.id
    registered.follow(coordinator.data)
    if (house := coordinator.hub_house) is not None:
        registered.remove_left_out(house, coordinator.identity.left_out_of(house))
    async_connect_hub(hass, entry)
    entry.runtime_data = coordinator
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)


async def async_migrate_entry(hass: HomeAssistant, entry: HouseConfigEntry) -> bool:
    """Take over what earlier versions have stored."""
    return await takeover.async_migrate(hass, entry)


async def async_unload_entry(hass: HomeAssistant, entry: HouseConfigEntry) -> bool:
    """Unload a hub."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: HouseConfigEntry) -> None:
    """Forget what was remembered of a hub."""
    for store in (MEMORY, IDENTITY, OLD_ROOMS):
        await Cache(hass, entry.entry_id, store).async_remove()
    Issues.of(hass, entry).forget()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: HouseConfigEntry, device: dr.AnyDeviceEntry
) -> bool:
    """Let a device be deleted by hand that the hub does not have now."""
    if entry.state is not ConfigEntryState.LOADED:
        # What the hub has is not known.
        return False
    return not parts_of(entry, device) & root_parts(entry.runtime_data.data)
