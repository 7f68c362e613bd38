"""Adding a HomeSeer system, by its address or through MyHS, and following it."""

from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack
import socket
from typing import Any, override
from unittest.mock import patch

from aiohttp import web
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
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
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)
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
from custom_components.crestron_homeseer.flow_myhs import myhs_error
from custom_components.crestron_homeseer.house.hub import HubError, Reason
from simulator.clock import ManualClock
from simulator.homeseer import (
    Account,
    HomeSeerSystem,
    Model,
    MyHS,
    Rights,
    User,
    default_system,
)

from .common import texts

LOGIN = ("admin", " a pass&word, nobody may see ")
USER, PASSWORD, CLOUD_TOKEN = "casa@example.org", "pa55 w+rd", "a-token-of-the-cloud"
ACCOUNT = {CONF_USERNAME: f" {USER} ", CONF_PASSWORD: PASSWORD}
FAR = {"detected_wan_ip": "198.51.100.1"}


class Cloud(MyHS):
    """MyHS; its clients may be somewhere else than the systems."""

    far = True

    @override
    def _described(self, number: str, system: HomeSeerSystem) -> dict[str, object]:
        return super()._described(number, system) | (FAR if self.far else {})


@pytest.fixture(autouse=True)
def no_push() -> Generator[None]:
    """Try no ASCII port that somebody else may have opened."""
    with patch("custom_components.crestron_homeseer.hubs.DEFAULT_ASCII_PORT", 0):
        yield


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


def address(system: HomeSeerSystem) -> str:
    """Return what a person would type."""
    return f"{system.host}:{system.port}"


def menu(result: ConfigFlowResult) -> set[str]:
    """Return what a menu offers."""
    options: Any = result["menu_options"]
    return set(options)


async def start(hass: HomeAssistant, kind: str) -> str:
    """Start adding a hub and choose the kind; returns the flow."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.MENU
    assert menu(result) == set(texts("config")["step"]["user"]["menu_options"])
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"next_step_id": kind}
    )
    assert result["step_id"] == kind
    assert not result["errors"]
    return result["flow_id"]


async def submit(hass: HomeAssistant, flow_id: str, **typed: Any) -> ConfigFlowResult:
    """Submit a form; whatever comes back has to have its texts."""
    result = await hass.config_entries.flow.async_configure(flow_id, typed)
    check_texts(result)
    return result


def check_texts(result: ConfigFlowResult) -> None:
    """Check that every step, field, error and reason of a result has a text."""
    config = texts("config")
    for error in (result.get("errors") or {}).values():
        assert error in config["error"]
    reason = result.get("reason")
    assert reason is None or reason in config["abort"]
    step = result.get("step_id")
    if step is None:
        return
    found = config["step"][step]
    assert found["title"]
    placeholders = result.get("description_placeholders") or {}
    assert found.get("description", "").format(**placeholders) is not None
    if result["type"] is FlowResultType.MENU:
        assert menu(result) == set(found["menu_options"])
    elif (schema := result.get("data_schema")) is not None:
        fields = {str(key) for key in schema.schema}
        assert fields == set(found["data"]) == set(found["data_description"])


def suggested(result: ConfigFlowResult, field: str) -> Any:
    """Return what a field of a form is filled with."""
    schema = result["data_schema"]
    assert schema is not None
    return get_schema_suggested_value(schema.schema, field)


async def choose(hass: HomeAssistant, flow_id: str, option: str) -> ConfigFlowResult:
    """Choose from a menu."""
    return await submit(hass, flow_id, next_step_id=option)


async def finish(hass: HomeAssistant, flow_id: str) -> ConfigFlowResult:
    """Confirm what was found."""
    result = await submit(hass, flow_id)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    entry = result["result"]
    assert entry.state is ConfigEntryState.LOADED
    await hass.config_entries.async_unload(entry.entry_id)
    return result


# By its address


@pytest.mark.parametrize("typed", ["{}", " http://{}/devices.html ", "{}/JSON"])
async def test_a_system_is_added_as_people_type_it(
    hass: HomeAssistant, system: HomeSeerSystem, typed: str
) -> None:
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=typed.format(address(system)))
    assert result["step_id"] == "found_homeseer"
    found = dict(result["description_placeholders"] or {})
    assert int(found.pop("devices")) > 50
    assert int(found.pop("rooms")) > 10
    assert found == {"name": "HomeSeer HS4", "version": "4.2.22.4", "events": "25"}
    result = await finish(hass, flow_id)
    assert result["title"] == "HomeSeer HS4"
    entry = result["result"]
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert ("HomeSeer HS4", "HS4") in [(each.name, each.model) for each in devices]
    assert result["result"].unique_id is None
    data = dict(result["data"])
    assert len(data.pop(CONF_WEBHOOK_ID)) == 64
    assert data == {
        CONF_KIND: KIND_HOMESEER,
        CONF_HOST: "127.0.0.1",
        CONF_PORT: system.port,
        CONF_USERNAME: None,
        CONF_PASSWORD: None,
    }


async def test_a_password_is_asked_for_only_if_it_is_needed(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    system.change_password(LOGIN)
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert result["step_id"] == "login"
    assert result["errors"] == {}
    assert result["description_placeholders"] == {"host": "127.0.0.1"}
    result = await submit(hass, flow_id, username="admin", password="wrong")
    assert result["step_id"] == "login"
    assert result["errors"] == {CONF_PASSWORD: "homeseer_bad_login"}
    result = await submit(hass, flow_id, username=" admin ", password=LOGIN[1])
    assert result["step_id"] == "found_homeseer"
    result = await finish(hass, flow_id)
    assert (result["data"][CONF_USERNAME], result["data"][CONF_PASSWORD]) == LOGIN


async def test_a_login_can_be_given_at_once(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    system.change_password(LOGIN)
    flow_id = await start(hass, "homeseer")
    typed = {CONF_HOST: address(system), CONF_USERNAME: LOGIN[0]}
    result = await submit(hass, flow_id, **typed, password="wrong")
    assert result["step_id"] == "homeseer"
    assert result["errors"] == {CONF_PASSWORD: "homeseer_bad_login"}
    # What was typed stays in the form.
    assert suggested(result, CONF_HOST) == address(system)
    result = await submit(hass, flow_id, **typed, password=LOGIN[1])
    await finish(hass, flow_id)


async def test_a_guest_is_refused(
    hass: HomeAssistant, model: Model, clock: ManualClock, socket_enabled: None
) -> None:
    guest = User("guest", "guest", Rights.GUEST)
    async with HomeSeerSystem(model, clock=clock, auth=LOGIN, users=[guest]) as system:
        flow_id = await start(hass, "homeseer")
        typed = {CONF_HOST: address(system)}
        result = await submit(
            hass, flow_id, **typed, username="guest", password="guest"
        )
        assert result["errors"] == {CONF_USERNAME: "homeseer_no_rights"}
        result = await submit(
            hass, flow_id, **typed, username=LOGIN[0], password=LOGIN[1]
        )
        await finish(hass, flow_id)


@pytest.mark.parametrize("typed", ["not an address!", "https://", "1.2.3.4:99999"])
async def test_what_is_no_address_is_said(
    hass: HomeAssistant, system: HomeSeerSystem, typed: str
) -> None:
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=typed)
    assert result["errors"] == {CONF_HOST: "homeseer_bad_address"}
    assert suggested(result, CONF_HOST) == typed
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


@pytest.mark.parametrize(
    ("fault", "field", "reason"),
    [
        ("json_disabled", CONF_HOST, Reason.NO_API),
        ("http_503", "base", Reason.STARTING),
        ("refuse_connections", CONF_HOST, Reason.REFUSED),
        ("reset_mid_body", "base", Reason.LOST),
        ("truncated_json", "base", Reason.NONSENSE),
        ("empty_body", "base", Reason.NONSENSE),
    ],
)
async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    fault: str,
    field: str,
    reason: Reason,
) -> None:
    flow_id = await start(hass, "homeseer")
    with system.faults.during(fault):
        result = await submit(hass, flow_id, host=address(system))
    assert result["errors"] == {field: f"homeseer_{reason}"}
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


@pytest.mark.parametrize("fault", ["lists_missing", "lists_empty", "no_devices"])
async def test_a_system_without_devices_is_said(
    hass: HomeAssistant, system: HomeSeerSystem, fault: str
) -> None:
    flow_id = await start(hass, "homeseer")
    with system.faults.during(fault):
        result = await submit(hass, flow_id, host=address(system))
    assert result["errors"] == {"base": "homeseer_missing"}
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


async def test_silence_is_said(hass: HomeAssistant, system: HomeSeerSystem) -> None:
    flow_id = await start(hass, "homeseer")
    with (
        system.faults.during("silent"),
        patch("custom_components.crestron_homeseer.homeseer.find.PROBE_TIMEOUT", 0.2),
    ):
        result = await submit(hass, flow_id, host=address(system))
    assert result["errors"] == {CONF_HOST: "homeseer_timed_out"}
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


async def test_a_name_that_is_not_there_is_said(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    flow_id = await start(hass, "homeseer")
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    with patch("aiohttp.connector.TCPConnector._resolve_host", side_effect=unknown):
        result = await submit(hass, flow_id, host="nowhere.lan")
    assert result["errors"] == {CONF_HOST: "homeseer_not_found"}
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


async def test_another_device_is_said(
    hass: HomeAssistant, system: HomeSeerSystem
) -> None:
    async def router(request: web.Request) -> web.Response:
        return web.Response(text="<html>A router</html>", content_type="text/html")

    async with AsyncExitStack() as stack:
        app = web.Application()
        app.router.add_get("/{tail:.*}", router)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        flow_id = await start(hass, "homeseer")
        result = await submit(hass, flow_id, host=f"127.0.0.1:{port}")
    assert result["errors"] == {CONF_HOST: "homeseer_other_device"}
    await submit(hass, flow_id, host=address(system))
    await finish(hass, flow_id)


async def test_the_same_system_is_not_added_twice(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, system: HomeSeerSystem
) -> None:
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert result["reason"] == "already_configured"


async def test_a_new_password_is_tried_before_it_is_kept(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, system: HomeSeerSystem
) -> None:
    system.change_password(LOGIN)
    result = await homeseer_loaded.start_reauth_flow(hass)
    assert result["step_id"] == "reauth_homeseer"
    check_texts(result)
    flow_id = result["flow_id"]
    result = await submit(hass, flow_id)
    assert result["errors"] == {CONF_USERNAME: "homeseer_login_needed"}
    result = await submit(hass, flow_id, username=LOGIN[0], password="wrong")
    assert result["errors"] == {CONF_PASSWORD: "homeseer_bad_login"}
    with system.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, username=LOGIN[0], password=LOGIN[1])
    assert result["errors"] == {"base": "homeseer_refused"}
    result = await submit(hass, flow_id, username=LOGIN[0], password=LOGIN[1])
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done()
    assert homeseer_loaded.data[CONF_PASSWORD] == LOGIN[1]
    assert homeseer_loaded.state is ConfigEntryState.LOADED


async def test_a_moved_system_is_followed(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    clock: ManualClock,
) -> None:
    data = dict(homeseer_loaded.data)
    async with HomeSeerSystem(default_system(clock), clock=clock, auth=LOGIN) as there:
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        check_texts(result)
        assert suggested(result, CONF_HOST) == address(system)
        flow_id = result["flow_id"]
        result = await submit(hass, flow_id, host="")
        assert result["errors"] == {CONF_HOST: "homeseer_bad_address"}
        result = await submit(hass, flow_id, host=address(there))
        assert result["errors"] == {CONF_USERNAME: "homeseer_login_needed"}
        result = await submit(
            hass, flow_id, host=address(there), username=LOGIN[0], password=LOGIN[1]
        )
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert homeseer_loaded.state is ConfigEntryState.LOADED
        assert dict(homeseer_loaded.data) == data | {
            CONF_PORT: there.port,
            CONF_USERNAME: LOGIN[0],
            CONF_PASSWORD: LOGIN[1],
        }
        # The same again; the password is kept where the user is the same.
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        assert suggested(result, CONF_PASSWORD) is None
        result = await submit(
            hass, result["flow_id"], host=address(there), username=LOGIN[0]
        )
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert homeseer_loaded.data[CONF_PASSWORD] == LOGIN[1]
        await hass.config_entries.async_unload(homeseer_loaded.entry_id)


async def test_another_system_is_not_taken_for_this_one(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, clock: ManualClock
) -> None:
    model = default_system(clock)
    for feature in model.features.values():
        feature.name = f"Other {feature.name}"
    async with HomeSeerSystem(model, clock=clock) as other:
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(other))
    assert result["reason"] == "other_house"


async def test_an_address_of_another_entry_is_refused(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    MockConfigEntry(
        domain=DOMAIN,
        data={**homeseer_loaded.data, CONF_HOST: "10.0.0.9", CONF_PORT: None},
    ).add_to_hass(hass)
    result = await homeseer_loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host="10.0.0.9:80")
    assert result["reason"] == "already_configured"


# Through MyHS


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


def test_each_reason_has_a_text() -> None:
    errors = texts("config")["error"]
    assert {f"homeseer_{reason}" for reason in Reason} <= set(errors)
    assert {myhs_error(HubError(reason)) for reason in Reason} <= set(errors)
