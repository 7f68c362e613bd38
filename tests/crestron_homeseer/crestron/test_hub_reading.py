"""What a hub reads, how often, and what stays the same object."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import listing as listing_module
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.controls import Control
from custom_components.crestron_homeseer.house.hub import Choices
from custom_components.crestron_homeseer.house.kinds import (
    DetectorKind,
    LockState,
    Motion,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House
from simulator.samples import default_house, generated_house

from .common import TOKEN, Serve, address_of, asked, changed, counted, named, of_kind

KINDS = {"shades", "lights", "doorlocks", "sensors", "securitydevices"}
IN_TURN = {"thermostats", "mediarooms", "scenes"}


async def settled(hub: CrestronHub, processor: CrestronProcessor) -> dv.House:
    """Return the house of a hub that has read everything, and forget how."""
    await hub.survey()
    house = await hub.survey()
    processor.requests.clear()
    return house


def hub_of(
    session: aiohttp.ClientSession, processor: CrestronProcessor, clock: ManualClock
) -> CrestronHub:
    return CrestronHub(
        session, address_of(processor), TOKEN, model="MC4-R", clock=clock.now
    )


# Setting up


@pytest.mark.parametrize(
    "build",
    [default_house, lambda clock: generated_house(1000, clock)],
    ids=["villa", "1000 devices"],
)
async def test_setting_up_takes_ten_requests_however_large_the_house(
    serve: Serve,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    build: Callable[[ManualClock], House],
) -> None:
    simulated = build(clock)
    processor = await serve(simulated)
    hub = hub_of(session, processor, clock)
    await hub.connect()
    house = await hub.survey()
    assert counted(processor) == dict.fromkeys({"login", "rooms"} | KINDS | IN_TURN, 1)
    assert len(processor.requests) == hub.client.requests == 10
    assert len(house.rooms) == len(simulated.rooms)


async def test_everything_in_the_house_is_found(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    found = await settled(hub, processor)
    batteries = [
        each
        for each in of_kind(found, dv.Detector)
        if each.kind is DetectorKind.BATTERY_LOW
    ]
    sizes = Counter(type(device) for device in found.devices.values())
    assert sizes == {
        dv.Light: len(house.of(sim.Light)),
        dv.Fan: len(house.of(sim.Fan)),
        dv.Cover: len(house.of(sim.Shade)),
        dv.Thermostat: len(house.of(sim.Thermostat)),
        dv.Lock: len(house.of(sim.Lock)),
        dv.MediaRoom: len(house.of(sim.MediaRoom)),
        dv.AlarmPanel: len(house.of(sim.SecurityPanel)),
        dv.Scene: len(house.of(sim.Scene)),
        dv.Button: len(house.of(sim.QuickAction)),
        dv.Detector: sizes[dv.Detector],
        dv.Sensor: sizes[dv.Sensor],
    }
    sensors = sizes[dv.Detector] + sizes[dv.Sensor] - len(batteries)
    assert sensors == len(house.of(sim.Sensor))
    assert len(batteries) > 0


async def test_what_is_found_is_as_it_is(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    house.find("Kitchen Shade", sim.Shade).position = 0.25
    found = await settled(hub, processor)
    shade = named(found, dv.Cover, "Kitchen Shade")
    assert shade.position == pytest.approx(0.25, abs=1e-5)
    assert named(found, dv.Lock, "Front Door").state is LockState.LOCKED
    assert named(found, dv.Lock, "Terrace Door").state is LockState.UNKNOWN
    assert named(found, dv.Thermostat, "Main Floor").temperature == 72.0
    assert {device.online for device in found.devices.values()} == {True}


async def test_every_root_that_is_needed_is_there_and_no_other(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    found = await settled(hub, processor)
    wanted = {each.root_id for each in found.devices.values() if each.root_id}
    assert wanted <= found.roots.keys() | found.devices.keys()
    assert found.roots.keys() <= wanted
    whole = found.roots["room-1001"]
    assert (whole.name, whole.room_id, whole.model) == ("Whole House", None, "Room")
    assert {root.room_id for root in found.roots.values()} - found.rooms.keys() == {
        None
    }


async def test_in_a_house_without_rooms_the_processor_is_the_root(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = House(clock)
    simulated.add(sim.Scene(9, "All Off"))
    processor = await serve(simulated)
    hub = hub_of(session, processor, clock)
    house = await hub.survey()
    assert list(house.roots.values()) == [dv.Root(id="hub", name="MC4-R")]
    assert house.devices["scene-9"].root_id == "hub"


async def test_what_the_hub_says_of_itself(
    hub: CrestronHub, processor: CrestronProcessor, session: aiohttp.ClientSession
) -> None:
    info = await hub.connect()
    assert info == dv.HubInfo(
        manufacturer="Crestron",
        name="MC4-R",
        model="MC4-R",
        version="2.000.0004",
        url=processor.url(),
    )
    assert (await hub.survey()).info == info
    nameless = CrestronHub(session, address_of(processor), TOKEN)
    assert (await nameless.connect()).name == "Crestron Home"


async def test_a_second_survey_reads_the_rest_and_is_complete(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    first = await hub.survey()
    assert not first.complete
    assert of_kind(first, dv.Button) == []
    second = await hub.survey()
    assert second.complete
    assert len(of_kind(second, dv.Button)) == 3
    assert asked(processor).count("quickactions") == 1


async def test_a_survey_of_the_same_house_has_the_same_devices(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    before = await settled(hub, processor)
    after = await hub.survey()
    assert after == before
    assert changed(before, after) == []


async def test_a_hub_has_no_push(hub: CrestronHub) -> None:
    assert not hub.pushing
    assert hub.listen(lambda changed: None) is None
    hub.heard("anything")


async def test_a_processor_leaves_nothing_to_choose(hub: CrestronHub) -> None:
    assert hub.choices() == Choices()
    assert hub.takers(["light-1"], Control(device_id="light-1", ref=1)) == ()


async def test_a_report_tells_sizes_and_troubles(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await settled(hub, processor)
    processor.faults.on("http_500", path="/shades")
    await hub.refresh(house)
    report = hub.report()
    assert report["model"] == "MC4-R"
    assert report["api_version"] == "2.000.0004"
    assert report["requests"] == hub.client.requests
    covers = len(of_kind(house, dv.Cover))
    assert report["lists"]["shades"] == {
        "devices": covers,
        "failures": 1,
        "ignored": {},
    }


async def test_closing_logs_out(hub: CrestronHub, processor: CrestronProcessor) -> None:
    await hub.connect()
    await hub.close()
    assert asked(processor) == ["login", "logout"]


# Nothing changed, or little


async def test_nothing_changed_is_the_very_same_house(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await settled(hub, processor)
    for _ in range(10):
        assert await hub.refresh(house) is house
    focus = [each.id for each in of_kind(house, dv.Cover)]
    assert await hub.refresh(house, focus) is house


async def test_equal_answers_are_not_parsed(
    hub: CrestronHub, processor: CrestronProcessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await settled(hub, processor)
    monkeypatch.setattr(listing_module, "parse", _never)
    for _ in range(6):
        assert await hub.refresh(house) is house
    assert len(processor.requests) > 30


def _never(body: bytes) -> Any:
    raise AssertionError(f"parsed {body[:40]!r}")


async def test_one_change_is_one_new_object(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    before = await settled(hub, processor)
    house.find("Front Door Contact", sim.Sensor).presence = True
    after = await hub.refresh(before)
    assert changed(before, after) == ["Front Door Contact"]
    assert await hub.refresh(after) is after
    assert after.rooms is before.rooms
    assert replace(after, devices=before.devices) == replace(before, complete=False)


async def test_one_change_among_a_thousand_is_one_new_object(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = generated_house(1000, clock)
    processor = await serve(simulated, report_lag=0.0)
    hub = hub_of(session, processor, clock)
    before = await settled(hub, processor)
    lock = simulated.of(sim.Lock)[0]
    lock.locked = not lock.locked
    after = await hub.refresh(before)
    assert changed(before, after) == [lock.name]


# What is read when


async def test_within_a_few_reads_every_kind_is_read(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await hub.survey()
    processor.requests.clear()
    for _ in range(4):
        await hub.refresh(house)
    # What hands and doors change, each time; the others in turn.
    assert counted(processor) == dict.fromkeys(KINDS, 4) | dict.fromkeys(
        IN_TURN | {"quickactions"}, 1
    )


async def test_one_read_takes_one_of_those_whose_turn_it_is(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await settled(hub, processor)
    for _ in range(9):
        await hub.refresh(house)
    turns = [path for path in asked(processor) if path in IN_TURN]
    assert Counter(turns) == dict.fromkeys(IN_TURN, 3)
    assert all(len(set(turns[start : start + 3])) == 3 for start in range(7))
    assert "quickactions" not in asked(processor)
    assert len(processor.requests) == 9 * (len(KINDS) + 1)


async def test_what_a_house_does_not_have_is_not_read(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = House(clock)
    simulated.add(sim.Light(7, "Lamp"))
    simulated.add(sim.Scene(9, "All Off"))
    processor = await serve(simulated)
    hub = hub_of(session, processor, clock)
    house = await settled(hub, processor)
    for _ in range(5):
        await hub.refresh(house)
    assert counted(processor) == {"lights": 5, "scenes": 5}


async def test_a_house_without_anything_is_still_asked_whether_it_is_there(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    processor = await serve(House(clock))
    hub = hub_of(session, processor, clock)
    house = await settled(hub, processor)
    assert house.devices == {}
    assert await hub.refresh(house) is house
    assert asked(processor) == ["lights"]


async def test_a_first_device_of_a_kind_is_found_by_a_survey(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = House(clock)
    processor = await serve(simulated, report_lag=0.0)
    hub = hub_of(session, processor, clock)
    await settled(hub, processor)
    simulated.add(sim.Shade(7, "Shade"))
    house = await hub.survey()
    assert list(house.devices) == ["shade-7"]


@pytest.mark.parametrize(
    ("focus", "paths"),
    [
        (["shade-1"], {"shades"}),
        (["shade-1", "shade-2"], {"shades"}),
        (["light-1"], {"lights"}),
        (["fan-1"], {"lights"}),
        (["fan-1", "light-2"], {"lights"}),
        (["lock-1", "shade-2"], {"doorlocks", "shades"}),
        (["sensor-5-battery"], {"sensors"}),
        (["thermostat-1"], {"thermostats"}),
        (["mediaroom-1"], {"mediarooms"}),
        (["scene-1"], {"scenes"}),
        (["action-1"], {"quickactions"}),
        (["nothing-1"], set()),
    ],
)
async def test_only_what_is_asked_for_is_read(
    hub: CrestronHub,
    processor: CrestronProcessor,
    focus: list[str],
    paths: set[str],
) -> None:
    house = await settled(hub, processor)
    assert await hub.refresh(house, focus) is house
    assert counted(processor) == dict.fromkeys(paths, 1)


# What moves


async def test_a_shade_that_somebody_else_moves_is_seen_to_move(
    hub: CrestronHub, processor: CrestronProcessor, house: House, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    seen = await settled(hub, processor)
    shade.move_to(1.0)
    motions = [named(seen, dv.Cover, "Kitchen Shade").motion]
    for _ in range(4):
        clock.advance(shade.travel_seconds / 3)
        seen = await hub.refresh(seen, [f"shade-{shade.id}"])
        motions.append(named(seen, dv.Cover, "Kitchen Shade").motion)
    stopped, opening = Motion.STOPPED, Motion.OPENING
    assert motions == [stopped, opening, opening, stopped, stopped]
    assert await hub.refresh(seen, [f"shade-{shade.id}"]) is seen


async def test_a_shade_that_is_stopped_half_way_is_seen_to_stand(
    hub: CrestronHub, processor: CrestronProcessor, house: House, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 1.0
    seen = await settled(hub, processor)
    focus = [f"shade-{shade.id}"]
    shade.move_to(0.0)
    clock.advance(5)
    seen = await hub.refresh(seen, focus)
    assert named(seen, dv.Cover, "Kitchen Shade").motion is Motion.CLOSING
    shade.stop()
    clock.advance(1)
    assert await hub.refresh(seen, focus) is seen
    clock.advance(1)
    seen = await hub.refresh(seen, focus)
    cover = named(seen, dv.Cover, "Kitchen Shade")
    assert cover.motion is Motion.STOPPED
    assert cover.position == pytest.approx(shade.position, abs=1e-4)


async def test_a_scene_shows_whether_the_house_matches(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    before = await settled(hub, processor)
    for light in house.of(sim.Light):
        light.level = 0.0
    after = await hub.refresh(before, ["scene-1"])
    offs = [each.active for each in of_kind(after, dv.Scene) if each.name == "All Off"]
    assert set(offs) == {True}
    ons = [each.active for each in of_kind(after, dv.Scene) if each.name == "All On"]
    assert set(ons) == {False}


# Rooms


async def test_a_room_that_is_renamed_changes_no_device(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    before = await settled(hub, processor)
    kitchen = next(room for room in house.rooms.values() if room.name == "Kitchen")
    kitchen.name = "Galley"
    after = await hub.survey()
    assert after.rooms[str(kitchen.id)].name == "Galley"
    assert changed(before, after) == []
    assert after.complete


async def test_a_room_that_is_new_takes_in_what_named_it_before(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    lamp = house.add(sim.Light(99001, "Attic Lamp", 99000))
    before = await settled(hub, processor)
    assert before.devices[f"light-{lamp.id}"].room_id is None
    house.add(sim.Room(99000, "Attic"))
    after = await hub.survey()
    assert after.devices[f"light-{lamp.id}"].room_id == "99000"
    assert changed(before, after) == ["Attic Lamp"]


# Sources that the list leaves out


@pytest.fixture
async def terse(serve: Serve) -> CrestronProcessor:
    """A processor whose list of media rooms has no sources."""
    return await serve(media_sources_in_list=False, report_lag=0.0)


async def test_sources_that_are_missing_are_read_once_for_each_room(
    terse: CrestronProcessor, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    hub = hub_of(session, terse, clock)
    house = await settled(hub, terse)
    rooms = {room.id.replace("-", "s/") for room in of_kind(house, dv.MediaRoom)}
    assert {room.sources for room in of_kind(house, dv.MediaRoom)} == {()}
    for _ in range(len(rooms) + 3):
        house = await hub.refresh(house)
    single = [path for path in asked(terse) if path.startswith("mediarooms/")]
    assert Counter(single) == dict.fromkeys(rooms, 1)
    names = {source.name for source in of_kind(house, dv.MediaRoom)[0].sources}
    assert "Sonos" in names
    assert all(room.sources for room in of_kind(house, dv.MediaRoom))
    assert await hub.refresh(house) is house


async def test_a_room_with_found_sources_stays_the_same_object(
    terse: CrestronProcessor,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    house: House,
) -> None:
    hub = hub_of(session, terse, clock)
    before = await settled(hub, terse)
    for _ in range(9):
        before = await hub.refresh(before)
    house.find("Front Door Contact", sim.Sensor).presence = True
    after = await hub.refresh(before)
    assert changed(before, after) == ["Front Door Contact"]
    media = house.of(sim.MediaRoom)[0]
    media.power = True
    last = await hub.refresh(after, [f"mediaroom-{media.id}"])
    assert changed(after, last) == [media.name]
    assert named(last, dv.MediaRoom, media.name).sources


async def test_found_sources_do_not_bring_back_a_room_that_left(
    terse: CrestronProcessor,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    house: House,
) -> None:
    hub = hub_of(session, terse, clock)
    found = await settled(hub, terse)
    for _ in range(9):
        found = await hub.refresh(found)
    media = house.of(sim.MediaRoom)[0]
    house.remove(media)
    after = await hub.survey()
    assert found.devices.keys() - after.devices.keys() == {f"mediaroom-{media.id}"}


async def test_no_sources_are_looked_for_while_something_is_waited_for(
    terse: CrestronProcessor, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    hub = hub_of(session, terse, clock)
    house = await settled(hub, terse)
    assert await hub.refresh(house, ["shade-1"]) is house
    assert asked(terse) == ["shades"]


async def test_sources_that_the_list_has_are_not_looked_for(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await settled(hub, processor)
    for _ in range(9):
        await hub.refresh(house)
    assert not any(path.startswith("mediarooms/") for path in asked(processor))
