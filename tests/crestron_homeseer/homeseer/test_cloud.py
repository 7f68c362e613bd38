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
    in_turn,
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
        session, Cloud(LICENSE, Account(USER, PASSWORD), base=front.url)
    )


async def test_every_request_names_the_license_and_who_asks(
    client: HomeSeerClient, front: Scripted
) -> None:
    front.replies["getstatus"] = says(DEVICES)
    assert devices_in(await client.ask("getstatus", ref="all")) == [{"ref": 7}]
    assert front.urls[0].path == "/json"
    assert dict(front.urls[0].query) == {
        "request": "getstatus",
        "ref": "all",
        "licenseid": LICENSE,
        "user": USER,
        "pass": PASSWORD,
    }
    assert front.ways() == ["query"]


async def test_a_token_stands_for_a_name_and_a_password(
    session: aiohttp.ClientSession, front: Scripted
) -> None:
    front.replies["getstatus"] = says(DEVICES)
    site = Cloud(LICENSE, Account(token=TOKEN), base=front.url)
    await HomeSeerClient(session, site).ask("getstatus")
    query = dict(front.urls[0].query)
    assert query == {"request": "getstatus", "licenseid": LICENSE, "token": TOKEN}


async def test_the_tunnel_is_remembered(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted
) -> None:
    for _ in range(3):
        assert await client.ask("getstatus") == DEVICES
    assert await client.command("runevent", id=1) == {}
    assert front.asked == ["getstatus"]
    assert tunnel.asked == ["getstatus"] * 3 + ["runevent"]
    assert {url.query["licenseid"] for url in tunnel.urls} == {LICENSE}


async def test_a_command_is_sent_on_and_done_once(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted
) -> None:
    assert await client.command("runevent", id=1) == {}
    assert (front.asked, tunnel.asked) == (["runevent"], ["runevent"])


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
    assert devices_in(await client.ask("getstatus")) == [{"ref": 8}]
    assert devices_in(await client.ask("getstatus")) == [{"ref": 8}]
    assert front.asked == ["getstatus"] * 3


async def test_a_tunnel_that_is_gone_is_forgotten_by_commands_too(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted
) -> None:
    await client.ask("getstatus")
    tunnel.refuse()
    await asyncio.sleep(0.02)
    front.replies["runevent"] = says("ok")
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
async def test_a_command_that_the_tunnel_may_have_done_is_not_repeated(
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


async def test_a_tunnel_that_refuses_the_login_did_nothing(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted
) -> None:
    await client.ask("getstatus")
    tunnel.replies["runevent"] = says("", 401)
    front.replies["runevent"] = says("ok")
    assert await client.command("runevent", id=1) == {}


async def test_a_tunnel_may_send_on_to_another(
    client: HomeSeerClient, front: Scripted, tunnel: Scripted, start: Start
) -> None:
    await client.ask("getstatus")
    other = await start()
    tunnel.replies["getstatus"] = sends_to(other.url / "json")
    await client.ask("getstatus")
    await client.ask("getstatus")
    assert (len(front.asked), len(tunnel.asked), len(other.asked)) == (1, 2, 2)


async def test_what_fails_at_the_front_door_has_failed(
    client: HomeSeerClient, front: Scripted
) -> None:
    front.replies["getstatus"] = says("", 503)
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.STARTING
    assert len(front.asked) == 1


async def test_a_wrong_login_is_told(client: HomeSeerClient, front: Scripted) -> None:
    front.replies["getstatus"] = in_turn(
        says({"response": "error", "responsecode": 401}), sends_to("/login")
    )
    for _ in range(2):
        with pytest.raises(HubAuthError) as caught:
            await client.ask("getstatus")
        assert caught.value.reason is Reason.BAD_LOGIN


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
    client = HomeSeerClient(
        session, Cloud(LICENSE, Account(USER, PASSWORD), base=impostor.url)
    )
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.TLS
    with pytest.raises(HubConnectionError):
        await client.command("runevent", id=1)
    assert impostor.asked == []
