"""The parts of the demo that need no Home Assistant; `scripts/demo --check` is the rest."""

from collections.abc import Awaitable, Callable

import pytest

from scripts.lib.demo import checks
from scripts.lib.demo.checks import Check, Look, Result, run, table
from scripts.lib.demo.complaints import complaints
from scripts.lib.demo.errors import DemoError

USUAL = (
    "2026-11-21 04:12:12.392 WARNING (SyncWorker_0) [homeassistant.loader] We found"
    " a custom integration crestron_homeseer which has not been tested by Home"
    " Assistant."
)
OTHERS = (
    "2026-11-21 04:12:12.685 ERROR (MainThread) [haffmpeg.core] FFmpeg fails\n"
    "Traceback (most recent call last):\n"
    '  File "/home/me/crestron_homeseer/.venv/lib/x.py", line 224, in y'
)
FINE = (
    "2026-11-21 04:12:13.000 INFO (MainThread)"
    " [custom_components.crestron_homeseer] All is well"
)
WARNED = FINE.replace("INFO", "WARNING")
USED_WRONGLY = (
    "2026-11-21 04:12:13.000 WARNING (MainThread) [homeassistant.helpers.frame]"
    " Detected that custom integration 'crestron_homeseer' does wrong"
)
CRASHED = (
    f"{FINE}\nTraceback (most recent call last):\n"
    '  File "/config/custom_components/crestron_homeseer/cover.py", line 1, in z'
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing."""
    monkeypatch.setattr(checks, "LASTS", 0)
    monkeypatch.setattr(checks, "LOOK_EVERY", 0)


@pytest.mark.parametrize("text", [USUAL, OTHERS, FINE])
def test_what_is_not_our_fault(text: str) -> None:
    assert complaints(f"{FINE}\n{text}\n{FINE}") == []


@pytest.mark.parametrize("text", [WARNED, USED_WRONGLY, CRASHED])
def test_what_is_our_fault(text: str) -> None:
    assert complaints(f"{USUAL}\n{text}\n{OTHERS}") == [text]


def sees(*views: str | None) -> Look:
    """See one thing after the other, and the last one for ever."""
    left = list(views)

    async def look() -> str | None:
        return left.pop(0) if len(left) > 1 else left[0]

    return look


async def nothing() -> None:
    """Do nothing."""


async def refuse() -> None:
    """Fail as Home Assistant does when it refuses."""
    raise DemoError("Home Assistant refuses")


async def carried_out(
    hub: Look, home: Look, act: Callable[[], Awaitable[None]] = nothing
) -> Result:
    return await run(Check(asked="open", act=act, hub=hub, home=home, within=0.05))


async def test_what_happens_and_is_shown_is_good() -> None:
    result = await carried_out(sees(None, None, "open"), sees("opening", "open"))
    assert result.good
    assert result.happened == "open"
    assert table("the hub", [result]).splitlines()[1].startswith("ok  open   open")


@pytest.mark.parametrize(
    ("hub", "home", "happened"),
    [
        (sees(None), sees("open"), "the hub does not confirm it"),
        (sees(None, "open"), sees(None), "open, which is not shown"),
        (sees(None, "open"), sees("open", None), "open, no longer shown"),
        (sees("open"), sees("open"), "nothing was tried: it was open before"),
    ],
)
async def test_what_is_bad(hub: Look, home: Look, happened: str) -> None:
    result = await carried_out(hub, home)
    assert not result.good
    assert result.happened == happened
    assert table("the hub", [result]).splitlines()[1].startswith("BAD")


async def test_a_refusal_is_bad() -> None:
    result = await carried_out(sees(None), sees(None), act=refuse)
    assert not result.good
    assert result.happened == "Home Assistant refuses"
