"""How long until the next read: a pure function of what was seen."""

from dataclasses import dataclass

# A processor that answers in 50 ms is read every 5 s.
IDLE = 5.0
SLOWEST = 60.0
# Reading takes about a sixteenth of a slow hub's time.
IDLE_SHARE = 16
SETTLING = 1.0
FIRST_LOOK = 0.6
RETRY = 2.0
FAILING = 10.0
# One attempt costs a hub that is away nothing, and people wait for it to be back.
LONGEST_WAIT = 30.0
# With push, reads only make sure that nothing was missed.
PUSHED = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen at the last reads; `read_time` is in seconds."""

    read_time: float = 0.0
    settling: bool = False
    just_sent: bool = False
    failures: int = 0
    pushing: bool = False


def idle_interval(seen: Seen) -> float:
    """Return the seconds between reads while nothing happens."""
    slow = seen.read_time * IDLE_SHARE
    least = PUSHED if seen.pushing else IDLE
    return min(max(least, slow), max(least, SLOWEST))


def next_read(seen: Seen) -> float:
    """Return the seconds to wait before the next read."""
    if seen.failures == 1:
        return RETRY
    if seen.failures:
        return min(FAILING * (seen.failures - 1), LONGEST_WAIT)
    if seen.just_sent:
        return FIRST_LOOK
    if seen.settling:
        return max(SETTLING, seen.read_time)
    return idle_interval(seen)
