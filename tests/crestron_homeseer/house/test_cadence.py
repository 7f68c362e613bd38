"""How long until the next read."""

import pytest

from custom_components.crestron_homeseer.house.cadence import (
    Seen,
    idle_interval,
    next_read,
)


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [
        (Seen(), 5.0),
        (Seen(read_time=0.05), 5.0),
        (Seen(read_time=0.3), 5.0),
        (Seen(read_time=0.5), 8.0),
        (Seen(read_time=2.0), 32.0),
        (Seen(read_time=10.0), 60.0),
        (Seen(pushing=True), 60.0),
        (Seen(pushing=True, read_time=10.0), 60.0),
    ],
)
def test_an_idle_hub_is_read_seldom_and_a_slow_one_more_seldom(
    seen: Seen, seconds: float
) -> None:
    assert idle_interval(seen) == pytest.approx(seconds)
    assert next_read(seen) == idle_interval(seen)


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [
        (Seen(just_sent=True), 0.6),
        (Seen(just_sent=True, settling=True, pushing=True), 0.6),
        (Seen(settling=True), 1.0),
        (Seen(settling=True, pushing=True), 1.0),
        (Seen(settling=True, read_time=0.4), 1.0),
        (Seen(settling=True, read_time=2.5), 2.5),
    ],
)
def test_what_settles_is_watched_closely(seen: Seen, seconds: float) -> None:
    assert next_read(seen) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 2.0), (2, 10.0), (3, 20.0), (4, 30.0), (5, 30.0), (1000, 30.0)],
)
@pytest.mark.parametrize("settling", [False, True])
def test_a_hub_that_fails_is_tried_once_at_once_and_then_ever_more_seldom(
    failures: int, seconds: float, settling: bool
) -> None:
    seen = Seen(failures=failures, settling=settling, just_sent=settling)
    assert next_read(seen) == pytest.approx(seconds)


@pytest.mark.parametrize("read_time", [0.01, 0.1, 0.5, 1.0, 3.0])
def test_reading_takes_little_of_the_hubs_time(read_time: float) -> None:
    interval = idle_interval(Seen(read_time=read_time))
    assert read_time / (interval + read_time) <= 0.06
