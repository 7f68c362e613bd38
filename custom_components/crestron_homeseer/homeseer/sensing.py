"""Sensors with two states, with a reading or with a text, and remotes."""

import re
from typing import Final, override

from ..house.controls import Remote
from ..house.devices import Detector, Device, Sensor
from ..house.hub import AnyCommand
from ..house.kinds import DetectorKind, Gesture, SensorKind
from ..house.words import folded
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    declined,
    status_of,
    value_of,
)
from .controls import use_of
from .features import Pair, Use
from .presses import press_of
from .readings import reading, reads
from .states import NOUGHT, is_empty, is_gone, is_lost, plain, two_state

# Values where the text says nothing: 22 and 23 are a Z-Wave door's, 5632 and 5633 a
# door handle's, 255 is any alarm's.
_ON_VALUES: Final = frozenset({1.0, 8.0, 22.0, 100.0, 255.0, 5632.0})
_OFF_VALUES: Final = frozenset({0.0, 23.0, 5633.0})
_ON_USES: Final = frozenset({Use.ON, Use.MOTION_ON, Use.CONTACT_ON})
_OFF_USES: Final = frozenset({Use.OFF, Use.MOTION_OFF, Use.CONTACT_OFF})
# What a remote shows when nothing is pressed.
_AT_REST: Final = frozenset(
    {"idle", "released", "none", "off", "ready", "standby", "clear", "cleared"}
    | {"inactive", "normal", "unknown", "n/a", "0"}
)
# A battery above 100 is a code for low or unknown.
FULL_BATTERY = 100
_LOW = re.compile(
    r"low|schwach|faible|laag|\blav|\blag\b|baja|scarica|replace|critical"
)


class DetectorBinding(Binding):
    """A sensor with two states."""

    def __init__(
        self, facts: Facts, part: Part, kind: DetectorKind, *, inverted: bool = False
    ) -> None:
        """Take the feature, what it watches, and whether the user turned it round."""
        super().__init__(facts, part)
        self._part = part
        self._kind = kind
        self._inverted = inverted

    @override
    def read(self, features: Features) -> Device:
        on = self._on(features)
        if on is not None and self._inverted:
            on = not on
        return Detector(**self.facts, kind=self._kind, on=on)

    def _on(self, features: Features) -> bool | None:
        """Return what its text says, or else a value that is one of two states."""
        status = status_of(features, self._part)
        said = self._label(status) if status else None
        if said is None:
            said = two_state(status)
        if said is None:
            # "Tampering, Product Cover Removed": the rest says more of the same.
            said = two_state(status.partition(",")[0])
        if said is not None:
            return said
        if is_gone(status):
            return None
        value = value_of(features, self._part)
        pair = self._part.controls.at(value)
        if pair is not None and (told := _state_of(pair)) is not None:
            return told
        if value in _ON_VALUES:
            return True
        return False if value in _OFF_VALUES else None

    def _label(self, status: str) -> bool | None:
        words = folded(status)
        pairs = (
            pair for pair in self._part.controls.pairs if folded(pair.label) == words
        )
        return next((_state_of(pair) for pair in pairs), None)


def _state_of(pair: Pair) -> bool | None:
    """Return which of two states a control stands for; one to press is neither."""
    use = use_of(pair)
    if use in _ON_USES:
        return True
    return False if use in _OFF_USES else two_state(pair.label)


class SensorBinding(Binding):
    """A sensor with a reading, or with a text."""

    def __init__(
        self, facts: Facts, part: Part, kind: SensorKind, unit: str | None = None
    ) -> None:
        """Take the feature, what it measures, and the unit if the text has none."""
        super().__init__(facts, part)
        self._part = part
        self._kind = kind
        self._unit = unit

    @override
    def read(self, features: Features) -> Device:
        status = status_of(features, self._part)
        if self._kind is SensorKind.TEXT:
            return Sensor(
                **self.facts,
                kind=self._kind,
                value=None if is_empty(status) else status,
            )
        raw = value_of(features, self._part)
        value, unit = reading(status, raw)
        if unit == "°" and self._kind is SensorKind.TEMPERATURE:
            unit = None
        if unit is not None:
            # It is kept for when there is nothing to read.
            self._unit = unit
        if value is None:
            value = _in_words(status, raw)
        if self._kind is SensorKind.BATTERY:
            value = _charge(value, raw, status)
        return Sensor(**self.facts, kind=self._kind, value=value, unit=self._unit)


def _in_words(status: str, raw: float | None) -> float | None:
    """Return the value that a text speaks of without being a number."""
    if raw == 0 and plain(status) in NOUGHT:
        return 0.0
    if not status:
        # Nothing beside a nought is what was never told.
        return raw or None
    if raw is None or is_lost(status):
        return None
    # "Now 21.5 °C" says it; of any other word nobody knows what the value is.
    return raw if reads(status, raw) else None


def _charge(value: float | None, raw: float | None, status: str) -> float | None:
    """Return a battery's charge; what is called low is nearly empty."""
    if value is not None and 0 <= value <= FULL_BATTERY:
        return value
    low = _LOW.search(folded(status)) is not None
    if raw is None or is_gone(status):
        return None
    if 1 < raw < FULL_BATTERY or (raw == FULL_BATTERY and not low):
        return raw
    # "OK" is one of two states, and no charge.
    return 0.0 if low else None


class RemoteBinding(Binding):
    """A remote or a keypad; the hub counts its presses."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature."""
        super().__init__(facts, part)
        self._part = part
        self.presses = 0

    def said(self, features: Features) -> str:
        """Return what it shows; a label stands in for a text."""
        pair = self._part.controls.at(value_of(features, self._part))
        return status_of(features, self._part) or (pair.label if pair else "")

    def at_rest(self, features: Features) -> bool:
        """Return whether it shows that nothing is pressed."""
        words = self.said(features).lower().strip(" .-")
        if not words:
            return not value_of(features, self._part)
        return words in _AT_REST or words.startswith(("no ", "not "))

    def let_go(self, before: Features, now: Features) -> bool:
        """Return whether a key that was held has been released."""
        then, shown = press_of(self.said(before))[1], press_of(self.said(now))[1]
        return then is Gesture.HELD and shown is Gesture.RELEASED

    @override
    def read(self, features: Features) -> Device:
        last = self.said(features) or None
        button, gesture, times = press_of(last or "")
        return Remote(
            **self.facts,
            presses=self.presses,
            last=last,
            button=button,
            gesture=gesture,
            times=times,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        raise declined()
