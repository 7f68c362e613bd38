"""Runs the probe as people do: as a process."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import os
from pathlib import Path
import sys

ROOT = Path(__file__).parents[2]

# What Home Assistant's packages the probe has imported, said at the end.
CODE = """
import runpy, sys
try:
    runpy.run_module("scripts.lib.probe", run_name="__main__", alter_sys=True)
finally:
    if "homeassistant" in sys.modules:
        print("HOME ASSISTANT WAS IMPORTED", file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    code: int | None
    out: str
    err: str


@asynccontextmanager
async def started_probe(
    *arguments: str | Path, trusted: Path | None = None
) -> AsyncIterator[Process]:
    """Start the probe; it ends with the block, one way or another.

    It trusts no certificate but those of an authority, if one is given.
    """
    trust = {} if trusted is None else {"SSL_CERT_FILE": str(trusted)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-c",
        CODE,
        *map(str, arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **trust},
        # A house is one line of JSON.
        limit=1_000_000,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def run_probe(
    *arguments: str | Path, typed: str = "", trusted: Path | None = None
) -> Ended:
    """Run the probe to its end."""
    async with started_probe(*arguments, trusted=trusted) as process:
        out, err = await process.communicate(typed.encode())
    return Ended(process.returncode, out.decode(), err.decode())
