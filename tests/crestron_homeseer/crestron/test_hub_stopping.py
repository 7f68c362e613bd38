"""How a hub stops shades."""

import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.crestron.stopping import DELAY, SPARE
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLocked,
    StopMoving,
)
from custom_components.crestron_homeseer.house.devices import Cover
from custom_components.crestron_homeseer.house.hub import (
    HubResponseError,
    HubUnansweredError,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .common import asked, id_of, named, posted, send


async def seen_to_move(
    hub: CrestronHub, clock: ManualClock, *shades: sim.Shade
) -> None:
    """Have the hub see that shades move, as often as it is read while they do."""
    device_ids = [f"shade-{each.id}" for each in shades]
    seen = await hub.survey()
    for shade in shades:
        shade.move_to(0.5)
    for _ in range(3):
        clock.advance(1)
        seen = await hub.refresh(seen, device_ids)


async def test_a_shade_is_stopped_ahead_of_where_it_was_just_read(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 1.0
    await seen_to_move(ready, clock, shade)
    processor.requests.clear()
    assert await send(ready, StopMoving(device_id=f"shade-{shade.id}")) == [None]
    here = 1.0 - (3 + DELAY + SPARE) / shade.travel_seconds
    assert asked(processor) == ["shades"]
    ((path, body),) = posted(processor)
    assert path == "shades/SetState"
    assert body["shades"][0]["position"] == pytest.approx(here * 65535, abs=2)
    clock.advance(60)
    assert shade.position == pytest.approx(here, abs=1e-4)


async def test_a_move_whose_answer_was_lost_is_stopped_before_it_is_seen(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    await ready.survey()
    device_id = f"shade-{shade.id}"
    processor.faults.on("answer_lost", times=1)
    (error,) = await send(ready, MoveTo(device_id=device_id, position=1.0))
    assert isinstance(error, HubUnansweredError)
    assert await send(ready, StopMoving(device_id=device_id)) == [None]
    clock.advance(60)
    assert shade.position < 0.1


async def test_many_are_stopped_by_one_look_and_one_request(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shades = house.of(sim.Shade)
    await seen_to_move(ready, clock, *shades)
    processor.requests.clear()
    before = [shade.position for shade in shades]
    stops = [StopMoving(device_id=f"shade-{each.id}") for each in shades]
    assert set(await send(ready, *stops)) == {None}
    assert len(processor.requests) == 2
    clock.advance(0.5)
    assert not any(shade.moving for shade in shades)
    far = [abs(shade.position - was) for shade, was in zip(shades, before, strict=True)]
    assert 0 < min(far) < max(far) < 0.04


async def test_a_shade_that_rests_is_left_alone(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    stops = [StopMoving(device_id=f"shade-{each.id}") for each in house.of(sim.Shade)]
    assert set(await send(ready, *stops)) == {None}
    assert posted(processor) == []


async def test_what_was_read_for_a_stop_is_shown(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    before = await ready.survey()
    # Somebody moved it by hand, and this is the first that is heard of it.
    shade.position = 1.0
    device_id = f"shade-{shade.id}"
    assert await send(ready, StopMoving(device_id=device_id)) == [None]
    after = await ready.refresh(before, [device_id])
    assert named(after, Cover, "Kitchen Shade").position == 1.0
    assert await ready.refresh(after, [device_id]) is after


@pytest.mark.parametrize(
    "fault",
    ["http_500", "banner_instead", "empty_body", "lists_empty", "lists_missing"],
)
async def test_a_shade_whose_place_is_not_known_is_not_moved_to_stop_it(
    ready: CrestronHub, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/shades")
    lock = house.find("Front Door", sim.Lock)
    failed, fine = await send(
        ready,
        StopMoving(device_id=id_of(house, "Kitchen Shade")),
        SetLocked(device_id=f"lock-{lock.id}", locked=False),
    )
    assert isinstance(failed, HubResponseError)
    assert fine is None
    assert [command.kind for command in processor.commands] == ["lock"]
    assert [path for path, _ in posted(processor)] == [f"doorlocks/unlock/{lock.id}"]


async def test_a_shade_out_of_reach_is_not_moved_to_stop_it(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.online = False
    (error,) = await send(ready, StopMoving(device_id=f"shade-{shade.id}"))
    assert isinstance(error, HubResponseError)
    assert posted(processor) == []
