"""The simulated house, in a process of its own: `python -m benchmarks.child KIND N T`.

It takes questions as lines of JSON, and answers each with one. Moments are those of
the machine's monotonic clock, which both processes share.
"""

import asyncio
from collections.abc import Callable
import json
import sys
import time
from typing import Any

from simulator.clock import RealClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, generated_system
from simulator.house import Device, Sensor
from simulator.samples import generated_house

from .const import CRESTRON, TOKEN

type System = CrestronProcessor | HomeSeerSystem


def _make(kind: str, size: int, answer_seconds: float) -> System:
    clock = RealClock()
    if kind == CRESTRON:
        # What is measured is the way, not how long a processor thinks.
        return CrestronProcessor(
            generated_house(size, clock),
            token=TOKEN,
            report_lag=0.0,
            command_latency=0.0,
            answer_seconds=answer_seconds,
        )
    return HomeSeerSystem(
        generated_system(size, clock),
        clock=clock,
        ascii_port=0,
        answer_seconds=answer_seconds,
    )


class Child:
    """Answers the questions about one system."""

    def __init__(self, system: System) -> None:
        """Take the system; moments are told by the clock of the machine."""
        self.system = system
        self._origin = time.monotonic() - system.clock.now()

    def hello(self) -> dict[str, Any]:
        """Tell where the system is."""
        ascii_port = getattr(self.system, "ascii_port", None)
        return {"port": self.system.port, "ascii_port": ascii_port}

    async def answer(self, asked: dict[str, Any]) -> Any:
        """Answer one question."""
        match asked["do"]:
            case "requests":
                return self._requests()
            case "change":
                return self._later(asked["after"], asked["id"], asked["value"])
            case "changes":
                return await self._changes(asked["changes"], asked["every"])
        raise ValueError(asked["do"])

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
        what = "level" if device.kind == "light" else "position"
        return lambda: device.jump(what, value)


async def _serve(kind: str, size: int, answer_seconds: float) -> None:
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    async with _make(kind, size, answer_seconds) as system:
        child = Child(system)
        print(json.dumps(child.hello()), flush=True)
        while line := await reader.readline():
            print(json.dumps(await child.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
