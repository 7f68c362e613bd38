"""A HomeSeer system as a hub."""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
import logging
import time
from typing import Any, override

import aiohttp

from ..house.cadence import Part, dues, periods
from ..house.controls import ActivateScene, Control, PressButton, RunEvent, SetStatus
from ..house.devices import House, HubInfo
from ..house.fields import Fields
from ..house.hub import (
    AnyCommand,
    Choices,
    Hub,
    HubCommandError,
    HubIssue,
    HubResponseError,
    OnChange,
    Reason,
    SendResult,
)
from ..house.kinds import TemperatureUnit
from ..house.queue import in_turns
from .about import ask_config, ask_unit, info, room_from
from .answers import devices_in
from .binding import Action
from .changes import Changes
from .client import READ_TIMEOUT, WHOLE_TIMEOUT, HomeSeerClient
from .events import read_events, run, run_direct
from .features import STATUS_ONLY, mostly_missing, sample
from .inventory import Inventory
from .push import AsciiPush
from .recording import record
from .sending import send_all
from .settings import Settings
from .sites import Cloud, Local

LOGGER = logging.getLogger(__name__)

# So many features are named in one request; for more, everything is read.
MOST_REFS = 200
# Controls are large: for more features than these, they are read in batches.
MOST_CONTROLS = 1000
# What a request may name: servers and proxies cut longer lines than 4,000.
MOST_LISTED = 3500
# What has answered before is waited for this many times as long.
PATIENCE = 4.0
# What controls there are is read again so often: a system that starts tells little.
SURE = 3
# A web hook has no heartbeat; so many seconds after the last word it is trusted.
HEARD_LATELY = 300.0


class HomeSeerHub(Hub):
    """Reads and commands one system, local or through MyHS."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        site: Local | Cloud,
        settings: Settings | None = None,
        *,
        name: str | None = None,
        ascii_port: int | None = None,
        ascii_wanted: bool = False,
        memory: dict[str, Any] | None = None,
    ) -> None:
        """Take where the system is, what the user chose, and the port that pushes.

        A port that nobody asked for is tried, and not missed.
        """
        self.memory = {} if memory is None else memory
        self.client = HomeSeerClient(session, site)
        self._site = site
        self._name = name
        self._inventory = Inventory(settings or Settings(), self.memory)
        self._push: AsciiPush | None = None
        self._ascii_port = ascii_port if isinstance(site, Local) else None
        self._ascii_wanted = ascii_wanted
        self._on_change: OnChange = _nobody
        self._changes = Changes(self.client)
        self._halved = False
        # When states were asked for last, and what that took.
        self._asked_at: float | None = None
        self._took = 0.0
        # For how many seconds everything may keep us waiting.
        self._wait = WHOLE_TIMEOUT
        self._surveys = 0
        # Whether what there is has yet to be read anew, as far as a survey came.
        self._anew = True
        # What was told to have changed and has not been read since.
        self._owed: AbstractSet[int] = frozenset()
        self._room_from = 1
        self._place_names = ("Location", "Location 2")
        self._unit: TemperatureUnit | None = None
        self._version: str | None = None
        self._heard_at: float | None = None

    @property
    @override
    def pushing(self) -> bool:
        """Whether changes are told without being asked for."""
        heard = (
            self._heard_at is not None
            and time.monotonic() - self._heard_at < HEARD_LATELY
        )
        return heard or (self._push is not None and self._push.healthy)

    @override
    async def connect(self) -> HubInfo:
        config = await ask_config(self.client)
        self._version = config.text("hsversion")
        self._room_from = self._inventory.settings.room_from or room_from(config)
        self._place_names = (
            config.text("location1label") or self._place_names[0],
            config.text("location2label") or self._place_names[1],
        )
        return self._info()

    def _info(self) -> HubInfo:
        return info(self._site, self._name, self._version)

    # Reading

    @override
    async def survey(self) -> House:
        inventory = self._inventory
        first = not inventory.features
        # It is told once, and a survey may fail after it.
        self._anew |= await self._changes.came_or_went()
        owed, self._owed = self._owed, frozenset()
        answer = await self._ask_all()
        items = devices_in(answer)
        if not items:
            raise HubResponseError(Reason.MISSING, "no devices at all")
        if mostly_missing(sample(items), "name", "value"):
            self._owed |= owed - inventory.take(items)
            return self._in_trouble()
        halved = len(items) * 2 <= len(inventory.features)
        if halved and not self._halved:
            # A system in trouble is likelier than a house that lost half of itself.
            self._halved = True
            self._owed |= owed - inventory.take(items)
            return self._house(complete=False)
        self._halved = halved
        self._anew |= await in_turns(inventory.take_all(items))
        anew = self._anew or self._surveys < SURE
        if anew and not await self._read_controls():
            return self._in_trouble()
        self._anew |= await self._read_events()
        if self._unit is None:
            self._unit = await ask_unit(self.client, Fields(answer))
        if anew or self._anew:
            inventory.decisions.settled = not first
            await in_turns(inventory.classify(self._room_from, self._unit))
        self._anew = False
        self._surveys += 1
        self._asked_at = time.monotonic()
        return self._house(complete=not first)

    def _in_trouble(self) -> House:
        """Keep the devices as they were made of what was told before."""
        self._anew = True
        if not self._inventory.devices:
            raise HubResponseError(Reason.NONSENSE, "most of it is left out")
        return self._house(complete=False)

    async def _ask_all(self) -> dict[str, Any]:
        self._inventory.asks()
        started = time.monotonic()
        try:
            answer = await self.client.ask("getstatus", timeout=self._wait, ref="all")
        except HubResponseError as err:
            if err.reason is not Reason.DECLINED:
                raise
            # Every version knows this request: it speaks, but says no to all.
            raise HubResponseError(Reason.NO_API, str(err)) from None
        took = time.monotonic() - started
        self._wait = min(max(READ_TIMEOUT, took * PATIENCE), WHOLE_TIMEOUT)
        return answer

    async def _read_controls(self) -> bool:
        """Read what can be asked for; returns False where that makes no sense."""
        refs = [
            ref
            for ref, feature in self._inventory.features.items()
            if not feature.misc & STATUS_ONLY
        ]
        if len(refs) <= MOST_CONTROLS:
            return await self._read_controls_of("all")
        for batch in in_batches(refs, MOST_LISTED):
            if not await self._read_controls_of(batch):
                return False
        return True

    async def _read_controls_of(self, refs: str) -> bool:
        answer = await self.client.ask("getcontrol", timeout=WHOLE_TIMEOUT, ref=refs)
        items = devices_in(answer)
        some = map(Fields, sample(items))
        pairs = (pair for fields in some for pair in fields.items("controlpairs"))
        if mostly_missing(pairs, "label", "controlvalue"):
            return False
        await in_turns(self._inventory.take_controls(items))
        return True

    async def _read_events(self) -> bool:
        try:
            answer = Fields(await self.client.ask("getevents"))
        except HubResponseError as err:
            LOGGER.debug("The events cannot be read: %s", err)
            return False
        if not isinstance(answer.get("events"), list):
            return False
        return self._inventory.take_events(read_events(answer.items("events")))

    @override
    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        inventory = self._inventory
        before = inventory.devices
        if focus and not more:
            await self._read_refs(inventory.refs_of(focus))
        elif await self._changes.others_are_there(suspected=inventory.reshaped):
            return await self.survey()
        else:
            await self._read_changes()
        if inventory.devices is before:
            return house
        return self._house(complete=False)

    @property
    @override
    def interval(self) -> float:
        return periods([self._part])[0]

    @override
    def due_in(self, wanted: Callable[[str], bool]) -> float:
        return dues([self._part])[0]

    @property
    def _part(self) -> Part:
        """All that is read: what changed, or everything where that is not told."""
        since = None if self._asked_at is None else time.monotonic() - self._asked_at
        # What changed is little to ask for; everything is much, and the cloud is far.
        urgent = self._changes.told is True and isinstance(self._site, Local)
        return Part(urgent=urgent, took=self._took, since=since)

    async def _read_refs(self, refs: AbstractSet[int]) -> None:
        if not refs:
            return
        # Nobody tells of them again, so what is missing is asked for until it comes,
        # and so is what is told anew meanwhile.
        owed, self._owed = self._owed | refs, frozenset()
        told: AbstractSet[int] = frozenset()
        try:
            told = self._inventory.take(devices_in(await self._ask_for(refs)))
        finally:
            self._owed |= owed - told

    async def _ask_for(self, refs: AbstractSet[int]) -> dict[str, Any]:
        if len(refs) > MOST_REFS:
            return await self._ask_all()
        self._inventory.asks()
        return await self.client.ask("getstatus", ref=_listed(sorted(refs)))

    async def _read_changes(self) -> None:
        started = time.monotonic()
        if (changed := await self._changes.refs()) is None:
            await self._read_everything()
        else:
            changed |= self._owed | self._inventory.unreadable
            await self._read_refs(changed & self._inventory.bound)
        self._asked_at = started
        self._took = time.monotonic() - started

    async def _read_everything(self) -> None:
        self._inventory.take(devices_in(await self._ask_all()))

    def _house(self, *, complete: bool) -> House:
        inventory = self._inventory
        return House(
            info=self._info(),
            rooms=inventory.rooms,
            roots=inventory.roots,
            devices=inventory.devices,
            complete=complete,
        )

    # Commanding

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        return SendResult(await send_all(self.client, commands, self._actions))

    def _actions(self, command: AnyCommand) -> list[Action]:
        match command:
            case Control():
                return [self._inventory.direct(command)]
            case RunEvent():
                return [run_direct(command)]
            case SetStatus():
                return [self._inventory.shown(command)]
            case ActivateScene() | PressButton():
                event = self._inventory.events.get(command.device_id)
                if event is not None:
                    return [run(event)]
        binding = self._inventory.bindings.get(command.device_id)
        if binding is None:
            raise HubCommandError(Reason.DECLINED, "the device is gone")
        return binding.write(command)

    # Being told

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        self._on_change = on_change
        site = self._site
        if isinstance(site, Local) and self._ascii_port is not None:
            self._push = AsciiPush(
                site.host,
                self._ascii_port,
                site.username,
                site.password,
                on_refs=lambda refs: self._told_of(refs, "ascii"),
                on_gap=self._gap,
            )
            self._push.start()

        def stop() -> None:
            self._on_change = _nobody

        return stop

    @override
    def on_webhook(self, message: object) -> None:
        fields = Fields(message)
        ref = Fields(fields.get("data")).integer("ref")
        if fields.text("type") == "devicechange" and ref in self._inventory.features:
            self._heard_at = time.monotonic()
            self._told_of([ref], "hook")

    def _told_of(self, refs: Collection[int], channel: str) -> None:
        self._inventory.pressed(refs, channel)
        ids = self._inventory.ids_of(refs)
        if ids:
            # The next read may be one of all that changed, and a press changes nothing.
            self._owed |= self._inventory.bound & set(refs)
            self._on_change(ids)

    def _gap(self) -> None:
        self._on_change(self._inventory.bindings.keys())

    @override
    async def close(self) -> None:
        if self._push is not None:
            await self._push.stop()

    @override
    def report(self) -> Mapping[str, Any]:
        inventory = self._inventory
        return {
            "version": self._version,
            "requests": self.client.requests,
            "features": len(inventory.features),
            "with_controls": len(inventory.controls),
            "devices": len(inventory.bindings),
            "events": len(inventory.events),
            "tells_changes": self._changes.told,
            "pushing": self.pushing,
            "meanings": {
                str(ref): f"{what}, by {evidence}"
                for ref, (what, evidence) in inventory.meanings.items()
            },
        }

    @override
    async def record(self) -> Mapping[str, Any]:
        return await record(self.client, self._site.account.secrets)

    @override
    def issues(self) -> Collection[HubIssue]:
        if self._push is None or not self._ascii_wanted or self.pushing:
            return ()
        return (HubIssue(Reason.NO_PUSH, {"port": str(self._ascii_port)}),)

    @override
    def choices(self) -> Choices:
        return self._inventory.choices(self._place_names)

    @override
    def targets_of(self, command: AnyCommand) -> Collection[str]:
        match command:
            case RunEvent():
                return self._inventory.events_of(command)
            case Control() | SetStatus():
                return self._inventory.ids_of([command.ref])
        return ()

    @override
    def family_of(self, ref: int) -> Collection[str]:
        return self._inventory.family_of(ref)

    @override
    def opens(self, ref: int) -> bool:
        return self._inventory.opens(ref)

    @override
    def control_refs(
        self, device_ids: Collection[str], control: Control
    ) -> Sequence[int]:
        return self._inventory.control_refs(device_ids, control)


def _nobody(ids: Collection[str] | None) -> None:
    """Hear of changes while nobody listens."""


def _listed(refs: Iterable[int]) -> str:
    return ",".join(map(str, refs))


def in_batches(refs: Iterable[int], longest: int) -> Iterator[str]:
    """Yield lists of features as requests name them, of so many characters at most."""
    batch = ""
    for text in map(str, refs):
        if batch and len(batch) + len(text) >= longest:
            yield batch
            batch = ""
        batch = f"{batch},{text}" if batch else text
    if batch:
        yield batch
