"""Media rooms: their sources, their volume, and what plays when they come on.

How a processor counts the volumes that it is given has to be found out. It reports
volumes from 0 to 65535, and most processors take the same count; at least one took
percent. The first volume is therefore sent as percent: a processor that counts to 65535
is then nearly silent for a moment, where the other mistake would make the room as loud
as it can be. What came of it is read back while other commands go on, and the volume
sent again where that is needed.

Power on alone may play nothing. Playing the last source is part of the owner's own
command: whatever else is asked of the room, or done in it, ends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

from ..house.commands import SelectSource, SetPower, SetVolume
from ..house.devices import Device, MediaRoom, Source, percent
from ..house.fields import Fields, parse
from ..house.hub import (
    AnyCommand,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from .client import CrestronClient
from .codec import FULL, decode_sources, playing_source, raw_level, two_state, wire_id
from .listing import Listing

PERCENT, RAW = "percent", "raw"
SCALES = (PERCENT, RAW)

# Seconds between two reads of a room; how many there are for a volume, which some are
# slow to show, and how many for a source.
READ_EVERY = 0.5
VOLUME_READS = 30
SOURCE_READS = 20
# So often a room has to be on without a source; some report it a moment later.
SILENT_READS = 4
# Readings this close are the same: less than one percent.
_NEAR = FULL * 0.006


class MediaRooms:
    """Follows the commands of media rooms; remembers in `memory` how volumes count."""

    def __init__(
        self,
        client: CrestronClient,
        listing: Listing,
        memory: dict[str, Any],
        scale: str | None,
        send: Callable[[AnyCommand], Awaitable[HubError | None]],
    ) -> None:
        """Take the client, the list of rooms, and the volumes' scale where it is known.

        `send` carries a command out once more, or another one.
        """
        self._client = client
        self._send = send
        self._listing = listing
        self._memory = memory
        self._chosen = scale
        # The last volume, and the last power or source, that each room was asked for.
        self._latest: dict[tuple[str, bool], AnyCommand] = {}
        self._asked: set[str] = set()
        self._sources: dict[str, tuple[Source, ...]] = {}
        listing.complete = self._complete

    # Sources that the list leaves out

    async def find_sources(self) -> None:
        """Read a room by itself where the list lacks its sources: one, and once each."""
        rooms = self._listing.devices
        for room in rooms.values():
            if isinstance(room, MediaRoom) and room.id not in self._asked:
                ids = {source.id for source in room.sources}
                if ids and room.source_id in {None, *ids}:
                    continue
                self._asked.add(room.id)
                try:
                    fields = await self._read(room.id)
                except HubResponseError:
                    return
                except HubError:
                    # The processor was not there: ask again at a later read.
                    self._asked.discard(room.id)
                    return
                if sources := tuple(decode_sources(fields)):
                    self._sources[room.id] = sources
                    self._listing.keep(self._complete(rooms))
                return

    def _complete(self, devices: dict[str, Device]) -> dict[str, Device]:
        """Return media rooms with the sources that were found."""
        completed = dict(devices)
        for key, found in self._sources.items():
            if isinstance(room := devices.get(key), MediaRoom):
                sources = {source.id: source for source in (*room.sources, *found)}
                completed[key] = replace(
                    room, sources=tuple(sources.values()), hidden=False
                )
        return completed

    # Commands

    @property
    def _scale(self) -> str | None:
        return self._chosen or self._memory.get("volume_scale")

    def count(self, volume: float) -> int:
        """Return a volume as the processor counts it, or may do so."""
        return raw_level(volume) if self._scale == RAW else percent(volume)

    def asked(self, command: AnyCommand) -> None:
        """Note what is asked: it ends what is under way for an earlier command."""
        if isinstance(command, SetVolume | SetPower | SelectSource):
            self._latest[_slot(command)] = command

    def follow(
        self, command: AnyCommand
    ) -> Coroutine[Any, Any, HubError | None] | None:
        """Return what goes on after a command was carried out, if anything does.

        It ends with what went wrong.
        """
        if isinstance(command, SetPower) and command.on and command.source_id:
            return self._play(command)
        if not isinstance(command, SetVolume) or not raw_level(command.volume):
            return None
        room = self._listing.devices.get(command.device_id)
        volume = room.volume if isinstance(room, MediaRoom) else None
        before = None if volume is None else raw_level(volume)
        return self._find_scale(command, before) if self._scale not in SCALES else None

    async def _find_scale(
        self, command: SetVolume, before: int | None
    ) -> HubError | None:
        target, last = raw_level(command.volume), None
        for _ in range(VOLUME_READS):
            await asyncio.sleep(READ_EVERY)
            if self._scale is None:
                fields = await self._read_or_nothing(command.device_id)
                reading = fields.integer("currentvolumelevel")
                scale = _scale_shown(command, before, last, reading)
                last = reading
                if scale is not None:
                    self._memory["volume_scale"] = scale
            if self._latest.get(_slot(command)) is not command:
                return None
            if self._scale is not None:
                return await self._send(command) if self._scale == RAW else None
        if last is not None and abs(last - target) < _NEAR:
            return None
        return HubUnansweredError(Reason.UNANSWERED, "the volume does not show")

    async def _play(self, command: SetPower) -> HubError | None:
        """Select the source if the room comes on without one."""
        silent = 0
        for _ in range(SOURCE_READS):
            await asyncio.sleep(READ_EVERY)
            room = await self._read_or_nothing(command.device_id)
            on = two_state(room, "currentpowerstate")
            playing = playing_source(room) not in {None, "0"}
            if self._latest.get(_slot(command)) is not command or playing:
                return None
            if silent and on is False:
                # Somebody has switched it off again.
                return None
            silent += on is True
            if silent >= SILENT_READS:
                source = command.source_id or ""
                return await self._send(
                    SelectSource(device_id=command.device_id, source_id=source)
                )
        return None

    async def _read(self, device_id: str) -> Fields:
        """Return a room: an answer is the room, or has it in a list."""
        number = wire_id(device_id)
        fields = Fields(parse(await self._client.get(f"mediarooms/{number}")))
        rooms = [fields, *map(Fields, fields.items("mediarooms"))]
        # Of two with its number, the first may be empty.
        found = [room for room in rooms if room.integer("id") == number]
        return found[-1] if found else Fields({})

    async def _read_or_nothing(self, device_id: str) -> Fields:
        try:
            return await self._read(device_id)
        except HubError:
            return Fields({})


def _slot(command: AnyCommand) -> tuple[str, bool]:
    return command.device_id, isinstance(command, SetVolume)


def _scale_shown(
    command: SetVolume, before: int | None, last: int | None, reading: int | None
) -> str | None:
    """Return which scale the last two readings show; one that stays shows none.

    A room that grows louder passes many counts: what would make it loud has to be
    read twice.
    """
    if reading is None or reading == before:
        return None
    if abs(reading - raw_level(command.volume)) < _NEAR:
        return PERCENT
    return RAW if reading == last == percent(command.volume) else None
