"""Sources of media rooms that the list leaves out."""

from collections import Counter

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import Serve, asked, changed, hub_of, named, of_kind, settled


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
