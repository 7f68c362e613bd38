"""The two houses of the soak, with their entries."""

from collections.abc import AsyncGenerator, Generator
import os
from typing import cast

import freezegun
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_USERNAME
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_ASCII_PORT
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model

from ..common import even_moment
from .homes import CrestronHome, Home, HomeSeerHome

USER, PASSWORD = "casa", "pa55-w0rd"
# What each hub takes over an answer; scripts/soak sets it.
ANSWER_SECONDS = float(os.environ.get("SOAK_ANSWER_SECONDS", "0"))


@pytest.fixture
def freezer() -> Generator[FrozenDateTimeFactory]:
    """A clock that stands still between its steps: a seed always makes the same."""
    with freezegun.freeze_time(even_moment()) as moving:
        yield cast("FrozenDateTimeFactory", moving)


@pytest.fixture
async def system(
    socket_enabled: None, model: Model, clock: ManualClock
) -> AsyncGenerator[HomeSeerSystem]:
    """A system that asks for a password."""
    login = USER, PASSWORD
    async with HomeSeerSystem(model, clock=clock, auth=login) as system:
        yield system


@pytest.fixture
async def homes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
) -> AsyncGenerator[tuple[Home, ...]]:
    """A Crestron house, and a HomeSeer house that tells what changes."""
    login = {CONF_USERNAME: USER, CONF_PASSWORD: PASSWORD}
    hass.config_entries.async_update_entry(
        homeseer_entry,
        data={**homeseer_entry.data, **login},
        options={CONF_ASCII_PORT: system.ascii_port},
    )
    homes = (
        CrestronHome(hass, entry, processor),
        HomeSeerHome(hass, homeseer_entry, system),
    )
    yield homes
    for home in homes:
        if home.entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(home.entry.entry_id)
