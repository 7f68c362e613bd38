"""A HomeSeer system as a hub, against one that behaves."""

import asyncio
from collections.abc import AsyncGenerator, Collection
import json

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.hub import SURE, HomeSeerHub
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.homeseer.sites import Local
from custom_components.crestron_homeseer.house.commands import (
    ActivateScene,
    SetLevel,
    SetLocked,
)
from custom_components.crestron_homeseer.house.controls import (
    Control,
    RunEvent,
    SetSwitch,
)
from custom_components.crestron_homeseer.house.devices import (
    House,
    Light,
    Lock,
    LockState,
    Scene,
    TemperatureUnit,
    Thermostat,
)
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    HubCommandError,
    HubConnectionError,
    HubResponseError,
    HubUnansweredError,
)
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, default_system, generated_system
from simulator.homeseer.model import Model

DIMMER = "light-102"
LOCK = "lock-191"


@pytest.fixture
def clock() -> ManualClock:
    """The clock of the simulated house."""
    return ManualClock()


@pytest.fixture
def model(clock: ManualClock) -> Model:
    """The house that is simulated."""
    return default_system(clock, seed=1)


@pytest.fixture
async def system(
    socket_enabled: None, model: Model, clock: ManualClock
) -> AsyncGenerator[HomeSeerSystem]:
    """A HomeSeer 4 system with an ASCII port."""
    async with HomeSeerSystem(model, clock=clock, ascii_port=0) as system:
        yield system


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """The session that is handed in."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def hub(
    system: HomeSeerSystem, session: aiohttp.ClientSession
) -> AsyncGenerator[HomeSeerHub]:
    """The hub, connected."""
    hub = HomeSeerHub(
        session, Local("127.0.0.1", system.port), ascii_port=system.ascii_port
    )
    await hub.connect()
    yield hub
    await hub.close()


@pytest.fixture
async def house(hub: HomeSeerHub) -> House:
    """The house as it was surveyed first."""
    return await hub.survey()


def asked(system: HomeSeerSystem) -> list[str]:
    """Return the names of the requests."""
    return [request.query["request"] for request in system.requests]


async def send(hub: HomeSeerHub, *commands: AnyCommand) -> list[object]:
    """Send commands; returns what became of each."""
    return list((await hub.send(commands)).errors)


async def test_a_survey_sees_the_house(hub: HomeSeerHub, house: House) -> None:
    assert (house.info.manufacturer, house.info.model) == ("HomeSeer", "HS4")
    assert house.info.version == "4.2.22.4"
    assert isinstance(house.devices[DIMMER], Light)
    assert isinstance(house.devices["thermostat-209"], Thermostat)
    assert (
        len([item for item in house.devices.values() if isinstance(item, Scene)]) == 25
    )
    assert not house.complete
    assert (await hub.survey()).complete
    # What must not appear does not, and what is hidden is disabled.
    names = {device.name for device in house.devices.values()}
    assert "Kitchen Dimmer" in names


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
        assert len(house.devices) > number / 3
        for _ in range(SURE):
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
    dialect: str,
    unit: TemperatureUnit,
) -> None:
    async with HomeSeerSystem(model, dialect=dialect, clock=clock) as system:
        hub = HomeSeerHub(session, Local("127.0.0.1", system.port))
        await hub.connect()
        house = await hub.survey()
        thermostat = house.devices["thermostat-209"]
        assert isinstance(thermostat, Thermostat)
        assert thermostat.unit is unit
        assert house.info.model == dialect.upper()


async def test_rooms(hub: HomeSeerHub, house: House) -> None:
    dimmer = house.devices[DIMMER]
    room = house.room_of(house.root_of(dimmer))
    assert room is not None
    assert room.name == "Kitchen"


async def test_commands_are_carried_out_once(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, clock: ManualClock
) -> None:
    system.commands.clear()
    errors = await send(
        hub,
        SetLevel(device_id=DIMMER, level=1.0),
        SetLocked(device_id=LOCK, locked=False),
        SetSwitch(device_id="switch-109", on=True),
    )
    assert errors == [None, None, None]
    assert [(item.ref, item.value) for item in system.commands] == [
        (102, 99),
        (191, 0),
        (109, 255),
    ]
    clock.advance(5)
    after = await hub.refresh(house, [LOCK])
    lock = after.devices[LOCK]
    assert isinstance(lock, Lock)
    assert lock.state is LockState.UNLOCKED


@pytest.mark.parametrize("fault", ["answer_lost", "close_keepalive", "drop_reused"])
async def test_a_lost_connection_never_repeats_a_command(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, fault: str
) -> None:
    system.commands.clear()
    with system.faults.during(fault):
        await send(hub, SetSwitch(device_id="switch-109", on=True))
    assert len(system.commands) <= 1


async def test_a_lost_answer_is_not_known_and_what_follows_was_not_sent(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.commands.clear()
    with system.faults.during("answer_lost"):
        errors = await send(
            hub,
            SetLocked(device_id=LOCK, locked=False),
            SetSwitch(device_id="switch-109", on=True),
        )
    assert isinstance(errors[0], HubUnansweredError)
    assert isinstance(errors[1], HubConnectionError)
    assert [item.ref for item in system.commands] == [191]


async def test_a_system_that_is_gone_is_said_for_all(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    with system.faults.during("refuse_connections"):
        # The connection that was kept is seen to be closed.
        await asyncio.sleep(0.05)
        errors = await send(
            hub,
            SetSwitch(device_id="switch-109", on=True),
            SetSwitch(device_id="switch-109", on=False),
        )
    assert [type(error) for error in errors] == [HubConnectionError] * 2


async def test_what_is_declined_concerns_only_itself(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    errors = await send(
        hub,
        SetLevel(device_id="light-9999", level=1.0),
        Control(device_id="9", ref=9999, value=1.0),
        SetLevel(device_id="switch-109", level=1.0),
        SetSwitch(device_id="switch-109", on=True),
    )
    assert [type(error) for error in errors] == [HubCommandError] * 3 + [type(None)]


async def test_events_are_run(hub: HomeSeerHub, house: House, model: Model) -> None:
    scene = next(item for item in house.devices.values() if isinstance(item, Scene))
    event = model.event(scene.name) or model.events[0]
    before = len(model.fired)
    errors = await send(
        hub,
        ActivateScene(device_id=scene.id),
        RunEvent(device_id="", group=event.group, name=event.name),
        RunEvent(device_id="", event=event.id),
    )
    assert errors == [None, None, None]
    assert len(model.fired) == before + 3


async def test_many_events_are_disabled_until_a_group_is_chosen(
    socket_enabled: None,
    session: aiohttp.ClientSession,
    clock: ManualClock,
) -> None:
    async with HomeSeerSystem(generated_system(2000, clock), clock=clock) as system:
        groups = {event.group for event in system.model.events}
        site = Local("127.0.0.1", system.port)
        hub = HomeSeerHub(session, site)
        await hub.connect()
        scenes = [
            item
            for item in (await hub.survey()).devices.values()
            if isinstance(item, Scene)
        ]
        assert len(scenes) > 50
        assert all(scene.hidden for scene in scenes)
        chosen = min(groups)
        hub = HomeSeerHub(session, site, Settings(event_groups=frozenset({chosen})))
        await hub.connect()
        house = await hub.survey()
        scenes = [item for item in house.devices.values() if isinstance(item, Scene)]
        assert scenes
        assert not any(scene.hidden for scene in scenes)
        assert {house.root_of(scene).name for scene in scenes} == {f"{chosen} events"}


class Told:
    """Collects what the hub tells."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.came = asyncio.Event()

    def __call__(self, ids: Collection[str]) -> None:
        self.ids += ids
        self.came.set()

    async def wait(self) -> None:
        async with asyncio.timeout(5):
            await self.came.wait()
        self.came.clear()


async def test_the_ascii_port_tells_what_changed(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    told = Told()
    stop = hub.listen(told)
    async with asyncio.timeout(5):
        while not hub.pushing:
            await asyncio.sleep(0.02)
    # A gap has passed, so all may have changed.
    told.ids.clear()
    told.came.clear()
    model.by_ref(102).set(33)
    await told.wait()
    assert DIMMER in told.ids
    assert stop is not None
    stop()


async def test_a_web_hook_tells_what_changed(hub: HomeSeerHub, house: House) -> None:
    told = Told()
    hub.listen(told)
    await asyncio.sleep(0.1)
    told.ids.clear()
    good = json.loads(
        '{"type":"devicechange","data":{"ref":102,"name":"x","value":11,"status":"11%"}}'
    )
    hub.heard(good)
    assert told.ids == [DIMMER]
    assert hub.pushing
    for bad in (
        None,
        [],
        {"type": "devicechange"},
        {**good, "data": {"ref": 9999}},
        "x",
    ):
        hub.heard(bad)
    assert told.ids == [DIMMER]


async def test_a_report_holds_no_secret(hub: HomeSeerHub, house: House) -> None:
    report = hub.report()
    assert report["features"] > 100
    assert report["version"] == "4.2.22.4"
