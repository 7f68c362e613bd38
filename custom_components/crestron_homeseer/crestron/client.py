"""The conversation with a processor: addresses, login, requests, errors.

Facts of the wire that shape it: an unknown path answers 200 with a banner; an
expired key answers 401, 511 or an `errorSource` in any status; a POST without a
body may be refused with 411; while the processor boots, anything may answer 5xx.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, override

import aiohttp
from yarl import URL

from ..house.connection import Gate, read_body, request_error
from ..house.fields import Fields, parse
from ..house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)

# Seconds without a byte; some processors take nine for each answer.
READ_TIMEOUT = 20.0
COMMAND_TIMEOUT = 20.0
CONNECT_TIMEOUT = 10.0
LOGOUT_TIMEOUT = 3.0
# What speaks without an end is no processor.
LONGEST = 300.0

# The facts of an error about a certificate: the SHA-256 of both, in hex digits.
PINNED = "pinned"
SEEN = "seen"
# No certificate has this hash.
NO_CERTIFICATE = bytes(32).hex()

_REFUSED = frozenset({401, 403, 511})
_SESSION_OVER = frozenset({5001, 5002})
_BAD_TOKEN = _SESSION_OVER | {7001}
# The fields of an answer without login, and what they are; the last of a kind counts.
_ABOUT = {
    "systemtype": "model",
    "programversion": "program",
    "systemname": "name",
    "housename": "name",
}


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


@lru_cache(maxsize=1024)
def _url(address: Address, path: str) -> URL:
    """Return the address of a path, of which few are read again and again."""
    # What needs quoting in a path is quoted already.
    return address.root.joinpath(path, encoded=True) if path else address.root


@lru_cache(maxsize=1024)
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    """Return the limits of a request that may be silent for so long."""
    return aiohttp.ClientTimeout(LONGEST, None, seconds, min(seconds, CONNECT_TIMEOUT))


@dataclass(frozen=True)
class Answer:
    """A status and a body, of which neither is to be trusted alone."""

    status: int
    body: bytes

    @cached_property
    def _json(self) -> dict[str, Any] | None:
        try:
            return parse(self.body)
        except HubResponseError:
            return None

    @property
    def is_json(self) -> bool:
        """Whether the body can be read."""
        return self._json is not None

    @property
    def fields(self) -> Fields:
        """What is in the body; nothing where it is no JSON."""
        return Fields(self._json)

    @property
    def is_banner(self) -> bool:
        """Whether it is what a processor answers on paths that it does not have."""
        return "pyng rest api" in (self.fields.text("description") or "").lower()

    @property
    def session_over(self) -> bool:
        """Whether the request was refused, and not carried out, for want of a session."""
        if self.status in _REFUSED:
            return True
        # Lists are long and frequent, error bodies short: parse only the short ones.
        if len(self.body) > 2000 or b"rror" not in self.body:
            return False
        return self.fields.integer("errorsource") in _SESSION_OVER


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
            answer = await self._exchange("GET", "")
        if answer.status == 404:
            raise HubResponseError(Reason.NO_API)
        if answer.status >= 500:
            raise HubConnectionError(Reason.STARTING, f"status {answer.status}")
        if not answer.is_banner:
            raise HubResponseError(Reason.OTHER_DEVICE)
        return answer.fields.text("version")

    async def about(self) -> dict[str, str] | None:
        """Return model, program and name, as far as they are there without a login.

        None where that cannot be read now.
        """
        try:
            async with self._gate.enter():
                answer = await self._exchange("GET", "v2")
        except HubError:
            return None
        if answer.status >= 400 or not answer.is_json:
            return None
        fields = answer.fields
        return {
            key: text for name, key in _ABOUT.items() if (text := fields.text(name))
        }

    async def login(self) -> None:
        """Log in; raises HubAuthError only where the login itself is refused."""
        async with self._gate.enter():
            await self._login()

    async def logout(self) -> None:
        """End the session, if there is one; a failure does not matter."""
        if self._key is None:
            return
        header = self._key_header
        self._key = None
        async with self._gate.enter():
            with suppress(HubError):
                await self._exchange("GET", "logout", header, timeout=LOGOUT_TIMEOUT)

    async def get(self, path: str, *, urgent: bool = False) -> bytes:
        """Read a path; raises HubConnectionError, HubAuthError, HubResponseError.

        An urgent read belongs to a command, and goes before the others.
        """
        async with self._gate.enter(command=urgent):
            answer = await self._with_session("GET", path, None, READ_TIMEOUT)
        if answer.status == 404:
            raise HubResponseError(Reason.NO_API)
        if answer.status >= 400:
            text = answer.fields.text("errormessage") or "no message"
            detail = f"status {answer.status}, {text[:200]}"
            raise HubResponseError(Reason.NONSENSE, detail)
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
            answer = await self._exchange(method, path, self._key_header, body, timeout)
            if not answer.session_over:
                return answer
            if not last:
                # The refused request was not carried out, so it may be repeated.
                await self._renew(key)
        raise HubConnectionError(Reason.STARTING, "a new session is refused")

    @property
    def _key_header(self) -> dict[str, str]:
        return {"Crestron-RestAPI-AuthKey": self._key or ""}

    async def _renew(self, refused: str | None) -> None:
        """Have another key than the one that was refused; one login is enough."""
        async with self._logging_in:
            if self._key is None or self._key == refused:
                await self._login()

    async def _login(self) -> None:
        self._key = None
        header = {"Crestron-RestAPI-AuthToken": self._token}
        answer = await self._exchange("GET", "login", header)
        fields = answer.fields
        if answer.status in _REFUSED or fields.integer("errorsource") in _BAD_TOKEN:
            raise HubAuthError(Reason.BAD_TOKEN)
        if answer.status >= 500:
            raise HubConnectionError(Reason.STARTING, f"status {answer.status}")
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
        headers: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        seconds = timeout or READ_TIMEOUT
        # The processor drops idle connections: a read is tried again, once.
        attempts = 2 if method == "GET" else 1
        while True:
            if self._session.closed:
                # Home Assistant stops while something is read.
                raise HubConnectionError(Reason.CLOSING)
            self.requests += 1
            attempts -= 1
            try:
                async with self._session.request(
                    method,
                    _url(self.address, path),
                    headers=headers,
                    json=body,
                    # The token goes to the address that the user gave, and no further.
                    allow_redirects=False,
                    ssl=self._trusted,
                    timeout=_timeout(seconds),
                ) as response:
                    content = await read_body(response)
                    if path != "login":
                        content = self._without_secrets(content)
                    return Answer(response.status, content)
            except (TimeoutError, OSError, aiohttp.ClientError) as err:
                error = _translate(err, sent=method == "POST")
                if not attempts or error.reason is not Reason.LOST:
                    # The library's own text may hold the address with what is in it.
                    raise error from None

    def _without_secrets(self, body: bytes) -> bytes:
        """Return a body without what a hub may have repeated of our secrets."""
        for secret in (self._token, self._key):
            if secret and secret.encode() in body:
                body = body.replace(secret.encode(), b"***")
        return body


def _translate(err: Exception, *, sent: bool) -> HubError:
    """Return what a failed exchange means to the caller."""
    if isinstance(err, aiohttp.ServerFingerprintMismatch):
        facts = {PINNED: err.expected.hex(), SEEN: err.got.hex()}
        return HubConnectionError(Reason.CERTIFICATE, facts=facts)
    return request_error(err, sent=sent)
