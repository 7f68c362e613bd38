"""How a hub stops shades."""

import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.crestron.stopping import DELAY, SPARE
from custom_components.crestron_homeseer.house import commands as ask
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


@pytest.fixture
def shade(house: House) -> sim.Shade:
    """A shade that is closed."""
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    return shade


def stop(shade: sim.Shade) -> ask.StopMoving:
    return ask.StopMoving(device_id=f"shade-{shade.id}")


async def test_all_are_stopped_ahead_by_one_look_and_one_request(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shades = house.of(sim.Shade)
    kitchen = house.find("Kitchen Shade", sim.Shade)
    kitchen.position = 1.0
    seen = await ready.survey()
    for shade in shades:
        shade.move_to(0.5)
    # What is seen to move is read once a second.
    for _ in range(3):
        clock.advance(1)
        seen = await ready.refresh(seen, ["shade-1"])
    processor.requests.clear()
    before = [shade.position for shade in shades]
    assert set(await send(ready, *map(stop, shades))) == {None}
    assert (asked(processor), len(posted(processor))) == (["shades"], 1)
    clock.advance(0.5)
    assert not any(shade.moving for shade in shades)
    far = [abs(shade.position - was) for shade, was in zip(shades, before, strict=True)]
    assert 0 < min(far) < max(far) < 0.04
    ahead = (3 + DELAY + SPARE) / kitchen.travel_seconds
    assert kitchen.position == pytest.approx(1.0 - ahead, abs=1e-4)
    # What rests is left alone.
    processor.requests.clear()
    await ready.refresh(seen, ["shade-1"])
    clock.advance(5)
    await ready.refresh(seen, ["shade-1"])
    assert set(await send(ready, *map(stop, shades))) == {None}
    assert posted(processor) == []


async def test_a_move_whose_answer_was_lost_is_stopped_before_it_is_seen(
    ready: CrestronHub,
    shade: sim.Shade,
    processor: CrestronProcessor,
    clock: ManualClock,
) -> None:
    await ready.survey()
    processor.faults.on("answer_lost", times=1)
    (error,) = await send(ready, ask.MoveTo(device_id=f"shade-{shade.id}", position=1))
    assert isinstance(error, HubUnansweredError)
    assert await send(ready, stop(shade)) == [None]
    clock.advance(60)
    assert shade.position < 0.1


async def test_what_was_read_for_a_stop_is_shown(
    ready: CrestronHub, shade: sim.Shade
) -> None:
    before = await ready.survey()
    # Somebody moved it by hand, and this is the first that is heard of it.
    shade.position = 1.0
    assert await send(ready, stop(shade)) == [None]
    after = await ready.refresh(before, [f"shade-{shade.id}"])
    assert named(after, Cover, "Kitchen Shade").position == 1.0
    assert await ready.refresh(after, [f"shade-{shade.id}"]) is after


@pytest.mark.parametrize("fault", ["http_500", "empty_body", "lists_empty", None])
async def test_a_shade_whose_place_is_not_known_is_not_moved_to_stop_it(
    ready: CrestronHub,
    house: House,
    shade: sim.Shade,
    processor: CrestronProcessor,
    fault: str | None,
) -> None:
    if fault:
        processor.faults.on(fault, path="/shades")
    shade.online = bool(fault)
    lock = ask.SetLocked(device_id=id_of(house, "Front Door"), locked=False)
    failed, fine = await send(ready, stop(shade), lock)
    assert isinstance(failed, HubResponseError)
    assert fine is None
    assert [command.kind for command in processor.commands] == ["lock"]
    assert len(posted(processor)) == 1
