"""Where a shade is sent to stop it, by what was seen of it."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.stopping import DELAY, SPARE, Stopping
from custom_components.crestron_homeseer.house.devices import Cover, Sensor
from custom_components.crestron_homeseer.house.kinds import CoverKind, SensorKind
from custom_components.crestron_homeseer.house.travel import Mean, Travel

SHADE = "shade-7"
# The motor of these tests: from end to end in 20 s, and seen after 1.5 s.
SPEED, LATE = 0.05, 1.5
# How far ahead of its last reading it is stopped.
AHEAD = (LATE + SPARE) * SPEED
KNOWN = {
    "travel": {
        "version": 1,
        "shades": {
            SHADE: {"opening": [SPEED, 3], "closing": [SPEED, 3], "delay": [LATE, 3]}
        },
    }
}


class Watched:
    """A shade that is read now and then."""

    def __init__(self, memory: dict[str, Any] | None = None) -> None:
        self.stopping = Stopping({} if memory is None else memory)

    def saw(self, now: float, position: float | None, *, online: bool = True) -> None:
        cover = Cover(
            id=SHADE,
            name="Shade",
            kind=CoverKind.SHADE,
            position=position,
            online=online,
        )
        other = Sensor(id="sensor-1", name="", kind=SensorKind.PHOTOCELL, value=1.0)
        self.stopping.saw({SHADE: cover, other.id: other}, now)

    def moves(self, start: float, end: float, *, begun: float = 0.0) -> None:
        """See it move up each second, as one that was sent up at a moment."""
        now = start
        while now <= end:
            self.saw(now, min(1.0, max(0.0, (now - begun - LATE) * SPEED)))
            now += 1.0

    @property
    def travel(self) -> Travel:
        return self.stopping.travels.of(SHADE)

    def stop(self, now: float) -> float | None:
        return self.stopping.stop_at(SHADE, now)


def test_it_is_stopped_where_it_will_be() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    watched.moves(0.6, 8.0)
    # Read at 7.6 s.
    assert watched.stop(7.8) == pytest.approx((7.6 - LATE + 0.2) * SPEED + AHEAD)


def test_it_is_known_from_one_motion_when_there_was_none_before() -> None:
    watched = Watched()
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    watched.moves(0.6, 8.0)
    assert watched.stop(7.6) == pytest.approx((7.6 + SPARE) * SPEED)


def test_what_was_begun_at_the_wall_is_stopped_as_well() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.3)
    watched.saw(1.0, 0.34)
    watched.saw(2.0, 0.39)
    assert watched.stop(2.0) == pytest.approx(0.39 + AHEAD)
    unknown = Watched()
    unknown.saw(0.0, 0.3)
    assert unknown.stop(0.5) is None
    unknown.saw(1.0, 0.34)
    assert unknown.stop(1.0) == pytest.approx(0.34 + 0.04 * (DELAY + SPARE))
    unknown.saw(2.0, 0.39)
    assert unknown.stop(2.0) == pytest.approx(0.39 + 0.05 * (DELAY + SPARE))
    unknown.saw(3.0, 0.44)
    # Many readings; but since when it moves is not known.
    assert unknown.stop(3.0) == pytest.approx(0.44 + 0.05 * (DELAY + SPARE))


def test_downwards_is_ahead_downwards() -> None:
    watched = Watched(KNOWN)
    for second, place in enumerate((0.8, 0.75, 0.7)):
        watched.saw(float(second), place)
    assert watched.stop(2.0) == pytest.approx(0.7 - AHEAD)


def test_it_is_never_sent_beyond_where_it_is_heading() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 0.3, 0.0)
    watched.moves(0.6, 7.0)
    assert watched.stop(6.6) == 0.3
    other = Watched(KNOWN)
    other.saw(0.0, 0.9)
    other.saw(1.0, 0.95)
    other.saw(1.5, 0.975)
    assert other.stop(1.5) == 1.0


def test_a_motion_that_is_not_seen_yet_is_reckoned_from_its_command() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.4)
    watched.stopping.sent(SHADE, 1.0, 10.0)
    watched.saw(10.6, 0.4)
    assert watched.stop(11.0) == pytest.approx(0.4 + 1.0 * SPEED)
    unknown = Watched()
    unknown.saw(0.0, 0.4)
    unknown.stopping.sent(SHADE, 1.0, 10.0)
    assert unknown.stop(11.0) == 0.4


def test_what_was_asked_for_and_never_came_is_no_motion() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.4)
    watched.stopping.sent(SHADE, 1.0, 1.0)
    assert watched.stop(29.0) is not None
    assert watched.stop(31.0) is None
    watched.saw(31.0, 0.4)
    watched.saw(32.0, 0.45)
    # Somebody else moves it now, and that teaches nothing of delays.
    for second in range(33, 40):
        watched.saw(float(second), 0.45 + (second - 32) * 0.05)
    watched.saw(60.0, 0.8)
    assert watched.travel.delay == Mean(LATE, 3)


def test_where_it_already_is_it_is_not_sent() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.4)
    watched.stopping.sent(SHADE, 0.4, 1.0)
    assert watched.stop(1.5) is None


@pytest.mark.parametrize(
    "last", [0.5, 0.9], ids=["stands half-way", "stands near its target"]
)
def test_a_shade_that_has_come_to_rest_is_left_alone(last: float) -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, last - 0.1)
    watched.saw(1.0, last - 0.05)
    watched.saw(2.0, last)
    watched.saw(3.0, last)
    # It seems to stand: it is sent nowhere else than where it is.
    assert watched.stop(3.0) == last
    watched.saw(4.0, last)
    assert watched.stop(4.0) is None


def test_a_processor_that_tells_every_other_second_is_understood() -> None:
    watched = Watched(KNOWN)
    for second in range(9):
        watched.saw(float(second), 0.3 + second // 2 * 2 * SPEED)
    assert watched.stop(8.0) == pytest.approx(0.7 + AHEAD)
    watched.saw(9.0, 0.7)
    assert watched.stop(9.0) == pytest.approx(0.7 + SPEED + AHEAD)


def test_one_that_is_just_asked_to_turn_is_sent_where_it_was_seen() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    watched.moves(0.6, 8.0)
    watched.stopping.sent(SHADE, 0.0, 7.8)
    assert watched.stop(8.0) == pytest.approx((7.6 - LATE) * SPEED)
    # It turns, and is seen to.
    watched.saw(9.6, 0.36)
    watched.saw(10.6, 0.31)
    assert watched.stop(10.6) == pytest.approx(0.31 - AHEAD)


def test_an_order_that_is_taken_back_at_once_teaches_no_delay() -> None:
    watched = Watched()
    watched.saw(0.0, 0.5)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    watched.stopping.sent(SHADE, 0.0, 1.0)
    for second in range(2, 16):
        watched.saw(float(second), max(0.0, 0.5 - (second - 3) * 0.05))
    assert watched.travel.closing is not None
    assert watched.travel.delay is None


def test_a_whole_run_teaches_speed_and_delay() -> None:
    memory: dict[str, Any] = {}
    watched = Watched(memory)
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    watched.moves(0.6, 24.0)
    assert watched.travel.opening is not None
    assert watched.travel.opening.value == pytest.approx(SPEED, rel=1e-3)
    assert watched.travel.closing is None
    assert watched.travel.delay is not None
    assert watched.travel.delay.value == pytest.approx(LATE, abs=0.01)
    assert list(memory["travel"]["shades"]) == [SHADE]
    assert watched.stopping.seconds(SHADE, 0.0, 30.0) is None
    watched.saw(30.0, 0.2)
    watched.saw(33.0, 0.2)
    assert watched.stopping.seconds(SHADE, 1.0, 33.0) == pytest.approx(17.5, abs=0.1)
    assert watched.stopping.seconds(SHADE, 0.2, 33.0) is None
    assert watched.stopping.seconds("shade-8", 1.0, 33.0) is None


def test_a_shade_that_jams_or_is_lost_teaches_nothing() -> None:
    jammed, lost = Watched(), Watched()
    for watched in (jammed, lost):
        watched.saw(0.0, 0.0)
        watched.stopping.sent(SHADE, 1.0, 0.0)
        watched.moves(0.6, 9.0)
    for second in range(10, 14):
        jammed.saw(float(second), (8.6 - LATE) * SPEED)
    assert jammed.stop(14.0) is None
    lost.saw(10.0, None)
    assert lost.stop(10.0) is None
    lost.saw(11.0, 0.5, online=False)
    lost.saw(12.0, 1.0)
    for watched in (jammed, lost):
        assert watched.travel == Travel()


def test_a_delay_that_no_motor_has_is_not_learned() -> None:
    watched = Watched()
    watched.saw(0.0, 0.0)
    watched.stopping.sent(SHADE, 1.0, 0.0)
    # Something held it up for ten seconds.
    watched.saw(10.0, 0.0)
    watched.moves(10.6, 40.0, begun=10.0)
    assert watched.travel.opening is not None
    assert watched.travel.delay is None


def test_a_shade_that_is_gone_is_forgotten() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.3)
    watched.saw(1.0, 0.35)
    watched.stopping.saw({}, 2.0)
    assert watched.stop(2.0) is None
    watched.stopping.sent(SHADE, 1.0, 2.0)
    assert watched.stop(2.5) is None


def test_a_change_after_a_long_time_is_not_sure_to_be_a_motion() -> None:
    watched = Watched(KNOWN)
    watched.saw(0.0, 0.3)
    watched.saw(5.0, 0.4)
    assert watched.stopping.unsure(SHADE)
    # Nothing is known of its speed by this.
    assert Watched().stopping.unsure(SHADE) is False
    watched.saw(5.3, 0.4)
    assert not watched.stopping.unsure(SHADE)
    assert watched.stop(5.3) == 0.4
    unknown = Watched()
    unknown.saw(0.0, 0.3)
    unknown.saw(5.0, 0.4)
    assert unknown.stop(5.0) == 0.4
