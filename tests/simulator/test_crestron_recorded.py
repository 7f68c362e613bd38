"""A recorded house answers as it was, and then behaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS
from simulator.house import Light, Lock, Mode, Sensor
from simulator.recording import Recording
from simulator.samples import default_house

from .client import Client, logged_in


def one(id: Any, name: Any, **facts: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "roomId": 2, **facts}


def points(type: str, temperature: int) -> list[dict[str, Any]]:
    return [{"type": type, "temperature": temperature}]


VERSION = "2.000.0009"
# With what real systems put in: nulls, text for numbers, strange words, strays.
LISTS: dict[str, list[Any]] = {
    "rooms": [{"id": 1001, "name": "Whole House"}, {"id": 2, "name": "Den"}],
    "lights": [
        one(10, "Lamp", subType="Dimmer", level=40),
        one("11", None, subType="Switch", level=None),
        {**one(12, "Fan", subType="Fan", speed=3), "roomId": "2"},
        one(10, "Double", subType="Dimmer", level=0),
        *({"name": "Nobody"}, {"id": "x"}, {"id": True}, "stray"),
    ],
    "shades": [
        one(20, "Blind", position="65535", connectionStatus="Offline", colour="red"),
        one(21, "Drape", position=0),
    ],
    "scenes": [
        one(30, "All On", type="Lighting", status=True),
        one(31, "All Off", type="Lighting", status=0),
        one(32, "Close", type="Shade", status=False),
        one(33, "Bolt", type="Lock", status="false") | {"roomId": 1001},
        one(34, "Open Up", type="Unlock") | {"roomId": 1001},
        one(35, "Gate", type="genericIO"),
        one(36, "Jazz", type=None),
    ],
    "thermostats": [
        one(
            40,
            "Live",
            currentMode="Auto",
            currentSetPoint=points("Auto", 210),
            currentTemperature=215,
            temperatureUnits="DeciCelsius",
            currentFanMode="CirculateLow",
            schedulerState="hold",
            availableSetPoints=[],
        ),
        one(
            41,
            "Manual",
            mode="Cool",
            setPoint=points("Cool", 770)[0] | {"minValue": 590, "maxValue": 990},
            currentTemperature=770,
            temperatureUnits="FahrenheitWholeDegrees",
        ),
        one(42, "Odd", currentMode="InternalError"),
        one(
            43,
            "Halves",
            currentMode="Heat",
            currentSetPoint=points("heat", 44),
            temperatureUnits="CelsiusHalfDegrees",
        ),
    ],
    "doorlocks": [one(50, "Front", status="LOCKED"), one(51, "Back", status=None)],
    "sensors": [
        one(60, "O", subType="OccupancySensor", presence="vacant"),
        one(61, "D", subType="DoorSensor", door_status="Opened")
        | {"battery-level": "Low"},
        one(62, "P", subType="PhotoSensor", level=5),
        one(63, "N", subType="Tilt", presence="Sideways"),
    ],
    "mediarooms": [
        one(
            2,
            "Den",
            currentVolumeLevel=29491,
            currentMuteState="Muted",
            currentPowerState="On",
            currentSourceId=7,
            availableSources=[{"id": 7, "sourceName": "Radio"}],
            availableVolumeControls=["none"],
        ),
        one(
            1001,
            "House",
            currentProviderId=1,
            availableProviders=["Tuner", "Tape"],
            currentPowerState="Off",
        ),
    ],
    "securitydevices": [one(70, "S", currentState="ArmAway", availableStates=["A"])],
    "quickactions": [{"id": 1, "name": "Go"}],
}
BODIES = {
    kind: {LIST_KEYS[kind]: entries, "extra": [1]} for kind, entries in LISTS.items()
} | {"odd": {}, "devices": {"description": "x"}}


@asynccontextmanager
async def serving(bodies: dict[str, Any]) -> AsyncIterator[Client]:
    """Serve a recording to a client that is logged in."""
    recording = Recording(VERSION, bodies)
    async with (
        CrestronProcessor.of_recording(recording, clock=ManualClock()) as processor,
        logged_in(processor) as client,
    ):
        yield client


@pytest.fixture
async def client(socket_enabled: None) -> AsyncIterator[Client]:
    async with serving(BODIES) as client:
        yield client


@pytest.mark.parametrize("kind", LISTS)
async def test_every_list_is_as_it_was_recorded(client: Client, kind: str) -> None:
    body = (await client.get(f"/{kind}")).json
    assert (body.pop("version"), body.pop("extra")) == (VERSION, [1])
    (entries,) = body.values()
    assert sorted(map(str, entries)) == sorted(map(str, LISTS[kind]))
    assert [*body] == [LIST_KEYS[kind]]


async def test_what_was_not_recorded_gets_the_banner(client: Client) -> None:
    assert "description" in (await client.get("/devices")).json
    assert (await client.get("")).json["version"] == VERSION


# What is read out of the oddities.
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Blind", {"position": 1, "online": False}),
        ("Lamp", {"level": 40 / 65535}),
        (11, {"dimmable": False}),
        ("Fan", {"speed": 2, "room": 2}),
        ("Live", {"unit": "C", "mode": "Auto", "heat": 21, "single_auto": True}),
        ("Live", {"temperature": 21.5, "fan_mode": "CirculateLow", "schedule": "hold"}),
        ("Manual", {"mode": Mode.COOL, "cool": 77, "limits": {"cool": (59, 99)}}),
        ("Odd", {"mode": "InternalError", "set_points": {}}),
        ("Halves", {"heat": 22, "resolution": "half"}),
        ("Front", {"locked": True}),
        ("Back", {"locked": None}),
        ("O", {"presence": False, "battery_low": None, "level": None}),
        ("D", {"presence": True, "battery_low": True}),
        ("P", {"presence": None, "level": 5}),
        ("N", {"presence": None, "level": None}),
        ("Den", {"power": True, "source": 7, "muted": True}),
        ("House", {"sources": {1: "Tuner", 2: "Tape"}}),
        ("S", {"state": "ArmAway"}),
    ],
)
async def test_what_the_house_is_like(
    client: Client, name: str | int, facts: dict[str, Any]
) -> None:
    thing = client.house.find(name)
    assert {key: getattr(thing, key) for key in facts} == facts


async def test_what_changes_is_told_in_the_shape_that_was_recorded(
    client: Client,
) -> None:
    house = client.house
    blind, front = house.find("Blind"), house.find("Front", Lock)
    blind.online = True
    assert (await client.close("Blind"))["status"] == "success"
    client.advance(11)
    entry = await client.entry("shades", 20)
    assert 0 < entry["position"] < 65535
    assert (entry["colour"], entry["connectionStatus"]) == ("red", "online")
    front.locked = False
    house.find("O", Sensor).presence = True
    body = {"id": 41, "setpoints": points("Cool", 760)}
    await client.post("/thermostats/SetPoint", body)
    await client.post("/mediarooms/1001/selectsource/2")
    client.advance(300)
    assert (await client.entry("doorlocks", 50))["status"] == "Unlocked"
    assert (await client.entry("sensors", 60))["presence"] == "Occupied"
    entry = await client.entry("thermostats", 41)
    assert entry["setPoint"]["temperature"] == entry["currentTemperature"] == 760
    assert entry["temperatureUnits"] == "FahrenheitWholeDegrees"
    assert "currentMode" not in entry
    entry = await client.entry("mediarooms", 1001)
    assert (entry["currentProviderId"], entry["currentPowerState"]) == (2, "On")


async def test_recorded_scenes_do_what_their_names_say(client: Client) -> None:
    house = client.house
    for scene in (31, 32, 33, 35, 36):
        reply = await client.post(f"/scenes/recall/{scene}")
        assert reply.json["status"] == "success"
    client.advance(60)
    told = [entry.get("status") for entry in await client.entries("scenes")]
    assert told == [False, True, True, True, None, None, True]
    assert house.find("Lamp").level == house.find("Blind").position == 0
    assert [lock.locked for lock in house.of(Lock)] == [True, True]
    assert house.scenes[35].pulses == 1
    await client.post("/scenes/recall/34")
    client.advance(60)
    assert [lock.locked for lock in house.of(Lock)] == [False, False]


async def test_a_recorded_house_may_change(client: Client) -> None:
    client.house.add(Light(99, "New", 2))
    client.house.rename(10, "Renamed")
    client.house.remove(12)
    entries = [each for each in await client.entries("lights") if "name" in each]
    names = [each["name"] for each in entries]
    assert names == ["Renamed", None, "New", "Double", "Nobody"]


async def test_the_villa_recorded_is_the_villa(socket_enabled: None) -> None:
    async with (
        CrestronProcessor(default_house(ManualClock())) as processor,
        logged_in(processor) as client,
    ):
        bodies = {kind: (await client.get(f"/{kind}")).json for kind in LIST_KEYS}
    async with serving(bodies) as client:
        for kind, body in bodies.items():
            assert (await client.get(f"/{kind}")).json == body | {"version": VERSION}
