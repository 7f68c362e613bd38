"""Where a shade has to be sent to stop it: a processor has no command for that.

The position that was read last is behind the shade: positions are told late, and a
command takes its time. A shade that is sent there backs up. It is sent to where it
will be when the command arrives, as far as its readings and earlier runs tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..house.devices import Cover, Device
from ..house.run import APART, Line, Run
from ..house.travel import Travel, Travels

# Seconds from a reading until a command made of it works, of an unknown shade: less
# than any has taken, so that it is never stopped further off than it is behind.
DELAY = 0.4
# A motor that has to turn back is heard: rather stop it so much later, in seconds.
SPARE = 0.05
# So long a motion that was asked for may take to be seen.
_PATIENCE = 30.0
# A change within so many seconds tells that a shade moves, and how fast; after more
# of them it may have come to rest again.
_FRESH = 2.0
# Motors settle a hair beside what they were asked for.
_THERE = 0.015
# The processor counts positions in whole numbers.
_EXACTLY = 0.001
# A delay beyond this is none of the motor's: something held the command up.
_LONGEST_DELAY = 5.0


@dataclass(frozen=True, slots=True)
class _Order:
    """Where a shade was sent last, and when."""

    target: float
    at: float


class Stopping:
    """Watches how shades move, and tells where to send one to stop it.

    Times are in seconds of one clock, positions fractions.
    """

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take what was remembered; what is learned is put there as well."""
        self.travels = Travels(memory)
        self._runs: dict[str, Run] = {}
        self._orders: dict[str, _Order] = {}
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
            self._drop(device_id)
            self._runs[device_id] = Run((now, position), asked_at=now)
        run, order = self._runs[device_id], self._orders.get(device_id)
        self._orders[device_id] = _Order(target, now)
        if run.samples:
            return
        if position == target:
            self._drop(device_id)
        elif order is not None and _turns(position, order.target, target):
            # Which of both it will be seen to follow is open.
            run.asked_at = None

    def _saw(self, device_id: str, position: float, now: float) -> None:
        last = self._positions.get(device_id)
        self._positions[device_id] = position
        run = self._runs.get(device_id)
        if last is None:
            return
        if position == last:
            if run is not None:
                run.pause(now)
                if not self.moves(device_id, now):
                    self._end(device_id)
            return
        turned = run is not None and run.direction * (position - last) < 0
        if turned:
            self._learn(device_id)
        if run is None or turned:
            run = self._runs[device_id] = Run((self._seen_at, last))
        if self._arrived(device_id, position, _EXACTLY):
            # When it came there is not known: this reading tells nothing of speed.
            self._end(device_id)
        elif now > self._seen_at:
            run.add((now, position))

    def _arrived(self, device_id: str, position: float, tolerance: float) -> bool:
        order = self._orders.get(device_id)
        if order is None:
            return position in {0.0, 1.0}
        return abs(position - order.target) <= tolerance

    def _end(self, device_id: str) -> None:
        """End a run; one that came to rest before its target was held up."""
        position = self._positions[device_id]
        if device_id not in self._orders or self._arrived(device_id, position, _THERE):
            self._learn(device_id)
        self._drop(device_id)

    def _learn(self, device_id: str) -> None:
        run = self._runs[device_id]
        line = run.line()
        if line is not None and line.sound:
            delay = self._delay_of(device_id, run, line)
            self.travels.learn(device_id, speed=line.speed, delay=delay)

    def _delay_of(self, device_id: str, run: Run, line: Line) -> float | None:
        """Return from a command until its motion is seen, as far as a run tells."""
        order = self._orders.get(device_id)
        if run.asked_at is None or order is None:
            return None
        if (order.target - run.before[1]) * line.speed <= 0:
            return None
        delay = line.time_of(run.before[1]) - run.asked_at
        return max(delay, 0.0) if delay <= _LONGEST_DELAY else None

    def _drop(self, device_id: str) -> None:
        self._runs.pop(device_id, None)
        self._orders.pop(device_id, None)

    def _forget(self, device_id: str) -> None:
        self._drop(device_id)
        self._positions.pop(device_id, None)

    # Telling

    def moves(self, device_id: str, now: float) -> bool:
        """Return whether a shade is known to move, or was just asked to."""
        run = self._runs.get(device_id)
        if run is None:
            return False
        if run.samples:
            return not run.stands(now)
        order = self._orders.get(device_id)
        return order is not None and now - order.at < _PATIENCE

    def unsure(self, device_id: str) -> bool:
        """Return whether another look is needed to tell that a shade still moves."""
        run = self._runs.get(device_id)
        return (
            run is not None
            and device_id not in self._orders
            and len(run.samples) == 1
            and run.gap > _FRESH
            and not run.paused
        )

    def stop_at(self, device_id: str, now: float) -> float | None:
        """Return where to send a shade to stop it; None if it is not known to move.

        That is never behind where it was last read, nor beyond where it is heading.
        """
        if not self.moves(device_id, now):
            return None
        run, order = self._runs[device_id], self._orders.get(device_id)
        position = self._positions[device_id]
        heading = 0 if order is None else _sign(order.target - position)
        direction = run.direction or heading
        ahead = self._ahead(device_id, run, order, now)
        if order is not None and heading != direction:
            # It was just asked to turn, or has come by its target: not a hair further.
            return position
        end = order.target if order is not None else max(direction, 0.0)
        far = min(ahead, abs(end - position))
        return end if far == abs(end - position) else position + direction * far

    def seconds(self, device_id: str, target: float, now: float) -> float | None:
        """Return how long a resting shade takes to a target; None if not known."""
        position = self._positions.get(device_id)
        if position is None or position == target or self.moves(device_id, now):
            return None
        return self.travels.of(device_id).seconds(position, target)

    def _ahead(
        self, device_id: str, run: Run, order: _Order | None, now: float
    ) -> float:
        """Return how far before its last reading a shade will be."""
        travel = self.travels.of(device_id)
        if not run.samples:
            # Not seen yet: it has moved as long as ago it was asked to.
            direction = 0 if order is None else _sign(order.target - run.before[1])
            speed = travel.speed(direction) or 0.0
            return speed * (now - order.at) if order is not None else 0.0
        if run.paused and not run.stepping:
            # It seems to have come to rest in this moment.
            return 0.0
        line = run.line()
        speed = _speed(run, line, travel)
        if travel.delay is not None:
            delay = travel.delay.value
        else:
            found = None if line is None else self._delay_of(device_id, run, line)
            delay = max(found or 0.0, DELAY)
        return speed * (now - run.samples[-1][0] + delay + SPARE)


def _speed(run: Run, line: Line | None, travel: Travel) -> float:
    """Return the best that is known of a shade's speed at present."""
    if line is not None and line.sound:
        return abs(line.speed)
    known = travel.speed(run.direction)
    if known is not None:
        return known
    if line is not None:
        return abs(line.speed)
    if not APART <= run.gap <= _FRESH:
        return 0.0
    return abs(run.samples[-1][1] - run.before[1]) / run.gap


def _turns(position: float, first: float, then: float) -> bool:
    return _sign(first - position) != _sign(then - position)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
