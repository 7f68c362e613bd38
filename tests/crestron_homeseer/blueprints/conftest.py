"""What the tests of the blueprints stand on: automations made from the files."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, fields
from pathlib import Path
import re
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from simulator.clock import ManualClock
from simulator.homeseer import Model
from simulator.house import Lock, Shade

from ..common import Advance, Home, act

BLUEPRINTS = Path("blueprints")
FOLDER = "crestron_homeseer"

type Automate = Callable[..., Awaitable[None]]


@dataclass
class Both(Home):
    """Both houses, what time and automations do to them, and what people are told."""

    model: Model
    wait: Advance
    automate: Automate
    told: list[ServiceCall]

    def positions(self, *entity_ids: str) -> list[int]:
        """Return where shades are."""
        return [self[each].attributes["current_position"] for each in entity_ids]

    def shade(self, name: str = "Kitchen Shade") -> Shade:
        """Return a shade of the Crestron house."""
        return self.house.find(name, Shade)

    def lock(self, name: str) -> Lock:
        """Return a lock of the Crestron house."""
        return self.house.find(name, Lock)

    def texts(self) -> list[str]:
        """Return the messages that people were told."""
        return [each.data["message"] for each in self.told]

    async def until(self, entity_id: str, is_: str) -> None:
        """Let time pass until a state is seen, which takes until it is looked for."""
        for _ in range(60):
            if self[entity_id].state == is_:
                return
            await self.advance(0.5)
        pytest.fail(f"{entity_id} is never {is_}")


# Hours pass in some of these tests.
STEP = 5.0
# Whose coroutines are an automation's run.
_RUNS = ("Script.", "_ScriptRun.", "Automation")


def _under_way() -> set[asyncio.Task[Any]]:
    """Return what Home Assistant is doing, except for automations that may wait long."""
    found = set()
    for task in asyncio.all_tasks():
        doing = getattr(task.get_coro(), "cr_code", None)
        if doing is None or doing.co_qualname.startswith(_RUNS):
            continue
        if re.search(r"homeassistant/|custom_components/", doing.co_filename):
            found.add(task)
    return found


@pytest.fixture
def wait(freezer: FrozenDateTimeFactory, clock: ManualClock) -> Advance:
    """Let minutes pass, in steps that are too large to stop a shade in."""

    async def wait(seconds: float) -> None:
        for _ in range(round(seconds / STEP)):
            clock.advance(STEP)
            freezer.tick(STEP)
            # What is due begins in the next turn of the loop.
            await asyncio.sleep(0)
            while busy := _under_way():
                await asyncio.wait(busy)

    return wait


@pytest.fixture
def blueprints(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Put the blueprints where Home Assistant looks for them."""
    folder = tmp_path / "blueprints"
    shutil.copytree(BLUEPRINTS, folder)
    hass.config.config_dir = str(tmp_path)
    return folder / AUTOMATION / FOLDER


@pytest.fixture
def told(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what people are told."""
    told: list[ServiceCall] = async_mock_service(
        hass, "persistent_notification", "create"
    )
    return told


@pytest.fixture
async def automate(hass: HomeAssistant, blueprints: Path) -> AsyncGenerator[Automate]:
    """Make an automation from a blueprint, as its editor does."""

    async def automate(name: str, **inputs: Any) -> None:
        config = {
            "id": name,
            "alias": name.replace("_", " ").capitalize(),
            "use_blueprint": {"path": f"{FOLDER}/{name}.yaml", "input": inputs},
        }
        assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: config})
        await hass.async_block_till_done()
        made = hass.states.get(f"automation.{name}")
        assert made is not None
        assert made.state == "on"

    yield automate
    if made := hass.states.async_entity_ids(AUTOMATION):
        await act(hass, AUTOMATION, "turn_off", made)


@pytest.fixture
def both(
    home: Home,
    homeseer_loaded: MockConfigEntry,
    model: Model,
    wait: Advance,
    automate: Automate,
    told: list[ServiceCall],
) -> Both:
    """Both houses, set up."""
    parts = {each.name: getattr(home, each.name) for each in fields(home)}
    return Both(**parts, model=model, wait=wait, automate=automate, told=told)
