"""Doors that are left open and locks that stay unlocked, in both houses."""

from homeassistant.core import HomeAssistant, ServiceCall
import pytest

from simulator.homeseer import Model
from simulator.house import House, Lock

from ..common import Advance, state
from .conftest import Automate

WINDOW = "binary_sensor.living_room_living_room_window"
LOCK = "lock.hallway_front_door"
GARAGE = "cover.garage_garage_door"

pytestmark = pytest.mark.usefixtures("loaded", "homeseer_loaded")


def messages(told: list[ServiceCall]) -> list[str]:
    """Return the texts of what was told."""
    return [each.data["message"] for each in told]


async def test_a_window_and_a_lock_are_told_each_once(
    hass: HomeAssistant,
    house: House,
    model: Model,
    automate: Automate,
    told: list[ServiceCall],
    wait: Advance,
) -> None:
    await automate("left_open", watched=[WINDOW, LOCK], minutes=2)
    model.find("Living Room Window Sensor Binary").set(255)
    house.find("Front Door", Lock).unlock()
    await wait(100)
    assert (state(hass, WINDOW).state, state(hass, LOCK).state) == ("on", "unlocked")
    assert told == []
    await wait(60)
    assert sorted(messages(told)) == [
        "Front Door has been unlocked for 2 minutes.",
        "Living Room Window has been open for 2 minutes.",
    ]
    assert told[0].data["title"] in {"Front Door", "Living Room Window"}
    await wait(200)
    assert len(told) == 2


async def test_what_is_closed_in_time_is_not_told(
    model: Model, automate: Automate, told: list[ServiceCall], wait: Advance
) -> None:
    await automate("left_open", watched=[WINDOW], minutes=2)
    window = model.find("Living Room Window Sensor Binary")
    for _ in range(2):
        window.set(255)
        await wait(100)
        window.set(0)
        await wait(20)
    assert told == []


async def test_it_is_told_again_until_it_is_closed(
    model: Model, automate: Automate, told: list[ServiceCall], wait: Advance
) -> None:
    await automate("left_open", watched=[GARAGE], minutes=1, again_minutes=2)
    door = model.find("Garage Door Opener")
    door.set(255)
    await wait(90)
    assert messages(told) == ["Garage Door has been open for 1 minute."]
    await wait(120)
    assert messages(told)[1:] == ["Garage Door has been open for 3 minutes."]
    door.set(0)
    await wait(300)
    assert len(told) == 2
