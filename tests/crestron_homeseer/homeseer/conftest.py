"""What speaks with a HomeSeer system, and what it speaks with."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient

from .common import Scripted, Start


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""


@pytest.fixture
async def start(socket_enabled: None) -> AsyncGenerator[Start]:
    """Start servers as they are needed, and stop them at the end."""
    async with AsyncExitStack() as stack:

        async def start(**settings: object) -> Scripted:
            server = Scripted(**settings)  # type: ignore[arg-type]
            await server.start()
            stack.push_async_callback(server.stop)
            return server

        yield start


@pytest.fixture
async def system(start: Start) -> Scripted:
    """A system that answers with one device."""
    return await start()


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """A session as Home Assistant hands it in."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(session: aiohttp.ClientSession, system: Scripted) -> HomeSeerClient:
    """A client that nobody has to log in."""
    return HomeSeerClient(session, system.site())
