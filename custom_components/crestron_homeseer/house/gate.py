"""Who may speak with a hub: commands first, and two reads at once at the most."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

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
    def patience(self) -> float:
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

        hanging = loop.call_later(self.patience, hangs)
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
