"""Features that make several devices of one root, or one device without a root."""

import pytest

from custom_components.crestron_homeseer.house.commands import (
    Arm,
    SelectSource,
    SetMode,
    SetPoints,
    SetPower,
)
from custom_components.crestron_homeseer.house.devices import Light
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind,
    ThermostatMode as Mode,
)

from .families import facts, family, part, sent
from .raw import DIMMER, Raw, feature, pair, take

WARM, POINT, MODE = (16, 2, 0), (16, 6, 1), (16, 3, 0)
RANGE, MODES = "(value) F=45..92/12", "Off=0/14; Heat=1/15; Cool=2/16"
MUTES, SOURCES = "Mute=1010/28; Unmute=1011/29", "Radio=1; CD=2"


def area(first: int, name: str) -> list[Raw]:
    return [
        part(first, f"{name} Temperature", "70 F", 70, "", WARM),
        part(first + 1, f"{name} Heat Setpoint", "68 F", 68, RANGE, POINT),
    ]


def moded(first: int, name: str) -> list[Raw]:
    own = part(first + 2, f"{name} Mode", "Heat", 1, MODES, MODE)
    return [*area(first, name), own]


def audio(first: int, name: str) -> list[Raw]:
    return [
        part(first, f"{name} Volume", "20", 20, "(value)=0..100", (513, 32, 4)),
        part(first + 1, f"{name} Mute", "Unmuted", 0, MUTES, (513, 32, 13)),
        part(first + 2, f"{name} Source", "Radio", 0, SOURCES, (513, 32, 20)),
        part(first + 3, f"{name} Power", "On", 0, "Off=0/2; On=255/1"),
    ]


def partition(ref: int, text: str) -> Raw:
    return part(ref, f"Partition {ref}", text, 0, "Disarm; Arm Away", (8, 10, 1))


SYSTEM = part(5, "System Mode", "Off", 0, MODES, MODE)


@pytest.mark.parametrize(
    ("parts", "names", "command", "expected"),
    [
        (
            [*area(10, "Upstairs"), *area(20, "Zone 2")],
            {"ref-1-climate": "Upstairs", "ref-20-climate": "Zone 2"},
            SetPoints(device_id="ref-20-climate", values=((SetPointKind.HEAT, 66.0),)),
            [(21, 66)],
        ),
        (
            [*moded(10, "Upstairs"), *moded(20, "Zone 2")],
            {"ref-1-climate": "Upstairs", "ref-20-climate": "Zone 2"},
            SetMode(device_id="ref-20-climate", mode=Mode.COOL),
            [(22, 2)],
        ),
        # A mode for all zones is that of each.
        (
            [SYSTEM, *area(10, "Upstairs"), *area(20, "Zone 2")],
            {"ref-1-climate": "Upstairs", "ref-20-climate": "Zone 2"},
            SetMode(device_id="ref-20-climate", mode=Mode.COOL),
            [(5, 2)],
        ),
        (
            [*audio(10, "Zone 1"), *audio(20, "Zone 2")],
            {"ref-1-player": "Zone 1", "ref-20-player": "Zone 2"},
            SelectSource(device_id="ref-20-player", source_id="CD"),
            [(22, 2)],
        ),
        (
            [*audio(10, "Zone 1"), *audio(20, "Zone 2")],
            {"ref-1-player": "Zone 1", "ref-20-player": "Zone 2"},
            SetPower(device_id="ref-20-player", on=False),
            [(23, 0)],
        ),
        (
            [partition(2, "Ready"), partition(3, "Armed Away")],
            {
                "ref-1-alarm": "Partition 2",
                "ref-1-alarm-fire": "Partition 2 Fire",
                "ref-3-alarm": "Partition 3",
                "ref-3-alarm-fire": "Partition 3 Fire",
            },
            Arm(device_id="ref-3-alarm", mode=None),
            [(3, 0)],
        ),
    ],
)
def test_zones_of_one_root(
    parts: list[Raw],
    names: dict[str, str],
    command: AnyCommand,
    expected: list[tuple[int, object]],
) -> None:
    inventory = family(*parts)
    found = {key: device.name for key, device in inventory.devices.items()}
    found.pop("ref-5", None)
    assert found == names
    assert sent(inventory, command) == expected


def test_features_without_a_root_are_one_by_name_and_place() -> None:
    inventory = family(
        *moded(10, "Hall"),
        part(13, "Bath Temperature", "75 F", 75, "", WARM),
        part(14, "Hall Temperature", "60 F", 60, "", WARM, interface_name="B"),
        *audio(20, "Patio")[:3],
        root=None,
    )
    expected = {"name": "Hall", "temperature": 70, "mode": Mode.HEAT}
    assert facts(inventory, "ref-10-climate", expected) == expected
    expected = {"name": "Patio", "volume": 0.2, "muted": False}
    assert facts(inventory, "ref-20-player", expected) == expected
    own = {"ref-10-climate", "ref-20-player"}
    assert inventory.devices.keys() == {*own, "ref-13", "ref-14"}


def test_features_that_nothing_distinguishes_stand_alone() -> None:
    warm = (part(ref, "Temperature", "70 F", 70, "", WARM) for ref in (10, 11))
    inventory = family(*warm, part(12, "Setpoint", "68", 68, RANGE, POINT), root=None)
    assert inventory.devices.keys() == {"ref-10", "ref-11", "ref-12-climate"}
    assert facts(inventory, "ref-12-climate", ["temperature"]) == {"temperature": None}


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
