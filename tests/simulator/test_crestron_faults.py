"""What clients meet when something goes wrong, fault by fault."""

import asyncio
import json

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom

from .client import Client, move

SHADE = "Kitchen Shade"


# The answer as a whole


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503, 511])
async def test_statuses(
    client: Client, processor: CrestronProcessor, status: int
) -> None:
    processor.faults.on(f"http_{status}", path="/sensors")
    reply = await client.get("/sensors")
    assert reply.status == status
    assert reply.json["errorSource"] == (5002 if status < 404 else 7000)
    assert (await client.get("/rooms")).status == 200


@pytest.mark.parametrize(
    ("fault", "text"),
    [("html_login_page", "<!DOCTYPE html>"), ("empty_body", "")],
)
async def test_answers_that_are_none(
    client: Client, processor: CrestronProcessor, fault: str, text: str
) -> None:
    processor.faults.on(fault)
    reply = await client.get("/rooms")
    assert (reply.status, reply.text[:15]) == (200, text)


async def test_truncated_json(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("truncated_json")
    reply = await client.get("/rooms")
    assert reply.status == 200
    with pytest.raises(json.JSONDecodeError):
        _ = reply.json


async def test_wrong_content_type(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("wrong_content_type")
    reply = await client.get("/rooms")
    assert reply.content_type == "text/html"
    assert reply.json["rooms"]


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


async def test_state_lag(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find(SHADE)
    shade.position = 0
    clock.advance(5)
    shade.position = 1
    processor.faults.on("state_lag", 3)
    clock.advance(2.9)
    assert (await client.entry("shades", shade.id, "shades"))["position"] == 0
    clock.advance(0.2)
    assert (await client.entry("shades", shade.id, "shades"))["position"] == 65535


async def test_frozen_states(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find(SHADE)
    shade.position = 0
    clock.advance(5)
    processor.faults.on("state_frozen")
    shade.position = 1
    clock.advance(500)
    assert (await client.entry("shades", shade.id, "shades"))["position"] == 0
    processor.faults.off("state_frozen")
    assert (await client.entry("shades", shade.id, "shades"))["position"] == 65535


# Commands


async def test_commands_refused(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("command_failure")
    body = await move(client, house, SHADE, "Office Shade")
    assert (body["status"], len(body["errorDevices"])) == ("failure", 2)
    scene = house.find("Good Night").id
    reply = await client.post(f"/scenes/recall/{scene}")
    assert reply.json["status"] == "failure"
    assert not processor.commands


async def test_commands_accepted_and_not_carried_out(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("command_not_executed", path="/shades")
    assert (await move(client, house))["status"] == "success"
    assert not processor.commands


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


async def test_revoked_token(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("token_revoked")
    assert (await client.get("/rooms")).status == 401
    assert (await client.login()).status == 401


@pytest.mark.parametrize("status", [500, 503])
async def test_booting(
    client: Client, processor: CrestronProcessor, status: int
) -> None:
    processor.faults.on(f"boot_{status}")
    assert (await client.login()).status == status
    assert (await client.get("/rooms")).status == status


async def test_booting_inventories(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.faults.on("inventory_500")
    assert (await client.login()).status == 200
    assert (await client.get("/rooms")).status == 500
    assert (await client.get("")).status == 200


async def test_the_banner_instead(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("banner_instead", path="/shades")
    assert "description" in (await client.get("/shades")).json
    assert "description" in await move(client, house)
    assert not processor.commands
    assert "lights" in (await client.get("/lights")).json


async def test_volume_in_percent(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    processor.faults.on("volume_percent")
    media = house.find("Kitchen", MediaRoom)
    await client.post(f"/mediarooms/{media.id}/volume/50")
    clock.advance(1)
    assert media.volume == 0.5


async def test_a_post_without_a_body(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("no_length_411")
    scene = house.find("Good Night").id
    reply = await client.post(f"/scenes/recall/{scene}", data=None)
    assert reply.status == 411
    assert (await client.post(f"/scenes/recall/{scene}")).status == 200


async def test_the_key_of_the_manual(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.faults.on("upper_case_authkey")
    headers = {"Crestron-RestAPI-AuthToken": processor.token}
    reply = await client.ask("GET", "/cws/api/login", headers)
    assert set(reply.json) == {"AuthKey", "version"}


async def test_the_shapes_of_the_manual(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.faults.on("manual_shapes", path="/thermostats")
    assert "setPoint" in (await client.get("/thermostats")).json["thermostats"][0]
    (room, *_) = (await client.get("/mediarooms")).json["mediaRooms"]
    assert "currentSourceId" in room


async def test_no_quick_actions(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("quickactions_absent")
    assert "description" in (await client.get("/quickactions")).json
    assert "description" in (await client.post("/quickactions/1/run")).json
    assert not processor.commands


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
