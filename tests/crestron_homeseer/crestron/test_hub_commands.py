"""What a hub has the house do, and what it says of commands that failed or were lost."""

import asyncio
from typing import Any, get_args

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house import commands as ask, kinds
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    PressButton,
)
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.settings import QuickActionWay
from simulator.house import House

from .common import (
    TOKEN,
    Canned,
    Reply,
    Serve,
    Start,
    address_of,
    asked,
    id_of,
    reasons,
    says,
    send,
)

HEAT = kinds.SetPointKind.HEAT
ARM = ask.Arm(device_id="security-7", mode=None)


@pytest.fixture
def away(house: House) -> ActivateScene:
    """A scene."""
    return ActivateScene(device_id=id_of(house, "Away"))


@pytest.fixture
def light(house: House) -> ask.SetLevel:
    """A light to switch on."""
    return ask.SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"manual_shapes": True},
        {"body_required": True},
        {"volume_write": "percent"},
        {"light_time_unit": "cs"},
        {"refused_key": "5001"},
    ],
    ids=str,
)
async def test_everything_is_done_however_the_processor_wants_it(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    clock: ManualClock,
    light: ask.SetLevel,
    settings: dict[str, object],
) -> None:
    processor = await serve(command_latency=0.0, report_lag=0.0, **settings)
    memory = {"volume_scale": settings.get("volume_write", "raw")}
    hub = CrestronHub(session, address_of(processor), TOKEN, memory=memory)
    await hub.survey()
    thermostat = id_of(house, "Main Floor")
    media = id_of(house, "Theater", sim.MediaRoom)
    sources = house.find("Theater", sim.MediaRoom).sources
    # Older firmware has no ids for sources: they are counted.
    source = str(len(sources) if "manual_shapes" in settings else max(sources))
    errors = await send(
        hub,
        light,
        ask.SetSpeed(device_id=id_of(house, "Ceiling Fan"), speed=1 / 3),
        ask.MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        ask.SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        # Off, this processor refuses set points: the mode goes first.
        ask.SetPoints(device_id=thermostat, values=((HEAT, 70.0),)),
        ask.SetMode(device_id=thermostat, mode=kinds.ThermostatMode.HEAT),
        ask.SetFanMode(device_id=thermostat, fan_mode="On"),
        ask.SetSchedule(device_id=thermostat, schedule=kinds.Schedule.RUN),
        ActivateScene(device_id=id_of(house, "Driveway Gate", sim.Scene)),
        PressButton(device_id="action-1"),
        ask.SetPower(device_id=media, on=True),
        ask.SetMuted(device_id=media, muted=True),
        ask.SelectSource(device_id=media, source_id=source),
        ask.SetVolume(device_id=media, volume=0.7),
    )
    assert errors == [None] * 14
    clock.advance(60)
    room = house.find("Theater", sim.MediaRoom)
    hall = house.find("Main Floor", sim.Thermostat)
    assert house.of(sim.Light)[0].level == 1.0
    assert house.find("Ceiling Fan", sim.Fan).speed == 1
    shade = house.find("Kitchen Shade", sim.Shade)
    assert shade.position == pytest.approx(0.5, abs=1e-4)
    assert house.find("Front Door", sim.Lock).locked is False
    assert (room.power, room.muted, room.source) == (True, True, max(sources))
    assert room.volume == pytest.approx(0.7, abs=1e-4)
    assert (hall.mode, hall.heat, hall.fan_mode) == ("Heat", 70, "On")
    assert hall.schedule == "run"
    assert house.find("Driveway Gate", sim.Scene).pulses == 1
    assert len(processor.commands) == 14
    assert {request.status for request in processor.requests} <= {200, 409}


# Who failed


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (
            ask.SetPoints(device_id="thermostat-4242", values=((HEAT, 70.0),)),
            HubResponseError,
        ),
        (ask.StopMoving(device_id="shade-4242"), HubResponseError),
        (ARM, HubCommandError),
        (ask.SetVolume(device_id="mediaroom-4242", volume=0.0), HubCommandError),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_what_cannot_be_done_fails_alone(
    ready: CrestronHub,
    light: ask.SetLevel,
    processor: CrestronProcessor,
    command: ask.Command[Any],
    error: type[HubError],
) -> None:
    failed, fine = await send(ready, command, light)
    assert type(failed) is error
    assert fine is None
    assert len(processor.commands) == 1


# Losing the hub


async def test_a_hub_that_is_lost_in_the_middle(
    ready: CrestronHub, house: House, processor: CrestronProcessor, light: ask.SetLevel
) -> None:
    processor.faults.on("answer_lost", path="/shades")
    errors = await send(
        ready,
        light,
        ask.MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        ask.SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        ask.SetVolume(device_id=id_of(house, "Theater", sim.MediaRoom), volume=0.5),
        PressButton(device_id="action-1"),
    )
    # What came before is done, it itself is in doubt, what was to come was not sent.
    assert [type(error) for error in errors] == [
        type(None),
        HubUnansweredError,
        HubConnectionError,
        HubConnectionError,
        HubConnectionError,
    ]
    assert [command.kind for command in processor.commands] == ["light", "shade"]
    assert asked(processor, "POST") == ["lights/SetState", "shades/SetState"]


async def test_what_was_impossible_stays_so_though_the_hub_is_lost(
    ready: CrestronHub, house: House, processor: CrestronProcessor, away: ActivateScene
) -> None:
    processor.faults.on("refuse_connections")
    await asyncio.sleep(0.02)
    errors = await send(ready, ARM, away)
    assert reasons(errors) == [Reason.DECLINED, Reason.REFUSED]
    # A stop is not sent either, nor what comes with it.
    stop = ask.StopMoving(device_id=id_of(house, "Kitchen Shade"))
    assert reasons(await send(ready, away, stop)) == [Reason.REFUSED] * 2


async def test_a_token_that_died_is_told_of_every_command(
    ready: CrestronHub, processor: CrestronProcessor, away: ActivateScene
) -> None:
    processor.revoke_token("another")
    errors = await send(ready, away, away)
    assert [type(error) for error in errors] == [HubAuthError] * 2
    assert processor.commands == []


@pytest.mark.parametrize(
    ("kind", "name"), [(ActivateScene, "Away"), (ask.StopMoving, "Kitchen Shade")]
)
async def test_a_command_does_not_wait_for_a_read_of_the_whole_house(
    start: Start, house: House, kind: type[ask.Command[Any]], name: str
) -> None:
    hub, processor = await start(answer_seconds=0.01)
    await hub.survey()
    processor.requests.clear()
    reading = asyncio.create_task(hub.survey())
    while not processor.requests:
        await asyncio.sleep(0)
    assert await send(hub, kind(device_id=id_of(house, name))) == [None]
    before = len(processor.requests)
    await reading
    assert before <= 5
    assert len(processor.requests) >= 11


PRESS = PressButton(device_id="action-3")
BANNER = says({"description": "The Pyng Rest API …", "version": "2.000.0004"})
SUCCESS = says({"status": "success"})
REFUSED = says({"status": "failure", "errorMessage": "Not now."})


async def press(hub: CrestronHub) -> HubError | None:
    return (await hub.send([PRESS])).errors[0]


@pytest.mark.parametrize("way", get_args(QuickActionWay.__value__))
async def test_each_way_is_found_once_and_remembered(
    start: Start, house: House, way: QuickActionWay
) -> None:
    hub, processor = await start(quick_action_way=way, command_latency=0.0)
    for runs in (1, 2):
        processor.requests.clear()
        assert await press(hub) is None
        assert house.quick_actions[3].runs == runs
    assert len(asked(processor, "POST")) == 1
    assert set(hub.memory) == {"quick_action_way"}


async def test_a_way_that_is_gone_is_looked_for_anew(
    start: Start, house: House
) -> None:
    hub, processor = await start(quick_action_way="recall/ID", command_latency=0.0)
    assert await press(hub) is None
    processor.change(quick_action_way="ID/run")
    assert await press(hub) is None
    assert house.quick_actions[3].runs == 2
    assert hub.memory == {"quick_action_way": "{}/run"}
    # Where there is none, it is said.
    processor.change(quick_action_way=None)
    error = await press(hub)
    assert (error and error.reason) is Reason.DECLINED


@pytest.mark.parametrize(
    ("answers", "tried"),
    [
        ([BANNER, SUCCESS], 2),
        ([says("gone", 404), SUCCESS], 2),
        ([says({"errorSource": 8000}, 500), SUCCESS], 2),
        # Any of these may have been done.
        ([REFUSED, SUCCESS], 1),
        ([says({"errorSource": 7000}, 500), SUCCESS], 1),
        ([says("nonsense"), SUCCESS], 1),
        ([says({"status": "partial"}), SUCCESS], 1),
    ],
)
async def test_another_way_is_tried_only_where_nothing_can_have_been_done(
    session: aiohttp.ClientSession, canned: Canned, answers: list[Reply], tried: int
) -> None:
    paths = ["quickactions/recall/3", "quickactions/3/recall"]
    canned.replies.update(zip(paths, answers, strict=True))
    hub = CrestronHub(session, canned.address, TOKEN)
    error = await press(hub)
    assert (error is None) is (tried == 2)
    posts = [line for line in canned.asked if "quickactions" in line]
    assert len(posts) == tried
    assert bool(hub.memory) is (tried == 2)


async def test_what_may_have_been_done_is_not_done_again(
    hub: CrestronHub, processor: CrestronProcessor
) -> None:
    processor.faults.on("answer_lost", path="/quickactions/recall")
    assert isinstance(await press(hub), HubUnansweredError)
    assert asked(processor, "POST") == ["quickactions/recall/3"]
