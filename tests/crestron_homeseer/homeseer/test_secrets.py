"""Neither a password nor a token nor an address with them in it is ever shown."""

import base64
from collections.abc import Awaitable
from html import escape
import logging
import traceback
from urllib.parse import quote, quote_plus

import aiohttp
from aiohttp import web
import pytest

from custom_components.crestron_homeseer.homeseer import (
    client as client_module,
    exchange as exchange_module,
    find as find_module,
)
from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    HomeSeerClient,
    Site,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.homeseer.find import find_local, find_systems
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    Reason,
)

from .common import (
    PASSWORD,
    TOKEN,
    USER,
    Reply,
    Scripted,
    Start,
    cut_off,
    half,
    says,
    sends_to,
    silent,
)

LICENSE = "l1cense-that-nobody-may-see"
BY_PASSWORD, BY_TOKEN = Account(USER, PASSWORD), Account(token=TOKEN)
WAYS = (str, escape, quote, quote_plus, lambda text: quote(text, safe=""))
SECRETS = {LICENSE, BY_PASSWORD.header["Authorization"].removeprefix("Basic ")} | {
    write(secret) for secret in (USER, PASSWORD, TOKEN) for write in WAYS
}


async def echo(request: web.BaseRequest) -> web.StreamResponse:
    """Repeat what came, as a careless error message does."""
    query = dict(request.query)
    repeated = f"{request.path_qs} {query} {request.headers.get('Authorization')}"
    return await says({"Response": f"Error in {repeated}"})(request)


async def echo_login(request: web.BaseRequest) -> web.StreamResponse:
    """Repeat the login that is refused."""
    parts = [escape(part) for part in request.query.values()]
    header = request.headers.get("Authorization", "Basic ").removeprefix("Basic ")
    parts.append(base64.b64decode(header).decode())
    return await says({"Response": f"Wrong password {parts}"})(request)


REPLIES: dict[str, Reply] = {
    "cut off": cut_off,
    "half": half,
    "silent": silent,
    "echo": echo,
    "echo login": echo_login,
    "elsewhere": sends_to(f"https://evil.example/json?pass={TOKEN}"),
    "in circles": sends_to("/json"),
    "bad address": sends_to("http://[" + TOKEN),
    "not gzip": says("{}", headers={"Content-Encoding": "gzip"}),
    "bad header": says("{}", headers={"Content-Length": "x"}),
    "refuse": says(""),
} | {f"status {n}": says("", n) for n in (200, 400, 401, 404, 429, 503)}


async def shown_by(
    caplog: pytest.LogCaptureFixture, *asked: Awaitable[object]
) -> list[str]:
    """Return which secrets are shown when all this goes wrong."""
    errors: list[BaseException] = []
    for each in asked:
        with pytest.raises(HubError) as caught:
            await each
        errors.append(caught.value)
    parts = [caplog.text]
    for err in errors:
        parts += [str(err), repr(err), repr(err.args), repr(vars(err))]
        parts += traceback.format_exception(err)
    shown = "\n".join(parts)
    return [secret for secret in SECRETS if secret in shown]


@pytest.fixture(autouse=True)
def impatient(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(client_module, "COMMAND_TIMEOUT", 0.1)
    monkeypatch.setattr(find_module, "PROBE_TIMEOUT", 0.1)
    monkeypatch.setattr(exchange_module, "CONNECT_TIMEOUT", 0.5)


@pytest.mark.parametrize("how", ["local", BY_PASSWORD, BY_TOKEN])
@pytest.mark.parametrize("trouble", [*REPLIES, "reused"])
async def test_nothing_that_goes_wrong_shows_a_secret(
    session: aiohttp.ClientSession,
    system: Scripted,
    caplog: pytest.LogCaptureFixture,
    how: str | Account,
    trouble: str,
) -> None:
    local = system.site(USER, PASSWORD)
    site = local if isinstance(how, str) else Site.cloud(LICENSE, how, system.url)
    client = HomeSeerClient(session, site)
    await client.ask("getstatus")
    reply = REPLIES.get(trouble, cut_off)
    system.replies = dict.fromkeys(("getstatus", "runevent"), reply)
    system.drops_reused = trouble == "reused"
    if trouble == "refuse":
        system.refuse()

    async def devices() -> None:
        devices_in(await client.ask("getstatus", timeout=0.1))

    commands = [client.command("runevent"), client.command("runevent")]
    assert await shown_by(caplog, devices(), *commands) == []
    assert [secret for secret in SECRETS if secret in repr([client, site, how])] == []


@pytest.mark.parametrize("trouble", REPLIES)
async def test_nor_does_looking_for_a_system(
    session: aiohttp.ClientSession,
    system: Scripted,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    requests = ("getsystems", "getsessionconfig", "hsversion")
    system.replies = dict.fromkeys(requests, REPLIES[trouble])
    looks: list[Awaitable[object]] = [find_local(session, system.site(USER, PASSWORD))]
    looks += [
        find_systems(session, each, system.url) for each in (BY_PASSWORD, BY_TOKEN)
    ]
    if trouble == "refuse":
        system.refuse()
    assert await shown_by(caplog, *looks) == []


async def test_the_cloud_is_believed_only_with_its_certificate(
    session: aiohttp.ClientSession, start: Start
) -> None:
    front = await start(https=True)
    client = HomeSeerClient(session, Site.cloud(LICENSE, BY_PASSWORD, front.url))
    with pytest.raises(HubConnectionError) as caught:
        await client.ask("hsversion")
    assert caught.value.reason is Reason.TLS
    assert front.asked == []
