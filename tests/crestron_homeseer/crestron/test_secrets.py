"""Neither the token nor a key is told, nor sent to whom is not trusted."""

import asyncio
from collections.abc import Awaitable, Callable
import hashlib
import logging
import ssl
import traceback

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.find import see_certificate
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .common import TOKEN, Canned, Serve, address_of, asked, echo, failure, says


@pytest.fixture
async def secure(serve: Serve) -> CrestronProcessor:
    """A processor that speaks HTTPS."""
    return await serve(https=True, command_latency=0.0, report_lag=0.0)


async def shown_by(processor: CrestronProcessor) -> str:
    """Return the SHA-256 of a processor's certificate, as anybody sees it."""
    shown = await asyncio.to_thread(
        ssl.get_server_certificate, (processor.host, processor.port)
    )
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()


async def test_a_certificate_is_seen_without_a_request_where_there_is_one(
    session: aiohttp.ClientSession,
    processor: CrestronProcessor,
    secure: CrestronProcessor,
) -> None:
    address = address_of(secure, https=True)
    assert await see_certificate(session, address) == await shown_by(secure)
    assert secure.requests == []
    assert await failure(see_certificate(session, address_of(processor))) is Reason.TLS
    await secure.stop()
    assert await failure(see_certificate(session, address)) is Reason.REFUSED


async def test_another_certificate_gets_neither_token_nor_command(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    pinned = await shown_by(secure)
    client = CrestronClient(session, address_of(secure, https=True), TOKEN, pinned)
    before = secure.connections
    await client.get("shades")
    await client.get("lights")
    assert asked(secure) == ["login", "shades", "lights"]
    # The pinned one is trusted, on one connection.
    assert secure.connections == before + 1
    await secure.restart()
    secure.requests.clear()
    before = secure.connections
    for ask in (client.login(), client.get("shades"), client.post("scenes", {})):
        with pytest.raises(HubConnectionError) as caught:
            await ask
        assert caught.value.reason is Reason.CERTIFICATE
        assert caught.value.issue.facts == {
            "pinned": pinned,
            "seen": await shown_by(secure),
        }
    await client.logout()
    assert secure.requests == []
    # None was tried again: the helper above connects as often.
    assert secure.connections - before <= 2 * 3 + 1


async def test_a_kept_connection_is_not_lent_to_one_that_pins(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    address = address_of(secure, https=True)
    await CrestronClient(session, address, TOKEN).get("shades")
    secure.requests.clear()
    pinning = CrestronClient(session, address, TOKEN, hashlib.sha256(b"").hexdigest())
    with pytest.raises(HubConnectionError) as caught:
        await pinning.get("shades")
    assert caught.value.reason is Reason.CERTIFICATE
    assert secure.requests == []


type Ask = Callable[[CrestronClient], Awaitable[object]]

FAULTS = [
    "refuse_connections",
    "silent",
    "drop_reused",
    "http_403",
    "truncated_json",
    "session_expired_5001",
    "token_revoked",
    "boot_503",
    "answer_timeout",
]


async def converse(client: CrestronClient) -> list[HubError]:
    """Do everything that a client can, and return all that went wrong."""
    asks: list[Ask] = [
        CrestronClient.banner,
        CrestronClient.about,
        CrestronClient.login,
        lambda client: client.get("shades"),
        lambda client: client.get("rooms"),
        lambda client: client.post("scenes/recall/1", {}),
        CrestronClient.logout,
        CrestronClient.login,
    ]
    errors: list[HubError] = []
    for ask in asks:
        try:
            await ask(client)
        except HubError as err:
            errors.append(err)
    return errors


def told(errors: list[HubError], caplog: pytest.LogCaptureFixture) -> str:
    """Return everything that somebody may get to see."""
    parts = [caplog.text]
    for err in errors:
        parts += [str(err), repr(err), repr(err.args), repr(vars(err))]
        parts += traceback.format_exception(err)
    return "\n".join(parts)


@pytest.fixture(autouse=True)
def everything_is_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("READ", "COMMAND", "LOGOUT"):
        monkeypatch.setattr(client_module, f"{name}_TIMEOUT", 0.1)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("when", ["from the start", "after the login"])
async def test_nothing_that_goes_wrong_tells_a_secret(
    client: CrestronClient,
    processor: CrestronProcessor,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    when: str,
) -> None:
    await client.login()
    keys = {client._key or ""}
    client._key = {"from the start": None, "after the login": client._key}[when]
    processor.faults.on(fault)
    errors = await converse(client)
    processor.faults.clear()
    await client.login()
    keys.add(client._key or "")
    text = told(errors, caplog)
    assert [secret for secret in {TOKEN, *keys} if secret in text] == []
    assert all(keys)
    # What the library says in its error was made with the headers at hand.
    assert [err for err in errors if err.__cause__ is not None] == []


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_what_a_processor_repeats_of_our_secrets_is_taken_out(
    canned: Canned,
    canned_client: CrestronClient,
    caplog: pytest.LogCaptureFixture,
    status: int,
) -> None:
    for path in ("", "v2", "shades", "scenes/recall/1", "logout"):
        canned.replies[path] = echo(status)
    # The library's own error holds the request with all its headers.
    canned.replies["rooms"] = says("{}", 200, {"Content-Encoding": "gzip"})
    # The other way round: what was a token once may be in a later answer.
    canned.replies["lights"] = says(
        {"errorMessage": f"{TOKEN} key-of-the-canned-server"}, status=status
    )
    errors = await converse(canned_client)
    assert Reason.LOST in {err.reason for err in errors}
    bodies = [(await canned_client.post("lights", {})).body]
    bodies.append((await canned_client.post("shades", {})).body)
    assert any("key-of-the-canned-server" in str(headers) for headers in canned.headers)
    assert all(b"***" in body for body in bodies)
    shown = told(errors, caplog) + repr(bodies)
    assert TOKEN not in shown
    assert "key-of-the-canned-server" not in shown


async def test_neither_client_nor_hub_shows_its_secrets(
    client: CrestronClient, hub: CrestronHub
) -> None:
    await client.login()
    await hub.connect()
    house = await hub.survey()
    shown = repr([client, hub, client.address, house, hub.report(), hub.memory])
    assert TOKEN not in shown
    assert (client._key or "?") not in shown
    assert (hub.client._key or "?") not in shown
