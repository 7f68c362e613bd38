"""What lights with colours show and take."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
import pytest

from custom_components.crestron_homeseer.house.commands import (
    SetColor,
    SetLevel,
    SetWhite,
)

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, Start, lamp, shown


async def test_a_light_with_colours(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(lamp())
    assert shown(hass, "light.lamp", "supported_color_modes") == ["rgb"]
    assert shown(hass, "light.lamp", "color_mode") == "rgb"
    assert shown(hass, "light.lamp", "rgb_color") == (255, 0, 0)
    assert shown(hass, "light.lamp", "brightness") == 128
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 10, 20])
    # A light that is on stays at its level.
    assert hub.sent == [SetColor(device_id="1", color=(0, 10, 20))]
    assert shown(hass, "light.lamp", "rgb_color") == (0, 10, 20)
    hub.sent.clear()
    await act(
        hass, "light", "turn_on", "light.lamp", rgb_color=[1, 2, 3], brightness=51
    )
    assert hub.sent == [
        SetColor(device_id="1", color=(1, 2, 3)),
        SetLevel(device_id="1", level=0.2),
    ]
    hub.sent.clear()
    await act(hass, "light", "turn_on", "light.lamp", brightness=102)
    assert hub.sent == [SetLevel(device_id="1", level=0.4)]


@pytest.mark.parametrize(("level", "after"), [(0.0, 0.4), (None, 0.4)])
async def test_a_colour_turns_a_light_on(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    level: float | None,
    after: float,
) -> None:
    await start(lamp(level=0.4))
    hub.change("1", level=level)
    await advance(A_READ)
    assert shown(hass, "light.lamp", "rgb_color") is None
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 0, 9])
    assert hub.sent == [
        SetColor(device_id="1", color=(0, 0, 9)),
        SetLevel(device_id="1", level=after),
    ]
    assert state(hass, "light.lamp").state == "on"


async def test_a_light_with_colours_that_only_switches(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(lamp(level=1.0, dimmable=False, color=None))
    assert shown(hass, "light.lamp", "supported_color_modes") == ["rgb"]
    assert shown(hass, "light.lamp", "brightness") == 255
    assert shown(hass, "light.lamp", "rgb_color") is None
    await act(hass, "light", "turn_off", "light.lamp")
    assert state(hass, "light.lamp").state == "off"
    await act(hass, "light", "turn_on", "light.lamp", rgb_color=[0, 0, 9])
    assert hub.sent[1:] == [
        SetColor(device_id="1", color=(0, 0, 9)),
        SetLevel(device_id="1", level=1.0),
    ]


async def test_a_colour_of_a_light_without_colours_is_not_shown(
    hass: HomeAssistant, start: Start
) -> None:
    await start(lamp(colored=False))
    assert shown(hass, "light.lamp", "supported_color_modes") == ["brightness"]
    assert shown(hass, "light.lamp", "rgb_color") is None


async def test_to_turn_on_what_is_on_changes_nothing(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(lamp(level=0.8))
    # A moment ago, and so it may still be on its way.
    hub.change("1", level=0.4)
    await advance(A_READ)
    await act(hass, "light", "turn_on", "light.lamp")
    assert hub.sent == [SetLevel(device_id="1", level=0.4)]


async def test_a_name_whose_small_letters_are_longer(
    hass: HomeAssistant, start: Start
) -> None:
    # This capital is one letter, its small one two: the room's name is not longer.
    room = replace(lamp(), id="2", name="i\u0307")
    await start(room, replace(lamp(), name="\u0130a", root_id="2"))
    assert len(hass.states.async_all("light")) == 2


async def test_a_light_with_tones_of_white(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(lamp(colored=False, color=None, whites=(2200, 6500), white=2700))
    assert shown(hass, "light.lamp", "supported_color_modes") == ["color_temp"]
    assert shown(hass, "light.lamp", "color_temp_kelvin") == 2700
    assert shown(hass, "light.lamp", "min_color_temp_kelvin") == 2200
    assert shown(hass, "light.lamp", "max_color_temp_kelvin") == 6500
    await act(hass, "light", "turn_on", "light.lamp", color_temp_kelvin=4000)
    # A light that is on stays at its level.
    assert hub.sent == [SetWhite(device_id="1", white=4000)]
    assert shown(hass, "light.lamp", "color_temp_kelvin") == 4000


@pytest.mark.parametrize(
    ("color", "mode"),
    [((255, 0, 0), "rgb"), ((255, 255, 255), "color_temp"), (None, "color_temp")],
)
async def test_a_light_with_colours_and_tones_of_white(
    hass: HomeAssistant,
    start: Start,
    color: tuple[int, int, int] | None,
    mode: str,
) -> None:
    await start(lamp(color=color, whites=(2200, 6500), white=2700))
    assert set(shown(hass, "light.lamp", "supported_color_modes")) == {
        "color_temp",
        "rgb",
    }
    assert shown(hass, "light.lamp", "color_mode") == mode
