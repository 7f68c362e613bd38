"""What comes in at the ASCII port is cut into lines, whatever it is."""

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.push import changed_ref, lines_of


@pytest.mark.parametrize(
    ("line", "ref"),
    [
        (b"DC,42,100,0", 42),
        (b"dc,42,1,5,0,5", 42),
        (b" DC , 42 ,x", 42),
        (b"DC,42", 42),
        (b"DC,42\xff,1", None),
        (b"DC,4.2,1,0", None),
        (b"DC,-42,1,0", None),
        (b"DC,99999999999,1,0", None),
        ("DC,٣,1,0".encode(), None),
        (b"DC42,1,0", None),
        (b"XDC,42,1,0", None),
        (b"", None),
    ],
)
def test_only_the_ref_of_a_line_counts(line: bytes, ref: int | None) -> None:
    assert changed_ref(line) == ref


@given(
    st.lists(st.integers(0, 10**6) | st.binary(max_size=40), min_size=1),
    st.lists(st.integers(1, 30)),
)
def test_it_does_not_matter_where_a_stream_is_cut(
    parts: list[int | bytes], cuts: list[int]
) -> None:
    stream = b"".join(
        b"DC,%d,1,0\r\n" % part if isinstance(part, int) else part + b"\n"
        for part in parts
    )
    whole, _ = lines_of(stream)
    refs = [ref for line in whole if (ref := changed_ref(line)) is not None]
    assert [part for part in parts if isinstance(part, int)] == refs or any(
        isinstance(part, bytes) for part in parts
    )
    found, rest = [], b""
    for cut in (*cuts, len(stream)):
        lines, rest = lines_of(rest + stream[:cut])
        found += [ref for line in lines if (ref := changed_ref(line)) is not None]
        stream = stream[cut:]
    assert found == refs


def test_a_line_without_end_takes_no_room_and_hides_no_other() -> None:
    stream = b"DC,1,0,0\r\n" + b"x" * 200_000 + b"\r\nDC,2,0,0\r\n"
    found, rest = [], b""
    for start in range(0, len(stream), 5000):
        lines, rest = lines_of(rest + stream[start : start + 5000])
        assert len(rest) <= 4096
        found += map(changed_ref, lines)
    assert [ref for ref in found if ref is not None] == [1, 2]
