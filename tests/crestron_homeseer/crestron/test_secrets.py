"""Neither the token nor a key is ever told."""

from collections.abc import Awaitable, Callable
import logging
import traceback

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.hub import HubError
from simulator.crestron import CrestronProcessor

from .canned import Canned, echo, says
from .common import TOKEN

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


async def converse(client: CrestronClient) -> list[BaseException]:
    """Do everything that a client can, and return all that went wrong."""
    asks: list[Ask] = [
        CrestronClient.banner,
        CrestronClient.about,
        CrestronClient.login,
        lambda client: client.get("shades"),
        lambda client: client.post("scenes/recall/1", {}),
        CrestronClient.logout,
        CrestronClient.login,
    ]
    errors: list[BaseException] = []
    for ask in asks:
        try:
            await ask(client)
        except HubError as err:
            errors.append(err)
    return errors


def told(errors: list[BaseException], caplog: pytest.LogCaptureFixture) -> str:
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
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    status: int,
) -> None:
    for path in ("", "v2", "shades", "scenes/recall/1", "logout"):
        canned.replies[path] = echo(status)
    client = CrestronClient(session, canned.address, TOKEN)
    # The other way round: what was a token once may be in a later answer.
    canned.replies["lights"] = says(
        {"errorMessage": f"{TOKEN} key-of-the-canned-server"}, status=status
    )
    errors = await converse(client)
    bodies = [(await client.post("lights", {})).body]
    bodies.append((await client.post("shades", {})).body)
    assert any("key-of-the-canned-server" in str(headers) for headers in canned.headers)
    assert all(b"***" in body for body in bodies)
    shown = told(errors, caplog) + repr(bodies)
    assert TOKEN not in shown
    assert "key-of-the-canned-server" not in shown


async def test_bad_http_tells_no_secret(
    canned: Canned, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    # The library's own error holds the request with all its headers.
    canned.replies["shades"] = says("{}", 200, {"Content-Encoding": "gzip"})
    client = CrestronClient(session, canned.address, TOKEN)
    with pytest.raises(HubError) as caught:
        await client.get("shades")
    shown = told([caught.value], caplog)
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
