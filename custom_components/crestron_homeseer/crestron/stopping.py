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
from statistics import linear_regression
from typing import Any

from ..house.devices import Cover, Device
from ..house.fields import number
from .listing import STILL

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
# A change within so many seconds shows that a shade moves, and how fast; after more
# of them it may have come to rest again.
FRESH = 2.0
# With fewer readings nothing is worth remembering, and none can be spared.
ENOUGH = 3
# So long a motion that was asked for may take to be seen.
_PATIENCE = 30.0
# Motors settle a hair off what they were asked for; positions are whole numbers.
_THERE, _EXACTLY = 0.015, 0.001
# What can be believed: whole travels per second, and seconds from a command until it
# is seen. A longer delay is none of the motor's: something held the command up.
_SPEEDS = (1 / 600, 0.5)
_LIMITS = {"opening": _SPEEDS, "closing": _SPEEDS, "delay": (0.0, 5.0)}
_WAYS = {1: "opening", -1: "closing", 0: ""}

type Reading = tuple[float, float]


@dataclass(slots=True)
class Motion:
    """A motion under way, or one that was asked for and is not seen yet.

    `before` is the last reading without it, or of the motion before. `asked_at` is
    when the hub was asked for it, None unless the shade was at rest then. `target` is
    where the shade was sent last, at `sent_at`. `readings` are those that were new;
    `paused` is whether the last one was not.
    """

    before: Reading
    asked_at: float | None = None
    target: float | None = None
    sent_at: float = 0.0
    readings: list[Reading] = field(default_factory=list)
    paused: bool = False

    @property
    def step(self) -> tuple[float, float]:
        """The seconds and the way between the last two readings."""
        one, last = [self.before, self.before, *self.readings][-2:]
        return last[0] - one[0], last[1] - one[1]

    @property
    def direction(self) -> int:
        """1 upwards, -1 downwards, 0 as long as nothing was seen to move."""
        return sign(self.step[1])

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

    def shown(self) -> dict[str, float]:
        """Return what the readings show: the speed of this direction, and the delay."""
        way = _WAYS[self.direction]
        # At first a motor gathers speed.
        readings = self.readings[len(self.readings) > ENOUGH :]
        if not readings or readings[-1][0] - readings[0][0] < APART:
            gap, far = self.step
            return _believable({way: abs(far) / gap} if APART <= gap <= FRESH else {})
        line = linear_regression(*zip(*readings, strict=True))
        shown = {way: abs(line.slope)}
        if self.asked_at is not None and self.target is not None:
            if (self.target - self.before[1]) * line.slope > 0:
                begun = (self.before[1] - line.intercept) / line.slope
                shown["delay"] = max(begun - self.asked_at, 0.0)
        return _believable(shown)


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
        last, self._positions = self._positions, {}
        for device in devices.values():
            if isinstance(device, Cover) and device.online:
                if device.position is not None:
                    self._positions[device.id] = device.position
        for device_id, before in last.items():
            if (position := self._positions.get(device_id)) is None:
                self._motions.pop(device_id, None)
            else:
                self._saw(device_id, before, position, now)
        self._seen_at = now

    def sent(self, device_id: str, target: float, now: float) -> None:
        """Note that a shade was sent somewhere, at the moment the request went out."""
        position = self._positions.get(device_id)
        if position is None:
            return
        motion = self._motions.get(device_id)
        if motion is None or not motion.moves(now):
            motion = self._motions[device_id] = Motion((now, position), asked_at=now)
        elif not motion.readings:
            # Which of both it will be seen to follow is open.
            motion.asked_at = None
        motion.target, motion.sent_at = target, now
        if not motion.readings and position == target:
            del self._motions[device_id]

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
            motion.paused = False
            motion.readings.append((now, position))

    def _end(self, device_id: str, position: float) -> None:
        """End a motion; one that came to rest before its target was held up."""
        motion = self._motions.pop(device_id)
        if len(motion.readings) >= ENOUGH and motion.arrived(position, _THERE):
            known = self._travel.get(device_id, {})
            self._travel[device_id] = known | motion.shown()
            # Another object each time: whoever stores the memory sees that it changed.
            self._memory[MEMORY_KEY] = {"version": 1, "shades": dict(self._travel)}

    # Stopping

    def knows(self, device_id: str) -> bool:
        """Return whether it is known where a shade is."""
        return device_id in self._positions

    def stop_at(self, device_id: str, now: float) -> float | None:
        """Return where to send a shade to stop it; None if it is not known to move.

        That is never behind where it was last read, nor beyond where it is heading.
        """
        motion = self._motions.get(device_id)
        if motion is None or not motion.moves(now):
            return None
        position, target = self._positions[device_id], motion.target
        heading = 0 if target is None else sign(target - position)
        direction = motion.direction or heading
        if target is not None and heading != direction:
            # It was just asked to turn, or has come by its target: not a hair further.
            return position
        end = max(direction, 0.0) if target is None else target
        far = self._ahead(device_id, motion, now)
        return end if far >= abs(end - position) else position + direction * far

    def _ahead(self, device_id: str, motion: Motion, now: float) -> float:
        """Return how far before its last reading a shade will be."""
        if not motion.readings or motion.paused:
            # It is not seen to move yet, or seems to have come to rest in this moment.
            return 0.0
        # Nobody knows when somebody pressed a key, and one reading shows little: then
        # it is as late and as fast as the last time.
        known = self._travel.get(device_id, {}) | motion.shown()
        late = max(known.get("delay", 0.0), DELAY) + SPARE
        speed = known.get(_WAYS[motion.direction], 0.0)
        return speed * (now - motion.readings[-1][0] + late)

    def seconds(self, device_id: str, target: float, now: float) -> float | None:
        """Return how long a resting shade takes to a target; None if not known."""
        position, known = self._positions.get(device_id), self._travel.get(device_id)
        motion = self._motions.get(device_id)
        if position is None or known is None or (motion and motion.moves(now)):
            return None
        speed, delay = known.get(_WAYS[sign(target - position)]), known.get("delay")
        if not speed or delay is None:
            return None
        return delay + abs(target - position) / speed


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
            name: number(raw[0] if isinstance(raw, list) and raw else raw)
            for name, raw in raws.items()
            if name in _LIMITS
        }
        if known := _believable(firsts):
            found[key] = known
    return found
