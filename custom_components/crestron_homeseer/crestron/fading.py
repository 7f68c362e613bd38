"""Finds out how a processor counts the time that a light takes to a level.

The manual says milliseconds; one live system counted hundredths of a second. Which of
both it is shows where a dimmer reports levels on its way. One that counts whole seconds
would take too long for that: there, somebody has to say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..house.devices import Device, Light

# Counts in a second.
UNITS = {"milliseconds": 1000, "hundredths": 100, "seconds": 1}
MANUAL = "milliseconds"
_FOUND_OUT = (MANUAL, "hundredths")

_KNOWN = "fade_unit"
# Seconds; in a shorter fade there is nothing to see between two readings.
_SHORTEST = 2.0
_BETWEEN = 0.8
# The parts of the way in which a light is under way for sure.
_UNDER_WAY = (0.02, 0.98)
# Whatever is found to be within this factor of a unit is that unit.
_NEAR = 2.5


@dataclass(slots=True)
class _Fade:
    """A light that was sent to a level: from where, in how many counts."""

    start: float
    target: float
    counts: int
    # The first reading on the way: when, and which part of the way was done.
    first: tuple[float, float] | None = None


class FadeUnit:
    """Turns seconds into counts; remembers in `memory` which unit was seen twice."""

    def __init__(self, memory: dict[str, Any], told: str | None = None) -> None:
        """Take what was remembered, and the unit if somebody told it."""
        self._memory = memory
        self._told = told if told in UNITS else None
        self._fades: dict[str, _Fade] = {}
        self._seen: str | None = None

    @property
    def _known(self) -> str | None:
        known = self._told or self._memory.get(_KNOWN)
        return next((unit for unit in UNITS if unit == known), None)

    def counts(self, seconds: float) -> int:
        """Return seconds as the processor counts them."""
        return round(seconds * UNITS[self._known or MANUAL])

    def sent(self, light: Device | None, level: float, fade: float | None) -> None:
        """Note that a light was sent to a level, which ends what was before."""
        if light is None:
            return
        self._fades.pop(light.id, None)
        if self._known is None and fade is not None and fade >= _SHORTEST:
            start = light.level if isinstance(light, Light) else None
            if start is not None and start != level:
                self._fades[light.id] = _Fade(start, level, self.counts(fade))

    def saw(self, devices: Mapping[str, Device], now: float) -> None:
        """Take the levels of a reading."""
        for key, fade in list(self._fades.items()):
            light = devices.get(key)
            level = light.level if isinstance(light, Light) else None
            if level is None:
                continue
            done = (level - fade.start) / (fade.target - fade.start)
            if not _UNDER_WAY[0] < done < _UNDER_WAY[1]:
                if done >= _UNDER_WAY[1]:
                    del self._fades[key]
            elif fade.first is None:
                fade.first = now, done
            elif now - fade.first[0] >= _BETWEEN:
                del self._fades[key]
                self._learn(fade.counts, (done - fade.first[1]) / (now - fade.first[0]))

    def _learn(self, counts: int, speed: float) -> None:
        """Take how much of its way a light does in a second: twice the same counts."""
        found = next(
            (
                unit
                for unit in _FOUND_OUT
                if 1 / _NEAR < counts * speed / UNITS[unit] < _NEAR
            ),
            None,
        )
        if found is not None and found == self._seen:
            self._memory[_KNOWN] = found
            self._fades.clear()
        self._seen = found
