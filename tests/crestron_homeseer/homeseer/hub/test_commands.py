"""What a hub has a system do, and what it says of it."""

import asyncio
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import Local
from custom_components.crestron_homeseer.homeseer.exchange import Value
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.homeseer.settings import Settings
from custom_components.crestron_homeseer.house.commands import SetLevel, SetLocked
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
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
)
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubConnectionError,
    HubUnansweredError,
)
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, generated_system
from simulator.homeseer.model import Model

from .common import DIMMER, LOCK, send


async def test_commands_are_carried_out_once(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, clock: ManualClock
) -> None:
    system.commands.clear()
    errors = await send(
        hub,
        SetLevel(device_id=DIMMER, level=1.0),
        SetLocked(device_id=LOCK, locked=False),
        SetSwitch(device_id="ref-109", on=True),
    )
    assert errors == [None, None, None]
    assert sorted((item.ref, item.value) for item in system.commands) == [
        (102, 99),
        (109, 255),
        (191, 0),
    ]
    clock.advance(5)
    after = await hub.refresh(house, [LOCK])
    lock = after.devices[LOCK]
    assert isinstance(lock, Lock)
    assert lock.state is LockState.UNLOCKED


async def test_commands_to_different_features_go_four_at_a_time_and_once_each(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    lights = [key for key, item in house.devices.items() if isinstance(item, Light)]
    lights = lights[:8]
    system.commands.clear()
    under_way, most = 0, 0
    command = hub.client.command

    async def counted(request: str, **params: Value) -> dict[str, Any]:
        nonlocal under_way, most
        async with hub.client._gate.enter(command=True):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.02)
            under_way -= 1
        return await command(request, **params)

    hub.client.command = counted  # type: ignore[method-assign]
    wishes = [
        SetLevel(device_id=key, level=level) for level in (1.0, 0.0) for key in lights
    ]
    assert await send(hub, *wishes) == [None] * 16
    assert most == 4
    values: dict[int, list[float]] = {}
    for item in system.commands:
        values.setdefault(item.ref, []).append(item.value)
    # On, then off, and nothing twice.
    assert len(values) == 8
    assert all(len(each) == 2 and each[0] > each[1] for each in values.values())


async def test_an_event_keeps_its_place(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, model: Model
) -> None:
    event = model.events[0]
    with system.faults.during("answer_lost"):
        errors = await send(
            hub,
            RunEvent(device_id="", event=event.id),
            SetSwitch(device_id="ref-109", on=True),
        )
    assert isinstance(errors[0], HubUnansweredError)
    assert isinstance(errors[1], HubConnectionError)


@pytest.mark.parametrize("fault", ["answer_lost", "close_keepalive", "drop_reused"])
async def test_a_lost_connection_never_repeats_a_command(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem, fault: str
) -> None:
    system.commands.clear()
    with system.faults.during(fault):
        await send(hub, SetSwitch(device_id="ref-109", on=True))
    assert len(system.commands) <= 1


async def test_a_lost_answer_is_not_known_and_what_follows_was_not_sent(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    system.commands.clear()
    with system.faults.during("answer_lost"):
        errors = await send(
            hub,
            SetLocked(device_id=LOCK, locked=False),
            SetLocked(device_id=LOCK, locked=True),
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
            SetSwitch(device_id="ref-109", on=True),
            SetSwitch(device_id="ref-109", on=False),
        )
    assert [type(error) for error in errors] == [HubConnectionError] * 2


async def test_what_is_declined_concerns_only_itself(
    hub: HomeSeerHub, house: House, system: HomeSeerSystem
) -> None:
    errors = await send(
        hub,
        SetLevel(device_id="ref-9999", level=1.0),
        Control(device_id="9", ref=9999, value=1.0),
        SetLevel(device_id="ref-109", level=1.0),
        SetSwitch(device_id="ref-109", on=True),
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
