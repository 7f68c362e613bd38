"""Where a shade has to be sent to stop it: a processor has no command for that.

The position that was read last is behind the shade: positions are told late, and a
command takes its time. A shade that is sent there backs up. It is sent to where it
will be when the command arrives, as far as the readings of this motion tell.
"""

from collections.abc import Mapping
from typing import Any

from ..house.devices import Cover, Device
from ..house.fields import number
from .motion import ENOUGH, FRESH, LONGEST_DELAY, Motion, sign

MEMORY_KEY = "travel"

# Seconds from a reading until a command made of it works, where nothing is known of
# that: less than any has taken, so that it is stopped no further off than it is behind.
DELAY = 0.4
# A motor that has to turn back is heard: rather stop it so much later, in seconds.
SPARE = 0.05
# So long a motion that was asked for may take to be seen.
_PATIENCE = 30.0
# Motors settle a hair beside what they were asked for.
_THERE = 0.015
# The processor counts positions in whole numbers.
_EXACTLY = 0.001
# What can be believed: whole travels per second, and seconds.
_SPEEDS = (1 / 600, 0.5)
_LIMITS = {"opening": _SPEEDS, "closing": _SPEEDS, "delay": (0.0, LONGEST_DELAY)}
_WAYS = {1: "opening", -1: "closing", 0: ""}


class Stopping:
    """Watches how shades move, and tells where to send one to stop it.

    Times are in seconds of one clock, positions fractions. How long a shade took last
    is kept in `memory`, for those that are to arrive together.
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
        for device_id in self._positions.keys() - devices.keys():
            self._forget(device_id)
        for device in devices.values():
            if isinstance(device, Cover):
                if device.position is None or not device.online:
                    self._forget(device.id)
                else:
                    self._saw(device.id, device.position, now)
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

    def _saw(self, device_id: str, position: float, now: float) -> None:
        last, self._positions[device_id] = self._positions.get(device_id), position
        motion = self._motions.get(device_id)
        if last is None:
            return
        if position == last:
            if motion is not None:
                motion.pause(now)
                if not self.moves(device_id, now):
                    self._end(device_id, position)
            return
        target = None if motion is None else motion.target
        if motion is None or motion.direction * (position - last) < 0:
            sent_at = 0.0 if motion is None else motion.sent_at
            motion = Motion((self._seen_at, last), target=target, sent_at=sent_at)
            self._motions[device_id] = motion
        if _arrived(target, position, _EXACTLY):
            # When it came there is not known: this reading tells nothing of speed.
            self._end(device_id, position)
        elif now > self._seen_at:
            motion.add(now, position)

    def _end(self, device_id: str, position: float) -> None:
        """End a motion; one that came to rest before its target was held up."""
        motion = self._motions.pop(device_id)
        if len(motion.readings) < ENOUGH or not _arrived(motion.target, position):
            return
        seen = {_WAYS[motion.direction]: motion.speed, "delay": motion.delay}
        known = self._travel.get(device_id, {})
        new = known | {
            name: float(f"{value:.3g}")
            for name, value in seen.items()
            if value is not None and _believable(name, value)
        }
        if new != known:
            self._travel[device_id] = new
            # Another object each time: whoever stores the memory sees that it changed.
            here = self._travel.keys() & self._positions.keys()
            shades = {key: self._travel[key] for key in sorted(here)}
            self._memory[MEMORY_KEY] = {"version": 1, "shades": shades}

    def _forget(self, device_id: str) -> None:
        self._motions.pop(device_id, None)
        self._positions.pop(device_id, None)

    # Telling

    def moves(self, device_id: str, now: float) -> bool:
        """Return whether a shade is known to move, or was just asked to."""
        motion = self._motions.get(device_id)
        if motion is None:
            return False
        if motion.readings:
            return not motion.stands(now)
        return motion.target is not None and now - motion.sent_at < _PATIENCE

    def unsure(self, device_id: str) -> bool:
        """Return whether another look is needed to tell that a shade still moves."""
        motion = self._motions.get(device_id)
        return (
            motion is not None
            and motion.target is None
            and len(motion.readings) == 1
            and motion.gap > FRESH
            and not motion.paused
        )

    def stop_at(self, device_id: str, now: float) -> float | None:
        """Return where to send a shade to stop it; None if it is not known to move.

        That is never behind where it was last read, nor beyond where it is heading.
        """
        if not self.moves(device_id, now):
            return None
        motion, position = self._motions[device_id], self._positions[device_id]
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
        # Nobody knows when somebody pressed a key, and one reading tells little: then
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


def _arrived(target: float | None, position: float, tolerance: float = _THERE) -> bool:
    if target is None:
        return position in {0.0, 1.0}
    return abs(position - target) <= tolerance


def _believable(name: str, value: float) -> bool:
    low, high = _LIMITS[name]
    return low <= value <= high


def _read(stored: object) -> dict[str, dict[str, float]]:
    """Return what was stored; earlier versions added how often a value was seen."""
    shades = stored.get("shades") if isinstance(stored, Mapping) else None
    found: dict[str, dict[str, float]] = {}
    for key, values in shades.items() if isinstance(shades, Mapping) else ():
        for name in _LIMITS if isinstance(values, Mapping) else ():
            raw = values.get(name)
            value = number(raw[0] if isinstance(raw, list) and raw else raw)
            if value is not None and _believable(name, value):
                found.setdefault(key, {})[name] = value
    return found
