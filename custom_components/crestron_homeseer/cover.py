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
from .house.commands import MoveTo, StopMoving
from .house.devices import Cover, percent
from .house.kinds import ACCESS_COVERS, CoverKind, Motion

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
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        moving = device.motion in {Motion.OPENING, Motion.CLOSING}
        self._attr_device_class = DEVICE_CLASSES[device.kind]
        self._attr_assumed_state = device.assumed
        self._attr_is_opening = device.motion is Motion.OPENING
        self._attr_is_closing = device.motion is Motion.CLOSING
        self._attr_current_cover_position = self._attr_is_closed = None
        if device.position is not None:
            if device.can_position:
                self._attr_current_cover_position = percent(device.position)
            # A way into the house is not called closed before it has come to rest.
            if device.position > 0 or device.kind not in ACCESS_COVERS or not moving:
                self._attr_is_closed = device.position == 0
        self._attr_supported_features = (
            CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
        )
        if device.can_position:
            self._attr_supported_features |= CoverEntityFeature.SET_POSITION
        if device.can_stop:
            self._attr_supported_features |= CoverEntityFeature.STOP

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        """Open the cover."""
        await self.async_command(MoveTo(device_id=self.device.id, position=1.0))

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        """Close the cover."""
        await self.async_command(MoveTo(device_id=self.device.id, position=0.0))

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move the cover to a position."""
        position = kwargs[ATTR_POSITION] / 100
        await self.async_command(MoveTo(device_id=self.device.id, position=position))

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        """Stop the cover."""
        await self.async_command(StopMoving(device_id=self.device.id))
