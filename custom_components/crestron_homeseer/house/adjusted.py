"""A hub whose house is shown as its owner set it: what things are, and where."""

import asyncio
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final

from .commands import MoveTo, SetLevel, SetSpeed, StopMoving
from .controls import SetSwitch, Switch
from .devices import Cover, Device, Fan, House, Light
from .exclusions import Exclusions, joined_roots
from .hub import (
    AnyCommand,
    Hub,
    HubCommandError,
    HubError,
    OnChange,
    Reason,
    SendResult,
)
from .identity import same_structure
from .kinds import CoverKind, Motion
from .shades import Calibration
from .words import FAN, LAMP, LOAD, OUTLET, folded

# A motor comes to rest for so many seconds before it turns the other way.
REST = 0.5
# A dimmer has so many speeds as a fan.
_DIMMED_SPEEDS = 100


class LoadKind(StrEnum):
    """What an owner can set that a load is, because a hub calls it all a light."""

    LIGHT = "light"
    SWITCH = "switch"
    OUTLET = "outlet"
    FAN = "fan"
    # It opens, and another one closes.
    SHADE_RELAYS = "shade_relays"
    GARAGE_RELAYS = "garage_relays"
    GATE_RELAYS = "gate_relays"
    IGNORE = "ignore"


RELAYS: Final[Mapping[str, CoverKind]] = {
    LoadKind.SHADE_RELAYS: CoverKind.SHADE,
    LoadKind.GARAGE_RELAYS: CoverKind.GARAGE,
    LoadKind.GATE_RELAYS: CoverKind.GATE,
}
# By whether the relay that opens and the one that closes are on.
_MOTIONS: Final[Mapping[tuple[bool | None, bool | None], Motion]] = {
    (True, False): Motion.OPENING,
    (False, True): Motion.CLOSING,
    (False, False): Motion.STOPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """What an owner set for a home, by the ids of its devices.

    `kinds` are of `LoadKind`; `closing` has the relay that closes by the one that
    opens; `doors` are pairs of a sensor and the lock of its door.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    closing: Mapping[str, str] = field(default_factory=dict)
    doors: tuple[tuple[str, str], ...] = ()
    exclusions: Exclusions = field(default_factory=Exclusions)
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)

    @property
    def relays(self) -> dict[str, str]:
        """Which relay closes what another one opens."""
        return {
            key: self.closing[key]
            for key, kind in self.kinds.items()
            if kind in RELAYS and key in self.closing
        }


def loads_of(house: House) -> dict[str, Light]:
    """Return what may be another thing than a light."""
    return {
        key: device for key, device in house.devices.items() if type(device) is Light
    }


def is_relay(device: Device | None) -> bool:
    """Return whether something is on or off and nothing else."""
    light = isinstance(device, Light) and not device.dimmable
    return light or isinstance(device, Switch)


def relays_of(house: House) -> dict[str, Device]:
    """Return what may open or close a cover."""
    return {key: device for key, device in house.devices.items() if is_relay(device)}


def suggested(name: str) -> LoadKind | None:
    """Return what a load's name speaks of; it only suggests, and decides nothing."""
    words = folded(name)
    if LAMP.search(words):
        return None
    kinds = ((FAN, LoadKind.FAN), (OUTLET, LoadKind.OUTLET), (LOAD, LoadKind.SWITCH))
    return next((kind for pattern, kind in kinds if pattern.search(words)), None)


def _on(device: Device | None) -> bool | None:
    if isinstance(device, Switch):
        return device.on
    if isinstance(device, Light) and device.level is not None:
        return device.level > 0
    return None


def _as_kind(device: Device, kind: str, closing: Device | None) -> Device:
    """Return a device as what its owner set that it is; what cannot be that stays.

    Where a cover is that two relays move nobody knows. Without the one that closes it
    is out of reach.
    """
    facts = {each.name: getattr(device, each.name) for each in fields(Device)}
    if kind in RELAYS and is_relay(device):
        online = closing is not None and device.online and closing.online
        motion = _MOTIONS.get((_on(device), _on(closing))) if online else None
        return Cover(
            **facts | {"online": online},
            kind=RELAYS[kind],
            position=None,
            motion=motion or Motion.UNKNOWN,
            can_position=False,
            assumed=True,
        )
    if not isinstance(device, Light):
        return device
    match kind:
        case LoadKind.FAN:
            speeds = _DIMMED_SPEEDS if device.dimmable else 1
            return Fan(**facts, speed=device.level, speeds=speeds)
        case LoadKind.SWITCH | LoadKind.OUTLET:
            return Switch(**facts, on=_on(device), outlet=kind == LoadKind.OUTLET)
    return device


class Adjuster:
    """Makes the house that an owner wants of the one that a hub has."""

    def __init__(self, adjustments: Adjustments) -> None:
        """Take the adjustments."""
        self._adjustments = adjustments
        self._relays = adjustments.relays
        # The last house before anything was left out, and what that was.
        self._before: House | None = None
        self._left_out: set[str] = set()
        self._joined: Mapping[str, str] = {}

    def house(self, own: House) -> House:
        """Return a house as its owner wants it; itself where nothing differs."""
        devices = dict(own.devices)
        for key, kind in self._adjustments.kinds.items():
            if (device := devices.get(key)) is not None:
                closing = own.devices.get(self._relays.get(key, ""))
                relay = closing if is_relay(closing) else None
                devices[key] = _as_kind(device, kind, relay)
        for key, calibration in self._adjustments.calibrations.items():
            if isinstance(cover := devices.get(key), Cover):
                devices[key] = calibration.shown_cover(cover)
        self._sort_out(replace(own, devices=devices))
        for key, root in self._joined.items():
            devices[key] = replace(devices[key], root_id=root)
        for key in self._left_out & devices.keys():
            del devices[key]
        same = devices == own.devices
        return own if same else replace(own, devices=devices, original=own)

    def _sort_out(self, made: House) -> None:
        """Find what is left out and what belongs to a door, where names changed."""
        if self._before is None or not same_structure(self._before, made):
            self._left_out = self._leave_out(made)
            left = made.devices.keys() - self._left_out
            wanted = replace(made, devices={key: made.devices[key] for key in left})
            self._joined = joined_roots(wanted, self._adjustments.doors)
        self._before = made

    def _leave_out(self, made: House) -> set[str]:
        kinds = self._adjustments.kinds.items()
        ignored = {key for key, kind in kinds if kind == LoadKind.IGNORE}
        closing = {
            other
            for key, other in self._relays.items()
            if isinstance(made.devices.get(key), Cover)
        }
        return ignored | closing | self._adjustments.exclusions.keys(made)


class AdjustedHub:
    """Another hub, whose house is shown as its owner wants it.

    Commands for a device become those for what the hub has it as. Whatever else a hub
    has passes through untouched.
    """

    def __init__(self, hub: Hub, adjustments: Adjustments) -> None:
        """Take the hub, and the adjustments."""
        self._hub = hub
        self._adjuster = Adjuster(adjustments)
        self._calibrations = adjustments.calibrations
        self._relays = adjustments.relays
        self._shown_by = {other: key for key, other in self._relays.items()}
        # The last house as the hub has it, and as it is shown.
        self._houses: tuple[House, House] | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the hub itself has."""
        return getattr(self._hub, name)

    async def survey(self) -> House:
        """Read everything, as `Hub.survey`."""
        return self._shown(await self._hub.survey())

    async def refresh(
        self, house: House, focus: Collection[str] = (), *, more: bool = False
    ) -> House:
        """Read states, as `Hub.refresh`; of a cover those of both its relays."""
        own = house if self._houses is None else self._houses[0]
        others = {self._relays[key] for key in focus if key in self._relays}
        return self._shown(await self._hub.refresh(own, {*focus, *others}, more=more))

    def _shown(self, own: House) -> House:
        """Return a house of the hub as it is shown; the same one for the same one."""
        if self._houses is None or self._houses[0] is not own:
            self._houses = own, self._adjuster.house(own)
        return self._houses[1]

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out; what follows another is not sent where that failed."""
        errors: list[HubError | None] = [None] * len(commands)
        first: list[tuple[int, AnyCommand]] = []
        then: list[tuple[int, AnyCommand]] = []
        for place, command in enumerate(commands):
            try:
                now, after = self._hub_commands(command)
            except HubError as err:
                errors[place] = err
            else:
                first += [(place, each) for each in now]
                then += [(place, each) for each in after]
        result = await self._send(first, errors)
        if then := [(place, each) for place, each in then if errors[place] is None]:
            await asyncio.sleep(REST)
            await self._send(then, errors)
        return replace(result, errors=tuple(errors))

    async def _send(
        self, batch: Sequence[tuple[int, AnyCommand]], errors: list[HubError | None]
    ) -> SendResult:
        """Send what stands for commands at some places, and note what failed."""
        result = await self._hub.send([command for _, command in batch])
        for (place, _), error in zip(batch, result.errors, strict=True):
            errors[place] = errors[place] or error
        pending = {batch[at][0]: outcome for at, outcome in result.pending.items()}
        return replace(result, pending=pending)

    def _hub_commands(
        self, command: AnyCommand
    ) -> tuple[Iterable[AnyCommand], Iterable[AnyCommand]]:
        """Return what a command asks of the hub, at first and after that.

        Two relays are never both on: the other one is off before one is switched on.
        Raises HubCommandError for what they cannot do.
        """
        key = command.device_id
        if (other := self._relays.get(key)) is not None:
            match command:
                case MoveTo(position=1.0 | 0.0 as position):
                    this, off = (key, other) if position else (other, key)
                    return [self._switch(off, on=False)], [self._switch(this, on=True)]
                case MoveTo():
                    raise HubCommandError(Reason.DECLINED, "not with two relays")
                case StopMoving():
                    relays = [each for each in (key, other) if self._own(each)]
                    return [self._switch(each, on=False) for each in relays], []
        if (calibration := self._calibrations.get(key)) is not None:
            command = calibration.hub_command(command)
        return [self._as_load(command)], []

    def _switch(self, key: str, *, on: bool) -> AnyCommand:
        """Return what switches a relay; raises HubCommandError where there is none."""
        if not isinstance(self._own(key), Switch | Light):
            raise HubCommandError(Reason.OFFLINE, "a relay is not there")
        return self._as_load(SetSwitch(device_id=key, on=on))

    def _as_load(self, command: AnyCommand) -> AnyCommand:
        """Return what a command asks of the load that a switch or a fan is."""
        key = command.device_id
        if isinstance(self._own(key), Light):
            match command:
                case SetSwitch(on=on):
                    return SetLevel(device_id=key, level=float(on))
                case SetSpeed(speed=speed):
                    return SetLevel(device_id=key, level=speed)
        return command

    def _own(self, key: str) -> Device | None:
        return self._houses[0].devices.get(key) if self._houses else None

    # A relay that closes has no entity: what concerns it concerns the one that opens.

    def _shown_as(self, keys: Iterable[str]) -> set[str]:
        return {self._shown_by.get(key, key) for key in keys}

    def due_in(self, wanted: AbstractSet[str]) -> float:
        """Return when something is due, as `Hub.due_in`."""
        parts = {key for key, shown in self._shown_by.items() if shown in wanted}
        return self._hub.due_in(wanted | parts if parts else wanted)

    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        """Call back with what changed, as `Hub.listen`."""
        return self._hub.listen(lambda keys: on_change(keys and self._shown_as(keys)))

    def targets_of(self, command: AnyCommand) -> Collection[str]:
        """Return the devices that a command works on, as `Hub.targets_of`."""
        return self._shown_as(self._hub.targets_of(command))

    def family_of(self, ref: int) -> Collection[str]:
        """Return the devices of a family, as `Hub.family_of`."""
        return self._shown_as(self._hub.family_of(ref))
