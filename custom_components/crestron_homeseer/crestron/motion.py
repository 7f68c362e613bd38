"""One motion of a shade as its readings show it: how fast, and since when.

A hub tells positions late, and reads are about a second apart. What counts is
therefore the line through all readings, not any two of them. Moments are in seconds
of one clock, positions fractions.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import LinearRegression, linear_regression

# When a position was true is known to some tenths of a second: readings that are
# nearer in seconds tell nothing of speed.
APART = 0.4
# In less time, no change is no sign of standing.
_TELLING = 0.1
# A shade reports each second or so: after this long without a change it stands.
STILL = 1.5
# A change within so many seconds tells that a shade moves, and how fast; after more
# of them it may have come to rest again.
FRESH = 2.0
# With fewer readings nothing is worth remembering, and none can be spared.
ENOUGH = 3
# A delay beyond this is none of the motor's: something held the command up.
LONGEST_DELAY = 5.0

type Reading = tuple[float, float]


@dataclass(slots=True)
class Motion:
    """A motion under way, or one that was asked for and is not seen yet.

    `before` is the last reading without it, or of the motion before. `asked_at` is
    when the hub was asked for it, None unless the shade was at rest then. `target` is
    where the shade was sent last, at `sent_at`. `readings` are those that were new.
    """

    before: Reading
    asked_at: float | None = None
    target: float | None = None
    sent_at: float = 0.0
    readings: list[Reading] = field(default_factory=list)
    # Whether the last reading showed nothing new, and whether that is usual here.
    paused: bool = False
    stepping: bool = False

    @property
    def _last_two(self) -> list[Reading]:
        return [self.before, self.before, *self.readings][-2:]

    @property
    def direction(self) -> int:
        """1 upwards, -1 downwards, 0 as long as nothing was seen to move."""
        one, last = self._last_two
        return sign(last[1] - one[1])

    @property
    def gap(self) -> float:
        """The seconds between the last change and the reading before it."""
        one, last = self._last_two
        return last[0] - one[0]

    @property
    def heading(self) -> int:
        """Where it was sent, seen from where it was read last: 1, -1 or 0."""
        return 0 if self.target is None else sign(self.target - self._last_two[1][1])

    def add(self, now: float, position: float) -> None:
        """Take a reading that shows another position than the last."""
        self.stepping = self.stepping or self.paused
        self.paused = False
        self.readings.append((now, position))

    def pause(self, now: float) -> None:
        """Take a reading that shows the same position as the last."""
        if self.readings and now - self.readings[-1][0] >= _TELLING:
            self.paused = True

    def stands(self, now: float) -> bool:
        """Return whether it has ended, as no change was seen for too long.

        A hub that tells positions seldom is given as long as it took before.
        """
        gaps = (later[0] - one[0] for one, later in pairwise(self.readings[-4:]))
        usual = max(gaps, default=0.0)
        return now - self.readings[-1][0] >= max(STILL, 1.5 * usual)

    def line(self) -> LinearRegression | None:
        """Return the line through the readings; None for fewer than 2.

        Its slope is the speed in whole travels per second, negative downwards.
        """
        # At first a motor gathers speed.
        readings = self.readings[len(self.readings) > ENOUGH :]
        if not readings or readings[-1][0] - readings[0][0] < APART:
            return None
        return linear_regression(*zip(*readings, strict=True))

    @property
    def speed(self) -> float:
        """How fast it is in either direction; 0 where that is not known."""
        if (line := self.line()) is not None:
            return abs(line.slope)
        one, last = self._last_two
        return abs(last[1] - one[1]) / self.gap if APART <= self.gap <= FRESH else 0.0

    @property
    def delay(self) -> float | None:
        """The seconds from its command until it was seen; None if not known."""
        line = self.line()
        if line is None or self.asked_at is None or self.target is None:
            return None
        if (self.target - self.before[1]) * line.slope <= 0:
            return None
        delay = (self.before[1] - line.intercept) / line.slope - self.asked_at
        return max(delay, 0.0) if delay <= LONGEST_DELAY else None


def sign(value: float) -> int:
    """Return -1, 0 or 1."""
    return (value > 0) - (value < 0)
