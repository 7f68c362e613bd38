"""Thermostats: several features under one root become one device."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import override

from ..house.commands import SetFanMode, SetMode, SetPoints
from ..house.devices import Device, SetPoint, Thermostat
from ..house.hub import AnyCommand
from ..house.kinds import SetPointKind, TemperatureUnit, ThermostatMode
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    Roles,
    by_pair,
    by_value,
    declined,
    status_of,
    value_of,
)
from .controls import use_of
from .features import Pair, Range, Use
from .words import action_of, mode_of, reading, temperature_unit

LEGACY = 16
HS4_FEATURE = 513
HS4_STATUS = 16
HS4_CONTROL = 17

# What a use says of a mode, where its label says nothing: labels go first,
# because "Aux Heat" may carry the use of Auto.
_MODE_USES = {
    Use.THERMOSTAT_OFF: ThermostatMode.OFF,
    Use.THERMOSTAT_HEAT: ThermostatMode.HEAT,
    Use.THERMOSTAT_COOL: ThermostatMode.COOL,
    Use.THERMOSTAT_AUTO: ThermostatMode.AUTO,
}

# Type numbers of the old thermostat API and of HomeSeer 4's features.
_LEGACY_ROLES = {
    (2, 5): "humidity",
    (2, None): "temperature",
    (1, None): "action",
    (3, None): "mode",
    (9, None): "mode",
    (4, None): "fan",
    (5, None): "fan_state",
    (6, 1): "heat",
    (6, 2): "cool",
}
_STATUS_ROLES = {0: "temperature", 5: "humidity", 6: "action", 7: "fan_state"}
_CONTROL_ROLES = {1: "heat", 2: "cool", 3: "mode", 4: "fan", 9: "mode"}
_USE_ROLES = {
    Use.HEAT_SET_POINT: "heat",
    Use.COOL_SET_POINT: "cool",
    Use.THERMOSTAT_OFF: "mode",
    Use.THERMOSTAT_HEAT: "mode",
    Use.THERMOSTAT_COOL: "mode",
    Use.THERMOSTAT_AUTO: "mode",
    Use.FAN_AUTO: "fan",
    Use.FAN_ON: "fan",
}


def role_of(part: Part) -> str | None:
    """Return which part of a thermostat a feature is; None where it is none."""
    for pair in part.controls.pairs:
        if pair.use in _USE_ROLES:
            return _USE_ROLES[pair.use]
    feature = part.feature
    if feature.api == LEGACY:
        exact = _LEGACY_ROLES.get((feature.type, feature.subtype))
        return exact or _LEGACY_ROLES.get((feature.type, None))
    if feature.api == HS4_FEATURE and feature.type == HS4_STATUS:
        return _STATUS_ROLES.get(feature.subtype)
    if feature.api == HS4_FEATURE and feature.type == HS4_CONTROL:
        return _CONTROL_ROLES.get(feature.subtype)
    return None


@dataclass(slots=True)
class ThermostatParts(Roles):
    """The features of one thermostat."""

    temperature: Part | None = None
    humidity: Part | None = None
    action: Part | None = None
    mode: Part | None = None
    fan: Part | None = None
    fan_state: Part | None = None
    heat: Part | None = None
    cool: Part | None = None

    role_of = staticmethod(role_of)

    @property
    def controllable(self) -> bool:
        """Whether there is anything that makes it more than sensors."""
        return any(part is not None for part in (self.mode, self.heat, self.cool))


class ThermostatBinding(Binding):
    """A thermostat; modes are built from labels and uses, never from numbers."""

    def __init__(
        self, facts: Facts, parts: ThermostatParts, unit: TemperatureUnit
    ) -> None:
        """Take the features, and the unit that the system is set to."""
        super().__init__(facts, *parts.all())
        self._own = parts
        self._unit = unit
        self._modes = _modes(parts.mode)
        self._fans = parts.fan.controls.plain if parts.fan else ()

    @override
    def read(self, features: Features) -> Device:
        parts = self._own
        fan = (
            parts.fan.controls.at(value_of(features, parts.fan)) if parts.fan else None
        )
        unit = self._unit_of(features)
        return Thermostat(
            **self.facts,
            unit=unit,
            step=1.0 if unit is TemperatureUnit.FAHRENHEIT else 0.5,
            temperature=_shown(features, parts.temperature),
            humidity=_shown(features, parts.humidity),
            action=action_of(status_of(features, parts.action))
            if parts.action
            else None,
            mode=self._mode(features),
            modes=tuple(self._modes) or self._only_modes(),
            set_points=tuple(self._set_points(features)),
            fan_mode=fan.label if fan else None,
            fan_modes=tuple(dict.fromkeys(pair.label for pair in self._fans)),
        )

    def _unit_of(self, features: Features) -> TemperatureUnit:
        for part in (self._own.temperature, self._own.heat, self._own.cool):
            unit = temperature_unit(status_of(features, part))
            if unit is not None:
                return unit
        return self._unit

    def _only_modes(self) -> tuple[ThermostatMode, ...]:
        """Return what a thermostat does that has set points and no mode to choose."""
        match self._own.heat, self._own.cool:
            case Part(), Part():
                return (ThermostatMode.AUTO,)
            case Part(), None:
                return (ThermostatMode.HEAT,)
            case None, Part():
                return (ThermostatMode.COOL,)
        return ()

    def _mode(self, features: Features) -> ThermostatMode:
        if self._own.mode is None:
            return self._only_modes()[0]
        value = value_of(features, self._own.mode)
        for mode, pair in self._modes.items():
            if pair.value == value:
                return mode
        return mode_of(status_of(features, self._own.mode)) or ThermostatMode.UNKNOWN

    def _set_points(self, features: Features) -> Iterable[SetPoint]:
        for kind, part in self._points():
            span = _range(part)
            yield SetPoint(
                kind=kind,
                value=_shown(features, part),
                low=span.shown(span.low) if span else None,
                high=span.shown(span.high) if span else None,
            )

    def _points(self) -> Iterable[tuple[SetPointKind, Part]]:
        if self._own.heat is not None:
            yield SetPointKind.HEAT, self._own.heat
        if self._own.cool is not None:
            yield SetPointKind.COOL, self._own.cool

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        match command:
            case SetMode(mode=mode) if self._own.mode is not None:
                return by_pair(self._own.mode, self._modes.get(mode))
            case SetFanMode(fan_mode=name) if self._own.fan is not None:
                return by_pair(
                    self._own.fan, self._own.fan.controls.labelled({name.lower()})
                )
            case SetPoints(values=values):
                parts = dict(self._points())
                return [_set(parts.get(kind), value) for kind, value in values]
        raise declined()


def _modes(part: Part | None) -> dict[ThermostatMode, Pair]:
    modes: dict[ThermostatMode, Pair] = {}
    for pair in part.controls.pairs if part else ():
        mode = mode_of(pair.label) or _MODE_USES.get(use_of(pair))
        if mode is not None and pair.range is None:
            modes.setdefault(mode, pair)
    return modes


def _range(part: Part | None) -> Range | None:
    pair = part.controls.slider() if part else None
    return pair.range if pair else None


def _shown(features: Features, part: Part | None) -> float | None:
    """Return a reading as it is shown: the raw value may be doubled."""
    value = value_of(features, part)
    span = _range(part)
    if span is not None:
        return None if value is None else round(span.shown(value), 2)
    shown = reading(status_of(features, part))[0]
    return value if shown is None else shown


def _set(part: Part | None, value: float) -> Action:
    span = _range(part)
    if part is None or span is None:
        raise declined()
    return by_value(part, span.raw(value))
