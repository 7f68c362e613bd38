"""What features become: each row of the tables, from devices as they are."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.settings import Override, Settings
from custom_components.crestron_homeseer.house.controls import (
    Choice,
    Number,
    Remote,
    Switch,
    TextBox,
)
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
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
    MediaRoom,
    Motion,
    PlayState,
    Sensor,
    SensorKind,
    SetPointKind,
    TemperatureUnit,
    Thermostat,
    ThermostatAction,
    ThermostatMode,
    Transport,
)

from .raw import DIMMER, SWITCH, Raw, feature, only, pair, take

LOCK = [pair("Unlock", 0, 19), pair("Lock", 255, 18)]
OPEN_CLOSE = [pair("Closed", 0, 2), pair("Open", 255, 1)]
FAN_RANGE = [pair("Off", 0, 2), pair("On", 99, 1), pair("F", use=23, span=(1, 98))]
SPEEDS = [pair("Off", 0, 2), pair("Low", 1), pair("Medium", 2), pair("High", 3)]


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
            {"kind": SensorKind.NUMBER, "unit": "mm"},
        ),
        (
            feature(1, value=1, status="Waiting for the mail"),
            [],
            Sensor,
            {"kind": SensorKind.TEXT, "hidden": True},
        ),
        (
            feature(1, "Uptime Timer", value=150520690.4273926, status="1d 2:03:04"),
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
            feature(1, "Back Door", value=22, kind=(513, 0, 3), status="?"),
            [],
            Detector,
            {"on": True},
        ),
        (
            feature(1, "Back Door", value=254, kind=(513, 0, 3), status="Open"),
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


def test_nothing_to_show_is_nothing() -> None:
    assert take([feature(1, value=None)]).devices == {}


def legacy_thermostat() -> tuple[list[Raw], dict[int, list[Raw]]]:
    """A thermostat as HomeSeer 3 has it: child devices of the thermostat API."""
    children = (11, 12, 13, 14, 15, 16, 17)
    features = [
        feature(10, "Hall Thermostat", kind=(16, 99, 0), children=children),
        feature(11, "Temperature", value=71, status="71 F", kind=(16, 2, 1), root=10),
        feature(12, "Humidity", value=38, status="38%", kind=(16, 2, 5), root=10),
        feature(13, "Mode", value=1, status="Heat", kind=(16, 3, 0), root=10),
        feature(14, "Heat Setpoint", value=68, kind=(16, 6, 1), root=10),
        feature(15, "Cool Setpoint", value=76, kind=(16, 6, 2), root=10),
        feature(16, "Fan Mode", value=0, status="Auto", kind=(16, 4, 0), root=10),
        feature(17, "State", value=1, status="Heating", kind=(16, 1, 0), root=10),
    ]
    controls = {
        13: [
            pair("Off", 0, 14),
            pair("Heat", 1, 15),
            pair("Cool", 2, 16),
            pair("Auto", 3, 17),
            # This carries the use of Auto, and is not Auto.
            pair("Aux Heat", 4, 17),
        ],
        14: [pair("(value) F", use=12, span=(40, 90))],
        15: [pair("(value) F", use=13, span=(60, 99))],
        16: [pair("Auto", 0, 20), pair("On", 1, 21)],
    }
    return features, controls


def test_a_thermostat_is_one_device() -> None:
    device = only(take(*legacy_thermostat()))
    assert isinstance(device, Thermostat)
    assert device.id == "thermostat-10"
    assert device.name == "Hall Thermostat"
    assert (device.temperature, device.humidity) == (71, 38)
    assert device.unit is TemperatureUnit.FAHRENHEIT
    assert device.mode is ThermostatMode.HEAT
    assert device.modes == (
        ThermostatMode.OFF,
        ThermostatMode.HEAT,
        ThermostatMode.COOL,
        ThermostatMode.AUTO,
        ThermostatMode.AUX_HEAT,
    )
    assert device.action is ThermostatAction.HEATING
    assert (device.fan_mode, device.fan_modes) == ("Auto", ("Auto", "On"))
    heat = device.set_point(SetPointKind.HEAT)
    assert heat is not None
    assert (heat.value, heat.low, heat.high) == (68, 40, 90)


def test_a_thermostat_of_homeseer_4_in_doubled_celsius() -> None:
    features = [
        feature(20, "Bath", kind=(512, 8, 0), children=(21, 22, 23)),
        feature(21, "Temp", value=44, status="22.0 °C", kind=(513, 16, 0), root=20),
        feature(22, "Mode", value=5, kind=(513, 17, 3), root=20),
        feature(23, "Heat", value=42, status="21.0 °C", kind=(513, 17, 1), root=20),
    ]
    controls = {
        22: [pair("Heat", 1, 15), pair("Off", 5, 14)],
        23: [
            pair("-", 1000),
            pair("+", 1001),
            pair(
                "(value)",
                use=12,
                span=(10, 70),
                RangeStatusDivisor=2,
                RangeStatusDecimals=1,
            ),
        ],
    }
    device = only(take(features, controls))
    assert isinstance(device, Thermostat)
    assert device.unit is TemperatureUnit.CELSIUS
    assert device.temperature == 22.0
    assert device.mode is ThermostatMode.OFF
    heat = device.set_point(SetPointKind.HEAT)
    assert heat is not None
    assert (heat.value, heat.low, heat.high) == (21.0, 5.0, 35.0)


def player() -> tuple[list[Raw], dict[int, list[Raw]]]:
    """A player with its children."""
    features = [
        feature(30, "Sonos Den", kind=(32, 99, 0), children=(31, 32, 33, 34, 35, 36)),
        feature(31, "Status", value=1, status="Playing", kind=(32, 1, 0), root=30),
        feature(32, "Control", value=0, kind=(32, 3, 0), root=30),
        feature(33, "Volume", value=25, kind=(32, 4, 0), root=30),
        feature(34, "Mute", value=0, status="Unmuted", kind=(513, 32, 13), root=30),
        feature(35, "Track", status="Blue in Green", kind=(32, 10, 0), root=30),
        feature(36, "Source", value=2, kind=(32, 20, 0), root=30),
    ]
    controls = {
        32: [pair("Play", 1, 5), pair("Pause", 2, 6), pair("Next", 3, 31)],
        33: [pair("(value)", use=33, span=(0, 100))],
        34: [pair("Mute", 1, 28), pair("Unmute", 0, 29)],
        36: [pair("Radio", 1), pair("Line-In", 2)],
    }
    return features, controls


def test_a_player_is_one_device() -> None:
    device = only(take(*player()))
    assert isinstance(device, MediaRoom)
    assert device.playing is PlayState.PLAYING
    assert device.transport == {Transport.PLAY, Transport.PAUSE, Transport.NEXT}
    assert (device.volume, device.muted) == (0.25, False)
    assert device.title == "Blue in Green"
    assert device.source_id == "Line-In"
    assert not device.can_switch


def test_an_alarm_panel_is_one_device_and_its_zones_are_sensors() -> None:
    features = [
        feature(40, "DSC", kind=(8, 99, 0), children=(41, 42, 43)),
        feature(41, "Partition", value=0, status="Disarmed", kind=(8, 10, 1), root=40),
        feature(42, "Alarm", value=0, status="No Alarm", kind=(8, 1, 1), root=40),
        feature(43, "Zone 1", value=1, status="Violated", kind=(8, 30, 1), root=40),
    ]
    controls = {
        41: [pair("Disarm", 0), pair("Arm Stay", 1), pair("Arm Away", 2)],
    }
    devices = take(features, controls).devices
    panel = devices["alarm-40"]
    assert isinstance(panel, AlarmPanel)
    assert panel.state is AlarmState.DISARMED
    assert panel.arm_modes == (ArmMode.HOME, ArmMode.AWAY)
    assert panel.can_disarm
    zone = devices["detector-43"]
    assert isinstance(zone, Detector)
    assert zone.on is True

    features[2]["status"] = "Alarm Triggered"
    sounding = take(features, controls).devices["alarm-40"]
    assert isinstance(sounding, AlarmPanel)
    assert sounding.state is AlarmState.TRIGGERED


def test_a_colour_beside_a_dimmer_is_one_light() -> None:
    features = [
        feature(50, "Lamp", kind=(512, 3, 0), children=(51, 52)),
        feature(51, "Brightness", value=99, root=50),
        feature(52, "Color", value=0, status="ff8000", root=50),
    ]
    controls = {51: DIMMER, 52: [pair("Color", use=22, kind=13)]}
    device = only(take(features, controls))
    assert isinstance(device, Light)
    assert device.colored
    assert device.color == (255, 128, 0)
    assert device.name == "Lamp"


def test_a_device_with_its_battery_and_temperature() -> None:
    features = [
        feature(60, "Porch Sensor", kind=(4, 999, 0), children=(61, 62, 63)),
        feature(61, "Porch Sensor  Motion", value=0, status="No Motion", root=60),
        feature(62, "Temperature", value=70, status="70 °F", root=60),
        feature(63, "Battery", value=90, type_string="Z-Wave Battery", root=60),
    ]
    inventory = take(features)
    assert {device.root_id for device in inventory.devices.values()} == {"root-60"}
    assert inventory.roots["root-60"].name == "Porch Sensor"
    names = {device.name for device in inventory.devices.values()}
    assert names == {"Porch Sensor Motion", "Temperature", "Battery"}


def test_the_one_thing_that_a_device_watches_has_its_name() -> None:
    features = [
        feature(65, "Bath Window", children=(66, 67)),
        feature(66, "Access Control", value=23, status="Window Closed", root=65),
        feature(67, "Battery", value=90, type_string="Z-Wave Battery", root=65),
    ]
    devices = take(features).devices
    assert devices["detector-66"].name == "Bath Window"
    assert devices["sensor-67"].name == "Battery"


def test_the_one_load_of_a_device_has_its_name() -> None:
    features = [
        feature(70, "Den Lamp", children=(71, 72)),
        feature(71, "Switch Multilevel", value=0, root=70),
        feature(72, "Watts", value=3, status="3 Watts", root=70),
    ]
    devices = take(features, {71: DIMMER}).devices
    assert devices["light-71"].name == "Den Lamp"
    assert devices["sensor-72"].name == "Watts"


def test_a_child_whose_root_is_not_there_stands_alone() -> None:
    device = only(take([feature(80, "Orphan", value=0, root=79)], {80: SWITCH}))
    assert device.root_id is None


def test_a_root_with_controls_is_a_device_too() -> None:
    features = [
        feature(90, "Old Plug", value=255, children=(91,)),
        feature(91, "Watts", value=3, status="3 Watts", root=90),
    ]
    devices = take(features, {90: SWITCH}).devices
    assert set(devices) == {"switch-90", "sensor-91"}
    assert devices["switch-90"].root_id == "root-90"


def test_hidden_devices_are_hidden() -> None:
    assert only(take([feature(1, hide_from_view=True)], {1: SWITCH})).hidden


@pytest.mark.parametrize(
    ("override", "pairs", "kind", "facts"),
    [
        (Override.LIGHT, SWITCH, Light, {"dimmable": False}),
        (Override.FAN, SWITCH, Fan, {"speeds": 1}),
        (Override.OUTLET, SWITCH, Switch, {"outlet": True}),
        (Override.SWITCH, DIMMER, Switch, {"outlet": False}),
        (Override.LOCK, LOCK, Lock, {}),
        (Override.GARAGE, SWITCH, Cover, {"kind": CoverKind.GARAGE, "position": 0.0}),
        (Override.GARAGE_INVERTED, SWITCH, Cover, {"position": 1.0}),
        (Override.SHADE, DIMMER, Cover, {"kind": CoverKind.SHADE, "position": 0.0}),
        (Override.SHADE_INVERTED, DIMMER, Cover, {"position": 1.0}),
        (Override.SENSOR_INVERTED, [], Detector, {"on": True}),
    ],
)
def test_the_user_knows_better(
    override: Override, pairs: list[Raw], kind: type[Device], facts: dict[str, Any]
) -> None:
    settings = Settings(overrides={1: override})
    raw = feature(1, value=0, status="Off")
    device = only(take([raw], {1: pairs}, settings))
    assert type(device) is kind
    assert {key: getattr(device, key) for key in facts} == facts


def test_what_is_ignored_or_of_another_interface_is_not_there() -> None:
    settings = Settings(
        overrides={1: Override.IGNORE}, interfaces=frozenset({"Z-Wave"})
    )
    features = [feature(1), feature(2), feature(3, interface_name="Insteon")]
    devices = take(features, dict.fromkeys((1, 2, 3), SWITCH), settings).devices
    assert set(devices) == {"switch-2"}


def test_a_doubled_and_a_nameless_device_cost_nobody_else() -> None:
    features: list[Any] = [
        feature(1, "First"),
        feature(1, "Second"),
        {"name": "without a number"},
        "nonsense",
        None,
        {"ref": 2},
    ]
    inventory = take(features, {1: SWITCH, 2: SWITCH})
    assert inventory.devices["switch-1"].name == "First"
    assert inventory.devices["switch-2"].name == "Device 2"
