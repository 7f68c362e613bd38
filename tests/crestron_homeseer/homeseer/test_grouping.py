"""Features that make several devices of one root, or one device without a root."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.crestron_homeseer.house.commands import (
    Arm,
    SelectSource,
    SetMode,
    SetPoints,
    SetPower,
)
from custom_components.crestron_homeseer.house.hub import AnyCommand
from custom_components.crestron_homeseer.house.kinds import (
    SetPointKind,
    ThermostatMode as Mode,
)

from .families import facts, family, part, sent
from .raw import Raw

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


def partition(ref: int, name: str) -> list[Raw]:
    return [part(ref, name, "Ready", 0, "Disarm; Arm Away", (8, 10, 1))]


def unmeasured(first: int, name: str) -> list[Raw]:
    return area(first - 1, name)[1:]


def common(first: int, name: str) -> list[Raw]:
    system = part(5, "System Mode", "Off", 0, MODES, MODE)
    return [*([system] if first == 10 else []), *area(first, name)]


HEAT, COOL = {"values": ((SetPointKind.HEAT, 66.0),)}, {"mode": Mode.COOL}


@pytest.mark.parametrize(
    ("zone", "role", "command", "wanted", "expected"),
    [
        (area, "climate", SetPoints, HEAT, (21, 66)),
        (unmeasured, "climate", SetPoints, HEAT, (20, 66)),
        (moded, "climate", SetMode, COOL, (22, 2)),
        # A mode for all zones is that of each.
        (common, "climate", SetMode, COOL, (5, 2)),
        (audio, "player", SelectSource, {"source_id": "CD"}, (22, 2)),
        (audio, "player", SetPower, {"on": False}, (23, 0)),
        (partition, "alarm", Arm, {"mode": None}, (20, 0)),
    ],
)
def test_zones_of_one_root(
    zone: Callable[[int, str], list[Raw]],
    role: str,
    command: type[AnyCommand],
    wanted: dict[str, Any],
    expected: tuple[int, object],
) -> None:
    devices = (inventory := family(*zone(10, "Up"), *zone(20, "Zone 2"))).devices
    second = f"ref-20-{role}"
    names = {key: devices[key].name.split(" Heat")[0] for key in devices}
    others = {"ref-5", f"ref-1-{role}-fire", f"{second}-fire"}
    assert {key: names[key] for key in names.keys() - others} == {
        f"ref-1-{role}": "Up",
        second: "Zone 2",
    }
    assert sent(inventory, command(device_id=second, **wanted)) == [expected]


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
