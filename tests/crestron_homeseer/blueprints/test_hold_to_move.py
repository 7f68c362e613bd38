"""A wall button that moves shades while it is held, in both houses."""

from homeassistant.core import HomeAssistant
import pytest

from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import House, Shade

from ..common import Advance, act, state
from .conftest import Automate, until

BUTTON_A = "binary_sensor.porch_porch_keypad_keypad_button_a"
BUTTON_B = "binary_sensor.porch_porch_keypad_keypad_button_b"
CRESTRON = "cover.kitchen_kitchen_shade"
HOMESEER = "cover.living_room_living_room_shade"

pytestmark = pytest.mark.usefixtures("loaded", "homeseer_loaded")


async def made(automate: Automate, **inputs: object) -> None:
    """Make the automation, for a shade of each house."""
    await automate(
        "hold_to_move_shades",
        shades={"entity_id": [CRESTRON, HOMESEER]},
        open_buttons=[BUTTON_B],
        close_buttons=[BUTTON_A],
        **inputs,
    )


def positions(hass: HomeAssistant) -> list[int]:
    """Return where the two shades are."""
    return [
        state(hass, each).attributes["current_position"]
        for each in (CRESTRON, HOMESEER)
    ]


async def test_shades_move_while_held_and_stop_when_let_go(
    hass: HomeAssistant,
    house: House,
    model: Model,
    automate: Automate,
    advance: Advance,
) -> None:
    await made(automate)
    assert positions(hass) == [100, 100]
    button = model.find("Keypad Button A")
    button.set(1)
    await until(hass, CRESTRON, "closing", advance)
    await advance(3)
    button.set(0)
    await advance(30)
    crestron, homeseer = positions(hass)
    assert 5 < crestron < 95
    assert 5 < homeseer < 95
    shade = house.find("Kitchen Shade", Shade)
    assert not shade.moving
    assert shade.position == pytest.approx(crestron / 100, abs=0.02)

    model.find("Keypad Button B").set(1)
    await advance(60)
    assert positions(hass) == [100, 100]


async def test_a_button_that_is_lost_while_held_counts_as_let_go(
    hass: HomeAssistant,
    house: House,
    model: Model,
    system: HomeSeerSystem,
    automate: Automate,
    advance: Advance,
) -> None:
    await made(automate)
    model.find("Keypad Button A").set(1)
    await until(hass, CRESTRON, "closing", advance)
    await advance(3)
    hass.states.async_set(BUTTON_A, "unavailable")
    await advance(10)
    shade = house.find("Kitchen Shade", Shade)
    assert not shade.moving
    assert shade.position > 0.05


async def test_what_was_held_all_along_moves_nothing(
    hass: HomeAssistant, model: Model, automate: Automate, advance: Advance
) -> None:
    await made(automate)
    hass.states.async_set(BUTTON_A, "unavailable")
    await advance(1)
    model.find("Keypad Button A").set(1)
    await advance(60)
    assert state(hass, BUTTON_A).state == "on"
    assert positions(hass) == [100, 100]


@pytest.mark.parametrize(("seconds", "ends"), [(0.5, 0), (9, None)])
async def test_a_tap_goes_all_the_way(
    hass: HomeAssistant,
    automate: Automate,
    advance: Advance,
    seconds: float,
    ends: int | None,
) -> None:
    button = "input_boolean.wall"
    hass.states.async_set(button, "off")
    await automate(
        "hold_to_move_shades",
        shades={"entity_id": [CRESTRON]},
        close_buttons=[button],
        tap_seconds=2,
    )
    hass.states.async_set(button, "on")
    await advance(seconds)
    hass.states.async_set(button, "off")
    await advance(60)
    position = positions(hass)[0]
    assert position == ends if ends is not None else 5 < position < 95


async def test_of_several_quick_presses_the_last_one_counts(
    hass: HomeAssistant, automate: Automate, advance: Advance
) -> None:
    await automate(
        "hold_to_move_shades",
        shades={"entity_id": [CRESTRON]},
        open_buttons=["input_boolean.up"],
        close_buttons=["input_boolean.down"],
    )
    for button in ("input_boolean.up", "input_boolean.down"):
        hass.states.async_set(button, "off")
    await act(hass, "cover", "set_cover_position", CRESTRON, position=50)
    await advance(30)
    hass.states.async_set("input_boolean.up", "on")
    hass.states.async_set("input_boolean.down", "on")
    hass.states.async_set("input_boolean.up", "off")
    await advance(30)
    assert 40 <= positions(hass)[0] <= 60
