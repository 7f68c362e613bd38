"""How long a hub takes to show a command is learned, and looked for then."""

from collections.abc import Callable
from math import ceil
import random
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.cadence import FIRST_LOOK, SETTLING
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLevel,
    SetLocked,
    StopMoving,
)
from custom_components.crestron_homeseer.house.delays import (
    LONGEST,
    MEMORY_KEY,
    RECHECK,
    Delays,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand

DIM = SetLevel(device_id="light-1", level=0.4)
LOCK = SetLocked(device_id="lock-1", locked=True)


def reads(delays: Delays, delay: float, command: AnyCommand = DIM) -> list[float]:
    """Return when it is looked for a command that takes so long, and learn from it."""
    looks = list(delays.looks(command))
    done: list[float] = []
    while not done or done[-1] < delay:
        done.append(looks.pop(0) if looks else done[-1] + SETTLING)
    delays.learn(command, done[-2] if done[1:] else 0.0, done[-1])
    return done


def seen_at_once_a_second(delay: float) -> float:
    """Return when a delay is over for who looks each second."""
    at = FIRST_LOOK
    while at < delay:
        at += SETTLING
    return at


def learned(delay: float) -> Delays:
    delays = Delays({})
    for _ in range(14):
        reads(delays, delay)
    return delays


@pytest.mark.parametrize(
    ("delay", "before", "after"),
    [
        (0.05, 1, 1),
        (0.1, 1, 1),
        (0.4, 1, 1),
        (0.7, 2, 1),
        (1.5, 2, 1),
        (2.9, 4, 2),
        (5.0, 6, 3),
        (10.0, 11, 6),
    ],
)
def test_one_look_where_there_were_many(delay: float, before: int, after: int) -> None:
    assert len(reads(Delays({}), delay)) == before
    looks = reads(learned(delay), delay)
    assert len(looks) == after
    assert delay <= looks[-1] <= delay * 1.16 + 0.15


def test_a_light_that_shows_after_four_tenths_is_read_then() -> None:
    (look,) = reads(learned(0.4), 0.4)
    assert 0.4 <= look <= 0.5


@pytest.mark.parametrize("was", [0.1, 0.7, 1.55, 2.9, 5.0, 10.0])
@pytest.mark.parametrize("now", [0.05, 0.3, 0.61, 1.0, 1.61, 3.0, 6.0, 11.0])
def test_a_hub_that_changes_is_never_seen_more_than_a_second_later(
    was: float, now: float
) -> None:
    delays = learned(was)
    for _ in range(10):
        assert reads(delays, now)[-1] <= seen_at_once_a_second(now) + SETTLING + 0.001
    # It is learned anew.
    assert len(reads(delays, now)) <= 1 + ceil(max(now * 1.16 + 0.15 - 1.6, 0) / 2)


@pytest.mark.parametrize(
    "delay",
    [
        lambda chance: chance.uniform(0.3, 0.5),
        lambda chance: chance.uniform(0.3, 1.2),
        lambda chance: chance.gauss(1.0, 0.05),
        lambda chance: 0.4 if chance.random() < 0.9 else 3.0,
    ],
)
def test_an_unsteady_hub_costs_no_more_than_before(
    delay: Callable[[random.Random], float],
) -> None:
    chance = random.Random(1)
    delays = Delays({})
    ours = late = 0.0
    theirs = 0
    for _ in range(500):
        each = delay(chance)
        looks = reads(delays, each)
        ours += len(looks)
        late += looks[-1] - seen_at_once_a_second(each)
        theirs += round(seen_at_once_a_second(each) - FIRST_LOOK) + 1
    assert ours <= theirs * 1.1
    assert late / 500 <= 0.25


def test_a_hub_that_has_become_faster_is_found_out() -> None:
    delays = learned(1.5)
    for _ in range(RECHECK + 10):
        reads(delays, 0.3)
    assert reads(delays, 0.3)[-1] <= 0.45


def test_a_proven_delay_is_written_once() -> None:
    memory: dict[str, Any] = {}
    delays = Delays(memory)
    kept = []
    for _ in range(20):
        reads(delays, 0.4)
        kept.append(memory[MEMORY_KEY])
    assert all(each is kept[-1] for each in kept[5:])
    assert set(kept[-1]) == {"SetLevel"}


def test_what_was_learned_is_still_known_after_a_restart() -> None:
    memory: dict[str, Any] = {}
    first = Delays(memory)
    for _ in range(12):
        reads(first, 0.4)
    assert Delays(memory).looks(DIM) == first.looks(DIM) != (FIRST_LOOK,)
    # Of other commands nothing is known.
    assert Delays(memory).looks(LOCK) == (FIRST_LOOK,)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "delays",
        {"SetLevel": None},
        {"SetLevel": [1.0]},
        {"SetLevel": ["0.1", "0.2"]},
        {"SetLevel": [0.5, 0.5]},
        {"SetLevel": [-1.0, 0.5]},
        {"SetLevel": [0.0, float("nan")]},
        {"SetLevel": [0.0, LONGEST + 1]},
    ],
)
def test_what_was_stored_and_makes_no_sense_is_forgotten(stored: Any) -> None:
    delays = Delays({MEMORY_KEY: stored})
    assert delays.looks(DIM) == (FIRST_LOOK,)
    assert len(reads(delays, 0.4)) == 1


@pytest.mark.parametrize(
    "command",
    [MoveTo(device_id="shade-1", position=1.0), StopMoving(device_id="shade-1")],
)
def test_what_moves_is_watched_whatever_was_seen(command: AnyCommand) -> None:
    memory: dict[str, Any] = {}
    delays = Delays(memory)
    reads(delays, 7.0, command)
    assert delays.looks(command) == (FIRST_LOOK,)
    assert memory == {}


def test_a_fade_is_waited_for_and_teaches_nothing() -> None:
    delays = learned(0.4)
    (look,) = delays.looks(DIM)
    fading = SetLevel(device_id="light-1", level=0.4, fade=3.0)
    assert delays.looks(fading)[-1] == pytest.approx(look + 3.0)
    reads(delays, 9.0, fading)
    assert delays.looks(DIM) == (look,)


@pytest.mark.parametrize(("missed", "shown"), [(-1, 1), (1, 1), (0, LONGEST + 1)])
def test_what_cannot_be_is_not_learned(missed: float, shown: float) -> None:
    delays = Delays({})
    delays.learn(DIM, missed, shown)
    assert delays.looks(DIM) == (FIRST_LOOK,)
