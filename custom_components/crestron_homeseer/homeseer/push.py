"""The ASCII port of a HomeSeer system, which reports at once which values changed.

It is a convenience: a system without it is asked more often instead. What comes is
taken as a hint to read again, because values are written as the system's own
language has them, and texts do not come at all.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
import logging
import re
import time
from typing import override

from ..house.connection import Listener
from .client import Site

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


def lines_of(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the lines in what came in, and the rest; of what never ends, the start."""
    *lines, rest = data.replace(b"\r", b"\n").split(b"\n")
    return [line.strip() for line in lines], rest[:_LONGEST_LINE]


def changed_ref(line: bytes) -> int | None:
    """Return which feature has changed by a line; None where it reports no change."""
    found = _CHANGE.match(line)
    return int(found[1]) if found else None


class AsciiPush(Listener):
    """Listens at the port; `on_refs` is called with the features that changed."""

    MAX_RETRY = 300.0

    def __init__(
        self,
        site: Site,
        port: int,
        *,
        on_refs: Callable[[Collection[int]], None],
        on_gap: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take where the port is, as whom to listen, and whom to call."""
        super().__init__("HomeSeer's ASCII port", on_gap, clock, sleep)
        self._site = site
        self._port = port
        self._on_refs = on_refs
        self._sent_at = float("-inf")
        self._received_at = 0.0
        self._question: tuple[re.Pattern[bytes], asyncio.Future[bytes]] | None = None

    @override
    def _retry_delay(self) -> float:
        # Most systems that never answered have the port switched off.
        return super()._retry_delay() if self.ever_connected else self.MAX_RETRY

    @override
    async def _connect(self) -> None:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            reader, writer = await asyncio.open_connection(
                self._site.root.host, self._port
            )
        tasks = [
            asyncio.create_task(self._listen(reader)),
            asyncio.create_task(self._speak(writer)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        finally:
            for task in tasks:
                task.cancel()
            # What is not yet sent is not worth waiting for.
            writer.transport.abort()
            await asyncio.gather(*tasks, return_exceptions=True)
            with suppress(OSError):  # it is over anyway
                await writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Take what comes in until it ends; changes that came at once go on at once."""
        rest = b""
        while data := await reader.read(_CHUNK):
            self._received_at = self._clock()
            lines, rest = lines_of(rest + data)
            refs: dict[int, None] = {}
            for line in lines:
                if (ref := changed_ref(line)) is not None:
                    refs[ref] = None
                elif self._question is not None:
                    expected, answer = self._question
                    if expected.match(line) and not answer.done():
                        answer.set_result(line)
            if refs:
                self._on_refs(tuple(refs))
        raise ConnectionResetError

    async def _speak(self, writer: asyncio.StreamWriter) -> None:
        """Greet, log in, and ask after silence whether the system is there."""
        version = await self._ask(writer, b"vr", _GREETING)
        login = _login(self._site.account.username, self._site.account.password)
        if version is not None and login is not None:
            # Changes come without a login, too, as far as anybody has seen.
            answer = await self._ask(writer, login, _LOGGED_IN)
            if answer is None or not answer.lower().startswith(b"ok"):
                LOGGER.debug("HomeSeer's ASCII port refuses the login")
            if not _VERSION.match(version):
                version = await self._ask(writer, b"vr", _GREETING)
        if version is None or not _VERSION.match(version):
            raise ConnectionError
        self._connected()
        while True:
            quiet = self._clock() - self._received_at
            if quiet < SILENCE:
                await self._sleep(SILENCE - quiet)
            elif await self._ask(writer, b"vr", _GREETING) is None:
                if self._received_at <= self._sent_at:
                    raise ConnectionError

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
        patience = asyncio.ensure_future(self._sleep(ANSWER_TIMEOUT))
        try:
            await asyncio.wait((answer, patience), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._question = None
            patience.cancel()
        return answer.result() if answer.done() else None


def _login(username: str | None, password: str | None) -> bytes | None:
    """Return the line that logs in; None where it cannot be written.

    The protocol separates by commas, and knows no way to write one.
    """
    if not username or any(char in f"{username}{password}" for char in ",\r\n"):
        return None
    return f"au,{username},{password or ''}".encode()
