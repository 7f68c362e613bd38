"""What a hub finds when it is set up, and in how many requests."""

from collections import Counter
from collections.abc import Callable, Collection

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
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
    counted,
    of_kind,
    settled,
)


@pytest.mark.parametrize(
    "build",
    [default_house, lambda clock: generated_house(1000, clock)],
    ids=["villa", "1000 devices"],
)
async def test_setting_up_takes_ten_requests_however_large_the_house(
    start: Start, clock: ManualClock, build: Callable[[ManualClock], House]
) -> None:
    simulated = build(clock)
    hub, processor = await start(simulated)
    await hub.connect()
    house = await hub.survey()
    assert counted(processor) == dict.fromkeys({"login", "rooms"} | KINDS | IN_TURN, 1)
    assert len(processor.requests) == hub.client.requests == 10
    assert len(house.rooms) == len(simulated.rooms)


async def test_everything_in_the_house_is_found(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    found = await settled(hub, processor)
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
    start: Start, clock: ManualClock
) -> None:
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


async def test_hints_are_passed_on_and_are_no_push(hub: CrestronHub) -> None:
    told: list[Collection[str] | None] = []
    house = await hub.survey()
    stop = hub.listen(told.append)
    hub.on_webhook("doorlocks")
    assert told == [[key for key in house.devices if key.startswith("lock-")]]
    # Once is enough until it is read.
    hub.on_webhook("doorlocks")
    assert told[1:] == [[]]
    assert not hub.pushing
    stop()
    hub.on_webhook("anything")
    assert len(told) == 2
    await hub.close()


async def test_a_poll_makes_way_for_a_hint(
    hub: CrestronHub, processor: CrestronProcessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await hub.survey()
    house = await hub.survey()
    for listing in hub._reader.lists.values():
        listing.asked_at = None
    get = hub.client.get

    async def hinted(path: str) -> bytes:
        hub.on_webhook("scenes")
        return await get(path)

    monkeypatch.setattr(hub.client, "get", hinted)
    processor.requests.clear()
    await hub.refresh(house)
    assert len(processor.requests) == 1
    await hub.refresh(house, ["scene-1"])
    assert processor.requests[1].path.endswith("/scenes")
    await hub.close()


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
    }
    assert report["left_out"] == []


async def test_a_processor_is_asked_about_itself_once_in_each_session(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    await hub.survey()
    # What it says decides nothing at first, and setting up is to be quick.
    assert "v2" not in asked(processor)
    for times in (1, 1):
        house = await hub.survey()
        assert asked(processor).count("v2") == times
        assert house.info.program == "4.007.0045"
    processor.upload_program("4.008.0001", renumbers=False)
    assert (await hub.survey()).info.program == "4.008.0001"
    assert asked(processor).count("v2") == 2
