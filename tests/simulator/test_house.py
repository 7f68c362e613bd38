"""How the house behaves in time, whoever serves it."""

import pytest

from simulator.clock import ManualClock, RealClock
from simulator.house import (
    Device,
    Fan,
    Goal,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    QuickAction,
    Room,
    Scene,
    SecurityPanel,
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


def test_a_shade_takes_its_time(empty: House, clock: ManualClock) -> None:
    shade = empty.add(Shade(10, "Blind", 1, travel_seconds=20))
    shade.move_to(0.5)
    assert (shade.position, shade.moving, shade.target) == (0, True, 0.5)
    clock.advance(5)
    assert shade.position == 0.25
    clock.advance(5)
    assert (shade.position, shade.moving) == (0.5, False)
    assert shade.settled_at() == 10


def test_a_shade_can_be_stopped(empty: House, clock: ManualClock) -> None:
    shade = empty.add(Shade(10, "Blind", 1, travel_seconds=10))
    shade.move_to(1)
    clock.advance(4)
    shade.stop()
    clock.advance(60)
    assert shade.position == pytest.approx(0.4)


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


def test_setting_a_state_is_a_jump(empty: House, clock: ManualClock) -> None:
    shade = empty.add(Shade(10, "Blind", 1))
    shade.move_to(1)
    shade.position = 0.3
    clock.advance(100)
    assert shade.position == 0.3


def test_a_dimmer_ramps_and_a_switch_does_not(empty: House, clock: ManualClock) -> None:
    dimmer = empty.add(Light(10, "Lamp", 1, fade_seconds=2))
    switch = empty.add(Light(11, "Plug", 1, dimmable=False))
    dimmer.fade_to(1)
    switch.fade_to(0.2)
    clock.advance(1)
    assert (dimmer.level, dimmer.target) == (0.5, 1)
    assert switch.level == 1
    clock.advance(1)
    dimmer.fade_to(0, seconds=10)
    clock.advance(5)
    assert dimmer.level == 0.5


def test_a_fan_has_speeds(empty: House) -> None:
    fan = empty.add(Fan(10, "Fan", 1))
    fan.set_speed(3)
    assert fan.speed == 3


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


def test_orders_can_come_later(empty: House, clock: ManualClock) -> None:
    lock = empty.add(Lock(10, "Door", 1, locked=None, bolt_seconds=1))
    lock.unlock(at=5)
    clock.advance(5.5)
    assert lock.locked is None
    clock.advance(0.5)
    assert lock.locked is False


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


def test_heating_keeps_a_room_warm(empty: House, clock: ManualClock) -> None:
    thermostat = empty.add(
        Thermostat(10, "T", 1, mode=Mode.HEAT, heat=68, temperature=66, ambient=50)
    )
    clock.advance(3600)
    assert thermostat.temperature == 68
    thermostat.order("temperature", 90)
    thermostat.ambient = 75
    clock.advance(3600)
    assert thermostat.temperature == 75


def test_a_set_point_can_be_changed_before_another_takes_effect(
    empty: House, clock: ManualClock
) -> None:
    thermostat = empty.add(
        Thermostat(10, "T", 1, mode=Mode.HEAT, heat=60, temperature=60, ambient=50)
    )
    thermostat.set_point("heat", 70, at=600)
    thermostat.set_point("heat", 65, at=300)
    clock.advance(600)
    assert thermostat.temperature == pytest.approx(62.5)
    clock.advance(900)
    assert thermostat.temperature == pytest.approx(70)


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


def test_choosing_a_source_switches_a_media_room_on(empty: House) -> None:
    room = empty.add(MediaRoom(1, "Hall", 1, sources={5: "Radio"}))
    room.order("power", True)
    assert (room.power, room.source) == (True, None)
    room.order("power", False)
    room.order("source", 5)
    assert (room.power, room.source) == (True, 5)
    room.order("power", False)
    assert (room.power, room.source) == (False, None)
    room.order("source", None)
    assert room.power is False


def test_a_state_that_a_device_lacks_is_refused(empty: House) -> None:
    sensor = empty.add(Sensor(10, "S", 1))
    with pytest.raises(ValueError, match="no position"):
        sensor.order("position", 1)


def test_sensors_and_panels_say_what_a_test_tells_them(empty: House) -> None:
    sensor = empty.add(Sensor(10, "S", 1))
    panel = empty.add(SecurityPanel(11, "P", 1))
    sensor.presence, sensor.level, sensor.battery_low = True, 7, None
    panel.state = "Alarm"
    assert (sensor.presence, sensor.level, sensor.battery_low) == (True, 7, None)
    assert panel.state == "Alarm"


def test_a_view_shows_another_moment(empty: House, clock: ManualClock) -> None:
    lamp = empty.add(Light(10, "Lamp", 1, dimmable=False))
    clock.advance(10)
    lamp.fade_to(1)
    assert (lamp.at(9).level, lamp.at(11).level) == (0, 1)
    assert lamp.at(9).name == "Lamp"


def test_a_device_knows_its_attributes_without_a_house() -> None:
    lamp = Light(1, "Lamp")
    lamp.level = 0.4
    assert lamp.level == 0.4
    assert Light.level.name == "level"
    assert repr(lamp) == "<Light 1 'Lamp'>"
    assert Device(1, "Box").settled_at() == 0


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


def test_a_scene_without_goals_or_devices_is_never_active(empty: House) -> None:
    nothing = empty.add(Scene(20, "Nothing", 1))
    gone = empty.add(Scene(21, "Gone", 1, goals=(Goal(99, "level", 0.0),)))
    empty.recall(nothing)
    empty.recall(gone)
    assert not empty.matches(nothing)
    assert not empty.matches(gone)


def test_a_momentary_scene_counts_its_pulses(empty: House) -> None:
    gate = empty.add(Scene(20, "Gate", 1, type="genericIO", momentary=True))
    empty.recall(gate)
    empty.recall(gate)
    assert gate.pulses == 2
    assert not empty.matches(gate)


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


def test_a_quick_action_runs_its_scenes(empty: House) -> None:
    gate = empty.add(Scene(20, "Gate", 1, momentary=True))
    action = empty.add(QuickAction(1, "Leave", (20, 99)))
    empty.run(action)
    assert (action.runs, gate.pulses) == (1, 1)


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


def test_a_media_room_is_removed_by_itself_not_by_its_rooms_id(empty: House) -> None:
    media = empty.add(MediaRoom(1, "Hall", 1))
    assert empty.get(1) is empty.rooms[1]
    empty.remove(media)
    assert (empty.media_rooms, list(empty.rooms)) == ({}, [1, 2])


def test_listeners_hear_of_orders_and_jumps(empty: House) -> None:
    lamp = empty.add(Light(10, "Lamp", 1))
    heard: list[Device] = []
    enough = empty.listen(heard.append)
    lamp.fade_to(1)
    lamp.level = 0
    enough()
    lamp.fade_to(1)
    assert heard == [lamp, lamp]


def test_a_house_has_a_clock_of_its_own() -> None:
    assert isinstance(House().clock, RealClock)
