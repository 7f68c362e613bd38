"""Going through the options as a person does; that all has texts, `watch` checks."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .flows import default, menu, offered, shown, suggested

__all__ = [
    "choose",
    "default",
    "menu",
    "offered",
    "shown",
    "start",
    "submit",
    "suggested",
]


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the menu."""
    return await hass.config_entries.options.async_init(entry.entry_id)


async def submit(hass: HomeAssistant, flow_id: str, **typed: Any) -> ConfigFlowResult:
    """Submit a page."""
    result = await hass.config_entries.options.async_configure(flow_id, typed)
    await hass.async_block_till_done()
    return result


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, *path: str
) -> ConfigFlowResult:
    """Open a page from the menu, and from menus behind it."""
    result = await start(hass, entry)
    for page in path:
        result = await submit(hass, result["flow_id"], next_step_id=page)
    return result
