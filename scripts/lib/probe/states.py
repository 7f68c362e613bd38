"""How a device is, in a few words."""

from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    Siren,
    Switch,
    TextBox,
    Valve,
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
    Motion,
    Scene,
    Sensor,
    Thermostat,
    percent,
)

UNKNOWN = "unknown"

# What is on where something calls for attention, and off where nothing does.
_DETECTED = {
    "occupancy": ("occupied", "vacant"),
    "door": ("open", "closed"),
    "window": ("open", "closed"),
    "doorbell": ("ringing", "quiet"),
    "driveway": ("motion", "quiet"),
    "battery low": ("low", "normal"),
    "burglary": ("alarm", "quiet"),
    "fire": ("alarm", "quiet"),
    "smoke": ("alarm", "quiet"),
    "water": ("alarm", "quiet"),
}


def state(device: Device) -> str:
    """Say in a few words how a device is."""
    return _state(device) if device.online else f"offline, last {_state(device)}"


def _state(device: Device) -> str:
    match device:
        case Light():
            return _level(device.level, dimmable=device.dimmable)
        case Fan():
            return _level(device.speed, dimmable=True)
        case Cover() | Valve():
            return _cover(device)
        case Thermostat():
            return _thermostat(device)
        case Lock() | AlarmPanel():
            return device.state.value
        case Detector():
            words = _DETECTED.get(device.kind.value, ("on", "off"))
            return UNKNOWN if device.on is None else words[not device.on]
        case Sensor():
            return _value(device.value, device.unit)
        case Number():
            return _value(device.value, device.unit)
        case Switch() | Siren():
            return {True: "on", False: "off", None: UNKNOWN}[device.on]
        case Choice():
            return _value(device.option)
        case TextBox():
            return _value(device.text)
        case Remote():
            return "-" if device.last is None else f"last pressed: {device.last}"
        case Scene():
            return device.kind.value
        case MediaRoom():
            return _media_room(device)
        case Button():
            return "-"
    return UNKNOWN


def _level(level: float | None, *, dimmable: bool) -> str:
    if level is None:
        return UNKNOWN
    if level == 0:
        return "off"
    return f"on, {percent(level)} %" if dimmable else "on"


def _cover(device: Cover | Valve) -> str:
    if device.position is None:
        return UNKNOWN
    words = {0: "closed", 100: "open"}
    reached = percent(device.position)
    text = words.get(reached, f"{reached} % open")
    if device.motion in (Motion.OPENING, Motion.CLOSING):
        return f"{device.motion.value}, {text}"
    return text


def _thermostat(device: Thermostat) -> str:
    unit = device.unit.value
    points = [
        f"{point.kind.value} to {_value(point.value, unit)}"
        for point in device.set_points
        if point.value is not None
    ]
    measured = f"measures {_value(device.temperature, unit)}"
    return ", ".join([device.mode.value, measured, *points])


def _media_room(device: MediaRoom) -> str:
    if device.power is False:
        return "off"
    names = {source.id: source.name for source in device.sources}
    parts = []
    if device.playing is not None:
        parts.append(device.playing.value)
    elif device.power is not None:
        parts.append("on")
    parts += [text for text in (device.artist, device.title) if text]
    if device.source_id is not None:
        parts.append(names.get(device.source_id, f"source {device.source_id}"))
    if device.volume is not None:
        parts.append(f"volume {percent(device.volume)} %")
    if device.muted:
        parts.append("muted")
    return ", ".join(parts) or UNKNOWN


def _value(value: float | str | None, unit: str | None = None) -> str:
    if value is None or value == "":
        return UNKNOWN
    text = value if isinstance(value, str) else f"{value:g}"
    return f"{text} {unit}" if unit else text
