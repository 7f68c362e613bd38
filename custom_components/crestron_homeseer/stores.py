"""What is remembered between two starts. It is a cache: without it, all begins anew."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from .const import DOMAIN, LOGGER

_VERSION: Final = 1

# What is learned comes in handfuls.
_SAVE_DELAY: Final = 10.0

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


class Memory:
    """What a hub remembers, saved soon after it has changed."""

    def __init__(self, store: Cache, memory: dict[str, Any]) -> None:
        """Take where it is kept, and the hub's own, which the hub changes."""
        self._store = store
        self._memory = memory
        self._saved = dict(memory)
        # What the hub knew before a survey that has other keys made it forget that.
        self._trusted = dict(memory)
        self._saving = self._closed = False

    def trust(self) -> None:
        """Note that what the hub remembers now is of the keys that are known."""
        self._trusted = dict(self._memory)

    def close(self, renamed: Callable[[Any], Any] | None = None) -> None:
        """Keep it as it was saved last, or as it was known, by other keys."""
        self._closed = True
        if renamed is not None:
            self._saved = renamed(self._trusted)

    def save_soon(self) -> None:
        """Save it where it changed; what is learned all the time delays nothing.

        Each thing that is learned anew is another object, so this compares little.
        """
        if not (self._saving or self._closed) and self._memory != self._saved:
            self._saving = True
            self._store.async_delay_save(self._to_save, _SAVE_DELAY)

    async def async_save(self) -> None:
        """Save at once what is not saved yet."""
        if self._saving or self._closed:
            await self._store.async_save(self._to_save())

    def _to_save(self) -> dict[str, Any]:
        self._saving = False
        if not self._closed:
            self._saved = dict(self._memory)
        return self._saved
