"""Going through flows as a person does; that all of it has texts, `watch` checks."""

from collections.abc import Generator
from contextlib import contextmanager
import socket
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import get_schema_suggested_value

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, MyHS

LOGIN = ("admin", " a pass&word, nobody may see ")
NO_SUCH_NAME = "no_such_name"
# What is typed, the fault meanwhile, the field with an error, and the error.
type Wrong = tuple[dict[str, str], str, str, str]


def address(hub: CrestronProcessor | HomeSeerSystem) -> str:
    """Return what a person would type."""
    return f"{hub.host}:{hub.port}"


def menu(result: ConfigFlowResult) -> set[str]:
    """Return what a menu offers."""
    options: Any = result["menu_options"]
    return set(options)


def shown(result: ConfigFlowResult, name: str) -> str:
    """Return what is filled into the texts of a page."""
    return (result["description_placeholders"] or {})[name]


def suggested(result: ConfigFlowResult, field: str) -> Any:
    """Return what a field of a form is filled with."""
    schema = result["data_schema"]
    assert schema is not None
    return get_schema_suggested_value(schema.schema, field)


def offered(result: ConfigFlowResult, field: str) -> dict[str, str]:
    """Return the values and labels that a field offers."""
    schema = result["data_schema"]
    assert schema is not None
    options = schema.schema[field].config["options"]
    return {option["value"]: option["label"] for option in options}


def default(result: ConfigFlowResult, field: str) -> Any:
    """Return what a field holds at first."""
    schema = result["data_schema"]
    assert schema is not None
    return next(key for key in schema.schema if key == field).default()


async def start(hass: HomeAssistant, kind: str) -> str:
    """Start adding a hub and choose the kind; returns the flow."""
    flows = hass.config_entries.flow
    result = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert kind in menu(result)
    result = await submit(hass, result["flow_id"], next_step_id=kind)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, kind)
    assert not result["errors"]
    return result["flow_id"]


async def submit(hass: HomeAssistant, flow_id: str, **typed: Any) -> ConfigFlowResult:
    """Submit a page."""
    return await hass.config_entries.flow.async_configure(flow_id, typed)


async def finish(hass: HomeAssistant, flow_id: str) -> ConfigFlowResult:
    """Confirm what was found."""
    result = await submit(hass, flow_id)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    entry = result["result"]
    assert entry.state is ConfigEntryState.LOADED
    await hass.config_entries.async_unload(entry.entry_id)
    return result


@contextmanager
def trouble(
    hub: CrestronProcessor | HomeSeerSystem | MyHS, fault: str
) -> Generator[None]:
    """Have a fault of the hub or of the network; none where it is empty."""
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    package = "custom_components.crestron_homeseer"
    if fault == NO_SUCH_NAME:
        resolve = "aiohttp.connector.TCPConnector._resolve_host"
        with patch(resolve, side_effect=unknown):
            yield
    elif fault:
        with (
            hub.faults.during(fault),
            patch(f"{package}.crestron.client.READ_TIMEOUT", 0.2),
            patch(f"{package}.homeseer.find.PROBE_TIMEOUT", 0.2),
        ):
            yield
    else:
        yield


def tokens(processor: CrestronProcessor) -> int:
    """Return how often the token came in."""
    header = "Crestron-RestAPI-AuthToken"
    return sum(header in request.headers for request in processor.requests)
