"""Where a shade has to be sent to stop it: a processor has no command for that.

The position that was read last is behind the shade: positions are reported late, and a
command takes its time. A shade that is sent there backs up. It is sent to where it
will be when the command arrives, as far as the readings of this motion show. These are
about a second apart and late: what counts is the line through all of them, not any two.

Moments are in seconds of one clock, positions fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import LinearRegression, linear_regression
from typing import Any

from ..house.devices import Cover, Device
from ..house.fields import number

MEMORY_KEY = "travel"
# Seconds from a reading until a command made of it works, where nothing is known of
# that: less than any has taken, so that it is stopped no further off than it is behind.
DELAY = 0.4
# People hear a motor that has to turn back: rather stop it so much later, in seconds.
SPARE = 0.05
# When a position was true is known to some tenths of a second: readings that are
# nearer in seconds show nothing of speed.
APART = 0.4
# In less time, no change is no sign of standing.
_TELLING = 0.1
# A shade reports each second or so: after this long without a change it stands.
STILL = 1.5
# A change within so many seconds shows that a shade moves, and how fast; after more
# of them it may have come to rest again.
FRESH = 2.0
# With fewer readings nothing is worth remembering, and none can be spared.
ENOUGH = 3
# So long a motion that was asked for may take to be seen.
_PATIENCE = 30.0
# Motors settle a hair off what they were asked for; positions are whole numbers.
_THERE, _EXACTLY = 0.015, 0.001
# A delay beyond this is none of the motor's: something held the command up.
_LONGEST_DELAY = 5.0
# What can be believed: whole travels per second, and seconds.
_SPEEDS = (1 / 600, 0.5)
_LIMITS = {"opening": _SPEEDS, "closing": _SPEEDS, "delay": (0.0, _LONGEST_DELAY)}
_WAYS = {1: "opening", -1: "closing", 0: ""}

type Reading = tuple[float, float]


@dataclass(slots=True)
class Motion:
    """A motion under way, or one that was asked for and is not seen yet.

    `before` is the last reading without it, or of the motion before. `asked_at` is
    when the hub was asked for it, None unless the shade was at rest then. `target` is
    where the shade was sent last, at `sent_at`. `readings` are those that were new;
    `paused` is whether the last one was not, and `stepping` whether that is usual here.
    """

    before: Reading
    asked_at: float | None = None
    target: float | None = None
    sent_at: float = 0.0
    readings: list[Reading] = field(default_factory=list)
    paused: bool = False
    stepping: bool = False

    @property
    def last_two(self) -> list[Reading]:
        """The last reading, and the one before it."""
        return [self.before, self.before, *self.readings][-2:]

    @property
    def direction(self) -> int:
        """1 upwards, -1 downwards, 0 as long as nothing was seen to move."""
        one, last = self.last_two
        return sign(last[1] - one[1])

    @property
    def gap(self) -> float:
        """The seconds between the last change and the reading before it."""
        one, last = self.last_two
        return last[0] - one[0]

    @property
    def heading(self) -> int:
        """Where it was sent, seen from where it was read last: 1, -1 or 0."""
        return 0 if self.target is None else sign(self.target - self.last_two[1][1])

    def add(self, now: float, position: float) -> None:
        """Take a reading that shows another position than the last."""
        self.stepping = self.stepping or self.paused
        self.paused = False
        self.readings.append((now, position))

    def moves(self, now: float) -> bool:
        """Return whether it goes on, or was just asked for.

        A hub that reports positions seldom is given as long as it took before.
        """
        if not self.readings:
            return self.target is not None and now - self.sent_at < _PATIENCE
        gaps = (later[0] - one[0] for one, later in pairwise(self.readings[-4:]))
        usual = max(gaps, default=0.0)
        return now - self.readings[-1][0] < max(STILL, 1.5 * usual)

    def arrived(self, position: float, tolerance: float) -> bool:
        """Return whether a position is where it was sent, or else an end."""
        if self.target is None:
            return position in {0.0, 1.0}
        return abs(position - self.target) <= tolerance

    @property
    def line(self) -> LinearRegression | None:
        """The line through the readings, None for too few.

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
        if (line := self.line) is not None:
            return abs(line.slope)
        one, last = self.last_two
        return abs(last[1] - one[1]) / self.gap if APART <= self.gap <= FRESH else 0.0

    @property
    def delay(self) -> float | None:
        """The seconds from its command until it was seen; None if not known."""
        line = self.line
        if line is None or self.asked_at is None or self.target is None:
            return None
        if (self.target - self.before[1]) * line.slope <= 0:
            return None
        delay = (self.before[1] - line.intercept) / line.slope - self.asked_at
        return max(delay, 0.0) if delay <= _LONGEST_DELAY else None


class Stopping:
    """Watches how shades move, and finds where to send one to stop it.

    How long a shade took last is kept in `memory`, for those that are to arrive together.
    """

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take over what was remembered, as far as it can be believed."""
        self._memory = memory
        self._travel = _read(memory.get(MEMORY_KEY))
        self._motions: dict[str, Motion] = {}
        self._positions: dict[str, float] = {}
        self._seen_at = 0.0

    # Watching

    def saw(self, devices: Mapping[str, Device], now: float) -> None:
        """Take what was just read."""
        seen: dict[str, float] = {}
        for device in devices.values():
            if isinstance(device, Cover) and device.online:
                if device.position is not None:
                    seen[device.id] = device.position
        for device_id in self._positions.keys() - seen.keys():
            self._motions.pop(device_id, None)
        last, self._positions = self._positions, seen
        for device_id in seen.keys() & last.keys():
            self._saw(device_id, last[device_id], seen[device_id], now)
        self._seen_at = now

    def sent(self, device_id: str, target: float, now: float) -> None:
        """Note that a shade was sent somewhere, at the moment the request went out."""
        position = self._positions.get(device_id)
        if position is None:
            return
        if not self.moves(device_id, now):
            self._motions[device_id] = Motion((now, position), asked_at=now)
        motion = self._motions[device_id]
        before, motion.target, motion.sent_at = motion.heading, target, now
        if motion.readings:
            return
        if position == target:
            del self._motions[device_id]
        elif before not in {0, motion.heading}:
            # Which of both it will be seen to follow is open.
            motion.asked_at = None

    def _saw(self, device_id: str, last: float, position: float, now: float) -> None:
        motion = self._motions.get(device_id)
        if position == last:
            if motion is not None:
                if motion.readings and now - motion.readings[-1][0] >= _TELLING:
                    motion.paused = True
                if not motion.moves(now):
                    self._end(device_id, position)
            return
        if motion is None or motion.direction * (position - last) < 0:
            old = motion or Motion((0.0, last))
            motion = Motion((self._seen_at, last), None, old.target, old.sent_at)
            self._motions[device_id] = motion
        if motion.arrived(position, _EXACTLY):
            # When it came there is not known: this reading shows nothing of speed.
            self._end(device_id, position)
        elif now > self._seen_at:
            motion.add(now, position)

    def _end(self, device_id: str, position: float) -> None:
        """End a motion; one that came to rest before its target was held up."""
        motion = self._motions.pop(device_id)
        if len(motion.readings) < ENOUGH or not motion.arrived(position, _THERE):
            return
        known = self._travel.get(device_id, {})
        new = known | _believable(
            {_WAYS[motion.direction]: motion.speed, "delay": motion.delay}
        )
        if new != known:
            self._travel[device_id] = new
            # Another object each time: whoever stores the memory sees that it changed.
            here = self._travel.keys() & self._positions.keys()
            shades = {key: self._travel[key] for key in sorted(here)}
            self._memory[MEMORY_KEY] = {"version": 1, "shades": shades}

    # Stopping

    def moves(self, device_id: str, now: float) -> bool:
        """Return whether a shade is known to move, or was just asked to."""
        motion = self._motions.get(device_id)
        return motion is not None and motion.moves(now)

    def unsure(self, device_id: str) -> bool:
        """Return whether another reading is needed to know that a shade still moves."""
        motion = self._motions.get(device_id)
        if motion is None or motion.target is not None or motion.paused:
            return False
        return len(motion.readings) == 1 and motion.gap > FRESH

    def stop_at(self, device_id: str, now: float) -> float | None:
        """Return where to send a shade to stop it; None if it is not known to move.

        That is never behind where it was last read, nor beyond where it is heading.
        """
        motion, position = self._motions.get(device_id), self._positions.get(device_id)
        if motion is None or position is None or not motion.moves(now):
            return None
        direction, heading = motion.direction or motion.heading, motion.heading
        if motion.target is not None and heading != direction:
            # It was just asked to turn, or has come by its target: not a hair further.
            return position
        end = max(direction, 0.0) if motion.target is None else motion.target
        far = self._ahead(device_id, motion, now)
        return end if far >= abs(end - position) else position + direction * far

    def _ahead(self, device_id: str, motion: Motion, now: float) -> float:
        """Return how far before its last reading a shade will be."""
        if not motion.readings or (motion.paused and not motion.stepping):
            # It is not seen to move yet, or seems to have come to rest in this moment.
            return 0.0
        # Nobody knows when somebody pressed a key, and one reading shows little: then
        # it is as late and as fast as the last time.
        known = self._travel.get(device_id, {})
        speed = motion.speed or known.get(_WAYS[motion.direction], 0.0)
        late = max(motion.delay or known.get("delay", 0.0), DELAY)
        return speed * (now - motion.readings[-1][0] + late + SPARE)

    def seconds(self, device_id: str, target: float, now: float) -> float | None:
        """Return how long a resting shade takes to a target; None if not known."""
        position, known = self._positions.get(device_id), self._travel.get(device_id)
        if position is None or known is None or self.moves(device_id, now):
            return None
        way = _WAYS[sign(target - position)]
        if not {way, "delay"} <= known.keys():
            return None
        return known["delay"] + abs(target - position) / known[way]


def sign(value: float) -> int:
    """Return -1, 0 or 1."""
    return (value > 0) - (value < 0)


def _believable(seen: Mapping[str, float | None]) -> dict[str, float]:
    """Return what can be true of what was seen, or stored, of a shade."""
    return {
        name: float(f"{value:.3g}")
        for name, value in seen.items()
        if value is not None and _LIMITS[name][0] <= value <= _LIMITS[name][1]
    }


def _read(stored: object) -> dict[str, dict[str, float]]:
    """Return what was stored; earlier versions added how often a value was seen."""
    shades = stored.get("shades") if isinstance(stored, Mapping) else None
    found: dict[str, dict[str, float]] = {}
    for key, values in shades.items() if isinstance(shades, Mapping) else ():
        raws = values if isinstance(values, Mapping) else {}
        firsts = {
            name: raw[0] if isinstance(raw, list) and raw else raw
            for name, raw in raws.items()
            if name in _LIMITS
        }
        if known := _believable({name: number(raw) for name, raw in firsts.items()}):
            found[key] = known
    return found
