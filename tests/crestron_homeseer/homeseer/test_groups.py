"""Thermostats, players, alarm panels and colour lights: one device of several features."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.house.commands import SetPower
from custom_components.crestron_homeseer.house.controls import PressButton
from custom_components.crestron_homeseer.house.devices import (
    AlarmPanel,
    Detector,
    Light,
    MediaRoom,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import HubCommandError
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    ArmMode,
    PlayState,
    SetPointKind,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode,
    Transport,
)

from .described import legacy_thermostat, player
from .raw import DIMMER, SWITCH, Raw, asked, feature, only, pair, take


def facts(device: object, names: str) -> dict[str, Any]:
    """Return some facts of a device."""
    return {name: getattr(device, name) for name in names.split()}


def test_a_thermostat_is_one_device() -> None:
    device = only(take(*legacy_thermostat()))
    assert isinstance(device, Thermostat)
    modes = ThermostatMode
    wanted = {
        "id": "ref-10-climate",
        "name": "Hall Thermostat",
        "temperature": 71,
        "humidity": 38,
        "unit": TemperatureUnit.FAHRENHEIT,
        "mode": modes.HEAT,
        "modes": (modes.OFF, modes.HEAT, modes.COOL, modes.AUTO, modes.AUX_HEAT),
        "action": ThermostatAction.HEATING,
        "fan_mode": "Auto",
        "fan_modes": ("Auto", "On"),
    }
    assert facts(device, " ".join(wanted)) == wanted
    heat = device.set_point(SetPointKind.HEAT)
    assert facts(heat, "value low high") == {"value": 68, "low": 40, "high": 90}


def test_a_mode_that_only_shows_is_not_the_one_to_choose() -> None:
    features, controls = legacy_thermostat()
    shown = feature(
        9, "Operating Mode", value=1, status="Heat", kind=(16, 9, 0), root=10
    )
    features[0]["associated_devices"] += [9]
    device = take([shown, *features], controls).devices["ref-10-climate"]
    assert isinstance(device, Thermostat)
    assert ThermostatMode.COOL in device.modes


def listens_to(**changes: Any) -> MediaRoom:
    """Return a player whose features say something else."""
    features, controls = player()
    for raw in features:
        raw |= changes.get(raw["name"], {})
    device = take(features, controls).devices["ref-30-player"]
    assert isinstance(device, MediaRoom)
    return device


def test_a_player_is_one_device() -> None:
    device = listens_to()
    assert device.playing is PlayState.PLAYING
    assert device.transport == {Transport.PLAY, Transport.PAUSE, Transport.NEXT}
    assert (device.volume, device.muted) == (0.25, False)
    assert (device.title, device.source_id) == ("Blue in Green", "Line-In")
    assert not device.can_switch


def test_a_player_of_homeseer_4() -> None:
    features, controls = player()
    for raw in features[1:]:
        kind = raw["device_type"]
        if kind["Device_API"] == 32:
            kind |= {"Device_API": 513, "Device_Type": 32}
            kind["Device_SubType"] = {31: 1, 32: 3, 33: 4, 35: 10, 36: 20}[raw["ref"]]
    assert only(take(features, controls)) == only(take(*player()))


def test_a_player_with_a_switch_of_its_own() -> None:
    features, controls = player()
    features[0]["associated_devices"].append(37)
    features.append(feature(37, "Power", value=255, root=30))
    inventory = take(features, controls | {37: SWITCH})
    device = inventory.devices["ref-30-player"]
    assert isinstance(device, MediaRoom)
    assert (device.can_switch, device.power) == (True, True)
    off = SetPower(device_id="ref-30-player", on=False)
    assert asked(inventory, off) == [(37, 0)]


def test_what_a_player_does_not_say_is_not_known() -> None:
    quiet = listens_to(Volume={"value": None}, Mute={"value": None, "status": ""})
    assert (quiet.volume, quiet.muted) == (None, None)
    odd = listens_to(Status={"status": "Dreaming"}, Source={"value": 9})
    assert (odd.playing, odd.source_id) == (None, None)
    # It may say what it does with its controls.
    paused = listens_to(Status={"status": ""}, Control={"status": "Paused"})
    assert paused.playing is PlayState.PAUSED


@pytest.mark.parametrize(
    ("sounds", "state"),
    [
        ("No Alarm", AlarmState.DISARMED),
        ("Alarm Triggered", AlarmState.TRIGGERED),
    ],
)
def test_an_alarm_panel_is_one_device_and_its_zones_are_sensors(
    sounds: str, state: AlarmState
) -> None:
    features = [
        feature(40, "DSC", kind=(8, 99, 0), children=(41, 42, 43)),
        feature(41, "Partition", value=0, status="Disarmed", kind=(8, 10, 1), root=40),
        feature(42, "Alarm", value=0, status=sounds, kind=(8, 1, 1), root=40),
        feature(43, "Zone 1", value=1, status="Violated", kind=(8, 30, 1), root=40),
    ]
    pairs = [pair("Disarm", 0), pair("Arm Stay", 1), pair("Arm Away", 2)]
    inventory = take(features, {41: pairs})
    panel, zone = (inventory.devices[key] for key in ("ref-40-alarm", "ref-43"))
    assert isinstance(panel, AlarmPanel)
    assert (panel.state, panel.can_disarm) == (state, True)
    assert panel.arm_modes == (ArmMode.HOME, ArmMode.AWAY)
    assert isinstance(zone, Detector) and zone.on is True
    assert inventory.meanings[41] == ("alarm panel", "several features: alarm")
    with pytest.raises(HubCommandError):
        asked(inventory, PressButton(device_id="ref-40-alarm"))


@pytest.mark.parametrize(
    ("controls", "device", "kinds"),
    [
        ({51: DIMMER, 52: [pair("Color", use=22, kind=13)]}, "ref-51", ["Light"]),
        # Without a light a colour is only shown.
        ({52: [pair("Color", use=22, kind=13)]}, None, ["Sensor", "Sensor"]),
    ],
)
def test_a_colour_beside_a_dimmer_is_one_light(
    controls: dict[int, list[Raw]], device: str | None, kinds: list[str]
) -> None:
    features = [
        feature(50, "Lamp", kind=(512, 3, 0), children=(51, 52)),
        feature(51, "Brightness", value=99, status="99 W", root=50),
        feature(52, "Color", value=0, status="ff8000", root=50),
    ]
    devices = take(features, controls).devices
    assert [type(each).__name__ for each in devices.values()] == kinds
    if device is not None:
        light = devices[device]
        assert isinstance(light, Light)
        assert (light.name, light.colored) == ("Lamp", True)
        assert light.color == (255, 128, 0)
