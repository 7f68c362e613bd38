"""What a hub reads of a system, and how often."""

from contextlib import suppress
from typing import Literal

import aiohttp
from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.crestron_homeseer.homeseer import reader
from custom_components.crestron_homeseer.homeseer.client import Local
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.homeseer.reader import FIRST_SURVEYS
from custom_components.crestron_homeseer.house.devices import (
    House,
    Light,
    Scene,
    TemperatureUnit,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
)
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, generated_system
from simulator.homeseer.model import Model

from ..common import Start, says
from ..raw import SWITCH, feature
from .common import DIMMER, asked


async def test_a_survey_sees_the_house(hub: HomeSeerHub, house: House) -> None:
    assert (house.info.manufacturer, house.info.model) == ("HomeSeer", "HS4")
    assert house.info.version == "4.2.22.4"
    assert isinstance(house.devices[DIMMER], Light)
    assert isinstance(house.devices["ref-209-climate"], Thermostat)
    assert (
        len([item for item in house.devices.values() if isinstance(item, Scene)]) == 25
    )
    assert not house.complete
    assert (await hub.survey()).complete
    # What must not appear does not, and what is hidden is disabled.
    names = {device.name for device in house.devices.values()}
    assert "Kitchen Dimmer" in names


async def test_a_small_computer_has_minutes_for_everything(
    hub: HomeSeerHub, system: HomeSeerSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "READ_TIMEOUT", 0.1)
    monkeypatch.setattr(reader, "WHOLE_TIMEOUT", 2.0)
    hub = HomeSeerHub(hub.client._session, hub._site)
    with system.faults.during("slow", 0.3, path="getstatus"):
        house = await hub.survey()
    # From then on it is waited for as long as it took, several times over.
    assert 1.0 < hub._whole_timeout < 2.0
    with system.faults.during("slow", 0.3, path="getstatus"):
        assert (await hub.survey()).devices.keys() == house.devices.keys()


@pytest.mark.parametrize("number", [20, 500, 2000])
async def test_a_survey_takes_six_requests_whatever_the_size(
    socket_enabled: None,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    number: int,
) -> None:
    async with HomeSeerSystem(generated_system(number, clock), clock=clock) as system:
        hub = HomeSeerHub(session, Local("127.0.0.1", system.port))
        await hub.connect()
        house = await hub.survey()
        assert len(system.requests) <= 6
        # Longer lines are cut by servers and proxies.
        assert max(len(each.query.get("ref", "")) for each in system.requests) < 3600
        assert len(house.devices) > number / 3
        for _ in range(FIRST_SURVEYS):
            house = await hub.survey()
        system.requests.clear()
        again = await hub.survey()
        # Controls are read again only when devices came or went.
        assert "getcontrol" not in asked(system)
        assert again.devices is house.devices


async def test_nothing_new_is_the_same_house(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    house = await hub.refresh(house)
    system.requests.clear()
    assert await hub.refresh(house) is house
    assert asked(system) == ["getdeviceschanged"]


async def test_only_what_changed_is_read(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    await hub.refresh(house)
    model.by_ref(102).set(20)
    system.requests.clear()
    after = await hub.refresh(house)
    assert asked(system) == ["getdeviceschanged", "getstatus"]
    light = after.devices[DIMMER]
    assert isinstance(light, Light)
    assert light.level == pytest.approx(20 / 99)
    assert [
        key for key in after.devices if after.devices[key] is not house.devices[key]
    ] == [DIMMER]


async def test_a_change_whose_read_fails_is_read_later(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    await hub.refresh(house)
    model.by_ref(102).set(20)
    # The system tells of it once.
    with system.faults.during("http_503", path="getstatus"), pytest.raises(HubError):
        await hub.refresh(house)
    after = await hub.refresh(house)
    assert level(after) == pytest.approx(20 / 99)
    # Nor does it tell of what was only read badly.
    with system.faults.during("nan_values"):
        during = await hub.refresh(after, [DIMMER])
    assert level(during) is None
    assert level(await hub.refresh(during)) == pytest.approx(20 / 99)


async def test_what_changed_before_anybody_asked_is_read(
    hub: HomeSeerHub, house: House, model: Model
) -> None:
    model.by_ref(102).set(20)
    assert level(await hub.refresh(house)) == pytest.approx(20 / 99)


def level(house: House) -> float | None:
    """Return how bright the dimmer is."""
    light = house.devices[DIMMER]
    assert isinstance(light, Light)
    return light.level


async def test_a_system_that_does_not_tell_changes_is_read_whole(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    system.change(changes_supported=False)
    await hub.refresh(house)
    model.by_ref(102).set(20)
    system.requests.clear()
    after = await hub.refresh(house)
    assert asked(system) == ["getstatus"]
    assert after.devices[DIMMER] is not house.devices[DIMMER]


async def test_a_focus_reads_only_itself(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.requests.clear()
    assert await hub.refresh(house, [DIMMER, "event-1", "gone-1"]) is house
    assert asked(system) == ["getstatus"]
    assert system.requests[0].query["ref"] == "102"
    system.requests.clear()
    await hub.refresh(house, ["event-1"])
    assert system.requests == []


async def test_new_and_gone_devices(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    model.remove(102)
    after = await hub.survey()
    assert DIMMER not in after.devices
    assert after.complete
    assert "getcontrol" in asked(system)[-3:]


async def test_what_came_or_went_is_seen_within_half_a_minute(
    hub: HomeSeerHub, house: House, model: Model, freezer: FrozenDateTimeFactory
) -> None:
    house = await hub.refresh(house)
    model.remove(102)
    freezer.tick(31)
    assert DIMMER not in (await hub.refresh(house)).devices


async def test_another_name_that_came_with_a_change_is_followed(
    hub: HomeSeerHub,
    house: House,
    system: HomeSeerSystem,
    model: Model,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(FIRST_SURVEYS + 1):
        house = await hub.survey()
    await hub.refresh(house)
    meter = model.by_ref(110)
    meter.name = "Power"
    meter.set(20)
    house = await hub.refresh(house)
    # Some time later, it is seen what that makes of it.
    monkeypatch.setattr(reader, "INFO_EVERY", 0.0)
    house = await hub.refresh(house)
    assert house.devices["ref-110"].name == "Power"
    monkeypatch.undo()
    system.requests.clear()
    await hub.refresh(house)
    assert asked(system) == ["getdeviceschanged"]


async def test_a_survey_that_fails_halfway_loses_no_arrival(
    session: aiohttp.ClientSession, start: Start
) -> None:
    system = await start()
    devices = [feature(1)]
    info = {"Count": 1}
    lists = {"Name": "", "TempFormatF": False, "Devices": devices}
    controls = says({"Devices": [{"ref": 1, "ControlPairs": SWITCH}]})

    async def status(request: web.BaseRequest) -> web.StreamResponse:
        return await says(lists)(request)

    async def counted(request: web.BaseRequest) -> web.StreamResponse:
        return await says(info)(request)

    system.replies |= {
        "getstatus": status,
        "getdeviceinfo": counted,
        "getcontrol": controls,
        "getevents": says({"Events": []}),
    }
    hub = HomeSeerHub(session, system.site())
    for _ in range(FIRST_SURVEYS):
        assert set((await hub.survey()).devices) == {"ref-1"}
    devices.append(feature(2, value=5, status="5 Watts"))
    info["Count"] = 2
    system.replies["getcontrol"] = says("", 503)
    with pytest.raises(HubConnectionError):
        await hub.survey()
    system.replies["getcontrol"] = controls
    assert set((await hub.survey()).devices) == {"ref-1", "ref-2"}


@pytest.mark.parametrize("turns", range(12))
async def test_no_device_becomes_another_while_a_system_talks_nonsense(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, turns: int
) -> None:
    with system.faults.during("wrong_types"):
        # What is left out depends on how often it was asked.
        for _ in range(turns):
            await hub.client.ask("getsessionconfig")
        for _ in range(3):
            assert (await hub.survey()).devices.keys() == house.devices.keys()
    assert (await hub.survey()).devices == house.devices


@pytest.mark.parametrize("turns", range(4))
async def test_no_house_is_made_of_nonsense(
    hub: HomeSeerHub, system: HomeSeerSystem, turns: int
) -> None:
    made: set[str] = set()
    with system.faults.during("wrong_types"):
        for _ in range(turns):
            await hub.client.ask("getsessionconfig")
        with suppress(HubResponseError):  # none at all is made then
            made.update((await hub.survey()).devices)
    sound = (await hub.survey()).devices
    assert made in (set(), sound.keys())


async def test_what_loses_its_name_keeps_it(
    session: aiohttp.ClientSession, start: Start
) -> None:
    system = await start()
    devices = [feature(1, "Lamp"), feature(2, "Fan"), feature(3, "Pump")]

    async def status(request: web.BaseRequest) -> web.StreamResponse:
        return await says({"Name": "", "Devices": devices})(request)

    system.replies |= {
        "getstatus": status,
        "getdeviceinfo": says({"Count": 3}),
        "getcontrol": says({"Devices": []}),
        "getevents": says({"Events": []}),
    }
    hub = HomeSeerHub(session, system.site())
    before = await hub.survey()
    for each in devices[:2]:
        each["name"] = None
    during = await hub.survey()
    assert not during.complete
    assert [each.name for each in during.devices.values()] == [
        each.name for each in before.devices.values()
    ]


async def test_half_a_list_is_not_believed(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    with system.faults.during("lists_halved"):
        halved = await hub.survey()
        assert not halved.complete
        assert halved.devices == house.devices
        # Said twice, it is so.
        assert len((await hub.survey()).devices) < len(house.devices)
    with system.faults.during("no_devices"), pytest.raises(HubResponseError):
        await hub.survey()
    with system.faults.during("lists_empty"), pytest.raises(HubResponseError):
        await hub.survey()


@pytest.mark.parametrize(
    ("dialect", "unit"),
    [("hs3", TemperatureUnit.FAHRENHEIT), ("hs4", TemperatureUnit.FAHRENHEIT)],
)
async def test_dialects(
    socket_enabled: None,
    session: aiohttp.ClientSession,
    model: Model,
    clock: ManualClock,
    dialect: Literal["hs3", "hs4"],
    unit: TemperatureUnit,
) -> None:
    async with HomeSeerSystem(model, dialect=dialect, clock=clock) as system:
        hub = HomeSeerHub(session, Local("127.0.0.1", system.port))
        await hub.connect()
        house = await hub.survey()
        thermostat = house.devices["ref-209-climate"]
        assert isinstance(thermostat, Thermostat)
        assert thermostat.unit is unit
        assert house.info.model == dialect.upper()


async def test_rooms(hub: HomeSeerHub, house: House) -> None:
    dimmer = house.devices[DIMMER]
    room = house.room_of(house.root_of(dimmer))
    assert room is not None
    assert room.name == "Kitchen"


async def test_a_report_holds_no_secret(hub: HomeSeerHub, house: House) -> None:
    report = hub.report()
    assert report["features"] > 100
    assert report["version"] == "4.2.22.4"
