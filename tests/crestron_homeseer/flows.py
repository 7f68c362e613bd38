"""Going through what adds a hub as a person does."""

from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import get_schema_suggested_value

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem

from .common import texts

LOGIN = ("admin", " a pass&word, nobody may see ")


def address(hub: CrestronProcessor | HomeSeerSystem) -> str:
    """Return what a person would type."""
    return f"{hub.host}:{hub.port}"


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
    assert result["type"] is FlowResultType.FORM
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
        assert set(found["data"]) == set(found["data_description"])
        # A system without events is not asked which of them are scenes.
        assert fields == set(found["data"]) - ({"scene_groups"} - fields)


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


def tokens(processor: CrestronProcessor) -> int:
    """Return how often the token came in."""
    return sum(
        "Crestron-RestAPI-AuthToken" in request.headers
        for request in processor.requests
    )
