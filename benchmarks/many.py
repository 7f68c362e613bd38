"""Many processors in one Home Assistant: how they start, and what they cost at rest."""

import asyncio
import json
import logging
import sys
import time

from homeassistant.config_entries import ConfigEntryState

from .const import CRESTRON
from .far import serving
from .rig import blocks, entry_of, home, watching

# Together they have some 10,000 entities.
PROCESSORS, DEVICES = 20, 300
# The surveys 20 and 60 seconds after a start are no rest; then it is measured.
SETTLED, IDLE = 70.0, 30.0
# Counting costs as much as a read; it is done for so long, after it was measured.
COUNTED = 10.0


async def measure(
    count: int = PROCESSORS,
    size: int = DEVICES,
    settled: float = SETTLED,
    idle: float = IDLE,
) -> dict[str, float]:
    """Set up many processors at once, as at a start, and leave them alone.

    The simulated ones share a process of their own.
    """
    async with serving(CRESTRON, size, count) as far, home() as hass:
        entries = [entry_of(each) for each in far.all]
        for entry in entries:
            entry.add_to_hass(hass)
        begun = time.perf_counter()
        async with blocks() as block:
            await asyncio.gather(
                *(hass.config_entries.async_setup(each.entry_id) for each in entries)
            )
            await hass.async_block_till_done()
        took = time.perf_counter() - begun
        assert {each.state for each in entries} == {ConfigEntryState.LOADED}
        await asyncio.sleep(settled)
        spent, begun = time.process_time(), time.monotonic()
        await asyncio.sleep(idle)
        spent = time.process_time() - spent
        rested = time.monotonic() - begun
        with watching() as seen:
            await asyncio.sleep(min(idle, COUNTED))
        return {
            "many": count,
            "many_entities": len(hass.states.async_all()),
            "many_setup": took,
            "many_block": block.cpu * 1000,
            "many_writes": seen.writes,
            "many_idle": spent / rested * 100,
        }


async def measure_alone() -> dict[str, float]:
    """Measure in a process of its own: what others left in this one costs time, too."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.many", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    found: dict[str, float] = json.loads(out)
    return found


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    print(json.dumps(asyncio.run(measure())))
