"""What the tests of the entities look at, and devices that can do little."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
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
from custom_components.crestron_homeseer.house.hub import AnyCommand

from ..common import state, texts

type Start = Callable[..., Awaitable[MockConfigEntry]]
type Facts = dict[str, Any]
# A device and what it shows; what changes of it and what it shows then; an action, and
# what it sends or why it is refused.
type Shown = Sequence[tuple[Device, Facts]]
type Changed = Sequence[tuple[Device, Facts, Facts]]
type Sent = Sequence[tuple[Device, str, AnyCommand | Sequence[AnyCommand] | str]]

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


async def check_shown(hass: HomeAssistant, start: Start, rows: Shown) -> None:
    """Set up a device for each row: it shows what is expected, with its "state"."""
    entity_ids = await set_up(hass, start, [device for device, _ in rows])
    for entity_id, (device, expected) in zip(entity_ids, rows, strict=True):
        check(hass, entity_id, device, expected)


async def set_up(
    hass: HomeAssistant, start: Start, devices: Sequence[Device]
) -> list[str]:
    """Set up devices, with a number after their names; return their entities."""
    numbered = (
        replace(each, id=f"{number}", name=f"{each.name} {number}")
        for number, each in enumerate(devices)
    )
    entry = await start(*numbered)
    registered = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    ids = {each.unique_id: each.entity_id for each in registered}
    return [ids[f"{entry.entry_id}_{number}"] for number in range(len(devices))]


def check(
    hass: HomeAssistant, entity_id: str, case: object, expected: dict[str, Any]
) -> None:
    """Compare what an entity shows with what is expected of it."""
    found = state(hass, entity_id)
    facts = {**found.attributes, "state": found.state}
    shown = {key: facts.get(key) for key in expected}
    assert shown == expected, (case, shown)


ARMS = (ArmMode.HOME, ArmMode.AWAY, ArmMode.NIGHT, ArmMode.UNKNOWN)
PANEL = AlarmPanel(
    id="1",
    name="Alarm",
    state=AlarmState.DISARMED,
    arm_modes=ARMS,
    can_disarm=True,
)
