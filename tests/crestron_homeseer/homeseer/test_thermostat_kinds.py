"""Thermostats of many makers: what makes one, and what is done with it."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import (
    SetFanMode,
    SetMode,
    SetPoints,
    SetPreset,
)
from custom_components.crestron_homeseer.house.devices import (
    Device,
    SetPointKind,
    TemperatureUnit,
    Thermostat,
    ThermostatAction,
    ThermostatMode,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand, HubCommandError

from .raw import Raw, asked, feature, pair, take

OFF, HEAT, COOL = ThermostatMode.OFF, ThermostatMode.HEAT, ThermostatMode.COOL
AUTO, AUX = ThermostatMode.AUTO, ThermostatMode.AUX_HEAT
FAN_ONLY, DRY = ThermostatMode.FAN_ONLY, ThermostatMode.DRY
DEGREES = [pair(f"{each}°", each, 12) for each in range(60, 81)]
RANGE = [pair("(value) F", use=12, span=(45, 92))]
MODES = [pair("Off", 0, 14), pair("Heat", 1, 15), pair("Cool", 2, 16)]
ID = "ref-1-climate"


def house(
    *children: Raw, kind: tuple[int, int, int] = (4, 999, 0), name: str = "Den"
) -> Inventory:
    """Return a system with one device, its features' controls under "pairs"."""
    controls = {raw["ref"]: raw.pop("pairs", []) for raw in children}
    refs = tuple(controls)
    root = feature(1, name, kind=kind, children=refs)
    return take([root, *children], controls)


def thermostat(inventory: Inventory, device_id: str = ID) -> Thermostat:
    device = inventory.devices[device_id]
    assert isinstance(device, Thermostat)
    return device


def part(ref: int, name: str, text: str = "", value: float = 0, **facts: Any) -> Raw:
    return feature(ref, name, value=value, status=text, root=1, **facts)


def mode(text: str, value: float, *pairs: Raw) -> Raw:
    return part(2, "Mode", text, value, kind=(16, 3, 0), pairs=[*MODES, *pairs])


def point(text: str = "68 F", value: float = 68, pairs: list[Raw] | None = None) -> Raw:
    pairs = RANGE if pairs is None else pairs
    return part(3, "Heat Setpoint", text, value, kind=(16, 6, 1), pairs=pairs)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("Auxiliary Heat", 4, AUX),
        ("Emergency Heat", 99, AUX),
        ("Fan Only", 5, FAN_ONLY),
        ("Dry", 6, DRY),
        ("Kühlen", -1, COOL),
        ("Varme", -1, HEAT),
        # The text goes before the value, and says it also where it says nothing.
        ("Heat", 2, HEAT),
        ("Unknown", 1, ThermostatMode.UNKNOWN),
        # A text of the plug-in's own; the value has a label.
        ("Party", 2, COOL),
        ("Party", 77, ThermostatMode.UNKNOWN),
        ("", 77, ThermostatMode.UNKNOWN),
        ("", 5, FAN_ONLY),
    ],
)
def test_modes_by_words_and_values(
    text: str, value: float, expected: ThermostatMode
) -> None:
    more = [pair("Auxiliary Heat", 4), pair("Fan Only", 5), pair("Dry Air", 6)]
    inventory = house(mode(text, value, *more, pair("Poll", 7)), point())
    device = thermostat(inventory)
    assert device.mode is expected
    assert device.modes == (OFF, HEAT, COOL, AUX, FAN_ONLY, DRY)
    sent = {
        each: asked(inventory, SetMode(device_id=ID, mode=each)) for each in (AUX, DRY)
    }
    assert sent == {AUX: [(2, 4)], DRY: [(2, 6)]}
    with pytest.raises(HubCommandError):
        asked(inventory, SetMode(device_id=ID, mode=AUTO))


@pytest.mark.parametrize(
    ("text", "value", "now"),
    [
        ("Eco", 8, (AUTO, "eco")),
        ("Energy Save Heat", 9, (HEAT, "energy")),
        ("Away", 10, (AUTO, "away")),
        ("Auxiliary Heat", 4, (AUX, "aux_heat")),
        ("Heat", 1, (HEAT, None)),
    ],
)
def test_modes_that_are_presets(
    text: str, value: float, now: tuple[ThermostatMode, str | None]
) -> None:
    pairs = [pair("Auto", 3, 17), pair("Auxiliary Heat", 4), pair("Eco", 8)]
    inventory = house(mode(text, value, *pairs, pair("Away", 10)), point())
    device = thermostat(inventory)
    expected = now if now[1] != "energy" else (HEAT, "eco")
    assert (device.mode, device.preset) == expected
    assert device.modes == (OFF, HEAT, COOL, AUTO, AUX)
    assert device.presets == ("aux_heat", "eco", "away")
    assert asked(inventory, SetPreset(device_id=ID, preset="eco")) == [(2, 8)]
    with pytest.raises(HubCommandError):
        asked(inventory, SetPreset(device_id=ID, preset="hold"))


def test_a_heater_whose_ways_to_heat_have_names() -> None:
    pairs = [pair("Off", 0), pair("Comfort", 1), pair("Eco", 2), pair("Frost", 3)]
    raw = part(2, "Mode", "Eco", 2, kind=(16, 3, 0), pairs=pairs)
    inventory = house(raw, point())
    device = thermostat(inventory)
    assert (device.mode, device.preset) == (HEAT, "eco")
    assert device.presets == ("comfort", "eco", "frost")
    assert asked(inventory, SetMode(device_id=ID, mode=HEAT)) == [(2, 1)]


@pytest.mark.parametrize(
    ("labels", "text", "value", "preset", "presets"),
    [
        (
            ("Resume Program", "Indefinite", "Next Transition"),
            "Resume Program",
            0,
            "program",
            ("program", "hold", "temporary_hold"),
        ),
        (("Off", "On"), "On", 1, "hold", ("none", "hold")),
        (
            ("Run", "Hold", "Party Hour"),
            "",
            2,
            "Party Hour",
            ("program", "hold", "Party Hour"),
        ),
        (("Run", "Hold"), "Lost", 9, None, ("program", "hold")),
    ],
)
def test_a_hold_is_a_preset(
    labels: tuple[str, ...],
    text: str,
    value: float,
    preset: str | None,
    presets: tuple[str, ...],
) -> None:
    pairs = [pair(label, place) for place, label in enumerate(labels)]
    hold = part(4, "Hold", text, value, kind=(16, 8, 0), pairs=pairs)
    inventory = house(mode("Heat", 1), point(), hold)
    device = thermostat(inventory)
    assert (device.preset, device.presets) == (preset, presets)
    wanted = SetPreset(device_id=ID, preset=presets[1])
    assert asked(inventory, wanted) == [(4, 1)]


def heat_to(value: float) -> SetPoints:
    return SetPoints(device_id=ID, values=((SetPointKind.HEAT, value),))


@pytest.mark.parametrize(
    ("pairs", "text", "value", "shown", "step", "wanted", "sent"),
    [
        # One control for each degree, whatever their values are.
        (DEGREES, "68°", 68, 68, 1.0, 70, 70),
        ([pair(f"{n} F", n * 2 + 1) for n in range(60, 70)], "", 131, 65, 1.0, 66, 133),
        (
            [pair(f"{n / 2} °C", n) for n in range(30, 50)],
            "20.5 °C",
            41,
            20.5,
            0.5,
            21,
            42,
        ),
        # "+" and "-" are no states.
        ([*DEGREES, pair("-", 1000), pair("+", 1001)], "", 1001, None, 1.0, 61, 61),
        # Twice the degrees, with and without a text.
        (
            [
                pair(
                    "(value)",
                    use=12,
                    span=(20, 60),
                    RangeStatusDivisor=2,
                    RangeStatusDecimals=1,
                    RangeStatusSuffix=" °C",
                )
            ],
            "",
            45,
            22.5,
            0.5,
            23.5,
            47,
        ),
        (
            [pair("(value)", use=12, span=(20, 60), RangeStatusDivisor=2)],
            "44",
            44,
            22,
            1.0,
            21.5,
            43,
        ),
        # Whole degrees alone.
        (
            [pair("(value)", use=12, span=(5, 35), RangeStatusSuffix=" C")],
            "20 C",
            20,
            20,
            1.0,
            21,
            21,
        ),
        # No state at all.
        (RANGE, "Unknown", 0, None, 1.0, 70, 70),
        (RANGE, "", -1, None, 1.0, 70, 70),
        (RANGE, "Heat to 71 °F", 71, 71, 1.0, 70, 70),
    ],
)
def test_set_points(
    pairs: list[Raw],
    text: str,
    value: float,
    shown: float | None,
    step: float,
    wanted: float,
    sent: float,
) -> None:
    inventory = house(point(text, value, pairs), mode("Heat", 1))
    device = thermostat(inventory)
    found = device.set_point(SetPointKind.HEAT)
    assert found is not None
    assert found.value == shown
    assert device.step == step
    assert asked(inventory, heat_to(wanted)) == [(3, sent)]


def test_what_no_control_is_near_is_not_set() -> None:
    inventory = house(point("68°", 68, DEGREES))
    assert (thermostat(inventory).set_points[0].low, DEGREES[-1]["ControlValue"]) == (
        60,
        80,
    )
    with pytest.raises(HubCommandError):
        asked(inventory, heat_to(95))
    with pytest.raises(HubCommandError):
        asked(inventory, SetPoints(device_id=ID, values=((SetPointKind.COOL, 70),)))


def zone(first: int, name: str, *, typed: bool = True, moded: bool = True) -> list[Raw]:
    warm = (16, 2, 0) if typed else (4, 0, 49)
    found = [
        part(first, f"{name} Temperature", "70 F", 70, kind=warm),
        part(
            first + 1, f"{name} Heat Setpoint", "68 F", 68, kind=(16, 6, 1), pairs=RANGE
        ),
    ]
    if moded:
        pairs = [pair("Off", 0, 14), pair("Heat", 1, 15)]
        found.append(
            part(first + 2, f"{name} Mode", "Heat", 1, kind=(16, 3, 0), pairs=pairs)
        )
    return found


@pytest.mark.parametrize("moded", [True, False])
def test_zones_of_one_root(moded: bool) -> None:
    inventory = house(
        *zone(10, "Upstairs", moded=moded), *zone(20, "Downstairs", moded=moded)
    )
    assert {ID, "ref-20-climate"} <= inventory.devices.keys()
    assert len(inventory.devices) == 2
    names = {device.name for device in inventory.devices.values()}
    assert names == {"Upstairs", "Downstairs"}
    second = SetPoints(device_id="ref-20-climate", values=((SetPointKind.HEAT, 66.0),))
    assert asked(inventory, second) == [(21, 66)]


def test_a_mode_for_all_zones_is_that_of_each() -> None:
    shared = part(5, "System Mode", "Off", 0, kind=(16, 3, 0), pairs=MODES)
    inventory = house(
        shared, *zone(10, "Zone 1", moded=False), *zone(20, "Zone 2", moded=False)
    )
    assert {
        thermostat(inventory).mode,
        thermostat(inventory, "ref-20-climate").mode,
    } == {OFF}


def test_set_points_for_times_of_the_day_are_no_zones() -> None:
    day = part(10, "Day Setpoint", "68 F", 68, kind=(16, 6, 1), pairs=RANGE)
    night = part(11, "Night Setpoint", "62 F", 62, kind=(16, 6, 1), pairs=RANGE)
    warm = part(12, "Temperature", "70 F", 70, kind=(16, 2, 0))
    inventory = house(day, night, warm, mode("Heat", 1))
    climates = [
        each for each in inventory.devices.values() if isinstance(each, Thermostat)
    ]
    assert [each.set_points[0].value for each in climates] == [68]


def loose(ref: int, name: str, **facts: Any) -> Raw:
    return feature(ref, name, relationship=3, **facts)


def test_parts_without_a_root_are_together_by_name_and_place() -> None:
    features = [
        loose(10, "Hall Temperature", status="70 F", kind=(16, 2, 0)),
        loose(11, "Hall Heat Setpoint", status="68 F", value=68, kind=(16, 6, 1)),
        loose(12, "Hall Mode", status="Heat", kind=(16, 3, 0)),
        # Elsewhere, or of somebody else.
        loose(13, "Bath Temperature", status="75 F", kind=(16, 2, 0)),
        loose(
            14, "Hall Temperature", status="60 F", kind=(16, 2, 0), interface_name="B"
        ),
    ]
    inventory = take(features, {11: RANGE, 12: MODES})
    device = thermostat(inventory, "ref-10-climate")
    assert (device.name, device.temperature, device.mode) == ("Hall", 70, HEAT)
    assert {"ref-13", "ref-14"} <= inventory.devices.keys()


def test_parts_without_a_root_that_nothing_tells_apart_stand_alone() -> None:
    features = [
        loose(10, "Temperature", status="70 F", kind=(16, 2, 0)),
        loose(11, "Temperature", status="75 F", kind=(16, 2, 0)),
        loose(12, "Setpoint", status="68 F", kind=(16, 6, 1)),
    ]
    inventory = take(features, {12: RANGE})
    assert thermostat(inventory, "ref-12-climate").temperature is None
    assert {"ref-10", "ref-11"} <= inventory.devices.keys()


def test_an_air_conditioner_with_words_alone() -> None:
    modes = [pair("Auto", 1), pair("Cool", 2), pair("Dry", 3), pair("Fan", 4)]
    speeds = [pair("Quiet", 1), pair("Low", 2), pair("Strong", 3)]
    inventory = house(
        part(10, "Power", "Off", 0, pairs=[pair("Off", 0, 2), pair("On", 100, 1)]),
        part(11, "Mode", "Cool", 2, pairs=modes),
        part(
            12,
            "Target Temperature",
            "24 °C",
            24,
            pairs=[pair("(value)", span=(16, 30))],
        ),
        part(13, "Fan Level", "Quiet", 1, pairs=speeds),
        part(14, "Room Temperature", "26.5 °C", 26.5),
        part(15, "Humidity", "55%", 55),
    )
    device = thermostat(inventory)
    assert (device.mode, device.modes) == (OFF, (OFF, AUTO, COOL, DRY, FAN_ONLY))
    assert (device.temperature, device.humidity) == (26.5, 55)
    assert (device.unit, device.fan_mode) == (TemperatureUnit.CELSIUS, "Quiet")
    assert [each.kind for each in device.set_points] == [SetPointKind.AUTO]
    # Readings that words alone tell are there for themselves, too.
    assert {"ref-14", "ref-15"} <= inventory.devices.keys()
    cool = SetMode(device_id=ID, mode=COOL)
    assert asked(inventory, cool) == [(10, 100), (11, 2)]
    assert asked(inventory, SetMode(device_id=ID, mode=OFF)) == [(10, 0)]
    assert asked(inventory, SetFanMode(device_id=ID, fan_mode="strong")) == [(13, 3)]


def test_floor_heating_that_is_switched() -> None:
    inventory = house(
        part(10, "Power", "On", 255, pairs=[pair("Off", 0, 2), pair("On", 255, 1)]),
        part(
            11,
            "Heating Setpoint",
            "22 C",
            22,
            kind=(16, 6, 1),
            pairs=[pair("C", use=12, span=(5, 40))],
        ),
        part(12, "Floor Temperature", "27 C", 27, kind=(16, 2, 0)),
        part(13, "Air Temperature", "21 C", 21, kind=(16, 2, 0)),
    )
    device = thermostat(inventory)
    assert (device.mode, device.modes, device.temperature) == (HEAT, (OFF, HEAT), 21)
    assert asked(inventory, SetMode(device_id=ID, mode=HEAT)) == [(10, 255)]
    with pytest.raises(HubCommandError):
        asked(inventory, SetMode(device_id=ID, mode=COOL))


@pytest.mark.parametrize(
    ("action", "fan", "expected"),
    [
        ("Heating", "Running", ThermostatAction.HEATING),
        ("Idle", "Running", ThermostatAction.FAN),
        ("Idle", "Off", ThermostatAction.IDLE),
        ("Idle", "", ThermostatAction.IDLE),
        ("Pending Heat", "Off", ThermostatAction.IDLE),
        ("Not heating", "Off", ThermostatAction.IDLE),
        ("Heizt", "", ThermostatAction.HEATING),
        ("Kühlt", "", ThermostatAction.COOLING),
        ("Entfeuchten", "", ThermostatAction.DRYING),
        ("Defrost", "", ThermostatAction.DEFROSTING),
        ("Thinking", "", None),
        ("", "", None),
    ],
)
def test_what_the_equipment_does(
    action: str, fan: str, expected: ThermostatAction | None
) -> None:
    inventory = house(
        mode("Heat", 1),
        part(10, "State", action, 1, kind=(16, 1, 0)),
        part(11, "Fan State", fan, 1, kind=(16, 5, 0)),
        kind=(16, 99, 0),
    )
    assert thermostat(inventory).action is expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("20.0 °C", 20, 68),
        ("71 F", 71, 71),
        ("", 71, 71),
        ("Unknown", 0, None),
        ("No Data", 0, None),
    ],
)
def test_temperatures_are_in_the_unit_of_the_set_point(
    text: str, value: float, expected: float | None
) -> None:
    inventory = house(point(), part(10, "Temperature", text, value, kind=(16, 2, 0)))
    assert thermostat(inventory).temperature == expected


@pytest.mark.parametrize(
    ("raws", "platforms"),
    [
        # A mode that nobody can choose, and a set point that nobody can set.
        ([part(2, "Mode", "Heat", 1, kind=(16, 3, 0))], {"Sensor"}),
        ([part(3, "Heat Setpoint", "68 F", 68, kind=(16, 6, 1))], {"Sensor"}),
        # Words alone make no thermostat.
        (
            [part(3, "Boiler Setpoint", "60 C", 60, pairs=[pair("C", span=(30, 80))])],
            {"Number"},
        ),
        (
            [part(3, "Mode", "Home", 0, pairs=[pair("Home", 0), pair("Away", 1)])],
            {"Choice"},
        ),
        # Words that nobody knows.
        (
            [
                part(
                    3,
                    "Mode",
                    "Rot",
                    0,
                    kind=(16, 3, 0),
                    pairs=[pair("Rot", 0), pair("Blau", 1)],
                )
            ],
            {"Choice"},
        ),
    ],
)
def test_what_is_not_enough_for_a_thermostat(
    raws: list[Raw], platforms: set[str]
) -> None:
    found: list[Device] = list(house(*[dict(raw) for raw in raws]).devices.values())
    assert {type(each).__name__ for each in found} == platforms


def test_a_command_that_is_none_of_a_thermostat() -> None:
    commands: list[AnyCommand] = [
        SetFanMode(device_id=ID, fan_mode="Auto"),
        SetPreset(device_id=ID, preset="eco"),
    ]
    for command in commands:
        with pytest.raises(HubCommandError):
            asked(house(point()), command)


def test_a_hold_beside_a_mode_with_presets_stands_for_itself() -> None:
    pairs = [pair("Resume Program", 0), pair("Indefinite", 1)]
    hold = part(4, "Hold", "Indefinite", 1, kind=(16, 8, 0), pairs=pairs)
    inventory = house(mode("Heat", 1, pair("Aux", 4)), point(), hold)
    assert thermostat(inventory).presets == ("aux_heat",)
    assert "ref-4" in inventory.devices


def test_a_hold_of_home_and_away() -> None:
    pairs = [pair("Home", 0), pair("Away", 1)]
    away = part(4, "Occupancy", "Away", 1, pairs=pairs)
    device = thermostat(house(mode("Heat", 1), point(), away))
    assert (device.preset, device.presets) == ("away", ("home", "away"))


def test_set_points_by_words_say_what_they_are_for() -> None:
    inventory = house(
        mode("Auto", 3, pair("Auto", 3, 17)),
        part(4, "Heating setpoint", "68 F", 68, pairs=[pair("F", span=(45, 90))]),
        part(5, "Cooling setpoint", "75 F", 75, pairs=[pair("F", span=(60, 95))]),
        part(6, "Operating State", "Cooling", 1),
        part(
            7,
            "Humidity setpoint",
            "40%",
            40,
            pairs=[pair("%", span=(20, 60), RangeStatusSuffix="%")],
        ),
    )
    device = thermostat(inventory)
    assert device.action is ThermostatAction.COOLING
    assert [each.kind for each in device.set_points] == [
        SetPointKind.HEAT,
        SetPointKind.COOL,
    ]
    assert {"ref-6", "ref-7"} <= inventory.devices.keys()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        # One temperature for all modes carries the use of heating.
        ("Set Temperature", SetPointKind.AUTO),
        ("Heating", SetPointKind.HEAT),
    ],
)
def test_a_set_point_for_all_modes(name: str, kind: SetPointKind) -> None:
    raw = part(3, name, "24 C", 24, pairs=RANGE)
    device = thermostat(house(mode("Cool", 2), raw))
    assert [each.kind for each in device.set_points] == [kind]
