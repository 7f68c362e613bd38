"""Support for alarm systems."""

from typing import override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelState,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import HouseConfigEntry
from .entity import HouseEntity, async_add_devices
from .house.devices import AlarmPanel, AlarmState

# Only read here, by the coordinator.
PARALLEL_UPDATES = 0

STATES = {
    AlarmState.DISARMED: AlarmControlPanelState.DISARMED,
    AlarmState.ARMED_HOME: AlarmControlPanelState.ARMED_HOME,
    AlarmState.ARMED_AWAY: AlarmControlPanelState.ARMED_AWAY,
    # Armed at home without the time to walk in: what people do at night.
    AlarmState.ARMED_INSTANT: AlarmControlPanelState.ARMED_NIGHT,
    AlarmState.ARMING: AlarmControlPanelState.ARMING,
    AlarmState.PENDING: AlarmControlPanelState.PENDING,
    AlarmState.TRIGGERED: AlarmControlPanelState.TRIGGERED,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up alarm systems."""
    async_add_devices(entry, async_add_entities, {AlarmPanel: HouseAlarmPanel})


class HouseAlarmPanel(HouseEntity[AlarmPanel], AlarmControlPanelEntity):
    """An alarm system that can be read, and not armed."""

    _attr_code_arm_required = False

    @property
    @override
    def alarm_state(self) -> AlarmControlPanelState | None:
        """Return what the alarm system reports."""
        return STATES.get(self.device.state)

    @override
    async def async_alarm_disarm(self, code: str | None = None) -> None:
        """Refuse: Home Assistant offers disarming whatever a panel can do."""
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="alarm_read_only",
            translation_placeholders={"device": self.device.name},
        )
