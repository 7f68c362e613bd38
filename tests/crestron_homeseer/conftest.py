"""What the tests of the integration stand on: a real hub on a real socket."""

from collections.abc import AsyncGenerator, Generator
import logging
from typing import cast
from unittest.mock import patch

import freezegun
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_MODEL,
    CONF_PORT,
    CONF_SSL,
    CONF_TOKEN,
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
from simulator.certificate import self_signed
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model, default_system
from simulator.house import House
from simulator.samples import default_house

from .common import (
    Advance,
    Alongside,
    Home,
    Writes,
    advancer,
    companion,
    count_writes,
    even_moment,
    set_up,
)
from .quality.watch import deprecations, watched_texts

TOKEN = "a-token-that-nobody-may-see"

# Whoever makes certificates keeps the first class of dates that is seen: a real one.
self_signed()


@pytest.fixture
def freezer() -> Generator[FrozenDateTimeFactory]:
    """A clock that can be moved on, and goes on by itself for the sockets' sake."""
    with freezegun.freeze_time(even_moment(), tick=True) as moving:
        yield cast("FrozenDateTimeFactory", moving)


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration from the repository."""


@pytest.fixture(autouse=True)
def no_logged_errors(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail a test in which the integration logged an error that it did not expect."""
    yield
    errors = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR and "crestron" in record.name
    ]
    # Home Assistant itself tells an outage, in one line.
    usual = ("Error fetching ", "Authentication failed while fetching ")
    assert [line for line in errors if not line.startswith(usual)] == []


@pytest.fixture(autouse=True)
def as_core_asks(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail a test that shows a text that is not there, or uses what is going away."""
    with watched_texts() as complaints:
        yield
    records = caplog.get_records("setup") + caplog.get_records("call")
    assert complaints + deprecations(records) == []


@pytest.fixture
def clock() -> ManualClock:
    """The clock of the simulated house."""
    return ManualClock()


@pytest.fixture
def house(clock: ManualClock) -> House:
    """The house that is simulated."""
    return default_house(clock, seed=1)


@pytest.fixture
async def processor(
    socket_enabled: None, house: House, clock: ManualClock
) -> AsyncGenerator[CrestronProcessor]:
    """A Crestron Home processor in front of the house, on plain HTTP."""
    async with CrestronProcessor(house, token=TOKEN, clock=clock) as processor:
        yield processor


def entry_of(
    hass: HomeAssistant, processor: CrestronProcessor, entry_id: str, *, ssl: bool
) -> MockConfigEntry:
    """Return the entry of a processor, not yet set up."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="MC4-R",
        entry_id=entry_id,
        minor_version=2,
        data={
            CONF_KIND: KIND_CRESTRON,
            CONF_HOST: processor.host,
            CONF_PORT: processor.port,
            CONF_SSL: ssl,
            CONF_TOKEN: TOKEN,
            CONF_MODEL: "MC4-R",
        },
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
def entry(
    hass: HomeAssistant,
    processor: CrestronProcessor,
    # Time has to be this fixture's from the start.
    freezer: FrozenDateTimeFactory,
) -> MockConfigEntry:
    """The entry of the processor, not yet set up."""
    return entry_of(hass, processor, "01HOUSE", ssl=False)


@pytest.fixture
async def loaded(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """The entry of the processor, set up."""
    await set_up(hass, entry)
    return entry


@pytest.fixture
async def secure(
    socket_enabled: None, house: House, clock: ManualClock
) -> AsyncGenerator[CrestronProcessor]:
    """A processor that speaks HTTPS, as current models do."""
    async with CrestronProcessor(
        house, token=TOKEN, clock=clock, https=True
    ) as processor:
        yield processor


@pytest.fixture
async def secure_loaded(
    hass: HomeAssistant, secure: CrestronProcessor, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """The entry of the processor that speaks HTTPS, set up; nothing is pinned."""
    entry = entry_of(hass, secure, "01SECURE", ssl=True)
    await set_up(hass, entry)
    return entry


@pytest.fixture
def model(clock: ManualClock) -> Model:
    """What the simulated HomeSeer system knows."""
    return default_system(clock, seed=1)


@pytest.fixture
async def system(
    socket_enabled: None, model: Model, clock: ManualClock
) -> AsyncGenerator[HomeSeerSystem]:
    """A HomeSeer 4 system without a password, with its ASCII port."""
    async with HomeSeerSystem(model, clock=clock) as system:
        yield system


@pytest.fixture
def homeseer_entry(
    hass: HomeAssistant, system: HomeSeerSystem, freezer: FrozenDateTimeFactory
) -> MockConfigEntry:
    """The entry of the HomeSeer system, not yet set up; the ASCII port is off."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="HomeSeer",
        entry_id="01SYSTEM",
        minor_version=2,
        data={
            CONF_KIND: KIND_HOMESEER,
            CONF_HOST: system.host,
            CONF_PORT: system.port,
            CONF_WEBHOOK_ID: "a-web-hook-that-nobody-may-see",
        },
        options={CONF_ASCII_PORT: 0},
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
def no_push() -> Generator[None]:
    """Try no ASCII port that somebody else may have opened."""
    with patch("custom_components.crestron_homeseer.hubs.DEFAULT_ASCII_PORT", 0):
        yield


@pytest.fixture
async def homeseer_loaded(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry
) -> AsyncGenerator[MockConfigEntry]:
    """The entry of the HomeSeer system, set up."""
    await set_up(hass, homeseer_entry)
    yield homeseer_entry
    if homeseer_entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(homeseer_entry.entry_id)


@pytest.fixture
def advance(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Advance:
    """Let time pass, in Home Assistant and in the house alike."""
    return advancer(hass, freezer, clock)


@pytest.fixture
def home(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    house: House,
    advance: Advance,
) -> Home:
    """The processor, set up, and what is around it."""
    return Home(hass, loaded, processor, house, advance)


@pytest.fixture
def encrypted(
    hass: HomeAssistant,
    secure_loaded: MockConfigEntry,
    secure: CrestronProcessor,
    house: House,
    advance: Advance,
) -> Home:
    """A processor with HTTPS whose certificate is not pinned."""
    return Home(hass, secure_loaded, secure, house, advance)


@pytest.fixture
def writes(hass: HomeAssistant) -> Generator[Writes]:
    """Count what the integration's entities write to the state machine."""
    with count_writes(hass) as counted:
        yield counted


@pytest.fixture
def alongside(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, clock: ManualClock
) -> Alongside:
    """Let time pass while something takes its time."""
    return companion(hass, freezer, clock)
