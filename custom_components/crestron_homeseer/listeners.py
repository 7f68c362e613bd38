"""Who hears of what: an entity of its own device, others of arrivals and of each read."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, override

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from .const import LOGGER
from .house.devices import House


def _added(listeners: list[CALLBACK_TYPE], listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
    listeners.append(listener)
    return partial(listeners.remove, listener)


class DeviceCoordinator(DataUpdateCoordinator[House]):
    """Tells each listener of what concerns it.

    They are kept by their devices: what nobody listens to need not be read, and an
    error in one entity is its own. Home Assistant's own registry would call every
    entity for every change, which takes a millisecond with 10,000 of them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start with nobody listening."""
        super().__init__(*args, **kwargs)
        self._by_device: dict[str, list[CALLBACK_TYPE]] = {}
        self._on_arrival: list[CALLBACK_TYPE] = []
        self._on_news: list[CALLBACK_TYPE] = []
        self._published: tuple[House, bool] | None = None

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Listen for updates; with a device's id as context, for that device's."""
        if not isinstance(context, str):
            return super().async_add_listener(update_callback, context)
        return _added(self._by_device.setdefault(context, []), update_callback)

    @callback
    def async_on_arrival(self, add: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when a device is there that was not there before."""
        return _added(self._on_arrival, add)

    @callback
    def async_on_news(self, hear: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back after each read and each push, also where nothing changed."""
        return _added(self._on_news, hear)

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Tell the entities of the devices that changed, or all of an outage."""
        before, self._published = self._published, (self.data, self.last_update_success)
        old = before[0].devices if before and before[0] else {}
        # There is no house yet where the first read has failed.
        new = self.data.devices if self.data else {}
        changed = [key for key, device in new.items() if old.get(key) is not device]
        if before and any(key not in old for key in changed):
            self._call(self._on_arrival)
        if before and before[0] is not self.data and before[1] == self._published[1]:
            told = changed + [key for key in old if key not in new]
        else:
            super().async_update_listeners()
            told = list(self._by_device)
        for key in told:
            self._call(self._by_device.get(key, ()))

    @callback
    def _call(self, listeners: Iterable[CALLBACK_TYPE]) -> None:
        for listener in list(listeners):
            try:
                listener()
            except Exception:  # noqa: BLE001 - one entity's error is its own
                LOGGER.exception("An entity of %s failed to update", self.name)
