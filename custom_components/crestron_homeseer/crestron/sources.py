"""Sources that a media room has and the list of media rooms leaves out."""

from collections.abc import Iterable
from dataclasses import replace

from ..house.devices import Device, MediaRoom, Source
from ..house.hub import HubError, HubResponseError
from .client import CrestronClient
from .codec import wire_id
from .media import decode_sources, room_in


class Sources:
    """Reads a media room by itself where the list does not say all, once each."""

    def __init__(self, client: CrestronClient) -> None:
        """Take the client."""
        self._client = client
        self._asked: set[str] = set()
        self._found: dict[str, tuple[Source, ...]] = {}
        self._filled: dict[str, tuple[MediaRoom, MediaRoom]] = {}

    async def look(self, devices: Iterable[Device]) -> bool:
        """Ask for one room at the most; returns whether something was found."""
        for room in devices:
            if isinstance(room, MediaRoom) and _lacking(room):
                if room.id in self._asked:
                    continue
                self._asked.add(room.id)
                return await self._ask(room)
        return False

    def add_to(self, devices: dict[str, Device]) -> None:
        """Put what was found into the media rooms; same in, same out."""
        for room_id, sources in self._found.items():
            room = devices.get(room_id)
            if not isinstance(room, MediaRoom):
                continue
            last = self._filled.get(room_id)
            if last is None or last[0] is not room:
                merged = {source.id: source for source in (*room.sources, *sources)}
                found = tuple(merged.values())
                last = (room, replace(room, sources=found, hidden=False))
                self._filled[room_id] = last
            devices[room_id] = last[1]

    async def _ask(self, room: MediaRoom) -> bool:
        number = wire_id(room.id)
        try:
            found = room_in(await self._client.get(f"mediarooms/{number}"), number)
        except HubResponseError:
            return False
        except HubError:
            # The processor was not there: ask again at a later read.
            self._asked.discard(room.id)
            return False
        if found is not None and (sources := tuple(decode_sources(found))):
            self._found[room.id] = sources
            return True
        return False


def _lacking(room: MediaRoom) -> bool:
    ids = {source.id for source in room.sources}
    return not ids or (room.source_id is not None and room.source_id not in ids)
