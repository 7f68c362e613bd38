"""Where a HomeSeer system is, reading from it, and logging in to it."""

import asyncio
from unittest.mock import AsyncMock

import aiohttp
from aiohttp.abc import AbstractResolver
import pytest

from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    HomeSeerClient,
    Site,
)
from custom_components.crestron_homeseer.house import connection
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

from .common import (
    DEVICES,
    LOGIN_PAGE,
    PASSWORD,
    TOKEN,
    USER,
    Reply,
    Scripted,
    Start,
    bit_by_bit,
    cut_off,
    half,
    in_turn,
    says,
    sends_to,
    silent,
    then_closes,
)


async def reason(client: HomeSeerClient, kind: type[HubError]) -> Reason:
    """Return why a read fails."""
    with pytest.raises(kind) as caught:
        await client.ask("getstatus", timeout=0.2)
    return caught.value.reason


@pytest.mark.parametrize("kind", ["text/html", "text/plain; charset=utf-16", "x"])
async def test_the_content_counts_and_not_what_it_is_called(
    client: HomeSeerClient, system: Scripted, kind: str
) -> None:
    body = b"\xef\xbb\xbf" + b'{"Devices": [{"ref": 7}]}\r\n'
    system.replies["getstatus"] = says(body, kind=kind)
    assert await client.ask("getstatus", ref="all") == {"Devices": [{"ref": 7}]}
    assert client.requests == 1
    assert system.urls[0].path == "/JSON"
    assert dict(system.urls[0].query) == {"request": "getstatus", "ref": "all"}


@pytest.mark.parametrize("trouble", [cut_off, half])
async def test_a_dropped_read_is_tried_again_once(
    client: HomeSeerClient, system: Scripted, trouble: Reply
) -> None:
    system.replies["getstatus"] = in_turn(trouble, says(DEVICES))
    assert await client.ask("getstatus") == DEVICES
    assert len(system.asked) == client.requests == 2
    system.replies["getstatus"] = trouble
    assert await reason(client, HubConnectionError) is Reason.LOST
    # The library would have sent each of them twice.
    assert len(system.asked) == client.requests == 4


@pytest.mark.parametrize(
    ("reply", "drops", "connections", "requests"),
    [
        (says(DEVICES), 0, 1, 4),
        # Dropped when it is used again, or closed in time.
        (says(DEVICES), 1, 4, 5),
        (then_closes(says(DEVICES)), 0, 4, 4),
    ],
)
async def test_connections_are_kept_where_that_works(
    client: HomeSeerClient,
    system: Scripted,
    reply: Reply,
    drops: int,
    connections: int,
    requests: int,
) -> None:
    system.replies["getstatus"] = reply
    system.drops_reused = bool(drops)
    for _ in range(4):
        assert await client.ask("getstatus") == DEVICES
        await asyncio.sleep(0.02)
    assert system.asked.count("dropped") == drops
    assert (system.connections, client.requests) == (connections, requests)


async def test_silence_is_not_borne_but_slowness_is(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["getstatus"] = silent
    assert await reason(client, HubConnectionError) is Reason.TIMED_OUT
    assert client.requests == 1
    system.replies["getstatus"] = bit_by_bit
    assert await client.ask("getstatus", timeout=0.3) == DEVICES


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("a" * 300, Reason.NOT_FOUND),
        ("hs.lan", Reason.NOT_FOUND),
        ("", Reason.NOT_FOUND),
        ("unreachable", Reason.TIMED_OUT),
    ],
)
async def test_what_was_not_sent_is_no_unanswered_command(
    socket_enabled: None, host: str, why: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = AsyncMock(AbstractResolver)
    resolver.resolve.side_effect = OSError
    connector = aiohttp.TCPConnector(resolver=resolver)
    if why is Reason.TIMED_OUT:
        monkeypatch.setattr(connector, "connect", AsyncMock(side_effect=TimeoutError))
    async with aiohttp.ClientSession(connector=connector) as session:
        client = HomeSeerClient(session, Site.local(host))
        assert await reason(client, HubConnectionError) is why
        with pytest.raises(HubConnectionError) as caught:
            await client.command("runevent", id=1)
    assert caught.value.reason is why


async def test_other_ways_to_fail(
    client: HomeSeerClient,
    system: Scripted,
    session: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"4.2.13.0\r\nDC,1,2,3\r\n")
        writer.close()

    # What has no end, or does not speak HTTP, is another device.
    monkeypatch.setattr(connection, "MOST_BYTES", 1000)
    system.replies["getstatus"] = says(b"x" * 5000)
    assert await reason(client, HubResponseError) is Reason.OTHER_DEVICE
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        other = HomeSeerClient(session, Site.local("127.0.0.1", port))
        assert await reason(other, HubResponseError) is Reason.OTHER_DEVICE
    system.refuse()
    assert await reason(client, HubConnectionError) is Reason.REFUSED
    await session.close()
    assert await reason(client, HubConnectionError) is Reason.CLOSING


# The login


@pytest.fixture
def guarded(system: Scripted) -> Scripted:
    """A system that wants a login."""
    system.wants = (USER, PASSWORD)
    system.replies["runevent"] = says("ok")
    return system


@pytest.fixture
def known(session: aiohttp.ClientSession, guarded: Scripted) -> HomeSeerClient:
    """A client that knows the login."""
    return HomeSeerClient(session, guarded.site(USER, PASSWORD))


@pytest.mark.parametrize("first", ["ask", "command"])
@pytest.mark.parametrize(
    ("takes", "refusal", "ways"),
    [
        ({"basic"}, says("", 401), ["basic"] * 4),
        # Tried once, then remembered; never both at once.
        ({"query"}, says("", 401), ["basic", "query", "query", "query", "query"]),
        ({"query"}, says("", 403), ["basic", "query", "query", "query", "query"]),
        ({"query"}, says(LOGIN_PAGE), ["basic", *["query"] * 4]),
    ],
)
async def test_a_login_goes_by_a_header_or_where_that_is_not_known_by_the_query(
    known: HomeSeerClient,
    guarded: Scripted,
    takes: set[str],
    refusal: Reply,
    ways: list[str],
    first: str,
) -> None:
    guarded.takes = takes
    guarded.refusal = refusal
    if first == "command":
        assert await known.command("runevent", id=1) == {}
    for _ in range(3):
        assert await known.ask("getstatus") == DEVICES
    if first == "ask":
        assert await known.command("runevent", id=1) == {}
    assert guarded.ways() == ways


async def test_a_login_that_is_refused_in_both_ways_is_wrong(
    known: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.wants = (USER, "other")
    for _ in range(2):
        assert await reason(known, HubAuthError) is Reason.BAD_LOGIN
    with pytest.raises(HubAuthError):
        await known.command("runevent", id=1)
    # A way that was not tried to its end is not remembered either.
    guarded.refusal = in_turn(says("", 401), cut_off)
    assert await reason(known, HubConnectionError) is Reason.LOST
    guarded.wants = (USER, PASSWORD)
    assert await known.ask("getstatus") == DEVICES
    assert guarded.ways() == [*["basic", "query"] * 4, "query", "basic"]


# Redirects


async def test_a_system_may_send_to_itself(
    known: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.replies["getstatus"] = in_turn(sends_to("/json?x=1"), says(DEVICES))
    guarded.replies["runevent"] = in_turn(sends_to("json", 307), says("ok"))
    assert await known.ask("getstatus", ref="all") == DEVICES
    assert await known.command("runevent", id=1) == {}
    assert guarded.urls[1].path == "/json"
    assert dict(guarded.urls[1].query) == {"request": "getstatus", "ref": "all"}


@pytest.mark.parametrize(
    ("target", "kind", "requests"),
    [
        ("/", HubResponseError, 1),
        ("http://[", HubResponseError, 1),
        ("mailto:x", HubResponseError, 1),
        ("{thief}/JSON", HubResponseError, 1),
        ("/Login.html?back=/JSON", HubAuthError, 2),
        # Redirects come to an end.
        ("/JSON", HubResponseError, 4),
    ],
)
async def test_nobody_takes_a_login_elsewhere(
    known: HomeSeerClient,
    guarded: Scripted,
    start: Start,
    target: str,
    kind: type[HubError],
    requests: int,
) -> None:
    thief = await start()
    where = target.format(thief=str(thief.url).rstrip("/"))
    guarded.replies = dict.fromkeys(("getstatus", "runevent"), sends_to(where, 307))
    await reason(known, kind)
    assert len(guarded.asked) == requests
    with pytest.raises(HubAuthError if kind is HubAuthError else HubCommandError):
        await known.command("runevent", id=1)
    assert len(guarded.asked) == requests * 2
    assert thief.asked == []


@pytest.mark.parametrize(
    ("account", "login"),
    [
        (Account(USER, PASSWORD), {"user": USER, "pass": PASSWORD}),
        (Account(token=TOKEN), {"token": TOKEN}),
    ],
)
async def test_requests_go_to_where_the_cloud_sent_the_first_one(
    session: aiohttp.ClientSession,
    start: Start,
    account: Account,
    login: dict[str, str],
) -> None:
    front, tunnel = await start(), await start()
    tunnel.replies["runevent"] = says("ok")
    target = sends_to(tunnel.url / "json")
    front.replies = dict.fromkeys(("getstatus", "runevent"), target)
    client = HomeSeerClient(session, Site.cloud("12345", account, front.url))
    assert await client.command("runevent", id=1) == {}
    assert await client.ask("getstatus", ref="all") == DEVICES
    assert front.asked == ["runevent"]
    assert tunnel.asked == ["runevent", "getstatus"]
    query = {"request": "getstatus", "ref": "all", "licenseid": "12345"}
    assert dict(tunnel.urls[-1].query) == query | login
    assert {*front.ways(), *tunnel.ways()} == {"query"}


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        # What the tunnel did not take goes to the front door.
        (says("", 429), None),
        # What it may have carried out is not repeated.
        (cut_off, HubUnansweredError),
        (says("", 500), HubUnansweredError),
        (says("error"), HubCommandError),
    ],
)
async def test_a_tunnel_that_fails_is_left_for_the_front_door(
    session: aiohttp.ClientSession,
    start: Start,
    trouble: Reply,
    error: type[HubError] | None,
) -> None:
    front, tunnel = await start(), await start()
    front.replies["getstatus"] = sends_to(tunnel.url / "json")
    front.replies["runevent"] = says("ok")
    site = Site.cloud("12345", Account(USER, PASSWORD), front.url)
    client = HomeSeerClient(session, site)
    await client.ask("getstatus")
    tunnel.replies["runevent"] = tunnel.replies["getstatus"] = trouble
    if error is None:
        assert await client.command("runevent", id=1) == {}
    else:
        with pytest.raises(HubError) as caught:
            await client.command("runevent", id=1)
        assert type(caught.value) is error
    assert front.asked == ["getstatus", *["runevent"] * (error is None)]
    front.replies["getstatus"] = says(DEVICES)
    assert await client.ask("getstatus") == DEVICES
    assert tunnel.asked.count("runevent") == 1
