"""The conversation with a processor: addresses, login, requests, errors.

Facts of the wire that shape it: an unknown path answers 200 with a banner; an
expired key answers 401, 511 or an `errorSource` in any status; a POST without a
body may be refused with 411; while the processor boots, anything may answer 5xx.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, override

import aiohttp
from yarl import URL

from ..house.connection import Gate
from ..house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from .fields import Fields, parse

# Seconds without a word; some processors take nine for each answer.
READ_TIMEOUT = 20.0
COMMAND_TIMEOUT = 20.0
CONNECT_TIMEOUT = 10.0
LOGOUT_TIMEOUT = 3.0
# What speaks without an end is no processor.
LONGEST = 300.0
MOST_BYTES = 64 * 1024 * 1024

# What an error about a certificate tells: the SHA-256 of both, in hex digits.
PINNED = "pinned"
SEEN = "seen"
# No certificate has this hash.
NO_CERTIFICATE = bytes(32).hex()

_REFUSED = frozenset({401, 403, 511})
_SESSION_OVER = frozenset({5001, 5002})
_BAD_TOKEN = _SESSION_OVER | {7001}
_BANNER = "pyng rest api"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a processor is; `port` is None for the scheme's own."""

    host: str
    port: int | None = None
    https: bool = True

    @property
    def root(self) -> URL:
        """The address of the web API."""
        scheme = "https" if self.https else "http"
        return URL.build(scheme=scheme, host=self.host, port=self.port, path="/cws/api")

    @override
    def __str__(self) -> str:
        """Return host and port as a person writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body, of which neither is to be trusted alone."""

    status: int
    body: bytes


class CrestronClient:
    """Speaks with one processor, one request at a time.

    A read is tried again once; a command goes out once, and is repeated only
    where the processor refused the session, because then it did nothing. Where a
    certificate is pinned and another one is shown, nothing at all goes out, and the
    reason is CERTIFICATE.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        address: Address,
        token: str = "",
        certificate: str | None = None,
    ) -> None:
        """Take the session to use, and the SHA-256 of the only certificate to trust.

        The session is the caller's, and is never closed here.
        """
        self.address = address
        self.version: str | None = None
        self.requests = 0
        self.logins = 0
        self._session = session
        self._token = token
        self._key: str | None = None
        self._gate = Gate()
        self._logging_in = asyncio.Lock()
        # One object for all requests: connections are kept by it. It is compared
        # when a connection is made, before anything is written.
        self._trusted = (
            aiohttp.Fingerprint(bytes.fromhex(certificate)) if certificate else True
        )

    @property
    def hang_timeout(self) -> float:
        """After how many seconds a read is taken to hang."""
        return self._gate.hang_timeout

    async def banner(self) -> str | None:
        """Return the API version of whatever answers at the address, without login.

        Raises HubResponseError where it is no Crestron processor.
        """
        async with self._gate.enter():
            answer = await self._exchange("GET", "", {}, None, READ_TIMEOUT)
        if answer.status == 404:
            raise HubResponseError(Reason.NO_API)
        if answer.status >= 500:
            raise HubConnectionError(Reason.STARTING, f"status {answer.status}")
        try:
            fields = Fields(parse(answer.body))
        except HubResponseError:
            raise HubResponseError(Reason.OTHER_DEVICE) from None
        if not is_banner(fields):
            raise HubResponseError(Reason.OTHER_DEVICE)
        return fields.text("version")

    async def about(self) -> Fields | None:
        """Return what is told of the processor without login; None where nothing is."""
        try:
            async with self._gate.enter():
                answer = await self._exchange("GET", "v2", {}, None, READ_TIMEOUT)
            return Fields(parse(answer.body)) if answer.status < 400 else None
        except HubError:
            return None

    async def login(self) -> None:
        """Log in; raises HubAuthError only where the login itself is refused."""
        async with self._gate.enter():
            await self._login()

    async def logout(self) -> None:
        """End the session, if there is one; a failure does not matter."""
        if self._key is None:
            return
        key, self._key = self._key, None
        async with self._gate.enter():
            try:
                await self._exchange(
                    "GET", "logout", _key_header(key), None, LOGOUT_TIMEOUT
                )
            except HubError:
                return

    async def get(self, path: str, *, urgent: bool = False) -> bytes:
        """Read a path; raises HubConnectionError, HubAuthError, HubResponseError.

        An urgent read belongs to a command, and goes before the others.
        """
        async with self._gate.enter(command=urgent):
            answer = await self._with_session("GET", path, None, READ_TIMEOUT)
        if answer.status == 404:
            raise HubResponseError(Reason.NO_API)
        if answer.status >= 400:
            raise HubResponseError(Reason.NONSENSE, _complaint(answer))
        return answer.body

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Send a command once; raises HubUnansweredError if its fate is unknown."""
        async with self._gate.enter(command=True):
            return await self._with_session("POST", path, body, COMMAND_TIMEOUT)

    async def _with_session(
        self, method: str, path: str, body: dict[str, Any] | None, timeout: float
    ) -> Answer:
        if self._key is None:
            await self._renew(None)
        for last in (False, True):
            key = self._key
            header = _key_header(key or "")
            answer = await self._exchange(method, path, header, body, timeout)
            if not _session_over(answer):
                return answer
            if not last:
                # The refused request was not carried out, so it may be repeated.
                await self._renew(key)
        raise HubConnectionError(Reason.STARTING, "a new session is refused")

    async def _renew(self, refused: str | None) -> None:
        """Have another key than the one that was refused; one login is enough."""
        async with self._logging_in:
            if self._key is None or self._key == refused:
                await self._login()

    async def _login(self) -> None:
        self._key = None
        header = {"Crestron-RestAPI-AuthToken": self._token}
        answer = await self._exchange("GET", "login", header, None, READ_TIMEOUT)
        if answer.status in _REFUSED:
            raise HubAuthError(Reason.BAD_TOKEN)
        fields = Fields(_lenient(answer.body))
        if answer.status >= 500 and fields.integer("errorsource") not in _BAD_TOKEN:
            raise HubConnectionError(Reason.STARTING, f"status {answer.status}")
        if fields.integer("errorsource") in _BAD_TOKEN:
            raise HubAuthError(Reason.BAD_TOKEN)
        key = fields.text("authkey")
        if key is None:
            raise HubResponseError(Reason.NO_API, "the login gave no key")
        self._key = key
        self.logins += 1
        self.version = fields.text("version") or self.version

    async def _exchange(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: dict[str, Any] | None,
        timeout: float,
    ) -> Answer:
        try:
            return await self._once(method, path, headers, body, timeout)
        except HubConnectionError as err:
            if method != "GET" or err.reason is not Reason.LOST:
                raise
        # The processor drops idle connections: a read is tried again, once.
        return await self._once(method, path, headers, body, timeout)

    async def _once(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: dict[str, Any] | None,
        timeout: float,
    ) -> Answer:
        if self._session.closed:
            # Home Assistant stops while something is read.
            raise HubConnectionError(Reason.CLOSING)
        self.requests += 1
        url = self.address.root
        if path:
            # What needs quoting in a path is quoted already.
            url = url.joinpath(path, encoded=True)
        try:
            async with self._session.request(
                method,
                url,
                headers=headers,
                json=body,
                # The token goes to the address that the user gave, and no further.
                allow_redirects=False,
                ssl=self._trusted,
                timeout=aiohttp.ClientTimeout(
                    total=LONGEST,
                    sock_connect=min(timeout, CONNECT_TIMEOUT),
                    sock_read=timeout,
                ),
            ) as response:
                answer = await _body(response)
                if path != "login":
                    answer = self._without_secrets(answer)
                return Answer(response.status, answer)
        except (TimeoutError, OSError, aiohttp.ClientError) as err:
            # The library's own text may hold the address with what is in it.
            raise _translate(err, sent=method == "POST") from None

    def _without_secrets(self, body: bytes) -> bytes:
        """Return a body without what a hub may have repeated of our secrets."""
        for secret in (self._token, self._key):
            if secret and secret.encode() in body:
                body = body.replace(secret.encode(), b"***")
        return body


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            raise aiohttp.ClientPayloadError
    return bytes(body)


def is_banner(fields: Fields) -> bool:
    """Return whether an answer is what is said on paths that a processor does not have."""
    return _BANNER in (fields.text("description") or "").lower()


def _key_header(key: str) -> dict[str, str]:
    return {"Crestron-RestAPI-AuthKey": key}


def _translate(err: Exception, *, sent: bool) -> HubError:
    """Return what a failed exchange means to the caller.

    A command that may have left this machine is not known to have failed.
    """
    match err:
        case aiohttp.ClientConnectorDNSError():
            return HubConnectionError(Reason.NOT_FOUND)
        case aiohttp.ServerFingerprintMismatch():
            facts = {PINNED: err.expected.hex(), SEEN: err.got.hex()}
            return HubConnectionError(Reason.CERTIFICATE, facts=facts)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return HubConnectionError(Reason.TLS)
        case aiohttp.ClientConnectorError():
            return HubConnectionError(Reason.REFUSED)
        case aiohttp.ConnectionTimeoutError():
            return HubConnectionError(Reason.TIMED_OUT)
        case aiohttp.InvalidURL():
            return HubConnectionError(Reason.NOT_FOUND)
    if sent:
        return HubUnansweredError(Reason.UNANSWERED)
    if isinstance(err, TimeoutError):
        return HubConnectionError(Reason.TIMED_OUT)
    return HubConnectionError(Reason.LOST)


def _lenient(body: bytes) -> dict[str, Any]:
    try:
        return parse(body)
    except HubResponseError:
        return {}


def _session_over(answer: Answer) -> bool:
    if answer.status in _REFUSED:
        return True
    # Lists are long and frequent, error bodies short: look only into the short.
    if len(answer.body) > 2000 or b"rror" not in answer.body:
        return False
    return Fields(_lenient(answer.body)).integer("errorsource") in _SESSION_OVER


def _complaint(answer: Answer) -> str:
    message = Fields(_lenient(answer.body)).text("errormessage") or "no message"
    return f"status {answer.status}, {message[:200]}"
