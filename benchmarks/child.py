"""The simulated house, in a process of its own: `python -m benchmarks.child KIND N COUNT`.

It takes questions as lines of JSON, and answers each with one. Moments are those of
the machine's monotonic clock, which both processes share.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
import json
import sys
import time
from typing import Any

from simulator.clock import RealClock
from simulator.crestron import CrestronProcessor, Sequence
from simulator.homeseer import HomeSeerSystem, generated_system
from simulator.house import Device, Sensor
from simulator.samples import generated_house

from .const import CRESTRON, TOKEN

type System = CrestronProcessor | HomeSeerSystem


def _make(kind: str, size: int) -> CrestronProcessor | HomeSeerSystem:
    clock = RealClock()
    if kind == CRESTRON:
        # What is measured is the way, not how long a processor thinks.
        return CrestronProcessor(
            generated_house(size, clock),
            token=TOKEN,
            bridge_port=0,
            report_lag=0.0,
            command_latency=0.0,
        )
    return HomeSeerSystem(generated_system(size, clock), clock=clock, ascii_port=0)


class Child:
    """Answers the questions about the first of some systems."""

    def __init__(self, system: System, ports: list[int]) -> None:
        """Take the system and all ports; moments are told by the machine's clock."""
        self.system = system
        self._ports = ports
        self._origin = time.monotonic() - system.clock.now()
        self._calls = AsyncExitStack()

    def hello(self) -> dict[str, Any]:
        """Tell where the system is."""
        bridge = getattr(self.system, "bridge", None)
        return {
            "ports": self._ports,
            "ascii_port": getattr(self.system, "ascii_port", None),
            "bridge_port": bridge and bridge.port,
        }

    async def answer(self, asked: dict[str, Any]) -> Any:
        """Answer one question."""
        match asked["do"]:
            case "requests":
                return self._requests()
            case "change":
                return self._later(asked["after"], asked["id"], asked["value"])
            case "changes":
                return await self._changes(asked["changes"], asked["every"])
            case "hints":
                return await self._hint(asked["url"], asked["answer_seconds"])
        raise ValueError(asked["do"])

    async def _hint(self, url: str | None, answer_seconds: float) -> None:
        """Call a web hook at each change from now on, or none; answer slowly."""
        system = self.system
        assert isinstance(system, CrestronProcessor)
        system.change(answer_seconds=answer_seconds)
        await self._calls.aclose()
        if url is not None:
            where, _, query = url.partition("?")
            sequence = Sequence(system.house, where, names_list=bool(query))
            await self._calls.enter_async_context(sequence)

    def _requests(self) -> list[dict[str, Any]]:
        """Tell what came in since this was asked last."""
        told = [
            {"method": each.method, "path": each.path, "at": each.at + self._origin}
            for each in self.system.requests
        ]
        self.system.requests.clear()
        return told

    def _later(self, after: float, number: int, value: float) -> float:
        """Change something in some seconds; tells when that will be."""
        asyncio.get_running_loop().call_later(after, self._change(number, value))
        return time.monotonic() + after

    async def _changes(
        self, changes: list[tuple[int, float]], every: float
    ) -> list[float]:
        """Change one thing after the other; tells when each was."""
        moments = []
        begun = time.monotonic()
        for at, (number, value) in enumerate(changes):
            await asyncio.sleep(begun + at * every - time.monotonic())
            moments.append(time.monotonic())
            self._change(number, value)()
        return moments

    def _change(self, number: int, value: float) -> Callable[[], None]:
        system = self.system
        if isinstance(system, HomeSeerSystem):
            feature = system.model.by_ref(number)
            return lambda: feature.set(value)
        device = system.house.get(number)
        assert isinstance(device, Device)
        if isinstance(device, Sensor):
            return lambda: device.jump("presence", bool(value))
        what = {"light": "level", "lock": "locked"}.get(device.kind, "position")
        return lambda: device.jump(what, value)


async def _serve(kind: str, size: int, count: int) -> None:
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    async with AsyncExitStack() as running:
        systems: list[System] = [
            await running.enter_async_context(_make(kind, size)) for _ in range(count)
        ]
        child = Child(systems[0], [each.port for each in systems])
        print(json.dumps(child.hello()), flush=True)
        while line := await reader.readline():
            print(json.dumps(await child.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
