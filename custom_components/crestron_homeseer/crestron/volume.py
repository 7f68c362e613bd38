"""Finds out how a processor counts the volumes that it is given.

It reports volumes from 0 to 65535. Most processors take the same count; at
least one took percent. The first volume is therefore sent as percent: a
processor that counts to 65535 is then nearly silent for a moment, where the
other mistake would make the room as loud as it can be.
"""

import asyncio
from typing import Any

from ..house.commands import SetVolume
from ..house.devices import MediaRoom, percent
from ..house.hub import HubError
from .bodies import Request, judge, volume_path
from .client import CrestronClient
from .codec import wire_id
from .fields import FULL, Fields, parse, plain, raw_level

PERCENT = "percent"
RAW = "raw"

# How often, and how many seconds apart, the volume is read back.
LOOKS = 6
LOOK_EVERY = 0.5
# Readings this far apart are different ones.
_NEAR = FULL * 0.01
# From here on, percent and raw counts tell themselves apart.
_TELLING = 0.03


class VolumeScale:
    """Sends volumes; remembers in `memory` which count the processor took."""

    def __init__(self, client: CrestronClient, memory: dict[str, Any]) -> None:
        """Take the client, and what was remembered."""
        self._client = client
        self._memory = memory

    async def send(self, command: SetVolume, room: MediaRoom | None) -> HubError | None:
        """Set a volume; returns what went wrong, raises where the hub is lost."""
        target = raw_level(command.volume)
        known = self._memory.get("volume_scale")
        if known == RAW or not target:
            return await self._post(command, target)
        error = await self._post(command, percent(command.volume))
        if known == PERCENT or error is not None:
            return error
        before = raw_level(room.volume or 0.0) if room else 0
        scale = await self._read_back(command, target, before)
        if scale is not None:
            self._memory["volume_scale"] = scale
        if scale == RAW:
            return await self._post(command, target)
        return None

    async def _read_back(
        self, command: SetVolume, target: int, before: int
    ) -> str | None:
        if command.volume < _TELLING:
            return None
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_EVERY)
            reading = await self._read(command.device_id)
            if reading is None:
                continue
            if abs(reading - target) < _NEAR < abs(target - before):
                return PERCENT
            if reading == percent(command.volume):
                return RAW
        return None

    async def _read(self, device_id: str) -> int | None:
        number = wire_id(device_id)
        try:
            body = await self._client.get(f"mediarooms/{number}", urgent=True)
            return _volume_of(parse(body), number)
        except HubError:
            return None

    async def _post(self, command: SetVolume, count: int) -> HubError | None:
        path = volume_path(command.device_id, count)
        request = Request(path, members={wire_id(command.device_id): [0]})
        return judge(request, await self._client.post(path, {})).get(0)


def _volume_of(body: dict[str, Any], number: int) -> int | None:
    """Return the volume in an answer, which holds a list of one or the room itself."""
    for key, value in body.items():
        if plain(key) == "mediarooms" and isinstance(value, list):
            for item in map(Fields, value):
                if item.integer("id") == number:
                    return item.integer("currentvolumelevel")
    return Fields(body).integer("currentvolumelevel")
