"""Thermostats that lack a mode, words or units, or say them in their own way."""

import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import SetMode
from custom_components.crestron_homeseer.house.devices import (
    TemperatureUnit,
    Thermostat,
    ThermostatMode,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError

from .raw import Raw, asked, feature, pair, take

HEAT = (513, 17, 1)
COOL = (513, 17, 2)
MODE = (513, 17, 3)
FAN = (513, 17, 4)
SLIDER = [pair("(value)", span=(40, 90))]


def thermostat(
    *children: Raw, controls: dict[int, list[Raw]] | None = None
) -> tuple[Inventory, Thermostat]:
    """Return a system with a thermostat of HomeSeer 4, and how it reads."""
    refs = tuple(child["ref"] for child in children)
    root = feature(1, "Bath", kind=(512, 8, 0), children=refs)
    inventory = take([root, *children], controls)
    device = inventory.devices["ref-1-climate"]
    assert isinstance(device, Thermostat)
    return inventory, device


def heat(value: object = 68, status: str = "") -> Raw:
    return feature(2, "Heat", value=value, status=status, kind=HEAT, root=1)


def cool(value: object = 76, status: str = "") -> Raw:
    return feature(3, "Cool", value=value, status=status, kind=COOL, root=1)


@pytest.mark.parametrize(
    ("points", "mode"),
    [
        ([heat()], ThermostatMode.HEAT),
        ([cool()], ThermostatMode.COOL),
        ([heat(), cool()], ThermostatMode.AUTO),
    ],
)
def test_what_has_no_mode_does_what_its_set_points_are_for(
    points: list[Raw], mode: ThermostatMode
) -> None:
    inventory, device = thermostat(*points, controls={2: SLIDER, 3: SLIDER})
    assert (device.mode, device.modes) == (mode, (mode,))
    with pytest.raises(HubCommandError):
        asked(inventory, SetMode(device_id=device.id, mode=mode))


@pytest.mark.parametrize(
    ("value", "status", "mode"),
    [
        # HomeSeer's own sample: off is 5.
        (5, "Off", ThermostatMode.OFF),
        (9, "Auto Changeover", ThermostatMode.AUTO),
        (9, "Party", ThermostatMode.UNKNOWN),
        (9, "", ThermostatMode.UNKNOWN),
    ],
)
def test_a_mode_without_a_control_is_told_by_its_words(
    value: float, status: str, mode: ThermostatMode
) -> None:
    raw = feature(4, "Mode", value=value, status=status, kind=MODE, root=1)
    # A label that means no mode, and a range, are none.
    pairs = [pair("Heat", 1), pair("Off", 5), pair("Reset", 7), *SLIDER]
    _, device = thermostat(raw, controls={4: pairs})
    assert device.mode is mode
    assert device.modes == (ThermostatMode.HEAT, ThermostatMode.OFF)
    assert device.set_points == ()


def test_a_mode_that_only_its_use_names() -> None:
    raw = feature(4, "Mode", value=3, kind=MODE, root=1)
    _, device = thermostat(raw, controls={4: [pair("Komfort", 3, 17)]})
    assert (device.mode, device.modes) == (ThermostatMode.AUTO, (ThermostatMode.AUTO,))


def test_a_mode_that_nobody_can_choose() -> None:
    raw = feature(4, "Mode", value=1, status="Cool", kind=MODE, root=1)
    _, device = thermostat(heat(), raw, controls={2: SLIDER})
    assert (device.mode, device.modes) == (ThermostatMode.COOL, ())


@pytest.mark.parametrize(
    ("status", "unit", "step"),
    [
        ("68 F", TemperatureUnit.FAHRENHEIT, 1.0),
        ("20 °C", TemperatureUnit.CELSIUS, 1.0),
        # The unit of the system, where nothing has one.
        ("68", TemperatureUnit.FAHRENHEIT, 1.0),
        ("", TemperatureUnit.FAHRENHEIT, 1.0),
    ],
)
def test_the_unit_is_that_of_the_first_text_that_has_one(
    status: str, unit: TemperatureUnit, step: float
) -> None:
    warm = feature(5, "Temperature", value=68, kind=(513, 16, 0), root=1)
    controls = {2: SLIDER, 3: SLIDER}
    _, device = thermostat(warm, heat(), cool(status=status), controls=controls)
    assert (device.unit, device.step) == (unit, step)


def test_what_is_not_known_is_none() -> None:
    _, device = thermostat(heat(None, ""), controls={2: SLIDER})
    assert device.set_points[0].value is None
    assert (device.temperature, device.humidity) == (None, None)
    assert (device.action, device.fan_mode) == (None, None)


def test_parts_that_mean_nothing_here_stand_beside_it() -> None:
    # Filters and setbacks of HomeSeer 4 and of the old thermostat API.
    others = [
        feature(6, "Hold", value=20, status="20 min", kind=(513, 17, 15), root=1),
        feature(7, "Filter", value=30, status="30 days", kind=(16, 12, 0), root=1),
        feature(8, "Fan", value=1, kind=FAN, root=1),
    ]
    controls = {2: SLIDER, 8: [pair("On", 1)]}
    inventory, device = thermostat(heat(), *others, controls=controls)
    assert (device.fan_mode, device.fan_modes) == ("On", ("On",))
    assert {"ref-6", "ref-7"} < inventory.devices.keys()
