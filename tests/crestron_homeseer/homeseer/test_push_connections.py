"""How the connection to the ASCII port is made, kept, lost and made again."""

import asyncio
import logging
import socket

import pytest

from custom_components.crestron_homeseer.homeseer.push import ANSWER_TIMEOUT, AsciiPush
from custom_components.crestron_homeseer.house import connection

from .ascii_port import VERSION, AsciiServer, Make, Time, until
from .common import USER

# Silence


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
    def take_a_moment(line: str) -> None:
        time.now += 0.01

    port.on_line = take_a_moment
    port.answers["vr"] = answer
    await time.pass_by(60.0)
    await until(lambda: len(port.lines) == 2)
    assert push.healthy
    await asyncio.sleep(0.02)
    await time.pass_by(ANSWER_TIMEOUT)
    await until(lambda: push.healthy is alive)
    if not alive:
        port.answers["vr"] = VERSION
        await time.retry()
        await until(lambda: push.healthy)
    assert gaps == ([1] if alive else [1, 1, 1])
    assert (port.made, port.most) == (len(gaps) // 2 + 1, 1)


# Connections


async def test_a_lost_connection_is_made_again_and_everything_read(
    push: AsciiPush,
    port: AsciiServer,
    time: Time,
    gaps: list[int],
    refs: list[tuple[int, ...]],
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


async def test_the_worse_it_is_the_longer_it_waits(
    push: AsciiPush, port: AsciiServer, time: Time
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
        port.send(b"DC,1,2,3\r\n")
        await asyncio.sleep(0.02)
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


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n", b"error\r\n", None])
async def test_something_else_at_the_port_does_not_push(
    make: Make, port: AsciiServer, time: Time, answer: bytes | None
) -> None:
    port.answers["vr"] = answer
    push = make()
    push.start()
    await until(lambda: port.lines == ["vr"])
    await time.pass_by(ANSWER_TIMEOUT)
    await until(lambda: not port.writers)
    assert not push.healthy
    assert await time.retry() >= 240


@pytest.mark.parametrize("clumsy", ["on_refs", "on_gap"])
async def test_what_a_listener_gets_wrong_is_logged_and_ends_the_connection_alone(
    make: Make,
    port: AsciiServer,
    time: Time,
    caplog: pytest.LogCaptureFixture,
    clumsy: str,
) -> None:
    failures = [ZeroDivisionError, None, None, None, None]

    def fail(*refs: object) -> None:
        if failures and (error := failures.pop(0)):
            raise error

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


# Starting and stopping


async def test_it_begins_once_and_may_begin_again(
    make: Make, port: AsciiServer
) -> None:
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


@pytest.mark.parametrize("moment", [0, 1, 2, 3, 5, 8, 20, "vr", "au", "lost"])
async def test_it_can_be_stopped_at_any_moment(
    make: Make, port: AsciiServer, moment: int | str
) -> None:
    before = asyncio.all_tasks()
    push = make(USER, "secret")
    if isinstance(moment, str):
        port.answers[moment] = None
    push.start()
    if moment == "lost":
        await until(lambda: push.healthy)
        port.hang_up()
        await until(lambda: not push.healthy)
    elif isinstance(moment, str):
        await until(lambda: any(line.startswith(moment) for line in port.lines))
    else:
        for _ in range(moment):
            await asyncio.sleep(0)
    await push.stop()
    left = [repr(task) for task in asyncio.all_tasks() - before]
    assert not [task for task in left if "custom_components" in task]
    assert not push.healthy
    await until(lambda: not port.writers)
    assert port.made <= 1
