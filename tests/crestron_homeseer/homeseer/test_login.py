"""How a client logs in to a local system, and where it never does."""

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubResponseError,
    Reason,
)

from .common import (
    DEVICES,
    LOGIN_PAGE,
    PASSWORD,
    USER,
    Reply,
    Scripted,
    Start,
    cut_off,
    in_turn,
    says,
    sends_to,
)


@pytest.fixture
def guarded(system: Scripted) -> Scripted:
    """A system that wants a login."""
    system.wants = (USER, PASSWORD)
    system.replies["runevent"] = says("ok")
    return system


@pytest.fixture
def client(session: aiohttp.ClientSession, guarded: Scripted) -> HomeSeerClient:
    """A client that knows the login."""
    return HomeSeerClient(session, guarded.site(USER, PASSWORD))


async def test_a_login_goes_by_basic_authentication(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    await client.ask("getstatus")
    await client.command("runevent", id=1)
    assert guarded.ways() == ["basic", "basic"]


@pytest.mark.parametrize(
    "refusal",
    [
        says("", 401),
        says("", 403),
        says(LOGIN_PAGE),
        says({"Response": "Error, not authorized"}),
    ],
)
async def test_by_the_query_where_a_system_knows_nothing_else(
    client: HomeSeerClient, guarded: Scripted, refusal: Reply
) -> None:
    guarded.takes = {"query"}
    guarded.refusal = refusal
    assert await client.ask("getstatus") == DEVICES
    assert await client.ask("getstatus") == DEVICES
    await client.command("runevent", id=1)
    # Tried once, then remembered; never both at once.
    assert guarded.ways() == ["basic", "query", "query", "query"]


async def test_a_command_that_was_refused_is_said_again_in_the_other_way(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.takes = {"query"}
    assert await client.command("runevent", id=1) == {}
    assert guarded.ways() == ["basic", "query"]


async def test_a_login_that_is_refused_in_both_ways_is_wrong(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.wants = (USER, "other")
    for _ in range(2):
        with pytest.raises(HubAuthError) as caught:
            await client.ask("getstatus")
        assert caught.value.reason is Reason.BAD_LOGIN
    with pytest.raises(HubAuthError):
        await client.command("runevent", id=1)
    assert guarded.ways() == ["basic", "query"] * 3


async def test_a_way_that_was_not_tried_to_its_end_is_not_remembered(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.refusal = in_turn(says("", 401), cut_off)
    guarded.takes = set()
    with pytest.raises(HubConnectionError):
        await client.ask("getstatus")
    guarded.takes = {"basic"}
    assert await client.ask("getstatus") == DEVICES
    assert guarded.ways()[-1] == "basic"


async def test_nobody_logs_in_without_a_login(
    session: aiohttp.ClientSession, guarded: Scripted
) -> None:
    client = HomeSeerClient(session, guarded.site())
    with pytest.raises(HubAuthError) as caught:
        await client.ask("getstatus")
    assert caught.value.reason is Reason.LOGIN_NEEDED
    assert guarded.ways() == [""]


async def test_a_name_that_basic_authentication_cannot_carry_goes_by_the_query(
    session: aiohttp.ClientSession, guarded: Scripted
) -> None:
    guarded.wants = ("a:b", PASSWORD)
    client = HomeSeerClient(session, guarded.site("a:b", PASSWORD))
    assert await client.ask("getstatus") == DEVICES
    assert guarded.ways() == ["query"]


async def test_a_command_that_is_refused_in_words_is_not_repeated(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.replies["runevent"] = says({"Response": "Error, not authorized"})
    with pytest.raises(HubCommandError):
        await client.command("runevent", id=1)
    assert guarded.ways() == ["basic"]


# Redirects


async def test_a_system_may_send_to_itself(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    guarded.replies["getstatus"] = in_turn(sends_to("/json?x=1"), says(DEVICES))
    guarded.replies["runevent"] = in_turn(sends_to("json", 307), says("ok"))
    assert await client.ask("getstatus", ref="all") == DEVICES
    assert await client.command("runevent", id=1) == {}
    assert guarded.urls[1].path == "/json"
    assert dict(guarded.urls[1].query) == {"request": "getstatus", "ref": "all"}
    # It is no tunnel that would be worth remembering.
    await client.ask("getstatus")
    assert guarded.urls[-1].path == "/JSON"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nobody_takes_a_login_elsewhere(
    client: HomeSeerClient, guarded: Scripted, start: Start, status: int
) -> None:
    thief = await start()
    for name in ("getstatus", "runevent"):
        guarded.replies[name] = sends_to(thief.url / "JSON", status)
    with pytest.raises(HubResponseError) as read:
        await client.ask("getstatus")
    assert read.value.reason is Reason.OTHER_DEVICE
    with pytest.raises(HubCommandError):
        await client.command("runevent", id=1)
    assert thief.asked == []
    assert guarded.asked == ["getstatus", "runevent"]


@pytest.mark.parametrize("target", ["/", "http://[", "", "mailto:x@y"])
async def test_a_redirect_to_nowhere_is_no_answer(
    client: HomeSeerClient, guarded: Scripted, target: str
) -> None:
    guarded.replies["getstatus"] = sends_to(target)
    with pytest.raises(HubResponseError):
        await client.ask("getstatus")
    assert len(guarded.asked) == 1


async def test_a_redirect_to_a_login_page_is_a_refusal(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    for name in ("getstatus", "runevent"):
        guarded.replies[name] = sends_to("/Login.html?back=/JSON")
    with pytest.raises(HubAuthError):
        await client.ask("getstatus")
    with pytest.raises(HubAuthError):
        await client.command("runevent", id=1)


async def test_redirects_come_to_an_end(
    client: HomeSeerClient, guarded: Scripted
) -> None:
    for name in ("getstatus", "runevent"):
        guarded.replies[name] = sends_to("/JSON")
    with pytest.raises(HubResponseError):
        await client.ask("getstatus")
    assert len(guarded.asked) == 4
    with pytest.raises(HubCommandError):
        await client.command("runevent", id=1)
    assert len(guarded.asked) == 8
