"""Switches, sirens, lights and fans."""

from dataclasses import dataclass
from functools import cached_property
import re
from typing import ClassVar, Final, Self, override

from ..house.commands import SetColor, SetLevel, SetSpeed, SetWhite
from ..house.controls import SetSiren, SetSwitch, Siren, Switch
from ..house.devices import Device, Fan, Light
from ..house.hub import AnyCommand
from ..house.words import folded
from .binding import (
    Action,
    Facts,
    Features,
    OwnBinding,
    Part,
    Scale,
    by_pair,
    by_text,
    by_use,
    by_value,
    declined,
    is_on,
    now,
    use_of,
)
from .features import Feature, Pair, Range, Use
from .settings import Meaning, What
from .states import is_gone


class SwitchBinding(OwnBinding):
    """What is only turned on and off: a switch, an outlet or a siren."""

    @override
    def read(self, features: Features) -> Device:
        now, what = self.now(features), self.meaning.what
        on = is_on(self.part.controls, now.value, now.status)
        if what is What.SIREN:
            return Siren(**self.facts, on=on)
        return Switch(**self.facts, on=on, outlet=what is What.OUTLET)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetSwitch(on=on) | SetSiren(on=on):
                return by_use(self.part, Use.ON if on else Use.OFF)
        raise declined()


class _LevelBinding(OwnBinding):
    """What has a level: with a range, or only on and off."""

    USE: ClassVar = Use.DIM

    @cached_property
    def scale(self) -> Scale | None:
        """The scale of its slider."""
        return Scale.of(self.part.controls, self.USE)

    def level(self, features: Features) -> float | None:
        """Return the level, as far as text and value agree."""
        now, controls = self.now(features), self.part.controls
        on = is_on(controls, now.value, now.status)
        if self.scale is None or on is False:
            return None if on is None else float(on)
        if is_gone(now.status) or (on is None and controls.find(Use.OFF)):
            # A value that neither is on nor off is a code, and no level.
            return None
        pair = controls.at(now.value)
        if pair and use_of(pair) is Use.ON and folded(now.status) == folded(pair.label):
            # "On" is a value of its own with some, and no level.
            return 1.0
        level = self.scale.fraction(now.value)
        return level or (None if on else level)

    def set_level(self, level: float) -> list[Action]:
        """Return the request for a level."""
        if level > 0:
            if self.scale is None:
                return by_use(self.part, Use.ON)
            return [by_value(self.part, self.scale.raw(min(level, 1.0)))]
        if self.scale is None or self.scale.off is None:
            return by_use(self.part, Use.OFF)
        return [by_value(self.part, self.scale.off)]


# Lights

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_TONE_NAMES: Final = re.compile(
    r"colou?r ?temp|farbtemp|kleurtemp|fargetemp|färgtemp|farvetemp|temp\w* de coul"
    r"|temperatura (?:de|del) colo|\bcct\b|white (?:tone|temp)|kelvin|mired"
)
# The units of tones, and their ends: lamps are between candles and a blue sky.
_KELVIN: Final = ({"k", "kelvin", "(kelvin)"}, 1000.0, 12000.0)
_MIREDS: Final = ({"mired", "mireds", "mirek"}, 80.0, 1000.0)
# Mireds are a million through kelvin.
_MILLION: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Tones:
    """Tones of white: raw values of a feature, in kelvin or in mireds ↔ kelvin."""

    part: Part
    range: Range
    mireds: bool

    @classmethod
    def of(cls, part: Part | None) -> Self | None:
        """Return the tones of a feature; None where it has none for sure."""
        pair = part.controls.slider() if part is not None else None
        if part is None or pair is None or pair.range is None:
            return None
        span = pair.range
        suffix = span.suffix.lower().strip(" °")
        name = f"{part.feature.name} {part.feature.type_string}".lower()
        named = not suffix and _TONE_NAMES.search(name)
        for tones in (_KELVIN, _MIREDS):
            units, low, high = tones
            within = low <= span.shown(span.low) and span.shown(span.high) <= high
            if within and (named or suffix in units):
                return cls(part, span, tones is _MIREDS)
        return None

    @property
    def ends(self) -> tuple[int, int]:
        """The warmest and the coldest white."""
        ends = self._kelvin(self.range.low), self._kelvin(self.range.high)
        return min(ends), max(ends)

    def _kelvin(self, raw: float) -> int:
        shown = self.range.shown(raw)
        return round(_MILLION / shown if self.mireds else shown)

    def read(self, features: Features) -> int | None:
        """Return the tone that is shown; a value outside of the range is not known."""
        raw = now(features, self.part).value
        return None if raw is None or raw not in self.range else self._kelvin(raw)

    def set(self, kelvin: int) -> Action:
        """Return the request for a tone."""
        shown = _MILLION / kelvin if self.mireds else float(kelvin)
        return by_value(self.part, self.range.raw(shown))


class LightBinding(_LevelBinding):
    """A dimmer or a switched light, perhaps with features for its colours."""

    def __init__(self, facts: Facts, part: Part, meaning: Meaning, *more: Part) -> None:
        """Take the feature that dims, and those that have colour and white tone."""
        super().__init__(facts, part, meaning, *more)
        colors = (each for each in more if Use.COLOR in each.controls.uses)
        self._color = next(colors, None)
        whites = (Tones.of(each) for each in more if each is not self._color)
        self._tones = next(whites, None)

    @override
    def read(self, features: Features) -> Device:
        tones = self._tones
        return Light(
            **self.facts,
            level=self.level(features),
            dimmable=self.scale is not None,
            colored=self._color is not None,
            color=_color(now(features, self._color).status),
            whites=None if tones is None else tones.ends,
            white=None if tones is None else tones.read(features),
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetLevel(level=level):
                return self.set_level(level)
            case SetColor(color=color) if self._color is not None:
                pair = self._color.controls.find(Use.COLOR)
                return [by_text(self._color.ref, pair, bytes(color).hex())]
            case SetWhite(white=white) if self._tones is not None:
                return [self._tones.set(white)]
        raise declined()


def _color(text: str) -> tuple[int, int, int] | None:
    """Return the colour that a text is, six hexadecimal digits."""
    if (found := _HEX.fullmatch(text)) is None:
        return None
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue


# Fans

# The names of speeds, the slowest first.
_SPEEDS: Final = {
    name: place
    for place, names in enumerate(
        (
            "low slow niedrig laag lav lag bas bajo basso",
            "medium-low med-low low-medium",
            "medium med mittel middel moyen medio mellan",
            "medium-high med-high high-medium",
            "high fast hoch hoog hoy hog haut alto",
        )
    )
    for name in names.split()
}
_NUMBERED_SPEED = re.compile(
    r"(?:speed|stufe|vitesse|stand|trinn|steg|velocidad|velocita)-([1-9]\d*)"
)


def named_speeds(part: Part) -> tuple[Pair, ...]:
    """Return the controls for Low to High, or for numbers; none unless there are two."""
    found: dict[int, Pair] = {}
    for pair in part.controls.plain:
        label = folded(pair.label).replace(" ", "-")
        numbered = _NUMBERED_SPEED.fullmatch(label)
        place = int(numbered[1]) if numbered else _SPEEDS.get(label)
        if place is not None:
            found.setdefault(place, pair)
    return tuple(found[place] for place in sorted(found)) if len(found) > 1 else ()


class FanBinding(_LevelBinding):
    """A fan with a range of speeds, or with speeds that have names."""

    USE = Use.DIM_FAN

    @cached_property
    def _names(self) -> tuple[Pair, ...]:
        return named_speeds(self.part)

    @override
    def read(self, features: Features) -> Device:
        speed = self._named(self.now(features)) if self._names else None
        if speed is None and (self.scale is not None or not self._names):
            # Somebody may have set it between two speeds that have names.
            speed = self.level(features)
        speeds = len(self._names) or (1 if self.scale is None else 100)
        return Fan(**self.facts, speed=speed, speeds=speeds)

    def _named(self, now: Feature) -> float | None:
        if is_gone(now.status):
            return None
        values = [pair.value for pair in self._names]
        if now.value in values:
            return (values.index(now.value) + 1) / len(values)
        off = self.part.controls.find(Use.OFF)
        return 0.0 if off is not None and off.value == now.value else None

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSpeed):
            raise declined()
        if command.speed <= 0 or not self._names:
            return self.set_level(command.speed)
        place = max(round(command.speed * len(self._names)), 1)
        return by_pair(self.part, self._names[place - 1])
