"""Thermostats: several features become one device."""

from typing import override

from ..house.commands import SetFanMode, SetMode, SetPoints, SetPreset
from ..house.devices import Device, SetPoint, Thermostat
from ..house.hub import AnyCommand
from ..house.kinds import (
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)
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
    status_of,
    value_of,
)
from .climate_parts import ThermostatParts, pair_meaning
from .climate_words import (
    AUX_HEAT,
    HEATING_PRESETS,
    HOLD,
    Meaning,
    action_of,
    degrees,
    meaning_of,
    says_nothing,
)
from .features import Pair, Use
from .grouping import labelled
from .set_points import Point, measured, percent

# The least that people set; many a system counts finer.
_STEPS = {TemperatureUnit.CELSIUS: 0.5, TemperatureUnit.FAHRENHEIT: 1.0}
_KINDS = {
    "heat": SetPointKind.HEAT,
    "cool": SetPointKind.COOL,
    "auto": SetPointKind.AUTO,
}


class ThermostatBinding(Binding):
    """A thermostat; modes are built from labels and uses, never from numbers."""

    def __init__(
        self, facts: Facts, parts: ThermostatParts, unit: TemperatureUnit
    ) -> None:
        """Take the features, and the unit that the system is set to."""
        super().__init__(facts, *parts.every())
        self._own = parts
        self._unit = unit
        self._points = tuple(
            Point(_KINDS[role], part, use)
            for role, use in (
                ("heat", Use.HEAT_SET_POINT),
                ("cool", Use.COOL_SET_POINT),
                ("auto", Use.HEAT_SET_POINT),
            )
            if (part := getattr(parts, role)) is not None
        )
        self._modes, self._mode_presets = _modes(parts.mode)
        self._holds = _holds(parts.hold)
        self._fans = parts.fan.controls.plain if parts.fan else ()
        # Whether it was off when it was last read, by a switch of its own.
        self._is_off = False

    @override
    def read(self, features: Features) -> Device:
        parts = self._own
        unit = self._unit_of(features)
        mode, preset = self._state(features)
        return Thermostat(
            **self.facts,
            unit=unit,
            step=max(_STEPS[unit], *(point.step for point in self._points), 0.0),
            temperature=measured(features, parts.temperature, unit),
            humidity=percent(features, parts.humidity),
            action=self._action(features),
            mode=mode,
            modes=self._all_modes(),
            set_points=tuple(
                SetPoint(
                    kind=point.kind,
                    value=point.value(features),
                    low=point.low,
                    high=point.high,
                )
                for point in self._points
            ),
            preset=preset,
            presets=tuple(dict.fromkeys((*self._mode_presets, *self._holds))),
            fan_mode=_chosen(features, parts.fan),
            fan_modes=tuple(dict.fromkeys(pair.label for pair in self._fans)),
        )

    def _unit_of(self, features: Features) -> TemperatureUnit:
        parts = (*(point.part for point in self._points), self._own.temperature)
        for part in parts:
            unit = degrees(status_of(features, part))[1]
            if unit is not None:
                return unit
        units = (point.unit for point in self._points)
        return next((unit for unit in units if unit is not None), self._unit)

    def _all_modes(self) -> tuple[ThermostatMode, ...]:
        if self._own.mode is not None:
            modes = tuple(self._modes)
        else:
            modes = self._only_modes()
        off = ThermostatMode.OFF
        return modes if self._own.power is None else (off, *modes)

    def _only_modes(self) -> tuple[ThermostatMode, ...]:
        """Return what a thermostat does that has set points and no mode to choose."""
        match [point.kind for point in self._points]:
            case [SetPointKind.HEAT]:
                return (ThermostatMode.HEAT,)
            case [SetPointKind.COOL]:
                return (ThermostatMode.COOL,)
            case [SetPointKind.AUTO] if self._own.cool is None:
                return (ThermostatMode.HEAT,)
        return (ThermostatMode.AUTO,)

    def _state(self, features: Features) -> tuple[ThermostatMode, str | None]:
        """Return mode and preset; a hold tells its preset where the mode has none."""
        part = self._own.mode
        mean = _meant(features, part) if part is not None else None
        hold = _held(features, self._own.hold, self._holds)
        self._is_off = self._switched_off(features)
        if self._is_off:
            return ThermostatMode.OFF, hold
        if part is None:
            return self._only_modes()[0], hold
        if mean is None:
            return ThermostatMode.UNKNOWN, hold
        preset = mean.preset if mean.preset in self._mode_presets else None
        return mean.mode or self._beneath(mean.preset), preset or hold

    def _beneath(self, preset: str | None) -> ThermostatMode:
        """Return what a thermostat does in a preset that takes the place of a mode."""
        able = {ThermostatMode.HEAT, ThermostatMode.COOL} & self._modes.keys()
        if ThermostatMode.AUTO in self._modes and preset not in HEATING_PRESETS:
            return ThermostatMode.AUTO
        return next(iter(able)) if len(able) == 1 else ThermostatMode.UNKNOWN

    def _switched_off(self, features: Features) -> bool:
        part = self._own.power
        if part is None:
            return False
        return is_on(part.controls, value_of(features, part)) is False

    def _action(self, features: Features) -> ThermostatAction | None:
        action = action_of(status_of(features, self._own.action))
        fan = status_of(features, self._own.fan_state)
        blows = bool(fan) and action_of(f"fan {fan}") is ThermostatAction.FAN
        if action in {None, ThermostatAction.IDLE} and blows:
            return ThermostatAction.FAN
        return action

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetMode(mode=mode):
                return self._set_mode(mode)
            case SetPreset(preset=preset):
                return self._set_preset(preset)
            case SetFanMode(fan_mode=name) if self._own.fan is not None:
                return by_pair(self._own.fan, labelled(self._own.fan, name))
            case SetPoints(values=values):
                points = {point.kind: point for point in self._points}
                if all(kind in points for kind, _ in values):
                    return [points[kind].set(value) for kind, value in values]
        raise declined()

    def _set_mode(self, mode: ThermostatMode) -> list[Action]:
        parts = self._own
        if mode is ThermostatMode.OFF and parts.power is not None:
            return by_use(parts.power, Use.OFF)
        on = by_use(parts.power, Use.ON) if self._is_off else []
        if parts.mode is not None:
            return [*on, *by_pair(parts.mode, self._modes.get(mode))]
        if parts.power is None or mode not in self._only_modes():
            raise declined()
        return by_use(parts.power, Use.ON)

    def _set_preset(self, preset: str) -> list[Action]:
        parts = self._own
        if parts.mode is not None and preset in self._mode_presets:
            return by_pair(parts.mode, self._mode_presets[preset])
        if parts.hold is None:
            raise declined()
        return by_pair(parts.hold, self._holds.get(preset))


def _modes(
    part: Part | None,
) -> tuple[dict[ThermostatMode, Pair], dict[str, Pair]]:
    """Return the controls of a mode, by mode, and those that choose a preset."""
    modes: dict[ThermostatMode, Pair] = {}
    presets: dict[str, Pair] = {}
    beside: dict[ThermostatMode, Pair] = {}
    for pair in part.controls.plain if part else ():
        mean = pair_meaning(pair) or Meaning()
        if mean.preset is not None:
            presets.setdefault(mean.preset, pair)
        if mean.mode is not None:
            held = modes if mean.preset in {None, AUX_HEAT} else beside
            held.setdefault(mean.mode, pair)
    modes = beside | modes
    if not modes.keys() - {ThermostatMode.OFF}:
        # A heater whose ways to heat have names heats in each of them.
        ways = (presets[name] for name in HEATING_PRESETS if name in presets)
        if (first := next(ways, None)) is not None:
            modes[ThermostatMode.HEAT] = first
    if ThermostatMode.HEAT not in modes:
        # Where there is no other heating it is no choice beside one.
        presets.pop(AUX_HEAT, None)
    return modes, presets


def _holds(part: Part | None) -> dict[str, Pair]:
    """Return the controls of a hold by preset; unknown words are their own."""
    found: dict[str, Pair] = {}
    for pair in part.controls.plain if part else ():
        found.setdefault(_hold_name(pair.label), pair)
    return found


def _hold_name(label: str) -> str:
    mean = meaning_of(label)
    if mean is not None and mean.preset is not None:
        return mean.preset
    named = {"on": HOLD, "off": "none", "none": "none"}
    return named.get(label.lower(), label)


def _held(features: Features, part: Part | None, holds: dict[str, Pair]) -> str | None:
    """Return the preset that a hold shows: by its text, then by its value."""
    name = _hold_name(status_of(features, part))
    if part is None or name in holds:
        return name if name in holds else None
    value = value_of(features, part)
    return next((name for name, pair in holds.items() if pair.value == value), None)


def _meant(features: Features, part: Part) -> Meaning | None:
    """Return the mode that is shown: by the text, then by a value that has a label."""
    text = status_of(features, part)
    said = labelled(part, text)
    mean = pair_meaning(said) if said is not None else meaning_of(text)
    if mean is not None or says_nothing(text):
        return mean
    pair = part.controls.at(value_of(features, part))
    return None if pair is None else pair_meaning(pair)


def _chosen(features: Features, part: Part | None) -> str | None:
    """Return the label that a feature shows, by its text or by its value."""
    if part is None:
        return None
    pair = labelled(part, status_of(features, part))
    pair = pair or part.controls.at(value_of(features, part))
    return pair.label if pair else None
