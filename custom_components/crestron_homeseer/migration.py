"""Takes over what earlier versions have stored."""

from collections.abc import Iterable
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from . import stores
from .const import CONF_KIND, KIND_CRESTRON
from .house.identity import plain
from .registry import part_of
from .takeover import async_take_over, renamed_memory, renamed_options

VERSION: Final = 1
MINOR_VERSION: Final = 2

# Keys of 1.1 held what a thing was taken for; a group was known by its root's ref.
_OLD_KEY = re.compile(r"([a-z]+)-(\d+)")
_ROLES: Final = {"thermostat": "climate", "player": "player", "alarm": "alarm"}
_EVENTS: Final = {"event", "events"}


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
    crestron = entry.data[CONF_KIND] == KIND_CRESTRON

    def renamed(part: str) -> str:
        return _crestron_key(part) if crestron else _homeseer_key(part)

    changed = {
        part: new for part in _parts(hass, entry) if (new := renamed(part)) != part
    }
    async_take_over(hass, entry, changed, changed)
    # Of a shade that is no longer registered, too, if it should come back.
    hass.config_entries.async_update_entry(
        entry, options=renamed_options(entry.options, renamed)
    )
    memory = stores.memory_store(hass, entry.entry_id)
    if remembered := await stores.async_load(memory):
        await memory.async_save(renamed_memory(remembered, renamed))
    rooms = stores.old_room_store(hass, entry.entry_id)
    areas = _areas(hass, (await stores.async_load(rooms)).values())
    await stores.identity_store(hass, entry.entry_id).async_save({"areas": areas})
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


def _parts(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    entities, devices = er.async_get(hass), dr.async_get(hass)
    entry_id = entry.entry_id
    return {
        part_of(entry, entity.unique_id)
        for entity in er.async_entries_for_config_entry(entities, entry_id)
    } | {
        part_of(entry, value)
        for device in dr.async_entries_for_config_entry(devices, entry_id)
        for _, value in device.identifiers
    }


def _areas(hass: HomeAssistant, rooms: Iterable[Any]) -> dict[str, list[str]]:
    """Return the area of each room that was suggested; what is gone is not made again."""
    areas = ar.async_get(hass)
    found = {}
    for room in sorted({room for room in rooms if isinstance(room, str)}):
        area = areas.async_get_area_by_name(room)
        found[f"room {plain(room)}"] = [plain(room), area.id if area else ""]
    return found
