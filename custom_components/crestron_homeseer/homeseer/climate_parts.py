"""Which features make a thermostat: types and uses first, words beside these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import re
from typing import ClassVar, Final, Self, override

from ..house.kinds import ThermostatMode
from .binding import Part
from .climate_words import (
    AUX_HEAT,
    COOLS,
    ELSEWHERE,
    FAN,
    FLOOR,
    HEATS,
    HUMIDITY,
    POWER,
    ROLE_WORDS,
    SET_POINT,
    STATE,
    TEMPERATURE,
    Meaning,
    degrees,
    meaning_of,
)
from .features import Pair, Use
from .grouping import Group

LEGACY, DEVICE, FEATURE = 16, 512, 513
ROOT_TYPE, LEGACY_ROOT = 8, 99
STATUS, CONTROL = 16, 17

# Types of the old thermostat API, with and without a subtype.
_LEGACY_ROLES: Final[dict[tuple[int, int | None], str | None]] = {
    (2, 5): "humidity",
    # That of something else.
    (2, 2): None,
    (2, None): "temperature",
    (1, None): "action",
    (3, None): "mode",
    (9, None): "mode",
    (4, None): "fan",
    (5, None): "fan_state",
    (6, 1): "heat",
    (6, 2): "cool",
    (6, 7): "heat",
    (6, 10): "auto",
    (8, None): "hold",
}
_STATUS_ROLES: Final = {0: "temperature", 5: "humidity", 6: "action", 7: "fan_state"}
_CONTROL_ROLES: Final = {
    1: "heat",
    2: "cool",
    3: "mode",
    4: "fan",
    9: "mode",
    10: "auto",
    15: "hold",
}
_USE_ROLES: Final = (
    ({Use.HEAT_SET_POINT}, "heat"),
    ({Use.COOL_SET_POINT}, "cool"),
    ({Use.THERMOSTAT_HEAT, Use.THERMOSTAT_COOL, Use.THERMOSTAT_AUTO}, "mode"),
    ({Use.FAN_AUTO, Use.FAN_ON}, "fan"),
)
_MODE_USES: Final = {
    Use.THERMOSTAT_OFF: ThermostatMode.OFF,
    Use.THERMOSTAT_HEAT: ThermostatMode.HEAT,
    Use.THERMOSTAT_COOL: ThermostatMode.COOL,
    Use.THERMOSTAT_AUTO: ThermostatMode.AUTO,
}
_POINTS: Final = ("heat", "cool", "auto")
# What somebody could want to set for the air in a house, in either unit.
_PLAUSIBLE: Final = (0.0, 130.0)


def role_of(part: Part) -> str | None:
    """Return which part of a thermostat a feature is by its structure, if it is one."""
    role = _by_use(part) or _by_type(part)
    controls = part.controls
    match role:
        case "heat" | "cool" | "auto":
            # What nobody can set is a reading.
            able = bool(degree_pairs(part)) or controls.slider() is not None
        case "mode":
            able = not controls.plain or bool(modes_of(part))
        case "fan" | "hold":
            able = bool(controls.plain)
        case _:
            able = True
    if role == "heat" and _by_type(part) != role and _is_general(part):
        # "Set Temperature" of an air conditioner carries the use of heating.
        role = "auto"
    return role if able else None


def _by_use(part: Part) -> str | None:
    uses = {pair.use for pair in part.controls.pairs}
    return next((role for wanted, role in _USE_ROLES if wanted & uses), None)


def _by_type(part: Part) -> str | None:
    feature = part.feature
    if feature.api == LEGACY:
        general = _LEGACY_ROLES.get((feature.type, None))
        return _LEGACY_ROLES.get((feature.type, feature.subtype), general)
    if feature.api == FEATURE and feature.type == STATUS:
        return _STATUS_ROLES.get(feature.subtype)
    if feature.api == FEATURE and feature.type == CONTROL:
        return _CONTROL_ROLES.get(feature.subtype)
    return None


def _is_general(part: Part) -> bool:
    """Return whether a set point is called so, and not what it is for."""
    own = _own(part)
    return SET_POINT.search(own) is not None and not HEATS.search(own)


def _own(part: Part) -> str:
    """Return what a feature itself is called, without its root."""
    root = part.root.name.lower() if part.root is not None else ""
    name = part.feature.name.lower()
    if root and name != root:
        name = name.removeprefix(root)
    return f"{name} {part.feature.type_string.lower()}"


def degree_pairs(part: Part) -> dict[float, Pair]:
    """Return the controls of a set point that has one for each degree."""
    found: dict[float, Pair] = {}
    for pair in part.controls.plain:
        shown = degrees(pair.label)[0]
        if shown is not None:
            found.setdefault(shown, pair)
    return found if len(found) > 1 else {}


def pair_meaning(pair: Pair) -> Meaning | None:
    """Return what a control of a mode does: "Aux Heat" may carry the use of Auto."""
    mean, by_use = meaning_of(pair.label) or Meaning(), _MODE_USES.get(pair.use)
    found = Meaning(mean.mode or by_use, mean.preset)
    return None if found == Meaning() else found


def modes_of(part: Part) -> set[str]:
    """Return the modes and presets that the controls of a feature stand for."""
    means = (pair_meaning(pair) for pair in part.controls.plain)
    return {mean.mode or mean.preset or "" for mean in means if mean is not None}


def _worded(part: Part) -> str | None:
    """Return which part a feature is by its words, beside others that are sure."""
    own = _own(part)
    if part.controls.pairs:
        return _worded_control(part, own)
    if HUMIDITY.search(own):
        return "humidity"
    if STATE.search(own):
        return "action"
    aside = ELSEWHERE.search(own) or SET_POINT.search(own)
    return "temperature" if TEMPERATURE.search(own) and not aside else None


def _worded_control(part: Part, own: str) -> str | None:
    if SET_POINT.search(own) and _is_point(part):
        if HEATS.search(own):
            return "heat"
        return "cool" if COOLS.search(own) else "auto"
    labels = modes_of(part)
    if {"heat", "cool", "dry"} & labels and len(labels) > 1:
        return "mode"
    if FAN.search(own) and len(part.controls.plain) > 1:
        return "fan"
    plain = part.controls.plain
    if len(plain) > 1 and all(_is_preset(pair) for pair in plain):
        return "hold"
    if {Use.ON, Use.OFF} <= part.controls.uses and POWER.search(own):
        return "power"
    return None


def _has_preset(pair: Pair) -> bool:
    mean = pair_meaning(pair)
    return mean is not None and mean.preset is not None


def _is_preset(pair: Pair) -> bool:
    mean = meaning_of(pair.label)
    return mean is not None and mean.mode is None and mean.preset != AUX_HEAT


def _is_point(part: Part) -> bool:
    pair = part.controls.slider()
    if pair is None or pair.range is None:
        return bool(degree_pairs(part))
    low, high = pair.range.shown(pair.range.low), pair.range.shown(pair.range.high)
    return _PLAUSIBLE[0] <= low and high <= _PLAUSIBLE[1] and pair.range.suffix != "%"


def _is_root(parts: Iterable[Part]) -> bool:
    """Return whether the root of some features says that it is a thermostat."""
    root = next((part.root for part in parts if part.root is not None), None)
    return root is not None and (
        (root.api == DEVICE and root.type == ROOT_TYPE)
        or (root.api == LEGACY and root.type == LEGACY_ROOT)
    )


@dataclass(slots=True)
class ThermostatParts(Group):
    """The features of one thermostat."""

    CONTROLS: ClassVar[frozenset[str]] = frozenset({*_POINTS, "mode"})
    ROLE_WORDS: ClassVar[re.Pattern[str]] = ROLE_WORDS

    temperature: Part | None = None
    humidity: Part | None = None
    action: Part | None = None
    mode: Part | None = None
    fan: Part | None = None
    fan_state: Part | None = None
    heat: Part | None = None
    cool: Part | None = None
    auto: Part | None = None
    hold: Part | None = None
    power: Part | None = None
    # Whether the root says that it is a thermostat.
    named: bool = False

    @classmethod
    @override
    def roles_of(cls, part: Part) -> frozenset[str]:
        role = role_of(part)
        return frozenset() if role is None else frozenset({role})

    @classmethod
    @override
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by their role: words count where the structure is sure."""
        found = cls(named=_is_root(parts))
        for part in sorted(parts, key=_rank):
            role = role_of(part)
            if role is not None:
                found._take(role, part)
        if found.named or found.points or found.mode is not None:
            found._take_worded(parts)
        else:
            found._take_labelled(parts)
        found._settle()
        return found

    def _take(self, role: str, part: Part) -> bool:
        held: Part | None = getattr(self, role)
        if held is not None and (held.controls.pairs or not part.controls.pairs):
            return False
        setattr(self, role, part)
        return True

    def _take_worded(self, parts: Sequence[Part]) -> None:
        borrowed: set[str] = set()
        held = {part.ref for part in self.every()}
        for part in sorted(parts, key=_rank):
            role = None if part.ref in held or role_of(part) else _worded(part)
            if role is not None and getattr(self, role) is None:
                setattr(self, role, part)
                if not part.controls.pairs:
                    borrowed.add(role)
        self.borrowed = frozenset(borrowed)

    def _take_labelled(self, parts: Sequence[Part]) -> None:
        """Take features of no type where mode and set point are there by their words."""
        worded = [_worded(part) for part in parts]
        if "mode" in worded and set(worded) & set(_POINTS):
            self._take_worded(parts)

    def _settle(self) -> None:
        """Leave what other features make needless."""
        mode = self.mode
        if mode is not None and (not mode.controls.plain or "off" in modes_of(mode)):
            self.power = None
        if mode is not None and any(map(_has_preset, mode.controls.plain)):
            # Two things cannot be one thermostat's presets.
            self.hold = None
        if self.auto is not None and (self.heat or self.cool) is not None:
            # Which of them counts when, nobody knows.
            self.auto = None

    @property
    def points(self) -> list[Part]:
        """The set points that there are."""
        parts = (self.heat, self.cool, self.auto)
        return [part for part in parts if part is not None]

    @property
    def _chooses(self) -> bool:
        return self.mode is not None and bool(self.mode.controls.plain)

    @property
    @override
    def controllable(self) -> bool:
        beside = self.named or self.temperature is not None
        return bool(self.points) or (self._chooses and beside)

    @property
    @override
    def complete(self) -> bool:
        beside = self.temperature is not None or (self._chooses and bool(self.points))
        return self.controllable and beside

    @property
    @override
    def apart(self) -> bool:
        return bool(self.points) or self.complete

    @property
    @override
    def joins(self) -> bool:
        return not self.points

    @override
    def borrow(self, rest: Iterable[Self]) -> None:
        if self.mode is None:
            self.mode = next((each.mode for each in rest if each.mode), None)
            self.borrowed |= {"mode"}


def _rank(part: Part) -> tuple[bool, bool]:
    """Order features: first those for the air of the room."""
    own = "" if part.controls.pairs else _own(part)
    return bool(ELSEWHERE.search(own)), bool(FLOOR.search(own))
