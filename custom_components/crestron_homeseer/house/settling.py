"""What is shown between a command and the hub's own word about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from .cadence import FIRST_LOOK
from .commands import Command
from .delays import Delays
from .devices import Device, House
from .hub import AnyCommand

type _Batch = tuple[type[Command[Any]], float]

# Whatever moves this long after a command no longer moves because of it.
LONGEST = 180.0


@dataclass(slots=True)
class _Pending:
    command: AnyCommand
    sent_at: float
    deadline: float
    doubtful: bool
    # When to look for its result, in seconds after it was sent.
    looks: Sequence[float]
    # Whether it says anything of the hub's delay.
    telling: bool
    last: Device | None = None
    # The last read that did not show it: when it began, after it was sent, and ended.
    missed: float = 0.0
    read_at: float = 0.0

    def next_look(self, rhythm: float) -> float:
        """Return when to look next; in a rhythm where it does not show when it should."""
        for look in self.looks:
            if look > self.missed:
                return self.sent_at + look
        return self.read_at + rhythm

    def shown(self, device: Device) -> Device:
        command: Command[Device] = self.command
        return command.doubt(device) if self.doubtful else command.expect(device)


class Settling:
    """Commands whose result the hub has not shown yet.

    Each ends with the hub showing what was asked for, or at a deadline that
    moves on while the device changes; then the hub's word stands again.
    """

    def __init__(self, delays: Delays) -> None:
        """Take how long the hub takes to show things; start with nothing under way."""
        self._delays = delays
        self._pending: dict[str, list[_Pending]] = {}
        self._shown: dict[str, Device] = {}

    @property
    def ids(self) -> Collection[str]:
        """The devices with something under way."""
        return self._pending.keys()

    def sent(
        self,
        command: AnyCommand,
        now: float,
        *,
        before: Device | None = None,
        doubtful: bool = False,
        later: float = 0.0,
    ) -> None:
        """Note a command that went out; doubtful if its answer was lost.

        One that was accepted and starts `later`, in seconds, has so much more time.
        `before` is the device as the hub showed it last.
        """
        if command.slot is None:
            return
        others = [
            pending
            for pending in self._pending.get(command.device_id, ())
            if pending.command.slot != command.slot
        ]
        telling = before is not None and not doubtful and not command.met_by(before)
        looks = (FIRST_LOOK,) if doubtful else self._delays.looks(command)
        deadline = now + command.wait + later
        pending = _Pending(command, now, deadline, doubtful, looks, telling)
        self._pending[command.device_id] = [*others, pending]

    def next_look(self, rhythm: float) -> float | None:
        """Return when to look for the first result; None while nothing is under way."""
        looks = (
            pending.next_look(rhythm)
            for pendings in self._pending.values()
            for pending in pendings
        )
        return min(looks, default=None)

    def judge(self, house: House, started: float, now: float) -> bool:
        """Drop what has happened or has had its time; return whether any had.

        A read that began before a command says nothing about its result.
        """
        gave_up = False
        met: dict[_Batch, _Pending] = {}
        for device_id in list(self._pending):
            device = house.devices.get(device_id)
            left = []
            for pending in self._pending[device_id]:
                if device is None:
                    continue
                if _met(pending, device, started, now):
                    if pending.telling:
                        met.setdefault(_batch(pending), pending)
                    continue
                # Nobody gives up on a read that began before it: that one says nothing.
                over = min(pending.deadline, pending.sent_at + LONGEST)
                if started < pending.sent_at or now < over:
                    left.append(pending)
                else:
                    gave_up = True
            if left:
                self._pending[device_id] = left
            else:
                del self._pending[device_id]
        self._learn(met, started)
        return gave_up

    def _learn(self, met: Mapping[_Batch, _Pending], started: float) -> None:
        """Learn from what was met; what was sent together is as slow as its last."""
        left = {_batch(each) for each in chain.from_iterable(self._pending.values())}
        for batch, pending in met.items():
            if batch not in left:
                shown = started - pending.sent_at
                self._delays.learn(pending.command, pending.missed, shown)

    def overlay(self, house: House) -> House:
        """Return the house with what is under way; the same one where nothing is."""
        shown = {}
        for device_id, pendings in self._pending.items():
            device = house.devices.get(device_id)
            if device is None:
                continue
            for pending in pendings:
                device = pending.shown(device)
            if device != house.devices[device_id]:
                last = self._shown.get(device_id)
                shown[device_id] = last if last == device and last else device
        self._shown = shown
        if not shown:
            return house
        return replace(house, devices={**house.devices, **shown})


def _batch(pending: _Pending) -> _Batch:
    return type(pending.command), pending.sent_at


def _met(pending: _Pending, device: Device, started: float, now: float) -> bool:
    """Return whether a read shows what was asked for; a change gives it more time."""
    if started < pending.sent_at:
        return False
    if pending.command.met_by(device):
        return True
    if pending.last is not None and device is not pending.last:
        pending.deadline = max(pending.deadline, now + pending.command.wait)
    pending.last = device
    pending.missed, pending.read_at = started - pending.sent_at, now
    return False
