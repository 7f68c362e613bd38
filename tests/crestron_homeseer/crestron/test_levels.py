"""Levels as the processor counts them."""

import json

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.codec import FULL, fraction, raw_level
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.fields import Fields, parse
from tests.crestron_homeseer.house.hostile import json_values


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


@given(json_values)
def test_whatever_is_sent_is_a_fraction_or_nothing(value: object) -> None:
    fields = Fields(parse(json.dumps({"level": value}).encode()))
    level = fraction(fields, "level")
    assert level is None or 0 <= level <= 1


@given(st.integers(0, FULL))
def test_every_level_of_the_wire_survives(raw: int) -> None:
    assert raw_level(level_of(raw) or 0.0) == raw


def test_brightness_and_percentages_come_back() -> None:
    for brightness in range(256):
        raw = raw_level(brightness / 255)
        assert raw == brightness * 257
        assert (level_of(raw) or 0.0) * 255 == pytest.approx(brightness)
    for whole in range(101):
        assert percent(level_of(raw_level(whole / 100)) or 0.0) == whole


@given(st.floats(0, 1, exclude_min=True))
def test_a_little_is_never_nothing(level: float) -> None:
    assert 0 < raw_level(level) <= FULL


@pytest.mark.parametrize(
    ("level", "raw"),
    [(-1.0, 0), (0.0, 0), (1e-300, 1), (5e-6, 1), (1.0, FULL), (2.0, FULL)],
)
def test_levels_stay_within_what_the_processor_counts(level: float, raw: int) -> None:
    assert raw_level(level) == raw
