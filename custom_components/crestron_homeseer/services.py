"""Actions in HomeSeer's own terms, for what no entity is made for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.service import (
    async_get_config_entry,
    async_get_device_and_config_entry,
)
from homeassistant.helpers.target import (
    TargetSelection,
    async_extract_referenced_entity_ids,
)
import voluptuous as vol

from .const import CONF_KIND, DOMAIN, KIND_CRESTRON
from .coordinator import HouseConfigEntry
from .entity import async_carry_out
from .house.access import entity_only, may_open, safety_relevant
from .house.controls import Control, RunEvent, SetStatus
from .house.devices import Device
from .registry import unique_id
from .rights import async_check_admin, async_check_rights, entities_of

ACTION_CONTROL = "homeseer_control"
ACTION_RUN_EVENT = "homeseer_run_event"
ACTION_SET_STATUS = "homeseer_set_status"

CONF_CONFIG_ENTRY = "config_entry_id"
CONF_EVENT_ID = "event_id"
CONF_GROUP = "group"
CONF_LABEL = "label"
CONF_NAME = "name"
CONF_REF = "ref"
CONF_TEXT = "text"
CONF_VALUE = "value"

_NUMBER = vol.All(vol.Coerce(int), vol.Range(min=1))
# A range also keeps out what is no number.
_VALUE = vol.All(vol.Coerce(float), vol.Range(min=-1e12, max=1e12))
_WORDS = vol.All(cv.string, vol.Length(min=1))

_SYSTEM = {vol.Optional(CONF_CONFIG_ENTRY): cv.string}
CONTROL_SCHEMA = vol.Schema(
    {
        **_SYSTEM,
        **cv.ENTITY_SERVICE_FIELDS,
        vol.Optional(CONF_REF): _NUMBER,
        vol.Optional(CONF_VALUE): _VALUE,
        vol.Optional(CONF_LABEL): _WORDS,
    }
)
RUN_EVENT_SCHEMA = vol.Schema(
    {
        **_SYSTEM,
        vol.Optional(CONF_GROUP): _WORDS,
        vol.Optional(CONF_NAME): _WORDS,
        vol.Optional(CONF_EVENT_ID): _NUMBER,
    }
)
SET_STATUS_SCHEMA = vol.Schema(
    {
        **_SYSTEM,
        vol.Required(CONF_REF): _NUMBER,
        vol.Optional(CONF_VALUE): _VALUE,
        vol.Optional(CONF_TEXT): cv.string,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Which part of which system an action is for, and what to call it."""

    entry: HouseConfigEntry
    name: str
    keys: Collection[str] = ()
    ref: int | None = None


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions; each looks itself who may use it."""
    for action, handler, schema in (
        (ACTION_CONTROL, _async_control, CONTROL_SCHEMA),
        (ACTION_RUN_EVENT, _async_run_event, RUN_EVENT_SCHEMA),
        (ACTION_SET_STATUS, _async_set_status, SET_STATUS_SCHEMA),
    ):
        hass.services.async_register(DOMAIN, action, handler, schema=schema)


async def _async_control(call: ServiceCall) -> None:
    """Use a control by its value or its label."""
    _only_one(call.data, "value_or_label", CONF_VALUE, CONF_LABEL)
    control = Control(
        device_id="",
        ref=0,
        value=call.data.get(CONF_VALUE),
        label=call.data.get(CONF_LABEL),
    )
    target = _target(call)
    ref = target.ref or await _async_taker(call, target, control)
    control = replace(control, device_id=f"ref-{ref}", ref=ref)
    keys = target.entry.runtime_data.hub.targets_of(control)
    await async_check_rights(call, target.entry, keys)
    _refuse_ways_in(call, target, ref, keys)
    await async_carry_out(target.entry.runtime_data, target.name, control)


async def _async_taker(call: ServiceCall, target: _Target, control: Control) -> int:
    """Return the one part of a target that has a control."""
    takers = target.entry.runtime_data.hub.control_refs(target.keys, control)
    if len(takers) != 1:
        await async_check_rights(call, target.entry, target.keys)
        key = "several_controls" if takers else "no_such_control"
        refs = ", ".join(str(each) for each in takers)
        raise _refused(key, device=target.name, refs=refs)
    return takers[0]


def _refuse_ways_in(
    call: ServiceCall, target: _Target, ref: int, keys: Collection[str]
) -> None:
    """Refuse what opens, unlocks, arms or disarms: its entity may want a code."""
    hub = target.entry.runtime_data.hub
    parts = _parts(target.entry, keys)
    if any(entity_only(*part) for part in parts) or (
        hub.opens(ref) and all(may_open(device) for device, _ in parts)
    ):
        entities = entities_of(call, target.entry, keys)
        raise _refused("only_by_entity", device=", ".join(entities) or target.name)


async def _async_set_status(call: ServiceCall) -> None:
    """Change what HomeSeer shows of a device, as for those that are only virtual."""
    await async_check_admin(call)
    data = call.data
    if CONF_VALUE not in data and CONF_TEXT not in data:
        raise _refused("value_or_text")
    ref = data[CONF_REF]
    entry = _system(call.hass, data.get(CONF_CONFIG_ENTRY))
    command = SetStatus(
        device_id=f"ref-{ref}",
        ref=ref,
        value=data.get(CONF_VALUE),
        text=data.get(CONF_TEXT),
    )
    coordinator = entry.runtime_data
    parts = _parts(entry, coordinator.hub.targets_of(command))
    family = _parts(entry, coordinator.hub.family_of(ref))
    if (
        safety_relevant(device for device, _ in parts)
        or any(entity_only(device) for device, _ in family)
        or coordinator.hub.opens(ref)
    ):
        raise _refused("no_false_status", device=f"Device {ref}")
    await async_carry_out(coordinator, f"Device {ref}", command)


async def _async_run_event(call: ServiceCall) -> None:
    """Run an event by its number, or by group and name."""
    data = call.data
    by_name = CONF_GROUP in data and CONF_NAME in data
    half = (CONF_GROUP in data) != (CONF_NAME in data)
    if half or by_name == (CONF_EVENT_ID in data):
        raise _refused("event_or_name")
    number = data.get(CONF_EVENT_ID)
    command = RunEvent(
        device_id="event",
        event=number,
        group=data.get(CONF_GROUP),
        name=data.get(CONF_NAME),
    )
    name = data.get(CONF_NAME) or f"Event {number}"
    entry = _system(call.hass, data.get(CONF_CONFIG_ENTRY))
    coordinator = entry.runtime_data
    await async_check_rights(call, entry, coordinator.hub.targets_of(command))
    await async_carry_out(coordinator, name, command)


def _parts(entry: HouseConfigEntry, keys: Collection[str]) -> list[tuple[Device, str]]:
    """Return devices, each with the name of what it is a part of."""
    house = entry.runtime_data.data
    devices = (house.devices.get(key) for key in keys)
    return [(each, house.root_of(each).name) for each in devices if each is not None]


def _target(call: ServiceCall) -> _Target:
    """Return what an action is for: a reference number, or Home Assistant's targets."""
    hass, data = call.hass, call.data
    chosen = TargetSelection(dict(data))
    if chosen.has_any_target == (CONF_REF in data):
        raise _refused("device_or_ref")
    if CONF_REF in data:
        entry = _system(hass, data.get(CONF_CONFIG_ENTRY))
        return _Target(entry=entry, name=f"Device {data[CONF_REF]}", ref=data[CONF_REF])
    targets = [_of_device(hass, device_id) for device_id in chosen.device_ids]
    selected = async_extract_referenced_entity_ids(
        hass,
        TargetSelection({**data, ATTR_DEVICE_ID: None}),
        primary_entities_only=False,
    )
    targets += [_of_entity(hass, each) for each in selected.referenced]
    entities = er.async_get(hass)
    for each in selected.indirectly_referenced:
        found = entities.async_get(each)
        if found is not None and found.platform == DOMAIN:
            targets.append(_of_entity(hass, each))
    if not targets:
        raise _refused("nothing_there")
    if len({target.entry.entry_id for target in targets}) > 1:
        raise _refused("several_systems")
    keys = {key for target in targets for key in target.keys}
    return replace(targets[0], keys=sorted(keys))


def _of_device(hass: HomeAssistant, device_id: str) -> _Target:
    device, entry = async_get_device_and_config_entry(hass, DOMAIN, device_id)
    _check_kind(entry)
    house = entry.runtime_data.data
    roots = {value for domain, value in device.identifiers if domain == DOMAIN}
    return _Target(
        entry=entry,
        name=device.name_by_user or device.name or device_id,
        keys=[
            part.id
            for part in house.devices.values()
            if unique_id(entry, house.root_of(part).id) in roots
        ],
    )


def _of_entity(hass: HomeAssistant, entity_id: str) -> _Target:
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or entity.platform != DOMAIN or entity.config_entry_id is None:
        raise _refused("not_our_entity", entity=entity_id)
    entry = _system(hass, entity.config_entry_id)
    return _Target(
        entry=entry,
        name=entity.name or entity.original_name or entity_id,
        keys=[entity.unique_id.removeprefix(unique_id(entry, ""))],
    )


def _system(hass: HomeAssistant, entry_id: str | None) -> HouseConfigEntry:
    """Return the entry that is meant; without an id the only one there is."""
    if entry_id is None:
        entries = [
            entry
            for entry in hass.config_entries.async_entries(
                DOMAIN, include_ignore=False, include_disabled=False
            )
            if entry.data[CONF_KIND] != KIND_CRESTRON
        ]
        if len(entries) != 1:
            raise _refused("several_systems" if entries else "no_system")
        entry_id = entries[0].entry_id
    entry = async_get_config_entry(hass, DOMAIN, entry_id)
    _check_kind(entry)
    return entry


def _check_kind(entry: HouseConfigEntry) -> None:
    if entry.data[CONF_KIND] == KIND_CRESTRON:
        raise _refused("not_homeseer", hub=entry.title)


def _only_one(data: Mapping[str, Any], complaint: str, *keys: str) -> str:
    """Return which of some keys is there; refuses none, and more than one."""
    given = [key for key in keys if key in data]
    if len(given) != 1:
        raise _refused(complaint)
    return given[0]


def _refused(key: str, **facts: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=facts
    )
