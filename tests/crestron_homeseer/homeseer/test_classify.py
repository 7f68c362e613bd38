"""What a feature becomes: each row of the tables."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    Switch,
    TextBox,
)
from custom_components.crestron_homeseer.house.devices import (
    Button,
    Cover,
    CoverKind,
    Detector,
    DetectorKind,
    Device,
    Fan,
    Light,
    Lock,
    LockState,
    Motion,
    Sensor,
    SensorKind,
)

from .described import FAN_RANGE, LOCK, SPEEDS
from .raw import DIMMER, SWITCH, Raw, feature, only, pair, take

OPEN_CLOSE = [pair("Closed", 0, 2), pair("Open", 255, 1)]


def _charged(value: float, status: str) -> Raw:
    return feature(1, "Battery", value=value, status=status, kind=(4, 0, 128))


@pytest.mark.parametrize(
    ("raw", "pairs", "kind", "facts"),
    [
        (feature(1, value=50), DIMMER, Light, {"dimmable": True, "level": 50 / 99}),
        (feature(1, value=255), SWITCH, Switch, {"on": True, "outlet": False}),
        (
            feature(1, value=0, misc=0x2000),
            SWITCH,
            Light,
            {"dimmable": False, "level": 0.0},
        ),
        (feature(1, "Coffee Outlet"), SWITCH, Switch, {"outlet": True}),
        (
            feature(1, "Dimmer", value=30),
            [pair("On", 100), pair("Off", 0), pair("(value)%", span=(0, 100))],
            Light,
            {"level": 0.3},
        ),
        # These are lamps, wherever they are.
        (feature(1, "Outdoor Dimmer", value=50), DIMMER, Light, {}),
        (feature(1, "Garage Lights", value=50), DIMMER, Light, {}),
        (feature(1, "Front Door", value=50), DIMMER, Light, {}),
        (feature(1, "Shaded Porch Lamp", value=50), DIMMER, Light, {}),
        (feature(1, "Ceiling Fan Light", value=50), DIMMER, Light, {}),
        # These are not.
        (feature(1, "Skylight Blind"), DIMMER, Cover, {"kind": CoverKind.BLIND}),
        (
            feature(1, "Garage", type_string="Z-Wave Barrier Operator"),
            DIMMER,
            Cover,
            {"kind": CoverKind.GARAGE},
        ),
        (
            feature(1, "Gate"),
            [*SWITCH, pair("(value)", span=(0, 99))],
            Cover,
            {"kind": CoverKind.GATE},
        ),
        (feature(1, value=255), LOCK, Lock, {"state": LockState.LOCKED}),
        (feature(1, value=254), LOCK, Lock, {"state": LockState.UNKNOWN}),
        (
            feature(1, value=0, status="Unlocked"),
            LOCK,
            Lock,
            {"state": LockState.UNLOCKED},
        ),
        (
            feature(1, value=3, status="Lock jammed"),
            [pair("lock ", 1), pair("UNLOCK", 0)],
            Lock,
            {"state": LockState.JAMMED},
        ),
        (feature(1, value=49), FAN_RANGE, Fan, {"speeds": 100, "speed": 49 / 99}),
        (feature(1, "Attic Fan", value=2), SPEEDS, Fan, {"speeds": 3, "speed": 2 / 3}),
        (
            feature(1, "Fan", value=50),
            [*SPEEDS, *FAN_RANGE[2:]],
            Fan,
            {"speed": 50 / 98},
        ),
        (feature(1, "Attic Fan", value=0), SWITCH, Fan, {"speeds": 1, "speed": 0.0}),
        (
            feature(
                1, value=254, status="Opening", type_string="Z-Wave Barrier Operator"
            ),
            [pair("Open", 255), pair("Close", 0)],
            Cover,
            {
                "kind": CoverKind.GARAGE,
                "motion": Motion.OPENING,
                "position": None,
                "can_position": False,
            },
        ),
        (
            feature(1, "Front Gate", value=0, status="Closed"),
            OPEN_CLOSE,
            Cover,
            {"kind": CoverKind.GATE, "position": 0.0},
        ),
        (
            feature(1, "Roller Shade", value=40, status="40%"),
            [pair("Close", 0), pair("Open", 99), pair("(value)%", use=3, span=(1, 98))],
            Cover,
            {"kind": CoverKind.SHADE, "position": 40 / 99, "can_position": True},
        ),
        # This one counts from open to closed.
        (
            feature(1, "Roller Blind", value=100),
            [pair("Close", 100), pair("Open", 0), pair("(value)%", span=(0, 100))],
            Cover,
            {"kind": CoverKind.BLIND, "position": 0.0},
        ),
        (
            feature(1, value=2000, kind=(513, 0, 1), status="Key Pressed 1 Time"),
            [],
            Remote,
            {"last": "Key Pressed 1 Time", "presses": 0},
        ),
        (
            feature(1, type_string="Z-Wave Central Scene", kind=(4, 0, 91)),
            [],
            Remote,
            {},
        ),
        (
            feature(1, "Battery", value=80, type_string="Z-Wave Battery"),
            [],
            Sensor,
            {"kind": SensorKind.BATTERY, "value": 80, "unit": "%"},
        ),
        # Two states are no charge.
        (_charged(0, "OK"), [], Sensor, {"value": None}),
        (_charged(100, "OK"), [], Sensor, {"value": 100}),
        (_charged(100, "Low"), [], Sensor, {"value": 0}),
        (_charged(15, "Low"), [], Sensor, {"value": 15}),
        (feature(1, "Battery", value=0, status="OK"), [], Sensor, {"value": "OK"}),
        # More than full is a code for low or unknown.
        (
            feature(1, "Battery", value=255, kind=(4, 0, 128)),
            [],
            Sensor,
            {"kind": SensorKind.BATTERY, "value": None},
        ),
        (
            feature(1, "Garden", value=82, status="82 F"),
            [],
            Sensor,
            {"kind": SensorKind.TEMPERATURE, "value": 82, "unit": "°F"},
        ),
        (
            feature(1, value=48, status="24 \u2103"),
            [],
            Sensor,
            {"kind": SensorKind.TEMPERATURE, "value": 24, "unit": "°C"},
        ),
        (
            feature(1, "Relative Humidity", value=41, status="41%"),
            [],
            Sensor,
            {"kind": SensorKind.HUMIDITY, "value": 41, "unit": "%"},
        ),
        (
            feature(1, value=120, status="120 Lux"),
            [],
            Sensor,
            {"kind": SensorKind.ILLUMINANCE, "unit": "lx"},
        ),
        (
            feature(1, value=1.5, status="1,5 kW Hours"),
            [],
            Sensor,
            {"kind": SensorKind.ENERGY, "value": 1.5, "unit": "kWh"},
        ),
        (
            feature(1, value=7, kind=(256, 1, 0), status="7 Watts"),
            [],
            Sensor,
            {"kind": SensorKind.POWER, "unit": "W"},
        ),
        (
            feature(1, value=7, kind=(513, 256, 3)),
            [],
            Sensor,
            {"kind": SensorKind.VOLTAGE, "value": 7, "unit": "V"},
        ),
        (
            feature(1, value=3, status="3 mm"),
            [],
            Sensor,
            {"kind": SensorKind.DISTANCE, "unit": "mm"},
        ),
        (
            feature(1, value=1, status="Waiting for the mail"),
            [],
            Sensor,
            {"kind": SensorKind.TEXT, "hidden": False},
        ),
        (
            feature(
                1,
                "Uptime",
                value=150520690.4273926,
                status="1d 2:03:04",
                type_string="Timer",
                interface_name="",
            ),
            [],
            Sensor,
            {"kind": SensorKind.TEXT, "hidden": True},
        ),
        (
            feature(1, "Hall Motion", value=8, status="Motion"),
            [],
            Detector,
            {"kind": DetectorKind.MOTION, "on": True},
        ),
        (
            feature(1, "Outdoor Siren", value=0, status="Off"),
            [],
            Sensor,
            {"kind": SensorKind.TEXT, "value": "Off"},
        ),
        (
            feature(1, "Back Door", value=23, status="Closed"),
            [],
            Detector,
            {"kind": DetectorKind.DOOR, "on": False},
        ),
        (
            feature(1, "Back Door", value=23, status="Window/Door is closed"),
            [],
            Detector,
            {"kind": DetectorKind.DOOR, "on": False},
        ),
        (
            feature(1, "Bath Window", value=22, status="Window/Door is open"),
            [],
            Detector,
            {"kind": DetectorKind.WINDOW, "on": True},
        ),
        (
            feature(1, "Contact", value=22, status="Window/Door is open"),
            [],
            Detector,
            {"kind": DetectorKind.DOOR, "on": True},
        ),
        (
            feature(1, "Back Door", value=22, kind=(513, 0, 3), status="Event 22"),
            [],
            Detector,
            {"on": True},
        ),
        (
            feature(1, "Back Door", value=254, kind=(513, 0, 3), status="Unknown"),
            [],
            Detector,
            {"on": None},
        ),
        (
            feature(1, "Zone 4", value=0, kind=(8, 40, 1), status="Normal"),
            [],
            Detector,
            {"kind": DetectorKind.SMOKE, "on": False},
        ),
        (
            feature(1, "Presence", value=1),
            [pair("Here", 1, 24), pair("Gone", 0, 25)],
            Detector,
            {"kind": DetectorKind.OCCUPANCY, "on": True},
        ),
        (
            feature(1, "Volume Limit", value=40),
            [pair("(value) dB", span=(0, 80), RangeStatusSuffix=" dB")],
            Number,
            {"value": 40, "low": 0, "high": 80, "step": 1, "unit": "dB"},
        ),
        (feature(1, value=7), [pair("Number", kind=9)], Number, {"value": 7}),
        (
            feature(1, status="Hello"),
            [pair("Text", kind=10, index=3)],
            TextBox,
            {"text": "Hello"},
        ),
        (
            feature(1, "House Mode", value=2),
            [pair("Home", 1), pair("Away", 2), pair("Away", 3)],
            Choice,
            {"option": "Away", "options": ("Home", "Away")},
        ),
        (feature(1), [pair("Press me", 1)], Button, {}),
    ],
)
def test_one_feature(
    raw: Raw, pairs: list[Raw], kind: type[Device], facts: dict[str, Any]
) -> None:
    device = only(take([raw], {1: pairs}))
    assert type(device) is kind
    assert {key: getattr(device, key) for key in facts} == pytest.approx(facts)
    assert device.room_id == "kitchen"


def test_nothing_to_show_is_a_text_to_come() -> None:
    device = only(take([feature(1, value=None)]))
    assert isinstance(device, Sensor)
    assert (device.kind, device.value) == (SensorKind.TEXT, None)
