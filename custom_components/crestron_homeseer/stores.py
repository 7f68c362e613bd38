"""What is remembered between two starts. It is a cache: without it, all begins anew."""

from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from .const import DOMAIN, LOGGER

_VERSION: Final = 1

type Cache = Store[Any]


def memory_store(hass: HomeAssistant, entry_id: str) -> Cache:
    """Return where a hub's memory is kept."""
    return Store(hass, _VERSION, f"{DOMAIN}.{entry_id}")


def identity_store(hass: HomeAssistant, entry_id: str) -> Cache:
    """Return where it is kept what the keys of a hub stand for."""
    return Store(hass, _VERSION, f"{DOMAIN}.{entry_id}.identity")


def old_room_store(hass: HomeAssistant, entry_id: str) -> Cache:
    """Return where earlier versions kept which rooms were suggested as areas."""
    return Store(hass, _VERSION, f"{DOMAIN}.{entry_id}.rooms")


async def async_load(store: Cache) -> dict[str, Any]:
    """Return what a store holds; nothing, with one log line, where it cannot be read."""
    try:
        stored: object = await store.async_load()
    except (HomeAssistantError, NotImplementedError, LookupError, TypeError) as err:
        reason = type(err).__name__
    else:
        if stored is None or isinstance(stored, dict):
            return stored or {}
        reason = "another shape"
    LOGGER.warning("%s cannot be read (%s), and begins anew", store.key, reason)
    return {}
