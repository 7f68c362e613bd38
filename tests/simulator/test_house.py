"""How houses behave in time, whoever serves them, and what the sample houses hold."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from simulator.clock import Clock, ManualClock, RealClock
from simulator.house import (
    Device,
    Goal,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    Motor,
    Room,
    Scene,
    Sensor,
    SensorKind,
    Shade,
    Thermostat,
)
from simulator.samples import default_house, generated_house, lived_in_house
from simulator.villa import NO_SUCH_ROOM, WHOLE_HOUSE


@pytest.fixture
def empty(clock: ManualClock) -> House:
    """A house with two rooms and nothing in them."""
    house = House(clock)
    house.add(Room(1, "Hall"))
    house.add(Room(2, "Study"))
    return house


def test_no_clock_stands_still_or_runs_backwards() -> None:
    with pytest.raises(ValueError, match="speed"):
        RealClock(speed=0)


def test_a_jammed_shade_hears_and_does_nothing(
    empty: House, clock: ManualClock
) -> None:
    shade = empty.add(Shade(10, "Blind", 1, travel_seconds=10))
    shade.move_to(1)
    clock.advance(4)
    shade.jam()
    shade.move_to(0)
    clock.advance(60)
    shade.free()
    clock.advance(60)
    assert shade.position == pytest.approx(0.4)
    shade.move_to(0)
    clock.advance(60)
    assert shade.position == 0


def test_a_lock_takes_a_moment_and_can_jam(empty: House, clock: ManualClock) -> None:
    lock = empty.add(Lock(10, "Door", 1, locked=True, bolt_seconds=2))
    lock.unlock()
    clock.advance(2)
    assert [lock.at(second).locked for second in (1, 2)] == [True, False]
    lock.lock()
    clock.advance(1)
    lock.jam()
    lock.lock()
    clock.advance(10)
    assert (lock.locked, lock.jammed) == (False, True)


def test_a_scene_is_active_while_the_house_matches(
    empty: House, clock: ManualClock
) -> None:
    lamp = empty.add(Light(10, "Lamp", 1, fade_seconds=1))
    lock = empty.add(Lock(11, "Door", 1, locked=False))
    media = empty.add(MediaRoom(1, "Hall", 1, power=True))
    goals = (
        Goal(10, "level", 0.3),
        Goal(11, "locked", True),
        Goal(1, "power", False, media=True),
    )
    scene = empty.add(Scene(20, "Night", 1, goals=goals))
    empty.recall(scene)
    assert not empty.matches(scene)
    clock.advance(5)
    assert empty.matches(scene)
    assert (lamp.level, lock.locked, media.power) == (0.3, True, False)
    assert not empty.matches(scene, at=0.5)
    lamp.fade_to(0.4)
    clock.advance(5)
    assert not empty.matches(scene)


def test_things_come_and_go(empty: House) -> None:
    lamp, sensor = empty.add(Light(10, "Lamp", 1)), empty.add(Sensor(11, "S", 1))
    empty.add(Scene(20, "Night", 1))
    with pytest.raises(ValueError, match="10 is taken"):
        empty.add(Shade(10, "Blind", 1))
    with pytest.raises(ValueError, match="no position"):
        sensor.order("position", 1)
    empty.rename(10, "Light")
    with pytest.raises(LookupError, match="nothing named 'Moat'"):
        empty.find("Moat")
    empty.move(10, 2)
    assert (lamp.name, empty.room_name(lamp)) == ("Light", "Study")
    for number, room in ((20, None), (10, 77)):
        empty.move(number, room)
        assert empty.room_name(empty.find(number)) is None
    for number in (10, 11, 20, 2):
        empty.remove(number)
    assert (empty.devices, empty.scenes, list(empty.rooms)) == ({}, {}, [1])
    with pytest.raises(LookupError, match="nothing has the id 10"):
        empty.remove(10)
    with pytest.raises(TypeError, match="room itself"):
        empty.move(1, 1)
    # A device may stand alone.
    lamp.level = 0.4
    assert (lamp.level, Light.level.name, repr(lamp)) == (
        *(0.4, "level", "<Light 10 'Light'>"),
    )
    assert Device(1, "Box").settled_at() == 0


# Motors


def way(shade: Shade) -> list[float]:
    """Return where a shade is at each tenth of a second."""
    return [shade.path.at(tick / 10) for tick in range(400)]


def shade_with(clock: ManualClock, motor: Motor) -> Shade:
    shade = Shade(1, "Shade", travel_seconds=10.0, motor=motor)
    return House(clock).add(shade)


def test_it_gathers_speed_and_brakes(clock: ManualClock) -> None:
    shade = shade_with(clock, Motor(ramp=2.0))
    shade.move_to(1.0)
    places = way(shade)
    assert [places[tick] for tick in (10, 20, 60, 110, -1)] == pytest.approx(
        [0.025, 0.1, 0.5, 0.975, 1.0]
    )
    assert shade.settled_at() == pytest.approx(12.0)
    assert places == sorted(places)
    clock.advance(5.0)
    here = shade.position
    shade.stop()
    assert way(shade)[-1] == shade.target == pytest.approx(here + 0.1)
    assert shade.settled_at() == pytest.approx(7.0)


@pytest.mark.parametrize("ahead", [-0.2, 0.05, 0.1, 0.3])
def test_a_target_that_is_too_near_is_come_back_to(
    clock: ManualClock, ahead: float
) -> None:
    shade = shade_with(clock, Motor(ramp=2.0))
    shade.move_to(1.0)
    clock.advance(5.0)
    wanted = shade.position + ahead
    furthest = max(wanted, shade.position + 0.1)
    shade.move_to(wanted)
    places = way(shade)
    assert places[-1] == pytest.approx(wanted)
    assert max(places) == pytest.approx(furthest, abs=1e-3)
    # No jump anywhere: neither in place nor in speed.
    steps = [later - one for one, later in pairwise(places)]
    assert max(map(abs, steps)) < 0.0101
    assert max(abs(b - a) for a, b in pairwise(steps)) < 0.0012


# Samples


def states(house: House) -> list[object]:
    """Everything that a house tells."""
    now = house.clock.now()
    return [
        (
            each.id,
            each.name,
            each.room,
            [track.at(now) for track in each.tracks.values()],
        )
        for each in house.everything()
    ]


def test_the_villa_holds_what_houses_hold_and_the_traps(house: House) -> None:
    assert house.rooms[WHOLE_HOUSE].name == "Whole House"
    assert len(house.devices) + len(house.media_rooms) == 64
    assert (len(house.rooms), len(house.scenes), len(house.quick_actions)) == (
        13,
        40,
        3,
    )
    styles = {"Shade", "Drape", "Shade Group"}
    assert {shade.style for shade in house.of(Shade)} == styles
    assert [lock.locked for lock in house.of(Lock)] == [True, False, None]
    modes = [Mode.COOL, Mode.AUTO, Mode.OFF, Mode.HEAT]
    assert [thermostat.mode for thermostat in house.of(Thermostat)] == modes
    assert {sensor.measures for sensor in house.of(Sensor)} == set(SensorKind)
    assert house.find("Mailbox").room == NO_SUCH_ROOM
    assert NO_SUCH_ROOM not in house.rooms
    assert all(media.id == media.room for media in house.of(MediaRoom))
    names = Counter(scene.name for scene in house.of(Scene))
    assert names["All Off"] == 10
    assert sum(scene.momentary for scene in house.of(Scene)) == 2
    ids = [*house.rooms, *house.devices, *house.scenes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "make", [default_house, lambda clock, seed: generated_house(150, clock, seed)]
)
def test_a_seed_makes_the_same_house_twice(make: Callable[[Clock, int], House]) -> None:
    one, two, other = (states(make(ManualClock(), seed)) for seed in (3, 3, 4))
    assert one == two != other


@pytest.mark.parametrize(
    ("size", "seed"), [(1, 0), (7, 0), (64, 0), *((900, seed) for seed in range(8))]
)
def test_generated_houses_have_their_size(size: int, seed: int) -> None:
    house = generated_house(size, ManualClock(), seed)
    assert len(house.devices) + len(house.media_rooms) == size
    assert len(house.scenes) == size * 40 // 64
    assert NO_SUCH_ROOM not in {*house.rooms, *house.devices, *house.scenes}


def test_a_house_that_is_lived_in_has_more_than_the_villa() -> None:
    villa, house = default_house(), lived_in_house()
    assert house.devices.keys() > villa.devices.keys()
    assert [room.name for room in house.rooms.values()][-2:] == ["Unused", "Unused 2"]
    assert house.find("Unused", MediaRoom).sources == {}
