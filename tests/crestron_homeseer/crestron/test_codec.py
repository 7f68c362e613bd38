"""What the processor says → devices of the house."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.codec import (
    ENDPOINTS,
    HUB_ROOT,
    decode_rooms,
    wire_id,
)
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Button,
    Cover,
    Detector,
    Device,
    Fan,
    Light,
    Lock,
    MediaRoom,
    Room,
    Scene,
    Sensor,
    Source,
)
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    CoverKind,
    DetectorKind,
    LockState,
    Motion,
    SensorKind,
)

from .common import ROOMS, Json, devices_of

# One of each, as captured.
LIGHT: Json = {
    "level": 0,
    "id": 1060,
    "name": "Downlight",
    "subType": "Dimmer",
    "connectionStatus": "online",
    "roomId": 5,
}
SHADE: Json = {
    "position": 0,
    "id": 1184,
    "name": "Midbot",
    "subType": "Shade",
    "connectionStatus": "online",
    "roomId": 5,
}
SCENE: Json = {
    "id": 9,
    "name": "MasterShade",
    "type": "Shade",
    "status": False,
    "roomId": 5,
}
LOCK: Json = {
    "id": 9,
    "name": "Front Door",
    "type": "lock",
    "status": "Locked",
    "connectionStatus": "online",
    "roomId": 5,
}
MEDIA: Json = {
    "id": 5,
    "name": "Exercise",
    "roomId": 5,
    "currentVolumeLevel": 29491,
    "currentMuteState": "unmuted",
    "currentPowerState": "on",
    "currentSourceId": 53017,
    "availableSources": [{"id": 53017, "sourceName": "Sonos"}],
    "availableVolumeControls": ["relative", "discrete"],
    "availableMuteControls": ["discrete", "toggle"],
}
SECURITY: Json = {
    "id": 54805,
    "name": "Alarm",
    "type": "security Device",
    "connectionStatus": "online",
    "roomId": 5,
    "currentState": "Disarmed",
}


def one(kind: str, item: object) -> Any:
    (device,) = devices_of(kind, item)
    return device


@pytest.mark.parametrize(
    ("kind", "item", "device"),
    [
        (
            "light",
            LIGHT,
            Light(
                id="light-1060",
                name="Downlight",
                room_id="5",
                model="Dimmer",
                level=0.0,
                dimmable=True,
                fades=True,
            ),
        ),
        (
            "light",
            {"id": 7, "name": "Fan", "subType": "Fan", "speed": 3, "roomId": 6},
            Fan(
                id="fan-7",
                name="Fan",
                room_id="6",
                model="Fan",
                speed=2 / 3,
                speeds=3,
            ),
        ),
        (
            "shade",
            SHADE,
            Cover(
                id="shade-1184",
                name="Midbot",
                room_id="5",
                model="Shade",
                kind=CoverKind.SHADE,
                position=0.0,
                motion=Motion.STOPPED,
            ),
        ),
        (
            "scene",
            SCENE,
            Scene(
                id="scene-9",
                name="MasterShade",
                room_id="5",
                root_id="room-5",
                active=False,
            ),
        ),
        (
            "lock",
            LOCK,
            Lock(
                id="lock-9",
                name="Front Door",
                room_id="5",
                model="Door lock",
                state=LockState.LOCKED,
            ),
        ),
        (
            "mediaroom",
            MEDIA,
            MediaRoom(
                id="mediaroom-5",
                name="Exercise",
                room_id="5",
                root_id="room-5",
                power=True,
                source_id="53017",
                sources=(Source(id="53017", name="Sonos"),),
                volume=29491 / 65535,
                muted=False,
                can_set_volume=True,
                can_mute=True,
            ),
        ),
        (
            "security",
            SECURITY,
            AlarmPanel(
                id="security-54805",
                name="Alarm",
                room_id="5",
                model="Security system",
                state=AlarmState.DISARMED,
            ),
        ),
        (
            "action",
            {"id": 1, "name": "Good Morning"},
            Button(
                id="action-1", name="Good Morning", root_id="room-1001", hidden=True
            ),
        ),
        (
            "sensor",
            {"id": 3, "name": "Sun", "subType": "PhotoSensor", "level": 4711},
            Sensor(
                id="sensor-3",
                name="Sun",
                model="Photo Sensor",
                kind=SensorKind.PHOTOCELL,
                value=4711.0,
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_captured_is_read(kind: str, item: Json, device: Device) -> None:
    assert devices_of(kind, item) == [device]


# What all have


@pytest.mark.parametrize(
    ("status", "online"),
    [
        ("online", True),
        ("Online", True),
        (None, True),
        ("", True),
        ("Wibble", True),
        ("offline", False),
        ("OFFLINE", False),
        ("Disconnected", False),
        (" unavailable ", False),
    ],
)
def test_only_what_is_said_to_be_away_is_away(status: str | None, online: bool) -> None:
    assert one("light", LIGHT | {"connectionStatus": status}).online is online


def test_a_missing_connection_status_is_available() -> None:
    assert one("scene", SCENE).online


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lamp", "Lamp"),
        ("  Floor   Lamp\t", "Floor Lamp"),
        (4, "4"),
        ("", "Light 1060"),
        (None, "Light 1060"),
        (["Lamp"], "Light 1060"),
    ],
)
def test_everything_has_a_name(name: object, shown: str) -> None:
    assert one("light", LIGHT | {"name": name}).name == shown


@pytest.mark.parametrize(
    ("kind", "subtype", "model"),
    [
        ("light", "Dimmer", "Dimmer"),
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
def test_a_model_is_a_word_for_people(
    kind: str, subtype: str | None, model: str | None
) -> None:
    assert one(kind, {"id": 9, "type": "lock", "subType": subtype}).model == model


@pytest.mark.parametrize(
    ("room", "room_id"),
    [(5, "5"), ("5", "5"), (5.0, "5"), (4242, None), (None, None), ("Den", None)],
)
def test_a_room_that_is_none_is_no_room(room: object, room_id: str | None) -> None:
    assert one("light", LIGHT | {"roomId": room}).room_id == room_id


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
    (scene,) = devices_of("scene", SCENE | {"roomId": room}, rooms=rooms)
    assert scene.root_id == root


def test_a_media_rooms_id_is_that_of_its_room() -> None:
    assert one("mediaroom", MEDIA | {"roomId": None}).room_id == "5"


def test_ids_of_different_kinds_never_meet() -> None:
    ids = {one(kind, {"id": 9, "subType": "Door"}).id for kind in KINDS}
    assert len(ids) == len(KINDS)


KINDS = [endpoint.kind for endpoint in ENDPOINTS]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [1, "7", 9.0, -5, 0, 2**53])
def test_the_processors_own_number_is_found_again(kind: str, number: object) -> None:
    device = one(kind, {"id": number, "subType": "Door"})
    assert wire_id(device.id) == int(str(number).removesuffix(".0"))


@pytest.mark.parametrize("device_id", ["room-5-battery", "sensor-5-battery"])
def test_a_part_has_the_number_of_the_whole(device_id: str) -> None:
    assert wire_id(device_id) == 5


def test_what_is_no_id_of_ours_has_no_number() -> None:
    with pytest.raises(ValueError, match="hub"):
        wire_id("hub")


def test_an_id_that_is_given_twice_and_differs_is_none() -> None:
    assert devices_of("light", LIGHT | {"ID": "x"}) == []


# Lights and fans


@pytest.mark.parametrize(
    ("sent", "level", "dimmable"),
    [
        ({"level": 0}, 0.0, True),
        ({"level": 65535}, 1.0, True),
        ({"level": "32768"}, 32768 / 65535, True),
        ({"level": None}, None, True),
        ({"level": 1}, 1 / 65535, True),
        ({"level": 0, "subType": "Switch"}, 0.0, False),
        ({"level": 1, "subType": "switch"}, 1.0, False),
        ({"level": 65535, "subType": "SWITCH"}, 1.0, False),
        ({"level": None, "subType": "Switch"}, None, False),
        ({"level": 9, "subType": None}, 9 / 65535, True),
        ({"level": 9, "subType": "Wibble"}, 9 / 65535, True),
    ],
)
def test_lights(sent: Json, level: float | None, dimmable: bool) -> None:
    light = one("light", LIGHT | sent)
    assert isinstance(light, Light)
    assert (light.level, light.dimmable, light.fades) == (level, dimmable, dimmable)


@pytest.mark.parametrize(
    ("speed", "fraction"),
    [
        (0, 0.0),
        (2, 1 / 3),
        ("3", 2 / 3),
        (4, 1.0),
        (1, None),
        (5, None),
        (None, None),
    ],
)
def test_fans(speed: object, fraction: float | None) -> None:
    fan = one("light", {"id": 7, "subType": "fan", "speed": speed})
    assert isinstance(fan, Fan)
    assert (fan.id, fan.speed, fan.speeds) == ("fan-7", fraction, 3)


# Shades


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        ("Shade", CoverKind.SHADE),
        ("Drape", CoverKind.CURTAIN),
        ("Shade Group", CoverKind.SHADE_GROUP),
        (None, CoverKind.SHADE),
        ("Wibble", CoverKind.UNKNOWN),
    ],
)
def test_all_kinds_of_shades_are_covers(subtype: str | None, kind: CoverKind) -> None:
    assert one("shade", SHADE | {"subType": subtype}).kind is kind


@pytest.mark.parametrize(
    ("raw", "position", "motion"),
    [
        (0, 0.0, Motion.STOPPED),
        (65535, 1.0, Motion.STOPPED),
        (65534, 65534 / 65535, Motion.UNKNOWN),
        (None, None, Motion.UNKNOWN),
    ],
)
def test_only_at_its_ends_a_shade_is_known_to_stand(
    raw: int | None, position: float | None, motion: Motion
) -> None:
    cover = one("shade", SHADE | {"position": raw})
    assert (cover.position, cover.motion) == (position, motion)


# Scenes and quick actions


@pytest.mark.parametrize(
    ("status", "active"),
    [(True, True), ("false", False), (1, True), (None, None), ("Wibble", None)],
)
def test_a_scene_says_whether_the_house_matches(
    status: object, active: bool | None
) -> None:
    assert one("scene", SCENE | {"status": status}).active is active


@pytest.mark.parametrize(
    ("kind", "hidden"),
    [
        ("Unlock", True),
        ("unlock", True),
        ("UnlockRoom", True),
        ("Lock", False),
        ("LockRoom", False),
        ("genericIO", False),
        ("Lighting", False),
        (None, False),
    ],
)
def test_a_scene_that_unlocks_is_hidden(kind: str | None, hidden: bool) -> None:
    assert one("scene", SCENE | {"type": kind}).hidden is hidden


# Locks


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Locked", LockState.LOCKED),
        ("LOCKED", LockState.LOCKED),
        ("unlocked", LockState.UNLOCKED),
        ("Jammed", LockState.JAMMED),
        (None, LockState.UNKNOWN),
        ("", LockState.UNKNOWN),
        (False, LockState.UNKNOWN),
        (0, LockState.UNKNOWN),
        ("Wibble", LockState.UNKNOWN),
        (["Unlocked"], LockState.UNKNOWN),
    ],
)
def test_what_a_lock_does_not_say_is_unknown(status: object, state: LockState) -> None:
    assert one("lock", LOCK | {"status": status}).state is state


def test_a_lock_without_a_status_is_unknown() -> None:
    assert one("lock", {"id": 9}).state is LockState.UNKNOWN


# Sensors

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


# Media rooms


@pytest.mark.parametrize(
    ("source", "source_id"),
    [(53017, "53017"), ("53017", "53017"), (0, None), ("0", None), (None, None)],
)
def test_source_0_is_none(source: object, source_id: str | None) -> None:
    assert one("mediaroom", MEDIA | {"currentSourceId": source}).source_id == source_id


@pytest.mark.parametrize(
    ("providers", "sources"),
    [
        (["Sonos", " Apple TV ", None, ""], ("Sonos", "Apple TV")),
        ([], ()),
        ("Sonos", ()),
        (None, ()),
    ],
)
@pytest.mark.parametrize(
    ("provider", "source_id"), [("Sonos", "Sonos"), (53017, "53017"), (0, None)]
)
def test_the_manuals_providers_are_sources(
    providers: object, sources: tuple[str, ...], provider: object, source_id: str | None
) -> None:
    raw = {
        "id": 5,
        "currentProviderId": provider,
        "availableProviders": providers,
        "currentMuteState": "Unmuted",
        "currentPowerState": "Off",
    }
    room = one("mediaroom", raw)
    assert room.sources == tuple(Source(id=name, name=name) for name in sources)
    assert (room.source_id, room.power, room.muted) == (source_id, False, False)


@pytest.mark.parametrize(
    ("item", "source"),
    [
        ({"id": 7, "sourceName": "Sonos"}, Source(id="7", name="Sonos")),
        ({"id": "7", "name": "Sonos"}, Source(id="7", name="Sonos")),
        ({"id": 7, "sourceName": None}, Source(id="7", name="Source 7")),
    ],
)
def test_sources(item: Json, source: Source) -> None:
    room = one("mediaroom", MEDIA | {"availableSources": [None, {}, "Sonos", item]})
    assert room.sources == (source,)


@pytest.mark.parametrize(
    ("sent", "can"),
    [
        ({"availableVolumeControls": ["relative", "discrete"]}, True),
        ({"availableVolumeControls": ["Discrete"]}, True),
        ({"availableVolumeControls": ["relative"]}, False),
        ({"availableVolumeControls": ["none"]}, False),
        ({"availableVolumeControls": []}, False),
        ({"availableVolumeControls": None}, True),
        ({"availableVolumeControls": None, "currentVolumeLevel": None}, False),
    ],
)
def test_volume_is_ignored_where_there_is_none(sent: Json, can: bool) -> None:
    room = one("mediaroom", MEDIA | sent)
    assert room.can_set_volume is can
    assert (room.volume is not None) is can


@pytest.mark.parametrize(
    ("sent", "can"),
    [
        ({"availableMuteControls": ["discrete"]}, True),
        ({"availableMuteControls": ["Toggle"]}, True),
        ({"availableMuteControls": ["none"]}, False),
        ({"availableMuteControls": None}, True),
        ({"availableMuteControls": None, "currentMuteState": None}, False),
    ],
)
def test_mute_is_ignored_where_there_is_none(sent: Json, can: bool) -> None:
    room = one("mediaroom", MEDIA | sent)
    assert room.can_mute is can
    assert (room.muted is not None) is can


@pytest.mark.parametrize(
    ("sent", "power"),
    [("on", True), ("Off", False), ("Wibble", None), (None, None), (True, None)],
)
def test_power(sent: object, power: bool | None) -> None:
    assert one("mediaroom", MEDIA | {"currentPowerState": sent}).power is power


# Alarm systems


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ("Disarmed", AlarmState.DISARMED),
        ("ArmStay", AlarmState.ARMED_HOME),
        ("armaway", AlarmState.ARMED_AWAY),
        ("ArmInstant", AlarmState.ARMED_INSTANT),
        ("EntryDelay", AlarmState.PENDING),
        ("ExitDelay", AlarmState.ARMING),
        ("Fire", AlarmState.TRIGGERED),
        ("Alarm", AlarmState.TRIGGERED),
        ("Unknown", AlarmState.UNKNOWN),
        ("Wibble", AlarmState.UNKNOWN),
        (None, AlarmState.UNKNOWN),
    ],
)
def test_alarm_systems(sent: str | None, state: AlarmState) -> None:
    assert one("security", SECURITY | {"currentState": sent}).state is state


# Rooms


def test_rooms() -> None:
    items = [
        {"id": 1001, "name": "Whole House"},
        {"id": "5", "name": " Den "},
        {"id": 6},
        {"name": "no id"},
        None,
        "Hall",
    ]
    assert decode_rooms(items) == {
        "1001": Room(id="1001", name="Whole House", virtual=True),
        "5": Room(id="5", name="Den"),
        "6": Room(id="6", name="Room 6"),
    }
