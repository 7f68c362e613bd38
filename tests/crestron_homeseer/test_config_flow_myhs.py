"""Adding a HomeSeer system through MyHS, and signing in again."""

from collections.abc import AsyncGenerator
from typing import Any, override
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_TOKEN,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.crestron_homeseer.const import (
    CONF_KIND,
    CONF_LICENSE,
    CONF_LOCAL_HOST,
    CONF_LOCAL_PORT,
    DOMAIN,
    KIND_HOMESEER,
    KIND_MYHS,
)
from custom_components.crestron_homeseer.flow_homeseer import cloud_error, system_error
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system

from .common import texts
from .flows import (
    LOGIN,
    address,
    finish,
    offered,
    shown,
    start,
    submit,
    suggested,
    trouble,
)

# Somebody else may have opened an ASCII port.
pytestmark = pytest.mark.usefixtures("no_push")

USER, PASSWORD, CLOUD_TOKEN = "casa@example.org", "pa55 w+rd", "a-token-of-the-cloud"
ACCOUNT = {CONF_USERNAME: f" {USER} ", CONF_PASSWORD: PASSWORD}
DATA = {
    CONF_KIND: KIND_MYHS,
    CONF_LICENSE: "12345",
    CONF_NAME: "Home",
    CONF_USERNAME: USER,
    CONF_PASSWORD: PASSWORD,
    CONF_TOKEN: None,
    CONF_LOCAL_HOST: None,
    CONF_LOCAL_PORT: None,
}
FAR = {"detected_wan_ip": "198.51.100.1"}


class Cloud(MyHS):
    """MyHS; its clients may be somewhere else than the systems."""

    far = True
    online = True

    @override
    def _described(self, number: str, system: HomeSeerSystem) -> dict[str, object]:
        described = super()._described(number, system) | {"online": self.online}
        return described | (FAR if self.far else {})


@pytest.fixture
async def cloud(
    socket_enabled: None, system: HomeSeerSystem, clock: ManualClock
) -> AsyncGenerator[Cloud]:
    """The cloud, with one system that is far away."""
    account = Account(USER, PASSWORD, ("12345", "67890"), CLOUD_TOKEN)
    async with Cloud({"12345": system}, [account], https=False, clock=clock) as cloud:
        url = "custom_components.crestron_homeseer.hubs.MYHS_URL"
        with patch(url, URL(cloud.url())):
            yield cloud


@pytest.fixture
async def cloud_entry(hass: HomeAssistant, cloud: Cloud) -> MockConfigEntry:
    """The entry of the system in the cloud, set up."""
    entry = MockConfigEntry(domain=DOMAIN, title="Home", data=DATA)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (ACCOUNT, {}),
        *(
            (
                {CONF_TOKEN: f" {CLOUD_TOKEN} ", **account},
                {CONF_USERNAME: None, CONF_PASSWORD: None, CONF_TOKEN: CLOUD_TOKEN},
            )
            for account in ({}, ACCOUNT)
        ),
    ],
)
async def test_the_only_system_is_taken_at_once(
    hass: HomeAssistant,
    cloud: Cloud,
    typed: dict[str, str],
    kept: dict[str, str | None],
) -> None:
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **typed)
    assert (result["step_id"], shown(result, "name")) == ("found_homeseer", "Home")
    result = await finish(hass, flow_id)
    assert (result["title"], result["result"].unique_id) == ("Home", None)
    assert result["data"] == DATA | kept


async def test_one_of_several_systems_is_picked_by_name(
    hass: HomeAssistant, cloud: Cloud, clock: ManualClock
) -> None:
    model = default_system(clock, seed=2)
    model.name = "Cabin"
    cloud.systems["67890"] = HomeSeerSystem(model, clock=clock)
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["step_id"] == "system"
    systems = {"12345": "Home (12345)", "67890": "Cabin (67890)"}
    assert offered(result, "system") == systems
    cloud.offline.add("67890")
    result = await submit(hass, flow_id, system="67890")
    assert result["errors"] == {"base": "myhs_offline"}
    cloud.offline.clear()
    # A page that is shown again asks the same.
    result = await hass.config_entries.flow.async_configure(flow_id)
    assert offered(result, "system") == systems
    await submit(hass, flow_id, system="67890")
    assert (await finish(hass, flow_id))["title"] == "Cabin"
    # Now there is only one left to pick.
    flow_id = await start(hass, "myhs")
    await submit(hass, flow_id, **ACCOUNT)
    assert (await finish(hass, flow_id))["title"] == "Home"
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["reason"] == "already_configured"


async def test_a_system_close_by_is_offered_without_the_cloud(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    cloud.far = False
    system.change_password(LOGIN)
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert (result["step_id"], shown(result, "name")) == ("nearby", "Home")
    result = await submit(hass, flow_id, next_step_id="local")
    assert result["errors"] == {CONF_USERNAME: "login_needed"}
    assert suggested(result, CONF_HOST) == address(system)
    login = {CONF_USERNAME: LOGIN[0], CONF_PASSWORD: LOGIN[1]}
    await submit(hass, flow_id, host=address(system), **login)
    result = await finish(hass, flow_id)
    assert (result["title"], result["result"].unique_id) == ("Home", None)
    data = dict(result["data"])
    assert data.pop(CONF_WEBHOOK_ID)
    assert data == {
        CONF_KIND: KIND_HOMESEER,
        CONF_NAME: "Home",
        CONF_HOST: system.host,
        CONF_PORT: system.port,
        **login,
    }
    # The same system is not added through the cloud as well.
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["reason"] == "already_configured"


async def test_a_system_close_by_can_be_added_through_the_cloud(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    cloud.far = False
    flow_id = await start(hass, "myhs")
    await submit(hass, flow_id, **ACCOUNT)
    result = await submit(hass, flow_id, next_step_id="cloud")
    assert result["step_id"] == "found_homeseer"
    result = await finish(hass, flow_id)
    assert result["result"].unique_id is None
    assert result["data"][CONF_LOCAL_PORT] == system.port
    # The same system is not added by its address as well.
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("status", [200, 401])
async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem, status: Any
) -> None:
    cloud.refused_status = status
    flow_id = await start(hass, "myhs")
    for typed, hub, fault, field, error in (
        ({}, cloud, "", "base", "myhs_login_missing"),
        ({CONF_USERNAME: USER}, cloud, "", "base", "myhs_login_missing"),
        ({CONF_PASSWORD: PASSWORD}, cloud, "", "base", "myhs_login_missing"),
        (ACCOUNT | {CONF_PASSWORD: "no"}, cloud, "", CONF_PASSWORD, "bad_login"),
        ({CONF_TOKEN: "wrong"}, cloud, "", CONF_TOKEN, "bad_login"),
        (ACCOUNT, cloud, "refuse_connections", "base", "myhs_unreachable"),
        (ACCOUNT, cloud, "myhs_down", "base", "not_ready"),
        (ACCOUNT, cloud, "empty_body", "base", "not_ready"),
        (ACCOUNT, cloud, "http_404", "base", "not_ready"),
        (ACCOUNT, system, "json_disabled", "base", "myhs_offline"),
    ):
        with trouble(hub, fault):
            result = await submit(hass, flow_id, **typed)
        assert (result["step_id"], result["errors"]) == ("myhs", {field: error}), fault
    # A system that is off is not listed, or is listed as not online.
    for offline, online in ({"12345"}, True), (set(), False):
        cloud.offline, cloud.online = offline, online
        result = await submit(hass, flow_id, **ACCOUNT)
        assert result["errors"] == {"base": "myhs_no_system"}
    cloud.online = True
    await submit(hass, flow_id, **ACCOUNT)
    await finish(hass, flow_id)


@pytest.mark.parametrize("flow", ["reauth", "reconfigure"])
async def test_another_login_is_tried_before_it_is_kept(
    hass: HomeAssistant, cloud_entry: MockConfigEntry, cloud: Cloud, flow: str
) -> None:
    cloud.accounts = [
        Account(USER, "new", ("12345",), CLOUD_TOKEN),
        Account("neighbour", "secret", ("67890",)),
    ]
    begin = {
        "reauth": cloud_entry.start_reauth_flow,
        "reconfigure": cloud_entry.start_reconfigure_flow,
    }
    result = await begin[flow](hass)
    refused = {CONF_PASSWORD: "bad_login"}
    # Why it is asked is said at once.
    assert result["step_id"] == "myhs"
    assert result["errors"] == (refused if flow == "reauth" else {})
    assert suggested(result, CONF_USERNAME) == USER
    flow_id = result["flow_id"]
    new = {CONF_USERNAME: USER, CONF_PASSWORD: "new"}
    neighbour = {CONF_USERNAME: "neighbour", CONF_PASSWORD: "secret"}
    for typed, fault, errors in (
        ({}, "", {"base": "myhs_login_missing"}),
        (new | {CONF_PASSWORD: PASSWORD}, "", refused),
        (neighbour, "", {"base": "myhs_other_account"}),
        (new, "refuse_connections", {"base": "myhs_unreachable"}),
    ):
        with trouble(cloud, fault):
            result = await submit(hass, flow_id, **typed)
        assert result["errors"] == errors
    with cloud.faults.during("truncated_json", path="getsessionconfig"):
        result = await submit(hass, flow_id, **new)
    assert result["errors"] == {"base": "not_ready"}
    cloud.offline.add("12345")
    result = await submit(hass, flow_id, token=CLOUD_TOKEN)
    assert result["errors"] == {"base": "myhs_offline"}
    cloud.offline.clear()
    result = await submit(hass, flow_id, **new)
    assert result["reason"] == f"{flow}_successful"
    await hass.async_block_till_done()
    assert dict(cloud_entry.data) == DATA | new
    assert cloud_entry.state is ConfigEntryState.LOADED


async def test_the_password_of_the_same_user_is_kept(
    hass: HomeAssistant, cloud_entry: MockConfigEntry
) -> None:
    result = await cloud_entry.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], username=USER)
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert dict(cloud_entry.data) == DATA


def test_each_reason_has_a_text() -> None:
    said = {text(reason) for text in (cloud_error, system_error) for reason in Reason}
    assert said <= set(texts("config")["error"])
