"""Adding a hub, changing how it is reached, and choosing what to include."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult, OptionsFlow
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_USERNAME
from homeassistant.core import callback

from .const import (
    CONF_KIND,
    DOMAIN,
    KIND_CRESTRON,
    KIND_HOMESEER,
    KIND_MYHS,
    MINOR_VERSION,
    VERSION,
)
from .flow_base import Typed, typed_host
from .flow_crestron import CrestronFlow
from .flow_homeseer import HomeSeerFlow
from .options_flow import HomeOptionsFlow


class CrestronHomeSeerConfigFlow(CrestronFlow, HomeSeerFlow, domain=DOMAIN):
    """Asks which kind of hub it is; that kind's own step asks for the rest."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return what lets a user choose."""
        return HomeOptionsFlow()

    @override
    async def async_step_user(self, user_input: Typed = None) -> ConfigFlowResult:
        """Ask which kind of hub it is."""
        return self.async_show_menu(
            step_id="user", menu_options=[KIND_CRESTRON, KIND_HOMESEER, KIND_MYHS]
        )

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start because the hub refuses the login."""
        return await self._async_change(self._get_reauth_entry())

    async def async_step_reconfigure(
        self, user_input: Typed = None
    ) -> ConfigFlowResult:
        """Start because the user wants to change how the hub is reached."""
        return await self._async_change(self._get_reconfigure_entry())

    async def _async_change(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Ask anew what the kind of the entry asks for."""
        data = entry.data
        self._entry, self._data = entry, dict(data)
        self._typed = {CONF_USERNAME: data.get(CONF_USERNAME) or ""}
        if CONF_HOST in data:
            self._typed[CONF_HOST] = typed_host(data[CONF_HOST], data.get(CONF_PORT))
        steps = {
            KIND_CRESTRON: self.async_step_crestron,
            KIND_HOMESEER: self.async_step_homeseer,
            KIND_MYHS: self.async_step_myhs,
        }
        return await steps[data[CONF_KIND]]()
