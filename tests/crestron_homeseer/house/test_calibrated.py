"""A hub of which only the calibrated covers differ."""

from collections.abc import Collection
from dataclasses import replace
from typing import override
from unittest.mock import Mock

import pytest

from custom_components.crestron_homeseer.house.calibration import (
    CalibratedHub,
    Calibration,
)
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLevel,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import SetSwitch
from custom_components.crestron_homeseer.house.devices import Cover, House
from custom_components.crestron_homeseer.house.hub import Hub
from custom_components.crestron_homeseer.house.kinds import Motion
from tests.crestron_homeseer.memory import MemoryHub

from .samples import COVER, LIGHT

OTHER = replace(COVER, id="shade-5")
UPSIDE_DOWN = Calibration(invert=True)
CORRECTED = Calibration(anchors=((0.5, 0.4),))


@pytest.fixture
def memory() -> MemoryHub:
    """The hub that is wrapped."""
    hub = MemoryHub()
    hub.put(replace(COVER, position=0.4), OTHER, LIGHT)
    return hub


@pytest.fixture
def hub(memory: MemoryHub) -> CalibratedHub:
    """The hub with one calibrated shade, and others that are not there or are none."""
    calibrations = {COVER.id: CORRECTED, "shade-9": CORRECTED, LIGHT.id: UPSIDE_DOWN}
    return CalibratedHub(memory, calibrations)


async def test_only_calibrated_covers_differ(
    hub: CalibratedHub, memory: MemoryHub
) -> None:
    house = await hub.survey()
    assert list(house.devices) == list(memory.house.devices)
    assert house.devices[COVER.id] == replace(COVER, position=0.5)
    assert house.devices[OTHER.id] is memory.house.devices[OTHER.id]
    assert house.devices[LIGHT.id] is memory.house.devices[LIGHT.id]
    assert house.info is memory.house.info
    assert house.complete


async def test_what_did_not_change_is_the_same(
    hub: CalibratedHub, memory: MemoryHub
) -> None:
    house = await hub.survey()
    assert await hub.refresh(house) is house
    memory.change(LIGHT.id, level=1.0)
    after = await hub.refresh(house)
    assert after is not house
    assert after.devices[LIGHT.id] is memory.house.devices[LIGHT.id]
    assert after.devices[COVER.id] is house.devices[COVER.id]
    memory.change(COVER.id, position=0.7)
    last = await hub.refresh(after)
    cover = last.devices[COVER.id]
    assert isinstance(cover, Cover)
    assert cover.position == pytest.approx(0.75)
    left = {LIGHT.id: memory.house.devices[LIGHT.id]}
    memory.house = replace(memory.house, devices=left, complete=False)
    assert COVER.id not in (await hub.refresh(last)).devices


async def test_the_hub_is_given_its_own_house(memory: MemoryHub) -> None:
    given: list[tuple[House, Collection[str]]] = []

    class Asked(MemoryHub):
        @override
        async def refresh(
            self, house: House, focus: Collection[str] = (), *, more: bool = False
        ) -> House:
            given.append((house, focus))
            return await super().refresh(house, focus, more=more)

    asked = Asked()
    asked.house = memory.house
    hub = CalibratedHub(asked, {COVER.id: CORRECTED})
    await hub.refresh(memory.house)
    house = await hub.survey()
    await hub.refresh(house, [COVER.id])
    assert given == [(memory.house, ()), (memory.house, [COVER.id])]
    assert given[1][0] is memory.house


async def test_without_such_a_cover_it_is_the_house_itself(memory: MemoryHub) -> None:
    hub = CalibratedHub(memory, {"shade-9": CORRECTED})
    assert await hub.survey() is memory.house


async def test_commands_go_where_they_are_meant(memory: MemoryHub) -> None:
    hub = CalibratedHub(memory, {COVER.id: CORRECTED, OTHER.id: UPSIDE_DOWN})
    result = await hub.send(
        [
            MoveTo(device_id=COVER.id, position=0.5),
            MoveTo(device_id=OTHER.id, position=1.0),
            SetLevel(device_id=LIGHT.id, level=0.5),
            StopMoving(device_id=OTHER.id),
        ]
    )
    assert result.errors == (None,) * 4
    assert memory.sent == [
        MoveTo(device_id=COVER.id, position=0.4),
        MoveTo(device_id=OTHER.id, position=0.0),
        SetLevel(device_id=LIGHT.id, level=0.5),
        StopMoving(device_id=OTHER.id),
    ]
    house = await hub.survey()
    other = house.devices[OTHER.id]
    assert isinstance(other, Cover)
    assert (other.position, other.motion) == (1.0, Motion.STOPPED)


async def test_all_else_passes_through() -> None:
    inner = Mock(spec=MemoryHub, memory={"key": 1}, pushing=True)
    hub = CalibratedHub(inner, {})
    assert hub.memory is inner.memory
    assert hub.pushing is True
    control = SetSwitch(device_id="switch-1", on=True)
    asked = {
        "listen": (print,),
        "on_webhook": ("a message",),
        "report": (),
        "issues": (),
        "choices": (),
        "control_refs": (["switch-1"], control),
    }
    for name, args in asked.items():
        answer = getattr(hub, name)(*args)
        method = getattr(inner, name)
        method.assert_called_once_with(*args)
        assert answer is method.return_value or name == "on_webhook"
    for name in ("connect", "close", "record"):
        answer = await getattr(hub, name)()
        method = getattr(inner, name)
        method.assert_awaited_once_with()
        assert answer is method.return_value or name == "close"


def test_nothing_of_a_hub_is_forgotten(memory: MemoryHub) -> None:
    hub = CalibratedHub(memory, {})
    own = {name for name in dir(CalibratedHub) if not name.startswith("_")}
    for name in {name for name in vars(Hub) if not name.startswith("_")} - own:
        assert getattr(hub, name) == getattr(memory, name), name
