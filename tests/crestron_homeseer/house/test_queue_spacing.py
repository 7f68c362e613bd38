"""A finger on a slider does not flood a hub, and nobody else waits for it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import pairwise

import pytest

from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetColor,
    SetLevel,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import PressTransport
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    HubCommandError,
    HubConnectionError,
    Reason,
    SendResult,
)
from custom_components.crestron_homeseer.house.kinds import Transport
from custom_components.crestron_homeseer.house.queue import SPACING, CommandQueue

RED, BLUE = (255, 0, 0), (0, 0, 255)


class Sender:
    """Notes what is sent, and when; each answer takes so many seconds."""

    def __init__(self) -> None:
        self.answer_time = 0.0
        self.sent: list[tuple[float, AnyCommand]] = []
        self.error: HubCommandError | None = None
        self.under_way = 0

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        assert self.under_way == 0
        self.under_way += 1
        now = asyncio.get_running_loop().time()
        self.sent.extend((now, command) for command in commands)
        await asyncio.sleep(self.answer_time)
        self.under_way -= 1
        return SendResult((self.error,) * len(commands))

    @property
    def commands(self) -> list[AnyCommand]:
        return [command for _, command in self.sent]

    def gaps(self, device_id: str) -> list[float]:
        """Return the seconds between what one device was sent."""
        at = [at for at, command in self.sent if command.device_id == device_id]
        return [later - sooner for sooner, later in pairwise(at)]


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
async def queue(sender: Sender) -> AsyncGenerator[CommandQueue]:
    queue = CommandQueue(sender.send)
    yield queue
    await queue.close()


def level(device_id: str, level: float = 1.0) -> SetLevel:
    return SetLevel(device_id=device_id, level=level)


async def drag(
    queue: CommandQueue, make: Callable[[float], AnyCommand], seconds: float
) -> list[BaseException | None]:
    """Ask for something else each 50 ms, and return what became of each wish."""
    steps = round(seconds / 0.05)
    puts = []
    for step in range(1, steps + 1):
        puts.append(asyncio.create_task(queue.put(make(step / steps))))
        await asyncio.sleep(0.05)
    async with asyncio.timeout(10):
        return await asyncio.gather(*puts, return_exceptions=True)


@pytest.mark.parametrize("answer_time", [0.0, 0.05, 0.7])
async def test_a_slider_sends_five_times_a_second_at_most_and_its_last_value(
    queue: CommandQueue, sender: Sender, answer_time: float
) -> None:
    sender.answer_time = answer_time
    learned = await drag(queue, lambda value: level("light-1", value), 1.5)
    assert learned == [None] * 30
    levels = [each.level for each in sender.commands if isinstance(each, SetLevel)]
    assert levels == sorted(set(levels))
    assert levels[-1] == 1.0
    assert min(sender.gaps("light-1")) >= max(SPACING, answer_time) - 0.001
    # A quick hub follows the finger, too.
    assert len(levels) >= (6 if answer_time < 0.1 else 3)


async def test_the_first_wish_goes_out_at_once_and_so_do_those_of_others(
    queue: CommandQueue, sender: Sender
) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await queue.put(level("light-1", 0.1))
    held = asyncio.create_task(queue.put(level("light-1", 0.2)))
    await asyncio.sleep(0.03)
    await queue.put(level("light-2"))
    assert sender.commands == [level("light-1", 0.1), level("light-2")]
    assert loop.time() - began < SPACING
    await held
    assert sender.commands[2:] == [level("light-1", 0.2)]


async def test_after_a_while_a_wish_goes_out_at_once_again(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(level("light-1", 0.1))
    await asyncio.sleep(SPACING)
    async with asyncio.timeout(SPACING / 2):
        await queue.put(level("light-1", 0.2))


async def test_a_stop_never_waits_for_the_move_before_it(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(MoveTo(device_id="shade-1", position=1.0))
    held = asyncio.create_task(queue.put(MoveTo(device_id="shade-1", position=0.5)))
    await asyncio.sleep(0.02)
    async with asyncio.timeout(SPACING / 2):
        await queue.put(StopMoving(device_id="shade-1"))
        await held
    assert sender.commands == [
        MoveTo(device_id="shade-1", position=1.0),
        StopMoving(device_id="shade-1"),
    ]


async def test_what_one_device_is_asked_for_stays_in_its_order(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(SetColor(device_id="light-1", color=RED))
    both = [SetColor(device_id="light-1", color=BLUE), level("light-1", 0.4)]
    await asyncio.gather(queue.put(*both), queue.put(level("light-2")))
    assert sender.commands[1:] == [level("light-2"), *both]


async def test_each_press_of_a_key_goes_out_at_once(
    queue: CommandQueue, sender: Sender
) -> None:
    press = PressTransport(device_id="mediaroom-1", key=Transport.NEXT)
    async with asyncio.timeout(SPACING):
        for _ in range(3):
            await queue.put(press)
    assert sender.commands == [press] * 3


async def test_a_group_on_a_slider_is_sent_together(
    queue: CommandQueue, sender: Sender
) -> None:
    lights = [f"light-{number}" for number in range(20)]
    for step in (0.2, 0.6, 1.0):
        await asyncio.gather(*(queue.put(level(light, step)) for light in lights))
    moments = {at for at, _ in sender.sent}
    assert len(sender.sent) == 60
    assert len(moments) == 3


async def test_whose_wish_was_overtaken_learns_what_became_of_the_last(
    queue: CommandQueue, sender: Sender
) -> None:
    sender.error = HubCommandError(Reason.DECLINED)
    learned = await drag(queue, lambda value: level("light-1", value), 0.3)
    assert learned == [sender.error] * 6


async def test_closing_tells_whose_wish_was_held_back(
    queue: CommandQueue, sender: Sender
) -> None:
    await queue.put(level("light-1", 0.1))
    held = asyncio.create_task(queue.put(level("light-1", 0.2)))
    await asyncio.sleep(0.05)
    await queue.close()
    with pytest.raises(HubConnectionError, match=Reason.CLOSING):
        await held
    assert sender.commands == [level("light-1", 0.1)]
