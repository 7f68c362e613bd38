"""The two houses of the soak, with their entries."""

from collections.abc import AsyncGenerator, Generator
import os
from typing import cast

import freezegun
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_SSL,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_KIND,
    DOMAIN,
    KIND_CRESTRON,
    KIND_HOMESEER,
)
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import House

from ..conftest import TOKEN
from .homes import CrestronHome, Home, HomeSeerHome

USER, PASSWORD = "casa", "pa55-w0rd"
# What each hub takes over an answer; scripts/soak sets it.
ANSWER_SECONDS = float(os.environ.get("SOAK_ANSWER_SECONDS", "0"))


@pytest.fixture
def freezer() -> Generator[FrozenDateTimeFactory]:
    """A clock that stands still between its steps: a seed always makes the same."""
    with freezegun.freeze_time() as moving:
        yield cast("FrozenDateTimeFactory", moving)


@pytest.fixture
async def homes(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    socket_enabled: None,
    clock: ManualClock,
    house: House,
    model: Model,
) -> AsyncGenerator[tuple[Home, ...]]:
    """A Crestron house, and a HomeSeer house that tells what changes."""
    async with (
        CrestronProcessor(house, token=TOKEN, clock=clock) as processor,
        HomeSeerSystem(model, clock=clock, auth=(USER, PASSWORD)) as system,
    ):
        homes: tuple[Home, ...] = (
            CrestronHome(
                hass,
                _entry(
                    hass,
                    "01HOUSE",
                    {
                        CONF_KIND: KIND_CRESTRON,
                        CONF_HOST: processor.host,
                        CONF_PORT: processor.port,
                        CONF_SSL: False,
                        CONF_TOKEN: TOKEN,
                    },
                ),
                "Crestron",
                processor,
            ),
            HomeSeerHome(
                hass,
                _entry(
                    hass,
                    "01SYSTEM",
                    {
                        CONF_KIND: KIND_HOMESEER,
                        CONF_HOST: system.host,
                        CONF_PORT: system.port,
                        CONF_USERNAME: USER,
                        CONF_PASSWORD: PASSWORD,
                        CONF_WEBHOOK_ID: "a-web-hook-that-nobody-may-see",
                    },
                    {CONF_ASCII_PORT: system.ascii_port},
                ),
                "HomeSeer",
                system,
            ),
        )
        yield homes
        for home in homes:
            if home.entry.state is ConfigEntryState.LOADED:
                await hass.config_entries.async_unload(home.entry.entry_id)


def _entry(
    hass: HomeAssistant,
    entry_id: str,
    data: dict[str, object],
    options: dict[str, object] | None = None,
) -> MockConfigEntry:
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Home",
        entry_id=entry_id,
        data=data,
        options=options or {},
    )
    entry.add_to_hass(hass)
    return entry
