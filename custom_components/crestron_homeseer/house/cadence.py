"""When to read next, by what was read, sent and pushed. Times are in seconds."""

from collections import deque
from collections.abc import Collection, Sequence
from math import inf
from statistics import median
from typing import NamedTuple

# Reads take less than a third of one connection's time: what people wait for has the
# larger part of it, and is seen sooner where the hub is quick.
SEEN_URGENT, URGENT_SHARE = 2.19, 3 / 16
SEEN, SHARE = 4.97, 0.135
# To wake up costs more than to read: quick hubs are all read in the same moments.
TOGETHER_URGENT, TOGETHER = 2.0, 4.8
# What fails is asked for ever more seldom, by itself.
LAST_BACK_OFF = 300.0
LONGEST_PERIOD = 60.0
FAILED_READ = 5.0
# After a command it is read soon, then as often as what moves is watched.
CONFIRM_DELAY = 0.6
SETTLING = 1.0
RETRY = 2.0
FAILING = 10.0
# One attempt costs a hub that is away nothing, and people wait for it to be back.
LONGEST_WAIT = 30.0
# After a refused login it is tried again at these times, then as often as the last.
LOGINS = (60.0, 120.0, 300.0)
# With push, reads only make sure that nothing was missed.
PUSHED = 60.0
# The first push after quiet is read at once, with what comes in the same moment.
# What comes soon after is read together: five reads for a flood of a second.
PUSH_PAUSE = 0.005
GATHER_PUSHED = 0.28
# A flood of push, too, leaves a slow hub so many times as long as it took, beyond what
# a few changes in a row are allowed at once, in seconds.
PUSHED_SHARE = 3
CREDIT = 2.0
# A scene or a button moves things that nobody can foresee: read often for a while.
AFTER_SCENE = 4.0
LAST_READS = 25
# What there is changes seldom; what it does is read all the time. A hub that has
# just started may not know yet what it has, so the first surveys come sooner.
SURVEY_EVERY = 300.0
SURVEY_FIRST = 20.0
# So long after one that left open which device is which: what hangs on that waits.
SURVEY_AGAIN = 5.0
# A slow hub has so many times as long as it took for other things.
SURVEY_SHARE = 15
# A command whose result never showed: what there is may have changed.
SURVEY_UNCONFIRMED = 15.0


class Part(NamedTuple):
    """What one request reads.

    `urgent` is whether people wait for it: locks, doors, occupancy, alarm. `took` is
    what it takes, `since` how long ago it was requested, None for never, and
    `failures` how often in a row that failed.
    """

    urgent: bool
    took: float
    since: float | None
    failures: int = 0


def periods(parts: Sequence[Part]) -> list[float]:
    """Return for each part how long it is between two reads, of all that are read."""
    cost = {True: 0.0, False: 0.0}
    for part in parts:
        cost[part.urgent] += part.took
    # Where nothing can be read, the hub is in trouble rather than its lists.
    sound = any(not part.failures for part in parts)
    longest = LAST_BACK_OFF if sound else LONGEST_WAIT
    return [_period(part, cost[part.urgent], longest) for part in parts]


def _period(part: Part, cost: float, longest: float) -> float:
    seen, share = (SEEN_URGENT, URGENT_SHARE) if part.urgent else (SEEN, SHARE)
    # What changes just after it was read waits for this, another read, and its own.
    least = seen - 2 * part.took
    # One slow answer is not to keep a house unseen for minutes.
    usual = min(max(least, cost / share), max(LONGEST_PERIOD, cost * 3))
    if part.failures:
        back_off = max(usual, FAILED_READ) * 2.0 ** min(part.failures - 1, 10)
        return min(back_off, max(longest, usual))
    return usual


def dues(parts: Sequence[Part], now: float) -> list[float]:
    """Return for each part in how long it is due, of all that are read."""
    return [
        0.0 if part.since is None else _due(part.urgent, period, now - part.since) - now
        for part, period in zip(parts, periods(parts), strict=True)
    ]


def _due(urgent: bool, period: float, read_at: float) -> float:
    """Return when a part is due: with those of other hubs, if that is a bit sooner."""
    latest = read_at + period
    together, seen = (TOGETHER_URGENT, SEEN_URGENT) if urgent else (TOGETHER, SEEN)
    moment = latest // together * together
    # What is slow or fails keeps its own time; what was read just now is not yet due.
    quick = together <= period <= seen and moment - read_at > together / 2
    return moment if quick else latest


def next_login(since: float) -> float:
    """Return in how many seconds to log in again, so long after the first refusal."""
    # What is a moment early by the clock is the attempt itself.
    now = since + 1.0
    every = LOGINS[-1]
    due = next((at for at in LOGINS if at > now), every * (now // every + 1))
    return due - since


class Timing:
    """What happened between this side and a hub, and when to read it next.

    Moments are those of one clock.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.failures = 0
        self.read_at = 0.0
        # What the last full read took, and when it began.
        self.read_time = 0.0
        self._full_read_at = 0.0
        self._took: deque[float] = deque(maxlen=LAST_READS)
        # The devices that were pushed and are not read yet.
        self.pushed: set[str] = set()
        self._pushed_at = 0.0
        # When such were read last.
        self._followed_at = -inf
        # Whether the last read was of them alone, when there was more to read.
        self._pushed_alone = False
        # Until when the time is spent that following push may take.
        self._spent_until = -inf
        # When to read after a command whose result cannot be foreseen.
        self._confirm_at = inf
        self._scene_at = -inf
        # When all there is is to be read, not only what it does.
        self.survey_at = 0.0
        self._surveyed_at = -inf
        self._survey_gap = SURVEY_FIRST
        # Whether something waits for the next survey, also where there is push.
        self._survey_requested = False

    @property
    def response_time(self) -> float | None:
        """Seconds that a read takes of late; None where none has been."""
        return median(self._took) if self._took else None

    @property
    def interval(self) -> float:
        """The seconds between reads while something is watched closely."""
        return max(SETTLING, self._took[-1] if self._took else 0.0)

    def read_started(self) -> None:
        """Note that a read begins: it will show what commands before it did."""
        self._confirm_at = inf

    def read_done(self, started: float, now: float) -> None:
        """Note that a read succeeded."""
        self.failures = 0
        self.read_at = now
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
        self._survey_requested = False
        self.survey_at = now + max(self._survey_gap, (now - started) * SURVEY_SHARE)
        self.read_all(started)

    def request_survey(self) -> None:
        """Note that something waits for a survey; soon after another it has to wait."""
        self._survey_requested = True
        self.survey_at = min(self.survey_at, self._surveyed_at + SURVEY_AGAIN)

    def unconfirmed(self, now: float) -> None:
        """Note that a command never showed: read all there is soon."""
        self.survey_at = min(self.survey_at, now + SURVEY_UNCONFIRMED)

    def sent(self, now: float, *, scene: bool, unconfirmable: bool) -> None:
        """Note that commands were sent.

        A `scene` may move anything. After an `unconfirmable` one nothing certain will
        show: what there is is read. So it is where a hub that was away has answered.
        """
        if scene:
            self._scene_at = now
        if unconfirmable or self.failures:
            self._confirm_at = now + CONFIRM_DELAY

    def push(self, device_ids: Collection[str], now: float) -> bool:
        """Note what was pushed; return whether there was nothing to read before."""
        first = not self.pushed
        if first:
            self._pushed_at = now
        self.pushed.update(device_ids)
        return first

    def take_pushed(self, now: float) -> set[str]:
        """Return what was pushed, which is read now."""
        pushed, self.pushed = self.pushed, set()
        if pushed:
            self._followed_at = now
        return pushed

    def pushed_alone(self) -> bool:
        """Return whether what was pushed is read before all else that is due.

        Whoever waits for it is waiting now; after that, the rest has its turn.
        """
        first = bool(self.pushed) and not self.failures
        self._pushed_alone = first and not self._pushed_alone
        return self._pushed_alone

    def after_scene(self, now: float) -> bool:
        """Return whether anything may be moving because of a scene or a button."""
        return now < self._scene_at + AFTER_SCENE

    def all_due(self, now: float, due: float, *, pushing: bool) -> bool:
        """Return whether to read more than what moves; the hub is due in `due` seconds."""
        quiet = pushing and now - self._full_read_at < PUSHED
        return self.after_scene(now) or (due <= 0 and not quiet)

    def regular(self, due: float, *, pushing: bool) -> float:
        """Return in how long to read while nothing happens and the hub is `due`."""
        if self.failures == 1:
            return RETRY
        if self.failures:
            return min(FAILING * (self.failures - 1), LONGEST_WAIT)
        return max(due, PUSHED if pushing else 0.0)

    def next_read(
        self,
        now: float,
        due: float,
        expected: float | None = None,
        *,
        moving: bool = False,
        pushing: bool = False,
        polled: bool = True,
    ) -> float | None:
        """Return in how long to read next, None for never.

        While nothing happens, the hub is due in `due` seconds; `expected` is when a
        command is expected to show. Without `polled`, the user wants no regular reads.
        """
        calm = not self.failures
        watched_at = self.read_at if moving else max(self.read_at, self._scene_at)
        pushed_due = max(
            self._pushed_at + PUSH_PAUSE,
            self._followed_at + GATHER_PUSHED,
            self._spent_until - CREDIT,
        )
        moments = (
            # What waits for a read is in the next one, whichever that is.
            (polled or not calm, now + self.regular(due, pushing=pushing)),
            (calm and polled and self._survey_requested, self.survey_at),
            (calm and bool(self.pushed), pushed_due),
            (calm and (moving or self.after_scene(now)), watched_at + self.interval),
            (calm and expected is not None, expected or 0.0),
            (True, self._confirm_at),
        )
        soonest = min(moment for wanted, moment in moments if wanted)
        return None if soonest == inf else max(soonest - now, 0.0)
