"""Commands on their way: sent as one batch, and shown until the hub confirms them."""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Generator,
    Hashable,
    Sequence,
)
from dataclasses import dataclass, replace
import time

from .cadence import CONFIRM_DELAY
from .commands import Command
from .devices import Device, House
from .hub import (
    AnyCommand,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
    SendResult,
)

# One action on many entities arrives within milliseconds, on a small computer
# within some tens of them: wait for a pause, but never long enough to be felt.
PAUSE = 0.015
LONGEST_GATHER = 0.1
# A finger on a slider asks for something else many times a second. A device is asked
# for the same thing so many seconds after the last time, and for the last value then.
SPACING = 0.2
# Who closes waits so many seconds for the answer to what was sent last.
LAST_BATCH = 5.0
# Whatever moves this long after a command no longer moves because of it.
LONGEST = 180.0
# Long work yields after so many seconds: a small computer does a tenth in that time.
TURN = 0.01


@dataclass(slots=True)
class _Waiting:
    command: AnyCommand
    done: list[asyncio.Future[None]]

    @property
    def spaced_by(self) -> Hashable | None:
        """What is not sent again at once; None for what counts each time.

        A stop is not spaced by the move that it ends, although it replaces it.
        """
        slot = self.command.slot
        return None if slot is None else (type(self.command), slot)

    def settle(self, error: Exception | None) -> None:
        """Tell those who still wait what became of the command."""
        for done in self.done:
            if done.done():
                continue
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)

    async def settle_later(self, outcome: Awaitable[HubError | None]) -> None:
        """Tell it once the hub has shown it."""
        try:
            self.settle(await outcome)
        except asyncio.CancelledError:
            self.settle(HubUnansweredError(Reason.CLOSING))
            raise


class CommandQueue:
    """Merges what waits for the same device; one batch is in flight at a time."""

    def __init__(
        self, send: Callable[[Sequence[AnyCommand]], Awaitable[SendResult]]
    ) -> None:
        """Take what sends a batch."""
        self._send = send
        self._waiting: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None
        self._closed = False
        self._pending: set[asyncio.Task[None]] = set()
        # When each was sent last, as far as that still matters.
        self._sent_at: dict[Hashable, float] = {}

    async def put(self, *commands: AnyCommand) -> None:
        """Have commands carried out; raises the HubError of the first that failed."""
        if self._closed:
            raise HubConnectionError(Reason.CLOSING)
        waits = [self._add(command) for command in commands]
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        for result in await asyncio.gather(*waits, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def close(self) -> None:
        """Refuse what waits, and let what is in flight come to its end."""
        self._closed = True
        waiting, self._waiting = self._waiting, []
        _settle_all(waiting, HubConnectionError(Reason.CLOSING))
        ending = list(self._pending)
        if (worker := self._worker) is not None:
            await asyncio.wait([worker], timeout=LAST_BATCH)
            ending = [worker, *self._pending]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    def _add(self, command: AnyCommand) -> asyncio.Future[None]:
        done = asyncio.get_running_loop().create_future()
        callers = [done]
        for waiting in self._waiting:
            if command.slot is not None and waiting.command.slot == command.slot:
                # The later command counts; both callers learn what became of it.
                callers = [*waiting.done, done]
                self._waiting.remove(waiting)
                break
        self._waiting.append(_Waiting(command, callers))
        return done

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                if batch := self._take_due():
                    await self._send_batch(batch)
        finally:
            self._worker = None

    async def _gather(self) -> None:
        deadline = _now() + LONGEST_GATHER
        seen = -1
        while seen != len(self._waiting) and _now() < deadline:
            seen = len(self._waiting)
            await asyncio.sleep(PAUSE)

    def _take_due(self) -> list[_Waiting]:
        """Return what may be sent now; what one device is asked for stays in order."""
        now = _now()
        recent = {key: at for key, at in self._sent_at.items() if now < at + SPACING}
        held: set[str] = set()
        due: list[_Waiting] = []
        left: list[_Waiting] = []
        for waiting in self._waiting:
            device_id = waiting.command.device_id
            if waiting.spaced_by in recent or device_id in held:
                held.add(device_id)
                left.append(waiting)
            else:
                due.append(waiting)
        self._waiting = left
        sent = (each.spaced_by for each in due)
        self._sent_at = recent | {key: now for key in sent if key is not None}
        return due

    async def _send_batch(self, batch: list[_Waiting]) -> None:
        try:
            result = await self._send([waiting.command for waiting in batch])
            answered = zip(batch, result.errors, strict=True)
            for place, (waiting, error) in enumerate(answered):
                if (outcome := result.pending.get(place)) is None:
                    waiting.settle(error)
                else:
                    task = asyncio.create_task(waiting.settle_later(outcome))
                    self._pending.add(task)
                    task.add_done_callback(self._pending.discard)
        except asyncio.CancelledError:
            # Which of them went out already is not known.
            _settle_all(batch, HubUnansweredError(Reason.CLOSING))
            raise
        except Exception as err:  # noqa: BLE001 - nobody shall wait for ever
            _settle_all(batch, err)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _settle_all(batch: Sequence[_Waiting], error: Exception) -> None:
    for waiting in batch:
        waiting.settle(error)


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
        if self.last is not None and device != self.last:
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


async def in_turns[ResultT](work: Generator[None, None, ResultT]) -> ResultT:
    """Carry out work that yields at each step; returns its result.

    Others run before it, and again whenever a turn is over: until its end, the work
    may leave nothing half-done where they see it.
    """
    over = 0.0
    while True:
        if time.monotonic() >= over:
            await asyncio.sleep(0)
            over = time.monotonic() + TURN
        try:
            next(work)
        except StopIteration as done:
            result: ResultT = done.value
            return result
