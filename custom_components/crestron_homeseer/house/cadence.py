"""When to read next: a pure function of what was seen. Times are in seconds."""

from collections.abc import Iterable
from dataclasses import dataclass

# Reads take less than a third of one connection's time: what people wait for has the
# larger part of it, and the least time between two reads of the same.
IDLE_URGENT, URGENT_SHARE = 1.9, 3 / 16
IDLE, SHARE = 4.6, 0.135
# What fails is asked for ever more seldom, by itself.
LAST_BACK_OFF = 300.0
LONGEST_PERIOD = 60.0
FAILED_READ = 5.0
SETTLING = 1.0
FIRST_LOOK = 0.6
RETRY = 2.0
FAILING = 10.0
# One attempt costs a hub that is away nothing, and people wait for it to be back.
LONGEST_WAIT = 30.0
# After a refused login it is tried again at these times, then as often as the last.
LOGINS = (60.0, 120.0, 300.0)
# With push, reads only make sure that nothing was missed.
PUSHED = 60.0
# The first word after quiet is followed at once, with what comes in the same breath.
# What comes soon after is read together: five reads for a flood of a second.
BREATH = 0.005
GATHER_PUSHED = 0.28


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one request reads.

    `urgent` is whether people wait for what it tells: locks, doors, occupancy, alarm.
    `took` is what it takes, `since` how long ago it was asked for, None for never, and
    `failures` how often in a row that failed.
    """

    urgent: bool
    took: float
    since: float | None
    failures: int = 0


def period(part: Part, parts: Iterable[Part]) -> float:
    """Return how long it is between two reads of a part, of all that are read."""
    cost = sum(each.took for each in parts if each.urgent is part.urgent)
    least, share = (IDLE_URGENT, URGENT_SHARE) if part.urgent else (IDLE, SHARE)
    # One slow answer is not to keep a house unseen for minutes.
    usual = min(max(least, cost / share), max(LONGEST_PERIOD, cost * 3))
    if part.failures:
        back_off = max(usual, FAILED_READ) * 2.0 ** min(part.failures - 1, 10)
        return min(back_off, max(LAST_BACK_OFF, usual))
    return usual


def due_in(part: Part, parts: Iterable[Part]) -> float:
    """Return in how long a part is due, of all that are read."""
    return 0.0 if part.since is None else period(part, parts) - part.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a hub until now.

    `due` is in how long the hub is to be read while nothing happens, and `last_took`
    what the last read took. `sent` and `watched` are how long ago a command went out
    after which nothing was read, and what moves was read. `told` is in how long what
    push told of is due, and `expected` in how long a command is expected to show.
    Without `polled`, the user wants no regular reads.
    """

    due: float = IDLE
    last_took: float = 0.0
    failures: int = 0
    pushing: bool = False
    polled: bool = True
    told: float | None = None
    sent: float | None = None
    watched: float | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The interval of regular reads, and how long until one that is due sooner."""

    regular: float
    look: float | None


def plan(seen: Seen) -> Plan:
    """Return when to read next."""
    idle = max(seen.due, PUSHED) if seen.pushing else max(seen.due, 0.0)
    regular = _retry(seen.failures) if seen.failures else idle
    looks = []
    if seen.sent is not None:
        looks.append(FIRST_LOOK - seen.sent)
    if seen.failures:
        # What waits for a read is in the next one, whichever that is.
        if not seen.polled:
            looks.append(regular)
    else:
        if seen.polled and not seen.pushing:
            looks.append(idle)
        if seen.told is not None:
            looks.append(seen.told)
        if seen.watched is not None:
            looks.append(rhythm(seen.last_took) - seen.watched)
        if seen.expected is not None:
            looks.append(seen.expected)
    return Plan(regular, max(min(looks), 0.0) if looks else None)


def next_login(since: float) -> float:
    """Return in how many seconds to log in again, so long after the first refusal."""
    # What is a moment early by the clock is the attempt itself.
    now = since + 1.0
    every = LOGINS[-1]
    due = next((at for at in LOGINS if at > now), every * (now // every + 1))
    return due - since


def rhythm(took: float) -> float:
    """Return the time between reads while something is watched closely."""
    return max(SETTLING, took)


def _retry(failures: int) -> float:
    if failures == 1:
        return RETRY
    return min(FAILING * (failures - 1), LONGEST_WAIT)
