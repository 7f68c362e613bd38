"""What texts and values are read as."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.readings import reading, reads
from custom_components.crestron_homeseer.homeseer.simple import press_of
from custom_components.crestron_homeseer.homeseer.states import two_state
from custom_components.crestron_homeseer.house.commands import SetWhite
from custom_components.crestron_homeseer.house.controls import Number
from custom_components.crestron_homeseer.house.devices import Light
from custom_components.crestron_homeseer.house.kinds import Gesture

from .raw import (
    DIMMER,
    FAN_RANGE,
    GARAGE,
    LOCK,
    SPEEDS,
    SWITCH,
    Raw,
    asked,
    feature,
    one,
    only,
    pair,
    take,
)

OFF = pair("Off", 0, 2)
SLIDER = [pair("(value)%", use=3, span=(0, 99))]
# What is at the very ends of a range, and ends that are far from it.
NARROW = [pair("Close", 0), pair("Open", 1), pair("(value)", span=(0, 1))]
FAR = [pair("Close", 200), pair("Open", 201), *SLIDER]
ONE_IS_ON = [OFF, pair("On", 1, 1), pair("D", use=3, span=(0, 100))]
WORDS = [pair("Go", 1, 1), pair("Halt", 0, 2)]
AJAR = [pair("Ajar", 7), pair("Latched", 8, 27)]
TOGGLED = [*SWITCH, pair("Toggle", 5)]
VERRIEGELT = [pair("Verriegelt", 7, 18), *LOCK]


def named(*labels: str) -> list[Raw]:
    """Return Off, and a control for each speed."""
    return [pair("Off", 0), *(pair(each, n) for n, each in enumerate(labels, 1))]


STEPS = named("Low", "Medium", "Medium-High", "High")
MIXED = named(*(f"Speed {n}" for n in (3, 2, 4, 1)))
# Level 0 is no speed.
STUFEN = named("Stufe 0", "Stufe 1", "Stufe 2")


@pytest.mark.parametrize(
    ("kind", "pairs", "field", "read"),
    [
        ("", SWITCH, "on", {"255": True, "0": False, "0 On": True}),
        ("", SWITCH, "on", {"255 Offline": None, "255 Aus": False}),
        ("switch", WORDS, "on", {"7 Go": True, "7 Halt": False}),
        ("", DIMMER, "level", {"50": 50 / 99, "50 Off": 0.0, "0": 0.0}),
        # What is on without a level, and what is a code.
        ("", DIMMER, "level", {"0 On": None, "50 Offline": None, "-5": None}),
        # "On" may be a value of its own, and no level.
        ("", ONE_IS_ON, "level", {"1 On": 1.0, "1 1%": 0.01}),
        ("light", SWITCH, "level", {"255": 1.0, "0": 0.0, "-5": None}),
        ("fan", SWITCH, "speed", {"255": 1.0, "0": 0.0}),
        ("", FAN_RANGE, "speed", {"98": 98 / 99, "50 Off": 0.0}),
        ("fan", SPEEDS, "speed", {"2": 2 / 3, "0": 0.0, "": None, "7": None}),
        ("fan", SPEEDS, "speed", {"2 Offline": None}),
        # Somebody may have set it between two speeds that have names.
        ("fan", [*SPEEDS, *SLIDER], "speed", {"2": 2 / 3, "33": 1 / 3}),
        ("fan", STEPS, "speed", {"3": 0.75}),
        ("fan", MIXED, "speed", {"3": 1.0}),
        ("fan", STUFEN, "speed", {"3": 1.0}),
        ("shade", SLIDER, "position", {"0": 0.0, "99": 1.0, "255": None}),
        ("shade", SLIDER, "position", {"": None, "50 Offline": None}),
        # What is called open is as open as it was measured.
        ("shade", [pair("Open", 99), *SLIDER], "position", {"50 Open": 50 / 99}),
        ("shade", FAR, "position", {"33": 1 / 3, "200": 0.0}),
        ("shade", NARROW, "position", {"0": 0.0, "1": 1.0}),
        ("garage", GARAGE, "position", {"255": 1.0, "0 Closed": 0.0}),
        ("garage", GARAGE, "position", {"253 Stopped": None, "7 what?": None}),
        # A position that can be seen and not set.
        ("garage", GARAGE, "position", {"7 30%": 0.3, "7 130%": None}),
        ("garage_inverted", GARAGE, "position", {"255": 0.0, "7 Closed": 1.0}),
        ("garage_inverted", GARAGE, "position", {"7 30%": 0.7}),
        ("garage_inverted", GARAGE, "motion", {"7 Opening": "closing"}),
        ("garage", GARAGE, "motion", {"7 Opening": "opening", "9": "unknown"}),
        ("valve", SWITCH, "position", {"255": 1.0, "0 Open": 1.0, "99": 1.0}),
        ("valve", SWITCH, "position", {"-9 Offline": None, "-9": None}),
        ("valve_inverted", SWITCH, "position", {"99": 0.0, "0": 1.0}),
        ("valve_inverted", DIMMER, "position", {"99": 0.0, "0": 1.0}),
        # A relay that locks is on or off, or nobody knows.
        ("lock", TOGGLED, "state", {"5": "unknown"}),
        ("lock", SWITCH, "state", {"255 On": "locked", "255 Offline": "unknown"}),
        ("lock_inverted", SWITCH, "state", {"255": "unlocked", "7": "unknown"}),
        ("", LOCK, "state", dict.fromkeys(("65", "129", "255", "7 Låst"), "locked")),
        # Unlocked for a while, and so it was before.
        ("", LOCK, "state", {"1": "unlocked", "33": "unlocked", "254": "unknown"}),
        ("", LOCK, "state", {"": "unknown", "255 Offline": "unknown"}),
        ("", LOCK, "state", {"7 Unlocking": "unlocking", "7 Locking": "locking"}),
        ("", LOCK, "state", {"255 Not locked": "unlocked", "7 Insecure": "unlocked"}),
        ("", LOCK, "state", {"255 RF not fully locked": "unlocked"}),
        ("", LOCK, "state", {"0 Unable to lock": "unknown", "0 Failed": "unknown"}),
        ("", LOCK, "state", {"0 Door Lock Jammed": "jammed"}),
        ("lock", VERRIEGELT, "state", {"7": "locked"}),
        ("binary_sensor_door", [], "on", {"0 Open": True, "22": True, "23": False}),
        ("binary_sensor_door", [], "on", {"7": None, "7 Door is closed": False}),
        ("binary_sensor_door", [], "on", {"22 Offline": None}),
        ("binary_sensor_tamper", [], "on", {"0 Tampering, Cover Removed": True}),
        ("binary_sensor_door", AJAR, "on", {"7": True, "8": False, "0 Latched": False}),
        ("sensor_number", [], "value", {"0": None, "7": 7.0, "0 calm": 0.0}),
        ("sensor_number", [], "value", {"21.5 Now 21.5 K": 21.5, "3 Warm": None}),
        ("sensor_number", [], "value", {"3 Offline 3": 3.0, "3 Unplugged": None}),
        ("sensor_battery", [], "value", {"80 80%": 80.0, "255 Low": 0.0, "255": None}),
        ("sensor_battery", [], "value", {"100 Low": 0.0, "40 Offline": None}),
        ("sensor_battery", [], "value", {"1 OK": None, "100 OK": 100.0, "40 OK": 40}),
        ("sensor_temperature", [], "unit", {"7 7°": "°F", "7 7 C": "°C"}),
        ("sensor", [], "value", {"1 Pending": "Pending", "1 n/a": None}),
    ],
)
def test_a_device_is_read(
    kind: str, pairs: list[Raw], field: str, read: dict[str, Any]
) -> None:
    """Each is a value, and perhaps a text."""
    for shown, expected in read.items():
        value, _, status = shown.partition(" ")
        at = float(value) if value else None
        found = getattr(only(one(pairs, kind, value=at, status=status)), field)
        assert found == pytest.approx(expected), shown


def test_a_unit_is_kept_where_there_is_nothing_to_read() -> None:
    system = take([feature(1, value=7, status="7 lx")])
    for _ in system.take([feature(1, value=0, status="")]):
        pass
    assert getattr(only(system), "unit", None) == "lx"


@pytest.mark.parametrize(
    ("status", "value", "number", "unit"),
    [
        ("1,234 W", 1234, 1234.0, "W"),
        ("1,234 W", 1.234, 1.234, "W"),
        ("1.234 W", 1234, 1234.0, "W"),
        ("1,234 kWh", None, 1.234, "kWh"),
        ("12.345,67 kWh", 12345.67, 12345.67, "kWh"),
        ("12,345.6 kWh", 0, 12345.6, "kWh"),
        ("1,234,567 L", None, 1234567.0, "L"),
        ("2 345,6 W", None, 2345.6, "W"),
        ("1'234.5 m³", None, 1234.5, "m³"),
        ("-1.2 kW", -1234, -1.2, "kW"),
        ("\u22127 °C", None, -7.0, "°C"),
        (".5 A", None, 0.5, "A"),
        ("55.4° F", 55.4, 55.4, "°F"),
        ("31 Â°C", 31, 31.0, "°C"),
        ("24 ℃", 24, 24.0, "°C"),
        ("55°", 55, 55.0, "°"),
        ("1013 mb", 1013, 1013.0, "mbar"),
        # Capitals tell two units apart.
        ("7 MB/s", 7, 7.0, "MB/s"),
        ("7 Mbps", 7, 7.0, "Mbit/s"),
        ("12 µg/m3", 12, 12.0, "μg/m³"),
        ("4 Bft", 4, 4.0, "Bft"),
        ("5", 5, 5.0, None),
        ("3 lights on", 3, None, None),
        ("Closed", 0, None, None),
        # Nobody writes so; it is no number, and has a unit all the same.
        ("1.234,567.890 W", 0, None, "W"),
        ("", 0, None, None),
    ],
)
def test_a_number_is_read_as_its_value_says(
    status: str, value: float | None, number: float | None, unit: str | None
) -> None:
    assert reading(status, value) == (number, unit)


def test_a_value_may_stand_among_words() -> None:
    assert reads("Now 21,5 degrees", 21.5)
    assert not reads("Now 21,5 degrees", 22.5)
    assert not reads("Warm", 21.5)


@pytest.mark.parametrize(
    ("texts", "on"),
    [
        ("Motion Detected.|Water Leak Detected|Glass Breakage Detected|ON", True),
        ("no motion|No Water Leak Detected|Nothing detected|Pas de mouvement", False),
        ("Door is open|Window/door is open|Ouvert|\u00d6ppen", True),
        ("Gate closed|Is Closed|Geschlossen!|St\u00e4ngd", False),
        ("Undetected|?|Door|", None),
    ],
)
def test_what_is_said_of_two_states(texts: str, on: bool | None) -> None:
    assert {two_state(text) for text in texts.split("|")} == {on}


# Remotes

PRESSED, HELD, RELEASED = Gesture.PRESSED, Gesture.HELD, Gesture.RELEASED


@pytest.mark.parametrize(
    ("text", "button", "gesture", "times"),
    [
        ("Scene 1 Key Pressed 1 Time", 1, PRESSED, 1),
        ("scene #12 key pressed 3 times", 12, PRESSED, 3),
        ("Scene 002 4x", 2, PRESSED, 4),
        ("Button 4 Held Down", 4, HELD, 1),
        ("Long press released", None, RELEASED, 1),
        ("3 Pressed", 3, PRESSED, 1),
        # How often is no button.
        ("Key Pressed 2 Times", None, PRESSED, 2),
        ("Top Triple Tap", None, PRESSED, 3),
        ("Pressed 0 Times", None, PRESSED, 1),
        ("Top Paddle 2 Taps", None, PRESSED, 2),
        # Nor is when it was.
        ("Pressed 2026-11-21 10:30", None, PRESSED, 1),
        ("Held 11/21/2026 9:05:01 PM, Key 4", 4, HELD, 1),
        # Words that hold others.
        ("Household", None, PRESSED, 1),
        ("", None, PRESSED, 1),
        (f"Scene {'9' * 5000}", None, PRESSED, 1),
    ],
)
def test_a_press_is_understood(
    text: str, button: int | None, gesture: Gesture, times: int
) -> None:
    assert press_of(text) == (button, gesture, times)


# Tones of white

NAMED = "Color Temperature"


@pytest.mark.parametrize(
    ("name", "value", "tone", "ends", "white", "wanted", "sent"),
    [
        ("Slider", 2700, (2200, 6500, " K"), (2200, 6500), 2700, 4000, 4000),
        ("Farbtemperatur", 9, (2000, 6500, ""), (2000, 6500), None, 9000, 6500),
        (NAMED, 250, (153, 500, ""), (2000, 6536), 4000, 5000, 200),
        ("Tone", 400, (153, 500, " mired"), (2000, 6536), 2500, 2000, 500),
        # What is no tone for sure stays a number.
        (NAMED, 50, (0, 100, "%"), None, None, 4000, None),
        (NAMED, 50, (0, 255, ""), None, None, 4000, None),
        ("Ramp Rate", 50, (2000, 6500, ""), None, None, 4000, None),
    ],
)
def test_a_tone_of_white_is_part_of_the_light(
    name: str,
    value: float,
    tone: tuple[float, float, str],
    ends: tuple[int, int] | None,
    white: int | None,
    wanted: int,
    sent: float | None,
) -> None:
    features = [
        feature(1, "Bulb", kind=(512, 3, 0), children=(2, 3)),
        feature(2, "Level", value=50, root=1),
        feature(3, name, value=value, root=1),
    ]
    low, high, suffix = tone
    own = [pair("(value)", span=(low, high), RangeStatusSuffix=suffix)]
    inventory = take(features, {2: DIMMER, 3: own})
    device, *others = inventory.devices.values()
    assert isinstance(device, Light)
    assert (device.whites, device.white, device.dimmable) == (ends, white, True)
    assert [type(other) for other in others] == ([] if ends else [Number])
    if sent is not None:
        set_white = SetWhite(device_id=device.id, white=wanted)
        assert asked(inventory, set_white) == [(3, sent)]
