"""Adding a hub, changing how it is reached, and choosing what to include."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult, OptionsFlow
from homeassistant.core import callback

from .const import CONF_KIND, DOMAIN, KIND_CRESTRON, KIND_HOMESEER, KIND_MYHS
from .flow_crestron import CrestronFlow
from .flow_myhs import MyHSFlow
from .migration import MINOR_VERSION, VERSION
from .options_flow import CrestronOptionsFlow, HomeSeerOptionsFlow


class CrestronHomeSeerConfigFlow(CrestronFlow, MyHSFlow, domain=DOMAIN):
    """Asks which kind of hub it is; the rest is that kind's."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return what lets a user choose."""
        if config_entry.data[CONF_KIND] == KIND_CRESTRON:
            return CrestronOptionsFlow()
        return HomeSeerOptionsFlow()

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which kind of hub it is."""
        return self.async_show_menu(
            step_id="user", menu_options=[KIND_CRESTRON, KIND_HOMESEER, KIND_MYHS]
        )

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start because the hub refuses the login."""
        self._data = dict(entry_data)
        steps = {
            KIND_CRESTRON: self.async_step_reauth_confirm,
            KIND_HOMESEER: self.async_step_reauth_homeseer,
            KIND_MYHS: self.async_step_reauth_myhs,
        }
        return await steps[self._data[CONF_KIND]]()

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Start because the user wants to change how the hub is reached."""
        steps = {
            KIND_CRESTRON: self.async_step_reconfigure_crestron,
            KIND_HOMESEER: self.async_step_reconfigure_homeseer,
            KIND_MYHS: self.async_step_reconfigure_myhs,
        }
        return await steps[self._get_reconfigure_entry().data[CONF_KIND]]()
