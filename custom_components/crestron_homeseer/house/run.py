"""One motion of a shade as its readings show it: how fast, and since when.

A hub tells positions late, reads are about a second apart, and motors take a moment
to reach their speed. What counts is therefore the line through the readings at full
speed, not any two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, median

# Between readings of the moments in which a motor speeds up or slows down, a shade
# is slower than this part of its best speed.
_FULL_SPEED = 0.85
# How far readings may lie beside the line, as a part of the whole travel.
_SPREAD = 0.02
# Fewer readings, or such within fewer seconds, teach nothing.
_ENOUGH = 3
_LONG_ENOUGH = 1.5
# A long travel is known well enough by its last readings.
_MOST = 60
# When a position was true is known to some tenths of a second: readings that are
# nearer in seconds tell nothing of speed.
APART = 0.4
# In less time, no change is no sign of standing.
_TELLING = 0.1
# A shade reports each second or so: after this long without a change it stands.
STILL = 1.5

type Sample = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Readings at full speed: `speed` is signed, in whole travels per second.

    `sound` says whether they are many, long and straight enough to learn from.
    """

    speed: float
    at: float
    position: float
    sound: bool

    def time_of(self, position: float) -> float:
        """Return when a position was shown, had it always been at full speed."""
        return self.at + (position - self.position) / self.speed


@dataclass(slots=True)
class Run:
    """A motion under way, or one that was asked for and is not seen yet.

    `before` is the last reading without it, or of the motion before. `asked_at` is
    when the hub was asked for it, None unless the shade was at rest then. Times are
    in seconds, positions fractions; `samples` are readings that were new.
    """

    before: Sample
    asked_at: float | None = None
    samples: list[Sample] = field(default_factory=list)
    # Whether the last reading showed nothing new, and whether that is usual here.
    paused: bool = False
    stepping: bool = False

    @property
    def direction(self) -> int:
        """1 upwards, -1 downwards, 0 as long as nothing was seen to move."""
        if not self.samples:
            return 0
        last = self.samples[-2] if len(self.samples) > 1 else self.before
        return 1 if self.samples[-1][1] > last[1] else -1

    @property
    def gap(self) -> float:
        """The seconds between the last change and the reading before it."""
        last = self.samples[-2] if len(self.samples) > 1 else self.before
        return self.samples[-1][0] - last[0] if self.samples else 0.0

    def add(self, sample: Sample) -> None:
        """Take a reading that shows another position than the last."""
        self.stepping = self.stepping or self.paused
        self.paused = False
        self.samples.append(sample)
        del self.samples[:-_MOST]

    def pause(self, now: float) -> None:
        """Take a reading that shows the same position as the last."""
        if self.samples and now - self.samples[-1][0] >= _TELLING:
            self.paused = True

    def stands(self, now: float) -> bool:
        """Return whether it has ended, as no change was seen for too long.

        A hub that tells positions seldom is given as long as it took before.
        """
        if not self.samples:
            return False
        gaps = [later[0] - one[0] for one, later in pairwise(self.samples)]
        usual = max(gaps[-3:], default=0.0)
        return now - self.samples[-1][0] >= max(STILL, 1.5 * usual)

    def line(self) -> Line | None:
        """Return the line through the readings at full speed; None for fewer than 2."""
        samples = self.samples[:1]
        for sample in self.samples:
            if sample[0] - samples[-1][0] >= APART:
                samples.append(sample)
        pairs = list(pairwise(samples))
        if not pairs:
            return None
        speeds = [abs(_speed(*pair)) for pair in pairs]
        best = median(sorted(speeds)[len(speeds) // 2 :])
        kept = {
            sample
            for pair, speed in zip(pairs, speeds, strict=True)
            if speed >= _FULL_SPEED * best
            for sample in pair
        }
        return _fit(sorted(kept))


def _speed(one: Sample, later: Sample) -> float:
    return (later[1] - one[1]) / (later[0] - one[0])


def _fit(samples: Sequence[Sample]) -> Line:
    """Return the line with the least squares; all lead the same way."""
    at = fmean(time for time, _ in samples)
    position = fmean(place for _, place in samples)
    spread = sum((time - at) ** 2 for time, _ in samples)
    speed = sum((time - at) * (place - position) for time, place in samples) / spread
    beside = max(abs(place - position - speed * (time - at)) for time, place in samples)
    sound = (
        len(samples) >= _ENOUGH
        and samples[-1][0] - samples[0][0] >= _LONG_ENOUGH
        and beside <= _SPREAD
    )
    return Line(speed, at, position, sound)
