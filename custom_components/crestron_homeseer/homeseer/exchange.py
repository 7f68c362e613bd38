"""One request on the wire, and what came back or went wrong."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from ..house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

CONNECT_TIMEOUT = 10.0
# A slow line may take minutes for what is large, as long as something comes.
LONGEST = 900.0
# A camera at the wrong address never stops sending.
MOST_BYTES = 64 * 1024 * 1024
MOST_HOPS = 3

type Value = str | int | float


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a trimmed body, of which neither is to be trusted alone."""

    status: int
    body: bytes
    location: URL | None = None


class _Once:
    """Lets a request out once; aiohttp sends a GET again without being asked."""

    def __init__(self) -> None:
        self.sent = False

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        if self.sent:
            raise aiohttp.ServerDisconnectedError
        self.sent = True
        return await handler(request)


def address(root: URL, params: Mapping[str, Value]) -> URL:
    """Return an address with parameters, written so that every server reads them."""
    texts = {key: _text(value) for key, value in params.items()}
    query = urlencode(texts, quote_via=quote, safe=",", encoding="utf-8")
    return URL(f"{root}?{query}", encoded=True)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


async def exchange(
    session: aiohttp.ClientSession,
    url: URL,
    *,
    headers: Mapping[str, str],
    timeout: float,
    command: bool = False,
) -> Answer:
    """Send a request exactly once, and follow it nowhere.

    `timeout` is how many seconds may pass without a word. Raises HubConnectionError
    or HubResponseError; HubUnansweredError instead where a command may have left this
    machine.
    """
    if session.closed:
        raise HubConnectionError(Reason.CLOSING)
    once = _Once()
    connect = min(timeout, CONNECT_TIMEOUT)
    try:
        async with session.get(
            url,
            headers=headers,
            allow_redirects=False,
            middlewares=(once,),
            timeout=aiohttp.ClientTimeout(
                total=LONGEST,
                connect=connect,
                sock_connect=connect,
                sock_read=timeout,
            ),
        ) as response:
            body = (await _body(response)).removeprefix(b"\xef\xbb\xbf").strip()
            return Answer(response.status, body, _location(url, response))
    except (TimeoutError, OSError, aiohttp.ClientError, HubResponseError) as err:
        # The library's own text holds the address with what is in it.
        raise _translate(err, sent=command and once.sent) from None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_any():
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise HubResponseError(Reason.OTHER_DEVICE, "the answer has no end")
    return b"".join(chunks)


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


def _translate(err: Exception, *, sent: bool) -> HubError:
    """Return what a failed exchange means to the caller."""
    match err:
        case aiohttp.ClientConnectorDNSError() | aiohttp.InvalidURL():
            return HubConnectionError(Reason.NOT_FOUND)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return HubConnectionError(Reason.TLS)
        case aiohttp.ClientConnectorError():
            return HubConnectionError(Reason.REFUSED)
        case aiohttp.ConnectionTimeoutError():
            return HubConnectionError(Reason.TIMED_OUT)
    if sent:
        return HubUnansweredError(Reason.UNANSWERED)
    if isinstance(err, HubResponseError):
        return err
    if isinstance(err, TimeoutError):
        return HubConnectionError(Reason.TIMED_OUT)
    if isinstance(err, aiohttp.ClientResponseError):
        return HubResponseError(Reason.OTHER_DEVICE, "the answer is not HTTP")
    return HubConnectionError(Reason.LOST)


async def follow(
    send: Callable[[URL], Awaitable[Answer]],
    root: URL,
    trusts: Callable[[URL], bool],
) -> tuple[URL, Answer]:
    """Send to an address, and on to where it says, as far as that is trusted.

    Whoever redirects a request has not carried it out. A redirect to anything but
    the same service, such as a login page, is returned as the answer that it is.
    """
    answer = await send(root)
    for _ in range(MOST_HOPS):
        target = answer.location
        if target is None or not trusts(target):
            break
        if target.name.lower() != root.name.lower():
            break
        root = target
        answer = await send(root)
    return root, answer
