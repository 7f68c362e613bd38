"""How the connection to the ASCII port is made, kept, lost and made again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import logging
import socket

import pytest

from custom_components.crestron_homeseer.homeseer import push as push_module
from custom_components.crestron_homeseer.homeseer.push import AsciiPush
from custom_components.crestron_homeseer.house import connection

from .ascii_port import VERSION, AsciiServer, Make, Time, until
from .common import PASSWORD, USER, told


async def test_silence_is_asked_about(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    await time.pass_by(59.0)
    assert port.lines == ["vr"]
    await time.pass_by(1.0)
    await until(lambda: port.lines == ["vr", "vr"])
    await time.pass_by(30.0)
    # A change is as good as an answer.
    port.send(b"DC,1,2,3\r\n")
    await asyncio.sleep(0.02)
    await time.pass_by(59.0)
    assert port.lines == ["vr", "vr"]
    assert push.healthy
    assert port.made == 1


async def test_who_does_not_answer_is_dead(
    push: AsciiPush, port: AsciiServer, time: Time, gaps: list[int]
) -> None:
    port.answers["vr"] = None
    await time.pass_by(60.0)
    await until(lambda: len(port.lines) == 2)
    assert push.healthy
    await time.pass_by(push_module.ANSWER_TIMEOUT)
    await until(lambda: not push.healthy)
    port.answers["vr"] = VERSION
    await until(lambda: not port.writers)
    await time.pass_by(2.0)
    await until(lambda: push.healthy)
    assert gaps == [1, 1, 1]
    assert port.most == 1


async def test_who_tells_changes_is_not_dead(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    port.answers["vr"] = b"DC,1,2,3\r\n"

    def take_a_moment(line: str) -> None:
        time.now += 0.01

    port.on_line = take_a_moment
    await time.pass_by(60.0)
    await until(lambda: len(port.lines) == 2)
    await asyncio.sleep(0.02)
    await time.pass_by(push_module.ANSWER_TIMEOUT)
    assert push.healthy
    assert port.made == 1


async def test_a_lost_connection_is_made_again_and_everything_read(
    push: AsciiPush, port: AsciiServer, time: Time, gaps: list[int]
) -> None:
    port.hang_up()
    await until(lambda: not push.healthy)
    # What changes from here on is not told either.
    await until(lambda: gaps == [1, 1])
    await time.pass_by(2.0)
    await until(lambda: push.healthy)
    assert gaps == [1, 1, 1]
    assert (port.made, port.most) == (2, 1)


async def test_half_a_line_of_a_lost_connection_is_forgotten(
    push: AsciiPush, port: AsciiServer, time: Time, refs: list[tuple[int, ...]]
) -> None:
    port.send(b"DC,4")
    await asyncio.sleep(0.02)
    port.hang_up()
    await until(lambda: not push.healthy)
    await time.pass_by(2.0)
    await until(lambda: push.healthy)
    port.send(b"2,1,0\r\nDC,7,1,0\r\n")
    await until(lambda: bool(refs))
    assert refs == [(7,)]


async def test_the_worse_it_is_the_longer_it_waits(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    await port.close()
    await until(lambda: not push.healthy)
    for _ in range(11):
        await until(lambda: bool(time.retries))
        await time.pass_by(time.retries[-1])
        await asyncio.sleep(0.01)
    wanted = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    waits = time.all_retries
    for wait, base in zip(waits, wanted, strict=False):
        assert 0.8 * base <= wait <= 1.2 * base
    assert len(waits) >= len(wanted)
    # Not all at the same moment.
    assert len({wait / base for wait, base in zip(waits, wanted, strict=False)}) > 5


async def test_who_breaks_off_again_and_again_is_not_hammered(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    for _ in range(4):
        port.hang_up()
        await until(lambda: not push.healthy)
        await until(lambda: bool(time.retries))
        await time.pass_by(time.retries[-1])
        await until(lambda: push.healthy)
    assert time.all_retries[3] > time.all_retries[0] * 4


async def test_a_connection_that_held_is_made_again_at_once(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    for _ in range(3):
        port.send(b"DC,1,2,3\r\n")
        await asyncio.sleep(0.02)
        time.now += 61.0
        port.hang_up()
        await until(lambda: not push.healthy)
        await until(lambda: bool(time.retries))
        assert time.retries[-1] <= 1.2
        await time.pass_by(time.retries[-1])
        await until(lambda: push.healthy)


async def test_a_port_that_is_closed_is_no_reason_to_complain(
    make: Make, port: AsciiServer, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, connection.__name__)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        push = make(at=bound.getsockname()[1])
        push.start()
        for _ in range(3):
            await until(lambda: bool(time.retries))
            assert 240 <= time.retries[-1] <= 360
            await time.pass_by(time.retries[-1])
            await asyncio.sleep(0.02)
    assert not push.healthy
    lines = [rec for rec in caplog.records if rec.name == connection.__name__]
    assert [rec.levelno for rec in lines] == [logging.DEBUG]


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n", b"error\r\n", None])
async def test_something_else_at_the_port_does_not_push(
    make: Make, port: AsciiServer, time: Time, answer: bytes | None
) -> None:
    port.answers["vr"] = answer
    push = make()
    push.start()
    await until(lambda: port.lines == ["vr"])
    await time.pass_by(push_module.ANSWER_TIMEOUT)
    await until(lambda: not port.writers)
    assert not push.healthy
    await until(lambda: bool(time.retries))
    assert time.retries[-1] >= 240


async def test_what_a_listener_gets_wrong_ends_nothing(
    make: Make, port: AsciiServer, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    def clumsy(*refs: object) -> None:
        raise ZeroDivisionError

    push = make(on_refs=clumsy)
    push.start()
    await until(lambda: push.healthy)
    port.send(b"DC,1,2,3\r\n")
    await until(lambda: not push.healthy)
    await time.pass_by(2.0)
    await until(lambda: push.healthy)
    await push.stop()
    other = make(on_gap=clumsy)
    other.start()
    await until(lambda: caplog.text.count("ZeroDivisionError") >= 2)
    await other.stop()
    # This was expected.
    caplog.clear()


async def test_it_begins_once(make: Make, port: AsciiServer) -> None:
    push = make()
    await push.stop()
    push.start()
    push.start()
    await until(lambda: push.healthy)
    await push.stop()
    await push.stop()
    assert not push.healthy
    push.start()
    await until(lambda: push.healthy)
    assert (port.made, port.most) == (2, 1)


@asynccontextmanager
async def nothing_left() -> AsyncGenerator[None]:
    """Make sure that no task stays behind."""
    before = asyncio.all_tasks()
    yield
    left = {
        task
        for task in asyncio.all_tasks() - before
        if "push" in repr(task) or "listener" in repr(task)
    }
    assert left == set()


@pytest.mark.parametrize("moment", [0, 1, 2, 3, 5, 8, 20])
async def test_it_can_be_stopped_at_any_moment(
    make: Make, port: AsciiServer, moment: int
) -> None:
    async with nothing_left():
        push = make(USER, "secret")
        push.start()
        for _ in range(moment):
            await asyncio.sleep(0)
        await push.stop()
    assert not push.healthy
    await until(lambda: not port.writers)


@pytest.mark.parametrize("question", ["vr", "au"])
async def test_it_can_be_stopped_while_it_waits(
    make: Make, port: AsciiServer, question: str
) -> None:
    port.answers[question] = None
    async with nothing_left():
        push = make(USER, "secret")
        push.start()
        await until(lambda: any(line.startswith(question) for line in port.lines))
        await push.stop()
    await until(lambda: not port.writers)


async def test_it_can_be_stopped_between_connections(
    push: AsciiPush, port: AsciiServer, time: Time
) -> None:
    port.hang_up()
    await until(lambda: bool(time.retries))
    await push.stop()
    assert port.made == 1


@pytest.mark.parametrize("answer", [b"ok\r\n", b"error, not authorized\r\n"])
async def test_the_login_is_told_to_nobody_else(
    make: Make, port: AsciiServer, caplog: pytest.LogCaptureFixture, answer: bytes
) -> None:
    caplog.set_level(logging.DEBUG)
    port.answers["au"] = answer
    push = make(USER, PASSWORD)
    push.start()
    await until(lambda: push.healthy)
    port.hang_up()
    await until(lambda: not push.healthy)
    shown = told([], caplog) + repr(push)
    assert USER not in shown
    assert PASSWORD not in shown
