"""What comes together goes out together, and everybody learns what became of it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest

from custom_components.crestron_homeseer.house import commands as ask, controls
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from custom_components.crestron_homeseer.house.kinds import Transport
from custom_components.crestron_homeseer.house.queue import (
    LAST_BATCH,
    LONGEST_GATHER,
    PAUSE,
    SPACING,
    CommandQueue,
)

pytestmark = pytest.mark.usefixtures("simulated_time")

OFFLINE = HubCommandError(Reason.DECLINED, "offline")
LOST = HubUnansweredError(Reason.UNANSWERED)
RED, BLUE = (255, 0, 0), (0, 0, 255)


class Sender:
    """Keeps the batches that it is given, and answers as it is told."""

    def __init__(self) -> None:
        self.batches: list[list[AnyCommand]] = []
        self.sent: list[tuple[float, AnyCommand]] = []
        self.errors: dict[str, HubError] = {}
        self.failure: Exception | None = None
        self.answers = 1000
        self.answer_time = 0.0
        self.in_flight = 0

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        assert self.in_flight == 0
        now = asyncio.get_running_loop().time()
        self.batches.append(list(commands))
        self.sent += [(now, command) for command in commands]
        self.in_flight += 1
        try:
            await asyncio.sleep(self.answer_time)
        finally:
            await asyncio.sleep(0)
            self.in_flight -= 1
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        errors = tuple(self.errors.get(command.device_id) for command in commands)
        return SendResult(errors[: self.answers])

    @property
    def commands(self) -> list[AnyCommand]:
        return [command for _, command in self.sent]


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
async def queue(sender: Sender) -> AsyncGenerator[CommandQueue]:
    queue = CommandQueue(sender.send)
    yield queue
    await queue.close()


def level(device_id: str, level: float = 1.0) -> ask.SetLevel:
    return ask.SetLevel(device_id=device_id, level=level)


async def put_all(
    queue: CommandQueue, *commands: AnyCommand
) -> list[BaseException | None]:
    """Put each command by itself, as entities do, and return what they learn."""
    puts = (queue.put(command) for command in commands)
    return await asyncio.gather(*puts, return_exceptions=True)


MOVE = ask.MoveTo(device_id="shade-1", position=1.0)
STOP = ask.StopMoving(device_id="shade-1")
BUTTON = controls.PressButton(device_id="a")
ROOMS = [
    ask.SetPower(device_id="mediaroom-1", on=True),
    ask.SetVolume(device_id="mediaroom-1", volume=0.3),
    ask.SetPower(device_id="mediaroom-2", on=True),
]
LIGHTS = [level(f"light-{number}") for number in range(40)]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (LIGHTS, LIGHTS),
        # The later one counts, and both callers learn what became of it.
        (
            [level("a", 0.2), level("b"), level("a", 0.5), level("a", 0.9)],
            [level("b"), level("a", 0.9)],
        ),
        ([MOVE, STOP], [STOP]),
        (ROOMS, ROOMS),
        # What means something each time is never merged.
        ([BUTTON, BUTTON], [BUTTON, BUTTON]),
    ],
)
async def test_what_comes_together_is_one_batch(
    queue: CommandQueue,
    sender: Sender,
    given: list[AnyCommand],
    sent: list[AnyCommand],
) -> None:
    assert await put_all(queue, *given) == [None] * len(given)
    assert sender.batches == [sent]
    # One caller may ask for several things, or for nothing.
    await asyncio.sleep(1)
    await queue.put(*given)
    assert sender.batches[1] == sender.batches[0]
    await queue.put()
    assert len(sender.batches) == 2


async def test_gathering_ends_with_the_first_pause_or_when_it_would_be_felt(
    queue: CommandQueue, sender: Sender
) -> None:
    assert 2 * PAUSE <= 0.06 < LONGEST_GATHER <= 0.1
    first = asyncio.create_task(queue.put(level("light-1")))
    await asyncio.sleep(PAUSE / 3)
    await asyncio.gather(first, queue.put(level("light-2")))
    await queue.put(level("light-3"))
    assert list(map(len, sender.batches)) == [2, 1]
    async with asyncio.TaskGroup() as group:
        for _ in range(30):
            group.create_task(queue.put(BUTTON))
            await asyncio.sleep(PAUSE / 3)
    assert 15 < len(sender.batches[2]) < 25


async def test_each_caller_gets_its_own_devices_error(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.errors = {"light-2": OFFLINE, "light-3": LOST}
    lights = LIGHTS[1:5]
    assert await put_all(queue, *lights) == [None, OFFLINE, LOST, None]
    both = await put_all(queue, level("light-2", 0.2), level("light-2", 0.9))
    assert both == [OFFLINE, OFFLINE]
    # Who asked for several things learns of the first that failed.
    with pytest.raises(HubCommandError) as caught:
        await queue.put(*lights)
    assert caught.value is OFFLINE


@pytest.mark.parametrize(
    ("failure", "answers", "learned"),
    [
        (HubConnectionError(Reason.REFUSED), 1000, [HubConnectionError] * 2),
        (RuntimeError("a bug"), 1000, [RuntimeError] * 2),
        (None, 2, [type(None), ValueError]),
    ],
)
async def test_nobody_waits_for_ever(
    queue: CommandQueue,
    sender: Sender,
    failure: Exception | None,
    answers: int,
    learned: list[type],
) -> None:
    sender.failure, sender.answers = failure, answers
    # Who stops waiting does not stop the command.
    gone = asyncio.create_task(queue.put(LIGHTS[2]))
    during = asyncio.create_task(put_all(queue, *LIGHTS[:2]))
    await asyncio.sleep(PAUSE / 3)
    gone.cancel()
    await asyncio.sleep(PAUSE * 2.5)
    # Whose command is not in the broken batch has it carried out.
    await queue.put(LIGHTS[3])
    assert list(map(type, await during)) == learned
    assert gone.cancelled()
    assert sender.batches == [[LIGHTS[2], *LIGHTS[:2]], [LIGHTS[3]]]


@pytest.mark.parametrize(
    ("answer_time", "error"),
    [
        # What is in flight comes to its end, if it does not take for ever.
        (LAST_BATCH - 1, None),
        # What went out may have been done: who is told that it was not does it twice.
        (LAST_BATCH + 9, HubUnansweredError),
    ],
)
async def test_closing_refuses_what_waits(
    sender: Sender, answer_time: float, error: type[HubError] | None
) -> None:
    queue = CommandQueue(sender.send)
    sender.answer_time = answer_time
    tasks = []
    for light in LIGHTS[:2]:
        tasks.append(asyncio.create_task(queue.put(light)))
        await asyncio.sleep(0.2)
    assert sender.in_flight == 1
    await queue.close()
    # When it is closed, nothing is sent any more.
    assert sender.in_flight == 0
    learned = await asyncio.gather(*tasks, return_exceptions=True)
    assert [each and type(each) for each in learned] == [error, HubConnectionError]
    assert str(learned[1]) == Reason.CLOSING
    assert sender.commands == LIGHTS[:1]
    await queue.close()
    with pytest.raises(HubConnectionError, match=Reason.CLOSING):
        await queue.put(LIGHTS[3])


async def test_closing_while_gathering_sends_nothing(sender: Sender) -> None:
    queue = CommandQueue(sender.send)
    waiting = asyncio.create_task(queue.put(LIGHTS[0]))
    await asyncio.sleep(PAUSE / 3)
    await queue.close()
    with pytest.raises(HubConnectionError, match=Reason.CLOSING):
        await waiting
    assert sender.batches == []


async def test_who_waits_for_what_is_not_known_yet_holds_nobody_up() -> None:
    known: asyncio.Future[HubError | None] = asyncio.Future()

    async def send(commands: Sequence[AnyCommand]) -> SendResult:
        pending = {at: known for at, each in enumerate(commands) if each == ROOMS[1]}
        return SendResult((None,) * len(commands), pending=pending)

    queue = CommandQueue(send)
    volume = asyncio.create_task(queue.put(ROOMS[1]))
    await queue.put(LIGHTS[0])
    assert not volume.done()
    known.set_result(LOST)
    with pytest.raises(HubUnansweredError):
        await volume
    known = asyncio.Future()
    volume = asyncio.create_task(queue.put(ROOMS[1]))
    await asyncio.sleep(1)
    await queue.close()
    with pytest.raises(HubUnansweredError, match=Reason.CLOSING):
        await volume


# A finger on a slider


async def drag(
    queue: CommandQueue, make: Callable[[float], AnyCommand], seconds: float
) -> list[BaseException | None]:
    """Ask for something else each 50 ms, and return what became of each command."""
    steps = round(seconds / 0.05)
    puts = []
    for step in range(1, steps + 1):
        puts.append(asyncio.create_task(queue.put(make(step / steps))))
        await asyncio.sleep(0.05)
    return await asyncio.gather(*puts, return_exceptions=True)


@pytest.mark.parametrize(("answer_time", "most"), [(0.0, 9), (0.05, 9), (0.7, 4)])
async def test_a_slider_sends_five_times_a_second_at_most_and_its_last_value(
    queue: CommandQueue,
    sender: Sender,
    answer_time: float,
    most: int,
) -> None:
    sender.answer_time = answer_time
    sender.errors = {"a": OFFLINE}
    learned = await drag(queue, lambda value: level("a", value), 1.5)
    assert learned == [OFFLINE] * 30
    levels: list[Any] = [getattr(each, "level", None) for each in sender.commands]
    assert levels == sorted(set(levels))
    assert levels[-1] == 1.0
    gaps = [later - sooner for (sooner, _), (later, _) in pairwise(sender.sent)]
    assert min(gaps) >= max(SPACING, answer_time) - 1e-6
    # A quick hub follows the finger, too.
    assert most - 2 <= len(levels) <= most


async def test_only_the_same_is_held_back_and_each_device_keeps_its_order(
    queue: CommandQueue, sender: Sender
) -> None:
    now = asyncio.get_running_loop().time
    began = now()
    await queue.put(MOVE, ask.SetColor(device_id="a", color=RED))
    held = [ask.SetColor(device_id="a", color=BLUE), level("a", 0.4)]
    waiting = asyncio.create_task(queue.put(*held))
    # Neither another light nor a stop waits for that.
    await queue.put(level("b"), STOP)
    press = controls.PressTransport(device_id="mediaroom-1", key=Transport.NEXT)
    for _ in range(2):
        await queue.put(press)
    assert now() < began + SPACING
    assert sender.commands[2:] == [level("b"), STOP, press, press]
    await waiting
    assert sender.commands[6:] == held
    assert now() - began == pytest.approx(SPACING, abs=4 * PAUSE)
