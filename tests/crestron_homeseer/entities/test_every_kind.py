"""What holds for devices of every kind."""

import asyncio
from dataclasses import replace
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.crestron_homeseer import entity as entity_module
from custom_components.crestron_homeseer.entity import AT_ONCE
from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    Siren,
    Switch,
    TextBox,
    Valve,
)
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    CoverKind,
    Detector,
    DetectorKind,
    Root,
    Sensor,
    SensorKind,
)
from custom_components.crestron_homeseer.house.hub import HubConnectionError, Reason
from custom_components.crestron_homeseer.registry import HUB_ID

from ..common import Advance, state
from ..memory import MemoryHub
from .common import A_READ, AN_OUTAGE, PANEL, Start, lamp, player, thermostat

# What belongs together


async def test_a_part_is_named_after_what_it_is_a_part_of(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    roots = {
        "r": Root(id="r", name="Hall", model="Multi"),
        HUB_ID: Root(id=HUB_ID, name="Home"),
    }
    hub.house = replace(hub.house, roots=roots)
    await start(
        Switch(id="1", name="HALL", on=True, root_id="r"),
        Switch(id="2", name="Hall - Left", on=True, root_id="r"),
        Switch(id="3", name="Hallway", on=True, root_id="r"),
        Switch(id="4", name="Hall - ", on=True, root_id="r"),
        Switch(id="5", name="Watchdog", on=True, root_id=HUB_ID),
    )
    assert sorted(item.name for item in hass.states.async_all("switch")) == [
        "Hall",
        "Hall",
        "Hall Hallway",
        "Hall Left",
        "Home Watchdog",
    ]


async def test_what_has_become_something_else_is_what_the_owner_made_of_it(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    entity_registry: er.EntityRegistry,
) -> None:
    await start(lamp())
    entity_registry.async_update_entity(
        "light.lamp",
        new_entity_id="light.mine",
        aliases=["Leselampe"],
        area_id="den",
        icon="mdi:heart",
        labels={"cosy"},
        name="My lamp",
        categories={"automation": "evening"},
        hidden_by=er.RegistryEntryHider.USER,
    )
    entity_registry.async_update_entity_options(
        "light.mine", "conversation", {"should_expose": False}
    )
    before = entity_registry.async_get("light.mine")
    assert before is not None
    hub.put(TextBox(id="1", name="Lamp", text="Hello"))
    await advance(A_READ)
    assert hass.states.get("light.mine") is None
    assert state(hass, "text.mine").state == "Hello"
    assert state(hass, "text.mine").name == "My lamp"
    after = entity_registry.async_get("text.mine")
    assert after is not None
    for part in [
        "aliases",
        "area_id",
        "categories",
        "device_id",
        "hidden_by",
        "icon",
        "labels",
        "name",
        "unique_id",
    ]:
        assert getattr(after, part) == getattr(before, part), part
    assert after.options["conversation"] == {"should_expose": False}
    # One that the owner has renamed and disabled meanwhile stays so.
    entity_registry.async_update_entity(
        "text.mine",
        new_entity_id="text.yours",
        disabled_by=er.RegistryEntryDisabler.USER,
    )
    hub.put(lamp())
    await advance(A_READ)
    assert hass.states.async_entity_ids(("light", "text")) == []
    again = entity_registry.async_get("light.yours")
    assert again is not None
    assert again.disabled_by is er.RegistryEntryDisabler.USER
    assert entity_registry.async_get("text.yours") is None


# All of them


ALL = (
    Switch(id="s", name="Switch", on=True),
    Remote(id="r", name="Remote"),
    Number(id="n", name="Number", value=1.0, low=0.0, high=9.0),
    Choice(id="c", name="Choice", option="A", options=("A",)),
    TextBox(id="t", name="Text", text="Hello"),
    Siren(id="i", name="Siren", on=True),
    Valve(id="v", name="Valve", position=1.0),
    replace(thermostat(), id="h"),
    replace(lamp(), id="l"),
    replace(player(), id="p"),
    replace(PANEL, id="a"),
    Cover(id="g", name="Gate", kind=CoverKind.GATE, position=0.0),
    Sensor(id="u", name="Sun", kind=SensorKind.ULTRAVIOLET, value=1.0),
    Sensor(id="w", name="Word", kind=SensorKind.TEXT, value="Hello"),
    Detector(id="d", name="Door", kind=DetectorKind.DOORBELL, on=False),
)


async def test_what_is_away_is_unavailable_and_comes_back(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(*ALL)
    before = {item.entity_id: item.state for item in hass.states.async_all()}
    assert len(before) == len(ALL)
    hub.away = HubConnectionError(Reason.TIMED_OUT)
    await advance(AN_OUTAGE)
    assert {item.state for item in hass.states.async_all()} == {STATE_UNAVAILABLE}
    hub.away = None
    await advance(2 * AN_OUTAGE)
    assert {item.entity_id: item.state for item in hass.states.async_all()} == before


async def test_own_words_have_icons_or_translations(
    hass: HomeAssistant, start: Start, entity_registry: er.EntityRegistry
) -> None:
    entry = await start(*ALL)
    path = Path("custom_components/crestron_homeseer/icons.json")
    icons = json.loads(path.read_text(encoding="utf-8"))["entity"]
    keys = {
        (item.domain, item.translation_key)
        for item in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if item.translation_key
    }
    assert keys == {
        ("binary_sensor", "doorbell"),
        ("climate", "thermostat"),
        ("event", "remote"),
        ("sensor", "last_push"),
        ("sensor", "read_interval"),
        ("sensor", "response_time"),
        ("sensor", "text"),
        ("sensor", "ultraviolet"),
    }
    assert [(domain, key) for domain, key in keys if key not in icons[domain]] == []


@pytest.mark.parametrize("meanwhile", ["gone", "unloading"])
async def test_what_goes_while_entities_are_added_gets_none(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: str,
) -> None:
    entry = await start(lamp())
    coordinator = entry.runtime_data
    going_on = asyncio.Event()

    async def one_at_a_time(work: Any) -> None:
        for _ in work:
            await going_on.wait()

    monkeypatch.setattr(entity_module, "in_turns", one_at_a_time)
    lamps = [replace(lamp(), id=f"{n}", name=f"Lamp {n}") for n in range(2, 42)]
    hub.put(*lamps)
    await coordinator.async_refresh()
    await asyncio.sleep(0)
    if meanwhile == "gone":
        house = replace(hub.house, devices={"1": lamp()})
        coordinator.async_set_updated_data(house)
    else:
        entry._async_set_state(hass, ConfigEntryState.UNLOAD_IN_PROGRESS, None)
    going_on.set()
    await hass.async_block_till_done()
    if meanwhile == "unloading":
        entry._async_set_state(hass, ConfigEntryState.LOADED, None)
    found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    lights = [each for each in found if each.domain == "light"]
    assert len(lights) <= 1 + AT_ONCE
