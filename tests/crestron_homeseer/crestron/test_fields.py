"""Levels as the processor counts them."""

import json

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.fields import (
    FULL,
    Fields,
    parse,
    raw_level,
)
from custom_components.crestron_homeseer.house.devices import percent
from tests.crestron_homeseer.house.hostile import json_values


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (0, 0.0),
        (65535, 1.0),
        ("65535", 1.0),
        (29491, 29491 / 65535),
        (-5, 0.0),
        (99999, 1.0),
        (10**300, None),
        (None, None),
        ("full", None),
        (True, None),
    ],
)
def test_fraction(value: object, result: float | None) -> None:
    assert Fields({"level": value}).fraction("level") == result


@given(json_values)
def test_whatever_is_sent_is_a_fraction_or_nothing(value: object) -> None:
    fields = Fields(parse(json.dumps({"level": value}).encode()))
    fraction = fields.fraction("level")
    assert fraction is None or 0 <= fraction <= 1


# Round trips


@given(st.integers(0, FULL))
def test_every_level_of_the_wire_survives(raw: int) -> None:
    fraction = Fields({"level": raw}).fraction("level")
    assert fraction is not None
    assert raw_level(fraction) == raw


@pytest.mark.parametrize("brightness", range(256))
def test_each_brightness_is_257_counts_and_comes_back(brightness: int) -> None:
    raw = raw_level(brightness / 255)
    assert raw == brightness * 257
    fraction = Fields({"level": raw}).fraction("level")
    assert fraction is not None
    assert fraction * 255 == pytest.approx(brightness)


@pytest.mark.parametrize("whole", range(101))
def test_each_percentage_comes_back(whole: int) -> None:
    fraction = Fields({"level": raw_level(whole / 100)}).fraction("level")
    assert fraction is not None
    assert percent(fraction) == whole


@given(st.floats(0, 1, exclude_min=True))
def test_a_little_is_never_nothing(fraction: float) -> None:
    assert 0 < raw_level(fraction) <= FULL


@pytest.mark.parametrize(
    ("fraction", "raw"),
    [(-1.0, 0), (0.0, 0), (1e-300, 1), (5e-6, 1), (1.0, 65535), (2.0, 65535)],
)
def test_levels_stay_within_what_the_processor_counts(
    fraction: float, raw: int
) -> None:
    assert raw_level(fraction) == raw
