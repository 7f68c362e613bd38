"""What a hub shows of a processor that answers in part, late, or not at all."""

from collections.abc import Iterable
import logging

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    Detector,
    Device,
    House,
    Light,
    Lock,
    MediaRoom,
)
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubResponseError,
    Reason,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House as SimulatedHouse

from .common import TOKEN, Serve, address_of, asked, changed, counted, named, of_kind

# Everything that a list can be answered with instead of the list.
INSTEAD = [
    "banner_instead",
    "html_login_page",
    "empty_body",
    "truncated_json",
    "lists_missing",
    "http_404",
    "http_500",
    "http_503",
]


@pytest.fixture
async def known(hub: CrestronHub, processor: CrestronProcessor) -> House:
    """The house of a hub that has read everything twice."""
    await hub.survey()
    house = await hub.survey()
    processor.requests.clear()
    return house


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "READ_TIMEOUT", 0.1)


def online(devices: Iterable[Device]) -> set[bool]:
    return {device.online for device in devices}


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


async def test_a_list_that_is_empty_at_once_keeps_its_devices_as_offline(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("lists_empty", path="/sensors")
    after = await hub.refresh(known)
    assert after.devices.keys() == known.devices.keys()
    assert online(of_kind(after, Detector)) == {False}
    assert online(of_kind(after, Lock)) == {True}
    processor.faults.off("lists_empty")
    assert (await hub.refresh(after)).devices == known.devices


@pytest.mark.parametrize("fault", [*INSTEAD, "lists_empty"])
async def test_nothing_ever_empties_a_house(
    hub: CrestronHub, processor: CrestronProcessor, known: House, fault: str
) -> None:
    processor.faults.on(fault)
    house = known
    for _ in range(5):
        house = await _tolerant(hub, house)
    assert house.devices.keys() == known.devices.keys()
    assert house.rooms == known.rooms
    processor.faults.off(fault)
    back = await hub.survey()
    assert back.devices == known.devices
    assert back.complete


async def _tolerant(hub: CrestronHub, house: House) -> House:
    """Read as a coordinator does: what fails as a whole changes nothing."""
    try:
        return await hub.survey()
    except HubConnectionError, HubResponseError:
        return house


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
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(quick_actions=False)
    hub = CrestronHub(session, address_of(processor), TOKEN)
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
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve()
    hub = CrestronHub(session, address_of(processor), TOKEN)
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


async def test_a_session_that_expires_between_reads_is_not_noticed(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.expire_sessions()
    assert await hub.refresh(known) is known
    assert counted(processor)["login"] == 1


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
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = SimulatedHouse(clock)
    sources = {53001: "Sonos"}
    room = simulated.add(sim.MediaRoom(5, "Den", 5, sources=sources, online=None))
    processor = await serve(simulated, media_sources_in_list=False)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    house = await hub.survey()
    processor.faults.on("reset_mid_body", path=f"/mediarooms/{room.id}")
    assert await hub.refresh(house) is house
    processor.faults.clear()
    found = await hub.refresh(house)
    (media,) = of_kind(found, MediaRoom)
    assert [source.name for source in media.sources] == ["Sonos"]


@pytest.mark.parametrize(
    "fault", ["http_404", "banner_instead", "lists_empty", "lists_missing"]
)
async def test_sources_that_are_nowhere_are_asked_for_once(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock, fault: str
) -> None:
    simulated = SimulatedHouse(clock)
    simulated.add(sim.MediaRoom(5, "Den", 5, online=None))
    processor = await serve(simulated, media_sources_in_list=False)
    processor.faults.on(fault, path="/mediarooms/5")
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    house = await hub.survey()
    for _ in range(5):
        assert await hub.refresh(house) is house
    assert counted(processor)["mediarooms/5"] == 1


# Strange lists


async def test_values_of_the_wrong_type_lose_no_device(
    hub: CrestronHub, processor: CrestronProcessor, known: House
) -> None:
    processor.faults.on("wrong_types")
    odd = await hub.survey()
    strangers = [key for key in known.devices if key not in odd.devices]
    # Without its subtype nobody can say what a sensor senses or that a fan is one.
    assert {key.split("-")[0] for key in strangers} <= {"sensor", "fan"}
    processor.faults.off("wrong_types")
    assert (await hub.survey()).devices == known.devices


@pytest.mark.parametrize("fault", ["duplicate_ids", "wrong_content_type"])
async def test_what_does_not_matter_changes_nothing(
    hub: CrestronHub, processor: CrestronProcessor, known: House, fault: str
) -> None:
    processor.faults.on(fault)
    assert await hub.refresh(known) is known


async def test_bodies_as_in_the_manual_are_read(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(manual_shapes=True)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    manual = await hub.survey()
    plain = await serve()
    hub = CrestronHub(session, address_of(plain), TOKEN)
    await hub.survey()
    live = await hub.survey()
    assert manual.devices.keys() == live.devices.keys()
    thermostats = ("thermostat", "mediaroom", "lock", "sensor")
    alike = [key for key in live.devices if not key.startswith(thermostats)]
    assert [manual.devices[key] for key in alike] == [
        live.devices[key] for key in alike
    ]
    assert of_kind(manual, Lock) == of_kind(live, Lock)
    assert of_kind(manual, Detector) == of_kind(live, Detector)
