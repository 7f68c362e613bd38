"""Adding a HomeSeer system by its address, and following it."""

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
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model, Rights, User, default_system
from simulator.homeseer.model import Event

from .flows import (
    LOGIN,
    NO_SUCH_NAME,
    Wrong,
    address,
    default,
    finish,
    offered,
    start,
    submit,
    suggested,
    trouble,
)

# Somebody else may have opened an ASCII port.
pytestmark = pytest.mark.usefixtures("no_push")

GUEST = "guest"
# What is typed, the fault meanwhile, and where the form shows which error.
WRONG: tuple[Wrong, ...] = (
    ({CONF_HOST: "not an address!"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "https://"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "1.2.3.4:99999"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "nowhere.lan"}, NO_SUCH_NAME, CONF_HOST, "not_found"),
    ({}, "", CONF_USERNAME, "login_needed"),
    ({CONF_USERNAME: LOGIN[0], CONF_PASSWORD: "no"}, "", CONF_PASSWORD, "bad_login"),
    ({CONF_USERNAME: GUEST, CONF_PASSWORD: GUEST}, "", CONF_USERNAME, "no_rights"),
    ({}, "json_disabled", CONF_HOST, "no_api"),
    ({}, "refuse_connections", CONF_HOST, "unreachable"),
    ({}, "silent", CONF_HOST, "unreachable"),
    # A Crestron processor is one.
    ({CONF_HOST: "{}"}, "", CONF_HOST, "other_device"),
    ({}, "http_503", "base", "not_ready"),
    ({}, "reset_mid_body", "base", "not_ready"),
    ({}, "truncated_json", "base", "not_ready"),
    ({}, "empty_body", "base", "not_ready"),
    ({}, "lists_missing", "base", "missing"),
    ({}, "lists_empty", "base", "missing"),
    ({}, "no_devices", "base", "missing"),
)


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
    called = ["Escenas", "Lichtszenen", "Ljusscener"]
    assert sorted(default(result, CONF_SCENE_GROUPS)) == called
    result = await submit(hass, flow_id, **chosen)
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    options = result["result"].options
    assert sorted(options[CONF_SCENE_GROUPS]) == sorted(kept)
    await hass.config_entries.async_unload(result["result"].entry_id)


async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, model: Model, clock: ManualClock, processor: CrestronProcessor
) -> None:
    guest = User(GUEST, GUEST, Rights.GUEST)
    async with HomeSeerSystem(model, clock=clock, auth=LOGIN, users=[guest]) as system:
        login = {CONF_USERNAME: LOGIN[0], CONF_PASSWORD: LOGIN[1]}
        flow_id = await start(hass, "homeseer")
        for wrong, fault, field, error in WRONG:
            typed = {CONF_HOST: address(system)} | wrong
            typed[CONF_HOST] = typed[CONF_HOST].format(address(processor))
            with trouble(system, fault):
                result = await submit(hass, flow_id, **(login if fault else {}) | typed)
            assert result["errors"] == {field: error}, typed | {"fault": fault}
            # What was typed stays in the form.
            assert suggested(result, CONF_HOST) == typed[CONF_HOST]
        login[CONF_USERNAME] = " admin "
        await submit(hass, flow_id, host=address(system), **login)
        result = await finish(hass, flow_id)
        kept = result["data"][CONF_USERNAME], result["data"][CONF_PASSWORD]
        assert kept == LOGIN


async def test_the_same_system_is_not_added_twice(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, system: HomeSeerSystem
) -> None:
    flow_id = await start(hass, "homeseer")
    result = await submit(hass, flow_id, host=address(system))
    assert result["reason"] == "already_configured"


async def test_a_new_password_is_tried_before_it_is_kept(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, system: HomeSeerSystem
) -> None:
    login = {CONF_USERNAME: LOGIN[0], CONF_PASSWORD: LOGIN[1]}
    system.change_password(LOGIN)
    result = await homeseer_loaded.start_reauth_flow(hass)
    # Why it is asked is said at once, and only a login is asked for.
    assert result["errors"] == {CONF_PASSWORD: "bad_login"}
    schema = result["data_schema"]
    assert schema is not None and set(schema.schema) == set(login)
    flow_id = result["flow_id"]
    for typed, fault, errors in (
        ({}, "", {CONF_USERNAME: "login_needed"}),
        (login | {CONF_PASSWORD: "wrong"}, "", {CONF_PASSWORD: "bad_login"}),
        (login, "refuse_connections", {"base": "unreachable"}),
    ):
        with trouble(system, fault):
            result = await submit(hass, flow_id, **typed)
        assert result["errors"] == errors
    result = await submit(hass, flow_id, **login)
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
    login = {CONF_USERNAME: LOGIN[0], CONF_PASSWORD: LOGIN[1]}
    async with HomeSeerSystem(default_system(clock), clock=clock, auth=LOGIN) as there:
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        assert (result["step_id"], result["errors"]) == ("homeseer", {})
        assert suggested(result, CONF_HOST) == address(system)
        flow_id = result["flow_id"]
        result = await submit(hass, flow_id, host="")
        assert result["errors"] == {CONF_HOST: "bad_address"}
        result = await submit(hass, flow_id, host=address(there))
        assert result["errors"] == {CONF_USERNAME: "login_needed"}
        result = await submit(hass, flow_id, host=address(there), **login)
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert homeseer_loaded.state is ConfigEntryState.LOADED
        expected = data | {CONF_PORT: there.port} | login
        assert dict(homeseer_loaded.data) == expected
        # The same again. The password goes into no form; it is kept where the user is
        # the same, and sent with nobody else's name, nor without one.
        result = await homeseer_loaded.start_reconfigure_flow(hass)
        assert suggested(result, CONF_USERNAME) == LOGIN[0]
        for typed, field, error in (
            (
                {CONF_HOST: "127.0.0.1:1", CONF_USERNAME: LOGIN[0]},
                "host",
                "unreachable",
            ),
            ({CONF_USERNAME: "bob"}, CONF_PASSWORD, "bad_login"),
            ({}, CONF_USERNAME, "login_needed"),
        ):
            assert suggested(result, CONF_PASSWORD) is None
            assert LOGIN[1] not in str(result)
            typed = {CONF_HOST: address(there)} | typed
            result = await submit(hass, result["flow_id"], **typed)
            assert result["errors"] == {field: error}
        result = await submit(
            hass, result["flow_id"], host=address(there), username=f" {LOGIN[0]} "
        )
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert dict(homeseer_loaded.data) == expected
        await hass.config_entries.async_unload(homeseer_loaded.entry_id)


async def test_an_address_of_another_entry_is_refused(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry
) -> None:
    data = {**homeseer_loaded.data, CONF_HOST: "10.0.0.9", CONF_PORT: None}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    result = await homeseer_loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host="10.0.0.9:80")
    assert result["reason"] == "already_configured"
