"""One conversation at a time; commands go first."""

import asyncio

import pytest

from custom_components.crestron_homeseer.house.connection import (
    HANGS,
    HANGS_AFTER,
    Gate,
)

pytestmark = pytest.mark.usefixtures("simulated_time")


class Visitors:
    """Goes through a gate, stays inside until told, and notes who was there.

    A name in capitals is that of a command.
    """

    def __init__(self, gate: Gate | None = None) -> None:
        self.gate = gate or Gate()
        self.entered = ""
        self.inside = 0
        self.crowd = 0
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._leave: dict[str, asyncio.Event] = {}

    async def _visit(self, name: str) -> None:
        async with self.gate.enter(command=name.isupper()):
            self.entered += name
            self.inside += 1
            self.crowd = max(self.crowd, self.inside)
            try:
                await self._leave[name].wait()
            finally:
                self.inside -= 1

    async def come(self, names: str) -> None:
        for name in names:
            self._leave[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._visit(name))
            await asyncio.sleep(0)

    def go(self, names: str) -> None:
        for name in names:
            self._leave[name].set()

    async def end(self) -> str:
        """Let all go, and return who entered, in order."""
        self.go("".join(self._leave))
        async with asyncio.timeout(5):
            await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        assert self.inside == 0
        return self.entered


@pytest.fixture
def visitors() -> Visitors:
    return Visitors()


@pytest.mark.parametrize(
    ("came", "entered"),
    [
        ("a", "a"),
        ("abcd", "abcd"),
        ("AB", "AB"),
        # Commands overtake reads, but not each other.
        ("abcDE", "aDEbc"),
        ("AbCd", "ACbd"),
    ],
)
async def test_one_at_a_time(visitors: Visitors, came: str, entered: str) -> None:
    await visitors.come(came)
    assert visitors.entered == came[0]
    assert await visitors.end() == entered
    assert visitors.crowd == 1
    # The gate is open again.
    await visitors.come("z")
    assert visitors.entered == f"{entered}z"
    await visitors.end()


async def test_nobody_slips_in_while_a_turn_is_handed_over(visitors: Visitors) -> None:
    await visitors.come("ab")
    visitors.go("a")
    await visitors.tasks["a"]
    # The gate is the second's by now, whether or not it has noticed.
    await visitors.come("c")
    assert await visitors.end() == "abc"
    assert visitors.crowd == 1


async def test_nobody_waits_for_a_read_that_hangs_but_no_third_one_begins(
    visitors: Visitors,
) -> None:
    await visitors.come("abc")
    assert visitors.entered == "a"
    await asyncio.sleep(HANGS_AFTER * 1.1)
    assert visitors.entered == "ab"
    await visitors.come("D")
    assert visitors.entered == "ab"
    await asyncio.sleep(HANGS_AFTER * 9)
    assert visitors.entered == "abD"
    assert await visitors.end() == "abDc"


async def test_where_all_reads_hang_two_are_enough(visitors: Visitors) -> None:
    await visitors.come("abc")
    await asyncio.sleep(HANGS_AFTER * 9)
    assert visitors.entered == "ab"
    assert await visitors.end() == "abc"


async def test_what_is_always_slow_does_not_hang(visitors: Visitors) -> None:
    await visitors.come("a")
    await asyncio.sleep(5)
    await visitors.end()
    assert visitors.gate.hang_timeout == pytest.approx(5 * HANGS)
    await visitors.come("bc")
    await asyncio.sleep(5 * HANGS - 0.1)
    assert visitors.entered == "ab"
    assert await visitors.end() == "abc"
    # Quick answers are learned slowly.
    assert 3 * HANGS < visitors.gate.hang_timeout < 15 * HANGS


async def test_so_many_commands_go_at_once_and_no_read_with_them() -> None:
    visitors = Visitors(Gate(2))
    await visitors.come("ABCd")
    # A command never hangs: nobody knows what it does.
    await asyncio.sleep(HANGS_AFTER * 9)
    assert visitors.entered == "AB"
    visitors.go("A")
    await visitors.tasks["A"]
    await asyncio.sleep(0)
    assert visitors.entered == "ABC"
    assert await visitors.end() == "ABCd"


async def test_who_fails_inside_leaves_the_gate_open(visitors: Visitors) -> None:
    for command in (False, True):
        with pytest.raises(ValueError, match="broken"):
            async with visitors.gate.enter(command=command):
                raise ValueError("broken")
    await visitors.come("a")
    assert visitors.entered == "a"
    await visitors.end()


@pytest.mark.parametrize(
    ("came", "cancelled", "entered"),
    [("ab", "a", "b"), ("AB", "A", "B"), ("aBC", "B", "Ca"), ("abc", "ab", "c")],
)
@pytest.mark.parametrize("moment", ["waiting", "at once", "turn in hand"])
async def test_who_is_cancelled_loses_only_its_own_turn(
    visitors: Visitors, came: str, cancelled: str, entered: str, moment: str
) -> None:
    async with visitors.gate.enter():
        await visitors.come(came)
        if moment != "turn in hand":
            for name in cancelled:
                visitors.tasks[name].cancel()
        if moment == "waiting":
            await asyncio.sleep(0)
    # The turn is given by now, and who has it has not noticed yet.
    for name in cancelled:
        visitors.tasks[name].cancel()
    assert await visitors.end() == entered
    await visitors.come("z")
    assert visitors.entered == f"{entered}z"
    await visitors.end()


async def test_who_is_cancelled_inside_lets_the_next_in(visitors: Visitors) -> None:
    await visitors.come("ab")
    visitors.tasks["a"].cancel()
    assert await visitors.end() == "ab"
    assert visitors.tasks["a"].cancelled()
