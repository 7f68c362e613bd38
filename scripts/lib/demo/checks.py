"""Asks for something in Home Assistant, and waits until it is seen to have happened."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
import time

from .errors import DemoError

LOOK_EVERY = 0.2
# What Home Assistant shows has to be shown still, so long after the hub's word.
LASTS = 2.5

# Looks once; returns what is seen, or None while it is not yet so.
type Look = Callable[[], Awaitable[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to ask for.

    `hub` looks at the hub itself, through its own API; `home` at Home Assistant.
    `prepare` brings about what has to be there first, and is not timed.
    """

    asked: str
    act: Callable[[], Awaitable[None]]
    hub: Look
    home: Look
    prepare: Callable[[], Awaitable[None]] | None = None
    within: float = 45.0


@dataclass(frozen=True, slots=True)
class Result:
    """How a check went; seconds are None where it was never seen."""

    asked: str
    happened: str
    hub: float | None = None
    home: float | None = None

    @property
    def good(self) -> bool:
        """Return whether it happened, and is shown."""
        return self.hub is not None and self.home is not None


async def run(check: Check) -> Result:
    """Carry out one check."""
    try:
        if check.prepare is not None:
            await check.prepare()
        elif (seen := await check.hub()) is not None:
            return Result(check.asked, f"nothing was tried: it was {seen} before")
        start = time.monotonic()
        await check.act()
        hub, home = await asyncio.gather(
            _wait(check.hub, start, check.within),
            _wait(check.home, start, check.within),
        )
        if hub[0] is None:
            return Result(check.asked, "the hub does not confirm it", None, home[1])
        if home[0] is None:
            return Result(check.asked, f"{hub[0]}, which is not shown", hub[1])
        await asyncio.sleep(LASTS)
        if await check.home() is None:
            return Result(check.asked, f"{hub[0]}, no longer shown", hub[1])
    except DemoError as error:
        return Result(check.asked, str(error))
    return Result(check.asked, hub[0], hub[1], home[1])


async def _wait(
    look: Look, start: float, within: float
) -> tuple[str | None, float | None]:
    while True:
        seen = await look()
        now = time.monotonic() - start
        if seen is not None:
            return seen, now
        if now > within:
            return None, None
        await asyncio.sleep(LOOK_EVERY)


async def run_all(checks: Sequence[Check]) -> list[Result]:
    """Carry out all checks at once, as in a house full of people."""
    return await asyncio.gather(*(run(check) for check in checks))


def table(hub: str, results: Sequence[Result]) -> str:
    """Put results into an aligned table."""
    head = ("", "asked", "what happened", f"confirmed by {hub}", "shown in HA")
    rows = [head] + [
        (
            "ok" if result.good else "BAD",
            result.asked,
            result.happened,
            _seconds(result.hub),
            _seconds(result.home),
        )
        for result in results
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"after {value:.1f} s"
