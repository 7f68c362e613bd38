"""A Crestron Home processor as a hub."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
import logging
import time
from typing import Any, override

import aiohttp

from ..house.cadence import IDLE, Part, dues, periods
from ..house.connection import MOST_READS
from ..house.devices import Device, House, HubInfo, Room
from ..house.hub import (
    AnyCommand,
    Hub,
    HubConnectionError,
    HubError,
    HubResponseError,
    OnChange,
    Reason,
    SendResult,
)
from .about import AboutProcessor
from .bridge import Bridge, BridgeAddress
from .client import Address, CrestronClient
from .codec import ENDPOINTS, Pace, decode_rooms, roots_of
from .fading import FadeUnit
from .hints import Hints, nobody
from .listing import Listing, list_of
from .quick_actions import QuickActions
from .recording import record
from .sending import Sender
from .sources import Sources
from .stopping import Stopping
from .volume import VolumeScale

LOGGER = logging.getLogger(__name__)

# What people wait for: locks, doors, occupancy, alarm.
_URGENT = frozenset({"lock", "sensor", "security"})
# Of what is due, so much is read until what came of it is shown, in seconds.
ROUND = 0.2
# What is due so soon is read with what is due now: one look costs more than one list.
SOON = 0.15

# How a processor says that it has no such list, or no Web API at all.
_NOT_THERE = frozenset({Reason.MISSING, Reason.NO_API})


class CrestronHub(Hub):
    """Reads and commands one processor."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        address: Address,
        token: str,
        *,
        certificate: str | None = None,
        model: str | None = None,
        memory: dict[str, Any] | None = None,
        together: Iterable[Collection[str]] = (),
        volume_scale: str | None = None,
        fade_unit: str | None = None,
        bridge: BridgeAddress | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Take the session, where the processor is, and what was remembered.

        `certificate` is the SHA-256 of the only one to trust, in hex digits.
        `together` are groups of shades, by their ids, that are to arrive together.
        `volume_scale` is how volumes are counted, `percent` or `raw`, and `fade_unit`
        how the seconds of a fade are, where somebody knows it.
        `bridge` is where somebody tells of changes, if anybody does.
        """
        self.memory = {} if memory is None else memory
        self.client = CrestronClient(session, address, token, certificate)
        self._about = AboutProcessor(self.client, self.memory, model)
        self._clock = clock or time.monotonic
        self._rooms: dict[str, Room] = {}
        self._rooms_body: bytes | None = None
        self._listings = {entry.kind: Listing(entry) for entry in ENDPOINTS}
        # What the last house was made of: lists are read for commands as well, and
        # in reads that fail half-way.
        self._told = [listing.devices for listing in self._listings.values()]
        # The higher, the later a list had its turn.
        self._turns = dict.fromkeys(self._listings, 0)
        self._wanted: Callable[[str], bool] = _all
        # The reads that hang: nobody waits for them, and none is asked for again.
        self._hanging: dict[str, asyncio.Task[HubError | None]] = {}
        self._hints = Hints(self._listings, self._is_wanted)
        self._bridge = bridge and Bridge(
            session,
            bridge,
            on_change=self._hints.hint,
            on_survey=self._hints.survey,
        )
        self._sources = Sources(self.client)
        self._stopping = Stopping(self.memory)
        self._fading = FadeUnit(self.memory, fade_unit)
        self._sender = Sender(
            self.client,
            self._listings,
            self._take,
            self._stopping,
            VolumeScale(self.client, self.memory, volume_scale),
            self._fading,
            QuickActions(self.client, self.memory),
            clock=self._clock,
            together=together,
        )

    @property
    @override
    def pushing(self) -> bool:
        """Hints are no proof that nothing else has changed, so reading goes on."""
        return False

    @override
    async def connect(self) -> HubInfo:
        await self.client.login()
        return self._about.info()

    @override
    async def survey(self) -> House:
        rooms_read = await self._read_rooms()
        first = not any(listing.read for listing in self._listings.values())
        wanted = [
            listing
            for listing in self._listings.values()
            # At first, what few homes have is left for the next read.
            if not first or listing.endpoint.pace is not Pace.SELDOM
        ]
        for listing in self._listings.values():
            # What is left out is not due before it would be if it had been read.
            listing.asked_at = self._clock()
        taken = await self._read(wanted)
        if first and self._hanging:
            # What there is at first decides what is made of it.
            await asyncio.wait(self._hanging.values())
            taken = taken or any(listing.read for listing in wanted)
        if not (rooms_read or taken):
            # It speaks, but of nothing that its Web API has.
            raise HubResponseError(Reason.NO_API, "no list at all")
        if not (rooms_read or any(listing.devices for listing in wanted)):
            raise HubResponseError(Reason.MISSING, "no rooms and no devices")
        if not first:
            await self._about.read()
        return self._house(
            complete=rooms_read
            and not first
            and not self._hanging
            and not any(listing.failures for listing in wanted)
        )

    @override
    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        wanted = self._of(focus)
        due = [each for each in self._due() if each not in wanted]
        if wanted:
            await self._read_focus(wanted)
        if more or not focus:
            await self._read(due or ([] if focus else self._in_turn()), brief=True)
        found = not focus and await self._sources.look(
            self._listings["mediaroom"].devices.values()
        )
        if not found and all(
            told is listing.devices
            for told, listing in zip(self._told, self._listings.values(), strict=True)
        ):
            return house
        return self._house(complete=False)

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        return await self._sender.send(commands)

    # Being told

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None]:
        self._hints.on_change = on_change
        if self._bridge:
            self._bridge.start()

        def stop() -> None:
            self._hints.on_change = nobody

        return stop

    @override
    def on_webhook(self, message: object) -> None:
        self._hints.by_path(message)

    @override
    async def close(self) -> None:
        if self._bridge:
            await self._bridge.stop()
        self._hints.close()
        for task in self._hanging.values():
            task.cancel()
        await self._sender.close()
        await self.client.logout()

    @override
    def report(self) -> Mapping[str, Any]:
        return {
            "api_version": self.client.version,
            "model": self._about.info().model,
            "requests": self.client.requests,
            "bridge_heard": self._bridge and self._bridge.healthy,
            "lists": {
                listing.endpoint.path: {
                    "devices": len(listing.devices),
                    "failures": listing.failures,
                }
                for listing in self._listings.values()
            },
            "left_out": [
                each for listing in self._listings.values() for each in listing.ignored
            ],
        }

    @override
    async def record(self) -> Mapping[str, Any]:
        return await record(self.client)

    # Reading

    async def _read_rooms(self) -> bool:
        try:
            body = await self.client.get("rooms")
            if body != self._rooms_body:
                rooms = decode_rooms(list_of(body, "rooms"))
                if self._rooms and not rooms:
                    # No house loses all its rooms at once.
                    return False
                if rooms != self._rooms:
                    self._rooms = rooms
                    for listing in self._listings.values():
                        listing.forget_rooms()
                self._rooms_body = body
        except HubResponseError as err:
            # Rooms decide where devices first appear: without them, wait.
            if self._rooms_body is None and err.reason not in _NOT_THERE:
                raise HubConnectionError(Reason.STARTING, "no rooms yet") from err
            return False
        return True

    def _of(self, focus: Collection[str]) -> list[Listing]:
        kinds = {device_id.split("-")[0] for device_id in focus}
        # In the order of the lists: what hands and doors change, first.
        return [each for kind, each in self._listings.items() if kind in kinds]

    @override
    def due_in(self, wanted: Callable[[str], bool]) -> float:
        self._wanted = wanted
        return min((due for due, _ in self._dues()), default=IDLE)

    @property
    @override
    def interval(self) -> float:
        return min(periods(list(self._parts().values())), default=IDLE)

    def _parts(self) -> dict[str, Part]:
        """Return what is read that anybody looks at; what hangs is not read."""
        now = self._clock()
        return {
            kind: _part(listing, now)
            for kind, listing in self._listings.items()
            if kind not in self._hanging
            and (not listing.read or self._is_wanted(listing))
        }

    def _dues(self) -> list[tuple[float, Listing]]:
        """Return in how long each list is due."""
        parts = self._parts()
        listings = (self._listings[kind] for kind in parts)
        return list(zip(dues(list(parts.values())), listings, strict=True))

    def _is_wanted(self, listing: Listing) -> bool:
        if listing.endpoint.pace is Pace.SELDOM:
            return False
        return any(map(self._wanted, listing.devices))

    def _due(self) -> list[Listing]:
        """Return the lists that are due, what has waited longest first."""
        dues = sorted(self._dues(), key=lambda each: each[0])
        return [listing for due, listing in dues if due <= SOON]

    def _in_turn(self) -> list[Listing]:
        """Return what is read where nothing is due: a few always, the others in turn."""
        listings = self._listings.values()
        due = [
            listing
            for listing in listings
            if listing.devices and listing.endpoint.pace is Pace.EVERY_TIME
        ]
        in_turn = [
            listing
            for listing in listings
            if (listing.devices and listing.endpoint.pace is Pace.IN_TURN)
            or not listing.read
        ]
        if in_turn:
            turn = min(in_turn, key=lambda each: self._turns[each.endpoint.kind])
            self._turns[turn.endpoint.kind] = max(self._turns.values()) + 1
            due.append(turn)
        # A house without anything is still asked whether it is there.
        return due or [self._listings["light"]]

    async def _read_focus(self, wanted: Collection[Listing]) -> None:
        """Read what is waited for; of what is hinted at, a part is shown at once."""
        hinted = [each for each in wanted if each.endpoint.kind in self._hints.pending]
        await self._read([each for each in wanted if each not in hinted])
        await self._read(hinted, brief=True)
        # What hangs is left alone until it is due.
        self._hints.left(
            kind
            for kind in (each.endpoint.kind for each in hinted)
            if kind not in self._hanging
        )

    async def _read(
        self, listings: Collection[Listing], *, brief: bool = False
    ) -> bool:
        """Read lists; one that fails or hangs leaves the others alone.

        Returns whether any could be read. Raises HubConnectionError where the
        processor itself is not there. A `brief` read ends when it has taken its time,
        or something else is hinted at.
        """
        pending = set(self._hints.pending)
        until = self._clock() + ROUND if brief else float("inf")
        taken = answered = hung = False
        trouble: HubError | None = None
        for listing in listings:
            if listing.endpoint.kind in self._hanging:
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
            if self._clock() >= until or (brief and self._hints.pending - pending):
                break
        if trouble is not None and not answered and len(listings) > 1:
            raise HubConnectionError(Reason.STARTING, str(trouble))
        return taken

    async def _read_in_time(self, listing: Listing) -> HubError | None:
        """Read a list, or leave it alone where it hangs; returns what went wrong."""
        if len(self._hanging) >= MOST_READS:
            done, _ = await asyncio.wait(
                self._hanging.values(), return_when=asyncio.FIRST_COMPLETED
            )
            if (err := done.pop().result()) is not None:
                # What hung has failed, and nothing else has answered meanwhile.
                raise err
        kind = listing.endpoint.kind
        task = asyncio.create_task(self._read_one(listing))
        self._hanging[kind] = task
        task.add_done_callback(lambda _: self._hanging.pop(kind, None))
        done, _ = await asyncio.wait([task], timeout=self.client.hang_timeout)
        return task.result() if done else HubConnectionError(Reason.TIMED_OUT)

    async def _read_one(self, listing: Listing) -> HubError | None:
        started = self._clock()
        self._hints.pending.discard(listing.endpoint.kind)
        try:
            self._take(listing, await self.client.get(listing.endpoint.path))
        except HubError as err:
            if isinstance(err, HubResponseError) or err.reason is Reason.TIMED_OUT:
                self._failed(listing, err)
            return err
        else:
            return None
        finally:
            listing.asked_at = started
            listing.took = self._clock() - started

    def _take(self, listing: Listing, body: bytes) -> None:
        now = self._clock()
        listing.take(body, self._rooms, now)
        if listing.endpoint.kind == "shade":
            self._stopping.saw(listing.devices, now)
        elif listing.endpoint.kind == "light":
            self._fading.saw(listing.devices, now)

    def _failed(self, listing: Listing, err: HubError) -> None:
        absent = err.reason is Reason.MISSING and not listing.devices
        if absent:
            listing.lack()
            return
        LOGGER.debug("Reading %s failed: %s", listing.endpoint.path, err)
        listing.fail(str(err))

    def _house(self, *, complete: bool) -> House:
        devices: dict[str, Device] = {}
        self._told = [listing.devices for listing in self._listings.values()]
        for told in self._told:
            devices.update(told)
        self._sources.add_to(devices)
        info = self._about.info()
        return House(
            info=info,
            rooms=self._rooms,
            roots=roots_of(devices, self._rooms, info.name),
            devices=devices,
            complete=complete,
        )


def _part(listing: Listing, now: float) -> Part:
    return Part(
        urgent=listing.endpoint.kind in _URGENT,
        took=listing.took,
        since=None if listing.asked_at is None else now - listing.asked_at,
        failures=listing.failures,
    )


def _all(device_id: str) -> bool:
    """Want every device, as long as nobody has said which."""
    return bool(device_id)
