"""How the house behaves in time, whoever serves it."""

import pytest

from simulator.clock import ManualClock
from simulator.house import (
    Device,
    Goal,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    Room,
    Scene,
    Sensor,
    Shade,
    Thermostat,
)


@pytest.fixture
def empty(clock: ManualClock) -> House:
    """A house with two rooms and nothing in them."""
    house = House(clock)
    house.add(Room(1, "Hall"))
    house.add(Room(2, "Study"))
    return house


def test_a_jammed_shade_hears_and_does_nothing(
    empty: House, clock: ManualClock
) -> None:
    shade = empty.add(Shade(10, "Blind", 1, travel_seconds=10))
    shade.move_to(1)
    clock.advance(4)
    shade.jam()
    shade.move_to(0)
    clock.advance(60)
    assert shade.position == pytest.approx(0.4)
    shade.free()
    clock.advance(60)
    assert shade.position == pytest.approx(0.4)
    shade.move_to(0)
    clock.advance(60)
    assert shade.position == 0


def test_a_lock_takes_a_moment_and_can_jam(empty: House, clock: ManualClock) -> None:
    lock = empty.add(Lock(10, "Door", 1, locked=True, bolt_seconds=2))
    lock.unlock()
    clock.advance(1)
    assert lock.at(1).locked is True
    clock.advance(1)
    assert lock.at(2).locked is False
    lock.lock()
    clock.advance(1)
    lock.jam()
    clock.advance(10)
    assert lock.at(13).locked is False
    lock.lock()
    clock.advance(10)
    assert lock.locked is False
    assert lock.jammed


@pytest.mark.parametrize(
    ("mode", "ends_at"),
    [
        (Mode.OFF, 80),
        (Mode.COOL, 74),
        (Mode.HEAT, 80),
        (Mode.AUTO, 74),
        (Mode.AUX_HEAT, 80),
    ],
)
def test_a_room_drifts_to_where_its_thermostat_lets_it(
    empty: House, clock: ManualClock, mode: Mode, ends_at: float
) -> None:
    thermostat = empty.add(
        Thermostat(10, "T", 1, mode=mode, heat=68, cool=74, temperature=72, ambient=80)
    )
    clock.advance(60)
    assert thermostat.temperature == 72.5
    clock.advance(3600)
    assert thermostat.temperature == ends_at


def test_set_points_follow_the_mode(empty: House) -> None:
    thermostat = empty.add(Thermostat(10, "T", 1, heat=68, cool=74))
    assert thermostat.set_points == {}
    thermostat.mode = Mode.HEAT
    assert thermostat.set_points == {"heat": 68}
    thermostat.mode = Mode.COOL
    assert thermostat.set_points == {"cool": 74}
    thermostat.mode = Mode.AUTO
    assert thermostat.set_points == {"heat": 68, "cool": 74}
    thermostat.single_auto = True
    thermostat.set_point("auto", 70)
    assert thermostat.set_points == {"auto": 70}
    assert (thermostat.heat, thermostat.cool) == (70, 70)


def test_a_scene_is_active_while_the_house_matches(
    empty: House, clock: ManualClock
) -> None:
    lamp = empty.add(Light(10, "Lamp", 1, fade_seconds=1))
    lock = empty.add(Lock(11, "Door", 1, locked=False))
    media = empty.add(MediaRoom(1, "Hall", 1, power=True))
    scene = empty.add(
        Scene(
            20,
            "Night",
            1,
            goals=(
                Goal(10, "level", 0.3),
                Goal(11, "locked", True),
                Goal(1, "power", False, media=True),
            ),
        )
    )
    empty.recall(scene)
    assert not empty.matches(scene)
    clock.advance(5)
    assert empty.matches(scene)
    assert (lamp.level, lock.locked, media.power) == (0.3, True, False)
    assert not empty.matches(scene, at=0.5)
    lamp.fade_to(0.4)
    clock.advance(5)
    assert not empty.matches(scene)


def test_stated_scenes_take_turns_in_their_room(empty: House) -> None:
    one, two = (
        empty.add(Scene(number, f"S{number}", 1, stated=number == 20))
        for number in (20, 21)
    )
    other = empty.add(Scene(22, "S", 2, stated=True))
    empty.recall(two)
    assert [empty.matches(scene) for scene in (one, two, other)] == [
        False,
        True,
        True,
    ]


def test_things_are_found_by_name_room_kind_and_id(house: House) -> None:
    shade = house.find("Kitchen Shade", Shade)
    assert house.find(shade.id) is shade
    assert house.find("Downlights", room="Kitchen").room == shade.room
    assert house.find("Theater", MediaRoom).sources
    with pytest.raises(LookupError, match="5 named 'Downlights'"):
        house.find("Downlights")
    with pytest.raises(LookupError, match="nothing named 'Moat'"):
        house.find("Moat")


def test_things_come_and_go(empty: House) -> None:
    lamp = empty.add(Light(10, "Lamp", 1))
    empty.add(Scene(20, "Night", 1))
    with pytest.raises(ValueError, match="10 is taken"):
        empty.add(Shade(10, "Blind", 1))
    empty.rename(10, "Light")
    empty.move(10, 2)
    assert (lamp.name, empty.room_name(lamp)) == ("Light", "Study")
    empty.move(20, None)
    assert empty.room_name(empty.scenes[20]) is None
    empty.move(10, 77)
    assert empty.room_name(lamp) is None
    empty.remove(10)
    empty.remove(20)
    empty.remove(2)
    assert (empty.devices, empty.scenes, list(empty.rooms)) == ({}, {}, [1])
    with pytest.raises(LookupError, match="nothing has the id 10"):
        empty.remove(10)
    with pytest.raises(TypeError, match="room itself"):
        empty.move(1, 1)


def test_a_device_alone_and_a_state_that_it_lacks(empty: House) -> None:
    lamp = Light(1, "Lamp")
    lamp.level = 0.4
    assert (lamp.level, Light.level.name) == (0.4, "level")
    assert repr(lamp) == "<Light 1 'Lamp'>"
    assert Device(1, "Box").settled_at() == 0
    sensor = empty.add(Sensor(10, "S", 1))
    with pytest.raises(ValueError, match="no position"):
        sensor.order("position", 1)
