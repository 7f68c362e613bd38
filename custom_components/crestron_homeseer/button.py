"""Support for buttons."""

from homeassistant.components.button import ButtonEntity

from .entity import HouseEntity, sends, setting_up
from .house.controls import PressButton
from .house.devices import Button

PARALLEL_UPDATES = 0


class HouseButton(HouseEntity[Button], ButtonEntity):
    """Something that is pressed and has no state; it worked only if the hub says so."""

    async_press = sends(PressButton)


async_setup_entry = setting_up(Button, HouseButton)
