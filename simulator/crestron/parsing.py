"""Entries of a recording become devices: whatever can be read is taken, the rest left."""

import contextlib
from typing import Any

from simulator.house import (
    Device,
    Fan,
    Goal,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    QuickAction,
    Room,
    Scene,
    SecurityPanel,
    Sensor,
    Shade,
    Thermostat,
)

from .inventory import FAN_SPEEDS, FULL, Json

TRUE_WORDS = {"occupied", "open", "opened", "openoron", "on", "true", "muted", "low"}
FALSE_WORDS = {"vacant", "closed", "closeoroff", "off", "false", "unmuted", "normal"}
OPENING = {"on", "open", "up", "raise"}
CLOSING = {"off", "close", "closed", "down", "lower"}
# Above these, a temperature that claims to be in whole degrees is in tenths.
HOTTEST = {"F": 150, "C": 60}
WHOLE_HOUSE = 1001


def plain(entry: Json) -> Json:
    """Strip keys of case, spaces, hyphens and underscores."""
    unwanted = str.maketrans("", "", " _-")
    return {str(key).lower().translate(unwanted): entry[key] for key in entry}


def number(value: Any) -> int | None:
    """Read a whole number, also out of text."""
    if isinstance(value, bool):
        return None
    with contextlib.suppress(TypeError, ValueError, OverflowError):  # no number
        return int(float(value))
    return None


def fraction(value: Any) -> float:
    """Read 16 bits as a fraction; nothing readable is 0."""
    return min(max(number(value) or 0, 0), FULL) / FULL


def yes_or_no(value: Any) -> bool | None:
    """Read one of the words for yes and no; None for all others."""
    text = str(value).lower()
    return True if text in TRUE_WORDS else False if text in FALSE_WORDS else None


def words(value: Any) -> tuple[str, ...]:
    """Read a list of words."""
    return tuple(map(str, value)) if isinstance(value, list) else ()


def add_entry(house: House, kind: str, entry: Json) -> None:
    """Put what an entry tells of into the house, if it has an device_id that is not taken."""
    device_id = number(entry.get("id"))
    if device_id is None:
        return
    name = str(entry.get("name") or f"{kind} {device_id}")
    if kind == "rooms":
        house.add(Room(device_id, name))
    elif (device := _device(kind, device_id, name, entry)) is not None:
        device.room = number(entry.get("roomid"))
        status = entry.get("connectionstatus")
        device.online = None if status is None else str(status).lower() == "online"
        with contextlib.suppress(ValueError):  # of two with an id, the first counts
            house.add(device)


def _device(kind: str, id: int, name: str, entry: Json) -> Device | None:
    match kind:
        case "lights" if str(entry.get("subtype")).lower() == "fan":
            speeds = {wire: speed for speed, wire in FAN_SPEEDS.items()}
            return Fan(id, name, speed=speeds.get(number(entry.get("speed")) or 0, 0))
        case "lights":
            dims = str(entry.get("subtype")).lower() != "switch"
            return Light(id, name, level=fraction(entry.get("level")), dimmable=dims)
        case "shades":
            style = str(entry.get("subtype") or "Shade")
            return Shade(
                id, name, position=fraction(entry.get("position")), style=style
            )
        case "thermostats":
            return _thermostat(id, name, entry)
        case "doorlocks":
            states = {"locked": True, "unlocked": False}
            locked = states.get(str(entry.get("status")).lower())
            return Lock(id, name, locked=locked)
        case "sensors":
            return _sensor(id, name, entry)
        case "mediarooms":
            return _media_room(id, name, entry)
        case "securitydevices":
            panel = SecurityPanel(id, name, state=entry.get("currentstate"))
            panel.states = words(entry.get("availablestates"))
            return panel
        case "scenes":
            kind = str(entry.get("type") or "None")
            stated = yes_or_no(entry.get("status")) or False
            momentary = kind.lower() == "genericio"
            return Scene(id, name, type=kind, stated=stated, momentary=momentary)
        case "quickactions":
            return QuickAction(id, name)
    return None


def _sensor(id: int, name: str, entry: Json) -> Sensor:
    presence = entry.get("presence", entry.get("doorstatus"))
    return Sensor(
        id,
        name,
        measures=str(entry.get("subtype")),
        presence=yes_or_no(presence),
        level=number(entry.get("level")),
        battery_low=yes_or_no(entry.get("batterylevel")),
    )


def _media_room(id: int, name: str, entry: Json) -> MediaRoom:
    sources: dict[int, str] = {}
    for place, each in enumerate(
        entry.get("availablesources") or entry.get("availableproviders") or [], 1
    ):
        source = plain(each) if isinstance(each, dict) else {"sourcename": each}
        sources[number(source.get("id")) or place] = str(source.get("sourcename"))
    current = entry.get("currentsourceid", entry.get("currentproviderid"))
    room = MediaRoom(
        id,
        name,
        sources=sources,
        power=yes_or_no(entry.get("currentpowerstate")) or False,
        source=number(current),
        volume=fraction(entry.get("currentvolumelevel")),
        muted=yes_or_no(entry.get("currentmutestate")) or False,
    )
    room.volume_controls = words(entry.get("availablevolumecontrols"))
    room.mute_controls = words(entry.get("availablemutecontrols"))
    return room


def _thermostat(id: int, name: str, entry: Json) -> Thermostat:
    units = str(entry.get("temperatureunits")).lower()
    unit = "C" if "celsius" in units else "F"
    count = number(entry.get("currenttemperature")) or 0
    resolution = (
        "half" if "half" in units else "whole" if "whole" in units else "tenths"
    )
    if count > HOTTEST[unit] * (2 if resolution == "half" else 1):
        resolution = "tenths"
    one = {"tenths": 10, "half": 2, "whole": 1}[resolution]
    points = _points(entry.get("currentsetpoint", entry.get("setpoint")))
    degrees = {
        kind: wanted / one
        for kind, point in points.items()
        if (wanted := number(point.get("temperature"))) is not None
    }
    mode = str(entry.get("currentmode", entry.get("mode")))
    known = {each.lower(): each for each in Mode}
    auto = degrees.get("auto")
    device = Thermostat(
        id,
        name,
        mode=known.get(mode.lower(), mode),
        heat=degrees.get("heat", auto),
        cool=degrees.get("cool", auto),
        temperature=count / one,
        unit=unit,
    )
    device.resolution, device.single_auto = resolution, auto is not None
    device.modes = words(entry.get("availablesystemmodes")) or device.modes
    device.fan_modes = words(entry.get("availablefanmodes"))
    device.fan_mode = str(entry.get("currentfanmode"))
    device.schedule = str(entry.get("schedulerstate"))
    device.limits = {
        kind: (low / one, high / one)
        for kind, point in (_points(entry.get("availablesetpoints")) or points).items()
        if (low := number(point.get("minvalue"))) is not None
        and (high := number(point.get("maxvalue"))) is not None
    }
    return device


def _points(value: Any) -> dict[str, Json]:
    """Read set points, one or several, by type."""
    points = value if isinstance(value, list) else [value]
    plains = [plain(point) for point in points if isinstance(point, dict)]
    return {str(point.get("type")).lower(): point for point in plains}


def guess_scenes(house: House) -> None:
    """Guess from type and name what recorded scenes do; nobody tells."""
    for scene in house.scenes.values():
        near = [
            device
            for device in house.devices.values()
            if scene.room in (WHOLE_HOUSE, device.room)
        ]
        scene.goals = tuple(_goals(scene, near))


def _goals(scene: Scene, near: list[Device]) -> list[Goal]:
    said = set(scene.name.lower().split())
    on = True if said & OPENING else False if said & CLOSING else None
    match scene.type.lower():
        case "lock" | "lockroom" | "unlock" as type:
            on = type != "unlock"
            return [Goal(it.id, "locked", on) for it in near if isinstance(it, Lock)]
        case "lighting" if on is not None:
            return [
                Goal(it.id, "level", float(on)) for it in near if isinstance(it, Light)
            ]
        case "shade" | "shade group" if on is not None:
            return [
                Goal(it.id, "position", float(on))
                for it in near
                if isinstance(it, Shade)
            ]
    return []
