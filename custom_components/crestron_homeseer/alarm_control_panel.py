"""Support for alarm systems."""

from collections.abc import Callable, Coroutine
from typing import Any, override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelEntityFeature,
    AlarmControlPanelState,
    CodeFormat,
)

from .const import CONF_ALARM_CODE
from .entity import HouseEntity, matching, offered, setting_up
from .house.commands import Arm
from .house.devices import AlarmPanel
from .house.kinds import AlarmState, ArmMode

PARALLEL_UPDATES = 0

STATES = matching(
    AlarmState,
    AlarmControlPanelState,
    # Armed at home without the time to walk in: what people do at night.
    {AlarmState.ARMED_INSTANT: AlarmControlPanelState.ARMED_NIGHT},
)
FEATURES = {
    AlarmControlPanelEntityFeature.ARM_HOME: ArmMode.HOME,
    AlarmControlPanelEntityFeature.ARM_AWAY: ArmMode.AWAY,
    AlarmControlPanelEntityFeature.ARM_NIGHT: ArmMode.NIGHT,
    AlarmControlPanelEntityFeature.ARM_VACATION: ArmMode.VACATION,
}


def _arming(mode: ArmMode | None) -> Callable[..., Coroutine[Any, Any, None]]:
    """Return an entity's method that arms in a mode, or disarms."""

    async def arm(self: HouseAlarmPanel, code: str | None = None) -> None:
        await self.async_arm(mode, code)

    return arm


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
        self._attr_supported_features = offered(
            {feature: mode in device.arm_modes for feature, mode in FEATURES.items()}
        )
        controllable = device.arm_modes or device.can_disarm
        options = self.coordinator.config_entry.options
        self._code = (options.get(CONF_ALARM_CODE) or None) if controllable else None
        self._attr_code_arm_required = self._code is not None
        if self._code is not None:
            digits = self._code.isascii() and self._code.isdigit()
            self._attr_code_format = CodeFormat.NUMBER if digits else CodeFormat.TEXT

    async def async_arm(self, mode: ArmMode | None, code: str | None) -> None:
        """Arm in a mode, or disarm where the alarm system can be.

        Home Assistant offers to disarm always.
        """
        if mode is None and not self.device.can_disarm:
            raise self.invalid("alarm_read_only")
        if self._code is not None and code != self._code:
            raise self.invalid("alarm_wrong_code")
        await self.async_command(Arm(device_id=self.device.id, mode=mode))

    async_alarm_disarm = _arming(None)
    async_alarm_arm_home = _arming(ArmMode.HOME)
    async_alarm_arm_away = _arming(ArmMode.AWAY)
    async_alarm_arm_night = _arming(ArmMode.NIGHT)
    async_alarm_arm_vacation = _arming(ArmMode.VACATION)


async_setup_entry = setting_up(AlarmPanel, HouseAlarmPanel)
