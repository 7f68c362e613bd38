"""Support for alarm systems."""

from typing import override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelEntityFeature,
    AlarmControlPanelState,
    CodeFormat,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_ALARM_CODE, DOMAIN
from .coordinator import HouseConfigEntry, HouseCoordinator
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
    whatever it is told.
    """

    def __init__(self, coordinator: HouseCoordinator, device: AlarmPanel) -> None:
        """Take over what can be asked for, and the code that it takes."""
        self._option = coordinator.config_entry.options.get(CONF_ALARM_CODE) or None
        super().__init__(coordinator, device)

    @override
    def _take(self, device: AlarmPanel) -> None:
        super()._take(device)
        self._attr_supported_features = AlarmControlPanelEntityFeature(0)
        for mode in device.arm_modes:
            self._attr_supported_features |= FEATURES.get(
                mode, AlarmControlPanelEntityFeature(0)
            )
        controllable = device.arm_modes or device.can_disarm
        self._code = self._option if controllable else None
        self._attr_code_arm_required = self._code is not None
        if self._code is not None:
            digits = self._code.isascii() and self._code.isdigit()
            self._attr_code_format = CodeFormat.NUMBER if digits else CodeFormat.TEXT

    @property
    @override
    def alarm_state(self) -> AlarmControlPanelState | None:
        """Return what the alarm system reports."""
        return STATES.get(self.device.state)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """Return what the alarm system says in its own word: fire is no break-in."""
        return {"panel_state": self.device.word}

    @override
    async def async_alarm_disarm(self, code: str | None = None) -> None:
        """Disarm, where the alarm system can be: Home Assistant offers it always."""
        if not self.device.can_disarm:
            raise self._refuse("alarm_read_only")
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
            raise self._refuse("alarm_wrong_code")
        await self.async_command(Arm(device_id=self._device_id, mode=mode))

    def _refuse(self, key: str) -> ServiceValidationError:
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"device": self.device.name},
        )
