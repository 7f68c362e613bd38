"""Listening at the ASCII port, of a scripted and of a simulated system."""

import asyncio
import logging
import socket

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.push import (
    ANSWER_TIMEOUT,
    AsciiPush,
    changed_ref,
    lines_of,
)
from custom_components.crestron_homeseer.house import connection

from ..common import until
from .ascii_port import VERSION, AsciiServer, Make, Time

type Refs = list[tuple[int, ...]]

# Lines


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
        b"\rDC,%d,1,0\r\n" % part if isinstance(part, int) else part + b"\n"
        for part in parts
    )
    refs = [changed_ref(line) for line in lines_of(stream)[0]]
    assert {part for part in parts if isinstance(part, int)} <= set(refs)
    found: list[int | None] = []
    rest = b""
    for cut in (*cuts, len(stream)):
        lines, rest = lines_of(rest + stream[:cut])
        found += map(changed_ref, lines)
        stream = stream[cut:]
    assert found == refs


# What comes in


async def test_changes_are_passed_on_as_they_come(
    push: AsciiPush, port: AsciiServer, refs: Refs, gaps: list[int]
) -> None:
    assert port.lines == ["vr"]
    # What changed before did not come.
    assert gaps == [1]
    port.send(b"DC,42,100,0\r\nDC,7,1,0\r\nDC,42,0,100\r\n")
    await until(lambda: refs == [(7, 42)])
    for part in (b"DC,4", b"3,100", b",0\r", b"\nDC,7,1,0\r\nDC,8"):
        port.send(part)
        await asyncio.sleep(0.01)
    assert refs[1:] == [(43,), (7,)]
    port.send(b"\x00\xff\r\nDC\r\nDC,x,1,2\r\nDC,-1,1,2\r\nerror\r\n\r\n4.2\r\n")
    port.send(b"DC," + b"9" * 200_000 + b"\r\nDC,5,1,2\r\n")
    await until(lambda: refs[-1] == (5,))
    assert len(refs) == 4
    assert push.healthy


@pytest.mark.parametrize(
    ("answer", "alive"),
    [
        (VERSION, True),
        (b"DC,5,1,0\r\n", True),
        # It tells its version only to who has logged in, and changes to everybody.
        (b"error, not authorized\r\n", True),
        (b"SSH-2.0-OpenSSH\r\n", False),
        (b"error\r\n", False),
        (None, False),
    ],
)
async def test_only_homeseer_pushes(
    make: Make, port: AsciiServer, time: Time, answer: bytes | None, alive: bool
) -> None:
    port.answer = answer
    push = make()
    push.start()
    await until(lambda: port.lines == ["vr"])
    await asyncio.sleep(0.02)
    await time.pass_by(ANSWER_TIMEOUT)
    assert push.healthy is alive
    if not alive:
        await until(lambda: not port.writers)
        assert await time.retry() >= 240


# Silence


@pytest.mark.parametrize(
    ("answer", "alive"), [(None, False), (b"DC,1,2,3\r\n", True), (VERSION, True)]
)
async def test_who_neither_answers_nor_reports_changes_is_dead(
    push: AsciiPush,
    port: AsciiServer,
    time: Time,
    gaps: list[int],
    answer: bytes | None,
    alive: bool,
) -> None:
    await time.pass_by(30.0)
    # A change is as good as an answer.
    port.send(b"DC,1,2,3\r\n")
    await asyncio.sleep(0.02)
    port.answer = answer
    await time.pass_by(30.0)
    await time.pass_by(29.0)
    assert port.lines == ["vr"]
    await time.pass_by(1.0)
    await until(lambda: port.lines == ["vr", "vr"])
    assert push.healthy
    await asyncio.sleep(0.02)
    await time.pass_by(ANSWER_TIMEOUT)
    await until(lambda: push.healthy is alive)
    if not alive:
        port.answer = VERSION
        await time.retry()
        await until(lambda: push.healthy)
    assert gaps == ([1] if alive else [1, 1, 1])
    assert (port.made, port.most) == (len(gaps) // 2 + 1, 1)


# Connections


async def test_a_lost_connection_is_made_again_and_everything_read(
    push: AsciiPush, port: AsciiServer, time: Time, gaps: list[int], refs: Refs
) -> None:
    port.send(b"DC,4")
    await asyncio.sleep(0.02)
    port.hang_up()
    # What changes from here on does not come.
    await until(lambda: gaps == [1, 1])
    assert not push.healthy
    await time.retry()
    await until(lambda: push.healthy)
    assert gaps == [1, 1, 1]
    assert (port.made, port.most) == (2, 1)
    # Half a line of the lost connection is forgotten.
    port.send(b"2,1,0\r\nDC,7,1,0\r\n")
    await until(lambda: bool(refs))
    assert refs == [(7,)]


@pytest.mark.usefixtures("push")
async def test_the_worse_it_is_the_longer_it_waits(
    port: AsciiServer, time: Time
) -> None:
    await port.close()
    wanted = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    shares = [await time.retry() / base for base in wanted]
    assert all(0.8 <= share <= 1.2 for share in shares)
    # Not all at the same moment.
    assert len(set(shares)) > 5


@pytest.mark.parametrize(
    ("held", "least", "most"), [(0.0, 4.0, 12.0), (61.0, 0.8, 1.2)]
)
async def test_only_a_connection_that_held_is_made_again_at_once(
    push: AsciiPush,
    port: AsciiServer,
    time: Time,
    held: float,
    least: float,
    most: float,
) -> None:
    for _ in range(4):
        time.now += held
        port.hang_up()
        await until(lambda: not push.healthy)
        wait = await time.retry()
        await until(lambda: push.healthy)
    assert least <= wait <= most


async def test_a_port_that_is_closed_is_no_reason_to_complain(
    make: Make, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, connection.__name__)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        push = make(at=bound.getsockname()[1])
        push.start()
        for _ in range(3):
            assert 240 <= await time.retry() <= 360
    assert not push.healthy
    lines = [rec for rec in caplog.records if rec.name == connection.__name__]
    assert [rec.levelno for rec in lines] == [logging.DEBUG]


@pytest.mark.parametrize("clumsy", ["on_refs", "on_gap"])
async def test_what_a_listener_gets_wrong_is_logged_and_ends_the_connection_alone(
    make: Make,
    port: AsciiServer,
    time: Time,
    caplog: pytest.LogCaptureFixture,
    clumsy: str,
) -> None:
    failures = [ZeroDivisionError]

    def fail(*refs: object) -> None:
        if failures:
            raise failures.pop()

    push = make(**{clumsy: fail})
    push.start()
    if clumsy == "on_refs":
        await until(lambda: push.healthy)
        port.send(b"DC,1,2,3\r\n")
    await time.retry()
    await until(lambda: push.healthy)
    assert port.made == 2
    assert "ASCII port went wrong" in caplog.text
    # It was expected.
    caplog.clear()


@pytest.mark.parametrize("moment", [0, 1, 2, 3, 5, 8, 20, "silent", "lost", "again"])
async def test_it_can_be_stopped_at_any_moment_and_begun_again(
    make: Make, port: AsciiServer, moment: int | str
) -> None:
    before = asyncio.all_tasks()
    push = make()
    await push.stop()
    if moment == "silent":
        port.answer = None
    push.start()
    push.start()
    if isinstance(moment, int):
        for _ in range(moment):
            await asyncio.sleep(0)
    elif moment == "silent":
        await until(lambda: port.lines == ["vr"])
    else:
        await until(lambda: push.healthy)
    if moment == "lost":
        port.hang_up()
        await until(lambda: not push.healthy)
    await push.stop()
    await push.stop()
    left = [repr(task) for task in asyncio.all_tasks() - before]
    assert not [task for task in left if "custom_components" in task]
    assert not push.healthy
    await until(lambda: not port.writers)
    assert port.made <= 1
    if moment == "again":
        push.start()
        await until(lambda: push.healthy)
        assert (port.made, port.most) == (2, 1)
