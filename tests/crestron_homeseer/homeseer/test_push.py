"""Listening at the ASCII port."""

import asyncio

import pytest

from custom_components.crestron_homeseer.homeseer import push as push_module
from custom_components.crestron_homeseer.homeseer.push import AsciiPush

from .ascii_port import VERSION, AsciiServer, Make, Time, until
from .common import PASSWORD, USER

# What is heard


async def test_it_is_healthy_once_homeseer_has_answered(
    make: Make, port: AsciiServer, gaps: list[int]
) -> None:
    push = make()
    assert not push.healthy
    push.start()
    await until(lambda: push.healthy)
    assert port.lines == ["vr"]
    # What changed before was not told.
    assert gaps == [1]


async def test_changes_are_told_chunk_by_chunk(
    push: AsciiPush, port: AsciiServer, refs: list[tuple[int, ...]]
) -> None:
    port.send(b"DC,42,100,0\r\nDC,7,1,0\r\nDC,42,0,100\r\n")
    await until(lambda: bool(refs))
    assert refs == [(42, 7)]
    port.send(b"DC,8,12968148.304839,12968147.504409\r\n")
    await until(lambda: len(refs) == 2)
    assert refs[1] == (8,)


async def test_half_lines_wait_for_the_other_half(
    push: AsciiPush, port: AsciiServer, refs: list[tuple[int, ...]]
) -> None:
    for part in (b"DC,4", b"2,100", b",0\r", b"\nDC,7,1,0\r\nDC,8"):
        port.send(part)
        await asyncio.sleep(0.01)
    assert refs == [(42,), (7,)]


async def test_garbage_is_no_change(
    push: AsciiPush, port: AsciiServer, refs: list[tuple[int, ...]]
) -> None:
    port.send(b"\x00\xff\r\nDC\r\nDC,x,1,2\r\nDC,-1,1,2\r\nerror\r\n\r\n4.2\r\n")
    port.send(b"DC," + b"9" * 200_000 + b"\r\nDC,5,1,2\r\n")
    await until(lambda: bool(refs))
    assert refs == [(5,)]
    assert push.healthy


# The login


async def test_it_logs_in_where_a_password_is_known(
    make: Make, port: AsciiServer, refs: list[tuple[int, ...]]
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


@pytest.mark.parametrize("answer", [b"error, not authorized\r\n", None])
async def test_pushes_come_without_a_login_too(
    make: Make,
    port: AsciiServer,
    time: Time,
    refs: list[tuple[int, ...]],
    answer: bytes | None,
) -> None:
    port.answers["au"] = answer
    push = make(USER, PASSWORD)
    push.start()
    await until(lambda: len(port.lines) == 2)
    if answer is None:
        await time.pass_by(push_module.ANSWER_TIMEOUT)
    await until(lambda: push.healthy)
    port.send(b"DC,5,1,0\r\n")
    await until(lambda: bool(refs))


async def test_a_version_may_be_told_only_after_the_login(
    make: Make, port: AsciiServer
) -> None:
    port.answers["vr"] = b"error, not authorized\r\n"

    def logged_in(line: str) -> None:
        if line.startswith("au"):
            port.answers["vr"] = VERSION

    port.on_line = logged_in
    push = make(USER, "secret")
    push.start()
    await until(lambda: push.healthy)
    assert [line[:2] for line in port.lines] == ["vr", "au", "vr"]


async def test_lines_keep_their_distance(
    make: Make, port: AsciiServer, time: Time
) -> None:
    times: list[float] = []
    port.on_line = lambda line: times.append(time.now)
    push = make(USER, "secret")
    push.start()
    await until(lambda: push.healthy)
    assert times[1] - times[0] >= 0.05


async def test_a_mistake_of_who_listens_is_logged_and_ends_the_connection(
    make: Make, port: AsciiServer, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError

    push = make(on_gap=fail)
    push.start()
    await until(lambda: bool(time.retries))
    assert "ASCII port went wrong" in caplog.text
    assert not push.healthy
    # It was expected.
    caplog.clear()
