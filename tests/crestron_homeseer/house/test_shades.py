"""Where a shade is shown, and which shades start later to arrive together."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
import math

from hypothesis import assume, given, strategies as st
import pytest

from custom_components.crestron_homeseer.house import commands as ask
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.kinds import Motion
from custom_components.crestron_homeseer.house.shades import Calibration, StaggeredMoves

from .samples import COVER

# The finest count of any hub.
STEPS = 65535

half_percents = st.lists(st.integers(2, 198), max_size=6, unique=True).map(sorted)
positions = st.integers(0, STEPS).map(lambda count: count / STEPS)


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    """Any calibration that a person can make."""
    shown, raw = draw(half_percents), draw(half_percents)
    invert = draw(st.booleans())
    # As many of the one as of the other.
    raw, shown = raw[: len(shown)], shown[: len(raw)]
    anchors = zip(shown, reversed(raw) if invert else raw, strict=True)
    return Calibration(
        invert, tuple((one / 200, other / 200) for one, other in anchors)
    )


@given(calibrations(), positions, positions)
def test_there_and_back_and_more_is_more(
    calibration: Calibration, one: float, other: float
) -> None:
    assert calibration.raw(calibration.shown(one)) == pytest.approx(one, abs=1e-9)
    assert calibration.shown(calibration.raw(one)) == pytest.approx(one, abs=1e-9)
    for shown, raw in calibration.anchors:
        assert calibration.shown(raw) == pytest.approx(shown, abs=1e-9)
    expected = 1.0 - calibration.shown(one)
    assert calibration.inverted().shown(one) == pytest.approx(expected, abs=1e-9)
    if one < other:
        both = [calibration.shown(one), calibration.shown(other)]
        assert both == sorted(both, reverse=calibration.invert)


@given(calibrations(), positions)
def test_only_the_ends_are_ends(calibration: Calibration, position: float) -> None:
    for end in (0.0, 1.0):
        other = 1.0 - end if calibration.invert else end
        assert calibration.shown(end) == calibration.raw(end) == other
    assume(0.0 < position < 1.0)
    assert 1 <= percent(calibration.shown(position)) <= 99
    assert 0.0 < calibration.raw(position) < 1.0
    # A motor that counts in hundredths does not take it for an end either.
    asked = calibration.hub_command(ask.MoveTo(device_id="shade-4", position=position))
    assert isinstance(asked, ask.MoveTo)
    assert 0 < round(asked.position * 99) < 99


@given(calibrations(), st.integers(2, 198), st.integers(2, 198))
def test_the_last_word_counts(calibration: Calibration, shown: int, raw: int) -> None:
    corrected = calibration.with_anchor(shown / 200, raw / 200)
    assert corrected.raw(shown / 200) == pytest.approx(raw / 200, abs=1e-9)
    # What does not contradict it stays.
    left = set(corrected.anchors) - {(shown / 200, raw / 200)}
    assert left <= set(calibration.anchors)
    assert corrected.with_anchor(shown / 200, raw / 200) == corrected


def test_what_does_not_contradict_stays() -> None:
    calibration = Calibration(anchors=((0.25, 0.3), (0.5, 0.45), (0.75, 0.7)))
    corrected = calibration.with_anchor(0.5, 0.55)
    assert corrected.anchors == ((0.25, 0.3), (0.5, 0.55), (0.75, 0.7))
    assert calibration.with_anchor(0.5, 0.72).anchors == ((0.25, 0.3), (0.5, 0.72))
    turned = calibration.inverted()
    assert turned.with_anchor(0.5, 0.5).anchors == (
        (0.25, 0.7),
        (0.5, 0.5),
        (0.75, 0.3),
    )


@pytest.mark.parametrize(
    "anchors",
    [
        ((0.0, 0.5),),
        ((0.5, 1.0),),
        ((0.5, math.nan),),
        ((math.inf, 0.5),),
        ((0.5, 0.4), (0.5, 0.6)),
        ((0.4, 0.6), (0.6, 0.4)),
    ],
)
def test_what_has_no_way_back_is_refused(
    anchors: tuple[tuple[float, float], ...],
) -> None:
    with pytest.raises(ValueError):
        Calibration(anchors=anchors)


@pytest.mark.parametrize(
    ("motion", "seen"),
    [
        (Motion.OPENING, Motion.CLOSING),
        (Motion.CLOSING, Motion.OPENING),
        (Motion.STOPPED, Motion.STOPPED),
    ],
)
def test_upside_down_it_moves_the_other_way(motion: Motion, seen: Motion) -> None:
    upside_down = Calibration(invert=True)
    cover = replace(COVER, position=0.25, motion=motion)
    shown = upside_down.shown_cover(cover)
    assert (shown.position, shown.motion) == (0.75, seen)
    assert upside_down.shown_cover(replace(cover, position=None)).position is None
    assert Calibration().shown_cover(cover) == cover
    corrected = Calibration(anchors=((0.5, 0.4),))
    default = [each.is_default for each in (Calibration(), upside_down, corrected)]
    assert default == [True, False, False]
    stop = ask.StopMoving(device_id=COVER.id)
    assert upside_down.hub_command(stop) is stop


class Started:
    """Notes what is started, and when; each start takes a second."""

    def __init__(self) -> None:
        self.moves: list[tuple[float, Sequence[ask.MoveTo]]] = []
        self.done = 0
        self._began = asyncio.get_running_loop().time()

    async def __call__(self, moves: Sequence[ask.MoveTo]) -> None:
        now = asyncio.get_running_loop().time()
        self.moves.append((round(now - self._began, 1), moves))
        await asyncio.sleep(1)
        self.done += 1


SECONDS = {"a": 0.0, "b": 20.0, "c": 50.0}
MOVES = [ask.MoveTo(device_id=each, position=1.0) for each in SECONDS]


@pytest.fixture
async def started(simulated_time: None) -> Started:
    return Started()


@pytest.fixture
def staggered(started: Started) -> StaggeredMoves:
    return StaggeredMoves([list(SECONDS)], lambda key, _: SECONDS[key], started)


@pytest.mark.parametrize(
    ("groups", "seconds", "delays"),
    [
        (["abc"], {"a": 10, "b": 30, "c": 25}, {"a": 20, "c": 5}),
        # Who is not known, or not sent off, waits for nobody.
        (["abc"], {"a": 10, "c": 25}, {"a": 15}),
        (["ab"], {"a": 10, "c": 25}, {}),
        ([], {"a": 10, "b": 30}, {}),
        # A moment is no difference.
        (["ab"], {"a": 10, "b": 10.1}, {}),
        (["ab", "cd"], {"a": 1, "b": 2, "c": 3, "d": 5}, {"a": 1, "c": 2}),
        (["ab", "ac"], {"a": 1, "b": 4, "c": 3}, {"a": 3}),
    ],
)
async def test_the_slowest_of_a_group_starts_first(
    started: Started,
    groups: list[str],
    seconds: dict[str, float],
    delays: dict[str, float],
) -> None:
    staggered = StaggeredMoves(groups, lambda key, _: seconds.get(key), started)
    moves: list[ask.MoveTo | ask.SetLevel] = [
        ask.MoveTo(device_id=key, position=1.0) for key in "abcd"
    ]
    assert staggered.plan([*moves, ask.SetLevel(device_id="a", level=1.0)]) == delays


async def test_each_starts_when_it_is_its_time(
    staggered: StaggeredMoves, started: Started
) -> None:
    staggered.hold(MOVES, staggered.plan(MOVES))
    await asyncio.sleep(60)
    assert started.moves == [(30.0, [MOVES[1]]), (50.0, [MOVES[0]])]
    staggered.hold(MOVES, dict.fromkeys(SECONDS, 5.0))
    await asyncio.sleep(9)
    assert started.moves[2:] == [(65.0, MOVES)]


async def test_a_start_is_cancelled_by_what_is_asked_next(
    staggered: StaggeredMoves, started: Started
) -> None:
    staggered.hold(MOVES, dict.fromkeys(SECONDS, 5.0))
    again = ask.MoveTo(device_id="b", position=0.5)
    staggered.cancel(
        [ask.StopMoving(device_id="a"), again, ask.SetLevel(device_id="c", level=1)]
    )
    # One that is held once more waits for its new time.
    staggered.hold([again], {"b": 20.0})
    await asyncio.sleep(30)
    assert started.moves == [(5.0, [MOVES[2]]), (20.0, [again])]
    staggered.hold(MOVES, dict.fromkeys(SECONDS, 5.0))
    assert staggered.release() == MOVES
    await asyncio.sleep(30)
    assert len(started.moves) == 2


async def test_what_waits_starts_at_the_end_once(
    staggered: StaggeredMoves, started: Started
) -> None:
    staggered.hold(MOVES, {"a": 1.0})
    await asyncio.sleep(1.5)
    await staggered.close()
    # What was being started is not broken off.
    assert started.done == 1
    staggered.hold(MOVES, {"b": 5.0, "c": 60.0})
    await staggered.close()
    assert started.moves == [(1.0, [MOVES[0]]), (2.0, MOVES[1:])]
    await asyncio.sleep(90)
    await staggered.close()
    assert len(started.moves) == 2
