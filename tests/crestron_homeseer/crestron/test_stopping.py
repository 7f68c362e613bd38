"""Where a shade is sent to stop it, by what was seen of it."""

from dataclasses import replace
import json
from typing import Any

from hypothesis import given
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.crestron.stopping import SPARE, Stopping
from custom_components.crestron_homeseer.house import commands as ask
from custom_components.crestron_homeseer.house.devices import Cover, Sensor
from custom_components.crestron_homeseer.house.hub import (
    HubResponseError,
    HubUnansweredError,
)
from custom_components.crestron_homeseer.house.kinds import CoverKind, SensorKind
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from ..house.hostile import json_values
from .common import asked, id_of, named, posted, send

SHADE = "shade-7"
# The motor of these tests: from end to end in 20 s, and seen after 1.5 s.
SPEED, LATE = 0.05, 1.5
# What no motor that was seen was faster than.
DELAY = 0.4
# How far ahead of its last reading it is stopped, known and never seen before.
AHEAD, LEAST = (LATE + SPARE) * SPEED, (DELAY + SPARE) * SPEED
COVER = Cover(id=SHADE, name="Shade", kind=CoverKind.SHADE, position=0.0)
TRAVEL = {"opening": SPEED, "closing": SPEED, "delay": LATE}


def stored(travel: object) -> dict[str, Any]:
    return {"travel": {"version": 1, "shades": {SHADE: travel}}}


class Watched:
    """A shade that is read now and then."""

    def __init__(self, *places: tuple[float, float], known: bool = False) -> None:
        self.memory = stored(TRAVEL) if known else {}
        self.stopping = Stopping(self.memory)
        for now, position in places:
            self.saw(now, position)

    def saw(self, now: float, position: float | None, *, online: bool = True) -> None:
        cover = replace(COVER, position=position, online=online)
        other = Sensor(id="sensor-1", name="", kind=SensorKind.PHOTOCELL, value=1.0)
        self.stopping.saw({SHADE: cover, other.id: other}, now)

    def opens(self, end: float, *, begun: float = 0.0) -> None:
        """Send it up and see it move each second."""
        self.saw(begun, 0.0)
        self.stopping.sent(SHADE, 1.0, begun)
        now = begun + 0.6
        while now <= end:
            self.saw(now, min(1.0, max(0.0, (now - begun - LATE) * SPEED)))
            now += 1.0

    def stop(self, now: float) -> float | None:
        return self.stopping.stop_at(SHADE, now)

    @property
    def learned(self) -> dict[str, float]:
        """What is remembered of it."""
        shades: dict[str, dict[str, float]] = self.memory.get("travel", {}).get(
            "shades", {}
        )
        return shades.get(SHADE, {})


@pytest.mark.parametrize(
    ("places", "known", "stopped"),
    [
        # What was begun at the wall: as late as the last time, or as it is at least.
        (((0, 0.3), (1, 0.34), (2, 0.39)), True, 0.39 + AHEAD),
        (((0, 0.3), (1, 0.34)), False, 0.34 + 0.04 * (DELAY + SPARE)),
        (((0, 0.3), (1, 0.34), (2, 0.39)), False, 0.39 + LEAST),
        (((0, 0.8), (1, 0.75), (2, 0.7)), True, 0.7 - AHEAD),
        # When a position was true is known to some tenths of a second.
        (((0, 0.3), (1, 0.34), (1.1, 0.345)), False, 0.345),
        # A motor gathers speed at first, and does so with some.
        (
            ((0, 0.3), (1, 0.31), (2, 0.35), (3, 0.4), (4, 0.45)),
            False,
            0.45 + LEAST,
        ),
        # A change after a long time may have come to rest.
        (((0, 0.3), (5, 0.4)), False, 0.4),
        # Never beyond the end; nor is one that was not seen to move sent anywhere.
        (((0, 0.9), (1, 0.95), (1.5, 0.975)), True, 1.0),
        (((0, 0.3),), True, None),
        (((0, 0.3), (1, 0.3)), True, None),
        # It seems to stand: it is sent nowhere else than where it is.
        (((0, 0.4), (1, 0.45), (2, 0.5), (3, 0.5)), True, 0.5),
        (((0, 0.4), (1, 0.45), (2, 0.5), (3, 0.5), (4, 0.5)), True, None),
        # Two readings in the same moment tell nothing of that.
        (((0, 0.4), (1, 0.45), (2, 0.5), (2.05, 0.5)), False, 0.5 + LEAST + 0.0025),
    ],
)
def test_it_is_stopped_where_it_will_be(
    places: tuple[tuple[float, float], ...], known: bool, stopped: float | None
) -> None:
    watched = Watched(*places, known=known)
    found = watched.stop(places[-1][0])
    assert found == (None if stopped is None else pytest.approx(stopped, abs=1e-6))


@pytest.mark.parametrize("known", [False, True])
def test_its_own_motion_tells_how_late_it_is(known: bool) -> None:
    watched = Watched(known=known)
    watched.opens(8.0)
    # Read at 7.6 s.
    assert watched.stop(7.8) == pytest.approx((7.8 + SPARE) * SPEED)
    # It is never sent beyond where it is heading.
    watched.stopping.sent(SHADE, 0.33, 7.8)
    assert watched.stop(7.8) == 0.33


def test_a_motion_that_is_not_seen_yet_ends_where_it_was_seen() -> None:
    watched = Watched((0.0, 0.4))
    watched.stopping.sent(SHADE, 0.4, 9.0)
    assert watched.stop(9.5) is None
    watched.stopping.sent(SHADE, 1.0, 10.0)
    watched.saw(10.6, 0.4)
    assert watched.stop(11.0) == 0.4
    # What never came is no motion.
    assert watched.stop(39.0) is not None
    assert watched.stop(40.0) is None


def test_one_that_is_just_asked_to_turn_is_sent_where_it_was_seen() -> None:
    watched = Watched(known=True)
    watched.opens(8.0)
    watched.stopping.sent(SHADE, 0.0, 7.8)
    assert watched.stop(8.0) == pytest.approx((7.6 - LATE) * SPEED)
    # It turns, and is seen to.
    watched.saw(9.6, 0.25)
    watched.saw(10.6, 0.2)
    assert watched.stop(10.6) == pytest.approx(0.2 - AHEAD)


def test_how_long_a_shade_takes_is_known_from_its_last_run() -> None:
    watched = Watched()
    watched.opens(26.0)
    before = watched.memory["travel"]
    assert watched.learned == {
        "opening": pytest.approx(SPEED, rel=0.01),
        "delay": pytest.approx(LATE, abs=0.02),
    }
    stopping = watched.stopping
    assert stopping.seconds(SHADE, 0.0, 30.0) is None
    watched.saw(30.0, 0.2)
    watched.saw(33.0, 0.2)
    assert stopping.seconds(SHADE, 1.0, 33.0) == pytest.approx(17.5, abs=0.1)
    assert stopping.seconds(SHADE, 0.2, 33.0) is None
    assert stopping.seconds("shade-8", 1.0, 33.0) is None
    # Another motor; who stores it sees that it is another object.
    stopping.sent(SHADE, 1.0, 40.0)
    assert stopping.seconds(SHADE, 1.0, 40.0) is None
    for second in range(9):
        watched.saw(41.0 + second, min(0.2 + second * 0.1, 1.0))
    assert watched.learned["opening"] == pytest.approx(0.1)
    assert watched.memory["travel"] is not before
    again = Stopping(json.loads(json.dumps(watched.memory)))
    again.saw({SHADE: COVER}, 0.0)
    assert again.seconds(SHADE, 1.0, 0.0) == pytest.approx(11.0, abs=0.05)


def test_what_says_nothing_of_a_motor_is_not_remembered() -> None:
    jammed, lost, back = Watched(), Watched(), Watched((0.0, 0.5))
    for watched in (jammed, lost):
        watched.opens(9.0)
    for second in range(10, 14):
        jammed.saw(float(second), (8.6 - LATE) * SPEED)
    assert jammed.stop(14.0) is None
    lost.saw(10.0, None)
    assert lost.stop(10.0) is None
    lost.saw(11.0, 0.5, online=False)
    lost.saw(12.0, 1.0)
    # One out of reach says where it was, and not where it is.
    away = Watched()
    away.opens(9.0)
    away.saw(9.6, 0.4, online=False)
    assert away.stop(9.6) is None
    # An order that was taken back at once: nobody knows which one it followed.
    back.stopping.sent(SHADE, 1.0, 0.0)
    back.stopping.sent(SHADE, 0.0, 1.0)
    for second in range(2, 16):
        back.saw(float(second), max(0.0, 0.5 - (second - 3) * SPEED))
    # Something held it up for ten seconds; and one was moved by somebody else.
    late, other = Watched((0.0, 0.0)), Watched((0.0, 0.4))
    late.stopping.sent(SHADE, 1.0, 0.0)
    for second in range(1, 40):
        late.saw(float(second), min(1.0, max(0.0, (second - 10 - LATE) * SPEED)))
    other.stopping.sent(SHADE, 1.0, 1.0)
    for second in range(31, 45):
        other.saw(float(second), max(0.0, 0.4 - max(0, second - 32) * SPEED))
    learned = [each.learned.keys() for each in (jammed, lost, back, late, other)]
    assert learned == [set(), set(), {"closing"}, {"opening"}, {"closing"}]


def test_a_shade_that_is_gone_is_forgotten() -> None:
    watched = Watched((0.0, 0.3), (1.0, 0.35), known=True)
    watched.stopping.saw({}, 2.0)
    assert watched.stop(2.0) is None
    watched.stopping.sent(SHADE, 1.0, 2.0)
    assert watched.stop(2.5) is None


@pytest.mark.parametrize(
    ("travel", "seconds"),
    [
        (TRAVEL, 21.5),
        # Earlier versions stored how often each was seen as well.
        ({key: [value, 3] for key, value in TRAVEL.items()}, 21.5),
        (TRAVEL | {"opening": 0.0}, None),
        (TRAVEL | {"opening": float("nan")}, None),
        (TRAVEL | {"delay": ["x", {}]}, None),
        (TRAVEL | {"delay": []}, None),
        ([SHADE], None),
        (None, None),
    ],
)
def test_what_was_stored_is_believed_as_far_as_it_can_be(
    travel: object, seconds: float | None
) -> None:
    stopping = Stopping(stored(travel))
    stopping.saw({SHADE: COVER}, 0.0)
    assert stopping.seconds(SHADE, 1.0, 0.0) == seconds


@given(json_values)
def test_nothing_that_was_stored_breaks_it(travel: object) -> None:
    for memory in ({"travel": travel}, {"travel": {"shades": travel}}, stored(travel)):
        Stopping(memory).seconds(SHADE, 1.0, 0.0)


@pytest.fixture
def shade(house: House) -> sim.Shade:
    """A shade that is closed."""
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    return shade


def stop(shade: sim.Shade) -> ask.StopMoving:
    return ask.StopMoving(device_id=f"shade-{shade.id}")


async def test_all_are_stopped_ahead_by_one_look_and_one_request(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shades = house.of(sim.Shade)
    kitchen = house.find("Kitchen Shade", sim.Shade)
    kitchen.position = 1.0
    seen = await ready.survey()
    for shade in shades:
        shade.move_to(0.5)
    # What is seen to move is read once a second.
    for _ in range(3):
        clock.advance(1)
        seen = await ready.refresh(seen, ["shade-1"])
    processor.requests.clear()
    before = [shade.position for shade in shades]
    assert set(await send(ready, *map(stop, shades))) == {None}
    assert (asked(processor), len(posted(processor))) == (["shades"], 1)
    clock.advance(0.5)
    assert not any(shade.moving for shade in shades)
    far = [abs(shade.position - was) for shade, was in zip(shades, before, strict=True)]
    assert 0 < min(far) < max(far) < 0.04
    ahead = (3 + DELAY + SPARE) / kitchen.travel_seconds
    assert kitchen.position == pytest.approx(1.0 - ahead, abs=1e-4)
    # What rests is left alone.
    processor.requests.clear()
    await ready.refresh(seen, ["shade-1"])
    clock.advance(5)
    await ready.refresh(seen, ["shade-1"])
    assert set(await send(ready, *map(stop, shades))) == {None}
    assert posted(processor) == []


async def test_a_move_whose_answer_was_lost_is_stopped_before_it_is_seen(
    ready: CrestronHub,
    shade: sim.Shade,
    processor: CrestronProcessor,
    clock: ManualClock,
) -> None:
    await ready.survey()
    processor.faults.on("answer_lost", times=1)
    (error,) = await send(ready, ask.MoveTo(device_id=f"shade-{shade.id}", position=1))
    assert isinstance(error, HubUnansweredError)
    assert await send(ready, stop(shade)) == [None]
    clock.advance(60)
    assert shade.position < 0.1


async def test_what_was_read_for_a_stop_is_shown(
    ready: CrestronHub, shade: sim.Shade
) -> None:
    before = await ready.survey()
    # Somebody moved it by hand, and this is the first that is heard of it.
    shade.position = 1.0
    assert await send(ready, stop(shade)) == [None]
    after = await ready.refresh(before, [f"shade-{shade.id}"])
    assert named(after, Cover, "Kitchen Shade").position == 1.0
    assert await ready.refresh(after, [f"shade-{shade.id}"]) is after


@pytest.mark.parametrize("fault", ["http_500", "empty_body", "lists_empty", None])
async def test_a_shade_whose_place_is_not_known_is_not_moved_to_stop_it(
    ready: CrestronHub,
    house: House,
    shade: sim.Shade,
    processor: CrestronProcessor,
    fault: str | None,
) -> None:
    if fault:
        processor.faults.on(fault, path="/shades")
    shade.online = bool(fault)
    lock = ask.SetLocked(device_id=id_of(house, "Front Door"), locked=False)
    failed, fine = await send(ready, stop(shade), lock)
    assert isinstance(failed, HubResponseError)
    assert fine is None
    assert [command.kind for command in processor.commands] == ["lock"]
    assert len(posted(processor)) == 1
