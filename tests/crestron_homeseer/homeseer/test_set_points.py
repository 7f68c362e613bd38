"""Set points and temperatures of thermostats: what is shown, and what is sent."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.house.commands import SetPoints
from custom_components.crestron_homeseer.house.devices import Thermostat
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind as Point,
    TemperatureUnit,
)

from .families import facts, family, part, sent
from .raw import Raw, pair

ID = "ref-1-climate"
C, F = TemperatureUnit.CELSIUS, TemperatureUnit.FAHRENHEIT
RANGE = "(value) F=45..92/12"
DEGREES = "; ".join(f"{each}°={each}/12" for each in range(60, 81))


def heat(text: str, value: float | None, controls: str | list[Raw]) -> Raw:
    return part(3, "Heat Setpoint", text, value, controls, (16, 6, 1))


def room(text: str, value: float, point: str = "68 F", suffix: str = "") -> list[Raw]:
    controls = f"(value){suffix}=5..95"
    return [
        heat(point, 68, controls),
        part(10, "Temperature", text, value, "", (16, 2, 0)),
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Temperatures are in the unit of the set point, then of its controls.
        (room("20.0 °C", 20), {"temperature": 68, "unit": F, "step": 1.0}),
        (room("68 F", 20, "20 °C"), {"temperature": 20, "unit": C}),
        (room("", 71), {"temperature": 71}),
        (room("Unknown", 0), {"temperature": None}),
        (room("21 °C", 21, "68"), {"temperature": 21, "unit": C}),
        (room("21", 21, "20", " C"), {"temperature": 21, "unit": C}),
    ],
)
def test_temperatures_and_units(parts: list[Raw], expected: dict[str, Any]) -> None:
    assert facts(family(*parts), ID, expected) == expected


def doubled(**shown: Any) -> list[Raw]:
    return [pair("(value)", use=12, span=(20, 60), RangeStatusDivisor=2, **shown)]


def set_to(value: float, kind: Point = Point.HEAT) -> SetPoints:
    return SetPoints(device_id=ID, values=((kind, value),))


@pytest.mark.parametrize(
    ("controls", "text", "value", "expected", "wanted", "raw"),
    [
        # One control for each degree, whatever their values are.
        (DEGREES, "68°", 68, (68, 1.0), 70, 70),
        (DEGREES, "68°", 68, (68, 1.0), 95, None),
        ("60 F=121; 61 F=123; 65 F=131", "", 131, (65, 1.0), 61, 123),
        ("19.5 °C=39; 20.0 °C=40; 20.5 °C=41", "20.5 °C", 41, (20.5, 0.5), 20, 40),
        # "+" and "-" are no states.
        (f"{DEGREES}; -=1000; +=1001", "", 1001, (None, 1.0), 61, 61),
        # Twice the degrees, with and without a text.
        (doubled(RangeStatusSuffix=" °C"), "", 45, (22.5, 0.5), 23.5, 47),
        (doubled(RangeStatusDecimals=1), "44", 44, (22, 1.0), 21.5, 43),
        (doubled(), "22 C", 44, (22, 0.5), 21.5, 43),
        ("(value) C=5..35/12", "20 C", 20, (20, 1.0), 21, 21),
        # No state at all; and a request beyond the range.
        (RANGE, "Unknown", 60, (None, 1.0), 70, 70),
        (RANGE, "", -1, (None, 1.0), 10, 45),
        (RANGE, "", None, (None, 1.0), 99, 92),
        (RANGE, "Heat to 71 °F", 60, (71, 1.0), 70, 70),
    ],
)
def test_set_points(
    controls: str | list[Raw],
    text: str,
    value: float | None,
    expected: tuple[float | None, float],
    wanted: float,
    raw: float | None,
) -> None:
    inventory = family(heat(text, value, controls))
    device = inventory.devices[ID]
    assert isinstance(device, Thermostat)
    point = device.set_points[0]
    assert (point.value, device.step) == expected
    if controls == RANGE:
        assert (point.low, point.high) == (45, 92)
    assert sent(inventory, set_to(wanted)) == (None if raw is None else [(3, raw)])
    assert sent(inventory, set_to(wanted, Point.COOL)) is None
