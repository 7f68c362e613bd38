"""Choosing who tells of what changes at a processor."""

from typing import Any

from homeassistant.components.webhook import async_generate_id
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from .const import CONF_BRIDGE, CONF_BRIDGE_TOKEN, CONF_WEBHOOK
from .flow_base import SECRET, TEXT, typed_host
from .house.hub import HubError, Reason
from .hubs import async_check_bridge, read_host
from .options_base import HouseOptionsFlow
from .webhook import address, webhook_id_of

# What the user is told of a bridge that is no good; any other reason is no answer.
BRIDGE_ERRORS = {
    Reason.BAD_TOKEN: (CONF_BRIDGE_TOKEN, "bridge_token"),
    Reason.OTHER_DEVICE: (CONF_BRIDGE, "bridge_other"),
    Reason.OFFLINE: (CONF_BRIDGE, "bridge_offline"),
}


class HintsFlow(HouseOptionsFlow):
    """Asks for a web hook and a bridge."""

    def __init__(self) -> None:
        """Have an address ready in case that there is none yet."""
        super().__init__()
        self._new_id = async_generate_id()

    async def async_step_hints(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose who tells of changes, and see that a bridge does."""
        options = self.config_entry.options
        hook = webhook_id_of(self.config_entry) or self._new_id
        errors: dict[str, str] = {}
        if user_input is not None:
            changes, errors = await self._async_bridge(user_input)
            if not errors:
                changes |= {
                    CONF_WEBHOOK: user_input[CONF_WEBHOOK] or None,
                    CONF_WEBHOOK_ID: hook,
                }
                return self._save(changes)
        schema = vol.Schema(
            {
                vol.Required(
                    CONF_WEBHOOK, default=options.get(CONF_WEBHOOK, False)
                ): BooleanSelector(),
                vol.Optional(CONF_BRIDGE): TEXT,
                # The token itself is shown to nobody.
                vol.Optional(CONF_BRIDGE_TOKEN): SECRET,
            }
        )
        typed = user_input or {CONF_BRIDGE: options.get(CONF_BRIDGE)}
        return self.async_show_form(
            step_id="hints",
            data_schema=self.add_suggested_values_to_schema(schema, typed),
            errors=errors,
            description_placeholders={"address": address(self.hass, hook)},
        )

    async def _async_bridge(
        self, typed: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return what is to be kept of a bridge, and what is wrong with it."""
        options = self.config_entry.options
        where = typed.get(CONF_BRIDGE, "").strip() or None
        token = typed.get(CONF_BRIDGE_TOKEN, "").strip() or None
        try:
            if where is not None:
                where = typed_host(*read_host(where))
                if where == options.get(CONF_BRIDGE):
                    token = token or options.get(CONF_BRIDGE_TOKEN)
            bridge = {CONF_BRIDGE: where, CONF_BRIDGE_TOKEN: where and token}
            await async_check_bridge(self.hass, bridge)
        except ValueError:
            return {}, {CONF_BRIDGE: "bridge_away"}
        except HubError as err:
            field, error = BRIDGE_ERRORS.get(err.reason, (CONF_BRIDGE, "bridge_away"))
            return {}, {field: error}
        return bridge, {}
