"""Faults that are changes of the house: what clients see while they last, and after."""

from typing import Any

import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import Light

from .client import Client

SHADE = "Kitchen Shade"
KINDS = ("rooms", "devices", "lights", "shades", "scenes", "quickactions")


async def inventory(client: Client) -> dict[str, list[Any]]:
    """Read everything there is."""
    return {kind: await client.entries(kind) for kind in KINDS}


async def put(client: Client, device_id: int) -> Any:
    """Close a shade by its id."""
    entries = [{"id": device_id, "position": 0}]
    return (await client.post("/shades/SetState", {"shades": entries})).json


async def test_a_device_that_is_changed_or_gone_for_a_while(
    client: Client, processor: CrestronProcessor
) -> None:
    before, faults = await inventory(client), processor.faults
    light, shade = client.house.of(Light)[0], client.house.find(SHADE)
    name, room = light.name, shade.room
    with faults.during("device_renamed"):
        assert (await client.entry("lights", light.id))["name"] != name
        # With ids, those alone.
        faults.on("device_renamed", [shade.id])
        assert (await client.entry("lights", light.id))["name"] == name
        renamed = await client.entry("shades", shade.id)
        assert renamed["name"] == f"Renamed {SHADE}"
    with faults.during("device_moved", [shade.id]):
        moved = (await client.entry("shades", shade.id))["roomId"]
        assert moved in client.house.rooms.keys() - {room}
    with faults.during("device_removed", str(shade.id)):
        assert (await client.get(f"/shades/{shade.id}")).status == 404
        assert len(await client.entries("shades")) == len(before["shades"]) - 1
        assert (await put(client, shade.id))["errorDevices"] == [shade.id]
    with faults.during("device_added"):
        *old, added = await client.entries("lights")
        assert (old, added["name"]) == (before["lights"], "Added Light")
        entries = [{"id": added["id"], "level": 65535}]
        reply = await client.post("/lights/SetState", {"lights": entries})
        assert reply.json["status"] == "success"
    assert await inventory(client) == before
    assert (await put(client, shade.id))["status"] == "success"
    with pytest.raises(ValueError, match="no such device"):
        faults.on("device_removed", [999_999])


async def test_other_ids(client: Client, processor: CrestronProcessor) -> None:
    before, shade = await inventory(client), client.house.find(SHADE)
    with processor.faults.during("ids_changed"):
        after = await inventory(client)
        for kind, olds in before.items():
            news = after[kind]
            assert not {each["id"] for each in olds} & {each["id"] for each in news}
            assert [each["name"] for each in olds] == [each["name"] for each in news]
        (now,) = [each for each in after["shades"] if each["name"] == SHADE]
        assert now["roomId"] in {each["id"] for each in after["rooms"]}
        # The old id means nothing any more; the new one is taken everywhere.
        assert (await client.get(f"/shades/{shade.id}")).status == 404
        assert (await put(client, shade.id))["errorDevices"] == [shade.id]
        assert not processor.commands
        assert await client.entry("shades", now["id"]) == now
        assert (await put(client, now["id"]))["status"] == "success"
        (night,) = [each for each in after["scenes"] if each["name"] == "Good Night"]
        reply = await client.post(f"/scenes/recall/{night['id']}")
        assert reply.json["status"] == "success"
        with processor.faults.during("wrong_types"):
            strings = await client.entries("shades")
        assert [each["id"] for each in strings] == [
            str(each["id"]) for each in after["shades"]
        ]
        assert (await put(client, 0))["errorDevices"] == [0]
        odd: list[Any] = [[], {"shades": [{"id": 0, "position": 0}, 5]}]
        for body in odd:
            assert (await client.post("/shades/SetState", body)).status == 500
    # The house kept its own ids.
    scene = client.house.find("Good Night")
    assert [order.id for order in processor.commands] == [shade.id, scene.id]
    assert (await client.entries("shades"))[0]["id"] == before["shades"][0]["id"]


async def test_a_clock_that_jumps(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("clock_jump", 601)
    assert (await client.get("/rooms")).status == 401
    await client.login()
    processor.faults.off("clock_jump")
    # Seen from now, the key was used in the future.
    client.advance(1000)
    assert (await client.get("/rooms")).status == 200
    processor.faults.on("clock_jump", "-3600")
    client.advance(3600)
    assert (await client.get("/rooms")).status == 200
    processor.faults.off("clock_jump")
    assert (await client.get("/rooms")).status == 401
