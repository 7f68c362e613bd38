"""The ASCII port of a HomeSeer system, which tells at once which values changed.

It is a convenience: a system without it is asked more often instead. What it says
is taken as a hint to read again, because values are written as the system's own
language has them, and texts are not told at all.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import suppress
import logging
import re
import time
from typing import Any, override

from ..house.connection import Listener

LOGGER = logging.getLogger(__name__)

CONNECT_TIMEOUT = 10.0
ANSWER_TIMEOUT = 10.0
SILENCE = 60.0
# HomeSeer errs if it is sent to after less than 50 ms.
SPACING = 0.1

_CHUNK = 65536
_LONGEST_LINE = 4096

_CHANGE = re.compile(rb"\s*DC\s*,\s*(\d{1,10})\s*(?:,|$)", re.IGNORECASE)
_VERSION = re.compile(rb"\d+(\.\d+)+")
_GREETING = re.compile(_VERSION.pattern + rb"|error", re.IGNORECASE)
_LOGGED_IN = re.compile(rb"ok\b|error", re.IGNORECASE)


class Lines:
    """Cuts what comes in at its line ends; what never ends is dropped."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._rest = b""
        self._dropping = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the lines that are complete, without blanks around them."""
        *lines, rest = (self._rest + data).replace(b"\r", b"\n").split(b"\n")
        self._rest = rest
        for line in lines:
            dropping, self._dropping = self._dropping, False
            if not dropping and line.strip() and len(line) <= _LONGEST_LINE:
                yield line.strip()
        if len(rest) > _LONGEST_LINE:
            self._rest = b""
            self._dropping = True


def changed_ref(line: bytes) -> int | None:
    """Return which feature a line says has changed; None where it says no such thing."""
    found = _CHANGE.match(line)
    return int(found[1]) if found else None


class AsciiPush(Listener):
    """Listens at the port; `on_refs` is called with the features that changed."""

    MAX_RETRY = 300.0

    def __init__(
        self,
        host: str,
        port: int,
        username: str | None = None,
        password: str | None = None,
        *,
        on_refs: Callable[[Collection[int]], None],
        on_gap: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take where the port is, as whom to listen, and whom to tell."""
        super().__init__("HomeSeer's ASCII port", on_gap, clock, sleep)
        self._host = host
        self._port = port
        self._login = _login(username or "", password or "")
        self._on_refs = on_refs
        self._sent_at = float("-inf")
        self._heard_at = 0.0
        self._question: tuple[re.Pattern[bytes], asyncio.Future[bytes]] | None = None

    @override
    def _retry_delay(self) -> float:
        # Most systems that never answered have the port switched off.
        return super()._retry_delay() if self.ever_connected else self.MAX_RETRY

    @override
    async def _connect(self) -> None:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            reader, writer = await asyncio.open_connection(self._host, self._port)
        speaking = asyncio.create_task(self._speak(writer))
        try:
            await self._listen(reader)
        finally:
            speaking.cancel()
            # What is not yet sent is not worth waiting for.
            writer.transport.abort()
            await asyncio.wait([speaking])
            with suppress(OSError):  # it is over anyway
                await writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Take what comes in; all that came at once is told at once."""
        lines = Lines()
        while data := await reader.read(_CHUNK):
            self._heard_at = self._clock()
            refs: dict[int, None] = {}
            for line in lines.feed(data):
                if (ref := changed_ref(line)) is not None:
                    refs[ref] = None
                else:
                    self._take_answer(line)
            if refs:
                self._on_refs(tuple(refs))
        raise ConnectionResetError

    def _take_answer(self, line: bytes) -> None:
        """Answer the question that is open, if it is a line that can be its answer."""
        if self._question is not None:
            expected, answer = self._question
            if expected.match(line) and not answer.done():
                answer.set_result(line)

    async def _speak(self, writer: asyncio.StreamWriter) -> None:
        """Greet, log in, and ask now and then whether anybody is there."""
        try:
            await self._greet(writer)
            while True:
                quiet = self._clock() - self._heard_at
                if quiet < SILENCE:
                    await self._sleep(SILENCE - quiet)
                elif await self._ask(writer, b"vr", _GREETING) is None:
                    if self._heard_at <= self._sent_at:
                        return
        except OSError:
            return
        except Exception:  # the connection is over; there is a next one
            LOGGER.exception("Push from HomeSeer's ASCII port went wrong")
        finally:
            # Whoever listens is told by this that the connection is over.
            writer.transport.abort()

    async def _greet(self, writer: asyncio.StreamWriter) -> None:
        """Make sure that it is HomeSeer; raises OSError where it is not."""
        version = await self._ask(writer, b"vr", _GREETING)
        if version is not None and self._login is not None:
            # Changes are told without a login, too, as far as anybody has seen.
            answer = await self._ask(writer, self._login, _LOGGED_IN)
            if answer is None or not answer.lower().startswith(b"ok"):
                LOGGER.debug("HomeSeer's ASCII port refuses the login")
            if not _VERSION.match(version):
                version = await self._ask(writer, b"vr", _GREETING)
        if version is None or not _VERSION.match(version):
            raise ConnectionError
        self._connected()

    async def _ask(
        self, writer: asyncio.StreamWriter, text: bytes, expected: re.Pattern[bytes]
    ) -> bytes | None:
        """Return the answer to a question, or None if there is none in time."""
        if (early := self._sent_at + SPACING - self._clock()) > 0:
            await self._sleep(early)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._question = (expected, answer)
        self._sent_at = self._clock()
        writer.write(text + b"\r\n")
        await writer.drain()
        patience = asyncio.ensure_future(self._sleep(ANSWER_TIMEOUT))
        either: tuple[asyncio.Future[Any], ...] = (answer, patience)
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._question = None
            patience.cancel()
        return answer.result() if answer.done() else None


def _login(username: str, password: str) -> bytes | None:
    """Return the line that logs in; None where it cannot be written.

    The protocol separates by commas, and knows no way to write one.
    """
    if not username or any(char in username + password for char in ",\r\n"):
        return None
    return f"au,{username},{password}".encode()
