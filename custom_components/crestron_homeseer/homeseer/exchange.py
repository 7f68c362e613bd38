"""One request on the wire, and what its answer means.

HomeSeer refuses with 401, with `error`, or with `{"Response": "Error…"}` in a 200,
and a login page or an empty list may be meant as a no as well. MyHS writes the
same keys in lower case. A success is `ok`, `{"Response": "ok"}`, or what was asked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
import re
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from ..house.connection import read_body, request_error
from ..house.fields import Fields, parse as parse_object, readable, redacted
from ..house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

CONNECT_TIMEOUT = 10.0
# A slow line may take minutes for what is large, as long as something comes.
LONGEST = 900.0

_REFUSED = frozenset({401, 403})
_COMPLAINT = re.compile(
    r"error|failed|invalid|bad request|disabled|not enabled", re.IGNORECASE
)
_NO_LOGIN = re.compile(
    r"not authori[sz]ed|unauthori[sz]ed|access denied|password|credential"
    r"|authentication|invalid (user|login|token)|log ?in (failed|required)",
    re.IGNORECASE,
)
_LOGIN_PAGE = re.compile(
    rb"type\s*=\s*[\"']?password|\b(sign|log)[ _-]?in\b", re.IGNORECASE
)
_HOMESEER = re.compile(rb"homeseer|myhs", re.IGNORECASE)

type Value = str | int | float


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a trimmed body, of which neither is to be trusted alone."""

    status: int
    body: bytes
    location: URL | None = None


class BrokenAnswerError(HubResponseError):
    """An answer that is empty or ends too early: another may come whole."""


def address(root: URL, params: Mapping[str, Value]) -> URL:
    """Return an address with parameters, written so that every server reads them."""
    texts = {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in params.items()
    }
    query = urlencode(texts, quote_via=quote, safe=",", encoding="utf-8")
    return URL(f"{root}?{query}", encoded=True)


async def exchange(
    session: aiohttp.ClientSession,
    url: URL,
    *,
    timeout: float,
    headers: Mapping[str, str] | None = None,
    command: bool = False,
) -> Answer:
    """Send a request exactly once, and follow it nowhere.

    `timeout` is how many seconds may pass without a byte. Raises HubConnectionError
    or HubResponseError, and HubUnansweredError where a command may have been sent.
    """
    if session.closed:
        raise HubConnectionError(Reason.CLOSING)
    sent = False

    async def once(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Send it once; aiohttp sends a GET again without being asked."""
        nonlocal sent
        if sent:
            raise aiohttp.ServerDisconnectedError
        sent = True
        return await handler(request)

    try:
        async with session.get(
            url,
            headers=headers,
            allow_redirects=False,
            middlewares=(once,),
            timeout=_limits(timeout),
        ) as response:
            body = (await read_body(response)).removeprefix(b"\xef\xbb\xbf").strip()
            return Answer(response.status, body, _location(url, response))
    except (TimeoutError, OSError, aiohttp.ClientError) as err:
        # The library's own text holds the address with what is in it.
        raise request_error(err, sent=command and sent) from None


def _limits(timeout: float) -> aiohttp.ClientTimeout:
    connect = min(timeout, CONNECT_TIMEOUT)
    return aiohttp.ClientTimeout(
        total=LONGEST, connect=connect, sock_connect=connect, sock_read=timeout
    )


def _location(url: URL, response: aiohttp.ClientResponse) -> URL | None:
    location = response.headers.get("Location", "").strip()
    if not location or not 300 <= response.status < 400:
        return None
    try:
        target = url.join(URL(location))
        # Without a user, a query and a fragment: what is asked stays ours.
        return target.origin().with_path(target.raw_path, encoded=True)
    except ValueError:
        return None


def decode(
    answer: Answer, secrets: Collection[str] = (), *, command: bool = False
) -> dict[str, Any]:
    """Return what was answered; raises HubError where it was no success.

    What is wrong with the answer to a command decides whether it was carried out.
    Without secrets nobody tried to log in.
    """
    refused = Reason.BAD_LOGIN if secrets else Reason.LOGIN_NEEDED
    if _wants_login(answer):
        raise HubAuthError(refused)
    if answer.status >= 300:
        raise _failed(answer.status, command=command)
    try:
        content = _parse(answer.body)
    except HubResponseError:
        if command:
            raise HubUnansweredError(Reason.UNANSWERED, "cannot be read") from None
        raise
    fields = Fields(content)
    code = fields.integer("responsecode") or 0
    text = f"{fields.text('response') or ''} {fields.text('message') or ''}"
    no_login = _NO_LOGIN.search(text) is not None
    if code >= 400 or no_login or _COMPLAINT.search(text):
        shown = " ".join(str(redacted(text, secrets)).split())[:200]
        # A device that this user may not control is no reason to log in again.
        if code in _REFUSED or (no_login and not command):
            raise HubAuthError(refused, shown)
        if code == 429:
            raise HubConnectionError(Reason.BUSY)
        if command:
            raise HubCommandError(Reason.DECLINED, shown)
        if code >= 500:
            # MyHS answers, and the system behind it does not.
            raise HubConnectionError(Reason.OFFLINE, shown)
        raise HubResponseError(Reason.DECLINED, shown)
    if command and fields.get("devices") == []:
        # An unknown ref is answered like this; so may be one that was controlled.
        raise HubUnansweredError(Reason.UNANSWERED, "no device in the answer")
    return content


def _failed(status: int, *, command: bool) -> HubError:
    """Return what a status means that is neither a success nor a refused login."""
    shown = f"status {status}"
    if status == 429:
        return HubConnectionError(Reason.BUSY)
    if command:
        if status >= 500:
            return HubUnansweredError(Reason.UNANSWERED, shown)
        return HubCommandError(Reason.DECLINED, shown)
    if status >= 500:
        return HubConnectionError(Reason.STARTING, shown)
    if status == 404:
        return HubResponseError(Reason.NO_API)
    reason = Reason.NONSENSE if status >= 400 else Reason.OTHER_DEVICE
    return HubResponseError(reason, shown)


def _wants_login(answer: Answer) -> bool:
    """Return whether a login is asked for: by the status, or with a page to log in."""
    if answer.location is not None and "login" in answer.location.path.lower():
        return True
    return answer.status in _REFUSED or (
        answer.status < 300
        and answer.body.startswith(b"<")
        and is_homeseer(answer.body)
        and _LOGIN_PAGE.search(answer.body) is not None
    )


def is_homeseer(page: bytes) -> bool:
    """Return whether a page for people is one of HomeSeer's."""
    return _HOMESEER.search(page, 0, 20_000) is not None


def _parse(body: bytes) -> dict[str, Any]:
    """Return the object in a body, `ok` as an empty one; raises HubResponseError.

    A complaint in plain text is returned as if it had been made in JSON.
    """
    if body.startswith(b"<"):
        reason = Reason.NO_API if is_homeseer(body) else Reason.OTHER_DEVICE
        raise HubResponseError(reason, "the answer is a page")
    if body.startswith(b"{"):
        try:
            return parse_object(body)
        except HubResponseError as err:
            raise BrokenAnswerError(err.reason, "the answer is not JSON") from None
    text = readable(body[:500]).strip('" ')
    if not text:
        raise BrokenAnswerError(Reason.NONSENSE, "the answer is empty")
    if text.lower() == "ok":
        return {}
    if _COMPLAINT.search(text) or _NO_LOGIN.search(text):
        return {"Response": text}
    raise HubResponseError(Reason.NONSENSE, "the answer is no JSON object")


def devices_in(content: dict[str, Any]) -> list[Any]:
    """Return the list of devices; a missing list is not an empty one."""
    fields = Fields(content)
    if fields.get("ref") is not None and fields.get("controlpairs") is not None:
        # The controls of a single device come without the list around them.
        return [content]
    return list_in(content, "devices")


def list_in(content: dict[str, Any], key: str) -> list[Any]:
    """Return a list of an answer; raises HubResponseError where there is none."""
    found = Fields(content).get(key)
    if isinstance(found, list):
        return found
    known = ", ".join(sorted(map(str, content)))[:100]
    raise HubResponseError(Reason.MISSING, f"no {key}, only {known or 'nothing'}")
