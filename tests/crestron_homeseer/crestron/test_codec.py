"""What the processor says → devices of the house: as captured, and what all have."""

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
    SceneKind,
    SensorKind,
)

from .captured import LIGHT, LOCK, MEDIA, SCENE, SECURITY, SHADE, one
from .common import ROOMS, Json, devices_of


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
                id="light-7",
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
                kind=SceneKind.SHADE,
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
                word="Disarmed",
            ),
        ),
        (
            "action",
            {"id": 1, "name": "Good Morning"},
            Button(
                id="action-1",
                name="Good Morning",
                root_id="room-1001",
                hidden=True,
                anything=True,
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
    assert one(kind, item) == device


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Lighting", SceneKind.LIGHTING),
        ("Shade Group", SceneKind.SHADE_GROUP),
        ("Lock", SceneKind.LOCK),
        ("LockRoom", SceneKind.LOCK_ROOM),
        ("UNLOCK", SceneKind.UNLOCK),
        ("genericIO", SceneKind.GENERIC_IO),
        ("I/O", SceneKind.GENERIC_IO),
        ("None", SceneKind.UNKNOWN),
        ("HomeSeer Event", SceneKind.UNKNOWN),
        (None, SceneKind.UNKNOWN),
        (7, SceneKind.UNKNOWN),
    ],
)
def test_the_type_of_a_scene_is_known_or_unknown(said: object, kind: SceneKind) -> None:
    assert one("scene", SCENE | {"type": said}).kind is kind


@pytest.mark.parametrize(
    ("status", "on"), [(True, True), ("false", False), (None, None), ("x", None)]
)
def test_that_the_house_matches_a_scene_is_another_thing(
    status: object, on: bool | None
) -> None:
    scene, matches = devices_of("scene", SCENE | {"status": status})
    assert scene == one("scene", SCENE)
    assert matches == Detector(
        id="scene-9-matches",
        name="MasterShade",
        room_id="5",
        root_id="room-5",
        hidden=True,
        kind=DetectorKind.SCENE,
        on=on,
    )


@pytest.mark.parametrize(
    ("word", "state", "fire"),
    [
        ("Fire", AlarmState.TRIGGERED, True),
        ("Alarm", AlarmState.TRIGGERED, False),
        ("Disarmed", AlarmState.DISARMED, False),
        ("Unknown", AlarmState.UNKNOWN, None),
        (None, AlarmState.UNKNOWN, None),
    ],
)
def test_a_fire_is_told_from_a_break_in(
    word: str | None, state: AlarmState, fire: bool | None
) -> None:
    can = {"availableStates": ["Disarmed", "Fire", "Alarm"], "currentState": word}
    panel, detector = devices_of("security", SECURITY | can)
    assert isinstance(panel, AlarmPanel)
    assert isinstance(detector, Detector)
    assert (panel.state, panel.word) == (state, word)
    assert (detector.id, detector.on) == ("security-54805-fire", fire)
    assert detector.root_id == panel.id


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
    scene, _ = devices_of("scene", SCENE | {"roomId": room}, rooms=rooms)
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
