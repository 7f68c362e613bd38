"""Thermostats: two shapes on the wire, and temperatures in five units.

Firmware sends `currentMode`, a list `currentSetPoint` and limits apart in
`availableSetPoints`; the manual has `mode` and one object `setPoint`. Both are
read. When off, the set point is `[{"type":"off"}]` without a temperature.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..house.devices import SetPoint, Thermostat
from ..house.kinds import Schedule, SetPointKind, TemperatureUnit, ThermostatMode
from .fields import Fields

# Above these, a number that claims whole degrees counts in tenths: the manual's
# own sample of FahrenheitWholeDegrees is 770 for 77.0 °F.
_HOTTEST = {TemperatureUnit.FAHRENHEIT: 150, TemperatureUnit.CELSIUS: 60}
_HOTTEST_HALF = 100
_STEP = {TemperatureUnit.FAHRENHEIT: 1.0, TemperatureUnit.CELSIUS: 0.5}
_NO_FAN_MODE = "internalerror"


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
            yield Fields(raw)


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
        kinds = [ThermostatMode(point.kind) for point in points]
        listed = [ThermostatMode.OFF, *kinds, mode]
    return tuple(
        dict.fromkeys(mode for mode in listed if mode is not ThermostatMode.UNKNOWN)
    )


def decode_thermostat(fields: Fields, common: dict[str, Any]) -> Iterator[Thermostat]:
    """Yield the thermostat that an object of `/thermostats` describes."""
    scale = scale_of(fields)
    points = _set_points(fields, scale)
    mode = ThermostatMode(fields.text("currentmode") or fields.text("mode") or "")
    schedule = fields.text("schedulerstate")
    fan_mode = fields.text("currentfanmode") or fields.text("fanmode")
    fan_modes = fields.texts("availablefanmodes")
    yield Thermostat(
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
    )
