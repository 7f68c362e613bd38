"""One conversation at a time; commands go first."""

import asyncio

import pytest

from custom_components.crestron_homeseer.house import connection as gate_module
from custom_components.crestron_homeseer.house.connection import Gate


class Visitors:
    """Goes through a gate, stays inside until told, and notes who was there."""

    def __init__(self, gate: Gate | None = None) -> None:
        self.gate = gate or Gate()
        self.entered: list[str] = []
        self.inside = 0
        self.crowd = 0
        self._leave: dict[str, asyncio.Event] = {}

    async def visit(self, name: str, *, command: bool) -> None:
        async with self.gate.enter(command=command):
            self.entered.append(name)
            self.inside += 1
            self.crowd = max(self.crowd, self.inside)
            try:
                await self._leave[name].wait()
            finally:
                self.inside -= 1

    async def come(self, name: str, *, command: bool = False) -> asyncio.Task[None]:
        self._leave[name] = asyncio.Event()
        task = asyncio.create_task(self.visit(name, command=command))
        await asyncio.sleep(0)
        return task

    def go(self, name: str) -> None:
        self._leave[name].set()

    def all_go(self) -> None:
        for leave in self._leave.values():
            leave.set()


@pytest.fixture
def visitors() -> Visitors:
    return Visitors()


async def test_an_open_gate_lets_in_at_once(visitors: Visitors) -> None:
    task = await visitors.come("one")
    assert visitors.entered == ["one"]
    visitors.go("one")
    await task


async def test_one_at_a_time_in_the_order_they_came(visitors: Visitors) -> None:
    tasks = [await visitors.come(name) for name in "abcd"]
    assert visitors.entered == ["a"]
    visitors.all_go()
    await asyncio.gather(*tasks)
    assert visitors.entered == list("abcd")
    assert visitors.crowd == 1


async def test_commands_overtake_reads_but_not_each_other(visitors: Visitors) -> None:
    tasks = [
        await visitors.come("read 1"),
        await visitors.come("read 2"),
        await visitors.come("read 3"),
        await visitors.come("command 1", command=True),
        await visitors.come("command 2", command=True),
    ]
    visitors.all_go()
    await asyncio.gather(*tasks)
    assert visitors.entered == ["read 1", "command 1", "command 2", "read 2", "read 3"]


async def test_nobody_slips_in_while_a_turn_is_handed_over(visitors: Visitors) -> None:
    first = await visitors.come("first")
    second = await visitors.come("second")
    visitors.go("first")
    await first
    # The gate is the second's by now, whether or not it has noticed.
    third = await visitors.come("third")
    visitors.all_go()
    await asyncio.gather(second, third)
    assert visitors.entered == ["first", "second", "third"]
    assert visitors.crowd == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "HANGS_AFTER", 0.02)


@pytest.mark.usefixtures("impatient")
async def test_nobody_waits_for_a_read_that_hangs_but_no_third_one_begins(
    visitors: Visitors,
) -> None:
    tasks = [await visitors.come(name) for name in ("read 1", "read 2", "read 3")]
    assert visitors.entered == ["read 1"]
    await asyncio.sleep(0.03)
    assert visitors.entered == ["read 1", "read 2"]
    tasks.append(await visitors.come("command", command=True))
    assert visitors.entered == ["read 1", "read 2"]
    await asyncio.sleep(0.03)
    assert visitors.entered == ["read 1", "read 2", "command"]
    visitors.all_go()
    await asyncio.gather(*tasks)
    assert visitors.entered == ["read 1", "read 2", "command", "read 3"]


@pytest.mark.usefixtures("impatient")
async def test_where_all_reads_hang_two_are_enough(visitors: Visitors) -> None:
    tasks = [await visitors.come(name) for name in "abc"]
    await asyncio.sleep(0.08)
    assert visitors.entered == ["a", "b"]
    visitors.all_go()
    await asyncio.gather(*tasks)


@pytest.mark.usefixtures("impatient")
async def test_what_is_always_slow_does_not_hang(visitors: Visitors) -> None:
    first = await visitors.come("first")
    await asyncio.sleep(0.1)
    visitors.go("first")
    await first
    assert visitors.gate.hang_timeout > 0.25
    tasks = [await visitors.come(name) for name in ("second", "third")]
    await asyncio.sleep(0.05)
    assert visitors.entered == ["first", "second"]
    visitors.all_go()
    await asyncio.gather(*tasks)


async def test_so_many_commands_go_at_once_and_no_read_beside_them() -> None:
    visitors = Visitors(Gate(2))
    tasks = [await visitors.come(name, command=True) for name in "abc"]
    tasks.append(await visitors.come("read"))
    assert visitors.entered == ["a", "b"]
    visitors.go("a")
    await tasks[0]
    await asyncio.sleep(0)
    assert visitors.entered == ["a", "b", "c"]
    visitors.all_go()
    await asyncio.gather(*tasks)
    assert visitors.entered == ["a", "b", "c", "read"]


async def test_an_empty_gate_is_open_again(visitors: Visitors) -> None:
    for name in "ab":
        task = await visitors.come(name)
        visitors.go(name)
        await task
    assert visitors.entered == ["a", "b"]


async def test_who_fails_inside_leaves_the_gate_open(visitors: Visitors) -> None:
    with pytest.raises(ValueError, match="broken"):
        async with visitors.gate.enter():
            raise ValueError("broken")
    task = await visitors.come("next")
    assert visitors.entered == ["next"]
    visitors.go("next")
    await task


async def test_who_is_cancelled_inside_lets_the_next_in(visitors: Visitors) -> None:
    first = await visitors.come("first")
    second = await visitors.come("second")
    first.cancel()
    visitors.all_go()
    await asyncio.wait([first, second])
    assert first.cancelled()
    assert visitors.entered == ["first", "second"]


@pytest.mark.parametrize("command", [False, True])
async def test_who_is_cancelled_while_waiting_loses_only_its_own_turn(
    visitors: Visitors, command: bool
) -> None:
    first = await visitors.come("first")
    gone = await visitors.come("gone", command=command)
    last = await visitors.come("last", command=command)
    gone.cancel()
    await asyncio.wait([gone])
    visitors.all_go()
    await asyncio.gather(first, last)
    assert gone.cancelled()
    assert visitors.entered == ["first", "last"]


async def test_who_is_cancelled_with_its_turn_in_hand_passes_it_on(
    visitors: Visitors,
) -> None:
    async with visitors.gate.enter():
        gone = await visitors.come("gone")
        last = await visitors.come("last")
    # The turn is given by now, and who has it has not noticed yet.
    gone.cancel()
    visitors.all_go()
    await asyncio.wait_for(last, 5)
    assert gone.cancelled()
    assert visitors.entered == ["last"]


async def test_who_is_cancelled_in_the_moment_the_turn_would_come_is_passed_over(
    visitors: Visitors,
) -> None:
    first = await visitors.come("first")
    gone = await visitors.come("gone")
    last = await visitors.come("last")
    # Both in one step: the turn is handed over before the cancelled one can go.
    visitors.go("first")
    gone.cancel()
    visitors.all_go()
    await asyncio.wait_for(asyncio.gather(first, last), 5)
    assert gone.cancelled()
    assert visitors.entered == ["first", "last"]


async def test_a_gate_is_open_after_all_who_waited_were_cancelled(
    visitors: Visitors,
) -> None:
    first = await visitors.come("first")
    gone = [await visitors.come(name) for name in ("one", "other")]
    visitors.go("first")
    for task in gone:
        task.cancel()
    await asyncio.wait([first, *gone])
    last = await visitors.come("last")
    assert visitors.entered == ["first", "last"]
    visitors.go("last")
    await last
