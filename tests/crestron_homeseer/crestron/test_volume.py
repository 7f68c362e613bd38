"""How a processor counts volumes is found out once, and never by making noise."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import media as media_module
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import SetVolume
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubError,
    HubUnansweredError,
    Reason,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .canned import Canned, Reply, says
from .common import TOKEN, Serve, address_of, asked

SCALES = ["raw", "percent"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back without waiting."""
    monkeypatch.setattr(media_module, "READ_EVERY", 0.0)


@pytest.fixture
async def passing(clock: ManualClock) -> AsyncGenerator[None]:
    """Let time pass in the house."""

    async def tick() -> None:
        while True:
            clock.advance(0.1)
            await asyncio.sleep(0)

    task = asyncio.create_task(tick())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def hub_of(
    session: aiohttp.ClientSession,
    processor: CrestronProcessor,
    memory: dict[str, Any] | None = None,
    scale: str | None = None,
) -> CrestronHub:
    address = address_of(processor)
    hub = CrestronHub(session, address, TOKEN, memory=memory, volume_scale=scale)
    await hub.survey()
    return hub


async def turn(hub: CrestronHub, room: sim.MediaRoom, volume: float) -> HubError | None:
    return await told(hub, SetVolume(device_id=f"mediaroom-{room.id}", volume=volume))


async def told(hub: CrestronHub, command: SetVolume) -> HubError | None:
    """Return what who asked is told in the end."""
    result = await hub.send([command])
    return await result.pending[0] if result.pending else result.errors[0]


def volumes(processor: CrestronProcessor) -> list[int]:
    """Return the volumes that were posted, as they were."""
    paths = [path.split("/") for path in asked(processor, "POST")]
    return [int(path[3]) for path in paths if path[2:3] == ["volume"]]


@pytest.mark.parametrize(("scale", "sent"), [("raw", [40, 26214]), ("percent", [40])])
async def test_the_scale_is_found_out_by_the_first_volume(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    scale: str,
    sent: list[int],
) -> None:
    processor = await serve(volume_write=scale, command_latency=0.0, report_lag=0.0)
    room = house.find("Theater", sim.MediaRoom)
    hub = await hub_of(session, processor)
    assert hub.memory == {}
    assert await turn(hub, room, 0.4) is None
    assert room.volume == pytest.approx(0.4, abs=1e-4)
    assert hub.memory == {"volume_scale": scale}
    assert volumes(processor) == sent


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.usefixtures("passing")
async def test_the_scale_is_found_out_though_readings_lag(
    serve: Serve, session: aiohttp.ClientSession, house: House, scale: str
) -> None:
    processor = await serve(volume_write=scale)
    room = house.find("Theater", sim.MediaRoom)
    hub = await hub_of(session, processor)
    assert await turn(hub, room, 0.8) is None
    assert hub.memory == {"volume_scale": scale}


@pytest.mark.parametrize(
    ("scale", "sent"), [("raw", [26214, 6554]), ("percent", [40, 10])]
)
@pytest.mark.parametrize("chosen", [True, False])
async def test_a_known_scale_is_used_without_looking(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    scale: str,
    sent: list[int],
    chosen: bool,
) -> None:
    processor = await serve(volume_write=scale, command_latency=0.0)
    room = house.find("Theater", sim.MediaRoom)
    memory = {} if chosen else {"volume_scale": scale}
    hub = await hub_of(session, processor, memory, scale if chosen else None)
    reads = len(asked(processor))
    assert await turn(hub, room, 0.4) is None
    assert await turn(hub, room, 0.1) is None
    assert volumes(processor) == sent
    assert room.volume == pytest.approx(0.1, abs=1e-4)
    assert len(asked(processor)) == reads


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("volume", [0.01, 0.02, 0.05, 0.29, 0.31, 0.5, 0.99, 1.0])
async def test_nobody_is_ever_deafened(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    scale: str,
    volume: float,
) -> None:
    processor = await serve(volume_write=scale, command_latency=0.0, report_lag=0.0)
    room = house.find("Theater", sim.MediaRoom)
    before = room.volume
    hub = await hub_of(session, processor)
    loudest = [before]
    house.listen(lambda device: loudest.append(room.volume))
    assert await turn(hub, room, volume) is None
    assert max(loudest) <= max(before, volume) + 0.01
    assert room.volume == pytest.approx(volume, abs=1e-4)
    assert hub.memory == {"volume_scale": scale}


@pytest.mark.parametrize("scale", SCALES)
async def test_silence_is_silence_in_any_scale(
    serve: Serve, session: aiohttp.ClientSession, house: House, scale: str
) -> None:
    processor = await serve(volume_write=scale, command_latency=0.0, report_lag=0.0)
    room = house.find("Theater", sim.MediaRoom)
    hub = await hub_of(session, processor)
    assert await turn(hub, room, 0.0) is None
    assert room.volume == 0.0
    assert volumes(processor) == [0]
    # Nothing was learned by it.
    assert hub.memory == {}


async def test_what_is_learned_holds_nothing_up(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(media_module, "READ_EVERY", 0.02)
    processor = await serve(command_latency=0.0, report_lag=0.0)
    rooms = house.of(sim.MediaRoom)[:2]
    hub = await hub_of(session, processor)
    result = await hub.send(
        [
            SetVolume(device_id=f"mediaroom-{rooms[0].id}", volume=0.8),
            SetVolume(device_id=f"mediaroom-{rooms[1].id}", volume=0.3),
        ]
    )
    # Nobody has looked yet, and the next wish is sent at once.
    assert volumes(processor) == [80, 30]
    last = SetVolume(device_id=f"mediaroom-{rooms[0].id}", volume=0.4)
    later = await hub.send([last])
    assert volumes(processor) == [80, 30, 40]
    assert [await each for each in result.pending.values()] == [None, None]
    assert [await each for each in later.pending.values()] == [None]
    # The wish that was overtaken is not sent again.
    assert sorted(volumes(processor)[3:]) == [19660, 26214]
    assert rooms[0].volume == pytest.approx(0.4, abs=1e-4)


async def test_a_hub_that_closes_learns_nothing_any_more(
    serve: Serve, session: aiohttp.ClientSession, house: House
) -> None:
    processor = await serve()
    hub = await hub_of(session, processor)
    room = house.find("Theater", sim.MediaRoom)
    command = SetVolume(device_id=f"mediaroom-{room.id}", volume=0.4)
    pending = (await hub.send([command])).pending[0]
    await hub.close()
    with pytest.raises(asyncio.CancelledError):
        await pending


async def test_a_volume_that_it_had_before_proves_nothing(
    serve: Serve, session: aiohttp.ClientSession, house: House
) -> None:
    processor = await serve(volume_write="percent", report_lag=0.0)
    room = house.find("Theater", sim.MediaRoom)
    room.volume = 0.4
    hub = await hub_of(session, processor)
    assert await turn(hub, room, 0.4) is None
    assert hub.memory == {}
    assert asked(processor).count(f"mediarooms/{room.id}") == media_module.VOLUME_READS


async def test_a_processor_that_does_nothing_teaches_nothing(
    hub: CrestronHub, processor: CrestronProcessor, house: House
) -> None:
    room = house.find("Theater", sim.MediaRoom)
    await hub.survey()
    processor.faults.on("command_not_executed")
    assert isinstance(await turn(hub, room, 0.8), HubUnansweredError)
    assert hub.memory == {}
    assert volumes(processor) == [80]


@pytest.mark.parametrize(
    "reply",
    [
        says("", 404),
        says("<html>"),
        says({"description": "The Pyng Rest API"}),
        says({"mediaRooms": []}),
        says({"mediaRooms": [None, {"id": 6, "currentVolumeLevel": 80}]}),
        says({"mediaRooms": [{"id": 5, "currentVolumeLevel": None}]}),
        says({"mediaRooms": [{"id": 5, "currentVolumeLevel": "loud"}]}),
    ],
)
async def test_a_volume_that_cannot_be_read_back_teaches_nothing(
    canned: Canned, session: aiohttp.ClientSession, reply: Reply
) -> None:
    canned.replies["mediarooms/5/volume/80"] = says({"status": "success"})
    canned.replies["mediarooms/5"] = reply
    hub = CrestronHub(session, canned.address, TOKEN)
    command = SetVolume(device_id="mediaroom-5", volume=0.8)
    assert isinstance(await told(hub, command), HubUnansweredError)
    assert hub.memory == {}
    assert canned.asked.count("GET /cws/api/mediarooms/5") == media_module.VOLUME_READS


async def test_a_room_that_refuses_a_volume_says_so(
    hub: CrestronHub, house: House
) -> None:
    terrace = house.find("Terrace", sim.MediaRoom)
    await hub.survey()
    error = await turn(hub, terrace, 0.5)
    assert isinstance(error, HubCommandError)
    assert error.reason is Reason.DECLINED
    assert hub.memory == {}
