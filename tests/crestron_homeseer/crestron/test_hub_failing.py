"""What a hub shows of a processor that answers in part, late, or not at all."""

import logging

import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.devices import Cover, House, Light, Lock
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    Reason,
)
from simulator import house as sim
from simulator.crestron import CrestronProcessor
from simulator.house import House as SimulatedHouse

from .common import INSTEAD, asked, changed, named, of_kind, online, tolerant


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "READ_TIMEOUT", 0.1)


# One list fails


@pytest.mark.parametrize("fault", INSTEAD)
async def test_one_list_that_fails_keeps_its_values_and_leaves_the_others_alone(
    hub: CrestronHub,
    processor: CrestronProcessor,
    house: SimulatedHouse,
    known: House,
    fault: str,
) -> None:
    processor.faults.on(fault, path="/lights")
    house.find("Front Door", sim.Lock).locked = False
    house.of(sim.Light)[0].level = 0.5
    after = await hub.refresh(known)
    assert changed(known, after) == ["Front Door"]
    processor.faults.off(fault)
    last = await hub.refresh(after)
    assert house.of(sim.Light)[0].name in changed(after, last)


@pytest.mark.parametrize("fault", INSTEAD)
async def test_a_list_that_goes_on_failing_is_offline_and_back_again(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: House,
    fault: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "custom_components")
    processor.faults.on(fault, path="/lights")
    for _ in range(2):
        assert await hub.refresh(known) is known
    late = await hub.refresh(known)
    assert online(of_kind(late, Light)) == {False}
    assert online(of_kind(late, Lock)) == {True}
    assert late.devices.keys() == known.devices.keys()
    for _ in range(4):
        assert await hub.refresh(late) is late
    processor.faults.off(fault)
    back = await hub.refresh(late)
    assert back.devices == known.devices
    assert changed(known, back) == [
        each.name
        for each in back.devices.values()
        if each.id.startswith(("light", "fan"))
    ]
    lines = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components")
    ]
    assert len(lines) == 2
    assert lines[0].startswith("The processor's list of lights cannot be read: ")
    assert lines[1] == "The list of lights can be read again"


@pytest.mark.usefixtures("impatient")
async def test_one_list_that_hangs_leaves_the_others_alone(
    hub: CrestronHub, processor: CrestronProcessor, house: SimulatedHouse, known: House
) -> None:
    processor.faults.on("silent", path="/lights")
    house.find("Front Door", sim.Lock).locked = False
    after = await hub.refresh(known)
    assert changed(known, after) == ["Front Door"]
    assert not (await hub.survey()).complete
    house.find("Front Door", sim.Lock).locked = True
    late = await hub.refresh(after)
    assert named(late, Lock, "Front Door") == named(known, Lock, "Front Door")
    assert online(of_kind(late, Light)) == {False}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["quickactions_absent", "http_500"])
async def test_a_list_that_hangs_is_no_outage_because_another_is_missing(
    hub: CrestronHub, processor: CrestronProcessor, known: House, fault: str
) -> None:
    processor.faults.on("silent", path="/sensors")
    processor.faults.on(fault, path="/quickactions")
    processor.faults.on("http_500", path="/lights")
    house = await hub.survey()
    assert house.devices.keys() == known.devices.keys()
    assert not house.complete


@pytest.mark.usefixtures("impatient")
async def test_two_lists_that_hang_are_an_outage(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("silent", path="/lights")
    processor.faults.on("silent", path="/sensors")
    with pytest.raises(HubConnectionError) as caught:
        await hub.refresh(known)
    assert caught.value.reason is Reason.TIMED_OUT
    assert asked(processor) == ["shades", "lights", "doorlocks", "sensors"]


async def test_one_list_alone_that_fails_is_no_outage(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("http_500", path="/shades")
    focus = [each.id for each in of_kind(known, Cover)]
    for _ in range(2):
        assert await hub.refresh(known, focus) is known
    late = await hub.refresh(known, focus)
    assert online(of_kind(late, Cover)) == {False}


@pytest.mark.parametrize("fault", [*INSTEAD, "lists_empty"])
async def test_nothing_ever_empties_a_house(
    hub: CrestronHub, processor: CrestronProcessor, known: House, fault: str
) -> None:
    processor.faults.on(fault)
    house = known
    for _ in range(5):
        house = await tolerant(hub, house)
    assert house.devices.keys() == known.devices.keys()
    assert house.rooms == known.rooms
    processor.faults.off(fault)
    back = await hub.survey()
    assert back.devices == known.devices
    assert back.complete


# Nobody answers


async def test_a_refused_connection_is_told_at_once(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("refuse_connections")
    before = hub.client.requests
    with pytest.raises(HubConnectionError) as caught:
        await hub.refresh(known)
    assert caught.value.reason in {Reason.REFUSED, Reason.LOST}
    assert hub.client.requests - before <= 2
    before = hub.client.requests
    with pytest.raises(HubConnectionError) as caught:
        await hub.survey()
    assert caught.value.reason is Reason.REFUSED
    assert hub.client.requests - before == 1


@pytest.mark.parametrize("fault", ["inventory_500", "http_503", "boot_500"])
async def test_a_processor_that_answers_no_list_is_starting(
    hub: CrestronHub, processor: CrestronProcessor, known: House, fault: str
) -> None:
    processor.faults.on(fault)
    with pytest.raises(HubConnectionError) as caught:
        await hub.refresh(known)
    assert caught.value.reason is Reason.STARTING


@pytest.mark.usefixtures("impatient")
async def test_a_processor_that_goes_silent_is_left_alone_after_two_lists(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("silent")
    with pytest.raises(HubConnectionError) as caught:
        await hub.refresh(known)
    assert caught.value.reason is Reason.TIMED_OUT
    assert asked(processor) == ["shades", "lights"]


async def test_a_token_that_died_is_told(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.revoke_token("another")
    with pytest.raises(HubAuthError):
        await hub.refresh(known)
    with pytest.raises(HubAuthError):
        await hub.survey()


@pytest.mark.usefixtures("impatient")
async def test_what_changed_before_a_read_broke_off_is_not_forgotten(
    hub: CrestronHub, processor: CrestronProcessor, house: SimulatedHouse, known: House
) -> None:
    house.find("Kitchen Shade", sim.Shade).position = 0.25
    processor.faults.on("silent", path="/lights")
    processor.faults.on("silent", path="/doorlocks")
    with pytest.raises(HubConnectionError):
        await hub.refresh(known)
    processor.faults.clear()
    # The shade is the same in this read and in the one that broke off.
    after = await hub.refresh(known)
    assert changed(known, after) == ["Kitchen Shade"]
