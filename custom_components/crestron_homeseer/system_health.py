"""How the hubs are, in short, on Home Assistant's own page for that."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .const import CONF_KIND, DOMAIN
from .coordinator import HouseConfigEntry


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what returns how the hubs are."""
    register.async_register_info(async_info)


async def async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return how each hub is; it is not asked anew, for others ask all the time."""
    entries = hass.config_entries.async_entries(DOMAIN, include_ignore=False)
    hubs = [_health(entry) for entry in entries]
    info: dict[str, Any] = {"hubs": len(hubs)}
    for key in ("reachable", "version", "devices", "push"):
        known = [(hub["hub"], hub[key]) for hub in hubs if hub.get(key) is not None]
        if known and len(hubs) == 1:
            info[key] = known[0][1]
        elif known:
            texts = {True: "yes", False: "no"} if key in {"reachable", "push"} else {}
            info[key] = ", ".join(
                f"{hub}: {texts.get(value, value)}" for hub, value in known
            )
    return info


def _health(entry: HouseConfigEntry) -> dict[str, Any]:
    if entry.state is not ConfigEntryState.LOADED:
        return {"hub": entry.data[CONF_KIND], "reachable": False}
    coordinator = entry.runtime_data
    info = coordinator.data.info
    # Neither a title nor an address: both may say where somebody lives.
    return {
        "hub": " ".join(filter(None, (info.manufacturer, info.model))),
        "reachable": coordinator.last_update_success,
        "version": info.version,
        "devices": len(coordinator.data.devices),
        "push": coordinator.hub.pushing,
    }
