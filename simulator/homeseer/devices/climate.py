"""Thermostats, of the old kind and the new."""

from typing import Any

from simulator.homeseer.behaviours import Climate, Late, SetPoint
from simulator.homeseer.build import Builder
from simulator.homeseer.controls import Kind, Span, Use, Words, button, choice, slider
from simulator.homeseer.feature import Feature, Type

from .lighting import Z_WAVE

# How often a thermostat looks at its room.
STEP_SECONDS = 15


def legacy_thermostat(build: Builder, name: str, celsius: bool = False) -> Feature:
    """Add a Z-Wave thermostat as HS3 types it, with children named after their root."""
    root = build.root(
        name, Type(16, 99), interface=Z_WAVE, type_string="Z-Wave Thermostat Root"
    )
    unit = " C" if celsius else " F"
    low, high, warm, heat, cool = (
        (5, 35, 22, 20, 24) if celsius else (40, 95, 72, 68, 74)
    )

    def add(label: str, kind: Type, value: float, **facts: Any) -> Feature:
        facts.setdefault("type_string", f"Z-Wave {label}")
        return build.child(root, f"{name} {label}", value, type=kind, **facts)

    temperature = add(
        "Temperature", Type(16, 2), warm, readings=(Span(-40, 212, suffix=unit),)
    )
    add("Humidity", Type(16, 2, 5), 41, readings=(Span(0, 100, suffix="%"),))
    mode = add(
        "Mode",
        Type(16, 3),
        0,
        controls=(
            button("Off", 0, Use.MODE_OFF),
            button("Heat", 1, Use.MODE_HEAT),
            button("Cool", 2, Use.MODE_COOL),
            button("Auto", 3, Use.MODE_AUTO),
        ),
        behaviour=Late(0.8),
    )
    fan_modes = (button("Auto", 0, Use.FAN_AUTO), button("On", 1, Use.FAN_ON))
    add("Fan Mode", Type(16, 4), 0, controls=fan_modes, behaviour=Late(0.8))
    add("Fan State", Type(16, 5), 0, readings=(Words(0, "Idle"), Words(1, "Running")))
    states = (Words(0, "Idle"), Words(1, "Heating"), Words(2, "Cooling"))
    state = add("Operating State", Type(16, 1), 0, readings=states)
    points = [
        add(
            f"{label}  Setpoint 1",
            Type(16, 6, sub),
            value,
            controls=(slider(Span(low, high, suffix=unit), use, kind=Kind.RANGE),),
            behaviour=SetPoint(low, high, seconds=1.0),
        )
        for label, sub, use, value in (
            ("Heating", 1, Use.HEAT_SET_POINT, heat),
            ("Cooling", 2, Use.COOL_SET_POINT, cool),
        )
    ]
    climate = Climate(
        temperature,
        mode,
        state,
        heat=points[0],
        cool=points[1],
        heats=(1, 3),
        cools=(2, 3),
        outside=12 if celsius else 55,
    )
    build.model.every(STEP_SECONDS, climate.step)
    return mode


def celsius_thermostat(build: Builder, name: str) -> Feature:
    """Add a thermostat of the new kind; its values are twice its degrees Celsius."""
    root = build.root(name, Type(512, 8), interface="Sample Thermostat")
    degrees = Span(10, 70, suffix=" °C", decimals=1, divisor=2)

    def add(
        label: str, kind: Type, value: float, legacy: Type, **facts: Any
    ) -> Feature:
        return build.child(root, label, value, type=kind, legacy=legacy, **facts)

    temperature = add(
        "Ambient Temperature",
        Type(513, 16),
        43,
        Type(16, 2),
        readings=(Span(-60, 120, suffix=" °C", decimals=1, divisor=2),),
    )
    add(
        "Humidity",
        Type(513, 16, 5),
        47,
        Type(16, 2, 5),
        readings=(Span(0, 100, suffix="%"),),
    )
    states = (Words(0, "Idle"), Words(1, "Heating"), Words(2, "Cooling"))
    state = add("HVAC Status", Type(513, 16, 6), 0, Type(16, 1), readings=states)
    mode = add(
        "HVAC Mode",
        Type(513, 17, 3),
        5,
        Type(16, 3),
        controls=(
            button("Heat", 1, Use.MODE_HEAT),
            button("Cool", 2, Use.MODE_COOL),
            button("Auto", 3, Use.MODE_AUTO),
            # The makers gave this one the use of another.
            button("Aux Heat", 4, Use.MODE_AUTO),
            button("Off", 5, Use.MODE_OFF),
        ),
        behaviour=Late(0.6),
    )
    fan_modes = (choice("Auto", 1, Use.FAN_AUTO), choice("On", 2, Use.FAN_ON))
    add(
        "Fan Mode",
        Type(513, 17, 4),
        1,
        Type(16, 4),
        controls=fan_modes,
        behaviour=Late(),
    )
    fan = (Words(1, "Off"), Words(2, "On"))
    add("Fan Status", Type(513, 16, 7), 1, Type(16, 5), readings=fan)
    points = [
        add(
            f"{label} Setpoint",
            Type(513, 17, sub),
            value,
            Type(16, 6, sub),
            controls=(
                slider(degrees, use, kind=Kind.RANGE),
                button("-", 1000),
                button("+", 1001),
            ),
            readings=(degrees,),
            behaviour=SetPoint(10, 70),
        )
        for label, sub, use, value in (
            ("Heating", 1, Use.HEAT_SET_POINT, 40),
            ("Cooling", 2, Use.COOL_SET_POINT, 50),
        )
    ]
    climate = Climate(
        temperature,
        mode,
        state,
        heat=points[0],
        cool=points[1],
        heats=(1, 3, 4),
        cools=(2, 3),
        scale=2.0,
        outside=24,
    )
    build.model.every(STEP_SECONDS, climate.step)
    return mode
