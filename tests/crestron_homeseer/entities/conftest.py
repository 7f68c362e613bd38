"""A hub without a wire, with the devices that a test gives it."""

from collections.abc import Generator
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_KIND, DOMAIN, KIND_CRESTRON
from custom_components.crestron_homeseer.house.devices import Device

from ..memory import MemoryHub
from .common import Start


@pytest.fixture(autouse=True)
def no_warnings(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail a test in which Home Assistant found something to complain about."""
    yield
    complaints = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
        and record.name not in {"aiohttp_fast_zlib", "asyncio", "homeassistant.loader"}
    ]
    assert [line for line in complaints if not line.startswith("Error fetching ")] == []


@pytest.fixture
def hub() -> MemoryHub:
    """A hub without devices."""
    return MemoryHub()


@pytest.fixture
def start(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hub: MemoryHub,
    monkeypatch: pytest.MonkeyPatch,
) -> Start:
    """Set up the hub with some devices."""
    monkeypatch.setattr(
        "custom_components.crestron_homeseer.create_hub", lambda *args: hub
    )

    async def start(*devices: Device, **options: Any) -> MockConfigEntry:
        hub.put(*devices)
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Home",
            data={CONF_KIND: KIND_CRESTRON, CONF_HOST: "192.0.2.1", CONF_PORT: None},
            options=options,
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return start
