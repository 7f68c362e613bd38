"""JSON of the processor ↔ devices of the house. Nobody else knows 65535."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
import re
from typing import Any

from ..house import devices as dv
from ..house.fields import Fields, parse, plain
from ..house.hub import HubResponseError, Reason
from ..house.kinds import (
    AlarmState,
    CoverKind,
    DetectorKind,
    LockState,
    Motion,
    SceneKind,
    SensorKind,
)
from .thermostat import decode_thermostat

# The processor counts levels, positions and volumes from 0 to this.
FULL = 65535
# A pseudo room that owns scenes and media rooms of the whole house.
WHOLE_HOUSE_NAME = "whole house"
WHOLE_HOUSE = "1001"
# The root of what belongs to no room: the processor itself.
HUB_ROOT = "hub"
# Speeds as the processor numbers them; 1 is not used.
FAN_SPEEDS = (0, 2, 3, 4)

_AWAY = frozenset({"offline", "disconnected", "unavailable"})
# The states of what has two of them; any other is unknown.
_TWO_STATES = {
    **dict.fromkeys(("occupied", "openoron", "open", "opened", "low"), True),
    **dict.fromkeys(("vacant", "closeoroff", "closed", "normal"), False),
    **dict.fromkeys(("muted", "on"), True),
    **dict.fromkeys(("unmuted", "off"), False),
}
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
_SENSORS = frozenset({*_PRESENCE_KINDS, "photosensor", "doorsensor"})
_LIGHTS = frozenset({"dimmer", "switch", "fan"})
# What a sensor may be whose subtype is not in the manual.
_LIKELY_KINDS = {
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
# The types of scenes that pulse a relay: of a gate, of a lift.
_RELAYS = frozenset({"io", "i/o", "genericio"})
# Older firmware lists the names of sources, in either of these, and numbers what
# plays from 1.
_SOURCES = ("availablesources", "availableproviders")
_PLAYING = ("currentsourceid", "currentproviderid")
_SCENES = _RELAYS | {each.value for each in SceneKind} - {SceneKind.UNKNOWN.value}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WIRE_ID = re.compile(r"[a-z]+-(-?\d+)")

type Common = dict[str, Any]
type Decoder = Callable[[Fields, Common], Iterable[dv.Device]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A list of the processor: its path, which is its key in the answer as well.

    `kind` begins our ids, `model` is what its devices are called that have no subtype,
    and `in_room` are those that are parts of their room, each with a name of its own.
    What few homes have, and what has no state, is read `seldom`. What something is stands
    in `type_key`, in one of the words that are `types`.
    """

    path: str
    kind: str
    decode: Decoder
    model: str | None = None
    in_room: bool = False
    seldom: bool = False
    types: frozenset[str] = frozenset()
    type_key: str = "subtype"


def list_in(body: bytes, key: str) -> list[Any]:
    """Return the list in an answer.

    Raises HubResponseError where it is missing: an unknown path answers 200
    with a banner, and a missing list is not an empty one.
    """
    for name, value in parse(body).items():
        if plain(name) == key and isinstance(value, list):
            return value
    raise HubResponseError(Reason.MISSING, f"no list of {key}")


def wire_id(device_id: str) -> int:
    """Return the processor's own number of a device."""
    found = _WIRE_ID.match(device_id)
    if found is None:
        raise ValueError(device_id)
    return int(found[1])


def fraction(fields: Fields, key: str) -> float | None:
    """Return a field that counts from 0 to 65535 as a fraction."""
    value = fields.number(key)
    return None if value is None else min(max(value / FULL, 0.0), 1.0)


def raw_level(level: float) -> int:
    """Return a fraction as the processor counts it; a little is never nothing."""
    raw = round(min(max(level, 0.0), 1.0) * FULL)
    return 1 if raw == 0 and level > 0 else raw


def two_state(fields: Fields, key: str) -> bool | None:
    """Return a field of two states, or None."""
    return _TWO_STATES.get(plain(fields.text(key) or ""))


def decode_rooms(items: Iterable[object]) -> dict[str, dv.Room]:
    """Return the rooms of `/rooms` by id; one without an id is left out."""
    rooms = {}
    for fields in map(Fields, items):
        number = fields.integer("id")
        if number is not None:
            name = fields.text("name") or f"Room {number}"
            # Known by its name as well: programs may number all rooms anew.
            whole = name.casefold() == WHOLE_HOUSE_NAME
            virtual = whole or str(number) == WHOLE_HOUSE
            rooms[str(number)] = dv.Room(id=str(number), name=name, virtual=virtual)
    return rooms


def decode(
    endpoint: Endpoint, number: int, fields: Fields, rooms: Mapping[str, dv.Room]
) -> tuple[dv.Device, ...]:
    """Return the devices that an item of a list describes, which has this number."""
    kind = endpoint.kind
    # A media room's id is that of its room.
    implied = number if kind == "mediaroom" else None
    room = fields.integer("roomid")
    room_id = str(implied if room is None else room)
    name = " ".join((fields.text("name") or "").split())
    subtype = fields.text("subtype")
    facts: Common = {
        "id": f"{kind}-{number}",
        "name": name or f"{kind.capitalize()} {number}",
        "room_id": room_id if room_id in rooms else None,
        "online": plain(fields.text("connectionstatus") or "") not in _AWAY,
        "model": _CAMEL.sub(" ", subtype) if subtype else endpoint.model,
    }
    if endpoint.in_room:
        whole = next((key for key, each in rooms.items() if each.virtual), None)
        owner = facts["room_id"] or whole
        facts["root_id"] = f"room-{owner}" if owner else HUB_ROOT
    return tuple(endpoint.decode(fields, facts))


def _light(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    subtype = plain(fields.text("subtype") or "")
    if subtype == "fan":
        speed, fastest = fields.integer("speed"), len(FAN_SPEEDS) - 1
        known = FAN_SPEEDS.index(speed) / fastest if speed in FAN_SPEEDS else None
        yield dv.Fan(**facts, speeds=fastest, speed=known)
        return
    level = fraction(fields, "level")
    dimmable = subtype != "switch"
    if not dimmable and level is not None:
        level = float(level > 0)
    yield dv.Light(**facts, level=level, dimmable=dimmable, fades=dimmable)


def _shade(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    kind = CoverKind((fields.text("subtype") or "shade").lower())
    position = fraction(fields, "position")
    motion = Motion.STOPPED if position in {0.0, 1.0} else Motion.UNKNOWN
    yield dv.Cover(**facts, kind=kind, position=position, motion=motion)


def _scene(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    type_ = plain(fields.text("type") or "")
    kind = SceneKind.GENERIC_IO if type_ in _RELAYS else SceneKind(type_)
    yield dv.Scene(**facts, kind=kind)
    # It matches many scenes at once, whoever made it so: that is no activation.
    yield dv.Detector(
        **facts | {"id": f"{facts['id']}-matches", "hidden": True},
        kind=DetectorKind.SCENE,
        on=fields.boolean("status"),
    )


def _lock(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    yield dv.Lock(**facts, state=LockState(fields.text("status") or "unknown"))


def _part(facts: Common, key: str) -> Common:
    """Return the facts of what is a part of something, by the part's name."""
    own_id, name = facts["id"], f"{facts['name']} {key.title()}"
    return facts | {"id": f"{own_id}-{key}", "name": name, "root_id": own_id}


def _sensor(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    """Yield a sensor; one of an unknown subtype is what its keys suggest, and hidden."""
    subtype = plain(fields.text("subtype") or "")
    kind = _PRESENCE_KINDS.get(subtype)
    hidden = facts | {"hidden": True}
    if subtype == "photosensor":
        yield dv.Sensor(
            **facts, kind=SensorKind.PHOTOCELL, value=fields.number("level")
        )
    elif kind is not None:
        yield dv.Detector(**facts, kind=kind, on=two_state(fields, "presence"))
    elif subtype == "doorsensor" or fields.has("doorstatus"):
        is_open = two_state(fields, "doorstatus")
        yield dv.Detector(**facts, kind=DetectorKind.DOOR, on=is_open)
        low = two_state(fields, "batterylevel")
        battery = _part(facts, "battery")
        yield dv.Detector(**battery, kind=DetectorKind.BATTERY_LOW, on=low)
    elif fields.has("presence"):
        likely = (kind for name, kind in _LIKELY_KINDS.items() if name in subtype)
        kind = next(likely, DetectorKind.UNKNOWN)
        yield dv.Detector(**hidden, kind=kind, on=two_state(fields, "presence"))
    elif fields.has("level"):
        yield dv.Sensor(**hidden, kind=SensorKind.NUMBER, value=fields.number("level"))


def _security(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    text = fields.text("currentstate")
    state = _ALARM_STATES.get(plain(text or ""), AlarmState.UNKNOWN)
    yield dv.AlarmPanel(**facts, state=state, word=text)
    if "fire" in map(plain, fields.texts("availablestates")):
        fire = None if state is AlarmState.UNKNOWN else plain(text or "") == "fire"
        yield dv.Detector(**_part(facts, "fire"), kind=DetectorKind.FIRE, on=fire)


def decode_sources(fields: Fields) -> Iterator[dv.Source]:
    """Yield the sources of a media room; one without an id has its place as its id."""
    for key in _SOURCES:
        for place, item in enumerate(fields.items(key), start=1):
            source = Fields(item)
            number = source.integer("id")
            name = source.text("sourcename") or source.text("name")
            if isinstance(item, str) and item.strip():
                yield dv.Source(id=str(place), name=item.strip())
            elif number is not None:
                yield dv.Source(id=str(number), name=name or f"Source {number}")


def playing_source(fields: Fields) -> str | None:
    """Return which source of a media room plays: its id, its place or its name."""
    return next((text for key in _PLAYING if (text := fields.text(key))), None)


def _source_id(fields: Fields, sources: tuple[dv.Source, ...]) -> str | None:
    number = next((each for key in _PLAYING if (each := fields.integer(key))), None)
    if number is not None:
        return str(number)
    name = playing_source(fields)
    return next((each.id for each in sources if each.name == name), None)


def _can(fields: Fields, controls: str, wanted: set[str], state: str) -> bool:
    """Return whether one of some controls is listed; without a list, the state shows."""
    if fields.get(controls) is None:
        return fields.get(state) is not None
    return not wanted.isdisjoint(map(plain, fields.texts(controls)))


def _media_room(fields: Fields, facts: Common) -> Iterator[dv.Device]:
    """Yield a media room.

    One that lists no sources, no volume and no mute is `hidden`: there is nothing to
    control in it. Where it has no list of sources at all, there may be some.
    """
    sources = tuple(decode_sources(fields))
    level, mute = "currentvolumelevel", "currentmutestate"
    can_set_volume = _can(fields, "availablevolumecontrols", {"discrete"}, level)
    can_mute = _can(fields, "availablemutecontrols", {"discrete", "toggle"}, mute)
    without_sources = not sources and any(map(fields.has, _SOURCES))
    power_states = set(map(plain, fields.texts("availablepowerstates")))
    yield dv.MediaRoom(
        **facts | {"hidden": without_sources and not (can_set_volume or can_mute)},
        power=two_state(fields, "currentpowerstate"),
        source_id=_source_id(fields, sources),
        sources=sources,
        volume=fraction(fields, level) if can_set_volume else None,
        muted=two_state(fields, mute) if can_mute else None,
        can_set_volume=can_set_volume,
        can_mute=can_mute,
        can_switch=not power_states
        or not power_states.isdisjoint({"on", "off", "discrete", "toggle"}),
    )


def _quick_action(_: Fields, facts: Common) -> Iterator[dv.Device]:
    # It recalls scenes, and which ones is not known.
    yield dv.Button(**facts, hidden=True, anything=True)


# What hands and doors change, first.
ENDPOINTS = (
    Endpoint("shades", "shade", _shade, "Shade"),
    Endpoint("lights", "light", _light, "Light", types=_LIGHTS),
    Endpoint("doorlocks", "lock", _lock, "Door lock"),
    Endpoint("sensors", "sensor", _sensor, "Sensor", types=_SENSORS),
    Endpoint("securitydevices", "security", _security, "Security system"),
    Endpoint("thermostats", "thermostat", decode_thermostat, "Thermostat"),
    Endpoint("mediarooms", "mediaroom", _media_room, in_room=True),
    Endpoint("scenes", "scene", _scene, in_room=True, types=_SCENES, type_key="type"),
    Endpoint("quickactions", "action", _quick_action, in_room=True, seldom=True),
)
