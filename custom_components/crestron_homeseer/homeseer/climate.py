"""Thermostats: which features make one, and how it is read and set."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
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
from .grouping import (
    Group,
    Role,
    by_key,
    chosen,
    chosen_label,
    has_plain,
    labelled,
    own_name,
)
from .set_points import Point, is_plausible, is_set, measured, percent
from .states import is_gone

_POINTS: Final = ("heat", "cool", "auto")
_MODE_USES: Final = {
    Use.THERMOSTAT_OFF: Mode.OFF,
    Use.THERMOSTAT_HEAT: Mode.HEAT,
    Use.THERMOSTAT_COOL: Mode.COOL,
    Use.THERMOSTAT_AUTO: Mode.AUTO,
}
# The least that people set; many a system counts finer.
_STEPS: Final = {TemperatureUnit.CELSIUS: 0.5, TemperatureUnit.FAHRENHEIT: 1.0}


def _meaning(pair: Pair) -> Meaning:
    """Return what a control of a mode does: "Aux Heat" may carry the use of Auto."""
    mode, preset = meaning_of(pair.label)
    return mode or _MODE_USES.get(pair.use), preset


def _modes_of(part: Part) -> set[str | None]:
    """Return the modes and presets that the controls of a feature stand for."""
    return {mode or preset for mode, preset in map(_meaning, part.controls.plain)}


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
            lambda part: not has_plain(part) or any(_modes_of(part)),
        ),
        "fan": Role(
            ((16, 4, None), (513, 17, 4)), (Use.FAN_AUTO, Use.FAN_ON), has_plain
        ),
        "fan_state": Role(((16, 5, None), (513, 16, 7))),
        "heat": Role(
            ((16, 6, 1), (16, 6, 7), (513, 17, 1)), (Use.HEAT_SET_POINT,), is_set
        ),
        "cool": Role(((16, 6, 2), (513, 17, 2)), (Use.COOL_SET_POINT,), is_set),
        "auto": Role(((16, 6, 10), (513, 17, 10)), (), is_set),
        "hold": Role(((16, 8, None), (513, 17, 15)), (), has_plain),
        "power": Role(),
    }
    ONCE = {*_POINTS, "mode"}
    ROOTS = {(512, 8), (16, 99)}
    MAKES = (
        {"heat"},
        {"cool"},
        {"auto"},
        {"choices", "temperature"},
        {"choices", "root"},
    )
    MAKES_LOOSE = (
        *({role, "temperature"} for role in (*_POINTS, "choices")),
        *({role, "choices"} for role in _POINTS),
    )
    ROLE_WORDS = words.CLIMATE_WORDS

    @classmethod
    @override
    def of(cls, parts: Iterable[Part]) -> Self:
        """Sort features by role: those for the air of the room go first."""
        parts = sorted(parts, key=cls._rank)
        found = super().of(parts)
        named = {part.ref: cls._roles_by_name(part) for part in parts}
        roles = {role for each in named.values() for role in each}
        known = found.rooted or not cls.ONCE.isdisjoint(found.parts)
        if known or ("mode" in roles and not roles.isdisjoint(_POINTS)):
            for part in parts:
                found.take(named[part.ref], part)
        if (mode := found.parts.get("mode")) is not None:
            if not has_plain(mode) or "off" in _modes_of(mode):
                found.parts.pop("power", None)
            if any(_meaning(pair)[1] for pair in mode.controls.plain):
                # A thermostat has its presets from one feature.
                found.parts.pop("hold", None)
        if {"heat", "cool"} & found.parts.keys():
            # Nobody knows in which mode a further one counts.
            found.parts.pop("auto", None)
        return found

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
        modes, several = _modes_of(part), len(controls.plain) > 1
        point = words.SET_POINT.search(own) and is_plausible(part)
        checks = {
            "heat": point and words.HEATS.search(own),
            "cool": point and words.COOLS.search(own),
            "auto": point,
            "mode": {"heat", "cool", "dry"} & modes and len(modes - {None}) > 1,
            "fan": words.FAN.search(own) and several,
            "hold": several and modes <= words.PRESETS,
            "power": {Use.ON, Use.OFF} <= controls.uses and words.SWITCH.search(own),
        }
        return [role for role, holds in checks.items() if holds][:1]

    @staticmethod
    def _rank(part: Part) -> tuple[bool, bool]:
        own = "" if part.controls.pairs else own_name(part)
        return bool(words.ELSEWHERE.search(own)), bool(words.FLOOR.search(own))

    @property
    @override
    def made_of(self) -> set[str]:
        choices = "mode" in self.parts and has_plain(self.parts["mode"])
        more = {"root": self.rooted, "choices": choices}
        return set(self.parts) | {role for role, holds in more.items() if holds}

    @classmethod
    @override
    def several(cls, found: Sequence[Self]) -> list[Self]:
        """Return the zones; a mode of all of them is the mode of each."""
        made = [each for each in found if each.complete or each.points]
        if not (
            all(each.complete for each in made) or all(each.points for each in made)
        ):
            return []
        rest = (each.parts.get("mode") for each in found if each not in made)
        mode = next((part for part in rest if part is not None), None)
        for each in made:
            if mode is not None and "mode" not in each.parts:
                each.parts["mode"] = mode
                each.shared.add("mode")
        return made

    @property
    def points(self) -> list[str]:
        """The roles of the set points that there are."""
        return [role for role in _POINTS if role in self.parts]

    @override
    def bindings(self, facts: Facts, unit: TemperatureUnit) -> list[Binding]:
        return [ThermostatBinding(facts, self, unit)]


class ThermostatBinding(Binding):
    """A thermostat; modes are built from labels and uses, never from numbers."""

    def __init__(
        self, facts: Facts, group: ThermostatGroup, unit: TemperatureUnit
    ) -> None:
        """Take the features, and the unit that the system is set to."""
        super().__init__(facts, *group.features())
        self._roles: Mapping[str, Part] = group.parts
        self._unit = unit
        self._points = [Point(role, group.parts[role]) for role in group.points]
        self._modes, self._presets = _modes(group.parts.get("mode"))
        hold = group.parts.get("hold")
        self._holds = by_key(hold, lambda pair: _hold_name(pair.label))
        self._fans = by_key(group.parts.get("fan"), lambda pair: pair.label)
        # What it does without a mode to choose.
        modes = {(): Mode.AUTO, ("cool",): Mode.COOL, ("heat", "cool"): Mode.AUTO}
        self._only_mode = modes.get(tuple(group.points), Mode.HEAT)
        # Whether it was off when it was last read, by a switch of its own.
        self._is_off = False

    @override
    def read(self, features: Features) -> Device:
        part = self._roles.get
        unit = self._unit_of(features)
        mode, preset = self._state(features)
        modes = tuple(self._modes) if "mode" in self._roles else (self._only_mode,)
        return Thermostat(
            **self.facts,
            unit=unit,
            step=max([_STEPS[unit], *(point.step for point in self._points)]),
            temperature=measured(features, part("temperature"), unit),
            humidity=percent(features, part("humidity")),
            action=self._action(features),
            mode=mode,
            modes=(Mode.OFF, *modes) if "power" in self._roles else modes,
            set_points=tuple(point.read(features) for point in self._points),
            preset=preset,
            presets=(*self._presets, *self._holds),
            fan_mode=chosen_label(features, part("fan"), self._fans),
            fan_modes=tuple(self._fans),
        )

    def _unit_of(self, features: Features) -> TemperatureUnit:
        parts = [point.part for point in self._points]
        parts.extend(part for part in [self._roles.get("temperature")] if part)
        units = [degrees(now(features, part).status)[1] for part in parts]
        units.extend(point.unit for point in self._points)
        return next(filter(None, units), self._unit)

    def _state(self, features: Features) -> tuple[Mode, str | None]:
        """Return mode and preset; a hold is the preset where the mode has none."""
        hold = chosen(
            features,
            self._roles.get("hold"),
            self._holds,
            lambda text: name if (name := _hold_name(text)) in self._holds else None,
        )
        power, part = self._roles.get("power"), self._roles.get("mode")
        on = is_on(power.controls, now(features, power).value) if power else None
        self._is_off = on is False
        if self._is_off:
            return Mode.OFF, hold
        if part is None:
            return self._only_mode, hold
        mode, preset = _meant(features, part)
        known = preset if preset in self._presets else None
        return mode or self._mode_in(preset), known or hold

    def _mode_in(self, preset: str | None) -> Mode:
        """Return what a thermostat does in a preset that takes the place of a mode."""
        able = {Mode.HEAT, Mode.COOL} & self._modes.keys()
        if preset is None:
            return Mode.UNKNOWN
        if Mode.AUTO in self._modes and preset not in HEATING_PRESETS:
            return Mode.AUTO
        return next(iter(able)) if len(able) == 1 else Mode.UNKNOWN

    def _action(self, features: Features) -> ThermostatAction | None:
        action = words.action_of(now(features, self._roles.get("action")).status)
        fan = now(features, self._roles.get("fan_state")).status
        if action in {None, ThermostatAction.IDLE} and fan:
            blows = words.action_of(f"fan {fan}") is ThermostatAction.FAN
            return ThermostatAction.FAN if blows else action
        return action

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        roles = self._roles
        match command:
            case SetMode(mode=mode):
                return self._set_mode(mode)
            case SetPreset(preset=preset) if preset in self._presets:
                return by_pair(roles["mode"], self._presets[preset])
            case SetPreset(preset=preset) if preset in self._holds:
                return by_pair(roles["hold"], self._holds[preset])
            case SetFanMode(fan_mode=name) if "fan" in roles:
                return by_pair(roles["fan"], labelled(roles["fan"], name))
            case SetPoints(values=values):
                points = {point.kind: point for point in self._points}
                if points.keys() >= dict(values).keys():
                    return [points[kind].set(value) for kind, value in values]
        raise declined()

    def _set_mode(self, mode: Mode) -> list[Action]:
        part, power = self._roles.get("mode"), self._roles.get("power")
        if mode is Mode.OFF and power is not None:
            return by_use(power, Use.OFF)
        if part is not None:
            on = by_use(power, Use.ON) if self._is_off else []
            return [*on, *by_pair(part, self._modes.get(mode))]
        if mode is not self._only_mode:
            raise declined()
        return by_use(power, Use.ON)


def _modes(part: Part | None) -> tuple[dict[Mode, Pair], dict[str, Pair]]:
    """Return the controls of a mode, by mode, and those that choose a preset."""
    presets = by_key(part, lambda pair: _meaning(pair)[1])
    # A control for a mode alone goes before one for a preset in this mode.
    modes = by_key(part, lambda pair: _meaning(pair)[0]) | by_key(part, _only_mode)
    if not modes.keys() - {Mode.OFF}:
        # A heater whose ways to heat have names heats in each of them.
        ways = (presets[name] for name in HEATING_PRESETS if name in presets)
        modes.update((Mode.HEAT, pair) for pair in islice(ways, 1))
    if Mode.HEAT not in modes:
        # Without other heating there is nothing to choose.
        presets.pop(AUX_HEAT, None)
    return modes, presets


def _only_mode(pair: Pair) -> Mode | None:
    mode, preset = _meaning(pair)
    return mode if preset in {None, AUX_HEAT} else None


def _hold_name(label: str) -> str:
    """Return the preset of a hold; unknown words are a preset of their own."""
    named = {"on": HOLD, "off": "none", "none": "none"}
    return meaning_of(label)[1] or named.get(label.lower(), label)


def _meant(features: Features, part: Part) -> Meaning:
    """Return the mode that is shown: by the text, then by a value that has a label."""
    text = now(features, part).status
    pair = labelled(part, text)
    meaning = meaning_of(text) if pair is None else _meaning(pair)
    if not any(meaning) and not is_gone(text):
        pair = part.controls.at(now(features, part).value)
        return meaning if pair is None else _meaning(pair)
    return meaning
