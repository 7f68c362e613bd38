"""How much of a hub's time each kind of reading has."""

from dataclasses import replace

import pytest

from custom_components.crestron_homeseer.house.cadence import Part, dues, periods


def home(took: float) -> list[Part]:
    """Return a home with everything: three lists that people wait for, five others."""
    return [Part(urgent=at < 3, took=took, since=0.0) for at in range(8)]


@pytest.mark.parametrize(
    ("took", "urgent", "other"),
    [
        (0.05, 2.2, 5),
        (0.15, 3.5, 7),
        (0.3, 6, 13),
        (0.5, 10, 20),
        (1.0, 18, 40),
    ],
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
        (Part(urgent=True, took=0.0, since=0.0), 1.9),
        (Part(urgent=False, took=0.0, since=4.0), 0.6),
        (Part(urgent=False, took=0.0, since=9.0), -4.4),
        # What fails waits longer each time, but not for ever.
        (Part(urgent=True, took=0.0, since=0.0, failures=1), 5.0),
        (Part(urgent=True, took=0.0, since=0.0, failures=3), 20.0),
        (Part(urgent=True, took=0.0, since=0.0, failures=99), 300.0),
        (Part(urgent=False, took=54.0, since=0.0, failures=99), 300.0),
    ],
)
def test_when_a_part_is_due(part: Part, due: float) -> None:
    assert dues([part]) == [pytest.approx(due)]


def test_what_nobody_reads_costs_nothing_and_what_fails_costs_the_others_nothing() -> (
    None
):
    parts = home(0.5)
    usual = periods(parts)
    assert periods(parts[:1])[0] < usual[0]
    failing = periods([replace(parts[0], failures=4), *parts[1:]])
    assert failing[0] > 4 * usual[0]
    assert failing[1:] == usual[1:]
