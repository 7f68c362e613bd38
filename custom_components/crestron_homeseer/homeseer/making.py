"""The devices that a feature makes, by what it is taken for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from ..house.kinds import SensorKind, TemperatureUnit
from ..house.words import folded
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    OwnBinding,
    Part,
    by_pair,
    by_text,
    by_value,
    declined,
)
from .features import ControlType, Pair, blanks
from .loads import FanBinding, LightBinding, SwitchBinding
from .moving import LockBinding, OpeningBinding
from .readings import unit_of
from .sensing import DetectorBinding, RemoteBinding, SensorBinding
from .settings import Meaning, What
from .states import is_gone

# What takes a number or a text.
BOXES = frozenset({ControlType.NUMBER_BOX, ControlType.TEXT_BOX})


class ButtonBinding(Binding):
    """A control that is pressed."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control."""
        super().__init__(facts, part)
        self._pair = pair

    @override
    def read(self, features: Features) -> Device:
        return Button(**self.facts, label=self._pair.label)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, PressButton):
            raise declined()
        return by_pair(self.part, self._pair)


def _entry(part: Part) -> Pair | None:
    """Return the control that takes a number or a text."""
    boxes = [pair for pair in part.controls.pairs if pair.type in BOXES]
    return part.controls.slider() or min(
        boxes, key=lambda pair: pair.type, default=None
    )


class EntryBinding(Binding):
    """A control that takes a number or a text."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control."""
        super().__init__(facts, part)
        self._span = pair.range
        # Where it takes a text.
        numeric = pair.range is not None or pair.type is ControlType.NUMBER_BOX
        self._box = None if numeric else pair

    @override
    def read(self, features: Features) -> Device:
        now, span = self.now(features), self._span
        if self._box is not None:
            return TextBox(**self.facts, text=now.status)
        value = None if is_gone(now.status) else now.value
        if span is None:
            # A box takes any number; Home Assistant needs some limit.
            return Number(**self.facts, value=value, low=-1e6, high=1e6, step=0.01)
        if value is None or (value not in span and self.part.controls.at(value)):
            # What is only sent is no number of these.
            value = None
        else:
            value = round(span.shown(value), span.decimals)
        return Number(
            **self.facts,
            value=value,
            low=span.shown(span.low),
            high=span.shown(span.high),
            step=10.0**-span.decimals,
            unit=unit_of(span.suffix) or span.suffix or None,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetNumber(value=value) if self._box is None:
                raw = value if self._span is None else self._span.raw(value)
                return [by_value(self.part, raw)]
            case SetText(text=text) if self._box is not None:
                return [by_text(self.part.ref, self._box, text)]
        raise declined()


class ChoiceBinding(Binding):
    """One of several values with labels, or of a list of texts."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature; of options with the same label the first counts."""
        super().__init__(facts, part)
        self._texts = texts = part.controls.listed
        pairs = part.controls.plain if texts is None else ()
        self._pairs = {pair.label: pair for pair in reversed(pairs)}
        self._values = {pair.value: pair.label for pair in reversed(pairs)}
        labels = [pair.label for pair in pairs] if texts is None else texts.texts
        # Home Assistant wants each option once.
        self.options = tuple(dict.fromkeys(labels))
        folds = {folded(label): label for label in reversed(self.options)}
        self._shown = folds | {blanks(label): label for label in self.options}

    @override
    def read(self, features: Features) -> Device:
        return Choice(**self.facts, option=self.chosen(features), options=self.options)

    def chosen(self, features: Features) -> str | None:
        """Return what is chosen: as the text says, or else by its value."""
        now = self.now(features)
        option = self._shown.get(now.status, self._shown.get(folded(now.status)))
        if option is None and now.value is not None and not is_gone(now.status):
            option = self._values.get(now.value)
        return option

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SelectOption) or command.option not in self.options:
            raise declined()
        if self._texts is not None:
            return [by_text(self.part.ref, self._texts, command.option)]
        return by_pair(self.part, self._pairs[command.option])


_OWN: dict[What, type[OwnBinding]] = {
    What.LOCK: LockBinding,
    What.COVER: OpeningBinding,
    What.VALVE: OpeningBinding,
    What.SIREN: SwitchBinding,
    What.FAN: FanBinding,
    What.LIGHT: LightBinding,
    What.OUTLET: SwitchBinding,
    What.SWITCH: SwitchBinding,
    What.REMOTE: RemoteBinding,
    What.DETECTOR: DetectorBinding,
}


def _device_of(
    meaning: Meaning, facts: Facts, parts: Sequence[Part], unit: TemperatureUnit
) -> Binding:
    """Return what features make; their text where the controls do not bear more."""
    part = parts[0]
    choices = part.controls.plain or part.controls.listed
    match meaning.what:
        case What.NUMBER | What.TEXT_BOX if (pair := _entry(part)) is not None:
            return EntryBinding(facts, part, pair)
        case What.LIST | What.CHOICE if choices:
            return ChoiceBinding(facts, part)
    if meaning.detail == SensorKind.TEMPERATURE and meaning.unit in {None, "°"}:
        meaning = replace(meaning, unit=unit.value)
    return _OWN.get(meaning.what, SensorBinding)(facts, part, meaning, *parts[1:])


def devices_of(
    meaning: Meaning, facts: Facts, parts: Sequence[Part], unit: TemperatureUnit
) -> Iterator[Binding]:
    """Yield what features make: one device, and the buttons beside it."""
    part, buttons = parts[0], parts[0].controls.plain
    alone = meaning.what is What.BUTTONS
    if alone and len(buttons) == 1:
        yield ButtonBinding(facts, part, buttons[0])
        return
    if not (alone and buttons):
        yield _device_of(meaning, facts, parts, unit)
    if alone or meaning.buttons:
        for pair in {pair.value: pair for pair in reversed(buttons)}.values():
            own = {
                "id": f"{facts['id']}-button-{pair.value:g}",
                "name": f"{facts['name']} {pair.label}",
            }
            yield ButtonBinding(facts | own, part, pair)
