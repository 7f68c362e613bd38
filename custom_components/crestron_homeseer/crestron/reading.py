"""Reads the lists of one processor: those that are due, and those that are waited for."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Set as AbstractSet
import logging

from ..house.cadence import SEEN, Part, dues, periods
from ..house.connection import MOST_READS
from ..house.devices import Device, Room
from ..house.hub import HubConnectionError, HubError, HubResponseError, Reason
from .client import CrestronClient
from .codec import ENDPOINTS, decode_rooms, list_in
from .hints import Hints
from .listing import STALE, Listing

LOGGER = logging.getLogger(__name__)

# What people wait for: locks, doors, occupancy, alarm.
_URGENT = frozenset({"lock", "sensor", "security"})
# Of what is due, so much is read until what came of it is shown, in seconds.
ROUND = 0.2
# What is due so soon is read with what is due now: one read more costs more than one list.
SOON = 0.15
# How a processor answers that it has no such list, or no Web API at all.
_NOT_THERE = frozenset({Reason.MISSING, Reason.NO_API})


class Reader:
    """The rooms and lists of one processor, as they were read last.

    `watchers` are called with all devices of a kind, and the time, whenever these were
    read.
    """

    def __init__(self, client: CrestronClient, clock: Callable[[], float]) -> None:
        """Take the client, and the clock that all moments are of."""
        self.clock = clock
        self.lists = {entry.kind: Listing(entry) for entry in ENDPOINTS}
        self.rooms: dict[str, Room] = {}
        self.watchers: dict[str, Callable[[Mapping[str, Device], float], None]] = {}
        # Which devices somebody wants to be read; at first, all.
        self.wanted: AbstractSet[str] | None = None
        self.hints = Hints(self.lists, self._is_wanted)
        # The reads under way, of which some may hang: nobody waits for those, and none
        # is asked for again.
        self.hanging: dict[str, asyncio.Task[HubError | None]] = {}
        self._client = client
        self._rooms_body: bytes | None = None

    # What is due

    @property
    def interval(self) -> float:
        """The seconds between two reads of what is read most often."""
        return min(periods(list(self._parts().values())), default=SEEN)

    def dues(self) -> dict[str, float]:
        """Return in how long each list is due, by kind."""
        parts = self._parts()
        return dict(zip(parts, dues([*parts.values()], self.clock()), strict=True))

    def due(self) -> list[Listing]:
        """Return the lists that are due, what has waited longest first."""
        soonest = sorted(self.dues().items(), key=lambda each: each[1])
        return [self.lists[kind] for kind, due in soonest if due <= SOON]

    def shown(self) -> list[Listing]:
        """Return what is read where nothing is due, and somebody asks all the same."""
        shown = [
            each
            for each in self.lists.values()
            if not each.endpoint.seldom and (each.devices or not each.read)
        ]
        # A house without anything is still asked whether it is there.
        return shown or [self.lists["light"]]

    def _parts(self) -> dict[str, Part]:
        """Return what is read for somebody; what hangs is not read."""
        now = self.clock()
        return {
            kind: Part(
                urgent=kind in _URGENT,
                took=each.took,
                since=None if each.asked_at is None else now - each.asked_at,
                failures=each.failures,
            )
            for kind, each in self.lists.items()
            if kind not in self.hanging and (not each.read or self._has_states(each))
        }

    def _is_wanted(self, listing: Listing) -> bool:
        return self._wants_any(listing, listing.devices.keys())

    def _has_states(self, listing: Listing) -> bool:
        """Return whether a list shows anything that somebody wants to be read."""
        return self._wants_any(listing, listing.stateful)

    def _wants_any(self, listing: Listing, keys: AbstractSet[str]) -> bool:
        if listing.endpoint.seldom:
            return False
        return bool(keys) if self.wanted is None else not self.wanted.isdisjoint(keys)

    # Reading

    async def read_rooms(self) -> bool:
        """Read the rooms; returns whether they could be read."""
        try:
            body = await self._client.get("rooms")
            if body != self._rooms_body:
                rooms = decode_rooms(list_in(body, "rooms"))
                if self.rooms and not rooms:
                    # No house loses all its rooms at once.
                    return False
                if rooms != self.rooms:
                    self.rooms = rooms
                    for listing in self.lists.values():
                        listing.forget_rooms()
                self._rooms_body = body
        except HubResponseError as err:
            # Rooms decide where devices first appear: without them, wait.
            if self._rooms_body is None and err.reason not in _NOT_THERE:
                raise HubConnectionError(Reason.STARTING, "no rooms yet") from err
            return False
        return True

    async def read_focus(self, wanted: Collection[Listing]) -> None:
        """Read what is waited for; of what is hinted at, a part is shown at once."""
        pending = self.hints.pending
        hinted = [each for each in wanted if each.endpoint.kind in pending]
        await self.read([each for each in wanted if each not in hinted])
        await self.read(hinted, brief=True)
        # What hangs is left alone until it is due.
        kinds = {each.endpoint.kind for each in hinted}
        self.hints.left(kinds - self.hanging.keys())

    async def read(self, listings: Collection[Listing], *, brief: bool = False) -> bool:
        """Read lists; one that fails or hangs leaves the others alone.

        Returns whether any could be read. Raises HubConnectionError where the
        processor itself is not there. A `brief` read ends when it has taken its time,
        or something else is hinted at.
        """
        pending = set(self.hints.pending)
        until = self.clock() + ROUND if brief else float("inf")
        taken = answered = hung = False
        trouble: HubError | None = None
        for listing in listings:
            if listing.endpoint.kind in self.hanging:
                continue
            err = await self._read_in_time(listing)
            if err is None:
                taken = answered = True
            elif isinstance(err, HubResponseError):
                answered = answered or err.reason in _NOT_THERE
                trouble = err
            elif err.reason is not Reason.TIMED_OUT or hung:
                # One list may hang while others answer; two are an outage.
                raise err
            else:
                hung = True
                trouble = err
            if self.clock() >= until or (brief and self.hints.pending - pending):
                break
        if trouble is not None and not answered and len(listings) > 1:
            raise HubConnectionError(Reason.STARTING, str(trouble))
        if trouble is not None and self._nothing_readable:
            # Also where each failed by itself.
            starting = trouble.reason not in _NOT_THERE
            raise HubConnectionError(Reason.STARTING if starting else Reason.NO_API)
        return taken

    @property
    def _nothing_readable(self) -> bool:
        """Whether all lists that somebody wants have failed again and again."""
        shown = [
            each.failures for each in filter(self._has_states, self.lists.values())
        ]
        return bool(shown) and min(shown) >= STALE

    async def _read_in_time(self, listing: Listing) -> HubError | None:
        """Read a list, or leave it alone where it hangs; returns what went wrong."""
        if len(self.hanging) >= MOST_READS:
            done, _ = await asyncio.wait(
                self.hanging.values(), return_when=asyncio.FIRST_COMPLETED
            )
            if (err := done.pop().result()) is not None:
                # What hung has failed, and nothing else has answered meanwhile.
                raise err
        kind, loop = listing.endpoint.kind, asyncio.get_running_loop()
        # Woken by the read itself: its task would do it a turn of the loop later.
        over = loop.create_future()
        task = self.hanging[kind] = asyncio.create_task(
            self._read_one(listing, over), eager_start=True
        )
        timer = loop.call_later(self._client.hang_timeout, _end, over)
        try:
            await over
        finally:
            timer.cancel()
            if task.done():
                del self.hanging[kind]
            else:
                task.add_done_callback(lambda _: self.hanging.pop(kind))
        return task.result() if task.done() else HubConnectionError(Reason.TIMED_OUT)

    async def _read_one(
        self, listing: Listing, over: asyncio.Future[None]
    ) -> HubError | None:
        started = self.clock()
        path, failures = listing.endpoint.path, listing.failures
        self.hints.pending.discard(listing.endpoint.kind)
        try:
            self.take(listing, await self._client.get(path))
        except HubError as err:
            if err.reason is Reason.MISSING and not listing.devices:
                listing.lack()
            elif isinstance(err, HubResponseError) or err.reason is Reason.TIMED_OUT:
                LOGGER.debug("Reading %s failed: %s", path, err)
                listing.fail(str(err))
            return err
        else:
            if failures:
                self._try_again()
            return None
        finally:
            listing.asked_at = started
            listing.took = self.clock() - started
            _end(over)

    def _try_again(self) -> None:
        """Have all lists that failed read at once, because one is back."""
        for listing in self.lists.values():
            if listing.failures:
                listing.asked_at = None

    def take(self, listing: Listing, body: bytes) -> None:
        """Take an answer; raises HubResponseError and keeps the last values."""
        now = self.clock()
        listing.take(body, self.rooms, now)
        if watch := self.watchers.get(listing.endpoint.kind):
            watch(listing.devices, now)


def _end(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
