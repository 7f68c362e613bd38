"""Sources of media rooms that the list leaves out."""

from collections import Counter

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.devices import Source
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .canned import Canned, says
from .common import TOKEN, Json, Serve, asked, changed, hub_of, named, of_kind, settled


@pytest.fixture
async def terse(serve: Serve) -> CrestronProcessor:
    """A processor whose list of media rooms has no sources."""
    return await serve(media_sources_in_list=False, report_lag=0.0)


async def test_sources_that_are_missing_are_read_once_for_each_room(
    terse: CrestronProcessor,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    house: House,
) -> None:
    hub = hub_of(session, terse, clock)
    seen = await settled(hub, terse)
    rooms = {room.id.replace("-", "s/") for room in of_kind(seen, dv.MediaRoom)}
    assert {room.sources for room in of_kind(seen, dv.MediaRoom)} == {()}
    # None is looked for while something is waited for.
    assert await hub.refresh(seen, ["shade-1"]) is seen
    assert asked(terse) == ["shades"]
    for _ in range(len(rooms) + 3):
        seen = await hub.refresh(seen)
    single = [path for path in asked(terse) if path.startswith("mediarooms/")]
    assert Counter(single) == dict.fromkeys(rooms, 1)
    assert all(room.sources for room in of_kind(seen, dv.MediaRoom))
    assert await hub.refresh(seen) is seen
    # What changes keeps its sources, and a room that left does not come back.
    media, gone = house.of(sim.MediaRoom)[:2]
    media.jump("muted", not media.muted)
    house.remove(gone)
    last = await hub.survey()
    assert media.name in changed(seen, last)
    assert len(changed(seen, last)) <= 2
    assert named(last, dv.MediaRoom, media.name).sources
    assert seen.devices.keys() - last.devices.keys() == {f"mediaroom-{gone.id}"}


SONOS, ROKU = Source(id="71", name="Sonos"), Source(id="72", name="Roku")
RADIO = Source(id="73", name="Radio")
FULL: Json = {
    "id": 5,
    "availableSources": [
        {"id": 71, "sourceName": "Sonos"},
        {"id": 72, "sourceName": "Roku"},
    ],
}


def room(source: int, *known: Source) -> Json:
    listed = [{"id": each.id, "sourceName": each.name} for each in known]
    return {
        "id": 5,
        "currentSourceId": source,
        "availableSources": listed,
        "availableVolumeControls": ["none"],
        "availableMuteControls": ["none"],
    }


async def found(
    canned: Canned, session: aiohttp.ClientSession, raw: Json, answer: object
) -> tuple[dv.MediaRoom, int]:
    """Return what a room is shown as, and how often it was read by itself."""
    canned.replies["mediarooms"] = says({"mediaRooms": [raw]})
    canned.replies["mediarooms/5"] = says(answer)
    canned.replies["rooms"] = says({"rooms": [{"id": 5, "name": "Den"}]})
    hub = CrestronHub(session, canned.address, TOKEN)
    house = await hub.survey()
    for _ in range(3):
        house = await hub.refresh(house)
    (device,) = of_kind(house, dv.MediaRoom)
    return device, canned.asked.count("GET /cws/api/mediarooms/5")


@pytest.mark.parametrize(
    ("raw", "reads", "sources"),
    [
        (room(0), 1, [SONOS, ROKU]),
        (room(72, SONOS), 1, [SONOS, ROKU]),
        # What the list has comes first, and nothing twice.
        (room(71, ROKU, RADIO), 1, [ROKU, RADIO, SONOS]),
        (room(71, SONOS), 0, [SONOS]),
        (room(0, SONOS), 0, [SONOS]),
    ],
)
async def test_a_room_is_read_where_its_list_lacks_something(
    canned: Canned,
    session: aiohttp.ClientSession,
    raw: Json,
    reads: int,
    sources: list[Source],
) -> None:
    device, times = await found(canned, session, raw, {"mediaRooms": [FULL]})
    assert (list(device.sources), times, device.hidden) == (sources, reads, False)


@pytest.mark.parametrize(
    ("answer", "sources"),
    [
        ({"mediaRooms": [None, {"id": 6}, {"id": 5}, FULL]}, (SONOS, ROKU)),
        (FULL, (SONOS, ROKU)),
        ({}, ()),
        ({"mediaRooms": [FULL | {"id": 6}]}, ()),
        (FULL | {"id": 6}, ()),
        ("<html>", ()),
    ],
)
async def test_a_room_is_found_in_a_list_or_by_itself(
    canned: Canned,
    session: aiohttp.ClientSession,
    answer: object,
    sources: tuple[Source, ...],
) -> None:
    device, times = await found(canned, session, room(0), answer)
    assert (device.sources, times, device.hidden) == (sources, 1, not sources)
