"""Thermostats: two shapes, five units, and whatever else they are sent as."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.climate import single
from custom_components.crestron_homeseer.crestron.thermostat import Scale, scale_of
from custom_components.crestron_homeseer.house.devices import SetPoint, Thermostat
from custom_components.crestron_homeseer.house.fields import Fields
from custom_components.crestron_homeseer.house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
)

from .common import Json, devices_of

AUTO, COOL, HEAT = SetPointKind.AUTO, SetPointKind.COOL, SetPointKind.HEAT
SLAB = SetPointKind.SLAB
OFFERED = (ThermostatMode.OFF, ThermostatMode.COOL)
CELSIUS, FAHRENHEIT = TemperatureUnit.CELSIUS, TemperatureUnit.FAHRENHEIT

LIVE: Json = {
    "id": 15,
    "name": "CTSTAT",
    "roomId": 5,
    "connectionStatus": "online",
    "currentMode": "Cool",
    "currentSetPoint": [{"type": "cool", "temperature": 700}],
    "currentTemperature": 720,
    "temperatureUnits": "DeciFahrenheit",
    "currentFanMode": "Auto",
    "schedulerState": "run",
    "availableFanModes": ["Auto", "On"],
    "availableSystemModes": ["Off", "Heat", "Cool", "Auto"],
    "availableSetPoints": [
        {"type": "heat", "minValue": 380, "maxValue": 890},
        {"type": "cool", "minValue": 590, "maxValue": 990},
    ],
}
MANUAL: Json = {
    "id": 15,
    "name": "CTSTAT",
    "roomId": 5,
    "mode": "Cool",
    "setPoint": {"type": "Cool", "temperature": 770, "minValue": 590, "maxValue": 990},
    "currentTemperature": 760,
    "temperatureUnits": "FahrenheitWholeDegrees",
}


def thermostat(sample: Json = LIVE, **changes: Any) -> Thermostat:
    (device,) = devices_of("thermostat", sample | changes)
    assert isinstance(device, Thermostat)
    return device


def test_what_firmware_sends() -> None:
    assert thermostat() == Thermostat(
        id="thermostat-15",
        name="CTSTAT",
        room_id="5",
        model="Thermostat",
        unit=FAHRENHEIT,
        step=1.0,
        temperature=72.0,
        mode=ThermostatMode.COOL,
        modes=(
            ThermostatMode.OFF,
            ThermostatMode.HEAT,
            ThermostatMode.COOL,
            ThermostatMode.AUTO,
        ),
        set_points=(
            SetPoint(kind=HEAT, low=38.0, high=89.0),
            SetPoint(kind=COOL, value=70.0, low=59.0, high=99.0),
        ),
        fan_mode="Auto",
        fan_modes=("Auto", "On"),
        schedule=Schedule.RUN,
        action=ThermostatAction.COOLING,
    )


def test_what_the_manual_has() -> None:
    device = thermostat(MANUAL)
    assert (device.temperature, device.mode) == (76.0, ThermostatMode.COOL)
    assert device.modes == OFFERED
    assert device.set_points == (SetPoint(kind=COOL, value=77.0, low=59.0, high=99.0),)


@pytest.mark.parametrize(
    ("points", "set_points"),
    [
        ([{"type": "off"}], ()),
        ([], ()),
        ([None, 7, {"temperature": 700}], ()),
        ([{"type": "slab", "temperature": 700}], ((SLAB, 70.0),)),
        ([{"type": "Humidity", "temperature": 450}], ()),
        ([{"type": "auto", "temperature": 700}], ((AUTO, 70.0),)),
        ({"type": "HEAT", "temperature": "680"}, ((HEAT, 68.0),)),
        (
            [{"type": "heat", "temperature": 680}, {"type": "cool", "temperature": 75}],
            ((HEAT, 68.0), (COOL, 7.5)),
        ),
    ],
)
def test_set_points_are_as_many_as_there_are(
    points: object, set_points: tuple[tuple[SetPointKind, float | None], ...]
) -> None:
    device = thermostat(currentSetPoint=points, availableSetPoints=[])
    assert device.set_points == tuple(
        SetPoint(kind=kind, value=value) for kind, value in set_points
    )


NO_FAN = ("InternalError", "internalError")


@pytest.mark.parametrize(
    ("key", "sent", "name", "shown"),
    [
        ("currentMode", "Off", "mode", "off"),
        ("currentMode", "AuxHeat", "mode", ThermostatMode.AUX_HEAT),
        ("currentMode", "auto", "mode", "auto"),
        ("currentMode", "Emergency", "mode", "unknown"),
        # What is not known, or doubled, is not offered.
        ("availableSystemModes", ["Off", "Emergency", "Cool", "off"], "modes", OFFERED),
        ("availableFanModes", ["Auto", "Low", *NO_FAN], "fan_modes", ("Auto", "Low")),
        ("currentFanMode", "CirculateLow", "fan_mode", "CirculateLow"),
        ("currentFanMode", "InternalError", "fan_mode", None),
        ("schedulerState", "run", "schedule", "run"),
        ("schedulerState", "HOLD", "schedule", "hold"),
        ("schedulerState", "vacation", "schedule", "unknown"),
        ("schedulerState", None, "schedule", None),
    ],
)
def test_each_field_is_read(key: str, sent: object, name: str, shown: object) -> None:
    assert getattr(thermostat(LIVE | {key: sent}), name) == shown


def test_without_a_list_only_modes_that_are_seen_are_offered() -> None:
    device = thermostat(availableSystemModes=[], currentMode="AuxHeat")
    assert device.modes == ("off", "heat", "cool", ThermostatMode.AUX_HEAT)
    assert thermostat(currentFanMode=None, fanMode="On").fan_mode == "On"


# Units


@pytest.mark.parametrize(
    ("units", "counts", "unit", "degrees", "step"),
    [
        ("DeciFahrenheit", 720, FAHRENHEIT, 72.0, 1.0),
        ("DeciCelsius", 215, CELSIUS, 21.5, 0.5),
        ("CelsiusHalfDegrees", 43, CELSIUS, 21.5, 0.5),
        ("FahrenheitWholeDegrees", 150, FAHRENHEIT, 150.0, 1.0),
        ("FahrenheitWholeDegrees", 151, FAHRENHEIT, 15.1, 1.0),
        ("CelsiusWholeDegrees", 60, CELSIUS, 60.0, 0.5),
        ("CelsiusWholeDegrees", 61, CELSIUS, 6.1, 0.5),
        ("CelsiusHalfDegrees", 100, CELSIUS, 50.0, 0.5),
        ("CelsiusHalfDegrees", 101, CELSIUS, 10.1, 0.5),
        ("decicelsius", "215", CELSIUS, 21.5, 0.5),
        (None, 72, FAHRENHEIT, 72.0, 1.0),
        ("Kelvin", 72, FAHRENHEIT, 72.0, 1.0),
        ("DeciCelsius", None, CELSIUS, None, 0.5),
    ],
)
def test_temperatures_are_degrees_in_their_unit(
    units: str | None,
    counts: object,
    unit: TemperatureUnit,
    degrees: float | None,
    step: float,
) -> None:
    device = thermostat(
        temperatureUnits=units,
        currentTemperature=counts,
        currentSetPoint=[],
        availableSetPoints=[],
    )
    assert (device.unit, device.temperature, device.step) == (unit, degrees, step)


@pytest.mark.parametrize("number", ["temperature", "minValue", "maxValue"])
@pytest.mark.parametrize("key", ["currentSetPoint", "availableSetPoints", "setPoint"])
def test_one_number_that_can_only_be_tenths_makes_all_tenths(
    key: str, number: str
) -> None:
    raw = {"currentTemperature": 99, key: [{"type": "cool", number: 590}]}
    assert scale_of(Fields(raw)) == Scale(FAHRENHEIT, 10)


F72: Json = {"temperatureUnits": "DeciFahrenheit", "currentTemperature": 720}


@pytest.mark.parametrize(
    ("mode", "points", "sent", "action"),
    [
        ("Cool", {"cool": 700}, {}, ThermostatAction.COOLING),
        ("Cool", {"cool": 710}, {}, None),
        ("Cool", {"cool": 740}, {}, ThermostatAction.IDLE),
        ("Cool", {"cool": 740}, {"currentFanMode": "ON"}, ThermostatAction.FAN),
        ("Heat", {"heat": 740}, {}, ThermostatAction.HEATING),
        ("Heat", {"cool": 700}, {}, None),
        ("AuxHeat", {"heat": 800}, {}, None),
        ("Auto", {"heat": 700, "cool": 740}, {}, ThermostatAction.IDLE),
        ("Auto", {"heat": 740, "cool": 780}, {}, ThermostatAction.HEATING),
        ("Auto", {"heat": 710, "cool": 740}, {}, None),
        ("Auto", {"auto": 800}, {}, None),
        ("Auto", {"heat": 740}, {}, None),
        ("Off", {"heat": 800}, {}, ThermostatAction.IDLE),
        ("Heat", {"heat": 800}, {"currentTemperature": None}, None),
    ],
)
def test_what_the_equipment_does_is_told_where_it_is_certain(
    mode: str, points: dict[str, int], sent: Json, action: ThermostatAction | None
) -> None:
    listed = [{"type": key, "temperature": value} for key, value in points.items()]
    shown: Json = {**F72, "currentMode": mode, "currentSetPoint": listed, **sent}
    assert thermostat(**shown, availableSetPoints=[]).action is action


HEATING, IDLE = ThermostatAction.HEATING, ThermostatAction.IDLE


@pytest.mark.parametrize(
    ("sent", "humidity", "action"),
    [
        ({"Current Humidity": "45.5"}, 45.5, None),
        ({"humidity": 101}, None, None),
        ({"humidity": -1}, None, None),
        ({"currentHumidity": "dry", "humidity": 40}, 40, None),
        ({"current_running_state": "heat"}, None, HEATING),
        ({"operatingState": "Fan Only"}, None, ThermostatAction.FAN),
        ({"runningState": {}, "operatingState": "Heating"}, None, HEATING),
        # What the equipment says is surer than what mode and temperatures do.
        ({"runningState": "Idle", "currentTemperature": 500}, None, IDLE),
        ({"runningState": "Wibble", "currentTemperature": 500}, None, HEATING),
    ],
)
def test_humidity_and_running_state_are_read_where_a_firmware_sends_them(
    sent: Json, humidity: float | None, action: ThermostatAction | None
) -> None:
    heated: Json = {"type": "heat", "temperature": 720}
    device = thermostat(currentMode="Heat", currentSetPoint=[heated], **sent)
    assert (device.humidity, device.action) == (humidity, action)


def test_a_heated_floor_keeps_to_its_own_set_point() -> None:
    points = [{"type": "Slab", "temperature": 800, "minValue": 600, "maxValue": 900}]
    floor = thermostat(
        availableSystemModes=[],
        currentMode="Heat",
        currentSetPoint=[*points, {"type": "humidity", "temperature": 1500}],
        availableSetPoints=[],
    )
    assert floor.modes == (ThermostatMode.OFF, ThermostatMode.HEAT)
    assert single(floor, floor.mode) == SetPoint(kind=SLAB, value=80, low=60, high=90)
