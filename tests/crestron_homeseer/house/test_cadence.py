"""When a hub is read next."""

from dataclasses import replace

import pytest

from custom_components.crestron_homeseer.house.cadence import (
    Plan,
    Seen,
    idle_interval,
    next_login,
    plan,
)

IDLE = 4.8


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [
        (Seen(), IDLE),
        (Seen(read_time=0.05), IDLE),
        (Seen(read_time=0.3), IDLE),
        (Seen(read_time=0.5), 8.0),
        (Seen(read_time=2.0), 32.0),
        (Seen(read_time=10.0), 60.0),
        (Seen(pushing=True), 60.0),
        (Seen(pushing=True, read_time=10.0), 60.0),
    ],
)
@pytest.mark.parametrize("last_took", [0.0, 3.0])
def test_an_idle_hub_is_read_seldom_and_a_slow_one_more_seldom(
    seen: Seen, seconds: float, last_took: float
) -> None:
    seen = replace(seen, last_took=last_took)
    assert idle_interval(seen) == pytest.approx(seconds)
    assert plan(seen) == Plan(idle_interval(seen), None)


@pytest.mark.parametrize(
    ("seen", "look"),
    [
        # A command that tells when it will show, and one that does not.
        (Seen(expected=0.45), 0.45),
        (Seen(expected=-3.0), 0.0),
        (Seen(sent=0.0), 0.6),
        (Seen(sent=0.5), 0.1),
        (Seen(sent=2.0), 0.0),
        (Seen(sent=0.0, expected=0.45), 0.45),
        (Seen(sent=0.0, expected=3.0), 0.6),
        # What moves is watched once a second, or as often as the hub can.
        (Seen(watched=0.0), 1.0),
        (Seen(watched=0.7), 0.3),
        (Seen(watched=0.0, last_took=0.4, read_time=3.0), 1.0),
        (Seen(watched=0.0, last_took=2.5), 2.5),
        (Seen(watched=0.0, expected=0.45), 0.45),
        (Seen(watched=0.7, expected=0.45), 0.3),
        # What is pushed is read when it is due.
        (Seen(told=0.0, pushing=True), 0.0),
        (Seen(told=0.1, pushing=True), 0.1),
        (Seen(told=-9.0, pushing=True), 0.0),
        (Seen(told=0.3, pushing=True, expected=0.1), 0.1),
        (Seen(told=0.3, pushing=True, sent=0.0, watched=0.0), 0.3),
    ],
)
@pytest.mark.parametrize("polled", [True, False])
def test_what_is_under_way_is_read_sooner(
    seen: Seen, look: float, polled: bool
) -> None:
    seen = replace(seen, polled=polled)
    found = plan(seen)
    assert found.look == pytest.approx(look)
    assert found.regular == idle_interval(seen)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 2.0), (2, 10.0), (3, 20.0), (4, 30.0), (5, 30.0), (1000, 30.0)],
)
@pytest.mark.parametrize(
    "seen", [Seen(), Seen(expected=-1.0), Seen(watched=9.0), Seen(told=9.0)]
)
def test_a_hub_that_fails_is_tried_once_at_once_and_then_ever_more_seldom(
    failures: int, seconds: float, seen: Seen
) -> None:
    assert plan(replace(seen, failures=failures)) == Plan(seconds, None)
    # Without regular reads, nobody else would try again.
    unpolled = replace(seen, failures=failures, polled=False)
    assert plan(unpolled) == Plan(seconds, seconds)


@pytest.mark.parametrize("polled", [True, False])
def test_a_hub_that_was_away_and_answers_a_command_is_read(polled: bool) -> None:
    assert plan(Seen(failures=5, sent=0.0, polled=polled)) == Plan(30.0, 0.6)


def test_when_push_is_lost_reads_are_as_frequent_as_without_it() -> None:
    assert plan(Seen(pushing=True)).regular == 60.0
    assert plan(Seen(pushing=False)).regular == IDLE


@pytest.mark.parametrize("read_time", [0.01, 0.1, 0.5, 1.0, 3.0])
def test_reading_takes_little_of_the_hubs_time(read_time: float) -> None:
    interval = idle_interval(Seen(read_time=read_time))
    assert read_time / (interval + read_time) <= 0.06


def test_a_refused_login_is_tried_again_slowly() -> None:
    since, times = 0.0, []
    while since < 1800:
        since += next_login(since)
        times.append(since / 60)
    assert times == [1, 2, 5, 10, 15, 20, 25, 30]
    # A clock that is a moment early does not ask twice.
    assert next_login(59.5) == 60.5
