"""Helpers of the integration's tests."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
import time
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import Entity
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House
from simulator.recorder import Request

type Writes = Counter[str]
type Alongside = Callable[[Awaitable[None]], Awaitable[None]]
type Advance = Callable[[float], Awaitable[None]]

STEP = 0.5
# Hubs are read in moments that are even by the clock: each test begins in one of them.
EVEN = 24.0


def even_moment() -> datetime:
    """Return the next moment from which all tests pass alike."""
    return datetime.fromtimestamp((time.time() // EVEN + 1) * EVEN, UTC)


def advancer(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Advance:
    """Return what lets time pass in small steps, so that timers fall where they do."""

    async def advance(seconds: float) -> None:
        left = seconds
        while left > 0:
            step = min(STEP, left)
            left -= step
            clock.advance(step)
            freezer.tick(step)
            # Timers that have become due run in the next turn of the loop.
            await asyncio.sleep(0)
            await hass.async_block_till_done(wait_background_tasks=True)

    return advance


def companion(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Alongside:
    """Return what lets time pass while something takes its time."""

    async def alongside(doing: Awaitable[None]) -> None:
        task = asyncio.ensure_future(doing)
        while not task.done():
            clock.advance(STEP)
            freezer.tick(STEP)
            # Sockets need some of the real time.
            await asyncio.sleep(0.02)
        await task

    return alongside


async def until(condition: Callable[[], object]) -> None:
    """Wait for what needs a moment of the real time."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def entry_state(entry: ConfigEntry) -> ConfigEntryState:
    """Return how an entry is now: it may be otherwise a line later."""
    return entry.state


async def set_up(hass: HomeAssistant, entry: ConfigEntry, **changes: Any) -> None:
    """Set an entry up, with what is changed of it before."""
    if changes:
        hass.config_entries.async_update_entry(entry, **changes)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


def registered(hass: HomeAssistant, entity_id: str) -> er.RegistryEntry:
    """Return the entry of an entity that has to be registered."""
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None, f"{entity_id} is not registered"
    return entity


def device_of(hass: HomeAssistant, entity_id: str) -> dr.DeviceEntry:
    """Return the device of an entity."""
    device = dr.async_get(hass).async_get(registered(hass, entity_id).device_id or "")
    assert isinstance(device, dr.DeviceEntry)
    return device


def state(hass: HomeAssistant, entity_id: str) -> State:
    """Return a state that has to be there."""
    found = hass.states.get(entity_id)
    assert found is not None, f"{entity_id} is not there"
    return found


async def act(
    hass: HomeAssistant,
    domain: str,
    action: str,
    entity_id: str | list[str],
    **data: Any,
) -> None:
    """Have Home Assistant carry out an action, and wait for it."""
    await hass.services.async_call(
        domain, action, {"entity_id": entity_id, **data}, blocking=True
    )


@dataclass
class Home:
    """A processor that is set up, and the simulated house behind it."""

    hass: HomeAssistant
    entry: MockConfigEntry
    processor: CrestronProcessor
    house: House
    advance: Advance

    def __getitem__(self, entity_id: str) -> State:
        """Return a state that has to be there."""
        return state(self.hass, entity_id)

    def shown(self, *entity_ids: str) -> list[str]:
        """Return what some entities show."""
        return [self[each].state for each in entity_ids]

    async def act(
        self, domain: str, action: str, entity_id: str | list[str], **data: Any
    ) -> None:
        """Have Home Assistant carry out an action, and wait for it."""
        await act(self.hass, domain, action, entity_id, **data)

    async def refused(
        self, domain: str, action: str, entity_id: str | list[str], **data: Any
    ) -> HomeAssistantError:
        """Return the error that an action ends with."""
        with pytest.raises(HomeAssistantError) as caught:
            await self.act(domain, action, entity_id, **data)
        return caught.value

    async def reload(self, **changes: Any) -> None:
        """Load the entry again, with what is changed of it."""
        if changes:
            self.hass.config_entries.async_update_entry(self.entry, **changes)
        await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.hass.async_block_till_done()

    def ids(self) -> dict[str, str]:
        """Return the registered entity ids by unique id."""
        entities = er.async_get(self.hass)
        return {
            entity.unique_id: entity.entity_id
            for entity in er.async_entries_for_config_entry(
                entities, self.entry.entry_id
            )
        }

    def devices(self) -> dict[str | None, dr.DeviceEntry]:
        """Return the registered devices by name."""
        devices = dr.async_get(self.hass)
        return {
            device.name: device
            for device in dr.async_entries_for_config_entry(
                devices, self.entry.entry_id
            )
        }


@contextmanager
def count_writes(hass: HomeAssistant) -> Generator[Writes]:
    """Count each write of a state by its entity, also one that changes nothing."""
    counted: Writes = Counter()
    write = Entity.async_write_ha_state

    def counting(entity: Entity) -> None:
        counted[entity.entity_id] += 1
        write(entity)

    with patch.object(Entity, "async_write_ha_state", counting):
        yield counted


def posts(requests: list[Request]) -> list[str]:
    """Return the paths of what was posted, without what all paths begin with."""
    return [
        request.path.removeprefix("/cws/api/")
        for request in requests
        if request.method == "POST"
    ]


def paths(requests: list[Request]) -> list[str]:
    """Return the paths of what was read."""
    return [
        request.path.removeprefix("/cws/api/")
        for request in requests
        if request.method == "GET"
    ]


def texts(section: str) -> dict[str, Any]:
    """Return a section of the English texts."""
    path = Path("custom_components/crestron_homeseer/translations/en.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[section]
    return found
