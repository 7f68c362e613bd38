"""Keeps what decides when a hub is read next. Moments are those of one clock."""

from collections import deque
from collections.abc import Collection
from dataclasses import replace
from statistics import median

from .cadence import BREATH, GATHER_PUSHED, PUSHED, Plan, Seen, plan, rhythm
from .settling import Settling

# A scene or a button moves things that nobody can foresee: look often for a while.
STIRRED = 4.0
LAST_READS = 25
# A flood of push, too, leaves a slow hub so many times as long as it took, beyond what
# a few changes in a row are allowed at once, in seconds.
PUSHED_SHARE = 3
CREDIT = 2.0
# What there is changes seldom; what it does is read all the time. A hub that has
# just started may not know yet what it has, so the first surveys come sooner.
SURVEY_EVERY = 300.0
SURVEY_FIRST = 20.0
# So long after one that could not tell who is who: what hangs on that waits.
SURVEY_AGAIN = 5.0
# A slow hub has so many times as long as it took for other things.
SURVEY_SHARE = 15
# A command whose result never showed: the hub may have failed to tell of it.
SURVEY_IN_DOUBT = 15.0


class Timing:
    """What happened between this side and a hub, as far as reading depends on it."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.failures = 0
        # What the last full read took.
        self.read_time = 0.0
        # The devices that push told of and that are not read yet.
        self.pushed: set[str] = set()
        self._pushed_at = 0.0
        # Whether the last read was of them alone, when there was more to read.
        self._pushed_alone = False
        # When such were read last.
        self._followed_at = float("-inf")
        # Until when the time is spent that following push may take.
        self._spent_until = float("-inf")
        self._full_read_at = 0.0
        self._read_at = 0.0
        self._took: deque[float] = deque(maxlen=LAST_READS)
        self._sent_at: float | None = None
        self._stirred_at = float("-inf")
        # When all there is is to be read, not only what it does.
        self.survey_at = 0.0
        self._surveyed_at = float("-inf")
        # Whether something waits for the next survey, also where there is push.
        self._awaited = False
        self._survey_gap = SURVEY_FIRST

    @property
    def response_time(self) -> float | None:
        """Seconds that a read takes of late; None where none has been."""
        return median(self._took) if self._took else None

    def begins(self) -> None:
        """Note that a read begins: it will show what commands before it did."""
        self._sent_at = None

    def done(self, started: float, now: float) -> None:
        """Note that a read succeeded."""
        self.failures = 0
        self._read_at = now
        self._took.append(now - started)
        if started == self._followed_at:
            spent = PUSHED_SHARE * (now - started)
            self._spent_until = max(self._spent_until, started) + spent

    def read_all(self, started: float, took: float | None = None) -> None:
        """Note that all states were read; a survey takes longer than that."""
        self._full_read_at = started
        if took is not None:
            self.read_time = took

    def survey_due(self, now: float) -> bool:
        """Return whether to read all there is; so it is after each failure."""
        return now >= self.survey_at or self.failures > 0

    def surveyed(self, started: float, now: float, *, same: bool) -> None:
        """Note that all there is was read; what comes and goes does not do so alone."""
        self._survey_gap = self._survey_gap * 2 if same else SURVEY_FIRST
        self._survey_gap = min(self._survey_gap, SURVEY_EVERY)
        self._surveyed_at = now
        self._awaited = False
        self.survey_at = now + max(self._survey_gap, (now - started) * SURVEY_SHARE)
        self.read_all(started)

    def survey_soon(self) -> None:
        """Note that a survey has to tell who is who; one that could not is no hurry."""
        self._awaited = True
        self.survey_at = min(self.survey_at, self._surveyed_at + SURVEY_AGAIN)

    def doubts(self, now: float) -> None:
        """Note that a command never showed: read all there is soon."""
        self.survey_at = min(self.survey_at, now + SURVEY_IN_DOUBT)

    def sent(self, now: float, *, stirs: bool, blind: bool) -> None:
        """Note that commands were sent.

        `blind` are those after which nothing certain will show: then it is looked
        what there is to see. So it is where a hub that was away has answered.
        """
        if stirs:
            self._stirred_at = now
        if blind or self.failures:
            self._sent_at = now

    def told(self, device_ids: Collection[str], now: float) -> bool:
        """Note what push told of; return whether there was nothing to read before."""
        first = not self.pushed
        if first:
            self._pushed_at = now
        self.pushed.update(device_ids)
        return first

    def take_pushed(self, now: float) -> set[str]:
        """Return what push told of, which is read now."""
        pushed, self.pushed = self.pushed, set()
        if pushed:
            self._followed_at = now
        return pushed

    def pushed_alone(self) -> bool:
        """Return whether what push told of is read before all else that is due.

        Whoever waits for it is waiting now; after that, the rest has its turn.
        """
        first = bool(self.pushed) and not self.failures
        self._pushed_alone = first and not self._pushed_alone
        return self._pushed_alone

    def all_due(self, now: float, due: float, *, pushing: bool) -> bool:
        """Return whether to read more than what moves; the hub is due in `due` seconds."""
        if pushing and now - self._full_read_at < PUSHED:
            return self.stirred(now)
        return self.stirred(now) or due <= 0

    def plan(
        self,
        now: float,
        due: float,
        settling: Settling,
        *,
        moving: bool,
        pushing: bool,
        polled: bool,
    ) -> Plan:
        """Return when to read next; while nothing happens, the hub is due in `due`."""
        took = self._took[-1] if self._took else 0.0
        watched = None
        if moving:
            watched = self._read_at
        elif self.stirred(now):
            watched = max(self._read_at, self._stirred_at)
        look = settling.next_look(rhythm(took))
        next_ = plan(
            Seen(
                due=due,
                last_took=took,
                failures=self.failures,
                pushing=pushing,
                polled=polled,
                told=self._told_due(now),
                sent=_since(self._sent_at, now),
                watched=_since(watched, now),
                expected=None if look is None else look - now,
            )
        )
        if not self._awaited or self.failures or not polled:
            return next_
        look = max(self.survey_at - now, 0.0)
        return replace(
            next_, look=look if next_.look is None else min(next_.look, look)
        )

    def _told_due(self, now: float) -> float | None:
        if not self.pushed:
            return None
        due = max(
            self._pushed_at + BREATH,
            self._followed_at + GATHER_PUSHED,
            self._spent_until - CREDIT,
        )
        return due - now

    def stirred(self, now: float) -> bool:
        """Return whether anything may be moving because of a scene or a button."""
        return now < self._stirred_at + STIRRED


def _since(moment: float | None, now: float) -> float | None:
    return None if moment is None else now - moment
