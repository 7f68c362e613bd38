"""Support for thermostats."""

from collections.abc import Iterable, Mapping
from typing import Any, override

from homeassistant.components.climate import (
    ATTR_HVAC_MODE,
    ATTR_TARGET_TEMP_HIGH,
    ATTR_TARGET_TEMP_LOW,
    ClimateEntity,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.const import (
    ATTR_TEMPERATURE,
    EVENT_CORE_CONFIG_UPDATE,
    PRECISION_TENTHS,
    UnitOfTemperature,
)
from homeassistant.core import Event, callback

from .entity import HouseEntity, matching, offered, setting_up
from .house.commands import SetFanMode, SetMode, SetPoints, SetPreset, SetSchedule
from .house.devices import SetPoint, Thermostat
from .house.hub import AnyCommand
from .house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)

PARALLEL_UPDATES = 0

# A thermostat's "Auto" changes over between heating and cooling by itself; Home
# Assistant's "auto" would be one that follows a schedule without set points. Where
# there is no plain heating, its "heat" means auxiliary heat.
HVAC_MODES = matching(
    ThermostatMode,
    HVACMode,
    {
        ThermostatMode.AUTO: HVACMode.HEAT_COOL,
        ThermostatMode.AUX_HEAT: HVACMode.HEAT,
    },
)
MOST_FIRST = (
    HVACMode.HEAT_COOL,
    HVACMode.HEAT,
    HVACMode.COOL,
    HVACMode.DRY,
    HVACMode.FAN_ONLY,
)
ACTIONS = matching(ThermostatAction, HVACAction)
SCHEDULES = [each.value for each in Schedule if each is not Schedule.UNKNOWN]

# The set points between whose values a thermostat keeps in Auto.
PAIR = (SetPointKind.HEAT, SetPointKind.COOL)
# The set point that a mode keeps to, the likeliest first.
SINGLE = {
    ThermostatMode.HEAT: (SetPointKind.HEAT, SetPointKind.AUTO, SetPointKind.SLAB),
    ThermostatMode.AUX_HEAT: (SetPointKind.HEAT, SetPointKind.AUTO, SetPointKind.SLAB),
    ThermostatMode.COOL: (SetPointKind.COOL, SetPointKind.AUTO),
    ThermostatMode.AUTO: (SetPointKind.AUTO,),
}
# What people want in a house, where a thermostat gives no limits.
USUAL = {
    TemperatureUnit.CELSIUS: (7.0, 35.0),
    TemperatureUnit.FAHRENHEIT: (45.0, 95.0),
}


def has_pair(device: Thermostat) -> bool:
    """Return whether a thermostat keeps between two temperatures in Auto."""
    return (
        ThermostatMode.AUTO in device.modes
        and device.set_point(SetPointKind.AUTO) is None
        and all(device.set_point(kind) is not None for kind in PAIR)
    )


def limits(device: Thermostat, points: Iterable[SetPoint]) -> tuple[float, float]:
    """Return the lowest and the highest temperature that some set points take."""
    usual = USUAL[device.unit]
    lows = [point.low for point in points if point.low is not None]
    highs = [point.high for point in points if point.high is not None]
    return min(lows, default=usual[0]), max(highs, default=usual[1])


def single(device: Thermostat, mode: ThermostatMode) -> SetPoint | None:
    """Return the one set point that counts in a mode; none while off or in a range."""
    points = (device.set_point(kind) for kind in SINGLE.get(mode, ()))
    found = next((point for point in points if point is not None), None)
    if found is None and mode is ThermostatMode.AUTO and len(device.set_points) == 1:
        # One that only heats keeps to the same temperature, by its schedule or not.
        return device.set_points[0]
    return found


class HouseThermostat(HouseEntity[Thermostat], ClimateEntity):
    """A thermostat, in its own unit."""

    _attr_translation_key = "thermostat"
    _attr_precision = PRECISION_TENTHS

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        self._attr_temperature_unit = UnitOfTemperature(device.unit)
        self._attr_target_temperature_step = device.step
        self._attr_min_temp, self._attr_max_temp = limits(device, device.set_points)
        self._attr_current_temperature = device.temperature
        self._attr_current_humidity = device.humidity
        in_range = device.mode is ThermostatMode.AUTO and has_pair(device)
        points = [device.set_point(kind) if in_range else None for kind in PAIR]
        low, high, point = (
            None if point is None else point.value
            for point in (*points, single(device, device.mode))
        )
        self._attr_target_temperature_low = low
        self._attr_target_temperature_high = high
        self._attr_target_temperature = point
        self._attr_hvac_mode = HVAC_MODES.get(device.mode)
        modes = (HVAC_MODES[mode] for mode in device.modes if mode in HVAC_MODES)
        self._attr_hvac_modes = list(dict.fromkeys(modes))
        action = ACTIONS.get(device.action or ThermostatAction.UNKNOWN)
        off = action is HVACAction.IDLE and device.mode is ThermostatMode.OFF
        self._attr_hvac_action = HVACAction.OFF if off else action
        self._fan_modes = {name.lower(): name for name in device.fan_modes}
        self._attr_fan_mode = device.fan_mode and device.fan_mode.lower()
        self._attr_fan_modes = list(self._fan_modes)
        # Its presets, or what its own schedule does.
        preset = device.preset if device.presets else device.schedule
        self._attr_preset_mode = None if preset is Schedule.UNKNOWN else preset
        schedules = SCHEDULES if device.schedule else []
        self._attr_preset_modes = list(device.presets) or schedules
        self._attr_supported_features = self._features(device)

    def _features(self, device: Thermostat) -> ClimateEntityFeature:
        feature, modes = ClimateEntityFeature, self.hvac_modes
        return offered(
            {
                feature.TARGET_TEMPERATURE: device.set_points,
                feature.TARGET_TEMPERATURE_RANGE: has_pair(device),
                feature.FAN_MODE: self.fan_modes,
                feature.PRESET_MODE: self.preset_modes,
                feature.TURN_OFF: HVACMode.OFF in modes,
                feature.TURN_ON: HVACMode.OFF in modes and len(modes) > 1,
            }
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Show other numbers at once when Home Assistant changes its units."""
        await super().async_added_to_hass()

        @callback
        def changed(_: Event) -> None:
            self.async_write_ha_state()

        self.async_on_remove(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, changed)
        )

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Change what the thermostat does."""
        await self.async_command(self._mode_command(hvac_mode))

    @override
    async def async_turn_on(self) -> None:
        """Switch on, to the mode that does most."""
        await self.async_set_hvac_mode(
            next(mode for mode in MOST_FIRST if mode in self.hvac_modes)
        )

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Change target temperatures, and the mode before them where one is given."""
        commands: list[AnyCommand] = []
        mode = self.device.mode
        if ATTR_HVAC_MODE in kwargs:
            commands.append(command := self._mode_command(kwargs[ATTR_HVAC_MODE]))
            mode = command.mode
        values = self._targets(mode, kwargs)
        await self.async_command(
            *commands, SetPoints(device_id=self.device.id, values=values)
        )

    @override
    async def async_set_fan_mode(self, fan_mode: str) -> None:
        """Change the fan mode."""
        name = self._fan_modes[fan_mode]
        await self.async_command(SetFanMode(device_id=self.device.id, fan_mode=name))

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Run, hold or switch off the thermostat's own schedule, or use a preset."""
        device_id = self.device.id
        await self.async_command(
            SetPreset(device_id=device_id, preset=preset_mode)
            if self.device.presets
            else SetSchedule(device_id=device_id, schedule=Schedule(preset_mode))
        )

    def _mode_command(self, hvac_mode: HVACMode) -> SetMode:
        for mode in ThermostatMode:
            if mode in self.device.modes and HVAC_MODES.get(mode) is hvac_mode:
                return SetMode(device_id=self.device.id, mode=mode)
        raise self.invalid("mode_not_there", mode=str(hvac_mode))

    def _targets(
        self, mode: ThermostatMode, wanted: Mapping[str, Any]
    ) -> tuple[tuple[SetPointKind, float], ...]:
        """Return what is to be set in a mode; raises ServiceValidationError."""
        device = self.device
        found = [(single(device, mode), wanted.get(ATTR_TEMPERATURE))]
        keys = (ATTR_TARGET_TEMP_LOW, ATTR_TARGET_TEMP_HIGH)
        for kind, key in zip(PAIR, keys, strict=True):
            found.append((device.set_point(kind), wanted.get(key)))
            if wanted.get(key) is not None and mode is not ThermostatMode.AUTO:
                raise self.invalid("no_range", mode=mode.value)
        return tuple(
            (self._checked(mode, point, value).kind, value)
            for point, value in found
            if value is not None
        )

    def _checked(
        self, mode: ThermostatMode, point: SetPoint | None, value: float
    ) -> SetPoint:
        """Refuse what the set point itself cannot take: it knows narrower limits."""
        if point is None:
            raise self.invalid("no_set_point", mode=mode.value)
        below = point.low is not None and value < point.low
        if below or (point.high is not None and value > point.high):
            unit = self.device.unit
            low, high = (f"{end:g} {unit}" for end in limits(self.device, [point]))
            raise self.invalid("temperature_out_of_range", low=low, high=high)
        return point


async_setup_entry = setting_up(Thermostat, HouseThermostat)
