"""The lists, in the shapes that live systems send."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS
from simulator.house import House, Light, MediaRoom, Mode, Thermostat

from .client import Client


@pytest.mark.parametrize(("path", "key"), LIST_KEYS.items())
async def test_lists_come_under_their_keys(client: Client, path: str, key: str) -> None:
    reply = await client.get(f"/{path}")
    assert set(reply.json) == {key, "version"}
    assert reply.json[key]
    assert reply.content_type == "application/json"


@pytest.mark.parametrize(("path", "key"), LIST_KEYS.items())
async def test_single_entries_are_lists_of_one(
    client: Client, path: str, key: str
) -> None:
    entries = (await client.get(f"/{path}")).json[key]
    reply = await client.get(f"/{path}/{entries[-1]['id']}")
    assert reply.json[key] == [entries[-1]]
    missing = await client.get(f"/{path}/999999")
    assert missing.status == 404
    assert missing.json["errorSource"] >= 6001


async def lists(client: Client, kind: str) -> list[dict[str, Any]]:
    """Read a list."""
    entries: list[dict[str, Any]] = (await client.get(f"/{kind}")).json[LIST_KEYS[kind]]
    return entries


async def test_lights(client: Client, house: House, clock: ManualClock) -> None:
    light = house.find("Island Pendants")
    light.level = 0.6
    clock.advance(1)
    entries = {entry["id"]: entry for entry in await lists(client, "lights")}
    assert entries[light.id] == {
        "level": 39321,
        "id": light.id,
        "name": "Island Pendants",
        "subType": "Dimmer",
        "connectionStatus": "online",
        "roomId": light.room,
    }
    assert entries[house.find("Pool Pump").id]["subType"] == "Switch"
    fan = entries[house.find("Ceiling Fan").id]
    assert (fan["subType"], fan["speed"], "level" in fan) == ("Fan", 3, False)


async def test_shades_tell_where_they_are_on_their_way(
    client: Client, house: House, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade")
    shade.position, shade.travel_seconds = 0, 10
    shade.move_to(1)
    clock.advance(5.5)
    entry = await client.entry("shades", shade.id, "shades")
    assert entry == {
        "position": 32768,
        "id": shade.id,
        "name": "Kitchen Shade",
        "subType": "Shade",
        "connectionStatus": "online",
        "roomId": shade.room,
    }


async def test_states_are_told_late(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
) -> None:
    processor.change(report_lag=2)
    lock = house.find("Front Door")
    lock.locked = False
    clock.advance(1.9)
    assert (await client.entry("doorlocks", lock.id, "doorLocks"))["status"] == "Locked"
    clock.advance(0.1)
    entry = await client.entry("doorlocks", lock.id, "doorLocks")
    assert entry["status"] == "Unlocked"
    assert entry["type"] == "lock"


async def test_a_lock_nobody_knows_of_is_null(client: Client) -> None:
    statuses = [entry["status"] for entry in await lists(client, "doorlocks")]
    assert statuses == ["Locked", "Unlocked", None]


async def test_devices_tell_what_is_there_and_not_how(client: Client) -> None:
    entries = await lists(client, "devices")
    assert len(entries) == 64
    by_type: dict[Any, dict[str, Any]] = {}
    for entry in entries:
        by_type.setdefault(entry.get("type"), entry)
    assert set(by_type) == {
        None,
        "shade",
        "sensor",
        "thermostat",
        "lock",
        "security Device",
        "media Zone",
    }
    assert by_type[None]["subType"] == "Dimmer"
    assert "level" not in by_type[None]
    assert "position" not in by_type["shade"]
    assert "subType" not in by_type["thermostat"]
    assert "presence" not in by_type["sensor"]


async def test_devices_may_tell_levels(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(devices_with_level=True)
    entries = await lists(client, "devices")
    assert sum("level" in entry for entry in entries) == 26
    assert sum("speed" in entry for entry in entries) == 1


async def test_offline_and_silent_connections(client: Client, house: House) -> None:
    shade = house.find("Kitchen Shade")
    shade.online = False
    entry = await client.entry("shades", shade.id, "shades")
    assert entry["connectionStatus"] == "offline"
    shade.online = None
    assert "connectionStatus" not in await client.entry("shades", shade.id, "shades")


async def test_scenes_tell_whether_the_house_matches(
    client: Client, house: House, clock: ManualClock
) -> None:
    scene = house.find("Shades Closed", room="Theater")
    shade = house.find("Theater Blackout")
    shade.position = 1
    clock.advance(1)
    entry = await client.entry("scenes", scene.id, "scenes")
    assert entry == {
        "id": scene.id,
        "name": "Shades Closed",
        "type": "Shade",
        "status": False,
        "roomId": scene.room,
    }
    shade.position = 0
    clock.advance(1)
    assert (await client.entry("scenes", scene.id, "scenes"))["status"] is True


async def test_thermostats_as_live_systems_send_them(
    client: Client, house: House
) -> None:
    entries = {entry["name"]: entry for entry in await lists(client, "thermostats")}
    assert entries["Main Floor"] == {
        "id": house.find("Main Floor").id,
        "name": "Main Floor",
        "roomId": house.find("Main Floor").room,
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
    }
    assert entries["Guest Wing"]["currentSetPoint"] == [{"type": "off"}]
    assert entries["Master Bedroom Thermostat"]["currentSetPoint"] == [
        {"type": "heat", "temperature": 680},
        {"type": "cool", "temperature": 740},
    ]
    assert entries["CTSTAT"]["availableFanModes"] == []


@pytest.mark.parametrize(
    ("unit", "resolution", "name", "count"),
    [
        ("F", "tenths", "DeciFahrenheit", 215),
        ("C", "tenths", "DeciCelsius", 215),
        ("F", "whole", "FahrenheitWholeDegrees", 22),
        ("C", "half", "CelsiusHalfDegrees", 43),
    ],
)
async def test_thermostats_count_in_many_ways(
    client: Client,
    house: House,
    clock: ManualClock,
    unit: str,
    resolution: str,
    name: str,
    count: int,
) -> None:
    thermostat = house.add(
        Thermostat(9000, "New", 1002, mode=Mode.AUTO, unit=unit, temperature=21.5)
    )
    thermostat.resolution, thermostat.single_auto = resolution, True
    thermostat.heat = 21.5
    clock.advance(1)
    entry = await client.entry("thermostats", 9000, "thermostats")
    assert entry["temperatureUnits"] == name
    assert entry["currentTemperature"] == count
    assert entry["currentSetPoint"] == [{"type": "auto", "temperature": count}]


@pytest.mark.parametrize(
    ("name", "presence", "reading"),
    [
        ("Kitchen Occupancy", True, {"presence": "Occupied"}),
        ("Kitchen Occupancy", False, {"presence": "Vacant"}),
        ("Kitchen Occupancy", None, {"presence": "Unavailable"}),
        ("Terrace Slider", True, {"door status": "Open", "battery level": "Low"}),
        ("Terrace Slider", None, {"door status": "Unknown", "battery level": "Low"}),
        ("Smoke", True, {"presence": "OpenOrOn"}),
        ("Leak", False, {"presence": "CloseOrOff"}),
    ],
)
async def test_sensors(
    client: Client,
    house: House,
    clock: ManualClock,
    name: str,
    presence: bool | None,
    reading: dict[str, str],
) -> None:
    sensor = house.find(name)
    sensor.presence = presence
    clock.advance(1)
    entry = await client.entry("sensors", sensor.id, "sensors")
    common = ("id", "name", "subType", "roomId", "connectionStatus")
    assert {key: entry[key] for key in entry if key not in common} == reading
    assert "type" not in entry


async def test_photo_sensors_count_something(client: Client, house: House) -> None:
    daylight = house.find("Daylight")
    entry = await client.entry("sensors", daylight.id, "sensors")
    assert entry["level"] == daylight.level
    assert "connectionStatus" not in entry


async def test_media_rooms(client: Client, house: House) -> None:
    kitchen = house.find("Kitchen", MediaRoom)
    entry = await client.entry("mediarooms", kitchen.id, "mediaRooms")
    assert entry == {
        "id": kitchen.room,
        "name": "Kitchen",
        "roomId": kitchen.room,
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
    }
    terrace = house.find("Terrace", MediaRoom)
    entry = await client.entry("mediarooms", terrace.id, "mediaRooms")
    assert entry["availableVolumeControls"] == ["none"]


@pytest.mark.parametrize("manual", [True, False])
async def test_the_list_of_media_rooms_may_lack_sources(
    client: Client, processor: CrestronProcessor, manual: bool
) -> None:
    processor.change(media_sources_in_list=False, manual_shapes=manual)
    key = "availableProviders" if manual else "availableSources"
    (entry, *_) = await lists(client, "mediarooms")
    assert key not in entry
    assert (await client.entry("mediarooms", entry["id"], "mediaRooms"))[key]


async def test_security_devices(client: Client, house: House) -> None:
    panel = house.find("Alarm Panel")
    (entry,) = await lists(client, "securitydevices")
    assert entry["type"] == "security Device"
    assert entry["currentState"] == "Disarmed"
    assert "ArmAway" in entry["availableStates"]
    assert entry["id"] == panel.id


async def test_quick_actions(client: Client, processor: CrestronProcessor) -> None:
    assert await lists(client, "quickactions") == [
        {"id": 1, "name": "Good Morning"},
        {"id": 2, "name": "Leaving"},
        {"id": 3, "name": "Bedtime"},
    ]
    processor.change(quick_actions=False)
    assert "description" in (await client.get("/quickactions")).json
    assert "description" in (await client.post("/quickactions/1/run")).json


async def test_the_shapes_of_the_manual(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(manual_shapes=True)
    entries = {entry["name"]: entry for entry in await lists(client, "thermostats")}
    main = entries["Main Floor"]
    assert main["mode"] == "Cool"
    assert main["setPoint"] == {
        "type": "Cool",
        "temperature": 700,
        "minValue": 590,
        "maxValue": 990,
    }
    assert main["temperatureUnits"] == "FahrenheitWholeDegrees"
    assert "currentMode" not in main
    assert entries["Guest Wing"]["setPoint"] == {"type": "Off"}
    (media, *_) = await lists(client, "mediarooms")
    assert media["currentProviderId"] == 0
    assert media["availableProviders"] == ["Sonos", "Apple TV", "Cable Box"]
    assert (media["currentPowerState"], media["currentMuteState"]) == (
        "Off",
        "Unmuted",
    )
    doors = [
        entry for entry in await lists(client, "sensors") if "door_status" in entry
    ]
    assert doors[0]["battery_level"] == "Low"
    statuses = [entry["status"] for entry in await lists(client, "doorlocks")]
    assert statuses == ["locked", "unlocked", None]
    assert "level" in (await lists(client, "lights"))[0]


async def test_the_house_may_change_under_a_clients_feet(
    client: Client, house: House
) -> None:
    before = await lists(client, "lights")
    house.remove(before[0]["id"])
    house.add(Light(8000, "New Lamp", 1002))
    house.rename(before[1]["id"], "Renamed")
    house.move(before[1]["id"], 1003)
    after = await lists(client, "lights")
    assert len(after) == len(before)
    assert after[0]["name"] == "Renamed"
    assert after[0]["roomId"] == 1003
    assert after[-1]["id"] == 8000
