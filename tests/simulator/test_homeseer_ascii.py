"""The ASCII port: commands and pushes by line."""

import asyncio
from contextlib import suppress

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import (
    Command,
    HomeSeerSystem,
    Model,
    Rights,
    User,
    default_system,
)
from simulator.homeseer.ascii import GARBAGE, GARBAGE_LONG

from .homeseer import Lines

NOT_AUTHORIZED = "error, not authorized"
BAD_FORMAT = "error, bad format"
VERSION = "4.2.22.4"
MODEL = default_system()
MODE, DIMMER = MODEL.find("House Mode").ref, MODEL.find("Kitchen Dimmer").ref
TEXT = MODEL.find("Message of the Day").ref
PLACE = "Main Floor,Hallway"
LOG = MODEL.find("Door Lock Logging", root="Front Door Lock")


# Commands


async def test_each_line_is_answered(system: HomeSeerSystem, model: Model) -> None:
    system.change(ascii_gap=0.0)
    talk = [
        # The version needs no login.
        (" VR ", VERSION),
        ("gs", NOT_AUTHORIZED),
        (f"cv,{MODE},1", NOT_AUTHORIZED),
        ("au,default,wrong", NOT_AUTHORIZED),
        ("au,default", BAD_FORMAT),
        # A comma in a password cannot be sent.
        ("au,default,a,b", BAD_FORMAT),
        ("AU,default,default", "ok"),
        ("nonsense,1", BAD_FORMAT),
        ("cv,1", BAD_FORMAT),
        ("gs,99999", "error"),
        (
            f"gs,{LOG.ref}",
            f"{LOG.ref},{LOG.root},Lock: Access Code\\, User 3,Door Lock Logging,{PLACE}",
        ),
        (f"gs,{MODE}", f"{MODE},0,Home,House Mode,,Virtual"),
        (
            f"gc,{DIMMER}",
            f"{DIMMER},On Last Level=255,Dim (value)%=1->98,On=99,Off=0",
        ),
        (f"gc,{TEXT}", f"{TEXT},Text="),
        (f"CV,{MODE},1", f"DC,{MODE},1,0"),
        ("vr", "ok"),
        ("vr", VERSION),
        (f"cl,{DIMMER},off", VERSION),
        (f"cv,{DIMMER},12345", "ok"),
        (f"cl,{DIMMER},12345", "error"),
        ("lo", "error"),
        ("gs", "ok"),
    ]
    async with Lines(system) as lines:
        assert [(line, await lines.ask(line)) for line, _ in talk] == talk
        assert await lines.read() == NOT_AUTHORIZED
        await lines.log_in()
        assert len((await lines.ask("gs")).split("|")) == len(model.features)
        assert f"|{TEXT},Text=" in await lines.ask("gc")
    assert system.ascii_lines[:2] == ["VR", "gs"]
    assert system.commands == [
        Command(MODE, 1, "ascii"),
        Command(DIMMER, 0, "ascii"),
    ]


@pytest.mark.parametrize(
    "pieces", [b"vr\r\n", b"vr\r", b"vr\n", (b"v", b"r", b"\r\n\r\n")]
)
async def test_a_line_has_several_ends_and_may_come_in_pieces(
    system: HomeSeerSystem, pieces: bytes | tuple[bytes, ...]
) -> None:
    async with Lines(system) as lines:
        for piece in pieces if isinstance(pieces, tuple) else (pieces,):
            lines.writer.write(piece)
            await asyncio.sleep(0.01)
        assert await lines.read() == VERSION
        assert await lines.silent(0.02)


async def test_logins_are_users_and_hold_for_an_address(
    model: Model, socket_enabled: None
) -> None:
    users = (User("guest", "g", Rights.GUEST), User("ann", "a", Rights.NORMAL))
    async with HomeSeerSystem(model, auth=("me", "it"), users=users) as system:
        async with Lines(system) as first:
            assert await first.log_in() == NOT_AUTHORIZED
            assert await first.log_in("guest", "g") == NOT_AUTHORIZED
            assert await first.log_in("me", "it") == "ok"
            assert await first.log_in("ANN", "a") == "ok"
        async with Lines(system) as second, Lines(system, "127.0.0.2") as other:
            assert await second.ask("gs,99999") == "error"
            assert await other.ask("gs,99999") == NOT_AUTHORIZED
            await system.restart()
        async with Lines(system) as third:
            assert await third.ask("gs,99999") == NOT_AUTHORIZED


async def test_commands_need_time_between_them(system: HomeSeerSystem) -> None:
    async with Lines(system) as lines:
        await lines.log_in()
        await asyncio.sleep(0.06)
        lines.writer.write(f"vr\r\ncv,{MODE},1\r\n".encode())
        assert await lines.read() == VERSION
        assert await lines.read() == "error"
        assert system.commands == []
        assert await lines.ask(f"cv,{MODE},1") != "error"


# Pushes


async def test_values_are_pushed_with_or_without_login(
    system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    mode, hidden = model.find("Vacation Mode"), model.find("Kiosk Only")
    memory, uptime = model.find("Free Memory"), model.find("Uptime")
    async with Lines(system) as lines, Lines(system) as other:
        await other.log_in()
        mode.set(100)
        mode.say("Gone fishing")
        mode.set(12.5)
        hidden.set(2)
        memory.set(1e-7)
        clock.advance(1)
        for reader in (lines, other):
            assert [await reader.read() for _ in range(5)] == [
                f"DC,{mode.ref},100,0",
                f"DC,{mode.ref},12.5,100",
                f"DC,{hidden.ref},2,1",
                f"DC,{memory.ref},1e-07,1e+20",
                f"DC,{uptime.ref},150520691.4273926,150520690.4273926",
            ]


# Faults


async def test_garbage(system: HomeSeerSystem) -> None:
    system.faults.on("ascii_garbage")
    system.change(ascii_gap=0.0)
    async with Lines(system) as lines:
        for garbage in (*GARBAGE, GARBAGE_LONG):
            first = await lines.ask("vr")
            assert first == garbage.decode(errors="replace").strip()
            assert await lines.read() == VERSION


@pytest.mark.parametrize(
    ("fault", "value"), [("ascii_half_lines", "12.5"), ("comma_decimals", "12,5")]
)
async def test_what_a_fault_makes_of_a_push(
    system: HomeSeerSystem, model: Model, fault: str, value: str
) -> None:
    mode = model.find("Vacation Mode")
    system.faults.on(fault)
    async with Lines(system) as lines:
        mode.set(12.5)
        assert await lines.read() == f"DC,{mode.ref},{value},0"


async def test_a_connection_is_cut_at_its_command_and_at_a_restart(
    system: HomeSeerSystem, clock: ManualClock
) -> None:
    with system.faults.during("ascii_drop"):
        async with Lines(system) as lines:
            lines.writer.write(b"vr\r\n")
            with suppress(ConnectionError):
                assert await lines.read() == ""
        assert system.ascii_connections == 0
    await system.restart(30)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(system.host, system.ascii_port)
    clock.advance(30)
    # Again, before it listens.
    await system.restart(30)
    for _ in range(5):
        await asyncio.sleep(0)
    clock.advance(30)
    async with Lines(system) as lines:
        assert await lines.ask("vr") == VERSION
