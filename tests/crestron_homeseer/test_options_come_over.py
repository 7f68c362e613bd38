"""An owner takes entity ids, names and areas along from another integration."""

import asyncio
from typing import Any, override

from homeassistant.components.homeassistant.exposed_entities import (
    async_expose_entity,
    async_should_expose,
)
from homeassistant.components.light import ColorMode, LightEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockEntityPlatform,
)

from custom_components.crestron_homeseer.const import DOMAIN
from simulator.clock import ManualClock
from simulator.house import House, Light, Lock, Room, Scene

from .common import device_of, registered, state
from .flows import choose


class OtherLight(LightEntity):
    """A light of another integration, which runs."""

    _attr_supported_color_modes = {ColorMode.ONOFF}
    _attr_color_mode = ColorMode.ONOFF
    _attr_is_on = True

    def __init__(self, name: str) -> None:
        """Take its name."""
        self._attr_name = self._attr_unique_id = name

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Take a moment to go."""
        await asyncio.sleep(0)


@pytest.fixture
def house(clock: ManualClock) -> House:
    """A home in which some names are of one thing, and others are not."""
    house = House(clock)
    for room, name in ((1, "Kitchen"), (2, "Den")):
        house.add(Room(room, name))
        house.add(Light(10 + room, "Ceiling", room))
        house.add(Light(20 + room, "Lamp", room))
    house.add(Lock(31, "Door", 1))
    house.add(Scene(41, "Gate", 1, type="genericIO"))
    return house


@pytest.fixture
async def others(hass: HomeAssistant, house: House) -> er.EntityRegistry:
    """What another integration has: a light that runs, and others that wait."""
    platform = MockEntityPlatform(hass, domain="light", platform_name="demo")
    await platform.async_add_entities([OtherLight("Kitchen Ceiling")])
    entities = er.async_get(hass)
    # Its integration is not installed any more.
    entities.async_get_or_create("light", "gone", "1", original_name="Kitchen Lamp")
    den = ar.async_get(hass).async_create("Den")
    for domain, name, area in (
        ("light", "Ceiling", den.id),
        ("light", "Lamp", None),
        ("lock", "Door", den.id),
        ("scene", "Kitchen Gate", None),
        ("switch", "Kitchen Lamp", None),
    ):
        made = entities.async_get_or_create(domain, "demo", name, original_name=name)
        entities.async_update_entity(made.entity_id, area_id=area)
    return entities


async def test_ids_and_all_that_was_made_of_them_are_taken_along(
    hass: HomeAssistant, others: er.EntityRegistry, loaded: MockConfigEntry
) -> None:
    made: dict[str, Any] = {"name": "Spots", "icon": "mdi:spotlight", "labels": {"x"}}
    others.async_update_entity("light.kitchen_ceiling", **made)
    for entity_id in ("light.kitchen_ceiling", "scene.demo_kitchen_gate"):
        async_expose_entity(hass, "conversation", entity_id, True)
    # It has its own id already, so what is new has another one.
    own = registered(hass, "light.kitchen_ceiling_2")
    flow = await choose(hass, loaded, "come_over")
    assert flow.offered("integration") == {
        "demo": "Demo (4)",
        "gone": "gone (1)",
    }
    await flow.submit(integration="demo")
    # A lamp in another room, and what is of another kind, may be something else.
    pairs = {
        "light.kitchen_ceiling_2": "light.kitchen_ceiling",
        "light.den_ceiling": "light.demo_ceiling",
        "lock.kitchen_door": "lock.demo_door",
        "scene.kitchen_gate": "scene.demo_kitchen_gate",
    }
    labels = {own: f"{other} → {own}" for own, other in pairs.items()}
    assert flow.offered("entities") == labels
    assert set(flow.default("entities")) == {*pairs}
    kept = [each for each in pairs if each != "light.den_ceiling"]
    await flow.submit(entities=kept)
    assert (flow.step, flow.facts["count"]) == ("taken_along", "3")
    taken = registered(hass, "light.kitchen_ceiling")
    assert (taken.unique_id, taken.platform) == (own.unique_id, DOMAIN)
    assert {key: getattr(taken, key) for key in made} == made
    shown = state(hass, "light.kitchen_ceiling")
    assert (shown.state, shown.name) == ("off", "Spots")
    assert async_should_expose(hass, "conversation", "light.kitchen_ceiling")
    # What may open a way in stays as it was until its owner says otherwise.
    assert not async_should_expose(hass, "conversation", "scene.demo_kitchen_gate")
    # An area of the other's entity is that of the device.
    den = ar.async_get(hass).async_get_area_by_name("Den")
    assert den is not None
    assert device_of(hass, "lock.demo_door").area_id == den.id
    # What was not chosen is as it was, on both sides.
    assert {"light.demo_ceiling", "light.den_ceiling"} <= others.entities.keys()
    assert hass.states.get("light.kitchen_ceiling_2") is None
    flow = await choose(hass, loaded, "come_over")
    assert flow.offered("integration")["demo"] == "Demo (1)"


async def test_nothing_matches_where_there_is_no_other(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    flow = await choose(hass, loaded, "come_over")
    assert flow.step == "nothing_matches"
