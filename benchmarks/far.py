"""The simulated house as it is seen from here: another process."""

import asyncio
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
import json
from pathlib import Path
import sys
from typing import Any


@dataclass(slots=True)
class Far:
    """A system in a process of its own."""

    kind: str
    process: Process
    port: int
    ascii_port: int | None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def _ask(self, **question: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        async with self._asking:
            self.process.stdin.write(f"{json.dumps(question)}\n".encode())
            return json.loads(await self.process.stdout.readline())

    async def requests(self) -> list[dict[str, Any]]:
        """Return what came in since this was asked last."""
        told: list[dict[str, Any]] = await self._ask(do="requests")
        return told

    async def change(self, number: int, value: float, after: float = 0.0) -> float:
        """Change something at the wall; returns the moment at which it happens."""
        return float(await self._ask(do="change", id=number, value=value, after=after))

    async def changes(
        self, changes: Sequence[tuple[int, float]], every: float
    ) -> list[float]:
        """Change one thing after the other; returns the moments, at the end."""
        told: list[float] = await self._ask(do="changes", changes=changes, every=every)
        return told


@asynccontextmanager
async def serving(
    kind: str, size: int, answer_seconds: float = 0.0
) -> AsyncGenerator[Far]:
    """Serve a house of some size, that takes its time over each answer."""
    process = await create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks.child", kind, str(size), str(answer_seconds)),
        stdin=PIPE,
        stdout=PIPE,
        limit=2**24,
        cwd=Path(__file__).parents[1],
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        hello = json.loads(await process.stdout.readline())
        yield Far(kind, process, hello["port"], hello["ascii_port"])
    finally:
        process.stdin.close()
        await process.wait()
