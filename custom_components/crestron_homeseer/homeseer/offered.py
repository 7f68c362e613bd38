"""The controls that are no usual device: numbers, choices, texts and buttons."""

from typing import override

from ..house.controls import (
    Choice,
    Number,
    PressButton,
    SelectOption,
    SetNumber,
    SetText,
    TextBox,
)
from ..house.devices import Button, Device
from ..house.hub import AnyCommand
from ..house.words import folded
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
from .features import Pair, blanks
from .readings import unit_of
from .states import is_gone


class NumberBinding(Binding):
    """A range, or a box for a number."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control that takes the number."""
        super().__init__(facts, part)
        self._part = part
        self._range = pair.range

    @override
    def read(self, features: Features) -> Device:
        value = self._value(features)
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
            unit=unit_of(span.suffix) or span.suffix or None,
        )

    def _value(self, features: Features) -> float | None:
        """Return the value, where it is one that is shown."""
        value, status = value_of(features, self._part), status_of(features, self._part)
        if value is None or is_gone(status):
            return None
        span = self._range
        within = span is None or span.low <= value <= span.high
        # What is only sent is no number of these.
        return value if within or self._part.controls.at(value) is None else None

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
        self._labels = {folded(label): label for label in reversed(self._pairs)}

    @override
    def read(self, features: Features) -> Device:
        return Choice(
            **self.facts, option=self._chosen(features), options=tuple(self._pairs)
        )

    def _chosen(self, features: Features) -> str | None:
        """Return what is chosen: as the text says, or else by its value."""
        status = status_of(features, self._part)
        said = self._labels.get(folded(status))
        if said is not None:
            return said
        if is_gone(status):
            return None
        value = value_of(features, self._part)
        return next(
            (label for label, pair in self._pairs.items() if pair.value == value), None
        )

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
