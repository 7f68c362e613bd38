"""The conversation when connections are cut, nobody answers, or it is no processor."""

import asyncio
from unittest.mock import Mock

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubUnansweredError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .common import (
    TOKEN,
    Ask,
    Canned,
    Serve,
    address_of,
    asked,
    both,
    counted,
    failure,
    says,
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a moment instead of many seconds."""
    for name in ("READ", "COMMAND"):
        monkeypatch.setattr(client_module, f"{name}_TIMEOUT", 0.3)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("fault", "times", "reason", "requests"),
    [
        ("drop_reused", 1, None, 2),
        ("reset_mid_body", 1, None, 2),
        ("reset_mid_body", None, Reason.LOST, 2),
        # Somebody is there, and does not answer: that would be the same once more.
        ("silent", None, Reason.TIMED_OUT, 1),
    ],
)
async def test_a_read_that_breaks_off_is_repeated_once(
    client: CrestronClient,
    processor: CrestronProcessor,
    fault: str,
    times: int | None,
    reason: Reason | None,
    requests: int,
) -> None:
    await client.login()
    processor.faults.on(fault, path="/shades", times=times)
    assert await failure(client.get("shades")) is reason
    assert counted(processor)["shades"] == requests


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ("drop_reused", 0),
        ("answer_lost", 1),
        ("reset_mid_body", 1),
        ("answer_timeout", 1),
    ],
)
async def test_a_command_whose_answer_is_lost_was_sent_once(
    client: CrestronClient,
    processor: CrestronProcessor,
    scene: str,
    fault: str,
    done: int,
) -> None:
    await client.login()
    processor.faults.on(fault)
    with pytest.raises(HubUnansweredError) as caught:
        await client.post(scene, {})
    assert caught.value.reason is Reason.UNANSWERED
    assert counted(processor)[scene] == 1
    assert len(processor.commands) == done


@both
@pytest.mark.usefixtures("impatient")
async def test_a_login_that_is_never_answered_is_certain_to_have_done_nothing(
    client: CrestronClient, processor: CrestronProcessor, scene: str, ask: Ask
) -> None:
    processor.faults.on("silent")
    assert await failure(ask(client, scene)) is Reason.TIMED_OUT
    assert asked(processor) == ["login"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "seconds"), [("slow", 0.05), ("dribble", 0.1)])
async def test_what_is_slow_but_answers_is_waited_for(
    client: CrestronClient, processor: CrestronProcessor, fault: str, seconds: float
) -> None:
    processor.faults.on(fault, seconds)
    await client.get("shades")
    assert counted(processor) == {"login": 1, "shades": 1}


# No connection


@both
async def test_a_refused_connection_was_sent_nothing(
    client: CrestronClient, processor: CrestronProcessor, scene: str, ask: Ask
) -> None:
    await client.login()
    processor.faults.on("refuse_connections")
    # Until then the end of the old connection has been seen.
    await asyncio.sleep(0.02)
    assert await failure(ask(client, scene)) is Reason.REFUSED
    assert client.requests == 2
    processor.faults.off("refuse_connections")
    await client.post(scene, {})
    assert len(processor.commands) == 1


@both
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (aiohttp.ConnectionTimeoutError(), Reason.TIMED_OUT),
        (aiohttp.ClientConnectorDNSError(Mock(), OSError()), Reason.NOT_FOUND),
        (aiohttp.InvalidURL(""), Reason.NOT_FOUND),
    ],
)
async def test_a_host_that_is_not_there_was_sent_nothing(
    ask: Ask, error: Exception, reason: Reason
) -> None:
    session = Mock(closed=False, request=Mock(side_effect=error))
    client = CrestronClient(session, Address("mc4"), TOKEN)
    client._key = "key"
    with pytest.raises(HubConnectionError) as caught:
        await ask(client, "shades")
    assert caught.value.reason is reason
    (call,) = session.request.call_args_list
    # Somebody may wait at a wall for it.
    assert 0 < call.kwargs["timeout"].sock_connect <= 10
    assert 0 < call.kwargs["timeout"].sock_read <= 20


@both
async def test_encryption_is_neither_lost_nor_made_up(
    serve: Serve, session: aiohttp.ClientSession, ask: Ask, scene: str
) -> None:
    processor, plain = await serve(https=True), await serve()
    https = CrestronClient(session, address_of(processor, https=True), TOKEN)
    http = CrestronClient(session, address_of(processor), TOKEN)
    made_up = CrestronClient(session, address_of(plain, https=True), TOKEN)
    async with aiohttp.ClientSession() as other:
        strict = CrestronClient(other, address_of(processor, https=True), TOKEN)
        assert await failure(ask(strict, scene)) is Reason.TLS
    assert await failure(ask(made_up, scene)) is Reason.TLS
    assert await failure(ask(http, scene)) in {Reason.LOST, Reason.UNANSWERED}
    await ask(https, scene)
    # It signs its own certificate, and makes a new one at each start.
    processor.faults.on("tls_new_certificate")
    await processor.restart()
    await https.get(scene)


# What leads elsewhere


@pytest.mark.parametrize("status", [302, 307])
async def test_no_redirect_is_followed(
    canned: Canned, canned_client: CrestronClient, status: int
) -> None:
    elsewhere = Canned()
    await elsewhere.start()
    for path in ("", "login", "logout", "shades", "v2"):
        there = {"Location": f"{elsewhere.address.root}/{path}"}
        canned.replies[path] = says("moved", status, there)
    assert await failure(canned_client.login()) is Reason.NO_API
    assert await failure(canned_client.banner()) is Reason.OTHER_DEVICE
    assert await canned_client.about() is None
    canned_client._key = "key"
    assert await canned_client.get("shades") == b"moved"
    assert (await canned_client.post("shades", {})).status == status
    await canned_client.logout()
    await elsewhere.stop()
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
    assert await failure(ask(client, scene)) is Reason.CLOSING
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
