"""Stores are caches: whatever is wrong with one, the entry loads and it begins anew."""

import asyncio
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import get_internal_store_manager
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.stores import (
    IDENTITY,
    MEMORY,
    OLD_ROOMS,
    Cache,
)

from .common import Advance, state

OURS = "custom_components.crestron_homeseer"
CORE = "homeassistant.helpers.storage"


def stored(data: Any, **facts: Any) -> str:
    """Return a file of a store."""
    return json.dumps(
        {"version": 1, "minor_version": 1, "key": "", "data": data} | facts
    )


# What is in the file, and whose log line tells of it.
DAMAGE = {
    "cut off": (stored({})[:-5], CORE),
    "no JSON": ("\0\0\0", CORE),
    "a list": (stored([1, 2]), OURS),
    "a text": (stored("Hello"), OURS),
    "of a later version": (stored({}, version=7), OURS),
    "without anything": ("{}", None),
    "a list alone": ("[]", OURS),
    "of other things": (
        stored(
            {
                "devices": {"light-1": ["Light"], "x": 5, "y": [1, 2, 3, 4]},
                "roots": [],
                "areas": {"1001": ["kitchen"], "1002": 7},
                "travel": "far",
                "volume_scale": {},
                "about": {"program": 7, "wibble": "x"},
                "fade_unit": [],
                "quick_action_way": {},
            }
        ),
        None,
    ),
}


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """A folder of its own: the files are those of a real disk."""
    return str(tmp_path)


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """No storage in memory in place of the files."""
    return {}


async def put(hass: HomeAssistant, store: Cache, text: str) -> None:
    """Have a text in the file of a store, also for what looked there before."""

    def write() -> None:
        path = Path(store.path)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    await asyncio.to_thread(write)
    get_internal_store_manager(hass).async_invalidate(store.key)


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert state(hass, "cover.kitchen_kitchen_shade").state == "open"


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_store_that_cannot_be_read_begins_anew(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
    damage: str,
) -> None:
    text, logged_by = DAMAGE[damage]
    caches = [Cache(hass, entry.entry_id, store) for store in (MEMORY, IDENTITY)]
    for cache in caches:
        await put(hass, cache, text)
    await set_up(hass, entry)
    for cache in caches:
        # The name of one begins that of the other.
        lines = [
            record.name
            for record in caplog.records
            if record.name in {OURS, CORE}
            and record.levelname in {"WARNING", "ERROR"}
            and re.search(rf"{cache.key}(?!\.i)", record.getMessage())
        ]
        assert lines == ([logged_by] if logged_by else [])
    # What is learned from then on is kept.
    await advance(40)
    await hass.config_entries.async_unload(entry.entry_id)
    again = await Cache(hass, entry.entry_id, IDENTITY).async_load()
    assert again is not None
    assert len(again["devices"]) > 50


@pytest.mark.parametrize("damage", ["cut off", "a list", "of a later version"])
async def test_what_an_earlier_version_left_may_be_damaged(
    hass: HomeAssistant, entry: MockConfigEntry, damage: str
) -> None:
    hass.config_entries.async_update_entry(entry, minor_version=1)
    for store in (MEMORY, IDENTITY, OLD_ROOMS):
        await put(hass, Cache(hass, entry.entry_id, store), DAMAGE[damage][0])
    await set_up(hass, entry)
    assert entry.minor_version == 2
    await hass.config_entries.async_unload(entry.entry_id)


async def test_what_earlier_versions_learned_goes(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    known = {"travel": {"version": 1, "shades": {}}, "volume_scale": "raw"}
    text = stored(known | {"delays": {"SetLevel": [0, 1]}})
    await put(hass, Cache(hass, entry.entry_id, MEMORY), text)
    await set_up(hass, entry)
    # The next write is without it; until then it hurts nobody.
    assert entry.runtime_data.hub.memory == known
    await hass.config_entries.async_unload(entry.entry_id)
