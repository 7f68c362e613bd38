"""Many processors in one Home Assistant: how they start, and what they cost at rest."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
import socket
import time
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState

from .const import CRESTRON
from .far import serving
from .rig import blocks, entry_of, home, watching

# Together they have some 10,000 entities.
PROCESSORS, DEVICES = 20, 300
# What comes after a start, as the second survey, is no rest; then it is measured.
SETTLED, IDLE = 30.0, 30.0


@contextmanager
def sending() -> Generator[list[float]]:
    """Take the seconds that the kernel needs to send each request.

    Over loopback it does the other process's part, too: that is none of ours.
    """
    took: list[float] = []
    send = socket.socket.send

    def timed(sock: socket.socket, data: bytes) -> int:
        begun = time.thread_time()
        try:
            return send(sock, data)
        finally:
            took.append(time.thread_time() - begun)

    with patch.object(socket.socket, "send", timed, create=True):
        yield took


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
        with watching() as seen, sending() as sent:
            spent, begun = time.process_time(), time.monotonic()
            await asyncio.sleep(idle)
            rested = time.monotonic() - begun
            spent = time.process_time() - spent
        return {
            "many": count,
            "many_entities": len(hass.states.async_all()),
            "many_setup": took,
            "many_block": block.cpu * 1000,
            "many_writes": seen.writes,
            "many_idle": spent / rested * 100,
            "many_sending": sum(sent) / rested * 100,
        }
