"""A client that other people wrote runs against the simulator."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
from libhomeseer import HomeSeer
import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model

# The library is older than some rules of aiohttp.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
async def homeseer(model: Model, socket_enabled: None) -> AsyncIterator[HomeSeerSystem]:
    """A system with a password."""
    async with HomeSeerSystem(model, auth=("me", "secret")) as system:
        yield system


async def test_it_lists_controls_and_is_told(
    homeseer: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    async with aiohttp.ClientSession() as session:
        client = HomeSeer(
            homeseer.host,
            session,
            "me",
            "secret",
            homeseer.port,
            homeseer.ascii_port,
        )
        await client.initialize()
        assert len(client.devices) == len(model.features) - 1
        assert len(client.events) == 25
        await client.start_listener()
        assert client.available

        dimmer = client.devices[model.find("Kitchen Dimmer").ref]
        lock = client.devices[model.find("Front Door Lock Bolt").ref]
        assert (dimmer.dim_percent, lock.is_locked) == (60 / 99, True)
        await dimmer.dim(20)
        await lock.unlock()
        clock.advance(5)
        async with asyncio.timeout(5):
            while dimmer.status != "Dim 19%" or lock.is_locked:
                await asyncio.sleep(0.01)
        assert [(each.ref, each.value) for each in homeseer.commands] == [
            (dimmer.ref, 19),
            (lock.ref, 0),
        ]
        await client.events[0].run()
        assert [each.name for each in model.fired] == ["Outside Lights On"]
        client._listener._state = "stopped"
        await client.stop_listener()
        await asyncio.sleep(0.05)
