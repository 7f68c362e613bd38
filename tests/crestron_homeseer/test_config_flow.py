"""Adding a processor, signing in again, and following it to a new address."""

import socket
from unittest.mock import patch

from aiohttp import web
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)

from custom_components.crestron_homeseer.const import (
    CONF_CERTIFICATE,
    CONF_KIND,
    DOMAIN,
    KIND_CRESTRON,
)
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.samples import generated_house

from .common import texts
from .conftest import TOKEN


def address(processor: CrestronProcessor) -> str:
    """Return what a person would type."""
    return f"{processor.host}:{processor.port}"


async def start(hass: HomeAssistant) -> str:
    """Start adding a hub and choose the processor; returns the flow."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.MENU
    assert KIND_CRESTRON in result["menu_options"]
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"next_step_id": KIND_CRESTRON}
    )
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == KIND_CRESTRON
    assert result["errors"] == {}
    return result["flow_id"]


async def submit(hass: HomeAssistant, flow_id: str, **typed: str) -> ConfigFlowResult:
    """Submit a form; whatever error or reason comes back has to have a text."""
    result = await hass.config_entries.flow.async_configure(flow_id, typed)
    config = texts("config")
    for error in (result.get("errors") or {}).values():
        assert error in config["error"]
    reason = result.get("reason")
    assert reason is None or reason in config["abort"]
    step = result.get("step_id")
    assert step is None or step in config["step"]
    return result


async def finish(hass: HomeAssistant, flow_id: str) -> ConfigFlowResult:
    """Confirm what was found."""
    result = await submit(hass, flow_id)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert result["result"].state is ConfigEntryState.LOADED
    return result


@pytest.mark.parametrize("typed", ["{}", " https://{}/ ", "http://{}/cws/api", "{} "])
async def test_a_processor_is_added_as_people_type_it(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    flow_id = await start(hass)
    result = await submit(
        hass, flow_id, host=typed.format(address(secure)), token=f" {TOKEN} "
    )
    assert result["step_id"] == "found"
    assert result["description_placeholders"] == {
        "host": "127.0.0.1",
        "model": "MC4-R",
        "rooms": "12",
        "lights": "27",
        "shades": "12",
        "thermostats": "4",
        "locks": "3",
        "sensors": "12",
        "media_rooms": "5",
        "scenes": "40",
    }
    result = await finish(hass, flow_id)
    assert result["title"] == "MC4-R"
    assert result["result"].unique_id is None
    assert result["data"] == {
        CONF_KIND: KIND_CRESTRON,
        CONF_HOST: "127.0.0.1",
        CONF_PORT: secure.port,
        CONF_SSL: True,
        CONF_TOKEN: TOKEN,
        CONF_MODEL: "MC4-R",
    }


async def test_without_a_model_the_title_is_the_host(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    secure.change(v2_info=False)
    flow_id = await start(hass)
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert (await finish(hass, flow_id))["title"] == "127.0.0.1"


async def test_plain_http_is_asked_about_before_the_token_goes_out(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    result = await submit(hass, flow_id, host=address(processor), token=TOKEN)
    assert result["step_id"] == "plain_http"
    assert not tokens(processor)
    result = await submit(hass, flow_id)
    assert result["step_id"] == "found"
    result = await finish(hass, flow_id)
    assert result["data"][CONF_SSL] is False


async def test_the_same_processor_is_not_added_twice(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    result = await submit(hass, flow_id, host=address(processor), token=TOKEN)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("typed", ["not an address!", "https://", "1.2.3.4:99999"])
async def test_what_is_no_address_is_said(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    flow_id = await start(hass)
    result = await submit(hass, flow_id, host=typed, token=TOKEN)
    assert result["errors"] == {CONF_HOST: "bad_address"}
    # What was typed stays in the form.
    schema = result["data_schema"]
    assert schema is not None
    assert get_schema_suggested_value(schema.schema, CONF_HOST) == typed
    result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert result["step_id"] == "found"
    await finish(hass, flow_id)


async def test_a_wrong_token_is_said_and_can_be_corrected(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    result = await submit(hass, flow_id, host=address(secure), token="wrong")
    assert result["errors"] == {CONF_TOKEN: Reason.BAD_TOKEN}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


@pytest.mark.parametrize(
    ("fault", "field", "reason"),
    [
        ("boot_503", CONF_HOST, Reason.STARTING),
        ("http_404", CONF_HOST, Reason.NO_API),
        ("html_login_page", CONF_HOST, Reason.OTHER_DEVICE),
        ("inventory_500", "base", Reason.STARTING),
    ],
)
async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant,
    secure: CrestronProcessor,
    fault: str,
    field: str,
    reason: Reason,
) -> None:
    flow_id = await start(hass)
    with secure.faults.during(fault):
        result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
        assert result["errors"] == {field: reason}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_refused_connection_is_said(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    with secure.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert result["errors"] == {CONF_HOST: Reason.REFUSED}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_silence_is_said(hass: HomeAssistant, secure: CrestronProcessor) -> None:
    flow_id = await start(hass)
    with (
        secure.faults.during("silent"),
        patch("custom_components.crestron_homeseer.crestron.client.PROBE_TIMEOUT", 0.2),
    ):
        result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert result["errors"] == {CONF_HOST: Reason.TIMED_OUT}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_name_that_is_not_there_is_said(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    with patch("aiohttp.connector.TCPConnector._resolve_host", side_effect=unknown):
        result = await submit(hass, flow_id, host="nowhere.lan", token=TOKEN)
    assert result["errors"] == {CONF_HOST: Reason.NOT_FOUND}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_another_device_is_said(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    async def router(request: web.Request) -> web.Response:
        return web.json_response({"router": "yes"})

    app = web.Application()
    app.router.add_get("/{tail:.*}", router)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    flow_id = await start(hass)
    result = await submit(hass, flow_id, host=f"127.0.0.1:{port}", token=TOKEN)
    await runner.cleanup()
    assert result["errors"] == {CONF_HOST: Reason.OTHER_DEVICE}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_new_token_is_tried_before_it_is_kept(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    processor.revoke_token("new")
    result = await loaded.start_reauth_flow(hass)
    assert result["step_id"] == "reauth_confirm"
    result = await submit(hass, result["flow_id"], token="wrong")
    assert result["errors"] == {CONF_TOKEN: Reason.BAD_TOKEN}
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
    result = await loaded.start_reconfigure_flow(hass)
    schema = result["data_schema"]
    assert schema is not None
    suggested = get_schema_suggested_value(schema.schema, CONF_HOST)
    assert suggested == address(processor)
    result = await submit(hass, result["flow_id"], host="")
    assert result["errors"] == {CONF_HOST: "bad_address"}
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert loaded.data[CONF_PORT] == secure.port
    assert loaded.data[CONF_SSL] is True
    assert loaded.data[CONF_TOKEN] == TOKEN
    assert loaded.state is ConfigEntryState.LOADED


async def test_the_old_address_again_is_fine(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    result = await loaded.start_reconfigure_flow(hass)
    # Plain HTTP was agreed to when the processor was added.
    result = await submit(hass, result["flow_id"], host=address(processor))
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()


async def test_a_processor_never_falls_back_to_http_unasked(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
) -> None:
    hass.config_entries.async_update_entry(loaded, data={**loaded.data, CONF_SSL: True})
    result = await loaded.start_reconfigure_flow(hass)
    processor.requests.clear()
    result = await submit(hass, result["flow_id"], host=address(processor))
    assert result["step_id"] == "no_longer_encrypted"
    assert not tokens(processor)
    assert loaded.data[CONF_SSL] is True
    result = await submit(hass, result["flow_id"])
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()


async def test_without_encryption_nothing_is_pinned_any_more(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    hass.config_entries.async_update_entry(
        secure_loaded, options={CONF_CERTIFICATE: "ab" * 32}
    )
    secure.faults.on("http_where_https")
    secure.requests.clear()
    result = await secure_loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["step_id"] == "no_longer_encrypted"
    assert not tokens(secure)
    result = await submit(hass, result["flow_id"])
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert secure_loaded.data[CONF_SSL] is False
    assert secure_loaded.options == {}
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
    pinned = "ab" * 32
    hass.config_entries.async_update_entry(
        secure_loaded, options={CONF_CERTIFICATE: pinned}
    )
    secure.requests.clear()
    result = await begin[flow](hass)
    result = await submit(hass, result["flow_id"], **typed[flow])
    assert result["step_id"] == "certificate"
    assert not tokens(secure)
    shown = result["description_placeholders"]
    assert shown is not None
    assert shown["pinned"] == bytes.fromhex(pinned).hex(":").upper()
    text = texts("config")["step"]["certificate"]["description"].format(**shown)
    assert shown["seen"] in text
    result = await submit(hass, result["flow_id"])
    assert result["reason"] == f"{flow}_successful"
    await hass.async_block_till_done()
    assert secure_loaded.state is ConfigEntryState.LOADED
    kept = secure_loaded.options[CONF_CERTIFICATE]
    assert bytes.fromhex(kept).hex(":").upper() == shown["seen"]


def tokens(processor: CrestronProcessor) -> int:
    """Return how often the token came in."""
    return sum(
        "Crestron-RestAPI-AuthToken" in request.headers
        for request in processor.requests
    )


def test_a_refused_token_is_explained() -> None:
    text = texts("config")["step"]["reauth_confirm"]
    for word in ("firmware upgrade", "Web API Settings", "Update Token", "{host}"):
        assert word in text["description"]


@pytest.mark.parametrize("token", [TOKEN, "another"])
async def test_another_house_is_not_taken_for_this_one(
    hass: HomeAssistant, loaded: MockConfigEntry, clock: ManualClock, token: str
) -> None:
    other = generated_house(30, clock, seed=9)
    for device in other.everything():
        device.name = f"Other {device.name}"
    async with CrestronProcessor(other, token=token, https=True, clock=clock) as there:
        result = await loaded.start_reconfigure_flow(hass)
        result = await submit(hass, result["flow_id"], host=address(there))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "other_house"


async def test_an_address_of_another_entry_is_refused(
    hass: HomeAssistant, loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    MockConfigEntry(
        domain=DOMAIN,
        data={**loaded.data, CONF_HOST: secure.host, CONF_PORT: secure.port},
    ).add_to_hass(hass)
    result = await loaded.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["reason"] == "already_configured"


async def test_a_flow_leaves_no_session_behind(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass)
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert secure.requests[-1].path.endswith("logout")


def test_each_reason_has_a_text() -> None:
    exceptions = texts("exceptions")
    assert {f"hub_{reason}" for reason in Reason} <= set(exceptions)
