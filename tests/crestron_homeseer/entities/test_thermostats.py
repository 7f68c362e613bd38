"""What thermostats show, take and refuse."""

from dataclasses import replace
from typing import Any

from homeassistant.components.climate.const import ClimateEntityFeature as Feature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.crestron_homeseer.house.commands import (
    SetFanMode,
    SetMode,
    SetPoints,
    SetPreset,
    SetSchedule,
)
from custom_components.crestron_homeseer.house.devices import SetPoint
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import (
    Schedule,
    SetPointKind as Kind,
    TemperatureUnit,
    ThermostatAction as Action,
    ThermostatMode as Mode,
)

from ..common import act
from ..memory import MemoryHub
from .common import COOL, HEAT, Changed, Sent, Shown, Start, thermostat

HALL = "climate.hall"
OFF, HEATS, COOLS, AUTO = Mode.OFF, Mode.HEAT, Mode.COOL, Mode.AUTO
AUX, FAN_ONLY, DRY, UNKNOWN = Mode.AUX_HEAT, Mode.FAN_ONLY, Mode.DRY, Mode.UNKNOWN
BOTH_WAYS = SetPoint(kind=Kind.AUTO, value=22.0)
ON_OFF = Feature.TURN_ON | Feature.TURN_OFF
ONE, RANGE = Feature.TARGET_TEMPERATURE, Feature.TARGET_TEMPERATURE_RANGE
USUAL = {"min_temp": 7, "max_temp": 35}


def able(
    modes: list[Mode], names: str, features: Feature
) -> tuple[Any, dict[str, Any]]:
    """Return a thermostat without set points, and what it offers."""
    facts = {"modes": tuple(modes), "mode": UNKNOWN, "set_points": ()}
    return facts, {"hvac_modes": names.split(), "supported_features": features}


def does(
    action: Action | None, mode: Mode, name: str | None
) -> tuple[Any, dict[str, Any]]:
    return {"action": action, "mode": mode}, {"hvac_action": name}


def keeps(mode: Mode, *points: SetPoint) -> dict[str, Any]:
    return {"modes": (HEATS, COOLS, AUTO), "mode": mode, "set_points": points}


def target(
    value: float | None, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    return {"temperature": value, "target_temp_low": low, "target_temp_high": high}


LOOKS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    # With little to it, it has Home Assistant's limits.
    ({}, {"temperature": 20.0, "supported_features": ONE | ON_OFF} | USUAL),
    (
        {},
        dict.fromkeys(("fan_modes", "preset_modes", "current_humidity", "hvac_action")),
    ),
    ({"humidity": 40.5}, {"current_humidity": 40.5}),
    does(Action.HEATING, HEATS, "heating"),
    does(Action.COOLING, HEATS, "cooling"),
    does(Action.FAN, OFF, "fan"),
    does(Action.DRYING, DRY, "drying"),
    does(Action.DEFROSTING, HEATS, "defrosting"),
    does(Action.IDLE, HEATS, "idle"),
    does(Action.IDLE, OFF, "off"),
    does(Action.UNKNOWN, HEATS, None),
    able([], "", Feature(0)),
    able([OFF], "off", Feature.TURN_OFF),
    able([HEATS], "heat", Feature(0)),
    able([UNKNOWN, OFF, HEATS], "off heat", ON_OFF),
    able([OFF, HEATS, AUX], "off heat", ON_OFF),
    able([OFF, FAN_ONLY, DRY], "off fan_only dry", ON_OFF),
    able([OFF, HEATS, COOLS, AUTO], "off heat cool heat_cool", ON_OFF),
    # Each mode keeps to its own set point; two of them are a range in Auto.
    (keeps(HEATS, HEAT, COOL), target(20.0) | {"supported_features": ONE | RANGE}),
    (keeps(AUX, HEAT, COOL), target(20.0)),
    (keeps(COOLS, HEAT, COOL), target(25.0)),
    (keeps(COOLS, HEAT, BOTH_WAYS), target(22.0)),
    (keeps(AUTO, HEAT, COOL), target(None, 20.0, 25.0)),
    (
        keeps(AUTO, HEAT, COOL, BOTH_WAYS),
        target(22.0) | {"supported_features": ONE},
    ),
    # One that only heats keeps to the same temperature in Auto.
    (keeps(AUTO, HEAT), target(20.0)),
    (keeps(HEATS, COOL), target(None)),
    (keeps(OFF, HEAT, COOL, BOTH_WAYS), target(None)),
    (keeps(DRY, BOTH_WAYS), target(None)),
    (
        keeps(HEATS, replace(HEAT, low=5.0), replace(COOL, high=30.0)),
        USUAL | {"min_temp": 5, "max_temp": 30},
    ),
    (
        {"fan_modes": ("Auto", "On"), "fan_mode": "On"},
        {"fan_modes": ["auto", "on"], "fan_mode": "on"},
    ),
    (
        {"presets": ("eco", "Party Hour"), "preset": "eco"},
        {"preset_modes": ["eco", "Party Hour"], "preset_mode": "eco"}
        | {"supported_features": ONE | ON_OFF | Feature.PRESET_MODE},
    ),
    (
        {"schedule": Schedule.HOLD},
        {"preset_modes": ["run", "hold", "off"], "preset_mode": "hold"},
    ),
    ({"schedule": Schedule.UNKNOWN}, {"preset_mode": None}),
]
SHOWN: Shown = [
    (
        thermostat(**facts),
        expected | ({"state": STATE_UNKNOWN} if facts.get("mode") is UNKNOWN else {}),
    )
    for facts, expected in LOOKS
]


FAHRENHEIT = {"unit": TemperatureUnit.FAHRENHEIT, "temperature": 77.0}
IN_CELSIUS = {"current_temperature": 25.0, "temperature": 20.0, "max_temp": 35.0}
WARM = replace(HEAT, value=68.0)
CHANGED: Changed = [
    (
        thermostat(),
        FAHRENHEIT | {"set_points": (replace(WARM, low=50.0),)},
        IN_CELSIUS | {"min_temp": 10.0},
    ),
    (
        thermostat(),
        FAHRENHEIT | {"set_points": (WARM,)},
        IN_CELSIUS | {"min_temp": 7.2},
    ),
    (
        thermostat(modes=(OFF, HEATS, AUTO), mode=AUTO, set_points=(HEAT, COOL)),
        {"modes": (HEATS, AUTO), "set_points": (COOL,)},
        {"hvac_modes": ["heat", "heat_cool"], "target_temp_high": None},
    ),
]


def set_mode(mode: Mode) -> SetMode:
    return SetMode(device_id="1", mode=mode)


def to(*values: tuple[Kind, float]) -> SetPoints:
    return SetPoints(device_id="1", values=values)


ALL = {"modes": (OFF, HEATS, COOLS, AUTO), "set_points": (HEAT, COOL)}
BOTH = {"modes": (AUTO, HEATS, COOLS), "mode": AUTO, "set_points": (BOTH_WAYS,)}
LOW_HIGH = "set_temperature target_temp_low=18 target_temp_high=28"
FANS = {"fan_modes": ("Auto", "On"), "fan_mode": "Auto"}
WAYS = {"presets": ("eco", "Hour"), "preset": "eco"}


def able_to(*modes: Mode) -> dict[str, Any]:
    return {"modes": modes}


BOTH_AUTO = ALL | {"mode": AUTO}
ACTIONS: list[tuple[dict[str, Any], str, list[AnyCommand] | str]] = [
    ({}, "set_temperature temperature=23", [to((Kind.HEAT, 23.0))]),
    (
        BOTH,
        "set_temperature hvac_mode=cool temperature=23",
        [set_mode(COOLS), to((Kind.AUTO, 23.0))],
    ),
    (
        BOTH,
        "set_temperature hvac_mode=heat_cool temperature=23",
        [set_mode(AUTO), to((Kind.AUTO, 23.0))],
    ),
    (BOTH_AUTO, LOW_HIGH, [to((Kind.HEAT, 18.0), (Kind.COOL, 28.0))]),
    (ALL, LOW_HIGH, "no_range"),
    (BOTH_AUTO, "set_temperature temperature=20", "no_set_point"),
    (ALL | {"mode": OFF}, "set_temperature temperature=20", "no_set_point"),
    (able_to(HEATS), "set_temperature hvac_mode=off temperature=20", "mode_not_there"),
    ({}, "turn_on", [set_mode(HEATS)]),
    (ALL, "turn_on", [set_mode(AUTO)]),
    (able_to(OFF, COOLS), "turn_on", [set_mode(COOLS)]),
    # Where there is no plain heating, heating is auxiliary.
    (able_to(OFF, AUX), "turn_on", [set_mode(AUX)]),
    (able_to(OFF, AUX, HEATS), "turn_on", [set_mode(HEATS)]),
    (able_to(OFF, FAN_ONLY, DRY), "turn_on", [set_mode(DRY)]),
    ({}, "turn_off", [set_mode(OFF)]),
    (able_to(OFF, FAN_ONLY), "set_hvac_mode hvac_mode=fan_only", [set_mode(FAN_ONLY)]),
    (FANS, "set_fan_mode fan_mode=on", [SetFanMode(device_id="1", fan_mode="On")]),
    (
        WAYS,
        "set_preset_mode preset_mode=Hour",
        [SetPreset(device_id="1", preset="Hour")],
    ),
    (
        {"schedule": Schedule.RUN},
        "set_preset_mode preset_mode=hold",
        [SetSchedule(device_id="1", schedule=Schedule.HOLD)],
    ),
    (able_to(HEATS), "set_hvac_mode hvac_mode=off", ""),
    ({}, LOW_HIGH, ""),
]
SENT: Sent = [
    (thermostat(**facts), f"climate.{text}", to) for facts, text, to in ACTIONS
]


@pytest.mark.parametrize(
    ("low", "high", "value", "limits"),
    [
        (15.0, None, 14, ("15 °C", "35 °C")),
        (None, 30.0, 31, ("7 °C", "30 °C")),
        (15.5, 30.0, 31, ("15.5 °C", "30 °C")),
    ],
)
async def test_a_set_points_own_limits(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    low: float | None,
    high: float | None,
    value: float,
    limits: tuple[str, str],
) -> None:
    # Another one's wider limits are those that Home Assistant knows.
    heat = replace(HEAT, low=low, high=high)
    cool = replace(COOL, low=low and 5.0, high=high and 40.0)
    await start(thermostat(set_points=(heat, cool)))
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", HALL, temperature=value)
    assert caught.value.translation_key == "temperature_out_of_range"
    facts = {"device": "Hall", "low": limits[0], "high": limits[1]}
    assert caught.value.translation_placeholders == facts
    assert hub.sent == []
    # The very limit is within them.
    limit = low if low and value < low else high
    await act(hass, "climate", "set_temperature", HALL, temperature=limit)
    assert len(hub.sent) == 1
