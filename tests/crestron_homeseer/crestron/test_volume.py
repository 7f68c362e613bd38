"""How a processor counts volumes is found out once, and never by making noise."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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
    SendResult,
)
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom

from .common import TOKEN, Canned, Reply, Serve, address_of, asked, in_the_end, says

pytestmark = pytest.mark.usefixtures("at_once")
both_scales = pytest.mark.parametrize("scale", ["raw", "percent"])


@dataclass
class Theater:
    """A room with a volume, its processor and a hub."""

    room: MediaRoom
    processor: CrestronProcessor
    hub: CrestronHub

    async def send(self, volume: float) -> SendResult:
        command = SetVolume(device_id=f"mediaroom-{self.room.id}", volume=volume)
        return await self.hub.send([command])

    async def turn(self, volume: float) -> HubError | None:
        return await in_the_end(await self.send(volume))

    @property
    def posted(self) -> list[int]:
        """The volumes that were posted, as they were."""
        paths = [path.split("/") for path in asked(self.processor, "POST")]
        return [int(path[3]) for path in paths if path[2:3] == ["volume"]]

    @property
    def reads(self) -> int:
        """How often the room was read by itself."""
        return asked(self.processor).count(f"mediarooms/{self.room.id}")


type Build = Callable[..., Awaitable[Theater]]


@pytest.fixture
def build(serve: Serve, session: aiohttp.ClientSession, house: House) -> Build:
    """Return a theater of a processor with some settings."""

    async def build(
        scale: str = "raw",
        memory: dict[str, Any] | None = None,
        chosen: str | None = None,
        name: str = "Theater",
        **settings: object,
    ) -> Theater:
        settings = {"command_latency": 0.0, "report_lag": 0.0} | settings
        processor = await serve(volume_write=scale, **settings)
        address = address_of(processor)
        hub = CrestronHub(session, address, TOKEN, memory=memory, volume_scale=chosen)
        await hub.survey()
        return Theater(house.find(name, MediaRoom), processor, hub)

    return build


@both_scales
@pytest.mark.parametrize("volume", [0.01, 0.29, 0.31, 1.0])
async def test_the_scale_is_found_out_and_nobody_is_deafened(
    build: Build, house: House, scale: str, volume: float
) -> None:
    theater = await build(scale)
    room, before = theater.room, theater.room.volume
    loudest = [before]
    house.listen(lambda device: loudest.append(room.volume))
    assert theater.hub.memory == {}
    assert await theater.turn(volume) is None
    assert max(loudest) <= max(before, volume) + 0.01
    assert room.volume == pytest.approx(volume, abs=1e-4)
    assert theater.hub.memory == {"volume_scale": scale}
    assert len(theater.posted) == {"raw": 2, "percent": 1}[scale]


@pytest.mark.parametrize(
    ("scale", "sent"), [("raw", [26214, 6554]), ("percent", [40, 10])]
)
@pytest.mark.parametrize("chosen", [True, False])
async def test_a_known_scale_is_used_without_reading(
    build: Build, scale: str, sent: list[int], chosen: bool
) -> None:
    memory = {} if chosen else {"volume_scale": scale}
    theater = await build(scale, memory, scale if chosen else None)
    assert await theater.turn(0.4) is None
    assert await theater.turn(0.1) is None
    assert theater.posted == sent
    assert theater.room.volume == pytest.approx(0.1, abs=1e-4)
    assert theater.reads == 0


@both_scales
async def test_silence_is_silence_in_any_scale(build: Build, scale: str) -> None:
    theater = await build(scale)
    assert await theater.turn(0.0) is None
    assert theater.room.volume == 0.0
    assert theater.posted == [0]
    # Nothing was learned by it.
    assert theater.hub.memory == {}


async def test_what_is_learned_holds_nothing_up(
    build: Build, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_module, "READ_EVERY", 0.02)
    theater = await build()
    other = next(each for each in house.of(MediaRoom) if each is not theater.room)
    first = await theater.send(0.8)
    second = await Theater(other, theater.processor, theater.hub).send(0.3)
    # Nothing was read back yet, and the next command is sent at once.
    last = await theater.send(0.4)
    assert theater.posted == [80, 30, 40]
    assert [await in_the_end(each) for each in (first, second, last)] == [None] * 3
    # What was overtaken is not sent again.
    assert sorted(theater.posted[3:]) == [19660, 26214]
    assert theater.room.volume == pytest.approx(0.4, abs=1e-4)


async def test_a_hub_that_closes_learns_nothing_any_more(build: Build) -> None:
    theater = await build()
    pending = (await theater.send(0.4)).pending[0]
    await theater.hub.close()
    with pytest.raises(asyncio.CancelledError):
        await pending


async def test_what_shows_nothing_teaches_nothing(build: Build, house: House) -> None:
    theater = await build("percent")
    # It has this volume already.
    assert await theater.turn(theater.room.volume) is None
    assert theater.reads == media_module.VOLUME_READS
    theater.processor.faults.on("command_not_executed")
    assert isinstance(await theater.turn(0.8), HubUnansweredError)
    theater.processor.faults.clear()
    # It has no volume at all.
    theater.room = house.find("Terrace", MediaRoom)
    error = await theater.turn(0.5)
    assert isinstance(error, HubCommandError)
    assert error.reason is Reason.DECLINED
    assert theater.hub.memory == {}
    assert theater.posted == [30, 80, 50]


@pytest.mark.parametrize(
    "reply",
    [
        says("", 404),
        says({"mediaRooms": [None, {"id": 6, "currentVolumeLevel": 80}]}),
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
    error = await in_the_end(await hub.send([command]))
    assert isinstance(error, HubUnansweredError)
    assert hub.memory == {}
    assert canned.asked.count("GET /cws/api/mediarooms/5") == media_module.VOLUME_READS
