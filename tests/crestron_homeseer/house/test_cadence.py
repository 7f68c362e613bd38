"""When a hub is read next."""

from dataclasses import replace

import pytest

from custom_components.crestron_homeseer.house.cadence import (
    Plan,
    Seen,
    next_login,
    plan,
)

IDLE = 4.6


@pytest.mark.parametrize(
    ("seen", "regular"),
    [
        (Seen(), IDLE),
        (Seen(due=1.2), 1.2),
        (Seen(due=-3.0), 0.0),
        (Seen(due=40.0), 40.0),
    ],
)
def test_an_idle_hub_is_read_when_it_is_due(seen: Seen, regular: float) -> None:
    assert plan(seen) == Plan(regular, regular)
    assert plan(replace(seen, polled=False)) == Plan(regular, None)
    # With push, reads only make sure that nothing was missed.
    assert plan(replace(seen, pushing=True)) == Plan(60.0, None)


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
        (Seen(watched=0.0, last_took=0.4, due=3.0), 1.0),
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
    seen = replace(seen, polled=polled, due=5.0)
    found = plan(seen)
    assert found.look == pytest.approx(look)
    assert found.regular == (60.0 if seen.pushing else 5.0)


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


def test_a_refused_login_is_tried_again_slowly() -> None:
    since, times = 0.0, []
    while since < 1800:
        since += next_login(since)
        times.append(since / 60)
    assert times == [1, 2, 5, 10, 15, 20, 25, 30]
    # A clock that is a moment early does not ask twice.
    assert next_login(59.5) == 60.5
