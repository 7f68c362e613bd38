"""What only the user can cure where a system is reached through its cloud."""

from collections.abc import AsyncGenerator
from dataclasses import replace

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers.issue_registry import IssueSeverity
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.crestron_homeseer import hubs
from custom_components.crestron_homeseer.const import (
    CONF_KIND,
    CONF_LICENSE,
    DOMAIN,
    KIND_MYHS,
)
from custom_components.crestron_homeseer.issues import ISSUES
from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS

from .common import Advance
from .test_repairs import issues


@pytest.fixture
async def cloud(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    clock: ManualClock,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[MyHS]:
    """The cloud, and an entry for the system that is connected to it."""
    account = Account("owner", "secret", ("12345",), "token")
    async with MyHS({"12345": system}, [account], https=False, clock=clock) as cloud:
        monkeypatch.setattr(hubs, "MYHS_URL", URL(cloud.url()))
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Home",
            data={
                CONF_KIND: KIND_MYHS,
                CONF_LICENSE: "12345",
                CONF_USERNAME: "owner",
                CONF_PASSWORD: "secret",
            },
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await advance(10)
        assert entry.state is ConfigEntryState.LOADED
        yield cloud
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_system_that_is_not_connected_to_its_cloud_is_told(
    hass: HomeAssistant,
    cloud: MyHS,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient = replace(ISSUES["offline"], patience=60.0)
    monkeypatch.setitem(ISSUES, "offline", patient)
    cloud.offline.add("12345")
    await advance(50)
    assert issues(hass) == {}
    await advance(150)
    assert set(issues(hass)) == {"offline"}
    cloud.offline.clear()
    await advance(70)
    assert issues(hass) == {}


async def test_json_that_is_switched_off_behind_the_cloud_is_told(
    hass: HomeAssistant, cloud: MyHS, system: HomeSeerSystem, advance: Advance
) -> None:
    with system.faults.during("json_disabled"):
        await advance(250)
        assert issues(hass) == {}
        await advance(200)
        (issue,) = issues(hass).values()
        assert issue.translation_key == "no_api"
        assert issue.severity is IssueSeverity.ERROR
        assert not issue.is_fixable
    await advance(70)
    assert issues(hass) == {}
