"""Values of the house: percentages, who belongs to what."""

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.house.devices import (
    Device,
    House,
    Room,
    Root,
    percent,
)
from custom_components.crestron_homeseer.house.kinds import SetPointKind

from .samples import COOL, HEAT, INFO, THERMOSTAT


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (-0.2, 0),
        (0.0, 0),
        (1e-9, 1),
        (1 / 65535, 1),
        (0.004, 1),
        (0.015, 2),
        (0.5, 50),
        (0.99, 99),
        (0.996, 99),
        (65534 / 65535, 99),
        (1.0, 100),
        (1.2, 100),
    ],
)
def test_only_the_ends_are_0_and_100_percent(fraction: float, shown: int) -> None:
    assert percent(fraction) == shown


@given(st.floats(0, 1))
def test_a_fraction_between_the_ends_is_a_percentage_between_them(
    fraction: float,
) -> None:
    assert (percent(fraction) == 0) == (fraction == 0)
    assert (percent(fraction) == 100) == (fraction == 1)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_shown_as_less(one: float, other: float) -> None:
    assert percent(min(one, other)) <= percent(max(one, other))


@given(st.integers(0, 100))
def test_whole_percentages_survive(whole: int) -> None:
    assert percent(whole / 100) == whole


def test_a_set_point_is_found_by_its_kind() -> None:
    assert THERMOSTAT.set_point(SetPointKind.HEAT) is HEAT
    assert THERMOSTAT.set_point(SetPointKind.COOL) is COOL
    assert THERMOSTAT.set_point(SetPointKind.AUTO) is None


ALONE = Device(id="light-1", name="Lamp", room_id="5")
PART = Device(id="sensor-2-battery", name="Battery", root_id="sensor-2")
WHOLE = Device(id="sensor-2", name="Contact", room_id="6")
SCENE = Device(id="scene-3", name="Off", room_id="5", root_id="room-5")
ORPHAN = Device(id="sensor-9-battery", name="Battery", root_id="sensor-9")
ROOT = Root(id="room-5", name="Den", room_id="5")
DEN = Room(id="5", name="Den")
HOME = House(
    info=INFO,
    rooms={"5": DEN},
    roots={ROOT.id: ROOT},
    devices={device.id: device for device in (ALONE, PART, WHOLE, SCENE, ORPHAN)},
)


@pytest.mark.parametrize(
    ("device", "root"),
    [(ALONE, ALONE), (PART, WHOLE), (SCENE, ROOT), (ORPHAN, ORPHAN)],
    ids=["stands alone", "part of a device", "part of a root", "of nothing known"],
)
def test_what_a_device_is_a_part_of(device: Device, root: Device | Root) -> None:
    assert HOME.root_of(device) is root


@pytest.mark.parametrize(
    ("part", "room"), [(ALONE, DEN), (ROOT, DEN), (WHOLE, None), (PART, None)]
)
def test_the_room_is_known_or_none(part: Device | Root, room: Room | None) -> None:
    assert HOME.room_of(part) is room
