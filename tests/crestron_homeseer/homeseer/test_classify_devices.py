"""What features that belong together become, from devices as they are."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.settings import Override, Settings
from custom_components.crestron_homeseer.house.commands import (
    SetLevel,
    SetLocked,
    SetSpeed,
)
from custom_components.crestron_homeseer.house.controls import Switch
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    AlarmState,
    ArmMode,
    Cover,
    CoverKind,
    Detector,
    Device,
    Fan,
    Light,
    Lock,
    LockState,
    MediaRoom,
    Motion,
    PlayState,
    SetPointKind,
    TemperatureUnit,
    Thermostat,
    ThermostatAction,
    ThermostatMode,
    Transport,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError

from .described import LOCK, legacy_thermostat, player
from .raw import DIMMER, SWITCH, Raw, asked, feature, only, pair, take


def test_a_thermostat_is_one_device() -> None:
    device = only(take(*legacy_thermostat()))
    assert isinstance(device, Thermostat)
    assert device.id == "ref-10-climate"
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


def test_a_mode_that_only_shows_is_not_the_one_to_choose() -> None:
    features, controls = legacy_thermostat()
    shown = feature(
        9, "Operating Mode", value=1, status="Heat", kind=(16, 9, 0), root=10
    )
    features[0]["associated_devices"] += [9]
    device = take([shown, *features], controls).devices["ref-10-climate"]
    assert isinstance(device, Thermostat)
    assert ThermostatMode.COOL in device.modes


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
    panel = devices["ref-40-alarm"]
    assert isinstance(panel, AlarmPanel)
    assert panel.state is AlarmState.DISARMED
    assert panel.arm_modes == (ArmMode.HOME, ArmMode.AWAY)
    assert panel.can_disarm
    zone = devices["ref-43"]
    assert isinstance(zone, Detector)
    assert zone.on is True

    features[2]["status"] = "Alarm Triggered"
    sounding = take(features, controls).devices["ref-40-alarm"]
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
    assert {device.root_id for device in inventory.devices.values()} == {"ref-60"}
    assert inventory.roots["ref-60"].name == "Porch Sensor"
    names = {device.name for device in inventory.devices.values()}
    assert names == {"Porch Sensor Motion", "Temperature", "Battery"}


def test_the_one_thing_that_a_device_watches_has_its_name() -> None:
    features = [
        feature(65, "Bath Window", children=(66, 67)),
        feature(66, "Access Control", value=23, status="Window Closed", root=65),
        feature(67, "Battery", value=90, type_string="Z-Wave Battery", root=65),
    ]
    devices = take(features).devices
    assert devices["ref-66"].name == "Bath Window"
    assert devices["ref-67"].name == "Battery"


def test_the_one_load_of_a_device_has_its_name() -> None:
    features = [
        feature(70, "Den Lamp", children=(71, 72)),
        feature(71, "Switch Multilevel", value=0, root=70),
        feature(72, "Watts", value=3, status="3 Watts", root=70),
    ]
    devices = take(features, {71: DIMMER}).devices
    assert devices["ref-71"].name == "Den Lamp"
    assert devices["ref-72"].name == "Watts"


def test_a_child_whose_root_is_not_there_stands_alone() -> None:
    device = only(take([feature(80, "Orphan", value=0, root=79)], {80: SWITCH}))
    assert device.root_id is None


def test_a_root_with_controls_is_a_device_too() -> None:
    features = [
        feature(90, "Old Plug", value=255, children=(91,)),
        feature(91, "Watts", value=3, status="3 Watts", root=90),
    ]
    devices = take(features, {90: SWITCH}).devices
    assert set(devices) == {"ref-90", "ref-91"}
    assert devices["ref-90"].root_id == "ref-90"


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


@pytest.mark.parametrize(
    ("override", "value", "state"),
    [
        (Override.LOCK, 255, LockState.LOCKED),
        (Override.LOCK, 0, LockState.UNLOCKED),
        (Override.LOCK, 7, LockState.UNKNOWN),
        (Override.LOCK_INVERTED, 255, LockState.UNLOCKED),
        (Override.LOCK_INVERTED, 0, LockState.LOCKED),
        (Override.LOCK_INVERTED, 7, LockState.UNKNOWN),
    ],
)
def test_a_relay_that_works_a_lock(
    override: Override, value: int, state: LockState
) -> None:
    settings = Settings(overrides={1: override})
    inventory = take([feature(1, value=value, status="")], {1: SWITCH}, settings)
    ((key, device),) = inventory.devices.items()
    assert isinstance(device, Lock)
    assert device.state is state
    values = {
        locked: inventory.bindings[key].write(SetLocked(device_id=key, locked=locked))
        for locked in (True, False)
    }
    on_locks = override is Override.LOCK
    sent = {locked: action.params["value"] for locked, [action] in values.items()}
    assert sent == {on_locks: 255, not on_locks: 0}


def test_a_lock_that_says_what_it_does_is_not_turned_round() -> None:
    settings = Settings(overrides={1: Override.LOCK_INVERTED})
    raw = feature(1, value=255, status="Locked")
    device = only(take([raw], {1: LOCK}, settings))
    assert isinstance(device, Lock)
    assert device.state is LockState.LOCKED


@pytest.mark.parametrize(
    ("status", "motion"),
    [("Opening", Motion.CLOSING), ("Closing", Motion.OPENING), ("On", Motion.STOPPED)],
)
def test_the_other_way_round_is_so_while_it_moves(status: str, motion: Motion) -> None:
    settings = Settings(overrides={1: Override.GARAGE_INVERTED})
    device = only(take([feature(1, value=7, status=status)], {1: SWITCH}, settings))
    assert isinstance(device, Cover)
    assert device.motion is motion


def test_a_slider_from_nothing_can_be_switched_off() -> None:
    settings = Settings(
        overrides={1: Override.LIGHT, 2: Override.FAN, 3: Override.LIGHT}
    )
    spans = {1: (0, 100), 2: (0, 99), 3: (1, 99)}
    controls = {ref: [pair("(value)%", span=span)] for ref, span in spans.items()}
    inventory = take([feature(ref, value=0) for ref in spans], controls, settings)
    light, fan, _ = inventory.devices.values()
    assert isinstance(light, Light)
    assert isinstance(fan, Fan)
    assert (light.level, fan.speed) == (0.0, 0.0)
    assert asked(inventory, SetLevel(device_id="ref-1", level=0.0)) == [(1, 0)]
    assert asked(inventory, SetLevel(device_id="ref-1", level=0.5)) == [(1, 50)]
    assert asked(inventory, SetSpeed(device_id="ref-2", speed=0.0)) == [(2, 0)]
    # Nobody knows what switches this one off.
    with pytest.raises(HubCommandError):
        asked(inventory, SetLevel(device_id="ref-3", level=0.0))


def test_a_lamp_at_a_ceiling_fan_is_no_fan() -> None:
    features = [
        feature(10, "Ceiling Fan", children=(11, 12)),
        feature(11, "Light", value=50, root=10),
        feature(12, "Fan", value=50, root=10),
    ]
    devices = take(features, {11: DIMMER, 12: DIMMER}).devices
    assert {"ref-11", "ref-12"} == set(devices)


def test_what_is_ignored_or_of_another_interface_is_not_there() -> None:
    settings = Settings(
        overrides={1: Override.IGNORE}, interfaces=frozenset({"Z-Wave"})
    )
    features = [feature(1), feature(2), feature(3, interface_name="Insteon")]
    devices = take(features, dict.fromkeys((1, 2, 3), SWITCH), settings).devices
    assert set(devices) == {"ref-2"}


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
    assert inventory.devices["ref-1"].name == "First"
    assert inventory.devices["ref-2"].name == "Device 2"
