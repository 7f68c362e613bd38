"""Both demo houses in one Home Assistant, where people have settled in."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from homeassistant.components.alexa import smart_home as alexa_home
from homeassistant.components.google_assistant import (
    GOOGLE_ASSISTANT_SCHEMA,
    smart_home as google_home,
)
from homeassistant.components.google_assistant.http import GoogleConfig
from homeassistant.components.homekit.accessories import (
    HomeAccessory,
    HomeDriver,
    get_accessory,
)
from homeassistant.components.homekit.iidmanager import AccessoryIIDStorage
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entityfilter import FILTER_SCHEMA
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulator.clock import ManualClock
from simulator.homeseer import Model
from simulator.house import House

from ..common import state
from .facts import Houses, Line
from .household import async_move_in

type Ask = Callable[..., Awaitable[Any]]
type Make = Callable[[str], HomeAccessory]


@pytest.fixture
def houses(
    request: pytest.FixtureRequest, house: House, model: Model, clock: ManualClock
) -> Houses:
    """The two houses, as the sentences of a test want to find them."""
    houses = Houses(house, model, clock)
    if hasattr(request.node, "callspec"):
        params = request.node.callspec.params
        fact = params.get("fact")
        lines: list[Line] = params.get("lines") or (
            [Line("", "", [fact])] if fact else []
        )
        # What is asked for is so for sure.
        for line in sorted(lines, key=lambda line: bool(line.says)):
            houses.arrange(line.facts)
        # What happens takes a while to reach the processor.
        clock.advance(10)
    return houses


@pytest.fixture
async def both(
    hass: HomeAssistant,
    houses: Houses,
    loaded: MockConfigEntry,
    homeseer_loaded: MockConfigEntry,
) -> Houses:
    """The two houses behind Home Assistant."""
    await async_move_in(hass)
    return houses


@pytest.fixture
def google(hass: HomeAssistant, both: Houses, hass_admin_user: MockUser) -> Ask:
    """Send what Google sends."""

    async def ask(intent: str, payload: Any = None, *, pin: str | None = None) -> Any:
        settings = {"project_id": "home", "report_state": False}
        if pin:
            settings["secure_devices_pin"] = pin
        google_config: Any = GoogleConfig
        handle: Any = google_home.async_handle_message
        config = google_config(hass, GOOGLE_ASSISTANT_SCHEMA(settings))
        await config.async_initialize()
        inputs = [{"intent": f"action.devices.{intent}", "payload": payload or {}}]
        message = {"requestId": "1", "inputs": inputs}
        answer = await handle(
            hass, config, "agent", hass_admin_user.id, message, "cloud"
        )
        return answer["payload"]

    return ask


@pytest.fixture
async def alexa(hass: HomeAssistant, both: Houses) -> Ask:
    """Send what Alexa sends."""
    every = FILTER_SCHEMA({})
    settings = {"endpoint": None, "locale": "en-US", "filter": every}
    config = alexa_home.AlexaConfig(hass, settings)
    await config.async_initialize()

    async def ask(header: dict[str, Any], **directive: Any) -> Any:
        header = {"messageId": "1", "payloadVersion": "3", **header}
        request = {"directive": {"header": header, "payload": {}, **directive}}
        answer = await alexa_home.async_handle_message(hass, config, request)
        return answer["event"]

    return ask


@pytest.fixture
async def homekit(hass: HomeAssistant, both: Houses) -> AsyncGenerator[Make]:
    """Return what makes accessories; nothing is published to the network."""
    names = (
        "AsyncZeroconf",
        "AccessoryEncoder",
        "HAPServer",
        "AccessoryDriver.persist",
    )
    with ExitStack() as patches:
        for name in names:
            patches.enter_context(patch(f"pyhap.accessory_driver.{name}"))
        iids = AccessoryIIDStorage(hass, "an entry")
        await iids.async_initialize()
        driver = HomeDriver(
            hass,
            "an entry",
            "Bridge",
            "HomeKit",
            iids,
            address="127.0.0.1",
            loop=hass.loop,
            pincode=b"123-45-678",
        )

        def make(entity_id: str) -> HomeAccessory:
            shown, config = state(hass, entity_id), {"name": entity_id}
            made = get_accessory(hass, driver, shown, 1, config)
            assert made is not None
            return made

        yield make


@pytest.fixture
async def language_model(
    hass: HomeAssistant, both: Houses, hass_client: ClientSessionGenerator
) -> Ask:
    """Ask Home Assistant's MCP server over HTTP, as a language model does."""
    data = {"llm_hass_api": ["assist"], "require_admin": False, "all_llm_apis": False}
    entry = MockConfigEntry(domain="mcp_server", data=data, version=1)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    client = await hass_client()

    async def ask(method: str, params: dict[str, Any]) -> Any:
        response = await client.post(
            "/api/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": method, "params": params},
            headers={"Accept": "application/json"},
        )
        assert response.status == 200
        return (await response.json())["result"]

    return ask
