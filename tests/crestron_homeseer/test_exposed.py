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

from .common import set_up
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
    await set_up(hass, homeseer_entry)
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
