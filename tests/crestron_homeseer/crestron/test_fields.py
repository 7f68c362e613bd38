"""Levels as the processor counts them."""

import json

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.codec import FULL, fraction, raw_level
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.fields import Fields, parse
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
    assert fraction(Fields({"level": value}), "level") == result


@given(json_values)
def test_whatever_is_sent_is_a_fraction_or_nothing(value: object) -> None:
    fields = Fields(parse(json.dumps({"level": value}).encode()))
    found = fraction(fields, "level")
    assert found is None or 0 <= found <= 1


# Round trips


@given(st.integers(0, FULL))
def test_every_level_of_the_wire_survives(raw: int) -> None:
    found = fraction(Fields({"level": raw}), "level")
    assert found is not None
    assert raw_level(found) == raw


@pytest.mark.parametrize("brightness", range(256))
def test_each_brightness_is_257_counts_and_comes_back(brightness: int) -> None:
    raw = raw_level(brightness / 255)
    assert raw == brightness * 257
    found = fraction(Fields({"level": raw}), "level")
    assert found is not None
    assert found * 255 == pytest.approx(brightness)


@pytest.mark.parametrize("whole", range(101))
def test_each_percentage_comes_back(whole: int) -> None:
    found = fraction(Fields({"level": raw_level(whole / 100)}), "level")
    assert found is not None
    assert percent(found) == whole


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
