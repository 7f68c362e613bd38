"""A Crestron Home processor as a hub."""

import asyncio
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
import time
from typing import Any, override

import aiohttp

from ..house.cadence import SEEN
from ..house.devices import Device, House, HubInfo, Room, Root
from ..house.fields import parse, redacted
from ..house.hub import AnyCommand, Hub, HubResponseError, OnChange, Reason, SendResult
from .client import Address, CrestronClient
from .codec import ENDPOINTS, HUB_ROOT, list_in
from .hints import Bridge, BridgeAddress
from .reading import Reader
from .sending import Sender

_ABOUT = "about"
# The form of a recording; who changes it raises the version.
FORMAT = "crestron-recording"
VERSION = 1
# What is recorded, in this order, with the list that nobody here uses: it shows what
# is missing in the others.
RECORDED = ("rooms", "devices", *(endpoint.path for endpoint in ENDPOINTS))


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
        """
        self.memory = {} if memory is None else memory
        self.client = CrestronClient(session, address, token, certificate)
        self._model = model
        # After which login the processor was asked about itself last.
        self._about_read = 0
        self._reader = Reader(self.client, clock or time.monotonic)
        # What the last house was made of: lists are read for commands as well.
        self._shown = self._devices()
        self._hints = self._reader.hints
        self._bridge = bridge and Bridge(session, bridge, self._hints)
        self._sender = Sender(
            self.client,
            self._reader,
            self.memory,
            together=together,
            volume_scale=volume_scale,
            fade_unit=fade_unit,
        )

    @property
    @override
    def pushing(self) -> bool:
        """Hints are no proof that nothing else has changed, so reading goes on."""
        return False

    @override
    async def connect(self) -> HubInfo:
        await self.client.login()
        return self._info

    # Reading

    @override
    async def survey(self) -> House:
        reader = self._reader
        rooms_read = await reader.read_rooms()
        lists = reader.lists.values()
        first = not any(each.read for each in lists)
        # At first, what few homes have is left for the next read.
        wanted = [each for each in lists if not (first and each.endpoint.seldom)]
        for each in lists:
            # What is left out is not due before it would be if it had been read.
            each.asked_at = reader.clock()
        taken = await reader.read(wanted)
        if first and reader.hanging:
            # What there is at first decides what is made of it.
            await asyncio.wait(reader.hanging.values())
            taken = taken or any(each.read for each in wanted)
        if not (rooms_read or taken):
            # It speaks, but of nothing that its Web API has.
            raise HubResponseError(Reason.NO_API, "no list at all")
        if not (rooms_read or any(each.devices for each in wanted)):
            raise HubResponseError(Reason.MISSING, "no rooms and no devices")
        if not first:
            await self._read_about()
        failed = reader.hanging or any(each.failures for each in wanted)
        return self._house(complete=rooms_read and not first and not failed)

    @override
    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        reader = self._reader
        kinds = {device_id.split("-")[0] for device_id in focus}
        # In the order of the lists: what hands and doors change, first.
        wanted = [each for kind, each in reader.lists.items() if kind in kinds]
        due = [each for each in reader.due() if each not in wanted]
        if wanted:
            await reader.read_focus(wanted)
        if more or not focus:
            await reader.read(due or ([] if focus else reader.shown()), brief=True)
        if not focus:
            await self._sender.media.find_sources()
        now = zip(self._shown, self._devices(), strict=True)
        if all(shown is devices for shown, devices in now):
            return house
        return self._house(complete=False)

    @override
    def due_in(self, wanted: AbstractSet[str]) -> float:
        self._reader.wanted = wanted
        return min(self._reader.dues().values(), default=SEEN)

    @property
    @override
    def interval(self) -> float:
        return self._reader.interval

    async def _read_about(self) -> None:
        """Ask about the processor, once after each login: a new program ends them."""
        if self._about_read != self.client.logins:
            about = await self.client.about()
            if about is not None:
                self._about_read = self.client.logins
                self.memory[_ABOUT] = self._about | about

    @property
    def _about(self) -> dict[str, str]:
        known = self.memory.get(_ABOUT)
        items = known.items() if isinstance(known, dict) else ()
        return {key: value for key, value in items if isinstance(value, str)}

    @property
    def _info(self) -> HubInfo:
        about = self._about
        return HubInfo(
            manufacturer="Crestron",
            # A model that is known later is no reason for another name.
            name=about.get("name") or self._model or "Crestron Home",
            model=about.get("model") or self._model,
            version=self.client.version,
            program=about.get("program"),
            url=str(self.client.address.root.origin()),
        )

    def _devices(self) -> list[dict[str, Device]]:
        return [each.devices for each in self._reader.lists.values()]

    def _house(self, *, complete: bool) -> House:
        self._shown = self._devices()
        devices = {key: each for shown in self._shown for key, each in shown.items()}
        info, rooms = self._info, self._reader.rooms
        return House(
            info=info,
            rooms=rooms,
            roots=_roots(devices, rooms, info.name),
            devices=devices,
            complete=complete,
        )

    # Commands and hints

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        return await self._sender.send(commands)

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None]:
        self._hints.on_change = on_change
        if self._bridge:
            self._bridge.start()

        def stop() -> None:
            self._hints.on_change = None

        return stop

    @override
    def on_webhook(self, message: object) -> None:
        self._hints.by_path(message)

    @override
    async def close(self) -> None:
        if self._bridge:
            await self._bridge.stop()
        self._hints.close()
        for task in self._reader.hanging.values():
            task.cancel()
        await self._sender.close()
        await self.client.logout()

    # For diagnostics

    @override
    def report(self) -> Mapping[str, Any]:
        lists = self._reader.lists.values()
        return {
            "api_version": self.client.version,
            "model": self._info.model,
            "requests": self.client.requests,
            "bridge_heard": self._bridge and self._bridge.healthy,
            "lists": {
                each.endpoint.path: {
                    "devices": len(each.devices),
                    "failures": each.failures,
                }
                for each in lists
            },
            "left_out": [entry for each in lists for entry in each.ignored],
        }

    @override
    async def record(self) -> Mapping[str, Any]:
        """Return the bodies of all lists, and why others are not in it; raises HubError."""
        bodies: dict[str, Any] = {}
        skipped: dict[str, str] = {}
        for path in RECORDED:
            try:
                body = await self.client.get(path)
                list_in(body, path)
                bodies[path] = redacted(parse(body))
            except HubResponseError as err:
                skipped[path] = str(err)
        return {
            "format": FORMAT,
            "version": VERSION,
            "api_version": self.client.version or "",
            "bodies": bodies,
            "skipped": skipped,
        }


def _roots(
    devices: Mapping[str, Device], rooms: Mapping[str, Room], hub_name: str
) -> dict[str, Root]:
    """Return what devices are parts of: rooms, or the processor itself."""
    wanted = {device.root_id for device in devices.values()}
    roots = [
        Root(
            id=f"room-{room.id}",
            name=room.name,
            room_id=None if room.virtual else room.id,
            model="Room",
            virtual=room.virtual,
            service=True,
        )
        for room in rooms.values()
    ]
    roots.append(Root(id=HUB_ROOT, name=hub_name))
    return {root.id: root for root in roots if root.id in wanted}
