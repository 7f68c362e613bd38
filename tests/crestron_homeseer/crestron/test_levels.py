"""Levels as the processor counts them."""

import pytest

from custom_components.crestron_homeseer.crestron.codec import FULL, fraction, raw_level
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.fields import Fields


def level_of(value: object) -> float | None:
    return fraction(Fields({"level": value}), "level")


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("65535", 1.0),
        (29491, 29491 / FULL),
        (-5, 0.0),
        (99999, 1.0),
        (10**300, None),
        (None, None),
        ("full", None),
        (True, None),
    ],
)
def test_fraction(value: object, result: float | None) -> None:
    assert level_of(value) == result


def test_brightness_and_percentages_come_back() -> None:
    for brightness in range(256):
        raw = raw_level(brightness / 255)
        assert raw == brightness * 257
        assert (level_of(raw) or 0.0) * 255 == pytest.approx(brightness)
    # So do percentages, and no level of the wire is lost.
    assert [raw_level(raw / FULL) for raw in range(FULL + 1)] == [*range(FULL + 1)]
    for whole in range(101):
        assert percent(level_of(raw_level(whole / 100)) or 0.0) == whole


@pytest.mark.parametrize(
    ("level", "raw"),
    [(-1.0, 0), (0.0, 0), (1e-300, 1), (5e-6, 1), (1.0, FULL), (2.0, FULL)],
)
def test_levels_stay_within_what_the_processor_counts(level: float, raw: int) -> None:
    assert raw_level(level) == raw
