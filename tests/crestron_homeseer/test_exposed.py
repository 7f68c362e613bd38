"""What voice assistants and automatic dashboards get before anybody chose anything."""

import re

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_SCENE_GROUPS
from simulator.homeseer import Model
from simulator.homeseer.model import Event

from .house.test_access import OPENING

# Home Assistant's own rules are for these.
OF_THEIR_KIND = ("cover.", "binary_sensor.", "light.", "climate.", "media_player.")
# Shades are opened by scenes that do nothing else.
SHADES = re.compile(r"shades_open$")
TELLING = re.compile(r"unlock|disarm|restart|reboot|gate|lift|_open|offen|offn")


async def async_exposed(hass: HomeAssistant) -> list[str]:
    """Return what each assistant gets by itself."""
    await async_setup_component(hass, "homeassistant", {})
    # The other assistants expose what is new only once they are told to.
    return sorted(
        item.entity_id
        for item in er.async_get(hass).entities.values()
        if item.platform == "crestron_homeseer"
        and item.disabled_by is None
        and async_should_expose(hass, "conversation", item.entity_id)
    )


@pytest.mark.parametrize("scenes", [None, ["Lighting", "Security", "Samples"], []])
async def test_nothing_opens_by_voice(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    homeseer_entry: MockConfigEntry,
    model: Model,
    scenes: list[str] | None,
) -> None:
    names = [name for each in OPENING.values() for name in each.split("|")]
    model.events += [
        Event(id=9000 + number, group="Samples", name=name)
        for number, name in enumerate(names)
    ]
    if scenes is not None:
        hass.config_entries.async_update_entry(
            homeseer_entry,
            options={**homeseer_entry.options, CONF_SCENE_GROUPS: scenes},
        )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await hass.async_block_till_done()
    exposed = await async_exposed(hass)
    assert "scene.good_night" in exposed
    # Of so many, those that nobody chose are disabled.
    assert ("scene.lighting_events_dinner" in exposed) is bool(scenes)
    others = [each for each in exposed if not each.startswith(OF_THEIR_KIND)]
    assert [
        each for each in others if TELLING.search(each) and not SHADES.search(each)
    ] == []
    entities = er.async_get(hass)
    shown = [entities.async_get(each) for each in exposed]
    assert not {item.original_name for item in shown if item} & set(names)
    await hass.config_entries.async_unload(homeseer_entry.entry_id)


async def test_events_are_buttons_until_somebody_calls_them_scenes(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry
) -> None:
    options = dict(homeseer_entry.options)
    entities = er.async_get(hass)

    async def choose(scenes: list[str] | None) -> set[str]:
        chosen = options | ({} if scenes is None else {CONF_SCENE_GROUPS: scenes})
        hass.config_entries.async_update_entry(homeseer_entry, options=chosen)
        await hass.config_entries.async_reload(homeseer_entry.entry_id)
        await hass.async_block_till_done()
        return {
            item.entity_id
            for item in entities.entities.values()
            if item.unique_id == "01SYSTEM_event-1042"
        }

    # As it was before anybody was asked.
    assert await choose(None) == {"scene.lighting_events_dinner"}
    assert await choose([]) == {"button.lighting_events_dinner"}
    button = entities.async_get("button.lighting_events_dinner")
    assert button is not None
    assert button.hidden_by is er.RegistryEntryHider.INTEGRATION
    assert await choose(["Lighting"]) == {"scene.lighting_events_dinner"}
    await hass.config_entries.async_unload(homeseer_entry.entry_id)
