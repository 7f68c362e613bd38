"""A hub that is watched while things go wrong, whichever vendor's it is."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.clock import ManualClock
from simulator.faults import Faults
from simulator.recorder import Request

from ..soak.clockwork import Clockwork
from .truth import shown

STEP = 0.5


async def submit_same(
    hass: HomeAssistant, entry: MockConfigEntry, flow_id: str
) -> dict[str, Any]:
    """Sign in with what the entry has; a slow hub may have no form to fill yet."""
    manager: Any = hass.config_entries.flow
    result: dict[str, Any] = await manager.async_configure(flow_id)
    if "data_schema" in result:
        wanted = map(str, result["data_schema"].schema)
        given = {
            key: entry.data[key] for key in wanted if entry.data.get(key) is not None
        }
        result = await manager.async_configure(flow_id, given)
    return result


@dataclass(frozen=True, slots=True)
class Ask:
    """An action that is asked for, and how to find it among what a house did."""

    action: str
    part: str
    done: object


@dataclass(slots=True, kw_only=True)
class Watched:
    """A hub, its entry, and everything that can be known about both from outside."""

    hass: HomeAssistant
    entry: MockConfigEntry
    freezer: FrozenDateTimeFactory
    clock: ManualClock
    faults: Faults
    requests: list[Request]
    # What the house was really made to do, by whatever identifies an order.
    done: Callable[[], Sequence[object]]
    differences: Callable[[], list[str]]
    asks: tuple[Ask, ...]
    # Somebody in the house does something by hand.
    stir: Callable[[], None]
    is_command: Callable[[Request], bool]
    answers: dict[Ask, str] = field(default_factory=dict)
    # What there was when all was right; whatever else a fault brings goes again later.
    parts: frozenset[str] | None = None

    async def wait(self, seconds: float, most: float = STEP) -> None:
        """Let time pass; what waits for an answer does not hold it up."""
        clockwork = Clockwork(self.hass, self.freezer, self.clock)
        left = seconds
        while left > 0:
            step = min(most, left)
            left -= step
            self.clock.advance(step)
            self.freezer.tick(step)
            await clockwork.settle()

    async def set_up(self) -> None:
        """Set the entry up, however long it takes."""
        task = asyncio.ensure_future(
            self.hass.config_entries.async_setup(self.entry.entry_id)
        )
        while not task.done():
            await self.wait(STEP)
        await task

    async def until_right(self, longest: float) -> float | None:
        """Wait until all is shown as it is; return the seconds, None if it never is."""
        waited = 0.0
        while waited <= longest:
            if self.right:
                return waited
            await self.wait(STEP)
            waited += STEP
        return None

    @property
    def right(self) -> bool:
        """Whether the entry is set up and everything is shown as it is."""
        return (
            self.entry.state is ConfigEntryState.LOADED
            and self.share_unavailable() < 0.5
            and not self.wrong()
        )

    def wrong(self) -> list[str]:
        """Say what is shown otherwise than it is, apart from what is left over.

        An entity of something that was never there is unavailable, until it is
        certain that it will not come back.
        """
        left = {
            state.entity_id
            for part, state in shown(self.hass, self.entry.entry_id)
            if state.state == STATE_UNAVAILABLE and part not in self.expected()
        }
        return [text for text in self.differences() if text.split()[0] not in left]

    def expected(self) -> frozenset[str]:
        """Return what there has to be; before anything was right, what the hub has."""
        if self.parts is not None:
            return self.parts
        return frozenset(self.entry.runtime_data.data.devices)

    def remember(self) -> None:
        """Take what there is now for what there has to be."""
        states = shown(self.hass, self.entry.entry_id)
        self.parts = frozenset(part for part, _ in states)

    def share_unavailable(self) -> float:
        """Return which part of what is expected is unavailable; 1 where nothing is."""
        if self.entry.state is not ConfigEntryState.LOADED:
            return 1.0
        states = [
            state.state
            for part, state in shown(self.hass, self.entry.entry_id)
            if part in self.expected()
        ]
        return states.count(STATE_UNAVAILABLE) / len(states) if states else 1.0

    async def ask(self) -> None:
        """Ask for everything at once, and note what is answered."""

        async def one(ask: Ask) -> None:
            domain, _, action = ask.action.partition(".")
            unique_id = f"{self.entry.entry_id}_{ask.part}"
            registry = er.async_get(self.hass)
            entity_id = registry.async_get_entity_id(domain, DOMAIN, unique_id)
            assert entity_id is not None, f"{ask.part} has no entity"
            try:
                await self.hass.services.async_call(
                    domain, action, {"entity_id": entity_id}, blocking=True
                )
            except HomeAssistantError as err:
                self.answers[ask] = err.translation_key or str(err)
            else:
                self.answers[ask] = "done"

        tasks = [asyncio.ensure_future(one(ask)) for ask in self.asks]
        for _ in range(int(200 / STEP)):
            if all(task.done() for task in tasks):
                break
            await self.wait(STEP)
        await asyncio.gather(*tasks)

    def count(self, ask: Ask) -> int:
        """Return how often the house did what was asked."""
        return Counter(self.done())[ask.done]

    def unasked(self) -> list[object]:
        """Return what the house was made to do that nobody asked for."""
        asked = {ask.done for ask in self.answers}
        return [order for order in self.done() if order not in asked]
