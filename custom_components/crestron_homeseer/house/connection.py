"""How a hub is spoken with: one gate for its requests, one connection for push."""

from abc import ABC, abstractmethod
import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
import logging
import random
import time
from typing import ClassVar

from .hub import HubError

# A read that takes so many times as long as reads usually do, and no less than so
# many seconds, hangs: nobody waits for it any more.
HANGS = 3.0
HANGS_AFTER = 1.0
MOST_READS = 2


class Gate:
    """Lets requests through: a waiting command overtakes all reads.

    Nobody waits for a read that hangs, but no third one begins then. `commands` is
    how many commands may be under way at once.
    """

    def __init__(self, commands: int = 1) -> None:
        """Start with nobody inside."""
        self._most_commands = commands
        self._commands = 0
        self._reads = 0
        # Of those reads, how many are not known to hang.
        self._lively = 0
        # What a read takes, in seconds, as far as is known.
        self._usual = 0.0
        self._waiting_commands: deque[asyncio.Future[None]] = deque()
        self._waiting_reads: deque[asyncio.Future[None]] = deque()

    @property
    def hang_timeout(self) -> float:
        """After how many seconds a read is taken to hang."""
        return max(HANGS_AFTER, self._usual * HANGS)

    @asynccontextmanager
    async def enter(self, *, command: bool = False) -> AsyncGenerator[None]:
        """Hold the gate for one request."""
        await self._come_in(command)
        if command:
            try:
                yield
            finally:
                self._commands -= 1
                self._admit()
            return
        loop = asyncio.get_running_loop()
        started = loop.time()
        hung = False

        def hangs() -> None:
            nonlocal hung
            hung = True
            self._lively -= 1
            self._admit()

        hanging = loop.call_later(self.hang_timeout, hangs)
        try:
            yield
        finally:
            took = loop.time() - started
            # Quickly slower and slowly faster: a hub under load is none that hangs.
            self._usual = max(took, self._usual * 0.8 + took * 0.2)
            hanging.cancel()
            self._reads -= 1
            self._lively -= not hung
            self._admit()

    async def _come_in(self, command: bool) -> None:
        queue = self._waiting_commands if command else self._waiting_reads
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                # The turn came in the moment of the cancellation: pass it on.
                self._pass_on(command)
            raise

    def _pass_on(self, command: bool) -> None:
        if command:
            self._commands -= 1
        else:
            self._reads -= 1
            self._lively -= 1
        self._admit()

    def _admit(self) -> None:
        """Let in who may come in; their places are theirs from now on."""
        for queue in (self._waiting_commands, self._waiting_reads):
            while queue and (queue[0].cancelled() or self._may(queue)):
                turn = queue.popleft()
                # Whoever was cancelled while waiting is passed over.
                if turn.cancelled():
                    continue
                if queue is self._waiting_commands:
                    self._commands += 1
                else:
                    self._reads += 1
                    self._lively += 1
                turn.set_result(None)

    def _may(self, queue: deque[asyncio.Future[None]]) -> bool:
        if self._lively:
            return False
        if queue is self._waiting_commands:
            return self._commands < self._most_commands
        # What waits as a command does so for another one.
        return not self._commands and self._reads < MOST_READS


LOGGER = logging.getLogger(__name__)

FIRST_RETRY = 1.0
# A connection that held so long was a good one.
STEADY = 60.0


class Listener(ABC):
    """Listens for as long as it is started, with one connection at most.

    `on_gap` is called whenever a connection was made or lost: what changed before the
    one or changes after the other is not told. `healthy` is whether changes are told
    now. Waits double up to `MAX_RETRY` seconds; losses are logged at `LOG_LEVEL`.
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
        """Take what the other side is called, without secrets, and whom to tell."""
        self.name = name
        self.healthy = False
        # Whether the other side has ever answered.
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
        if (task := self._task) is None:
            return
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
        """Note that changes are told from now on."""
        self.ever_connected = self.healthy = True
        if self._loss_logged:
            self._loss_logged = False
            LOGGER.log(min(self.LOG_LEVEL, logging.INFO), "%s tells again", self.name)
        self._on_gap()

    def _disconnected(self) -> None:
        """Note that nothing is told from now on."""
        was_healthy, self.healthy = self.healthy, False
        if was_healthy:
            self._on_gap()

    def _log_loss(self, why: str) -> None:
        """Log that nothing is told; one line is enough until something is again."""
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
            await self._sleep(self._pause(self._clock() - began))

    def _pause(self, lasted: float) -> float:
        """Return how long to wait before the next connection."""
        if lasted >= STEADY:
            self._retry = FIRST_RETRY
        pause = self._retry_delay()
        self._retry = min(self._retry * 2, self.MAX_RETRY)
        # So that not everybody comes back in the same moment.
        return pause * random.uniform(0.8, 1.2)
