"""Thermostats: two shapes on the wire, and temperatures in five units.

Firmware sends `currentMode`, a list `currentSetPoint` and limits apart in
`availableSetPoints`; the manual has `mode` and one object `setPoint`. Both are
read. When off, the set point is `[{"type":"off"}]` without a temperature.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..house.devices import SetPoint, Thermostat
from ..house.fields import Fields, plain
from ..house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)

# Above these, a number that claims whole degrees counts in tenths: the manual's
# own sample of FahrenheitWholeDegrees is 770 for 77.0 °F.
_HOTTEST = {TemperatureUnit.FAHRENHEIT: 150, TemperatureUnit.CELSIUS: 60}
_HOTTEST_HALF = 100
_STEP = {TemperatureUnit.FAHRENHEIT: 1.0, TemperatureUnit.CELSIUS: 0.5}
_NO_FAN_MODE = "internalerror"
_POINT_LISTS = ("availablesetpoints", "currentsetpoint", "setpoint")
_POINT_FIELDS = {"temperature": "value", "minvalue": "low", "maxvalue": "high"}
# The manual has neither the humidity nor what the equipment does; where a firmware sends
# them, they are read.
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
# So many steps beyond its set point, it is certain what a thermostat calls for.
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
    numbers = [fields.number("currenttemperature")]
    for point in _points(fields):
        numbers += map(point.number, _POINT_FIELDS)
    largest = max((number for number in numbers if number is not None), default=0.0)
    if "half" in name:
        return Scale(unit, 10 if largest > _HOTTEST_HALF else 2)
    return Scale(unit, 10 if name.startswith("deci") or largest > _HOTTEST[unit] else 1)


def _points(fields: Fields) -> Iterator[Fields]:
    """Yield the set points in all of the places where they can be."""
    for value in map(fields.get, _POINT_LISTS):
        for point in map(Fields, value if isinstance(value, list) else [value]):
            # That of the humidity is no temperature.
            if (point.text("type") or "").lower() != "humidity":
                yield point


def _set_points(fields: Fields, scale: Scale) -> tuple[SetPoint, ...]:
    merged: dict[SetPointKind, dict[str, float]] = {}
    for point in _points(fields):
        kind = SetPointKind(point.text("type") or "")
        if kind is SetPointKind.UNKNOWN:
            continue
        known = merged.setdefault(kind, {})
        for key, name in _POINT_FIELDS.items():
            if (degrees := scale.degrees(point.number(key))) is not None:
                known[name] = degrees
    return tuple(SetPoint(kind=kind, **known) for kind, known in merged.items())


def _modes(
    fields: Fields, mode: ThermostatMode, points: Iterable[SetPoint]
) -> tuple[ThermostatMode, ...]:
    listed = [ThermostatMode(text) for text in fields.texts("availablesystemmodes")]
    if not listed:
        # Without a list, only what is seen to exist is offered.
        kinds = ("heat" if each.kind == "slab" else each.kind for each in points)
        listed = [ThermostatMode.OFF, *map(ThermostatMode, kinds), mode]
    return tuple(each for each in dict.fromkeys(listed) if each != "unknown")


def _action(device: Thermostat) -> ThermostatAction | None:
    """Return what the equipment does where mode and temperatures make it certain.

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
    if device.temperature is None or not kinds or len(wanted) < len(kinds):
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


def decode_thermostat(fields: Fields, facts: dict[str, Any]) -> Iterator[Thermostat]:
    """Yield the thermostat that an object of `/thermostats` describes."""
    scale = scale_of(fields)
    points = _set_points(fields, scale)
    mode = ThermostatMode(fields.text("currentmode") or fields.text("mode") or "")
    schedule = fields.text("schedulerstate")
    fan_mode = fields.text("currentfanmode") or fields.text("fanmode")
    fan_modes = fields.texts("availablefanmodes")
    humidities = (fields.number(key) for key in _HUMIDITY)
    percents = (each for each in humidities if each is not None and 0 <= each <= 100)
    running = (_ACTIONS.get(plain(fields.text(key) or "")) for key in _RUNNING)
    device = Thermostat(
        **facts,
        unit=scale.unit,
        step=_STEP[scale.unit],
        temperature=scale.degrees(fields.number("currenttemperature")),
        mode=mode,
        modes=_modes(fields, mode, points),
        set_points=points,
        fan_mode=fan_mode if (fan_mode or "").lower() != _NO_FAN_MODE else None,
        fan_modes=tuple(name for name in fan_modes if name.lower() != _NO_FAN_MODE),
        schedule=None if schedule is None else Schedule(schedule),
        humidity=next(percents, None),
    )
    yield replace(device, action=next(filter(None, running), None) or _action(device))
