"""Entities of what comes, however much of it there is."""

import asyncio
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.crestron_homeseer import entity as entity_module
from custom_components.crestron_homeseer.entity import AT_ONCE

from ..memory import MemoryHub
from .common import Start, lamp


@pytest.mark.parametrize("meanwhile", ["gone", "unloading"])
async def test_what_goes_while_entities_are_added_gets_none(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: str,
) -> None:
    entry = await start(lamp())
    coordinator = entry.runtime_data
    going_on = asyncio.Event()

    async def one_at_a_time(work: Any) -> None:
        for _ in work:
            await going_on.wait()

    monkeypatch.setattr(entity_module, "in_turns", one_at_a_time)
    lamps = [replace(lamp(), id=f"{n}", name=f"Lamp {n}") for n in range(2, 42)]
    hub.put(*lamps)
    await coordinator.async_refresh()
    await asyncio.sleep(0)
    if meanwhile == "gone":
        house = replace(hub.house, devices={"1": lamp()})
        coordinator.async_set_updated_data(house)
    else:
        entry._async_set_state(hass, ConfigEntryState.UNLOAD_IN_PROGRESS, None)
    going_on.set()
    await hass.async_block_till_done()
    if meanwhile == "unloading":
        entry._async_set_state(hass, ConfigEntryState.LOADED, None)
    found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    lights = [each for each in found if each.domain == "light"]
    assert len(lights) <= 1 + AT_ONCE
