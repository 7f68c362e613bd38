"""Adding a HomeSeer system through MyHS, and signing in again."""

from collections.abc import AsyncGenerator
from typing import override
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
from custom_components.crestron_homeseer.flow_homeseer import (
    CLOUD_ERRORS,
    SYSTEM_ERRORS,
)
from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system

from .common import set_up, texts
from .flows import LOGIN, Wrong, add, address, again, trouble

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
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    return entry


@pytest.mark.parametrize("token", [False, True])
async def test_the_only_system_is_taken_at_once(
    hass: HomeAssistant, cloud: Cloud, token: bool
) -> None:
    typed, kept = ACCOUNT, DATA
    if token:
        typed = ACCOUNT | {CONF_TOKEN: f" {CLOUD_TOKEN} "}
        nobody = {CONF_USERNAME: None, CONF_PASSWORD: None}
        kept = DATA | nobody | {CONF_TOKEN: CLOUD_TOKEN}
    flow = await add(hass, KIND_MYHS, **typed)
    assert (flow.step, flow.facts["name"]) == ("found_homeseer", "Home")
    entry = await flow.finish()
    assert (entry.title, entry.unique_id) == ("Home", None)
    assert dict(entry.data) == kept


async def test_one_of_several_systems_is_picked_by_name(
    hass: HomeAssistant, cloud: Cloud, clock: ManualClock
) -> None:
    model = default_system(clock, seed=2)
    model.name = "Cabin"
    cloud.systems["67890"] = HomeSeerSystem(model, clock=clock)
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    assert flow.step == "system"
    systems = {"12345": "Home (12345)", "67890": "Cabin (67890)"}
    assert flow.offered("system") == systems
    cloud.offline.add("67890")
    assert (await flow.submit(system="67890")).error == "myhs_offline"
    cloud.offline.clear()
    # A page that is shown again asks the same.
    assert (await flow.fetch()).offered("system") == systems
    await flow.submit(system="67890")
    assert (await flow.finish()).title == "Cabin"
    # Now there is only one left to pick.
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    assert (await flow.finish()).title == "Home"
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    assert flow.step == "already_configured"


async def test_a_system_close_by_is_offered_without_the_cloud(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    cloud.far = False
    system.change_password((LOGIN["username"], LOGIN["password"]))
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    assert (flow.step, flow.facts["name"]) == ("nearby", "Home")
    await flow.submit(next_step_id="local")
    assert flow.error == "login_needed"
    assert flow.suggested(CONF_HOST) == address(system)
    entry = await (await flow.submit(host=address(system), **LOGIN)).finish()
    assert (entry.title, entry.unique_id) == ("Home", None)
    data = dict(entry.data)
    assert data.pop(CONF_WEBHOOK_ID)
    assert data == {
        CONF_KIND: KIND_HOMESEER,
        CONF_NAME: "Home",
        CONF_HOST: system.host,
        CONF_PORT: system.port,
        **LOGIN,
    }
    # The same system is not added through the cloud as well.
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    assert flow.step == "already_configured"


async def test_a_system_close_by_can_be_added_through_the_cloud(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    cloud.far = False
    flow = await add(hass, KIND_MYHS, **ACCOUNT)
    await flow.submit(next_step_id="cloud")
    assert flow.step == "found_homeseer"
    entry = await flow.finish()
    assert (entry.unique_id, entry.data[CONF_LOCAL_PORT]) == (None, system.port)
    # The same system is not added by its address as well.
    flow = await add(hass, KIND_HOMESEER, host=address(system))
    assert flow.step == "already_configured"


async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, cloud: Cloud, system: HomeSeerSystem
) -> None:
    flow = await add(hass, KIND_MYHS)
    for typed, hub, fault, error in (
        ({CONF_USERNAME: USER}, cloud, "", "myhs_login_missing"),
        ({CONF_PASSWORD: PASSWORD}, cloud, "", "myhs_login_missing"),
        (ACCOUNT | {CONF_PASSWORD: "no"}, cloud, "", "bad_login"),
        ({CONF_TOKEN: "wrong"}, cloud, "", "bad_login"),
        (ACCOUNT, cloud, "refuse_connections", "myhs_unreachable"),
        (ACCOUNT, cloud, "myhs_down", "not_ready"),
        (ACCOUNT, system, "json_disabled", "myhs_offline"),
    ):
        with trouble(hub, fault):
            await flow.submit(**typed)
        assert (flow.step, flow.error) == (KIND_MYHS, error), fault
    # A system that is off is not listed, or is listed as not online.
    for offline, online in ({"12345"}, True), (set(), False):
        cloud.offline, cloud.online = offline, online
        assert (await flow.submit(**ACCOUNT)).error == "myhs_no_system"
    cloud.online = True
    await (await flow.submit(**ACCOUNT)).finish()


@pytest.mark.parametrize("how", ["reauth", "reconfigure"])
async def test_another_login_is_tried_before_it_is_kept(
    hass: HomeAssistant, cloud_entry: MockConfigEntry, cloud: Cloud, how: str
) -> None:
    if how == "reconfigure":
        # The password of the same user is kept.
        flow = await again(hass, cloud_entry, how)
        assert (await flow.submit(username=USER)).step == f"{how}_successful"
        assert dict(cloud_entry.data) == DATA
    cloud.accounts = [
        Account(USER, "new", ("12345",), CLOUD_TOKEN),
        Account("neighbour", "secret", ("67890",)),
    ]
    flow = await again(hass, cloud_entry, how)
    # Why it is asked is said at once.
    assert flow.step == KIND_MYHS
    assert flow.error == ("bad_login" if how == "reauth" else "")
    assert flow.suggested(CONF_USERNAME) == USER
    new = {CONF_USERNAME: USER, CONF_PASSWORD: "new"}
    neighbour = {CONF_USERNAME: "neighbour", CONF_PASSWORD: "secret"}
    wrong: tuple[Wrong, ...] = (
        ({}, "", "myhs_login_missing"),
        (new | {CONF_PASSWORD: PASSWORD}, "", "bad_login"),
        (neighbour, "", "myhs_other_account"),
        (new, "refuse_connections", "myhs_unreachable"),
    )
    for typed, fault, error in wrong:
        with trouble(cloud, fault):
            assert (await flow.submit(**typed)).error == error
    with cloud.faults.during("truncated_json", path="getsessionconfig"):
        assert (await flow.submit(**new)).error == "not_ready"
    cloud.offline.add("12345")
    assert (await flow.submit(token=CLOUD_TOKEN)).error == "myhs_offline"
    cloud.offline.clear()
    assert (await flow.submit(**new)).step == f"{how}_successful"
    assert dict(cloud_entry.data) == DATA | new
    assert cloud_entry.state is ConfigEntryState.LOADED


def test_each_reason_has_a_text() -> None:
    said = {*CLOUD_ERRORS.values(), *SYSTEM_ERRORS.values(), "not_ready"}
    assert said <= set(texts("config")["error"])
