"""When a hub is read next, and how much of its time each kind of reading has."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.house.cadence import (
    Part,
    Timing,
    dues,
    next_login,
    periods,
)

IDLE = 4.85
# The moment of all these plans.
NOW = 1000.0


def timing_of(
    *,
    failures: int = 0,
    took: float = 0.0,
    read: float = 600.0,
    scene: float | None = None,
    sent: float | None = None,
    pushed: float | None = None,
    followed: float | None = None,
) -> Timing:
    """Return what happened, each so many seconds before now."""
    timing = Timing()
    timing.read_done(NOW - read - took, NOW - read)
    timing.failures = failures
    if scene is not None:
        timing.sent(NOW - scene, scene=True, unconfirmable=False)
    if sent is not None:
        timing.sent(NOW - sent, scene=False, unconfirmable=True)
    if followed is not None:
        timing.push(["light-1"], NOW - followed)
        timing.take_pushed(NOW - followed)
    if pushed is not None:
        timing.push(["light-1"], NOW - pushed)
    return timing


@pytest.mark.parametrize(
    ("due", "regular"), [(IDLE, IDLE), (1.2, 1.2), (-3.0, 0.0), (40.0, 40.0)]
)
def test_an_idle_hub_is_read_when_it_is_due(due: float, regular: float) -> None:
    timing = timing_of()
    assert timing.next_read(NOW, due) == pytest.approx(regular)
    assert timing.next_read(NOW, due, polled=False) is None
    # With push, reads only make sure that nothing was missed.
    assert timing.next_read(NOW, due, pushing=True) == pytest.approx(60.0)
    assert timing.regular(due, pushing=True) == 60.0
    # What a scene moves has come to rest.
    assert timing_of(scene=4.1).next_read(NOW, due, polled=False) is None


@pytest.mark.parametrize(
    ("seen", "expected", "moving", "look"),
    [
        # A command that tells what will show, and one that does not.
        ({}, 0.45, False, 0.45),
        ({}, -3.0, False, 0.0),
        ({"sent": 0.5}, None, False, 0.1),
        ({"sent": 0.0}, 0.45, False, 0.45),
        ({"sent": 0.0}, 3.0, False, 0.6),
        # What moves is watched once a second, or as often as the hub can.
        ({"read": 0.7}, None, True, 0.3),
        ({"read": 0.0, "took": 2.5}, None, True, 2.5),
        ({"read": 0.7}, 0.45, True, 0.3),
        # A scene moves what nobody knows, for some seconds.
        ({"scene": 0.3}, None, False, 0.7),
        ({"scene": 3.9, "read": 0.2}, None, False, 0.8),
        ({"scene": 0.3, "read": 0.9}, None, True, 0.1),
        # What is pushed is read when it is due.
        ({"pushed": 0.0}, None, False, 0.005),
        ({"pushed": 9.0}, None, False, 0.0),
        ({"pushed": 0.0, "followed": 0.1}, None, False, 0.18),
    ],
)
@pytest.mark.parametrize("polled", [True, False])
def test_what_is_under_way_is_read_sooner(
    seen: dict[str, Any],
    expected: float | None,
    moving: bool,
    look: float,
    polled: bool,
) -> None:
    seconds = timing_of(**seen).next_read(
        NOW,
        5.0,
        None if expected is None else NOW + expected,
        moving=moving,
        polled=polled,
    )
    assert seconds == pytest.approx(look)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 2.0), (2, 10.0), (3, 20.0), (4, 30.0), (1000, 30.0)]
)
def test_a_hub_that_fails_is_tried_once_at_once_and_then_ever_more_seldom(
    failures: int, seconds: float
) -> None:
    timing = timing_of(failures=failures, read=9.0, pushed=9.0, scene=0.0)
    timing.read_started()
    timing.request_survey()
    assert timing.regular(1.0, pushing=True) == seconds
    read = timing.next_read(NOW, 1.0, NOW - 1.0, moving=True)
    assert read == pytest.approx(seconds)
    # Without regular reads, nobody else would try again.
    assert timing.next_read(NOW, 1.0, polled=False) == pytest.approx(seconds)
    # One that was away and answers a command is read.
    timing.sent(NOW, scene=False, unconfirmable=False)
    assert timing.next_read(NOW, 1.0) == pytest.approx(0.6)


def test_who_is_who_is_asked_soon_and_what_never_showed_a_little_later() -> None:
    timing = timing_of()
    timing.surveyed(NOW - 1.0, NOW, same=True)
    assert not timing.survey_due(NOW + 39.0)
    assert timing.survey_due(NOW + 40.0)
    timing.unconfirmed(NOW)
    assert (timing.survey_due(NOW + 14.9), timing.survey_due(NOW + 15.0)) == (0, 1)
    timing.request_survey()
    assert timing.next_read(NOW, 90.0, pushing=True) == pytest.approx(5.0)
    assert timing.next_read(NOW, 90.0, polled=False) is None


def test_all_there_is_is_read_soon_where_that_changes_and_ever_more_seldom() -> None:
    timing = timing_of()
    gaps = []
    for same in (False, True, True, True, True, True, False):
        timing.surveyed(NOW, NOW, same=same)
        gaps.append(timing.survey_at - NOW)
    assert gaps == [20.0, 40.0, 80.0, 160.0, 300.0, 300.0, 20.0]
    # What changed in an outage was told to nobody.
    assert not timing.survey_due(NOW)
    timing.failures = 1
    assert timing.survey_due(NOW)


def test_after_a_scene_all_is_read_and_what_is_pushed_without_an_end_in_time() -> None:
    for scene in (3.9, 4.1):
        due = timing_of(scene=scene).all_due(NOW, 5.0, pushing=True)
        assert due is (scene < 4)
    timing = timing_of(pushed=0.004)
    timing.push(["light-2"], NOW)
    assert timing.next_read(NOW, 5.0) == pytest.approx(0.001)


def test_a_refused_login_is_tried_again_slowly() -> None:
    since, times = 0.0, []
    while since < 1800:
        since += next_login(since)
        times.append(since / 60)
    assert times == [1, 2, 5, 10, 15, 20, 25, 30]
    # A clock that is a moment early does not ask twice.
    assert next_login(59.5) == 60.5


def home(took: float) -> list[Part]:
    """Return a home with everything: three lists that people wait for, five others."""
    return [Part(urgent=at < 3, took=took, since=0.0) for at in range(8)]


@pytest.mark.parametrize(
    ("took", "urgent", "other"),
    [(0.05, 2.2, 5), (0.3, 6, 13), (0.5, 10, 20), (1.0, 18, 40)],
)
def test_a_change_is_seen_in_time_with_a_third_of_one_connection(
    took: float, urgent: float, other: float
) -> None:
    parts = home(took)
    # What has just been read when it changes, and waits for another read to end.
    assert periods(parts)[0] + 2 * took <= urgent
    assert periods(parts)[-1] + 2 * took <= other
    assert sum(took / period for period in periods(parts)) <= 1 / 3


@pytest.mark.parametrize(
    ("part", "due"),
    [
        (Part(urgent=True, took=0.0, since=None), 0.0),
        (Part(urgent=True, took=0.2, since=0.0), 1.79),
        (Part(urgent=False, took=0.3, since=4.0), 0.37),
        (Part(urgent=False, took=0.3, since=9.0), -4.63),
        # What fails waits longer each time, but not for ever.
        (Part(urgent=True, took=0.0, since=0.0, failures=1), 5.0),
        (Part(urgent=True, took=0.0, since=0.0, failures=3), 20.0),
        (Part(urgent=True, took=0.0, since=0.0, failures=99), 300.0),
        (Part(urgent=False, took=54.0, since=0.0, failures=99), 300.0),
    ],
)
def test_when_a_part_is_due(part: Part, due: float) -> None:
    another = Part(urgent=not part.urgent, took=0.0, since=0.0)
    assert dues([part, another], NOW)[0] == pytest.approx(due)


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("took", [0.0, 0.05])
def test_quick_hubs_come_to_be_read_in_the_same_moments(
    urgent: bool, took: float
) -> None:
    together, seen = (2.0, 2.2) if urgent else (4.8, 5.0)
    reads = []
    for start in range(20):
        now = NOW + start * together / 20
        for _ in range(40):
            (due,) = dues([Part(urgent=urgent, took=took, since=0.0)], now)
            # It is not read much more often for that, and seen in time.
            assert together / 2 < due <= seen - 2 * took
            # A read begins a moment after it is due.
            now += due + 0.002
        reads.append(now % together)
    assert max(reads) < 0.01


def test_where_all_fails_nothing_is_left_alone_for_long() -> None:
    parts = [part._replace(failures=99) for part in home(0.5)]
    assert set(periods(parts)) == {30.0}


def test_what_nobody_reads_costs_nothing_and_what_fails_costs_the_others_nothing() -> (
    None
):
    parts = home(0.5)
    usual = periods(parts)
    assert periods(parts[:1])[0] < usual[0]
    failing = periods([parts[0]._replace(failures=4), *parts[1:]])
    assert failing[0] > 4 * usual[0]
    assert failing[1:] == usual[1:]
