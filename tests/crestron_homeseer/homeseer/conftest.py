"""What speaks with a HomeSeer system, and what it speaks with."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.homeseer.push import AsciiPush

from ..common import until
from .ascii_port import AsciiServer, Make, Time
from .common import Scripted, Start


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""


@pytest.fixture
async def start(socket_enabled: None) -> AsyncGenerator[Start]:
    """Start servers as they are needed, and stop them at the end."""
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> Scripted:
            server = Scripted(**settings)
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


# The ASCII port


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def port(socket_enabled: None) -> AsyncGenerator[AsciiServer]:
    """A port that answers as HomeSeer does."""
    async with AsciiServer() as server:
        yield server


@pytest.fixture
def refs() -> list[tuple[int, ...]]:
    """What was told, call by call."""
    return []


@pytest.fixture
def gaps() -> list[int]:
    """How often something may have been missed."""
    return []


@pytest.fixture
async def make(
    port: AsciiServer, time: Time, refs: list[tuple[int, ...]], gaps: list[int]
) -> AsyncGenerator[Make]:
    """Make listeners, and stop them at the end."""
    made: list[AsciiPush] = []

    def make(at: int | None = None, **callbacks: Callable[..., None]) -> AsciiPush:
        listeners: dict[str, Callable[..., None]] = {
            "on_refs": lambda found: refs.append(tuple(sorted(found))),
            "on_gap": lambda: gaps.append(1),
        }
        push = AsciiPush(
            port.host,
            at or port.port,
            **listeners | callbacks,
            clock=time.clock,
            sleep=time.sleep,
        )
        made.append(push)
        return push

    yield make
    for push in made:
        await push.stop()


@pytest.fixture
async def push(make: Make) -> AsciiPush:
    """A listener that has heard the version."""
    push = make()
    push.start()
    await until(lambda: push.healthy)
    return push
