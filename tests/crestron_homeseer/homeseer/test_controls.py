"""Values ↔ meaning: the arithmetic of ranges, also of the oddest that there can be."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.binding import (
    Controls,
    Part,
    Scale,
    by_value,
    is_on,
)
from custom_components.crestron_homeseer.homeseer.features import (
    Feature,
    Use,
    plain_text,
    read_feature,
    read_pairs,
)

from ..house.hostile import json_values
from .raw import DIMMER, Raw, feature, pair

patient = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
numbers = st.one_of(
    st.integers(-300, 65536),
    st.floats(-1000, 1000).map(lambda each: round(each, 3)),
    st.sampled_from([0, 1, 99, 100, 255, 65535, 1e12, -1e12, 1e15, 1e300]),
)
divisors = st.sampled_from([0, 1, 2, 10, 100, 0.1, 1e-3, 1e-9, 1e-320, -1, -10, 1e300])
fractions = st.one_of(st.floats(0, 1), st.integers(0, 100).map(lambda each: each / 100))


def controls(*pairs: Raw) -> Controls:
    return Controls(read_pairs({"ControlPairs": list(pairs)}))


@st.composite
def sliders(draw: st.DrawFn) -> Controls:
    """A slider with any range, and perhaps an Off and an On anywhere."""
    low, high = draw(numbers), draw(numbers)
    near = st.sampled_from([low, low - 1, high, high + 1, 0, 255])
    dim = pair(
        "Dim",
        use=3,
        span=(low, high),
        RangeStatusDivisor=draw(divisors),
        RangeStatusDecimals=draw(st.sampled_from([0, 1, 2, 6, 99, -1])),
        RangeStatusValueOffset=draw(numbers),
    )
    off, on = pair("Off", draw(near), 2), pair("On", draw(near), 1)
    return controls(dim, *draw(st.sampled_from([[], [off], [on], [off, on]])))


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """The scale of such a slider; On and Off are not the same value."""
    found = Scale.of(draw(sliders()))
    assume(found is not None)
    assert found is not None
    span = found.range
    assume(found.off is None or found.off != found.on)
    # Without an Off it is the lower end that is off.
    assume(found.off is not None or found.on != span.low)
    # What is sent has six decimals; no device has ends that are nearer.
    assume(span.high - span.low > 1e-4)
    # From here on floats do not tell two steps apart.
    assume(max(abs(span.low), abs(span.high)) < 1e9 * span.step)
    return found


OFF = pair("Off", 0, 2)
FROM_0, FROM_1 = (pair("D", use=3, span=(low, 99)) for low in (0, 1))


@pytest.mark.parametrize(
    ("pairs", "levels"),
    [
        # Z-Wave as usual: full is the On beside the range, 255 "the last level".
        (DIMMER, {None: None, 0: 0.0, 1: 1 / 99, 98: 98 / 99, 99: 1.0, 255: 1.0}),
        # Off inside of the range, or Off at its end.
        ([OFF, pair("Dim", use=3, span=(0, 100))], {50: 0.5}),
        ([OFF, pair("D", use=3, span=(1, 254))], {127: 0.5}),
        # On is a code far from the range.
        ([OFF, pair("On", 255, 1), FROM_0], {99: 1.0}),
        # Off lies above the range, and may only be sent.
        ([pair("Off", 255, 2), FROM_0], {255: 0.0, 0: 0.01}),
        ([pair("Off", 255, 2), FROM_1], {0: 0.0}),
        # Nothing says what is off.
        ([pair("D", use=3, span=(10, 20)), pair("On", 20, 1)], {9: 0.0}),
        # A level that is called On is still the level that it is.
        ([pair("Off", -1, 2), pair("On", 0, 1), FROM_0], {0: 0.01}),
    ],
)
def test_levels(pairs: list[Raw], levels: dict[float | None, float | None]) -> None:
    found = Scale.of(controls(*pairs))
    assert found is not None
    for value, fraction in levels.items():
        assert found.fraction(value) == pytest.approx(fraction), value


@pytest.mark.parametrize(
    ("step", "high", "off", "fraction", "value"),
    # Full is not off where off is at the top, nor is a little where off is below.
    [
        (1, 10, 10, 1.0, 9),
        (25, 10, 10, 1.0, 0),
        (4, 10, 0, 0.01, 4),
        (10, 1, 0, 0.5, 1),
    ],
)
def test_a_step_never_ends_at_off_nor_outside_of_the_range(
    step: float, high: float, off: float, fraction: float, value: float
) -> None:
    dim = pair("D", use=3, span=(0, high), RangeStatusDivisor=step)
    found = Scale.of(controls(dim, pair("Off", off, 2)))
    assert found is not None
    assert found.raw(fraction) == value


@patient
@given(scales(), fractions)
def test_what_is_sent_is_in_the_range_and_off_only_where_off_is_asked(
    found: Scale, fraction: float
) -> None:
    raw = found.raw(fraction)
    part = Part(Feature(ref=1, name="Dimmer"), Controls())
    sent = by_value(part, raw).params["value"]
    assert isinstance(sent, int | float)
    assert found.range.low <= raw <= found.range.high or raw in {found.off, found.on}
    if found.off is not None:
        assert (raw == found.off) == (fraction == 0)
        if abs(found.off) < 1e9:
            assert (sent == round(found.off, 6)) == (fraction == 0)
    elif fraction == 0:
        assert raw == found.range.low


@patient
@given(scales(), fractions)
def test_what_was_sent_is_read_back_about_right_and_sent_the_same_again(
    found: Scale, fraction: float
) -> None:
    length, step = found.range.high - found.range.low, found.range.step
    assume(step < length < 1e6 * step)
    once = found.raw(fraction)
    back = found.fraction(once)
    assert back is not None
    assert (back == 0) == (fraction == 0) or found.off is None
    # Between the end of the range and an "On" a little above it is nothing to send.
    gap = 0.0 if found.on is None else found.on - found.range.high
    about = max(2.5 * step, min(gap, 2.0)) / length
    assert back == pytest.approx(fraction, abs=about) or back in {0.0, 1.0}
    again = found.raw(back)
    assert abs(again - once) <= step * 1.001
    twice = found.fraction(again)
    assert twice is not None
    assert abs(found.raw(twice) - again) <= step * 1e-6


@patient
@given(sliders(), numbers.map(float))
def test_what_is_shown_goes_round_and_stays_within_its_ends(
    found: Controls, wanted: float
) -> None:
    for span in filter(None, (each.range for each in found.pairs)):
        assert span.shown(span.low) < span.shown(span.high)
        raw = span.raw(wanted)
        assert span.low <= raw <= span.high
        if max(map(abs, (span.low, span.high, span.offset))) < 1e6:
            assert span.raw(span.shown(raw)) == pytest.approx(raw, abs=1.01 * span.step)


@pytest.mark.parametrize(
    ("shown", "wanted", "raw"),
    [
        # Celsius may be doubled.
        ({"RangeStatusDivisor": 2, "RangeStatusDecimals": 1}, 21.5, 43),
        ({"RangeStatusDivisor": 1e-320, "RangeStatusDecimals": 6}, 42, 42),
        ({"RangeStatusDivisor": -2}, 42, 42),
        ({"RangeStatusValueOffset": 10}, 20, 30),
        # An offset so large that both ends are shown as the same.
        ({"RangeEnd": 0.01, "RangeStatusValueOffset": 1e15}, 20, None),
    ],
)
def test_how_a_range_is_shown(
    shown: dict[str, Any], wanted: float, raw: float | None
) -> None:
    found = controls(pair("Dim", span=(0, 99), **shown)).pairs[0].range
    assert (None if found is None else found.raw(wanted)) == raw


@pytest.mark.parametrize(
    ("off", "on", "states"),
    [
        (0, 255, {99: True, 1000: None}),
        (5, 1, {0: True, 5: False}),
        (None, 1, {0: None, 1: True}),
        (-1, 1, {-1: False}),
        (0, None, {None: None}),
        # What is only sent; what no relay shows.
        (1000, 1001, {0: False, 255: True, 999: None}),
    ],
)
def test_on_is_what_off_is_not(
    off: float | None, on: float | None, states: dict[float | None, bool | None]
) -> None:
    # Labels stand in for uses.
    ends = ((" OFF ", off), ("on", on))
    found = controls(*(pair(label, at) for label, at in ends if at is not None))
    assert {value: is_on(found, value) for value in states} == states


def test_a_use_goes_before_a_label() -> None:
    found = controls(pair("On", 7), pair("Full", 9, 1)).find(Use.ON)
    assert found is not None
    assert found.value == 9


@given(st.sampled_from(sorted(feature(1))), json_values)
def test_any_field_of_a_device_may_be_anything(key: str, value: object) -> None:
    read = read_feature({**feature(1), key: value})
    assert read is None or isinstance(read.ref, int)
    assert read_feature(value) is None or isinstance(value, dict)


@given(
    st.sampled_from(sorted(DIMMER[3])),
    st.sampled_from(sorted(DIMMER[3]["Range"])),
    json_values,
)
def test_any_field_of_a_control_may_be_anything(
    key: str, shown: str, value: object
) -> None:
    span = {**DIMMER[3]["Range"], shown: value}
    pairs = [{**DIMMER[3], key: value}, {**DIMMER[3], "Range": span}, value]
    for read in read_pairs({"ControlPairs": pairs}):
        assert read.value == read.value
        assert read.range is None or read.range.low < read.range.high
    assert read_pairs(value) == () or isinstance(value, dict)


def test_pairs_that_mean_nothing_are_left_out_or_of_no_use() -> None:
    odd = {"Label": "Odd", "ControlValue": 3, "ControlUse": 99, "ControlType": 77}
    span = {"Label": "Span", "Range": {"RangeStart": 4, "RangeEnd": 8}}
    first, second = controls({"Label": "Nothing"}, odd, span).pairs
    assert (first.label, first.use, first.type) == ("Odd", 0, 0)
    assert (second.label, second.value) == ("Span", 4)


def test_a_status_is_plain_text() -> None:
    assert plain_text("<b>Clear</b>, 18&deg;<i>C</i>") == "Clear, 18°C"
    assert plain_text('<span class="x">21&deg; C</span> <br/>warm') == "21° C warm"
