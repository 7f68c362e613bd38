"""The arithmetic of ranges, with the oddest ranges that a system can tell."""

from hypothesis import HealthCheck, assume, given, settings, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.codec import FULL, fraction, raw_level
from custom_components.crestron_homeseer.homeseer.binding import Part, by_value
from custom_components.crestron_homeseer.homeseer.controls import (
    Controls,
    Scale,
    scale_of,
)
from custom_components.crestron_homeseer.homeseer.features import Feature, read_pairs
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.fields import Fields

from .raw import pair

patient = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])

numbers = st.one_of(
    st.integers(-300, 65536),
    st.floats(-1000, 1000).map(lambda each: round(each, 3)),
    st.sampled_from([0, 1, 99, 100, 255, 65535, 1e12, -1e12, 1e15, 1e300]),
)
divisors = st.sampled_from([0, 1, 2, 10, 100, 0.1, 1e-3, 1e-9, 1e-320, -1, -10, 1e300])
fractions = st.one_of(st.floats(0, 1), st.integers(0, 100).map(lambda each: each / 100))


@st.composite
def controls(draw: st.DrawFn) -> Controls:
    """A slider with any range, and perhaps an Off and an On anywhere."""
    low, high = draw(numbers), draw(numbers)
    near = st.sampled_from([low, low - 1, high, high + 1, 0, 255])
    pairs = [
        pair(
            "Dim",
            use=3,
            span=(low, high),
            RangeStatusDivisor=draw(divisors),
            RangeStatusDecimals=draw(st.sampled_from([0, 1, 2, 6, 99, -1])),
            RangeStatusValueOffset=draw(numbers),
        )
    ]
    if draw(st.booleans()):
        pairs.append(pair("Off", draw(near), 2))
    if draw(st.booleans()):
        pairs.append(pair("On", draw(near), 1))
    return Controls(read_pairs({"ControlPairs": pairs}))


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """The scale of such a slider; On and Off are not the same value."""
    scale = scale_of(draw(controls()))
    assume(scale is not None)
    assert scale is not None
    assume(scale.off is None or scale.off != scale.on)
    # Without an Off it is the lower end that is off.
    assume(scale.off is not None or scale.on != scale.low)
    # What is sent has six decimals; no device has ends that are nearer.
    assume(scale.high - scale.low > 1e-4)
    # From here on floats do not tell two steps apart.
    assume(max(abs(scale.low), abs(scale.high)) < 1e9 * scale.step)
    return scale


@patient
@given(scales(), fractions)
def test_what_is_sent_is_in_the_range_and_off_only_where_off_is_asked(
    scale: Scale, fraction: float
) -> None:
    raw = scale.raw(fraction)
    part = Part(Feature(ref=1, name="Dimmer"), Controls())
    sent = by_value(part, raw).params["value"]
    assert isinstance(sent, int | float)
    known = {scale.off, scale.on}
    assert scale.low <= raw <= scale.high or raw in known
    if scale.off is not None:
        assert (raw == scale.off) == (fraction == 0)
        if abs(scale.off) < 1e9:
            assert (sent == round(scale.off, 6)) == (fraction == 0)


def test_a_level_that_is_called_on_is_still_the_level_that_it_is() -> None:
    scale = Scale(low=0, high=99, step=1, off=-1, on=0)
    assert scale.fraction(0) == 0.01
    assert scale.fraction(99) == 1


def test_a_step_longer_than_the_range_does_not_leave_it() -> None:
    scale = Scale(low=0, high=1, step=10, off=0, on=None)
    assert scale.raw(0.5) == 1
    assert Scale(low=0, high=1, step=10, off=1, on=None).raw(0.9) == 0


@pytest.mark.parametrize(
    "shown",
    [
        {"RangeStatusDivisor": 1e-320, "RangeStatusDecimals": 6},
        {"RangeStatusDivisor": -2},
    ],
)
def test_what_cannot_divide_is_no_divisor(shown: dict[str, float]) -> None:
    (found,) = read_pairs({"ControlPairs": [pair("Dim", span=(0, 99), **shown)]})
    assert found.range is not None
    assert found.range.divisor == 1
    assert found.range.raw(42) == 42


def test_a_range_whose_ends_are_shown_as_the_same_is_none() -> None:
    far = pair("Dim", span=(0, 0.01), RangeStatusValueOffset=1e15)
    (found,) = read_pairs({"ControlPairs": [far]})
    assert found.range is None


@patient
@given(scales(), fractions, fractions)
def test_more_is_never_less(scale: Scale, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assume(less > 0)
    assert scale.raw(less) <= scale.raw(more)


@patient
@given(scales(), fractions, fractions)
def test_a_higher_value_is_never_shown_as_less(
    scale: Scale, one: float, other: float
) -> None:
    low, high = (
        min(scale.low + each * (scale.high - scale.low), scale.high)
        for each in sorted((one, other))
    )
    assume(not {low, high} & {scale.off, scale.on})
    below, above = scale.fraction(low), scale.fraction(high)
    assert below is not None
    assert above is not None
    assert 0 < below <= above <= 1


@patient
@given(scales(), fractions)
def test_what_was_read_back_is_sent_the_same_again(
    scale: Scale, fraction: float
) -> None:
    assume(scale.step < scale.high - scale.low < 1e6 * scale.step)
    once = scale.raw(fraction)
    back = scale.fraction(once)
    assert back is not None
    assert (back == 0) == (fraction == 0) or scale.off is None
    again = scale.raw(back)
    assert abs(again - once) <= scale.step * 1.001
    twice = scale.fraction(again)
    assert twice is not None
    assert abs(scale.raw(twice) - again) <= scale.step * 1e-6


@patient
@given(controls(), numbers.map(float))
def test_what_is_shown_stays_within_its_ends(found: Controls, wanted: float) -> None:
    for each in found.pairs:
        if each.range is None:
            continue
        span = each.range
        assert span.shown(span.low) < span.shown(span.high)
        raw = span.raw(wanted)
        assert span.low <= raw <= span.high


# The processor's levels, and percent


@given(fractions, fractions)
def test_more_light_is_never_a_lower_count(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert raw_level(less) <= raw_level(more)
    assert percent(less) <= percent(more)
    for count in (raw_level(less), percent(less)):
        assert (count == 0) == (less == 0)
    assert (percent(less) == 100) == (less == 1)


@given(st.integers(-10, FULL + 10))
def test_percent_goes_round_and_keeps_the_ends(raw: int) -> None:
    level = fraction(Fields({"level": raw}), "level")
    assert level is not None
    shown = percent(level)
    assert (shown == 0) == (raw <= 0)
    assert (shown == 100) == (raw >= FULL)
    again = fraction(Fields({"level": raw_level(shown / 100)}), "level")
    assert again is not None
    assert percent(again) == shown
