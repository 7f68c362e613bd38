"""What a feature can be, and the devices that it makes then."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from itertools import takewhile
from typing import Any, Self, override

from ..house.controls import (
    Choice,
    Number,
    PressButton,
    SelectOption,
    SetNumber,
    SetText,
    Siren,
    Switch,
    TextBox,
)
from ..house.devices import Button, Device
from ..house.fields import Fields
from ..house.hub import AnyCommand
from ..house.kinds import CoverKind, DetectorKind, SensorKind, TemperatureUnit
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
)
from .features import ControlType, Pair, blanks
from .loads import FanBinding, LightBinding, SwitchBinding
from .moving import LockBinding, OpeningBinding
from .readings import USUAL_UNITS, unit_of
from .sensing import DetectorBinding, RemoteBinding, SensorBinding
from .states import is_gone

# What takes a number or a text, in this order.
BOXES = frozenset({ControlType.NUMBER_BOX, ControlType.TEXT_BOX})


class What(StrEnum):
    """What a feature can be, alone or with others: first what devices are named after."""

    LOCK = "lock"
    COVER = "cover"
    VALVE = "valve"
    SIREN = "siren"
    FAN = "fan"
    LIGHT = "light"
    OUTLET = "outlet"
    SWITCH = "switch"
    CLIMATE = "climate"
    PLAYER = "media player"
    ALARM = "alarm panel"
    REMOTE = "remote"
    DETECTOR = "binary sensor"
    BATTERY = "battery"
    READING = "number sensor"
    TEXT = "text sensor"
    NUMBER = "number"
    TEXT_BOX = "text"
    LIST = "list"
    CHOICE = "select"
    BUTTONS = "buttons"


# What people mean by a device's name, before what is only shown beside it.
MAIN = frozenset(takewhile(lambda what: what is not What.REMOTE, What))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a feature is; `detail` is which one, such as the kind of a cover.

    `evidence` is the name of the row that applied. `open` is set where the feature
    had nothing to show yet, `inverted` where the owner turned it round, and `buttons`
    where what can be pressed stands beside what is shown.
    """

    what: What
    evidence: str
    detail: str | None = None
    unit: str | None = None
    hidden: bool = False
    open: bool = False
    inverted: bool = False
    buttons: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, without what is as usual."""
        found = {key: value for key, value in asdict(self).items() if value}
        return found | {"what": str(self.what)}

    @classmethod
    def from_json(cls, fields: Fields) -> Self | None:
        """Return what was kept; None where it makes no sense."""
        what, evidence = fields.text("what"), fields.text("evidence")
        if what not in frozenset(What) or evidence is None:
            return None
        flags = ("hidden", "open", "buttons")
        return cls(
            what=What(what),
            evidence=evidence,
            detail=fields.text("detail"),
            unit=fields.text("unit"),
            **{flag: fields.boolean(flag) or False for flag in flags},
        )

    @override
    def __str__(self) -> str:
        """Say what it is, for people."""
        return f"{self.what} ({self.detail})" if self.detail else str(self.what)


class ControlBinding(Binding):
    """A control that is no usual device: a number, a text, or a button."""

    def __init__(self, facts: Facts, part: Part, pair: Pair) -> None:
        """Take the feature, and the control."""
        super().__init__(facts, part)
        self._pair = pair
        number = pair.range is not None or pair.type is ControlType.NUMBER_BOX
        text = pair.type is ControlType.TEXT_BOX
        self._makes = Number if number else TextBox if text else Button

    @override
    def read(self, features: Features) -> Device:
        if self._makes is Number:
            return self._number(features)
        if self._makes is TextBox:
            return TextBox(**self.facts, text=self.now(features).status)
        return Button(**self.facts, label=self._pair.label)

    def _number(self, features: Features) -> Number:
        value = self.now(features).value
        span = self._pair.range
        if is_gone(self.now(features).status):
            value = None
        if span is None:
            # A box takes any number; Home Assistant needs some limit.
            return Number(**self.facts, value=value, low=-1e6, high=1e6, step=0.01)
        if value is not None and not span.low <= value <= span.high:
            # What is only sent is no number of these.
            value = value if self.part.controls.at(value) is None else None
        return Number(
            **self.facts,
            value=None if value is None else round(span.shown(value), span.decimals),
            low=span.shown(span.low),
            high=span.shown(span.high),
            step=10.0**-span.decimals,
            unit=unit_of(span.suffix) or span.suffix or None,
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetNumber() if self._makes is Number:
                span = self._pair.range
                raw = command.value if span is None else span.raw(command.value)
                return [by_value(self.part, raw)]
            case SetText() if self._makes is TextBox:
                return [by_text(self.part.ref, self._pair, command.text)]
            case PressButton() if self._makes is Button:
                return by_pair(self.part, self._pair)
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
        self._options = tuple(dict.fromkeys(labels))
        folds = {folded(label): label for label in reversed(self._options)}
        self._shown = folds | {blanks(label): label for label in self._options}

    @override
    def read(self, features: Features) -> Device:
        return Choice(
            **self.facts, option=self._chosen(features), options=self._options
        )

    def _chosen(self, features: Features) -> str | None:
        """Return what is chosen: as the text says, or else by its value."""
        status = self.now(features).status
        shown = self._shown.get(status, self._shown.get(folded(status)))
        if shown is not None or is_gone(status):
            return shown
        value = self.now(features).value
        return None if value is None else self._values.get(value)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SelectOption) or command.option not in self._options:
            raise declined()
        if self._texts is not None:
            return [by_text(self.part.ref, self._texts, command.option)]
        return by_pair(self.part, self._pairs[command.option])


def _opening(facts: Facts, part: Part, meaning: Meaning) -> Binding:
    cover = meaning.what is What.COVER
    kind = CoverKind(meaning.detail or "shade") if cover else None
    return OpeningBinding(facts, part, kind, inverted=meaning.inverted)


def _detector(facts: Facts, part: Part, meaning: Meaning) -> Binding:
    kind = DetectorKind(meaning.detail or "unknown")
    return DetectorBinding(facts, part, kind, inverted=meaning.inverted)


def _control(facts: Facts, part: Part, _: Meaning) -> Binding | None:
    boxes = (pair for pair in part.controls.pairs if pair.type in BOXES)
    box = min(boxes, key=lambda pair: pair.type, default=None)
    pair = part.controls.slider() or box
    return None if pair is None else ControlBinding(facts, part, pair)


def _choice(facts: Facts, part: Part, _: Meaning) -> Binding | None:
    some = part.controls.plain or part.controls.listed
    return ChoiceBinding(facts, part) if some else None


_MAKERS: dict[What, Callable[[Facts, Part, Meaning], Binding | None]] = {
    What.LOCK: lambda facts, part, meaning: LockBinding(
        facts, part, on_locks=not meaning.inverted
    ),
    What.COVER: _opening,
    What.VALVE: _opening,
    What.SIREN: lambda facts, part, _: SwitchBinding(facts, part, Siren),
    What.FAN: lambda facts, part, _: FanBinding(facts, part),
    What.LIGHT: lambda facts, part, _: LightBinding(facts, part),
    What.OUTLET: lambda facts, part, _: SwitchBinding(
        facts, part, partial(Switch, outlet=True)
    ),
    What.SWITCH: lambda facts, part, _: SwitchBinding(facts, part),
    What.REMOTE: lambda facts, part, _: RemoteBinding(facts, part),
    What.DETECTOR: _detector,
    What.NUMBER: _control,
    What.TEXT_BOX: _control,
    What.LIST: _choice,
    What.CHOICE: _choice,
}
_SENSORS = {What.BATTERY: SensorKind.BATTERY, What.READING: SensorKind.NUMBER}


def _sensor(
    facts: Facts, part: Part, meaning: Meaning, unit: TemperatureUnit
) -> Binding:
    kind = _SENSORS.get(meaning.what, SensorKind.TEXT)
    if meaning.what is What.READING and meaning.detail:
        kind = SensorKind(meaning.detail)
    usual = unit.value if kind is SensorKind.TEMPERATURE else USUAL_UNITS.get(kind)
    known = meaning.unit if meaning.unit != "°" else None
    return SensorBinding(facts, part, kind, known or usual)


def devices_of(
    meaning: Meaning, facts: Facts, part: Part, unit: TemperatureUnit
) -> Iterator[Binding]:
    """Yield what a feature makes: one device, and the buttons beside it.

    Where the controls do not bear what an owner says that it is, its text is left.
    """
    buttons = part.controls.plain
    alone = meaning.what is What.BUTTONS
    if alone and len(buttons) == 1:
        yield ControlBinding(facts, part, buttons[0])
        return
    if not (alone and buttons):
        make = _MAKERS.get(meaning.what)
        made = None if make is None else make(facts, part, meaning)
        yield made or _sensor(facts, part, meaning, unit)
    if alone or meaning.buttons:
        for pair in {pair.value: pair for pair in reversed(buttons)}.values():
            own = {
                "id": f"{facts['id']}-button-{pair.value:g}",
                "name": f"{facts['name']} {pair.label}",
            }
            yield ControlBinding(facts | own, part, pair)
