"""Gives what the owner made to the keys that a hub's things have now, in one step."""

from collections.abc import Callable, Mapping
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from .const import (
    CONF_CLOSING,
    CONF_DOORS,
    CONF_KIND,
    CONF_OVERRIDES,
    CONF_SHADES,
    CONF_TOGETHER,
    DOMAIN,
    KIND_CRESTRON,
    MINOR_VERSION,
    VERSION,
)
from .house.identity import plain
from .house_options import id_of, part_of as option_of
from .registry import devices_of, entities_of, part_of, parts_of, unique_id
from .stores import IDENTITY, MEMORY, OLD_ROOMS, Cache

type Renamed = Callable[[str], str]

# The options that name devices.
_BY_KEY: Final = (CONF_SHADES, CONF_TOGETHER, CONF_DOORS, CONF_OVERRIDES, CONF_CLOSING)
_REF = "ref-"
# Keys of 1.1 held what a thing was taken for; a group was known by its root's ref.
_OLD_KEY = re.compile(r"([a-z]+)-(\d+)")
_ROLES: Final = {"thermostat": "climate", "player": "player", "alarm": "alarm"}
_EVENTS: Final = {"event", "events"}


def renaming(devices: Mapping[str, str]) -> Renamed:
    """Return what gives the key that a part has now.

    What the owner chose for a ref is by the ref, also where an entity has a role, too.
    """
    refs = {
        _without_role(old): _without_role(new)
        for old, new in devices.items()
        if old.startswith(_REF) and new.startswith(_REF)
    }
    keys = refs | dict(devices)
    return lambda part: keys.get(part, part)


def _without_role(key: str) -> str:
    return "-".join(key.split("-")[:2])


def renamed_in(stored: Any, renamed: Renamed, *, values: bool = False) -> Any:
    """Return what is stored by keys, by those of now; also where keys are values."""
    match stored:
        case dict():
            return {
                renamed(key): renamed_in(each, renamed, values=values)
                for key, each in stored.items()
            }
        case list():
            return [renamed_in(each, renamed, values=values) for each in stored]
        case str() if values:
            return renamed(stored)
    return stored


def renamed_options(options: Mapping[str, Any], renamed: Renamed) -> dict[str, Any]:
    """Return an entry's options with the keys that things have now."""

    def renamed_part(part: str) -> str:
        # A ref is its number alone there.
        return option_of(renamed(id_of(part))) if part.isdecimal() else renamed(part)

    return {
        key: renamed_in(value, renamed_part, values=True) if key in _BY_KEY else value
        for key, value in options.items()
    }


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
    _rename_devices(
        hass, entry, lambda part: roots[part] if part in roots else renamed(part)
    )
    _rename_entities(hass, entry, renamed)
    hass.config_entries.async_update_entry(
        entry, options=renamed_options(entry.options, renamed)
    )


def _rename_entities(hass: HomeAssistant, entry: ConfigEntry, renamed: Renamed) -> None:
    entities = er.async_get(hass)
    moves = {
        entity.entity_id: unique_id(entry, new)
        for entity in entities_of(hass, entry)
        if (new := renamed(part := part_of(entry, entity.unique_id))) != part
    }
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
    devices, entities = dr.async_get(hass), er.async_get(hass)
    moves = {
        device.id: (DOMAIN, unique_id(entry, new))
        for device in devices_of(hass, entry)
        for part in parts_of(entry, device)
        if (new := renamed(part)) != part
    }
    for device_id, (_, new) in moves.items():
        devices.async_update_device(device_id, new_identifiers={(DOMAIN, f"{new}~")})
    for device_id, identifier in moves.items():
        blocking = devices.async_get_device_by_identifier(identifier, entry.entry_id)
        if blocking is not None:
            for entity in er.async_entries_for_device(
                entities, blocking.id, include_disabled_entities=True
            ):
                entities.async_update_entity(entity.entity_id, device_id=device_id)
            devices.async_remove_device(blocking.id)
        devices.async_update_device(device_id, new_identifiers={identifier})


@callback
def async_carry_over(
    hass: HomeAssistant,
    entry: ConfigEntry,
    domain: str,
    registered_id: str,
    *,
    visible: bool,
) -> None:
    """Give what the owner made of an entity to the same one in another domain.

    That is so when something is a light that was a switch before. What is not to be
    `visible` before the owner wants it is shown and exposed nowhere.
    """
    entities = er.async_get(hass)
    others = [
        entity
        for entity in entities_of(hass, entry)
        if entity.unique_id == registered_id and entity.domain != domain
    ]
    if entities.async_get_entity_id(domain, DOMAIN, registered_id) is None and others:
        _copy(hass, entry, others[0], domain, visible=visible)
    for entity in others:
        entities.async_remove(entity.entity_id)


def _copy(
    hass: HomeAssistant,
    entry: ConfigEntry,
    old: er.RegistryEntry,
    domain: str,
    *,
    visible: bool,
) -> None:
    entities = er.async_get(hass)
    object_id = old.entity_id.partition(".")[2]
    new = entities.async_get_or_create(
        domain,
        DOMAIN,
        old.unique_id,
        config_entry=entry,
        device_id=old.device_id,
        has_entity_name=old.has_entity_name,
        original_name=old.original_name,
        suggested_object_id=object_id,
    )
    hider, disabler = er.RegistryEntryHider, er.RegistryEntryDisabler
    by_default = None if visible else hider.INTEGRATION
    disabled_by = old.disabled_by
    async_hand_over(
        hass,
        old,
        new.entity_id,
        f"{domain}.{object_id}",
        visible=visible,
        hidden_by=hider.USER if old.hidden_by is hider.USER else by_default,
        disabled_by=None if disabled_by is disabler.INTEGRATION else disabled_by,
    )


@callback
def async_hand_over(
    hass: HomeAssistant,
    old: er.RegistryEntry,
    new: str,
    wanted: str,
    *,
    visible: bool,
    **changes: Any,
) -> None:
    """Give an entity what the owner made of another one, and an id if it is free."""
    entities = er.async_get(hass)
    # One that was there before comes back as it was, and so may its id.
    if entities.async_get(wanted) is None and hass.states.async_available(wanted):
        changes["new_entity_id"] = wanted
    kept = ("aliases", "area_id", "categories", "icon", "labels", "name")
    changes = {key: getattr(old, key) for key in kept} | changes
    new = entities.async_update_entity(new, **changes).entity_id
    for assistant, chosen in old.options.items() if visible else ():
        # What belongs to the old domain means nothing in the new one.
        if assistant != old.domain:
            entities.async_update_entity_options(new, assistant, chosen)


async def async_migrate(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Bring an entry to the present version; returns False for one of the future."""
    if entry.version > VERSION:
        return False
    if entry.minor_version < MINOR_VERSION:
        await _async_rename_keys(hass, entry)
        hass.config_entries.async_update_entry(entry, minor_version=MINOR_VERSION)
    return True


async def _async_rename_keys(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Rename keys that held a kind, and keep which areas were suggested."""
    renamed = _crestron_key if entry.data[CONF_KIND] == KIND_CRESTRON else _homeseer_key
    parts = {part_of(entry, each.unique_id) for each in entities_of(hass, entry)}
    parts = parts.union(*(parts_of(entry, each) for each in devices_of(hass, entry)))
    changed = {part: new for part in parts if (new := renamed(part)) != part}
    async_take_over(hass, entry, changed, changed)
    # Of a shade that is no longer registered, too, if it should come back.
    hass.config_entries.async_update_entry(
        entry, options=renamed_options(entry.options, renamed)
    )
    memory, identity, rooms = (
        Cache(hass, entry.entry_id, each) for each in (MEMORY, IDENTITY, OLD_ROOMS)
    )
    if remembered := await memory.async_read():
        await memory.async_save(renamed_in(remembered, renamed))
    # What is gone is not made again.
    areas = {}
    for room in (await rooms.async_read()).values():
        if isinstance(room, str):
            area = ar.async_get(hass).async_get_area_by_name(room)
            areas[f"room {plain(room)}"] = [plain(room), area.id if area else ""]
    await identity.async_save({"areas": areas})
    await rooms.async_remove()


def _crestron_key(part: str) -> str:
    """Return the key of a part by the list that it is in; fans are in that of lights."""
    return re.sub(r"^fan-", "light-", part)


def _homeseer_key(part: str) -> str:
    """Return the key of a part by its ref."""
    found = _OLD_KEY.fullmatch(part)
    if found is None or found[1] in _EVENTS:
        return part
    role = _ROLES.get(found[1])
    return f"ref-{found[2]}-{role}" if role else f"ref-{found[2]}"
