"""Holds a connection on which a hub tells of changes, and makes it anew once lost."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Awaitable, Callable
import logging
import random
import time
from typing import ClassVar

from .hub import HubError

LOGGER = logging.getLogger(__name__)

FIRST_RETRY = 1.0
# A connection that held so long was a good one.
STEADY = 60.0


class Listener(ABC):
    """Listens for as long as it is started, with one connection at most.

    `on_gap` is called whenever a connection was made or lost: what changed before the
    one or changes after the other is not told. `healthy` is whether changes are told
    now. Waits double up to `LAST_RETRY` seconds; losses are logged at `LEVEL`.
    """

    LAST_RETRY: ClassVar[float]
    LEVEL: ClassVar[int] = logging.DEBUG

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
        self.known = False
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

    def _first_pause(self) -> float:
        """Return how long to wait after an attempt, which doubles with each."""
        return self._retry

    def _tells(self) -> None:
        """Note that changes are told from now on."""
        self.known = self.healthy = True
        if self._loss_logged:
            self._loss_logged = False
            LOGGER.log(min(self.LEVEL, logging.INFO), "%s tells again", self.name)
        self._on_gap()

    def _tells_no_more(self) -> None:
        """Note that nothing is told from now on."""
        was_healthy, self.healthy = self.healthy, False
        if was_healthy:
            self._on_gap()

    def _log_loss(self, why: str) -> None:
        """Log that nothing is told; one line is enough until something is again."""
        if not self._loss_logged:
            self._loss_logged = True
            LOGGER.log(
                self.LEVEL, "%s tells nothing, reading instead: %s", self.name, why
            )

    async def _run(self) -> None:
        while True:
            began = self._clock()
            try:
                try:
                    await self._connect()
                finally:
                    self._tells_no_more()
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
        pause = self._first_pause()
        self._retry = min(self._retry * 2, self.LAST_RETRY)
        # So that not everybody comes back in the same moment.
        return pause * random.uniform(0.8, 1.2)
