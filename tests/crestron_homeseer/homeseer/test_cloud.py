"""Speaking with a system through MyHS."""

import asyncio

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    Cloud,
    HomeSeerClient,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
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
    site = Cloud(LICENSE, Account(USER, PASSWORD), base=front.url)
    return HomeSeerClient(session, site)


@pytest.mark.parametrize(
    ("account", "login"),
    [
        (Account(USER, PASSWORD), {"user": USER, "pass": PASSWORD}),
        (Account(token=TOKEN), {"token": TOKEN}),
    ],
)
async def test_every_request_names_the_license_and_who_asks(
    session: aiohttp.ClientSession,
    front: Scripted,
    account: Account,
    login: dict[str, str],
) -> None:
    front.replies["getstatus"] = says(DEVICES)
    client = HomeSeerClient(session, Cloud(LICENSE, account, base=front.url))
    assert devices_in(await client.ask("getstatus", ref="all")) == [{"ref": 7}]
    assert front.urls[0].path == "/json"
    query = {"request": "getstatus", "ref": "all", "licenseid": LICENSE}
    assert dict(front.urls[0].query) == query | login
    assert front.ways() == ["query"]


@pytest.mark.parametrize("first", ["getstatus", "runevent"])
async def test_the_tunnel_is_remembered_and_a_command_carried_out_once(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, first: str
) -> None:
    if first == "runevent":
        assert await client.command("runevent", id=1) == {}
    for _ in range(3):
        assert await client.ask("getstatus") == DEVICES
    if first == "getstatus":
        assert await client.command("runevent", id=1) == {}
    assert front.asked == [first]
    assert sorted(tunnel.asked) == ["getstatus"] * 3 + ["runevent"]
    assert {url.query["licenseid"] for url in tunnel.urls} == {LICENSE}


@pytest.mark.parametrize(
    "trouble",
    [
        cut_off,
        says("", 404),
        says("", 503),
        says("", 401),
        says("<html></html>"),
        says({"response": "error"}),
    ],
)
async def test_a_read_goes_back_to_the_front_door_where_the_tunnel_fails(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, trouble: Reply
) -> None:
    await client.ask("getstatus")
    tunnel.replies["getstatus"] = trouble
    front.replies["getstatus"] = says({"Devices": [{"ref": 8}]})
    for _ in range(2):
        assert devices_in(await client.ask("getstatus")) == [{"ref": 8}]
    assert front.asked == ["getstatus"] * 3


@pytest.mark.parametrize("trouble", [None, says("", 401), says("", 429)])
async def test_a_command_that_the_tunnel_did_not_take_goes_to_the_front_door(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, trouble: Reply | None
) -> None:
    await client.ask("getstatus")
    front.replies["runevent"] = says("ok")
    if trouble is None:
        tunnel.refuse()
        await asyncio.sleep(0.02)
    else:
        tunnel.replies["runevent"] = trouble
    assert await client.command("runevent", id=1) == {}
    assert front.asked == ["getstatus", "runevent"]


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (cut_off, HubUnansweredError),
        (says("", 500), HubUnansweredError),
        (says("error"), HubCommandError),
    ],
)
async def test_a_command_that_the_tunnel_may_have_carried_out_is_not_repeated(
    client: HomeSeerClient,
    front: Scripted,
    tunnel: Scripted,
    trouble: Reply,
    kind: type[HubError],
) -> None:
    await client.ask("getstatus")
    tunnel.replies["runevent"] = trouble
    with pytest.raises(HubError) as caught:
        await client.command("runevent", id=1)
    assert type(caught.value) is kind
    assert front.asked == ["getstatus"]
    assert tunnel.asked == ["getstatus", "runevent"]
    # The next one asks for the way again.
    await client.ask("getstatus")
    assert front.asked == ["getstatus", "getstatus"]


async def test_a_tunnel_may_send_on_to_another(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, start: Start
) -> None:
    await client.ask("getstatus")
    other = await start()
    tunnel.replies["getstatus"] = sends_to(other.url / "json")
    await client.ask("getstatus")
    await client.ask("getstatus")
    assert (len(front.asked), len(tunnel.asked), len(other.asked)) == (1, 2, 2)


@pytest.mark.parametrize(
    ("reply", "kind", "reason"),
    [
        (says("", 503), HubConnectionError, Reason.STARTING),
        (says({"response": "no", "responsecode": 401}), HubAuthError, Reason.BAD_LOGIN),
        (sends_to("/login"), HubAuthError, Reason.BAD_LOGIN),
    ],
)
async def test_what_fails_at_the_front_door_has_failed(
    client: HomeSeerClient,
    front: Scripted,
    reply: Reply,
    kind: type[HubError],
    reason: Reason,
) -> None:
    front.replies["getstatus"] = reply
    with pytest.raises(kind) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is reason
    assert len(front.asked) == 1


@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/json", "https://evil.example/json"]
)
async def test_nobody_takes_a_login_elsewhere(
    client: HomeSeerClient, front: Scripted, start: Start, target: str
) -> None:
    thief = await start()
    for name in ("getstatus", "runevent"):
        front.replies[name] = sends_to(target.format(port=thief.port))
    with pytest.raises(HubResponseError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.OTHER_DEVICE
    with pytest.raises(HubCommandError):
        await client.command("runevent", id=1)
    assert thief.asked == []


async def test_a_certificate_that_nobody_vouches_for_gets_no_login(
    session: aiohttp.ClientSession, start: Start
) -> None:
    impostor = await start(https=True)
    site = Cloud(LICENSE, Account(USER, PASSWORD), base=impostor.url)
    client = HomeSeerClient(session, site)
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.TLS
    with pytest.raises(HubConnectionError):
        await client.command("runevent", id=1)
    assert impostor.asked == []
