"""One conversation with a hub at a time; commands go before reads."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Gate:
    """Lets one request through at a time. A waiting command overtakes all reads."""

    def __init__(self) -> None:
        """Start with nobody inside."""
        self._busy = False
        self._commands: deque[asyncio.Future[None]] = deque()
        self._reads: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def enter(self, *, command: bool = False) -> AsyncGenerator[None]:
        """Hold the gate for one request."""
        if self._busy:
            await self._queue(self._commands if command else self._reads)
        self._busy = True
        try:
            yield
        finally:
            self._hand_over()

    async def _queue(self, queue: deque[asyncio.Future[None]]) -> None:
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                # The turn came in the moment of the cancellation: pass it on.
                self._hand_over()
            raise

    def _hand_over(self) -> None:
        for queue in (self._commands, self._reads):
            while queue:
                turn = queue.popleft()
                # Whoever was cancelled while waiting is passed over.
                if not turn.cancelled():
                    # The gate stays busy, so that nobody slips in between.
                    turn.set_result(None)
                    return
        self._busy = False
