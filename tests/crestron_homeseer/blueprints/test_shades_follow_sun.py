"""Shades that follow the sun, in both houses."""

from homeassistant.core import HomeAssistant
import pytest

from simulator.crestron import CrestronProcessor
from simulator.homeseer import Model
from simulator.house import House, Shade

from ..common import Advance, act, posts, state
from .conftest import Automate

CRESTRON = "cover.kitchen_kitchen_shade"
HOMESEER = "cover.living_room_living_room_shade"
SUN = "sun.sun"
BRIGHT = "input_boolean.bright"

pytestmark = pytest.mark.usefixtures("loaded", "homeseer_loaded")


def shine(hass: HomeAssistant, azimuth: float, elevation: float) -> None:
    """Put the sun somewhere."""
    where = {"azimuth": azimuth, "elevation": elevation}
    hass.states.async_set(SUN, "above_horizon", where)


def positions(hass: HomeAssistant) -> list[int]:
    """Return where the two shades are."""
    return [
        state(hass, each).attributes["current_position"]
        for each in (CRESTRON, HOMESEER)
    ]


@pytest.fixture
def follow(hass: HomeAssistant, automate: Automate) -> Automate:
    """Make the automation, for a shade of each house; the sun is still behind it."""

    async def follow(**inputs: object) -> None:
        shine(hass, 60, 10)
        few = {"interval": 3, "override": 10}
        await automate(
            "shades_follow_sun", **{"shades": [CRESTRON, HOMESEER], **few, **inputs}
        )

    return follow


async def test_shades_are_as_far_down_as_the_sun_is_low(
    hass: HomeAssistant,
    house: House,
    model: Model,
    processor: CrestronProcessor,
    follow: Automate,
    wait: Advance,
) -> None:
    await follow()
    await wait(120)
    assert positions(hass) == [100, 100]
    shine(hass, 120, 8)
    await wait(100)
    assert positions(hass) == [20, 20]
    assert house.find("Kitchen Shade", Shade).position == pytest.approx(0.2, abs=0.01)
    assert model.find("Living Room Shade Position").value == pytest.approx(20, abs=1)

    # Too little to move for, then enough, but only when it is time.
    moves = len(posts(processor.requests))
    shine(hass, 150, 14)
    await wait(240)
    assert positions(hass) == [20, 20]
    assert len(posts(processor.requests)) == moves
    shine(hass, 180, 30)
    await wait(240)
    assert positions(hass) == pytest.approx([50, 50], abs=1)
    assert len(posts(processor.requests)) == moves + 1

    shine(hass, 251, 30)
    await wait(240)
    assert positions(hass) == [100, 100]


async def test_there_is_never_more_than_one_move_in_the_interval(
    hass: HomeAssistant,
    processor: CrestronProcessor,
    follow: Automate,
    wait: Advance,
) -> None:
    await follow(interval=5)
    before = len(posts(processor.requests))
    for step in range(20):
        shine(hass, 120 + step, 10 + 40 * (step % 2))
        await wait(31)
    # Ten minutes and some seconds, with the sun up and down twenty times.
    assert 1 <= len(posts(processor.requests)) - before <= 3


async def test_clouds_open_the_shades_and_leave_them_open_at_night(
    hass: HomeAssistant, follow: Automate, wait: Advance
) -> None:
    hass.states.async_set(BRIGHT, "on")
    await follow(only_if=[{"condition": "state", "entity_id": BRIGHT, "state": "on"}])
    shine(hass, 180, 10)
    await wait(100)
    assert positions(hass) == [20, 20]
    hass.states.async_set(BRIGHT, "off")
    await wait(240)
    assert positions(hass) == [100, 100]
    await wait(300)
    # Somebody closes them for the night.
    await act(hass, "cover", "close_cover", [CRESTRON, HOMESEER])
    shine(hass, 330, -10)
    await wait(900)
    assert positions(hass) == [0, 0]


async def test_shades_may_stay_as_they_are_when_the_sun_has_left(
    hass: HomeAssistant, follow: Automate, wait: Advance
) -> None:
    await follow(open_after=False)
    shine(hass, 180, 10)
    await wait(100)
    shine(hass, 270, 10)
    await wait(400)
    assert positions(hass) == [20, 20]


@pytest.mark.parametrize("late", [False, True], ids=["before", "during"])
async def test_whoever_moves_a_shade_is_left_in_peace(
    hass: HomeAssistant, house: House, follow: Automate, wait: Advance, late: bool
) -> None:
    await follow()
    if late:
        shine(hass, 180, 10)
        await wait(100)
        assert positions(hass) == [20, 20]
    # By hand, at the wall: nothing tells Home Assistant who it was.
    house.find("Kitchen Shade", Shade).move_to(0.7)
    await wait(40)
    shine(hass, 180, 25)
    await wait(480)
    assert positions(hass) == [70, 20 if late else 100]
    await wait(400)
    assert positions(hass) == pytest.approx([42, 42], abs=1)


async def test_a_shade_that_cannot_move_is_left_alone(
    hass: HomeAssistant,
    house: House,
    processor: CrestronProcessor,
    follow: Automate,
    wait: Advance,
) -> None:
    house.find("Kitchen Shade", Shade).jam()
    await follow()
    before = len(posts(processor.requests))
    shine(hass, 180, 10)
    await wait(600)
    assert positions(hass) == [100, 20]
    assert len(posts(processor.requests)) == before + 1


async def test_an_outage_is_nobody_who_moves_a_shade(
    hass: HomeAssistant,
    processor: CrestronProcessor,
    follow: Automate,
    wait: Advance,
) -> None:
    await follow(override=720)
    processor.faults.on("refuse_connections")
    await wait(60)
    assert state(hass, CRESTRON).state == "unavailable"
    processor.faults.off("refuse_connections")
    await wait(60)
    assert state(hass, CRESTRON).state == "open"
    shine(hass, 180, 10)
    await wait(100)
    assert positions(hass) == [20, 20]


@pytest.mark.parametrize(("azimuth", "position"), [(350, 20), (40, 20), (180, 100)])
async def test_a_side_may_look_north(
    hass: HomeAssistant,
    follow: Automate,
    wait: Advance,
    azimuth: float,
    position: int,
) -> None:
    await follow(azimuth_from=300, azimuth_to=50)
    shine(hass, azimuth, 10)
    await wait(100)
    assert positions(hass) == [position, position]
