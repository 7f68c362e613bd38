"""Faults that are changes of the house: what clients see while they last, and after."""

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, Light

from .client import Client, Reply, move

SHADE = "Kitchen Shade"


async def inventory(client: Client) -> list[Reply]:
    """Read everything there is."""
    lists = ("rooms", "devices", "lights", "shades", "scenes", "quickactions")
    return [await client.get(f"/{name}") for name in lists]


async def test_a_device_with_another_name(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    before, first = await inventory(client), house.of(Light)[0]
    name, shade = first.name, house.find(SHADE)
    with processor.faults.during("device_renamed"):
        assert (await client.entry("lights", first.id, "lights"))["name"] != name
        # With ids, those alone.
        processor.faults.on("device_renamed", [shade.id])
        assert (await client.entry("lights", first.id, "lights"))["name"] == name
        renamed = await client.entry("shades", shade.id, "shades")
        assert renamed["name"] == f"Renamed {SHADE}"
    assert await inventory(client) == before


async def test_a_device_in_another_room(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    before, shade = await inventory(client), house.find(SHADE)
    room = shade.room
    with processor.faults.during("device_moved", [shade.id]):
        moved = (await client.entry("shades", shade.id, "shades"))["roomId"]
        assert moved in house.rooms
        assert moved != room
    assert await inventory(client) == before


async def test_a_device_that_is_gone(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    before, shade = await inventory(client), house.find(SHADE)
    with processor.faults.during("device_removed", str(shade.id)):
        assert (await client.get(f"/shades/{shade.id}")).status == 404
        shades = (await client.get("/shades")).json["shades"]
        assert len(shades) == len(before[3].json["shades"]) - 1
        entries = [{"id": shade.id, "position": 0}]
        reply = await client.post("/shades/SetState", {"shades": entries})
        assert reply.json["errorDevices"] == [shade.id]
    assert await inventory(client) == before
    assert (await move(client, house))["status"] == "success"


async def test_a_device_more(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    before = await inventory(client)
    with processor.faults.during("device_added"):
        *old, added = (await client.get("/lights")).json["lights"]
        assert old == before[2].json["lights"]
        assert added["name"] == "Added Light"
        entries = [{"id": added["id"], "level": 65535}]
        reply = await client.post("/lights/SetState", {"lights": entries})
        assert reply.json["status"] == "success"
    assert await inventory(client) == before


async def test_ids_that_nothing_has(processor: CrestronProcessor) -> None:
    with pytest.raises(ValueError, match="no such device"):
        processor.faults.on("device_removed", [999_999])
    assert processor.faults.active == []


async def test_other_ids(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    before, shade = await inventory(client), house.find(SHADE)
    scene = house.find("Good Night")
    with processor.faults.during("ids_changed"):
        after = await inventory(client)
        for key, old, new in zip(
            ("rooms", "devices", "lights", "shades", "scenes", "quickActions"),
            before,
            after,
            strict=True,
        ):
            olds, news = old.json[key], new.json[key]
            assert not {each["id"] for each in olds} & {each["id"] for each in news}
            assert [each["name"] for each in olds] == [each["name"] for each in news]
        rooms = {each["id"] for each in after[0].json["rooms"]}
        (now,) = [each for each in after[3].json["shades"] if each["name"] == SHADE]
        assert now["roomId"] in rooms
        # The old id means nothing any more; the new one is taken everywhere.
        assert (await client.get(f"/shades/{shade.id}")).status == 404
        assert (await move(client, house))["errorDevices"] == [shade.id]
        assert not processor.commands
        assert await client.entry("shades", now["id"], "shades") == now
        entries = [{"id": now["id"], "position": 0}]
        reply = await client.post("/shades/SetState", {"shades": entries})
        assert reply.json["status"] == "success"
        (night,) = [
            each for each in after[4].json["scenes"] if each["name"] == scene.name
        ]
        reply = await client.post(f"/scenes/recall/{night['id']}")
        assert reply.json["status"] == "success"
        processor.faults.on("wrong_types")
        strings = (await client.get("/shades")).json["shades"]
        assert {each["id"] for each in strings} == {
            str(each["id"]) for each in after[3].json["shades"]
        }
        processor.faults.off("wrong_types")
        nothing = {"shades": [{"id": 0, "position": 0}, 5]}
        assert (await client.post("/shades/SetState", nothing)).status == 500
        nothing["shades"].pop()
        reply = await client.post("/shades/SetState", nothing)
        assert reply.json["errorDevices"] == [0]
        reply = await client.post("/shades/SetState", [])
        assert reply.status == 500
    # The house kept its own ids.
    assert [order.id for order in processor.commands] == [shade.id, scene.id]
    assert [each["id"] for each in (await client.get("/shades")).json["shades"]] == [
        each["id"] for each in before[3].json["shades"]
    ]


async def test_a_clock_that_jumps(
    client: Client, processor: CrestronProcessor, clock: ManualClock
) -> None:
    processor.faults.on("clock_jump", 601)
    assert (await client.get("/rooms")).status == 401
    await client.login()
    processor.faults.off("clock_jump")
    # Seen from now, the key was used in the future.
    clock.advance(1000)
    assert (await client.get("/rooms")).status == 200
    processor.faults.on("clock_jump", "-3600")
    clock.advance(3600)
    assert (await client.get("/rooms")).status == 200
    processor.faults.off("clock_jump")
    assert (await client.get("/rooms")).status == 401
