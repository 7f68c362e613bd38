"""What is shown between a command and the hub's own word about it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from .cadence import CONFIRM_DELAY
from .commands import Command
from .devices import Device, House
from .hub import AnyCommand

# Whatever moves this long after a command no longer moves because of it.
LONGEST = 180.0


@dataclass(slots=True)
class _Pending:
    command: AnyCommand
    sent_at: float
    deadline: float
    answer_lost: bool
    last: Device | None = None
    # When the last read that did not show it began, and when it ended.
    missed_at: float = 0.0
    read_at: float = 0.0

    def next_check(self, interval: float) -> float:
        first = self.sent_at + CONFIRM_DELAY
        return self.read_at + interval if self.missed_at >= first else first

    def shown(self, device: Device) -> Device:
        command: Command[Device] = self.command
        return (
            command.unconfirmed(device) if self.answer_lost else command.expect(device)
        )

    def met(self, device: Device, started: float, now: float) -> bool:
        """Return whether a read shows what was asked for; a change gives it time."""
        if started < self.sent_at:
            return False
        if self.command.confirmed_by(device):
            return True
        if self.last is not None and device is not self.last:
            self.deadline = max(self.deadline, now + self.command.settle_timeout)
        self.last, self.missed_at, self.read_at = device, started, now
        return False

    def over(self, started: float, now: float) -> bool:
        """Return whether it has had its time; no read from before it says that."""
        return started >= self.sent_at and now >= min(
            self.deadline, self.sent_at + LONGEST
        )


class Settling:
    """Commands whose result the hub has not shown yet.

    Each ends with the hub showing what was asked for, or at a deadline that
    moves on while the device changes; then the hub's word stands again.
    """

    def __init__(self) -> None:
        """Start with nothing under way."""
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
        answer_lost: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Note a command that went out; `answer_lost` if nobody knows what it did.

        One that was accepted and starts `delay`, in seconds, has so much more time.
        """
        if command.slot is None:
            return
        others = [
            pending
            for pending in self._pending.get(command.device_id, ())
            if pending.command.slot != command.slot
        ]
        pending = _Pending(
            command, now, now + command.settle_timeout + delay, answer_lost
        )
        self._pending[command.device_id] = [*others, pending]

    def next_check(self, interval: float) -> float | None:
        """Return when to look for the first result; None while nothing is under way."""
        looks = (
            pending.next_check(interval)
            for pendings in self._pending.values()
            for pending in pendings
        )
        return min(looks, default=None)

    def update(self, house: House, started: float, now: float) -> bool:
        """Drop what has happened or has had its time; return whether any had.

        A read that began before a command says nothing about its result.
        """
        gave_up = False
        for device_id, pendings in list(self._pending.items()):
            device = house.devices.get(device_id)
            left = [
                pending
                for pending in pendings
                if device is not None and not pending.met(device, started, now)
            ]
            kept = [pending for pending in left if not pending.over(started, now)]
            gave_up = gave_up or len(kept) < len(left)
            if kept:
                self._pending[device_id] = kept
            else:
                del self._pending[device_id]
        return gave_up

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
