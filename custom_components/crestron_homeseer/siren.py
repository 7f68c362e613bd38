"""Support for sirens."""

from typing import override

from homeassistant.components.siren import SirenEntity, SirenEntityFeature

from .entity import HouseEntity, sends, setting_up
from .house.controls import SetSiren, Siren

PARALLEL_UPDATES = 0


class HouseSiren(HouseEntity[Siren], SirenEntity):
    """A siren that is on or off."""

    _attr_supported_features = SirenEntityFeature.TURN_ON | SirenEntityFeature.TURN_OFF
    async_turn_on = sends(SetSiren, on=True)
    async_turn_off = sends(SetSiren, on=False)

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_is_on = self.device.on


async_setup_entry = setting_up(Siren, HouseSiren)
