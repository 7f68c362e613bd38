"""What thermostats, alarm systems and lamps say: numbers differ, words hardly do."""

import re

from ..house.kinds import AlarmState, ThermostatAction, ThermostatMode
from .readings import reading as reading, temperature_unit as temperature_unit

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

_HEX = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")

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
