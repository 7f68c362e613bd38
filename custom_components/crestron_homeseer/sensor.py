"""Support for sensors with a reading."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from operator import attrgetter
from typing import Final, override

from homeassistant.components.sensor import (
    DEVICE_CLASS_UNITS,
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import MAX_LENGTH_STATE_STATE, EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import HouseConfigEntry, HouseCoordinator
from .entity import HouseEntity, async_add_devices, matching
from .house.devices import Sensor
from .house.kinds import SensorKind
from .registry import HUB_ID, unique_id

PARALLEL_UPDATES = 0

DEVICE_CLASSES = matching(
    SensorKind,
    SensorDeviceClass,
    {
        SensorKind.AIR_QUALITY: SensorDeviceClass.AQI,
        SensorKind.CARBON_DIOXIDE: SensorDeviceClass.CO2,
        SensorKind.CARBON_MONOXIDE: SensorDeviceClass.CO,
        SensorKind.FLOW: SensorDeviceClass.VOLUME_FLOW_RATE,
        SensorKind.SIGNAL: SensorDeviceClass.SIGNAL_STRENGTH,
        SensorKind.SOUND: SensorDeviceClass.SOUND_PRESSURE,
        SensorKind.VOC: SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS,
        SensorKind.VOC_PARTS: SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS_PARTS,
        SensorKind.VOLUME: SensorDeviceClass.VOLUME_STORAGE,
    },
)
STATE_CLASSES = {
    SensorKind.ENERGY: SensorStateClass.TOTAL_INCREASING,
    SensorKind.GAS: SensorStateClass.TOTAL_INCREASING,
    SensorKind.WATER: SensorStateClass.TOTAL_INCREASING,
    SensorKind.WIND_DIRECTION: SensorStateClass.MEASUREMENT_ANGLE,
    SensorKind.TEXT: None,
}
# What no device class describes has an icon of its own.
TRANSLATION_KEYS = {
    SensorKind.PHOTOCELL: "photocell",
    SensorKind.ULTRAVIOLET: "ultraviolet",
    SensorKind.TEXT: "text",
}


@dataclass(frozen=True, kw_only=True)
class HubSensorDescription(SensorEntityDescription):
    """How the talk with a hub goes; off until somebody wants to know."""

    entity_category: EntityCategory | None = EntityCategory.DIAGNOSTIC
    entity_registry_enabled_default: bool = False
    value: Callable[[HouseCoordinator], float | datetime | None]


def _interval(coordinator: HouseCoordinator) -> int | None:
    polled = not coordinator.config_entry.pref_disable_polling
    return round(coordinator.read_interval) if polled else None


HUB_SENSORS: Final = (
    HubSensorDescription(
        key="response_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MILLISECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda hub: (time := hub.timing.response_time) and round(time * 1000),
    ),
    HubSensorDescription(
        key="read_interval",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        value=_interval,
    ),
    HubSensorDescription(
        key="last_push",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=attrgetter("last_push_at"),
    ),
)
# These change with each read; nobody needs each change.
HUB_INTERVAL = timedelta(seconds=30)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up sensors with a reading."""
    async_add_entities(HubSensor(entry.runtime_data, each) for each in HUB_SENSORS)
    await async_add_devices(entry, async_add_entities, Sensor, HouseSensor)


class HouseSensor(HouseEntity[Sensor], SensorEntity):
    """A sensor with a reading; it has a unit only where the hub gives one."""

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        device = self.device
        if device.kind is SensorKind.BATTERY:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC
        if key := TRANSLATION_KEYS.get(device.kind):
            self._attr_translation_key = key
        found = STATE_CLASSES.get(device.kind, SensorStateClass.MEASUREMENT)
        if found is SensorStateClass.TOTAL_INCREASING and self._falls(device):
            found = SensorStateClass.TOTAL
        self._attr_state_class = found
        # What has a unit would have to be a number.
        self._attr_native_unit_of_measurement = None if found is None else device.unit
        # A device class only where the unit is one of its units.
        kind = DEVICE_CLASSES.get(device.kind)
        fits = kind and device.unit in DEVICE_CLASS_UNITS.get(kind, (None,))
        self._attr_device_class = kind if fits else None
        self._attr_native_value = self._value(device)

    def _falls(self, device: Sensor) -> bool:
        """Return whether a meter was ever seen below nought: it runs both ways."""
        below = isinstance(device.value, float) and device.value < 0
        return below or self.state_class is SensorStateClass.TOTAL

    def _value(self, device: Sensor) -> float | str | None:
        """Return the reading; None for a word where there should be a number."""
        value = device.value
        if isinstance(value, str):
            # Home Assistant has no room for longer ones.
            return value[:MAX_LENGTH_STATE_STATE] if self.state_class is None else None
        if value is None or not isfinite(value):
            return None
        return int(value) if value % 1 == 0 else value


class HubSensor(CoordinatorEntity[HouseCoordinator], SensorEntity):
    """A fact about the talk with a hub."""

    _attr_has_entity_name = True
    entity_description: HubSensorDescription

    def __init__(
        self, coordinator: HouseCoordinator, description: HubSensorDescription
    ) -> None:
        """Take what is shown; the coordinator reports outages alone."""
        super().__init__(coordinator, context=HUB_ID)
        self.entity_description = description
        self._attr_translation_key = description.key
        entry = coordinator.config_entry
        self._attr_unique_id = unique_id(entry, f"{HUB_ID}:{description.key}")
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

        self.async_on_remove(async_track_time_interval(self.hass, show, HUB_INTERVAL))
