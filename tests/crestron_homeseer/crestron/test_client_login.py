"""Logging in to a processor, and sessions that end."""

import asyncio
import json

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubResponseError,
    Reason,
)
from simulator.crestron import CrestronProcessor
from simulator.house import House, Shade

from .canned import Canned, says
from .common import TOKEN, Serve, address_of, asked, counted

REFUSALS = ["401", "403", "511", "5001", "5002"]
SESSION_FAULTS = ["session_401", "session_511", "session_expired_5001", "auth_5002"]


def move(house: House, position: int = 65535) -> dict[str, object]:
    """Return a body that moves the kitchen's shade."""
    shade = house.find("Kitchen Shade", Shade)
    return {"shades": [{"id": shade.id, "position": position}]}


# Logging in


@pytest.mark.parametrize("name", ["authkey", "AuthKey", "AUTHKEY", "auth_key"])
async def test_the_key_is_found_however_it_is_written(
    serve: Serve, session: aiohttp.ClientSession, name: str
) -> None:
    processor = await serve(authkey_name=name)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    assert client.version == "2.000.0004"
    assert json.loads(await client.get("rooms"))["rooms"]
    assert asked(processor) == ["login", "rooms"]


async def test_the_upper_case_of_the_manual_is_read(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    with processor.faults.during("upper_case_authkey"):
        await client.login()
    await client.get("rooms")
    assert asked(processor) == ["login", "rooms"]


async def test_the_first_request_logs_in_by_itself_and_the_others_do_not(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.get("rooms")
    await client.get("shades")
    assert asked(processor) == ["login", "rooms", "shades"]
    assert client.requests == 3


@pytest.mark.parametrize("how", [*REFUSALS, "7001"])
async def test_a_login_that_is_refused_is_a_bad_token(
    serve: Serve, session: aiohttp.ClientSession, how: str
) -> None:
    processor = await serve(refused_token=how)
    client = CrestronClient(session, address_of(processor), "wrong")
    with pytest.raises(HubAuthError) as caught:
        await client.login()
    assert caught.value.reason is Reason.BAD_TOKEN
    assert asked(processor) == ["login"]


@pytest.mark.parametrize("source", [5001, 5002, 7001])
async def test_a_bad_token_in_a_500_is_a_bad_token(
    canned: Canned, session: aiohttp.ClientSession, source: int
) -> None:
    canned.replies["login"] = says({"errorSource": source}, status=500)
    with pytest.raises(HubAuthError):
        await CrestronClient(session, canned.address, TOKEN).login()


@pytest.mark.parametrize("fault", ["boot_500", "boot_503", "http_500", "http_503"])
async def test_a_processor_that_boots_has_no_bad_token(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    with processor.faults.during(fault), pytest.raises(HubConnectionError) as caught:
        await client.login()
    assert caught.value.reason is Reason.STARTING
    await client.login()


@pytest.mark.parametrize(
    "fault", ["html_login_page", "empty_body", "truncated_json", "http_404"]
)
async def test_a_login_without_a_key_is_no_web_api(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    with processor.faults.during(fault), pytest.raises(HubResponseError) as caught:
        await client.login()
    assert caught.value.reason is Reason.NO_API


@pytest.mark.parametrize(
    "body", [{"authkey": None}, {"authkey": ""}, {"description": "The Pyng Rest API"}]
)
async def test_a_key_that_is_none_is_no_key(
    canned: Canned, session: aiohttp.ClientSession, body: dict[str, object]
) -> None:
    canned.replies["login"] = says(body)
    with pytest.raises(HubResponseError, match=Reason.NO_API):
        await CrestronClient(session, canned.address, TOKEN).login()


# Sessions that end


@pytest.mark.parametrize("how", REFUSALS)
async def test_an_expired_session_is_one_login_and_one_more_read(
    serve: Serve, session: aiohttp.ClientSession, how: str
) -> None:
    processor = await serve(refused_key=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    assert json.loads(await client.get("shades"))["shades"]
    assert asked(processor) == ["shades", "login", "shades"]


@pytest.mark.parametrize("how", REFUSALS)
async def test_an_expired_session_is_one_login_and_one_command(
    serve: Serve, session: aiohttp.ClientSession, house: House, how: str
) -> None:
    processor = await serve(refused_key=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    answer = await client.post("shades/SetState", move(house))
    assert json.loads(answer.body)["status"] == "success"
    assert counted(processor) == {"shades/SetState": 2, "login": 1}
    assert len(processor.commands) == 1


@pytest.mark.parametrize("fault", [*SESSION_FAULTS, "http_403"])
async def test_a_session_refused_for_once_is_renewed(
    client: CrestronClient, processor: CrestronProcessor, house: House, fault: str
) -> None:
    await client.login()
    processor.faults.on(fault, path="/shades", times=1)
    await client.post("shades/SetState", move(house))
    assert counted(processor) == {"login": 2, "shades/SetState": 2}
    assert len(processor.commands) == 1


@pytest.mark.parametrize("fault", [*SESSION_FAULTS, "http_403"])
async def test_a_new_session_that_is_refused_as_well_is_not_renewed_for_ever(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    await client.login()
    processor.faults.on(fault, path="/shades")
    with pytest.raises(HubConnectionError) as caught:
        await client.get("shades")
    assert caught.value.reason is Reason.STARTING
    assert counted(processor) == {"login": 2, "shades": 2}


@pytest.mark.parametrize("status", [401, 403, 511])
async def test_a_refusal_needs_no_words(
    canned: Canned, session: aiohttp.ClientSession, status: int
) -> None:
    canned.replies["rooms"] = says("", status)
    client = CrestronClient(session, canned.address, TOKEN)
    with pytest.raises(HubConnectionError) as caught:
        await client.get("rooms")
    assert caught.value.reason is Reason.STARTING
    assert len(canned.asked) == 4


async def test_a_version_that_was_told_once_is_known(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    client = CrestronClient(session, canned.address, TOKEN)
    for told in ({"version": "2.1"}, {}):
        canned.replies["login"] = says({"authkey": "a-key", **told})
        await client.login()
        assert client.version == "2.1"


async def test_many_who_find_the_session_expired_log_in_once(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    paths = ["rooms", "shades", "lights", "scenes", "sensors"]
    await asyncio.gather(*map(client.get, paths))
    assert counted(processor)["login"] == 1
    assert len(processor.requests) == len(paths) + 2
    # A read that hangs keeps nobody waiting, so two may find it expired at once.
    processor.expire_sessions()
    await asyncio.gather(
        *(client._with_session("GET", path, None, 5.0) for path in paths)
    )
    assert counted(processor)["login"] == 2


@pytest.mark.parametrize("how", [*REFUSALS, "7001"])
async def test_a_token_that_died_with_an_upgrade_is_a_bad_token(
    serve: Serve, session: aiohttp.ClientSession, house: House, how: str
) -> None:
    processor = await serve(refused_token=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.revoke_token("another")
    with pytest.raises(HubAuthError):
        await client.get("shades")
    with pytest.raises(HubAuthError):
        await client.post("shades/SetState", move(house))
    assert processor.commands == []


async def test_a_restart_is_one_more_login(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    await processor.restart()
    await client.get("shades")
    assert counted(processor)["login"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {"rooms": [{"id": 5001, "name": "Mirror"}]},
        {"errorSource": 5001, "rooms": [], "padding": "x" * 2000},
        {"errorSource": 7000, "errorMessage": "Unhandled exception."},
        {"errorSource": None},
    ],
)
async def test_what_is_no_refusal_is_not_taken_for_one(
    canned: Canned, session: aiohttp.ClientSession, body: dict[str, object]
) -> None:
    canned.replies["rooms"] = says(body)
    client = CrestronClient(session, canned.address, TOKEN)
    assert json.loads(await client.get("rooms")) == body
    assert len(canned.asked) == 2


async def test_logging_out_ends_the_session(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    key = client._key
    assert processor.sessions.use(key) is True
    await client.logout()
    assert processor.sessions.use(key) is None
    await client.logout()
    assert asked(processor) == ["login", "logout"]
    await client.get("rooms")
    assert asked(processor)[2:] == ["login", "rooms"]


async def test_a_logout_that_fails_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("refuse_connections")
    await client.logout()
    assert client.requests > 1
