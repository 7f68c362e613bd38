"""Listening at the ASCII port, of a scripted and of a simulated system."""

import asyncio
import logging

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.client import Account, Site
from custom_components.crestron_homeseer.homeseer.push import (
    ANSWER_TIMEOUT,
    AsciiPush,
    changed_ref,
    lines_of,
)
from simulator.homeseer import HomeSeerSystem

from .ascii_port import VERSION, AsciiServer, Make, Time, until
from .common import PASSWORD, USER, told

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
    await until(lambda: refs == [(42, 7)])
    for part in (b"DC,4", b"3,100", b",0\r", b"\nDC,7,1,0\r\nDC,8"):
        port.send(part)
        await asyncio.sleep(0.01)
    assert refs[1:] == [(43,), (7,)]
    port.send(b"\x00\xff\r\nDC\r\nDC,x,1,2\r\nDC,-1,1,2\r\nerror\r\n\r\n4.2\r\n")
    port.send(b"DC," + b"9" * 200_000 + b"\r\nDC,5,1,2\r\n")
    await until(lambda: refs[-1] == (5,))
    assert len(refs) == 4
    assert push.healthy


# The login


async def test_it_logs_in_where_a_password_is_known(
    make: Make, port: AsciiServer, refs: Refs
) -> None:
    port.answers["au"] = b"DC,5,1,0\r\nok\r\n"
    push = make(USER, "secret")
    push.start()
    await until(lambda: push.healthy)
    assert port.lines == ["vr", f"au,{USER},secret"]
    # Changes come also between a login and its answer.
    assert refs == [(5,)]


@pytest.mark.parametrize(
    ("username", "password"),
    [(USER, "a,b"), ("a,b", "x"), (USER, "a\r\nb"), ("", "x"), (None, None)],
)
async def test_what_cannot_be_written_is_not_sent(
    make: Make, port: AsciiServer, username: str | None, password: str | None
) -> None:
    push = make(username, password)
    push.start()
    await until(lambda: push.healthy)
    assert port.lines == ["vr"]


@pytest.mark.parametrize("answer", [b"ok\r\n", b"error, not authorized\r\n", None])
async def test_changes_come_without_a_login_too_and_nobody_sees_it(
    make: Make,
    port: AsciiServer,
    time: Time,
    refs: Refs,
    caplog: pytest.LogCaptureFixture,
    answer: bytes | None,
) -> None:
    caplog.set_level(logging.DEBUG)
    port.answers["au"] = answer
    push = make(USER, PASSWORD)
    push.start()
    await until(lambda: len(port.lines) == 2)
    if answer is None:
        await time.pass_by(ANSWER_TIMEOUT)
    await until(lambda: push.healthy)
    port.send(b"DC,5,1,0\r\n")
    await until(lambda: bool(refs))
    port.hang_up()
    await until(lambda: not push.healthy)
    shown = told([], caplog) + repr(push)
    assert USER not in shown
    assert PASSWORD not in shown


async def test_the_version_may_come_only_after_the_login_and_lines_keep_their_distance(
    make: Make, port: AsciiServer, time: Time
) -> None:
    port.answers["vr"] = b"error, not authorized\r\n"
    times: list[float] = []

    def on_line(line: str) -> None:
        times.append(time.now)
        if line.startswith("au"):
            port.answers["vr"] = VERSION

    port.on_line = on_line
    push = make(USER, "secret")
    push.start()
    await until(lambda: push.healthy)
    assert [line[:2] for line in port.lines] == ["vr", "au", "vr"]
    assert times[1] - times[0] >= 0.05
    assert times[2] - times[1] >= 0.05


# A simulated system


@pytest.mark.parametrize(
    "fault",
    [None, "ascii_garbage", "ascii_half_lines", "ascii_interleaved", "comma_decimals"],
)
async def test_a_simulated_system_reports_changes_also_after_a_restart(
    real: HomeSeerSystem, lamp: int, fault: str | None
) -> None:
    refs: set[int] = set()
    gaps: list[int] = []
    assert real.ascii_port is not None
    push = AsciiPush(
        Site.local(real.host, account=Account("guest", "guest")),
        real.ascii_port,
        on_refs=refs.update,
        on_gap=lambda: gaps.append(1),
    )
    push.start()
    if fault:
        real.faults.on(fault)
    await until(lambda: push.healthy)
    assert real.ascii_lines == ["vr", "au,guest,guest"]
    feature = real.model.by_ref(lamp)
    feature.report(255.0 if feature.value == 0 else 0.0)
    await until(lambda: lamp in refs)
    if fault is None:
        await real.restart()
        await until(lambda: len(gaps) == 3)
        assert real.ascii_connections == 1
        real.faults.on("ascii_flood")
        await until(lambda: refs == set(real.model.features))
    await push.stop()
    await until(lambda: real.ascii_connections == 0)
