"""Reading from a HomeSeer system."""

import asyncio
import socket
from typing import NoReturn, override

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from custom_components.crestron_homeseer.homeseer import exchange as exchange_module
from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient, Local
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)

from .common import (
    DEVICES,
    Reply,
    Scripted,
    bit_by_bit,
    cut_off,
    half,
    in_turn,
    says,
    silent,
    then_closes,
)


async def test_a_read_returns_the_object(
    client: HomeSeerClient, system: Scripted
) -> None:
    assert await client.ask("getstatus", ref="all") == DEVICES
    assert client.requests == 1
    assert system.urls[0].path == "/JSON"


@pytest.mark.parametrize("kind", ["text/html", "text/plain; charset=utf-16", "x"])
async def test_the_content_counts_and_not_what_it_is_called(
    client: HomeSeerClient, system: Scripted, kind: str
) -> None:
    system.replies["getstatus"] = says(DEVICES, kind=kind)
    assert await client.ask("getstatus") == DEVICES


@pytest.mark.parametrize(
    ("content", "devices"),
    [
        (DEVICES, [{"ref": 7}]),
        (
            {"devices": [{"ref": 7}], "response": "ok", "responsecode": 200},
            [{"ref": 7}],
        ),
        ({"Devices": []}, []),
        ({"ControlPairs": [], "ref": 7}, [{"ControlPairs": [], "ref": 7}]),
    ],
)
async def test_devices_come_in_several_envelopes(
    client: HomeSeerClient, system: Scripted, content: object, devices: object
) -> None:
    system.replies["getstatus"] = says(content)
    assert devices_in(await client.ask("getstatus", ref=7)) == devices


@pytest.mark.parametrize(
    "content",
    [{}, {"Response": "fine"}, {"Devices": None}, {"Devices": {}}, "ok", {"ref": 7}],
)
async def test_without_a_list_there_is_no_empty_house(
    client: HomeSeerClient, system: Scripted, content: object
) -> None:
    system.replies["getstatus"] = says(content)
    with pytest.raises(HubResponseError) as caught:
        devices_in(await client.ask("getstatus", ref="all"))
    assert caught.value.reason is Reason.MISSING


async def test_success_is_a_version_too(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["hsversion"] = says({"Response": "4.2.22.4"})
    assert await client.ask("hsversion") == {"Response": "4.2.22.4"}


@pytest.mark.parametrize(
    ("reply", "kind", "reason"),
    [
        (says("error\r\n"), HubResponseError, Reason.DECLINED),
        (says({"Response": "Error, bad request"}), HubResponseError, Reason.DECLINED),
        (says("", 500), HubConnectionError, Reason.STARTING),
        (says("", 503), HubConnectionError, Reason.STARTING),
        (says("", 404), HubResponseError, Reason.NO_API),
        (says("", 400), HubResponseError, Reason.NONSENSE),
        (says("", 429), HubConnectionError, Reason.BUSY),
        (says("", 304), HubResponseError, Reason.OTHER_DEVICE),
        (says(""), HubResponseError, Reason.NONSENSE),
        (says("<html>A printer</html>"), HubResponseError, Reason.OTHER_DEVICE),
        (says("<html>HomeSeer</html>"), HubResponseError, Reason.NO_API),
        (says('{"Devices":[{'), HubResponseError, Reason.NONSENSE),
        (says("{}", headers={"Content-Encoding": "gzip"}), HubConnectionError, None),
    ],
)
async def test_each_bad_answer_has_its_error(
    client: HomeSeerClient,
    system: Scripted,
    reply: Reply,
    kind: type[HubError],
    reason: Reason | None,
) -> None:
    system.replies["getstatus"] = reply
    with pytest.raises(kind) as caught:
        devices_in(await client.ask("getstatus", ref="all"))
    assert reason is None or caught.value.reason is reason


# The connection


@pytest.mark.parametrize("trouble", [cut_off, half])
async def test_a_dropped_read_is_tried_again_once(
    client: HomeSeerClient, system: Scripted, trouble: Reply
) -> None:
    system.replies["getstatus"] = in_turn(trouble, says(DEVICES))
    assert await client.ask("getstatus") == DEVICES
    assert len(system.asked) == client.requests == 2


async def test_a_read_that_is_dropped_twice_has_failed(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["getstatus"] = cut_off
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.LOST
    # The library would have sent each of them twice.
    assert len(system.asked) == client.requests == 2


async def test_a_system_that_drops_kept_connections_gets_new_ones(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.drops_reused = True
    for _ in range(4):
        assert await client.ask("getstatus") == DEVICES
    assert system.asked.count("dropped") == 1
    assert client.requests == 5


async def test_connections_are_kept_where_that_works(
    client: HomeSeerClient, system: Scripted
) -> None:
    for _ in range(4):
        await client.ask("getstatus")
    assert system.connections == 1


async def test_a_connection_that_was_closed_in_time_is_no_trouble(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["getstatus"] = then_closes(says(DEVICES))
    for _ in range(3):
        assert await client.ask("getstatus") == DEVICES
        await asyncio.sleep(0.02)
    assert client.requests == 3


async def test_a_slow_read_is_not_tried_again(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["getstatus"] = silent
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus", timeout=0.1)
    assert caught.value.reason is Reason.TIMED_OUT
    assert client.requests == 1


async def test_what_comes_bit_by_bit_is_waited_for(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["getstatus"] = bit_by_bit
    assert await client.ask("getstatus", timeout=0.3) == DEVICES


async def test_nobody_listens(client: HomeSeerClient, system: Scripted) -> None:
    system.refuse()
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.REFUSED


class Nowhere(AbstractResolver):
    """Knows no name."""

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        raise OSError(f"no {host}")

    @override
    async def close(self) -> None: ...


class Unreachable(aiohttp.TCPConnector):
    """Never gets anywhere."""

    @override
    async def connect(self, *args: object, **kwargs: object) -> NoReturn:
        raise TimeoutError


async def both_ways(client: HomeSeerClient) -> list[Reason]:
    """Return why neither a read nor a command was sent."""
    with pytest.raises(HubConnectionError) as read:
        await client.ask("getstatus")
    with pytest.raises(HubConnectionError) as command:
        await client.command("runevent", id=1)
    return [read.value.reason, command.value.reason]


@pytest.mark.parametrize("host", ["no such host", "a" * 300, "hs.lan", ""])
async def test_there_is_no_such_host(socket_enabled: None, host: str) -> None:
    connector = aiohttp.TCPConnector(resolver=Nowhere())
    async with aiohttp.ClientSession(connector=connector) as session:
        reasons = await both_ways(HomeSeerClient(session, Local(host)))
    assert reasons == [Reason.NOT_FOUND] * 2


async def test_the_host_cannot_be_reached(socket_enabled: None) -> None:
    async with aiohttp.ClientSession(connector=Unreachable()) as session:
        reasons = await both_ways(HomeSeerClient(session, Local("hs.lan")))
    assert reasons == [Reason.TIMED_OUT] * 2


async def test_a_closed_session_asks_nobody(
    client: HomeSeerClient, session: aiohttp.ClientSession
) -> None:
    await session.close()
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.CLOSING


async def test_an_answer_without_end_is_broken_off(
    client: HomeSeerClient, system: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_module, "MOST_BYTES", 1000)
    system.replies["getstatus"] = says(b"x" * 5000)
    with pytest.raises(HubResponseError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.OTHER_DEVICE


async def test_what_does_not_speak_http_is_another_device(
    socket_enabled: None, session: aiohttp.ClientSession
) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"4.2.13.0\r\nDC,1,2,3\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = HomeSeerClient(session, Local("127.0.0.1", port))
        with pytest.raises(HubResponseError) as caught:
            await client.ask("getstatus")
    assert caught.value.reason is Reason.OTHER_DEVICE


# Who goes first
