"""Faults that are changes of a HomeSeer system, and those of its start."""

from itertools import chain
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model
from simulator.homeseer.feature import with_refs

from .homeseer import Asker, Lines


def date(text: str) -> float:
    """Read the seconds of a date."""
    return int(text.removeprefix("/Date(").partition("-")[0]) / 1000


async def test_a_device_with_another_name(
    asker: Asker, system: HomeSeerSystem, model: Model
) -> None:
    before, mode = await asker.devices(), model.find("House Mode")
    with system.faults.during("device_renamed"):
        now = await asker.devices()
        changed = [
            each["name"] for each, old in zip(now, before, strict=True) if each != old
        ]
        assert len(changed) == 1
        assert changed[0].startswith("Renamed ")
        system.faults.on("device_renamed", [mode.ref])
        assert (await asker.device(mode.ref))["name"] == "Renamed House Mode"
    assert await asker.devices() == before


async def test_a_device_in_another_room(
    asker: Asker, system: HomeSeerSystem, model: Model
) -> None:
    before = await asker.devices()
    with system.faults.during("device_moved"):
        now = await asker.devices()
        pairs = [(old, new) for old, new in zip(before, now, strict=True) if old != new]
        # The root moves with its features.
        (root, _), *rest = pairs
        assert {each["ref"] for each, _ in rest} == set(root["associated_devices"])
        assert all(old["location"] != new["location"] for old, new in pairs)
    assert await asker.devices() == before


async def test_a_device_that_is_gone(
    asker: Asker, system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    before = await asker.devices()
    control = (await asker.ask("getcontrol")).json
    root = next(each for each in before if each["associated_devices"])
    clock.advance(1)
    then = await asker.devices()
    with system.faults.during("device_removed", [root["ref"]]):
        refs = {each["ref"] for each in await asker.devices()}
        gone = {root["ref"], *root["associated_devices"]}
        assert refs == {each["ref"] for each in before} - gone
        assert (await asker.devices(ref=root["ref"])) == []
        # What else changes while it is gone does not keep it from coming back.
        system.faults.on("ids_changed")
        system.faults.off("ids_changed")
    assert await asker.devices() == then
    assert (await asker.ask("getcontrol")).json == control
    info = (await asker.ask("getdeviceinfo")).json
    assert info["TimeLastDeviceAdded"] == info["TimeLastDeviceRemoved"]


async def test_a_device_more(asker: Asker, system: HomeSeerSystem) -> None:
    before = await asker.devices()
    with system.faults.during("device_added"):
        *old, added = await asker.devices()
        assert old == before
        assert (added["name"], added["value"]) == ("Added Light", 0)
        await asker.control(added["ref"], 55)
        now = await asker.device(added["ref"])
        assert (now["value"], now["status"]) == (55, "Dim 55%")
    assert await asker.devices() == before


async def test_refs_that_nothing_has(system: HomeSeerSystem) -> None:
    with pytest.raises(ValueError, match="no device with the refs"):
        system.faults.on("device_moved", [999_999])
    assert system.faults.active == []


async def test_other_refs(asker: Asker, system: HomeSeerSystem, model: Model) -> None:
    before, ref = await asker.devices(), model.find("House Mode").ref
    events = (await asker.ask("getevents")).json["Events"]
    with system.faults.during("ids_changed"):
        now = await asker.devices()
        assert not {each["ref"] for each in before} & {each["ref"] for each in now}
        assert [each["name"] for each in before] == [each["name"] for each in now]
        roots = {each["ref"]: each["associated_devices"] for each in before}
        assert not any(
            set(each["associated_devices"]) & {*roots, *chain(*roots.values())}
            for each in now
        )
        first = next(each for each in now if each["associated_devices"])
        assert set(first["associated_devices"]) <= {each["ref"] for each in now}
        pairs = (await asker.ask("getcontrol")).json["Devices"]
        assert all(
            pair["Ref"] == each["ref"]
            for each in pairs
            for pair in each["ControlPairs"]
        )
        new = (await asker.ask("getevents")).json["Events"]
        assert not {each["id"] for each in events} & {each["id"] for each in new}
        assert "Devices" not in await asker.control(ref, 1)
        after = model.find("House Mode").ref
        async with Lines(system) as lines:
            assert (await asker.control(after, 1))["Devices"][0]["ref"] == after
            assert (await lines.read()).startswith(f"DC,{after},1,")
        await asker.control(after, 0)
    again = await asker.devices()
    assert [each["ref"] for each in again] == [each["ref"] for each in before]
    assert (await asker.ask("getevents")).json["Events"] == events


def test_other_refs_of_a_recording() -> None:
    told: Any = {"ref": 1, "value": 1, "associated_devices": [2], "pairs": [{"Ref": 1}]}
    assert with_refs(told, lambda ref: ref + 10) == {
        "ref": 11,
        "value": 1,
        "associated_devices": [12],
        "pairs": [{"Ref": 11}],
    }


async def test_a_clock_that_jumps(
    asker: Asker, system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    mode, other = model.find("House Mode"), model.find("Vacation Mode")
    clock.advance(10)
    mode.set(1)
    right = date((await asker.device(mode.ref))["last_change"])
    system.faults.on("clock_jump", -600)
    # What was dated already stays as it was.
    assert date((await asker.device(mode.ref))["last_change"]) == right
    other.set(100)
    assert date((await asker.device(other.ref))["last_change"]) == right - 600
    system.faults.on("clock_jump", 3600)
    mode.set(2)
    assert date((await asker.device(mode.ref))["last_change"]) == right + 3600
    with system.faults.during("device_added"):
        info = (await asker.ask("getdeviceinfo")).json
        assert date(info["TimeLastDeviceAdded"].replace(")", "-")) == right + 3600
    system.faults.off("clock_jump")
    mode.set(0)
    assert date((await asker.device(mode.ref))["last_change"]) == right


@pytest.mark.parametrize("status", [500, 503])
async def test_booting(asker: Asker, system: HomeSeerSystem, status: int) -> None:
    with system.faults.during(f"boot_{status}"):
        assert (await asker.ask("hsversion")).status == status
        assert (await asker.ask("getstatus")).status == status
    assert await asker.devices()


async def test_login_works_and_the_inventory_does_not(
    asker: Asker, system: HomeSeerSystem
) -> None:
    with system.faults.during("inventory_500"):
        assert (await asker.ask("getsessionconfig")).json["username"] == "default"
        assert (await asker.ask("getstatus")).status == 500
    assert await asker.devices()


async def test_booting_by_stages(
    asker: Asker, system: HomeSeerSystem, clock: ManualClock
) -> None:
    await asker.ask("hsversion")
    await system.restart(20, ("503", "no_devices"))
    assert (await asker.ask("hsversion")).status == 503
    clock.advance(10)
    assert (await asker.ask("hsversion")).status == 200
    assert "Devices" not in (await asker.ask("getstatus")).json
    clock.advance(10)
    assert await asker.devices()


async def test_a_recorded_device_in_another_room(
    asker: Asker, system: HomeSeerSystem, model: Model
) -> None:
    mode = model.find("House Mode")
    mode.recorded = (await asker.device(mode.ref)) | {"odd": 1}
    mode.recorded_controls = (await asker.ask("getcontrol", ref=mode.ref)).json
    before = await asker.device(mode.ref)
    with system.faults.during("device_moved", [mode.ref]):
        now = await asker.device(mode.ref)
        assert now["location"] != before["location"]
        assert now["odd"] == 1
    with system.faults.during("ids_changed"):
        assert (await asker.device(mode.ref))["ref"] == mode.ref != before["ref"]
        control = (await asker.ask("getcontrol", ref=mode.ref)).json
        assert control["ControlPairs"][0]["Ref"] == control["ref"] == mode.ref
    assert await asker.device(mode.ref) == before
