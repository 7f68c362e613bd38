"""Adding a processor."""

import socket
from unittest.mock import patch

from aiohttp import web
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)

from custom_components.crestron_homeseer.const import CONF_KIND, KIND_CRESTRON
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.crestron import CrestronProcessor

from .common import texts
from .conftest import TOKEN
from .flows import address, finish, start, submit, tokens


@pytest.mark.parametrize("typed", ["{}", " https://{}/ ", "https://{}/cws/api", "{} "])
async def test_a_processor_is_added_as_people_type_it(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
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
        "sensors": "13",
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
    flow_id = await start(hass, KIND_CRESTRON)
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert (await finish(hass, flow_id))["title"] == "127.0.0.1"


async def test_plain_http_is_asked_about_before_the_token_goes_out(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
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
    flow_id = await start(hass, KIND_CRESTRON)
    result = await submit(hass, flow_id, host=address(processor), token=TOKEN)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("typed", ["not an address!", "https://", "1.2.3.4:99999"])
async def test_what_is_no_address_is_said(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
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
    flow_id = await start(hass, KIND_CRESTRON)
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
    flow_id = await start(hass, KIND_CRESTRON)
    with secure.faults.during(fault):
        result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
        assert result["errors"] == {field: reason}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_refused_connection_is_said(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    with secure.faults.during("refuse_connections"):
        result = await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert result["errors"] == {CONF_HOST: Reason.REFUSED}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_silence_is_said(
    hass: HomeAssistant, secure: CrestronProcessor, silent: int
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    with patch("custom_components.crestron_homeseer.crestron.client.READ_TIMEOUT", 0.1):
        result = await submit(hass, flow_id, host=f"127.0.0.1:{silent}", token=TOKEN)
    assert result["errors"] == {CONF_HOST: Reason.TIMED_OUT}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_slow_processor_is_waited_for(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    with patch("custom_components.crestron_homeseer.flow_base.PATIENCE", 0):
        for token in ("wrong", TOKEN):
            result = await submit(hass, flow_id, host=address(secure), token=token)
            assert result["type"] is FlowResultType.SHOW_PROGRESS
            assert result["progress_action"] in texts("config")["progress"]
            await hass.async_block_till_done(wait_background_tasks=True)
            # The frontend fetches the page that comes next.
            result = await hass.config_entries.flow.async_configure(flow_id)
            if token == "wrong":
                assert result["errors"] == {CONF_TOKEN: Reason.BAD_TOKEN}
        assert result["step_id"] == "found"
    await finish(hass, flow_id)


async def test_a_name_that_is_not_there_is_said(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
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
    flow_id = await start(hass, KIND_CRESTRON)
    result = await submit(hass, flow_id, host=f"127.0.0.1:{port}", token=TOKEN)
    await runner.cleanup()
    assert result["errors"] == {CONF_HOST: Reason.OTHER_DEVICE}
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    await finish(hass, flow_id)


async def test_a_flow_leaves_no_session_behind(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert secure.requests[-1].path.endswith("logout")


def test_each_reason_has_a_text() -> None:
    # A refused login is one text, whatever is wrong with it.
    login = {Reason.BAD_LOGIN, Reason.BAD_TOKEN, Reason.LOGIN_NEEDED, Reason.NO_RIGHTS}
    exceptions = set(texts("exceptions"))
    assert {f"hub_{reason.advice}" for reason in set(Reason) - login} <= exceptions
