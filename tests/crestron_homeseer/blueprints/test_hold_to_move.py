"""A wall button that moves shades while it is held, in both houses."""

import pytest

from .conftest import Both

BUTTON_A = "binary_sensor.porch_porch_keypad_keypad_button_a"
BUTTON_B = "binary_sensor.porch_porch_keypad_keypad_button_b"
CRESTRON = "cover.kitchen_kitchen_shade"
SHADES = (CRESTRON, "cover.living_room_living_room_shade")
UP, DOWN = "input_boolean.up", "input_boolean.down"


async def made(both: Both) -> None:
    """Make the automation, for a shade of each house."""
    await both.automate(
        "hold_to_move_shades",
        shades={"entity_id": [*SHADES]},
        open_buttons=[BUTTON_B],
        close_buttons=[BUTTON_A],
    )
    assert both.positions(*SHADES) == [100, 100]


async def walled(both: Both, **inputs: object) -> None:
    """Make the automation for the Crestron shade alone, with buttons on a wall."""
    for button in (UP, DOWN):
        both.hass.states.async_set(button, "off")
    shades = {"entity_id": [CRESTRON]}
    buttons = {"open_buttons": [UP], "close_buttons": [DOWN]}
    await both.automate("hold_to_move_shades", shades=shades, **buttons, **inputs)


async def test_shades_move_while_held_and_stop_when_let_go(both: Both) -> None:
    await made(both)
    button = both.model.find("Keypad Button A")
    button.set(1)
    await both.until(CRESTRON, "closing")
    await both.advance(3)
    button.set(0)
    await both.advance(30)
    crestron, homeseer = both.positions(*SHADES)
    assert 5 < crestron < 95
    assert 5 < homeseer < 95
    assert not both.shade().moving
    assert both.shade().position == pytest.approx(crestron / 100, abs=0.02)

    both.model.find("Keypad Button B").set(1)
    await both.advance(60)
    assert both.positions(*SHADES) == [100, 100]


async def test_a_button_that_is_lost_while_held_counts_as_let_go(both: Both) -> None:
    await made(both)
    both.model.find("Keypad Button A").set(1)
    await both.until(CRESTRON, "closing")
    await both.advance(3)
    both.hass.states.async_set(BUTTON_A, "unavailable")
    await both.advance(10)
    assert not both.shade().moving
    assert both.shade().position > 0.05


async def test_what_was_held_all_along_moves_nothing(both: Both) -> None:
    await made(both)
    both.hass.states.async_set(BUTTON_A, "unavailable")
    await both.advance(1)
    both.model.find("Keypad Button A").set(1)
    await both.advance(60)
    assert both[BUTTON_A].state == "on"
    assert both.positions(*SHADES) == [100, 100]


@pytest.mark.parametrize(("seconds", "least", "most"), [(0.5, 0, 0), (9, 6, 94)])
async def test_a_tap_goes_all_the_way(
    both: Both, seconds: float, least: int, most: int
) -> None:
    await walled(both, tap_seconds=2)
    both.hass.states.async_set(DOWN, "on")
    await both.advance(seconds)
    both.hass.states.async_set(DOWN, "off")
    await both.advance(60)
    assert least <= both.positions(CRESTRON)[0] <= most


async def test_of_several_quick_presses_the_last_one_counts(both: Both) -> None:
    await walled(both)
    await both.act("cover", "set_cover_position", CRESTRON, position=50)
    await both.advance(30)
    for button, is_ in ((UP, "on"), (DOWN, "on"), (UP, "off")):
        both.hass.states.async_set(button, is_)
    await both.advance(30)
    assert 40 <= both.positions(CRESTRON)[0] <= 60
