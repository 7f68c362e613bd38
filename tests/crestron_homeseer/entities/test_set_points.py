"""Which set points count in which mode, and how far they can be set."""

from dataclasses import replace

import pytest

from custom_components.crestron_homeseer.climate import has_pair, limits, single
from custom_components.crestron_homeseer.house.devices import SetPoint, Thermostat
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind,
    TemperatureUnit,
    ThermostatMode,
)

from ..house.samples import COOL, HEAT, THERMOSTAT

AUTO = SetPoint(kind=SetPointKind.AUTO, value=70.0, low=50.0, high=90.0)
OPEN_HEAT = SetPoint(kind=SetPointKind.HEAT, value=68.0)
ONLY_HIGH = SetPoint(kind=SetPointKind.HEAT, high=80.0)
ONLY_LOW = SetPoint(kind=SetPointKind.HEAT, low=40.0)
MODES = (
    ThermostatMode.OFF,
    ThermostatMode.HEAT,
    ThermostatMode.COOL,
    ThermostatMode.AUTO,
)


def having(
    *points: SetPoint,
    mode: ThermostatMode = ThermostatMode.AUTO,
    modes: tuple[ThermostatMode, ...] = MODES,
    unit: TemperatureUnit = TemperatureUnit.FAHRENHEIT,
) -> Thermostat:
    return replace(THERMOSTAT, set_points=points, mode=mode, modes=modes, unit=unit)


@pytest.mark.parametrize(
    ("device", "pair"),
    [
        (having(HEAT, COOL), True),
        (having(HEAT, COOL, modes=(ThermostatMode.HEAT,)), False),
        (having(HEAT, COOL, AUTO), False),
        (having(HEAT), False),
        (having(COOL), False),
        (having(), False),
    ],
)
def test_a_pair_is_kept_in_auto_where_there_is_one(
    device: Thermostat, pair: bool
) -> None:
    assert has_pair(device) is pair


@pytest.mark.parametrize(
    ("device", "lowest", "highest"),
    [
        (having(HEAT, COOL), 38.0, 99.0),
        (having(HEAT), 38.0, 89.0),
        (having(), 45.0, 95.0),
        (having(OPEN_HEAT), 45.0, 95.0),
        (having(ONLY_HIGH), 45.0, 80.0),
        (having(ONLY_LOW), 40.0, 95.0),
        (having(unit=TemperatureUnit.CELSIUS), 7.0, 35.0),
    ],
)
def test_limits_are_the_thermostats_or_the_usual(
    device: Thermostat, lowest: float, highest: float
) -> None:
    assert limits(device, device.set_points) == (lowest, highest)


@pytest.mark.parametrize(
    ("mode", "points", "found"),
    [
        (ThermostatMode.HEAT, (HEAT, COOL), HEAT),
        (ThermostatMode.AUX_HEAT, (HEAT, COOL), HEAT),
        (ThermostatMode.COOL, (HEAT, COOL), COOL),
        (ThermostatMode.HEAT, (AUTO,), AUTO),
        (ThermostatMode.COOL, (AUTO, COOL), COOL),
        (ThermostatMode.AUTO, (HEAT, COOL, AUTO), AUTO),
        (ThermostatMode.AUTO, (HEAT, COOL), None),
        (ThermostatMode.AUTO, (OPEN_HEAT,), OPEN_HEAT),
        (ThermostatMode.DRY, (AUTO,), None),
        (ThermostatMode.FAN_ONLY, (AUTO,), None),
        (ThermostatMode.HEAT, (COOL,), None),
        (ThermostatMode.OFF, (HEAT, COOL, AUTO), None),
        (ThermostatMode.UNKNOWN, (HEAT, COOL, AUTO), None),
    ],
)
def test_each_mode_keeps_to_its_own_set_point(
    mode: ThermostatMode, points: tuple[SetPoint, ...], found: SetPoint | None
) -> None:
    assert single(having(*points), mode) is found
