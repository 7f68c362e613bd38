"""Which lists are to be read because somebody said that something in them changed."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping

from ..house.hub import OnChange
from .listing import Listing

# A processor's states lag behind what happens, and lamps take a moment to dim: what
# was hinted at is read again so many seconds after the last hint.
AGAIN = 1.0


def nobody(device_ids: Collection[str] | None) -> None:
    """Hear of changes while nobody listens."""


class Hints:
    """Has each list that is hinted at read once, and once more after that.

    `pending` are the lists that were hinted at and not begun to be read since.
    """

    def __init__(
        self, listings: Mapping[str, Listing], wanted: Callable[[Listing], bool]
    ) -> None:
        """Take the lists by kind, and what tells whether anybody looks at one."""
        self.on_change: OnChange = nobody
        self.pending: set[str] = set()
        self._listings = listings
        self._wanted = wanted
        self._again: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def hint(self, kind: str | None) -> None:
        """Have a list read, or all; what fails is asked for no sooner than it was."""
        kinds = set(self._listings) if kind is None else {kind}
        self._again |= kinds
        self.close()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(AGAIN, self._read_again)
        self._tell(self._new(kinds))

    def by_path(self, path: object) -> None:
        """Have the list of a path read; all for anything that is none."""
        paths = {each.endpoint.path: kind for kind, each in self._listings.items()}
        self.hint(paths.get(path) if isinstance(path, str) else None)

    def survey(self) -> None:
        """Have everything read, because something came or went."""
        self.on_change(None)

    def left(self, kinds: Iterable[str]) -> None:
        """Have read next what there was no time for, of some lists."""
        if kinds := self.pending.intersection(kinds):
            self._tell(kinds)

    def close(self) -> None:
        """Have nothing read again."""
        if self._timer is not None:
            self._timer.cancel()

    def _read_again(self) -> None:
        kinds, self._again = self._again, set()
        if new := self._new(kinds):
            self._tell(new)

    def _new(self, kinds: set[str]) -> list[str]:
        """Return what is to be read now and is not pending yet; then it is."""
        new = [
            kind
            for kind in kinds - self.pending
            if not self._listings[kind].failures and self._wanted(self._listings[kind])
        ]
        self.pending.update(new)
        return new

    def _tell(self, kinds: Iterable[str]) -> None:
        self.on_change([key for kind in kinds for key in self._listings[kind].devices])
