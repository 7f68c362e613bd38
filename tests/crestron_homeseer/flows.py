"""Going through flows as a person does; that all of it has texts, `watch` checks."""

from collections.abc import Generator
from contextlib import contextmanager
import socket
from typing import Any, Self
from unittest.mock import patch

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, MyHS

LOGIN = {"username": "admin", "password": " a pass&word, nobody may see "}
NO_SUCH_NAME = "no_such_name"
# What is typed, the fault meanwhile, and the error that is shown.
type Wrong = tuple[dict[str, str], str, str]


class Flow:
    """A flow of the config entries or of an entry's options, and the page it shows."""

    def __init__(self, hass: HomeAssistant, flows: Any, page: Any) -> None:
        """Take who runs the flow, and its first page."""
        self._hass = hass
        self._flows = flows
        self.page: dict[str, Any] = page

    async def submit(self, **typed: Any) -> Self:
        """Submit the page that is shown; a menu has `next_step_id`."""
        return await self.fetch(typed)

    async def fetch(self, typed: dict[str, Any] | None = None) -> Self:
        """Have the page shown once more, or submit it."""
        self.page = await self._flows.async_configure(self.page["flow_id"], typed)
        await self._hass.async_block_till_done()
        return self

    async def finish(self) -> ConfigEntry:
        """Confirm what was found; the entry is loaded, and unloaded again."""
        await self.submit()
        entry: ConfigEntry = self.page["result"]
        assert entry.state is ConfigEntryState.LOADED
        await self._hass.config_entries.async_unload(entry.entry_id)
        return entry

    @property
    def step(self) -> str:
        """What is shown, or why the flow ended."""
        return str(self.page.get("reason") or self.page.get("step_id"))

    @property
    def error(self) -> str:
        """What is wrong with what was typed."""
        errors: dict[str, str] = self.page["errors"] or {}
        assert set(errors) <= {"base"}
        return errors.get("base", "")

    @property
    def menu(self) -> list[str]:
        """What a menu offers."""
        return list(self.page["menu_options"])

    @property
    def facts(self) -> dict[str, str]:
        """What is filled into the texts of the page."""
        return dict(self.page["description_placeholders"] or {})

    @property
    def fields(self) -> dict[Any, Any]:
        """The fields of a form."""
        return dict(self.page["data_schema"].schema)

    def suggested(self, field: str) -> Any:
        """Return what a field is filled with."""
        return get_schema_suggested_value(self.fields, field)

    def default(self, field: str) -> Any:
        """Return what a field holds at first."""
        return next(key for key in self.fields if key == field).default()

    def offered(self, field: str) -> dict[str, str]:
        """Return the values and labels that a field offers."""
        options = self.fields[field].config["options"]
        return {option["value"]: option["label"] for option in options}


async def add(hass: HomeAssistant, kind: str, **typed: Any) -> Flow:
    """Start adding a hub of a kind, and submit what is typed if there is any."""
    flows = hass.config_entries.flow
    page = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    flow = await Flow(hass, flows, page).submit(next_step_id=kind)
    assert (flow.step, flow.error) == (kind, "")
    return await flow.submit(**typed) if typed else flow


async def again(hass: HomeAssistant, entry: MockConfigEntry, how: str) -> Flow:
    """Start `reauth` or `reconfigure` of an entry."""
    begin = {
        "reauth": entry.start_reauth_flow,
        "reconfigure": entry.start_reconfigure_flow,
    }
    return Flow(hass, hass.config_entries.flow, await begin[how](hass))


async def choose(hass: HomeAssistant, entry: ConfigEntry, *path: str) -> Flow:
    """Open a page of the options from the menu, and from menus behind it."""
    flows = hass.config_entries.options
    flow = Flow(hass, flows, await flows.async_init(entry.entry_id))
    for page in path:
        await flow.submit(next_step_id=page)
    return flow


async def options_of(
    hass: HomeAssistant, entry: ConfigEntry, *path: str, **typed: Any
) -> dict[str, Any]:
    """Submit a page of the options, and return what is stored then."""
    flow = await (await choose(hass, entry, *path)).submit(**typed)
    assert flow.page["type"] is FlowResultType.CREATE_ENTRY
    return dict(entry.options)


def address(hub: CrestronProcessor | HomeSeerSystem) -> str:
    """Return what a person would type."""
    return f"{hub.host}:{hub.port}"


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
