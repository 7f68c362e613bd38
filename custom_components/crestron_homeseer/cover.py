"""Support for shades, curtains, doors and gates."""

from typing import Any, override

from homeassistant.components.cover import (
    ATTR_POSITION,
    CoverDeviceClass,
    CoverEntity,
    CoverEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import WAYS_IN, MoveTo, StopMoving
from .house.devices import Cover, percent
from .house.kinds import CoverKind, Motion

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

DEVICE_CLASSES = {
    CoverKind.SHADE: CoverDeviceClass.SHADE,
    CoverKind.SHADE_GROUP: CoverDeviceClass.SHADE,
    CoverKind.CURTAIN: CoverDeviceClass.CURTAIN,
    CoverKind.BLIND: CoverDeviceClass.BLIND,
    CoverKind.SHUTTER: CoverDeviceClass.SHUTTER,
    CoverKind.AWNING: CoverDeviceClass.AWNING,
    CoverKind.WINDOW: CoverDeviceClass.WINDOW,
    CoverKind.GARAGE: CoverDeviceClass.GARAGE,
    CoverKind.GATE: CoverDeviceClass.GATE,
    CoverKind.DOOR: CoverDeviceClass.DOOR,
    CoverKind.UNKNOWN: CoverDeviceClass.SHADE,
}
MOVING = (Motion.OPENING, Motion.CLOSING)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up covers."""
    await async_add_devices(entry, async_add_entities, {Cover: HouseCover})


class HouseCover(HouseEntity[Cover], CoverEntity):
    """A shade, a curtain, or what else opens and closes."""

    @override
    def _take(self, device: Cover) -> None:
        super()._take(device)
        self._attr_device_class = DEVICE_CLASSES[device.kind]
        self._attr_assumed_state = device.assumed
        self._attr_supported_features = (
            CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
        )
        if device.can_position:
            self._attr_supported_features |= CoverEntityFeature.SET_POSITION
        if device.can_stop:
            self._attr_supported_features |= CoverEntityFeature.STOP

    @property
    @override
    def current_cover_position(self) -> int | None:
        """Return the position in percent; only the exact ends are 0 and 100."""
        device = self.device
        if device.position is None or not device.can_position:
            return None
        return percent(device.position)

    @property
    @override
    def is_closed(self) -> bool | None:
        """Return whether the cover is closed to the end; None if it is not known."""
        device = self.device
        if device.position is None:
            return None
        closed = device.position == 0
        if closed and device.kind in WAYS_IN and device.motion in MOVING:
            # A way into the house is not called closed before it has come to rest.
            return None
        return closed

    @property
    @override
    def is_opening(self) -> bool:
        """Return whether the cover moves up."""
        return self.device.motion is Motion.OPENING

    @property
    @override
    def is_closing(self) -> bool:
        """Return whether the cover moves down."""
        return self.device.motion is Motion.CLOSING

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        """Open the cover."""
        await self.async_command(MoveTo(device_id=self._device_id, position=1.0))

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        """Close the cover."""
        await self.async_command(MoveTo(device_id=self._device_id, position=0.0))

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move the cover to a position."""
        position = kwargs[ATTR_POSITION] / 100
        await self.async_command(MoveTo(device_id=self._device_id, position=position))

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        """Stop the cover."""
        await self.async_command(StopMoving(device_id=self._device_id))
