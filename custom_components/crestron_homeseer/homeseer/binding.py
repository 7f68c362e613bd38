"""The features that make a device, their controls, and what the values mean.

Off is not always 0 and On not always the maximum; 255 can mean "the last
level"; ranges start anywhere; labels stand in where a control has no use.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ..house.devices import Device
from ..house.hub import AnyCommand, HubCommandError, Reason
from ..house.words import folded
from . import states
from .features import ControlType, Feature, Pair, Range, Use
from .settings import Meaning

type Features = Mapping[int, Feature]
type Facts = dict[str, Any]

# What labels mean where HomeSeer does not say what a control is for.
_LABELS = {
    **dict.fromkeys(states.ON_LABELS, Use.ON),
    **dict.fromkeys(states.OFF_LABELS, Use.OFF),
    **dict.fromkeys(states.LOCK_LABELS, Use.LOCK),
    **dict.fromkeys(states.UNLOCK_LABELS, Use.UNLOCK),
}

# Controls of one value each; a list of texts is none, whatever its type.
_PLAIN = frozenset(
    {
        ControlType.VALUES,
        ControlType.BUTTON,
        ControlType.TEXT_LIST,
        ControlType.RADIO,
        ControlType.RANGE,
        ControlType.OTHER,
    }
)
# Controls that are sent a text, and whose value means nothing.
_WRITTEN = frozenset({ControlType.TEXT_BOX, ControlType.COLOR_PICKER})
_ON_USES = frozenset({Use.ON, Use.ON_ALTERNATE, Use.MOTION_ON, Use.CONTACT_ON})
_OFF_USES = frozenset({Use.OFF, Use.MOTION_OFF, Use.CONTACT_OFF})
# No dimmer or relay shows more.
BYTE = 255
# An "On" this little above the range is its real end; one far away is a code.
_NEAR_END = 2.0


def use_of(pair: Pair) -> Use:
    """Return what a control is for: by its use, or else by its label."""
    return pair.use or _LABELS.get(folded(pair.label), Use.OTHER)


class Controls:
    """The controls of one feature, and what is often asked of them; none changes."""

    __slots__ = ("closes", "listed", "opens", "pairs", "plain", "stops", "uses")

    def __init__(self, pairs: tuple[Pair, ...] = ()) -> None:
        """Take the controls."""
        self.pairs = pairs
        # What they are for, those that open, close and stop a cover, those that are
        # one value each with a label, and the first that is sent one text of a list.
        self.uses = frozenset(map(use_of, pairs))
        self.opens = self.labelled(states.OPEN_LABELS)
        self.closes = self.labelled(states.CLOSE_LABELS)
        self.stops = self.labelled(states.STOP_LABELS)
        self.plain = tuple(
            pair
            for pair in pairs
            if pair.label and pair.type in _PLAIN and not (pair.range or pair.texts)
        )
        self.listed = next((pair for pair in pairs if pair.texts), None)

    def find(self, use: Use) -> Pair | None:
        """Return the first control for a use; its own use goes before its label."""
        found = [pair for pair in self.pairs if use_of(pair) is use]
        return min(found, key=lambda pair: pair.use is not use, default=None)

    def labelled(self, labels: Collection[str]) -> Pair | None:
        """Return the first control that has one of some labels."""
        found = (pair for pair in self.pairs if folded(pair.label) in labels)
        return next(found, None)

    def slider(self, *uses: Use) -> Pair | None:
        """Return the first control with a range, for a use if one is given."""
        sliders = (pair for pair in self.pairs if pair.range is not None)
        return next((pair for pair in sliders if not uses or pair.use in uses), None)

    def at(self, value: float | None) -> Pair | None:
        """Return the control without a range that has a value."""
        singles = (pair for pair in self.pairs if pair.range is None)
        return next((pair for pair in singles if pair.value == value), None)

    def written(self, text: str) -> Pair | None:
        """Return the first control that a text can be sent to."""
        for pair in self.pairs:
            if text in pair.texts if pair.texts else pair.type in _WRITTEN:
                return pair
        return None


NO_CONTROLS = Controls()
_MISSING = Feature(ref=0, name="")


def switched(controls: Controls, text: str) -> bool | None:
    """Return whether a text means on or off: by a control's label, or else as usual."""
    label = folded(text)
    for pair in controls.pairs:
        if folded(pair.label) == label and pair.range is None:
            use = use_of(pair)
            if use in _ON_USES or use in _OFF_USES:
                return use in _ON_USES
    return states.two_state(text)


def is_on(controls: Controls, value: float | None, status: str = "") -> bool | None:
    """Return whether something is on: by its text, then by a value that is a status.

    Off need not be 0, and a control's value need not be one that is ever shown: of
    what is sent with 1000 and 1001, 0 is off.
    """
    if status and (on_by_text := switched(controls, status)) is not None:
        return on_by_text
    if value is None or states.is_gone(status):
        return None
    off, on = controls.find(Use.OFF), controls.find(Use.ON)
    if on is not None and value == on.value:
        return True
    if off is None:
        return None
    if value == off.value:
        return False
    ends = [pair.value for pair in (off, on) if pair is not None]
    if min(ends) > BYTE or max(ends) < 0:
        return value > 0 if 0 <= value <= BYTE else None
    # At whatever level, it is not off.
    return True if min(*ends, 0) <= value <= max(*ends, BYTE) else None


@dataclass(frozen=True, slots=True)
class Scale:
    """Raw values of a dimmer ↔ fractions: 0.0 is off, all above is on.

    `bottom` would be nothing, `top` is full; `off` and `on` are the controls' values.
    """

    range: Range
    bottom: float
    top: float
    off: float | None
    on: float | None

    @classmethod
    def of(cls, controls: Controls, use: Use = Use.DIM) -> Self | None:
        """Return the scale of a dimmer's slider, or None where there is none."""
        pair = controls.slider(use) or controls.slider()
        if pair is None or (span := pair.range) is None:
            return None
        offs, ons = controls.find(Use.OFF), controls.find(Use.ON)
        on = None if ons is None else ons.value
        # A range that begins at 0 needs no control to be off.
        off = offs.value if offs is not None else None if span.low else 0.0
        near = on is not None and span.high < on <= span.high + _NEAR_END
        top = on if near and on is not None else span.high
        below = span.low - span.step
        # Between off and the range may lie codes, or nothing.
        bottom = below if off is None or off > span.low else max(off, below)
        return cls(span, bottom, top, off, on)

    def fraction(self, value: float | None) -> float | None:
        """Return a raw value as a fraction."""
        if value is None:
            return None
        low, high = self.range.low, self.range.high
        if value == self.off:
            return 0.0
        if value >= self.top or (value == self.on and not low <= value <= high):
            # What lies beyond is on at an unknown level.
            return 1.0
        if value < low and (self.off is None or self.off > high):
            # An Off above the range is only ever sent.
            return 0.0
        span = self.top - self.bottom
        return max((value - self.bottom) / span, self.range.step / span / 2)

    def raw(self, fraction: float) -> float:
        """Return what to send for a fraction; a little never becomes off."""
        low, high, step = self.range.low, self.range.high, self.range.step
        if fraction <= 0:
            return low if self.off is None else self.off
        wanted = self.bottom + fraction * (self.top - self.bottom)
        if wanted > high:
            return self.top if wanted - high > self.top - wanted else high
        value = self.range.nearest(wanted)
        if value != self.off:
            return value
        # A step may be longer than the whole range.
        return min(value + step, high) if value < high else max(value - step, low)


@dataclass(frozen=True, slots=True)
class Action:
    """A control request: its name, and its parameters."""

    request: str
    params: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A feature with its controls and its root."""

    feature: Feature
    controls: Controls
    root: Feature | None = None

    @property
    def ref(self) -> int:
        """The feature's number."""
        return self.feature.ref


class Binding(ABC):
    """Reads a device from features, and writes commands as control requests."""

    def __init__(self, facts: Facts, part: Part, *more: Part | None) -> None:
        """Take what all devices have, and the features that make this one."""
        self.facts = facts
        self.device_id: str = facts["id"]
        self.part = part
        self.parts = (part, *(each for each in more if each is not None))

    @property
    def refs(self) -> tuple[int, ...]:
        """The features that the device is read from."""
        return tuple(part.ref for part in self.parts)

    def now(self, features: Features) -> Feature:
        """Return its first feature as it was read last."""
        return now(features, self.part)

    @abstractmethod
    def read(self, features: Features) -> Device:
        """Return the device from its features."""

    def write(self, command: AnyCommand) -> list[Action]:
        """Return the requests for a command; raises HubCommandError where none fits."""
        raise declined()


class OwnBinding(Binding):
    """A device that one feature is, with what that was taken for."""

    def __init__(
        self, facts: Facts, part: Part, meaning: Meaning, *more: Part | None
    ) -> None:
        """Take the feature, what it is, and those that belong to it."""
        super().__init__(facts, part, *more)
        self.meaning = meaning


def now(features: Features, part: Part | None) -> Feature:
    """Return a feature as it was read last; one that is missing shows nothing."""
    return _MISSING if part is None else features.get(part.ref, _MISSING)


def declined() -> HubCommandError:
    """Return the error of a command that a device has no control for."""
    return HubCommandError(Reason.DECLINED, "the device has no such control")


def by_value(part: Part, value: float) -> Action:
    """Return the request that sets a feature to a raw value."""
    whole = round(value, 6)
    shown = int(whole) if float(whole).is_integer() else whole
    return Action("controldevicebyvalue", {"ref": part.ref, "value": shown})


def by_pair(part: Part, pair: Pair | None) -> list[Action]:
    """Return the request that uses one control."""
    if pair is None:
        raise declined()
    return [by_value(part, pair.value)]


def by_use(part: Part | None, use: Use) -> list[Action]:
    """Return the request that uses the control for something."""
    if part is None:
        raise declined()
    return by_pair(part, part.controls.find(use))


def by_text(ref: int, pair: Pair | None, text: str) -> Action:
    """Return the request for a control that takes a text."""
    if pair is None:
        raise declined()
    params: dict[str, str | int | float] = {"ref": ref, "value": pair.index}
    return Action("controldevicebyindex", params | {"string": text})
