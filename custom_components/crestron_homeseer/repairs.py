"""Repairs that Home Assistant can do when the user says so."""

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
import voluptuous as vol

from .const import CONF_CERTIFICATE
from .hubs import readable_certificate


class AcceptCertificate(RepairsFlow):
    """Trusts the certificate that was shown, in place of the one before."""

    def __init__(self, entry_id: str, pinned: str, seen: str) -> None:
        """Take whose certificate it is, and both as hex digits."""
        self._entry_id = entry_id
        self._pinned = pinned
        self._seen = seen

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Begin with the only question."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Show both certificates; what is accepted is what was shown."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None or not entry.options.get(CONF_CERTIFICATE):
            return self.async_abort(reason="not_pinned")
        if user_input is None:
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders={
                    "hub": entry.title,
                    "pinned": readable_certificate(self._pinned),
                    "seen": readable_certificate(self._seen),
                },
            )
        self.hass.config_entries.async_update_entry(
            entry, options={**entry.options, CONF_CERTIFICATE: self._seen}
        )
        self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return what repairs an issue; of ours, one kind can be repaired."""
    facts = {key: str(value) for key, value in (data or {}).items()}
    return AcceptCertificate(facts["entry_id"], facts["pinned"], facts["seen"])
