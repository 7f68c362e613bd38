"""Adding a processor, signing in to it again, and following it to a new address."""

from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_CERTIFICATE,
    CONF_KIND,
    DOMAIN,
    KIND_CRESTRON,
)
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, Light, Room
from simulator.samples import generated_house

from .common import Advance, state, texts
from .conftest import TOKEN
from .flows import NO_SUCH_NAME, Wrong, add, address, again, tokens, trouble

FOUND = {
    "host": "127.0.0.1",
    "model": "MC4-R",
    "rooms": "12",
    "lights": "27",
    "shades": "12",
    "thermostats": "4",
    "locks": "3",
    "sensors": "13",
    "media_rooms": "5",
    "scenes": "40",
}
WRONG: tuple[Wrong, ...] = (
    ({CONF_HOST: "not an address!"}, "", "bad_address"),
    ({CONF_HOST: "nowhere.lan"}, NO_SUCH_NAME, "not_found"),
    ({CONF_TOKEN: "wrong"}, "", "bad_token"),
    ({}, "boot_503", "not_ready"),
    ({}, "http_404", "no_api"),
    ({}, "html_login_page", "other_device"),
    ({}, "refuse_connections", "unreachable"),
    ({}, "inventory_500", "not_ready"),
)
# After so long, a complete survey has shown what there is.
LEARNED = 30


@pytest.mark.parametrize("typed", ["{}", " https://{}/cws/api "])
async def test_a_processor_is_added_as_people_type_it(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    host = typed.format(address(secure))
    flow = await add(hass, KIND_CRESTRON, host=host, token=f" {TOKEN} ")
    assert flow.step == "found"
    assert FOUND.items() <= flow.facts.items()
    # No session of the flow is left behind.
    assert secure.requests[-1].path.endswith("logout")
    entry = await flow.finish()
    assert (entry.title, entry.unique_id) == ("MC4-R", None)
    assert entry.data == {
        CONF_KIND: KIND_CRESTRON,
        CONF_HOST: "127.0.0.1",
        CONF_PORT: secure.port,
        CONF_SSL: True,
        CONF_TOKEN: TOKEN,
        CONF_MODEL: "MC4-R",
    }
    flow = await add(hass, KIND_CRESTRON, host=host, token=TOKEN)
    assert flow.step == "already_configured"
    # Another one gets another title.
    data = {**entry.data, CONF_HOST: "10.0.0.9"}
    hass.config_entries.async_update_entry(entry, data=data)
    flow = await add(hass, KIND_CRESTRON, host=host, token=TOKEN)
    assert (await flow.finish()).title == "MC4-R (127.0.0.1)"


async def test_plain_http_is_asked_about_before_the_token_goes_out(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.change(v2_info=False)
    flow = await add(hass, KIND_CRESTRON, host=address(processor), token="wrong")
    assert flow.step == "plain_http"
    # A page that is shown again asks the same, and is no yes.
    assert (await flow.fetch()).step == "plain_http"
    assert not tokens(processor)
    await flow.submit()
    # What was typed can be put right.
    assert (flow.step, flow.error) == (KIND_CRESTRON, "bad_token")
    assert flow.suggested(CONF_HOST) == address(processor)
    await flow.submit(host=address(processor), token=TOKEN)
    entry = await (await flow.submit()).finish()
    # Without a model the title is the host.
    assert (entry.title, entry.data[CONF_SSL]) == ("127.0.0.1", False)


async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow = await add(hass, KIND_CRESTRON)
    for wrong, fault, error in WRONG:
        typed = {CONF_HOST: address(secure), CONF_TOKEN: TOKEN} | wrong
        with trouble(secure, fault):
            await flow.submit(**typed)
        assert flow.error == error, typed | {"fault": fault}
        # What was typed stays in the form.
        assert flow.suggested(CONF_HOST) == typed[CONF_HOST]
    await flow.submit(host=address(secure), token=TOKEN)
    await flow.finish()


async def test_a_slow_processor_is_waited_for(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow = await add(hass, KIND_CRESTRON)
    with patch("custom_components.crestron_homeseer.flow_base.PATIENCE", 0):
        for token in ("wrong", TOKEN):
            task = flow.submit(host=address(secure), token=token)
            progress = texts("config")["progress"]
            shown = (await task).page
            assert shown["type"] is FlowResultType.SHOW_PROGRESS
            assert shown["progress_action"] in progress
            await hass.async_block_till_done(wait_background_tasks=True)
            # The frontend fetches the page that comes next.
            await flow.fetch()
            if token == "wrong":
                assert flow.error == "bad_token"
                # And once more, as a browser does that was reloaded.
                assert (await flow.fetch()).error == "bad_token"
    assert flow.step == "found"
    await flow.finish()


def test_each_reason_has_a_text() -> None:
    login = {Reason.BAD_LOGIN, Reason.BAD_TOKEN, Reason.LOGIN_NEEDED, Reason.NO_RIGHTS}
    # A system that is offline has a text of its own.
    shown = {reason.advice for reason in Reason} - {"offline"}
    assert shown <= set(texts("config")["error"])
    # A refused login is one text, whatever is wrong with it.
    exceptions = set(texts("exceptions"))
    assert {f"hub_{reason.advice}" for reason in set(Reason) - login} <= exceptions


async def test_a_new_token_is_tried_before_it_is_kept(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.revoke_token("new")
    flow = await again(hass, loaded, "reauth")
    assert (flow.step, flow.error) == ("reauth_confirm", "")
    assert (await flow.submit(token="wrong")).error == "bad_token"
    assert (await flow.submit(token=" new ")).step == "reauth_successful"
    assert loaded.data[CONF_TOKEN] == "new"
    assert loaded.state is ConfigEntryState.LOADED


async def test_a_moved_processor_is_followed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    secure: CrestronProcessor,
    processor: CrestronProcessor,
) -> None:
    # The old address again is fine; plain HTTP was agreed to when it was added.
    for there in (processor, secure):
        flow = await again(hass, loaded, "reconfigure")
        assert flow.suggested(CONF_HOST) == address(processor)
        assert (await flow.submit(host="")).error == "bad_address"
        await flow.submit(host=address(there))
        assert flow.step == "reconfigure_successful"
    assert (loaded.data[CONF_PORT], loaded.data[CONF_SSL]) == (secure.port, True)
    assert loaded.data[CONF_TOKEN] == TOKEN
    assert loaded.state is ConfigEntryState.LOADED
    # An address of another entry is refused.
    data = {**loaded.data, CONF_HOST: "10.0.0.9", CONF_PORT: None}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    flow = await again(hass, loaded, "reconfigure")
    assert (await flow.submit(host="10.0.0.9:443")).step == "already_configured"


async def test_encryption_is_given_up_only_when_asked(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    secure.faults.on("http_where_https")
    secure.requests.clear()
    data = dict(secure_loaded.data)
    flow = await again(hass, secure_loaded, "reconfigure")
    await flow.submit(host=address(secure))
    assert flow.step == "no_longer_encrypted"
    assert not tokens(secure)
    assert dict(secure_loaded.data) == data
    assert (await flow.submit()).step == "reconfigure_successful"
    assert secure_loaded.data[CONF_SSL] is False
    assert secure_loaded.state is ConfigEntryState.LOADED


async def test_no_token_goes_to_another_certificate_than_the_only_one(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    pinned = {CONF_CERTIFICATE: "ab" * 32}
    hass.config_entries.async_update_entry(secure_loaded, options=pinned)
    secure.requests.clear()
    for how, typed in (
        ("reauth", {CONF_TOKEN: TOKEN}),
        ("reconfigure", {CONF_HOST: address(secure)}),
    ):
        flow = await again(hass, secure_loaded, how)
        assert (await flow.submit(**typed)).error == "certificate"
    assert not tokens(secure)
    assert secure_loaded.options == pinned


async def test_a_processor_with_another_token_is_another_one(
    hass: HomeAssistant, loaded: MockConfigEntry, house: House, clock: ManualClock
) -> None:
    other = CrestronProcessor(house, token="other", https=True, clock=clock)
    async with other as there:
        flow = await again(hass, loaded, "reconfigure")
        await flow.submit(host=address(there))
    assert (flow.page["type"], flow.step) == (FlowResultType.ABORT, "other_house")


async def test_what_may_be_another_house_is_asked_about(
    hass: HomeAssistant, loaded: MockConfigEntry, clock: ManualClock, advance: Advance
) -> None:
    await advance(LEARNED)
    known = len(loaded.runtime_data.data.devices)
    other = generated_house(30, clock, seed=9)
    # One equal name does not make it the same.
    other.add(Room(9000, "Kitchen"))
    other.add(Light(9001, "Downlights", 9000))
    data = dict(loaded.data)
    async with CrestronProcessor(other, token=TOKEN, https=True, clock=clock) as there:
        flow = await again(hass, loaded, "reconfigure")
        await flow.submit(host=address(there))
        assert flow.step == "other_house"
        assert flow.facts["known"] == str(known)
        assert 0 < int(flow.facts["same"]) < known / 10
        assert dict(loaded.data) == data
        assert (await flow.submit()).step == "reconfigure_successful"
        assert loaded.data[CONF_PORT] == there.port
        assert loaded.state is ConfigEntryState.LOADED
        await hass.config_entries.async_unload(loaded.entry_id)


async def test_the_same_house_after_a_new_program_is_followed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    clock: ManualClock,
    advance: Advance,
) -> None:
    await advance(LEARNED)
    light = "light.kitchen_downlights"
    er.async_get(hass).async_update_entity(light, name="Mine")
    await hass.config_entries.async_unload(loaded.entry_id)
    house.change_ids(lambda number: number + 50_000)
    async with CrestronProcessor(house, token=TOKEN, https=True, clock=clock) as there:
        flow = await again(hass, loaded, "reconfigure")
        await flow.submit(host=address(there))
        assert flow.step == "reconfigure_successful"
        assert state(hass, light).name == "Mine"
        assert hass.states.get(f"{light}_2") is None
        await hass.config_entries.async_unload(loaded.entry_id)
