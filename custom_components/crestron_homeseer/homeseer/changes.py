"""What a system tells of its changes: which devices there are, and what they do."""

import time
import uuid

from ..house.fields import Fields
from ..house.hub import HubResponseError
from .client import HomeSeerClient
from .features import refs_in

# So many seconds after the last look it is asked whether devices came or went.
LOOK_FOR_OTHERS = 30.0


class Changes:
    """Asks one system what changed, as far as its version tells."""

    def __init__(self, client: HomeSeerClient) -> None:
        """Take the client; nothing was asked before."""
        # None until it is known whether the system tells what changed.
        self.told: bool | None = None
        self._client = client
        # The system remembers by it what was told to whom.
        self._id = uuid.uuid4().hex
        self._last: tuple[str | None, ...] | None = None
        self._looked_at = 0.0

    async def others_are_there(self, *, suspected: bool) -> bool:
        """Return whether devices came or went; a small question, but not each time.

        Where that is suspected already, only the time is waited for.
        """
        if time.monotonic() - self._looked_at < LOOK_FOR_OTHERS:
            return False
        if suspected:
            return True
        last = self._last
        return last is not None and await self._ask_devices() not in {None, last}

    async def came_or_went(self) -> bool:
        """Return whether devices came or went since this was asked last.

        It is so where the system does not tell.
        """
        last, now = self._last, await self._ask_devices()
        self._last = now
        return now is None or last != now

    async def _ask_devices(self) -> tuple[str | None, ...] | None:
        """Return how many devices there are and when that changed; None if not told."""
        self._looked_at = time.monotonic()
        try:
            info = Fields(await self._client.ask("getdeviceinfo"))
        except HubResponseError:
            return None
        return tuple(
            info.text(key)
            for key in ("count", "timelastdeviceadded", "timelastdeviceremoved")
        )

    async def refs(self) -> set[int] | None:
        """Return what changed since the last call; None where everything must be read."""
        if self.told is False:
            return None
        try:
            answer = Fields(
                await self._client.ask("getdeviceschanged", devicechangeid=self._id)
            )
        except HubResponseError:
            self.told = False
            return None
        if not isinstance(answer.get("refs"), list):
            self.told = False
            return None
        first, self.told = self.told is None, True
        # What the first call tells is not written anywhere.
        return None if first else set(refs_in(answer.items("refs")))
