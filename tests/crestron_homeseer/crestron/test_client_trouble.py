"""The conversation when connections are cut, or nobody answers."""

import asyncio
import json
from typing import Any, override

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

from .asking import Ask, both
from .common import TOKEN, address_of, asked, counted


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a moment instead of many seconds."""
    names = ("READ", "COMMAND")
    for name in names:
        monkeypatch.setattr(client_module, f"{name}_TIMEOUT", 0.4)


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


@pytest.mark.usefixtures("impatient")
async def test_what_comes_bit_by_bit_is_waited_for(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    whole = await client.get("shades")
    processor.faults.on("dribble", 0.1)
    assert await client.get("shades") == whole


class Unreachable(aiohttp.TCPConnector):
    """Knocks, and nobody says as much as no."""

    @override
    async def connect(
        self, req: Any, traces: Any, timeout: aiohttp.ClientTimeout
    ) -> Any:
        # Somebody may wait at a wall for it.
        assert 0 < (timeout.sock_connect or 0) <= 10
        assert 0 < (timeout.sock_read or 0) <= 20
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
