"""Values of the house, how a hub fails, and work that leaves the loop to others."""

import asyncio
from collections.abc import Generator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.house import devices as dv, queue
from custom_components.crestron_homeseer.house.controls import Control, RunEvent
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubIssue,
    HubUnansweredError,
    Reason,
)
from custom_components.crestron_homeseer.house.identity import (
    ROOT as IS_ROOT,
    Thing,
    Things,
    plain,
    retired_key,
    same_structure,
    things_of,
)
from custom_components.crestron_homeseer.house.kinds import TolerantEnum
from custom_components.crestron_homeseer.house.queue import in_turns

from ..memory import MemoryHub
from .samples import INFO


@pytest.mark.parametrize("enum", TolerantEnum.__subclasses__())
def test_a_state_is_read_in_any_case_and_any_other_is_unknown(
    enum: type[TolerantEnum],
) -> None:
    for member in enum:
        assert enum(f"  {member.title()} ") is enum(member.upper()) is member
    values: tuple[Any, ...] = ("", "Wibble", None, 7, True, ["locked"])
    for value in values:
        assert enum(value) is enum("unknown")


@given(st.floats(-0.1, 1.1), st.floats(-0.1, 1.1))
def test_only_the_ends_are_0_and_100_percent(one: float, other: float) -> None:
    assert dv.percent(min(one, other)) <= dv.percent(max(one, other))
    assert (dv.percent(one) == 0) == (one <= 0)
    assert (dv.percent(one) == 100) == (one >= 1)
    assert 1 <= dv.percent(1e-9) == dv.percent(0.015) - 1
    assert dv.percent(65534 / 65535) == 99
    for whole in range(101):
        assert dv.percent(whole / 100) == whole


ALONE = dv.Device(id="light-1", name="Lamp", room_id="5")
PART = dv.Device(id="sensor-2-battery", name="Battery", root_id="sensor-2")
WHOLE = dv.Device(id="sensor-2", name="Contact", room_id="6")
SCENE = dv.Device(id="scene-3", name="Off", room_id="5", root_id="room-5")
ORPHAN = dv.Device(id="sensor-9-battery", name="Battery", root_id="sensor-9")
ROOT = dv.Root(id="room-5", name="Den", room_id="5")
DEN = dv.Room(id="5", name="Den")
HOME = dv.House(
    info=INFO,
    rooms={"5": DEN},
    roots={ROOT.id: ROOT},
    devices={device.id: device for device in (ALONE, PART, WHOLE, SCENE, ORPHAN)},
)


def test_what_a_device_is_a_part_of_and_where() -> None:
    roots = [HOME.root_of(device) for device in HOME.devices.values()]
    assert roots == [ALONE, WHOLE, WHOLE, ROOT, ORPHAN]
    assert [HOME.room_of(root) for root in roots] == [DEN, None, None, DEN, None]


@pytest.mark.parametrize("detail", ["", "Shade(s) failed"])
def test_an_error_keeps_its_reason_and_what_the_hub_said(detail: str) -> None:
    # A lost answer is a failed command to those who do not care.
    err: HubCommandError = HubUnansweredError(Reason.LOST, detail, facts={"a": "b"})
    assert err.issue == HubIssue(err.reason, {"a": "b"})
    assert str(err) == (f"lost: {detail}" if detail else "lost")


async def test_others_run_before_long_work_and_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, seen = 0, []

    def working() -> Generator[None, None, str]:
        nonlocal done
        while done < 20:
            done += 1
            yield
        return "done"

    async def look() -> None:
        while done < 20:
            seen.append(done)
            await asyncio.sleep(0)

    # Each step takes a fourth of a turn.
    clock = SimpleNamespace(monotonic=lambda: done * queue.TURN / 4)
    monkeypatch.setattr(queue, "time", clock)
    looking = asyncio.create_task(look())
    assert await in_turns(working()) == "done"
    await looking
    assert seen == [0, 4, 8, 12, 16]


def a_house(*devices: dv.Device, rooms: str = "Hall", name: str = "Hall") -> dv.House:
    return dv.House(
        info=dv.HubInfo(manufacturer="A", name="B"),
        rooms={"h": dv.Room(id="h", name=rooms)},
        roots={"r": dv.Root(id="r", name=name, room_id="h")},
        devices={device.id: device for device in devices},
        complete=True,
    )


LAMP = dv.Light(id="1", name="Hall  LAMP", room_id="h", level=0.0, dimmable=True)
OF_ROOT = dv.Light(
    id="2", name="Part", room_id="h", root_id="r", level=0.0, dimmable=True
)
LOST = dv.Light(
    id="3", name="Lost", room_id="none", root_id="x", level=0.0, dimmable=True
)


def test_a_thing_is_what_people_call_it() -> None:
    assert things_of(a_house(LAMP, OF_ROOT, LOST)) == Things(
        {
            "1": Thing("Light", "hall lamp", "hall"),
            "2": Thing("Light", "part", "", "r"),
            "3": Thing("Light", "lost"),
        },
        {"r": Thing(IS_ROOT, "hall", "hall")},
    )
    assert plain(" Große \t LAMPE ") == "grosse lampe"
    assert retired_key("a", {"a-gone", "a-gone2"}) == "a-gone3"


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (a_house(LAMP, OF_ROOT), True),
        (a_house(replace(LAMP, level=1.0), OF_ROOT), True),
        (a_house(LAMP), False),
        (a_house(LAMP, replace(LOST, id="2")), False),
        (a_house(replace(LAMP, name="Lamp"), OF_ROOT), False),
        (a_house(replace(LAMP, room_id=None), OF_ROOT), False),
        (a_house(LAMP, replace(OF_ROOT, root_id=None)), False),
        (a_house(LAMP, OF_ROOT, rooms="Lobby"), False),
        (a_house(LAMP, OF_ROOT, name="Lobby"), False),
        (replace(a_house(LAMP, OF_ROOT), rooms={}), False),
    ],
)
def test_the_same_parts(now: dv.House, same: bool) -> None:
    before = a_house(LAMP, OF_ROOT)
    assert same_structure(before, now) is same
    assert same_structure(before, replace(before))
    assert not same_structure(before, replace(before, rooms={}))


async def test_a_hub_offers_nothing_that_it_does_not_say() -> None:
    hub, command = MemoryHub(), RunEvent(device_id="event", event=1)
    assert not await hub.record()
    assert not hub.control_refs(["a"], Control(device_id="a", ref=1, value=0.0))
    assert not hub.targets_of(command)
    assert not hub.family_of(1)
    assert hub.opens(1) is False
