"""Adding a HomeSeer system by its address, and following it."""

from contextlib import AsyncExitStack
import socket
from unittest.mock import patch

from aiohttp import web
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PORT,
    CONF_USERNAME,
    CONF_WEBHOOK_ID,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_KIND,
    CONF_SCENE_GROUPS,
    DOMAIN,
    KIND_HOMESEER,
)
from custom_components.crestron_homeseer.flow_homeseer import keep_password
from custom_components.crestron_homeseer.flow_myhs import myhs_error
from custom_components.crestron_homeseer.house.hub import HubError, Reason
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model, Rights, User, default_system
from simulator.homeseer.model import Event

from .common import Advance, texts
from .flows import LOGIN, address, check_texts, finish, start, submit, suggested
from .options import default, offered

# Somebody else may have opened an ASCII port.
pytestmark = pytest.mark.usefixtures("no_push")


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


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({}, ["Escenas", "Ljusscener", "Lichtszenen"]),
        ({"scene_groups": ["Security"]}, ["Security"]),
        ({"scene_groups": []}, []),
    ],
)
async def test_it_is_asked_which_events_are_scenes(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    model: Model,
    chosen: dict[str, list[str]],
    kept: list[str],
) -> None:
    named = ("Lichtszenen", "Escenas", "Ljusscener", "Scenery", "La cena")
    model.events += [
        Event(id=9000 + number, group=group, name="One")
        for number, group in enumerate(named)
    ]
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert set(offered(result, CONF_SCENE_GROUPS)) > {*named, "Security", "Lighting"}
    # Those that are called scenes are chosen already.
    assert sorted(default(result, CONF_SCENE_GROUPS)) == [
        "Escenas",
        "Lichtszenen",
        "Ljusscener",
    ]
    result = await submit(hass, flow_id, **chosen)
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    options = result["result"].options
    assert sorted(options[CONF_SCENE_GROUPS]) == sorted(kept)
    await hass.config_entries.async_unload(result["result"].entry_id)


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


async def test_a_stored_password_goes_into_no_form(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(
        homeseer_loaded,
        data={
            **homeseer_loaded.data,
            CONF_USERNAME: LOGIN[0],
            CONF_PASSWORD: LOGIN[1],
        },
    )
    result = await homeseer_loaded.start_reconfigure_flow(hass)
    for _ in range(2):
        assert suggested(result, CONF_PASSWORD) is None
        assert LOGIN[1] not in str(result)
        result = await submit(
            hass, result["flow_id"], host="127.0.0.1:1", username=LOGIN[0]
        )
        # The form comes again, with what was typed and no more.
        assert result["errors"] == {CONF_HOST: "homeseer_refused"}


@pytest.mark.parametrize(
    ("typed", "password"),
    [
        ({CONF_USERNAME: " ann "}, "old"),
        ({CONF_USERNAME: "ann", CONF_PASSWORD: "new"}, "new"),
        # Nobody's password goes out with somebody else's name, nor without one.
        ({CONF_USERNAME: "bob"}, None),
        ({}, None),
    ],
)
def test_a_password_is_kept_for_the_same_user(
    typed: dict[str, str], password: str | None
) -> None:
    data = {CONF_USERNAME: "ann", CONF_PASSWORD: "old"}
    assert keep_password(typed, data).get(CONF_PASSWORD) == password


async def test_what_may_be_another_system_is_asked_about(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    clock: ManualClock,
    advance: Advance,
) -> None:
    # A complete survey has told what there is.
    await advance(30)
    model = default_system(clock)
    for feature in model.features.values():
        feature.name = f"Other {feature.name}"
    async with HomeSeerSystem(model, clock=clock) as other:
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(other))
        assert result["step_id"] == "other_house"
        check_texts(result)
        result = await submit(hass, result["flow_id"])
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert homeseer_loaded.data[CONF_PORT] == other.port
        await hass.config_entries.async_unload(homeseer_loaded.entry_id)


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


def test_each_reason_has_a_text() -> None:
    errors = texts("config")["error"]
    assert {f"homeseer_{reason}" for reason in Reason} <= set(errors)
    assert {myhs_error(HubError(reason)) for reason in Reason} <= set(errors)
