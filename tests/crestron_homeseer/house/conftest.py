"""What is tested here knows nothing of Home Assistant, and starts none."""

import asyncio
import selectors
from typing import Any

from hypothesis import settings
import pytest

# How long an example takes depends on what else the computer does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""


@pytest.fixture
async def simulated_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the loop's clock jump to whatever is waited for, instead of waiting."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, asyncio.SelectorEventLoop)
    # Its name is private, but the clock of a loop has no other door.
    selector: selectors.BaseSelector = loop._selector  # type: ignore[attr-defined]
    select, now = selector.select, loop.time()

    def jump(timeout: float | None = None) -> list[Any]:
        nonlocal now
        events = select(0 if timeout is not None else None)
        now += 0 if events else timeout or 0
        return events

    monkeypatch.setattr(selector, "select", jump)
    monkeypatch.setattr(loop, "time", lambda: now)
