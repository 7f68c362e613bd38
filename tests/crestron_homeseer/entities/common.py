"""What the tests of the entities look at, and devices that can do little."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
    Device,
    Light,
    MediaRoom,
    SetPoint,
    SetPointKind,
    TemperatureUnit,
    Thermostat,
    ThermostatMode,
)

from ..common import state, texts

type Start = Callable[..., Awaitable[MockConfigEntry]]

# Longer than an idle hub is left alone.
A_READ = 6
AN_OUTAGE = 30


def shown(hass: HomeAssistant, entity_id: str, attribute: str) -> Any:
    """Return an attribute; None where there is none."""
    return state(hass, entity_id).attributes.get(attribute)


async def refused(doing: Awaitable[None]) -> str:
    """Return why something was refused; the reason has to have a complete text."""
    with pytest.raises(HomeAssistantError) as caught:
        await doing
    error = caught.value
    assert error.translation_domain == DOMAIN
    assert error.translation_key is not None
    message = texts("exceptions")[error.translation_key]["message"]
    text = message.format(**(error.translation_placeholders or {}))
    assert "None" not in text
    return error.translation_key


def lamp(**facts: Any) -> Light:
    """Return a light with colours."""
    usual: dict[str, Any] = {
        "level": 0.5,
        "dimmable": True,
        "colored": True,
        "color": (255, 0, 0),
    }
    return Light(id="1", name="Lamp", **(usual | facts))


HEAT = SetPoint(kind=SetPointKind.HEAT, value=20.0)
COOL = SetPoint(kind=SetPointKind.COOL, value=25.0)
OFF_HEAT = (ThermostatMode.OFF, ThermostatMode.HEAT)


def thermostat(**facts: Any) -> Thermostat:
    """Return a thermostat with as little as there can be."""
    usual: dict[str, Any] = {
        "unit": TemperatureUnit.CELSIUS,
        "temperature": 21.0,
        "mode": ThermostatMode.HEAT,
        "modes": OFF_HEAT,
        "set_points": (HEAT,),
    }
    return Thermostat(id="1", name="Hall", **(usual | facts))


def player(**facts: Any) -> MediaRoom:
    """Return a player that can do nothing."""
    usual: dict[str, Any] = {
        "power": True,
        "source_id": None,
        "sources": (),
        "volume": None,
        "muted": None,
        "can_set_volume": False,
        "can_mute": False,
        "can_switch": False,
    }
    return MediaRoom(id="1", name="Radio", **(usual | facts))


def asking(text: str) -> tuple[str, dict[str, Any]]:
    """Return an action and its data: "set_temperature temperature=20"."""
    action, *data = text.split()
    pairs = (each.split("=") for each in data)
    return action, {
        key: float(value) if value.isdecimal() else value for key, value in pairs
    }


def several[DeviceT: Device](
    make: Callable[..., DeviceT], facts: Iterable[dict[str, Any]]
) -> list[DeviceT]:
    """Return a device for each of some facts, with a number after its name."""
    made = [make(**each) for each in facts]
    return [
        replace(each, id=f"{number}", name=f"{each.name} {number}")
        for number, each in enumerate(made)
    ]


ARMS = (ArmMode.HOME, ArmMode.AWAY, ArmMode.NIGHT, ArmMode.UNKNOWN)
PANEL = AlarmPanel(
    id="1",
    name="Alarm",
    state=AlarmState.DISARMED,
    arm_modes=ARMS,
    can_disarm=True,
)
