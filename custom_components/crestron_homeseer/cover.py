"""Support for shades, curtains, doors and gates."""

from typing import Any, override

from homeassistant.components.cover import (
    ATTR_POSITION,
    CoverDeviceClass,
    CoverEntity,
    CoverEntityFeature,
)

from .entity import HouseEntity, matching, offered, sends, setting_up
from .house.commands import MoveTo, StopMoving
from .house.devices import Cover, percent
from .house.kinds import ACCESS_COVERS, CoverKind, Motion

PARALLEL_UPDATES = 0

DEVICE_CLASSES = matching(
    CoverKind,
    CoverDeviceClass,
    {
        CoverKind.SHADE_GROUP: CoverDeviceClass.SHADE,
        CoverKind.UNKNOWN: CoverDeviceClass.SHADE,
    },
)


class HouseCover(HouseEntity[Cover], CoverEntity):
    """A shade, a curtain, or what else opens and closes."""

    async_open_cover = sends(MoveTo, position=1.0)
    async_close_cover = sends(MoveTo, position=0.0)
    async_stop_cover = sends(StopMoving)

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
        self._attr_supported_features = offered(
            {
                CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE: True,
                CoverEntityFeature.SET_POSITION: device.can_position,
                CoverEntityFeature.STOP: device.can_stop,
            }
        )

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move the cover to a position."""
        position = kwargs[ATTR_POSITION] / 100
        await self.async_command(MoveTo(device_id=self.device.id, position=position))


async_setup_entry = setting_up(Cover, HouseCover)
