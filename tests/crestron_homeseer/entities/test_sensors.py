"""What sensors and detectors show."""

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.crestron_homeseer.house.devices import (
    Detector,
    DetectorKind,
    Sensor,
    SensorKind,
)

from ..common import Advance, state
from ..memory import MemoryHub
from .common import A_READ, Start, shown


@pytest.mark.parametrize(
    ("kind", "unit", "value", "seen", "device_class", "state_class", "seen_unit"),
    [
        ("temperature", "°C", 21.5, "21.5", "temperature", "measurement", "°C"),
        ("temperature", "°F", 68.0, "20.0", "temperature", "measurement", "°C"),
        ("temperature", None, 68.0, "68", None, "measurement", None),
        ("humidity", "%", 40.0, "40", "humidity", "measurement", "%"),
        ("illuminance", "lx", 12.0, "12", "illuminance", "measurement", "lx"),
        ("illuminance", "%", 12.0, "12", None, "measurement", "%"),
        ("ultraviolet", None, 3.0, "3", None, "measurement", None),
        ("carbon dioxide", "ppm", 600.0, "600", "carbon_dioxide", "measurement", "ppm"),
        ("power", "W", 60.2, "60.2", "power", "measurement", "W"),
        ("power", "kW", 1.5, "1.5", "power", "measurement", "kW"),
        ("power", "horses", 2.0, "2", None, "measurement", "horses"),
        ("current", "A", 0.5, "0.5", "current", "measurement", "A"),
        ("voltage", "V", 230.0, "230", "voltage", "measurement", "V"),
        ("energy", "kWh", 9.25, "9.25", "energy", "total_increasing", "kWh"),
        ("energy", "kWh", -9.5, "-9.5", "energy", "total", "kWh"),
        ("energy", "Wh", 9.0, "9", "energy", "total_increasing", "Wh"),
        ("energy", "pulses", 9.0, "9", None, "total_increasing", "pulses"),
        ("battery", "%", 80.0, "80", "battery", "measurement", "%"),
        ("photocell", None, 1.0, "1", None, "measurement", None),
        ("number", "rpm", 1.25, "1.25", None, "measurement", "rpm"),
        ("number", None, -1.0, "-1", None, "measurement", None),
        ("unknown", None, 5.0, "5", None, "measurement", None),
        ("text", "%", "80 percent", "80 percent", None, None, None),
        ("text", None, 5.0, "5", None, None, None),
        ("text", None, "007", "007", None, None, None),
        ("text", None, "x" * 300, "x" * 255, None, None, None),
        ("air quality index", None, 2.0, "2", "aqi", "measurement", None),
        ("apparent power", "VA", 2.0, "2", "apparent_power", "measurement", "VA"),
        (
            "atmospheric pressure",
            "hPa",
            2.0,
            "2",
            "atmospheric_pressure",
            "measurement",
            "hPa",
        ),
        ("carbon monoxide", "ppm", 2.0, "2", "carbon_monoxide", "measurement", "ppm"),
        ("conductivity", "μS/cm", 2.0, "2", "conductivity", "measurement", "μS/cm"),
        ("data rate", "Mbit/s", 2.0, "2", "data_rate", "measurement", "Mbit/s"),
        ("data size", "GB", 2.0, "2", "data_size", "measurement", "GB"),
        ("distance", "m", 2.0, "2", "distance", "measurement", "m"),
        ("duration", "min", 2.0, "2", "duration", "measurement", "min"),
        ("flow", "L/min", 2.0, "2", "volume_flow_rate", "measurement", "L/min"),
        ("frequency", "Hz", 2.0, "2", "frequency", "measurement", "Hz"),
        ("gas", "m³", 2.0, "2", "gas", "total_increasing", "m³"),
        ("irradiance", "W/m²", 2.0, "2", "irradiance", "measurement", "W/m²"),
        ("moisture", "%", 2.0, "2", "moisture", "measurement", "%"),
        (
            "nitrogen dioxide",
            "μg/m³",
            2.0,
            "2",
            "nitrogen_dioxide",
            "measurement",
            "μg/m³",
        ),
        ("ozone", "μg/m³", 2.0, "2", "ozone", "measurement", "μg/m³"),
        ("ph", None, 2.0, "2", "ph", "measurement", None),
        ("pm1", "μg/m³", 2.0, "2", "pm1", "measurement", "μg/m³"),
        ("pm10", "μg/m³", 2.0, "2", "pm10", "measurement", "μg/m³"),
        ("pm2.5", "μg/m³", 2.0, "2", "pm25", "measurement", "μg/m³"),
        ("power factor", None, 2.0, "2", "power_factor", "measurement", None),
        ("precipitation", "mm", 2.0, "2", "precipitation", "measurement", "mm"),
        (
            "precipitation intensity",
            "mm/h",
            2.0,
            "2",
            "precipitation_intensity",
            "measurement",
            "mm/h",
        ),
        ("pressure", "bar", 2.0, "2", "pressure", "measurement", "bar"),
        ("reactive power", "var", 2.0, "2", "reactive_power", "measurement", "var"),
        ("signal", "dBm", 2.0, "2", "signal_strength", "measurement", "dBm"),
        ("sound", "dB", 2.0, "2", "sound_pressure", "measurement", "dB"),
        ("speed", "km/h", 2.0, "2", "speed", "measurement", "km/h"),
        (
            "sulphur dioxide",
            "μg/m³",
            2.0,
            "2",
            "sulphur_dioxide",
            "measurement",
            "μg/m³",
        ),
        (
            "volatile organic compounds",
            "μg/m³",
            2.0,
            "2",
            "volatile_organic_compounds",
            "measurement",
            "μg/m³",
        ),
        (
            "volatile organic compounds parts",
            "ppb",
            2.0,
            "2",
            "volatile_organic_compounds_parts",
            "measurement",
            "ppb",
        ),
        ("volume", "L", 2.0, "2", "volume_storage", "measurement", "L"),
        ("water", "m³", 2.0, "2", "water", "total_increasing", "m³"),
        ("weight", "kg", 2.0, "2", "weight", "measurement", "kg"),
        ("wind direction", "°", 2.0, "2", "wind_direction", "measurement_angle", "°"),
        ("wind speed", "km/h", 2.0, "2", "wind_speed", "measurement", "km/h"),
        # A word or no number where there should be a number.
        ("temperature", "°C", "warm", "unknown", "temperature", "measurement", "°C"),
        ("power", "W", float("nan"), "unknown", "power", "measurement", "W"),
        ("power", "W", float("inf"), "unknown", "power", "measurement", "W"),
        ("power", "W", None, "unknown", "power", "measurement", "W"),
        ("text", None, None, "unknown", None, None, None),
    ],
)
async def test_a_sensor(
    hass: HomeAssistant,
    start: Start,
    kind: str,
    unit: str | None,
    value: float | str | None,
    seen: str,
    device_class: str | None,
    state_class: str | None,
    seen_unit: str | None,
) -> None:
    await start(
        Sensor(id="1", name="It", kind=SensorKind(kind), value=value, unit=unit)
    )
    assert state(hass, "sensor.it").state == seen
    assert shown(hass, "sensor.it", "device_class") == device_class
    assert shown(hass, "sensor.it", "state_class") == state_class
    assert shown(hass, "sensor.it", "unit_of_measurement") == seen_unit


def test_each_kind_of_sensor_has_been_thought_of() -> None:
    (mark,) = test_a_sensor.pytestmark
    assert {row[0] for row in mark.args[1]} == set(SensorKind)


async def test_a_sensor_may_change_its_unit(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(
        Sensor(id="1", name="It", kind=SensorKind.TEMPERATURE, value=20.0, unit="°C")
    )
    hub.change("1", value=77.0, unit="°F")
    await advance(A_READ)
    assert state(hass, "sensor.it").state == "25.0"
    hub.change("1", value=3.0, unit="thing")
    await advance(A_READ)
    assert state(hass, "sensor.it").state == "3"
    assert shown(hass, "sensor.it", "device_class") is None


async def test_a_sensor_may_learn_what_it_measures(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(Sensor(id="1", name="It", kind=SensorKind.TEXT, value=None))
    assert shown(hass, "sensor.it", "state_class") is None
    hub.change("1", kind=SensorKind.TEMPERATURE, value=20.0, unit="°C")
    await advance(A_READ)
    assert state(hass, "sensor.it").state == "20"
    assert shown(hass, "sensor.it", "state_class") == "measurement"


async def test_a_battery_is_no_main_matter(
    hass: HomeAssistant, start: Start, entity_registry: er.EntityRegistry
) -> None:
    await start(
        Sensor(id="1", name="Battery", kind=SensorKind.BATTERY, value=8.0, unit="%"),
        Sensor(id="2", name="Load", kind=SensorKind.POWER, value=8.0, unit="W"),
    )
    categories = [
        entity_registry.entities[name].entity_category
        for name in ("sensor.battery", "sensor.load")
    ]
    assert categories == [EntityCategory.DIAGNOSTIC, None]


@pytest.mark.parametrize(
    ("kind", "device_class"),
    [
        (DetectorKind.OCCUPANCY, "occupancy"),
        (DetectorKind.MOTION, "motion"),
        (DetectorKind.DOOR, "door"),
        (DetectorKind.WINDOW, "window"),
        (DetectorKind.DOORBELL, None),
        (DetectorKind.DRIVEWAY, "motion"),
        (DetectorKind.BURGLARY, "safety"),
        (DetectorKind.FIRE, "heat"),
        (DetectorKind.SMOKE, "smoke"),
        (DetectorKind.WATER, "moisture"),
        (DetectorKind.CARBON_MONOXIDE, "carbon_monoxide"),
        (DetectorKind.GAS, "gas"),
        (DetectorKind.TAMPER, "tamper"),
        (DetectorKind.VIBRATION, "vibration"),
        (DetectorKind.PROBLEM, "problem"),
        (DetectorKind.BATTERY_LOW, "battery"),
        (DetectorKind.CHARGING, "battery_charging"),
        (DetectorKind.COLD, "cold"),
        (DetectorKind.CONNECTIVITY, "connectivity"),
        (DetectorKind.GARAGE_DOOR, "garage_door"),
        (DetectorKind.HEAT, "heat"),
        (DetectorKind.LIGHT, "light"),
        (DetectorKind.LOCK, "lock"),
        (DetectorKind.MOVING, "moving"),
        (DetectorKind.OPENING, "opening"),
        (DetectorKind.PLUG, "plug"),
        (DetectorKind.POWER, "power"),
        (DetectorKind.PRESENCE, "presence"),
        (DetectorKind.RUNNING, "running"),
        (DetectorKind.SAFETY, "safety"),
        (DetectorKind.SOUND, "sound"),
        (DetectorKind.UPDATE, "update"),
        (DetectorKind.UNKNOWN, None),
    ],
)
async def test_detectors_are_told_apart(
    hass: HomeAssistant, start: Start, kind: DetectorKind, device_class: str | None
) -> None:
    await start(Detector(id="1", name="Battery", kind=kind, on=True))
    (detector,) = hass.states.async_all("binary_sensor")
    assert detector.state == "on"
    assert detector.attributes.get("device_class") == device_class


def test_each_kind_of_detector_has_been_thought_of() -> None:
    (mark,) = test_detectors_are_told_apart.pytestmark
    # That the house matches a scene is named after it: see the scenes of a processor.
    kinds = {kind for kind, _ in mark.args[1]}
    assert kinds == set(DetectorKind) - {DetectorKind.SCENE}
