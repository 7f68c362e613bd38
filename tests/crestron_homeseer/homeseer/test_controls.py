"""Values ↔ meaning: the arithmetic of ranges."""

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.controls import (
    Controls,
    Scale,
    is_on,
    scale_of,
)
from custom_components.crestron_homeseer.homeseer.features import (
    Range,
    Use,
    plain_text,
    read_feature,
    read_pairs,
)

from .raw import DIMMER, Raw, feature, pair


def controls(*pairs: Raw) -> Controls:
    return Controls(read_pairs({"ControlPairs": list(pairs)}))


@pytest.mark.parametrize(
    ("pairs", "value", "fraction"),
    [
        # Z-Wave as usual: full is the On beside the range.
        (DIMMER, 0, 0.0),
        (DIMMER, 99, 1.0),
        (DIMMER, 1, 1 / 99),
        (DIMMER, 98, 98 / 99),
        # 255 is "the last level", not a level.
        (DIMMER, 255, 1.0),
        # Off inside of the range.
        ([pair("Off", 0, 2), pair("Dim", use=3, span=(0, 100))], 50, 0.5),
        ([pair("Off", 0, 2), pair("Dim", use=3, span=(0, 100))], 100, 1.0),
        # On is a code far from the range.
        (
            [pair("Off", 0, 2), pair("On", 255, 1), pair("D", use=3, span=(0, 99))],
            99,
            1.0,
        ),
        ([pair("Off", 0, 2), pair("D", use=3, span=(1, 254))], 127, 0.5),
        # Off lies above the range.
        ([pair("Off", 255, 2), pair("D", use=3, span=(0, 99))], 255, 0.0),
        ([pair("Off", 255, 2), pair("D", use=3, span=(0, 99))], 0, 0.01),
        # Nothing says what is off.
        ([pair("D", use=3, span=(10, 20)), pair("On", 20, 1)], 9, 0.0),
    ],
)
def test_levels(pairs: list[Raw], value: float, fraction: float) -> None:
    scale = scale_of(controls(*pairs))
    assert scale is not None
    assert scale.fraction(value) == pytest.approx(fraction)


def test_a_level_that_is_not_known() -> None:
    scale = scale_of(controls(*DIMMER))
    assert scale is not None
    assert scale.fraction(None) is None


spans = st.tuples(
    st.integers(-300, 300), st.integers(2, 600), st.sampled_from([1.0, 0.5, 0.1, 2.0])
)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    low, length, step = draw(spans)
    high = low + length * step
    off = draw(st.sampled_from([None, low, low - 1, low - 50, high + 1, high + 156, 0]))
    on = draw(st.sampled_from([None, high, high + 1, high + 156, low]))
    return Scale(low=low, high=high, step=step, off=off, on=on if on != off else None)


@given(scales(), st.floats(0, 1, exclude_min=True))
def test_what_is_on_is_never_sent_as_off(scale: Scale, fraction: float) -> None:
    raw = scale.raw(fraction)
    assert raw != scale.off
    assert min(scale.low, scale.high) <= raw <= max(scale.high, scale.on or scale.high)


@given(scales(), st.floats(0, 1, exclude_min=True))
def test_what_was_sent_is_read_back_as_on_and_about_right(
    scale: Scale, fraction: float
) -> None:
    back = scale.fraction(scale.raw(fraction))
    assert back is not None
    assert back > 0
    # Between the end of the range and an "On" a little above it there is nothing to send.
    gap = scale.on - scale.high if scale.on is not None else 0.0
    about = max(2.5 * scale.step, min(gap, 2.0)) / (scale.high - scale.low)
    assert back == pytest.approx(fraction, abs=about) or back == 1.0


@given(scales())
def test_off_is_off(scale: Scale) -> None:
    off = scale.raw(0.0)
    assert off == (scale.low if scale.off is None else scale.off)


@given(
    st.integers(-100, 100),
    st.integers(1, 400),
    st.sampled_from([1.0, 2.0, 10.0]),
    st.sampled_from([0.0, 5.0, -40.0]),
    st.integers(0, 2),
    st.floats(-500, 500),
)
def test_what_is_shown_goes_round(
    low: int, length: int, divisor: float, offset: float, decimals: int, wanted: float
) -> None:
    span = Range(
        low=low, high=low + length, divisor=divisor, offset=offset, decimals=decimals
    )
    raw = span.raw(wanted)
    assert span.low <= raw <= span.high
    assert span.raw(span.shown(raw)) == pytest.approx(raw)


def test_celsius_may_be_doubled() -> None:
    span = Range(low=10, high=70, divisor=2, decimals=1)
    assert span.shown(44) == 22.0
    assert span.raw(21.5) == 43


@pytest.mark.parametrize(
    ("pairs", "value", "on"),
    [
        ([pair("Off", 0, 2), pair("On", 255, 1)], 99, True),
        ([pair("Off", 5, 2), pair("On", 1, 1)], 0, True),
        ([pair("Off", 5, 2), pair("On", 1, 1)], 5, False),
        ([pair("On", 1, 1)], 0, None),
        ([pair("On", 1, 1)], 1, True),
        ([pair(" on ", 1), pair("OFF", -1)], -1, False),
        ([pair("Off", 0, 2)], None, None),
    ],
)
def test_on_is_what_off_is_not(
    pairs: list[Raw], value: float | None, on: bool | None
) -> None:
    assert is_on(controls(*pairs), value) is on


def test_a_use_goes_before_a_label() -> None:
    found = controls(pair("On", 7), pair("Full", 9, 1)).find(Use.ON)
    assert found is not None
    assert found.value == 9


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(feature(1))), anything)
def test_any_field_of_a_device_may_be_anything(key: str, value: object) -> None:
    read = read_feature({**feature(1), key: value})
    assert read is None or isinstance(read.ref, int)


@given(st.sampled_from(sorted(DIMMER[3])), anything)
def test_any_field_of_a_control_may_be_anything(key: str, value: object) -> None:
    for read in read_pairs({"ControlPairs": [{**DIMMER[3], key: value}]}):
        assert read.value == read.value


@given(st.sampled_from(sorted(DIMMER[3]["Range"])), anything)
def test_any_field_of_a_range_may_be_anything(key: str, value: object) -> None:
    raw = {**DIMMER[3], "Range": {**DIMMER[3]["Range"], key: value}}
    for read in read_pairs({"ControlPairs": [raw]}):
        assert read.range is None or read.range.low < read.range.high


@given(anything)
def test_anything_may_stand_for_a_device(value: object) -> None:
    assert read_feature(value) is None or isinstance(value, dict)
    assert read_pairs(value) == () or isinstance(value, dict)


def test_a_status_is_plain_text() -> None:
    assert plain_text("<b>Clear</b>, 18&deg;<i>C</i>") == "Clear, 18°C"
    assert plain_text('<span class="x">21&deg; C</span> <br/>warm') == "21° C warm"
