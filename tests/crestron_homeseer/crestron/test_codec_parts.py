"""What is more than one device, what sensors sense, and scenes of one name."""

import pytest

from custom_components.crestron_homeseer.crestron.codec import (
    HUB_ROOT,
    decode_rooms,
    wire_id,
)
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.kinds import DetectorKind, SensorKind

from .common import ROOMS, Json, devices_of
from .test_codec import DEN, PART, READ, SENT, one

# What is more than one device


@pytest.mark.parametrize(
    ("status", "on"), [(True, True), ("false", False), (None, None), ("x", None)]
)
def test_that_the_house_matches_a_scene_is_another_thing(
    status: object, on: bool | None
) -> None:
    scene, matches = devices_of("scene", SENT["scene"] | {"status": status})
    assert scene == READ["scene"]
    kind = DetectorKind.SCENE
    assert matches == dv.Detector(
        **PART, id="scene-9-matches", name="Dusk", hidden=True, kind=kind, on=on
    )


@pytest.mark.parametrize(
    ("text", "fire"),
    [("Fire", True), ("Alarm", False), ("Disarmed", False), ("?", None), (None, None)],
)
def test_a_fire_is_told_from_a_break_in(text: str | None, fire: bool | None) -> None:
    can = {"availableStates": ["Disarmed", "Fire", "Alarm"], "currentState": text}
    panel, detector = devices_of("security", SENT["security"] | can)
    assert isinstance(panel, dv.AlarmPanel)
    assert isinstance(detector, dv.Detector)
    assert panel.word == text
    assert (detector.id, detector.on) == ("security-54805-fire", fire)
    assert (detector.kind, detector.root_id) == (DetectorKind.FIRE, panel.id)


@pytest.mark.parametrize(
    ("sent", "is_open", "low"),
    [
        ({"door status": "Open", "battery level": "Low"}, True, True),
        ({"door_status": "Opened", "battery_level": "normal"}, True, False),
        ({"Door-Status": "closed", "batteryLevel": "Unknown"}, False, None),
        ({"doorStatus": None}, None, None),
    ],
)
@pytest.mark.parametrize("subtype", ["DoorSensor", "Contact Sensor"])
def test_a_door_sensor_is_a_door_and_a_battery(
    sent: Json, is_open: bool | None, low: bool | None, subtype: str
) -> None:
    raw = {"id": 3, "name": "Gate", "subType": subtype, "roomId": 5} | sent
    door, battery = devices_of("sensor", raw)
    facts = DEN | {"model": subtype.replace("rS", "r S")}
    assert door == dv.Detector(
        **facts, id="sensor-3", name="Gate", kind=DetectorKind.DOOR, on=is_open
    )
    assert battery == dv.Detector(
        **facts,
        id="sensor-3-battery",
        name="Gate Battery",
        root_id="sensor-3",
        kind=DetectorKind.BATTERY_LOW,
        on=low,
    )


# Sensors

PRESENCE = {
    "OccupancySensor": "occupancy",
    "Door": "door",
    "Window": "window",
    "Doorbell": "doorbell",
    "DrivewaySensor": "driveway",
    "BurglaryAlarm": "burglary",
    "FireAlarm": "fire",
    "SmokeAlarm": "smoke",
    "WaterAlarm": "water",
}


@pytest.mark.parametrize(
    ("sent", "kind", "shown", "hidden"),
    [
        *(
            ({"subType": subtype, "presence": presence}, kind, on, False)
            for subtype, kind in PRESENCE.items()
            for presence, on in (("OpenOrOn", True), ("CLOSEOROFF", False))
        ),
        ({"subType": "OccupancySensor", "presence": "Vacant"}, "occupancy", 0, False),
        ({"subType": "OccupancySensor", "presence": "Occupied"}, "occupancy", 1, False),
        ({"subType": "OccupancySensor", "presence": "?"}, "occupancy", None, False),
        ({"subType": "Door", "presence": True}, "door", None, False),
        ({"subType": "PhotoSensor", "level": "812"}, SensorKind.PHOTOCELL, 812, False),
        ({"subType": "PhotoSensor", "level": "x"}, SensorKind.PHOTOCELL, None, False),
        # One of another subtype is what its keys suggest.
        ({"subType": "MotionSensor", "presence": "Occupied"}, "motion", True, True),
        ({"subType": "ZigbeeOccupancy", "presence": 1}, "occupancy", None, True),
        ({"subType": "Contact Sensor", "presence": "OpenOrOn"}, "opening", True, True),
        ({"Presence": "CloseOrOff"}, "unknown", False, True),
        ({"subType": "Generic", "level": 812}, SensorKind.NUMBER, 812, True),
    ],
)
def test_sensors(sent: Json, kind: str, shown: object, hidden: bool) -> None:
    (found,) = devices_of("sensor", {"id": 3} | sent)
    assert isinstance(found, dv.Detector | dv.Sensor)
    assert (found.kind, found.hidden) == (kind, hidden)
    assert (found.on if isinstance(found, dv.Detector) else found.value) == shown


# Scenes of one name


def scene(number: int, name: str = "All Off", **changes: object) -> Json:
    return {"id": number, "name": name, "type": "Lighting", "roomId": 5} | changes


@pytest.mark.parametrize(
    ("scenes", "marks"),
    [
        ([scene(1), scene(2, "All On")], [None, None]),
        ([scene(1), scene(2, roomId=6)], [None, None]),
        ([scene(1), scene(2, "ALL OFF", type="Media")], ["Lighting", "Media"]),
        ([scene(1), scene(2)], ["1", "2"]),
    ],
)
def test_scenes_of_one_name_in_one_room_are_told_apart(
    scenes: list[Json], marks: list[str | None]
) -> None:
    devices = devices_of("scene", *scenes)
    assert [each.mark for each in devices[::2]] == marks
    # Whether the house matches it is of the same name.
    assert [each.mark for each in devices[1::2]] == marks
    assert [each.name for each in devices[::2]] == [each["name"] for each in scenes]


# What all have


@pytest.mark.parametrize(
    ("kind", "subtype", "model"),
    [
        ("light", None, "Light"),
        ("shade", "Shade Group", "Shade Group"),
        ("shade", " ", "Shade"),
        ("sensor", "OccupancySensor", "Occupancy Sensor"),
        ("lock", None, "Door lock"),
        ("thermostat", None, "Thermostat"),
        ("security", None, "Security system"),
        ("scene", None, None),
        ("mediaroom", None, None),
        ("action", None, None),
    ],
)
def test_a_model_is_for_people(
    kind: str, subtype: str | None, model: str | None
) -> None:
    assert one(kind, {"id": 9, "type": "lock", "subType": subtype}).model == model


@pytest.mark.parametrize(
    ("room", "rooms", "root"),
    [
        (5, ROOMS, "room-5"),
        (4242, ROOMS, "room-1001"),
        (None, ROOMS, "room-1001"),
        (4242, {}, HUB_ROOT),
        (5, {}, HUB_ROOT),
    ],
)
def test_a_scene_is_a_part_of_its_room_or_the_house_or_the_processor(
    room: int | None, rooms: dict[str, dv.Room], root: str
) -> None:
    scene, _ = devices_of("scene", SENT["scene"] | {"roomId": room}, rooms=rooms)
    assert scene.root_id == root


def test_the_processors_own_number_is_found_again() -> None:
    for number in (1, "7", 9.0, -5, 2**53):
        own = int(float(number))
        assert wire_id(one("light", {"id": number}).id) == own
    assert wire_id("sensor-5-battery") == 5
    with pytest.raises(ValueError, match="hub"):
        wire_id("hub")


def test_rooms() -> None:
    items = [
        {"id": 1001, "name": "Whole House"},
        {"id": 7, "name": "WHOLE house"},
        {"id": "5", "name": " Den "},
        {"id": 6},
        {"name": "no id"},
        None,
        "Hall",
    ]
    assert decode_rooms(items) == {
        "1001": dv.Room(id="1001", name="Whole House", virtual=True),
        "7": dv.Room(id="7", name="WHOLE house", virtual=True),
        "5": dv.Room(id="5", name="Den"),
        "6": dv.Room(id="6", name="Room 6"),
    }
