"""How the features of a simulated HomeSeer system read, and what is to be shown of them.

Each rule returns what a state has to be where it is something else, and None where all
is well or nothing can be said.
"""

from collections.abc import Callable
import re

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import State

from simulator.homeseer import Feature, Model

type Rule = Callable[[Feature, Model, State], str | None]

# Ranges end below the value for on or begin above 1, and what is shown is rounded.
OF_A_RANGE = 0.035
# Degrees and the like are rounded to tenths on their way.
ROUNDED = 0.11
# What a thermostat's room changes by before a read shows it.
DRIFT = 0.3

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _number(feature: Feature) -> float | None:
    found = _NUMBER.search(feature.status)
    return float(found[0]) if found else None


def _celsius(number: float, text: str) -> float:
    fahrenheit = re.search(r"[ °]F$|℉", text) is not None
    return (number - 32) / 1.8 if fahrenheit else number


def _by_words(*pairs: tuple[str, str]) -> Rule:
    """Return the rule that goes by what a feature reads as."""
    words = dict(pairs)

    def rule(feature: Feature, model: Model, state: State) -> str | None:
        right = words.get(feature.status.lower())
        return None if right in {None, state.state} else right

    return rule


def _light(feature: Feature, model: Model, state: State) -> str | None:
    # Off need not be 0, so it is its word that counts.
    right = "off" if feature.status.lower() in {"off", "0%"} else "on"
    if state.state != right:
        return right
    brightness, percent = state.attributes.get("brightness"), _number(feature)
    if brightness is None or percent is None or "%" not in feature.status:
        return None
    if abs(brightness / 255 - percent / 100) > OF_A_RANGE:
        return f"on at {percent} %"
    return None


_way_in = _by_words(
    ("open", "open"),
    ("closed", "closed"),
    ("opening", "opening"),
    ("closing", "closing"),
)


def _cover(feature: Feature, model: Model, state: State) -> str | None:
    shown = state.attributes.get("current_position")
    if shown is None:
        return _way_in(feature, model, state)
    word = feature.status.lower()
    percent = {"open": 100.0, "closed": 0.0}.get(word, _number(feature))
    if percent is None:
        return None
    if "% closed" in word:
        percent = 100 - percent
    return None if abs(shown / 100 - percent / 100) < OF_A_RANGE else f"at {percent}"


def _fan(feature: Feature, model: Model, state: State) -> str | None:
    right = "off" if feature.status.lower() == "off" else "on"
    return None if state.state == right else right


def _sensor(feature: Feature, model: Model, state: State) -> str | None:
    number = _number(feature)
    try:
        shown = float(state.state)
    except ValueError:
        return None
    if number is None or feature.status.startswith("<") or "Warning" in feature.status:
        return None
    if state.attributes.get("unit_of_measurement") == "°C":
        number = _celsius(number, feature.status)
    return None if abs(shown - number) <= ROUNDED else f"{number:g}"


def _child(model: Model, root: Feature, *endings: str) -> Feature | None:
    return next(
        (
            child
            for child in model.children(root.ref)
            if child.name.endswith(endings) and "Fan" not in child.name
        ),
        None,
    )


MODES = {
    "off": "off",
    "heat": "heat",
    "cool": "cool",
    "auto": "heat_cool",
    "aux heat": "heat",
}


def _thermostat(root: Feature, model: Model, state: State) -> str | None:
    mode = _child(model, root, "Mode")
    if mode is None:
        return None
    right = MODES[mode.status.lower()]
    if state.state != right:
        return right
    points = {
        "heat": {"temperature": "Heating"},
        "cool": {"temperature": "Cooling"},
        "heat_cool": {"target_temp_low": "Heating", "target_temp_high": "Cooling"},
    }.get(right, {})
    wanted = [("current_temperature", ("Temperature",), DRIFT)] + [
        (shown, (f"{label}  Setpoint 1", f"{label} Setpoint"), ROUNDED)
        for shown, label in points.items()
    ]
    for attribute, endings, tolerance in wanted:
        child = _child(model, root, *endings)
        degrees = None if child is None else _degrees(child, model)
        shown = state.attributes.get(attribute)
        if degrees is not None and (shown is None or abs(shown - degrees) > tolerance):
            return f"{right} with {attribute} {degrees:.2f}, not {shown}"
    return None


def _degrees(feature: Feature, model: Model) -> float | None:
    number = _number(feature)
    if number is None:
        return None
    if "°C" in feature.status:
        return number
    return (number - 32) / 1.8


PLAYING = {"stopped": "idle", "playing": "playing", "paused": "paused"}


def _player(root: Feature, model: Model, state: State) -> str | None:
    told = _child(model, root, "Player State")
    right = None if told is None else PLAYING.get(told.status.lower())
    if right is not None and state.state != right:
        return right
    volume, shown = _child(model, root, "Volume"), state.attributes.get("volume_level")
    if volume is None or shown is None or abs(shown - volume.value / 100) < 0.005:
        return None
    return f"at volume {volume.value}"


def _exact(feature: Feature, model: Model, state: State) -> str | None:
    try:
        return None if float(state.state) == feature.value else f"{feature.value:g}"
    except ValueError:
        return f"{feature.value:g}"


def _choice(feature: Feature, model: Model, state: State) -> str | None:
    options = state.attributes.get("options", ())
    right = feature.status if feature.status in options else STATE_UNKNOWN
    return None if state.state == right else right


def _text(feature: Feature, model: Model, state: State) -> str | None:
    return None if state.state == feature.status else feature.status


FEATURE_RULES: dict[str, Rule] = {
    "light": _light,
    "switch": _by_words(("on", "on"), ("off", "off")),
    "lock": _by_words(
        ("locked", "locked"), ("unlocked", "unlocked"), ("unknown", STATE_UNKNOWN)
    ),
    "cover": _cover,
    "fan": _fan,
    "sensor": _sensor,
    "thermostat": _thermostat,
    "player": _player,
    "number": _exact,
    "choice": _choice,
    "text": _text,
    "alarm": _by_words(
        ("ready", "disarmed"),
        ("armed stay", "armed_home"),
        ("armed away", "armed_away"),
        ("exit delay", "arming"),
        ("in alarm", "triggered"),
    ),
    "detector": _by_words(
        ("open", "on"),
        ("closed", "off"),
        ("window/door is open", "on"),
        ("window/door is closed", "off"),
        ("motion", "on"),
        ("motion detected", "on"),
        ("no motion", "off"),
        ("smoke detected", "on"),
        ("no smoke", "off"),
        ("carbon monoxide detected", "on"),
        ("clear", "off"),
        ("water leak detected", "on"),
        ("dry", "off"),
        ("on", "on"),
        ("off", "off"),
    ),
}
