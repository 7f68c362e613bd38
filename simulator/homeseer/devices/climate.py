"""Thermostats, of the old kind and the new."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.homeseer.behaviours import Climate, Late, SetPoint
from simulator.homeseer.build import Builder
from simulator.homeseer.controls import Kind, Span, Use, Words, button, choice, slider
from simulator.homeseer.feature import Feature, Type

from .lighting import Z_WAVE

# How often a thermostat looks at its room.
STEP_SECONDS = 15

# Makes a feature of a thermostat: label, types under HS4 and HS3, value, and the rest.
type Add = Callable[..., Feature]

HUMIDITY = (Span(0, 100, suffix="%"),)
STATES = (Words(0, "Idle"), Words(1, "Heating"), Words(2, "Cooling"))
LEGACY_MODES = (
    button("Off", 0, Use.MODE_OFF),
    button("Heat", 1, Use.MODE_HEAT),
    button("Cool", 2, Use.MODE_COOL),
    button("Auto", 3, Use.MODE_AUTO),
)
LEGACY_FAN = (button("Auto", 0, Use.FAN_AUTO), button("On", 1, Use.FAN_ON))
MODES = (
    button("Heat", 1, Use.MODE_HEAT),
    button("Cool", 2, Use.MODE_COOL),
    button("Auto", 3, Use.MODE_AUTO),
    # The makers gave this one the use of another.
    button("Aux Heat", 4, Use.MODE_AUTO),
    button("Off", 5, Use.MODE_OFF),
)
FAN = (choice("Auto", 1, Use.FAN_AUTO), choice("On", 2, Use.FAN_ON))
POINTS = (("Heating", 1, Use.HEAT_SET_POINT), ("Cooling", 2, Use.COOL_SET_POINT))
# Twice the degrees Celsius.
DEGREES = Span(10, 70, suffix=" °C", decimals=1, divisor=2)


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers of a thermostat that counts in one unit."""

    unit: str
    low: float
    high: float
    room: float
    heat: float
    cool: float
    outside: float


FAHRENHEIT = Scale(" F", 40, 95, 72, 68, 74, 55)


def legacy_thermostat(build: Builder, name: str, scale: Scale = FAHRENHEIT) -> Feature:
    """Add a Z-Wave thermostat as HS3 types it, with children named after their root."""
    root = build.root(
        name, Type(16, 99), interface=Z_WAVE, type_string="Z-Wave Thermostat Root"
    )

    def add(label: str, kind: Type, value: float, **facts: Any) -> Feature:
        facts |= {"type": kind, "type_string": f"Z-Wave {label}"}
        return build.child(root, f"{name} {label}", value, **facts)

    room = (Span(-40, 212, suffix=scale.unit),)
    temperature = add("Temperature", Type(16, 2), scale.room, readings=room)
    add("Humidity", Type(16, 2, 5), 41, readings=HUMIDITY)
    mode = add("Mode", Type(16, 3), 0, controls=LEGACY_MODES, behaviour=Late(0.8))
    add("Fan Mode", Type(16, 4), 0, controls=LEGACY_FAN, behaviour=Late(0.8))
    add("Fan State", Type(16, 5), 0, readings=(Words(0, "Idle"), Words(1, "Running")))
    state = add("Operating State", Type(16, 1), 0, readings=STATES)
    heat, cool = _legacy_set_points(add, scale)
    climate = Climate(
        temperature,
        mode,
        state,
        heat=heat,
        cool=cool,
        heats=(1, 3),
        cools=(2, 3),
        outside=scale.outside,
    )
    build.model.every(STEP_SECONDS, climate.step)
    return mode


def _legacy_set_points(add: Add, scale: Scale) -> list[Feature]:
    span = Span(scale.low, scale.high, suffix=scale.unit)
    return [
        add(
            f"{label}  Setpoint 1",
            Type(16, 6, sub),
            value,
            controls=(slider(span, use, kind=Kind.RANGE),),
            behaviour=SetPoint(span.start, span.end, seconds=1.0),
        )
        for (label, sub, use), value in zip(
            POINTS, (scale.heat, scale.cool), strict=True
        )
    ]


def celsius_thermostat(build: Builder, name: str) -> Feature:
    """Add a thermostat of the new kind; its values are twice its degrees Celsius."""
    root = build.root(name, Type(512, 8), interface="Sample Thermostat")

    def add(
        label: str, kind: Type, legacy: Type, value: float, **facts: Any
    ) -> Feature:
        facts |= {"type": kind, "legacy": legacy}
        return build.child(root, label, value, **facts)

    room = (Span(-60, 120, suffix=" °C", decimals=1, divisor=2),)
    temperature = add(
        "Ambient Temperature", Type(513, 16), Type(16, 2), 43, readings=room
    )
    add("Humidity", Type(513, 16, 5), Type(16, 2, 5), 47, readings=HUMIDITY)
    state = add("HVAC Status", Type(513, 16, 6), Type(16, 1), 0, readings=STATES)
    mode = add(
        "HVAC Mode",
        Type(513, 17, 3),
        Type(16, 3),
        5,
        controls=MODES,
        behaviour=Late(0.6),
    )
    _fan(add)
    heat, cool = _set_points(add)
    climate = Climate(
        temperature,
        mode,
        state,
        heat=heat,
        cool=cool,
        heats=(1, 3, 4),
        cools=(2, 3),
        scale=2.0,
        outside=24,
    )
    build.model.every(STEP_SECONDS, climate.step)
    return mode


def _fan(add: Add) -> None:
    add(
        "Fan Mode",
        Type(513, 17, 4),
        Type(16, 4),
        1,
        controls=FAN,
        behaviour=Late(),
    )
    readings = (Words(1, "Off"), Words(2, "On"))
    add("Fan Status", Type(513, 16, 7), Type(16, 5), 1, readings=readings)


def _set_points(add: Add) -> list[Feature]:
    return [
        add(
            f"{label} Setpoint",
            Type(513, 17, sub),
            Type(16, 6, sub),
            value,
            controls=(
                slider(DEGREES, use, kind=Kind.RANGE),
                button("-", 1000),
                button("+", 1001),
            ),
            readings=(DEGREES,),
            behaviour=SetPoint(DEGREES.start, DEGREES.end),
        )
        for (label, sub, use), value in zip(POINTS, (40, 50), strict=True)
    ]
