"""How a simulated house really is, and where Home Assistant shows it otherwise.

Nothing here knows the integration's code: what a state has to be is worked out from
the simulated devices themselves.
"""

from collections.abc import Callable, Iterator
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from simulator.homeseer import Model
from simulator.house import (
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    SecurityPanel,
    Sensor,
    Shade,
    Thermostat,
)

from .truth_features import DRIFT, FEATURE_RULES, ROUNDED

# What one percent is worth: a state is shown in whole ones.
CLOSE_ENOUGH = 0.011


def shown(hass: HomeAssistant, entry_id: str) -> Iterator[tuple[str, State]]:
    """Yield the states of an entry's entities, each with what it is an entity of."""
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry_id):
        state = hass.states.get(entity.entity_id)
        if state is not None:
            yield entity.unique_id.removeprefix(f"{entry_id}_"), state


def differences_of_house(hass: HomeAssistant, entry_id: str, house: House) -> list[str]:
    """Say what is shown otherwise than a Crestron house is."""
    found = []
    told = dict(shown(hass, entry_id))
    for device in house.everything():
        rule = _RULES.get(type(device))
        if rule is None:
            continue
        part = f"{device.kind}-{device.id}"
        state = told.get(part)
        if state is None:
            if not isinstance(device, MediaRoom | Sensor | Fan):
                found.append(f"{part} ({device.name}) is not there")
        elif device.online is False:
            if state.state != STATE_UNAVAILABLE:
                found.append(f"{state.entity_id} is {state.state}, not unavailable")
        elif (wrong := rule(device, state)) is not None:
            found.append(f"{state.entity_id} is {state.state}, not {wrong}")
    return found + _left_over(told, house)


def _left_over(told: dict[str, State], house: House) -> list[str]:
    """Say which entities are of no device, and do not say so."""
    ids = {str(device.id) for device in house.everything()}
    return [
        f"{state.entity_id} is {state.state}, and is gone"
        for part, state in told.items()
        if (number := part.split("-")[1:2])
        and number[0].isdecimal()
        and number[0] not in ids
        and state.state != STATE_UNAVAILABLE
    ]


def _near(shown: float | None, true: float, whole: float) -> bool:
    """Whether a rounded number shows a fraction; the ends are shown exactly."""
    if shown is None:
        return False
    if true in {0.0, 1.0}:
        return shown == true * whole
    return 0 < shown < whole and abs(shown / whole - true) < CLOSE_ENOUGH


def _shade(device: Shade, state: State) -> str | None:
    if not _near(state.attributes.get("current_position"), device.position, 100):
        return f"at {device.position:.3f}"
    if device.moving:
        return None
    right = "closed" if device.position == 0 else "open"
    return None if state.state == right else right


def _light(device: Light, state: State) -> str | None:
    right = "on" if device.level > 0 else "off"
    if state.state != right:
        return right
    brightness = state.attributes.get("brightness")
    if right == "on" and device.dimmable and brightness is not None:
        level = device.level
        if abs(brightness / 255 - level) > CLOSE_ENOUGH:
            return f"on at {level:.3f}"
    return None


def _lock(device: Lock, state: State) -> str | None:
    words = {True: "locked", False: "unlocked", None: STATE_UNKNOWN}
    right = words[device.locked]
    return None if state.state == right else right


def _fan(device: Fan, state: State) -> str | None:
    right = "on" if device.speed else "off"
    if state.state == right == "on":
        percent = device.speed * 100 // 3
        shown = state.attributes.get("percentage")
        return None if shown == percent else f"at {percent} %, not {shown}"
    return None if state.state == right else right


def _media(device: MediaRoom, state: State) -> str | None:
    if (state.state == "off") is device.power:
        return "on" if device.power else "off"
    volume = state.attributes.get("volume_level")
    if volume is not None and abs(volume - device.volume) > CLOSE_ENOUGH:
        return f"at volume {device.volume:.3f}, not {volume}"
    source = device.sources.get(device.source or 0)
    if device.power and state.attributes.get("source") != source:
        return f"playing {source}, not {state.attributes.get('source')}"
    return None


_HVAC = {
    Mode.OFF: "off",
    Mode.HEAT: "heat",
    Mode.AUX_HEAT: "heat",
    Mode.COOL: "cool",
    Mode.AUTO: "heat_cool",
}
_POINTS = {
    "heat": (("temperature", "heat"),),
    "cool": (("temperature", "cool"),),
    "heat_cool": (("target_temp_low", "heat"), ("target_temp_high", "cool")),
}


def _thermostat(device: Thermostat, state: State) -> str | None:
    right = _HVAC[Mode(device.mode)]
    if state.state != right:
        return right
    wanted = [("current_temperature", device.temperature, DRIFT)]
    wanted += [
        (shown, getattr(device, what), ROUNDED)
        for shown, what in _POINTS.get(right, ())
    ]
    for attribute, degrees, tolerance in wanted:
        celsius = (degrees - 32) / 1.8 if device.unit == "F" else degrees
        shown = state.attributes.get(attribute)
        if shown is None or abs(shown - celsius) > tolerance:
            return f"{right} with {attribute} {celsius:.2f}, not {shown}"
    return None


_ALARM = {
    "ArmStay": "armed_home",
    "ArmAway": "armed_away",
    "EntryDelay": "pending",
    "ExitDelay": "arming",
    "Disarmed": "disarmed",
    "Fire": "triggered",
    "Alarm": "triggered",
}


def _security(device: SecurityPanel, state: State) -> str | None:
    right = _ALARM.get(device.state or "")
    return None if right in {None, state.state} else right


def _sensor(device: Sensor, state: State) -> str | None:
    if not state.entity_id.startswith("binary_sensor."):
        right = STATE_UNKNOWN if device.level is None else str(device.level)
    elif device.presence is None:
        right = STATE_UNKNOWN
    else:
        right = "on" if device.presence else "off"
    return None if state.state == right else right


_RULES: dict[type, Callable[[Any, State], str | None]] = {
    Shade: _shade,
    Light: _light,
    Lock: _lock,
    Fan: _fan,
    MediaRoom: _media,
    Sensor: _sensor,
    Thermostat: _thermostat,
    SecurityPanel: _security,
}


def differences_of_system(
    hass: HomeAssistant, entry_id: str, model: Model
) -> list[str]:
    """Say what is shown otherwise than the features of a HomeSeer system are."""
    found = []
    for part, state in shown(hass, entry_id):
        kind, _, number = part.partition("-")
        rule = FEATURE_RULES.get(kind)
        if rule is None or not number.isdecimal():
            continue
        feature = model.features.get(int(number))
        if feature is None:
            if state.state != STATE_UNAVAILABLE:
                found.append(f"{state.entity_id} is {state.state}, and is gone")
        elif state.state == STATE_UNAVAILABLE:
            found.append(f"{state.entity_id} is unavailable")
        elif (right := rule(feature, model, state)) is not None:
            found.append(
                f"{state.entity_id} is {state.state}, not {right}"
                f" ({feature.value} {feature.status!r})"
            )
    return found
