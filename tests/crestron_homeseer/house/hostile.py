"""Whatever JSON can hold."""

from hypothesis import strategies as st

# Text that looks like a number, or like what a number must not be.
ODD_TEXTS = (
    *("", " ", "0", "-5", " 7 ", "1e3", "1e999", "nan", "inf", "-Infinity", "1_000"),
    *("0x10", "٣", "²", "true", "None", "Locked", "Off", "\x00"),
)

json_texts = st.one_of(st.text(max_size=12), st.sampled_from(ODD_TEXTS))
json_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.integers(-3, 70000),
    st.floats(allow_nan=False, allow_infinity=False),
    json_texts,
)
json_values = st.recursive(
    json_leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(json_texts, inner, max_size=4)
    ),
    max_leaves=10,
)
