"""What comes in at the ASCII port is cut into lines, whatever it is."""

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.push import Lines, changed_ref


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


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_are_lines(chunks: list[bytes]) -> None:
    lines = Lines()
    found = [line for chunk in chunks for line in lines.feed(chunk)]
    whole = b"".join(chunks).replace(b"\r", b"\n").split(b"\n")[:-1]
    # It does not matter where the chunks were cut.
    assert found == [line.strip() for line in whole if line.strip()]
    for line in found:
        ref = changed_ref(line)
        assert ref is None or 0 <= ref < 10**10


@given(st.lists(st.integers(0, 10**6), min_size=1), st.data())
def test_no_change_is_lost_wherever_it_is_cut(
    refs: list[int], data: st.DataObject
) -> None:
    stream = b"".join(b"DC,%d,1,0\r\n" % ref for ref in refs)
    lines, found = Lines(), []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        found += [changed_ref(line) for line in lines.feed(stream[:cut])]
        stream = stream[cut:]
    assert found == refs


@given(st.integers(4097, 20_000), st.integers(1, 5000))
def test_a_line_without_end_is_dropped_and_no_other(length: int, size: int) -> None:
    stream = b"DC,1,0,0\r\n" + b"x" * length + b"\r\nDC,2,0,0\r\n"
    lines, found = Lines(), []
    for start in range(0, len(stream), size):
        found += list(lines.feed(stream[start : start + size]))
        assert len(lines._rest) <= 4096
    assert found == [b"DC,1,0,0", b"DC,2,0,0"]
