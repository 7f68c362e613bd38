"""The ASCII port of a HomeSeer system, which reports at once which values changed.

It is a convenience: a system without it is asked more often instead. What comes is
taken as a hint to read again, because values are written as the system's own
language has them, and texts do not come at all. Changes come without a login, so
none is sent.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
import re
import time
from typing import override

from ..house.connection import Listener

CONNECT_TIMEOUT = 10.0
ANSWER_TIMEOUT = 10.0
SILENCE = 60.0

_CHUNK = 65536
_LONGEST_LINE = 4096

_CHANGE = re.compile(rb"\s*DC\s*,\s*(\d{1,10})\s*(?:,|$)", re.IGNORECASE)
# Its version, or that it tells that only to who has logged in.
_GREETING = re.compile(rb"\d+(\.\d+)+|error, not authori[sz]ed", re.IGNORECASE)


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
        host: str | None,
        port: int,
        *,
        on_refs: Callable[[Collection[int]], None],
        on_gap: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take where the port is, and whom to call."""
        super().__init__("HomeSeer's ASCII port", on_gap, clock, sleep)
        self._host = host
        self._port = port
        self._on_refs = on_refs
        self._received_at = 0.0

    @override
    def _retry_delay(self) -> float:
        # Most systems that never answered have the port switched off.
        return super()._retry_delay() if self.ever_connected else self.MAX_RETRY

    @override
    async def _connect(self) -> None:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            reader, writer = await asyncio.open_connection(self._host, self._port)
        tasks = [
            asyncio.create_task(self._listen(reader)),
            asyncio.create_task(self._ask(writer)),
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
            refs = {ref for ref in map(changed_ref, lines) if ref is not None}
            if not self.healthy and (refs or any(map(_GREETING.match, lines))):
                self._connected()
            if refs:
                self._on_refs(refs)
        raise ConnectionResetError

    async def _ask(self, writer: asyncio.StreamWriter) -> None:
        """Ask for the version, and again after each silence, until nothing comes."""
        while True:
            asked_at = self._clock()
            writer.write(b"vr\r\n")
            await self._sleep(ANSWER_TIMEOUT)
            if not self.healthy or self._received_at < asked_at:
                raise ConnectionError
            while (quiet := self._clock() - self._received_at) < SILENCE:
                await self._sleep(SILENCE - quiet)
