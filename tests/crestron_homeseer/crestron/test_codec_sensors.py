"""What the processor says → sensors and detectors."""

import pytest

from custom_components.crestron_homeseer.house.devices import Detector
from custom_components.crestron_homeseer.house.kinds import DetectorKind

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
