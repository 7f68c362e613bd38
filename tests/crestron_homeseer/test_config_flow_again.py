"""Signing in to a processor again, and following it to a new address."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_CERTIFICATE, DOMAIN
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, Light, Room
from simulator.samples import generated_house

from .common import Advance, state, texts
from .conftest import TOKEN
from .flows import address, shown, submit, suggested, tokens

# After so long, a complete survey has shown what there is.
LEARNED = 30


async def test_a_new_token_is_tried_before_it_is_kept(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.revoke_token("new")
    result = await loaded.start_reauth_flow(hass)
    assert (result["step_id"], result["errors"]) == ("reauth_confirm", {})
    text = texts("config")["step"]["reauth_confirm"]["description"]
    for explained in ("firmware upgrade", "Web API Settings", "Update Token", "{host}"):
        assert explained in text
    result = await submit(hass, result["flow_id"], token="wrong")
    assert result["errors"] == {CONF_TOKEN: "bad_token"}
    result = await submit(hass, result["flow_id"], token=" new ")
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done()
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
        result = await loaded.start_reconfigure_flow(hass)
        assert suggested(result, CONF_HOST) == address(processor)
        result = await submit(hass, result["flow_id"], host="")
        assert result["errors"] == {CONF_HOST: "bad_address"}
        result = await submit(hass, result["flow_id"], host=address(there))
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
    assert loaded.data[CONF_PORT] == secure.port
    assert loaded.data[CONF_SSL] is True
    assert loaded.data[CONF_TOKEN] == TOKEN
    assert loaded.state is ConfigEntryState.LOADED


async def test_encryption_and_its_certificate_are_given_up_only_when_asked(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    pinned = {CONF_CERTIFICATE: "ab" * 32}
    hass.config_entries.async_update_entry(secure_loaded, options=pinned)
    secure.faults.on("http_where_https")
    secure.requests.clear()
    result = await secure_loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["step_id"] == "no_longer_encrypted"
    assert not tokens(secure)
    assert (secure_loaded.data[CONF_SSL], secure_loaded.options) == (True, pinned)
    result = await submit(hass, result["flow_id"])
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert (secure_loaded.data[CONF_SSL], secure_loaded.options) == (False, {})
    assert secure_loaded.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("flow", ["reauth", "reconfigure"])
async def test_another_certificate_is_asked_about_before_the_token_goes_out(
    hass: HomeAssistant,
    secure_loaded: MockConfigEntry,
    secure: CrestronProcessor,
    flow: str,
) -> None:
    typed = {"reauth": {"token": TOKEN}, "reconfigure": {"host": address(secure)}}
    begin = {
        "reauth": secure_loaded.start_reauth_flow,
        "reconfigure": secure_loaded.start_reconfigure_flow,
    }
    options = {CONF_CERTIFICATE: "ab" * 32}
    hass.config_entries.async_update_entry(secure_loaded, options=options)
    secure.requests.clear()
    result = await begin[flow](hass)
    result = await submit(hass, result["flow_id"], **typed[flow])
    assert result["step_id"] == "certificate"
    assert not tokens(secure)
    assert shown(result, "pinned") == ":".join(["AB"] * 32)
    seen = shown(result, "seen")
    result = await submit(hass, result["flow_id"])
    assert result["reason"] == f"{flow}_successful"
    await hass.async_block_till_done()
    assert secure_loaded.state is ConfigEntryState.LOADED
    kept = secure_loaded.options[CONF_CERTIFICATE]
    assert bytes.fromhex(kept).hex(":").upper() == seen


async def test_a_processor_with_another_token_is_another_one(
    hass: HomeAssistant, loaded: MockConfigEntry, house: House, clock: ManualClock
) -> None:
    async with CrestronProcessor(
        house, token="other", https=True, clock=clock
    ) as there:
        result = await loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(there))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "other_house"


@pytest.mark.parametrize("sure", [True, False])
async def test_what_may_be_another_house_is_asked_about(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    clock: ManualClock,
    advance: Advance,
    sure: bool,
) -> None:
    await advance(LEARNED)
    known = len(loaded.runtime_data.data.devices)
    other = generated_house(30, clock, seed=9)
    # One equal name does not make it the same.
    other.add(Room(9000, "Kitchen"))
    other.add(Light(9001, "Downlights", 9000))
    data = dict(loaded.data)
    async with CrestronProcessor(other, token=TOKEN, https=True, clock=clock) as there:
        result = await loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(there))
        assert result["step_id"] == "other_house"
        assert shown(result, "known") == str(known)
        assert 0 < int(shown(result, "same")) < known / 10
        if not sure:
            hass.config_entries.flow.async_abort(result["flow_id"])
            assert dict(loaded.data) == data
            return
        result = await submit(hass, result["flow_id"])
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
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
    registry = er.async_get(hass)
    registry.async_update_entity("light.kitchen_downlights", name="Mine")
    await hass.config_entries.async_unload(loaded.entry_id)
    house.change_ids(lambda number: number + 50_000)
    async with CrestronProcessor(house, token=TOKEN, https=True, clock=clock) as there:
        result = await loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(there))
        assert result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
        assert state(hass, "light.kitchen_downlights").name == "Mine"
        assert hass.states.get("light.kitchen_downlights_2") is None
        await hass.config_entries.async_unload(loaded.entry_id)


async def test_an_address_of_another_entry_is_refused(
    hass: HomeAssistant, loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    data = {**loaded.data, CONF_HOST: secure.host, CONF_PORT: secure.port}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    result = await loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["reason"] == "already_configured"
