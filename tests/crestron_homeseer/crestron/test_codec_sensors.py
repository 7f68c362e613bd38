"""What the processor says → sensors and detectors."""

import pytest

from custom_components.crestron_homeseer.house.devices import Detector, Sensor
from custom_components.crestron_homeseer.house.kinds import DetectorKind, SensorKind

from .captured import one
from .common import devices_of

PRESENCE = {
    "OccupancySensor": DetectorKind.OCCUPANCY,
    "Door": DetectorKind.DOOR,
    "Window": DetectorKind.WINDOW,
    "Doorbell": DetectorKind.DOORBELL,
    "DrivewaySensor": DetectorKind.DRIVEWAY,
    "BurglaryAlarm": DetectorKind.BURGLARY,
    "FireAlarm": DetectorKind.FIRE,
    "SmokeAlarm": DetectorKind.SMOKE,
    "WaterAlarm": DetectorKind.WATER,
}


@pytest.mark.parametrize(("subtype", "kind"), PRESENCE.items())
@pytest.mark.parametrize(
    ("word", "on"),
    [
        ("Occupied", True),
        ("Vacant", False),
        ("OpenOrOn", True),
        ("CLOSEOROFF", False),
        ("Unavailable", None),
        ("Unknown", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_sensors_of_two_states(
    subtype: str, kind: DetectorKind, word: object, on: bool | None
) -> None:
    sensor = one("sensor", {"id": 3, "subType": subtype, "presence": word})
    assert isinstance(sensor, Detector)
    assert (sensor.kind, sensor.on) == (kind, on)


@pytest.mark.parametrize(
    ("door", "open_"),
    [
        ("Open", True),
        ("Opened", True),
        ("closed", False),
        ("Unknown", None),
        (None, None),
    ],
)
@pytest.mark.parametrize(
    ("battery", "low"),
    [("Low", True), ("normal", False), ("Unknown", None), (None, None)],
)
@pytest.mark.parametrize("write", ["{} {}", "{}_{}", "{}-{}", "{}{}"])
def test_a_door_sensor_is_a_door_and_a_battery(
    door: str | None,
    open_: bool | None,
    battery: str | None,
    low: bool | None,
    write: str,
) -> None:
    raw = {
        "id": 3,
        "name": "Gate",
        "subType": "DoorSensor",
        write.format("door", "status"): door,
        write.format("battery", "level"): battery,
        "roomId": 5,
    }
    contact, power = devices_of("sensor", raw)
    assert contact == Detector(
        id="sensor-3",
        name="Gate",
        room_id="5",
        model="Door Sensor",
        kind=DetectorKind.DOOR,
        on=open_,
    )
    assert power == Detector(
        id="sensor-3-battery",
        name="Gate Battery",
        room_id="5",
        root_id="sensor-3",
        model="Door Sensor",
        kind=DetectorKind.BATTERY_LOW,
        on=low,
    )


@pytest.mark.parametrize(
    ("level", "value"), [(0, 0.0), ("812", 812.0), (None, None), ("bright", None)]
)
def test_a_photo_sensor_counts_in_nobody_knows_what(
    level: object, value: float | None
) -> None:
    sensor = one("sensor", {"id": 3, "subType": "PhotoSensor", "level": level})
    assert (sensor.value, sensor.unit) == (value, None)


@pytest.mark.parametrize("subtype", ["Wibble", None, "", 7])
def test_a_sensor_of_a_kind_unheard_of_is_left_out(subtype: object) -> None:
    assert devices_of("sensor", {"id": 3, "subType": subtype}) == []


@pytest.mark.parametrize(
    ("subtype", "reading", "kind", "shows"),
    [
        ("MotionSensor", {"presence": "Occupied"}, DetectorKind.MOTION, True),
        ("ZigbeeOccupancy", {"presence": "Vacant"}, DetectorKind.OCCUPANCY, False),
        ("Contact Sensor", {"presence": "OpenOrOn"}, DetectorKind.OPENING, True),
        (None, {"presence": "CloseOrOff"}, DetectorKind.UNKNOWN, False),
        ("Wibble", {"Presence": None}, DetectorKind.UNKNOWN, None),
        ("Generic", {"level": 812}, SensorKind.NUMBER, 812.0),
        (None, {"level": "12"}, SensorKind.NUMBER, 12.0),
    ],
)
def test_a_sensor_of_another_subtype_is_what_its_keys_say_and_hidden(
    subtype: str | None, reading: dict[str, object], kind: object, shows: object
) -> None:
    (found,) = devices_of("sensor", {"id": 3, "subType": subtype} | reading)
    assert isinstance(found, Detector | Sensor)
    assert (found.kind, found.hidden) == (kind, True)
    assert (found.on if isinstance(found, Detector) else found.value) == shows


def test_a_door_is_known_by_its_own_key() -> None:
    raw = {"id": 3, "subType": "ContactSensor", "door status": "Open"}
    contact, battery = devices_of("sensor", raw)
    assert isinstance(contact, Detector)
    assert (contact.kind, contact.on, contact.hidden) == (
        DetectorKind.DOOR,
        True,
        False,
    )
    assert battery.id == "sensor-3-battery"
