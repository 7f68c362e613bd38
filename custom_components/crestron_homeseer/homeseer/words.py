"""What status texts say. Numbers differ between plug-ins; words hardly do."""

import re

from ..house.kinds import (
    AlarmState,
    Gesture,
    LockState,
    Motion,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)
from .features import decimal

COVER_WORDS: dict[str, tuple[float | None, Motion]] = {
    "open": (1.0, Motion.STOPPED),
    "opened": (1.0, Motion.STOPPED),
    "on": (1.0, Motion.STOPPED),
    "fully open": (1.0, Motion.STOPPED),
    "up": (1.0, Motion.STOPPED),
    "closed": (0.0, Motion.STOPPED),
    "close": (0.0, Motion.STOPPED),
    "off": (0.0, Motion.STOPPED),
    "fully closed": (0.0, Motion.STOPPED),
    "down": (0.0, Motion.STOPPED),
    "opening": (None, Motion.OPENING),
    "closing": (None, Motion.CLOSING),
    "stopped": (None, Motion.STOPPED),
}

ON_WORDS = frozenset(
    [
        "on",
        "open",
        "opened",
        "motion",
        "detected",
        "active",
        "activated",
        "alarm",
        "alert",
        "wet",
        "leak",
        "leaking",
        "triggered",
        "true",
        "yes",
        "occupied",
        "present",
        "violated",
        "fault",
        "tamper",
        "tampered",
        "smoke",
        "fire",
        "water",
        "gas",
        "unsecure",
        "trouble",
        "low",
        "vibration",
    ]
) | {
    "motion detected",
    "smoke detected",
    "water detected",
    "leak detected",
    "water leak",
    "co detected",
    "carbon monoxide detected",
    "gas detected",
    "door open",
    "door/window open",
    "window open",
    "door is open",
    "window is open",
    "open/motion",
    "not ready",
    "low battery",
    "battery low",
    "not secure",
    "window/door is open",
    "window or door open",
    "glass break",
    "glass breakage",
    "tamper detected",
}
OFF_WORDS = frozenset(
    [
        "off",
        "closed",
        "close",
        "inactive",
        "idle",
        "ok",
        "okay",
        "clear",
        "cleared",
        "normal",
        "dry",
        "false",
        "no",
        "secure",
        "secured",
        "ready",
        "restored",
        "vacant",
        "unoccupied",
        "none",
        "quiet",
        "safe",
    ]
) | {
    "no motion",
    "no motion detected",
    "not motion",
    "no smoke",
    "smoke clear",
    "no smoke detected",
    "no water",
    "no leak",
    "no alarm",
    "no co",
    "not detected",
    "no event",
    "no tamper",
    "door closed",
    "window closed",
    "door/window closed",
    "door is closed",
    "window is closed",
    "closed/no motion",
    "not triggered",
    "window/door is closed",
    "battery ok",
    "battery normal",
}

_LOCKED = frozenset({65.0, 129.0, 255.0})
_UNLOCKED = frozenset({0.0, 1.0, 16.0, 17.0, 32.0, 33.0, 64.0, 128.0})
_LOCK_WORDS = (
    ("jam", LockState.JAMMED),
    # What was tried and did not work may have ended anywhere.
    ("fail", LockState.UNKNOWN),
    ("unable", LockState.UNKNOWN),
    ("not fully locked", LockState.UNLOCKED),
    ("not secure", LockState.UNLOCKED),
    ("insecure", LockState.UNLOCKED),
    ("unlocking", LockState.UNLOCKING),
    ("locking", LockState.LOCKING),
    ("unknown", LockState.UNKNOWN),
    ("not locked", LockState.UNLOCKED),
    ("unlock", LockState.UNLOCKED),
    ("unsecure", LockState.UNLOCKED),
    ("lock", LockState.LOCKED),
    ("secure", LockState.LOCKED),
)

_MODES = {
    "off": ThermostatMode.OFF,
    "heat": ThermostatMode.HEAT,
    "heating": ThermostatMode.HEAT,
    "cool": ThermostatMode.COOL,
    "cooling": ThermostatMode.COOL,
    "auto": ThermostatMode.AUTO,
    "auto changeover": ThermostatMode.AUTO,
    "auto-changeover": ThermostatMode.AUTO,
    "heat/cool": ThermostatMode.AUTO,
    "heat-cool": ThermostatMode.AUTO,
    "heat cool": ThermostatMode.AUTO,
    "aux heat": ThermostatMode.AUX_HEAT,
    "auxheat": ThermostatMode.AUX_HEAT,
    "auxiliary": ThermostatMode.AUX_HEAT,
    "auxiliary heat": ThermostatMode.AUX_HEAT,
    "aux": ThermostatMode.AUX_HEAT,
    "emergency heat": ThermostatMode.AUX_HEAT,
}
_ACTIONS = (
    ("pending", ThermostatAction.IDLE),
    ("idle", ThermostatAction.IDLE),
    ("off", ThermostatAction.IDLE),
    ("heat", ThermostatAction.HEATING),
    ("cool", ThermostatAction.COOLING),
    ("fan", ThermostatAction.FAN),
)
_ALARMS = (
    ("disarm", AlarmState.DISARMED),
    ("not armed", AlarmState.DISARMED),
    ("unarmed", AlarmState.DISARMED),
    ("exit", AlarmState.ARMING),
    ("arming", AlarmState.ARMING),
    ("entry", AlarmState.PENDING),
    ("pending", AlarmState.PENDING),
    ("alarm", AlarmState.TRIGGERED),
    ("trigger", AlarmState.TRIGGERED),
    ("fire", AlarmState.TRIGGERED),
    ("away", AlarmState.ARMED_AWAY),
    ("stay", AlarmState.ARMED_HOME),
    ("home", AlarmState.ARMED_HOME),
    ("perimeter", AlarmState.ARMED_HOME),
    ("instant", AlarmState.ARMED_INSTANT),
    ("night", AlarmState.ARMED_INSTANT),
    ("armed", AlarmState.ARMED_AWAY),
    ("ready", AlarmState.DISARMED),
)
# That nothing sounds says nothing about whether it is armed, if there is more.
_QUIET = re.compile(
    r"\b(?:no|not in) (?:alarms?|fire)\b"
    r"|\balarms?:? (?:off|none|clear\w*|idle|inactive|normal|ok|reset|restored)\b"
)
_OFF = re.compile(r"\b(?:no alarms?|alarms? off)\b")

_READING = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*([^\W\d_].*|[%°℉℃].*)?")
# These hold words of doors and alarms, and are where something is, or something else.
OTHERS = re.compile(r"\b(?:(?:out|in)doors?|flood ?lights?|fireplace)\b")
LAMP = re.compile(
    r"(?<!sky)(?<!day)lights?\b|\b(?:lamps?|lighting|leds?|bulbs?|chandelier|sconces?)\b"
)
CLOCK = re.compile(r".*\d:\d\d(:\d\d)?")
_TIMES = re.compile(r"\b(\d{1,2}) ?(?:x|times?|taps|presses|clicks)\b")
# A date, or a time of day.
_WHEN = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d(?::\d\d)?")
_MANY = {"double": 2, "twice": 2, "triple": 3}
_BUTTON = re.compile(r"\b(?:scene|button|key|paddle) *#?(\d{1,3})\b")
_NUMBER = re.compile(r"\b(\d{1,3})\b")
_RELEASED = re.compile(r"\b(releas|let go)")
_HELD = re.compile(r"\b(held|hold|long)")
_HEX = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_UNITS = {
    "f": "°F",
    "°f": "°F",
    "℉": "°F",
    "â°f": "°F",
    "degrees f": "°F",
    "c": "°C",
    "°c": "°C",
    "℃": "°C",
    "â°c": "°C",
    "degrees c": "°C",
    "%": "%",
    "percent": "%",
    "% rh": "%",
    "lux": "lx",
    "lx": "lx",
    "w": "W",
    "watt": "W",
    "watts": "W",
    "kw": "kW",
    "kilowatts": "kW",
    "a": "A",
    "amp": "A",
    "amps": "A",
    "amperes": "A",
    "v": "V",
    "volt": "V",
    "volts": "V",
    "kwh": "kWh",
    "kw hours": "kWh",
    "kw h": "kWh",
    "kilowatt hours": "kWh",
    "wh": "Wh",
    "watt hours": "Wh",
    "ppm": "ppm",
}


def reading(status: str) -> tuple[float | None, str | None]:
    """Return the number that a status text is, and its unit as usually written.

    Only a text that is nothing but a number and a unit is one: "Closed" is none.
    """
    found = _READING.fullmatch(status)
    if found is None:
        return None, None
    unit = None if found[2] is None else found[2].strip()
    known = None if unit is None else _UNITS.get(" ".join(unit.lower().split()), unit)
    if known is not None and len(known) > 12:
        # Words after a number are a sentence, not a unit.
        return None, None
    return decimal(found[1]), known


def temperature_unit(status: str) -> TemperatureUnit | None:
    """Return the unit of a temperature's status text."""
    unit = reading(status)[1]
    return {
        "°C": TemperatureUnit.CELSIUS,
        "°F": TemperatureUnit.FAHRENHEIT,
    }.get(unit or "")


def two_state(status: str) -> bool | None:
    """Return what a status text says of a sensor with two states."""
    words = status.lower().strip(" .!")
    if words in ON_WORDS:
        return True
    if words in OFF_WORDS:
        return False
    if words.endswith(" detected"):
        # Plug-ins name a hundred things that way, and each of them may be missing.
        return not words.startswith(("no ", "not ", "nothing "))
    return None


def lock_state(status: str, label: str, value: float | None) -> LockState:
    """Return a lock's state: by its text, then by the values of Z-Wave locks."""
    for text in (status.lower(), label.lower()):
        for word, state in _LOCK_WORDS:
            if word in text:
                return state
    if value in _LOCKED:
        return LockState.LOCKED
    return LockState.UNLOCKED if value in _UNLOCKED else LockState.UNKNOWN


def mode_of(label: str) -> ThermostatMode | None:
    """Return the mode that a label names."""
    return _MODES.get(" ".join(label.lower().split()))


def action_of(text: str) -> ThermostatAction | None:
    """Return what a thermostat's equipment does, by its text."""
    words = text.lower()
    return next((action for word, action in _ACTIONS if word in words), None)


def alarm_state(text: str) -> AlarmState:
    """Return what an alarm system's text says."""
    words = text.lower()
    rest = _QUIET.sub("", words)
    quiet = AlarmState.DISARMED if _OFF.search(words) else AlarmState.UNKNOWN
    return next((state for word, state in _ALARMS if word in rest), quiet)


def color_of(text: str) -> tuple[int, int, int] | None:
    """Return the colour that a text is, six hexadecimal digits."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1], 16), int(found[2], 16), int(found[3], 16)


def press_of(text: str) -> tuple[int | None, Gesture, int]:
    """Return what a remote's text says: which button, what was done, how often.

    "Scene 2 Key Pressed 2 Times", "Button 4 Held Down": the values behind such texts
    belong to each plug-in alone. What is not understood is a plain press.
    """
    words = _WHEN.sub(" ", text.lower())
    if _RELEASED.search(words):
        gesture = Gesture.RELEASED
    else:
        gesture = Gesture.HELD if _HELD.search(words) else Gesture.PRESSED
    counted = _TIMES.search(words)
    if counted is not None:
        times = int(counted[1])
    else:
        times = next((count for word, count in _MANY.items() if word in words), 1)
    # "2 times" is no button 2.
    rest = _TIMES.sub("", words)
    button = _BUTTON.search(rest) or _NUMBER.search(rest)
    return None if button is None else int(button[1]), gesture, max(times, 1)
