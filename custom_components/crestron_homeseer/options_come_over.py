"""Taking along what another integration for the same home has: ids, names and areas."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
import re

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.loader import async_get_integrations
import voluptuous as vol

from .const import DOMAIN
from .flow_base import HouseOptionsFlow, Typed, pick, pick_several
from .registry import entities_of
from .takeover import async_hand_over

CONF_INTEGRATION = "integration"
CONF_ENTITIES = "entities"

# Entities that are removed go by themselves; so many times it is looked, in seconds.
_LOOKS, _PAUSE = 100, 0.05

type _Key = tuple[str, frozenset[str]]


class ComeOverFlow(HouseOptionsFlow):
    """Picks another integration, and which of its entities are which of these."""

    _pairs: Mapping[str, dict[str, str]]
    _integration = ""

    async def async_step_come_over(self, user_input: Typed = None) -> ConfigFlowResult:
        """Pick the integration; nothing changes yet."""
        if user_input is not None:
            self._integration = user_input[CONF_INTEGRATION]
            return await self.async_step_take_along()
        self._pairs = pairs_by_integration(self.hass, self.config_entry)
        if not self._pairs:
            return self.async_abort(reason="nothing_matches")
        found = await async_get_integrations(self.hass, self._pairs)
        names = {
            domain: domain if isinstance(each, Exception) else each.name
            for domain, each in found.items()
        }
        shown = {
            key: f"{names[key]} ({len(each)})" for key, each in self._pairs.items()
        }
        return self._show(
            "come_over", {vol.Required(CONF_INTEGRATION): pick(shown)}, last=False
        )

    async def async_step_take_along(self, user_input: Typed = None) -> ConfigFlowResult:
        """Choose the entities that are the same, and take along what these have."""
        pairs = self._pairs[self._integration]
        if user_input is not None:
            chosen = {own: pairs[own] for own in user_input[CONF_ENTITIES]}
            await async_take_along(self.hass, chosen)
            return self.async_abort(
                reason="taken_along",
                description_placeholders={"count": str(len(chosen))},
            )
        names = {own: f"{other} → {own}" for own, other in sorted(pairs.items())}
        return self._show("take_along", pick_several(CONF_ENTITIES, names, names))


def pairs_by_integration(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, dict[str, str]]:
    """Return by integration which entity of ours is which one of it.

    They are of one domain, and the words of their names and areas are the same. Where
    areas differ the names are enough, if they are of one entity on each side.
    """
    keys: dict[str, tuple[_Key, _Key]] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for each in er.async_get(hass).entities.values():
        keys[each.entity_id] = _keys(hass, each)
        if each.platform != DOMAIN:
            others[each.platform].append(each.entity_id)
    ours = [each.entity_id for each in entities_of(hass, entry)]
    known = {key for own in ours for key in keys[own]}
    found = {}
    for platform, theirs in others.items():
        if known.isdisjoint(key for other in theirs for key in keys[other]):
            continue
        pairs: dict[str, str] = {}
        for number in range(2):
            own = _alone({each: keys[each][number] for each in ours}, pairs.keys())
            other = _alone(
                {each: keys[each][number] for each in theirs}, pairs.values()
            )
            pairs |= {own[key]: other[key] for key in own.keys() & other.keys()}
        if pairs:
            found[platform] = pairs
    return found


def _alone(keys: Mapping[str, _Key], done: Collection[str]) -> dict[_Key, str]:
    """Return entity ids by their keys, as far as only one that is left has each."""
    by_key = defaultdict(list)
    for entity_id, key in keys.items():
        if key[1] and entity_id not in done:
            by_key[key].append(entity_id)
    return {key: ids[0] for key, ids in by_key.items() if len(ids) == 1}


def _keys(hass: HomeAssistant, entity: er.RegistryEntry) -> tuple[_Key, _Key]:
    """Return the domain and the words of an entity's own name, with its area's first."""
    name = entity.original_name or ""
    device = dr.async_get(hass).async_get(entity.device_id or "")
    if device is not None and entity.has_entity_name:
        name += f" {device.name}"
    area = ar.async_get(hass).async_get_area(_area_of(hass, entity) or "")
    words, place = (
        frozenset(re.findall(r"\w+", text.casefold()))
        for text in (name, area.name if area else "")
    )
    return (entity.domain, words | place), (entity.domain, words)


def _area_of(hass: HomeAssistant, entity: er.RegistryEntry) -> str | None:
    device = dr.async_get(hass).async_get(entity.device_id or "")
    return entity.area_id or (device.area_id if device else None)


async def async_take_along(hass: HomeAssistant, pairs: Mapping[str, str]) -> None:
    """Give entities of ours the ids of others, and what the owner made of these.

    The others are removed from the registry, so history stays with the ids.
    """
    devices, entities = dr.async_get(hass), er.async_get(hass)
    old = {
        own: was
        for own, other in pairs.items()
        if (was := entities.async_get(other)) and entities.async_get(own)
    }
    areas = {own: _area_of(hass, was) for own, was in old.items()}
    for was in old.values():
        entities.async_remove(was.entity_id)
    for _ in range(_LOOKS):
        if all(hass.states.async_available(was.entity_id) for was in old.values()):
            break
        await asyncio.sleep(_PAUSE)
    for own, was in old.items():
        new = entities.entities[own]
        # What is hidden may open a way in: it is exposed by its owner alone.
        visible = new.hidden_by is not er.RegistryEntryHider.INTEGRATION
        async_hand_over(
            hass, was, own, was.entity_id, visible=visible, area_id=new.area_id
        )
        # What has the name of its device is in the area of its device.
        if areas[own] and new.device_id:
            devices.async_update_device(new.device_id, area_id=areas[own])
