"""A room that is switched on and comes on without a source gets its last one back."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron import media
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import SelectSource, SetPower
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubUnansweredError,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import asked


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back without waiting."""
    monkeypatch.setattr(media, "READ_EVERY", 0.0)


@pytest.fixture(autouse=True)
async def passing(clock: ManualClock) -> AsyncGenerator[None]:
    """Let time pass in the house."""

    async def tick() -> None:
        while True:
            clock.advance(0.1)
            # Not so fast that sessions end between two looks.
            await asyncio.sleep(0.002)

    task = asyncio.create_task(tick())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def room(house: House) -> sim.MediaRoom:
    """A room that is off."""
    return house.find("Kitchen", sim.MediaRoom)


async def turn_on(hub: CrestronHub, room: sim.MediaRoom, source: str | None) -> Any:
    """Return what who asked is told in the end."""
    power = SetPower(device_id=f"mediaroom-{room.id}", on=True, source_id=source)
    result = await hub.send([power])
    return await result.pending[0] if result.pending else result.errors[0]


def selected(processor: CrestronProcessor) -> list[str]:
    return [path for path in asked(processor, "POST") if "selectsource" in path]


async def test_the_last_source_is_played_again(
    hub: CrestronHub, processor: CrestronProcessor, room: sim.MediaRoom
) -> None:
    assert await turn_on(hub, room, "53002") is None
    assert selected(processor) == [f"mediarooms/{room.id}/selectsource/53002"]


@pytest.mark.parametrize(
    ("source", "playing", "fault"),
    [
        (None, None, None),
        ("53002", 53001, None),
        ("53002", None, "command_not_executed"),
        ("53002", None, "command_failure"),
    ],
)
async def test_nothing_is_selected_unasked(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    source: str | None,
    playing: int | None,
    fault: str | None,
) -> None:
    if fault:
        processor.faults.on(fault)
    if playing:
        room.jump("source", playing)
    error = await turn_on(hub, room, source)
    assert (error is None) is (fault != "command_failure")
    assert selected(processor) == []


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        (partial(SetPower, on=False), []),
        (partial(SetPower, on=True), []),
        (partial(SelectSource, source_id="53003"), ["53003"]),
    ],
    ids=["off", "on again", "another source"],
)
async def test_whatever_else_is_asked_ends_it(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    what: Callable[..., SetPower | SelectSource],
    wanted: list[str],
) -> None:
    device_id = f"mediaroom-{room.id}"
    on = SetPower(device_id=device_id, on=True, source_id="53002")
    pending = (await hub.send([on])).pending[0]
    await hub.send([what(device_id=device_id)])
    assert await pending is None
    assert [path.split("/")[-1] for path in selected(processor)] == wanted


async def test_a_room_that_somebody_else_switches_is_left_alone(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(media, "READ_EVERY", 0.02)
    on = SetPower(device_id=f"mediaroom-{room.id}", on=True, source_id="53002")
    pending = asyncio.ensure_future((await hub.send([on])).pending[0])

    async def looked(times: int) -> None:
        """Let the room be looked at so often that answers were read in between."""
        looks = asked(processor).count(path) + times
        while not pending.done() and asked(processor).count(path) < looks:
            await asyncio.sleep(0)

    path = f"mediarooms/{room.id}"
    while not room.power:
        await asyncio.sleep(0)
    # The processor tells it a moment later.
    told_by = clock.now() + 1.0
    while clock.now() < told_by:
        await asyncio.sleep(0)
    await looked(2)
    room.jump("power", False)
    await looked(2)
    room.jump("power", True)
    assert await pending is None
    assert selected(processor) == []


@pytest.mark.parametrize(("times", "wanted"), [(3, 1), (None, 0)])
async def test_a_room_that_cannot_be_read_is_read_again_for_a_while(
    hub: CrestronHub,
    processor: CrestronProcessor,
    room: sim.MediaRoom,
    times: int | None,
    wanted: int,
) -> None:
    device_id = f"mediaroom-{room.id}"
    on = SetPower(device_id=device_id, on=True, source_id="53002")
    pending = (await hub.send([on])).pending[0]
    processor.faults.on("http_500", path=f"/mediarooms/{room.id}", times=times)
    assert await pending is None
    assert len(selected(processor)) == wanted


async def test_a_source_that_is_not_taken_is_told(
    hub: CrestronHub, processor: CrestronProcessor, room: sim.MediaRoom
) -> None:
    error = await turn_on(hub, room, "99")
    assert isinstance(error, HubCommandError)
    processor.faults.on("answer_lost", path=f"/mediarooms/{room.id}/selectsource")
    room.jump("power", False)
    assert isinstance(await turn_on(hub, room, "53002"), HubUnansweredError)
