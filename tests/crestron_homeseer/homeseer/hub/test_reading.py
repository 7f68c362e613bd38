"""What a hub reads of a system, and how often."""

from contextlib import suppress
from typing import Any

import aiohttp
from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.crestron_homeseer.homeseer import reader
from custom_components.crestron_homeseer.homeseer.client import Site
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

from ..common import Scripted, Start, says
from ..raw import SWITCH, Raw, feature
from .common import DIMMER, asked


@pytest.mark.parametrize("dialect", ["hs3", "hs4"])
async def test_a_survey_sees_the_house(
    session: aiohttp.ClientSession, system: HomeSeerSystem, dialect: str
) -> None:
    system.change(dialect=dialect)
    hub = HomeSeerHub(session, Site.local("127.0.0.1", system.port))
    info = await hub.connect()
    assert (info.manufacturer, info.model) == ("HomeSeer", dialect.upper())
    assert info.url == f"http://127.0.0.1:{system.port}"
    house = await hub.survey()
    # The first one decides what is what, and a second makes sure of it.
    assert not house.complete
    assert (await hub.survey()).complete
    dimmer, thermostat = house.devices[DIMMER], house.devices["ref-209-climate"]
    assert isinstance(dimmer, Light)
    assert isinstance(thermostat, Thermostat)
    assert thermostat.unit is TemperatureUnit.FAHRENHEIT
    scenes = [item for item in house.devices.values() if isinstance(item, Scene)]
    assert len(scenes) == 25
    room = house.room_of(house.root_of(dimmer))
    assert room is not None
    assert room.name == "Kitchen"
    report = hub.report()
    assert report["features"] > 100
    assert report["version"] == info.version


async def test_a_small_computer_has_minutes_for_everything(
    session: aiohttp.ClientSession,
    system: HomeSeerSystem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "READ_TIMEOUT", 0.1)
    monkeypatch.setattr(reader, "WHOLE_TIMEOUT", 2.0)
    hub = HomeSeerHub(session, Site.local("127.0.0.1", system.port))
    with system.faults.during("slow", 0.3, path="getstatus"):
        house = await hub.survey()
        # From then on it is waited for as long as it took, several times over.
        assert 1.0 < hub._whole_timeout < 2.0
        assert (await hub.survey()).devices.keys() == house.devices.keys()


@pytest.mark.parametrize("number", [20, 500, 2000])
async def test_a_survey_takes_six_requests_whatever_the_size(
    socket_enabled: None,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    number: int,
) -> None:
    async with HomeSeerSystem(generated_system(number, clock), clock=clock) as system:
        hub = HomeSeerHub(session, Site.local("127.0.0.1", system.port))
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
        assert asked(system) == ["getdeviceinfo", "getstatus", "getevents"]
        assert again.devices is house.devices


# Refreshing


def level(house: House) -> float | None:
    """Return how bright the dimmer is."""
    light = house.devices[DIMMER]
    assert isinstance(light, Light)
    return light.level


async def test_only_what_changed_is_read(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    # What changed before anybody asked is read, too.
    model.by_ref(102).set(10)
    house = await hub.refresh(house)
    assert level(house) == pytest.approx(10 / 99)
    system.requests.clear()
    assert await hub.refresh(house) is house
    assert asked(system) == ["getdeviceschanged"]
    model.by_ref(102).set(20)
    system.requests.clear()
    after = await hub.refresh(house)
    assert asked(system) == ["getdeviceschanged", "getstatus"]
    assert level(after) == pytest.approx(20 / 99)
    changed = {
        key for key, each in after.devices.items() if each is not house.devices[key]
    }
    assert changed == {DIMMER}


async def test_a_change_whose_read_fails_is_read_later(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    await hub.refresh(house)
    model.by_ref(102).set(20)
    # The system reports it once.
    with system.faults.during("http_503", path="getstatus"), pytest.raises(HubError):
        await hub.refresh(house)
    after = await hub.refresh(house)
    assert level(after) == pytest.approx(20 / 99)
    # Nor does it report what was only read badly.
    with system.faults.during("nan_values"):
        during = await hub.refresh(after, [DIMMER])
    assert level(during) is None
    assert level(await hub.refresh(during)) == pytest.approx(20 / 99)


async def test_a_system_that_reports_no_changes_is_read_whole(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    system.change(changes_supported=False)
    await hub.refresh(house)
    model.by_ref(102).set(20)
    system.requests.clear()
    assert level(await hub.refresh(house)) == pytest.approx(20 / 99)
    assert asked(system) == ["getstatus"]


async def test_a_focus_reads_only_itself(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.requests.clear()
    assert await hub.refresh(house, [DIMMER, "event-1", "gone-1"]) is house
    await hub.refresh(house, ["event-1"])
    assert [dict(each.query) for each in system.requests] == [
        {"request": "getstatus", "ref": "102"}
    ]


# Coming and going


async def test_what_came_or_went_is_seen_within_half_a_minute(
    hub: HomeSeerHub,
    house: House,
    system: HomeSeerSystem,
    model: Model,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await hub.refresh(house)
    model.remove(102)
    house = await hub.refresh(house)
    assert DIMMER in house.devices
    freezer.tick(31)
    house = await hub.refresh(house)
    assert DIMMER not in house.devices
    assert house.complete
    assert "getcontrol" in asked(system)[-3:]
    # So is another name, which came with a change.
    for _ in range(FIRST_SURVEYS):
        house = await hub.survey()
    meter = model.by_ref(110)
    meter.name = "Power"
    meter.set(20)
    house = await hub.refresh(house)
    assert house.devices["ref-110"].name != "Power"
    freezer.tick(31)
    house = await hub.refresh(house)
    assert house.devices["ref-110"].name == "Power"
    system.requests.clear()
    await hub.refresh(house)
    assert asked(system) == ["getdeviceschanged"]


@pytest.fixture
async def scripted(start: Start) -> Scripted:
    """A system whose lists are written by hand."""
    system = await start()
    system.replies |= {
        "getdeviceinfo": says({"Count": 1}),
        "getcontrol": says({"Devices": [{"ref": 1, "ControlPairs": SWITCH}]}),
        "getevents": says({"Events": []}),
    }
    return system


def lists(system: Scripted, devices: list[Raw]) -> None:
    """Have a system list devices, as they are at each time."""

    async def status(request: web.BaseRequest) -> web.StreamResponse:
        answer: dict[str, Any] = {"TempFormatF": False, "Devices": devices}
        return await says(answer)(request)

    system.replies["getstatus"] = status


async def test_a_survey_that_fails_halfway_loses_no_arrival(
    session: aiohttp.ClientSession, scripted: Scripted
) -> None:
    devices = [feature(1)]
    lists(scripted, devices)
    hub = HomeSeerHub(session, scripted.site())
    for _ in range(FIRST_SURVEYS):
        assert set((await hub.survey()).devices) == {"ref-1"}
    devices.append(feature(2, value=5, status="5 Watts"))
    sound = scripted.replies.copy()
    scripted.replies |= {
        "getdeviceinfo": says({"Count": 2}),
        "getcontrol": says("", 503),
    }
    with pytest.raises(HubConnectionError):
        await hub.survey()
    scripted.replies["getcontrol"] = sound["getcontrol"]
    assert set((await hub.survey()).devices) == {"ref-1", "ref-2"}


# Trouble


@pytest.mark.parametrize("turns", range(0, 12, 3))
async def test_no_device_becomes_another_while_a_system_answers_nonsense(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, turns: int
) -> None:
    fresh = HomeSeerHub(hub.client._session, hub._site)
    made: set[str] = set()
    with system.faults.during("wrong_types"):
        # What is left out depends on how often it was asked.
        for _ in range(turns):
            await hub.client.ask("getsessionconfig")
        for _ in range(3):
            assert (await hub.survey()).devices.keys() == house.devices.keys()
        with suppress(HubResponseError):  # none at all is made then
            made.update((await fresh.survey()).devices)
    sound = await hub.survey()
    assert sound.devices == house.devices
    assert made in (set(), sound.devices.keys())


async def test_what_loses_its_name_keeps_it(
    session: aiohttp.ClientSession, scripted: Scripted
) -> None:
    names = ["Lamp", "Fan", "Pump"]
    devices = [feature(ref, name) for ref, name in enumerate(names)]
    lists(scripted, devices)
    hub = HomeSeerHub(session, scripted.site())
    await hub.survey()
    for each in devices[:2]:
        each["name"] = None
    during = await hub.survey()
    assert not during.complete
    assert [each.name for each in during.devices.values()] == names


async def test_half_a_list_is_not_believed_at_once(
    hub: HomeSeerHub,
    house: House,
    system: HomeSeerSystem,
    freezer: FrozenDateTimeFactory,
) -> None:
    with system.faults.during("lists_halved"):
        # Three minutes for the features, and as many for their controls.
        for _ in range(6):
            halved = await hub.survey()
            assert not halved.complete
            assert halved.devices == house.devices
            freezer.tick(85)
        assert len((await hub.survey()).devices) < len(house.devices)


async def test_a_system_that_only_measures_has_no_controls(
    session: aiohttp.ClientSession, scripted: Scripted
) -> None:
    lists(scripted, [feature(1, value=5, status="5 Watts")])
    scripted.replies["getcontrol"] = says({"Devices": []})
    hub = HomeSeerHub(session, scripted.site())
    assert set((await hub.survey()).devices) == {"ref-1"}


async def test_half_of_the_controls_are_not_believed_at_once(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.model.change_refs(lambda ref: ref + 9000)
    with system.faults.during("lists_halved", path="getcontrol"):
        during = await hub.survey()
    assert not during.complete
    assert during.devices == house.devices
    after = await hub.survey()
    assert after.complete
    assert sorted(type(each).__name__ for each in after.devices.values()) == sorted(
        type(each).__name__ for each in house.devices.values()
    )
    for fault in ("no_devices", "lists_empty"):
        with system.faults.during(fault), pytest.raises(HubResponseError):
            await hub.survey()
