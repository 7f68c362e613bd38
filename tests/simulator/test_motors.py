"""Motors that hear late, gather speed, and are not always the same."""

from itertools import pairwise

import pytest

from simulator.clock import ManualClock
from simulator.house import House, Motor, Shade
from simulator.house.motors import Glide
from simulator.house.tracks import Ramp


def shade_with(
    motor: Motor, closing_seconds: float | None = None
) -> tuple[Shade, ManualClock]:
    clock = ManualClock()
    shade = Shade(
        1, "Shade", travel_seconds=10.0, closing_seconds=closing_seconds, motor=motor
    )
    return House(clock).add(shade), clock


def way(shade: Shade, until: float = 40.0) -> list[float]:
    """Return where a shade is at each tenth of a second."""
    return [shade.path.at(tick / 10) for tick in range(int(until * 10))]


def test_an_order_works_late_whatever_it_asks() -> None:
    shade, clock = shade_with(Motor(lag=1.0))
    shade.move_to(1.0)
    clock.advance(1.0)
    assert shade.position == 0.0
    clock.advance(2.0)
    assert shade.position == pytest.approx(0.2)
    shade.stop()
    clock.advance(9.0)
    assert shade.position == pytest.approx(0.3)


def test_it_gathers_speed_and_brakes() -> None:
    shade, _ = shade_with(Motor(ramp=2.0))
    shade.move_to(1.0)
    places = way(shade)
    assert places[10] == pytest.approx(0.025)
    assert places[20] == pytest.approx(0.1)
    assert places[60] == pytest.approx(0.5)
    assert places[110] == pytest.approx(0.975)
    assert shade.settled_at() == pytest.approx(12.0)
    assert places[-1] == 1.0
    assert all(later >= one for one, later in pairwise(places))


def test_a_stop_takes_its_way() -> None:
    shade, clock = shade_with(Motor(ramp=2.0))
    shade.move_to(1.0)
    clock.advance(5.0)
    here = shade.position
    shade.stop()
    places = way(shade)
    assert places[-1] == pytest.approx(here + 0.1)
    assert shade.target == pytest.approx(here + 0.1)
    assert shade.settled_at() == pytest.approx(7.0)


@pytest.mark.parametrize("ahead", [-0.2, 0.05, 0.1, 0.3])
def test_a_target_that_is_too_near_is_come_back_to(ahead: float) -> None:
    shade, clock = shade_with(Motor(ramp=2.0))
    shade.move_to(1.0)
    clock.advance(5.0)
    wanted = shade.position + ahead
    furthest = max(wanted, shade.position + 0.1)
    shade.move_to(wanted)
    places = way(shade)
    assert places[-1] == pytest.approx(wanted)
    assert max(places) == pytest.approx(furthest, abs=1e-3)
    # No jump anywhere: neither in place nor in speed.
    steps = [later - one for one, later in pairwise(places)]
    assert max(map(abs, steps)) < 0.0101
    assert max(abs(b - a) for a, b in pairwise(steps)) < 0.0012


def test_an_end_stops_it_however_fast_it_is() -> None:
    ramp = Ramp(0.9)
    ramp.insert(Glide(0.0, 1.0, 0.5, ramp=0.1))
    ramp.insert(Glide(0.1, None, 0.5, ramp=5.0))
    assert max(ramp.at(tick / 10) for tick in range(100)) <= 1.0
    assert ramp.at(100.0) <= 1.0


def test_a_jam_holds_it_at_once() -> None:
    shade, clock = shade_with(Motor(ramp=1.0, lag=0.5))
    shade.move_to(1.0)
    clock.advance(3.0)
    shade.jam()
    here = shade.position
    shade.move_to(0.0)
    clock.advance(20.0)
    assert shade.position == here
    shade.free()
    shade.move_to(0.0)
    clock.advance(20.0)
    assert shade.position == 0.0
