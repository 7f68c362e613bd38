"""What somebody asks of an entity: any action of its domain, at random."""

from collections.abc import Callable
from random import Random
from typing import Any

from homeassistant.components.climate import ClimateEntityFeature
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.core import State

type Wish = tuple[str, dict[str, Any]]


def _has(state: State, feature: int) -> bool:
    return bool(state.attributes.get("supported_features", 0) & feature)


def _cover(state: State, chance: Random) -> Wish:
    wishes: list[Wish] = [("open_cover", {}), ("close_cover", {})]
    if _has(state, CoverEntityFeature.SET_POSITION):
        wishes.append(("set_cover_position", {"position": chance.randrange(101)}))
    if _has(state, CoverEntityFeature.STOP):
        wishes.append(("stop_cover", {}))
    return chance.choice(wishes)


def _light(state: State, chance: Random) -> Wish:
    wishes: list[Wish] = [("turn_on", {}), ("turn_off", {}), ("toggle", {})]
    if "onoff" not in state.attributes.get("supported_color_modes", ()):
        wishes.append(("turn_on", {"brightness_pct": chance.randrange(1, 101)}))
    return chance.choice(wishes)


def _climate(state: State, chance: Random) -> Wish:
    modes = list(state.attributes["hvac_modes"])
    degrees = chance.randrange(19, 26)
    wishes: list[Wish] = [("set_hvac_mode", {"hvac_mode": chance.choice(modes)})]
    if _has(state, ClimateEntityFeature.FAN_MODE):
        fan = chance.choice(list(state.attributes["fan_modes"]))
        wishes.append(("set_fan_mode", {"fan_mode": fan}))
    if state.state in {"heat", "cool"}:
        wishes.append(("set_temperature", {"temperature": degrees}))
    elif state.state == "heat_cool":
        pair = {"target_temp_low": degrees - 2, "target_temp_high": degrees + 2}
        wishes.append(("set_temperature", pair))
    return chance.choice(wishes)


def _media_player(state: State, chance: Random) -> Wish:
    feature, wishes = MediaPlayerEntityFeature, list[Wish]()
    for each, service in (
        (feature.TURN_ON, "turn_on"),
        (feature.TURN_OFF, "turn_off"),
        (feature.PLAY, "media_play"),
        (feature.PAUSE, "media_pause"),
        (feature.NEXT_TRACK, "media_next_track"),
    ):
        if _has(state, each):
            wishes.append((service, {}))
    if _has(state, feature.SELECT_SOURCE):
        source = chance.choice(list(state.attributes["source_list"]))
        wishes.append(("select_source", {"source": source}))
    if state.state != "off" and _has(state, feature.VOLUME_SET):
        wishes.append(("volume_set", {"volume_level": chance.randrange(80) / 100}))
        muted = chance.random() < 0.5
        wishes.append(("volume_mute", {"is_volume_muted": muted}))
    return chance.choice(wishes)


def _fan(state: State, chance: Random) -> Wish:
    percent = chance.choice((33, 67, 100))
    return chance.choice(
        [("turn_on", {}), ("turn_off", {}), ("set_percentage", {"percentage": percent})]
    )


def _alarm(state: State, chance: Random) -> Wish | None:
    if not state.attributes["supported_features"]:
        return None
    return chance.choice(("alarm_arm_home", "alarm_arm_away", "alarm_disarm")), {}


def _number(state: State, chance: Random) -> Wish:
    low, high = float(state.attributes["min"]), float(state.attributes["max"])
    return "set_value", {"value": chance.randrange(int(low), int(min(high, 1000)))}


def _select(state: State, chance: Random) -> Wish:
    return "select_option", {"option": chance.choice(state.attributes["options"])}


def _one_of(*services: str) -> Callable[[State, Random], Wish]:
    return lambda state, chance: (chance.choice(services), {})


WISHES: dict[str, Callable[[State, Random], Wish | None]] = {
    "alarm_control_panel": _alarm,
    "button": _one_of("press"),
    "climate": _climate,
    "cover": _cover,
    "fan": _fan,
    "light": _light,
    "lock": _one_of("lock", "unlock"),
    "media_player": _media_player,
    "number": _number,
    "scene": _one_of("turn_on"),
    "select": _select,
    "switch": _one_of("turn_on", "turn_off"),
    "text": lambda state, chance: (
        "set_value",
        {"value": chance.choice(("Hello", "Bin day, 7:30", "Tür zu & Licht aus"))},
    ),
}
# How often each domain is chosen, so that a hundred scenes hide nobody.
WEIGHTS = {"cover": 6, "light": 5, "lock": 4, "climate": 4, "scene": 3}
