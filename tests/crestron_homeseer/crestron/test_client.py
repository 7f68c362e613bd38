"""What a client asks a processor for, how it logs in, and what it makes of the answers."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubResponseError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .common import (
    PREFIX,
    TOKEN,
    Ask,
    Canned,
    Serve,
    address_of,
    asked,
    both,
    counted,
    failure,
    read,
    says,
)

# Requests


async def test_a_read_that_is_refused_says_why(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    canned.replies["rooms"] = says({"errorMessage": "No rooms. " * 100}, status=500)
    with pytest.raises(HubResponseError) as caught:
        await CrestronClient(session, canned.address, TOKEN).get("rooms")
    assert "status 500, No rooms." in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("http_404", Reason.NO_API),
        ("http_500", Reason.NONSENSE),
        ("http_503", Reason.NONSENSE),
        ("wrong_content_type", None),
    ],
)
async def test_a_read_with_a_bad_status_is_no_answer(
    client: CrestronClient,
    processor: CrestronProcessor,
    fault: str,
    reason: Reason | None,
) -> None:
    await client.login()
    processor.faults.on(fault)
    assert await failure(client.get("shades")) is reason
    assert counted(processor)["shades"] == 1


async def test_a_command_always_has_a_body_that_says_how_long_it_is(
    canned: Canned, canned_client: CrestronClient
) -> None:
    canned.replies["scenes/recall/9"] = says({"status": "success"})
    await canned_client.post("scenes/recall/9", {})
    assert canned.bodies[-1] == "{}"
    assert canned.headers[-1]["Content-Length"] == "2"


async def test_what_is_quoted_in_a_path_is_quoted_once(
    canned: Canned, canned_client: CrestronClient
) -> None:
    path = "mediarooms/5/selectsource/Apple TV/?"
    canned.replies[path] = says({"status": "success"})
    quoted = "mediarooms/5/selectsource/Apple%20TV%2F%3F"
    assert (await canned_client.post(quoted, {})).status == 200
    assert canned.asked[-1] == f"POST {PREFIX}{path}"


async def test_one_request_at_a_time_and_urgent_ones_first(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(answer_seconds=0.01)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    await asyncio.gather(
        client.get("lights"),
        client.get("rooms"),
        client.get("scenes"),
        client.get("shades", urgent=True),
        client.post("scenes/recall/1", {}),
    )
    order = [request.path.removeprefix(PREFIX) for request in processor.requests]
    assert order[1:] == ["lights", "shades", "scenes/recall/1", "rooms", "scenes"]


# Who is there


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("<html></html>", 200, Reason.OTHER_DEVICE),
        ({"description": "A printer"}, 200, Reason.OTHER_DEVICE),
        ({}, 401, Reason.OTHER_DEVICE),
        ("moved", 302, Reason.OTHER_DEVICE),
        ("", 404, Reason.NO_API),
        ("", 500, Reason.STARTING),
    ],
)
async def test_what_has_no_banner_is_no_processor_yet(
    canned: Canned,
    session: aiohttp.ClientSession,
    body: object,
    status: int,
    reason: Reason,
) -> None:
    canned.replies[""] = says(body, status=status)
    client = CrestronClient(session, canned.address)
    assert await failure(client.banner()) is reason


@pytest.mark.parametrize("key", ["HouseName", "systemName"])
async def test_a_house_that_has_a_name_is_called_by_it(
    session: aiohttp.ClientSession, canned: Canned, key: str
) -> None:
    canned.replies["v2"] = says({key: "Villa", "SystemType": None})
    about = await CrestronClient(session, canned.address).about()
    assert about == {"name": "Villa"}
    memory: dict[str, Any] = {"about": about}
    info = await CrestronHub(session, canned.address, TOKEN, memory=memory).connect()
    assert (info.name, info.model) == ("Villa", None)


@pytest.mark.parametrize("fault", ["refuse_connections", "html_login_page", "http_500"])
async def test_a_model_that_cannot_be_read_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    assert await client.about() is None


SESSION_FAULTS = [
    "session_401",
    "session_511",
    "session_expired_5001",
    "auth_5002",
    "http_403",
]

# Logging in


@pytest.mark.parametrize("name", ["authkey", "AuthKey", "auth_key"])
async def test_the_key_is_found_however_it_is_written(
    serve: Serve, session: aiohttp.ClientSession, name: str
) -> None:
    processor = await serve(command_latency=0.0, authkey_name=name)
    client = CrestronClient(session, address_of(processor), TOKEN)
    assert json.loads(await client.get("rooms"))["rooms"]
    await client.get("shades")
    assert client.version == "2.000.0004"
    assert asked(processor) == ["login", "rooms", "shades"]
    assert (client.requests, client.logins) == (3, 1)


@pytest.mark.parametrize("how", ["401", "5001", "7001"])
async def test_a_token_that_died_is_a_bad_token(
    serve: Serve, session: aiohttp.ClientSession, how: str
) -> None:
    processor = await serve(command_latency=0.0, refused_token=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.revoke_token("another")
    for asking in (client.get("shades"), client.post("shades/SetState", {})):
        with pytest.raises(HubAuthError) as caught:
            await asking
        assert caught.value.reason is Reason.BAD_TOKEN
    assert processor.commands == []
    processor.requests.clear()
    with pytest.raises(HubAuthError):
        await client.login()
    assert asked(processor) == ["login"]


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        *(
            ({"errorSource": code}, 500, Reason.BAD_TOKEN)
            for code in (5001, 5002, 7001)
        ),
        ({"errorSource": 7000}, 500, Reason.STARTING),
        ("", 503, Reason.STARTING),
        ({"authkey": ""}, 200, Reason.NO_API),
        ({"description": "The Pyng Rest API"}, 200, Reason.NO_API),
        ('{"authkey', 200, Reason.NO_API),
    ],
)
async def test_only_a_login_that_is_refused_is_a_bad_token(
    canned: Canned,
    canned_client: CrestronClient,
    body: object,
    status: int,
    reason: Reason,
) -> None:
    canned.replies["login"] = says({"authkey": "a-key", "version": "2.1"})
    await canned_client.login()
    canned.replies["login"] = says(body, status=status)
    assert await failure(canned_client.login()) is reason
    canned.replies["login"] = says({"authkey": "a-key"})
    assert await failure(canned_client.login()) is None
    # What was sent once is known.
    assert canned_client.version == "2.1"


# Sessions that end


@both
@pytest.mark.parametrize("fault", SESSION_FAULTS)
@pytest.mark.parametrize("times", [1, None])
async def test_a_session_that_is_refused_is_renewed_but_not_for_ever(
    client: CrestronClient,
    processor: CrestronProcessor,
    fault: str,
    scene: str,
    ask: Ask,
    times: int | None,
) -> None:
    path = "shades" if ask is read else scene
    await client.login()
    processor.faults.on(fault, path=f"/{path}", times=times)
    reason = await failure(ask(client, path))
    assert reason is (None if times else Reason.STARTING)
    assert counted(processor) == {"login": 2, path: 2}
    # The refused command was not carried out, and the other one once.
    assert len(processor.commands) == (path == scene and times == 1)


@pytest.mark.parametrize("status", [401, 403, 511])
async def test_a_refusal_needs_no_body(
    canned: Canned, canned_client: CrestronClient, status: int
) -> None:
    canned.replies["rooms"] = says("", status)
    assert await failure(canned_client.get("rooms")) is Reason.STARTING
    assert len(canned.asked) == 4


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
    canned: Canned, canned_client: CrestronClient, body: dict[str, object]
) -> None:
    canned.replies["rooms"] = says(body)
    assert json.loads(await canned_client.get("rooms")) == body
    assert len(canned.asked) == 2


async def test_logging_out_ends_the_session_and_may_fail(
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
    processor.faults.on("refuse_connections")
    await client.logout()
