"""What the processor sends → devices of the house."""

import json
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.codec import FULL
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    CoverKind,
    LockState,
    Motion,
    SceneKind,
    SensorKind,
)

from .common import Json, devices_of

# One of each, as captured.
SENT: dict[str, Json] = json.loads("""{
"light": {"level":0,"id":1060,"name":"Downlight","subType":"Dimmer",
    "connectionStatus":"online","roomId":5},
"switch": {"level":0,"id":2,"name":"Pump","subType":"Switch","roomId":5},
"fan": {"speed":0,"id":7,"name":"Fan","subType":"fan","roomId":5},
"shade": {"position":0,"id":1184,"name":"Midbot","subType":"Shade",
    "connectionStatus":"online","roomId":5},
"scene": {"id":9,"name":"Dusk","type":"Shade","status":false,"roomId":5},
"lock": {"id":9,"name":"Front Door","type":"lock","status":"Locked",
    "connectionStatus":"online","roomId":5},
"mediaroom": {"id":5,"name":"Exercise","roomId":5,"currentVolumeLevel":29491,
    "currentMuteState":"unmuted","currentPowerState":"on","currentSourceId":53017,
    "availableSources":[{"id":53017,"sourceName":"Sonos"}],
    "availableVolumeControls":["relative","discrete"],
    "availableMuteControls":["discrete","toggle"]},
"security": {"id":54805,"name":"Alarm","type":"security Device",
    "connectionStatus":"online","roomId":5,"currentState":"Disarmed"},
"action": {"id":1,"name":"Good Morning"},
"sensor": {"id":3,"name":"Sun","subType":"PhotoSensor","level":4711,"roomId":5}
}""")
DEN: Json = {"room_id": "5"}
PART: Json = DEN | {"root_id": "room-5"}


def of[D: dv.Device](make: type[D], key: str, model: str | None, **facts: Any) -> D:
    """Return a device as it is read of what was captured."""
    kind, _ = key.split("-")
    facts = {"room_id": "5", "name": SENT[kind]["name"]} | facts
    return make(id=key, model=model, **facts)


READ: dict[str, dv.Device] = {
    "light": of(dv.Light, "light-1060", "Dimmer", level=0.0, dimmable=True, fades=True),
    "fan": of(dv.Fan, "light-7", "fan", name="Fan", speed=0.0, speeds=3),
    "shade": of(
        dv.Cover,
        "shade-1184",
        "Shade",
        kind=CoverKind.SHADE,
        position=0.0,
        motion=Motion.STOPPED,
    ),
    "scene": of(dv.Scene, "scene-9", None, kind=SceneKind.SHADE, root_id="room-5"),
    "lock": of(dv.Lock, "lock-9", "Door lock", state=LockState.LOCKED),
    "mediaroom": of(
        dv.MediaRoom,
        "mediaroom-5",
        None,
        root_id="room-5",
        power=True,
        source_id="53017",
        sources=(dv.Source(id="53017", name="Sonos"),),
        volume=29491 / FULL,
        muted=False,
        can_set_volume=True,
        can_mute=True,
    ),
    "security": of(
        dv.AlarmPanel,
        "security-54805",
        "Security system",
        state=AlarmState.DISARMED,
        word="Disarmed",
    ),
    "action": of(
        dv.Button,
        "action-1",
        None,
        room_id=None,
        root_id="room-1001",
        hidden=True,
        anything=True,
    ),
    "sensor": of(
        dv.Sensor, "sensor-3", "Photo Sensor", kind=SensorKind.PHOTOCELL, value=4711.0
    ),
}


def one(kind: str, item: object) -> Any:
    listed = "light" if kind in {"switch", "fan"} else kind
    return devices_of(listed, item)[0]


@pytest.mark.parametrize("kind", READ)
def test_what_is_captured_is_read(kind: str) -> None:
    assert one(kind, SENT[kind]) == READ[kind]


# What a field is sent as, and what a device shows then.
ROWS: dict[tuple[str, str, str], list[tuple[object, object]]] = {
    # Only what is reported as away is away.
    ("light", "connectionStatus", "online"): [
        *((sent, True) for sent in ("Online", None, "", "Wibble")),
        *((sent, False) for sent in ("offline", "Disconnected", " unAvailable ")),
    ],
    ("light", "name", "name"): [
        ("  Floor   Lamp\t", "Floor Lamp"),
        (4, "4"),
        *((sent, "Light 1060") for sent in ("", None, ["Lamp"])),
    ],
    ("light", "roomId", "room_id"): [
        *((sent, "5") for sent in ("5", 5.0)),
        *((sent, None) for sent in (4242, None, "Den")),
    ],
    ("light", "level", "level"): [
        (FULL, 1.0),
        ("32768", 32768 / FULL),
        (1, 1 / FULL),
        (-5, 0.0),
        (99999, 1.0),
        *((sent, None) for sent in (None, 10**300, "full", True)),
    ],
    ("light", "subType", "dimmable"): [
        (None, True),
        ("Wibble", True),
        ("SWITCH", False),
    ],
    ("light", "subType", "fades"): [(None, True), ("switch", False)],
    # A switch is on at any level.
    ("switch", "level", "level"): [(0, 0.0), (1, 1.0), (FULL, 1.0), (None, None)],
    ("fan", "speed", "speed"): [
        *((count, speed / 3) for speed, count in enumerate((0, 2, "3", 4))),
        (1, None),
    ],
    ("shade", "subType", "kind"): [
        ("Drape", "drape"),
        ("Shade Group", "shade group"),
        (None, "shade"),
        ("Wibble", "unknown"),
    ],
    ("shade", "position", "position"): [(FULL, 1.0), (1, 1 / FULL), (None, None)],
    # Only at its ends, it is known to stand.
    ("shade", "position", "motion"): [
        (FULL, "stopped"),
        (FULL - 1, "unknown"),
        (None, "unknown"),
    ],
    ("scene", "type", "kind"): [
        *((sent, "lighting") for sent in ("Lighting", " lighting ")),
        *((sent, "shadegroup") for sent in ("Shade Group", "shadeGroup")),
        *((sent, "lockroom") for sent in ("Lock Room", "LockRoom")),
        *((sent, "genericio") for sent in ("genericIO", "generic_io", "I/O")),
        *((sent, "unknown") for sent in ("None", "HomeSeer Event", None, 7)),
        *((sent, sent.lower()) for sent in ("Lock", "UNLOCK", "Daylight", "Media")),
    ],
    # What is not known to be locked is unknown, and never unlocked.
    ("lock", "status", "state"): [
        ("LOCKED", "locked"),
        ("unlocked", "unlocked"),
        ("Jammed", "jammed"),
        *((sent, "unknown") for sent in (None, "", False, 0, "Wibble", ["Unlocked"])),
    ],
    ("security", "currentState", "state"): [
        ("ArmStay", AlarmState.ARMED_HOME),
        ("armaway", AlarmState.ARMED_AWAY),
        ("ArmInstant", AlarmState.ARMED_INSTANT),
        ("EntryDelay", AlarmState.PENDING),
        ("ExitDelay", AlarmState.ARMING),
        *((sent, AlarmState.TRIGGERED) for sent in ("Fire", "Alarm")),
        *((sent, AlarmState.UNKNOWN) for sent in ("Unknown", "Wibble", None)),
    ],
    # Its id is that of its room, and source 0 is none.
    ("mediaroom", "roomId", "room_id"): [(None, "5"), (6, "6")],
    ("mediaroom", "currentSourceId", "source_id"): [
        ("53017", "53017"),
        *((sent, None) for sent in (0, "0", None)),
    ],
    ("mediaroom", "currentPowerState", "power"): [
        ("on", True),
        ("Off", False),
        *((sent, None) for sent in ("Wibble", None, True)),
    ],
    ("mediaroom", "availablePowerStates", "can_switch"): [
        *((sent, True) for sent in (["on", "off"], ["Toggle"], [])),
        (["none"], False),
    ],
}


@pytest.mark.parametrize(
    ("kind", "key", "sent", "name", "shown"),
    [
        (kind, key, sent, name, shown)
        for (kind, key, name), rows in ROWS.items()
        for sent, shown in rows
    ],
)
def test_each_field_is_read(
    kind: str, key: str, sent: object, name: str, shown: object
) -> None:
    assert getattr(one(kind, SENT[kind] | {key: sent}), name) == shown


def test_a_room_without_anything_to_control_is_hidden() -> None:
    none = {"availableVolumeControls": ["none"], "availableMuteControls": ["none"]}
    raw = SENT["mediaroom"] | none | {"availableSources": []}
    room = one("mediaroom", raw)
    assert (room.hidden, room.volume, room.muted) == (True, None, None)
    for sent in (
        {"availableProviders": ["Radio"]},
        {"availableMuteControls": ["Toggle"]},
        {"availableVolumeControls": ["discrete"]},
        # Without a list of controls, the state shows whether there is one.
        {"availableMuteControls": None},
    ):
        assert not one("mediaroom", raw | sent).hidden
    unmuted: Json = {"availableMuteControls": None, "currentMuteState": None}
    assert one("mediaroom", raw | unmuted).hidden
    # One that has no list of sources at all may have some.
    del raw["availableSources"]
    assert not one("mediaroom", raw).hidden


@pytest.mark.parametrize(
    ("sent", "source_id", "sources"),
    [
        # Older firmware counts its sources.
        ({"currentProviderId": "Apple TV"}, "3", {"1": "Sonos", "3": "Apple TV"}),
        ({"currentProviderId": 3}, "3", {"1": "Sonos", "3": "Apple TV"}),
        ({"currentProviderId": 0}, None, {"1": "Sonos", "3": "Apple TV"}),
        ({"currentProviderId": "TV", "availableProviders": None}, None, {}),
        ({"currentSourceId": 7, "availableProviders": "Sonos"}, "7", {}),
        (
            {
                "availableProviders": None,
                "availableSources": [None, {}, "Radio", {"id": "7", "name": "TV"}],
            },
            None,
            {"3": "Radio", "7": "TV"},
        ),
        (
            {"availableProviders": [], "availableSources": [{"id": 7}]},
            None,
            {"7": "Source 7"},
        ),
    ],
)
def test_sources(sent: Json, source_id: str | None, sources: dict[str, str]) -> None:
    listed = {"id": 5, "availableProviders": ["Sonos", None, " Apple TV ", ""]}
    room = one("mediaroom", listed | sent)
    found = {source.id: source.name for source in room.sources}
    assert (room.source_id, found) == (source_id, sources)
