"""How a hub is spoken with: a gate for its requests, their errors, and push."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
import logging
import random
import time
from typing import ClassVar, Final

import aiohttp

from .hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)

LOGGER = logging.getLogger(__name__)

# A read that takes so many times as long as reads usually do, and no less than so
# many seconds, hangs: nobody waits for it any more.
HANGS = 3.0
HANGS_AFTER = 1.0
MOST_READS = 2

# What speaks without an end, such as a camera, is no hub.
MOST_BYTES: Final = 64 * 1024 * 1024
# What fails before anything was sent; the first that fits counts.
_NOT_SENT: Final[dict[type[Exception], Reason]] = {
    aiohttp.ClientConnectorDNSError: Reason.NOT_FOUND,
    aiohttp.InvalidURL: Reason.NOT_FOUND,
    aiohttp.ClientConnectorCertificateError: Reason.TLS,
    aiohttp.ClientSSLError: Reason.TLS,
    aiohttp.ClientConnectorError: Reason.REFUSED,
    aiohttp.ConnectionTimeoutError: Reason.TIMED_OUT,
}

FIRST_RETRY = 1.0
# A connection that held so long was a good one.
STEADY = 60.0


@dataclass(slots=True, eq=False)
class _Request:
    command: bool
    # Set where it has to wait.
    turn: asyncio.Future[None] | None = None
    hangs: bool = False


class Gate:
    """Lets requests through: a waiting command overtakes all reads.

    Nobody waits for a read that hangs, but no third one begins then. `commands` is
    how many commands may be in flight at once.
    """

    def __init__(self, commands: int = 1) -> None:
        """Start with nothing in flight."""
        self._most_commands = commands
        self._waiting: list[_Request] = []
        self._in_flight: list[_Request] = []
        # What a read takes, in seconds, as far as is known.
        self._usual = 0.0

    @property
    def hang_timeout(self) -> float:
        """After how many seconds a read is taken to hang."""
        return max(HANGS_AFTER, self._usual * HANGS)

    @asynccontextmanager
    async def enter(self, *, command: bool = False) -> AsyncGenerator[None]:
        """Hold the gate for one request."""
        loop = asyncio.get_running_loop()
        request = _Request(command)
        if not self._waiting and self._may(request):
            self._in_flight.append(request)
        else:
            request.turn = loop.create_future()
            self._waiting.append(request)
            self._admit()
        try:
            if request.turn is not None:
                await request.turn
            if command:
                yield
                return
            started = loop.time()
            hanging = loop.call_later(self.hang_timeout, self._hangs, request)
            try:
                yield
            finally:
                hanging.cancel()
                took = loop.time() - started
                # Quickly slower and slowly faster: a hub under load does not hang.
                self._usual = max(took, self._usual * 0.8 + took * 0.2)
        finally:
            # One that is cancelled in the moment its turn comes is in flight already.
            for requests in (self._waiting, self._in_flight):
                if request in requests:
                    requests.remove(request)
            self._admit()

    def _hangs(self, request: _Request) -> None:
        request.hangs = True
        self._admit()

    def _admit(self) -> None:
        """Let in who may come in, commands first."""
        for request in sorted(self._waiting, key=lambda each: not each.command):
            # One that was cancelled while it waited leaves by itself.
            if request.turn and not request.turn.cancelled():
                if not self._may(request):
                    return
                self._waiting.remove(request)
                self._in_flight.append(request)
                request.turn.set_result(None)

    def _may(self, request: _Request) -> bool:
        commands = sum(each.command for each in self._in_flight)
        if any(not (each.command or each.hangs) for each in self._in_flight):
            return False
        if request.command:
            return commands < self._most_commands
        return not commands and len(self._in_flight) < MOST_READS


async def read_body(response: aiohttp.ClientResponse) -> bytes:
    """Return a body; raises aiohttp.ClientResponseError where it has no end."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            raise aiohttp.ClientResponseError(response.request_info, ())
    return bytes(body)


def request_error(err: Exception, *, sent: bool) -> HubError:
    """Return what a failed request means to the caller.

    A command that may have left this machine, `sent`, is not known to have failed.
    """
    for kind, reason in _NOT_SENT.items():
        if isinstance(err, kind):
            return HubConnectionError(reason)
    if sent:
        return HubUnansweredError(Reason.UNANSWERED)
    if isinstance(err, aiohttp.ClientResponseError):
        return HubResponseError(Reason.OTHER_DEVICE, "the answer is not HTTP")
    timed_out = isinstance(err, TimeoutError)
    return HubConnectionError(Reason.TIMED_OUT if timed_out else Reason.LOST)


class Listener(ABC):
    """Keeps a connection on which a hub pushes changes; it reconnects once lost.

    `on_gap` is called whenever a connection was made or lost: what changed before the
    one or changes after the other is not pushed. `healthy` is whether changes are
    pushed now. Waits double up to `MAX_RETRY` seconds; losses are logged at
    `LOG_LEVEL`.
    """

    MAX_RETRY: ClassVar[float]
    LOG_LEVEL: ClassVar[int] = logging.DEBUG

    def __init__(
        self,
        name: str,
        on_gap: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take what the other side is called, without secrets, and whom to call."""
        self.name = name
        self.healthy = False
        self.ever_connected = False
        self._on_gap = on_gap
        self._clock = clock
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None
        self._loss_logged = False
        self._retry = FIRST_RETRY

    def start(self) -> None:
        """Begin to listen; nothing happens if it has begun."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(
                self._run(), name=self.name
            )

    async def stop(self) -> None:
        """Stop listening; when this returns, there is no connection any more."""
        if (task := self._task) is not None:
            task.cancel()
            await asyncio.wait([task])
            self._task = None

    @abstractmethod
    async def _connect(self) -> None:
        """Connect, and listen until it is lost; raises OSError or HubError then."""

    def _retry_delay(self) -> float:
        """Return how long to wait after an attempt, which doubles with each."""
        return self._retry

    def _connected(self) -> None:
        """Note that changes are pushed from now on."""
        self.ever_connected = self.healthy = True
        if self._loss_logged:
            self._loss_logged = False
            LOGGER.log(min(self.LOG_LEVEL, logging.INFO), "%s tells again", self.name)
        self._on_gap()

    def _disconnected(self) -> None:
        """Note that nothing is pushed from now on."""
        was_healthy, self.healthy = self.healthy, False
        if was_healthy:
            self._on_gap()

    def _log_loss(self, why: str) -> None:
        """Log that nothing is pushed; one line is enough until something is again."""
        if not self._loss_logged:
            self._loss_logged = True
            LOGGER.log(
                self.LOG_LEVEL, "%s tells nothing, reading instead: %s", self.name, why
            )

    async def _run(self) -> None:
        while True:
            began = self._clock()
            try:
                try:
                    await self._connect()
                finally:
                    self._disconnected()
            except HubError as err:
                self._log_loss(err.reason)
            except OSError as err:
                self._log_loss(type(err).__name__)
            except Exception:  # the next connection may do better
                LOGGER.exception("Listening to %s went wrong", self.name)
            if self._clock() - began >= STEADY:
                self._retry = FIRST_RETRY
            delay = self._retry_delay()
            self._retry = min(self._retry * 2, self.MAX_RETRY)
            # So that not everybody comes back in the same moment.
            await self._sleep(delay * random.uniform(0.8, 1.2))
