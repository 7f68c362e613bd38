"""The conversation when the network or the processor misbehaves."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import json
import socket
from typing import Any, override

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .canned import Canned, says
from .common import TOKEN, Serve, address_of, asked, counted

type Ask = Callable[[CrestronClient, str], Awaitable[object]]


async def read(client: CrestronClient, path: str) -> object:
    """Read a path."""
    return await client.get(path)


async def command(client: CrestronClient, path: str) -> object:
    """Post something to a path."""
    return await client.post(path, {})


both = pytest.mark.parametrize("ask", [read, command])


@pytest.fixture
def scene(house: House) -> str:
    """The path by which a scene is recalled."""
    return f"scenes/recall/{house.find('Good Night').id}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a moment instead of many seconds."""
    names = ("LOGIN", "READ", "COMMAND", "PROBE")
    for name in names:
        monkeypatch.setattr(client_module, f"{name}_TIMEOUT", 0.15)


# Connections that are cut


async def test_a_read_on_a_dropped_connection_is_repeated(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("drop_reused", times=1)
    assert json.loads(await client.get("shades"))["shades"]
    assert asked(processor) == ["login", "shades", "shades"]


async def test_a_command_on_a_dropped_connection_is_in_doubt_and_never_repeated(
    client: CrestronClient, processor: CrestronProcessor, scene: str
) -> None:
    await client.login()
    processor.faults.on("drop_reused", times=1)
    with pytest.raises(HubUnansweredError) as caught:
        await client.post(scene, {})
    assert caught.value.reason is Reason.UNANSWERED
    assert counted(processor)[scene] == 1
    assert processor.commands == []


async def test_a_connection_that_was_closed_in_peace_is_opened_again(
    client: CrestronClient, processor: CrestronProcessor, scene: str
) -> None:
    processor.faults.on("close_keepalive")
    await client.get("shades")
    # Until then the end of the connection has been seen.
    await asyncio.sleep(0.02)
    await client.post(scene, {})
    assert counted(processor) == {"login": 1, "shades": 1, scene: 1}
    assert len(processor.commands) == 1


async def test_a_read_that_breaks_off_is_repeated_once(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("reset_mid_body", path="/shades", times=1)
    assert json.loads(await client.get("shades"))["shades"]
    assert counted(processor)["shades"] == 2


async def test_a_read_that_breaks_off_twice_is_lost(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("reset_mid_body", path="/shades")
    with pytest.raises(HubConnectionError) as caught:
        await client.get("shades")
    assert caught.value.reason is Reason.LOST
    assert counted(processor)["shades"] == 2


@pytest.mark.parametrize("fault", ["answer_lost", "reset_mid_body"])
async def test_a_command_whose_answer_is_lost_was_sent_once(
    client: CrestronClient, processor: CrestronProcessor, scene: str, fault: str
) -> None:
    await client.login()
    processor.faults.on(fault)
    with pytest.raises(HubUnansweredError) as caught:
        await client.post(scene, {})
    assert caught.value.reason is Reason.UNANSWERED
    assert counted(processor)[scene] == 1
    assert len(processor.commands) == 1


# No answer


@pytest.mark.usefixtures("impatient")
async def test_a_command_whose_answer_never_comes_was_sent_once(
    client: CrestronClient, processor: CrestronProcessor, scene: str
) -> None:
    await client.login()
    processor.faults.on("answer_timeout")
    with pytest.raises(HubUnansweredError) as caught:
        await client.post(scene, {})
    assert caught.value.reason is Reason.UNANSWERED
    assert counted(processor)[scene] == 1
    assert len(processor.commands) == 1


@pytest.mark.usefixtures("impatient")
async def test_a_read_that_is_never_answered_is_not_asked_again(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("silent")
    with pytest.raises(HubConnectionError) as caught:
        await client.get("shades")
    assert caught.value.reason is Reason.TIMED_OUT
    assert counted(processor)["shades"] == 1


@both
@pytest.mark.usefixtures("impatient")
async def test_a_login_that_is_never_answered_leaves_no_doubt(
    client: CrestronClient, processor: CrestronProcessor, scene: str, ask: Ask
) -> None:
    processor.faults.on("silent")
    with pytest.raises(HubConnectionError) as caught:
        await ask(client, scene)
    assert caught.value.reason is Reason.TIMED_OUT
    assert asked(processor) == ["login"]


@pytest.mark.usefixtures("impatient")
@both
async def test_who_is_slow_but_answers_is_waited_for(
    client: CrestronClient, processor: CrestronProcessor, scene: str, ask: Ask
) -> None:
    processor.faults.on("slow", 0.05)
    await ask(client, scene)
    assert counted(processor)["login"] == 1


class Unreachable(aiohttp.TCPConnector):
    """Knocks, and nobody says as much as no."""

    @override
    async def connect(self, *args: Any, **kwargs: Any) -> Any:
        raise TimeoutError


@both
async def test_a_host_that_is_off_was_sent_nothing(ask: Ask) -> None:
    async with aiohttp.ClientSession(connector=Unreachable()) as session:
        client = CrestronClient(session, Address("127.0.0.1"), TOKEN)
        client._key = "key"
        with pytest.raises(HubConnectionError) as caught:
            await ask(client, "shades")
    assert caught.value.reason is Reason.TIMED_OUT
    assert client.requests == 1


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
    assert await client.model() is None
    client._key = "key"
    assert await client.get("shades") == b"moved"
    assert (await client.post("shades", {})).status == status
    await client.logout()
    assert elsewhere.asked == []
    assert len(canned.asked) == 6


# Home Assistant stops


@both
async def test_nothing_goes_out_once_home_assistant_has_closed_its_session(
    processor: CrestronProcessor, ask: Ask, scene: str
) -> None:
    async with aiohttp.ClientSession() as session:
        client = CrestronClient(session, address_of(processor), TOKEN)
        await client.login()
    with pytest.raises(HubConnectionError) as caught:
        await ask(client, scene)
    assert caught.value.reason is Reason.CLOSING
    assert asked(processor) == ["login"]


async def test_a_session_that_closes_during_a_read_is_no_error_of_ours(
    processor: CrestronProcessor,
) -> None:
    async with aiohttp.ClientSession() as session:
        client = CrestronClient(session, address_of(processor), TOKEN)
        await client.login()
        processor.faults.on("silent")
        reading = asyncio.create_task(client.get("shades"))
        while asked(processor) == ["login"]:
            await asyncio.sleep(0.01)
    with pytest.raises(HubConnectionError):
        await reading
