"""Support for thermostats."""

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
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import SetFanMode, SetMode, SetPoints, SetPreset, SetSchedule
from .house.devices import Thermostat
from .house.hub import AnyCommand
from .house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)
from .house.targets import TargetError, has_pair, limits, of_pair, single, targets

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

UNITS = {
    TemperatureUnit.CELSIUS: UnitOfTemperature.CELSIUS,
    TemperatureUnit.FAHRENHEIT: UnitOfTemperature.FAHRENHEIT,
}
# A thermostat's "Auto" changes over between heating and cooling by itself; Home
# Assistant's "auto" would be one that follows a schedule without set points.
HVAC_MODES = {
    ThermostatMode.OFF: HVACMode.OFF,
    ThermostatMode.HEAT: HVACMode.HEAT,
    ThermostatMode.COOL: HVACMode.COOL,
    ThermostatMode.AUTO: HVACMode.HEAT_COOL,
    ThermostatMode.AUX_HEAT: HVACMode.HEAT,
    ThermostatMode.FAN_ONLY: HVACMode.FAN_ONLY,
    ThermostatMode.DRY: HVACMode.DRY,
}
# Where there is no plain heating, Home Assistant's "heat" means auxiliary heat.
HUB_MODES = {
    HVACMode.OFF: (ThermostatMode.OFF,),
    HVACMode.HEAT: (ThermostatMode.HEAT, ThermostatMode.AUX_HEAT),
    HVACMode.COOL: (ThermostatMode.COOL,),
    HVACMode.HEAT_COOL: (ThermostatMode.AUTO,),
    HVACMode.FAN_ONLY: (ThermostatMode.FAN_ONLY,),
    HVACMode.DRY: (ThermostatMode.DRY,),
}
MOST_FIRST = (
    HVACMode.HEAT_COOL,
    HVACMode.HEAT,
    HVACMode.COOL,
    HVACMode.DRY,
    HVACMode.FAN_ONLY,
)
ACTIONS = {
    ThermostatAction.IDLE: HVACAction.IDLE,
    ThermostatAction.HEATING: HVACAction.HEATING,
    ThermostatAction.COOLING: HVACAction.COOLING,
    ThermostatAction.FAN: HVACAction.FAN,
    ThermostatAction.DRYING: HVACAction.DRYING,
    ThermostatAction.DEFROSTING: HVACAction.DEFROSTING,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up thermostats."""
    await async_add_devices(entry, async_add_entities, {Thermostat: HouseThermostat})


class HouseThermostat(HouseEntity[Thermostat], ClimateEntity):
    """A thermostat, in its own unit."""

    _attr_translation_key = "thermostat"
    _attr_precision = PRECISION_TENTHS

    @override
    def _take(self, device: Thermostat) -> None:
        super()._take(device)
        self._attr_hvac_modes = list(
            dict.fromkeys(
                HVAC_MODES[mode] for mode in device.modes if mode in HVAC_MODES
            )
        )
        self._fan_modes = {name.lower(): name for name in device.fan_modes}
        self._attr_supported_features = self._features(device)
        if self._fan_modes:
            self._attr_fan_modes = list(self._fan_modes)
        if device.schedule is not None:
            self._attr_preset_modes = [
                schedule.value
                for schedule in Schedule
                if schedule is not Schedule.UNKNOWN
            ]
        elif device.presets:
            self._attr_preset_modes = list(device.presets)

    def _features(self, device: Thermostat) -> ClimateEntityFeature:
        features = ClimateEntityFeature(0)
        if device.set_points:
            features |= ClimateEntityFeature.TARGET_TEMPERATURE
        if has_pair(device):
            features |= ClimateEntityFeature.TARGET_TEMPERATURE_RANGE
        if self._fan_modes:
            features |= ClimateEntityFeature.FAN_MODE
        if device.schedule is not None or device.presets:
            features |= ClimateEntityFeature.PRESET_MODE
        if HVACMode.OFF in self.hvac_modes:
            features |= ClimateEntityFeature.TURN_OFF
            if len(self.hvac_modes) > 1:
                features |= ClimateEntityFeature.TURN_ON
        return features

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

    @property
    @override
    def temperature_unit(self) -> str:
        """Return the unit; some thermostats can be switched to the other one."""
        return UNITS[self.device.unit]

    @property
    @override
    def target_temperature_step(self) -> float:
        """Return what lies between two target temperatures."""
        return self.device.step

    @property
    @override
    def min_temp(self) -> float:
        """Return the lowest target temperature of all modes."""
        return limits(self.device)[0]

    @property
    @override
    def max_temp(self) -> float:
        """Return the highest target temperature of all modes."""
        return limits(self.device)[1]

    @property
    @override
    def hvac_mode(self) -> HVACMode | None:
        """Return what the thermostat is asked to do."""
        return HVAC_MODES.get(self.device.mode)

    @property
    @override
    def hvac_action(self) -> HVACAction | None:
        """Return what the equipment does; one that is off and idle is off."""
        action = ACTIONS.get(self.device.action) if self.device.action else None
        if action is HVACAction.IDLE and self.device.mode is ThermostatMode.OFF:
            return HVACAction.OFF
        return action

    @property
    @override
    def current_humidity(self) -> float | None:
        """Return the measured humidity."""
        return self.device.humidity

    @property
    @override
    def current_temperature(self) -> float | None:
        """Return the measured temperature."""
        return self.device.temperature

    @property
    @override
    def target_temperature(self) -> float | None:
        """Return the one temperature to keep to; none while off or in a range."""
        point = single(self.device, self.device.mode)
        return None if point is None else point.value

    @property
    @override
    def target_temperature_low(self) -> float | None:
        """Return the temperature below which it heats."""
        return of_pair(self.device, SetPointKind.HEAT)

    @property
    @override
    def target_temperature_high(self) -> float | None:
        """Return the temperature above which it cools."""
        return of_pair(self.device, SetPointKind.COOL)

    @property
    @override
    def fan_mode(self) -> str | None:
        """Return the fan mode."""
        mode = self.device.fan_mode
        return None if mode is None else mode.lower()

    @property
    @override
    def preset_mode(self) -> str | None:
        """Return what the thermostat's own schedule does, or its preset."""
        schedule = self.device.schedule
        if self.device.presets:
            return self.device.preset
        return None if schedule in {None, Schedule.UNKNOWN} else schedule

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
            command = self._mode_command(kwargs[ATTR_HVAC_MODE])
            mode = command.mode
            commands.append(command)
        pair = (kwargs.get(ATTR_TARGET_TEMP_LOW), kwargs.get(ATTR_TARGET_TEMP_HIGH))
        try:
            values = targets(self.device, mode, kwargs.get(ATTR_TEMPERATURE), pair)
        except TargetError as err:
            raise self._refuse(err.key, **err.facts) from err
        commands.append(SetPoints(device_id=self._device_id, values=values))
        await self.async_command(*commands)

    @override
    async def async_set_fan_mode(self, fan_mode: str) -> None:
        """Change the fan mode."""
        name = self._fan_modes[fan_mode]
        await self.async_command(SetFanMode(device_id=self._device_id, fan_mode=name))

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Run, hold or switch off the thermostat's own schedule, or use a preset."""
        if self.device.presets:
            command = SetPreset(device_id=self._device_id, preset=preset_mode)
            await self.async_command(command)
            return
        schedule = Schedule(preset_mode)
        await self.async_command(
            SetSchedule(device_id=self._device_id, schedule=schedule)
        )

    def _mode_command(self, hvac_mode: HVACMode) -> SetMode:
        for mode in HUB_MODES.get(hvac_mode, ()):
            if mode in self.device.modes:
                return SetMode(device_id=self._device_id, mode=mode)
        raise self._refuse("mode_not_there", mode=str(hvac_mode))

    def _refuse(self, key: str, **placeholders: str) -> ServiceValidationError:
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"device": self.device.name, **placeholders},
        )
