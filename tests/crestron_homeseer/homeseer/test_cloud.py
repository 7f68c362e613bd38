"""Speaking with a system through MyHS."""

import asyncio

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    HomeSeerClient,
    Site,
)
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubError,
    HubResponseError,
    HubUnansweredError,
)

from .common import (
    DEVICES,
    PASSWORD,
    TOKEN,
    USER,
    Reply,
    Scripted,
    Start,
    cut_off,
    says,
    sends_to,
)

LICENSE = "12345"


@pytest.fixture
async def tunnel(start: Start) -> Scripted:
    """The server behind which the system is."""
    server = await start()
    server.replies["runevent"] = says("ok")
    return server


@pytest.fixture
async def front(start: Start, tunnel: Scripted) -> Scripted:
    """The front door, which sends to the tunnel."""
    server = await start()
    for name in ("getstatus", "runevent"):
        server.replies[name] = sends_to(tunnel.url / "json")
    return server


@pytest.fixture
def client(session: aiohttp.ClientSession, front: Scripted) -> HomeSeerClient:
    """A client that begins at the front door."""
    return HomeSeerClient(
        session, Site.cloud(LICENSE, Account(USER, PASSWORD), front.url)
    )


@pytest.mark.parametrize(
    ("account", "login"),
    [
        (Account(USER, PASSWORD), {"user": USER, "pass": PASSWORD}),
        (Account(token=TOKEN), {"token": TOKEN}),
    ],
)
async def test_each_request_goes_to_the_tunnel_once_that_is_known(
    session: aiohttp.ClientSession,
    front: Scripted,
    tunnel: Scripted,
    account: Account,
    login: dict[str, str],
) -> None:
    client = HomeSeerClient(session, Site.cloud(LICENSE, account, front.url))
    assert await client.command("runevent", id=1) == {}
    for _ in range(2):
        assert await client.ask("getstatus", ref="all") == DEVICES
    assert front.asked == ["runevent"]
    assert tunnel.asked == ["runevent", "getstatus", "getstatus"]
    query = {"request": "getstatus", "ref": "all", "licenseid": LICENSE}
    assert dict(tunnel.urls[-1].query) == query | login
    assert tunnel.urls[-1].path == "/json"
    assert {*front.ways(), *tunnel.ways()} == {"query"}


@pytest.mark.parametrize(
    "trouble",
    [cut_off, says("", 404), says("", 503), says("", 401), says({"response": "error"})],
)
async def test_a_read_goes_back_to_the_front_door_where_the_tunnel_fails(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, trouble: Reply
) -> None:
    await client.ask("getstatus")
    tunnel.replies["getstatus"] = trouble
    front.replies["getstatus"] = says({"Devices": [{"ref": 8}]})
    for _ in range(2):
        assert await client.ask("getstatus") == {"Devices": [{"ref": 8}]}
    assert front.asked == ["getstatus"] * 3


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        # What the tunnel did not take goes to the front door.
        (None, None),
        (says("", 401), None),
        (says("", 429), None),
        # What it may have carried out is not repeated.
        (cut_off, HubUnansweredError),
        (says("", 500), HubUnansweredError),
        (says("error"), HubCommandError),
    ],
)
async def test_a_command_is_repeated_only_where_it_was_not_carried_out(
    client: HomeSeerClient,
    front: Scripted,
    tunnel: Scripted,
    trouble: Reply | None,
    error: type[HubError] | None,
) -> None:
    await client.ask("getstatus")
    front.replies["runevent"] = says("ok")
    if trouble is None:
        tunnel.refuse()
        await asyncio.sleep(0.02)
    else:
        tunnel.replies["runevent"] = trouble
    if error is None:
        assert await client.command("runevent", id=1) == {}
    else:
        with pytest.raises(HubError) as caught:
            await client.command("runevent", id=1)
        assert type(caught.value) is error
    assert front.asked == ["getstatus", *["runevent"] * (error is None)]
    # In either case the next one asks for the way again.
    front.replies["getstatus"] = says(DEVICES)
    await client.ask("getstatus")
    assert front.asked[-1] == "getstatus"
    assert tunnel.asked[:2] == ["getstatus", "runevent"][: 1 + (trouble is not None)]


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("http://localhost:{port}/json", HubResponseError),
        ("https://evil.example/json", HubResponseError),
        ("/login", HubAuthError),
    ],
)
async def test_nobody_takes_a_login_elsewhere(
    client: HomeSeerClient,
    front: Scripted,
    start: Start,
    target: str,
    kind: type[HubError],
) -> None:
    thief = await start()
    for name in ("getstatus", "runevent"):
        front.replies[name] = sends_to(target.format(port=thief.port))
    with pytest.raises(kind):
        await client.ask("getstatus")
    with pytest.raises(HubAuthError if kind is HubAuthError else HubCommandError):
        await client.command("runevent", id=1)
    assert thief.asked == []
    assert front.asked == ["getstatus", "runevent"]
