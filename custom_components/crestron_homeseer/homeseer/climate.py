"""Thermostats: which features make one, and how it is read and set."""

from collections.abc import Mapping, Sequence
from typing import Final, Self, override

from ..house.commands import SetFanMode, SetMode, SetPoints, SetPreset
from ..house.devices import Device, Thermostat
from ..house.hub import AnyCommand
from ..house.kinds import TemperatureUnit, ThermostatAction, ThermostatMode as Mode
from . import group_words as words
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    by_use,
    declined,
    is_on,
    now,
)
from .features import Pair, Use
from .group_words import AUX_HEAT, HEATING_PRESETS, HOLD, Meaning, degrees, meaning_of
from .grouping import Group, Options, Role, own_name
from .set_points import Point, is_plausible, is_set, measured, percent

_POINTS: Final = ("heat", "cool", "auto")
_MODE_USES: Final = {
    Use.THERMOSTAT_OFF: Mode.OFF,
    Use.THERMOSTAT_HEAT: Mode.HEAT,
    Use.THERMOSTAT_COOL: Mode.COOL,
    Use.THERMOSTAT_AUTO: Mode.AUTO,
}
_NONE: Final = (None, None)
# What a thermostat does that has no mode to choose, by its set points.
_ONLY_MODES: Final = {"": Mode.AUTO, "cool": Mode.COOL, "heat cool": Mode.AUTO}
# The least that people set; many a system counts finer.
_STEPS: Final = {TemperatureUnit.CELSIUS: 0.5, TemperatureUnit.FAHRENHEIT: 1.0}


def _meaning(pair: Pair) -> Meaning | None:
    """Return what a control of a mode does: "Aux Heat" may carry the use of Auto."""
    mode, preset = meaning_of(pair.label) or _NONE
    mode = mode or _MODE_USES.get(pair.use)
    return (mode, preset) if mode or preset else None


def _meanings(part: Part) -> list[Meaning]:
    return [found for pair in part.controls.plain if (found := _meaning(pair))]


class ThermostatGroup(Group):
    """The features of one thermostat."""

    ROLES = {
        "temperature": Role(((16, 2, None), (513, 16, 0))),
        "humidity": Role(((16, 2, 5), (513, 16, 5))),
        # The temperature of something else.
        "other": Role(((16, 2, 2),), able=lambda _: False),
        "action": Role(((16, 1, None), (513, 16, 6))),
        "mode": Role(
            ((16, 3, None), (16, 9, None), (513, 17, 3), (513, 17, 9)),
            _MODE_USES.keys() - {Use.THERMOSTAT_OFF},
            lambda part: not part.controls.plain or _meanings(part),
        ),
        "fan": Role(
            ((16, 4, None), (513, 17, 4)),
            (Use.FAN_AUTO, Use.FAN_ON),
            lambda part: part.controls.plain,
        ),
        "fan_state": Role(((16, 5, None), (513, 16, 7))),
        "heat": Role(
            ((16, 6, 1), (16, 6, 7), (513, 17, 1)), (Use.HEAT_SET_POINT,), is_set
        ),
        "cool": Role(((16, 6, 2), (513, 17, 2)), (Use.COOL_SET_POINT,), is_set),
        "auto": Role(((16, 6, 10), (513, 17, 10)), (), is_set),
        "hold": Role(
            ((16, 8, None), (513, 17, 15)), able=lambda part: part.controls.plain
        ),
        "power": Role(),
    }
    ONCE = {*_POINTS, "mode"}
    ROOTS = {(512, 8), (16, 99)}
    ROLE_WORDS = words.CLIMATE_WORDS

    @classmethod
    @override
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by role: those for the air of the room go first."""
        return super().of(sorted(parts, key=_rank))

    @override
    def settle(self, parts: Sequence[Part]) -> Self:
        named = {part.ref: self._roles_by_name(part) for part in parts}
        roles = {role for each in named.values() for role in each}
        known = self.rooted or not self.ONCE.isdisjoint(self.parts)
        if known or ("mode" in roles and not roles.isdisjoint(_POINTS)):
            for part in parts:
                self.take(named[part.ref], part)
        if (mode := self.parts.get("mode")) is not None:
            meanings = _meanings(mode)
            if not mode.controls.plain or (Mode.OFF, None) in meanings:
                self.parts.pop("power", None)
            if any(preset for _, preset in meanings):
                # A thermostat has its presets from one feature.
                self.parts.pop("hold", None)
        if {"heat", "cool"} & self.parts.keys():
            # Nobody knows in which mode a further one counts.
            self.parts.pop("auto", None)
        return self

    @classmethod
    @override
    def roles_of(cls, part: Part) -> list[str]:
        """Return the one role: by the uses of the controls, then by the type."""
        typed, roles = cls.typed(part), super().roles_of(part)
        roles.sort(key=lambda role: (role == typed, role not in _POINTS))
        by_use = roles[:1] == ["heat"] and typed != "heat"
        if by_use and words.GENERAL.search(own_name(part)):
            # "Set Temperature" of an air conditioner carries the use of heating.
            return ["auto"]
        return roles[:1]

    @classmethod
    def _roles_by_name(cls, part: Part) -> list[str]:
        """Return the role of a feature by its name and its labels."""
        own, controls = own_name(part), part.controls
        if cls.roles_of(part):
            return []
        if not controls.pairs:
            found = [role for role, name in words.READINGS.items() if name.search(own)]
            aside = words.ELSEWHERE.search(own) or words.SET_POINT.search(own)
            return [] if aside and found == ["temperature"] else found[:1]
        meanings, several = _meanings(part), len(controls.plain) > 1
        modes = {mode or preset for mode, preset in meanings}
        every = len(meanings) == len(controls.plain)
        point = words.SET_POINT.search(own) and is_plausible(part)
        checks = {
            "heat": point and words.HEATS.search(own),
            "cool": point and words.COOLS.search(own),
            "auto": point,
            "mode": {"heat", "cool", "dry"} & modes and len(modes) > 1,
            "fan": words.FAN.search(own) and several,
            "hold": several and every and modes <= words.PRESETS,
            "power": {Use.ON, Use.OFF} <= controls.uses and words.SWITCH.search(own),
        }
        return [role for role, holds in checks.items() if holds][:1]

    @property
    @override
    def controllable(self) -> bool:
        return bool(self.points) or self.complete or (self.rooted and self._modes)

    @property
    @override
    def complete(self) -> bool:
        facts = bool(self.points), self._modes, "temperature" in self.parts
        return sum(facts) > 1

    @property
    def _modes(self) -> bool:
        """Whether there is a mode to choose."""
        return "mode" in self.parts and bool(self.parts["mode"].controls.plain)

    @classmethod
    @override
    def several(cls, found: Sequence[Self]) -> list[Self]:
        """Return the zones; a mode of all of them is the mode of each."""
        made = [each for each in found if each.points or each.complete]
        if len({bool(each.points) for each in made}) > 1:
            return []
        modes = (each.parts.get("mode") for each in found if each not in made)
        if (mode := next(filter(None, modes), None)) is not None:
            for each in made:
                if each.parts.setdefault("mode", mode) is mode:
                    each.shared.add("mode")
        return made

    @property
    def points(self) -> list[str]:
        """The roles of the set points that there are."""
        return [role for role in _POINTS if role in self.parts]

    @override
    def bindings(self, facts: Facts, unit: TemperatureUnit) -> list[Binding]:
        return [ThermostatBinding(facts, self, unit)]


def _rank(part: Part) -> tuple[bool, bool]:
    own = "" if part.controls.pairs else own_name(part)
    return bool(words.ELSEWHERE.search(own)), bool(words.FLOOR.search(own))


class ThermostatBinding(Binding):
    """A thermostat; modes are built from labels and uses, never from numbers."""

    def __init__(
        self, facts: Facts, group: ThermostatGroup, unit: TemperatureUnit
    ) -> None:
        """Take the features, and the unit that the system is set to."""
        super().__init__(facts, *group.features())
        self._parts: Mapping[str, Part] = group.parts
        part = group.parts.get
        self._points = {role: Point(role, group.parts[role]) for role in group.points}
        units = (each.unit for each in self._points.values())
        self._unit = next(filter(None, units), unit)
        self._mode = Options(part("mode"), meaning_of, _meaning)
        self._modes, self._presets = _choices(self._mode.pairs)
        self._hold = Options(part("hold"), _hold_name)
        self._fan = Options(part("fan"), key=lambda pair: pair.label)
        self._only_mode = _ONLY_MODES.get(" ".join(group.points), Mode.HEAT)
        # Whether it was off when it was last read, by a switch of its own.
        self._is_off = False

    @override
    def read(self, features: Features) -> Device:
        part = self._parts.get
        unit = self._unit_of(features)
        mode, preset = self._state(features)
        modes = tuple(self._modes) if part("mode") else (self._only_mode,)
        return Thermostat(
            **self.facts,
            unit=unit,
            step=max([_STEPS[unit], *(each.step for each in self._points.values())]),
            temperature=measured(features, part("temperature"), unit),
            humidity=percent(features, part("humidity")),
            action=self._action(features),
            mode=mode,
            modes=(Mode.OFF, *modes) if part("power") else modes,
            set_points=tuple(each.read(features) for each in self._points.values()),
            preset=preset,
            presets=(*self._presets, *self._hold.pairs),
            fan_mode=self._fan.now(features),
            fan_modes=tuple(self._fan.pairs),
        )

    def _unit_of(self, features: Features) -> TemperatureUnit:
        points = (each.part for each in self._points.values())
        parts = (*points, self._parts.get("temperature"))
        units = (degrees(now(features, part).status)[1] for part in parts)
        return next(filter(None, units), self._unit)

    def _state(self, features: Features) -> tuple[Mode, str | None]:
        """Return mode and preset; a hold is the preset where the mode has none."""
        power, hold = self._parts.get("power"), self._hold.now(features)
        hold = hold if hold in self._hold.pairs else None
        on = is_on(power.controls, now(features, power).value) if power else None
        self._is_off = on is False
        if self._is_off:
            return Mode.OFF, hold
        if self._parts.get("mode") is None:
            return self._only_mode, hold
        mode, preset = self._mode.now(features) or _NONE
        known = preset if preset in self._presets else None
        return mode or self._mode_in(preset), known or hold

    def _mode_in(self, preset: str | None) -> Mode:
        """Return what a thermostat does in a preset that takes the place of a mode."""
        able = [mode for mode in (Mode.HEAT, Mode.COOL) if mode in self._modes]
        if preset is None:
            return Mode.UNKNOWN
        if Mode.AUTO in self._modes and preset not in HEATING_PRESETS:
            return Mode.AUTO
        return able[0] if len(able) == 1 else Mode.UNKNOWN

    def _action(self, features: Features) -> ThermostatAction | None:
        action = words.action_of(now(features, self._parts.get("action")).status)
        fan = now(features, self._parts.get("fan_state")).status
        if action in {None, ThermostatAction.IDLE} and fan:
            blows = words.action_of(f"fan {fan}") is ThermostatAction.FAN
            return ThermostatAction.FAN if blows else action
        return action

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetMode(mode=mode):
                return self._set_mode(mode)
            case SetPreset(preset=preset) if preset in self._presets:
                return by_pair(self._parts["mode"], self._presets[preset])
            case SetPreset(preset=preset):
                return self._hold.choose(preset)
            case SetFanMode(fan_mode=name):
                return self._fan.choose(self._fan.labels.get(name.casefold(), name))
            case SetPoints(values=values) if self._points.keys() >= dict(values).keys():
                return [self._points[kind].set(value) for kind, value in values]
        raise declined()

    def _set_mode(self, mode: Mode) -> list[Action]:
        part, power = self._parts.get("mode"), self._parts.get("power")
        if mode is Mode.OFF and power is not None:
            return by_use(power, Use.OFF)
        if part is None:
            return by_use(power if mode is self._only_mode else None, Use.ON)
        on = by_use(power, Use.ON) if self._is_off else []
        return [*on, *by_pair(part, self._modes.get(mode))]


def _choices(
    pairs: Mapping[Meaning, Pair],
) -> tuple[dict[Mode, Pair], dict[str, Pair]]:
    """Return the controls that choose a mode, and those that choose a preset."""
    modes: dict[Mode, Pair] = {}
    presets: dict[str, Pair] = {}
    for (mode, preset), pair in sorted(pairs.items(), key=_is_preset):
        if mode is not None:
            modes.setdefault(mode, pair)
        if preset is not None:
            presets.setdefault(preset, pair)
    ways = [presets[name] for name in HEATING_PRESETS if name in presets]
    if ways and not modes.keys() - {Mode.OFF}:
        # A heater whose ways to heat have names heats in each of them.
        modes[Mode.HEAT] = ways[0]
    if Mode.HEAT not in modes:
        # Without other heating there is nothing to choose.
        presets.pop(AUX_HEAT, None)
    return modes, presets


def _is_preset(item: tuple[Meaning, Pair]) -> bool:
    """Return whether a control is for a preset: for its mode a plain one goes first."""
    return item[0][1] not in {None, AUX_HEAT}


def _hold_name(label: str) -> str | None:
    """Return the preset of a hold; unknown words are a preset of their own."""
    named = {"on": HOLD, "off": "none", "none": "none"}
    return (meaning_of(label) or _NONE)[1] or named.get(label.lower(), label) or None
