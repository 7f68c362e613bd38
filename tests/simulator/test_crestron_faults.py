"""What clients meet when something goes wrong, fault by fault."""

import asyncio

import aiohttp
import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import House

from .client import Client, move

SHADE = "Kitchen Shade"


# The answer as a whole


# What is in it


async def test_wrong_types(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("wrong_types")
    lights = (await client.get("/lights")).json["lights"]
    assert all(isinstance(light["id"], str) for light in lights)
    assert {type(light.get("level")) for light in lights} == {str, type(None)}
    assert {light["subType"] for light in lights} == {"Wibble", None}
    scenes = (await client.get("/scenes")).json["scenes"]
    assert {scene["status"] for scene in scenes} <= {"True", "False"}
    (thermostat, *_) = (await client.get("/thermostats")).json["thermostats"]
    assert thermostat["currentSetPoint"] == [{"type": "Wibble", "temperature": "700"}]
    assert thermostat["availableFanModes"] == ["Auto", "On"]
    assert "description" in (await client.get("")).json


async def test_lists_with_less_or_more_in_them(
    client: Client, processor: CrestronProcessor
) -> None:
    faults = processor.faults
    whole = (await client.get("/shades")).json["shades"]
    with faults.during("lists_missing", path="/shades"):
        assert set((await client.get("/shades")).json) == {"version"}
        assert (await client.get("/lights")).json["lights"]
    with faults.during("lists_empty"):
        assert (await client.get("/shades")).json["shades"] == []
    with faults.during("lists_halved"):
        assert (await client.get("/shades")).json["shades"] == whole[:6]
    with faults.during("duplicate_ids"):
        doubled = (await client.get("/shades")).json["shades"]
        assert doubled == [*whole, whole[0]]


# Commands


async def test_part_of_a_command_fails(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    names = (SHADE, "Office Shade", "Midbot")
    ids = [house.find(name).id for name in names]
    processor.faults.on("partial_failure", ids[:2])
    body = await move(client, house, *names)
    assert (body["status"], body["errorDevices"]) == ("partial", ids[:2])
    assert [command.id for command in processor.commands] == ids[2:]
    processor.faults.on("partial_failure")
    body = await move(client, house, *names)
    assert body["errorDevices"] == ids[2:]


@pytest.mark.parametrize("fault", ["answer_lost", "answer_timeout"])
async def test_commands_carried_out_and_never_answered(
    client: Client, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    assert (await client.get("/rooms")).status == 200
    with pytest.raises((aiohttp.ClientConnectionError, TimeoutError)):
        async with asyncio.timeout(0.2):
            await move(client, house)
    assert len(processor.commands) == 1
    assert processor.requests[-1].status == 0


# Crestron Home


@pytest.mark.parametrize(
    ("fault", "status", "source"),
    [
        ("session_401", 401, 5001),
        ("session_511", 511, 5001),
        ("session_expired_5001", 200, 5001),
        ("auth_5002", 200, 5002),
    ],
)
async def test_refused_keys(
    client: Client, processor: CrestronProcessor, fault: str, status: int, source: int
) -> None:
    processor.faults.on(fault, times=1)
    await client.login()
    reply = await client.get("/rooms")
    assert (reply.status, reply.json["errorSource"]) == (status, source)
    assert "rooms" in (await client.get("/rooms")).json


async def test_the_banner_instead(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("banner_instead", path="/shades")
    assert "description" in (await client.get("/shades")).json
    assert "description" in await move(client, house)
    assert not processor.commands
    assert "lights" in (await client.get("/lights")).json


async def test_faults_compose(client: Client, processor: CrestronProcessor) -> None:
    faults = processor.faults
    faults.on("lists_halved")
    faults.on("duplicate_ids")
    faults.on("wrong_content_type")
    faults.on("http_500", path="/rooms", times=1)
    assert (await client.get("/rooms")).status == 500
    reply = await client.get("/shades")
    assert reply.content_type == "text/html"
    assert len(reply.json["shades"]) == 7
    faults.clear()
    assert len((await client.get("/shades")).json["shades"]) == 12
