"""A processor in front of a simulated house, and what speaks with it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import media
from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import TOKEN, Canned, Serve, Start, address_of, hub_of, says, settled


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""


@pytest.fixture
async def serve(
    socket_enabled: None, house: House, clock: ManualClock
) -> AsyncGenerator[Serve]:
    """Start processors as they are needed, and stop them at the end."""
    async with AsyncExitStack() as stack:

        async def serve(of: House = house, **settings: Any) -> CrestronProcessor:
            made = CrestronProcessor(of, token=TOKEN, clock=clock, **settings)
            return await stack.enter_async_context(made)

        yield serve


@pytest.fixture
def start(serve: Serve, session: aiohttp.ClientSession, clock: ManualClock) -> Start:
    """Start a processor with some settings, and a hub of it that is not connected."""

    async def start(
        *of: House, **settings: Any
    ) -> tuple[CrestronHub, CrestronProcessor]:
        processor = await serve(*of, **settings)
        return hub_of(session, processor, clock), processor

    return start


@pytest.fixture
async def processor(serve: Serve) -> CrestronProcessor:
    """A processor that does at once what it is told, and tells it at once."""
    return await serve(command_latency=0.0, report_lag=0.0)


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """A session that takes any certificate, as the integration's does."""
    connector = aiohttp.TCPConnector(ssl=False)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


@pytest.fixture
def client(
    session: aiohttp.ClientSession, processor: CrestronProcessor
) -> CrestronClient:
    """A client of the processor, not yet logged in."""
    return CrestronClient(session, address_of(processor), TOKEN)


@pytest.fixture
def hub(
    session: aiohttp.ClientSession, processor: CrestronProcessor, clock: ManualClock
) -> CrestronHub:
    """A hub of the processor, not yet connected."""
    return hub_of(session, processor, clock)


@pytest.fixture
async def canned(socket_enabled: None) -> AsyncGenerator[Canned]:
    """A server that says what it is told; it lets everybody log in."""
    canned = Canned()
    canned.replies["login"] = says({"authkey": "key-of-the-canned-server"})
    await canned.start()
    yield canned
    await canned.stop()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read media rooms back without waiting."""
    monkeypatch.setattr(media, "READ_EVERY", 0.0)


@pytest.fixture
def canned_client(session: aiohttp.ClientSession, canned: Canned) -> CrestronClient:
    """A client of that server."""
    return CrestronClient(session, canned.address, TOKEN)


@pytest.fixture
def scene(house: House) -> str:
    """The path by which a scene is recalled."""
    return f"scenes/recall/{house.find('Good Night').id}"


@pytest.fixture
async def ready(hub: CrestronHub, processor: CrestronProcessor) -> CrestronHub:
    """A hub that knows its house."""
    await hub.survey()
    processor.requests.clear()
    return hub


@pytest.fixture
async def known(hub: CrestronHub, processor: CrestronProcessor) -> dv.House:
    """The house of a hub that has read everything twice."""
    return await settled(hub, processor)
