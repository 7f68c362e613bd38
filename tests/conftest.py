"""What all tests have in common."""

import asyncio
from collections.abc import AsyncGenerator
import logging
import os

from hypothesis import settings
import pytest

# The same examples each time: a change fails for what it changed. scripts/fuzz, and
# HYPOTHESIS_PROFILE=default, look for what nobody has thought of.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

# Home Assistant's test plugin also writes each line to the terminal's error stream.
logging.getLogger().handlers.clear()
logging.getLogger("aiohttp.access").setLevel(logging.WARNING)


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Leave the debug mode of the event loop off: it takes a third of all time."""


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Capture what owners can see; Home Assistant's plugin takes all debug lines."""
    caplog.set_level(logging.INFO)
    return caplog


@pytest.fixture
async def silent(socket_enabled: None) -> AsyncGenerator[int]:
    """Return a port that takes everything and says nothing, as behind some firewalls."""

    async def say_nothing(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while await reader.read(1000):
            pass
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
