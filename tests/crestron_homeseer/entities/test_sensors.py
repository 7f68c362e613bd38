"""What sensors and detectors show."""

from typing import Any

from homeassistant.components.sensor import DEVICE_CLASS_UNITS, SensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.crestron_homeseer.house.devices import (
    Detector,
    DetectorKind,
    Sensor,
    SensorKind,
)

from .common import Changed, Facts, Shown, Start, check_shown

# Home Assistant's class of what it calls otherwise, or has no class for.
OTHER_SENSORS: dict[str, str | None] = {
    "air quality index": "aqi",
    "flow": "volume_flow_rate",
    "pm2.5": "pm25",
    "signal": "signal_strength",
    "sound": "sound_pressure",
    "volume": "volume_storage",
} | dict.fromkeys(("photocell", "ultraviolet", "number", "text", "unknown"))
OTHER_DETECTORS: dict[str, str | None] = {
    "driveway": "motion",
    "burglary": "safety",
    "fire": "heat",
    "water": "moisture",
    "battery low": "battery",
    "charging": "battery_charging",
} | dict.fromkeys(("doorbell", "scene", "unknown"))
TOTALS = {"energy", "gas", "water"}


def named(kind: str) -> str:
    return kind.replace(" ", "_")


def sensor(kind: str, unit: str | None, value: float | str | None) -> Sensor:
    return Sensor(id="1", name="It", kind=SensorKind(kind), value=value, unit=unit)


def seen(
    state: str,
    device_class: str | None,
    unit: str | None = None,
    state_class: str | None = "measurement",
) -> dict[str, Any]:
    return {
        "state": state,
        "device_class": device_class,
        "state_class": state_class,
        "unit_of_measurement": unit,
    }


def rows() -> Shown:
    """Return a sensor of each kind, in a unit that Home Assistant has for it."""
    found: list[tuple[Sensor, Facts]] = []
    for kind in SensorKind:
        name = OTHER_SENSORS.get(kind, named(kind))
        units = DEVICE_CLASS_UNITS.get(SensorDeviceClass(name or "date"), set())
        unit = min((str(each) for each in units if each), default=None)
        expected: Facts = {"device_class": name}
        if kind is not SensorKind.TEXT:
            expected["state_class"] = (
                "total_increasing"
                if kind in TOTALS
                else "measurement_angle"
                if kind is SensorKind.WIND_DIRECTION
                else "measurement"
            )
        found.append((sensor(kind, unit, 2.0), expected))
    return found


SHOWN: Shown = [
    *rows(),
    (sensor("temperature", "°C", 21.5), seen("21.5", "temperature", "°C")),
    (sensor("temperature", "°F", 68.0), seen("20.0", "temperature", "°C")),
    # Without one of its units it is a number alone.
    (sensor("temperature", None, 68.0), seen("68", None)),
    (sensor("illuminance", "%", 12.0), seen("12", None, "%")),
    (sensor("power", "horses", 2.0), seen("2", None, "horses")),
    (sensor("power", "kW", 1.5), seen("1.5", "power", "kW")),
    (sensor("number", "rpm", 1.25), seen("1.25", None, "rpm")),
    (sensor("number", None, -1.0), seen("-1", None)),
    # A meter that runs both ways is seen by its first value below nought.
    (sensor("energy", "kWh", -9.5), seen("-9.5", "energy", "kWh", "total")),
    (
        sensor("energy", "pulses", 9.0),
        seen("9", None, "pulses", "total_increasing"),
    ),
    *(
        (sensor("text", unit, value), seen(text, None, None, None))
        for unit, value, text in (
            ("%", "80 percent", "80 percent"),
            (None, 5.0, "5"),
            (None, "007", "007"),
            (None, "x" * 300, "x" * 255),
            (None, None, "unknown"),
        )
    ),
    # A word or no number where there should be a number.
    (sensor("temperature", "°C", "warm"), seen("unknown", "temperature", "°C")),
    *(
        (sensor("power", "W", value), seen("unknown", "power", "W"))
        for value in (float("nan"), float("inf"), None)
    ),
]
DETECTORS: Shown = [
    (
        Detector(id="1", name="It", kind=kind, on=on),
        {"state": state, "device_class": OTHER_DETECTORS.get(kind, named(kind))},
    )
    for kind in DetectorKind
    for on, state in ((True, "on"), (False, "off"), (None, "unknown"))
]
CHANGED: Changed = [
    (
        sensor("temperature", "°C", 20.0),
        {"value": 77.0, "unit": "°F"},
        seen("25.0", "temperature", "°C"),
    ),
    (
        sensor("temperature", "°C", 20.0),
        {"value": 3.0, "unit": "thing"},
        seen("3", None, "thing"),
    ),
    # It may be learned what it measures, and that a meter runs both ways.
    (
        sensor("text", None, None),
        {"kind": SensorKind.TEMPERATURE, "value": 20.0, "unit": "°C"},
        seen("20", "temperature", "°C"),
    ),
    (
        sensor("energy", "kWh", -9.5),
        {"value": 9.5},
        seen("9.5", "energy", "kWh", "total"),
    ),
]


async def test_what_is_shown(hass: HomeAssistant, start: Start) -> None:
    await check_shown(hass, start, SHOWN)


async def test_detectors_are_told_apart(hass: HomeAssistant, start: Start) -> None:
    await check_shown(hass, start, DETECTORS)


async def test_what_tells_of_a_device_is_no_main_matter(
    hass: HomeAssistant, start: Start, entity_registry: er.EntityRegistry
) -> None:
    await start(
        Sensor(id="1", name="Battery", kind=SensorKind.BATTERY, value=8.0, unit="%"),
        Sensor(id="2", name="Load", kind=SensorKind.POWER, value=8.0, unit="W"),
        *(
            Detector(id=kind, name=kind, kind=kind, on=True)
            for kind in (DetectorKind.TAMPER, DetectorKind.PROBLEM, DetectorKind.SMOKE)
        ),
    )
    aside = {
        each.entity_id
        for each in entity_registry.entities.values()
        if each.entity_category is EntityCategory.DIAGNOSTIC
        and each.disabled_by is None
    }
    assert aside == {"sensor.battery", "binary_sensor.tamper", "binary_sensor.problem"}
