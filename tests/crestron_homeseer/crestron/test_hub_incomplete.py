"""What a hub makes of lists that are missing, late or strange."""

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.devices import House, Light, MediaRoom
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubResponseError,
    Reason,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House as SimulatedHouse

from .common import INSTEAD, TOKEN, Serve, Start, address_of, asked, changed, of_kind

# Is what is missing gone?


@pytest.mark.parametrize("fault", INSTEAD)
@pytest.mark.parametrize("path", ["/lights", "/rooms", "/scenes"])
async def test_a_survey_in_which_a_list_failed_is_not_complete(
    hub: CrestronHub,
    processor: CrestronProcessor,
    known: House,
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


async def test_what_a_firmware_never_had_does_not_make_a_survey_incomplete(
    start: Start,
) -> None:
    hub, processor = await start(quick_actions=False)
    processor.faults.on("http_500", path="/quickactions")
    await hub.survey()
    processor.faults.clear()
    house = await hub.survey()
    assert house.complete
    processor.requests.clear()
    for _ in range(5):
        house = await hub.refresh(house)
    assert "quickactions" not in asked(processor)


async def test_a_list_that_failed_before_it_was_found_to_be_missing_is_forgiven(
    start: Start,
) -> None:
    hub, processor = await start()
    await hub.survey()
    with processor.faults.during("http_500", path="/quickactions"):
        assert not (await hub.survey()).complete
    with processor.faults.during("quickactions_absent"):
        assert (await hub.survey()).complete


async def test_rooms_that_are_empty_at_once_are_kept(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("lists_empty", path="/rooms")
    during = await hub.survey()
    assert during.rooms == known.rooms
    assert not during.complete
    assert changed(known, during) == []


async def test_a_device_that_left_is_missing_from_a_complete_house(
    hub: CrestronHub, house: SimulatedHouse, known: House
) -> None:
    gone = house.of(sim.Light)[0]
    house.remove(gone)
    after = await hub.survey()
    assert after.complete
    assert known.devices.keys() - after.devices.keys() == {f"light-{gone.id}"}


# At first


@pytest.mark.parametrize("fault", ["http_500", "empty_body", "html_login_page"])
async def test_without_rooms_a_first_survey_waits(
    hub: CrestronHub, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/rooms")
    with pytest.raises(HubConnectionError) as caught:
        await hub.survey()
    assert caught.value.reason is Reason.STARTING
    assert asked(processor) == ["login", "rooms"]


async def test_a_processor_that_knows_no_rooms_has_devices_all_the_same(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    processor.faults.on("lists_missing", path="/rooms")
    house = await hub.survey()
    assert house.rooms == {}
    assert len(of_kind(house, Light)) > 0
    assert {device.room_id for device in house.devices.values()} == {None}
    assert house.roots.keys() == {"hub"}
    # They are found later, and everything goes where it belongs.
    processor.faults.off("lists_missing")
    assert any(device.room_id for device in (await hub.survey()).devices.values())


async def test_a_processor_that_has_nothing_yet_is_no_house(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    processor = await serve(SimulatedHouse(clock))
    processor.faults.on("lists_missing", path="/rooms")
    hub = CrestronHub(session, address_of(processor), TOKEN)
    with pytest.raises(HubResponseError) as caught:
        await hub.survey()
    assert caught.value.reason is Reason.MISSING


@pytest.mark.parametrize("fault", ["banner_instead", "http_404", "lists_missing"])
@pytest.mark.parametrize("known", [False, True])
async def test_a_processor_that_knows_no_list_has_no_web_api(
    hub: CrestronHub, processor: CrestronProcessor, fault: str, known: bool
) -> None:
    await hub.connect()
    if known:
        await hub.survey()
    processor.faults.on(fault)
    with pytest.raises(HubResponseError) as caught:
        await hub.survey()
    assert caught.value.reason is Reason.NO_API


@pytest.mark.parametrize("fault", ["http_500", "truncated_json"])
async def test_a_list_that_fails_at_first_is_read_in_turn(
    hub: CrestronHub, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/lights")
    house = await hub.survey()
    assert of_kind(house, Light) == []
    processor.faults.off(fault)
    house = await hub.refresh(house)
    assert len(of_kind(house, Light)) > 0


async def test_sources_that_cannot_be_asked_for_are_asked_for_later(
    start: Start, clock: ManualClock
) -> None:
    simulated = SimulatedHouse(clock)
    sources = {53001: "Sonos"}
    room = simulated.add(sim.MediaRoom(5, "Den", 5, sources=sources, online=None))
    hub, processor = await start(simulated, media_sources_in_list=False)
    await hub.survey()
    house = await hub.survey()
    processor.faults.on("reset_mid_body", path=f"/mediarooms/{room.id}")
    assert await hub.refresh(house) is house
    processor.faults.clear()
    found = await hub.refresh(house)
    (media,) = of_kind(found, MediaRoom)
    assert [source.name for source in media.sources] == ["Sonos"]
