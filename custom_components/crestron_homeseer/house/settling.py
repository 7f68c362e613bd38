"""What is shown between a command and the hub's confirmation of it."""

from collections.abc import Collection, Hashable
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
        lost = self.answer_lost
        return command.unconfirmed(device) if lost else command.expect(device)

    def missed(self, device: Device, started: float, now: float) -> bool:
        """Note that a read does not show it; return whether it has had its time.

        A change of the device gives it more.
        """
        if self.last is not None and device is not self.last:
            self.deadline = max(self.deadline, now + self.command.settle_timeout)
        self.last, self.missed_at, self.read_at = device, started, now
        return now >= min(self.deadline, self.sent_at + LONGEST)


class Settling:
    """Commands whose result the hub has not shown yet.

    Each ends with the hub showing what was asked for, or at a deadline that
    moves on while the device changes; then what the hub reports is shown again.
    """

    def __init__(self) -> None:
        """Start with nothing pending."""
        # By the device and the slot: a later command replaces an earlier one.
        self._pending: dict[tuple[str, Hashable], _Pending] = {}

    @property
    def ids(self) -> Collection[str]:
        """The devices with something pending."""
        return {device_id for device_id, _ in self._pending}

    def sent(
        self,
        command: AnyCommand,
        now: float,
        *,
        answer_lost: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Note a command that went out; `answer_lost` if nobody knows what it did.

        One that was accepted and starts after a `delay`, in seconds, has so much more
        time.
        """
        if command.slot is not None:
            deadline = now + command.settle_timeout + delay
            pending = _Pending(command, now, deadline, answer_lost)
            self._pending[command.device_id, command.slot] = pending

    def next_check(self, interval: float) -> float | None:
        """Return when to read the first result; None while nothing is pending."""
        checks = (pending.next_check(interval) for pending in self._pending.values())
        return min(checks, default=None)

    def update(self, house: House, started: float, now: float) -> bool:
        """Drop what has happened or has had its time; return whether any had.

        A read that began before a command does not show its result.
        """
        gave_up = False
        for key, pending in list(self._pending.items()):
            device = house.devices.get(key[0])
            if device is not None and started < pending.sent_at:
                continue
            if device is None or pending.command.confirmed_by(device):
                del self._pending[key]
            elif pending.missed(device, started, now):
                del self._pending[key]
                gave_up = True
        return gave_up

    def overlay(self, house: House) -> House:
        """Return the house with what is pending; the same one where nothing is."""
        shown: dict[str, Device] = {}
        for (device_id, _), pending in self._pending.items():
            device = shown.get(device_id) or house.devices.get(device_id)
            if device is not None:
                shown[device_id] = pending.shown(device)
        if all(device == house.devices[key] for key, device in shown.items()):
            return house
        return replace(house, devices={**house.devices, **shown})
