"""Shades that follow the sun, in both houses."""

import pytest

from ..common import posts
from .conftest import Both

CRESTRON = "cover.kitchen_kitchen_shade"
SHADES = (CRESTRON, "cover.living_room_living_room_shade")
BRIGHT = "input_boolean.bright"


def shine(both: Both, azimuth: float, elevation: float) -> None:
    """Put the sun somewhere."""
    where = {"azimuth": azimuth, "elevation": elevation}
    both.hass.states.async_set("sun.sun", "above_horizon", where)


def moves(both: Both) -> int:
    """Count the moves of the Crestron shade so far."""
    return len(posts(both.processor.requests))


async def follow(both: Both, **inputs: object) -> None:
    """Make the automation, for a shade of each house; the sun is still behind it."""
    shine(both, 60, 10)
    usual = {"shades": [*SHADES], "interval": 3, "override": 10}
    await both.automate("shades_follow_sun", **{**usual, **inputs})


async def test_shades_are_as_far_down_as_the_sun_is_low(both: Both) -> None:
    await follow(both)
    await both.wait(120)
    assert both.positions(*SHADES) == [100, 100]
    shine(both, 120, 8)
    await both.wait(100)
    assert both.positions(*SHADES) == [20, 20]
    assert both.shade().position == pytest.approx(0.2, abs=0.01)
    position = both.model.find("Living Room Shade Position").value
    assert position == pytest.approx(20, abs=1)

    # Too little to move for, then enough, but only when it is time.
    before = moves(both)
    for azimuth, elevation, ends, times in (
        (150, 14, 20, before),
        (180, 30, 50, before + 1),
        (251, 30, 100, before + 2),
    ):
        shine(both, azimuth, elevation)
        await both.wait(240)
        assert both.positions(*SHADES) == pytest.approx([ends, ends], abs=1)
        assert moves(both) == times


async def test_there_is_never_more_than_one_move_in_the_interval(both: Both) -> None:
    await follow(both, interval=5)
    before = moves(both)
    for step in range(20):
        shine(both, 120 + step, 10 + 40 * (step % 2))
        await both.wait(31)
    # Ten minutes and some seconds, with the sun up and down twenty times.
    assert 1 <= moves(both) - before <= 3


async def test_clouds_open_the_shades_and_leave_them_open_at_night(
    both: Both,
) -> None:
    both.hass.states.async_set(BRIGHT, "on")
    bright = {"condition": "state", "entity_id": BRIGHT, "state": "on"}
    await follow(both, only_if=[bright])
    shine(both, 180, 10)
    await both.wait(100)
    assert both.positions(*SHADES) == [20, 20]
    both.hass.states.async_set(BRIGHT, "off")
    await both.wait(240)
    assert both.positions(*SHADES) == [100, 100]
    await both.wait(300)
    # Somebody closes them for the night.
    await both.act("cover", "close_cover", [*SHADES])
    shine(both, 330, -10)
    await both.wait(900)
    assert both.positions(*SHADES) == [0, 0]


async def test_shades_may_stay_as_they_are_when_the_sun_has_left(both: Both) -> None:
    await follow(both, open_after=False)
    shine(both, 180, 10)
    await both.wait(100)
    shine(both, 270, 10)
    await both.wait(400)
    assert both.positions(*SHADES) == [20, 20]


@pytest.mark.parametrize("late", [False, True], ids=["before", "during"])
async def test_whoever_moves_a_shade_is_left_in_peace(both: Both, late: bool) -> None:
    await follow(both)
    if late:
        shine(both, 180, 10)
        await both.wait(100)
        assert both.positions(*SHADES) == [20, 20]
    # By hand, at the wall: nothing tells Home Assistant who it was.
    both.shade().move_to(0.7)
    await both.wait(40)
    shine(both, 180, 25)
    await both.wait(480)
    assert both.positions(*SHADES) == [70, 20 if late else 100]
    await both.wait(400)
    assert both.positions(*SHADES) == pytest.approx([42, 42], abs=1)


async def test_a_shade_that_cannot_move_is_left_alone(both: Both) -> None:
    both.shade().jam()
    await follow(both)
    before = moves(both)
    shine(both, 180, 10)
    await both.wait(600)
    assert both.positions(*SHADES) == [100, 20]
    assert moves(both) == before + 1


async def test_an_outage_is_nobody_who_moves_a_shade(both: Both) -> None:
    await follow(both, override=720)
    with both.processor.faults.during("refuse_connections"):
        await both.wait(60)
        assert both[CRESTRON].state == "unavailable"
    await both.wait(60)
    assert both[CRESTRON].state == "open"
    shine(both, 180, 10)
    await both.wait(100)
    assert both.positions(*SHADES) == [20, 20]


@pytest.mark.parametrize(("azimuth", "position"), [(350, 20), (40, 20), (180, 100)])
async def test_a_side_may_look_north(both: Both, azimuth: float, position: int) -> None:
    await follow(both, azimuth_from=300, azimuth_to=50)
    shine(both, azimuth, 10)
    await both.wait(100)
    assert both.positions(*SHADES) == [position, position]
