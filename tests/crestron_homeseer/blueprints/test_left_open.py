"""Doors that are left open and locks that stay unlocked, in both houses."""

from .conftest import Both

WINDOW = "binary_sensor.living_room_living_room_window"
LOCK = "lock.hallway_front_door"
GARAGE = "cover.garage_garage_door"


async def test_a_window_and_a_lock_are_told_each_once(both: Both) -> None:
    await both.automate("left_open", watched=[WINDOW, LOCK], minutes=2)
    both.model.find("Living Room Window Sensor Binary").set(255)
    both.lock("Front Door").unlock()
    await both.wait(100)
    assert both.shown(WINDOW, LOCK) == ["on", "unlocked"]
    assert both.told == []
    await both.wait(60)
    assert sorted(both.texts()) == [
        "Front Door has been unlocked for 2 minutes.",
        "Living Room Window has been open for 2 minutes.",
    ]
    assert both.told[0].data["title"] in {"Front Door", "Living Room Window"}
    await both.wait(200)
    assert len(both.told) == 2


async def test_what_is_closed_in_time_is_not_told(both: Both) -> None:
    await both.automate("left_open", watched=[WINDOW], minutes=2)
    window = both.model.find("Living Room Window Sensor Binary")
    for _ in range(2):
        window.set(255)
        await both.wait(100)
        window.set(0)
        await both.wait(20)
    assert both.told == []


async def test_it_is_told_again_until_it_is_closed(both: Both) -> None:
    await both.automate("left_open", watched=[GARAGE], minutes=1, again_minutes=2)
    door = both.model.find("Garage Door Opener")
    door.set(255)
    await both.wait(90)
    assert both.texts() == ["Garage Door has been open for 1 minute."]
    await both.wait(120)
    assert both.texts()[1:] == ["Garage Door has been open for 3 minutes."]
    door.set(0)
    await both.wait(300)
    assert len(both.told) == 2
