"""What a hub reads, how often, and what stays the same object."""

from collections import Counter
from dataclasses import replace
import time

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import (
    connection as gate_module,
    devices as dv,
)
from custom_components.crestron_homeseer.house.commands import SetLevel
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import (
    IN_TURN,
    KINDS,
    TOKEN,
    Serve,
    Start,
    address_of,
    asked,
    changed,
    counted,
    of_kind,
    settled,
)

# Nothing changed, or little


async def test_nothing_changed_is_the_very_same_house(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    house = await settled(hub, processor)
    for _ in range(10):
        assert await hub.refresh(house) is house
    focus = [each.id for each in of_kind(house, dv.Cover)]
    assert await hub.refresh(house, focus) is house


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


# What is read when


async def test_what_people_wait_for_is_due_first_and_what_nobody_wants_never(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    processor = await serve()
    hub = CrestronHub(session, address_of(processor), TOKEN, clock=clock.now)
    for _ in range(2):
        house = await hub.survey()
    wanted = {"lock", "sensor", "light"}
    assert hub.due_in(lambda key: key.split("-")[0] in wanted) == pytest.approx(2.05)
    processor.requests.clear()
    for _ in range(25):
        clock.advance(0.2)
        if hub.due_in(lambda key: key.split("-")[0] in wanted) <= 0:
            await hub.refresh(house, more=True)
    assert counted(processor) == {"doorlocks": 2, "sensors": 2, "lights": 1}


async def test_a_list_that_hangs_is_left_alone_and_the_others_are_read(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate_module, "HANGS_AFTER", 0.05)
    hub, processor = await start()
    house = await hub.survey()
    processor.faults.on("silent", path="/sensors")
    await hub.survey()
    began = time.monotonic()
    processor.requests.clear()
    for _ in range(3):
        house = await hub.refresh(house)
    assert counted(processor)["lights"] == 3
    assert counted(processor)["sensors"] == 0
    # Nor does anybody else wait for it.
    light = next(iter(of_kind(house, dv.Light)))
    result = await hub.send([SetLevel(device_id=light.id, level=1.0)])
    assert result.errors == (None,)
    assert time.monotonic() - began < 0.5
    await hub.close()


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
    start: Start, clock: ManualClock
) -> None:
    simulated = House(clock)
    simulated.add(sim.Light(7, "Lamp"))
    simulated.add(sim.Scene(9, "All Off"))
    hub, processor = await start(simulated)
    house = await settled(hub, processor)
    for _ in range(5):
        await hub.refresh(house)
    assert counted(processor) == {"lights": 5, "scenes": 5}


async def test_a_house_without_anything_is_still_asked_whether_it_is_there(
    start: Start, clock: ManualClock
) -> None:
    hub, processor = await start(House(clock))
    house = await settled(hub, processor)
    assert house.devices == {}
    assert await hub.refresh(house) is house
    assert asked(processor) == ["lights"]


@pytest.mark.parametrize(
    ("focus", "paths"),
    [
        (["shade-1"], {"shades"}),
        (["lock-1", "shade-2"], {"doorlocks", "shades"}),
        (["sensor-5-battery"], {"sensors"}),
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
