"""What can be asked of a processor, and what comes of it."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom
from simulator.recorder import Command

from .client import SUCCESS, Client


async def test_lights_ramp_after_a_moment(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    lamp, plug = house.find("Vanity"), house.find("Desk Lamp")
    lamp.level = plug.level = 0
    body = {
        "lights": [
            {"id": lamp.id, "level": 65535, "time": 4000},
            {"id": plug.id, "level": 257},
        ]
    }
    reply = await client.post("/lights/SetState", body)
    assert (reply.status, reply.json) == (200, SUCCESS)
    assert lamp.level == 0
    clock.advance(2.3)
    assert (lamp.level, plug.level) == (pytest.approx(0.5), 1)
    clock.advance(2)
    assert lamp.level == 1
    assert processor.commands == [
        Command("light", lamp.id, "level", 65535),
        Command("light", plug.id, "level", 257),
    ]


async def test_the_time_of_a_light_may_be_centiseconds(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    processor.change(light_time_unit="cs")
    lamp = house.find("Vanity")
    lamp.level = 0
    body = {"lights": [{"id": lamp.id, "level": 65535, "time": 400}]}
    await client.post("/lights/SetState", body)
    clock.advance(2.3)
    assert lamp.level == pytest.approx(0.5)


async def test_every_level_is_exact(
    client: Client, house: House, clock: ManualClock
) -> None:
    lamp = house.find("Vanity")
    for level in (1, 255, 257, 12345, 32768, 65534):
        body = {"lights": [{"id": lamp.id, "level": level}]}
        await client.post("/lights/SetState", body)
        clock.advance(5)
        assert (await client.entry("lights", lamp.id, "lights"))["level"] == level


@pytest.mark.parametrize(("speed", "turns"), [(0, 0), (2, 1), (3, 2), (4, 3)])
async def test_fans_take_speeds(
    client: Client, house: House, clock: ManualClock, speed: int, turns: int
) -> None:
    fan = house.find("Ceiling Fan")
    body = {"lights": [{"id": fan.id, "speed": speed}]}
    assert (await client.post("/lights/SetState", body)).json == SUCCESS
    clock.advance(1)
    assert fan.speed == turns
    assert (await client.entry("lights", fan.id, "lights"))["speed"] == speed


async def test_shades_travel(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade")
    shade.position, shade.travel_seconds = 1, 20
    body = {"shades": [{"id": shade.id, "position": 0}]}
    assert (await client.post("/shades/SetState", body)).json == SUCCESS
    clock.advance(10.3)
    assert shade.position == pytest.approx(0.5)
    assert processor.commands == [Command("shade", shade.id, "position", 0)]


@pytest.mark.parametrize(
    ("kind", "field", "name", "message"),
    [
        ("lights", "level", "Vanity", "Light(s)"),
        ("shades", "position", "Kitchen Shade", "Shade(s)"),
    ],
)
async def test_part_of_a_batch_can_fail(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    kind: str,
    field: str,
    name: str,
    message: str,
) -> None:
    device_id = house.find(name).id
    bad = [{"id": 7, field: 1}, {"id": device_id, field: 65536}, {"id": 8, field: 0}]
    reply = await client.post(
        f"/{kind}/SetState", {kind: [{"id": device_id, field: 1}, *bad]}
    )
    assert reply.status == 200
    assert reply.json == {
        "status": "partial",
        "errorMessage": f"{message} with below Id(s) are failed to update.",
        "errorDevices": [7, device_id, 8],
        "version": "1.000.0001",
    }
    reply = await client.post(f"/{kind}/SetState", {kind: bad})
    assert reply.json["status"] == "failure"
    assert len(processor.commands) == 1


async def test_what_is_offline_or_of_another_kind_fails(
    client: Client, house: House
) -> None:
    shade, lamp = house.find("Kitchen Shade"), house.find("Vanity")
    shade.online = False
    fan = house.find("Ceiling Fan")
    entries = [{"id": shade.id, "position": 1}, {"id": lamp.id, "position": 1}]
    reply = await client.post("/shades/SetState", {"shades": entries})
    assert reply.json["errorDevices"] == [shade.id, lamp.id]
    entries = [
        {"id": fan.id, "level": 1},
        {"id": fan.id, "speed": 1},
        {"id": lamp.id, "speed": 2},
    ]
    reply = await client.post("/lights/SetState", {"lights": entries})
    assert reply.json["errorDevices"] == [fan.id, fan.id, lamp.id]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/lights/SetState", {"id": 1, "level": 0}),
        ("/lights/SetState", [{"id": 1, "level": 0}]),
        ("/lights/SetState", {"lights": []}),
        ("/lights/SetState", {"lights": [1]}),
        ("/lights/SetState", {"lights": [{"id": "1", "level": 0}]}),
        ("/lights/SetState", {"lights": [{"id": 1, "level": 0.5}]}),
        ("/lights/SetState", {"lights": [{"id": 1, "level": True}]}),
        ("/lights/SetState", {"lights": [{"id": 1}]}),
        ("/lights/SetState", {"lights": [{"id": 1, "level": 0, "time": -1}]}),
        ("/shades/SetState", {"lights": [{"id": 1, "position": 0}]}),
        ("/shades/SetState", {"shades": {"id": 1, "position": 0}}),
        ("/thermostats/SetPoint", {"id": 1, "setpoints": []}),
        ("/thermostats/SetPoint", {"id": 1, "setpoints": [{"temperature": 700}]}),
        (
            "/thermostats/SetPoint",
            {
                "thermostats": [
                    {"id": 1, "setpoints": [{"type": "Cool", "temperature": 7}]}
                ]
            },
        ),
        ("/thermostats/mode", {"id": 1, "mode": "COOL"}),
        ("/thermostats/mode", {"thermostats": [{"id": 1}]}),
        ("/thermostats/fanmode", {"thermostats": [{"id": 1, "speed": "ON"}]}),
        ("/mediarooms/1002/volume/loud", {}),
    ],
)
async def test_badly_shaped_bodies_end_in_500(
    client: Client, processor: CrestronProcessor, path: str, body: Any
) -> None:
    reply = await client.post(path, body)
    assert reply.status == 500
    assert reply.json["errorSource"] in (8000, 8009, 8010)
    assert not processor.commands


@pytest.mark.parametrize("data", ["{", None])
async def test_bodies_that_are_no_json_end_in_500(
    client: Client, data: str | None
) -> None:
    assert (await client.post("/shades/SetState", data=data)).status == 500


async def test_scenes_are_recalled(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    scene, gate = house.find("Movie Night"), house.find("Driveway Gate")
    assert (await client.post(f"/scenes/recall/{scene.id}")).json == SUCCESS
    assert (await client.post(f"/scenes/recall/{gate.id}")).json == SUCCESS
    clock.advance(60)
    assert house.find("Theater", MediaRoom).source == 53001
    entry = await client.entry("scenes", scene.id, "scenes")
    assert entry["status"] is True
    assert gate.pulses == 1
    assert (await client.entry("scenes", gate.id, "scenes"))["status"] is False
    reply = await client.post("/scenes/recall/99999")
    assert (reply.status, reply.json["status"]) == (200, "failure")
    assert processor.commands == [
        Command("scene", scene.id, "recall"),
        Command("scene", gate.id, "recall"),
    ]


async def test_locks_take_a_moment(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    lock = house.find("Front Door")
    assert (await client.post(f"/doorlocks/unlock/{lock.id}")).json == SUCCESS
    clock.advance(1)
    assert lock.at(1).locked is True
    clock.advance(1)
    assert lock.locked is False
    assert (await client.post(f"/DoorLocks/Lock/{lock.id}")).json == SUCCESS
    assert (await client.post("/doorlocks/lock/5")).json["status"] == "failure"
    assert processor.commands == [
        Command("lock", lock.id, "unlock"),
        Command("lock", lock.id, "lock"),
    ]


async def test_quick_actions_run_where_they_can(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    assert (await client.post("/quickactions/3/run")).json == SUCCESS
    assert house.quick_actions[3].runs == 1
    assert (await client.post("/quickactions/9/run")).json["status"] == "failure"
    processor.change(quick_action_way=None)
    assert "description" in (await client.post("/quickactions/3/run")).json
    assert processor.commands == [Command("quick_action", 3, "run")]


@pytest.mark.parametrize(
    "path",
    [
        "/securitydevices",
        "/securitydevices/1/arm",
        "/lights",
        "/login",
        "/scenes/recall/x",
        "/mediarooms/1002",
        "/mediarooms/1002/next",
        "/mediarooms/x/mute",
    ],
)
async def test_posts_that_lead_nowhere_get_the_banner(
    client: Client, processor: CrestronProcessor, path: str
) -> None:
    reply = await client.post(path)
    assert reply.status == 200
    assert "description" in reply.json
    assert not processor.commands
