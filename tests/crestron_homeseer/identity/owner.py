"""An owner who made something of each entity and device, and looks whether it is there."""

from dataclasses import dataclass, replace
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
    "disabled_by",
    "hidden_by",
    "icon",
    "labels",
    "name",
    "options",
]


@dataclass(frozen=True)
class Belongings:
    """What an owner sees: all that he made, by entity id and by the device's name."""

    entities: dict[str, dict[str, Any]]
    unique_ids: dict[str, str]
    devices: dict[str, dict[str, Any]]
    states: dict[str, str]
    areas: dict[str, str]


def belongings(hass: HomeAssistant, entry: MockConfigEntry) -> Belongings:
    """Look at everything."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    states = {each.entity_id: hass.states.get(each.entity_id) for each in entities}
    return Belongings(
        entities={
            each.entity_id: {key: getattr(each, key) for key in KEPT}
            | {"device": each.device_id}
            for each in entities
        },
        unique_ids={
            each.entity_id: each.unique_id.removeprefix(f"{entry.entry_id}_")
            for each in entities
        },
        devices={
            each.id: {
                "area": each.area_id,
                "name": each.name_by_user or each.name,
                "labels": each.labels,
                "part": next(iter(each.identifiers))[1].removeprefix(
                    f"{entry.entry_id}_"
                ),
            }
            for each in devices
        },
        states={
            key: each.state
            for key, each in states.items()
            if each is not None
            and (key.split(".")[0] in STEADY or each.state == STATE_UNAVAILABLE)
        },
        areas={each.id: each.name for each in ar.async_get(hass).async_list_areas()},
    )


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


def missing(before: Belongings, after: Belongings, other: Other) -> list[str]:
    """List all that is not as it was, except for the numbers."""
    wrong = [
        f"{kind} {key}: {was.get(key)} -> {now.get(key)}"
        for kind, was, now in (
            ("entity", before.entities, after.entities),
            ("area", before.areas, after.areas),
            ("state", before.states, after.states),
            (
                "unique id",
                {
                    key: renumbered(part, other)
                    for key, part in before.unique_ids.items()
                },
                after.unique_ids,
            ),
            (
                "device",
                {
                    key: facts | {"part": renumbered(facts["part"], other)}
                    for key, facts in before.devices.items()
                },
                after.devices,
            ),
        )
        for key in was.keys() | now.keys()
        if was.get(key) != now.get(key)
    ]
    return sorted(wrong)


def issue(
    hass: HomeAssistant, entry: MockConfigEntry, key: str
) -> ir.IssueEntry | None:
    """Return a repair of an entry."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_{key}")


def without_names(these: Belongings) -> Belongings:
    """Leave out what the hub calls things: that is followed."""
    devices = {
        key: {name: fact for name, fact in facts.items() if name != "name"}
        for key, facts in these.devices.items()
    }
    return replace(these, devices=devices)


def without_rooms(these: Belongings) -> Belongings:
    """Leave out which device an entity hangs on: a scene goes along with its room."""
    entities = {
        key: {name: fact for name, fact in facts.items() if name != "device"}
        for key, facts in these.entities.items()
    }
    return replace(these, entities=entities)
