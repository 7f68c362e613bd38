"""Sensors that show how the talk with a hub goes; off until somebody wants them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import HouseConfigEntry, HouseCoordinator
from .registry import HUB_ID, hub_part_id, unique_id

# These change with each read; nobody needs each change.
INTERVAL = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class HubSensorDescription(SensorEntityDescription):
    """A fact about the talk with a hub."""

    value: Callable[[HouseCoordinator], float | datetime | None]


def _response_time(coordinator: HouseCoordinator) -> float | None:
    seconds = coordinator.timing.response_time
    return None if seconds is None else round(seconds * 1000)


def _read_interval(coordinator: HouseCoordinator) -> float | None:
    if coordinator.config_entry.pref_disable_polling:
        return None
    return round(coordinator.read_interval)


SENSORS = (
    HubSensorDescription(
        key="response_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MILLISECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        value=_response_time,
    ),
    HubSensorDescription(
        key="read_interval",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        value=_read_interval,
    ),
    HubSensorDescription(
        key="last_push",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda coordinator: coordinator.last_push_at,
    ),
)


@callback
def async_add_hub_sensors(
    entry: HouseConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add what there is to show of any hub."""
    coordinator = entry.runtime_data
    async_add_entities(HubSensor(coordinator, sensor) for sensor in SENSORS)


class HubSensor(CoordinatorEntity[HouseCoordinator], SensorEntity):
    """A fact about the talk with a hub."""

    entity_description: HubSensorDescription
    _attr_has_entity_name = True
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    def __init__(
        self, coordinator: HouseCoordinator, description: HubSensorDescription
    ) -> None:
        """Take what is shown; the coordinator reports outages alone."""
        super().__init__(coordinator, context=HUB_ID)
        self.entity_description = description
        self._attr_translation_key = description.key
        entry = coordinator.config_entry
        self._attr_unique_id = unique_id(entry, hub_part_id(description.key))
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, unique_id(entry, HUB_ID))}
        )

    @property
    @override
    def native_value(self) -> float | datetime | None:
        """Return the fact as it is now."""
        return self.entity_description.value(self.coordinator)

    @override
    async def async_added_to_hass(self) -> None:
        """Show now and then what has changed."""
        await super().async_added_to_hass()

        @callback
        def show(_now: datetime) -> None:
            self.async_write_ha_state()

        self.async_on_remove(async_track_time_interval(self.hass, show, INTERVAL))
