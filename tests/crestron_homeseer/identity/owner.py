"""An owner who made something of each entity and device, and looks whether it is there."""

import re
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN

from .hubs import Other

# What says how something is, and is not a number that drifts.
STEADY = {"light", "switch", "lock", "cover", "binary_sensor", "fan", "select"}
KEPT = [
    "aliases",
    "area_id",
    "categories",
    "device_id",
    "disabled_by",
    "hidden_by",
    "icon",
    "labels",
    "name",
    "options",
]

# What an owner sees: all that he made, by entity id and by the id of the device.
type Belongings = dict[str, dict[str, Any]]


def belongings(hass: HomeAssistant, entry: MockConfigEntry) -> Belongings:
    """Look at everything; what a hub calls something is in its part."""
    found: Belongings = {}
    prefix = f"{entry.entry_id}_"
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        facts = {key: getattr(entity, key) for key in KEPT}
        state = hass.states.get(entity.entity_id)
        if state and (entity.domain in STEADY or state.state == STATE_UNAVAILABLE):
            facts["state"] = state.state
        facts["part"] = entity.unique_id.removeprefix(prefix)
        found[entity.entity_id] = facts
    for device in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id):
        found[device.id] = {
            "area": device.area_id,
            "called": device.name_by_user or device.name,
            "labels": device.labels,
            "part": next(iter(device.identifiers))[1].removeprefix(prefix),
        }
    areas = ar.async_get(hass).async_list_areas()
    found["areas"] = {each.id: each.name for each in areas}
    return found


def entities(these: Belongings) -> Belongings:
    """Return the entities alone."""
    return {key: facts for key, facts in these.items() if "." in key}


def make_own(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Make something of everything, of each thing something else."""
    entities, devices = er.async_get(hass), dr.async_get(hass)
    attic = ar.async_get(hass).async_create("Attic corner")
    theirs = er.async_entries_for_config_entry(entities, entry.entry_id)
    for number, entity in enumerate(sorted(theirs, key=lambda each: each.entity_id)):
        domain, _, object_id = entity.entity_id.partition(".")
        entities.async_update_entity(
            entity.entity_id,
            aliases=[f"alias {number}"],
            area_id=attic.id if number % 2 else None,
            icon=f"mdi:numeric-{number % 9}",
            labels={f"label{number}"},
            name=f"Mine {number}" if number % 2 else None,
            hidden_by=er.RegistryEntryHider.USER if number % 5 == 0 else None,
        )
        entities.async_update_entity_options(
            entity.entity_id, "conversation", {"should_expose": number % 3 == 0}
        )
        if number % 3 == 1:
            entities.async_update_entity(
                entity.entity_id, new_entity_id=f"{domain}.own_{object_id}"
            )
        elif number % 7 == 0 and entity.disabled_by is None:
            entities.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
            )
    for number, device in enumerate(
        dr.async_entries_for_config_entry(devices, entry.entry_id)
    ):
        devices.async_update_device(
            device.id,
            area_id=attic.id if number % 3 == 0 else device.area_id,
            labels={f"device{number}"},
            name_by_user=f"My device {number}" if number % 2 else None,
        )


def renumbered(part: str, other: Other) -> str:
    """Return what a part is called after numbers changed."""
    return re.sub(r"-(\d+)", lambda found: f"-{other(int(found[1]))}", part, count=1)


def missing(
    before: Belongings, after: Belongings, other: Other, *but: str
) -> list[str]:
    """List all that is not as it was, except for the numbers and for some facts."""
    wrong = []
    for key in before.keys() | after.keys():
        was, now = dict(before.get(key, {})), dict(after.get(key, {}))
        if "part" in was:
            was["part"] = renumbered(was["part"], other)
        wrong += [
            f"{key}, {fact}: {was.get(fact)} -> {now.get(fact)}"
            for fact in was.keys() | now.keys()
            if fact not in but and was.get(fact) != now.get(fact)
        ]
    return sorted(wrong)


def issue(
    hass: HomeAssistant, entry: MockConfigEntry, key: str
) -> ir.IssueEntry | None:
    """Return a repair of an entry."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_{key}")
