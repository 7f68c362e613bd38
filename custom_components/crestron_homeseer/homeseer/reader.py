"""Reads a HomeSeer system: all there is, or what changed."""

from collections.abc import Collection, Set as AbstractSet
from itertools import batched, chain
import logging
import time
from typing import Any
import uuid

import aiohttp

from ..house.cadence import Part, dues, periods
from ..house.devices import House, HubInfo
from ..house.fields import Fields
from ..house.hub import HubResponseError, Reason
from ..house.kinds import TemperatureUnit
from ..house.queue import in_turns
from .client import READ_TIMEOUT, WHOLE_TIMEOUT, HomeSeerClient, Site
from .events import read_events
from .exchange import devices_in, list_in
from .features import STATUS_ONLY, mostly_missing, refs_in, sample
from .find import ask_config, ask_unit, room_from, version_of
from .inventory import Inventory
from .settings import Settings

LOGGER = logging.getLogger(__name__)

MANUFACTURER = "HomeSeer"
# So many features are named in one request; for more, everything is read.
MOST_REFS = 200
# Controls are large: for more features than these, they are read in batches.
MOST_CONTROLS = 1000
# Servers and proxies cut longer lines than 4,000.
LONGEST_LIST = 3500
# What has answered before is waited for this many times as long.
PATIENCE = 4.0
# The first surveys read the controls again: a system that starts has few.
FIRST_SURVEYS = 3
# So many seconds after the last time it is asked whether devices came or went.
INFO_EVERY = 30.0
# For so many seconds a system in trouble is likelier than a house that lost half of
# itself: one that starts has told of everything by then.
TROUBLE_SECONDS = 180.0


class _Length:
    """How long a list is; one that lost half is believed when it stays so."""

    def __init__(self) -> None:
        self._longest = 0
        self._halved_at: float | None = None

    def is_cut(self, count: int) -> bool:
        """Return whether half of a list is missing, and has not been so for long."""
        now = time.monotonic()
        if count * 2 > self._longest or not self._longest:
            self._halved_at = None
        elif self._halved_at is None:
            self._halved_at = now
        if self._halved_at is not None and now - self._halved_at < TROUBLE_SECONDS:
            return True
        self._longest = count
        return False


class HomeSeerReader:
    """Reads one system, local or through MyHS."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        site: Site,
        settings: Settings | None = None,
        *,
        name: str | None = None,
        memory: dict[str, Any] | None = None,
    ) -> None:
        """Take where the system is, what the user chose, and what was learned."""
        self.memory = {} if memory is None else memory
        self.client = HomeSeerClient(session, site)
        self.inventory = Inventory(settings or Settings(), self.memory)
        # The answer to getsessionconfig.
        self.config = Fields(None)
        # Whether the system knows what changed, None until it was asked; it remembers
        # by the id what it has answered to whom.
        self.knows_changes: bool | None = None
        self._change_id = uuid.uuid4().hex
        self._site = site
        self._name = name
        self._unit: TemperatureUnit | None = None
        # When states were asked for last, what that took, and how long it may take.
        self._asked_at: float | None = None
        self._took = 0.0
        self._whole_timeout = WHOLE_TIMEOUT
        # Surveys that succeeded, and the answer to getdeviceinfo before the last.
        self._surveys = 0
        self._device_info: tuple[str | None, ...] | None = None
        self._info_asked_at = 0.0
        self._all_features, self._all_controls = _Length(), _Length()

    async def connect(self) -> HubInfo:
        """Log in and identify, as `Hub.connect`."""
        try:
            self.config = await ask_config(self.client)
        except HubResponseError as err:
            # The survey names what is wrong with a system that declines everything.
            if err.reason is not Reason.DECLINED:
                raise
        return self._info()

    def _info(self) -> HubInfo:
        """Return what the system is; without a name it is called after its version."""
        version = version_of(self.config)
        major = (version or "").split(".")[0]
        model = f"HS{major}" if major.isdigit() else None
        site = self._site
        return HubInfo(
            manufacturer=MANUFACTURER,
            name=self._name or f"{MANUFACTURER} {model or ''}".strip(),
            model=model,
            version=version,
            url=str(site.root.origin()) if site.is_local else None,
        )

    async def survey(self) -> House:
        """Read everything, as `Hub.survey`."""
        inventory = self.inventory
        device_info = await self._ask_device_info()
        answer = await self._ask_all()
        items = devices_in(answer)
        if not items:
            raise HubResponseError(Reason.MISSING, "no devices at all")
        cut = self._all_features.is_cut(len(items))
        sound = not (cut or mostly_missing(sample(items), "name", "value"))
        await in_turns(inventory.take(items, whole=sound))
        same = device_info is not None and device_info == self._device_info
        stale = inventory.stale or not same or self._surveys < FIRST_SURVEYS
        if not sound or (stale and not await self._read_controls()):
            if not inventory.devices:
                raise HubResponseError(Reason.NONSENSE, "most of it is left out")
            return self._house(complete=False)
        await self._read_events()
        if self._unit is None:
            self._unit = await ask_unit(self.client, Fields(answer))
        if stale or inventory.stale:
            inventory.decisions.settled = self._surveys > 0
            place = inventory.settings.room_from or room_from(self.config)
            await in_turns(inventory.classify(place, self._unit))
        self._device_info = device_info
        self._surveys += 1
        self._asked_at = time.monotonic()
        return self._house(complete=self._surveys > 1)

    async def _ask_device_info(self) -> tuple[str | None, ...] | None:
        """Return how many devices there are and when that changed; None if unknown."""
        self._info_asked_at = time.monotonic()
        try:
            info = Fields(await self.client.ask("getdeviceinfo"))
        except HubResponseError:
            return None
        keys = ("count", "timelastdeviceadded", "timelastdeviceremoved")
        return tuple(info.text(key) for key in keys)

    async def _ask_all(self) -> dict[str, Any]:
        self.inventory.begin_read()
        timeout = self._whole_timeout
        started = time.monotonic()
        try:
            answer = await self.client.ask("getstatus", timeout=timeout, ref="all")
        except HubResponseError as err:
            if err.reason is not Reason.DECLINED:
                raise
            # Every version knows this request.
            raise HubResponseError(Reason.NO_API, str(err)) from None
        took = time.monotonic() - started
        self._whole_timeout = min(max(READ_TIMEOUT, took * PATIENCE), WHOLE_TIMEOUT)
        return answer

    async def _read_controls(self) -> bool:
        """Read what can be asked for; returns False where that makes no sense."""
        features = self.inventory.features.values()
        refs = [str(each.ref) for each in features if not each.misc & STATUS_ONLY]
        lists = ["all"]
        if len(refs) > MOST_CONTROLS:
            number = LONGEST_LIST // (max(map(len, refs)) + 1)
            lists = [",".join(some) for some in batched(refs, number, strict=False)]
        count = 0
        for listed in lists:
            answer = await self.client.ask(
                "getcontrol", timeout=WHOLE_TIMEOUT, ref=listed
            )
            items = devices_in(answer)
            some = (Fields(item).items("controlpairs") for item in sample(items))
            if mostly_missing(chain(*some), "label", "controlvalue"):
                return False
            count += len(items)
            await in_turns(self.inventory.take_controls(items))
        return not self._all_controls.is_cut(count)

    async def _read_events(self) -> None:
        try:
            events = list_in(await self.client.ask("getevents"), "events")
        except HubResponseError as err:
            LOGGER.debug("The events cannot be read: %s", err)
            return
        self.inventory.take_events(read_events(events))

    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        """Read states, as `Hub.refresh`."""
        inventory = self.inventory
        before = inventory.devices
        if focus and not more:
            await self._read_refs(inventory.refs_of(focus))
        elif await self._others_are_there():
            return await self.survey()
        else:
            await self._read_changes()
        return house if inventory.devices is before else self._house(complete=False)

    async def _others_are_there(self) -> bool:
        """Return whether devices came or went; a small question, but not each time."""
        if time.monotonic() - self._info_asked_at < INFO_EVERY:
            return False
        if self.inventory.stale:
            return True
        known = self._device_info
        return known is not None and await self._ask_device_info() not in {None, known}

    async def _read_changes(self) -> None:
        started = time.monotonic()
        changed = await self._ask_changes()
        if changed is None:
            items = devices_in(await self._ask_all())
            await in_turns(self.inventory.take(items))
        else:
            wanted = changed | self.inventory.pending | self.inventory.unreadable
            await self._read_refs(wanted & self.inventory.bound)
        self._asked_at = started
        self._took = time.monotonic() - started

    async def _ask_changes(self) -> set[int] | None:
        """Return what changed since the last call; None where all has to be read."""
        if (known := self.knows_changes) is False:
            return None
        asked = self.client.ask("getdeviceschanged", devicechangeid=self._change_id)
        try:
            refs = list_in(await asked, "refs")
        except HubResponseError:
            self.knows_changes = False
            return None
        self.knows_changes = True
        # What the first call answers is not written anywhere.
        return set(refs_in(refs)) if known else None

    async def _read_refs(self, refs: set[int]) -> None:
        if not refs:
            return
        inventory = self.inventory
        # Nobody names them again: what is missing is asked for until it comes.
        inventory.pending |= refs
        if len(refs) > MOST_REFS:
            answer = await self._ask_all()
        else:
            inventory.begin_read()
            listed = ",".join(map(str, sorted(refs)))
            answer = await self.client.ask("getstatus", ref=listed)
        await in_turns(inventory.take(devices_in(answer)))

    def _house(self, *, complete: bool) -> House:
        inventory = self.inventory
        return House(
            info=self._info(),
            rooms=inventory.rooms,
            roots=inventory.roots,
            devices=inventory.devices,
            complete=complete,
        )

    @property
    def interval(self) -> float:
        """The seconds between two reads."""
        return periods([self._part])[0]

    def due_in(self, wanted: AbstractSet[str]) -> float:
        """Return in how many seconds to read."""
        return dues([self._part], time.monotonic())[0]

    @property
    def _part(self) -> Part:
        """All that is read: what changed, or everything where that is not known."""
        since = None if self._asked_at is None else time.monotonic() - self._asked_at
        # What changed is little to ask for; everything is much, and the cloud is far.
        urgent = self.knows_changes is True and self._site.is_local
        return Part(urgent=urgent, took=self._took, since=since)
