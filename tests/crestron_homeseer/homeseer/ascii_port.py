"""A port that answers as it is told, and a time that stands still."""

import asyncio
from collections.abc import Callable
from typing import Self

from custom_components.crestron_homeseer.homeseer.push import AsciiPush

from ..common import until

type Make = Callable[..., AsciiPush]

VERSION = b"4.2.13.0\r\n"


class Time:
    """Passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._waiting: list[tuple[float, float, asyncio.Future[None]]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((self.now + seconds, seconds, future))
        await future

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, and whoever waited do what they waited for."""
        self.now += seconds
        for due, _, future in self._waiting:
            if due <= self.now + 1e-9 and not future.done():
                future.set_result(None)
        await asyncio.sleep(0.01)

    async def retry(self) -> float:
        """Wait for the next retry, and return after how long it came."""

        def waits() -> list[float]:
            return [wait for _, wait, future in self._waiting if not future.done()]

        # Who is connected waits for an answer or for silence, and for no retry.
        await until(lambda: len(waits()) == 1 and waits()[0] not in {10.0, 50.0, 60.0})
        (wait,) = waits()
        await self.pass_by(wait)
        return wait


class AsciiServer:
    """Answers each line in the same way; None is silence."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.answer: bytes | None = VERSION
        self.lines: list[str] = []
        self.writers: set[asyncio.StreamWriter] = set()
        # How many connections were made, and were open at once.
        self.made = 0
        self.most = 0
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.host, 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the port and all connections."""
        assert self._server is not None
        self._server.close()
        self.hang_up()
        await self._server.wait_closed()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.made += 1
        self.writers.add(writer)
        self.most = max(self.most, len(self.writers))
        try:
            while line := (await reader.readline()).decode().strip():
                self.lines.append(line)
                if self.answer is not None:
                    writer.write(self.answer)
        except OSError:
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    def send(self, data: bytes) -> None:
        """Send something to everybody."""
        for writer in self.writers:
            writer.write(data)

    def hang_up(self) -> None:
        """Cut everybody off."""
        for writer in self.writers:
            writer.transport.abort()
