"""What a hub reads, how often, what it finds, and what stays the same object."""

from collections import Counter
from collections.abc import Collection
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
from custom_components.crestron_homeseer.house.kinds import DetectorKind
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House
from simulator.samples import default_house, generated_house

from .common import (
    IN_TURN,
    KINDS,
    TOKEN,
    Start,
    address_of,
    asked,
    changed,
    counted,
    of_kind,
    settled,
)

# What there is


@pytest.mark.parametrize("devices", [None, 1000])
async def test_setting_up_takes_ten_requests_however_large_the_house(
    start: Start, clock: ManualClock, devices: int | None
) -> None:
    simulated = generated_house(devices, clock) if devices else default_house(clock)
    hub, processor = await start(simulated)
    await hub.connect()
    house = await hub.survey()
    assert counted(processor) == dict.fromkeys({"login", "rooms"} | KINDS | IN_TURN, 1)
    assert len(processor.requests) == hub.client.requests == 10
    assert len(house.rooms) == len(simulated.rooms)


async def test_everything_in_the_house_is_found(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    first = await hub.survey()
    assert (first.complete, of_kind(first, dv.Button)) == (False, [])
    found = await hub.survey()
    assert found.complete
    # What few homes have is read once, and nothing tells why.
    assert asked(processor).count("quickactions") == 1
    sizes = Counter(type(device) for device in found.devices.values())
    for simulated, kind in (
        (sim.Light, dv.Light),
        (sim.Fan, dv.Fan),
        (sim.Shade, dv.Cover),
        (sim.Thermostat, dv.Thermostat),
        (sim.Lock, dv.Lock),
        (sim.MediaRoom, dv.MediaRoom),
        (sim.SecurityPanel, dv.AlarmPanel),
        (sim.Scene, dv.Scene),
        (sim.QuickAction, dv.Button),
    ):
        assert sizes.pop(kind) == len(house.of(simulated)) > 0
    kinds = Counter(each.kind for each in of_kind(found, dv.Detector))
    assert kinds[DetectorKind.SCENE] == len(house.of(sim.Scene))
    parts = kinds[DetectorKind.BATTERY_LOW] + len(house.of(sim.SecurityPanel))
    sensors = len([*house.of(sim.Sensor), *house.of(sim.Scene)])
    assert sizes == {dv.Detector: sizes[dv.Detector], dv.Sensor: sizes[dv.Sensor]}
    assert sizes.total() == sensors + parts > sensors


async def test_every_root_that_is_needed_is_there_and_no_other(
    known: dv.House, start: Start, clock: ManualClock
) -> None:
    wanted = {each.root_id for each in known.devices.values() if each.root_id}
    assert wanted <= known.roots.keys() | known.devices.keys()
    assert known.roots.keys() <= wanted
    whole = known.roots["room-1001"]
    assert (whole.name, whole.room_id, whole.model) == ("Whole House", None, "Room")
    assert {root.room_id for root in known.roots.values()} - known.rooms.keys() == {
        None
    }
    # In a house without rooms, it is the processor.
    simulated = House(clock)
    simulated.add(sim.Scene(9, "All Off"))
    hub, _ = await start(simulated)
    house = await hub.survey()
    assert list(house.roots.values()) == [dv.Root(id="hub", name="MC4-R")]
    assert house.devices["scene-9"].root_id == "hub"


async def test_what_the_hub_says_of_itself(
    hub: CrestronHub, processor: CrestronProcessor, session: aiohttp.ClientSession
) -> None:
    info = await hub.connect()
    await hub.close()
    assert asked(processor) == ["login", "logout"]
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


async def test_a_processor_is_asked_about_itself_once_in_each_session(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    await hub.survey()
    # What it says decides nothing at first, and setting up is to be quick.
    assert "v2" not in asked(processor)
    for _ in range(2):
        house = await hub.survey()
        assert asked(processor).count("v2") == 1
        assert house.info.program == "4.007.0045"
    processor.upload_program("4.008.0001", renumbers=False)
    assert (await hub.survey()).info.program == "4.008.0001"
    assert asked(processor).count("v2") == 2


async def test_a_report_tells_sizes_and_troubles(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    processor.faults.on("http_500", path="/shades")
    await hub.refresh(known)
    report = hub.report()
    assert (report["model"], report["api_version"]) == ("MC4-R", "2.000.0004")
    assert (report["requests"], report["left_out"]) == (hub.client.requests, [])
    covers = len(of_kind(known, dv.Cover))
    assert report["lists"]["shades"] == {"devices": covers, "failures": 1}


# What is read when


async def test_what_people_wait_for_is_due_first_and_what_nobody_wants_never(
    start: Start, clock: ManualClock
) -> None:
    hub, processor = await start()
    house = await settled(hub, processor)
    kinds = {"lock", "sensor", "light"}
    wanted = {key for key in house.devices if key.split("-")[0] in kinds}
    assert hub.due_in(wanted) == pytest.approx(2.0)
    for _ in range(25):
        clock.advance(0.2)
        if hub.due_in(wanted) <= 0:
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


async def test_where_nothing_is_due_all_that_is_shown_is_read(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    for more in (False, True):
        processor.requests.clear()
        assert await hub.refresh(known, more=more) is known
        assert counted(processor) == dict.fromkeys(KINDS | IN_TURN, 1)


@pytest.mark.parametrize("empty", [False, True])
async def test_what_a_house_does_not_have_is_not_read(
    start: Start, clock: ManualClock, empty: bool
) -> None:
    simulated = House(clock)
    if not empty:
        simulated.add(sim.Light(7, "Lamp"))
        simulated.add(sim.Scene(9, "All Off"))
    hub, processor = await start(simulated)
    house = await settled(hub, processor)
    for _ in range(5):
        assert await hub.refresh(house) is house
    # One without anything is still asked whether it is there.
    assert counted(processor) == {"lights": 5} | ({} if empty else {"scenes": 5})


@pytest.mark.parametrize(
    ("focus", "paths"),
    [
        (["shade-1", "shade-2"], {"shades"}),
        (["lock-1", "shade-2"], {"doorlocks", "shades"}),
        (["sensor-5-battery"], {"sensors"}),
        (["action-1"], {"quickactions"}),
        (["nothing-1"], set()),
    ],
)
async def test_only_what_is_asked_for_is_read(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: dv.House,
    focus: list[str],
    paths: set[str],
) -> None:
    assert await hub.refresh(known, focus) is known
    assert counted(processor) == dict.fromkeys(paths, 1)


async def test_hints_are_passed_on_and_are_no_push(
    hub: CrestronHub, known: dv.House
) -> None:
    told: list[Collection[str] | None] = []
    stop = hub.listen(told.append)
    hub.on_webhook("doorlocks")
    # Once is enough until it is read.
    hub.on_webhook("doorlocks")
    assert told == [[key for key in known.devices if key.startswith("lock-")], []]
    assert not hub.pushing
    stop()
    hub.on_webhook("anything")
    assert len(told) == 2
    await hub.close()


async def test_a_poll_makes_way_for_a_hint(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: dv.House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for listing in hub._reader.lists.values():
        listing.asked_at = None
    get = hub.client.get

    async def hinted(path: str) -> bytes:
        hub.on_webhook("scenes")
        return await get(path)

    monkeypatch.setattr(hub.client, "get", hinted)
    await hub.refresh(known)
    assert len(processor.requests) == 1
    await hub.refresh(known, ["scene-1"])
    assert processor.requests[1].path.endswith("/scenes")
    await hub.close()


# What changes


async def test_one_change_is_one_new_object(
    hub: CrestronHub, known: dv.House, house: House
) -> None:
    house.find("Front Door Contact", sim.Sensor).presence = True
    after = await hub.refresh(known)
    assert changed(known, after) == ["Front Door Contact"]
    assert await hub.refresh(after) is after
    assert after.rooms is known.rooms
    assert replace(after, devices=known.devices) == replace(known, complete=False)


async def test_a_room_that_is_renamed_or_new_changes_only_what_is_in_it(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    lamp = house.add(sim.Light(99001, "Attic Lamp", 99000))
    before = await settled(hub, processor)
    assert before.devices[f"light-{lamp.id}"].room_id is None
    kitchen = next(room for room in house.rooms.values() if room.name == "Kitchen")
    kitchen.name = "Galley"
    renamed = await hub.survey()
    assert renamed.rooms[str(kitchen.id)].name == "Galley"
    assert (changed(before, renamed), renamed.complete) == ([], True)
    house.add(sim.Room(99000, "Attic"))
    after = await hub.survey()
    assert after.devices[f"light-{lamp.id}"].room_id == "99000"
    assert changed(before, after) == ["Attic Lamp"]
