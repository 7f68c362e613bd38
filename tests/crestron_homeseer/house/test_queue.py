"""What comes together goes out together, and everybody learns what became of it."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.crestron_homeseer.house import queue as queue_module
from custom_components.crestron_homeseer.house.commands import (
    Command,
    MoveTo,
    SetLevel,
    SetPower,
    SetVolume,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    PressButton,
)
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from custom_components.crestron_homeseer.house.queue import CommandQueue

OFFLINE = HubCommandError(Reason.DECLINED, "offline")
LOST = HubUnansweredError(Reason.UNANSWERED)


class Sender:
    """Keeps the batches that it is given, and answers as it is told."""

    def __init__(self) -> None:
        self.batches: list[list[AnyCommand]] = []
        self.errors: dict[str, HubError] = {}
        self.failure: Exception | None = None
        self.answers = 1000
        self.open = asyncio.Event()
        self.open.set()
        self.begun = asyncio.Event()

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        self.batches.append(list(commands))
        self.begun.set()
        await self.open.wait()
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        errors = tuple(self.errors.get(command.device_id) for command in commands)
        return SendResult(errors[: self.answers])


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
async def queue(sender: Sender) -> AsyncGenerator[CommandQueue]:
    queue = CommandQueue(sender.send)
    yield queue
    sender.open.set()
    await queue.close()


def level(device_id: str, level: float = 1.0) -> SetLevel:
    return SetLevel(device_id=device_id, level=level)


async def put_all(
    queue: CommandQueue, *commands: AnyCommand
) -> list[BaseException | None]:
    """Put each command by itself, as entities do, and return what they learn."""
    puts = (queue.put(command) for command in commands)
    return await asyncio.gather(*puts, return_exceptions=True)


async def begin(
    queue: CommandQueue, sender: Sender, command: AnyCommand
) -> asyncio.Task[None]:
    """Put a command, and hold the queue in the middle of sending it."""
    sender.open.clear()
    sender.begun.clear()
    task = asyncio.create_task(queue.put(command))
    await sender.begun.wait()
    return task


async def test_what_comes_together_is_one_batch(
    queue: CommandQueue, sender: Sender
) -> None:
    commands = [level(f"light-{number}") for number in range(40)]
    assert await put_all(queue, *commands) == [None] * 40
    assert sender.batches == [commands]


async def test_one_caller_may_ask_for_several_things(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(level("light-1"), level("light-2"))
    assert sender.batches == [[level("light-1"), level("light-2")]]


async def test_nothing_asked_is_nothing_sent(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put()
    assert sender.batches == []


async def test_what_trickles_in_within_the_pause_joins(
    queue: CommandQueue, sender: Sender
) -> None:
    first = asyncio.create_task(queue.put(level("light-1")))
    await asyncio.sleep(queue_module.PAUSE / 3)
    await asyncio.gather(first, queue.put(level("light-2")))
    assert sender.batches == [[level("light-1"), level("light-2")]]


async def test_who_comes_later_is_a_batch_of_its_own(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(level("light-1"))
    await queue.put(level("light-2"))
    assert sender.batches == [[level("light-1")], [level("light-2")]]


async def test_gathering_ends_though_more_keeps_coming(
    queue: CommandQueue, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "LONGEST_GATHER", 0.04)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        while not sender.batches:
            group.create_task(queue.put(PressButton(device_id="action-1")))
            await asyncio.sleep(queue_module.PAUSE / 3)
    assert len(sender.batches[0]) > 1


async def test_gathering_ends_with_the_first_pause(
    queue: CommandQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "LONGEST_GATHER", 60.0)
    async with asyncio.timeout(5):
        await put_all(queue, level("light-1"), level("light-2"))


def test_gathering_is_too_short_to_be_felt() -> None:
    assert 2 * queue_module.PAUSE <= 0.06
    assert queue_module.LONGEST_GATHER <= 0.1


async def test_the_later_wish_counts_and_both_callers_learn_its_fate(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.errors = {"light-1": OFFLINE}
    learned = await put_all(queue, level("light-1", 0.2), level("light-1", 0.9))
    assert learned == [OFFLINE, OFFLINE]
    assert sender.batches == [[level("light-1", 0.9)]]


async def test_a_wish_replaced_twice_still_has_three_callers(
    queue: CommandQueue, sender: Sender
) -> None:
    wishes = [level("light-1", step) for step in (0.2, 0.5, 0.9)]
    assert await put_all(queue, *wishes) == [None] * 3
    assert sender.batches == [wishes[2:]]


async def test_a_stop_replaces_a_move_that_waits(
    queue: CommandQueue, sender: Sender
) -> None:
    stop = StopMoving(device_id="shade-1")
    await put_all(queue, MoveTo(device_id="shade-1", position=1.0), stop)
    assert sender.batches == [[stop]]


async def test_wishes_that_differ_in_kind_or_device_are_kept_in_their_order(
    queue: CommandQueue, sender: Sender
) -> None:
    wishes: list[Command[Any]] = [
        SetPower(device_id="mediaroom-1", on=True),
        SetVolume(device_id="mediaroom-1", volume=0.3),
        SetPower(device_id="mediaroom-2", on=True),
    ]
    await put_all(queue, *wishes)
    assert sender.batches == [wishes]


@pytest.mark.parametrize("kind", [ActivateScene, PressButton])
async def test_what_means_something_each_time_is_never_merged(
    queue: CommandQueue, sender: Sender, kind: type[Command[Any]]
) -> None:
    twice = [kind(device_id="scene-1"), kind(device_id="scene-1")]
    await put_all(queue, *twice)
    assert sender.batches == [twice]


async def test_what_is_given_during_a_send_forms_the_next_batch(
    queue: CommandQueue, sender: Sender
) -> None:
    first = await begin(queue, sender, level("light-1", 0.1))
    later = [level("light-3", 0.5), level("light-2"), level("light-3", 0.9)]
    puts = asyncio.gather(*(queue.put(command) for command in later))
    await asyncio.sleep(queue_module.PAUSE * 3)
    assert sender.batches == [[level("light-1", 0.1)]]
    sender.open.set()
    await asyncio.gather(first, puts)
    assert sender.batches[1:] == [[level("light-2"), level("light-3", 0.9)]]


async def test_each_caller_gets_its_own_devices_error(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.errors = {"light-2": OFFLINE, "light-3": LOST}
    lights = [level(f"light-{number}") for number in (1, 2, 3, 4)]
    assert await put_all(queue, *lights) == [None, OFFLINE, LOST, None]


async def test_who_asked_for_several_things_learns_of_the_first_that_failed(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.errors = {"light-2": OFFLINE, "light-3": LOST}
    with pytest.raises(HubCommandError) as caught:
        await queue.put(level("light-1"), level("light-2"), level("light-3"))
    assert caught.value is OFFLINE


async def test_a_batch_that_fails_as_a_whole_fails_for_all(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.failure = HubConnectionError(Reason.REFUSED)
    learned = await put_all(queue, level("light-1"), level("light-2"))
    assert [getattr(error, "reason", None) for error in learned] == [Reason.REFUSED] * 2
    await queue.put(level("light-3"))
    assert sender.batches[1:] == [[level("light-3")]]


async def test_after_an_error_that_nobody_foresaw_nobody_waits_for_ever(
    queue: CommandQueue, sender: Sender
) -> None:
    first = await begin(queue, sender, level("light-1"))
    during = asyncio.create_task(queue.put(level("light-2")))
    await asyncio.sleep(0)
    sender.failure = RuntimeError("a bug")
    sender.open.set()
    async with asyncio.timeout(5):
        learned = await asyncio.gather(first, during, return_exceptions=True)
    # Whose command was not in the broken batch has it carried out.
    assert [type(each) for each in learned] == [RuntimeError, type(None)]
    assert sender.batches == [[level("light-1")], [level("light-2")]]


async def test_an_answer_for_too_few_leaves_nobody_waiting(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.answers = 1
    async with asyncio.timeout(5):
        learned = await put_all(queue, level("light-1"), level("light-2"))
    assert [type(each) for each in learned] == [type(None), ValueError]


async def test_who_stops_waiting_does_not_stop_the_command(
    queue: CommandQueue, sender: Sender
) -> None:
    gone = asyncio.create_task(queue.put(level("light-1")))
    stays = asyncio.create_task(queue.put(level("light-2")))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert gone.cancelled()
    assert sender.batches == [[level("light-1"), level("light-2")]]


@pytest.fixture
def impatient() -> Generator[None]:
    """Wait for the last batch for a moment only."""
    name = "custom_components.crestron_homeseer.house.queue.LAST_BATCH"
    with patch(name, 0.02):
        yield


async def test_closing_lets_what_is_under_way_come_to_its_end(sender: Sender) -> None:
    queue = CommandQueue(sender.send)
    under_way = await begin(queue, sender, level("light-1"))
    waiting = asyncio.create_task(queue.put(level("light-2")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(queue.close())
    await asyncio.sleep(0.01)
    sender.open.set()
    await closing
    learned = await asyncio.gather(under_way, waiting, return_exceptions=True)
    assert learned[0] is None
    assert str(learned[1]) == Reason.CLOSING
    assert sender.batches == [[level("light-1")]]


@pytest.mark.usefixtures("impatient")
async def test_closing_tells_who_waits_and_who_is_under_way(sender: Sender) -> None:
    queue = CommandQueue(sender.send)
    under_way = await begin(queue, sender, level("light-1"))
    waiting = asyncio.create_task(queue.put(level("light-2")))
    await asyncio.sleep(0)
    await queue.close()
    learned = await asyncio.gather(under_way, waiting, return_exceptions=True)
    assert [str(error) for error in learned] == [Reason.CLOSING, Reason.CLOSING]
    # What went out may have been done: who is told that it was not does it twice.
    assert [type(error) for error in learned] == [
        HubUnansweredError,
        HubConnectionError,
    ]
    assert sender.batches == [[level("light-1")]]


@pytest.mark.parametrize("steps", [1, 2, 3])
async def test_closing_while_gathering_sends_nothing(
    sender: Sender, steps: int
) -> None:
    queue = CommandQueue(sender.send)
    waiting = asyncio.create_task(queue.put(level("light-1")))
    for _ in range(steps):
        await asyncio.sleep(0)
    await queue.close()
    with pytest.raises(HubConnectionError, match=Reason.CLOSING):
        await waiting
    assert sender.batches == []


async def test_a_closed_queue_takes_nothing(sender: Sender) -> None:
    queue = CommandQueue(sender.send)
    await queue.close()
    await queue.close()
    with pytest.raises(HubConnectionError, match=Reason.CLOSING):
        await queue.put(level("light-1"))
    assert sender.batches == []


@pytest.mark.usefixtures("impatient")
async def test_closing_waits_until_nothing_is_sent_any_more() -> None:
    ended: list[str] = []
    begun = asyncio.Event()

    async def send(commands: Sequence[AnyCommand]) -> SendResult:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("sending")
        raise AssertionError

    queue = CommandQueue(send)
    asking = asyncio.create_task(queue.put(level("light-1")))
    await begun.wait()
    await queue.close()
    assert ended == ["sending"]
    with pytest.raises(HubUnansweredError):
        await asking


async def test_who_waits_for_what_is_not_known_yet_holds_nobody_up() -> None:
    known: asyncio.Future[HubError | None] = asyncio.get_running_loop().create_future()

    async def send(commands: Sequence[AnyCommand]) -> SendResult:
        pending = {
            place: known
            for place, command in enumerate(commands)
            if isinstance(command, SetVolume)
        }
        return SendResult((None,) * len(commands), pending=pending)

    queue = CommandQueue(send)
    volume = asyncio.create_task(queue.put(SetVolume(device_id="room", volume=0.5)))
    await queue.put(SetLevel(device_id="light", level=1.0))
    assert not volume.done()
    known.set_result(HubUnansweredError(Reason.UNANSWERED))
    with pytest.raises(HubUnansweredError):
        await volume
    known = asyncio.get_running_loop().create_future()
    volume = asyncio.create_task(queue.put(SetVolume(device_id="room", volume=0.5)))
    await asyncio.sleep(0.3)
    await queue.close()
    with pytest.raises(HubUnansweredError) as caught:
        await volume
    assert caught.value.reason is Reason.CLOSING
