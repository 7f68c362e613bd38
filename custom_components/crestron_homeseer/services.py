"""Actions in HomeSeer's own terms, for what no entity is made for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from homeassistant.const import CONF_DEVICE_ID, CONF_ENTITY_ID
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.service import (
    async_get_config_entry,
    async_get_device_and_config_entry,
)
import voluptuous as vol

from .const import CONF_KIND, DOMAIN, KIND_CRESTRON
from .coordinator import HouseConfigEntry
from .entity import async_carry_out
from .house.controls import Control, RunEvent, SetText, TextBox
from .registry import unique_id

ACTION_CONTROL = "homeseer_control"
ACTION_RUN_EVENT = "homeseer_run_event"
ACTION_SET_TEXT = "set_value_text"

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
_TARGET = {
    **_SYSTEM,
    vol.Optional(CONF_DEVICE_ID): cv.string,
    vol.Optional(CONF_REF): _NUMBER,
}
CONTROL_SCHEMA = vol.Schema(
    {**_TARGET, vol.Optional(CONF_VALUE): _VALUE, vol.Optional(CONF_LABEL): _WORDS}
)
RUN_EVENT_SCHEMA = vol.Schema(
    {
        **_SYSTEM,
        vol.Optional(CONF_GROUP): _WORDS,
        vol.Optional(CONF_NAME): _WORDS,
        vol.Optional(CONF_EVENT_ID): _NUMBER,
    }
)
SET_TEXT_SCHEMA = vol.Schema(
    {
        **_TARGET,
        vol.Optional(CONF_ENTITY_ID): cv.entity_id,
        vol.Required(CONF_TEXT): cv.string,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Which part of which system an action is for, and what to call it."""

    entry: HouseConfigEntry
    name: str
    device_ids: Collection[str] = ()
    ref: int | None = None


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for action, handler, schema in (
        (ACTION_CONTROL, _async_control, CONTROL_SCHEMA),
        (ACTION_RUN_EVENT, _async_run_event, RUN_EVENT_SCHEMA),
        (ACTION_SET_TEXT, _async_set_text, SET_TEXT_SCHEMA),
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
    target = _target(call, "device_or_ref", CONF_DEVICE_ID, CONF_REF)
    await _async_use(target, control)


async def _async_set_text(call: ServiceCall) -> None:
    """Set a text that a device takes."""
    target = _target(
        call, "entity_device_or_ref", CONF_ENTITY_ID, CONF_DEVICE_ID, CONF_REF
    )
    text = call.data[CONF_TEXT]
    coordinator = target.entry.runtime_data
    for key in target.device_ids:
        if CONF_ENTITY_ID in call.data and isinstance(
            coordinator.data.devices.get(key), TextBox
        ):
            command = SetText(device_id=key, text=text)
            await async_carry_out(coordinator, target.name, command)
            return
    await _async_use(target, Control(device_id="", ref=0, text=text))


async def _async_use(target: _Target, control: Control) -> None:
    """Use a control of a part of a system; of a device, the part that has it."""
    coordinator = target.entry.runtime_data
    ref = target.ref
    if ref is None:
        takers = coordinator.hub.takers(target.device_ids, control)
        if len(takers) != 1:
            key = "several_controls" if takers else "no_such_control"
            raise _refused(
                key, device=target.name, refs=", ".join(str(each) for each in takers)
            )
        ref = takers[0]
    control = replace(control, device_id=f"ref-{ref}", ref=ref)
    await async_carry_out(coordinator, target.name, control)


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
    coordinator = _system(call.hass, data.get(CONF_CONFIG_ENTRY)).runtime_data
    await async_carry_out(coordinator, name, command)


def _target(call: ServiceCall, complaint: str, *ways: str) -> _Target:
    """Return what an action is for, said in one of several ways."""
    way = _only_one(call.data, complaint, *ways)
    hass, value = call.hass, call.data[way]
    if way == CONF_REF:
        entry = _system(hass, call.data.get(CONF_CONFIG_ENTRY))
        return _Target(entry=entry, name=f"Device {value}", ref=value)
    if way == CONF_ENTITY_ID:
        return _of_entity(hass, value)
    return _of_device(hass, value)


def _of_device(hass: HomeAssistant, device_id: str) -> _Target:
    device, entry = async_get_device_and_config_entry(hass, DOMAIN, device_id)
    _check_kind(entry)
    house = entry.runtime_data.data
    roots = {value for domain, value in device.identifiers if domain == DOMAIN}
    return _Target(
        entry=entry,
        name=device.name_by_user or device.name or device_id,
        device_ids=[
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
        device_ids=[entity.unique_id.removeprefix(unique_id(entry, ""))],
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
