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
