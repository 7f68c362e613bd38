"""What lights and fans show and take."""

from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant

from custom_components.crestron_homeseer.house.commands import (
    SetColor,
    SetLevel,
    SetSpeed,
    SetWhite,
)
from custom_components.crestron_homeseer.house.devices import Fan

from ..common import Advance, act
from ..memory import MemoryHub
from .common import A_READ, Changed, Sent, Shown, Start, lamp

WHITES = {"whites": (2200, 6500), "white": 2700}
WHITE_ALONE = WHITES | {"colored": False, "color": None}


def modes(*names: str, mode: str) -> dict[str, Any]:
    return {"supported_color_modes": list(names), "color_mode": mode}


def color(*parts: int) -> SetColor:
    red, green, blue = parts
    return SetColor(device_id="1", color=(red, green, blue))


def level(level: float) -> SetLevel:
    return SetLevel(device_id="1", level=level)


def speed(speed: float) -> SetSpeed:
    return SetSpeed(device_id="1", speed=speed)


def fan(speed: float | None = 0.0, speeds: int = 3) -> Fan:
    return Fan(id="1", name="Fan", speed=speed, speeds=speeds)


SHOWN: Shown = [
    (lamp(), modes("rgb", mode="rgb") | {"rgb_color": (255, 0, 0), "brightness": 128}),
    # The dimmest light is on.
    (lamp(level=1 / 65535), {"state": "on", "brightness": 1}),
    (
        lamp(level=1.0, dimmable=False, color=None),
        modes("rgb", mode="rgb") | {"brightness": 255, "rgb_color": None},
    ),
    (
        lamp(colored=False),
        modes("brightness", mode="brightness") | {"rgb_color": None},
    ),
    (lamp(colored=False, dimmable=False), modes("onoff", mode="onoff")),
    (
        lamp(**WHITE_ALONE),
        modes("color_temp", mode="color_temp")
        | {"color_temp_kelvin": 2700}
        | {"min_color_temp_kelvin": 2200, "max_color_temp_kelvin": 6500},
    ),
    # What it is seen in: a colour that is white is none.
    (lamp(**WHITES), modes("color_temp", "rgb", mode="rgb")),
    (lamp(**WHITES, color=(255, 255, 255)), {"color_mode": "color_temp"}),
    (lamp(**WHITES, color=None), {"color_mode": "color_temp"}),
    (lamp(), {"supported_features": 0}),
    (lamp(fades=True), {"supported_features": 32}),
    (fan(0.01), {"state": "on", "percentage": 33}),
    (fan(0.5, 4), {"state": "on", "percentage": 50}),
    (fan(None), {"state": "unknown", "percentage": None}),
    (fan(), {"state": "off", "percentage": 0}),
]
CHANGED: Changed = [
    (lamp(), {"level": 0.0}, {"state": "off", "brightness": None, "rgb_color": None}),
    (lamp(), {"level": None}, {"state": "unknown", "rgb_color": None}),
]
SENT: Sent = [
    # A light that is on stays at its level.
    (lamp(), "light.turn_on rgb_color=[0,10,20]", color(0, 10, 20)),
    (
        lamp(),
        "light.turn_on rgb_color=[1,2,3] brightness=51",
        [color(1, 2, 3), level(0.2)],
    ),
    (lamp(), "light.turn_on brightness=102", level(0.4)),
    (lamp(level=0.0), "light.turn_on rgb_color=[0,0,9]", [color(0, 0, 9), level(1.0)]),
    (lamp(level=None), "light.turn_on", level(1.0)),
    (
        lamp(level=0.0, dimmable=False),
        "light.turn_on rgb_color=[0,0,9]",
        [color(0, 0, 9), level(1.0)],
    ),
    (
        lamp(**WHITE_ALONE),
        "light.turn_on color_temp_kelvin=4000",
        SetWhite(device_id="1", white=4000),
    ),
    (lamp(), "light.turn_off", level(0.0)),
    (
        lamp(fades=True),
        "light.turn_on brightness=51 transition=8",
        SetLevel(device_id="1", level=0.2, fade=8),
    ),
    *(
        (fan(), f"fan.set_percentage percentage={percentage}", speed(step / 3))
        for percentage, step in ((1, 1), (34, 2), (66, 2), (67, 3), (100, 3), (0, 0))
    ),
    (fan(), "fan.turn_on percentage=66", speed(2 / 3)),
    (fan(), "fan.turn_on", speed(1.0)),
    (fan(1 / 3), "fan.turn_on", speed(1 / 3)),
    (fan(1.0), "fan.turn_off", speed(0.0)),
]


async def test_a_level_is_come_back_to(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(lamp(level=0.8), replace(fan(2 / 3), id="2"))
    # A moment ago, and so it may still be on its way: what is on stays as it is.
    hub.change("1", level=0.4)
    await advance(A_READ)
    await act(hass, "light", "turn_on", "light.lamp")
    assert hub.sent.pop() == level(0.4)
    for off in (0.0, None):
        await advance(A_READ)
        hub.change("1", level=off)
        await advance(A_READ)
        await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 0, 9])
        assert hub.sent == [color(0, 0, 9), level(0.4)]
        hub.sent.clear()
    hub.change("2", speed=0.0)
    await advance(A_READ)
    await act(hass, "fan", "turn_on", "fan.fan")
    assert hub.sent == [replace(speed(2 / 3), device_id="2")]


async def test_a_name_whose_small_letters_are_longer(
    hass: HomeAssistant, start: Start
) -> None:
    # This capital is one letter, its small one two: the room's name is not longer.
    room = replace(lamp(), id="2", name="i\u0307")
    await start(room, replace(lamp(), name="\u0130a", root_id="2"))
    assert len(hass.states.async_all("light")) == 2
