"""An owner chooses what of a home is included, and which sensor is of which lock's door."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import CONF_DOORS, CONF_LEFT_OUT
from custom_components.crestron_homeseer.house.devices import House as Home
from custom_components.crestron_homeseer.house.exclusions import UNUSED, Exclusions
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House, Light, Lock, Room, Sensor, SensorKind

from .common import Advance, device_of, registered, set_up, state
from .flows import choose
from .house.samples import INFO, LIGHT
from .identity.hubs import permuted
from .identity.owner import belongings, entities, make_own, missing

SENSOR = "binary_sensor.hallway_front_door_contact"
LOCK = "lock.hallway_front_door"


async def leave_out(
    hass: HomeAssistant, entry: MockConfigEntry, **chosen: list[str]
) -> dict[str, str]:
    """Choose what is left out, look at the preview, save it, and return its facts."""
    empty: dict[str, list[str]] = {"rooms": [], "kinds": [], "names": []}
    typed = empty | chosen
    flow = await choose(hass, entry, "include")
    assert (await flow.submit(**typed)).menu == ["save", "include"]
    # It can be chosen again, with what was typed.
    await flow.submit(next_step_id="include")
    assert {key: flow.default(key) for key in typed} == typed
    facts = (await flow.submit(**typed)).facts
    await flow.submit(next_step_id="save")
    return facts


@pytest.fixture(params=["entry", "homeseer_entry"])
def either(request: pytest.FixtureRequest) -> MockConfigEntry:
    """The entry of a hub of either vendor, not yet set up."""
    entry: MockConfigEntry = request.getfixturevalue(request.param)
    return entry


async def test_what_is_left_out_goes_and_comes_back_with_all_that_was_made_of_it(
    hass: HomeAssistant, either: MockConfigEntry, advance: Advance
) -> None:
    entry = either
    await hass.config_entries.async_setup(entry.entry_id)
    await advance(20)
    make_own(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)
    await advance(20)
    home: Home = entry.runtime_data.data
    before = belongings(hass, entry)
    preview = await leave_out(hass, entry, rooms=["kitchen"], names=["*light*"])
    assert entry.options[CONF_LEFT_OUT] == {"rooms": ["kitchen"], "names": ["*light*"]}
    # It is all gone at once, also its devices; what stays is as it was.
    after = belongings(hass, entry)
    gone = entities(before).keys() - after.keys()
    stayed = {key: before[key] for key in after}
    assert missing(stayed, after, permuted({}), "state") == []
    in_use = {facts["device_id"] for facts in entities(after).values()}
    left_over = {before[key]["device_id"] for key in gone} - in_use
    assert not left_over & after.keys()
    await advance(20)
    left: Home = entry.runtime_data.data
    fewer = len(home.devices) - len(left.devices)
    assert 3 < fewer < len(home.devices) - 3
    assert len(gone) >= fewer - 3
    shown = [int(preview[key]) for key in ("all", "stay")]
    assert shown == [len(home.devices), len(left.devices)]
    await leave_out(hass, entry)
    assert CONF_LEFT_OUT not in entry.options
    await advance(20)
    again = belongings(hass, entry)
    assert missing(before, again, permuted({}), "state") == []


async def test_nothing_is_removed_while_it_may_be_another_thing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    house: House,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    kept = "light.kitchen_under_cabinet"
    er.async_get(hass).async_update_entity(kept, labels={"mine"})
    await advance(20)
    await leave_out(hass, loaded, names=["island*"])
    await advance(20)
    await hass.config_entries.async_unload(loaded.entry_id)
    numbers = [
        house.find(name, Light).id for name in ("Under Cabinet", "Island Pendants")
    ]
    other = dict(zip(numbers, numbers[::-1], strict=True))
    house.change_ids(lambda number: other.get(number, number))
    # A survey that is not complete judges nothing.
    with processor.faults.during("http_500", path="/scenes"):
        await hass.config_entries.async_setup(loaded.entry_id)
        await advance(20)
    for seconds in (0, 400):
        await advance(seconds)
        assert registered(hass, kept).labels == {"mine"}
    assert registered(hass, kept).unique_id.endswith(f"light-{numbers[1]}")


async def test_by_kind_scene_type_and_unused_rooms(
    hass: HomeAssistant, entry: MockConfigEntry, house: House, advance: Advance
) -> None:
    house.add(Room(9100, "Unused 1"))
    house.add(Room(9101, "Unbenutzt – Keller"))
    house.add(Light(9102, "Spare", 9100))
    house.add(Light(9103, "Spare too", 9101))
    await hass.config_entries.async_setup(entry.entry_id)
    await advance(20)
    flow = await choose(hass, entry, "include")
    rooms, kinds = flow.offered("rooms"), flow.offered("kinds")
    assert next(iter(rooms)) == UNUSED
    assert rooms["unused 1"] == "Unused 1" and rooms["hallway"] == "Hallway"
    assert kinds["cover"] == "Cover" and kinds["scene:media"] == "Scene: media"
    registry = er.async_get(hass)
    assert registry.async_get("light.unused_1_spare") is not None
    await leave_out(hass, entry, rooms=[UNUSED], kinds=["climate", "scene:media"])
    there = {each for each in registry.entities if each.split(".")[0] != "sensor"}
    assert not [each for each in there if "spare" in each]
    assert not [each for each in there if each.startswith("climate.")]
    # A sensor that tells of a scene goes with it; other scenes stay.
    assert not [each for each in there if "movie_night" in each]
    assert "scene.good_night" in there
    # What comes later is left out, too.
    house.add(Light(9104, "Spare three", 9100))
    house.add(Light(9105, "Not spare", house.find("Pool Pump", Light).room))
    await advance(400)
    assert hass.states.get("light.terrace_not_spare") is not None
    assert hass.states.get("light.unused_1_spare_three") is None


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        ("pump", {"Pool Pump", "pump [2]"}),
        ("pump*", {"pump [2]"}),
        ("*PUMP", {"Pool Pump"}),
        ("p?mp [2]", {"pump [2]"}),
        ("[2]", {"pump [2]"}),
        (" ", set()),
    ],
)
def test_a_pattern_is_of_a_whole_name_and_all_else_a_part_of_one(
    pattern: str, hits: set[str]
) -> None:

    names = ("Pool Pump", "pump [2]", "Lamp")
    devices = {name: replace(LIGHT, id=name, name=name) for name in names}
    home = Home(info=INFO, devices=devices)
    assert Exclusions(names=(pattern,)).keys(home) == hits


async def test_a_sensor_and_a_lock_of_one_door_are_one_device(
    hass: HomeAssistant, loaded: MockConfigEntry, house: House, advance: Advance
) -> None:
    devices, lock = dr.async_get(hass), registered(hass, LOCK)
    sensor, device = registered(hass, SENSOR), device_of(hass, SENSOR)
    devices.async_update_device(device.id, area_id="office", name_by_user="Mine")
    names = [state(hass, each).name for each in (SENSOR, LOCK)]
    number = house.find("Front Door Contact", Sensor).id
    pair = [f"sensor-{number}", f"lock-{house.find('Front Door', Lock).id}"]
    flow = await choose(hass, loaded, "doors")
    value, name = "|".join(pair), "Front Door Contact + Front Door (Hallway)"
    assert flow.offered("doors")[value] == name
    # Nobody joins anything but the owner.
    assert flow.default("doors") == []
    await flow.submit(doors=[value])
    assert loaded.options == {CONF_DOORS: [pair]}
    joined = registered(hass, SENSOR)
    assert (joined.device_id, joined.area_id) == (lock.device_id, "office")
    assert (joined.unique_id, registered(hass, LOCK)) == (sensor.unique_id, lock)
    assert [state(hass, each).name for each in (SENSOR, LOCK)] == names
    assert devices.async_get(device.id) is None
    await advance(20)
    house.find("Front Door Contact", Sensor).presence = True
    await advance(20)
    assert state(hass, SENSOR).state == "on"
    flow = await choose(hass, loaded, "doors")
    assert flow.default("doors") == [value]
    await flow.submit(doors=[])
    assert loaded.options == {}
    assert device_of(hass, SENSOR).id == device.id
    assert [state(hass, each).name for each in (SENSOR, LOCK)] == names


async def test_only_what_may_be_of_one_door_is_offered(
    hass: HomeAssistant, entry: MockConfigEntry, house: House
) -> None:
    hall = house.find("Front Door", Lock).room
    office = next(room.id for room in house.rooms.values() if room.name == "Office")
    rooms = (hall, hall, office, office)
    sensors = ["Sensor Haustür", "Capteur porte de la cave"]
    # To which of both locks the sensor of the back door belongs nobody knows.
    sensors += ["Back Door Sensor", "Front Door Contact"]
    locks = ["Haustürschloss", "Serrure de la cave"]
    locks += ["Back Door Lock", "Back Door Deadbolt"]
    for at, (sensor, lock, room) in enumerate(zip(sensors, locks, rooms, strict=True)):
        house.add(Sensor(9200 + at, sensor, room, measures=SensorKind.CONTACT))
        house.add(Lock(9300 + at, lock, room))
    await set_up(hass, entry)
    names = (await choose(hass, entry, "doors")).offered("doors").values()
    assert {name for name in names if "Hallway" in name or "Office" in name} == {
        "Front Door Contact + Front Door (Hallway)",
        "Sensor Haustür + Haustürschloss (Hallway)",
        "Capteur porte de la cave + Serrure de la cave (Hallway)",
    }


async def test_a_door_of_homeseer_is_one_device(
    hass: HomeAssistant, homeseer_loaded: MockConfigEntry, model: Model
) -> None:
    names = {each.entity_id: each.name for each in hass.states.async_all()}
    flow = await choose(hass, homeseer_loaded, "doors")
    (value,) = flow.offered("doors")
    sensor, lock = (f"{homeseer_loaded.entry_id}_{part}" for part in value.split("|"))
    await flow.submit(doors=[value])
    by_id = {each.unique_id: each for each in er.async_get(hass).entities.values()}
    assert by_id[sensor].device_id == by_id[lock].device_id
    assert {each.entity_id: each.name for each in hass.states.async_all()} == names
