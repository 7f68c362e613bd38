"""What is remembered between two starts. It is a cache: without it, all begins anew."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from .const import DOMAIN, LOGGER

# What a hub remembers, what its keys stand for, and the areas that earlier versions
# suggested: what is added to the name of each store.
MEMORY: Final = ""
IDENTITY: Final = ".identity"
OLD_ROOMS: Final = ".rooms"

# What is learned comes in handfuls.
_SAVE_DELAY: Final = 10.0


class Cache(Store[dict[str, Any]]):
    """A store of an entry that is written soon after its content has changed."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        suffix: str,
        content: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        """Take which store it is, and what returns its content."""
        super().__init__(hass, 1, f"{DOMAIN}.{entry_id}{suffix}")
        self.content = content
        self._changed = False

    async def async_read(self) -> dict[str, Any]:
        """Return what is stored; nothing, with one log line, where it is unreadable."""
        try:
            stored: object = await self.async_load()
        except (HomeAssistantError, NotImplementedError, LookupError, TypeError) as err:
            reason = type(err).__name__
        else:
            if stored is None or isinstance(stored, dict):
                return stored or {}
            reason = "another shape"
        LOGGER.warning("%s cannot be read (%s), and begins anew", self.key, reason)
        return {}

    @callback
    def save_soon(self) -> None:
        """Write the content soon; further changes meanwhile delay nothing."""
        if not self._changed:
            self._changed = True
            self.async_delay_save(self._take_content, _SAVE_DELAY)

    async def async_flush(self) -> None:
        """Write at once what would be written soon."""
        if self._changed:
            await self.async_save(self._take_content())

    def _take_content(self) -> dict[str, Any]:
        self._changed = False
        return self.content()
