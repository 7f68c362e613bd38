"""What the owner is told, and asked, after a hub has numbered its things anew."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .house.devices import House
from .house.identity import Comparison, Question
from .identity import ProgramUpdate

RENUMBERED: Final = "renumbered"
PROGRAM: Final = "program_changed"
WHO_IS_WHO: Final = "who_is_who"

# So many names are told; who wants more looks at the devices.
_NAMES = 8


@callback
def async_tell_renumbered(
    hass: HomeAssistant, entry: ConfigEntry, comparison: Comparison, house: House
) -> None:
    """Tell what was taken over: how many devices, and some of their names."""
    found = sorted(
        house.devices[key].name
        for key in comparison.devices.values()
        if key in house.devices
    )
    more = len(found) - _NAMES
    names = ", ".join(found[:_NAMES]) + (f", … (+{more})" if more > 0 else "")
    if found:
        _create(hass, entry, RENUMBERED, count=str(len(found)), names=names)


@callback
def async_tell_program(
    hass: HomeAssistant, entry: ConfigEntry, update: ProgramUpdate | None
) -> None:
    """Tell what another program of the home changed, if one did."""
    if update is not None:
        facts = {key: str(value) for key, value in asdict(update).items()}
        _create(hass, entry, PROGRAM, **facts)


@callback
def async_ask_who_is_who(
    hass: HomeAssistant, entry: ConfigEntry, questions: Collection[Question]
) -> None:
    """Ask the owner what nobody else can tell; what is clear is asked no longer."""
    if not questions:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, WHO_IS_WHO))
        return
    count = sum(len(question.known) for question in questions)
    _create(hass, entry, WHO_IS_WHO, count=str(count))


def _create(hass: HomeAssistant, entry: ConfigEntry, key: str, **facts: str) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry, key),
        data={"entry_id": entry.entry_id, "about": key, **facts},
        is_fixable=True,
        is_persistent=key != WHO_IS_WHO,
        severity=ir.IssueSeverity.WARNING,
        translation_key=key,
        translation_placeholders={"hub": entry.title, **facts},
    )


def _issue_id(entry: ConfigEntry, key: str) -> str:
    return f"{entry.entry_id}_{key}"


@callback
def async_forget(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget all of an entry that is removed."""
    for key in (PROGRAM, RENUMBERED, WHO_IS_WHO):
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, key))
