"""Finds out how a processor counts the volumes that it is given.

It reports volumes from 0 to 65535. Most processors take the same count; at
least one took percent. The first volume is therefore sent as percent: a
processor that counts to 65535 is then nearly silent for a moment, where the
other mistake would make the room as loud as it can be. What came of it is read
back beside all other commands, and the volume sent again where that is needed.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from ..house.commands import SetVolume
from ..house.devices import MediaRoom, percent
from ..house.hub import HubError, HubUnansweredError, Reason
from .bodies import Request, judge, volume_path
from .client import CrestronClient
from .codec import wire_id
from .fields import FULL, raw_level
from .media import room_in

PERCENT = "percent"
RAW = "raw"
SCALES = (PERCENT, RAW)

# How often, and how many seconds apart, the volume is read back; some are slow to show.
LOOKS = 30
LOOK_EVERY = 0.5
# Readings this close are the same: less than one percent.
_NEAR = FULL * 0.006


class VolumeScale:
    """Sends volumes; remembers in `memory` which count the processor took."""

    def __init__(
        self, client: CrestronClient, memory: dict[str, Any], told: str | None = None
    ) -> None:
        """Take the client, what was remembered, and the scale if somebody told it."""
        self._client = client
        self._memory = memory
        self._told = told
        # The last volume that each room was asked for, while it is not clear.
        self._latest: dict[str, SetVolume] = {}

    @property
    def _known(self) -> str | None:
        return self._told or self._memory.get("volume_scale")

    async def send(self, command: SetVolume) -> HubError | None:
        """Set a volume; returns what went wrong, raises where the hub is lost."""
        # Whatever is being learned in this room, this is what counts now.
        self._latest.pop(command.device_id, None)
        if self._known == RAW:
            return await self._post(command, raw_level(command.volume))
        return await self._post(command, percent(command.volume))

    def learn(
        self, command: SetVolume, room: MediaRoom | None
    ) -> Coroutine[Any, Any, HubError | None] | None:
        """Return what finds out what a volume that was sent has done, unless it is known.

        It ends with what went wrong; `room` is as it was before.
        """
        if self._known in SCALES or not raw_level(command.volume):
            return None
        self._latest[command.device_id] = command
        before = raw_level(room.volume) if room and room.volume is not None else None
        return self._learn(command, before)

    async def _learn(self, command: SetVolume, before: int | None) -> HubError | None:
        target = raw_level(command.volume)
        last: int | None = None
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_EVERY)
            if self._known is None:
                reading = await self._read(command.device_id)
                scale = _scale(command, before, (last, reading))
                last = reading
                if scale is not None:
                    self._memory["volume_scale"] = scale
            if self._latest.get(command.device_id) is not command:
                # Something else was asked for since.
                return None
            if self._known is not None:
                del self._latest[command.device_id]
                return await self._correct(command, target)
        del self._latest[command.device_id]
        if last is not None and abs(last - target) < _NEAR:
            return None
        return HubUnansweredError(Reason.UNANSWERED, "the volume does not show")

    async def _correct(self, command: SetVolume, target: int) -> HubError | None:
        try:
            return await self._post(command, target) if self._known == RAW else None
        except HubError as err:
            return err

    async def _read(self, device_id: str) -> int | None:
        number = wire_id(device_id)
        try:
            room = room_in(await self._client.get(f"mediarooms/{number}"), number)
        except HubError:
            return None
        return room.integer("currentvolumelevel") if room is not None else None

    async def _post(self, command: SetVolume, count: int) -> HubError | None:
        path = volume_path(command.device_id, count)
        request = Request(path, members={wire_id(command.device_id): [0]})
        return judge(request, await self._client.post(path, {})).get(0)


def _scale(
    command: SetVolume, before: int | None, readings: tuple[int | None, int | None]
) -> str | None:
    """Return which scale the last two readings show; one that stays shows none.

    A room that grows louder passes many counts: what would make it loud has to be
    read twice.
    """
    target, count = raw_level(command.volume), percent(command.volume)
    last, reading = readings
    if reading is None or reading == before:
        return None
    if abs(reading - target) < _NEAR:
        return PERCENT
    return RAW if reading == last == count else None
