"""What can be asked of a media room."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom

from .client import SUCCESS, Client


@pytest.mark.parametrize(
    ("path", "before", "attribute", "value"),
    [
        ("mute", {"muted": False}, "muted", True),
        ("unmute", {"muted": True}, "muted", False),
        ("power/on", {"power": False}, "power", True),
        ("power/off", {"power": True}, "power", False),
        ("selectsource/53002", {"power": False}, "source", 53002),
        ("volume/16384", {"volume": 0.9}, "volume", 16384 / 65535),
    ],
)
async def test_media_rooms_obey_once_and_then_say_409(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
    path: str,
    before: dict[str, Any],
    attribute: str,
    value: Any,
) -> None:
    media = house.find("Kitchen", MediaRoom)
    for name, state in before.items():
        setattr(media, name, state)
    reply = await client.post(f"/mediarooms/{media.id}/{path}")
    assert (reply.status, reply.json) == (200, SUCCESS)
    clock.advance(1)
    assert getattr(media, attribute) == value
    again = await client.post(f"/mediarooms/{media.id}/{path}")
    assert (again.status, again.json["errorSource"]) == (409, 8010)
    assert len(processor.commands) == 1


async def test_selecting_a_source_switches_on(
    client: Client, house: House, clock: ManualClock
) -> None:
    media = house.find("Kitchen", MediaRoom)
    await client.post(f"/mediarooms/{media.id}/selectsource/53001")
    clock.advance(1)
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert (entry["currentPowerState"], entry["currentSourceId"]) == ("on", 53001)
    await client.post(f"/mediarooms/{media.id}/power/off")
    clock.advance(1)
    await client.post(f"/mediarooms/{media.id}/power/on")
    clock.advance(1)
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert (entry["currentPowerState"], entry["currentSourceId"]) == ("on", 0)


@pytest.mark.parametrize(
    "path",
    [
        "1024/volume/100",
        "1024/mute",
        "1002/selectsource/1",
        "1002/volume/65536",
        "1002/volume/-1",
        "999/mute",
    ],
)
async def test_what_a_media_room_cannot_do_fails(
    client: Client, house: House, processor: CrestronProcessor, path: str
) -> None:
    assert house.find("Terrace", MediaRoom).id == 1024
    assert house.find("Kitchen", MediaRoom).id == 1002
    reply = await client.post(f"/mediarooms/{path}")
    assert (reply.status, reply.json["status"]) == (200, "failure")
    assert not processor.commands


@pytest.mark.parametrize(
    ("level", "overflow", "volume"),
    [(40, "clamp", 0.4), (29491, "clamp", 1.0), (29491, "refuse", 0.3)],
)
async def test_volume_may_be_written_in_percent(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
    level: int,
    overflow: str,
    volume: float,
) -> None:
    processor.change(volume_write="percent", volume_overflow=overflow)
    media = house.find("Kitchen", MediaRoom)
    await client.post(f"/mediarooms/{media.id}/volume/{level}")
    clock.advance(1)
    assert media.volume == volume
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert entry["currentVolumeLevel"] == int(volume * 65535)
