"""HTTPS that goes wrong: what new connections see, and what becomes of open ones."""

import asyncio
from collections.abc import AsyncIterator
import datetime as dt
import ssl

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, default_system
from simulator.homeseer.myhs import Account, MyHS
from simulator.house import House

from .client import Client
from .test_crestron_life import certificate


@pytest.fixture
async def secure(
    house: House, socket_enabled: None
) -> AsyncIterator[CrestronProcessor]:
    """The villa's processor, over HTTPS."""
    async with CrestronProcessor(house, https=True) as processor:
        yield processor


@pytest.fixture
async def visitor(secure: CrestronProcessor) -> AsyncIterator[Client]:
    """A client with an open connection."""
    client = Client(secure)
    await client.login()
    yield client
    await client.session.close()


async def test_an_expired_certificate(
    secure: CrestronProcessor, visitor: Client
) -> None:
    before = await certificate(secure)
    assert before.not_valid_after_utc > dt.datetime.now(dt.UTC)
    connections = secure.connections
    with secure.faults.during("tls_expired"):
        # The connection that was open is cut.
        assert (await visitor.get("/rooms")).status == 200
        assert secure.connections == connections + 1
        shown = await certificate(secure)
        assert shown.not_valid_after_utc < dt.datetime.now(dt.UTC)
        assert await certificate(secure) == shown
    assert await certificate(secure) == before
    assert (await visitor.get("/rooms")).status == 200


async def test_a_handshake_that_fails(
    secure: CrestronProcessor, visitor: Client
) -> None:
    before = await certificate(secure)
    with secure.faults.during("tls_handshake_fails"):
        with pytest.raises(aiohttp.ClientConnectionError):
            await visitor.get("/rooms")
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await certificate(secure)
        # It does take connections.
        _, writer = await asyncio.open_connection(secure.host, secure.port)
        writer.close()
    assert (await visitor.get("/rooms")).status == 200
    assert await certificate(secure) == before


async def test_plain_http_where_https_was(
    secure: CrestronProcessor, visitor: Client
) -> None:
    plain = f"http://{secure.host}:{secure.port}/cws/api"
    async with aiohttp.ClientSession() as session:
        with secure.faults.during("http_where_https"):
            with pytest.raises(aiohttp.ClientConnectorSSLError):
                await visitor.get("/rooms")
            async with session.get(plain) as response:
                assert "description" in await response.json()
        assert (await visitor.get("/rooms")).status == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(plain)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("tls_expired", "certificate has expired"),
        ("tls_new_certificate", "self-signed certificate"),
    ],
)
async def test_a_strict_client_of_the_cloud(
    clock: ManualClock, socket_enabled: None, fault: str, reason: str
) -> None:
    system = HomeSeerSystem(default_system(clock))
    async with MyHS({"1": system}, [Account("ann", "secret", ("1",))]) as cloud:
        url = f"{cloud.url()}/getsystems?user=ann&pass=secret"
        connector = aiohttp.TCPConnector(ssl=cloud.client_context())
        async with aiohttp.ClientSession(connector=connector) as session:
            with cloud.faults.during(fault):
                with pytest.raises(
                    aiohttp.ClientConnectorCertificateError, match=reason
                ):
                    await session.get(url)
                with pytest.raises(aiohttp.ClientConnectorCertificateError):
                    await session.get(f"{cloud.tunnel_url()}/json")
            async with session.get(url) as response:
                assert (await response.json())["response"] == "ok"
