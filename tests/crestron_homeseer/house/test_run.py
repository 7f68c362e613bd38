"""What the readings of one motion tell."""

import pytest

from custom_components.crestron_homeseer.house.run import STILL, Run


def run_of(*samples: tuple[float, float], asked_at: float | None = 0.0) -> Run:
    run = Run((0.0, samples[0][1] if samples else 0.0), asked_at)
    for sample in samples[1:]:
        run.add(sample)
    return run


def test_a_line_goes_through_the_readings_at_full_speed() -> None:
    # It begins at 2 s, gathers speed for one second, and brakes at the end.
    places = [0.0, 0.01, 0.075, 0.175, 0.275, 0.375, 0.475, 0.495, 0.5]
    samples = [(2.0 + second, place) for second, place in enumerate(places)]
    line = run_of(*samples).line()
    assert line is not None
    assert line.sound
    assert line.speed == pytest.approx(0.1)
    assert line.time_of(0.0) == pytest.approx(3.25)


def test_downwards_is_a_negative_speed() -> None:
    run = run_of((0.0, 1.0), (1.0, 0.9), (2.0, 0.8), (3.0, 0.7))
    line = run.line()
    assert line is not None
    assert line.speed == pytest.approx(-0.1)
    assert run.direction == -1


@pytest.mark.parametrize(
    "samples",
    [
        # Too few, too short, and anything but straight.
        [(0.0, 0.0), (1.0, 0.1), (2.0, 0.2)],
        [(0.0, 0.0), (0.45, 0.02), (0.9, 0.04), (1.35, 0.06)],
        [(0.0, 0.0), (1.0, 0.1), (2.0, 0.3), (3.0, 0.35), (4.0, 0.55), (5.0, 0.8)],
    ],
)
def test_some_readings_teach_nothing(samples: list[tuple[float, float]]) -> None:
    line = run_of(*samples).line()
    assert line is not None
    assert not line.sound


def test_one_reading_is_no_line() -> None:
    assert run_of((0.0, 0.0), (1.0, 0.1)).line() is None
    assert Run((0.0, 0.5)).line() is None
    # When a position was true is not known to a tenth of a second.
    assert run_of((0.0, 0.0), (1.0, 0.1), (1.1, 0.15)).line() is None


def test_what_was_not_seen_to_move_has_no_direction() -> None:
    run = Run((3.0, 0.5), asked_at=3.0)
    assert (run.direction, run.gap) == (0, 0.0)
    assert not run.stands(100.0)
    run.pause(100.0)
    assert not run.paused
    run.add((7.0, 0.6))
    assert (run.direction, run.gap) == (1, 4.0)
    run.add((7.5, 0.65))
    assert run.gap == 0.5


def test_it_stands_when_no_change_was_seen_for_too_long() -> None:
    run = run_of((0.0, 0.0), (1.0, 0.1), (2.0, 0.2))
    assert not run.stands(2.0 + STILL - 0.1)
    assert run.stands(2.0 + STILL)
    # A hub that tells every other second is given more time.
    slow = run_of((0.0, 0.0), (1.0, 0.1), (3.0, 0.2))
    assert not slow.stands(3.0 + STILL)
    assert slow.stands(6.0)


def test_pauses_are_usual_where_a_motion_goes_on_after_one() -> None:
    run = run_of((0.0, 0.0), (1.0, 0.1))
    run.pause(1.05)
    assert not run.paused
    run.pause(1.5)
    assert (run.paused, run.stepping) == (True, False)
    run.add((2.0, 0.2))
    assert (run.paused, run.stepping) == (False, True)


def test_a_long_run_keeps_its_last_readings() -> None:
    run = run_of(*((float(second), second / 1000) for second in range(500)))
    assert len(run.samples) == 60
    line = run.line()
    assert line is not None
    assert line.speed == pytest.approx(0.001)
