"""Adding a processor."""

from unittest.mock import patch

from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_KIND, KIND_CRESTRON
from custom_components.crestron_homeseer.house.hub import Reason
from simulator.crestron import CrestronProcessor

from .common import texts
from .conftest import TOKEN
from .flows import (
    NO_SUCH_NAME,
    Wrong,
    address,
    finish,
    start,
    submit,
    suggested,
    tokens,
    trouble,
)

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
# What is typed, the fault meanwhile, and where the form shows which error.
WRONG: tuple[Wrong, ...] = (
    ({CONF_HOST: "not an address!"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "https://"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "1.2.3.4:99999"}, "", CONF_HOST, "bad_address"),
    ({CONF_HOST: "nowhere.lan"}, NO_SUCH_NAME, CONF_HOST, "not_found"),
    ({CONF_TOKEN: "wrong"}, "", CONF_TOKEN, "bad_token"),
    ({}, "boot_503", CONF_HOST, "not_ready"),
    ({}, "http_404", CONF_HOST, "no_api"),
    ({}, "html_login_page", CONF_HOST, "other_device"),
    ({}, "refuse_connections", CONF_HOST, "unreachable"),
    # Somebody else's address, where nobody answers.
    ({CONF_HOST: "127.0.0.1:{}"}, "silent", CONF_HOST, "unreachable"),
    ({}, "inventory_500", "base", "not_ready"),
)


@pytest.mark.parametrize("typed", ["{}", " https://{}/ ", "https://{}/cws/api", "{} "])
async def test_a_processor_is_added_as_people_type_it(
    hass: HomeAssistant, secure: CrestronProcessor, typed: str
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    result = await submit(
        hass, flow_id, host=typed.format(address(secure)), token=f" {TOKEN} "
    )
    assert (result["step_id"], result["description_placeholders"]) == ("found", FOUND)
    # No session of the flow is left behind.
    assert secure.requests[-1].path.endswith("logout")
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
    # A page that is shown again asks the same, and is no yes.
    result = await hass.config_entries.flow.async_configure(flow_id)
    assert result["step_id"] == "plain_http"
    assert not tokens(processor)
    result = await submit(hass, flow_id)
    assert result["step_id"] == "found"
    assert (await finish(hass, flow_id))["data"][CONF_SSL] is False


async def test_the_same_processor_is_not_added_twice(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    result = await submit(hass, flow_id, host=address(processor), token=TOKEN)
    assert result["reason"] == "already_configured"


async def test_trouble_is_told_apart_and_recovered_from(
    hass: HomeAssistant, secure: CrestronProcessor, silent: int
) -> None:
    flow_id = await start(hass, KIND_CRESTRON)
    for wrong, fault, field, error in WRONG:
        typed = {CONF_HOST: address(secure), CONF_TOKEN: TOKEN} | wrong
        typed[CONF_HOST] = typed[CONF_HOST].format(silent)
        with trouble(secure, fault):
            result = await submit(hass, flow_id, **typed)
        assert result["errors"] == {field: error}, typed | {"fault": fault}
        # What was typed stays in the form.
        assert suggested(result, CONF_HOST) == typed[CONF_HOST]
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
                assert result["errors"] == {CONF_TOKEN: "bad_token"}
                # And once more, as a browser does that was reloaded.
                result = await hass.config_entries.flow.async_configure(flow_id)
                assert result["errors"] == {CONF_TOKEN: "bad_token"}
        assert result["step_id"] == "found"
    await finish(hass, flow_id)


def test_each_reason_has_a_text() -> None:
    login = {Reason.BAD_LOGIN, Reason.BAD_TOKEN, Reason.LOGIN_NEEDED, Reason.NO_RIGHTS}
    # Another certificate and a system that is offline have pages or texts of their own.
    shown = {reason.advice for reason in Reason} - {"certificate", "offline"}
    assert shown <= set(texts("config")["error"])
    # A refused login is one text, whatever is wrong with it.
    exceptions = set(texts("exceptions"))
    assert {f"hub_{reason.advice}" for reason in set(Reason) - login} <= exceptions
