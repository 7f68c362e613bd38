"""Whatever goes wrong for hours: nothing is shown that is not so, and nothing done twice."""

import asyncio
import gc
import logging
import os
from pathlib import Path
import random
import re
import resource

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
import pytest

from simulator.clock import ManualClock

from .clockwork import Clockwork
from .conftest import ANSWER_SECONDS
from .diary import Diary, Errors
from .homes import Home
from .runner import Runner

# scripts/soak sets these; what is here is part of every test run.
MINUTES = float(os.environ.get("SOAK_MINUTES", "20"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
# From then on nothing is heard from an entry that is unloaded.
SILENCE = 70.0


def resident() -> float:
    """Return the memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


async def test_soak(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    clock: ManualClock,
    homes: tuple[Home, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Two houses live through random faults and people, by a seed."""
    diary, tasks = Diary(), asyncio.all_tasks()
    errors = Errors(diary)
    # Home Assistant spreads its timers by chance.
    random.seed(SEED)
    logging.getLogger().addHandler(errors)
    # Hours of lines would be most of the memory, and of the time.
    caplog.set_level(logging.ERROR)
    try:
        clockwork = Clockwork(hass, freezer, clock)
        # With the first, Home Assistant sets up all of them.
        await hass.config_entries.async_setup(homes[0].entry.entry_id)
        await clockwork.wait_until(clock.now() + 60)
        for home in homes:
            assert home.differences() == []
            home.hub.change(answer_seconds=ANSWER_SECONDS)
        mine, areas = belongings(hass)
        memory = resident()
        runner = Runner(hass, clockwork, homes, diary, SEED)
        await runner.run(MINUTES)
        after = resident()
        _compare(hass, mine, areas, diary)
        await _leave(hass, clockwork, homes, diary)
        for task in asyncio.all_tasks() - tasks:
            # The simulated hubs go on to serve.
            if "RequestHandler" not in repr(task.get_coro()):
                diary.complain("left over", repr(task))
    finally:
        logging.getLogger().removeHandler(errors)
    if path := os.environ.get("SOAK_REPORT"):
        text = report(diary, runner, clock.now(), (memory, after))
        Path(path).write_text(f"{text}\n", encoding="utf-8")
    assert diary.wrong == [], f"seed {SEED}"


def belongings(hass: HomeAssistant) -> tuple[set[str], dict[str, str]]:
    """Return the entity ids, and the names of the areas by their ids."""
    areas = {area.id: area.name for area in ar.async_get(hass).async_list_areas()}
    return set(er.async_get(hass).entities), areas


def _compare(
    hass: HomeAssistant, mine: set[str], areas: dict[str, str], diary: Diary
) -> None:
    """See that nothing is there twice, and that the areas are what they were."""
    now, areas_now = belongings(hass)
    for entity_id in sorted(now - mine):
        if re.sub(r"_\d+$", "", entity_id) in mine:
            diary.complain("there twice", entity_id)
    for area_id, name in areas.items():
        if areas_now.get(area_id) != name:
            diary.complain("areas", f"{name}: {areas_now.get(area_id)}")


async def _leave(
    hass: HomeAssistant, clockwork: Clockwork, homes: tuple[Home, ...], diary: Diary
) -> None:
    """Unload, and see that the hubs hear nothing more."""
    for home in homes:
        unloading = asyncio.ensure_future(
            hass.config_entries.async_unload(home.entry.entry_id)
        )
        await clockwork.wait_until(clockwork.now() + 30 + 2 * ANSWER_SECONDS)
        await unloading
        if home.entry.state is not ConfigEntryState.NOT_LOADED:
            diary.complain("not unloaded", f"{home.name}: {home.entry.state}")
    await clockwork.wait_until(clockwork.now() + 1)
    for home in homes:
        home.hub.requests.clear()
    await clockwork.wait_until(clockwork.now() + SILENCE)
    for home in homes:
        for request in home.hub.requests:
            diary.complain("after unloading", f"{home.name}: {request.path}")
    gc.collect()


def report(
    diary: Diary, runner: Runner, seconds: float, memory: tuple[float, float]
) -> str:
    """Say in lines what happened, and what came of it."""
    counts = diary.counts
    lines = [f"seed {SEED}: {seconds / 3600:.2f} simulated hours"]
    lines += [f"{kind:38} {number:8}" for kind, number in sorted(counts.items())]
    for kind in ("duplicates", "unasked", "differences"):
        if kind not in counts:
            lines.append(f"{kind:38} {0:8}")
    lines.append(
        f"{'longest time until all was right':38} {runner.longest_to_right:8.1f} s"
    )
    lines.append(f"{'memory at the start':38} {memory[0]:8.1f} MB")
    lines.append(f"{'memory at the end':38} {memory[1]:8.1f} MB")
    if diary.wrong:
        lines += ["", "WRONG", *diary.wrong, "", "the last that happened", *diary.last]
    return "\n".join(lines)
