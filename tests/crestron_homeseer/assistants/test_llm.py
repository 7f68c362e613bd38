"""What language models are given of the houses, in Home Assistant and through MCP."""

from collections.abc import Awaitable, Callable
import json
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..conftest import TOKEN
from .facts import Houses

TOOLS = {
    "intent__HassTurnOn",
    "intent__HassTurnOff",
    "intent__HassSetPosition",
    "light__HassLightSet",
    "fan__HassFanSetSpeed",
    "climate__HassClimateSetTemperature",
    "media_player__HassSetVolume",
    "homeassistant__GetLiveContext",
}
CALLS = [
    (
        "intent__HassSetPosition",
        {"name": "Kitchen Shade", "position": 30},
        "Kitchen Shade: 100 % → 30 %",
    ),
    (
        "intent__HassTurnOn",
        {"name": "Movie Night", "domain": ["scene"]},
        "Theater Blackout: 100 % → 0 %",
    ),
    (
        "intent__HassTurnOff",
        {"area": "Kitchen", "domain": ["light"]},
        "Kitchen Dimmer: value 60 → value 0",
    ),
    (
        "intent__HassTurnOn",
        {"name": "Front Door", "domain": ["lock"]},
        "Front Door: unlocked → locked",
    ),
]
type Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]


@pytest.fixture
async def ask(
    hass: HomeAssistant, both: Houses, hass_client: ClientSessionGenerator
) -> Ask:
    """Ask Home Assistant's MCP server over HTTP, as an assistant does."""
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


async def test_the_tools_suit_the_houses(ask: Ask) -> None:
    tools = {each["name"] for each in (await ask("tools/list", {}))["tools"]}
    assert tools >= TOOLS
    # One for each thing that can be done, and not one for each device.
    assert len(tools) < 40


async def test_the_model_knows_names_and_areas_and_no_secret(ask: Ask) -> None:
    called = {"name": "homeassistant__GetLiveContext", "arguments": {}}
    told = (await ask("tools/call", called))["content"][0]["text"]
    seen = json.loads(told)["result"]
    for line in ("names: Kitchen Shade", "areas: Kitchen", "names: Movie Night"):
        assert line in seen
    # What is not exposed is not told.
    assert "Garage Entry Lock" not in seen
    listed = json.dumps(await ask("tools/list", {}))
    for secret in (TOKEN, "a-web-hook-that-nobody-may-see"):
        assert secret not in told + listed


@pytest.mark.parametrize(("tool", "arguments", "fact"), CALLS)
async def test_a_tool_moves_the_house(
    hass: HomeAssistant,
    ask: Ask,
    both: Houses,
    tool: str,
    arguments: dict[str, Any],
    fact: str,
) -> None:
    result = await ask("tools/call", {"name": tool, "arguments": arguments})
    assert not result.get("isError"), result
    await hass.async_block_till_done()
    assert both.later_wrong(fact) is None
