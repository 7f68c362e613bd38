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

from .flows import LOGIN, NO_SUCH_NAME, Wrong, add, address, again, trouble

# Somebody else may have opened an ASCII port.
pytestmark = pytest.mark.usefixtures("no_push")

USER, PASSWORD = LOGIN["username"], LOGIN["password"]
AUTH = USER, PASSWORD
GUEST = "guest"
WRONG: tuple[Wrong, ...] = (
    ({CONF_HOST: "not an address!"}, "", "bad_address"),
    ({CONF_HOST: "nowhere.lan"}, NO_SUCH_NAME, "not_found"),
    ({}, "", "login_needed"),
    ({CONF_USERNAME: USER, CONF_PASSWORD: "no"}, "", "bad_login"),
    ({CONF_USERNAME: GUEST, CONF_PASSWORD: GUEST}, "", "no_rights"),
    ({}, "json_disabled", "no_api"),
    ({}, "refuse_connections", "unreachable"),
    ({}, "silent", "unreachable"),
    # A Crestron processor is one.
    ({CONF_HOST: "{}"}, "", "other_device"),
    ({}, "http_503", "not_ready"),
    ({}, "truncated_json", "not_ready"),
    ({}, "no_devices", "missing"),
)


@pytest.mark.parametrize("typed", ["{}", " http://{}/devices.html "])
async def test_a_system_is_added_as_people_type_it(
    hass: HomeAssistant, system: HomeSeerSystem, typed: str
) -> None:
    host = typed.format(address(system))
    flow = await add(hass, KIND_HOMESEER, host=host)
    assert flow.step == "found_homeseer"
    shown = flow.facts
    assert int(shown["devices"]) > 50 and int(shown["rooms"]) > 10
    found = {"name": "HomeSeer HS4", "version": "4.2.22.4", "events": "25"}
    assert found.items() <= shown.items()
    entry = await flow.finish()
    assert (entry.title, entry.unique_id) == ("HomeSeer HS4", None)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert ("HomeSeer HS4", "HS4") in [(each.name, each.model) for each in devices]
    data = dict(entry.data)
    assert len(data.pop(CONF_WEBHOOK_ID)) == 64
    assert data == {
        CONF_KIND: KIND_HOMESEER,
        CONF_HOST: "127.0.0.1",
        CONF_PORT: system.port,
        CONF_USERNAME: None,
        CONF_PASSWORD: None,
    }
    flow = await add(hass, KIND_HOMESEER, host=host)
    assert flow.step == "already_configured"


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
    flow = await add(hass, KIND_HOMESEER, host=address(system))
    offered = set(flow.offered(CONF_SCENE_GROUPS))
    assert offered > {*named, "Security", "Lighting"}
    # Those that are called scenes are chosen already.
    called = ["Escenas", "Lichtszenen", "Ljusscener"]
    assert sorted(flow.default(CONF_SCENE_GROUPS)) == called
    entry = (await flow.submit(**chosen)).page["result"]
    assert sorted(entry.options[CONF_SCENE_GROUPS]) == sorted(kept)
    await hass.config_entries.async_unload(entry.entry_id)


async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, model: Model, clock: ManualClock, processor: CrestronProcessor
) -> None:
    users = [User(GUEST, GUEST, Rights.GUEST)]
    model.events.clear()
    async with HomeSeerSystem(model, clock=clock, auth=AUTH, users=users) as system:
        flow = await add(hass, KIND_HOMESEER)
        for wrong, fault, error in WRONG:
            typed = {CONF_HOST: address(system)} | (LOGIN if fault else {}) | wrong
            typed[CONF_HOST] = typed[CONF_HOST].format(address(processor))
            with trouble(system, fault):
                await flow.submit(**typed)
            assert flow.error == error, typed | {"fault": fault}
            # What was typed stays in the form.
            assert flow.suggested(CONF_HOST) == typed[CONF_HOST]
        login = LOGIN | {CONF_USERNAME: f" {USER} "}
        await flow.submit(host=address(system), **login)
        # Without events, nothing is asked about them.
        assert flow.fields == {}
        entry = await flow.finish()
        assert LOGIN.items() <= entry.data.items()


async def test_a_new_password_is_tried_before_it_is_kept(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, system: HomeSeerSystem
) -> None:
    system.change_password(AUTH)
    flow = await again(hass, homeseer_loaded, "reauth")
    # Why it is asked is said at once, and only a login is asked for.
    assert flow.error == "bad_login"
    assert set(flow.fields) == set(LOGIN)
    wrong: tuple[Wrong, ...] = (
        ({}, "", "login_needed"),
        (LOGIN | {CONF_PASSWORD: "wrong"}, "", "bad_login"),
        (LOGIN, "refuse_connections", "unreachable"),
    )
    for typed, fault, error in wrong:
        with trouble(system, fault):
            assert (await flow.submit(**typed)).error == error
    assert (await flow.submit(**LOGIN)).step == "reauth_successful"
    assert homeseer_loaded.data[CONF_PASSWORD] == PASSWORD
    assert homeseer_loaded.state is ConfigEntryState.LOADED


async def test_a_moved_system_is_followed(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    clock: ManualClock,
) -> None:
    entry, data = homeseer_loaded, homeseer_loaded.data
    async with HomeSeerSystem(default_system(clock), clock=clock, auth=AUTH) as there:
        flow = await again(hass, entry, "reconfigure")
        assert (flow.step, flow.error) == (KIND_HOMESEER, "")
        assert flow.suggested(CONF_HOST) == address(system)
        assert (await flow.submit(host="")).error == "bad_address"
        assert (await flow.submit(host=address(there))).error == "login_needed"
        await flow.submit(host=address(there), **LOGIN)
        assert flow.step == "reconfigure_successful"
        assert entry.state is ConfigEntryState.LOADED
        expected = {**data, CONF_PORT: there.port} | LOGIN
        assert dict(entry.data) == expected
        # The same again. The password goes into no form; it is kept where the user is
        # the same, and sent with nobody else's name, nor without one.
        flow = await again(hass, entry, "reconfigure")
        assert flow.suggested(CONF_USERNAME) == USER
        nowhere = {CONF_HOST: "127.0.0.1:1", CONF_USERNAME: USER}
        for typed, error in (
            (nowhere, "unreachable"),
            ({CONF_USERNAME: "bob"}, "bad_login"),
            ({}, "login_needed"),
        ):
            assert flow.suggested(CONF_PASSWORD) is None
            assert PASSWORD not in str(flow.page)
            await flow.submit(**{CONF_HOST: address(there)} | typed)
            assert flow.error == error
        await flow.submit(host=address(there), username=f" {USER} ")
        assert flow.step == "reconfigure_successful"
        assert dict(entry.data) == expected
        # An address of another entry is refused.
        other = {**data, CONF_HOST: "10.0.0.9", CONF_PORT: None}
        MockConfigEntry(domain=DOMAIN, data=other).add_to_hass(hass)
        flow = await again(hass, entry, "reconfigure")
        assert (await flow.submit(host="10.0.0.9:80")).step == "already_configured"
        await hass.config_entries.async_unload(entry.entry_id)
