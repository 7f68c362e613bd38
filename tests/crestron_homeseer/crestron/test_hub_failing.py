"""What a hub shows of a processor that answers in part, late, or not at all."""

import logging

import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    Reason,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import INSTEAD, Start, asked, changed, failure, of_kind, online, tolerant

every_fault = pytest.mark.parametrize("fault", INSTEAD)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a moment instead of many seconds."""
    monkeypatch.setattr(client_module, "READ_TIMEOUT", 0.1)


# One list fails


@every_fault
async def test_one_list_that_fails_keeps_its_values_until_they_are_too_old(
    hub: CrestronHub,
    processor: CrestronProcessor,
    house: House,
    known: dv.House,
    fault: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "custom_components")
    processor.faults.on(fault, path="/lights")
    house.find("Front Door Contact", sim.Sensor).presence = True
    house.of(sim.Light)[0].level = 0.5
    after = await hub.refresh(known)
    assert changed(known, after) == ["Front Door Contact"]
    assert await hub.refresh(after) is after
    late = await hub.refresh(after)
    assert online(of_kind(late, dv.Light)) == {False}
    assert online(of_kind(late, dv.Lock)) == {True}
    for _ in range(4):
        assert await hub.refresh(late) is late
    processor.faults.off(fault)
    back = await hub.refresh(late)
    assert online(of_kind(back, dv.Light)) == {True}
    assert house.of(sim.Light)[0].name in changed(known, back)
    first, last = (
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components")
    )
    assert first.startswith("The processor's list of lights cannot be read: ")
    assert last == "The list of lights can be read again"


@every_fault
@pytest.mark.parametrize("path", ["/lights", "/rooms", "/scenes"])
async def test_a_survey_in_which_a_list_failed_is_not_complete(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: dv.House,
    fault: str,
    path: str,
) -> None:
    assert known.complete
    processor.faults.on(fault, path=path)
    during = await hub.survey()
    assert not during.complete
    assert during.devices.keys() == known.devices.keys()
    assert during.rooms == known.rooms
    processor.faults.off(fault)
    assert (await hub.survey()).complete


async def test_rooms_that_are_empty_at_once_are_kept(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    processor.faults.on("lists_empty", path="/rooms")
    during = await hub.survey()
    assert (during.rooms, during.complete) == (known.rooms, False)
    assert changed(known, during) == []


@pytest.mark.parametrize("fault", [*INSTEAD, "lists_empty"])
async def test_nothing_ever_empties_a_house(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House, fault: str
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


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["quickactions_absent", "http_500"])
async def test_one_list_that_hangs_is_no_outage(
    hub: CrestronHub,
    processor: CrestronProcessor,
    house: House,
    known: dv.House,
    fault: str,
) -> None:
    processor.faults.on("silent", path="/sensors")
    house.find("Front Door", sim.Lock).locked = False
    assert "Front Door" in changed(known, await hub.refresh(known))
    # Nor is it because another one is missing, or fails.
    processor.faults.on(fault, path="/quickactions")
    processor.faults.on("http_500", path="/lights")
    late = await hub.survey()
    assert late.devices.keys() == known.devices.keys()
    assert not late.complete


async def test_with_one_list_all_that_failed_are_read_again_at_once(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    for path in ("/lights", "/shades", "/sensors"):
        processor.faults.on("http_500", path=path)
    house = known
    for _ in range(6):
        house = await hub.refresh(house)
    processor.faults.clear()
    focus = [each.id for each in of_kind(known, dv.Light)]
    house = await hub.refresh(house, focus)
    assert online(of_kind(house, dv.Cover)) == {False}
    # The cover's and the sensors' lists would be due minutes later.
    assert hub.due_in(known.devices.keys()) == 0.0
    house = await hub.refresh(house, more=True)
    assert online(of_kind(house, dv.Device)) == {True}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("banner_instead", Reason.NO_API), ("empty_body", Reason.STARTING)],
)
async def test_lists_that_all_fail_one_by_one_are_an_outage(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: dv.House,
    fault: str,
    reason: Reason,
) -> None:
    kinds = {key.split("-")[0]: key for key in known.devices}
    hub.due_in({kinds["light"], kinds["lock"]})
    processor.faults.on(fault)
    for kind in ("light", "lock", "light", "lock", "light"):
        await hub.refresh(known, [kinds[kind]])
    with pytest.raises(HubConnectionError) as error:
        await hub.refresh(known, [kinds["lock"]])
    assert error.value.reason is reason


async def test_one_list_alone_that_fails_is_no_outage(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    processor.faults.on("http_500", path="/shades")
    focus = [each.id for each in of_kind(known, dv.Cover)]
    for _ in range(2):
        assert await hub.refresh(known, focus) is known
    late = await hub.refresh(known, focus)
    assert online(of_kind(late, dv.Cover)) == {False}


@pytest.mark.parametrize("answered", [True, False])
async def test_a_list_that_this_firmware_never_had_is_not_lacked(
    start: Start, answered: bool
) -> None:
    hub, processor = await start(quick_actions=False)
    if answered:
        await hub.survey()
    with processor.faults.during("http_500", path="/quickactions"):
        assert not (await hub.survey()).complete
    house = await hub.survey()
    assert house.complete
    processor.requests.clear()
    for _ in range(5):
        house = await hub.refresh(house)
    assert "quickactions" not in asked(processor)


# Nobody answers


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("fault", "reason", "paths"),
    [
        ("refuse_connections", {Reason.REFUSED, Reason.LOST}, []),
        ("inventory_500", {Reason.STARTING}, None),
        ("http_503", {Reason.STARTING}, None),
        ("boot_500", {Reason.STARTING}, None),
        # It is left alone after two lists.
        ("silent", {Reason.TIMED_OUT}, ["shades", "lights"]),
    ],
)
async def test_an_outage_is_told_soon(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: dv.House,
    fault: str,
    reason: set[Reason],
    paths: list[str] | None,
) -> None:
    processor.faults.on(fault)
    assert await failure(hub.refresh(known)) in reason
    assert paths is None or asked(processor) == paths


@pytest.mark.usefixtures("impatient")
async def test_what_changed_before_a_read_broke_off_is_not_forgotten(
    hub: CrestronHub, processor: CrestronProcessor, house: House, known: dv.House
) -> None:
    house.find("Kitchen Shade", sim.Shade).position = 0.25
    processor.faults.on("silent", path="/lights")
    processor.faults.on("silent", path="/sensors")
    assert await failure(hub.refresh(known)) is Reason.TIMED_OUT
    assert asked(processor) == ["shades", "lights", "doorlocks", "sensors"]
    processor.faults.clear()
    # The shade is the same in this read and in the one that broke off.
    assert changed(known, await hub.refresh(known)) == ["Kitchen Shade"]


async def test_a_token_that_died_is_told(
    hub: CrestronHub, processor: CrestronProcessor, known: dv.House
) -> None:
    processor.revoke_token("another")
    for reading in (hub.refresh(known), hub.survey()):
        with pytest.raises(HubAuthError):
            await reading


# At first


@pytest.mark.parametrize("fault", ["http_500", "empty_body", "html_login_page"])
async def test_without_rooms_a_first_survey_waits(
    hub: CrestronHub, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/rooms")
    assert await failure(hub.survey()) is Reason.STARTING
    assert asked(processor) == ["login", "rooms"]


async def test_a_processor_that_knows_no_rooms_has_devices_all_the_same(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    processor.faults.on("lists_missing", path="/rooms")
    house = await hub.survey()
    assert house.rooms == {}
    assert len(of_kind(house, dv.Light)) > 0
    assert {device.room_id for device in house.devices.values()} == {None}
    assert house.roots.keys() == {"hub"}
    # They are found later, and everything goes where it belongs.
    processor.faults.off("lists_missing")
    assert any(device.room_id for device in (await hub.survey()).devices.values())


async def test_a_processor_that_has_nothing_yet_is_no_house(
    start: Start, clock: ManualClock
) -> None:
    hub, processor = await start(House(clock))
    processor.faults.on("lists_missing", path="/rooms")
    assert await failure(hub.survey()) is Reason.MISSING


@pytest.mark.parametrize("fault", ["banner_instead", "http_404", "lists_missing"])
@pytest.mark.parametrize("known", [False, True])
async def test_a_processor_that_knows_no_list_has_no_web_api(
    hub: CrestronHub, processor: CrestronProcessor, fault: str, known: bool
) -> None:
    await hub.connect()
    if known:
        await hub.survey()
    processor.faults.on(fault)
    assert await failure(hub.survey()) is Reason.NO_API


@pytest.mark.parametrize("fault", ["http_500", "truncated_json"])
async def test_a_list_that_fails_at_first_is_read_in_turn(
    hub: CrestronHub, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/lights")
    house = await hub.survey()
    assert of_kind(house, dv.Light) == []
    processor.faults.off(fault)
    assert len(of_kind(await hub.refresh(house), dv.Light)) > 0
