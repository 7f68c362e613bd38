"""What a hub says of commands that failed, or were lost with the processor."""

import asyncio
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import (
    Arm,
    Command,
    MoveTo,
    SetLevel,
    SetLocked,
    SetPoints,
    SetVolume,
    StopMoving,
)
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
from custom_components.crestron_homeseer.house.kinds import SetPointKind
from simulator import house as sim
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .asking import id_of, reasons, send
from .common import Start, asked

# Who failed


async def test_a_partial_failure_names_exactly_who_failed(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shades = house.of(sim.Shade)[:4]
    jammed = [shades[1].id, shades[3].id]
    processor.faults.on("partial_failure", jammed)
    moves = [MoveTo(device_id=f"shade-{each.id}", position=0.5) for each in shades]
    errors = await send(ready, *moves)
    declined = Reason.DECLINED
    assert reasons(errors) == [None, declined, None, declined]
    assert {command.id for command in processor.commands}.isdisjoint(jammed)
    assert len(processor.commands) == 2


@pytest.mark.parametrize("fault", ["html_login_page", "empty_body"])
async def test_an_answer_that_cannot_be_read_leaves_doubt(
    ready: CrestronHub, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    (error,) = await send(ready, ActivateScene(device_id=id_of(house, "Away")))
    assert isinstance(error, HubUnansweredError)
    assert len(asked(processor, "POST")) == 1


@pytest.mark.parametrize(
    ("command", "error", "reason"),
    [
        (
            SetPoints(device_id="thermostat-4242", values=((SetPointKind.HEAT, 70.0),)),
            HubResponseError,
            Reason.NONSENSE,
        ),
        (StopMoving(device_id="shade-4242"), HubResponseError, Reason.NONSENSE),
        (Arm(device_id="security-7", mode=None), HubCommandError, Reason.DECLINED),
        (SetVolume(device_id="mediaroom-4242", volume=0.0), HubCommandError, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else "",
)
async def test_what_cannot_be_done_fails_alone(
    ready: CrestronHub,
    house: House,
    processor: CrestronProcessor,
    command: Command[Any],
    error: type[HubError],
    reason: Reason | None,
) -> None:
    light = SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0)
    failed, fine = await send(ready, command, light)
    assert type(failed) is error
    assert failed.reason is (reason or Reason.DECLINED)
    assert fine is None
    assert len(processor.commands) == 1


# Losing the hub


async def test_a_hub_that_is_lost_in_the_middle(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("answer_lost", path="/shades")
    errors = await send(
        ready,
        SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0),
        MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        SetVolume(device_id=id_of(house, "Theater", sim.MediaRoom), volume=0.5),
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
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("refuse_connections")
    await asyncio.sleep(0.02)
    away = ActivateScene(device_id=id_of(house, "Away"))
    errors = await send(ready, Arm(device_id="security-7", mode=None), away)
    assert reasons(errors) == [Reason.DECLINED, Reason.REFUSED]
    # A stop is not sent either, nor what comes with it.
    stop = StopMoving(device_id=id_of(house, "Kitchen Shade"))
    assert reasons(await send(ready, away, stop)) == [Reason.REFUSED] * 2


async def test_a_token_that_died_is_told_of_every_command(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.revoke_token("another")
    scene = ActivateScene(device_id=id_of(house, "Away"))
    errors = await send(ready, scene, scene)
    assert [type(error) for error in errors] == [HubAuthError] * 2
    assert processor.commands == []


@pytest.mark.parametrize(
    ("kind", "name"), [(ActivateScene, "Away"), (StopMoving, "Kitchen Shade")]
)
async def test_a_command_does_not_wait_for_a_read_of_the_whole_house(
    start: Start, house: House, kind: type[Command[Any]], name: str
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
