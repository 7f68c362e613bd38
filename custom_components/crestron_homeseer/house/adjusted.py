"""A hub whose house is shown as its owner set it: what things are, and where."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

from .commands import MoveTo, StopMoving
from .devices import Cover, Device, House
from .exclusions import Exclusions, joined_roots
from .hub import AnyCommand, Hub, HubError, OnChange, SendResult
from .identity import same_structure
from .loads import (
    RELAYS,
    LoadKind,
    as_cover,
    as_kind,
    as_load,
    is_off,
    relays_of,
    steps as steps_of,
)
from .shades import Calibration

# A motor comes to rest for so many seconds before it turns the other way.
REST = 0.5


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
    def empty(self) -> bool:
        """Whether all is as the hub has it."""
        own = self.kinds or self.doors or self.calibrations
        return not own and self.exclusions.empty

    @property
    def relays(self) -> dict[str, str]:
        """Which relay closes what another one opens."""
        return {
            key: self.closing[key]
            for key, kind in self.kinds.items()
            if kind in RELAYS and key in self.closing
        }


class Adjuster:
    """Makes the house that an owner wants of the one that a hub has.

    What did not change stays the same object.
    """

    def __init__(self, adjustments: Adjustments) -> None:
        """Take the adjustments."""
        self._adjustments = adjustments
        self._relays = adjustments.relays
        # What each device was made of, and what was made.
        self._made: dict[Hashable, tuple[tuple[object, ...], Device]] = {}
        self._before: House | None = None
        self._left_out: set[str] = set()
        self._joined: Mapping[str, str] = {}

    def house(self, own: House) -> House:
        """Return a house as its owner wants it; itself where nothing differs."""
        devices = dict(own.devices)
        relays = relays_of(own) if self._relays else {}
        for key, kind in self._adjustments.kinds.items():
            if (device := devices.get(key)) is not None:
                devices[key] = self._as(kind, device, relays)
        for key, calibration in self._adjustments.calibrations.items():
            if isinstance(cover := devices.get(key), Cover):
                place = ("calibrated", key)
                devices[key] = self._made_of(place, calibration.shown_cover, cover)
        made = replace(own, devices=devices)
        if self._before is None or not same_structure(self._before, made):
            self._left_out = self._leave_out(made)
            left = {key: devices[key] for key in devices if key not in self._left_out}
            doors = self._adjustments.doors
            self._joined = joined_roots(replace(made, devices=left), doors)
        self._before = made
        for key in self._left_out & devices.keys():
            del devices[key]
        for key, root in self._joined.items():
            place = ("joined", key)
            devices[key] = self._made_of(place, _with_root, devices[key], root)
        same = len(devices) == len(own.devices) and all(
            device is own.devices[key] for key, device in devices.items()
        )
        return own if same else replace(made, devices=devices, original=own)

    def _leave_out(self, made: House) -> set[str]:
        ignored = {
            key
            for key, kind in self._adjustments.kinds.items()
            if kind == LoadKind.IGNORE
        }
        closing = {
            other
            for key, other in self._relays.items()
            if isinstance(made.devices.get(key), Cover)
        }
        return ignored | closing | self._adjustments.exclusions.keys(made)

    def _as(self, kind: str, device: Device, relays: Mapping[str, Device]) -> Device:
        if kind not in RELAYS:
            return self._made_of(device.id, as_kind, device, kind)
        if device.id not in relays:
            return device
        other = relays.get(self._relays.get(device.id, ""))
        return self._made_of(device.id, as_cover, RELAYS[kind], device, other)

    def _made_of(
        self, place: Hashable, make: Callable[..., Device], *of: object
    ) -> Device:
        """Return what was made of the same before, or make it."""
        last = self._made.get(place)
        if last is None or not all(map(is_, last[0], of, strict=True)):
            last = self._made[place] = of, make(*of)
        return last[1]


def _with_root(device: Device, root_id: str) -> Device:
    return replace(device, root_id=root_id)


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
        # The relay of each cover that was switched on last.
        self._last_on: dict[str, str] = {}
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
        # Whether something turns round is seen before it is stopped.
        turning = {each.device_id for _, each in then if self._turns(each.device_id)}
        result = await self._send(first, errors)
        then = [(place, each) for place, each in then if errors[place] is None]
        if then:
            await asyncio.sleep(REST if turning else 0.0)
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
        """Return what a command asks of the hub, at first and after that."""
        key = command.device_id
        other = self._relays.get(key)
        if other is not None and isinstance(command, MoveTo | StopMoving):
            return steps_of(command, self._own(key), self._own(other))
        if (calibration := self._calibrations.get(key)) is not None:
            command = calibration.hub_command(command)
        return [as_load(command, self._own(key))], []

    def _turns(self, key: str) -> bool:
        """Return whether a motor may turn the other way; note which way it turns now."""
        cover = self._shown_by.get(key, key)
        last, self._last_on[cover] = self._last_on.get(cover, key), key
        other = self._relays[key] if key == cover else cover
        return last != key or not is_off(self._own(other))

    def _own(self, key: str) -> Device | None:
        return self._houses[0].devices.get(key) if self._houses else None

    # A relay that closes has no entity: what concerns it concerns the one that opens.

    def _shown_as(self, keys: Iterable[str]) -> set[str]:
        return {self._shown_by.get(key, key) for key in keys}

    def due_in(self, wanted: Callable[[str], bool]) -> float:
        """Return when something is due, as `Hub.due_in`."""
        return self._hub.due_in(lambda key: wanted(self._shown_by.get(key, key)))

    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        """Call back with what changed, as `Hub.listen`."""
        return self._hub.listen(lambda keys: on_change(keys and self._shown_as(keys)))

    def targets_of(self, command: AnyCommand) -> Collection[str]:
        """Return the devices that a command works on, as `Hub.targets_of`."""
        return self._shown_as(self._hub.targets_of(command))

    def family_of(self, ref: int) -> Collection[str]:
        """Return the devices of a family, as `Hub.family_of`."""
        return self._shown_as(self._hub.family_of(ref))
