"""What a user can download for a bug report: it can be served by the simulator."""

import asyncio
from collections import Counter
from collections.abc import Iterable
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
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import (
    CONF_ALARM_CODE,
    CONF_BRIDGE,
    CONF_BRIDGE_TOKEN,
    CONF_LICENSE,
    CONF_LOCAL_HOST,
)
from .coordinator import HouseConfigEntry, HouseCoordinator
from .house.devices import Device, House
from .house.fields import redacted
from .house.hub import Hub, HubError, Reason
from .hubs import create_hub
from .registry import HUB_ID, unique_id

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
    hass: HomeAssistant, entry: HouseConfigEntry
) -> dict[str, Any]:
    """Return what is known of a hub, and what it answers on the wire."""
    return _without_secrets(entry, await _async_snapshot(hass, entry))


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: HouseConfigEntry, device: dr.AnyDeviceEntry
) -> dict[str, Any]:
    """Return the same, and what is made of one device."""
    snapshot = await _async_snapshot(hass, entry)
    parts: Iterable[Device] = ()
    if entry.state is ConfigEntryState.LOADED:
        parts = _parts(entry, device, entry.runtime_data.data)
    entities = er.async_entries_for_device(er.async_get(hass), device.id)
    snapshot["device"] = {
        "name": device.name,
        "parts": [{"kind": type(part).__name__, **asdict(part)} for part in parts],
        "states": [
            _state(hass, entity.entity_id)
            for entity in sorted(entities, key=lambda entity: entity.entity_id)
        ],
    }
    return _without_secrets(entry, snapshot)


async def _async_snapshot(
    hass: HomeAssistant, entry: HouseConfigEntry
) -> dict[str, Any]:
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
        house = coordinator.data
        snapshot |= {
            "hub": {
                "manufacturer": house.info.manufacturer,
                "model": house.info.model,
                "version": house.info.version,
                "program": house.info.program,
                "name": house.info.name,
                **coordinator.hub.report(),
            },
            "coordinator": _reading(coordinator),
            "house": {
                "complete": house.complete,
                "rooms": len(house.rooms),
                "devices": Counter(
                    type(device).__name__ for device in house.devices.values()
                ),
            },
        }
        return snapshot | await _async_record(coordinator.hub)
    # What cannot be set up is what bug reports are about.
    hub = create_hub(hass, entry.data, {}, entry.options)
    try:
        return snapshot | await _async_record(hub)
    finally:
        await hub.close()


def _reading(coordinator: HouseCoordinator) -> dict[str, Any]:
    """Return how the reading goes; times are in seconds."""
    timing, pushed_at = coordinator.timing, coordinator.last_push_at
    return {
        "last_update_success": coordinator.last_update_success,
        "since_success": time.monotonic() - timing.read_at if timing.read_at else None,
        "failures": timing.failures,
        "update_interval": coordinator.read_interval,
        "read_time": timing.read_time,
        "pushing": coordinator.hub.pushing,
        "pushed": len(timing.pushed),
        "last_push_at": pushed_at and pushed_at.isoformat(),
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


def _parts(
    entry: HouseConfigEntry, device: dr.AnyDeviceEntry, house: House
) -> Iterable[Device]:
    """Return what a device of the registry is made of; the hub itself is of nothing."""
    ids = {value for _, value in device.identifiers} - {unique_id(entry, HUB_ID)}
    return [
        part
        for part in house.devices.values()
        if unique_id(entry, house.root_of(part).id) in ids
    ]


def _state(hass: HomeAssistant, entity_id: str) -> dict[str, Any]:
    state = hass.states.get(entity_id)
    if state is None:
        return {"entity_id": entity_id}
    return {
        "entity_id": entity_id,
        "state": state.state,
        # It lets anybody see it who knows the address.
        "attributes": async_redact_data(state.attributes, {ATTR_ENTITY_PICTURE}),
    }


def _without_secrets(
    entry: HouseConfigEntry, snapshot: dict[str, Any]
) -> dict[str, Any]:
    """Return a snapshot without what an entry keeps secret, wherever it may stand."""
    values = {**entry.data, **entry.options}
    secrets = [str(values[key]) for key in TO_REDACT if values.get(key)]
    result: dict[str, Any] = redacted(snapshot, secrets, dropped_keys=())
    return result
