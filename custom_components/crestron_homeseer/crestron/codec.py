"""JSON of the processor ↔ devices of the house. Nobody else knows 65535."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
import re
from typing import Any

from ..house.devices import (
    AlarmPanel,
    Button,
    Cover,
    Detector,
    Device,
    Fan,
    Light,
    Lock,
    Room,
    Root,
    Scene,
    Sensor,
)
from ..house.kinds import (
    AlarmState,
    CoverKind,
    DetectorKind,
    LockState,
    Motion,
    SceneKind,
    SensorKind,
)
from .fields import Fields, plain, word
from .media import decode_media_room
from .thermostat import decode_thermostat

# A pseudo room that owns scenes and media rooms of the whole house.
WHOLE_HOUSE_NAME = "whole house"
WHOLE_HOUSE = "1001"

# Speeds as the processor numbers them; 1 is not used.
FAN_SPEEDS = (0, 2, 3, 4)

_AWAY = frozenset({"offline", "disconnected", "unavailable"})

_PRESENCE_KINDS = {
    "occupancysensor": DetectorKind.OCCUPANCY,
    "door": DetectorKind.DOOR,
    "window": DetectorKind.WINDOW,
    "doorbell": DetectorKind.DOORBELL,
    "drivewaysensor": DetectorKind.DRIVEWAY,
    "burglaryalarm": DetectorKind.BURGLARY,
    "firealarm": DetectorKind.FIRE,
    "smokealarm": DetectorKind.SMOKE,
    "wateralarm": DetectorKind.WATER,
}
# What such a sensor may be whose subtype is not in the manual.
_SEEMING = {
    "motion": DetectorKind.MOTION,
    "occupancy": DetectorKind.OCCUPANCY,
    "contact": DetectorKind.OPENING,
}
_ALARM_STATES = {
    "disarmed": AlarmState.DISARMED,
    "armstay": AlarmState.ARMED_HOME,
    "armaway": AlarmState.ARMED_AWAY,
    "arminstant": AlarmState.ARMED_INSTANT,
    "entrydelay": AlarmState.PENDING,
    "exitdelay": AlarmState.ARMING,
    "fire": AlarmState.TRIGGERED,
    "alarm": AlarmState.TRIGGERED,
}

# How scenes are called that pulse a relay: of a gate, of a lift.
_RELAYS = frozenset({"io", "i/o", "genericio"})

type Common = dict[str, Any]
type Decoder = Callable[[Fields, Common], Iterable[Device]]


class Pace(Enum):
    """How often a list is read: what hands and doors change, first."""

    EVERY_TIME = 1
    IN_TURN = 2
    SELDOM = 3


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A list of the processor: its path, the kind in our ids, how it is read."""

    path: str
    kind: str
    decode: Decoder
    pace: Pace = Pace.EVERY_TIME
    in_room: bool = False

    @property
    def key(self) -> str:
        """The key of the list in the answer, by its letters."""
        return self.path


# What a kind is called where the processor has no word, or one for programmers.
_MODELS = {
    "light": "Light",
    "shade": "Shade",
    "lock": "Door lock",
    "sensor": "Sensor",
    "security": "Security system",
    "thermostat": "Thermostat",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _model(endpoint: Endpoint, fields: Fields) -> str | None:
    """Return what a device is called on its page: its subtype in words."""
    subtype = fields.text("subtype")
    return _CAMEL.sub(" ", subtype) if subtype else _MODELS.get(endpoint.kind)


def common(endpoint: Endpoint, fields: Fields, rooms: dict[str, Room]) -> Common | None:
    """Return what all devices have; None where there is no id."""
    number = fields.integer("id")
    if number is None:
        return None
    room = fields.integer("roomid")
    if room is None and endpoint.kind == "mediaroom":
        # A media room's id is that of its room.
        room = number
    room_id = str(room) if str(room) in rooms else None
    facts: Common = {
        "id": f"{endpoint.kind}-{number}",
        "name": " ".join((fields.text("name") or "").split())
        or f"{endpoint.kind.capitalize()} {number}",
        "room_id": room_id,
        "online": plain(fields.text("connectionstatus") or "") not in _AWAY,
        "model": _model(endpoint, fields),
    }
    if endpoint.in_room:
        owner = room_id or next(
            (key for key, each in rooms.items() if each.virtual), None
        )
        facts["root_id"] = f"room-{owner}" if owner else HUB_ROOT
    return facts


# The root of what belongs to no room: the processor itself.
HUB_ROOT = "hub"


def decode_rooms(items: Iterable[object]) -> dict[str, Room]:
    """Return the rooms of `/rooms` by id; one without an id is left out."""
    rooms = {}
    for fields in map(Fields, items):
        number = fields.integer("id")
        if number is not None:
            name = fields.text("name") or f"Room {number}"
            # Known by its name as well: programs may number all rooms anew.
            whole = name.casefold() == WHOLE_HOUSE_NAME
            virtual = whole or str(number) == WHOLE_HOUSE
            rooms[str(number)] = Room(id=str(number), name=name, virtual=virtual)
    return rooms


def _light(fields: Fields, facts: Common) -> Iterator[Device]:
    subtype = plain(fields.text("subtype") or "")
    if subtype == "fan":
        speed = fields.integer("speed")
        known = speed in FAN_SPEEDS
        yield Fan(
            **facts,
            speeds=len(FAN_SPEEDS) - 1,
            speed=FAN_SPEEDS.index(speed) / (len(FAN_SPEEDS) - 1)
            if speed is not None and known
            else None,
        )
        return
    level = fields.fraction("level")
    dimmable = subtype != "switch"
    if not dimmable and level is not None:
        level = float(level > 0)
    yield Light(**facts, level=level, dimmable=dimmable, fades=dimmable)


def _shade(fields: Fields, facts: Common) -> Iterator[Device]:
    kind = CoverKind((fields.text("subtype") or "shade").lower())
    position = fields.fraction("position")
    at_end = position in {0.0, 1.0}
    motion = Motion.STOPPED if at_end else Motion.UNKNOWN
    yield Cover(**facts, kind=kind, position=position, motion=motion)


def _scene(fields: Fields, facts: Common) -> Iterator[Device]:
    said = plain(fields.text("type") or "")
    kind = SceneKind.GENERIC_IO if said in _RELAYS else SceneKind(said)
    yield Scene(**facts, kind=kind)
    # It matches many scenes at once, whoever made it so: that is no activation.
    yield Detector(
        **facts | {"id": f"{facts['id']}-matches", "hidden": True},
        kind=DetectorKind.SCENE,
        on=fields.boolean("status"),
    )


def _lock(fields: Fields, facts: Common) -> Iterator[Device]:
    state = LockState((fields.text("status") or "unknown").lower())
    yield Lock(**facts, state=state)


def _part(facts: Common, key: str) -> Common:
    """Return the facts of what is a part of something, by the part's name."""
    own_id, name = facts["id"], facts["name"]
    return facts | {
        "id": f"{own_id}-{key}",
        "name": f"{name} {key.title()}",
        "root_id": own_id,
    }


def _sensor(fields: Fields, facts: Common) -> Iterator[Device]:
    """Yield a sensor; one of a subtype unheard of is what its keys say, not for sure."""
    subtype = plain(fields.text("subtype") or "")
    kind = _PRESENCE_KINDS.get(subtype)
    if subtype == "photosensor":
        yield Sensor(**facts, kind=SensorKind.PHOTOCELL, value=fields.number("level"))
    elif kind is None and (subtype == "doorsensor" or fields.has("doorstatus")):
        yield Detector(**facts, kind=DetectorKind.DOOR, on=word(fields, "doorstatus"))
        yield Detector(
            **_part(facts, "battery"),
            kind=DetectorKind.BATTERY_LOW,
            on=word(fields, "batterylevel"),
        )
    elif kind is not None or fields.has("presence"):
        yield Detector(
            **facts | {"hidden": kind is None},
            kind=kind or _seeming(subtype),
            on=word(fields, "presence"),
        )
    elif fields.has("level"):
        yield Sensor(
            **facts | {"hidden": True},
            kind=SensorKind.NUMBER,
            value=fields.number("level"),
        )


def _seeming(subtype: str) -> DetectorKind:
    """Return what a sensor of a subtype that nobody has described seems to watch."""
    return next(
        (kind for word, kind in _SEEMING.items() if word in subtype),
        DetectorKind.UNKNOWN,
    )


def _security(fields: Fields, facts: Common) -> Iterator[Device]:
    word = fields.text("currentstate")
    said = plain(word or "")
    state = _ALARM_STATES.get(said, AlarmState.UNKNOWN)
    yield AlarmPanel(**facts, state=state, word=word)
    if "fire" in {plain(text) for text in fields.texts("availablestates")}:
        yield Detector(
            **_part(facts, "fire"),
            kind=DetectorKind.FIRE,
            on=None if state is AlarmState.UNKNOWN else said == "fire",
        )


def roots_of(
    devices: Mapping[str, Device], rooms: Mapping[str, Room], hub_name: str
) -> dict[str, Root]:
    """Return what devices are parts of: rooms, or the processor itself."""
    wanted = {device.root_id for device in devices.values()}
    roots = [
        Root(
            id=f"room-{room.id}",
            name=room.name,
            room_id=None if room.virtual else room.id,
            model="Room",
            virtual=room.virtual,
            service=True,
        )
        for room in rooms.values()
    ]
    roots.append(Root(id=HUB_ROOT, name=hub_name))
    return {root.id: root for root in roots if root.id in wanted}


def tell_apart(devices: Mapping[str, Device]) -> dict[str, Device]:
    """Return scenes and quick actions so that no two in a room look the same.

    Those of one name are told apart by their types, or else by their numbers.
    """
    twins = defaultdict[tuple[str | None, str], set[str]](set)
    for key, device in devices.items():
        if not isinstance(device, Detector):
            twins[device.root_id, device.name.casefold()].add(key)
    marks: dict[str, str] = {}
    for keys in twins.values():
        kinds = [
            device.kind.value if isinstance(device := devices[key], Scene) else ""
            for key in keys
        ]
        by_kind = len(set(kinds)) == len(kinds)
        for key, kind in zip(keys, kinds, strict=True):
            if len(keys) > 1:
                mark = kind.title() if by_kind else str(wire_id(key))
                marks[key] = marks[f"{key}-matches"] = mark
    return {
        key: device
        if device.mark == marks.get(key)
        else replace(device, mark=marks.get(key))
        for key, device in devices.items()
    }


def _quick_action(_: Fields, facts: Common) -> Iterator[Device]:
    # It recalls scenes, and does not tell which.
    yield Button(**facts, hidden=True, anything=True)


ENDPOINTS = (
    Endpoint("shades", "shade", _shade),
    Endpoint("lights", "light", _light),
    Endpoint("doorlocks", "lock", _lock),
    Endpoint("sensors", "sensor", _sensor),
    Endpoint("securitydevices", "security", _security),
    Endpoint("thermostats", "thermostat", decode_thermostat, Pace.IN_TURN),
    Endpoint("mediarooms", "mediaroom", decode_media_room, Pace.IN_TURN, in_room=True),
    Endpoint("scenes", "scene", _scene, Pace.IN_TURN, in_room=True),
    Endpoint("quickactions", "action", _quick_action, Pace.SELDOM, in_room=True),
)


_WIRE_ID = re.compile(r"[a-z]+-(-?\d+)")


def wire_id(device_id: str) -> int:
    """Return the processor's own number of a device."""
    found = _WIRE_ID.match(device_id)
    if found is None:
        raise ValueError(device_id)
    return int(found[1])
