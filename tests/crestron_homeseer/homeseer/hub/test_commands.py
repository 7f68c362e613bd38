"""What a hub has a system do, and what became of it."""

import asyncio
from collections.abc import Sequence

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import Site
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.commands import SetLevel, SetLocked
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    Control,
    RunEvent,
    SetStatus,
    SetSwitch,
)
from custom_components.crestron_homeseer.house.devices import House, Scene
from custom_components.crestron_homeseer.house.hub import (
    AnyCommand,
    HubCommandError,
    HubConnectionError,
    HubUnansweredError,
)
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, generated_system
from simulator.homeseer.model import Model

from .common import DIMMER, LOCK, send

SWITCH_ON = SetSwitch(device_id="ref-109", on=True)
UNLOCK = SetLocked(device_id=LOCK, locked=False)


@pytest.mark.parametrize(
    ("fault", "commands", "errors", "most"),
    [
        # What follows a lost answer was not sent, and that is certain.
        (
            "answer_lost",
            [UNLOCK, SetLocked(device_id=LOCK, locked=True)],
            [HubUnansweredError, HubConnectionError],
            1,
        ),
        # Nobody knows what an event touches.
        (
            "answer_lost",
            [RunEvent(device_id="", event=1), SWITCH_ON],
            [HubUnansweredError, HubConnectionError],
            0,
        ),
        (
            "refuse_connections",
            [SWITCH_ON, SetSwitch(device_id="ref-109", on=False)],
            [HubConnectionError, HubConnectionError],
            0,
        ),
        ("close_keepalive", [SWITCH_ON], [type(None)], 1),
        ("drop_reused", [SWITCH_ON], [HubUnansweredError], 1),
    ],
)
async def test_a_lost_connection_repeats_nothing(
    hub: HomeSeerHub,
    house: House,
    system: HomeSeerSystem,
    fault: str,
    commands: Sequence[AnyCommand],
    errors: list[type],
    most: int,
) -> None:
    system.commands.clear()
    with system.faults.during(fault):
        # The connection that was kept is seen to be closed.
        await asyncio.sleep(0.05)
        assert [type(error) for error in await send(hub, *commands)] == errors
    assert len(system.commands) <= most


async def test_what_is_declined_concerns_only_itself(
    hub: HomeSeerHub, house: House
) -> None:
    errors = await send(
        hub,
        SetLevel(device_id="ref-9999", level=1.0),
        Control(device_id="9", ref=9999, value=1.0),
        SetStatus(device_id="9", ref=9999, value=1.0),
        SetLevel(device_id="ref-109", level=1.0),
        ActivateScene(device_id="event-9999"),
        SWITCH_ON,
    )
    assert [type(error) for error in errors] == [HubCommandError] * 5 + [type(None)]


async def test_a_status_may_be_set_without_a_control(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.requests.clear()
    shown = SetStatus(device_id="109", ref=109, value=0.0, text="Asleep")
    assert await send(hub, shown, SetStatus(device_id="109", ref=109, text="x")) == [
        None,
        None,
    ]
    queries = [dict(request.query) for request in system.requests]
    common = {"request": "setdevicestatus", "ref": "109"}
    assert queries == [
        common | {"value": "0", "string": "Asleep"},
        common | {"string": "x"},
    ]


async def test_events_are_run(hub: HomeSeerHub, house: House, model: Model) -> None:
    scene = next(item for item in house.devices.values() if isinstance(item, Scene))
    event = model.event(scene.name) or model.events[0]
    named = RunEvent(device_id="", group=event.group.upper(), name=event.name.lower())
    numbered = RunEvent(device_id="", event=event.id)
    before = len(model.fired)
    run = ActivateScene(device_id=scene.id)
    assert await send(hub, run, named, numbered) == [None, None, None]
    assert len(model.fired) == before + 3
    assert hub.targets_of(named) == hub.targets_of(numbered) == [scene.id]
    assert hub.targets_of(Control(device_id="1", ref=102)) == {DIMMER}
    assert hub.targets_of(run) == ()


async def test_many_events_are_disabled_until_a_group_is_chosen(
    socket_enabled: None, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    async with HomeSeerSystem(generated_system(2000, clock), clock=clock) as system:
        chosen = min(event.group for event in system.model.events)
        for settings in (Settings(), Settings(event_groups=frozenset({chosen}))):
            hub = HomeSeerHub(session, Site.local("127.0.0.1", system.port), settings)
            house = await hub.survey()
            scenes = [each for each in house.devices.values() if type(each) is Scene]
            many = settings.event_groups is None
            assert scenes
            assert (len(scenes) > 50) is many
            assert {scene.hidden for scene in scenes} == {many}
            assert chosen in hub.choices().event_groups
        assert {house.root_of(scene).name for scene in scenes} == {f"{chosen} events"}
