"""Which target temperatures count in which mode, and which are taken."""

from dataclasses import replace

import pytest

from custom_components.crestron_homeseer.house.devices import SetPoint, Thermostat
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind,
    TemperatureUnit,
    ThermostatMode,
)
from custom_components.crestron_homeseer.house.targets import (
    TargetError,
    Targets,
    has_pair,
    limits,
    of_pair,
    single,
    targets,
)

from .samples import COOL, HEAT, THERMOSTAT

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
    assert limits(device) == (lowest, highest)


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


@pytest.mark.parametrize(
    ("device", "low", "high"),
    [
        (having(HEAT, COOL), 68.0, 74.0),
        (having(HEAT, COOL, mode=ThermostatMode.HEAT), None, None),
        (having(HEAT, COOL, AUTO), None, None),
        (having(replace(HEAT, value=None), COOL), None, 74.0),
    ],
)
def test_a_range_is_shown_while_it_is_kept_to(
    device: Thermostat, low: float | None, high: float | None
) -> None:
    assert of_pair(device, SetPointKind.HEAT) == low
    assert of_pair(device, SetPointKind.COOL) == high


@pytest.mark.parametrize("kind", [SetPointKind.AUTO, SetPointKind.UNKNOWN])
def test_a_range_has_two_ends(kind: SetPointKind) -> None:
    assert of_pair(having(HEAT, COOL), kind) is None


NONE = (None, None)


@pytest.mark.parametrize(
    ("mode", "one", "pair", "wanted"),
    [
        (ThermostatMode.HEAT, 70.0, NONE, ((SetPointKind.HEAT, 70.0),)),
        (ThermostatMode.COOL, 70.0, NONE, ((SetPointKind.COOL, 70.0),)),
        (
            ThermostatMode.AUTO,
            None,
            (66.0, 77.0),
            ((SetPointKind.HEAT, 66.0), (SetPointKind.COOL, 77.0)),
        ),
        (ThermostatMode.AUTO, None, (66.0, None), ((SetPointKind.HEAT, 66.0),)),
        (ThermostatMode.AUTO, None, (None, 77.0), ((SetPointKind.COOL, 77.0),)),
        (ThermostatMode.OFF, None, NONE, ()),
        # The very limits are within them.
        (ThermostatMode.HEAT, 38.0, NONE, ((SetPointKind.HEAT, 38.0),)),
        (ThermostatMode.HEAT, 89.0, NONE, ((SetPointKind.HEAT, 89.0),)),
    ],
)
def test_what_is_to_be_set(
    mode: ThermostatMode,
    one: float | None,
    pair: tuple[float | None, float | None],
    wanted: Targets,
) -> None:
    assert targets(having(HEAT, COOL), mode, one, pair) == wanted


def test_without_limits_anything_is_taken() -> None:
    device = having(OPEN_HEAT)
    wanted = targets(device, ThermostatMode.HEAT, 451.0, NONE)
    assert wanted == ((SetPointKind.HEAT, 451.0),)


@pytest.mark.parametrize(
    ("points", "mode", "one", "pair", "key", "facts"),
    [
        (
            (HEAT, COOL),
            ThermostatMode.OFF,
            70.0,
            NONE,
            "no_set_point",
            {"mode": "off"},
        ),
        (
            (HEAT, COOL),
            ThermostatMode.AUTO,
            70.0,
            NONE,
            "no_set_point",
            {"mode": "auto"},
        ),
        (
            (HEAT, COOL),
            ThermostatMode.HEAT,
            None,
            (66.0, 77.0),
            "no_range",
            {"mode": "heat"},
        ),
        (
            (HEAT,),
            ThermostatMode.AUTO,
            None,
            (66.0, 77.0),
            "no_set_point",
            {"mode": "auto"},
        ),
        (
            (HEAT, COOL),
            ThermostatMode.HEAT,
            37.5,
            NONE,
            "temperature_out_of_range",
            {"low": "38 °F", "high": "89 °F"},
        ),
        (
            (HEAT, COOL),
            ThermostatMode.AUTO,
            None,
            (66.0, 99.5),
            "temperature_out_of_range",
            {"low": "59 °F", "high": "99 °F"},
        ),
        (
            (ONLY_HIGH,),
            ThermostatMode.HEAT,
            81.0,
            NONE,
            "temperature_too_high",
            {"high": "80 °F"},
        ),
        (
            (ONLY_LOW,),
            ThermostatMode.HEAT,
            39.0,
            NONE,
            "temperature_too_low",
            {"low": "40 °F"},
        ),
    ],
)
def test_what_is_not_taken_is_said_in_a_text(
    points: tuple[SetPoint, ...],
    mode: ThermostatMode,
    one: float | None,
    pair: tuple[float | None, float | None],
    key: str,
    facts: dict[str, str],
) -> None:
    with pytest.raises(TargetError) as caught:
        targets(having(*points), mode, one, pair)
    assert (caught.value.key, caught.value.facts) == (key, facts)
