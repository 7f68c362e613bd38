"""Waits for changes, and tells them."""

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import datetime
import time
from typing import NoReturn

from custom_components.crestron_homeseer.house.devices import Device, House
from custom_components.crestron_homeseer.house.hub import Hub, HubAuthError, HubError

from .errors import words
from .states import state
from .table import as_json as to_json, device_json, room_name

PAUSE = 1.0
# Where changes are told, this is only for what is not.
PAUSE_WHEN_TOLD = 10.0
# What is told together is read together.
GATHER = 0.1
# A slow hub is not asked more than a fifth of the time.
PAUSE_PER_READ = 4
PAUSE_WHEN_LOST = 5.0
# How often to look for devices that came or went.
SURVEY_EVERY = 60.0

type Tell = Callable[[str], None]


class Told:
    """The devices of which a hub has told that they changed."""

    def __init__(self) -> None:
        """Start with none."""
        self._ids: set[str] = set()
        self._any = asyncio.Event()

    def add(self, device_ids: Collection[str] | None) -> None:
        """Note what is told."""
        self._ids.update(device_ids or ())
        self._any.set()

    async def wait(self, seconds: float) -> set[str]:
        """Return what was told, as soon as there is any; nothing after a while."""
        with suppress(TimeoutError):  # then nothing is told
            async with asyncio.timeout(max(0.0, seconds)):
                await self._any.wait()
                await asyncio.sleep(GATHER)
        ids, self._ids = self._ids, set()
        self._any.clear()
        return ids


async def watch(hub: Hub, house: House, tell: Tell, *, as_json: bool) -> NoReturn:
    """Tell every change, until someone interrupts."""
    told = Told()
    stop = hub.listen(told.add)
    try:
        await _watch(hub, house, told, tell, as_json=as_json)
    finally:
        if stop is not None:
            stop()


async def _watch(
    hub: Hub, house: House, told: Told, tell: Tell, *, as_json: bool
) -> NoReturn:
    line = _json_line if as_json else _text_line
    surveyed = read = time.monotonic()
    pause, lost, pushing = PAUSE, False, False
    while True:
        ids = await told.wait(read + pause - time.monotonic())
        if hub.pushing is not pushing:
            pushing = hub.pushing
            text = "changes are told at once" if pushing else "changes are looked for"
            tell(_event(text, as_json=as_json))
        started = time.monotonic()
        try:
            if lost or started - surveyed > SURVEY_EVERY:
                new = await hub.survey()
                surveyed = read = started
            elif ids and started - read < pause:
                new = await hub.refresh(house, ids)
            else:
                new = await hub.refresh(house)
                read = started
        except HubAuthError:
            raise
        except HubError as error:
            if not lost:
                tell(_event(f"lost: {words(error)}", as_json=as_json))
            pause, lost, read = PAUSE_WHEN_LOST, True, started
            continue
        if lost:
            tell(_event("back again", as_json=as_json))
        lost = False
        least = PAUSE_WHEN_TOLD if pushing else PAUSE
        if read == started:
            pause = max(least, PAUSE_PER_READ * (time.monotonic() - started))
        for what, seen, device in changes(house, new):
            tell(line(what, seen, device))
        house = new


def changes(old: House, new: House) -> Iterator[tuple[str, House, Device]]:
    """Yield what changed, came or went, and the house to see it in."""
    for key, device in new.devices.items():
        if key not in old.devices:
            yield "came", new, device
        elif old.devices[key] is not device:
            yield "changed", new, device
    for key, device in old.devices.items():
        if key not in new.devices:
            yield "went", old, device


def _now() -> datetime:
    return datetime.now().astimezone()


def _text_line(what: str, house: House, device: Device) -> str:
    text = state(device) if what == "changed" else what
    place = f"{room_name(house, device)} / {device.name}"
    kind = type(device).__name__
    return f"{_now():%H:%M:%S}  {kind:<10}  {place}: {text}"


def _json_line(what: str, house: House, device: Device) -> str:
    data = {"time": _now().isoformat(), "event": what, **device_json(house, device)}
    return to_json(data)


def _event(text: str, *, as_json: bool) -> str:
    if as_json:
        return to_json({"time": _now().isoformat(), "event": text})
    return f"{_now():%H:%M:%S}  {text}"
