"""The features of a HomeSeer system, and how they behave."""

from typing import cast

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Feature, Model
from simulator.homeseer.behaviours import Bolt, Dimmer, Door, Glide
from simulator.homeseer.controls import (
    Kind,
    Pair,
    Span,
    Use,
    Words,
    button,
    find_pair,
    read_as,
    slider,
)
from simulator.homeseer.feature import State


def order(feature: Feature, value: float, text: str = "") -> None:
    """Control a feature as whoever asks for it would."""
    pair = find_pair(feature.controls, value)
    assert pair is not None
    feature.order(pair, value, text)


def use(feature: Feature, use: Use) -> None:
    """Work the control for a use."""
    (pair,) = (pair for pair in feature.controls if pair.use is use)
    feature.order(pair, pair.value)


# Texts and values


def test_single_values_go_before_ranges() -> None:
    span = Span(0, 100, suffix="%")
    assert read_as((span, Words(0, "Off")), 0) == "Off"
    assert read_as((span, Words(0, "Off")), 7) == "7%"
    assert read_as((), 2.5) == "2.5"
    on, dim = button("On", 99), slider(span)
    assert find_pair((dim, on), 99) is on
    assert find_pair((dim, on), 98) is dim
    assert find_pair((dim, on), 101) is None
    assert find_pair((Pair("Text", kind=Kind.TEXT_BOX),), 0) is None


# The model


def test_features_are_found(model: Model) -> None:
    dimmer = model.find("Kitchen Dimmer")
    assert dimmer.controls
    assert model.by_ref(dimmer.ref) is dimmer
    lock = model.find("Battery", root="Front Door Lock")
    assert model.by_ref(lock.root or 0).name == "Front Door Lock"
    with pytest.raises(KeyError):
        model.find("Nothing")
    with pytest.raises(KeyError):
        model.find("Battery", root="Kitchen Dimmer")


def test_features_come_and_go(model: Model, clock: ManualClock) -> None:
    clock.advance(5)
    feature = Feature(ref=model.next_ref(), name="New", clock=clock)
    feature.begin(3)
    assert model.add(feature) is feature
    assert model.last_added == 5
    with pytest.raises(ValueError, match="already"):
        model.add(feature)
    clock.advance(1)
    root = model.find("Front Door Lock Bolt").root or 0
    children = [child.ref for child in model.children(root)]
    model.remove(root)
    assert not {root, *children} & set(model.features)
    assert model.last_removed == 6
    model.rename(feature.ref, "Newer")
    assert model.find("Newer") is feature
    model.remove(feature.ref)
    assert model.next_ref() > feature.ref


def test_listeners_hear_of_changes_only(model: Model, clock: ManualClock) -> None:
    heard: list[tuple[int, float, str]] = []

    def listener(feature: Feature, old: State, new: State) -> None:
        heard.append((feature.ref, new.value, new.status))

    deafen = model.listen(listener)
    clock.advance(9)
    switch = model.find("Vacation Mode")
    switch.set(100)
    switch.set(100)
    switch.say("Gone fishing")
    assert heard == [
        (switch.ref, 100, "On"),
        (switch.ref, 100, "Gone fishing"),
    ]
    deafen()
    switch.set(0)
    assert len(heard) == 2
    assert model.changed_since(model.changes - 1) == [switch.ref]


def test_it_remembers_how_things_were(model: Model, clock: ManualClock) -> None:
    switch = model.find("Vacation Mode")
    for moment in range(5):
        switch.set(100 * (moment % 2 == 0))
        clock.advance(10)
    assert [switch.at(moment).value for moment in (-99, 5, 15)] == [0, 100, 0]


def test_timers_tick_while_the_system_runs(model: Model, clock: ManualClock) -> None:
    timer, uptime = model.find("Laundry Timer"), model.find("Uptime")
    assert (timer.value, timer.status) == (754, "00:12:34")
    clock.advance(10)
    assert timer.value == 754
    model.start()
    model.start()
    clock.advance(10)
    assert (timer.value, timer.status) == (764, "00:12:44")
    assert uptime.status.startswith("1742.")
    model.stop()
    model.stop()
    clock.advance(10)
    assert timer.value == 764


# Behaviours


@pytest.mark.parametrize(("reports", "halfway"), [(True, 45), (False, 60)])
def test_a_dimmer_takes_seconds(
    model: Model, clock: ManualClock, reports: bool, halfway: float
) -> None:
    dimmer = model.find("Kitchen Dimmer")
    cast("Dimmer", dimmer.behaviour).reports = reports
    order(dimmer, 30)
    clock.advance(1.5)
    assert dimmer.value == halfway
    clock.advance(1)
    assert (dimmer.value, dimmer.status) == (30, "Dim 30%")
    use(dimmer, Use.OFF)
    clock.advance(3)
    use(dimmer, Use.ON_ALTERNATE)
    clock.advance(3)
    assert dimmer.value == 30


def test_a_lock_is_unknown_on_its_way(model: Model, clock: ManualClock) -> None:
    lock = model.find("Front Door Lock Bolt")
    order(lock, 0)
    assert lock.status == "Locked"
    clock.advance(1)
    assert (lock.value, lock.status) == (254, "Lock Mode Unknown")
    clock.advance(1)
    assert (lock.value, lock.status) == (0, "Unlocked")
    cast("Bolt", lock.behaviour).jammed = True
    order(lock, 255)
    clock.advance(1)
    assert lock.value == 254
    clock.advance(1)
    assert lock.value == 0


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Garage Door Opener", (0, 255, 254, 252, 253)),
        ("Door Status", (2, 1, 4, 5, 3)),
    ],
)
def test_garage_doors(
    model: Model, clock: ManualClock, name: str, values: tuple[float, ...]
) -> None:
    closed, opened, opening, closing, stopped = values
    door = model.find(name)
    order(door, closed)
    clock.advance(20)
    assert door.value == closed
    order(door, opened)
    clock.advance(5)
    assert door.value == opening
    clock.advance(20)
    assert (door.value, door.status) == (opened, "Open")
    order(door, closed)
    clock.advance(5)
    assert door.value == closing
    cast("Door", door.behaviour).obstruct(door)
    clock.advance(60)
    assert (door.value, door.status) == (stopped, "Stopped")


def test_shades_travel(model: Model, clock: ManualClock) -> None:
    shade, blind = (
        model.find("Living Room Shade Position"),
        model.find("Blind Position"),
    )
    assert isinstance(shade.behaviour, Glide)
    order(shade, 0)
    order(blind, 100)
    clock.advance(5.5)
    assert 50 < shade.value < 80
    assert shade.status == f"{shade.value}% Open"
    assert 40 < blind.value < 60
    use(shade, Use.STOP)
    stopped = shade.value
    clock.advance(60)
    assert shade.value == stopped
    assert (blind.value, blind.status) == (100, "Closed")
    order(shade, 99)
    clock.advance(60)
    assert shade.status == "Open"


def test_thermostats_drift(model: Model, clock: ManualClock) -> None:
    model.start()
    mode = model.find("Hallway Thermostat Mode")
    room = model.find("Hallway Thermostat Temperature")
    state = model.find("Hallway Thermostat Operating State")
    clock.advance(600)
    assert room.value < 72
    assert state.status == "Idle"
    use(mode, Use.MODE_HEAT)
    order(model.find("Hallway Thermostat Heating  Setpoint 1"), 75)
    clock.advance(60)
    cold = room.value
    assert state.status == "Heating"
    clock.advance(60)
    assert room.value > cold
    use(mode, Use.MODE_COOL)
    order(model.find("Hallway Thermostat Cooling  Setpoint 1"), 60)
    clock.advance(60)
    assert state.status == "Cooling"


def test_a_player_tells_titles_without_a_value(
    model: Model, clock: ManualClock
) -> None:
    control, state, track = (
        model.find(f"Living Room Sonos {name}")
        for name in ("Control", "Player State", "Track")
    )
    use(control, Use.PLAY)
    clock.advance(1)
    assert state.status == "Playing"
    titles = []
    for way in (Use.NEXT, Use.NEXT, Use.PREVIOUS):
        use(control, way)
        clock.advance(1)
        titles.append(track.status)
    assert titles == ["Freddie Freeloader", "Blue in Green", "Freddie Freeloader"]
    assert track.value == 0
    control.order(button("Odd", 9), 9)
    clock.advance(1)
    assert state.status == "Playing"
