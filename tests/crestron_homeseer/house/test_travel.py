"""What is learned of shades, and what is believed of what was stored."""

import json
from typing import Any

from hypothesis import given
import pytest

from custom_components.crestron_homeseer.house.travel import Mean, Travel, Travels

from .hostile import json_values

SHADE = "shade-7"


def taught(*speeds: float, delay: float | None = None) -> Travels:
    travels = Travels({})
    for speed in speeds:
        travels.learn(SHADE, speed=speed, delay=delay)
    return travels


def test_each_way_has_its_own_speed() -> None:
    travel = taught(0.05, -0.1, delay=1.0).of(SHADE)
    assert travel.speed(1) == 0.05
    assert travel.speed(-1) == 0.1
    assert travel.seconds(0.0, 1.0) == pytest.approx(21.0)
    assert travel.seconds(1.0, 0.5) == pytest.approx(6.0)


def test_what_is_not_known_is_guessed_for_a_stop_and_for_nothing_else() -> None:
    assert Travel().speed(1) is None
    assert Travel().seconds(0.0, 1.0) is None
    travel = taught(0.05, delay=1.0).of(SHADE)
    assert travel.speed(-1) == 0.05
    assert travel.seconds(1.0, 0.0) is None
    assert taught(0.05).of(SHADE).seconds(0.0, 1.0) is None


def test_a_mean_follows_a_motor_that_grows_slower() -> None:
    speeds = [0.05 * 0.99**run for run in range(40)]
    known = taught(*speeds).of(SHADE).speed(1)
    assert known == pytest.approx(speeds[-1], rel=0.04)


def test_the_first_runs_count_alike() -> None:
    known = taught(0.05, 0.052, 0.054).of(SHADE).speed(1)
    assert known == pytest.approx(0.052, rel=1e-3)


def test_one_odd_run_is_an_accident_and_two_alike_are_a_new_motor() -> None:
    travels = taught(0.05, 0.05, 0.09)
    assert travels.of(SHADE).speed(1) == 0.05
    travels.learn(SHADE, speed=0.05, delay=None)
    travels.learn(SHADE, speed=0.09, delay=None)
    travels.learn(SHADE, speed=0.03, delay=None)
    assert travels.of(SHADE).speed(1) == 0.05
    travels.learn(SHADE, speed=0.031, delay=None)
    assert travels.of(SHADE).speed(1) == pytest.approx(0.0305)


def test_a_delay_is_learned_alike() -> None:
    travels = taught(0.05, delay=1.0)
    travels.learn(SHADE, speed=None, delay=4.0)
    assert travels.of(SHADE).delay == Mean(1.0)
    travels.learn(SHADE, speed=None, delay=1.2)
    assert travels.of(SHADE).delay == Mean(1.1, 2)


@pytest.mark.parametrize(
    ("speed", "delay"), [(0.9, None), (-0.0001, None), (None, 12.0), (None, None)]
)
def test_what_cannot_be_is_not_learned(
    speed: float | None, delay: float | None
) -> None:
    memory: dict[str, Any] = {}
    Travels(memory).learn(SHADE, speed=speed, delay=delay)
    assert memory == {}


def test_what_was_learned_is_there_after_a_restart() -> None:
    memory: dict[str, Any] = {"volume_scale": "raw"}
    travels = Travels(memory)
    travels.learn(SHADE, speed=0.05, delay=1.0)
    before = memory["travel"]
    travels.learn(SHADE, speed=-0.06, delay=1.1)
    # Who stores it sees that it is another object.
    assert memory["travel"] is not before
    assert before["shades"][SHADE].keys() == {"opening", "delay"}
    stored = json.loads(json.dumps(memory))
    assert Travels(stored).of(SHADE) == travels.of(SHADE)
    assert stored["volume_scale"] == "raw"


def test_no_more_is_remembered_than_a_home_can_have() -> None:
    memory: dict[str, Any] = {}
    travels = Travels(memory)
    for number in range(2005):
        travels._known[f"shade-{number}"] = Travel(delay=Mean(1.0))
    travels.learn("shade-9999", speed=0.05, delay=None)
    assert memory == {}
    travels.learn("shade-1", speed=0.05, delay=None)
    assert len(Travels(memory)._known) == 2000


GOOD = {"opening": [0.05, 2], "delay": [1.0, 1]}


@pytest.mark.parametrize(
    ("stored", "known"),
    [
        ({"version": 1, "shades": {SHADE: GOOD}}, True),
        ({"version": 1, "shades": {SHADE: GOOD, "x": 3, "y": {}}}, True),
        ({"version": 2, "shades": {SHADE: GOOD}}, False),
        ({"version": 1, "shades": {SHADE: {"opening": [0.0, 2]}}}, False),
        ({"version": 1, "shades": {SHADE: {"opening": [float("nan"), 2]}}}, False),
        ({"version": 1, "shades": {SHADE: {"opening": [0.05, 0]}}}, False),
        ({"version": 1, "shades": {SHADE: {"opening": [0.05]}}}, False),
        ({"version": 1, "shades": {SHADE: {"delay": ["x", {}]}}}, False),
        ({"version": 1, "shades": [SHADE]}, False),
        ([], False),
        (None, False),
    ],
)
def test_what_was_stored_is_believed_as_far_as_it_can_be(
    stored: object, known: bool
) -> None:
    travel = Travels({"travel": stored}).of(SHADE)
    assert (travel != Travel()) is known
    if known:
        assert travel.speed(1) == 0.05


@given(json_values)
def test_nothing_that_was_stored_breaks_it(stored: object) -> None:
    for memory in ({"travel": stored}, {"travel": {"version": 1, "shades": stored}}):
        travels = Travels(memory)
        travels.learn(SHADE, speed=0.05, delay=1.0)
        assert travels.of(SHADE).seconds(0.0, 1.0) == 21.0
