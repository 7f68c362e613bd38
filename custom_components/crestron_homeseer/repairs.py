"""Repairs that Home Assistant can do when the user agrees."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import voluptuous as vol

from .const import CONF_CERTIFICATE, DOMAIN
from .coordinator import HouseConfigEntry
from .flow_base import pick
from .house.devices import House
from .hubs import readable_certificate
from .registry import entities_of, unique_id

CONF_NOW = "now"


class AcceptCertificate(ConfirmRepairFlow):
    """Trusts the certificate that was shown, in place of the one before."""

    @override
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Show both certificates; what is accepted is what was shown."""
        facts = _facts(self)
        entry = self.hass.config_entries.async_get_entry(facts["entry_id"])
        if entry is None or not entry.options.get(CONF_CERTIFICATE):
            return self.async_abort(reason="not_pinned")
        if user_input is None:
            shown = {
                key: readable_certificate(facts[key]) for key in ("pinned", "seen")
            }
            return self.async_show_form(
                step_id="confirm",
                data_schema=vol.Schema({}),
                description_placeholders={"hub": entry.title, **shown},
            )
        self.hass.config_entries.async_update_entry(
            entry, options={**entry.options, CONF_CERTIFICATE: facts["seen"]}
        )
        self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return self.async_create_entry(data={})


class WhoIsWho(RepairsFlow):
    """Asks of each device that may be one of several which one it is now."""

    def __init__(self) -> None:
        """Start with nothing answered."""
        self._answers: dict[str, str | None] = {}
        self._asking = ""

    async def async_step_init(self, user_input: object = None) -> RepairsFlowResult:
        """Begin with the first device."""
        return await self.async_step_device()

    async def async_step_device(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask of one device after the other; then take over the answers."""
        entry: HouseConfigEntry | None
        entry = self.hass.config_entries.async_get_entry(_facts(self)["entry_id"])
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        coordinator = entry.runtime_data
        if user_input is not None:
            self._answers[self._asking] = user_input.get(CONF_NOW)
        questions = coordinator.identity.comparison.questions
        asked = {key: each.seen for each in questions for key in each.known}
        for place, (key, seen) in enumerate(asked.items(), start=1):
            left = [now for now in seen if now not in self._answers.values()]
            if key not in self._answers and left:
                self._asking = key
                house = (coordinator.hub_house or coordinator.data).as_reported
                now = pick({now: _label(house, now) for now in left})
                return self.async_show_form(
                    step_id="device",
                    data_schema=vol.Schema({vol.Optional(CONF_NOW): now}),
                    description_placeholders={
                        "device": _registered_name(self.hass, entry, key),
                        "place": f"{place}/{len(asked)}",
                    },
                    last_step=False,
                )
            self._answers.setdefault(key, None)
        gone = {key for key, now in self._answers.items() if now is None}
        comparison = coordinator.identity.decide(self._answers)
        coordinator.async_take_over(comparison, gone)
        return self.async_create_entry(data={})


def _facts(flow: RepairsFlow) -> dict[str, str]:
    """Return what is known of the issue that a flow repairs."""
    return {key: str(value) for key, value in (flow.data or {}).items()}


def _label(house: House, key: str) -> str:
    """Return what a device of the hub is called, with its number and its room."""
    part = house.devices.get(key) or house.roots.get(key)
    room = house.room_of(part) if part else None
    where = f"{room.name}, {key}" if room else key
    return f"{part.name if part else key} ({where})"


def _registered_name(hass: HomeAssistant, entry: HouseConfigEntry, key: str) -> str:
    """Return what the owner calls a device, with the entity ids that it has."""
    identifier = DOMAIN, unique_id(entry, key)
    device = dr.async_get(hass).async_get_device_by_identifier(
        identifier, entry.entry_id
    )
    ids = [
        entity.entity_id
        for entity in entities_of(hass, entry)
        if entity.unique_id == identifier[1]
        or (device is not None and entity.device_id == device.id)
    ]
    name = (device.name_by_user or device.name) if device else None
    return f"{name or key} ({', '.join(sorted(ids))})"


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: Mapping[str, Any] | None
) -> RepairsFlow:
    """Return what repairs an issue."""
    match (data or {}).get("about"):
        case "who_is_who":
            return WhoIsWho()
        case "certificate":
            return AcceptCertificate()
    return ConfirmRepairFlow()
