"""What is learned of how shades travel, and how it is remembered.

Each shade has a speed for either way, and a delay: the seconds from a command
until the motion that it causes is seen. A stop takes as long, so that the delay
is also how far ahead of its last reading a shade has to be stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from .fields import number

_KEY = "travel"
_VERSION = 1
# What can be believed: travels of 2 s to 10 min, delays of up to 10 s.
_SPEEDS = (1 / 600, 0.5)
_DELAYS = (0.0, 10.0)
# So many shades are remembered; no home has more.
_MOST = 2000
# The share of a new value; the first ones count alike.
_SHARE = 0.3
_FULL = 4
# A speed that differs by more than this part, or a delay by more than so many
# seconds, is an accident, unless the next one is alike.
_ODD_SPEED = 0.25
_ODD_DELAY = 0.6


@dataclass(frozen=True, slots=True)
class Mean:
    """A value that was learned from a number of runs, the last ones foremost."""

    value: float
    runs: int = 1

    def with_new(self, value: float) -> Self:
        """Return the mean with one more value."""
        share = max(_SHARE, 1 / (self.runs + 1))
        mean = self.value + share * (value - self.value)
        return replace(self, value=_short(mean), runs=min(self.runs + 1, _FULL))


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """What is known of one shade; None is not known yet.

    Speeds are whole travels per second, the delay is in seconds.
    """

    opening: Mean | None = None
    closing: Mean | None = None
    delay: Mean | None = None

    def speed(self, direction: int) -> float | None:
        """Return the speed upwards (1) or downwards (-1).

        Where only the other way is known, that is the best guess.
        """
        ways = (self.opening, self.closing)
        first, other = ways if direction > 0 else reversed(ways)
        known = first or other
        return None if known is None else known.value

    def seconds(self, start: float, target: float) -> float | None:
        """Return how long a shade takes from a position to another; None if unknown."""
        way = self.opening if target > start else self.closing
        if way is None or self.delay is None:
            return None
        return self.delay.value + abs(target - start) / way.value


class Travels:
    """What is known of all shades of a hub, kept in its memory as plain JSON."""

    def __init__(self, memory: dict[str, Any]) -> None:
        """Take over what was remembered, as far as it can be believed."""
        self._memory = memory
        self._known = _load(memory.get(_KEY))
        self._odd: dict[tuple[str, str], float] = {}

    def of(self, device_id: str) -> Travel:
        """Return what is known of a shade."""
        return self._known.get(device_id, Travel())

    def learn(
        self, device_id: str, *, speed: float | None, delay: float | None
    ) -> None:
        """Take what one run showed; `speed` is signed, None is not seen."""
        travel = known = self.of(device_id)
        if speed is not None:
            name = "opening" if speed > 0 else "closing"
            mean = self._better(device_id, name, getattr(known, name), abs(speed))
            travel = replace(travel, **{name: mean})
        if delay is not None:
            mean = self._better(device_id, "delay", known.delay, max(delay, 0.0))
            travel = replace(travel, delay=mean)
        if travel == known or (len(self._known) >= _MOST and known == Travel()):
            return
        self._known[device_id] = travel
        # Another object each time: whoever stores the memory sees that it changed.
        shades = {key: _dump(each) for key, each in self._known.items()}
        self._memory[_KEY] = {"version": _VERSION, "shades": shades}

    def _better(
        self, device_id: str, name: str, mean: Mean | None, value: float
    ) -> Mean | None:
        """Return a mean with one more value, which may be an accident."""
        low, high = _DELAYS if name == "delay" else _SPEEDS
        if not low <= value <= high:
            return mean
        if mean is None:
            return Mean(_short(value))
        if not _odd(name, mean.value, value):
            self._odd.pop((device_id, name), None)
            return mean.with_new(value)
        last = self._odd.get((device_id, name))
        self._odd[device_id, name] = value
        if last is None or _odd(name, last, value):
            return mean
        # Twice the same is no accident: another motor, or another gear.
        del self._odd[device_id, name]
        return Mean(_short((last + value) / 2))


def _odd(name: str, known: float, value: float) -> bool:
    far = abs(value - known)
    return far > (_ODD_DELAY if name == "delay" else _ODD_SPEED * known)


def _short(value: float) -> float:
    """Return a value as exactly as it can be known: noise is not to be stored."""
    return float(f"{value:.4g}")


def _dump(travel: Travel) -> dict[str, list[float]]:
    means = {
        "opening": travel.opening,
        "closing": travel.closing,
        "delay": travel.delay,
    }
    return {name: [mean.value, mean.runs] for name, mean in means.items() if mean}


def _load(stored: object) -> dict[str, Travel]:
    """Return what was stored, without what is no possible value."""
    if not isinstance(stored, Mapping) or stored.get("version") != _VERSION:
        return {}
    shades = stored.get("shades")
    if not isinstance(shades, Mapping):
        return {}
    known = {}
    for key, values in list(shades.items())[:_MOST]:
        if isinstance(key, str) and isinstance(values, Mapping):
            travel = Travel(
                opening=_mean(values.get("opening"), _SPEEDS),
                closing=_mean(values.get("closing"), _SPEEDS),
                delay=_mean(values.get("delay"), _DELAYS),
            )
            if travel != Travel():
                known[key] = travel
    return known


def _mean(stored: object, limits: tuple[float, float]) -> Mean | None:
    if not isinstance(stored, list) or len(stored) != 2:
        return None
    value, runs = number(stored[0]), number(stored[1])
    if value is None or runs is None:
        return None
    low, high = limits
    if not low <= value <= high or runs < 1:
        return None
    return Mean(value, min(int(runs), _FULL))
