"""A recorded house answers as it was, and then behaves."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS
from simulator.crestron.parsing import number
from simulator.house import Fan, House, Light, Lock, MediaRoom, Mode, Sensor, Thermostat
from simulator.recording import Recording
from simulator.samples import default_house

from .client import Client

# With what real systems put in: nulls, text for numbers, strange words, strays.
BODIES: dict[str, dict[str, Any]] = {
    "rooms": {
        "rooms": [{"id": 1001, "name": "Whole House"}, {"id": 2, "name": "Den"}],
        "version": "2.000.0009",
        "extra": [1],
    },
    "lights": {
        "lights": [
            {"id": 10, "name": "Lamp", "subType": "Dimmer", "level": 40, "roomId": 2},
            {"id": "11", "name": None, "subType": "Switch", "level": None, "roomId": 2},
            {"id": 12, "name": "Fan", "subType": "Fan", "speed": 3, "roomId": "2"},
            {"id": 10, "name": "Double", "subType": "Dimmer", "level": 0},
            {"name": "Nobody"},
            {"id": "x"},
            {"id": True},
            "stray",
        ],
    },
    "shades": {
        "shades": [
            {
                "id": 20,
                "name": "Blind",
                "position": "65535",
                "connectionStatus": "Offline",
                "roomId": 2,
                "colour": "red",
            },
            {"id": 21, "name": "Drape", "position": 0, "roomId": 2},
        ],
    },
    "scenes": {
        "scenes": [
            {
                "id": 30,
                "name": "All On",
                "type": "Lighting",
                "status": True,
                "roomId": 2,
            },
            {"id": 31, "name": "All Off", "type": "Lighting", "status": 0, "roomId": 2},
            {
                "id": 32,
                "name": "Close",
                "type": "Shade",
                "status": False,
                "roomId": 1001,
            },
            {
                "id": 33,
                "name": "Bolt",
                "type": "Lock",
                "status": "false",
                "roomId": 1001,
            },
            {"id": 34, "name": "Open Up", "type": "Unlock", "roomId": 1001},
            {"id": 35, "name": "Gate", "type": "genericIO", "roomId": 1001},
            {"id": 36, "name": "Jazz", "type": None, "roomId": 2},
        ],
    },
    "thermostats": {
        "thermostats": [
            {
                "id": 40,
                "name": "Live",
                "currentMode": "Auto",
                "currentSetPoint": [{"type": "Auto", "temperature": 210}],
                "currentTemperature": 215,
                "temperatureUnits": "DeciCelsius",
                "currentFanMode": "CirculateLow",
                "schedulerState": "hold",
                "availableFanModes": [],
                "availableSystemModes": ["Off", "Auto"],
                "availableSetPoints": [],
                "roomId": 2,
            },
            {
                "id": 41,
                "name": "Manual",
                "mode": "Cool",
                "setPoint": {
                    "type": "Cool",
                    "temperature": 770,
                    "minValue": 590,
                    "maxValue": 990,
                },
                "currentTemperature": 770,
                "temperatureUnits": "FahrenheitWholeDegrees",
                "roomId": 2,
            },
            {"id": 42, "name": "Odd", "currentMode": "InternalError"},
            {
                "id": 43,
                "name": "Halves",
                "currentMode": "Heat",
                "currentSetPoint": [{"type": "heat", "temperature": 44}],
                "currentTemperature": 44,
                "temperatureUnits": "CelsiusHalfDegrees",
            },
        ],
    },
    "doorlocks": {
        "doorLocks": [
            {"id": 50, "name": "Front", "status": "LOCKED", "roomId": 2},
            {"id": 51, "name": "Back", "status": None, "roomId": 2},
        ],
    },
    "sensors": {
        "sensors": [
            {"id": 60, "name": "O", "subType": "OccupancySensor", "presence": "vacant"},
            {
                "id": 61,
                "name": "D",
                "subType": "DoorSensor",
                "door_status": "Opened",
                "battery-level": "Low",
            },
            {"id": 62, "name": "P", "subType": "PhotoSensor", "level": 5},
            {"id": 63, "name": "N", "subType": "Tilt", "presence": "Sideways"},
        ],
    },
    "mediarooms": {
        "mediaRooms": [
            {
                "id": 2,
                "name": "Den",
                "roomId": 2,
                "currentVolumeLevel": 29491,
                "currentMuteState": "Muted",
                "currentPowerState": "On",
                "currentSourceId": 7,
                "availableSources": [{"id": 7, "sourceName": "Radio"}],
                "availableVolumeControls": ["none"],
                "availableMuteControls": ["discrete"],
            },
            {
                "id": 1001,
                "name": "House",
                "currentProviderId": 1,
                "availableProviders": ["Tuner", "Tape"],
                "currentPowerState": "Off",
                "currentMuteState": "unmuted",
            },
        ],
    },
    "securitydevices": {
        "securityDevices": [
            {"id": 70, "name": "S", "currentState": "ArmAway", "availableStates": ["A"]}
        ],
    },
    "quickactions": {"quickActions": [{"id": 1, "name": "Go"}]},
}


@pytest.fixture
async def processor(
    clock: ManualClock, socket_enabled: None
) -> AsyncIterator[CrestronProcessor]:
    """A processor that serves the recording."""
    recording = Recording("2.000.0009", BODIES)
    async with CrestronProcessor.of_recording(recording, clock=clock) as processor:
        yield processor


@pytest.fixture
def house(processor: CrestronProcessor) -> House:
    """The recorded house."""
    return processor.house


@pytest.mark.parametrize("kind", BODIES)
async def test_every_list_is_as_it_was_recorded(client: Client, kind: str) -> None:
    body = (await client.get(f"/{kind}")).json
    assert body.pop("version") == "2.000.0009"
    recorded = {key: BODIES[kind][key] for key in BODIES[kind] if key != "version"}
    key = LIST_KEYS[kind]
    assert body.keys() == recorded.keys()
    assert sorted(map(str, body[key])) == sorted(map(str, recorded[key]))
    assert body == recorded | {key: body[key]}


async def test_what_was_not_recorded_gets_the_banner(client: Client) -> None:
    assert "description" in (await client.get("/devices")).json
    assert (await client.get("")).json["version"] == "2.000.0009"


async def test_a_recorded_shade_travels_and_stays_odd(
    client: Client, house: House, clock: ManualClock
) -> None:
    shade = house.find("Blind")
    assert (shade.position, shade.online) == (1, False)
    shade.online = True
    body = {"shades": [{"id": 20, "position": 0}]}
    assert (await client.post("/shades/SetState", body)).json["status"] == "success"
    clock.advance(11)
    entry = await client.entry("shades", 20, "shades")
    assert 0 < entry["position"] < 65535
    assert entry["colour"] == "red"
    assert entry["connectionStatus"] == "online"
    clock.advance(60)
    assert (await client.entry("shades", 20, "shades"))["position"] == 0


async def test_recorded_lights(client: Client, house: House) -> None:
    lamp, fan = house.find("Lamp", Light), house.find("Fan", Fan)
    assert (lamp.level, fan.speed, fan.room) == (40 / 65535, 2, 2)
    assert house.find(11, Light).dimmable is False
    assert (await client.get("/lights/11")).json["lights"][0]["name"] is None


async def test_recorded_thermostats(
    client: Client, house: House, clock: ManualClock
) -> None:
    live, manual = house.find("Live", Thermostat), house.find("Manual", Thermostat)
    assert (live.unit, live.mode, live.heat, live.single_auto) == (
        "C",
        "Auto",
        21,
        True,
    )
    assert (live.temperature, live.fan_mode, live.schedule) == (
        21.5,
        "CirculateLow",
        "hold",
    )
    assert (manual.mode, manual.cool, manual.temperature) == (Mode.COOL, 77, 77)
    assert manual.limits == {"cool": (59, 99)}
    odd, halves = house.find("Odd", Thermostat), house.find("Halves", Thermostat)
    assert (odd.mode, odd.set_points) == ("InternalError", {})
    assert (halves.heat, halves.resolution) == (22, "half")
    body = {"id": 41, "setpoints": [{"type": "Cool", "temperature": 760}]}
    await client.post("/thermostats/SetPoint", body)
    clock.advance(300)
    entry = await client.entry("thermostats", 41, "thermostats")
    assert entry["setPoint"]["temperature"] == entry["currentTemperature"] == 760
    assert entry["temperatureUnits"] == "FahrenheitWholeDegrees"
    assert "currentMode" not in entry


async def test_recorded_locks_sensors_and_panels(
    client: Client, house: House, clock: ManualClock
) -> None:
    assert [lock.locked for lock in house.of(Lock)] == [True, None]
    readings = [
        (each.presence, each.battery_low, each.level) for each in house.of(Sensor)
    ]
    assert readings == [
        (False, None, None),
        (True, True, None),
        (None, None, 5),
        (None, None, None),
    ]
    assert house.find("S").state == "ArmAway"
    house.find("Front").locked = False
    house.find("O").presence = True
    clock.advance(1)
    assert (await client.entry("doorlocks", 50, "doorLocks"))["status"] == "Unlocked"
    entry = await client.entry("sensors", 60, "sensors")
    assert entry["presence"] == "Occupied"


async def test_recorded_media_rooms(
    client: Client, house: House, clock: ManualClock
) -> None:
    den, whole = house.find("Den", MediaRoom), house.find("House", MediaRoom)
    assert (den.power, den.source, den.muted) == (True, 7, True)
    assert whole.sources == {1: "Tuner", 2: "Tape"}
    reply = await client.post("/mediarooms/1001/selectsource/2")
    assert reply.json["status"] == "success"
    clock.advance(1)
    entry = await client.entry("mediarooms", 1001, "mediaRooms")
    assert (entry["currentProviderId"], entry["currentPowerState"]) == (2, "On")


async def test_recorded_scenes_do_what_their_names_say(
    client: Client, house: House, clock: ManualClock
) -> None:
    for scene in (31, 32, 33, 35, 36):
        reply = await client.post(f"/scenes/recall/{scene}")
        assert reply.json["status"] == "success"
    clock.advance(60)
    entries = (await client.get("/scenes")).json["scenes"]
    assert {entry["id"]: entry.get("status") for entry in entries} == {
        30: False,
        31: True,
        32: True,
        33: True,
        34: None,
        35: None,
        36: True,
    }
    assert house.find("Lamp").level == 0
    assert [shade["position"] for shade in (await client.get("/shades")).json["shades"]]
    assert house.find("Blind").position == 0
    assert [lock.locked for lock in house.of(Lock)] == [True, True]
    assert house.scenes[35].pulses == 1
    await client.post("/scenes/recall/34")
    clock.advance(60)
    assert [lock.locked for lock in house.of(Lock)] == [False, False]


async def test_a_recorded_house_may_change(client: Client, house: House) -> None:
    house.add(Light(99, "New", 2))
    house.rename(10, "Renamed")
    house.remove(12)
    entries = (await client.get("/lights")).json["lights"]
    names = [
        entry["name"]
        for entry in entries
        if isinstance(entry, dict) and "name" in entry
    ]
    assert names == ["Renamed", None, "New", "Double", "Nobody"]


async def test_the_villa_recorded_is_the_villa(socket_enabled: None) -> None:
    bodies = {}
    async with CrestronProcessor(default_house(ManualClock())) as processor:
        client = Client(processor)
        await client.login()
        for kind in LIST_KEYS:
            bodies[kind] = (await client.get(f"/{kind}")).json
        await client.session.close()
    recording = Recording("2.000.0004", bodies)
    async with CrestronProcessor.of_recording(
        recording, clock=ManualClock(), token="abc"
    ) as processor:
        client = Client(processor)
        await client.login()
        for kind in LIST_KEYS:
            assert (await client.get(f"/{kind}")).json == bodies[kind]
        await client.session.close()


async def test_a_recorded_banner_is_no_list(socket_enabled: None) -> None:
    recording = Recording(
        "2", {"sensors": {"description": "x"}, "lights": {"Lights": []}, "odd": {}}
    )
    async with CrestronProcessor.of_recording(
        recording, clock=ManualClock()
    ) as processor:
        client = Client(processor)
        await client.login()
        assert "description" in (await client.get("/sensors")).json
        assert (await client.get("/lights")).json["lights"] == []
        await client.session.close()


@pytest.mark.parametrize(
    ("value", "read"),
    [("7", 7), (7.9, 7), (None, None), ("x", None), (True, None), ("inf", None)],
)
def test_numbers_are_read_out_of_anything(value: object, read: int | None) -> None:
    assert number(value) == read
