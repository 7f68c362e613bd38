"""Finds out how a processor counts the time that a light takes to a level.

The manual says milliseconds; one live system counted hundredths of a second. Which of
both it is shows where a dimmer reports levels on its way. One that counts whole seconds
would take too long for that: there, somebody has to choose it.
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
_FIRST, _LAST = 0.02, 0.98
# Whatever is found to be within this factor of a unit is that unit.
_NEAR = 2.5


@dataclass(slots=True)
class _Fade:
    """A light that was sent to a level: from where, in how many counts.

    `first` is the first reading on the way: when, and which part of the way was done.
    """

    start: float
    target: float
    counts: int
    first: tuple[float, float] | None = None


class FadeUnit:
    """Turns seconds into counts; remembers in `memory` which unit was seen twice."""

    def __init__(self, memory: dict[str, Any], chosen: str | None = None) -> None:
        """Take what was remembered, and the unit if somebody chose it."""
        self._memory = memory
        self._chosen = chosen if chosen in UNITS else None
        self._fades: dict[str, _Fade] = {}
        self._seen: str | None = None

    @property
    def _known(self) -> str | None:
        known = self._chosen or self._memory.get(_KNOWN)
        return next((unit for unit in UNITS if unit == known), None)

    def counts(self, seconds: float) -> int:
        """Return seconds as the processor counts them."""
        return round(seconds * UNITS[self._known or MANUAL])

    def sent(self, light: Device | None, level: float, fade: float | None) -> None:
        """Note that a light was sent to a level, which ends what was before."""
        if not isinstance(light, Light):
            return
        self._fades.pop(light.id, None)
        start = light.level
        if self._known is not None or start is None or start == level:
            return
        if fade is not None and fade >= _SHORTEST:
            self._fades[light.id] = _Fade(start, level, self.counts(fade))

    def saw(self, devices: Mapping[str, Device], now: float) -> None:
        """Take the levels of a reading."""
        for key, fade in list(self._fades.items()):
            light = devices.get(key)
            if not isinstance(light, Light) or light.level is None:
                continue
            done = (light.level - fade.start) / (fade.target - fade.start)
            if done >= _LAST:
                del self._fades[key]
            elif done > _FIRST and fade.first is None:
                fade.first = now, done
            elif done > _FIRST and fade.first and now - fade.first[0] >= _BETWEEN:
                del self._fades[key]
                self._learn(
                    fade.counts * (done - fade.first[1]) / (now - fade.first[0])
                )

    def _learn(self, counts: float) -> None:
        """Take how many counts a second has: twice the same unit is known."""
        found = (
            unit for unit in _FOUND_OUT if 1 / _NEAR < counts / UNITS[unit] < _NEAR
        )
        unit = next(found, None)
        if unit is not None and unit == self._seen:
            self._memory[_KNOWN] = unit
            self._fades.clear()
        self._seen = unit
