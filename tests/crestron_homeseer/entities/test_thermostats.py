"""What thermostats show, take and refuse."""

from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from homeassistant.components.climate import ClimateEntityFeature, HVACMode
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.crestron_homeseer.house.commands import (
    SetFanMode,
    SetMode,
    SetPoints,
    SetPreset,
)
from custom_components.crestron_homeseer.house.devices import (
    SetPoint,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, COOL, HEAT, OFF_HEAT, Start, refused, shown, thermostat

BOTH_WAYS = SetPoint(kind=SetPointKind.AUTO, value=22.0)


async def test_a_thermostat_with_little_to_it(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(thermostat())
    hall = state(hass, "climate.hall")
    assert hall.state == HVACMode.HEAT
    assert hall.attributes["temperature"] == 20.0
    assert hall.attributes["supported_features"] == (
        ClimateEntityFeature.TARGET_TEMPERATURE
        | ClimateEntityFeature.TURN_ON
        | ClimateEntityFeature.TURN_OFF
    )
    for missing in ("fan_modes", "preset_modes", "current_humidity", "hvac_action"):
        assert missing not in hall.attributes
    # Without limits of its own it has those of Home Assistant.
    assert hall.attributes["min_temp"] == 7
    assert hall.attributes["max_temp"] == 35
    await act(hass, "climate", "set_temperature", "climate.hall", temperature=23)
    assert hub.sent == [SetPoints(device_id="1", values=((SetPointKind.HEAT, 23.0),))]


@pytest.mark.parametrize(("low", "lowest"), [(50.0, 10.0), (None, 7.2)])
async def test_a_thermostat_may_be_switched_to_the_other_unit(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    low: float | None,
    lowest: float,
) -> None:
    await start(thermostat())
    hub.change(
        "1",
        unit=TemperatureUnit.FAHRENHEIT,
        temperature=77.0,
        set_points=(replace(HEAT, value=68.0, low=low),),
    )
    await advance(A_READ)
    assert shown(hass, "climate.hall", "current_temperature") == 25.0
    assert shown(hass, "climate.hall", "temperature") == 20.0
    assert shown(hass, "climate.hall", "min_temp") == lowest
    assert shown(hass, "climate.hall", "max_temp") == 35.0


@pytest.mark.parametrize(
    ("action", "mode", "seen"),
    [
        (ThermostatAction.HEATING, ThermostatMode.HEAT, "heating"),
        (ThermostatAction.COOLING, ThermostatMode.HEAT, "cooling"),
        (ThermostatAction.FAN, ThermostatMode.OFF, "fan"),
        (ThermostatAction.DRYING, ThermostatMode.DRY, "drying"),
        (ThermostatAction.DEFROSTING, ThermostatMode.HEAT, "defrosting"),
        (ThermostatAction.IDLE, ThermostatMode.HEAT, "idle"),
        (ThermostatAction.IDLE, ThermostatMode.OFF, "off"),
        (ThermostatAction.UNKNOWN, ThermostatMode.HEAT, None),
        (None, ThermostatMode.OFF, None),
    ],
)
async def test_what_a_thermostat_does_now(
    hass: HomeAssistant,
    start: Start,
    action: ThermostatAction | None,
    mode: ThermostatMode,
    seen: str | None,
) -> None:
    await start(thermostat(action=action, mode=mode, humidity=40.5))
    assert shown(hass, "climate.hall", "hvac_action") == seen
    assert shown(hass, "climate.hall", "current_humidity") == 40.5


@pytest.mark.parametrize(
    ("modes", "seen", "on"),
    [
        ((), [], None),
        ((ThermostatMode.OFF,), ["off"], None),
        ((ThermostatMode.HEAT,), ["heat"], None),
        ((ThermostatMode.UNKNOWN, *OFF_HEAT), ["off", "heat"], ThermostatMode.HEAT),
        (
            (ThermostatMode.OFF, ThermostatMode.COOL),
            ["off", "cool"],
            ThermostatMode.COOL,
        ),
        (
            (ThermostatMode.OFF, ThermostatMode.AUX_HEAT),
            ["off", "heat"],
            ThermostatMode.AUX_HEAT,
        ),
        (
            (*OFF_HEAT, ThermostatMode.AUX_HEAT),
            ["off", "heat"],
            ThermostatMode.HEAT,
        ),
        (
            (*OFF_HEAT, ThermostatMode.COOL, ThermostatMode.AUTO),
            ["off", "heat", "cool", "heat_cool"],
            ThermostatMode.AUTO,
        ),
    ],
)
async def test_odd_sets_of_modes(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    modes: tuple[ThermostatMode, ...],
    seen: list[str],
    on: ThermostatMode | None,
) -> None:
    await start(thermostat(modes=modes, mode=ThermostatMode.UNKNOWN, set_points=()))
    assert state(hass, "climate.hall").state == STATE_UNKNOWN
    assert shown(hass, "climate.hall", "hvac_modes") == seen
    features = shown(hass, "climate.hall", "supported_features")
    assert bool(features & ClimateEntityFeature.TURN_OFF) is ("off" in seen)
    assert bool(features & ClimateEntityFeature.TURN_ON) is (on is not None)
    assert not features & ClimateEntityFeature.TARGET_TEMPERATURE
    if on is not None:
        await act(hass, "climate", "turn_on", "climate.hall")
        assert hub.sent == [SetMode(device_id="1", mode=on)]


async def test_one_set_point_for_both_ways(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    modes = (ThermostatMode.AUTO, ThermostatMode.HEAT, ThermostatMode.COOL)
    await start(
        thermostat(modes=modes, mode=ThermostatMode.AUTO, set_points=(BOTH_WAYS,))
    )
    assert state(hass, "climate.hall").state == HVACMode.HEAT_COOL
    assert shown(hass, "climate.hall", "temperature") == 22.0
    assert shown(hass, "climate.hall", "target_temp_low") is None
    for mode in (HVACMode.COOL, HVACMode.HEAT_COOL):
        await act(
            hass,
            "climate",
            "set_temperature",
            "climate.hall",
            hvac_mode=mode,
            temperature=23,
        )
    kept = SetPoints(device_id="1", values=((SetPointKind.AUTO, 23.0),))
    assert hub.sent == [
        SetMode(device_id="1", mode=ThermostatMode.COOL),
        kept,
        SetMode(device_id="1", mode=ThermostatMode.AUTO),
        kept,
    ]


async def test_a_range(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    modes = (*OFF_HEAT, ThermostatMode.AUTO)
    await start(
        thermostat(modes=modes, mode=ThermostatMode.AUTO, set_points=(HEAT, COOL))
    )
    assert shown(hass, "climate.hall", "temperature") is None
    assert shown(hass, "climate.hall", "target_temp_low") == 20.0
    assert shown(hass, "climate.hall", "target_temp_high") == 25.0
    wanted = {"target_temp_low": 18, "target_temp_high": 28}
    await act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    values = ((SetPointKind.HEAT, 18.0), (SetPointKind.COOL, 28.0))
    assert hub.sent == [SetPoints(device_id="1", values=values)]
    hub.change("1", mode=ThermostatMode.HEAT)
    await advance(A_READ)
    setting = act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert await refused(setting) == "no_range"
    # A range that the hub no longer has is not offered, and refused by Home Assistant.
    hub.change("1", mode=ThermostatMode.AUTO, set_points=(COOL,))
    await advance(A_READ)
    assert shown(hass, "climate.hall", "target_temp_high") is None
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert len(hub.sent) == 1


async def test_a_mode_that_is_gone_is_refused(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(thermostat())
    hub.change("1", modes=(ThermostatMode.HEAT,))
    await advance(A_READ)
    assert shown(hass, "climate.hall", "hvac_modes") == [HVACMode.HEAT]
    with pytest.raises(ServiceValidationError):
        await act(hass, "climate", "set_hvac_mode", "climate.hall", hvac_mode="off")
    wanted = {"temperature": 20, "hvac_mode": "off"}
    doing = act(hass, "climate", "set_temperature", "climate.hall", **wanted)
    assert await refused(doing) == "mode_not_there"
    assert hub.sent == []


@pytest.mark.parametrize(
    ("low", "high", "value", "limits"),
    [
        (15.0, None, 14, ("15 °C", "35 °C")),
        (None, 30.0, 31, ("7 °C", "30 °C")),
        (15.5, 30.0, 31, ("15.5 °C", "30 °C")),
    ],
)
async def test_a_set_points_own_limits(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    low: float | None,
    high: float | None,
    value: float,
    limits: tuple[str, str],
) -> None:
    heat = replace(HEAT, low=low, high=high)
    # Another one's wider limits are those that Home Assistant knows.
    cool = replace(COOL, low=low and 5.0, high=high and 40.0)
    await start(thermostat(set_points=(heat, cool)))

    def setting(degrees: float | None) -> Coroutine[Any, Any, None]:
        return act(
            hass, "climate", "set_temperature", "climate.hall", temperature=degrees
        )

    with pytest.raises(ServiceValidationError) as caught:
        await setting(value)
    facts = {"device": "Hall", "low": limits[0], "high": limits[1]}
    assert caught.value.translation_placeholders == facts
    assert await refused(setting(value)) == "temperature_out_of_range"
    assert hub.sent == []
    # The very limit is within them.
    await setting(low if low and value < low else high)
    assert len(hub.sent) == 1


async def test_a_mode_alone_may_be_set_with_the_temperature(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(thermostat(fan_mode=None, fan_modes=("Auto", "On")))
    assert shown(hass, "climate.hall", "fan_mode") is None
    await act(hass, "climate", "set_fan_mode", "climate.hall", fan_mode="on")
    await act(hass, "climate", "turn_off", "climate.hall")
    assert hub.sent == [
        SetFanMode(device_id="1", fan_mode="On"),
        SetMode(device_id="1", mode=ThermostatMode.OFF),
    ]


async def test_drying_and_blowing_are_modes(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    modes = (*OFF_HEAT, ThermostatMode.FAN_ONLY, ThermostatMode.DRY)
    await start(thermostat(modes=modes))
    assert shown(hass, "climate.hall", "hvac_modes") == [
        "off",
        "heat",
        "fan_only",
        "dry",
    ]
    await act(hass, "climate", "set_hvac_mode", "climate.hall", hvac_mode="dry")
    assert state(hass, "climate.hall").state == "dry"
    # There is no temperature to dry to.
    assert shown(hass, "climate.hall", "temperature") is None
    await act(hass, "climate", "set_hvac_mode", "climate.hall", hvac_mode="fan_only")
    assert [command.mode for command in hub.sent if isinstance(command, SetMode)] == [
        ThermostatMode.DRY,
        ThermostatMode.FAN_ONLY,
    ]


async def test_presets_of_a_thermostat(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(thermostat(presets=("eco", "Party Hour")))
    assert shown(hass, "climate.hall", "preset_modes") == ["eco", "Party Hour"]
    assert shown(hass, "climate.hall", "preset_mode") is None
    features = shown(hass, "climate.hall", "supported_features")
    assert features & ClimateEntityFeature.PRESET_MODE
    hub.change("1", preset="eco")
    await advance(A_READ)
    assert shown(hass, "climate.hall", "preset_mode") == "eco"
    wanted = "Party Hour"
    await act(hass, "climate", "set_preset_mode", "climate.hall", preset_mode=wanted)
    assert hub.sent == [SetPreset(device_id="1", preset=wanted)]
    assert shown(hass, "climate.hall", "preset_mode") == wanted


async def test_one_set_point_counts_in_auto_too(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    modes = (*OFF_HEAT, ThermostatMode.AUTO)
    await start(thermostat(modes=modes, mode=ThermostatMode.AUTO))
    assert shown(hass, "climate.hall", "temperature") == 20.0
    await act(hass, "climate", "set_temperature", "climate.hall", temperature=21)
    assert hub.sent == [SetPoints(device_id="1", values=((SetPointKind.HEAT, 21.0),))]
