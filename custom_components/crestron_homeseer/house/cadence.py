"""When to read next: a pure function of what was seen. Times are in seconds."""

from dataclasses import dataclass

# A processor that answers in 50 ms shows a change within 5 s, reading included.
IDLE = 4.8
SLOWEST = 60.0
# Reading takes about a sixteenth of a slow hub's time.
IDLE_SHARE = 16
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
class Seen:
    """What was seen of a hub until now.

    `read_time` is what reading everything takes, and `last_took` what the last read
    took, perhaps of little. `sent` and `watched` are how long ago a command went out
    after which nothing was read, and what moves was read. `told` is in how long what
    push told of is due, and `expected` in how long a command is expected to show.
    Without `polled`, the user wants no regular reads.
    """

    read_time: float = 0.0
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
    regular = _retry(seen.failures) if seen.failures else idle_interval(seen)
    looks = []
    if seen.sent is not None:
        looks.append(FIRST_LOOK - seen.sent)
    if seen.failures:
        # What waits for a read is in the next one, whichever that is.
        if not seen.polled:
            looks.append(regular)
    else:
        if seen.told is not None:
            looks.append(seen.told)
        if seen.watched is not None:
            looks.append(rhythm(seen.last_took) - seen.watched)
        if seen.expected is not None:
            looks.append(seen.expected)
    return Plan(regular, max(min(looks), 0.0) if looks else None)


def idle_interval(seen: Seen) -> float:
    """Return the time between reads while nothing happens."""
    slow = seen.read_time * IDLE_SHARE
    least = PUSHED if seen.pushing else IDLE
    return min(max(least, slow), max(least, SLOWEST))


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
