"""The ASCII port: commands and pushes by line."""

import asyncio

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Command, HomeSeerSystem, Model, Rights, User
from simulator.homeseer.ascii import GARBAGE, GARBAGE_LONG

from .homeseer import GAP, Lines

NOT_AUTHORIZED = "error, not authorized"
BAD_FORMAT = "error, bad format"


# Commands


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\r\n\r\n"])
async def test_the_version_needs_no_login(system: HomeSeerSystem, end: str) -> None:
    async with Lines(system) as lines:
        assert await lines.ask("VR", end) == "4.2.22.4"
        assert await lines.ask(" vr ", end) == "4.2.22.4"
        assert await lines.silent()
    assert system.ascii_lines == ["VR", "vr"]


async def test_logins(system: HomeSeerSystem) -> None:
    async with Lines(system) as lines:
        assert await lines.ask("gs") == NOT_AUTHORIZED
        assert await lines.log_in("default", "wrong") == NOT_AUTHORIZED
        assert await lines.ask("au,default") == BAD_FORMAT
        # A comma in a password cannot be sent.
        assert await lines.log_in("default", "a,b") == BAD_FORMAT
        assert await lines.log_in() == "ok"
        assert await lines.ask("nonsense,1") == BAD_FORMAT
        assert await lines.ask("lo") == "ok"
        assert await lines.ask("gs") == NOT_AUTHORIZED


async def test_guests_are_not_let_in(model: Model, socket_enabled: None) -> None:
    users = (User("guest", "g", Rights.GUEST), User("ann", "a", Rights.NORMAL))
    async with (
        HomeSeerSystem(model, auth=("me", "it"), users=users) as system,
        Lines(system) as lines,
    ):
        assert await lines.log_in() == NOT_AUTHORIZED
        assert await lines.log_in("guest", "g") == NOT_AUTHORIZED
        assert await lines.log_in("ANN", "a") == "ok"
        assert await lines.log_in("me", "it") == "ok"


async def test_logins_hold_for_an_address(system: HomeSeerSystem) -> None:
    async with Lines(system) as first:
        assert await first.log_in() == "ok"
    async with Lines(system) as second, Lines(system, "127.0.0.2") as other:
        assert await second.ask("gs,99999") == "error"
        assert await other.ask("gs,99999") == NOT_AUTHORIZED
        await system.restart()
    async with Lines(system) as third:
        assert await third.ask("gs,99999") == NOT_AUTHORIZED


async def test_controlling(
    system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    mode, dimmer = model.find("House Mode"), model.find("Kitchen Dimmer")
    async with Lines(system) as lines:
        assert await lines.ask(f"cv,{mode.ref},1") == NOT_AUTHORIZED
        await lines.log_in()
        assert await lines.ask(f"CV,{mode.ref},1") == f"DC,{mode.ref},1,0"
        assert await lines.read() == "ok"
        assert await lines.ask(f"cl,{dimmer.ref},off") == "ok"
        assert await lines.ask(f"cv,{dimmer.ref},12345") == "error"
        assert await lines.ask(f"cl,{dimmer.ref},12345") == "error"
        assert await lines.ask("cv,1") == BAD_FORMAT
        clock.advance(4)
        while not (await lines.read()).startswith(f"DC,{dimmer.ref},"):
            pass
    assert system.commands == [
        Command(mode.ref, 1, "ascii"),
        Command(dimmer.ref, 0, "ascii"),
    ]


async def test_how_things_are(system: HomeSeerSystem, model: Model) -> None:
    log = model.find("Door Lock Logging", root="Front Door Lock")
    mode = model.find("House Mode")
    async with Lines(system) as lines:
        await lines.log_in()
        assert await lines.ask(f"gs,{log.ref}") == (
            f"{log.ref},{log.root},Lock: Access Code\\, User 3,"
            "Door Lock Logging,Main Floor,Hallway"
        )
        assert await lines.ask(f"gs,{mode.ref}") == (
            f"{mode.ref},0,Home,House Mode,,Virtual"
        )
        everything = (await lines.ask("gs")).split("|")
        assert len(everything) == len(model.features)


async def test_how_things_are_controlled(system: HomeSeerSystem, model: Model) -> None:
    dimmer, text = model.find("Kitchen Dimmer"), model.find("Message of the Day")
    async with Lines(system) as lines:
        await lines.log_in()
        assert await lines.ask(f"gc,{dimmer.ref}") == (
            f"{dimmer.ref},On Last Level=255,Dim (value)%=1->98,On=99,Off=0"
        )
        assert await lines.ask(f"gc,{text.ref}") == f"{text.ref},Text="
        assert f"|{text.ref},Text=" in await lines.ask("gc")


async def test_commands_need_time_between_them(
    system: HomeSeerSystem, model: Model
) -> None:
    ref = model.find("House Mode").ref
    async with Lines(system) as lines:
        await lines.log_in()
        await asyncio.sleep(GAP)
        lines.writer.write(f"vr\r\ncv,{ref},1\r\n".encode())
        assert await lines.read() == "4.2.22.4"
        assert await lines.read() == "error"
        assert system.commands == []
        assert await lines.ask(f"cv,{ref},1") != "error"


async def test_half_a_command_is_waited_for(system: HomeSeerSystem) -> None:
    async with Lines(system) as lines:
        for piece in (b"v", b"r", b"\r"):
            lines.writer.write(piece)
            await asyncio.sleep(0.01)
        assert await lines.read() == "4.2.22.4"


async def test_a_system_without(model: Model, socket_enabled: None) -> None:
    async with HomeSeerSystem(model, ascii_port=None) as system:
        assert system.ascii_port is None
        model.find("Vacation Mode").set(100)


# Pushes


async def test_values_are_pushed_with_or_without_login(
    system: HomeSeerSystem, model: Model
) -> None:
    mode, hidden = model.find("Vacation Mode"), model.find("Kiosk Only")
    async with Lines(system) as lines, Lines(system) as other:
        await other.log_in()
        mode.set(100)
        mode.say("Gone fishing")
        mode.set(12.5)
        hidden.set(2)
        for reader in (lines, other):
            assert await reader.read() == f"DC,{mode.ref},100,0"
            assert await reader.read() == f"DC,{mode.ref},12.5,100"
            assert await reader.read() == f"DC,{hidden.ref},2,1"


async def test_timers_are_pushed_each_second(
    system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    uptime = model.find("Uptime")
    async with Lines(system) as lines:
        clock.advance(2)
        got = [await lines.read() for _ in range(4)]
        assert got[0] == f"DC,{uptime.ref},150520691.4273926,150520690.4273926"
        assert got[2].startswith(f"DC,{uptime.ref},150520692")


async def test_odd_numbers(system: HomeSeerSystem, model: Model) -> None:
    memory = model.find("Free Memory")
    async with Lines(system) as lines:
        memory.set(1e-7)
        assert await lines.read() == f"DC,{memory.ref},1e-07,1e+20"


# Faults


async def is_cut(lines: Lines) -> bool:
    """Tell whether a connection comes to its end."""
    try:
        return await lines.read() == ""
    except ConnectionError:
        return True


async def test_a_connection_is_cut_at_its_command(system: HomeSeerSystem) -> None:
    system.faults.on("ascii_drop")
    async with Lines(system) as lines:
        lines.writer.write(b"vr\r\n")
        assert await is_cut(lines)


async def test_garbage(system: HomeSeerSystem) -> None:
    system.faults.on("ascii_garbage")
    async with Lines(system) as lines:
        for garbage in (*GARBAGE, GARBAGE_LONG):
            first = await lines.ask("vr")
            assert first == garbage.decode(errors="replace").strip()
            assert await lines.read() == "4.2.22.4"


async def test_halves_for_somebody_who_is_gone(
    system: HomeSeerSystem, model: Model
) -> None:
    system.faults.on("ascii_half_lines")
    async with Lines(system):
        model.find("Vacation Mode").set(100)
        await system.restart()
        await asyncio.sleep(0.1)
    assert system.ascii_connections == 0


async def test_comma_decimals(system: HomeSeerSystem, model: Model) -> None:
    mode = model.find("Vacation Mode")
    system.faults.on("comma_decimals")
    async with Lines(system) as lines:
        mode.set(12.5)
        assert await lines.read() == f"DC,{mode.ref},12,5,0"
