"""Thermostats: two shapes on the wire, and temperatures in five units.

Firmware sends `currentMode`, a list `currentSetPoint` and limits apart in
`availableSetPoints`; the manual has `mode` and one object `setPoint`. Both are
read. When off, the set point is `[{"type":"off"}]` without a temperature.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..house.devices import SetPoint, Thermostat
from ..house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)
from .fields import Fields, number, plain

# Above these, a number that claims whole degrees counts in tenths: the manual's
# own sample of FahrenheitWholeDegrees is 770 for 77.0 °F.
_HOTTEST = {TemperatureUnit.FAHRENHEIT: 150, TemperatureUnit.CELSIUS: 60}
_HOTTEST_HALF = 100
_STEP = {TemperatureUnit.FAHRENHEIT: 1.0, TemperatureUnit.CELSIUS: 0.5}
_NO_FAN_MODE = "internalerror"
# What some firmware may say of the humidity and of what the equipment does: nobody has
# captured these, and they are read where they are.
_HUMIDITY = ("currenthumidity", "humidity")
_RUNNING = ("currentrunningstate", "runningstate", "operatingstate")
_ACTIONS = {
    "idle": ThermostatAction.IDLE,
    "off": ThermostatAction.IDLE,
    "heat": ThermostatAction.HEATING,
    "heating": ThermostatAction.HEATING,
    "cool": ThermostatAction.COOLING,
    "cooling": ThermostatAction.COOLING,
    "fan": ThermostatAction.FAN,
    "fanonly": ThermostatAction.FAN,
}
# What each mode keeps to; the single set point of an Auto does not say for which.
_CALLS = {
    ThermostatMode.HEAT: (SetPointKind.HEAT,),
    ThermostatMode.COOL: (SetPointKind.COOL,),
    ThermostatMode.AUTO: (SetPointKind.HEAT, SetPointKind.COOL),
}
# A set point that is no temperature.
_NO_TEMPERATURE = {"humidity"}
# So many steps beyond its set point, nobody doubts what a thermostat calls for.
_CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """How a thermostat counts: a unit, and how many counts make a degree."""

    unit: TemperatureUnit
    counts: int

    def degrees(self, count: float | None) -> float | None:
        """Return a count of the wire as degrees."""
        return None if count is None else round(count / self.counts, 2)

    def count(self, degrees: float) -> int:
        """Return degrees as the wire counts them."""
        return round(degrees * self.counts)


def scale_of(fields: Fields) -> Scale:
    """Return how a thermostat counts, from its unit and its largest number."""
    name = (fields.text("temperatureunits") or "").lower()
    celsius = "celsius" in name
    unit = TemperatureUnit.CELSIUS if celsius else TemperatureUnit.FAHRENHEIT
    largest = max(_numbers(fields), default=0.0)
    if "half" in name:
        return Scale(unit, 10 if largest > _HOTTEST_HALF else 2)
    if name.startswith("deci") or largest > _HOTTEST[unit]:
        return Scale(unit, 10)
    return Scale(unit, 1)


def _points(fields: Fields, key: str) -> Iterator[Fields]:
    value = fields.get(key)
    for raw in value if isinstance(value, list) else [value]:
        if isinstance(raw, dict):
            point = Fields(raw)
            if (point.text("type") or "").lower() not in _NO_TEMPERATURE:
                yield point


def _all_points(fields: Fields) -> Iterator[Fields]:
    for key in ("availablesetpoints", "currentsetpoint", "setpoint"):
        yield from _points(fields, key)


def _numbers(fields: Fields) -> Iterator[float]:
    candidates = [fields.number("currenttemperature")]
    for point in _all_points(fields):
        candidates += [
            point.number(key) for key in ("temperature", "minvalue", "maxvalue")
        ]
    return (number for number in candidates if number is not None)


def _set_points(fields: Fields, scale: Scale) -> tuple[SetPoint, ...]:
    merged: dict[SetPointKind, dict[str, float]] = {}
    for point in _all_points(fields):
        kind = SetPointKind(point.text("type") or "")
        if kind is SetPointKind.UNKNOWN:
            continue
        known = merged.setdefault(kind, {})
        for key, name in (
            ("temperature", "value"),
            ("minvalue", "low"),
            ("maxvalue", "high"),
        ):
            degrees = scale.degrees(point.number(key))
            if degrees is not None:
                known[name] = degrees
    return tuple(SetPoint(kind=kind, **known) for kind, known in merged.items())


def _modes(
    fields: Fields, mode: ThermostatMode, points: Iterable[SetPoint]
) -> tuple[ThermostatMode, ...]:
    listed = [ThermostatMode(text) for text in fields.texts("availablesystemmodes")]
    if not listed:
        # Without a list, only what is seen to exist is offered.
        kinds = [
            ThermostatMode.HEAT
            if point.kind is SetPointKind.SLAB
            else ThermostatMode(point.kind)
            for point in points
        ]
        listed = [ThermostatMode.OFF, *kinds, mode]
    return tuple(
        dict.fromkeys(mode for mode in listed if mode is not ThermostatMode.UNKNOWN)
    )


def _first(fields: Fields, keys: Iterable[str]) -> str | None:
    return next((text for key in keys if (text := fields.text(key))), None)


def _humidity(fields: Fields) -> float | None:
    found = number(_first(fields, _HUMIDITY))
    return found if found is not None and 0 <= found <= 100 else None


def _action(device: Thermostat) -> ThermostatAction | None:
    """Return what the equipment does where mode and temperatures leave no doubt.

    None near a set point: whether it still runs there, only the equipment knows.
    """
    if device.mode is ThermostatMode.OFF:
        return ThermostatAction.IDLE
    kinds = _CALLS.get(device.mode, ())
    wanted = {
        point.kind: point.value
        for point in device.set_points
        if point.kind in kinds and point.value is not None
    }
    if device.temperature is None or not kinds or wanted.keys() != set(kinds):
        return None
    margin = _CERTAIN * device.step
    heat = wanted.get(SetPointKind.HEAT, float("-inf"))
    cool = wanted.get(SetPointKind.COOL, float("inf"))
    if device.temperature <= heat - margin:
        return ThermostatAction.HEATING
    if device.temperature >= cool + margin:
        return ThermostatAction.COOLING
    if heat + margin <= device.temperature <= cool - margin:
        fan_runs = (device.fan_mode or "").lower() == "on"
        return ThermostatAction.FAN if fan_runs else ThermostatAction.IDLE
    return None


def decode_thermostat(fields: Fields, common: dict[str, Any]) -> Iterator[Thermostat]:
    """Yield the thermostat that an object of `/thermostats` describes."""
    scale = scale_of(fields)
    points = _set_points(fields, scale)
    mode = ThermostatMode(fields.text("currentmode") or fields.text("mode") or "")
    schedule = fields.text("schedulerstate")
    fan_mode = fields.text("currentfanmode") or fields.text("fanmode")
    fan_modes = fields.texts("availablefanmodes")
    device = Thermostat(
        **common,
        unit=scale.unit,
        step=_STEP[scale.unit],
        temperature=scale.degrees(fields.number("currenttemperature")),
        mode=mode,
        modes=_modes(fields, mode, points),
        set_points=points,
        fan_mode=None
        if (fan_mode or _NO_FAN_MODE).lower() == _NO_FAN_MODE
        else fan_mode,
        fan_modes=tuple(name for name in fan_modes if name.lower() != _NO_FAN_MODE),
        schedule=None if schedule is None else Schedule(schedule),
        humidity=_humidity(fields),
    )
    running = _ACTIONS.get(plain(_first(fields, _RUNNING) or ""))
    yield replace(device, action=running or _action(device))
