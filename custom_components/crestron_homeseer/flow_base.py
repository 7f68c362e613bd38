"""What adding a hub has in common, whichever it is."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from .const import DOMAIN
from .house.devices import Device, House, Root
from .hubs import create_hub

TEXT = TextSelector()
# After so many seconds it is shown that the hub is still being read.
PATIENCE = 4.0

SECRET = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


class HouseFlow(ConfigFlow):
    """Keeps what was typed, shows it again with errors, and tries what it describes."""

    def __init__(self) -> None:
        """Start with nothing typed."""
        self._typed: dict[str, Any] = {}
        self._data: dict[str, Any] = {}
        # Those of the entry, where there is one; they may say whom to trust.
        self._options: dict[str, Any] | None = None
        self._placeholders: dict[str, str] = {}
        self._errors: dict[str, str] = {}
        self._work: asyncio.Task[ConfigFlowResult] | None = None

    async def _async_show_work(
        self, work: Coroutine[Any, Any, ConfigFlowResult]
    ) -> ConfigFlowResult:
        """Return the next step; a slow hub has as long as it needs to get there."""
        # What was wrong is shown until something else is typed: a page that waited
        # is fetched once more.
        self._errors = {}
        task = self.hass.async_create_task(work)
        await asyncio.wait([task], timeout=PATIENCE)
        if task.done():
            return task.result()
        self._work = task
        return await self.async_step_wait()

    async def async_step_wait(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show that the hub is being read, until it has been."""
        if self._work is None or self._work.done():
            return self.async_show_progress_done(next_step_id="waited")
        return self.async_show_progress(
            step_id="wait", progress_action="reading", progress_task=self._work
        )

    async def async_step_waited(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on with what came of the reading."""
        assert self._work is not None
        return self._work.result()

    @callback
    def _form(
        self, step: str, schema: vol.Schema, **placeholders: str
    ) -> ConfigFlowResult:
        """Show a form with what was typed and what was wrong with it."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, self._typed),
            errors=self._errors,
            description_placeholders=placeholders,
        )

    async def _async_read_house(self) -> House:
        """Log in and read everything, to see that it works; raises HubError."""
        hub = create_hub(self.hass, self._data, options=self._options)
        try:
            await hub.connect()
            return await hub.survey()
        finally:
            await hub.close()

    @callback
    def _async_changed(self, house: House) -> ConfigFlowResult:
        """Keep what was changed about an entry, and has been seen to work."""
        if self.source == SOURCE_REAUTH:
            entry = self._get_reauth_entry()
        else:
            entry = self._get_reconfigure_entry()
            if not self._same_house(house):
                return self.async_abort(reason="other_house")
        options = entry.options if self._options is None else self._options
        # What is at another address may have another network card.
        moved = self._data.get(CONF_HOST) != entry.data.get(CONF_HOST)
        return self.async_update_reload_and_abort(
            entry,
            unique_id=None if moved else entry.unique_id,
            data=self._data,
            options=options,
        )

    def _same_house(self, house: House) -> bool:
        """Return whether the registered devices are those of the house.

        No hub tells a serial number, so ids and names have to do.
        """
        entry = self._get_reconfigure_entry()
        parts: list[Device | Root] = [*house.devices.values(), *house.roots.values()]
        found = {(f"{entry.entry_id}_{part.id}", part.name) for part in parts}
        known = {
            (value, device.name)
            for device in dr.async_entries_for_config_entry(
                dr.async_get(self.hass), entry.entry_id
            )
            for domain, value in device.identifiers
            if domain == DOMAIN and value != f"{entry.entry_id}_hub"
        }
        return not known or len(known & found) * 2 >= len(known)

    def _old_address(self) -> tuple[str, int | None]:
        data = self._get_reconfigure_entry().data
        return data[CONF_HOST], data[CONF_PORT]


def typed_host(host: str, port: int | None) -> str:
    """Return an address as a person types it."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"
