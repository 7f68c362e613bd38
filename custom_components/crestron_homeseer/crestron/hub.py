"""A Crestron Home processor as a hub."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
import logging
import time
from typing import Any, override

import aiohttp

from ..house.commands import SetVolume, StopMoving
from ..house.devices import Cover, Device, House, HubInfo, MediaRoom, Room, Root
from ..house.hub import (
    AnyCommand,
    Hub,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from .bodies import Facts, Request, judge, plan
from .client import Address, CrestronClient
from .codec import ENDPOINTS, HUB_ROOT, Pace, decode_rooms
from .fields import raw_level
from .listing import Listing, list_of
from .recording import record
from .sources import Sources
from .thermostat import Scale, scale_of
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
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Take the session, where the processor is, and what was remembered.

        `certificate` is the SHA-256 of the only one to trust, in hex digits.
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
        self._volume = VolumeScale(self.client, self.memory)
        self._sources = Sources(self.client)

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
        errors: list[HubError | None] = [None] * len(commands)
        sent: set[int] = set()
        try:
            await self._send(commands, errors, sent)
        except HubError as err:
            # What comes after a lost hub was not sent, and that is certain.
            for place in set(range(len(commands))) - sent:
                errors[place] = err
        return SendResult(tuple(errors))

    @override
    def listen(self, on_change: Callable[[Collection[str]], None]) -> None:
        return None

    @override
    def heard(self, message: object) -> None:
        """A processor posts nothing by itself."""

    @override
    async def close(self) -> None:
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
        if "fan" in kinds:
            kinds.add("light")
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
                listing.take(body, self._rooms, self._clock())
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
                )
        if HUB_ROOT in wanted:
            yield Root(id=HUB_ROOT, name=self._info().name)

    # Commanding

    async def _send(
        self,
        commands: Sequence[AnyCommand],
        errors: list[HubError | None],
        sent: set[int],
    ) -> None:
        batch = dict(enumerate(commands))
        stops = [place for place in batch if isinstance(batch[place], StopMoving)]
        if stops:
            try:
                await self._look_at_shades()
            except HubResponseError as err:
                # Where they are is not known; everything else can be done.
                sent.update(stops)
                for place in stops:
                    errors[place] = err
                    del batch[place]
        volumes = {
            place: command
            for place, command in batch.items()
            if isinstance(command, SetVolume)
        }
        others = {place: batch[place] for place in batch if place not in volumes}
        requests, impossible = plan(others, Facts(self._scale, self._stop_at))
        for place, error in impossible.items():
            errors[place] = error
        sent.update(impossible)
        for request in requests:
            await self._post(request, errors, sent)
        for place, command in volumes.items():
            room = self._listings["mediaroom"].devices.get(command.device_id)
            try:
                errors[place] = await self._volume.send(
                    command, room if isinstance(room, MediaRoom) else None
                )
            except HubUnansweredError as err:
                sent.add(place)
                errors[place] = err
                raise HubConnectionError(Reason.LOST) from err
            sent.add(place)

    async def _post(
        self, request: Request, errors: list[HubError | None], sent: set[int]
    ) -> None:
        try:
            answer = await self.client.post(request.path, request.body)
        except HubUnansweredError as err:
            sent.update(request.places)
            for place in request.places:
                errors[place] = err
            raise HubConnectionError(Reason.LOST) from err
        sent.update(request.places)
        for place, error in judge(request, answer).items():
            errors[place] = error

    def _scale(self, number: int) -> Scale:
        raw = self._listings["thermostat"].raw_of(number)
        if raw is None:
            raise HubResponseError(Reason.NONSENSE, "the thermostat is unknown")
        return scale_of(raw)

    async def _look_at_shades(self) -> None:
        """Read where the shades are: a stop is a move to where they are now."""
        listing = self._listings["shade"]
        body = await self.client.get(listing.endpoint.path, urgent=True)
        listing.take(body, self._rooms, self._clock())

    def _stop_at(self, device_id: str) -> int:
        device = self._listings["shade"].devices.get(device_id)
        if (
            not isinstance(device, Cover)
            or device.position is None
            or not device.online
        ):
            raise HubResponseError(Reason.NONSENSE, "the shade's position is unknown")
        return raw_level(device.position)
