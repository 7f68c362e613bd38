"""Sensors and alarm systems of a processor."""

from homeassistant.components.alarm_control_panel import AlarmControlPanelState
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import House, SecurityPanel, Sensor

from .common import Advance, act, posts, state, texts

pytestmark = pytest.mark.usefixtures("loaded")

ALARM = "alarm_control_panel.hallway_alarm_panel"


# Sensors


@pytest.mark.parametrize(
    ("name", "entity_id", "device_class"),
    [
        ("Kitchen Occupancy", "binary_sensor.kitchen_kitchen_occupancy", "occupancy"),
        ("Terrace Slider", "binary_sensor.terrace_terrace_slider", "door"),
        ("Front Door Contact", "binary_sensor.hallway_front_door_contact", "door"),
        ("Office Window", "binary_sensor.office_office_window", "window"),
        ("Doorbell", "binary_sensor.hallway_doorbell", None),
        ("Driveway", "binary_sensor.garage_driveway", "motion"),
        ("Burglary", "binary_sensor.hallway_burglary", "safety"),
        ("Fire", "binary_sensor.theater_fire", "heat"),
        ("Smoke", "binary_sensor.kids_room_smoke", "smoke"),
        ("Leak", "binary_sensor.master_bath_leak", "moisture"),
    ],
)
async def test_two_state_sensors(
    hass: HomeAssistant,
    house: House,
    advance: Advance,
    name: str,
    entity_id: str,
    device_class: str | None,
) -> None:
    assert state(hass, entity_id).attributes.get("device_class") == device_class
    for presence, shown in ((True, "on"), (None, STATE_UNKNOWN), (False, "off")):
        house.find(name, Sensor).presence = presence
        await advance(7)
        assert state(hass, entity_id).state == shown


async def test_a_low_battery_is_a_sensor_of_the_same_device(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    battery = "binary_sensor.terrace_terrace_slider_battery"
    assert state(hass, battery).state == "on"
    assert state(hass, battery).name == "Terrace Slider Battery"
    assert state(hass, battery).attributes["device_class"] == "battery"
    house.find("Terrace Slider", Sensor).battery_low = False
    await advance(7)
    assert state(hass, battery).state == "off"


async def test_a_photocell_has_no_unit_that_it_does_not_have(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    house.find("Daylight", Sensor).level = 1234
    await advance(7)
    daylight = state(hass, "sensor.living_room_daylight")
    assert daylight.state == "1234"
    assert "unit_of_measurement" not in daylight.attributes
    assert "device_class" not in daylight.attributes


# Alarm


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("ArmStay", AlarmControlPanelState.ARMED_HOME),
        ("ArmAway", AlarmControlPanelState.ARMED_AWAY),
        ("ArmInstant", AlarmControlPanelState.ARMED_NIGHT),
        ("EntryDelay", AlarmControlPanelState.PENDING),
        ("ExitDelay", AlarmControlPanelState.ARMING),
        ("Fire", AlarmControlPanelState.TRIGGERED),
        ("Alarm", AlarmControlPanelState.TRIGGERED),
        ("Unknown", STATE_UNKNOWN),
    ],
)
async def test_the_alarm_is_shown(
    hass: HomeAssistant, house: House, advance: Advance, said: str, shown: str
) -> None:
    house.find("Alarm Panel", SecurityPanel).state = said
    await advance(7)
    assert state(hass, ALARM).state == shown


async def test_the_alarm_offers_nothing_that_it_cannot_do(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    assert state(hass, ALARM).attributes["supported_features"] == 0
    processor.requests.clear()
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "alarm_control_panel", "alarm_disarm", ALARM)
    assert caught.value.translation_key == "alarm_read_only"
    assert posts(processor.requests) == []


def test_what_is_refused_has_a_text() -> None:
    messages = texts("exceptions")
    assert {"no_set_point", "no_range", "no_such_source"} <= set(messages)
