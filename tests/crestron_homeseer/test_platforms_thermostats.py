"""Thermostats of a processor."""

from homeassistant.components.climate import HVACMode
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import House, Thermostat

from .common import Advance, act, posts, state

pytestmark = pytest.mark.usefixtures("loaded")

COOLING = "climate.living_room_main_floor"
AUTO = "climate.master_bedroom_master_bedroom_thermostat"
OFF = "climate.guest_bedroom_guest_wing"


async def test_a_single_set_point(
    hass: HomeAssistant, house: House, advance: Advance, processor: CrestronProcessor
) -> None:
    assert state(hass, COOLING).state == HVACMode.COOL
    processor.requests.clear()
    await act(hass, "climate", "set_temperature", COOLING, temperature=23.0)
    (sent,) = [item for item in processor.requests if item.method == "POST"]
    assert sent.body["setpoints"] == [{"type": "Cool", "temperature": 734}]
    await advance(15)
    assert state(hass, COOLING).attributes["temperature"] == pytest.approx(
        23.0, abs=0.1
    )


async def test_a_range_of_set_points(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    assert state(hass, AUTO).state == HVACMode.HEAT_COOL
    assert state(hass, AUTO).attributes["temperature"] is None
    await act(
        hass,
        "climate",
        "set_temperature",
        AUTO,
        target_temp_low=20,
        target_temp_high=25,
    )
    await advance(15)
    attributes = state(hass, AUTO).attributes
    assert attributes["target_temp_low"] == pytest.approx(20, abs=0.1)
    assert attributes["target_temp_high"] == pytest.approx(25, abs=0.1)
    thermostat = house.find("Master Bedroom Thermostat", Thermostat)
    assert thermostat.heat == pytest.approx(68.0)


async def test_the_mode_goes_before_the_set_point(
    hass: HomeAssistant, processor: CrestronProcessor, advance: Advance
) -> None:
    processor.requests.clear()
    await act(
        hass,
        "climate",
        "set_temperature",
        OFF,
        temperature=21,
        hvac_mode=HVACMode.HEAT,
    )
    assert posts(processor.requests) == ["thermostats/mode", "thermostats/SetPoint"]
    await advance(15)
    assert state(hass, OFF).state == HVACMode.HEAT
    assert state(hass, OFF).attributes["temperature"] == pytest.approx(21, abs=0.1)


async def test_a_set_point_while_off_is_refused(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", OFF, temperature=21)
    assert caught.value.translation_key == "no_set_point"
    assert posts(processor.requests) == []


async def test_a_range_outside_automatic_mode_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(
            hass,
            "climate",
            "set_temperature",
            AUTO,
            hvac_mode=HVACMode.HEAT,
            target_temp_low=20,
            target_temp_high=25,
        )
    assert caught.value.translation_key == "no_range"


async def test_a_single_temperature_in_a_range_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", AUTO, temperature=21)
    assert caught.value.translation_key == "no_set_point"


async def test_a_temperature_beyond_the_set_points_own_limits_is_refused(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    processor.requests.clear()
    # Heating would go so low, cooling does not.
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "climate", "set_temperature", COOLING, temperature=8)
    assert caught.value.translation_key == "temperature_out_of_range"
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_temperature", COOLING, temperature=80)
    assert posts(processor.requests) == []


@pytest.mark.parametrize("mode", [HVACMode.OFF, HVACMode.HEAT, HVACMode.COOL])
async def test_modes(hass: HomeAssistant, advance: Advance, mode: HVACMode) -> None:
    await act(hass, "climate", "set_hvac_mode", AUTO, hvac_mode=mode)
    assert state(hass, AUTO).state == mode
    await advance(15)
    assert state(hass, AUTO).state == mode


async def test_on_and_off(hass: HomeAssistant, advance: Advance) -> None:
    await act(hass, "climate", "turn_off", COOLING)
    await advance(15)
    assert state(hass, COOLING).state == HVACMode.OFF
    assert state(hass, COOLING).attributes["temperature"] is None
    await act(hass, "climate", "turn_on", COOLING)
    await advance(15)
    assert state(hass, COOLING).state == HVACMode.HEAT_COOL


async def test_fan_modes_and_schedule(
    hass: HomeAssistant, house: House, advance: Advance
) -> None:
    await act(hass, "climate", "set_fan_mode", COOLING, fan_mode="on")
    await act(hass, "climate", "set_preset_mode", COOLING, preset_mode="hold")
    assert state(hass, COOLING).attributes["fan_mode"] == "on"
    assert state(hass, COOLING).attributes["preset_mode"] == "hold"
    await advance(15)
    assert state(hass, COOLING).attributes["fan_mode"] == "on"
    assert state(hass, COOLING).attributes["preset_mode"] == "hold"
    thermostat = house.find("Main Floor", Thermostat)
    assert (thermostat.fan_mode, thermostat.schedule) == ("On", "hold")
