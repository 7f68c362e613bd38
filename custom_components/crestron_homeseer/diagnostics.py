"""What a user can download for a bug report: it can be served by the simulator."""

import asyncio
from collections import Counter
from dataclasses import asdict
import time
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    ATTR_ENTITY_PICTURE,
    CONF_HOST,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import (
    CONF_ALARM_CODE,
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_LICENSE,
    CONF_LOCAL_HOST,
)
from .coordinator import HouseConfigEntry, HouseCoordinator
from .house.devices import Device
from .house.fields import redacted
from .house.hub import Hub, HubError, Reason
from .hubs import create_hub
from .registry import HUB_ID, parts_of

# What is never shown of an entry's data and options, and of nothing else.
TO_REDACT: Final = frozenset(
    {
        CONF_ALARM_CODE,
        CONF_BRIDGE,
        CONF_BRIDGE_TOKEN,
        CONF_HOST,
        CONF_LICENSE,
        CONF_LOCAL_HOST,
        CONF_PASSWORD,
        CONF_TOKEN,
        CONF_USERNAME,
        CONF_WEBHOOK_ID,
    }
)
# Reading everything may take a large system a while; nobody waits for longer.
RECORD_TIMEOUT = 60.0


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: HouseConfigEntry, **more: Any
) -> dict[str, Any]:
    """Return what is known of a hub, and what it answers on the wire.

    What an entry keeps secret is in none of it, wherever it may stand.
    """
    snapshot: dict[str, Any] = {
        "entry": {
            "version": f"{entry.version}.{entry.minor_version}",
            "source": entry.source,
            "state": entry.state.value,
            "data": async_redact_data(entry.data, TO_REDACT),
            "options": async_redact_data(entry.options, TO_REDACT),
        }
    }
    if entry.state is ConfigEntryState.LOADED:
        coordinator = entry.runtime_data
        snapshot |= _reading(coordinator) | await _async_record(coordinator.hub)
    else:
        # What cannot be set up is what bug reports are about.
        hub = create_hub(hass, entry.data, {}, entry.options)
        try:
            snapshot |= await _async_record(hub)
        finally:
            await hub.close()
    values = {**entry.data, **entry.options}
    secrets = [str(values[key]) for key in TO_REDACT if values.get(key)]
    result: dict[str, Any] = redacted(snapshot | more, secrets, dropped_keys=())
    return result


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: HouseConfigEntry, device: dr.AnyDeviceEntry
) -> dict[str, Any]:
    """Return the same, and what is made of one device."""
    parts: list[Device] = []
    if entry.state is ConfigEntryState.LOADED:
        # The hub itself is made of nothing.
        house, roots = entry.runtime_data.data, parts_of(entry, device) - {HUB_ID}
        devices = house.devices.values()
        parts = [part for part in devices if house.root_of(part).id in roots]
    entities = er.async_entries_for_device(er.async_get(hass), device.id)
    about = {
        "name": device.name,
        "parts": [{"kind": type(part).__name__, **asdict(part)} for part in parts],
        "states": [
            {"entity_id": entity_id, **_state(hass.states.get(entity_id))}
            for entity_id in sorted(entity.entity_id for entity in entities)
        ],
    }
    return await async_get_config_entry_diagnostics(hass, entry, device=about)


def _state(state: State | None) -> dict[str, Any]:
    if state is None:
        return {}
    # The address of a picture lets anybody see it who knows it.
    attributes = async_redact_data(state.attributes, {ATTR_ENTITY_PICTURE})
    return {"state": state.state, "attributes": attributes}


def _reading(coordinator: HouseCoordinator) -> dict[str, Any]:
    """Return what the hub is, and how the reading goes; times are in seconds."""
    house, hub, timing = coordinator.data, coordinator.hub, coordinator.timing
    shown = ("manufacturer", "model", "version", "program", "name")
    pushed_at = coordinator.last_push_at
    return {
        "hub": {key: getattr(house.info, key) for key in shown} | {**hub.report()},
        "coordinator": {
            "last_update_success": coordinator.last_update_success,
            "since_success": time.monotonic() - timing.read_at
            if timing.read_at
            else None,
            "failures": timing.failures,
            "update_interval": coordinator.read_interval,
            "read_time": timing.read_time,
            "pushing": hub.pushing,
            "pushed": len(timing.pushed),
            "last_push_at": pushed_at and pushed_at.isoformat(),
        },
        "house": {
            "complete": house.complete,
            "rooms": len(house.rooms),
            "devices": Counter(type(each).__name__ for each in house.devices.values()),
        },
    }


async def _async_record(hub: Hub) -> dict[str, Any]:
    """Read everything once, or say why that was not possible."""
    try:
        async with asyncio.timeout(RECORD_TIMEOUT):
            return {"recording": dict(await hub.record())}
    except TimeoutError:
        reason = str(Reason.TIMED_OUT)
    except HubError as err:
        reason = str(err)
    return {"recording": None, "recording_failed": reason}
