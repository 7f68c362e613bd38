"""A hub, and a HomeSeer system that behaves."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import Site
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.house.devices import House
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.model import Model


@pytest.fixture
async def system(
    socket_enabled: None, model: Model, clock: ManualClock
) -> AsyncGenerator[HomeSeerSystem]:
    """A HomeSeer 4 system with an ASCII port."""
    async with HomeSeerSystem(model, clock=clock, ascii_port=0) as system:
        yield system


@pytest.fixture
async def hub(
    system: HomeSeerSystem, session: aiohttp.ClientSession
) -> AsyncGenerator[HomeSeerHub]:
    """The hub, connected."""
    hub = HomeSeerHub(
        session, Site.local("127.0.0.1", system.port), ascii_port=system.ascii_port
    )
    await hub.connect()
    yield hub
    await hub.close()


@pytest.fixture
async def house(hub: HomeSeerHub) -> House:
    """The house as it was surveyed first."""
    return await hub.survey()
