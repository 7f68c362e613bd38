"""Media rooms: sources that their list leaves out, and what plays when they come on."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import media
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.commands import SelectSource, SetPower
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubUnansweredError,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import (
    TOKEN,
    Canned,
    Json,
    Start,
    asked,
    changed,
    in_the_end,
    named,
    of_kind,
    says,
    settled,
)

# Sources that the list leaves out


async def test_sources_that_are_missing_are_read_once_for_each_room(
    start: Start, house: House
) -> None:
    hub, terse = await start(media_sources_in_list=False, report_lag=0.0)
    seen = await settled(hub, terse)
    rooms = {room.id.replace("-", "s/") for room in of_kind(seen, dv.MediaRoom)}
    assert {room.sources for room in of_kind(seen, dv.MediaRoom)} == {()}
    # None is looked for while something is waited for.
    assert await hub.refresh(seen, ["shade-1"]) is seen
    assert asked(terse) == ["shades"]
    # One that could not be asked for is asked for later.
    first = next(iter(of_kind(seen, dv.MediaRoom))).id.replace("-", "s/")
    with terse.faults.during("reset_mid_body", path=f"/{first}"):
        assert await hub.refresh(seen) is seen
    terse.requests.clear()
    for _ in range(len(rooms) + 3):
        seen = await hub.refresh(seen)
    single = [path for path in asked(terse) if path.startswith("mediarooms/")]
    assert Counter(single) == dict.fromkeys(rooms, 1)
    assert all(room.sources for room in of_kind(seen, dv.MediaRoom))
    assert await hub.refresh(seen) is seen
    # What changes keeps its sources, and a room that left does not come back.
    room, gone = house.of(sim.MediaRoom)[:2]
    room.jump("muted", not room.muted)
    house.remove(gone)
    last = await hub.survey()
    assert room.name in changed(seen, last)
    assert len(changed(seen, last)) <= 2
    assert named(last, dv.MediaRoom, room.name).sources
    assert seen.devices.keys() - last.devices.keys() == {f"mediaroom-{gone.id}"}


def listed(*names: str) -> list[Json]:
    return [{"id": 70 + len(name), "sourceName": name} for name in names]


FULL: Json = {"id": 5, "availableSources": listed("TV", "Sonos")}
IN_LIST: Json = {"mediaRooms": [FULL]}
FOUND = ("TV", "Sonos")


@pytest.mark.parametrize(
    ("playing", "known", "answer", "reads", "sources"),
    [
        (0, (), IN_LIST, 1, FOUND),
        (72, ("Sonos",), IN_LIST, 1, ("Sonos", "TV")),
        # What the list has comes first, and nothing twice.
        (75, ("TV", "Radio 1"), IN_LIST, 1, ("TV", "Radio 1", "Sonos")),
        (75, ("Sonos",), IN_LIST, 0, ("Sonos",)),
        (0, ("Sonos",), IN_LIST, 0, ("Sonos",)),
        # A room is found in a list or by itself.
        (0, (), {"mediaRooms": [None, {"id": 6}, {"id": 5}, FULL]}, 1, FOUND),
        (0, (), FULL, 1, FOUND),
        (0, (), {}, 1, ()),
        (0, (), {"mediaRooms": [FULL | {"id": 6}]}, 1, ()),
        (0, (), FULL | {"id": 6}, 1, ()),
        (0, (), "<html>", 1, ()),
    ],
)
async def test_a_room_is_read_where_its_list_lacks_something(
    canned: Canned,
    session: aiohttp.ClientSession,
    playing: int,
    known: tuple[str, ...],
    answer: object,
    reads: int,
    sources: tuple[str, ...],
) -> None:
    raw = {
        "id": 5,
        "currentSourceId": playing,
        "availableSources": listed(*known),
        "availableVolumeControls": ["none"],
        "availableMuteControls": ["none"],
    }
    canned.replies["mediarooms"] = says({"mediaRooms": [raw]})
    canned.replies["mediarooms/5"] = says(answer)
    canned.replies["rooms"] = says({"rooms": [{"id": 5, "name": "Den"}]})
    hub = CrestronHub(session, canned.address, TOKEN)
    house = await hub.survey()
    for _ in range(3):
        house = await hub.refresh(house)
    (device,) = of_kind(house, dv.MediaRoom)
    assert tuple(source.name for source in device.sources) == sources
    assert device.hidden is not bool(sources)
    assert canned.asked.count("GET /cws/api/mediarooms/5") == reads


# A room that comes on without a source gets its last one back


@pytest.fixture
async def room(clock: ManualClock, house: House) -> AsyncGenerator[sim.MediaRoom]:
    """A room that is off, in a house in which time passes."""

    async def tick() -> None:
        while True:
            clock.advance(0.1)
            # Not so fast that sessions end between two looks.
            await asyncio.sleep(0.002)

    task = asyncio.create_task(tick())
    yield house.find("Kitchen", sim.MediaRoom)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def switch_on(room: sim.MediaRoom, source: str | None = "53002") -> SetPower:
    return SetPower(device_id=f"mediaroom-{room.id}", on=True, source_id=source)


async def turn_on(hub: CrestronHub, room: sim.MediaRoom, source: str | None) -> Any:
    """Return what who asked is told in the end."""
    return await in_the_end(await hub.send([switch_on(room, source)]))


def selected(processor: CrestronProcessor) -> list[str]:
    posted = asked(processor, "POST")
    return [path.split("/")[-1] for path in posted if "selectsource" in path]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("source", "playing", "fault", "wanted"),
    [
        ("53002", None, None, ["53002"]),
        (None, None, None, []),
        ("53002", 53001, None, []),
        ("53002", None, "command_not_executed", []),
        ("53002", None, "command_failure", []),
    ],
)
async def test_the_last_source_is_played_again_and_nothing_is_selected_unasked(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    source: str | None,
    playing: int | None,
    fault: str | None,
    wanted: list[str],
) -> None:
    if fault:
        processor.faults.on(fault)
    if playing:
        room.jump("source", playing)
    error = await turn_on(hub, room, source)
    assert (error is None) is (fault != "command_failure")
    assert selected(processor) == wanted


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        (partial(SetPower, on=False), []),
        (partial(SetPower, on=True), []),
        (partial(SelectSource, source_id="53003"), ["53003"]),
    ],
    ids=["off", "on again", "another source"],
)
async def test_whatever_else_is_asked_ends_it(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    what: Callable[..., SetPower | SelectSource],
    wanted: list[str],
) -> None:
    pending = (await hub.send([switch_on(room)])).pending[0]
    await hub.send([what(device_id=f"mediaroom-{room.id}")])
    assert await pending is None
    assert selected(processor) == wanted


async def test_a_room_that_somebody_else_switches_is_left_alone(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(media, "READ_EVERY", 0.02)
    pending = asyncio.ensure_future((await hub.send([switch_on(room)])).pending[0])

    async def looked(times: int) -> None:
        """Let the room be looked at so often that answers were read in between."""
        looks = asked(processor).count(path) + times
        while not pending.done() and asked(processor).count(path) < looks:
            await asyncio.sleep(0)

    path = f"mediarooms/{room.id}"
    while not room.power:
        await asyncio.sleep(0)
    # The processor tells it a moment later.
    told_by = clock.now() + 1.0
    while clock.now() < told_by:
        await asyncio.sleep(0)
    await looked(2)
    room.jump("power", False)
    await looked(2)
    room.jump("power", True)
    assert await pending is None
    assert selected(processor) == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("times", "wanted"), [(3, ["53002"]), (None, [])])
async def test_a_room_that_cannot_be_read_is_read_again_for_a_while(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    times: int | None,
    wanted: list[str],
) -> None:
    pending = (await hub.send([switch_on(room)])).pending[0]
    processor.faults.on("http_500", path=f"/mediarooms/{room.id}", times=times)
    assert await pending is None
    assert selected(processor) == wanted


@pytest.mark.usefixtures("at_once")
async def test_a_source_that_is_not_taken_is_told(
    hub: CrestronHub, processor: CrestronProcessor, room: sim.MediaRoom
) -> None:
    assert isinstance(await turn_on(hub, room, "99"), HubCommandError)
    processor.faults.on("answer_lost", path=f"/mediarooms/{room.id}/selectsource")
    room.jump("power", False)
    assert isinstance(await turn_on(hub, room, "53002"), HubUnansweredError)
