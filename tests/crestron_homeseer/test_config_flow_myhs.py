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
from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system

from .flows import LOGIN, address, check_texts, choose, finish, start, submit, suggested

# Somebody else may have opened an ASCII port.
pytestmark = pytest.mark.usefixtures("no_push")


USER, PASSWORD, CLOUD_TOKEN = "casa@example.org", "pa55 w+rd", "a-token-of-the-cloud"
ACCOUNT = {CONF_USERNAME: f" {USER} ", CONF_PASSWORD: PASSWORD}
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
        with patch(
            "custom_components.crestron_homeseer.hubs.MYHS_URL", URL(cloud.url())
        ):
            yield cloud


@pytest.fixture
def two(cloud: Cloud, clock: ManualClock) -> Cloud:
    """The cloud, with a second system."""
    model = default_system(clock, seed=2)
    model.name = "Cabin"
    cloud.systems["67890"] = HomeSeerSystem(model, clock=clock)
    return cloud


@pytest.fixture
async def cloud_entry(hass: HomeAssistant, cloud: Cloud) -> MockConfigEntry:
    """The entry of the system in the cloud, set up."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Home",
        data={
            CONF_KIND: KIND_MYHS,
            CONF_LICENSE: "12345",
            CONF_NAME: "Home",
            CONF_USERNAME: USER,
            CONF_PASSWORD: PASSWORD,
            CONF_TOKEN: None,
            CONF_LOCAL_HOST: None,
            CONF_LOCAL_PORT: None,
        },
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (ACCOUNT, (USER, PASSWORD, None)),
        ({CONF_TOKEN: f" {CLOUD_TOKEN} "}, (None, None, CLOUD_TOKEN)),
        ({**ACCOUNT, CONF_TOKEN: CLOUD_TOKEN}, (None, None, CLOUD_TOKEN)),
    ],
)
async def test_the_only_system_is_taken_at_once(
    hass: HomeAssistant,
    cloud: Cloud,
    typed: dict[str, str],
    kept: tuple[str | None, ...],
) -> None:
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **typed)
    assert result["step_id"] == "found_homeseer"
    assert (result["description_placeholders"] or {})["name"] == "Home"
    result = await finish(hass, flow_id)
    assert result["title"] == "Home"
    assert result["result"].unique_id is None
    assert result["data"] == {
        CONF_KIND: KIND_MYHS,
        CONF_LICENSE: "12345",
        CONF_NAME: "Home",
        CONF_USERNAME: kept[0],
        CONF_PASSWORD: kept[1],
        CONF_TOKEN: kept[2],
        CONF_LOCAL_HOST: None,
        CONF_LOCAL_PORT: None,
    }


async def test_one_of_several_systems_is_picked_by_name(
    hass: HomeAssistant, two: Cloud
) -> None:
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["step_id"] == "system"
    schema = result["data_schema"]
    assert schema is not None
    assert schema.schema["system"].config["options"] == [
        {"value": "12345", "label": "Home (12345)"},
        {"value": "67890", "label": "Cabin (67890)"},
    ]
    two.offline.add("67890")
    result = await submit(hass, flow_id, system="67890")
    assert result["step_id"] == "system"
    assert result["errors"] == {"base": "myhs_offline"}
    two.offline.clear()
    result = await submit(hass, flow_id, system="67890")
    result = await finish(hass, flow_id)
    assert result["title"] == "Cabin"
    # Now there is only one left to pick.
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["step_id"] == "found_homeseer"
    assert (await finish(hass, flow_id))["title"] == "Home"
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["reason"] == "already_configured"


async def test_a_form_that_is_shown_again_asks_the_same(
    hass: HomeAssistant, two: Cloud
) -> None:
    flow_id = await start(hass, "myhs")
    await submit(hass, flow_id, **ACCOUNT)
    result = await hass.config_entries.flow.async_configure(flow_id)
    assert result["step_id"] == "system"


async def test_a_system_close_by_is_offered_without_the_cloud(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    cloud.far = False
    system.change_password(LOGIN)
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["step_id"] == "nearby"
    assert result["description_placeholders"] == {"name": "Home"}
    result = await choose(hass, flow_id, "local")
    assert result["step_id"] == "login"
    result = await submit(hass, flow_id, username=LOGIN[0], password=LOGIN[1])
    result = await finish(hass, flow_id)
    assert result["title"] == "Home"
    assert result["result"].unique_id is None
    data = dict(result["data"])
    assert data.pop(CONF_WEBHOOK_ID)
    assert data == {
        CONF_KIND: KIND_HOMESEER,
        CONF_NAME: "Home",
        CONF_HOST: system.host,
        CONF_PORT: system.port,
        CONF_USERNAME: LOGIN[0],
        CONF_PASSWORD: LOGIN[1],
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
    result = await choose(hass, flow_id, "cloud")
    assert result["step_id"] == "found_homeseer"
    result = await finish(hass, flow_id)
    assert result["result"].unique_id is None
    assert result["data"][CONF_LOCAL_PORT] == system.port
    # The same system is not added by its address as well.
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"base": "myhs_login_missing"}),
        ({CONF_USERNAME: USER}, {"base": "myhs_login_missing"}),
        ({CONF_PASSWORD: PASSWORD}, {"base": "myhs_login_missing"}),
        (
            {CONF_USERNAME: USER, CONF_PASSWORD: "wrong"},
            {CONF_PASSWORD: "myhs_bad_login"},
        ),
        ({CONF_TOKEN: "wrong"}, {CONF_TOKEN: "myhs_bad_login"}),
    ],
)
@pytest.mark.parametrize("status", [200, 401])
async def test_a_wrong_login_is_said_and_can_be_corrected(
    hass: HomeAssistant,
    cloud: Cloud,
    status: Any,
    typed: dict[str, str],
    errors: dict[str, str],
) -> None:
    cloud.refused_status = status
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **typed)
    assert result["step_id"] == "myhs"
    assert result["errors"] == errors
    await submit(hass, flow_id, **ACCOUNT)
    await finish(hass, flow_id)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("refuse_connections", "myhs_unreachable"),
        ("myhs_down", "myhs_down"),
        ("empty_body", "myhs_nonsense"),
        ("http_404", "myhs_nonsense"),
    ],
)
async def test_trouble_with_the_cloud_is_told_apart_and_recovered_from(
    hass: HomeAssistant, cloud: Cloud, fault: str, error: str
) -> None:
    flow_id = await start(hass, "myhs")
    with cloud.faults.during(fault):
        result = await submit(hass, flow_id, **ACCOUNT)
    assert result["errors"] == {"base": error}
    await submit(hass, flow_id, **ACCOUNT)
    await finish(hass, flow_id)


async def test_systems_that_are_not_online_are_said(
    hass: HomeAssistant, cloud: Cloud
) -> None:
    cloud.offline.add("12345")
    flow_id = await start(hass, "myhs")
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["errors"] == {"base": "myhs_no_system"}
    cloud.offline.clear()
    # One may be listed all the same.
    cloud.online = False
    result = await submit(hass, flow_id, **ACCOUNT)
    assert result["errors"] == {"base": "myhs_no_system"}
    cloud.online = True
    await submit(hass, flow_id, **ACCOUNT)
    await finish(hass, flow_id)


async def test_json_that_is_switched_off_behind_the_cloud_is_said(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    flow_id = await start(hass, "myhs")
    with system.faults.during("json_disabled"):
        result = await submit(hass, flow_id, **ACCOUNT)
    assert result["errors"] == {"base": "myhs_offline"}
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
    assert result["step_id"] == f"{flow}_myhs"
    check_texts(result)
    assert suggested(result, CONF_USERNAME) == USER
    flow_id = result["flow_id"]
    for typed, errors in (
        ({}, {"base": "myhs_login_missing"}),
        (
            {CONF_USERNAME: USER, CONF_PASSWORD: PASSWORD},
            {CONF_PASSWORD: "myhs_bad_login"},
        ),
        (
            {CONF_USERNAME: "neighbour", CONF_PASSWORD: "secret"},
            {"base": "myhs_other_account"},
        ),
    ):
        result = await submit(hass, flow_id, **typed)
        assert result["errors"] == errors
    with cloud.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, username=USER, password="new")
    assert result["errors"] == {"base": "myhs_unreachable"}
    with cloud.faults.during("truncated_json", path="getsessionconfig"):
        result = await submit(hass, flow_id, username=USER, password="new")
    assert result["errors"] == {"base": "myhs_nonsense"}
    cloud.offline.add("12345")
    result = await submit(hass, flow_id, token=CLOUD_TOKEN)
    assert result["errors"] == {"base": "myhs_offline"}
    cloud.offline.clear()
    result = await submit(hass, flow_id, username=USER, password="new")
    assert result["reason"] == f"{flow}_successful"
    await hass.async_block_till_done()
    assert cloud_entry.data[CONF_PASSWORD] == "new"
    assert cloud_entry.data[CONF_LICENSE] == "12345"
    assert cloud_entry.state is ConfigEntryState.LOADED


async def test_the_password_of_the_same_user_is_kept(
    hass: HomeAssistant, cloud_entry: MockConfigEntry
) -> None:
    result = await cloud_entry.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], username=USER)
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert cloud_entry.data[CONF_PASSWORD] == PASSWORD
