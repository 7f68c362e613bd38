"""Neither a password nor a token nor an address with them in it is ever told."""

import base64
from collections.abc import Awaitable, Callable
from html import escape
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
    Cloud,
    HomeSeerClient,
    Local,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.homeseer.find import find_local, find_systems
from custom_components.crestron_homeseer.house.hub import HubError

from .common import (
    PASSWORD,
    TOKEN,
    USER,
    Reply,
    Scripted,
    Start,
    cut_off,
    half,
    log_everything,
    says,
    sends_to,
    silent,
    told,
)

type Site = Local | Cloud


async def echo(request: web.BaseRequest) -> web.StreamResponse:
    """Repeat what came, as a careless error message does."""
    query = dict(request.query)
    said = f"Error in {request.path_qs} {query} {request.headers.get('Authorization')}"
    return await says({"Response": said})(request)


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
} | {f"status {n}": says("", n) for n in (200, 400, 401, 403, 404, 429, 500, 503)}


def made_of(secret: str) -> set[str]:
    """Return in which ways something can be written."""
    header = (Account(secret, secret).header or {}).get("Authorization", secret)
    quoted = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    return {secret, escape(secret), header, *quoted}


LICENSE = "l1cense-that-nobody-may-see"
SECRETS = (
    {LICENSE}
    | made_of(USER)
    | made_of(PASSWORD)
    | made_of(TOKEN)
    | {(Account(USER, PASSWORD).header or {})["Authorization"].removeprefix("Basic ")}
)


def local(server: Scripted) -> Site:
    return server.site(USER, PASSWORD)


def by_password(server: Scripted) -> Site:
    return Cloud(LICENSE, Account(USER, PASSWORD), base=server.url)


def by_token(server: Scripted) -> Site:
    return Cloud(LICENSE, Account(token=TOKEN), base=server.url)


async def errors_of(*asks: Callable[[], Awaitable[object]]) -> list[BaseException]:
    """Do everything, and return all that went wrong."""
    errors: list[BaseException] = []
    for ask in asks:
        try:
            await ask()
        except HubError as err:
            errors.append(err)
    return errors


@pytest.fixture(autouse=True)
def impatient(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_everything(caplog)
    monkeypatch.setattr(client_module, "COMMAND_TIMEOUT", 0.1)
    monkeypatch.setattr(find_module, "PROBE_TIMEOUT", 0.1)
    monkeypatch.setattr(exchange_module, "CONNECT_TIMEOUT", 0.5)


@pytest.mark.parametrize("site", [local, by_password, by_token])
@pytest.mark.parametrize("trouble", [*REPLIES, "refuse", "reused"])
async def test_nothing_that_goes_wrong_tells_a_secret(
    session: aiohttp.ClientSession,
    system: Scripted,
    caplog: pytest.LogCaptureFixture,
    site: Callable[[Scripted], Site],
    trouble: str,
) -> None:
    client = HomeSeerClient(session, site(system))
    await client.ask("getstatus")
    for name in ("getstatus", "runevent"):
        system.replies[name] = REPLIES.get(trouble, says({"Devices": []}))
    system.drops_reused = trouble == "reused"
    if trouble == "refuse":
        system.refuse()

    async def devices() -> None:
        devices_in(await client.ask("getstatus", timeout=0.1))

    errors = await errors_of(
        lambda: client.ask("getstatus", timeout=0.1),
        devices,
        lambda: client.command("runevent", id=1),
        lambda: client.command("runevent", id=1),
    )
    assert errors
    shown = told(errors, caplog) + repr([client, site(system)])
    assert [secret for secret in SECRETS if secret in shown] == []


@pytest.mark.parametrize("trouble", [*REPLIES, "refuse"])
async def test_nor_does_looking_for_a_system(
    session: aiohttp.ClientSession,
    start: Start,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    server = await start()
    for name in ("getsystems", "getsessionconfig", "hsversion"):
        server.replies[name] = REPLIES.get(trouble, says())
    if trouble == "refuse":
        server.refuse()
    account, token = Account(USER, PASSWORD), Account(token=TOKEN)
    errors = await errors_of(
        lambda: find_systems(session, account, server.url),
        lambda: find_systems(session, token, server.url),
        lambda: find_local(session, server.site(USER, PASSWORD)),
    )
    assert len(errors) == 3
    shown = told(errors, caplog)
    assert [secret for secret in SECRETS if secret in shown] == []
