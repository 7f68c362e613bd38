"""What makes a feature what it is, and what does not."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.evidence import ROWS
from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    Siren,
    Switch,
    Valve,
)
from custom_components.crestron_homeseer.house.devices import (
    Button,
    Cover,
    Detector,
    Device,
    Light,
    Lock,
    Sensor,
)

from .raw import DIMMER, SWITCH, Raw, feature, pair, take

UP_DOWN = [pair("Up", 1), pair("Down", 0)]
OPEN_CLOSE = [pair("Open", 1), pair("Close", 0)]
OPEN_CLOSE_STOP = [*OPEN_CLOSE, pair("Stop", 2)]
LOCKED_USES = [pair("Open", 1, 19), pair("Close", 2, 18)]
ON_OFF_LABELS = [pair("Off", 0), pair("On", 1)]
PLACED = [*OPEN_CLOSE_STOP, pair("(value)%", span=(0, 100))]


def only(raw: Raw, pairs: list[Raw]) -> tuple[Device, str]:
    """Return the device of a feature, and the evidence for it."""
    inventory = take([raw], {1: pairs} if pairs else None)
    _, evidence = inventory.meanings[1]
    return inventory.devices["ref-1"], evidence


@pytest.mark.parametrize(
    ("raw", "pairs", "kind", "facts", "evidence"),
    [
        # Two labels alone open nothing.
        (feature(1, "Sonos Volume"), UP_DOWN, Choice, {}, "controls: several"),
        (feature(1, "Database"), OPEN_CLOSE, Choice, {}, "controls: several"),
        (feature(1, "Front Door"), UP_DOWN, Choice, {}, "controls: several"),
        (feature(1, "Lampe", status="Auf"), OPEN_CLOSE, Choice, {}, "controls: several"),
        (
            feature(1, "Water Main Valve"),
            OPEN_CLOSE,
            Valve,
            {"position": 0.0},
            "controls: open and close, called a valve",
        ),
        (
            feature(1, "Gas", type_string="Gas Valve", status="Offline"),
            SWITCH,
            Valve,
            {"position": None},
            "controls: open and close, called a valve",
        ),
        (
            feature(1, "Afsluiter", value=50, status="50%"),
            DIMMER,
            Valve,
            {"position": 50 / 99, "can_position": True},
            "controls: open and close, called a valve",
        ),
        # A lock's uses on what is called a way in do not make a lock.
        (
            feature(1, "Garage Left", value=2, status="Closed"),
            LOCKED_USES,
            Cover,
            {"kind": "garage", "position": 0.0},
            "controls: open and close a way in",
        ),
        (feature(1, "Strongbox"), LOCKED_USES, Lock, {}, "controls: lock and unlock"),
        (
            feature(1, "Bedroom"),
            PLACED,
            Cover,
            {"kind": "shade"},
            "controls: open, close, stop and a position",
        ),
        (
            feature(1, "Bedroom", kind=(4, 0, 38)),
            [*UP_DOWN, pair("Stop", 2)],
            Cover,
            {},
            "controls: open, close, stop and a position",
        ),
        (
            feature(1, "Volet roulant"),
            [pair("Monter", 1), pair("Descendre", 0)],
            Cover,
            {"kind": "shutter"},
            "controls: open and close, called a cover",
        ),
        (
            feature(1, "Hall Sirene", status="Aus"),
            [pair("Aus", 0), pair("Ein", 1)],
            Siren,
            {"on": False},
            "controls: on and off, called a siren",
        ),
        # Off, On and something else is a choice, unless HomeSeer says what they are for.
        (
            feature(1, "Pump", value=2),
            [*ON_OFF_LABELS, pair("Auto", 2)],
            Choice,
            {"option": "Auto"},
            "controls: several",
        ),
        (feature(1), [*ON_OFF_LABELS, pair("Fast On", 9)], Switch, {}, "controls: on and off"),
        (
            feature(1, "Lamp", value=2, status="On"),
            [pair("On", 2, 1), pair("Off", 3, 2), pair("", use=3, span=(0, 100))],
            Light,
            {"level": 1.0},
            "controls: on, off and a level",
        ),
        (
            feature(1, "Skap", status="Ulåst"),
            [pair("Lås", 1), pair("Lås opp", 0)],
            Lock,
            {"state": "unlocked"},
            "controls: lock and unlock",
        ),
        (
            feature(1, "Rookmelder", status="Geen rook"),
            [],
            Detector,
            {"kind": "smoke", "on": False},
            "words and two states",
        ),
        (feature(1, "Gasverbruik", status="3,2 m³"), [], Sensor, {"kind": "gas"}, "unit"),
        (feature(1, "Gas Tank", status="45 L"), [], Sensor, {"kind": "volume"}, "unit"),
        # What is shown now decides nothing.
        (
            feature(1, "Dryer", status="Idle"),
            [],
            Sensor,
            {"kind": "text", "value": "Idle"},
            "nothing but its text",
        ),
        (feature(1, "Fire Danger", status="Low"), [], Sensor, {"kind": "text"}, "nothing but its text"),
        (feature(1, "Gas Furnace", status="Off"), [], Sensor, {"kind": "text"}, "nothing but its text"),
        (feature(1, "Motion Light", status="Off"), [], Sensor, {"kind": "text"}, "nothing but its text"),
        (feature(1, "Door", status="All closed"), [], Sensor, {"kind": "text"}, "nothing but its text"),
        (feature(1, "Motion"), [], Sensor, {"kind": "text"}, "nothing to show yet"),
        (
            feature(1, "Gang", type_string="Bewegungsmelder"),
            [],
            Detector,
            {"kind": "motion", "on": False},
            "type string: two states",
        ),
        (
            feature(1, "Key A", type_string="Keypad Button", status="Off"),
            [],
            Detector,
            {"on": False},
            "type string: a button in one of two states",
        ),
        (
            feature(1, "Fuite cuisine", status="Mouillé", value=7),
            [],
            Detector,
            {"kind": "water", "on": True},
            "words and two states",
        ),
        (
            feature(1, "Gas Detector", status="Clear"),
            [],
            Detector,
            {"kind": "gas", "on": False},
            "words and two states",
        ),
        (
            feature(1, "Tap", type_string="ZLLSwitch", status="Button 2 held"),
            [],
            Remote,
            {"button": 2},
            "type string: a remote",
        ),
        # One has a unit, the other words for what it measures.
        (
            feature(1, "Barometer", value=29.92, status="29.92 inHg"),
            [],
            Sensor,
            {"kind": "atmospheric pressure"},
            "unit",
        ),
        (feature(1, "Sauerstoff", status="21 ppm"), [], Sensor, {"kind": "number"}, "unit"),
        (feature(1, "CO", status="9 ppm"), [], Sensor, {"kind": "carbon monoxide"}, "unit"),
        (feature(1, "VOC", status="9 ppb"), [], Sensor, {"kind": "volatile organic compounds parts"}, "unit"),
        (feature(1, "Vindhastighet", status="9 m/s"), [], Sensor, {"kind": "wind speed"}, "unit"),
        (feature(1, "Rain", status="9 mm"), [], Sensor, {"kind": "precipitation"}, "unit"),
        (feature(1, "Rain", status="9 mm/h"), [], Sensor, {"kind": "precipitation intensity"}, "unit"),
        (feature(1, "Soil", status="33%"), [], Sensor, {"kind": "moisture"}, "unit"),
        (feature(1, "Cold Water Meter", status="9 m3"), [], Sensor, {"kind": "water"}, "unit"),
        (feature(1, "Oil Tank", status="9 L"), [], Sensor, {"kind": "volume"}, "unit"),
        (feature(1, "UV Index", value=3, status="3"), [], Sensor, {"kind": "ultraviolet"}, "a number without a unit"),
        (
            feature(1, "Luft", kind=(4, 0, 49), type_string="Z-Wave Temperature", status="No Data"),
            [],
            Sensor,
            {"kind": "temperature", "value": None, "unit": "°F"},
            "type: measurement",
        ),
        (
            feature(1, "Outside", kind=(16, 10, 0), value=55, status="55°"),
            [],
            Sensor,
            {"kind": "temperature", "value": 55.0, "unit": "°F"},
            "type: measurement",
        ),
        # HomeSeer's own, and what plug-ins tell of themselves.
        (
            feature(1, "Sprinkler", value=9, status="0:09", type_string="Timer", interface_name=""),
            [],
            Sensor,
            {"hidden": True},
            "HomeSeer's own timer or counter",
        ),
        (
            feature(1, "Visits", value=9, status="9", location="Counters", interface_name=""),
            [],
            Sensor,
            {"hidden": True},
            "HomeSeer's own timer or counter",
        ),
        (feature(1, "Node Info", status="v1.2 ok"), [], Sensor, {"hidden": True}, "plug-in's housekeeping"),
        (feature(1, "Filter", value=80, status="80 days"), [pair("Reset", 0)], Sensor, {"unit": "d"}, "buttons beside a number"),
        (
            feature(1, "Washer", value=7, status="Rinsing"),
            [pair("Start", 1), pair("Stop", 0)],
            Sensor,
            {"value": "Rinsing"},
            "buttons beside a text",
        ),
        (feature(1, "Blind", value=45, status="45%"), OPEN_CLOSE, Cover, {"position": 0.45, "can_position": False}, "controls: open and close, called a cover"),
        (feature(1, "Blind", value=45, status="45%"), [pair("Open", 0), pair("Close", 100)], Cover, {"position": 0.55}, "controls: open and close, called a cover"),
        (feature(1, "Patio Screen"), OPEN_CLOSE_STOP, Cover, {}, "controls: open and close, called a cover"),
        (feature(1, "Blind", value=45, status="Partially Open"), OPEN_CLOSE, Cover, {"position": 1.0}, "controls: open and close, called a cover"),
        (feature(1, "Garagedeur"), [pair("Openen", 1), pair("Sluiten", 0)], Cover, {"position": 0.0}, "controls: open and close, called a cover"),
        (feature(1, "Portail"), [pair("Ouvrir", 1), pair("Fermer", 0), pair("Arrêt", 2)], Cover, {"can_stop": True}, "controls: open and close, called a cover"),
        (feature(1, "Hovedstoppekran", status="Stengt"), [pair("Åpne", 1), pair("Steng", 0)], Valve, {"position": 0.0}, "controls: open and close, called a valve"),
        (feature(1, "Hauptventil", status="Auf"), [pair("Auf", 1), pair("Zu", 0)], Valve, {"position": 1.0}, "controls: open and close, called a valve"),
        (feature(1, "Voordeur", status="Gesloten"), [], Detector, {"kind": "door", "on": False}, "words and two states"),
        (feature(1, "Corridor", status="On"), [], Sensor, {"value": "On"}, "nothing but its text"),
        (feature(1, "Zone Front Door", status="Normal"), [], Detector, {"on": False}, "words and two states"),
        (feature(1, "Hall", status="Open", type_string="Open/Close Sensor"), [], Detector, {"kind": "door", "on": True}, "words and two states"),
        (feature(1, "Front Door", status="Secure"), [], Sensor, {"value": "Secure"}, "nothing but its text"),
        (feature(1, "Heat Alarm", status="No Heat"), [], Detector, {"on": False}, "words and two states"),
        (feature(1, "Tamper", value=3, status="Tampering, Product Cover Removed", kind=(513, 0, 3)), [], Detector, {"on": True}, "type: two states"),
        (feature(1, "Forecast", status="No Data"), [], Sensor, {"value": None}, "nothing to show yet"),
        (feature(1, "Forecast", status="\u2014"), [], Sensor, {"value": None}, "nothing to show yet"),
        (feature(1, "Door Lock Logging", status="Unlocked by User 3"), [], Sensor, {"value": "Unlocked by User 3", "hidden": False}, "nothing but its text"),
        (feature(1, "Link", status="Deactivated"), [pair("Deactivate", 0), pair("Activate", 1)], Choice, {}, "controls: several"),
        (feature(1, "Level", value=-1, status="Unknown"), [pair("(value)", span=(0, 9))], Number, {"value": None}, "controls: a range"),
        (feature(1, "Level", value=50), [pair("(value)", span=(0, 9)), pair("Auto", 50)], Number, {"value": None}, "controls: a range"),
    ],
)  # fmt: skip
def test_what_makes_it_what_it_is(
    raw: Raw, pairs: list[Raw], kind: type[Device], facts: dict[str, Any], evidence: str
) -> None:
    device, found = only(raw, pairs)
    assert type(device) is kind
    assert {key: getattr(device, key) for key in facts} == facts
    assert found == evidence


def test_each_row_has_a_name_of_its_own() -> None:
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)


def test_buttons_stand_beside_what_is_shown() -> None:
    pairs = {1: [pair("Start", 1), pair("Stop", 0.5)]}
    devices = take([feature(1, "Washer", value=7, status="Rinsing")], pairs).devices
    buttons = {key: each.name for key, each in devices.items() if type(each) is Button}
    assert buttons == {
        "ref-1-button-1": "Washer Start",
        "ref-1-button-0.5": "Washer Stop",
    }


@pytest.mark.parametrize(
    ("value", "status", "on"),
    [
        # What is sent is not what is shown.
        (0, "Off", False),
        (0, "", False),
        (100, "", True),
        (1000, "", False),
        (1001, "", True),
        (-1, "", None),
        (-1, "Unreachable", None),
        (100, "Unknown", None),
        (0, "On", True),
        (1000, "Fast Off", False),
        (1001, "Fast On", True),
        (5000, "", None),
    ],
)
def test_a_switch_says_what_it_is_before_its_value(
    value: float, status: str, on: bool | None
) -> None:
    pairs = {1: [pair("On", 1001, 1), pair("Off", 1000, 2)]}
    device = take([feature(1, value=value, status=status)], pairs).devices["ref-1"]
    assert isinstance(device, Switch)
    assert device.on is on


@pytest.mark.parametrize(
    ("value", "status", "level"),
    [
        (0, "Off", 0.0),
        (0, "", 0.0),
        (50, "50%", 50 / 99),
        (100, "On", 1.0),
        (0, "On", None),
        (50, "Offline", None),
        (-1, "", None),
        (5000, "", None),
    ],
)
def test_a_light_whose_off_is_only_sent(
    value: float, status: str, level: float | None
) -> None:
    pairs = {
        1: [pair("On", 1001, 1), pair("Off", 1000, 2), pair("%", use=3, span=(1, 99))]
    }
    device = take([feature(1, value=value, status=status)], pairs).devices["ref-1"]
    assert isinstance(device, Light)
    assert device.level == pytest.approx(level)
