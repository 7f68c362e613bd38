"""What is more than one device, what sensors sense, and scenes of one name."""

import pytest

from custom_components.crestron_homeseer.crestron.codec import (
    ENDPOINTS,
    HUB_ROOT,
    decode_rooms,
    wire_id,
)
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Detector,
    Room,
    Sensor,
)
from custom_components.crestron_homeseer.house.kinds import DetectorKind, SensorKind

from .common import ROOMS, Json, body_of, devices_of, listing_of
from .test_codec import DEN, PART, READ, SENT, one

KINDS = [endpoint.kind for endpoint in ENDPOINTS]


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
    assert matches == Detector(
        **PART, id="scene-9-matches", name="Dusk", hidden=True, kind=kind, on=on
    )


@pytest.mark.parametrize(
    ("text", "fire"),
    [("Fire", True), ("Alarm", False), ("Disarmed", False), ("?", None), (None, None)],
)
def test_a_fire_is_told_from_a_break_in(text: str | None, fire: bool | None) -> None:
    can = {"availableStates": ["Disarmed", "Fire", "Alarm"], "currentState": text}
    panel, detector = devices_of("security", SENT["security"] | can)
    assert isinstance(panel, AlarmPanel)
    assert isinstance(detector, Detector)
    assert panel.word == text
    assert (detector.id, detector.on) == ("security-54805-fire", fire)
    assert (detector.kind, detector.root_id) == (DetectorKind.FIRE, panel.id)


@pytest.mark.parametrize("write", ["{} {}", "{}_{}", "{}-{}", "{}{}"])
@pytest.mark.parametrize("subtype", ["DoorSensor", "Contact Sensor"])
@pytest.mark.parametrize(
    ("door", "is_open", "battery", "low"),
    [
        ("Open", True, "Low", True),
        ("Opened", True, "normal", False),
        ("closed", False, "Unknown", None),
        ("Unknown", None, None, None),
        (None, None, "low", True),
    ],
)
def test_a_door_sensor_is_a_door_and_a_battery(
    door: str | None,
    is_open: bool | None,
    battery: str | None,
    low: bool | None,
    subtype: str,
    write: str,
) -> None:
    keys = {
        write.format("door", "status"): door,
        write.format("battery", "level"): battery,
    }
    raw = {"id": 3, "name": "Gate", "subType": subtype, "roomId": 5} | keys
    model = {"DoorSensor": "Door Sensor"}.get(subtype, subtype)
    facts = DEN | {"model": model}
    assert devices_of("sensor", raw) == [
        Detector(
            **facts, id="sensor-3", name="Gate", kind=DetectorKind.DOOR, on=is_open
        ),
        Detector(
            **facts,
            id="sensor-3-battery",
            name="Gate Battery",
            root_id="sensor-3",
            kind=DetectorKind.BATTERY_LOW,
            on=low,
        ),
    ]


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
STATES = {"Occupied": True, "Vacant": False, "OpenOrOn": True, "CLOSEOROFF": False}


@pytest.mark.parametrize(("subtype", "kind"), PRESENCE.items())
@pytest.mark.parametrize(
    ("sent", "on"),
    [*STATES.items(), *((other, None) for other in ("Unavailable", "", None, True))],
)
def test_sensors_of_two_states(
    subtype: str, kind: str, sent: object, on: bool | None
) -> None:
    sensor = one("sensor", {"id": 3, "subType": subtype, "presence": sent})
    assert isinstance(sensor, Detector)
    assert (sensor.kind, sensor.on, sensor.hidden) == (kind, on, False)


@pytest.mark.parametrize(
    ("level", "value"), [(0, 0.0), ("812", 812.0), (None, None), ("bright", None)]
)
def test_a_photo_sensor_has_no_known_unit(level: object, value: float | None) -> None:
    sensor = one("sensor", {"id": 3, "subType": "PhotoSensor", "level": level})
    assert (sensor.value, sensor.unit, sensor.hidden) == (value, None, False)


@pytest.mark.parametrize("subtype", ["Wibble", None, "", 7])
def test_a_sensor_without_a_known_reading_is_left_out(subtype: object) -> None:
    assert devices_of("sensor", {"id": 3, "subType": subtype}) == []


@pytest.mark.parametrize(
    ("subtype", "reading", "kind", "shows"),
    [
        ("MotionSensor", {"presence": "Occupied"}, "motion", True),
        ("ZigbeeOccupancy", {"presence": "Vacant"}, "occupancy", False),
        ("Contact Sensor", {"presence": "OpenOrOn"}, "opening", True),
        (None, {"presence": "CloseOrOff"}, "unknown", False),
        ("Wibble", {"Presence": None}, "unknown", None),
        ("Generic", {"level": 812}, SensorKind.NUMBER, 812.0),
        (None, {"level": "12"}, SensorKind.NUMBER, 12.0),
    ],
)
def test_a_sensor_of_another_subtype_is_what_its_keys_suggest_and_hidden(
    subtype: str | None, reading: Json, kind: str, shows: object
) -> None:
    (found,) = devices_of("sensor", {"id": 3, "subType": subtype} | reading)
    assert isinstance(found, Detector | Sensor)
    assert (found.kind, found.hidden) == (kind, True)
    assert (found.on if isinstance(found, Detector) else found.value) == shows


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


def test_what_did_not_change_of_scenes_told_apart_stays_the_same_object() -> None:
    listing = listing_of("scene", scene(1, status=False), scene(2, status=False))
    before = listing.devices
    body = body_of(listing.endpoint, [scene(1, status=True), scene(2, status=False)])
    listing.take(body, dict(ROOMS), 1.0)
    changed = {key for key in before if listing.devices[key] is not before[key]}
    assert changed == {"scene-1-matches"}


def test_quick_actions_are_told_apart_by_their_numbers() -> None:
    actions = devices_of("action", {"id": 1, "name": "Go"}, {"id": 2, "name": "Go"})
    assert [each.mark for each in actions] == ["1", "2"]


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
    room: int | None, rooms: dict[str, Room], root: str
) -> None:
    scene, _ = devices_of("scene", SENT["scene"] | {"roomId": room}, rooms=rooms)
    assert scene.root_id == root


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [1, "7", 9.0, -5, 0, 2**53])
def test_the_processors_own_number_is_found_again(kind: str, number: object) -> None:
    device = one(kind, {"id": number, "subType": "Door"})
    assert device.id.startswith(f"{kind}-")
    assert wire_id(device.id) == int(str(number).removesuffix(".0"))


def test_a_part_has_the_number_of_the_whole_and_others_have_none() -> None:
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
        "1001": Room(id="1001", name="Whole House", virtual=True),
        "7": Room(id="7", name="WHOLE house", virtual=True),
        "5": Room(id="5", name="Den"),
        "6": Room(id="6", name="Room 6"),
    }
