"""Numbers and units, as people in many countries write them."""

import pytest

from custom_components.crestron_homeseer.homeseer.readings import reading, reads


@pytest.mark.parametrize(
    ("status", "value", "number", "unit"),
    [
        ("1,234 W", 1234, 1234.0, "W"),
        ("1,234 W", 1.234, 1.234, "W"),
        ("1.234 W", 1234, 1234.0, "W"),
        ("1,234 kWh", None, 1.234, "kWh"),
        ("12.345,67 kWh", 12345.67, 12345.67, "kWh"),
        ("12,345.6 kWh", 0, 12345.6, "kWh"),
        ("1,234,567 L", None, 1234567.0, "L"),
        ("2 345,6 W", None, 2345.6, "W"),
        ("1'234.5 m³", None, 1234.5, "m³"),
        ("-1.2 kW", -1234, -1.2, "kW"),
        ("\u22127 °C", None, -7.0, "°C"),
        (".5 A", None, 0.5, "A"),
        ("55.4° F", 55.4, 55.4, "°F"),
        ("31 Â°C", 31, 31.0, "°C"),
        ("24 ℃", 24, 24.0, "°C"),
        ("55°", 55, 55.0, "°"),
        ("512 MB", 512, 512.0, "MB"),
        ("1013 mb", 1013, 1013.0, "mbar"),
        ("7 MB/s", 7, 7.0, "MB/s"),
        ("7 Mbps", 7, 7.0, "Mbit/s"),
        ("12 µg/m3", 12, 12.0, "μg/m³"),
        ("47 Minutes", 47, 47.0, "min"),
        ("4 Bft", 4, 4.0, "Bft"),
        ("5", 5, 5.0, None),
        ("3 lights on", 3, None, None),
        ("Closed", 0, None, None),
        ("NaN", 0, None, None),
        # Nobody writes so; it is no number, and has a unit all the same.
        ("1.234,567.890 W", 0, None, "W"),
        ("", 0, None, None),
    ],
)
def test_a_number_is_read_as_its_value_says(
    status: str, value: float | None, number: float | None, unit: str | None
) -> None:
    assert reading(status, value) == (number, unit)


def test_a_value_may_stand_among_words() -> None:
    assert reads("Now 21,5 degrees", 21.5)
    assert not reads("Now 21,5 degrees", 22.5)
    assert not reads("Warm", 21.5)
