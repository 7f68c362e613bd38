"""Sensors, remotes, and the controls that are no usual device."""

from typing import override

from ..house.commands import PressButton
from ..house.controls import (
    Choice,
    Number,
    Remote,
    SelectOption,
    SetNumber,
    SetText,
    TextBox,
)
from ..house.devices import Button, Detector, Device, Sensor
from ..house.hub import AnyCommand
from ..house.kinds import DetectorKind, Gesture, SensorKind
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_text,
    by_value,
    declined,
    status_of,
    value_of,
)
from .features import Pair, Use, blanks
from .words import press_of, reading, two_state

# Values that Z-Wave devices use where the text says nothing: 22 and 23 are a
# door's, 5632 and 5633 a door handle's, 255 is any alarm's.
_ON_VALUES = frozenset({8.0, 22.0, 255.0, 5632.0})
_OFF_VALUES = frozenset({0.0, 23.0, 5633.0})
_UNKNOWN_VALUE = 254.0

_UNIT_KINDS = {
    "°F": SensorKind.TEMPERATURE,
    "°C": SensorKind.TEMPERATURE,
    "lx": SensorKind.ILLUMINANCE,
    "W": SensorKind.POWER,
    "kW": SensorKind.POWER,
    "A": SensorKind.CURRENT,
    "V": SensorKind.VOLTAGE,
    "kWh": SensorKind.ENERGY,
    "Wh": SensorKind.ENERGY,
    "ppm": SensorKind.CARBON_DIOXIDE,
}
# Units of readings that come without one.
KIND_UNITS = {
    SensorKind.HUMIDITY: "%",
    SensorKind.BATTERY: "%",
    SensorKind.ILLUMINANCE: "lx",
    SensorKind.POWER: "W",
    SensorKind.CURRENT: "A",
    SensorKind.VOLTAGE: "V",
    SensorKind.ENERGY: "kWh",
}
# What a remote shows when nothing is pressed.
_AT_REST = frozenset(
    {"idle", "released", "none", "off", "ready", "standby", "clear", "cleared"}
    | {"inactive", "normal", "unknown", "n/a", "0"}
)
# A battery above 100 is a code for low or unknown.
FULL_BATTERY = 100


def kind_of_unit(unit: str | None) -> SensorKind | None:
    """Return what is measured in a unit."""
    return _UNIT_KINDS.get(unit or "")


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
        value = value_of(features, self._part)
        if value == _UNKNOWN_VALUE:
            return None
        said = two_state(status_of(features, self._part))
        if said is not None:
            return said
        pair = self._part.controls.at(value)
        if pair is not None:
            on_uses = {Use.ON, Use.MOTION_ON, Use.CONTACT_ON}
            return pair.use in on_uses if pair.use else two_state(pair.label)
        if value in _ON_VALUES:
            return True
        return False if value in _OFF_VALUES else None


class SensorBinding(Binding):
    """A sensor with a reading, or with a text."""

    def __init__(
        self, facts: Facts, part: Part, kind: SensorKind, unit: str | None = None
    ) -> None:
        """Take the feature, what it measures, and the unit if the text has none."""
        super().__init__(facts, part)
        self._part = part
        self._kind = kind
        self._unit = unit or KIND_UNITS.get(kind)

    @override
    def read(self, features: Features) -> Device:
        status = status_of(features, self._part)
        if self._kind is SensorKind.TEXT:
            return Sensor(**self.facts, kind=self._kind, value=status or None)
        shown, unit = reading(status)
        value = value_of(features, self._part) if shown is None else shown
        if self._kind is SensorKind.BATTERY:
            value = _charge(value, status)
        return Sensor(
            **self.facts, kind=self._kind, value=value, unit=unit or self._unit
        )


def _charge(value: float | None, status: str) -> float | None:
    """Return a battery's charge; what is called low is nearly empty."""
    said = two_state(status)
    if said is False and value in {0, 1}:
        # "OK" is one of two states here, and no charge.
        return None
    if (
        value is None
        or 0 <= value < FULL_BATTERY
        or (value == FULL_BATTERY and not said)
    ):
        return value
    return 0.0 if "low" in status.lower() else None


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


class NumberBinding(Binding):
    """A range, or a box for a number."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control that takes the number."""
        super().__init__(facts, part)
        self._part = part
        self._range = pair.range

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        span = self._range
        if span is None:
            # A box takes any number; Home Assistant wants to hear some limit.
            return Number(**self.facts, value=value, low=-1e6, high=1e6, step=0.01)
        return Number(
            **self.facts,
            value=None if value is None else round(span.shown(value), span.decimals),
            low=span.shown(span.low),
            high=span.shown(span.high),
            step=10.0**-span.decimals,
            unit=span.suffix or None,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetNumber):
            raise declined()
        span = self._range
        raw = command.value if span is None else span.raw(command.value)
        return [by_value(self._part, raw)]


class ChoiceBinding(Binding):
    """One of several values with labels."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature; of options with the same label the first counts."""
        super().__init__(facts, part)
        self._part = part
        self._pairs: dict[str, Pair] = {}
        for pair in part.controls.plain:
            self._pairs.setdefault(pair.label, pair)

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        chosen = next(
            (label for label, pair in self._pairs.items() if pair.value == value), None
        )
        return Choice(**self.facts, option=chosen, options=tuple(self._pairs))

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SelectOption):
            raise declined()
        return by_pair(self._part, self._pairs.get(command.option))


class ListBinding(Binding):
    """One of several texts; the status tells which, and the value nothing."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control that has the list."""
        super().__init__(facts, part)
        self._part = part
        self._pair = pair
        # Home Assistant wants each option once.
        self._texts = tuple(dict.fromkeys(pair.texts))

    @override
    def read(self, features: Features) -> Device:
        status = status_of(features, self._part)
        chosen = next((text for text in self._texts if blanks(text) == status), None)
        return Choice(**self.facts, option=chosen, options=self._texts)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SelectOption) or command.option not in self._texts:
            raise declined()
        return [by_text(self._part.ref, self._pair, command.option)]


class TextBinding(Binding):
    """A box for a text."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control that takes the text."""
        super().__init__(facts, part)
        self._part = part
        self._pair = pair

    @override
    def read(self, features: Features) -> Device:
        return TextBox(**self.facts, text=status_of(features, self._part))

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetText):
            raise declined()
        return [by_text(self._part.ref, self._pair, command.text)]


class ButtonBinding(Binding):
    """A control that is just pressed."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control that is pressed."""
        super().__init__(facts, part)
        self._part = part
        self._pair = pair

    @override
    def read(self, features: Features) -> Device:
        return Button(**self.facts, label=self._pair.label)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, PressButton):
            raise declined()
        return by_pair(self._part, self._pair)
