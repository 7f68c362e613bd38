"""Actions in HomeSeer's own terms, for what no entity is made for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.service import (
    async_get_config_entry,
    async_get_device_and_config_entry,
    async_register_admin_service,
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
from .registry import entities_of, part_of, parts_of

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


def _schema(fields: Mapping[Any, Any]) -> vol.Schema:
    return vol.Schema({vol.Optional(CONF_CONFIG_ENTRY): cv.string, **fields})


SCHEMAS = {
    "homeseer_control": _schema(
        {
            **cv.ENTITY_SERVICE_FIELDS,
            vol.Optional(CONF_REF): _NUMBER,
            vol.Optional(CONF_VALUE): _VALUE,
            vol.Optional(CONF_LABEL): _WORDS,
        }
    ),
    "homeseer_run_event": _schema(
        {
            vol.Optional(CONF_GROUP): _WORDS,
            vol.Optional(CONF_NAME): _WORDS,
            vol.Optional(CONF_EVENT_ID): _NUMBER,
        }
    ),
    "homeseer_set_status": _schema(
        {
            vol.Required(CONF_REF): _NUMBER,
            vol.Optional(CONF_VALUE): _VALUE,
            vol.Optional(CONF_TEXT): cv.string,
        }
    ),
}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for action, handler in (
        ("homeseer_control", _async_control),
        ("homeseer_run_event", _async_run_event),
    ):
        hass.services.async_register(DOMAIN, action, handler, schema=SCHEMAS[action])
    action = "homeseer_set_status"
    async_register_admin_service(
        hass, DOMAIN, action, _async_set_status, schema=SCHEMAS[action]
    )


# The actions


async def _async_control(call: ServiceCall) -> None:
    """Use a control by its value or its label."""
    data = call.data
    if (CONF_VALUE in data) == (CONF_LABEL in data):
        raise _refused("value_or_label")
    if TargetSelection(dict(data)).has_any_target == (CONF_REF in data):
        raise _refused("device_or_ref")
    control = Control(
        device_id="", ref=0, value=data.get(CONF_VALUE), label=data.get(CONF_LABEL)
    )
    if ref := data.get(CONF_REF):
        entry = _system(call.hass, data.get(CONF_CONFIG_ENTRY))
        target = _Target(entry, f"Device {ref}")
    else:
        target = _target(call)
        ref = await _async_only_ref(call, target, control)
    control = replace(control, device_id=f"ref-{ref}", ref=ref)
    hub = target.entry.runtime_data.hub
    keys = hub.targets_of(control)
    await async_check_rights(call, target.entry, keys)
    # What opens, unlocks, arms or disarms has an entity that may want a code.
    parts = _parts(target.entry, keys)
    if any(entity_only(*part) for part in parts) or (
        hub.opens(ref) and all(may_open(device) for device, _ in parts)
    ):
        entities = _enabled_entities(call.hass, target.entry, keys)
        raise _refused("only_by_entity", device=", ".join(entities) or target.name)
    await async_carry_out(target.entry.runtime_data, target.name, control)


async def _async_set_status(call: ServiceCall) -> None:
    """Change what HomeSeer shows of a device, as for those that are only virtual."""
    data, ref = call.data, call.data[CONF_REF]
    if CONF_VALUE not in data and CONF_TEXT not in data:
        raise _refused("value_or_text")
    entry = _system(call.hass, data.get(CONF_CONFIG_ENTRY))
    value, text = data.get(CONF_VALUE), data.get(CONF_TEXT)
    command = SetStatus(device_id=f"ref-{ref}", ref=ref, value=value, text=text)
    hub = entry.runtime_data.hub
    if (
        safety_relevant(device for device, _ in _parts(entry, hub.targets_of(command)))
        or any(entity_only(device) for device, _ in _parts(entry, hub.family_of(ref)))
        or hub.opens(ref)
    ):
        raise _refused("no_false_status", device=f"Device {ref}")
    await async_carry_out(entry.runtime_data, f"Device {ref}", command)


async def _async_run_event(call: ServiceCall) -> None:
    """Run an event by its number, or by group and name."""
    data = call.data
    given = data.keys() & {CONF_GROUP, CONF_NAME, CONF_EVENT_ID}
    if given not in ({CONF_GROUP, CONF_NAME}, {CONF_EVENT_ID}):
        raise _refused("event_or_name")
    number, name = data.get(CONF_EVENT_ID), data.get(CONF_NAME)
    command = RunEvent(
        device_id="event", event=number, group=data.get(CONF_GROUP), name=name
    )
    entry = _system(call.hass, data.get(CONF_CONFIG_ENTRY))
    coordinator = entry.runtime_data
    await async_check_rights(call, entry, coordinator.hub.targets_of(command))
    await async_carry_out(coordinator, name or f"Event {number}", command)


# Who may use them


async def async_check_rights(
    call: ServiceCall, entry: HouseConfigEntry, keys: Collection[str]
) -> None:
    """Check that the caller may control each entity that some devices are shown as.

    What has no entity is for administrators. An automation, which has no user, may do
    all, as everywhere in Home Assistant. Raises Unauthorized.
    """
    if call.context.user_id is None:
        return
    user = await call.hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context, permission=POLICY_CONTROL)
    # What goes with a device, and only shows, stands for nothing of its own.
    keys = {key for key in keys if key.rpartition("-")[0] not in keys}
    entities = _enabled_entities(call.hass, entry, keys)
    if not user.is_admin and (not keys or len(entities) < len(keys)):
        raise Unauthorized(context=call.context, permission=POLICY_CONTROL)
    for entity_id in entities:
        if not user.permissions.check_entity(entity_id, POLICY_CONTROL):
            raise Unauthorized(
                context=call.context, entity_id=entity_id, permission=POLICY_CONTROL
            )


def _enabled_entities(
    hass: HomeAssistant, entry: HouseConfigEntry, keys: Iterable[str]
) -> list[str]:
    wanted = set(keys)
    return [
        entity.entity_id
        for entity in entities_of(hass, entry)
        if part_of(entry, entity.unique_id) in wanted and not entity.disabled
    ]


# What they are for


class _Target(NamedTuple):
    """Which parts of which system an action is for, and what to call them."""

    entry: HouseConfigEntry
    name: str
    keys: set[str] = set()


def _target(call: ServiceCall) -> _Target:
    """Return what an action is for by Home Assistant's targets."""
    hass, chosen = call.hass, TargetSelection(dict(call.data))
    selected = async_extract_referenced_entity_ids(
        hass,
        TargetSelection({**call.data, ATTR_DEVICE_ID: None}),
        primary_entities_only=False,
    )
    entities = er.async_get(hass)
    entity_ids = selected.referenced | {
        each
        for each in selected.indirectly_referenced
        if (found := entities.async_get(each)) and found.platform == DOMAIN
    }
    targets = [_of_device(hass, device_id) for device_id in chosen.device_ids]
    targets += [_of_entity(hass, entity_id) for entity_id in entity_ids]
    if not targets:
        raise _refused("nothing_there")
    if any(each.entry is not targets[0].entry for each in targets):
        raise _refused("several_systems")
    return targets[0]._replace(keys=set().union(*(each.keys for each in targets)))


def _of_device(hass: HomeAssistant, device_id: str) -> _Target:
    device, entry = async_get_device_and_config_entry(hass, DOMAIN, device_id)
    _check_kind(entry)
    house, roots = entry.runtime_data.data, parts_of(entry, device)
    devices = house.devices.items()
    keys = {key for key, part in devices if house.root_of(part).id in roots}
    return _Target(entry, device.name_by_user or device.name or device_id, keys)


def _of_entity(hass: HomeAssistant, entity_id: str) -> _Target:
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or entity.platform != DOMAIN or entity.config_entry_id is None:
        raise _refused("not_our_entity", entity=entity_id)
    entry = _system(hass, entity.config_entry_id)
    name = entity.name or entity.original_name or entity_id
    return _Target(entry, name, {part_of(entry, entity.unique_id)})


async def _async_only_ref(call: ServiceCall, target: _Target, control: Control) -> int:
    """Return the one part of a target that has a control."""
    refs = target.entry.runtime_data.hub.control_refs(sorted(target.keys), control)
    if len(refs) != 1:
        await async_check_rights(call, target.entry, target.keys)
        key = "several_controls" if refs else "no_such_control"
        raise _refused(key, device=target.name, refs=", ".join(map(str, refs)))
    return refs[0]


def _parts(entry: HouseConfigEntry, keys: Collection[str]) -> list[tuple[Device, str]]:
    """Return devices, each with the name of what it is a part of."""
    house = entry.runtime_data.data
    devices = (house.devices.get(key) for key in keys)
    return [(each, house.root_of(each).name) for each in devices if each is not None]


def _system(hass: HomeAssistant, entry_id: str | None) -> HouseConfigEntry:
    """Return the entry that is meant; without an id the only one there is."""
    if entry_id is None:
        entries = hass.config_entries.async_entries(
            DOMAIN, include_ignore=False, include_disabled=False
        )
        ids = [e.entry_id for e in entries if e.data[CONF_KIND] != KIND_CRESTRON]
        if len(ids) != 1:
            raise _refused("several_systems" if ids else "no_system")
        entry_id = ids[0]
    entry = async_get_config_entry(hass, DOMAIN, entry_id)
    _check_kind(entry)
    return entry


def _check_kind(entry: HouseConfigEntry) -> None:
    if entry.data[CONF_KIND] == KIND_CRESTRON:
        raise _refused("not_homeseer", hub=entry.title)


def _refused(key: str, **facts: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=facts
    )
