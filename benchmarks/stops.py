"""How far from where it should a shade comes to rest when it is stopped.

A processor has no command to stop. What a shade is measured by is its twin: the same
shade with the same motor, stopped by a key that works at the moment at which the
processor hears of ours.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
import copy
from dataclasses import dataclass, field
import json
from pathlib import Path
import random
import sys
from typing import Any

import aiohttp

from custom_components.crestron_homeseer.crestron.client import Address
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import MoveTo, StopMoving
from custom_components.crestron_homeseer.house.devices import House as Seen
from simulator.clock import Clock, ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, Motor, Room, Shade

REPORT = Path("docs/shade-stops.md")
TOKEN = "simulated-token"
ROUNDS = 15
# Reads after a command, and from then on, as Home Assistant's coordinator makes them.
FIRST_LOOK, LOOK_EVERY, IDLE = 0.6, 1.0, 5.0
# Nothing is read at exactly its time.
LATE = 0.15
# Seconds that a request takes to the processor, and its answer back.
ON_THE_WAY = (0.01, 0.08)
NAIVE, OURS, WALL = "last position", "this integration", "key on the wall"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of shade; up and down are the seconds of a whole travel."""

    name: str
    up: float
    down: float
    motor: Motor = field(default_factory=Motor)


KINDS = (
    Kind("fast", 8, 7),
    Kind("usual", 20, 18),
    Kind("slow", 45, 40),
    Kind("hears late (1.5 s, ± 10 %)", 20, 18, Motor(lag=1.5, unsteady=0.1)),
    Kind("fast, hears late (0.8 s)", 10, 9, Motor(lag=0.8)),
    Kind("gathers speed (1 s)", 20, 18, Motor(lag=0.2, ramp=1.0)),
    Kind("gathers speed slowly (2 s)", 30, 26, Motor(lag=0.5, ramp=2.0)),
    Kind("drifts (5 %)", 20, 18, Motor(lag=0.2, drift=0.05, seed=7)),
    Kind(
        "all of it", 24, 21, Motor(lag=1.2, unsteady=0.1, ramp=1.5, drift=0.05, seed=8)
    ),
    Kind(
        "all of it, fast",
        12,
        11,
        Motor(lag=0.6, unsteady=0.1, ramp=0.8, drift=0.05, seed=9),
    ),
)


def build(kinds: Sequence[Kind], clock: Clock) -> House:
    """Return a house with one shade of each kind."""
    house = House(clock)
    house.add(Room(1001, "Whole House"))
    for number, kind in enumerate(kinds, 1101):
        house.add(
            Shade(
                number,
                kind.name,
                1001,
                travel_seconds=kind.up,
                closing_seconds=kind.down,
                motor=kind.motor,
            )
        )
    return house


def twin_of(shade: Shade) -> Shade:
    """Return the same shade once more, which goes on as this one does."""
    twin = copy.copy(shade)
    twin.path = copy.deepcopy(shade.path)
    twin.tracks = {**shade.tracks, "position": twin.path}
    twin.changed = lambda _: None
    return twin


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: how far beside the twin, and how far backwards, in parts of the travel."""

    kind: str
    error: float
    backed: float


@dataclass(slots=True)
class Bench:
    """A processor with shades, and whoever reads and stops them."""

    session: aiohttp.ClientSession
    processor: CrestronProcessor
    clock: ManualClock
    shades: list[Shade]
    chance: random.Random
    hub: CrestronHub = field(init=False)
    seen: Seen | None = None

    async def restart(self, memory: dict[str, Any]) -> None:
        """Begin anew, with what is remembered and no motion seen."""
        self.hub = CrestronHub(
            self.session,
            Address(self.processor.host, self.processor.port, https=False),
            TOKEN,
            memory=memory,
            clock=self.clock.now,
        )
        self.seen = await self.hub.survey()

    async def look(self) -> None:
        """Read the shades."""
        assert self.seen is not None
        focus = [f"shade-{self.shades[0].id}"]
        self.seen = await self.hub.refresh(self.seen, focus)

    def looks(
        self, first: float = FIRST_LOOK, every: float = LOOK_EVERY
    ) -> Iterator[float]:
        """Yield the times of reads from now on."""
        moment = self.clock.now() + first
        while True:
            yield moment + self.chance.uniform(0, LATE)
            moment += every

    async def read_until(self, looks: Iterator[float], end: float) -> None:
        """Read as often as is due until a moment."""
        for moment in looks:
            if moment >= end:
                break
            self.clock.advance(max(0.0, moment - self.clock.now()))
            await self.look()
        self.clock.advance(max(0.0, end - self.clock.now()))

    async def go(self, target: float) -> None:
        """Send all shades to a position."""
        moves = [
            MoveTo(device_id=f"shade-{each.id}", position=target)
            for each in self.shades
        ]
        await self.hub.send(moves)

    async def run(self) -> None:
        """Let all shades open and close to the end."""
        longest = max(
            max(each.travel_seconds, each.closing_seconds) for each in self.shades
        )
        for target in (1.0, 0.0):
            await self.go(target)
            await self.read_until(self.looks(), self.clock.now() + longest * 1.1 + 8)

    async def stop(self, shade: Shade, how: str) -> Stop:
        """Stop a shade, and return how well."""
        twin, begun = twin_of(shade), self.clock.now()
        up = shade.target > shade.position
        if how == NAIVE:
            body = json.loads(await self.hub.client.get("shades"))
            (position,) = (
                each["position"] for each in body["shades"] if each["id"] == shade.id
            )
            item = {"id": shade.id, "position": position}
            await self.hub.client.post("shades/SetState", {"shades": [item]})
        else:
            await self.hub.send([StopMoving(device_id=f"shade-{shade.id}")])
        heard = self.processor.commands[-1].at
        assert heard >= begun, f"{shade!r} was not stopped"
        twin.stop(at=heard + self.processor.settings.command_latency)
        wanted = twin.path.at(twin.path.settled_at())
        places = [shade.path.at(begun + tick / 20) for tick in range(400)]
        far = max(places) - places[-1] if up else places[-1] - min(places)
        return Stop(shade.name, abs(places[-1] - wanted), far)

    async def trial(self, how: str, *, up: bool) -> list[Stop]:
        """Let all shades go, and stop each somewhere on its way."""
        for shade in self.shades:
            shade.position = 0.0 if up else 1.0
        self.clock.advance(5)
        await self.look()
        begun = self.clock.now()
        if how == WALL:
            for shade in self.shades:
                shade.move_to(float(up))
            # Nobody looks more often before the first motion is seen.
            looks = self.looks(self.chance.uniform(0, IDLE))
        else:
            await self.go(float(up))
            looks = self.looks()
        moments = sorted(
            (
                begun
                + shade.motor.lag
                + self.chance.uniform(0.35, 0.7)
                * (shade.travel_seconds if up else shade.closing_seconds),
                shade.id,
            )
            for shade in self.shades
        )
        by_id = {shade.id: shade for shade in self.shades}
        stops = []
        for moment, number in moments:
            await self.read_until(looks, moment)
            stops.append(await self.stop(by_id[number], how))
        self.clock.advance(10)
        return stops


async def measure(
    kinds: Sequence[Kind] = KINDS, rounds: int = ROUNDS, seed: int = 1
) -> dict[str, list[Stop]]:
    """Return all stops, by what was known of the shades."""
    clock = ManualClock()
    house = build(kinds, clock)
    chance = random.Random(seed)
    found: dict[str, list[Stop]] = {}
    async with (
        CrestronProcessor(house, token=TOKEN, clock=clock) as processor,
        aiohttp.ClientSession(middlewares=[_slowly(clock, chance)]) as session,
    ):
        bench = Bench(session, processor, clock, house.of(Shade), chance)
        for how in (NAIVE, OURS, WALL):
            found[how] = []
            await bench.restart({})
            if how == WALL:
                await bench.run()
            memory = bench.hub.memory
            for _ in range(rounds):
                for up in (True, False):
                    await bench.restart(copy.deepcopy(memory))
                    found[how] += await bench.trial(how, up=up)
    return found


def _slowly(clock: ManualClock, chance: random.Random) -> aiohttp.ClientMiddlewareType:
    """Have each request take time on its way there and back."""

    async def slowly(
        request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        clock.advance(chance.uniform(*ON_THE_WAY))
        answer = await send(request)
        clock.advance(chance.uniform(*ON_THE_WAY))
        return answer

    return slowly


def table(found: dict[str, list[Stop]]) -> list[str]:
    """Return the stops as a table in Markdown; percent of the travel, mean and worst."""
    names = list(dict.fromkeys(stop.kind for stops in found.values() for stop in stops))
    lines = [
        "| shade | " + " | ".join(found) + " |",
        "|---|" + "---:|" * len(found),
    ]
    for name in names:
        cells = [
            _cell([s.error for s in stops if s.kind == name])
            for stops in found.values()
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    cells = [f"**{_cell([stop.error for stop in stops])}**" for stops in found.values()]
    lines.append("| **all** | " + " | ".join(cells) + " |")
    cells = [_cell([stop.backed for stop in stops]) for stops in found.values()]
    lines.append("| backs up by | " + " | ".join(cells) + " |")
    return lines


def _cell(values: list[float]) -> str:
    return f"{sum(values) / len(values) * 100:.1f} / {max(values) * 100:.1f}"


TEXT = """# Where shades stop

A Crestron Home processor has no command to stop a shade. It is stopped by sending it to
where it will be when the command arrives. This table says how far from there it came to
rest, in percent of its travel: on average / at worst. Measured by `scripts/stops` against
the simulator, {rounds} times upwards and downwards with each shade; the processor tells
positions 0.5 s late, and takes 0.3 s to pass a command on.

The first column is the plain way: to send a shade to the position that was read last.
The second is this integration's, of shades that it has never seen before. In the last
one, the motion was begun with a key on the wall: since when, nobody knows, so it goes by
how late the shade was when it last went from one end to the other by a command.

{table}

The last line says by how much the shades went backwards when they were stopped.
"""


def _rounds(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("must be a number from 1")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the page."""
    parser = argparse.ArgumentParser(
        prog="scripts/stops",
        description=f"Measures where stopped shades come to rest; writes {REPORT}.",
    )
    parser.add_argument(
        "rounds",
        nargs="?",
        type=_rounds,
        default=ROUNDS,
        help="stops of each shade, upwards and downwards (default: %(default)s)",
    )
    rounds = parser.parse_args(arguments).rounds
    lines = table(asyncio.run(measure(rounds=rounds)))
    print("\n".join(lines))
    REPORT.write_text(TEXT.format(rounds=rounds, table="\n".join(lines)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
