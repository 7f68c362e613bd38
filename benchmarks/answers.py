"""How soon a change at a processor is seen, by how long it takes to answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import time
from typing import Any

from homeassistant.core import HomeAssistant

from .common import of_domain
from .const import CRESTRON
from .far import Far, serving
from .naive import NaiveClient
from .report import markdown
from .rig import Ears, entry_of, home, set_up

SIZE = 64
# Seconds an answer, and the most that a change may take to be seen: what people wait
# for, and everything.
TARGETS: Mapping[float, tuple[float, float]] = {
    0.05: (2.2, 5.0),
    0.15: (3.5, 7.0),
    0.3: (6.0, 13.0),
    0.5: (10.0, 20.0),
    1.0: (18.0, 40.0),
}
# The most of one connection's time that reads may take.
SHARE = 1 / 3
CHANGES = 8
PEOPLE_WAIT_FOR, THE_REST = ("binary_sensor",), ("light", "cover")
TITLES = (
    "an answer takes, s",
    "doors, windows, motion, s",
    "target",
    "lights and shades, s",
    "target",
    "share of a connection",
    "target",
    "naive, s",
    "reached",
)


PAGE = """
## Crestron Home processors that are slow

The longest time from a change by hand to its state, nobody having asked for anything,
by how long the processor takes over each answer; {size} devices. Reads leave the
processor two thirds of the time. **naive** asks for one device after the other, again
and again, with no time in between: what changes just after it was asked for waits
for as long.

"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was measured where each answer takes some seconds.

    `urgent` and `rest` are the longest times from a change to its state, `share` is the
    part of one connection's time that reads took, and `naive` is how long a client that
    asks for one device after the other takes until it asks for the first again.
    """

    seconds: float
    urgent: float
    rest: float
    share: float
    naive: float

    @property
    def reached(self) -> bool:
        """Whether all targets are reached."""
        urgent, rest = TARGETS[self.seconds]
        return self.urgent <= urgent and self.rest <= rest and self.share <= SHARE

    def cells(self) -> list[str]:
        """Return the line of the table."""
        urgent, rest = TARGETS[self.seconds]
        return [
            f"{self.seconds:g}",
            *(f"{self.urgent:.1f}", f"≤ {urgent:g}"),
            *(f"{self.rest:.1f}", f"≤ {rest:g}"),
            *(f"{self.share:.2f}", f"≤ {SHARE:.2f}"),
            f"{self.naive:.1f}",
            "yes" if self.reached else "NO",
        ]


def section(measured: Sequence[Answers]) -> str:
    """Return the part of the documentation's page."""
    if not measured:
        return ""
    lines = [list(TITLES), *(each.cells() for each in measured)]
    return PAGE.format(size=SIZE) + markdown(lines) + "\n"


async def measure() -> list[Answers]:
    """Measure processors that answer in different times, all at once."""
    return await asyncio.gather(*map(_measure_one, TARGETS))


async def _measure_one(seconds: float) -> Answers:
    ours, naive = await asyncio.gather(_ours(seconds), _naive(seconds))
    return Answers(seconds, *ours, naive)


async def _naive(seconds: float) -> float:
    """Return what one round of a client takes that asks for each device by itself.

    What changes just after it was asked for is seen when it is asked for again.
    """
    async with serving(CRESTRON, SIZE) as far, home() as hass:
        await far.hint(None, seconds)
        client = NaiveClient(hass, far, SIZE)
        await client.set_up()
        begun = time.monotonic()
        await client.poll()
        return time.monotonic() - begun


async def _ours(seconds: float) -> tuple[float, float, float]:
    async with serving(CRESTRON, SIZE) as far, home() as hass:
        await far.hint(None, seconds)
        await set_up(hass, entry_of(far))
        # The first reads also ask what is asked only once, and once again.
        await asyncio.sleep(8 + 20 * seconds)
        await far.requests()
        await asyncio.sleep(10 + 40 * seconds)
        share = seconds * _rate(await far.requests())
        ears = Ears(hass)
        # Not in step with the reads.
        every = TARGETS[seconds][1] / CHANGES * 1.07
        urgent, rest = [
            [
                await ears.wait(moment, entity_id, None, 120)
                for moment, entity_id in changes
            ]
            for changes in await asyncio.gather(
                *(
                    _change(hass, far, each, every)
                    for each in (PEOPLE_WAIT_FOR, THE_REST)
                )
            )
        ]
        return max(urgent), max(rest), share


def _rate(requests: list[dict[str, Any]]) -> float:
    """Return the requests in a second, of what was asked for again and again."""
    moments: dict[str, list[float]] = {}
    for request in requests:
        moments.setdefault(request["path"], []).append(request["at"])
    return sum(
        (len(each) - 1) / (each[-1] - each[0])
        for each in moments.values()
        if len(each) > 1
    )


async def _change(
    hass: HomeAssistant, far: Far, domains: tuple[str, ...], every: float
) -> list[tuple[float, str]]:
    """Change things by hand, one after the other; returns when each was."""
    changed = []
    for entity_id, number in list(of_domain(hass, *domains).items())[:CHANGES]:
        on = hass.states.get(entity_id)
        value = 0.0 if on is not None and on.state in {"on", "open"} else 1.0
        changed.append((await far.change(number, value), entity_id))
        await asyncio.sleep(every)
    return changed
