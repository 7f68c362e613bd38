"""What comes and goes on the hub, and what stays of it in Home Assistant."""

from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_PORT, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house import cadence
from custom_components.crestron_homeseer.registry import MISSED_FOR
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import Device, House, Room, Shade
from simulator.samples import default_house

from .common import Advance, Home, device_of, registered, set_up
from .conftest import TOKEN

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"

# In this time a hub is surveyed once, as often as these tests have it.
SURVEY = 26
GONE = MISSED_FOR + 2 * SURVEY


def area_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the name of the area that an entity's device is in."""
    area_id = device_of(hass, entity_id).area_id
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    return area.name if area else None


def room(house: House, name: str) -> Room:
    """Return a room of the simulated house."""
    return next(each for each in house.rooms.values() if each.name == name)


@pytest.fixture(autouse=True)
def surveyed_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Survey every 20 seconds: it is not about how often."""
    monkeypatch.setattr(cadence, "SURVEY_EVERY", 20.0)


@pytest.fixture
def shade(house: House) -> Device:
    """The shade on the hub."""
    return house.find("Kitchen Shade", Device)


async def test_what_returns_has_the_name_and_the_id_that_the_user_gave(
    hass: HomeAssistant, home: Home, shade: Device
) -> None:
    entities, devices = er.async_get(hass), dr.async_get(hass)
    entities.async_update_entity(
        SHADE, new_entity_id="cover.mine", name="My shade", icon="mdi:heart"
    )
    own = ar.async_get(hass).async_create("My corner")
    device = device_of(hass, "cover.mine")
    devices.async_update_device(device.id, name_by_user="Mine", area_id=own.id)
    home.house.remove(shade.id)
    await home.advance(GONE)
    assert entities.async_get("cover.mine") is None
    assert devices.async_get(device.id) is None
    home.house.add(Shade(shade.id, shade.name, shade.room, position=1.0))
    await home.advance(SURVEY)
    assert home["cover.mine"].state == "open"
    entity = registered(hass, "cover.mine")
    assert (entity.name, entity.icon) == ("My shade", "mdi:heart")
    again = device_of(hass, "cover.mine")
    assert (again.id, again.name_by_user) == (device.id, "Mine")
    assert area_of(hass, "cover.mine") == "My corner"
    assert hass.states.get(SHADE) is None


async def test_one_survey_without_a_device_removes_nothing(
    home: Home, shade: Device
) -> None:
    home.house.remove(shade.id)
    await home.advance(SURVEY)
    assert home[SHADE].state == STATE_UNAVAILABLE
    home.house.add(Shade(shade.id, shade.name, shade.room, position=0.0))
    await home.advance(SURVEY)
    assert home[SHADE].state == "closed"
    # It is counted anew.
    await home.advance(MISSED_FOR)
    home.house.remove(shade.id)
    await home.advance(2 * SURVEY)
    assert SHADE in home.ids().values()


async def test_what_is_not_there_yet_is_not_removed(
    home: Home, freezer: FrozenDateTimeFactory
) -> None:
    before = home.ids()
    whole = home.entry.runtime_data.data
    survey = home.entry.runtime_data.device_entries.remove_missing
    for _ in range(5):
        survey(replace(whole, devices={}, roots={}, complete=True))
        freezer.tick(100.0)
    # A hub that starts takes minutes to find all that it has.
    one = replace(whole, devices=dict(list(whole.devices.items())[:1]))
    survey(one)
    freezer.tick(239.0)
    survey(one)
    assert home.ids() == before


@pytest.mark.parametrize("own", [False, True])
async def test_a_new_name_on_the_hub_is_followed_but_for_one_that_the_user_gave(
    hass: HomeAssistant, home: Home, shade: Device, own: bool
) -> None:
    if own:
        er.async_get(hass).async_update_entity(LIGHT, name="My light")
        device = device_of(hass, SHADE)
        dr.async_get(hass).async_update_device(device.id, name_by_user="My shade")
    shade.name = "Garden Shade"
    home.house.find("Downlights", room="Kitchen").name = "Spots"
    await home.advance(SURVEY)
    assert device_of(hass, SHADE).name == "Garden Shade"
    names = ("My shade", "My light") if own else ("Garden Shade", "Spots")
    assert (home[SHADE].name, home[LIGHT].name) == names


async def test_areas_belong_to_the_owner(
    hass: HomeAssistant, home: Home, shade: Device
) -> None:
    areas, house = ar.async_get(hass), home.house
    before = {area.id: area.name for area in areas.async_list_areas()}
    shade.room = room(house, "Office").id
    room(house, "Kitchen").name = "Scullery"
    house.add(Room(5001, "Cellar"))
    house.find("Downlights", room="Theater").room = 5001
    await home.advance(SURVEY)
    assert area_of(hass, SHADE) == area_of(hass, LIGHT) == "Kitchen"
    assert area_of(hass, "light.theater_downlights") == "Theater"
    assert {area.id: area.name for area in areas.async_list_areas()} == before
    # What is new in the room goes where the room's things are; a new room is one.
    house.add(Shade(9001, "Blind", room(house, "Scullery").id))
    house.add(Shade(9002, "Roller", 5001))
    await home.advance(SURVEY)
    assert area_of(hass, "cover.kitchen_blind") == "Kitchen"
    assert area_of(hass, "cover.cellar_roller") == "Cellar"
    # Nothing of it comes back with a restart, nor without the list of rooms.
    with home.processor.faults.during("banner_instead", path="/rooms"):
        await home.reload()
        await home.advance(2 * SURVEY)
        assert area_of(hass, SHADE) == "Kitchen"
    await home.advance(SURVEY)
    assert area_of(hass, SHADE) == "Kitchen"


@pytest.mark.parametrize(
    ("deleted", "entity_id", "area"),
    [(False, "cover.wohnkuche_blind", "Wohnküche"), (True, "cover.blind", None)],
)
async def test_what_is_new_goes_to_what_the_owner_made_of_the_area(
    hass: HomeAssistant,
    home: Home,
    shade: Device,
    deleted: bool,
    entity_id: str,
    area: str | None,
) -> None:
    areas = ar.async_get(hass)
    kitchen = areas.async_get_area_by_name("Kitchen")
    assert kitchen is not None
    if deleted:
        areas.async_delete(kitchen.id)
    else:
        areas.async_update(kitchen.id, name="Wohnküche")
    await home.reload()
    home.house.add(Shade(9001, "Blind", shade.room))
    await home.advance(SURVEY)
    assert area_of(hass, entity_id) == area
    assert areas.async_get_area_by_name("Kitchen") is None


async def test_scenes_that_move_keep_their_entity_and_get_the_other_device(
    hass: HomeAssistant, home: Home
) -> None:
    await home.advance(2 * SURVEY)
    house = home.house
    kitchen = device_of(hass, "scene.kitchen_all_on")
    assert kitchen.entry_type is dr.DeviceEntryType.SERVICE
    office = device_of(hass, "scene.office_all_on")
    before = home.ids()
    house.find("All On", room="Kitchen").room = room(house, "Office").id
    await home.advance(GONE)
    assert device_of(hass, "scene.kitchen_all_on").id == office.id
    assert device_of(hass, "scene.kitchen_all_off").id == kitchen.id
    # The last part of a room, and nothing hangs on the room's device any more.
    hall = device_of(hass, "scene.hallway_all_on")
    for scene in house.scenes.values():
        if house.room_name(scene) == "Hallway":
            scene.room = room(house, "Office").id
    await home.advance(GONE)
    assert device_of(hass, "scene.hallway_all_on").id == office.id
    assert dr.async_get(hass).async_get(hall.id) is None
    assert home["scene.hallway_all_on"].state != STATE_UNAVAILABLE
    assert home.ids() == before


async def test_event_groups_that_are_renamed_keep_their_device(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    advance: Advance,
    model: Model,
) -> None:
    await advance(2 * SURVEY)
    event = model.event("Water Front Lawn")
    assert event is not None
    entities = er.async_get(hass)
    unique_id = f"01SYSTEM_event-{event.id}"
    (entity_id,) = (
        each.entity_id
        for each in entities.entities.values()
        if each.unique_id == unique_id
    )
    group = device_of(hass, entity_id)
    assert group.entry_type is dr.DeviceEntryType.SERVICE
    dr.async_get(hass).async_update_device(group.id, labels={"green"})
    for event in model.events:
        if event.group == "Irrigation":
            event.group = "Garden"
    model.last_added = model.now()
    await advance(GONE)
    again = device_of(hass, entity_id)
    assert (again.id, again.labels) == (group.id, {"green"})
    assert again.name == "Garden events"


async def test_the_whole_house_scenes_of_two_houses_can_be_told_apart(
    hass: HomeAssistant, home: Home, clock: ManualClock
) -> None:
    async with CrestronProcessor(
        default_house(clock), token=TOKEN, clock=clock
    ) as other:
        annex = MockConfigEntry(
            domain=DOMAIN,
            title="Annex",
            entry_id="02HOUSE",
            minor_version=2,
            data={**home.entry.data, CONF_PORT: other.port},
        )
        annex.add_to_hass(hass)
        await set_up(hass, annex)
        assert home["scene.good_night"].name == "Good Night"
        assert home["scene.annex_good_night"].name == "Annex Good Night"
        await hass.config_entries.async_unload(annex.entry_id)
