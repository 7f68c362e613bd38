"""How a HomeSeer system starts, restarts and stops."""

import asyncio

import aiohttp
import pytest

from simulator.clock import ManualClock, RealClock
from simulator.homeseer import HomeSeerSystem, default_system

from .homeseer import Asker, Lines


async def test_it_restarts(
    asker: Asker, system: HomeSeerSystem, clock: ManualClock
) -> None:
    await system.restart(30)
    with pytest.raises(aiohttp.ClientConnectorError):
        await asker.ask("hsversion")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(system.host, system.ascii_port)
    clock.advance(20)
    await system.restart(30)
    clock.advance(20)
    with pytest.raises(aiohttp.ClientConnectorError):
        await asker.ask("hsversion")
    clock.advance(10)
    assert (await asker.ask("hsversion")).status == 200
    async with Lines(system) as lines:
        assert await lines.ask("vr") == "4.2.22.4"


async def test_time_passes_by_itself(socket_enabled: None) -> None:
    model = default_system(RealClock(200))
    lock, timer = model.find("Front Door Lock Bolt"), model.find("Laundry Timer")
    async with HomeSeerSystem(model) as system:
        asker = Asker(system)
        await asker.control(lock.ref, 0)
        async with asyncio.timeout(5):
            while lock.status != "Unlocked" or timer.value < 760:
                await asyncio.sleep(0.01)
        await asker.session.close()
