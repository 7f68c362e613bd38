"""What was asked of a system, and which of it was done: the same records for both kinds."""

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model
from simulator.house import House, MediaRoom
from simulator.recorder import Order

from .client import Client, move
from .homeseer import Asker, Lines

SHADES = ("Kitchen Shade", "Office Shade")


async def test_a_processor(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    one, two = [house.find(name).id for name in SHADES]
    clock.advance(7)
    await move(client, house, *SHADES)
    processor.faults.on("partial_failure", [one])
    await move(client, house, *SHADES)
    processor.faults.clear()
    with processor.faults.during("command_not_executed"):
        await move(client, house, SHADES[0])
    with processor.faults.during("command_failure"):
        await move(client, house, SHADES[1])
    await client.post("/scenes/recall/999999")
    done = [True, True, False, True, False, False]
    assert processor.received == [
        *(
            Order("crestron", target, "position", 0, carried_out)
            for target, carried_out in zip(
                [one, two, one, two, one, two], done, strict=True
            )
        ),
        Order("crestron", 999999, "recall", None, carried_out=False),
    ]
    assert [order.target for order in processor.carried_out] == [one, two, two]
    assert {order.at for order in processor.received} == {7}
    assert len(processor.commands) == len(processor.carried_out)


async def test_an_answer_that_is_lost(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    with (
        processor.faults.during("answer_lost"),
        pytest.raises(aiohttp.ClientConnectionError),
    ):
        await move(client, house, SHADES[0])
    assert len(processor.carried_out) == 1


async def test_what_a_media_room_is_already(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    media = house.find("Kitchen", MediaRoom)
    state = "on" if media.power else "off"
    reply = await client.post(f"/mediarooms/{media.id}/power/{state}")
    assert reply.status == 409
    (order,) = processor.received
    assert (order.action, order.carried_out) == ("power", False)


async def test_a_system(asker: Asker, model: Model, system: HomeSeerSystem) -> None:
    ref, event = model.find("House Mode").ref, model.events[0]
    await asker.control(ref, 1)
    await asker.ask("controldevicebylabel", ref=ref, label="Away")
    await asker.ask("controldevicebyindex", ref=ref, value="99")
    await asker.ask("controldevicebycontroluse", ref=ref, controluse=1, value=5)
    with system.faults.during("command_not_executed"):
        await asker.control(ref, 0)
        await asker.ask("runevent", id=event.id)
    with system.faults.during("command_failure"):
        await asker.control(ref, 0)
        await asker.ask("runevent", id=event.id)
    await asker.ask("runevent", group=event.group, name=event.name)
    await asker.ask("runevent", name="Nothing of the kind")
    await asker.ask("setdevicestatus", ref=ref, value=2)
    await asker.ask("setdeviceproperty", ref=ref, property="Name", value="Mode")
    await asker.ask("setdeviceproperty", ref="x", property="Name", value="Mode")
    assert system.received == [
        Order("homeseer", target, action, value, done)
        for target, action, value, done in (
            (ref, "value", "1", True),
            (ref, "label", "Away", True),
            (ref, "index", ("99", ""), False),
            (ref, "use", ("1", "5"), False),
            (ref, "value", "0", False),
            (event.id, "event", event.name, False),
            (ref, "value", "0", False),
            (event.id, "event", event.name, False),
            (event.id, "event", event.name, True),
            (0, "event", "Nothing of the kind", False),
            (ref, "status", ("2", None), True),
            (ref, "property", "Mode", True),
            (0, "property", "Mode", False),
        )
    ]
    assert len(system.carried_out) == 5


async def test_the_ascii_port(model: Model, system: HomeSeerSystem) -> None:
    ref = model.find("House Mode").ref
    async with Lines(system) as lines:
        await lines.log_in()
        # The change is told before the ok.
        assert (await lines.ask(f"cv,{ref},1")).startswith("DC,")
        assert await lines.read() == "ok"
        await lines.ask(f"cv,{ref},nonsense")
    assert system.received == [
        Order("homeseer", ref, "ascii", "1", carried_out=True),
        Order("homeseer", ref, "ascii", "nonsense", carried_out=False),
    ]
