"""The sample houses."""

from collections import Counter
from collections.abc import Callable

import pytest

from simulator.clock import Clock, ManualClock
from simulator.house import (
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    Scene,
    SecurityPanel,
    Sensor,
    SensorKind,
    Shade,
    Thermostat,
)
from simulator.samples import default_house, generated_house, lived_in_house
from simulator.villa import NO_SUCH_ROOM, WHOLE_HOUSE


def states(house: House) -> list[object]:
    """Everything that a house tells."""
    return [
        (device.id, device.name, device.room, sorted(device.tracks), settled)
        for device in house.everything()
        for settled in [
            [track.at(house.clock.now()) for track in device.tracks.values()]
        ]
    ]


def test_the_villa_holds_what_houses_hold(house: House) -> None:
    assert len(house.rooms) == 13
    assert house.rooms[WHOLE_HOUSE].name == "Whole House"
    assert len(house.devices) + len(house.media_rooms) == 64
    assert len(house.scenes) == 40
    assert len(house.quick_actions) == 3
    kinds = Counter(type(device) for device in house.everything())
    assert kinds[Light] == 26
    assert kinds[Fan] == 1
    assert kinds[Shade] == 12
    assert kinds[SecurityPanel] == 1


def test_the_villa_holds_the_traps(house: House) -> None:
    assert {shade.style for shade in house.of(Shade)} == {
        "Shade",
        "Drape",
        "Shade Group",
    }
    assert [lock.locked for lock in house.of(Lock)] == [True, False, None]
    assert [thermostat.mode for thermostat in house.of(Thermostat)] == [
        Mode.COOL,
        Mode.AUTO,
        Mode.OFF,
        Mode.HEAT,
    ]
    assert {sensor.measures for sensor in house.of(Sensor)} == set(SensorKind)
    assert house.find("Terrace Slider").battery_low
    assert house.find("Mailbox").room == NO_SUCH_ROOM
    assert NO_SUCH_ROOM not in house.rooms
    assert all(media.id == media.room for media in house.of(MediaRoom))
    assert house.find("Terrace", MediaRoom).volume_controls == ("none",)
    names = Counter(scene.name for scene in house.of(Scene))
    assert names["All Off"] == 10
    assert sum(scene.momentary for scene in house.of(Scene)) == 2


def test_the_villas_ids_are_disjoint(house: House) -> None:
    ids = [*house.rooms, *house.devices, *house.scenes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "make", [default_house, lambda clock, seed: generated_house(150, clock, seed)]
)
def test_a_seed_makes_the_same_house_twice(
    make: Callable[[Clock, int], House],
) -> None:
    one, two, other = (make(ManualClock(), seed) for seed in (3, 3, 4))
    assert states(one) == states(two)
    assert states(one) != states(other)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_generated_houses_have_their_size(size: int) -> None:
    house = generated_house(size, ManualClock())
    assert len(house.devices) + len(house.media_rooms) == size
    assert len(house.scenes) == size * 40 // 64


def test_no_device_takes_the_id_of_the_room_that_is_gone() -> None:
    for seed in range(8):
        house = generated_house(900, ManualClock(), seed)
        assert NO_SUCH_ROOM not in {*house.rooms, *house.devices, *house.scenes}


def test_a_house_that_is_lived_in_has_more_than_the_villa() -> None:
    villa, house = default_house(), lived_in_house()
    assert house.devices.keys() > villa.devices.keys()
    assert house.find("Fireplace").room == house.find("Living Room", MediaRoom).room
    assert [room.name for room in house.rooms.values()][-2:] == ["Unused", "Unused 2"]
    assert house.find("Unused", MediaRoom).sources == {}
