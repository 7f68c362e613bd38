"""Calls web hooks of others, one after the other."""

import asyncio
import contextlib
import io

import aiohttp

TIMEOUT_SECONDS = 10
JSON = {"Content-Type": "application/json"}

type Call = tuple[str, str, bytes | None]


class Caller:
    """Makes calls in their order; what fails is not made again."""

    def __init__(self) -> None:
        """Have called nobody yet."""
        # The status of each answer; 0 if there was none.
        self.answers: list[int] = []
        self._waiting: asyncio.Queue[Call] = asyncio.Queue()
        self._calling: asyncio.Task[None] | None = None

    @property
    def started(self) -> bool:
        """Whether calls are made."""
        return self._calling is not None

    async def start(self) -> None:
        """Begin to call."""
        self._calling = asyncio.get_running_loop().create_task(self._call_all())

    async def stop(self) -> None:
        """Call no more."""
        if self._calling is not None:
            self._calling.cancel()
            with contextlib.suppress(asyncio.CancelledError):  # as asked
                await self._calling
            self._calling = None

    async def drain(self) -> None:
        """Wait until all calls are made."""
        if self._calling is not None:
            await self._waiting.join()

    def call(self, method: str, url: str, body: bytes | None = None) -> None:
        """Make a call when those before it are made; a body is JSON."""
        self._waiting.put_nowait((method, url, body))

    async def _call_all(self) -> None:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                method, url, body = await self._waiting.get()
                data = None if body is None else io.BytesIO(body)
                headers = {} if body is None else JSON
                try:
                    async with session.request(
                        method, url, headers=headers, data=data
                    ) as response:
                        self.answers.append(response.status)
                except aiohttp.ClientError, TimeoutError, ValueError:
                    self.answers.append(0)
                finally:
                    self._waiting.task_done()
