"""Logging in to a processor, and sessions that end."""

import asyncio
from collections.abc import Awaitable, Callable
import json

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.house.hub import HubAuthError, Reason
from simulator.crestron import CrestronProcessor

from .asking import Ask, both, failure, read
from .canned import Canned, says
from .common import TOKEN, Serve, address_of, asked, counted

SESSION_FAULTS = [
    "session_401",
    "session_511",
    "session_expired_5001",
    "auth_5002",
    "http_403",
]

type ClientOf = Callable[..., Awaitable[tuple[CrestronClient, CrestronProcessor]]]


@pytest.fixture
def client_of(serve: Serve, session: aiohttp.ClientSession) -> ClientOf:
    """Return a client of a processor with some settings."""

    async def made(
        **settings: object,
    ) -> tuple[CrestronClient, CrestronProcessor]:
        processor = await serve(command_latency=0.0, **settings)
        return CrestronClient(session, address_of(processor), TOKEN), processor

    return made


# Logging in


@pytest.mark.parametrize("name", ["authkey", "AuthKey", "auth_key"])
async def test_the_key_is_found_however_it_is_written(
    client_of: ClientOf, name: str
) -> None:
    client, processor = await client_of(authkey_name=name)
    assert json.loads(await client.get("rooms"))["rooms"]
    await client.get("shades")
    assert client.version == "2.000.0004"
    assert asked(processor) == ["login", "rooms", "shades"]
    assert (client.requests, client.logins) == (3, 1)


@pytest.mark.parametrize("how", ["401", "403", "511", "5001", "5002", "7001"])
async def test_a_token_that_died_is_a_bad_token(client_of: ClientOf, how: str) -> None:
    client, processor = await client_of(refused_token=how)
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
    session: aiohttp.ClientSession,
    body: object,
    status: int,
    reason: Reason,
) -> None:
    canned.replies["login"] = says(body, status=status)
    client = CrestronClient(session, canned.address, TOKEN)
    assert await failure(client.login()) is reason
    canned.replies["login"] = says({"authkey": "a-key"})
    assert await failure(client.login()) is None


async def test_a_version_that_was_sent_once_is_known(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    client = CrestronClient(session, canned.address, TOKEN)
    for sent in ({"version": "2.1"}, {}):
        canned.replies["login"] = says({"authkey": "a-key", **sent})
        await client.login()
        assert client.version == "2.1"


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
    canned: Canned, session: aiohttp.ClientSession, body: dict[str, object]
) -> None:
    canned.replies["rooms"] = says(body)
    client = CrestronClient(session, canned.address, TOKEN)
    assert json.loads(await client.get("rooms")) == body
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
