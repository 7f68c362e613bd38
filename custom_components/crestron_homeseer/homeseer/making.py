"""From what a feature is to the devices that it makes."""

from collections.abc import Callable, Iterator
from functools import partial

from ..house.kinds import CoverKind, DetectorKind, SensorKind, TemperatureUnit
from .binding import Binding, Facts, Part
from .features import ControlType, Pair
from .loads import FanBinding, LightBinding, LockBinding, SirenBinding, SwitchBinding
from .meaning import Meaning, What
from .moving import CoverBinding, CoverTraits, ValveBinding
from .offered import (
    ButtonBinding,
    ChoiceBinding,
    ListBinding,
    NumberBinding,
    TextBinding,
)
from .readings import USUAL_UNITS
from .sensing import DetectorBinding, RemoteBinding, SensorBinding

type Make = Callable[[Facts, Part, Meaning, TemperatureUnit], Binding | None]


def _cover(facts: Facts, part: Part, meaning: Meaning, _: TemperatureUnit) -> Binding:
    traits = CoverTraits(CoverKind(meaning.detail or "shade"), meaning.inverted)
    return CoverBinding(facts, part, traits)


def _lock(facts: Facts, part: Part, meaning: Meaning, _: TemperatureUnit) -> Binding:
    return LockBinding(facts, part, on_locks=not meaning.inverted)


def _valve(facts: Facts, part: Part, meaning: Meaning, _: TemperatureUnit) -> Binding:
    return ValveBinding(facts, part, inverted=meaning.inverted)


def _detector(
    facts: Facts, part: Part, meaning: Meaning, _: TemperatureUnit
) -> Binding:
    kind = DetectorKind(meaning.detail or "unknown")
    return DetectorBinding(facts, part, kind, inverted=meaning.inverted)


def _reading(
    facts: Facts, part: Part, meaning: Meaning, unit: TemperatureUnit
) -> Binding:
    kind = SensorKind(meaning.detail or "number")
    usual: str | None = USUAL_UNITS.get(kind)
    if kind is SensorKind.TEMPERATURE:
        usual = unit.value
    known = meaning.unit if meaning.unit != "°" else usual
    return SensorBinding(facts, part, kind, known or usual)


def _sensor(
    kind: SensorKind,
) -> Callable[[Facts, Part, Meaning, TemperatureUnit], Binding]:
    def make(facts: Facts, part: Part, meaning: Meaning, _: TemperatureUnit) -> Binding:
        return SensorBinding(facts, part, kind, USUAL_UNITS.get(kind))

    return make


def _simple(make: Callable[[Facts, Part], Binding]) -> Make:
    return lambda facts, part, _meaning, _unit: make(facts, part)


def _number(facts: Facts, part: Part) -> Binding | None:
    pair = part.controls.slider() or _first(part, ControlType.NUMBER_BOX)
    return None if pair is None else NumberBinding(facts, part, pair)


def _text(facts: Facts, part: Part) -> Binding | None:
    pair = _first(part, ControlType.TEXT_BOX)
    return None if pair is None else TextBinding(facts, part, pair)


def _list(facts: Facts, part: Part) -> Binding | None:
    pair = part.controls.listed
    return None if pair is None else ListBinding(facts, part, pair)


def _first(part: Part, kind: ControlType) -> Pair | None:
    return next((pair for pair in part.controls.pairs if pair.type is kind), None)


def _choice(facts: Facts, part: Part) -> Binding | None:
    return ChoiceBinding(facts, part) if part.controls.plain else _list(facts, part)


_TEXT = _sensor(SensorKind.TEXT)
_MAKERS: dict[What, Make] = {
    What.LOCK: _lock,
    What.COVER: _cover,
    What.VALVE: _valve,
    What.SIREN: _simple(SirenBinding),
    What.FAN: _simple(FanBinding),
    What.LIGHT: _simple(LightBinding),
    What.OUTLET: _simple(partial(SwitchBinding, outlet=True)),
    What.SWITCH: _simple(SwitchBinding),
    What.REMOTE: _simple(RemoteBinding),
    What.DETECTOR: _detector,
    What.BATTERY: _sensor(SensorKind.BATTERY),
    What.READING: _reading,
    What.TEXT: _TEXT,
    What.NUMBER: lambda facts, part, _meaning, _unit: _number(facts, part),
    What.TEXT_BOX: lambda facts, part, _meaning, _unit: _text(facts, part),
    What.LIST: lambda facts, part, _meaning, _unit: _list(facts, part),
    What.CHOICE: lambda facts, part, _meaning, _unit: _choice(facts, part),
}


def devices_of(
    meaning: Meaning, facts: Facts, part: Part, unit: TemperatureUnit
) -> Iterator[Binding]:
    """Yield what a feature makes: one device, and the buttons beside it.

    Of what an owner says and the controls do not bear, its text is left.
    """
    pairs = part.controls.plain
    if meaning.what is What.BUTTONS and len(pairs) == 1:
        yield ButtonBinding(facts, part, pairs[0])
        return
    if meaning.what is not What.BUTTONS or not pairs:
        make = _MAKERS.get(meaning.what, _TEXT)
        yield make(facts, part, meaning, unit) or _TEXT(facts, part, meaning, unit)
    if meaning.buttons or meaning.what is What.BUTTONS:
        yield from _buttons(facts, part)


def _buttons(facts: Facts, part: Part) -> Iterator[Binding]:
    for pair in {pair.value: pair for pair in reversed(part.controls.plain)}.values():
        own = {
            "id": f"{facts['id']}-button-{pair.value:g}",
            "name": f"{facts['name']} {pair.label}",
        }
        yield ButtonBinding(facts | own, part, pair)
