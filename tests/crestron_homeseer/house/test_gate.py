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

    async def play(self, script: str) -> None:
        """Let some come, or go after "-", or time pass; after "=" is who entered."""
        for step in script.split():
            if step[0] == "=":
                assert self.entered == step[1:]
            elif step[0] == "-":
                self.go(step[1:])
                await self.tasks[step[-1]]
            elif step[-1] == "s":
                await asyncio.sleep(HANGS_AFTER * float(step[:-1]))
            else:
                await self.come(step)


@pytest.fixture
def visitors() -> Visitors:
    return Visitors()


@pytest.mark.parametrize(
    ("script", "entered", "crowd"),
    [
        ("abcd =a", "abcd", 1),
        # Commands overtake reads, but not each other.
        ("AB =A", "AB", 1),
        ("abcDE =a", "aDEbc", 1),
        ("AbCd =A", "ACbd", 1),
        # Once a turn is handed over, the gate is the second's, which has not noticed.
        ("ab -a c", "abc", 1),
        # Nobody waits for a read that hangs, but no third one begins.
        ("abc =a 1.1s =ab D =ab 9s =abD", "abDc", 3),
        ("abc 9s =ab", "abc", 2),
    ],
)
async def test_one_at_a_time(
    visitors: Visitors, script: str, entered: str, crowd: int
) -> None:
    await visitors.play(script)
    assert await visitors.end() == entered
    assert visitors.crowd == crowd
    # The gate is open again.
    await visitors.play(f"z ={entered}z")
    await visitors.end()


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
    # A command never hangs: nobody knows what it does.
    await visitors.play("ABCd 9s =AB -A")
    await asyncio.sleep(0)
    assert visitors.entered == "ABC"
    assert await visitors.end() == "ABCd"


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


@pytest.mark.parametrize("name", "aA")
async def test_who_fails_or_is_cancelled_inside_lets_the_next_in(
    visitors: Visitors, name: str
) -> None:
    with pytest.raises(ValueError, match="broken"):
        async with visitors.gate.enter(command=name.isupper()):
            raise ValueError("broken")
    await visitors.come(f"{name}b")
    visitors.tasks[name].cancel()
    assert await visitors.end() == f"{name}b"
    assert visitors.tasks[name].cancelled()
