"""Thermostats of many makers: what makes one, how it is read and set."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.group_words import action_of
from custom_components.crestron_homeseer.homeseer.inventory import Inventory
from custom_components.crestron_homeseer.house.commands import (
    SetFanMode,
    SetMode,
    SetPoints,
    SetPreset,
)
from custom_components.crestron_homeseer.house.devices import SetPoint, Thermostat
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind as Point,
    TemperatureUnit,
    ThermostatAction as Action,
    ThermostatMode as Mode,
)

from .families import facts, family, part, sent
from .raw import Raw, pair

ID = "ref-1-climate"
OFF, HEAT, COOL, AUTO, UNKNOWN = Mode.OFF, Mode.HEAT, Mode.COOL, Mode.AUTO, Mode.UNKNOWN
AUX, FAN_ONLY, DRY = Mode.AUX_HEAT, Mode.FAN_ONLY, Mode.DRY
C, F = TemperatureUnit.CELSIUS, TemperatureUnit.FAHRENHEIT
WARM, POINT, MODE = (16, 2, 0), (16, 6, 1), (16, 3, 0)
BASIC = "Off=0/14; Heat=1/15; Cool=2/16"
FULL = f"{BASIC}; Auxiliary Heat=4; Fan Only=5; Dry Air=6; Poll=7"
PRESETS = f"{BASIC}; Auto=3/17; Auxiliary Heat=4; Eco=8; Away=10; Energy Save Heat=11"
PLAIN = {OFF: 0, HEAT: 1, COOL: 2}
WAYS = "Off; Comfort; Eco; Frost"
RANGE = "(value) F=45..92/12"
DEGREES = "; ".join(f"{each}°={each}/12" for each in range(60, 81))


def mode(text: str = "Heat", value: float = 1, controls: str = BASIC) -> Raw:
    return part(2, "Mode", text, value, controls, MODE)


def heat(
    text: str = "68 F", value: float | None = 68, controls: str | list[Raw] = RANGE
) -> Raw:
    return part(3, "Heat Setpoint", text, value, controls, POINT)


def warm(text: str, value: float, point: str = "68 F", unit: str = "") -> list[Raw]:
    measured = part(10, "Temperature", text, value, "", WARM)
    return [heat(point, 68, f"(value){unit}=5..95"), measured]


def doing(text: str, fan: str) -> list[Raw]:
    fans = part(11, "Fan State", fan, 1, "", (16, 5, 0))
    return [mode(), heat(), part(10, "State", text, 1, "", (16, 1, 0)), fans]


COOLS = part(4, "Cool Setpoint", "75 F", 75, "(value) F=45..92/13", (16, 6, 2))
# As HomeSeer 3 has it. "Aux Heat" carries the use of Auto, and is not Auto.
LEGACY = [
    part(9, "Operating Mode", "Heat", 1, "", (16, 9, 0)),
    part(11, "Temperature", "", 71, "", (16, 2, 1)),
    part(12, "Humidity", "38%", 38, "", (16, 2, 5)),
    mode(controls=f"{BASIC}; Auto=3/17; Aux Heat=4/17"),
    *(heat(), COOLS),
    part(16, "Fan Mode", "Auto", 0, "Auto=0/20; On=1/21", (16, 4, 0)),
    part(17, "State", "Heating", 1, "", (16, 1, 0)),
]
CONDITIONER = [
    part(10, "Power", "Off", 0, "Off=0/2; On=100/1"),
    part(11, "Mode", "Cool", 2, "Auto=1; Cool=2; Dry=3; Fan=4"),
    part(12, "Target Temperature", "24 °C", 24, "(value)=16..30"),
    part(13, "Fan Level", "Quiet", 1, "Quiet=1; Low=2; Strong=3"),
    part(14, "Room Temperature", "26.5 °C", 26.5),
    part(15, "Humidity", "55% RH", 55),
    part(16, "Outdoor Temperature", "30 °C", 30),
    part(17, "Humidity setpoint", "40%", 40, "(value)=20..150"),
]
FLOOR = [
    part(10, "Power", "On", 255, "Off=0/2; On=255/1"),
    part(11, "Heating Setpoint", "22 C", 22, "(value) C=5..40/12", POINT),
    part(12, "Floor Temperature", "27 C", 27, "", WARM),
    part(13, "Air Temperature", "21 C", 21, "", WARM),
]


def only(expected: Mode) -> dict[str, Any]:
    return {"mode": expected, "modes": (expected,), "presets": (), "action": None}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # What has no mode does what its set points are for.
        (
            [heat()],
            only(HEAT)
            | {"temperature": None, "humidity": None}
            | {"set_points": (SetPoint(kind=Point.HEAT, value=68, low=45, high=92),)},
        ),
        ([COOLS], only(COOL)),
        ([heat(), COOLS], only(AUTO) | {"fan_mode": None, "fan_modes": ()}),
        # A fan blows also where the equipment is idle.
        (doing("Heating", "Running"), {"action": Action.HEATING}),
        (doing("Idle", "Running"), {"action": Action.FAN}),
        (doing("", "On"), {"action": Action.FAN}),
        # An air conditioner with words alone; what is measured elsewhere is not its own.
        (
            CONDITIONER,
            {"mode": OFF, "modes": (OFF, AUTO, COOL, DRY, FAN_ONLY), "unit": C}
            | {"temperature": 26.5, "humidity": 55, "fan_mode": "Quiet"},
        ),
        (
            LEGACY,
            {"name": "Den", "temperature": 71, "humidity": 38, "unit": F, "mode": HEAT}
            | {"modes": (OFF, HEAT, COOL, AUTO, AUX), "action": Action.HEATING}
            | {"fan_mode": "Auto", "fan_modes": ("Auto", "On")},
        ),
        (FLOOR, {"mode": HEAT, "modes": (OFF, HEAT), "temperature": 21}),
        # Temperatures are in the unit of the set point, then of its controls.
        (warm("20.0 °C", 20), {"temperature": 68, "unit": F, "step": 1.0}),
        (warm("68 F", 20, "20 °C"), {"temperature": 20, "unit": C}),
        (warm("Unknown", 0), {"temperature": None}),
        (warm("21", 21, "20", " C"), {"temperature": 21, "unit": C}),
    ],
)
def test_readings(parts: list[Raw], expected: dict[str, Any]) -> None:
    assert facts(family(*parts), ID, expected) == expected


ACTIONS = {
    Action.HEATING: "Heating; Heizt; Aux Heat On; Verwarmen",
    Action.COOLING: "Cooling; Kühlt; Køler; Climatisation: refroidit",
    Action.DRYING: "Entfeuchten; Dehumidify",
    Action.FAN: "Fan Only; Vifte",
    Action.DEFROSTING: "Defrost; Defrost heat",
    Action.IDLE: "Idle; Pending Heat; Not heating; Aus; Off; Kein Heizen; Arrêt",
    None: "Thinking; ?; ",
}


def test_what_the_equipment_does() -> None:
    for action, texts in ACTIONS.items():
        for text in texts.split("; "):
            assert action_of(text) is action, text


@pytest.mark.parametrize(
    ("controls", "text", "value", "expected"),
    [
        (FULL, "Mode: Kühlen", -1, (COOL, None)),
        # The text goes before the value, also where it means that nothing is known.
        (FULL, "Dry", 2, (DRY, None)),
        (FULL, "Unknown", 1, (UNKNOWN, None)),
        # A text that nobody knows; the value has a label.
        (FULL, "Party", 2, (COOL, None)),
        # Modes that are presets, and what the thermostat does meanwhile.
        (PRESETS, "Eco", 8, (AUTO, "eco")),
        (PRESETS, "Energy Save Heat", 9, (HEAT, "eco")),
        (f"{BASIC}; Eco", "Eco", 3, (UNKNOWN, "eco")),
        (WAYS, "Eco", 2, (HEAT, "eco")),
        # A use needs no label.
        ("Heat=1; Off=5", "Auto Changeover", 9, (AUTO, None)),
        ("Komfort=3/17", "", 3, (AUTO, "comfort")),
        # A mode that nobody can choose.
        ("", "Cool", 1, (COOL, None)),
    ],
)
def test_modes_and_presets_by_texts_and_values(
    controls: str, text: str, value: float, expected: tuple[Mode, str | None]
) -> None:
    found = facts(family(mode(text, value, controls), heat()), ID, ("mode", "preset"))
    assert tuple(found.values()) == expected


def choose(inventory: Inventory, choice: str) -> list[tuple[int, object]] | None:
    if isinstance(choice, Mode):
        return sent(inventory, SetMode(device_id=ID, mode=choice))
    return sent(inventory, SetPreset(device_id=ID, preset=choice))


@pytest.mark.parametrize(
    ("controls", "modes", "presets"),
    [
        (FULL, PLAIN | {AUX: 4, FAN_ONLY: 5, DRY: 6}, {"aux_heat": 4}),
        (
            PRESETS,
            PLAIN | {AUTO: 3, AUX: 4},
            {"aux_heat": 4, "eco": 8, "away": 10},
        ),
        # A heater that names no other mode heats in each of its ways.
        (WAYS, {OFF: 0, HEAT: 1}, {"comfort": 1, "eco": 2, "frost": 3}),
        ("Energy Save Heat; Heat; Off", {HEAT: 1, OFF: 2}, {"eco": 0}),
        # Without other heating there is nothing to choose.
        ("Off; Cool; Aux Heat", {OFF: 0, COOL: 1, AUX: 2}, {}),
        ("", {}, {}),
    ],
)
def test_what_can_be_chosen(
    controls: str, modes: dict[str, int], presets: dict[str, int]
) -> None:
    inventory = family(mode(controls=controls), heat())
    expected = {"modes": tuple(modes), "presets": tuple(presets)}
    assert facts(inventory, ID, expected) == expected
    for choice in (*Mode, *presets, "hold"):
        value = modes[choice] if choice in modes else presets.get(choice)
        assert choose(inventory, choice) == (None if value is None else [(2, value)])


@pytest.mark.parametrize(
    ("controls", "text", "value", "place", "presets"),
    [
        ("Off; On; Next Transition", "On", 1, 1, ("none", "hold", "temporary_hold")),
        ("Run; Hold; Party Hour", "", 2, 2, ("program", "hold", "Party Hour")),
        ("Run; Hold", "Lost", 1, None, ("program", "hold")),
        # Words alone, where each is a preset.
        ("Home; Away", "Away", 0, 1, ("home", "away")),
    ],
)
def test_a_hold_is_a_preset(
    controls: str, text: str, value: float, place: int | None, presets: tuple[str, ...]
) -> None:
    kind = (4, 0, 0) if "Home" in controls else (16, 8, 0)
    hold = part(5, "Occupancy", text, value, controls, kind)
    inventory = family(mode(), heat(), hold)
    expected = {"preset": None if place is None else presets[place], "presets": presets}
    assert facts(inventory, ID, expected) == expected
    assert choose(inventory, presets[1]) == [(5, 1)]
    assert inventory.devices.keys() == {ID}
    # The presets of a thermostat are those of one feature.
    inventory = family(mode(controls=PRESETS), heat(), hold)
    assert inventory.devices.keys() == {ID, "ref-5"}


def set_to(value: float, kind: Point = Point.HEAT) -> SetPoints:
    return SetPoints(device_id=ID, values=((kind, value),))


@pytest.mark.parametrize(
    ("parts", "command", "expected"),
    [
        # Where it is off by a switch of its own, it is switched on first.
        (CONDITIONER, SetMode(device_id=ID, mode=COOL), [(10, 100), (11, 2)]),
        (CONDITIONER, SetMode(device_id=ID, mode=OFF), [(10, 0)]),
        (CONDITIONER, SetFanMode(device_id=ID, fan_mode="strong"), [(13, 3)]),
        (CONDITIONER, set_to(20, Point.AUTO), [(12, 20)]),
        (FLOOR, SetMode(device_id=ID, mode=HEAT), [(10, 255)]),
        (FLOOR, SetMode(device_id=ID, mode=COOL), None),
    ],
)
def test_commands(
    parts: list[Raw], command: AnyCommand, expected: list[tuple[int, object]] | None
) -> None:
    assert sent(family(*parts), command) == expected


def doubled(**shown: Any) -> list[Raw]:
    return [pair("(value)", use=12, span=(20, 60), RangeStatusDivisor=2, **shown)]


@pytest.mark.parametrize(
    ("controls", "text", "value", "expected", "asked"),
    [
        # One control for each degree, whatever their values are.
        (DEGREES, "68°", 60, (68, 1.0), (95, None)),
        ("60 F=121; 61 F=123; 65 F=131", "", 131, (65, 1.0), (61, 123)),
        ("19.5 °C=39; 20.0 °C=40; 20.5 °C=41", "20.5 °C", 41, (20.5, 0.5), (20, 40)),
        # "+" and "-" are no states.
        (f"{DEGREES}; -=1000; +=1001", "", 1001, (None, 1.0), (61, 61)),
        # Twice the degrees, with and without a text.
        (doubled(RangeStatusSuffix=" °C"), "", 45, (22.5, 0.5), (23.5, 47)),
        (doubled(RangeStatusDecimals=1), "44", 44, (22, 1.0), (21.5, 43)),
        # No state at all; and a request beyond the range.
        (RANGE, "Unknown", 60, (None, 1.0), (70, 70)),
        (RANGE, "", None, (None, 1.0), (99, 92)),
    ],
)
def test_set_points(
    controls: str | list[Raw],
    text: str,
    value: float | None,
    expected: tuple[float | None, float],
    asked: tuple[float, float | None],
) -> None:
    inventory = family(heat(text, value, controls))
    device = inventory.devices[ID]
    assert isinstance(device, Thermostat)
    assert (device.set_points[0].value, device.step) == expected
    wanted, raw = asked
    assert sent(inventory, set_to(wanted)) == (None if raw is None else [(3, raw)])


# Filters and setbacks of HomeSeer 4 and of the old thermostat API are something else.
ODD = [
    part(2, "Heat", "68 F", 68, "(value)=40..90", (513, 17, 1)),
    part(6, "Hold", "20 min", 20, "", (513, 17, 15)),
    part(7, "Filter", "30 days", 30, "", (16, 12, 0)),
    part(8, "Fan", "", 1, "On=1", (513, 17, 4)),
]
# One temperature for all modes carries the use of heating.
ONE = part(3, "Set Temperature", "24 C", 24, RANGE)
WORDED = [
    part(4, "Heating setpoint", "68 F", 68, "(value) F=45..90"),
    part(5, "Cooling setpoint", "75 F", 75, "(value) F=60..95"),
    part(6, "Operating State", "Cooling", 1),
]
TIMES = [
    part(10, "Day Setpoint", "68 F", 68, RANGE, POINT),
    part(11, "Night Setpoint", "62 F", 62, RANGE, POINT),
    part(12, "Temperature", "70 F", 70, "", WARM),
]


@pytest.mark.parametrize(
    ("parts", "points", "rest"),
    [
        (CONDITIONER, "auto", "14 15 16 17"),
        (ODD, "heat", "6 7"),
        # The use of a control goes before the type; one mode alone is no choice.
        ([part(3, "Cold", "75", 75, "(value)=45..92/13", POINT)], "cool", ""),
        ([heat(), part(5, "Way", "Heat", 0, "Heat; Poll")], "heat", "5"),
        # Who can choose to be off needs no switch for it.
        ([CONDITIONER[0], mode(), heat()], "heat", "10"),
        ([mode("Cool", 2), ONE], "auto", ""),
        ([mode("Cool", 2), ONE | {"name": "Heating"}], "heat", ""),
        # What words alone name is there for itself, too.
        ([mode(), *WORDED], "heat cool", "6"),
        # Set points for times of the day are no zones.
        ([mode(), *TIMES], "heat", "11"),
        # A mode that nobody can choose, and a set point that nobody can set.
        ([mode(controls="")], None, "2"),
        ([heat(controls="")], None, "3"),
        # Words alone make no thermostat.
        ([part(3, "Boiler Setpoint", "60 C", 60, "(value) C=30..80")], None, "3"),
        # The temperature of something else.
        ([heat(), part(5, "Warmth", "20 C", 20, "", (16, 2, 2))], "heat", "5"),
    ],
)
def test_what_makes_a_thermostat(
    parts: list[Raw], points: str | None, rest: str
) -> None:
    devices = dict(family(*parts).devices)
    device = devices.pop(ID, None)
    found = device.set_points if isinstance(device, Thermostat) else None
    kinds = found and " ".join(point.kind for point in found)
    assert kinds == points
    assert devices.keys() == {f"ref-{each}" for each in rest.split()}
