"""Going through the options as a person does."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .common import texts

# Its fields are the shades of the house, whose names are no texts of ours.
BY_NAME = "line_up"


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the menu."""
    result = await hass.config_entries.options.async_init(entry.entry_id)
    check_texts(result)
    return result


def menu(result: ConfigFlowResult) -> set[str]:
    """Return what a menu offers."""
    options: Any = result["menu_options"]
    return set(options)


async def submit(hass: HomeAssistant, flow_id: str, **typed: Any) -> ConfigFlowResult:
    """Submit a form; whatever comes back has to have its texts."""
    result = await hass.config_entries.options.async_configure(flow_id, typed)
    check_texts(result)
    await hass.async_block_till_done()
    return result


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, option: str
) -> ConfigFlowResult:
    """Open a form from the menu."""
    result = await start(hass, entry)
    return await submit(hass, result["flow_id"], next_step_id=option)


def check_texts(result: ConfigFlowResult) -> None:
    """Check that every step, field, option, error and reason has a text."""
    options = texts("options")
    if result["type"] is FlowResultType.ABORT:
        assert result["reason"] in options["abort"]
    if result["type"] not in {FlowResultType.MENU, FlowResultType.FORM}:
        return
    found = options["step"][result["step_id"]]
    assert found["title"]
    placeholders = result.get("description_placeholders") or {}
    assert found.get("description", "").format(**placeholders) is not None
    if result["type"] is FlowResultType.MENU:
        assert menu(result) <= set(found["menu_options"])
        return
    schema = result["data_schema"]
    assert schema is not None
    fields = {str(key) for key in schema.schema}
    errors = result["errors"] or {}
    assert set(errors) <= {"base", *fields}
    assert set(errors.values()) <= set(options["error"])
    named = set(found["data"])
    assert named == set(found["data_description"])
    # A code that is not there cannot be removed.
    named -= {"remove_code"} - fields
    assert named < fields if result["step_id"] == BY_NAME else named == fields


def offered(result: ConfigFlowResult, field: str) -> dict[str, str]:
    """Return the values and labels that a field offers."""
    schema = result["data_schema"]
    assert schema is not None
    return {
        option["value"]: option["label"]
        for option in schema.schema[field].config["options"]
    }


def default(result: ConfigFlowResult, field: str) -> Any:
    """Return what a field holds at first."""
    schema = result["data_schema"]
    assert schema is not None
    return next(key for key in schema.schema if key == field).default()
