"""Gives what the owner made to the keys that a hub's things have now, in one step."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from . import house_options
from .const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_OVERRIDES,
    CONF_SHADES,
    CONF_TOGETHER,
    DOMAIN,
)
from .registry import part_of, unique_id

type Renamed = Callable[[str], str]

_REF = "ref-"


def renaming(devices: Mapping[str, str]) -> Renamed:
    """Return what says which key a part has now.

    What the owner said of a ref is by the ref, also where an entity has a role, too.
    """
    refs = {
        _without_role(old): _without_role(new)
        for old, new in devices.items()
        if old.startswith(_REF) and new.startswith(_REF)
    }
    keys = refs | dict(devices)
    return lambda part: keys.get(part, part)


def _renamed_part(part: str, renamed: Renamed) -> str:
    """Return what the owner said something of; a ref is the number alone."""
    return house_options.part_of(renamed(house_options.id_of(str(part))))


def _without_role(key: str) -> str:
    return "-".join(key.split("-")[:2])


def renamed_options(options: Mapping[str, Any], renamed: Renamed) -> dict[str, Any]:
    """Return an entry's options with the keys that things have now."""
    new = dict(options)
    if isinstance(shades := options.get(CONF_SHADES), Mapping):
        new[CONF_SHADES] = {renamed(key): shade for key, shade in shades.items()}
    for key in (CONF_TOGETHER, CONF_DOORS):
        if isinstance(groups := options.get(key), list):
            new[key] = [
                [renamed(each) for each in group] if isinstance(group, list) else group
                for group in groups
            ]
    if isinstance(overrides := options.get(CONF_OVERRIDES), Mapping):
        new[CONF_OVERRIDES] = {
            _renamed_part(part, renamed): kind for part, kind in overrides.items()
        }
    if isinstance(closing := options.get(CONF_CLOSING), Mapping):
        new[CONF_CLOSING] = {
            _renamed_part(part, renamed): _renamed_part(other, renamed)
            for part, other in closing.items()
        }
    return new


def renamed_memory(memory: Any, renamed: Renamed) -> Any:
    """Return what a hub remembers, with the keys that things have now."""
    match memory:
        case dict():
            return {
                renamed(key): renamed_memory(each, renamed)
                for key, each in memory.items()
            }
        case list():
            return [renamed_memory(each, renamed) for each in memory]
    return memory


@callback
def async_take_over(
    hass: HomeAssistant,
    entry: ConfigEntry,
    devices: Mapping[str, str],
    roots: Mapping[str, str],
) -> None:
    """Rename what the registries and the options have of an entry.

    Names, areas, labels, icons, exposure and entity ids stay as the owner has them.
    """

    renamed = renaming(devices)

    def renamed_device(part: str) -> str:
        return roots[part] if part in roots else renamed(part)

    _rename_devices(hass, entry, renamed_device)
    _rename_entities(hass, entry, renamed)
    hass.config_entries.async_update_entry(
        entry, options=renamed_options(entry.options, renamed)
    )


def _rename_entities(hass: HomeAssistant, entry: ConfigEntry, renamed: Renamed) -> None:
    entities = er.async_get(hass)
    moves: dict[str, str] = {}
    for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
        part = part_of(entry, entity.unique_id)
        if (new := renamed(part)) != part:
            moves[entity.entity_id] = unique_id(entry, new)
    # Keys may go round in a circle, so all are out of the way first.
    for entity_id, new in moves.items():
        entities.async_update_entity(entity_id, new_unique_id=f"{new}~")
    for entity_id, new in moves.items():
        domain = entity_id.partition(".")[0]
        if blocking := entities.async_get_entity_id(domain, DOMAIN, new):
            # It came with the new key, and nobody has made anything of it yet.
            entities.async_remove(blocking)
        entities.async_update_entity(entity_id, new_unique_id=new)


def _rename_devices(hass: HomeAssistant, entry: ConfigEntry, renamed: Renamed) -> None:
    devices = dr.async_get(hass)
    moves: dict[str, tuple[str, str]] = {}
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        for domain, value in device.identifiers:
            part = part_of(entry, value)
            if domain == DOMAIN and (new := renamed(part)) != part:
                moves[device.id] = DOMAIN, unique_id(entry, new)
    for device_id, (_, new) in moves.items():
        devices.async_update_device(device_id, new_identifiers={(DOMAIN, f"{new}~")})
    for device_id, identifier in moves.items():
        blocking = devices.async_get_device_by_identifier(identifier, entry.entry_id)
        if blocking is not None:
            _move_entities(hass, blocking.id, device_id)
            devices.async_remove_device(blocking.id)
        devices.async_update_device(device_id, new_identifiers={identifier})


def _move_entities(hass: HomeAssistant, device_id: str, to_device_id: str) -> None:
    entities = er.async_get(hass)
    hanging: Iterable[er.RegistryEntry] = er.async_entries_for_device(
        entities, device_id, include_disabled_entities=True
    )
    for entity in hanging:
        entities.async_update_entity(entity.entity_id, device_id=to_device_id)
