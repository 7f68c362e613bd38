"""Plays the last source again in a room that was switched on and came on without one.

Power on alone may play nothing. It is part of the owner's own command: whatever else is
asked of the room, or done in it, ends it.
"""

import asyncio

from ..house.commands import SelectSource, SetPower
from ..house.hub import HubError
from .bodies import Request, judge, source_path
from .client import CrestronClient
from .codec import wire_id
from .fields import word
from .media import room_in, said_source

# How often, and how many seconds apart, the room is read.
LOOKS = 20
LOOK_EVERY = 0.5
# So often it has to be on without a source; some tell it a moment later.
SILENT_LOOKS = 4


class LastSource:
    """Watches rooms that were switched on."""

    def __init__(self, client: CrestronClient) -> None:
        """Take the client."""
        self._client = client
        # The last thing that each room was asked for.
        self._latest: dict[str, object] = {}

    def asked(self, command: object) -> bool:
        """Note what is asked; return whether the room has to be watched then."""
        if not isinstance(command, SetPower | SelectSource):
            return False
        self._latest[command.device_id] = command
        return (
            isinstance(command, SetPower)
            and command.on
            and command.source_id is not None
        )

    async def follow(self, command: SetPower) -> HubError | None:
        """Select the source if the room comes on without one; returns what went wrong."""
        silent = 0
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_EVERY)
            on, playing = await self._read(command.device_id)
            if self._latest.get(command.device_id) is not command or playing:
                return None
            if silent and on is False:
                # Somebody has switched it off again.
                return None
            silent += on is True
            if silent >= SILENT_LOOKS:
                return await self._select(command)
        return None

    async def _read(self, device_id: str) -> tuple[bool | None, bool]:
        """Return whether a room is on, and whether it has a source."""
        number = wire_id(device_id)
        try:
            body = await self._client.get(f"mediarooms/{number}")
            room = room_in(body, number)
        except HubError:
            return None, False
        if room is None:
            return None, False
        playing = said_source(room) not in {None, "0"}
        return word(room, "currentpowerstate"), playing

    async def _select(self, command: SetPower) -> HubError | None:
        path = source_path(wire_id(command.device_id), command.source_id or "")
        request = Request(path, members={wire_id(command.device_id): [0]})
        try:
            return judge(request, await self._client.post(path, {})).get(0)
        except HubError as err:
            return err
