"""Lights, switches, sirens, fans and locks."""

import re
from typing import override

from ..house.commands import SetColor, SetLevel, SetLocked, SetSpeed, SetWhite
from ..house.controls import SetSiren, SetSwitch, Siren, Switch
from ..house.devices import Device, Fan, Light, Lock
from ..house.hub import AnyCommand
from ..house.kinds import LockState
from ..house.words import folded
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_text,
    by_use,
    by_value,
    declined,
    status_of,
    value_of,
)
from .controls import Scale, is_on, scale_of, use_of
from .features import Pair, Use
from .states import is_gone, lock_state
from .tones import Tones

_HEX = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
# A fan whose speeds have names, the slowest first.
_SPEED_NAMES = (
    frozenset({"low", "slow", "niedrig", "laag", "lav", "lag", "bas", "bajo", "basso"}),
    frozenset({"medium low", "med low", "low medium"}),
    frozenset({"medium", "med", "mittel", "middel", "moyen", "medio", "mellan"}),
    frozenset({"medium high", "med high", "high medium"}),
    frozenset({"high", "fast", "hoch", "hoog", "hoy", "hog", "haut", "alto"}),
)
_NUMBERED_SPEED = re.compile(
    r"(?:speed|stufe|vitesse|stand|trinn|steg|velocidad|velocita) (\d+)"
)
_LOCKS = {
    True: LockState.LOCKED,
    False: LockState.UNLOCKED,
    None: LockState.UNKNOWN,
}


class SwitchBinding(Binding):
    """Something with On and Off."""

    def __init__(self, facts: Facts, part: Part, *, outlet: bool = False) -> None:
        """Take the feature; `outlet` where things are plugged in."""
        super().__init__(facts, part)
        self._part = part
        self._outlet = outlet

    @override
    def read(self, features: Features) -> Device:
        return Switch(
            **self.facts, on=_is_on(features, self._part), outlet=self._outlet
        )

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSwitch):
            raise declined()
        return by_use(self._part, Use.ON if command.on else Use.OFF)


class SirenBinding(Binding):
    """A siren with On and Off."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature."""
        super().__init__(facts, part)
        self._part = part

    @override
    def read(self, features: Features) -> Device:
        return Siren(**self.facts, on=_is_on(features, self._part))

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSiren):
            raise declined()
        return by_use(self._part, Use.ON if command.on else Use.OFF)


def _is_on(features: Features, part: Part) -> bool | None:
    return is_on(part.controls, value_of(features, part), status_of(features, part))


class LightBinding(Binding):
    """A dimmer or a switched light, perhaps with features for colours beside it."""

    def __init__(
        self,
        facts: Facts,
        part: Part,
        color: Part | None = None,
        white: Part | None = None,
    ) -> None:
        """Take the feature that dims, and those that have colour and white tone."""
        super().__init__(facts, part, color, white)
        self._part = part
        self._color = color
        self._tones = Tones.of(white)
        self._scale = scale_of(part.controls)

    @override
    def read(self, features: Features) -> Device:
        tones = self._tones
        return Light(
            **self.facts,
            level=self._level(features),
            dimmable=self._scale is not None,
            colored=self._color is not None,
            color=color_of(status_of(features, self._color)),
            whites=None if tones is None else tones.ends,
            white=None if tones is None else tones.read(features),
        )

    def _level(self, features: Features) -> float | None:
        """Return the level, as far as text and value do not belie each other."""
        on = _is_on(features, self._part)
        known = on is not None or self._part.controls.find(Use.OFF) is None
        if self._scale is None or on is False or not known:
            # A value that neither is on nor off is a code, and no level.
            return None if on is None else float(on)
        status = status_of(features, self._part)
        if is_gone(status):
            return None
        value = value_of(features, self._part)
        pair = self._part.controls.find(Use.ON)
        if pair and value == pair.value and folded(pair.label) == folded(status):
            # "On" is a value of its own with some, and no level.
            return 1.0
        level = self._scale.fraction(value)
        return level or (None if on else level)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetLevel(level=level):
                return self._set_level(level)
            case SetColor(color=color) if self._color is not None:
                pair = self._color.controls.find(Use.COLOR)
                text = "{:02x}{:02x}{:02x}".format(*color)
                return [by_text(self._color.ref, pair, text)]
            case SetWhite(white=white) if self._tones is not None:
                return [self._tones.set(white)]
        raise declined()

    def _set_level(self, level: float) -> list[Action]:
        if level <= 0:
            return _switch_off(self._part, self._scale)
        if self._scale is not None:
            return [by_value(self._part, self._scale.raw(min(level, 1.0)))]
        return by_use(self._part, Use.ON)


def color_of(text: str) -> tuple[int, int, int] | None:
    """Return the colour that a text is, six hexadecimal digits."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1], 16), int(found[2], 16), int(found[3], 16)


def _switch_off(part: Part, scale: Scale | None) -> list[Action]:
    off = None if scale is None else scale.off
    if off is not None and part.controls.find(Use.OFF) is None:
        return [by_value(part, off)]
    return by_use(part, Use.OFF)


class FanBinding(Binding):
    """A fan with a range of speeds, or with speeds that have names."""

    def __init__(self, facts: Facts, part: Part) -> None:
        """Take the feature."""
        super().__init__(facts, part)
        self._part = part
        self._scale: Scale | None = scale_of(part.controls, Use.DIM_FAN)
        self._names = named_speeds(part)

    @override
    def read(self, features: Features) -> Device:
        value, status = value_of(features, self._part), status_of(features, self._part)
        if is_gone(status):
            value = None
        speed = self._named(value) if self._names else None
        if speed is None and self._scale is not None:
            # Somebody may have set it between two speeds that have names.
            speed = self._scale.fraction(value)
        elif not self._names:
            on = _is_on(features, self._part)
            speed = None if on is None else float(on)
        return Fan(**self.facts, speed=speed, speeds=self._count())

    def _count(self) -> int:
        if self._names:
            return len(self._names)
        return 100 if self._scale is not None else 1

    def _named(self, value: float | None) -> float | None:
        if value is None:
            return None
        for place, pair in enumerate(self._names, start=1):
            if pair.value == value:
                return place / len(self._names)
        off = self._part.controls.find(Use.OFF)
        return 0.0 if off is not None and off.value == value else None

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetSpeed):
            raise declined()
        if command.speed <= 0:
            return _switch_off(self._part, self._scale)
        if self._names:
            place = max(round(command.speed * len(self._names)), 1)
            return by_pair(self._part, self._names[place - 1])
        if self._scale is not None:
            return [by_value(self._part, self._scale.raw(command.speed))]
        return by_use(self._part, Use.ON)


def named_speeds(part: Part) -> tuple[Pair, ...]:
    """Return the controls for Low to High, or for numbers; none unless there are two."""
    found: dict[int, Pair] = {}
    for pair in part.controls.plain:
        place = _place(folded(pair.label).replace("-", " "))
        if place is not None:
            found.setdefault(place, pair)
    return tuple(found[place] for place in sorted(found)) if len(found) > 1 else ()


def _place(label: str) -> int | None:
    """Return where a speed stands among the others; 0 is no speed."""
    if numbered := _NUMBERED_SPEED.fullmatch(label):
        return int(numbered[1]) or None
    named = (place for place, names in enumerate(_SPEED_NAMES) if label in names)
    return next(named, None)


class LockBinding(Binding):
    """A door lock, or a relay that works one."""

    def __init__(
        self, facts: Facts, part: Part, *, on_locks: bool | None = None
    ) -> None:
        """Take the feature, and whether its On locks, as the user says of a relay."""
        super().__init__(facts, part)
        self._part = part
        # What can lock and unlock says itself what it does.
        known = part.controls.uses & {Use.LOCK, Use.UNLOCK}
        self._on_locks = None if known else on_locks

    @override
    def read(self, features: Features) -> Device:
        value = value_of(features, self._part)
        pair = self._part.controls.at(value)
        if self._on_locks is not None:
            # Unlike a lamp, what is not quite off is not certainly on.
            locked = None
            if pair is not None and use_of(pair) in {Use.ON, Use.OFF}:
                locked = (use_of(pair) is Use.ON) is self._on_locks
            status = status_of(features, self._part)
            if is_gone(status):
                locked = None
            return Lock(**self.facts, state=_LOCKS[locked])
        label = pair.label if pair is not None else ""
        state = lock_state(status_of(features, self._part), label, value)
        return Lock(**self.facts, state=state)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, SetLocked):
            raise declined()
        if self._on_locks is not None:
            on = command.locked is self._on_locks
            return by_use(self._part, Use.ON if on else Use.OFF)
        return by_use(self._part, Use.LOCK if command.locked else Use.UNLOCK)
