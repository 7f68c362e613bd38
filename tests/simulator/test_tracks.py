"""Values in time."""

import pytest

from simulator.house import tracks
from simulator.house.tracks import Ramp, Steps


def test_steps_change_at_once_or_after_a_delay() -> None:
    steps = Steps("a")
    steps.order(1, "b")
    steps.order(2, "c", delay=1.5)
    assert [steps.at(moment) for moment in (0, 1, 2, 3.4, 3.5)] == list("abbbc")
    assert steps.settled_at() == 3.5


def test_a_later_order_replaces_one_under_way() -> None:
    steps = Steps("shut")
    steps.order(1, "open", delay=2)
    steps.order(2, "shut", delay=2)
    assert {steps.at(moment / 2) for moment in range(20)} == {"shut"}


def test_orders_may_come_in_out_of_order() -> None:
    steps = Steps(0)
    steps.order(5, 2)
    steps.order(3, 1)
    assert [steps.at(moment) for moment in (2, 3, 5)] == [0, 1, 2]
    assert steps.moments() == [3, 5]


def test_holding_calls_off_what_is_to_come() -> None:
    steps = Steps("a")
    steps.order(1, "b", delay=5)
    steps.order(4, "c")
    steps.hold(2)
    assert steps.at(100) == "a"


def test_a_ramp_travels_at_a_speed() -> None:
    ramp = Ramp(0.0)
    ramp.order(10, 1.0, speed=0.1)
    assert [ramp.at(moment) for moment in (0, 10, 15, 20, 30)] == [0, 0, 0.5, 1, 1]
    assert ramp.moving(15)
    assert not ramp.moving(20)
    assert ramp.target(15) == 1
    assert ramp.target(5) == 0
    assert ramp.settled_at() == 20


def test_a_ramp_travels_within_seconds_or_at_once() -> None:
    ramp = Ramp(1.0)
    ramp.order(0, 0.0, seconds=4)
    ramp.order(10, 0.5)
    assert [ramp.at(moment) for moment in (1, 2, 4, 10)] == [0.75, 0.5, 0, 0.5]


def test_a_ramp_can_stop_on_its_way() -> None:
    ramp = Ramp(0.0)
    ramp.order(0, 1.0, speed=0.1)
    ramp.order(3, None)
    assert ramp.at(50) == pytest.approx(0.3)
    assert ramp.settled_at() == 3


def test_an_order_in_between_changes_where_later_ones_start() -> None:
    ramp = Ramp(0.0)
    ramp.order(10, 1.0, speed=0.1)
    ramp.order(5, 0.5)
    assert ramp.at(10) == 0.5
    assert ramp.at(12) == 0.7
    assert ramp.moments() == [5, 10]


def test_jumping_forgets_what_was_to_come() -> None:
    ramp = Ramp(0.0)
    ramp.order(10, 1.0)
    ramp.jump(5, 0.25)
    assert ramp.at(20) == 0.25
    ramp.order(21, 1.0, speed=0.01)
    ramp.hold(22)
    assert ramp.at(99) == ramp.at(22)


def test_old_orders_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracks, "REMEMBERED", 3)
    steps, ramp = Steps(0), Ramp(0)
    for moment in range(10):
        steps.order(moment, moment)
        ramp.order(moment, moment)
    assert (steps.at(9.5), ramp.at(9.5)) == (9, 9)
    assert (steps.at(0), ramp.at(0)) == (6, 6)
    assert len(steps.moments()) == len(ramp.moments()) == 3


def test_nothing_ordered_is_settled_from_the_start() -> None:
    assert Steps(1).settled_at() == Ramp(1).settled_at() == 0
