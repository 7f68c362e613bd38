"""Support for remotes and keypads."""

from typing import override

from homeassistant.components.event import (
    ATTR_MULTI_PRESS_COUNT,
    ButtonEventType,
    EventDeviceClass,
    EventEntity,
)
from homeassistant.core import callback

from .entity import HouseEntity, setting_up
from .house.controls import Remote
from .house.kinds import Gesture

PARALLEL_UPDATES = 0

ATTR_BUTTON = "button"
ATTR_KEY = "key"
TYPES = {
    Gesture.PRESSED: ButtonEventType.PRESS_END,
    Gesture.HELD: ButtonEventType.LONG_PRESS_START,
    Gesture.RELEASED: ButtonEventType.LONG_PRESS_END,
}


class HouseRemote(HouseEntity[Remote], EventEntity):
    """A remote or a keypad, whose presses become events when they are seen.

    What was pressed while the hub or the remote was away never becomes one
    afterwards: a light that goes on an hour late is worse than none.
    """

    _attr_translation_key = "remote"
    _attr_device_class = EventDeviceClass.BUTTON
    # Which of them a remote has is not known before they are seen.
    _attr_event_types = [*TYPES.values(), ButtonEventType.MULTI_PRESS_END]

    # How many presses were counted; None while the hub or the remote is away.
    _counted: int | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Count from here: what was pressed before is past."""
        await super().async_added_to_hass()
        self._counted = self._presses()

    def _presses(self) -> int | None:
        return self.device.presses if self.available else None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._update_device()
        before, self._counted = self._counted, self._presses()
        if before is not None and self._counted is not None and self._counted > before:
            self._trigger(self.device)
        super()._handle_coordinator_update()

    def _trigger(self, remote: Remote) -> None:
        event_type = TYPES[remote.gesture]
        attributes = {ATTR_KEY: remote.last, ATTR_BUTTON: remote.button}
        if remote.gesture is Gesture.PRESSED and remote.times > 1:
            event_type = ButtonEventType.MULTI_PRESS_END
            attributes[ATTR_MULTI_PRESS_COUNT] = remote.times
        self._trigger_event(event_type, attributes)


async_setup_entry = setting_up(Remote, HouseRemote)
