"""A processor of which a sequence or a bridge tells that something changed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import cycle, islice
from typing import Any

from aiohttp import web
from homeassistant.components import webhook
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_BRIDGE, CONF_WEBHOOK

from .common import coordinator_of, of_domain
from .const import HOST
from .far import Far
from .rig import Ears, percentile

# What a processor takes for each answer, in seconds.
ANSWER_SECONDS = 0.05
CHANGES = 25
# Nobody else changes anything meanwhile. It is no multiple of any interval, so that
# changes come at any moment between two reads.
PAUSE = 3.13
# The states of each kind, with what a device is changed to for them.
STATES = {
    "light": (("on", 1.0), ("off", 0.0)),
    "cover": (("open", 1.0), ("closed", 0.0)),
    "lock": (("locked", True), ("unlocked", False)),
}


async def measure_hints(
    hass: HomeAssistant, entry: MockConfigEntry, far: Far
) -> dict[str, float]:
    """Measure both ways to be told."""
    found: dict[str, float] = {}
    bridge = {CONF_BRIDGE: f"{HOST}:{far.bridge_port}"}
    async with _hooked(hass) as (hook_id, url):
        hook = {CONF_WEBHOOK: True, CONF_WEBHOOK_ID: hook_id}
        for way, options, called in (
            ("hook", hook, url),
            ("hook_list", hook, f"{url}?list="),
            ("bridge", bridge, None),
        ):
            latencies = await _latencies(hass, entry, far, options, called)
            for part in (50, 95):
                found[f"{way}_{part}"] = percentile(latencies, part / 100) * 1000
    await far.hint(None, 0.0)
    return found


@asynccontextmanager
async def _hooked(hass: HomeAssistant) -> AsyncGenerator[tuple[str, str]]:
    """Serve Home Assistant's web hooks."""

    async def handle(request: web.Request) -> web.Response:
        return await webhook.async_handle_webhook(
            hass, request.match_info["id"], request
        )

    app = web.Application()
    app.router.add_route("*", "/{id}", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    hook_id = webhook.async_generate_id()
    try:
        yield hook_id, f"http://{HOST}:{runner.addresses[0][1]}/{hook_id}"
    finally:
        await runner.cleanup()


async def _latencies(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    far: Far,
    options: dict[str, Any],
    called: str | None,
) -> list[float]:
    """Change lamps, shades and locks at the wall, and wait until each is shown."""
    await far.hint(called, ANSWER_SECONDS)
    hass.config_entries.async_update_entry(entry, options=options)
    await hass.config_entries.async_reload(entry.entry_id)
    await asyncio.sleep(12)
    # All there is is read for half a second every five minutes, not in between.
    coordinator_of(entry).timing.survey_at = float("inf")
    ears, latencies = Ears(hass), []
    kinds = [items for each in STATES if (items := list(of_domain(hass, each).items()))]
    for at, items in enumerate(islice(cycle(kinds), CHANGES)):
        entity_id, number = items[at // len(kinds) % len(items)]
        states = STATES[entity_id.split(".")[0]]
        state, value = states[hass.states.is_state(entity_id, states[0][0])]
        moment = await far.change(number, value)
        latencies.append(await ears.wait(moment, entity_id, state))
        await asyncio.sleep(PAUSE)
    return latencies
