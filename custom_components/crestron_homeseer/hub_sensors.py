"""Sensors that tell how the talk with a hub goes; off until somebody wants them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
import time
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
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import HouseConfigEntry, HouseCoordinator
from .registry import HUB_ID, hub_part_id, unique_id

# A value that differs by such a part is told at once, any other once a minute.
TELLING = 0.2
OFTEN = 60.0

type Value = float | datetime | None


@dataclass(frozen=True, kw_only=True)
class HubSensorDescription(SensorEntityDescription):
    """A fact about the talk with a hub."""

    value: Callable[[HouseCoordinator], Value]


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
    """Add what there is to tell of any hub."""
    coordinator = entry.runtime_data
    async_add_entities(HubSensor(coordinator, sensor) for sensor in SENSORS)


class HubSensor(CoordinatorEntity[HouseCoordinator], SensorEntity):
    """A fact about the talk with a hub, which is seldom worth a write."""

    entity_description: HubSensorDescription
    _attr_has_entity_name = True
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    def __init__(
        self, coordinator: HouseCoordinator, description: HubSensorDescription
    ) -> None:
        """Take what is told."""
        super().__init__(coordinator)
        self.entity_description = description
        self._attr_translation_key = description.key
        entry = coordinator.config_entry
        self._attr_unique_id = unique_id(entry, hub_part_id(description.key))
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, unique_id(entry, HUB_ID))}
        )
        self._attr_native_value = description.value(coordinator)
        self._written_at = time.monotonic()
        self._was_available = True

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write where the hub went away or came back; the rest is heard otherwise."""
        if self.available is not self._was_available:
            self._was_available = self.available
            self.async_write_ha_state()

    @override
    async def async_added_to_hass(self) -> None:
        """Hear of each read and each push."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_on_news(self._async_hear))

    @callback
    def _async_hear(self) -> None:
        value = self.entity_description.value(self.coordinator)
        now = time.monotonic()
        last = self._attr_native_value
        if value == last or (
            now < self._written_at + OFTEN and not _tells(last, value)
        ):
            return
        self._attr_native_value = value
        self._written_at = now
        self.async_write_ha_state()


def _tells(last: object, value: Value) -> bool:
    """Return whether a value is worth a write at once."""
    if isinstance(last, int | float) and isinstance(value, int | float):
        return abs(value - last) > TELLING * max(abs(last), 1.0)
    return last is None or value is None
