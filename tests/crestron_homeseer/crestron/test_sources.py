"""Sources that the list of media rooms leaves out."""

from dataclasses import replace

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.sources import Sources
from custom_components.crestron_homeseer.house.devices import (
    Device,
    Light,
    MediaRoom,
    Source,
)

from .canned import Canned, says
from .common import TOKEN, Json, devices_of

SONOS, ROKU = Source(id="71", name="Sonos"), Source(id="72", name="Roku")
FULL: Json = {
    "id": 5,
    "availableSources": [
        {"id": 71, "sourceName": "Sonos"},
        {"id": 72, "sourceName": "Roku"},
    ],
}
LAMP = Light(id="light-1", name="Lamp", level=0.0, dimmable=True)


def room(source: int = 0, *known: Source) -> MediaRoom:
    listed = [{"id": each.id, "sourceName": each.name} for each in known]
    raw = {"id": 5, "currentSourceId": source, "availableSources": listed}
    (device,) = devices_of("mediaroom", raw)
    assert isinstance(device, MediaRoom)
    return device


@pytest.fixture
def sources(canned: Canned, session: aiohttp.ClientSession) -> Sources:
    return Sources(CrestronClient(session, canned.address, TOKEN))


def asked(canned: Canned) -> list[str]:
    return [path for path in canned.asked if "mediarooms" in path]


@pytest.mark.parametrize(
    ("device", "wanted"),
    [
        (room(), True),
        (room(71), True),
        (room(72, SONOS), True),
        (room(71, SONOS), False),
        (room(0, SONOS), False),
        (LAMP, False),
    ],
    ids=["none", "none but one plays", "another plays", "known", "off", "no room"],
)
async def test_a_room_is_asked_where_its_list_lacks_something(
    canned: Canned, sources: Sources, device: Device, wanted: bool
) -> None:
    canned.replies["mediarooms/5"] = says({"mediaRooms": [FULL]})
    assert await sources.look([device]) is wanted
    assert asked(canned) == ["GET /cws/api/mediarooms/5"] * wanted
    assert not await sources.look([device])
    assert len(asked(canned)) == wanted


@pytest.mark.parametrize(
    "answer",
    [
        {"mediaRooms": [FULL]},
        {"MEDIA_ROOMS": [FULL]},
        {"mediaRooms": [None, {"id": 6}, {"id": 5}, FULL]},
        {"other": [{"id": 5}], "mediaRooms": [FULL]},
        {"mediaRooms": [FULL], "other": []},
        {"mediaRooms": None} | FULL,
        FULL,
    ],
)
async def test_sources_are_found_in_a_list_or_in_the_room_itself(
    canned: Canned, sources: Sources, answer: Json
) -> None:
    canned.replies["mediarooms/5"] = says(answer)
    hidden = replace(room(), hidden=True)
    devices: dict[str, Device] = {"mediaroom-5": hidden, "light-1": LAMP}
    assert await sources.look(devices.values())
    sources.add_to(devices)
    found = devices["mediaroom-5"]
    assert isinstance(found, MediaRoom)
    assert not found.hidden
    assert found.sources == (SONOS, ROKU)
    assert devices["light-1"] is LAMP


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"mediaRooms": []},
        {"mediaRooms": [{"id": 5, "availableSources": []}]},
        {"mediaRooms": [FULL | {"id": 6}]},
        FULL | {"id": 6},
        "<html>",
    ],
)
async def test_what_says_nothing_of_the_room_says_nothing(
    canned: Canned, sources: Sources, answer: object
) -> None:
    canned.replies["mediarooms/5"] = says(answer)
    devices: dict[str, Device] = {"mediaroom-5": room()}
    assert not await sources.look(devices.values())
    before = dict(devices)
    sources.add_to(devices)
    assert devices == before


async def test_what_the_list_has_comes_first_and_nothing_twice(
    canned: Canned, sources: Sources
) -> None:
    canned.replies["mediarooms/5"] = says({"mediaRooms": [FULL]})
    lacking = room(72, ROKU, Source(id="73", name="Radio"))
    unknown = room(74, ROKU)
    assert not await sources.look([lacking])
    assert await sources.look([unknown])
    devices: dict[str, Device] = {"mediaroom-5": lacking}
    sources.add_to(devices)
    filled = devices["mediaroom-5"]
    assert isinstance(filled, MediaRoom)
    assert [source.id for source in filled.sources] == ["72", "73", "71"]
    again: dict[str, Device] = {"mediaroom-5": lacking}
    sources.add_to(again)
    assert again["mediaroom-5"] is filled
