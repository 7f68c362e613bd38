"""Who may use an action of ours: nobody reaches more than through the entities."""

from collections.abc import Collection, Iterable

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import ServiceCall
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .coordinator import HouseConfigEntry
from .registry import unique_id


async def async_check_rights(
    call: ServiceCall, entry: HouseConfigEntry, keys: Collection[str]
) -> None:
    """See that whoever calls may control each entity that some devices are shown as.

    What no entity stands for is for administrators. What nobody asked for, as an
    automation, may do all, as Home Assistant has it. Raises Unauthorized.
    """
    if (user := await _async_caller(call)) is None:
        return
    # What goes with a device, and only shows, stands for nothing of its own.
    keys = {key for key in keys if key.rpartition("-")[0] not in keys}
    entities = entities_of(call, entry, keys)
    if not user.is_admin and (not keys or len(entities) < len(keys)):
        raise Unauthorized(context=call.context, permission=POLICY_CONTROL)
    for entity_id in entities:
        if not user.permissions.check_entity(entity_id, POLICY_CONTROL):
            raise Unauthorized(
                context=call.context, entity_id=entity_id, permission=POLICY_CONTROL
            )


async def _async_caller(call: ServiceCall) -> User | None:
    """Return who calls; None where nobody does, as for an automation."""
    if call.context.user_id is None:
        return None
    user = await call.hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context, permission=POLICY_CONTROL)
    return user


async def async_check_admin(call: ServiceCall) -> None:
    """See that whoever calls is an administrator, or nobody; raises Unauthorized."""
    user = await _async_caller(call)
    if user is not None and not user.is_admin:
        raise Unauthorized(context=call.context)


def entities_of(
    call: ServiceCall, entry: HouseConfigEntry, keys: Iterable[str]
) -> list[str]:
    """Return the entities, other than disabled ones, that devices are shown as."""
    ids = {unique_id(entry, key) for key in keys}
    entities = er.async_get(call.hass)
    return [
        entity.entity_id
        for entity in er.async_entries_for_config_entry(entities, entry.entry_id)
        if entity.unique_id in ids and not entity.disabled
    ]
