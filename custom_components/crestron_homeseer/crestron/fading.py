"""In which unit a processor counts the time of a fade.

The manual says milliseconds; one live system counted hundredths of a second. Dimmers that
report levels on their way show which it is. Whole seconds can only be chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..house.devices import Device, Light

MEMORY_KEY = "fade_unit"
# Counts in a second.
UNITS = {"milliseconds": 1000, "hundredths": 100, "seconds": 1}
_FOUND_OUT = ("milliseconds", "hundredths")
# Seconds: a shorter fade shows nothing between two readings, nor do nearer readings.
_SHORTEST, _APART = 2.0, 0.8
# Between these parts of its way, a light is certainly on it.
_BEGUN, _DONE = 0.02, 0.98
# What is measured is a unit if it is within this factor of it.
_NEAR = 2.5


@dataclass(slots=True)
class _Fade:
    """A light that was sent to a level; `first` is when, and how far, it was seen."""

    start: float
    target: float
    counts: int
    first: tuple[float, float] | None = None


class FadeUnit:
    """Counts seconds as the processor does; `memory` keeps the unit that was found."""

    def __init__(self, memory: dict[str, Any], chosen: str | None = None) -> None:
        """Take what was remembered, and the unit if somebody chose it."""
        self._memory = memory
        self._chosen = chosen
        self._fades: dict[str, _Fade] = {}
        self._last: str | None = None

    @property
    def _unit(self) -> str | None:
        known = (self._chosen, self._memory.get(MEMORY_KEY))
        return next((name for each in known for name in UNITS if name == each), None)

    def counts(self, seconds: float) -> int:
        """Return seconds as the processor counts them."""
        return round(seconds * UNITS[self._unit or "milliseconds"])

    def sent(self, light: Device | None, level: float, fade: float | None) -> None:
        """Note that a light was sent to a level, which ends its fade before."""
        if not isinstance(light, Light):
            return
        self._fades.pop(light.id, None)
        if self._unit or fade is None or fade < _SHORTEST:
            return
        if light.level is not None and light.level != level:
            self._fades[light.id] = _Fade(light.level, level, self.counts(fade))

    def saw(self, devices: Mapping[str, Device], now: float) -> None:
        """Take the levels of a reading."""
        for key in list(self._fades):
            if not (fade := self._fades.get(key)):
                # The unit was just found.
                return
            light = devices.get(key)
            level = light.level if isinstance(light, Light) else None
            way = fade.target - fade.start
            part = _DONE if level is None else (level - fade.start) / way
            if part >= _DONE:
                del self._fades[key]
            elif part > _BEGUN and fade.first is None:
                fade.first = now, part
            elif fade.first is not None and now - fade.first[0] >= _APART:
                del self._fades[key]
                speed = (part - fade.first[1]) / (now - fade.first[0])
                self._measured(fade.counts * speed)

    def _measured(self, counts: float) -> None:
        """Take the counts in a second of one fade; two that agree decide."""
        near = (name for name in _FOUND_OUT if 1 / _NEAR < counts / UNITS[name] < _NEAR)
        unit = next(near, None)
        if unit is not None and unit == self._last:
            self._memory[MEMORY_KEY] = unit
            self._fades.clear()
        self._last = unit
