"""What comes and goes on the hub, and what stays of it in Home Assistant."""

from collections.abc import Callable
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_PORT, CONF_TOKEN, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import slugify
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import DOMAIN
from custom_components.crestron_homeseer.house import cadence
from custom_components.crestron_homeseer.house.devices import House as SeenHouse
from custom_components.crestron_homeseer.registry import MISSED_FOR
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import Device, House, Room, Shade
from simulator.samples import default_house

from .common import Advance, state
from .conftest import TOKEN

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"

# In this time a hub is surveyed once, as often as these tests have it.
SURVEY = 26


def registered(hass: HomeAssistant, entity_id: str) -> dr.DeviceEntry:
    """Return the device of an entity."""
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None
    assert entity.device_id is not None
    device = dr.async_get(hass).async_get(entity.device_id)
    assert isinstance(device, dr.DeviceEntry)
    return device


def area_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the name of the area that an entity's device is in."""
    area_id = registered(hass, entity_id).area_id
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    return area.name if area else None


def room(house: House, name: str) -> Room:
    """Return a room of the simulated house."""
    return next(each for each in house.rooms.values() if each.name == name)


def ids(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, str]:
    """Return the entity ids by unique id."""
    return {
        entity.unique_id: entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
    }


@pytest.fixture(autouse=True)
def surveyed_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Survey every 20 seconds: it is not about how often."""
    monkeypatch.setattr(cadence, "SURVEY_EVERY", 20.0)


@pytest.fixture
def shade(house: House) -> Device:
    """The shade on the hub."""
    return house.find("Kitchen Shade")


async def test_what_returns_has_the_name_and_the_id_that_the_user_gave(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    shade: Device,
) -> None:
    entities, devices = er.async_get(hass), dr.async_get(hass)
    entities.async_update_entity(
        SHADE, new_entity_id="cover.mine", name="My shade", icon="mdi:heart"
    )
    own = ar.async_get(hass).async_create("My corner")
    device = registered(hass, "cover.mine")
    devices.async_update_device(device.id, name_by_user="Mine", area_id=own.id)
    house.remove(shade.id)
    await advance(MISSED_FOR + 2 * SURVEY)
    assert entities.async_get("cover.mine") is None
    assert devices.async_get(device.id) is None
    house.add(Shade(shade.id, shade.name, shade.room, position=1.0))
    await advance(SURVEY)
    assert state(hass, "cover.mine").state == "open"
    entity = entities.async_get("cover.mine")
    assert entity is not None
    assert (entity.name, entity.icon) == ("My shade", "mdi:heart")
    again = registered(hass, "cover.mine")
    assert again.id == device.id
    assert again.name_by_user == "Mine"
    assert area_of(hass, "cover.mine") == "My corner"
    assert hass.states.get(SHADE) is None


async def test_one_survey_without_a_device_removes_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    shade: Device,
) -> None:
    house.remove(shade.id)
    await advance(SURVEY)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    assert SHADE in ids(hass, loaded).values()
    house.add(Shade(shade.id, shade.name, shade.room, position=0.0))
    await advance(SURVEY)
    assert state(hass, SHADE).state == "closed"
    # It is counted anew.
    await advance(MISSED_FOR)
    house.remove(shade.id)
    await advance(2 * SURVEY)
    assert SHADE in ids(hass, loaded).values()


async def test_what_is_not_there_yet_is_not_removed(
    hass: HomeAssistant, loaded: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    before = ids(hass, loaded)
    whole = loaded.runtime_data.data
    assert isinstance(whole, SeenHouse)
    judge = loaded.runtime_data.device_entries.remove_missing
    judge(whole)
    empty = replace(whole, devices={}, roots={}, complete=True)
    for _ in range(5):
        judge(empty)
        freezer.tick(100.0)
    # A hub that starts takes minutes to find all that it has.
    judge(replace(whole, devices=dict(list(whole.devices.items())[:1])))
    freezer.tick(239.0)
    judge(replace(whole, devices=dict(list(whole.devices.items())[:1])))
    assert ids(hass, loaded) == before


async def test_a_new_name_on_the_hub_is_followed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    shade: Device,
) -> None:
    shade.name = "Garden Shade"
    house.find("Downlights", room="Kitchen").name = "Spots"
    await advance(SURVEY)
    assert registered(hass, SHADE).name == "Garden Shade"
    assert state(hass, SHADE).name == "Garden Shade"
    assert state(hass, LIGHT).name == "Spots"


async def test_a_new_name_on_the_hub_changes_none_that_the_user_gave(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    shade: Device,
) -> None:
    er.async_get(hass).async_update_entity(LIGHT, name="My light")
    dr.async_get(hass).async_update_device(
        registered(hass, SHADE).id, name_by_user="My shade"
    )
    shade.name = "Garden Shade"
    house.find("Downlights", room="Kitchen").name = "Spots"
    await advance(SURVEY)
    assert registered(hass, SHADE).name_by_user == "My shade"
    assert state(hass, SHADE).name == "My shade"
    assert state(hass, LIGHT).name == "My light"


async def test_areas_belong_to_the_owner(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
    shade: Device,
) -> None:
    areas = ar.async_get(hass)
    before = {area.id: area.name for area in areas.async_list_areas()}
    shade.room = room(house, "Office").id
    room(house, "Kitchen").name = "Scullery"
    house.add(Room(5001, "Cellar"))
    house.find("Downlights", room="Theater").room = 5001
    await advance(SURVEY)
    assert area_of(hass, SHADE) == "Kitchen"
    assert area_of(hass, LIGHT) == "Kitchen"
    assert area_of(hass, "light.theater_downlights") == "Theater"
    assert {area.id: area.name for area in areas.async_list_areas()} == before
    # What is new in the room goes where the room's things are; a new room is one.
    house.add(Shade(9001, "Blind", room(house, "Scullery").id))
    house.add(Shade(9002, "Roller", 5001))
    await advance(SURVEY)
    assert area_of(hass, "cover.kitchen_blind") == "Kitchen"
    assert area_of(hass, "cover.cellar_roller") == "Cellar"
    # Nothing of it comes back with a restart.
    await hass.config_entries.async_reload(loaded.entry_id)
    await advance(SURVEY)
    assert area_of(hass, SHADE) == "Kitchen"


@pytest.mark.parametrize(
    ("deleted", "entity_id", "area"),
    [(False, "cover.wohnkuche_blind", "Wohnküche"), (True, "cover.blind", None)],
)
async def test_what_is_new_goes_to_what_the_owner_made_of_the_area(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    house: House,
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
    await hass.config_entries.async_reload(loaded.entry_id)
    house.add(Shade(9001, "Blind", shade.room))
    await advance(SURVEY)
    assert area_of(hass, entity_id) == area
    assert areas.async_get_area_by_name("Kitchen") is None


async def test_what_is_remembered_goes_with_the_entry(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    shade: Device,
    hass_storage: dict[str, object],
) -> None:
    await advance(12)
    await hass.config_entries.async_unload(loaded.entry_id)
    shade.name = "Desk Shade"
    await hass.config_entries.async_setup(loaded.entry_id)
    await advance(12)
    assert registered(hass, SHADE).name == "Desk Shade"
    key = "crestron_homeseer.01HOUSE.identity"
    assert key in hass_storage
    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    assert key not in hass_storage


async def test_scenes_that_move_keep_their_entity_and_get_the_other_device(
    hass: HomeAssistant, loaded: MockConfigEntry, advance: Advance, house: House
) -> None:
    await advance(2 * SURVEY)
    kitchen = registered(hass, "scene.kitchen_all_on")
    assert kitchen.entry_type is dr.DeviceEntryType.SERVICE
    office = registered(hass, "scene.office_all_on")
    before = ids(hass, loaded)
    house.find("All On", room="Kitchen").room = room(house, "Office").id
    await advance(MISSED_FOR + 2 * SURVEY)
    assert registered(hass, "scene.kitchen_all_on").id == office.id
    assert registered(hass, "scene.kitchen_all_off").id == kitchen.id
    # The last part of a room, and nothing hangs on the room's device any more.
    hall = registered(hass, "scene.hallway_all_on")
    for scene in [
        each for each in house.scenes.values() if house.room_name(each) == "Hallway"
    ]:
        scene.room = room(house, "Office").id
    await advance(MISSED_FOR + 2 * SURVEY)
    assert registered(hass, "scene.hallway_all_on").id == office.id
    assert dr.async_get(hass).async_get(hall.id) is None
    assert state(hass, "scene.hallway_all_on").state != STATE_UNAVAILABLE
    assert ids(hass, loaded) == before


async def test_event_groups_that_are_renamed_keep_their_device(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    advance: Advance,
    model: Model,
) -> None:
    await advance(2 * SURVEY)
    before = ids(hass, homeseer_loaded)
    (entity_id,) = [
        entity_id
        for unique_id, entity_id in before.items()
        if unique_id.endswith(f"-{event_id(model, 'Water Front Lawn')}")
    ]
    group = registered(hass, entity_id)
    assert group.entry_type is dr.DeviceEntryType.SERVICE
    dr.async_get(hass).async_update_device(group.id, labels={"green"})
    for event in model.events:
        if event.group == "Irrigation":
            event.group = "Garden"
    model.last_added = model.now()
    await advance(MISSED_FOR + 2 * SURVEY)
    again = registered(hass, entity_id)
    assert (again.id, again.labels, again.name) == (
        group.id,
        {"green"},
        "Garden events",
    )
    assert ids(hass, homeseer_loaded) == before


def event_id(model: Model, name: str) -> int:
    """Return the id of a simulated event."""
    event = model.event(name)
    assert event is not None
    return event.id


async def test_the_whole_house_scenes_of_two_houses_can_be_told_apart(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    advance: Advance,
    processor: CrestronProcessor,
    clock: ManualClock,
) -> None:
    async with CrestronProcessor(
        default_house(clock), token=TOKEN, clock=clock
    ) as other:
        annex = MockConfigEntry(
            domain=DOMAIN,
            title="Annex",
            entry_id="02HOUSE",
            minor_version=2,
            data={**loaded.data, CONF_PORT: other.port},
        )
        annex.add_to_hass(hass)
        await hass.config_entries.async_setup(annex.entry_id)
        await hass.async_block_till_done()
        assert state(hass, "scene.good_night").name == "Good Night"
        assert state(hass, "scene.annex_good_night").name == "Annex Good Night"
        await hass.config_entries.async_unload(annex.entry_id)


async def test_entity_ids_do_not_say_the_room_twice(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    ours = [
        entity
        for entity in er.async_get(hass).entities.values()
        if entity.domain in {"scene", "media_player"}
        and registered_or_none(hass, entity) is not None
    ]
    assert len(ours) > 30
    for entity in ours:
        device = registered_or_none(hass, entity)
        assert device is not None
        words = slugify(device.name)
        assert f"{words}_{words}" not in entity.entity_id


def registered_or_none(
    hass: HomeAssistant, entity: er.RegistryEntry
) -> dr.DeviceEntry | None:
    """Return the device of an entity that has one."""
    return registered(hass, entity.entity_id) if entity.device_id else None


async def test_without_rooms_nothing_moves(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    await advance(12)
    with processor.faults.during("banner_instead", path="/rooms"):
        await hass.config_entries.async_reload(loaded.entry_id)
        await advance(2 * SURVEY)
        assert area_of(hass, SHADE) == "Kitchen"
    await advance(SURVEY)
    assert area_of(hass, SHADE) == "Kitchen"


async def test_ids_survive_what_happens_to_a_hub(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    house: House,
    clock: ManualClock,
) -> None:
    await advance(SURVEY)
    before = ids(hass, loaded)
    assert len(before) > 50

    async def same() -> None:
        await hass.async_block_till_done()
        await advance(SURVEY)
        assert ids(hass, loaded) == before
        assert state(hass, SHADE).state == "open"

    await hass.config_entries.async_reload(loaded.entry_id)
    await same()
    processor.expire_sessions()
    await same()
    # A firmware upgrade: another version, and another token.
    processor.change(version="3.000.0001")
    processor.revoke_token("new")
    await advance(20)
    (flow,) = hass.config_entries.flow.async_progress()
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {CONF_TOKEN: "new"}
    )
    assert result["reason"] == "reauth_successful"
    await same()
    assert TOKEN not in str(loaded.data)
    # Another address.
    async with CrestronProcessor(house, token="new", clock=clock) as moved:
        await processor.stop()
        result = await loaded.start_reconfigure_flow(hass)
        result = await hass.config_entries.flow.async_configure(
            result["flow_id"], {"host": f"{moved.host}:{moved.port}"}
        )
        assert result["reason"] == "reconfigure_successful"
        assert loaded.data[CONF_PORT] == moved.port
        await same()
        await hass.config_entries.async_unload(loaded.entry_id)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("refuse_connections", "cannot be reached"),
        ("boot_503", "may still be starting"),
        ("banner_instead", "its Web API or JSON control is switched off"),
    ],
)
async def test_an_outage_is_one_line_out_that_says_why_and_one_back(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
    words: str,
) -> None:
    await advance(6)
    caplog.clear()

    def lines(has: Callable[[str], bool]) -> list[str]:
        return [
            record.getMessage()
            for record in caplog.records
            if record.levelname in {"INFO", "ERROR"} and has(record.getMessage())
        ]

    with processor.faults.during(trouble):
        await advance(2 * SURVEY)
        (out,) = lines(lambda line: line.startswith("Error fetching"))
        assert out.startswith("Error fetching MC4-R data: MC4-R")
        assert words in out
        assert state(hass, SHADE).state == STATE_UNAVAILABLE
    await advance(70)
    (back,) = lines(lambda line: "recovered" in line)
    assert "MC4-R" in back
    assert state(hass, SHADE).state == "open"
    assert TOKEN not in caplog.text
    assert "authkey" not in caplog.text.lower()
