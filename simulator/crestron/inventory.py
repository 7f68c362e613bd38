"""The lists of a processor, in the shape that live systems send."""

from collections.abc import Callable
from typing import Any

from simulator.house import (
    Device,
    Fan,
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
    SensorKind,
    Shade,
    Thermostat,
)

type Json = dict[str, Any]

FULL = 65535
# The path of each list, and the key it comes under.
LIST_KEYS = {
    "rooms": "rooms",
    "devices": "devices",
    "lights": "lights",
    "shades": "shades",
    "scenes": "scenes",
    "thermostats": "thermostats",
    "doorlocks": "doorLocks",
    "sensors": "sensors",
    "mediarooms": "mediaRooms",
    "securitydevices": "securityDevices",
    "quickactions": "quickActions",
}
FAN_SPEEDS = {0: 0, 1: 2, 2: 3, 3: 4}


def raw(fraction: float) -> int:
    """Turn a fraction into the 16 bits of the wire."""
    return round(fraction * FULL)


def common(device: Device) -> Json:
    """Tell what all devices tell; a connection nobody knows of is not mentioned."""
    entry: Json = {"id": device.id, "name": device.name}
    if device.online is not None:
        entry["connectionStatus"] = "online" if device.online else "offline"
    entry["roomId"] = device.room
    return entry


def room(room: Room) -> Json:
    """Tell of a room."""
    return {"id": room.id, "name": room.name}


def light(device: Light) -> Json:
    """Tell of a dimmer or switch."""
    kind = "Dimmer" if device.dimmable else "Switch"
    return {"level": raw(device.level), "subType": kind} | common(device)


def fan(device: Fan) -> Json:
    """Tell of a fan, which stands among the lights."""
    return {"speed": FAN_SPEEDS[device.speed], "subType": "Fan"} | common(device)


def shade(device: Shade) -> Json:
    """Tell of a shade, drape or group."""
    return {"position": raw(device.position), "subType": device.style} | common(device)


def lock(device: Lock) -> Json:
    """Tell of a door lock; null while nobody knows."""
    status = {True: "Locked", False: "Unlocked", None: None}[device.locked]
    return {"status": status, "type": "lock"} | common(device)


def sensor(device: Sensor) -> Json:
    """Tell of a sensor: each kind has a key of its own for its reading."""
    return {"subType": str(device.measures)} | common(device) | reading(device)


def reading(device: Sensor) -> Json:
    """Tell what a sensor senses."""
    presence = device.presence
    match device.measures:
        case SensorKind.PHOTO:
            return {"level": device.level}
        case SensorKind.OCCUPANCY:
            words = {True: "Occupied", False: "Vacant", None: "Unavailable"}
            return {"presence": words[presence]}
        case SensorKind.CONTACT:
            words = {True: "Open", False: "Closed", None: "Unknown"}
            battery = {True: "Low", False: "Normal", None: "Unknown"}
            return {
                "door status": words[presence],
                "battery level": battery[device.battery_low],
            }
        case str() if presence is None and device.measures not in SensorKind:
            return {"level": device.level}
        case _:
            words = {True: "OpenOrOn", False: "CloseOrOff", None: "Unknown"}
            return {"presence": words[presence]}


def counted(device: Thermostat, degrees: float) -> int:
    """Turn degrees into what the thermostat counts in."""
    return round(degrees * {"tenths": 10, "half": 2, "whole": 1}[device.resolution])


def units(device: Thermostat) -> str:
    """Name what the thermostat counts in."""
    scale = "Fahrenheit" if device.unit == "F" else "Celsius"
    match device.resolution:
        case "tenths":
            return f"Deci{scale}"
        case half_or_whole:
            return f"{scale}{half_or_whole.title()}Degrees"


def thermostat(device: Thermostat) -> Json:
    """Tell of a thermostat. When it is off its set point has a type and no temperature."""
    points = [
        {"type": point, "temperature": counted(device, degrees)}
        for point, degrees in device.set_points.items()
        if degrees is not None
    ]
    return common(device) | {
        "currentMode": str(device.mode),
        "currentSetPoint": [{"type": "off"}] if device.mode == Mode.OFF else points,
        "currentTemperature": counted(device, device.temperature),
        "temperatureUnits": units(device),
        "currentFanMode": device.fan_mode,
        "schedulerState": device.schedule,
        "availableFanModes": list(device.fan_modes),
        "availableSystemModes": list(device.modes),
        "availableSetPoints": [
            {
                "type": point,
                "minValue": counted(device, low),
                "maxValue": counted(device, high),
            }
            for point, (low, high) in device.limits.items()
        ],
    }


def media_room(device: MediaRoom) -> Json:
    """Tell of a media room."""
    return common(device) | {
        "currentVolumeLevel": raw(device.volume),
        "currentMuteState": "muted" if device.muted else "unmuted",
        "currentPowerState": "on" if device.power else "off",
        "currentSourceId": device.source or 0,
        "availableSources": [
            {"id": source, "sourceName": name}
            for source, name in device.sources.items()
        ],
        "availableVolumeControls": list(device.volume_controls),
        "availableMuteControls": list(device.mute_controls),
    }


def security_device(device: SecurityPanel) -> Json:
    """Tell of an alarm system."""
    return (
        {"type": "security Device"}
        | common(device)
        | {
            "currentState": device.state,
            "availableStates": list(device.states),
        }
    )


def scene(house: House, device: Scene, moment: float) -> Json:
    """Tell of a scene, and whether the house matches it."""
    return {
        "id": device.id,
        "name": device.name,
        "type": device.type,
        "status": house.matches(device, moment),
        "roomId": device.room,
    }


def quick_action(device: QuickAction) -> Json:
    """Tell of a quick action."""
    return {"id": device.id, "name": device.name}


def summary(device: Device, *, with_level: bool) -> Json:
    """Tell of any device as /devices does: what it is, hardly ever how it is."""
    entry = common(device)
    match device:
        case Light() | Fan():
            full = fan(device) if isinstance(device, Fan) else light(device)
            return {
                key: value
                for key, value in full.items()
                if with_level or key not in ("level", "speed")
            }
        case Shade():
            return entry | {"type": "shade", "subType": device.style}
        case Thermostat():
            return entry | {"type": "thermostat"}
        case Lock():
            return entry | {"type": "lock"}
        case Sensor():
            return entry | {"type": "sensor", "subType": str(device.measures)}
        case SecurityPanel():
            return entry | {"type": "security Device"}
        case _:
            return entry | {"type": "media Zone"}


DESCRIBERS: dict[type[Device], tuple[str, Callable[[Any], Json]]] = {
    Light: ("lights", light),
    Fan: ("lights", fan),
    Shade: ("shades", shade),
    Thermostat: ("thermostats", thermostat),
    Lock: ("doorlocks", lock),
    Sensor: ("sensors", sensor),
    MediaRoom: ("mediarooms", media_room),
    SecurityPanel: ("securitydevices", security_device),
    QuickAction: ("quickactions", quick_action),
}
# Scenes are told by the house, not by themselves.
NOWHERE: tuple[str, Callable[[Any], Json]] = ("", common)


def inventory(
    house: House, kind: str, moment: float, *, with_level: bool = False
) -> list[Json]:
    """Make one list, as the house is at a moment."""
    match kind:
        case "rooms":
            return [room(each) for each in house.rooms.values()]
        case "scenes":
            return [scene(house, each, moment) for each in house.scenes.values()]
        case "devices":
            return [
                summary(each.at(moment), with_level=with_level)
                for each in (*house.devices.values(), *house.media_rooms.values())
            ]
        case _:
            return [
                describe(device.at(moment))
                for device in house.everything()
                for its_kind, describe in [DESCRIBERS.get(type(device), NOWHERE)]
                if its_kind == kind
            ]
