"""The conversation with who cannot be reached, or is no processor."""

import asyncio
from collections.abc import AsyncGenerator
import json
import socket
from typing import override

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .asking import Ask, both, command, read
from .canned import Canned, says
from .common import TOKEN, Serve, address_of

# No connection


@both
async def test_a_refused_connection_was_sent_nothing(
    client: CrestronClient, processor: CrestronProcessor, scene: str, ask: Ask
) -> None:
    await client.login()
    processor.faults.on("refuse_connections")
    # Until then the end of the old connection has been seen.
    await asyncio.sleep(0.02)
    with pytest.raises(HubConnectionError) as caught:
        await ask(client, scene)
    assert caught.value.reason is Reason.REFUSED
    assert client.requests == 2
    processor.faults.off("refuse_connections")
    await client.post(scene, {})
    assert len(processor.commands) == 1


class Nowhere(AbstractResolver):
    """Knows no name."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    @override
    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        raise self.error

    @override
    async def close(self) -> None:
        """Hold nothing."""


@both
@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
        OSError(None, "DNS lookup failed"),
    ],
)
async def test_a_name_that_nobody_knows_is_not_found(ask: Ask, error: OSError) -> None:
    connector = aiohttp.TCPConnector(resolver=Nowhere(error))
    async with aiohttp.ClientSession(connector=connector) as session:
        client = CrestronClient(session, Address("no-such-processor"), TOKEN)
        client._key = "key"
        with pytest.raises(HubConnectionError) as caught:
            await ask(client, "shades")
    assert caught.value.reason is Reason.NOT_FOUND
    assert client.requests == 1


# TLS


async def test_a_self_signed_certificate_is_taken_also_a_new_one(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(https=True)
    client = CrestronClient(session, address_of(processor, https=True), TOKEN)
    await client.login()
    processor.faults.on("tls_new_certificate")
    assert json.loads(await client.get("shades"))["shades"]
    await processor.restart()
    assert json.loads(await client.get("shades"))["shades"]


@both
async def test_who_does_not_speak_tls_is_told_apart(
    processor: CrestronProcessor, session: aiohttp.ClientSession, ask: Ask
) -> None:
    client = CrestronClient(session, address_of(processor, https=True), TOKEN)
    client._key = "key"
    with pytest.raises(HubConnectionError) as caught:
        await ask(client, "shades")
    assert caught.value.reason is Reason.TLS
    assert client.requests == 1


@both
async def test_a_session_that_insists_on_a_good_certificate_fails_as_tls(
    serve: Serve, ask: Ask
) -> None:
    processor = await serve(https=True)
    async with aiohttp.ClientSession() as strict:
        client = CrestronClient(strict, address_of(processor, https=True), TOKEN)
        with pytest.raises(HubConnectionError) as caught:
            await ask(client, "shades")
    assert caught.value.reason is Reason.TLS


async def test_plain_words_to_who_wants_tls_are_lost(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(https=True)
    client = CrestronClient(session, address_of(processor, https=False), TOKEN)
    with pytest.raises(HubConnectionError) as caught:
        await client.login()
    assert caught.value.reason is Reason.LOST


# What is no HTTP, and what leads elsewhere


@pytest.fixture
async def babble(socket_enabled: None) -> AsyncGenerator[Address]:
    """A port where something answers, in no language that is known here."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 welcome to something else entirely\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    yield Address("127.0.0.1", server.sockets[0].getsockname()[1], https=False)
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize(
    ("ask", "error"), [(read, HubConnectionError), (command, HubUnansweredError)]
)
async def test_what_is_no_http_is_an_error_of_the_house(
    babble: Address, session: aiohttp.ClientSession, ask: Ask, error: type[HubError]
) -> None:
    client = CrestronClient(session, babble, TOKEN)
    client._key = "key"
    with pytest.raises(error):
        await ask(client, "shades")


async def test_a_name_that_no_url_can_hold_is_not_found(
    session: aiohttp.ClientSession,
) -> None:
    client = CrestronClient(session, Address(""), TOKEN)
    with pytest.raises(HubConnectionError) as caught:
        await client.login()
    assert caught.value.reason is Reason.NOT_FOUND


@pytest.fixture
async def elsewhere(socket_enabled: None) -> AsyncGenerator[Canned]:
    """A server that nobody here has any business with."""
    server = Canned()
    await server.start()
    yield server
    await server.stop()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nobody_is_followed_elsewhere(
    canned: Canned, elsewhere: Canned, session: aiohttp.ClientSession, status: int
) -> None:
    moved = {"Location": str(elsewhere.address.root)}
    for path in ("", "login", "logout", "shades", "v2"):
        canned.replies[path] = says("moved", status, moved)
    client = CrestronClient(session, canned.address, TOKEN)
    with pytest.raises(HubResponseError, match=Reason.NO_API):
        await client.login()
    with pytest.raises(HubResponseError, match=Reason.OTHER_DEVICE):
        await client.banner()
    assert await client.about() is None
    client._key = "key"
    assert await client.get("shades") == b"moved"
    assert (await client.post("shades", {})).status == status
    await client.logout()
    assert elsewhere.asked == []
    assert len(canned.asked) == 6
