"""Support for alarm systems."""

from typing import override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelEntityFeature,
    AlarmControlPanelState,
    CodeFormat,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_ALARM_CODE
from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.commands import Arm
from .house.devices import AlarmPanel
from .house.kinds import AlarmState, ArmMode

# The hub's own queue sends what comes together as one; nothing is to wait here.
PARALLEL_UPDATES = 0

STATES = {
    AlarmState.DISARMED: AlarmControlPanelState.DISARMED,
    AlarmState.ARMED_HOME: AlarmControlPanelState.ARMED_HOME,
    AlarmState.ARMED_AWAY: AlarmControlPanelState.ARMED_AWAY,
    # Armed at home without the time to walk in: what people do at night.
    AlarmState.ARMED_INSTANT: AlarmControlPanelState.ARMED_NIGHT,
    AlarmState.ARMED_VACATION: AlarmControlPanelState.ARMED_VACATION,
    AlarmState.ARMING: AlarmControlPanelState.ARMING,
    AlarmState.PENDING: AlarmControlPanelState.PENDING,
    AlarmState.TRIGGERED: AlarmControlPanelState.TRIGGERED,
}
FEATURES = {
    ArmMode.HOME: AlarmControlPanelEntityFeature.ARM_HOME,
    ArmMode.AWAY: AlarmControlPanelEntityFeature.ARM_AWAY,
    ArmMode.NIGHT: AlarmControlPanelEntityFeature.ARM_NIGHT,
    ArmMode.VACATION: AlarmControlPanelEntityFeature.ARM_VACATION,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up alarm systems."""
    await async_add_devices(entry, async_add_entities, {AlarmPanel: HouseAlarmPanel})


class HouseAlarmPanel(HouseEntity[AlarmPanel], AlarmControlPanelEntity):
    """An alarm system; what it cannot be asked for is not offered.

    The code is Home Assistant's own, kept in the entry's options: the hub takes
    whatever it is sent.
    """

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        self._attr_alarm_state = STATES.get(device.state)
        # What the alarm system says in its own words: a fire is no break-in.
        self._attr_extra_state_attributes = {"panel_state": device.word}
        self._attr_supported_features = AlarmControlPanelEntityFeature(0)
        for mode in device.arm_modes:
            self._attr_supported_features |= FEATURES.get(
                mode, AlarmControlPanelEntityFeature(0)
            )
        controllable = device.arm_modes or device.can_disarm
        options = self.coordinator.config_entry.options
        self._code = (options.get(CONF_ALARM_CODE) or None) if controllable else None
        self._attr_code_arm_required = self._code is not None
        if self._code is not None:
            digits = self._code.isascii() and self._code.isdigit()
            self._attr_code_format = CodeFormat.NUMBER if digits else CodeFormat.TEXT

    @override
    async def async_alarm_disarm(self, code: str | None = None) -> None:
        """Disarm, where the alarm system can be: Home Assistant offers it always."""
        if not self.device.can_disarm:
            raise self.invalid("alarm_read_only")
        await self._async_arm(None, code)

    @override
    async def async_alarm_arm_home(self, code: str | None = None) -> None:
        """Arm with people at home."""
        await self._async_arm(ArmMode.HOME, code)

    @override
    async def async_alarm_arm_away(self, code: str | None = None) -> None:
        """Arm with nobody at home."""
        await self._async_arm(ArmMode.AWAY, code)

    @override
    async def async_alarm_arm_night(self, code: str | None = None) -> None:
        """Arm for the night."""
        await self._async_arm(ArmMode.NIGHT, code)

    @override
    async def async_alarm_arm_vacation(self, code: str | None = None) -> None:
        """Arm for a long absence."""
        await self._async_arm(ArmMode.VACATION, code)

    async def _async_arm(self, mode: ArmMode | None, code: str | None) -> None:
        if self._code is not None and code != self._code:
            raise self.invalid("alarm_wrong_code")
        await self.async_command(Arm(device_id=self.device.id, mode=mode))
