"""The lists, in the shapes that live systems send."""

from typing import Any

import pytest

from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS
from simulator.house import Mode

from .client import Client

GONE = object()
MANUAL = {"manual_shapes": True}


@pytest.mark.parametrize(("path", "key"), LIST_KEYS.items())
async def test_lists_come_under_their_keys(client: Client, path: str, key: str) -> None:
    reply = await client.get(f"/{path}")
    assert set(reply.json) == {key, "version"}
    assert reply.content_type == "application/json"
    last = reply.json[key][-1]
    assert (await client.get(f"/{path}/{last['id']}")).json[key] == [last]
    missing = await client.get(f"/{path}/999999")
    assert missing.status == 404
    assert missing.json["errorSource"] >= 6001


# Entries as they are as a whole; their name, id and room besides.
WHOLE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "lights",
        "Island Pendants",
        {"level": 0.6},
        {"level": 39321, "subType": "Dimmer", "connectionStatus": "online"},
    ),
    (
        "lights",
        "Pool Pump",
        {"online": False, "level": 1},
        {"level": 65535, "subType": "Switch", "connectionStatus": "offline"},
    ),
    (
        "lights",
        "Ceiling Fan",
        {"online": None, "speed": 2},
        {"subType": "Fan", "speed": 3},
    ),
    (
        "shades",
        "Kitchen Shade",
        {"position": 0.5},
        {"position": 32768, "subType": "Shade", "connectionStatus": "online"},
    ),
    (
        "doorlocks",
        "Front Door",
        {"locked": False},
        {"type": "lock", "status": "Unlocked", "connectionStatus": "online"},
    ),
    (
        "doorlocks",
        "Terrace Door",
        {},
        {"type": "lock", "status": None, "connectionStatus": "online"},
    ),
    ("scenes", "Movie Night", {}, {"type": "Media", "status": False}),
    *(
        ("sensors", name, {"presence": presence}, reading)
        for name, presence, reading in (
            ("Kitchen Occupancy", True, {"presence": "Occupied"}),
            ("Kitchen Occupancy", False, {"presence": "Vacant"}),
            ("Kitchen Occupancy", None, {"presence": "Unavailable"}),
            ("Terrace Slider", True, {"door status": "Open", "battery level": "Low"}),
            ("Terrace Slider", None, {"door status": "Unknown"}),
            ("Smoke", True, {"presence": "OpenOrOn"}),
            ("Leak", False, {"presence": "CloseOrOff"}),
            ("Leak", False, {"type": GONE}),
        )
    ),
    ("sensors", "Daylight", {"level": 5}, {"level": 5, "connectionStatus": GONE}),
    (
        "thermostats",
        "Main Floor",
        {},
        {
            "connectionStatus": "online",
            "currentMode": "Cool",
            "currentSetPoint": [{"type": "cool", "temperature": 700}],
            "currentTemperature": 720,
            "temperatureUnits": "DeciFahrenheit",
            "currentFanMode": "Auto",
            "schedulerState": "run",
            "availableFanModes": ["Auto", "On"],
            "availableSystemModes": ["Off", "Heat", "Cool", "Auto"],
            "availableSetPoints": [
                {"type": "heat", "minValue": 380, "maxValue": 890},
                {"type": "cool", "minValue": 590, "maxValue": 990},
            ],
        },
    ),
    ("thermostats", "Guest Wing", {}, {"currentSetPoint": [{"type": "off"}]}),
    (
        "thermostats",
        "Master Bedroom Thermostat",
        {},
        {
            "currentSetPoint": [
                {"type": "heat", "temperature": 680},
                {"type": "cool", "temperature": 740},
            ]
        },
    ),
    ("thermostats", "CTSTAT", {}, {"availableFanModes": []}),
    *(
        (
            "thermostats",
            "Main Floor",
            {
                "unit": unit,
                "resolution": resolution,
                "temperature": 21.5,
                "mode": Mode.AUTO,
                "single_auto": True,
                "heat": 21.5,
            },
            {
                "temperatureUnits": name,
                "currentTemperature": count,
                "currentSetPoint": [{"type": "auto", "temperature": count}],
            },
        )
        for unit, resolution, name, count in (
            ("F", "tenths", "DeciFahrenheit", 215),
            ("C", "tenths", "DeciCelsius", 215),
            ("F", "whole", "FahrenheitWholeDegrees", 22),
            ("C", "half", "CelsiusHalfDegrees", 43),
        )
    ),
    (
        "mediarooms",
        "Kitchen",
        {},
        {
            "id": 1002,
            "roomId": 1002,
            "currentVolumeLevel": 19660,
            "currentMuteState": "unmuted",
            "currentPowerState": "off",
            "currentSourceId": 0,
            "availableSources": [
                {"id": 53001, "sourceName": "Sonos"},
                {"id": 53002, "sourceName": "Apple TV"},
                {"id": 53003, "sourceName": "Cable Box"},
            ],
            "availableVolumeControls": ["relative", "discrete"],
            "availableMuteControls": ["discrete", "toggle"],
        },
    ),
    ("mediarooms", "Terrace", {}, {"availableVolumeControls": ["none"]}),
    (
        "securitydevices",
        "Alarm Panel",
        {},
        {"type": "security Device", "currentState": "Disarmed"},
    ),
    ("quickactions", "Leaving", {}, {"id": 2, "roomId": GONE}),
]
# The same in the manual.
OTHERWISE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "thermostats",
        "Main Floor",
        {},
        {
            "mode": "Cool",
            "setPoint": {
                "type": "Cool",
                "temperature": 700,
                "minValue": 590,
                "maxValue": 990,
            },
            "temperatureUnits": "FahrenheitWholeDegrees",
            "currentMode": GONE,
        },
    ),
    ("thermostats", "Guest Wing", {}, {"setPoint": {"type": "Off"}}),
    (
        "mediarooms",
        "Kitchen",
        {},
        {
            "currentProviderId": 0,
            "availableProviders": ["Sonos", "Apple TV", "Cable Box"],
            "currentPowerState": "Off",
            "currentMuteState": "Unmuted",
        },
    ),
    ("sensors", "Terrace Slider", {}, {"battery_level": "Low"}),
    ("doorlocks", "Front Door", {}, {"status": "locked"}),
    ("doorlocks", "Terrace Door", {}, {"status": None}),
    ("lights", "Vanity", {"level": 0}, {"level": 0}),
]


@pytest.mark.parametrize(
    ("settings", "kind", "name", "before", "told"),
    [({}, *row) for row in WHOLE] + [(MANUAL, *row) for row in OTHERWISE],
)
async def test_what_an_entry_tells(
    client: Client,
    processor: CrestronProcessor,
    settings: dict[str, Any],
    kind: str,
    name: str,
    before: dict[str, Any],
    told: dict[str, Any],
) -> None:
    processor.change(report_lag=0, **settings)
    quick = {each.name: each for each in client.house.quick_actions.values()}
    thing = quick.get(name) or client.house.find(name)
    for key, value in before.items():
        setattr(thing, key, value)
    entry = await client.entry(kind, thing.id)
    assert entry == next(e for e in await client.entries(kind) if e["id"] == thing.id)
    own = {"id": thing.id, "name": name, "roomId": getattr(thing, "room", GONE)}
    assert {key: entry.get(key, GONE) for key in own | told} == own | told
    if kind in {"lights", "shades", "doorlocks"} and not settings:
        assert entry.keys() == (own | told).keys()


async def test_states_are_told_late_and_on_the_way(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(report_lag=2)
    shade, lock = client.house.find("Kitchen Shade"), client.house.find("Front Door")
    shade.position, shade.travel_seconds = 0, 10
    client.advance(2)
    shade.move_to(1)
    lock.locked = False
    for seconds, position, status in (
        (1.9, 0, "Locked"),
        (0.1, 0, "Unlocked"),
        (5, 32768, "Unlocked"),
    ):
        client.advance(seconds)
        assert (await client.entry("shades", shade.id))["position"] == position
        assert (await client.entry("doorlocks", lock.id))["status"] == status


async def test_devices_tell_what_is_there_and_not_how(
    client: Client, processor: CrestronProcessor
) -> None:
    entries = await client.entries("devices")
    assert len(entries) == 64
    by_type = {entry.get("type"): entry for entry in entries}
    assert by_type.keys() == {
        *(None, "shade", "sensor", "thermostat", "lock"),
        *("security Device", "media Zone"),
    }
    assert by_type[None]["subType"] in {"Dimmer", "Switch", "Fan"}
    assert "subType" not in by_type["thermostat"]
    for state in ("level", "speed", "position", "presence"):
        assert not any(state in entry for entry in entries)
    processor.change(devices_with_level=True)
    entries = await client.entries("devices")
    assert sum("level" in entry for entry in entries) == 26
    assert sum("speed" in entry for entry in entries) == 1


async def test_quick_actions_may_not_be_there(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(quick_actions=False)
    assert "description" in (await client.get("/quickactions")).json
    assert "description" in (await client.post("/quickactions/1/run")).json
