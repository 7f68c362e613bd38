"""A Crestron Home processor as a hub."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
import logging
import time
from typing import Any, override

import aiohttp

from ..house.devices import Device, House, HubInfo, Room, Root
from ..house.hub import (
    AnyCommand,
    Hub,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
    SendResult,
)
from .client import Address, CrestronClient
from .codec import ENDPOINTS, HUB_ROOT, Pace, decode_rooms
from .listing import Listing, list_of
from .recording import record
from .sending import Sender
from .sources import Sources
from .stopping import Stopping
from .volume import VolumeScale

LOGGER = logging.getLogger(__name__)

MANUFACTURER = "Crestron"

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
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Take the session, where the processor is, and what was remembered.

        `certificate` is the SHA-256 of the only one to trust, in hex digits.
        `together` are groups of shades, by their ids, that are to arrive together.
        `volume_scale` is how volumes are counted, `percent` or `raw`, where it is known.
        """
        self.memory = {} if memory is None else memory
        self.client = CrestronClient(session, address, token, certificate)
        self._model = model
        self._clock = clock or time.monotonic
        self._rooms: dict[str, Room] = {}
        self._rooms_body: bytes | None = None
        self._listings = {entry.kind: Listing(entry) for entry in ENDPOINTS}
        # What the last house was made of: lists are read for commands as well, and
        # in reads that fail half-way.
        self._told = [listing.devices for listing in self._listings.values()]
        # The higher, the later a list had its turn.
        self._turns = dict.fromkeys(self._listings, 0)
        self._sources = Sources(self.client)
        self._stopping = Stopping(self.memory)
        self._sender = Sender(
            self.client,
            self._listings,
            self._take,
            self._stopping,
            VolumeScale(self.client, self.memory, volume_scale),
            clock=self._clock,
            together=together,
        )

    @property
    @override
    def pushing(self) -> bool:
        """A processor tells nothing by itself."""
        return False

    @override
    async def connect(self) -> HubInfo:
        await self.client.login()
        return self._info()

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
        taken = await self._read(wanted)
        if not (rooms_read or taken):
            # It speaks, but of nothing that its Web API has.
            raise HubResponseError(Reason.NO_API, "no list at all")
        if not (rooms_read or any(listing.devices for listing in wanted)):
            raise HubResponseError(Reason.MISSING, "no rooms and no devices")
        complete = rooms_read and not first
        return self._house(
            complete=complete and not any(listing.failures for listing in wanted)
        )

    @override
    async def refresh(self, house: House, focus: Collection[str] = ()) -> House:
        await self._read(self._of(focus) if focus else self._due())
        more = not focus and await self._sources.look(
            self._listings["mediaroom"].devices.values()
        )
        if not more and all(
            told is listing.devices
            for told, listing in zip(self._told, self._listings.values(), strict=True)
        ):
            return house
        return self._house(complete=False)

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        return await self._sender.send(commands)

    @override
    def listen(self, on_change: Callable[[Collection[str]], None]) -> None:
        return None

    @override
    def heard(self, message: object) -> None:
        """A processor posts nothing by itself."""

    @override
    async def close(self) -> None:
        await self._sender.close()
        await self.client.logout()

    @override
    def report(self) -> Mapping[str, Any]:
        return {
            "api_version": self.client.version,
            "model": self._model,
            "requests": self.client.requests,
            "lists": {
                listing.endpoint.path: {
                    "devices": len(listing.devices),
                    "failures": listing.failures,
                    "ignored": listing.ignored,
                }
                for listing in self._listings.values()
            },
        }

    @override
    async def record(self) -> Mapping[str, Any]:
        return await record(self.client)

    def _info(self) -> HubInfo:
        address = self.client.address
        return HubInfo(
            manufacturer=MANUFACTURER,
            name=self._model or "Crestron Home",
            model=self._model,
            version=self.client.version,
            url=str(address.root.origin()),
        )

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
        return [self._listings[kind] for kind in kinds if kind in self._listings]

    def _due(self) -> list[Listing]:
        """Return the lists of one idle read: a few always, the others in turn."""
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

    async def _read(self, listings: Collection[Listing]) -> bool:
        """Read lists; one that fails leaves the others alone.

        Returns whether any could be read. Raises HubConnectionError where the
        processor itself is not there.
        """
        taken = answered = hung = False
        trouble: HubError | None = None
        for listing in listings:
            try:
                body = await self.client.get(listing.endpoint.path)
                self._take(listing, body)
                taken = answered = True
            except HubResponseError as err:
                answered = answered or err.reason in _NOT_THERE
                self._failed(listing, err)
                trouble = err
            except HubConnectionError as err:
                # One list may hang while others answer; two are an outage.
                if err.reason is not Reason.TIMED_OUT or hung:
                    raise
                self._failed(listing, err)
                hung = True
                trouble = err
        if trouble is not None and not answered and len(listings) > 1:
            raise HubConnectionError(Reason.STARTING, str(trouble))
        return taken

    def _take(self, listing: Listing, body: bytes) -> None:
        now = self._clock()
        listing.take(body, self._rooms, now)
        if listing.endpoint.kind == "shade":
            self._stopping.saw(listing.devices, now)

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
        return House(
            info=self._info(),
            rooms=self._rooms,
            roots={root.id: root for root in self._roots()},
            devices=devices,
            complete=complete,
        )

    def _roots(self) -> Iterator[Root]:
        wanted = {
            device.root_id
            for listing in self._listings.values()
            if listing.endpoint.in_room
            for device in listing.devices.values()
        }
        for room in self._rooms.values():
            if f"room-{room.id}" in wanted:
                yield Root(
                    id=f"room-{room.id}",
                    name=room.name,
                    room_id=None if room.virtual else room.id,
                    model="Room",
                    virtual=room.virtual,
                    service=True,
                )
        if HUB_ROOT in wanted:
            yield Root(id=HUB_ROOT, name=self._info().name)
