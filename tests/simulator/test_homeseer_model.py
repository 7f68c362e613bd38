"""The features of a HomeSeer system, and how they behave."""

from typing import Any, cast

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Feature, Model
from simulator.homeseer.behaviours import Bolt, Dimmer, Door
from simulator.homeseer.controls import Use, find_pair
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
    assert heard == [(switch.ref, 100, "On"), (switch.ref, 100, "Gone fishing")]
    deafen()
    clock.advance(9)
    switch.set(0)
    assert len(heard) == 2
    assert model.changed_since(model.changes - 1) == [switch.ref]
    assert [switch.at(moment).value for moment in (-99, 12, 20)] == [0, 100, 0]


# Behaviours


@pytest.mark.parametrize(
    ("name", "seconds", "talk"),
    [
        # A dimmer takes seconds, and knows where it was.
        (
            "Kitchen Dimmer",
            2.5,
            [(30, 30), (Use.OFF, 0), (Use.ON_ALTERNATE, 30)],
        ),
        # Nobody knows where a bolt is on its way.
        ("Front Door Lock Bolt", 1, [(0, 254), (None, 0), ("jam", 254), (None, 0)]),
        (
            "Garage Door Opener",
            8,
            [(0, 0), (None, 0), (255, 254), (None, 255), (0, 252), ("stop", 253)],
        ),
        (
            "Door Status",
            8,
            [(2, 2), (None, 2), (1, 4), (None, 1), (2, 5), ("stop", 3), (None, 3)],
        ),
        ("Blind Position", 30, [(100, 100)]),
        ("Living Room Shade Position", 30, [(0, 0), (99, 99)]),
    ],
)
def test_few_do_at_once_what_they_are_told(
    model: Model,
    clock: ManualClock,
    name: str,
    seconds: float,
    talk: list[tuple[Any, float]],
) -> None:
    feature = model.find(name)
    values = []
    for what, _ in talk:
        if what == "jam":
            cast("Bolt", feature.behaviour).jammed = True
            order(feature, 255)
        elif what == "stop":
            cast("Door", feature.behaviour).obstruct(feature)
            clock.advance(60)
        elif isinstance(what, Use):
            use(feature, what)
        elif what is not None:
            order(feature, what)
        clock.advance(seconds)
        values.append(feature.value)
    assert values == [value for _, value in talk]


def test_shades_and_some_dimmers_tell_how_far_they_are(
    model: Model, clock: ManualClock
) -> None:
    shade = model.find("Living Room Shade Position")
    dimmer = model.find("Kitchen Dimmer")
    cast("Dimmer", dimmer.behaviour).reports = True
    order(shade, 0)
    order(dimmer, 30)
    clock.advance(1.5)
    assert dimmer.value == 45
    clock.advance(4)
    assert 50 < shade.value < 80
    assert shade.status == f"{shade.value}% Open"
    use(shade, Use.STOP)
    stopped = shade.value
    clock.advance(60)
    assert shade.value == stopped


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
