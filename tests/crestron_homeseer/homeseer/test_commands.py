"""Commands reach a HomeSeer system exactly once, whatever happens."""

import asyncio

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer import client as client_module
from custom_components.crestron_homeseer.homeseer.client import HomeSeerClient
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)

from .common import (
    DEVICES,
    Reply,
    Scripted,
    cut_off,
    half,
    in_turn,
    says,
    sends_to,
    silent,
    then_closes,
)


async def control(client: HomeSeerClient) -> dict[str, object]:
    """Switch something on."""
    return await client.command("controldevicebyvalue", ref=7, value=99.0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "COMMAND_TIMEOUT", 0.3)


@pytest.mark.parametrize(
    ("body", "content"),
    [("ok\r\n", {}), (DEVICES, DEVICES), ({"Response": "ok"}, {"Response": "ok"})],
)
async def test_a_command_was_done(
    client: HomeSeerClient, system: Scripted, body: object, content: object
) -> None:
    system.replies["controldevicebyvalue"] = says(body)
    assert await control(client) == content
    query = dict(system.urls[0].query)
    assert query == {"request": "controldevicebyvalue", "ref": "7", "value": "99"}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says("error\r\n"), HubCommandError),
        (says({"Response": "Error, bad request"}), HubCommandError),
        (says("", 404), HubCommandError),
        (sends_to("http://x.example/JSON"), HubCommandError),
        (says("", 500), HubUnansweredError),
        (says(""), HubUnansweredError),
        (says("<html>A printer</html>"), HubUnansweredError),
        (cut_off, HubUnansweredError),
        (half, HubUnansweredError),
        (silent, HubUnansweredError),
        (says("ok", headers={"Content-Encoding": "gzip"}), HubUnansweredError),
    ],
)
async def test_a_command_goes_out_once_whatever_comes_back(
    client: HomeSeerClient, system: Scripted, reply: Reply, kind: type[HubError]
) -> None:
    system.replies["controldevicebyvalue"] = reply
    with pytest.raises(HubError) as caught:
        await control(client)
    assert type(caught.value) is kind
    await asyncio.sleep(0.02)
    assert system.asked == ["controldevicebyvalue"]
    assert client.requests == 1


@pytest.mark.parametrize("trouble", [cut_off, half, silent])
async def test_nor_is_it_sent_again_on_a_kept_connection(
    client: HomeSeerClient, system: Scripted, trouble: Reply
) -> None:
    # Where a connection was kept, aiohttp itself sends a GET again.
    system.replies["controldevicebyvalue"] = trouble
    await client.ask("getstatus")
    with pytest.raises(HubUnansweredError) as caught:
        await control(client)
    assert caught.value.reason is Reason.UNANSWERED
    await asyncio.sleep(0.02)
    assert system.asked == ["getstatus", "controldevicebyvalue"]
    assert system.connections == 1


async def test_without_the_guard_it_would_be_sent_twice(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    """Shows that the tests above can fail."""
    system.replies["runevent"] = cut_off
    await session.get(system.url / "getstatus")
    with pytest.raises(aiohttp.ClientError):
        await session.get(system.url / "runevent")
    assert system.asked == ["getstatus", "runevent", "runevent"]


async def test_a_command_on_a_dead_connection_is_in_doubt_and_the_next_is_not(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = says("ok")
    system.drops_reused = True
    await client.ask("getstatus")
    with pytest.raises(HubUnansweredError):
        await control(client)
    # From then on, each gets a connection of its own.
    for _ in range(3):
        assert await control(client) == {}
    assert system.asked.count("dropped") == 1


async def test_a_connection_that_was_closed_in_time_is_no_trouble(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = then_closes(says("ok"))
    for _ in range(3):
        assert await control(client) == {}
        await asyncio.sleep(0.02)
    assert system.asked == ["controldevicebyvalue"] * 3


async def test_what_was_not_sent_was_certainly_not_done(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.refuse()
    with pytest.raises(HubConnectionError) as caught:
        await control(client)
    assert caught.value.reason is Reason.REFUSED


async def test_a_busy_system_has_not_done_it(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = says("", 429)
    with pytest.raises(HubConnectionError) as caught:
        await control(client)
    assert caught.value.reason is Reason.BUSY


async def test_a_command_that_nobody_waits_for_any_more_frees_the_way(
    client: HomeSeerClient, system: Scripted
) -> None:
    system.replies["controldevicebyvalue"] = in_turn(silent, says("ok"))
    first = asyncio.create_task(control(client))
    await asyncio.sleep(0.05)
    first.cancel()
    assert await control(client) == {}


async def test_a_failed_command_keeps_the_next_at_a_distance_too(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    client = HomeSeerClient(session, system.site(), pace=0.1)
    system.replies["controldevicebyvalue"] = in_turn(says("error"), says("ok"))
    with pytest.raises(HubCommandError):
        await control(client)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await control(client)
    assert loop.time() - began >= 0.1
