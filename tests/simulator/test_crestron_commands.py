"""What can be asked of a processor, and what comes of it."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, MediaRoom, Mode, Thermostat
from simulator.recorder import Command

from .client import Client

SUCCESS = {"status": "success", "version": "2.000.0004"}


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
    assert (lamp.level, plug.level) == (0.5, 1)
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
    assert lamp.level == 0.5


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


async def test_set_points_are_unwrapped(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    thermostat = house.find("Master Bedroom Thermostat")
    body = {
        "id": thermostat.id,
        "setpoints": [
            {"type": "Cool", "temperature": 755},
            {"type": "Heat", "temperature": 665},
        ],
    }
    assert (await client.post("/thermostats/SetPoint", body)).json == SUCCESS
    clock.advance(1)
    assert (thermostat.heat, thermostat.cool) == (66.5, 75.5)
    assert processor.commands == [
        Command("thermostat", thermostat.id, "set_point", {"cool": 755, "heat": 665})
    ]


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("Main Floor", "Cool", 1000),
        ("Main Floor", "Cool", 580),
        ("Main Floor", "Auto", 700),
        ("Main Floor", "Slab", 700),
        ("Guest Wing", "Cool", 700),
    ],
)
async def test_set_points_that_cannot_be_are_refused(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    name: str,
    kind: str,
    count: int,
) -> None:
    body = {
        "id": house.find(name).id,
        "setpoints": [{"type": kind, "temperature": count}],
    }
    reply = await client.post("/thermostats/SetPoint", body)
    assert (reply.status, reply.json["status"]) == (200, "failure")
    assert not processor.commands


async def test_a_set_point_while_off_may_be_stored(
    client: Client, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    thermostat = house.find("Guest Wing")
    body = {
        "id": thermostat.id,
        "setpoints": [{"type": "cool", "temperature": 700}],
    }
    processor.change(set_point_while_off="store")
    assert (await client.post("/thermostats/SetPoint", body)).json == SUCCESS
    clock.advance(1)
    assert thermostat.cool == 70


async def test_a_mode_set_just_before_counts_for_a_set_point(
    client: Client, house: House
) -> None:
    thermostat = house.find("Guest Wing")
    modes = {"thermostats": [{"id": thermostat.id, "mode": "HEAT"}]}
    assert (await client.post("/thermostats/mode", modes)).json == SUCCESS
    body = {
        "id": thermostat.id,
        "setpoints": [{"type": "Heat", "temperature": 700}],
    }
    assert (await client.post("/thermostats/SetPoint", body)).json == SUCCESS


async def test_set_points_of_unusual_thermostats(
    client: Client, house: House, clock: ManualClock
) -> None:
    single = house.add(Thermostat(9000, "Single", 1002, mode=Mode.AUTO))
    single.single_auto = True
    limitless = house.add(Thermostat(9001, "Limitless", 1002, mode=Mode.COOL))
    limitless.limits, limitless.resolution = {}, "half"
    body = {"id": 9000, "setpoints": [{"type": "Auto", "temperature": 700}]}
    assert (await client.post("/thermostats/SetPoint", body)).json == SUCCESS
    body = {"id": 9001, "setpoints": [{"type": "Cool", "temperature": 141}]}
    assert (await client.post("/thermostats/SetPoint", body)).json == SUCCESS
    body = {"id": 9001, "setpoints": [{"type": "Slab", "temperature": 141}]}
    reply = await client.post("/thermostats/SetPoint", body)
    assert reply.json["status"] == "failure"
    clock.advance(1)
    assert (single.heat, single.cool, limitless.cool) == (70, 70, 70.5)


@pytest.mark.parametrize(
    ("path", "key", "word", "attribute", "value"),
    [
        ("mode", "mode", "AUTO", "mode", "Auto"),
        ("mode", "Mode", "Off", "mode", "Off"),
        ("fanmode", "mode", "ON", "fan_mode", "On"),
        ("fanmode", "fanMode", "ON", "fan_mode", "On"),
        ("schedule", "mode", "HOLD", "schedule", "hold"),
        ("schedule", "schedule", "OFF", "schedule", "off"),
    ],
)
async def test_modes_are_wrapped_and_for_several(
    client: Client,
    house: House,
    clock: ManualClock,
    path: str,
    key: str,
    word: str,
    attribute: str,
    value: str,
) -> None:
    two = [house.find("Main Floor"), house.find("CTSTAT")]
    body = {"thermostats": [{"id": each.id, key: word} for each in two]}
    assert (await client.post(f"/thermostats/{path}", body)).json == SUCCESS
    clock.advance(1)
    assert [getattr(each, attribute) for each in two] == [value, value]


async def test_modes_that_a_thermostat_lacks_fail_in_part(
    client: Client, house: House
) -> None:
    main, office = house.find("Main Floor"), house.find("CTSTAT")
    office.modes = ("Off", "Heat")
    entries = [{"id": each, "mode": "COOL"} for each in (main.id, office.id, 5)]
    reply = await client.post("/thermostats/mode", {"thermostats": entries})
    assert reply.json["status"] == "partial"
    assert reply.json["errorDevices"] == [office.id, 5]


async def test_the_keys_of_fan_mode_can_be_narrowed(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.change(fan_mode_keys=("fanmode",))
    entries = [{"id": house.find("Main Floor").id, "mode": "ON"}]
    reply = await client.post("/thermostats/fanmode", {"thermostats": entries})
    assert reply.status == 500


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
    assert lock.locked is True
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
    processor.change(quick_actions_run=False)
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


@pytest.mark.parametrize(
    ("path", "before", "attribute", "value"),
    [
        ("mute", {"muted": False}, "muted", True),
        ("unmute", {"muted": True}, "muted", False),
        ("power/on", {"power": False}, "power", True),
        ("power/off", {"power": True}, "power", False),
        ("selectsource/53002", {"power": False}, "source", 53002),
        ("volume/16384", {"volume": 0.9}, "volume", 16384 / 65535),
    ],
)
async def test_media_rooms_obey_once_and_then_say_409(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
    path: str,
    before: dict[str, Any],
    attribute: str,
    value: Any,
) -> None:
    media = house.find("Kitchen", MediaRoom)
    for name, state in before.items():
        setattr(media, name, state)
    reply = await client.post(f"/mediarooms/{media.id}/{path}")
    assert (reply.status, reply.json) == (200, SUCCESS)
    clock.advance(1)
    assert getattr(media, attribute) == value
    again = await client.post(f"/mediarooms/{media.id}/{path}")
    assert (again.status, again.json["errorSource"]) == (409, 8010)
    assert len(processor.commands) == 1


async def test_selecting_a_source_switches_on(
    client: Client, house: House, clock: ManualClock
) -> None:
    media = house.find("Kitchen", MediaRoom)
    await client.post(f"/mediarooms/{media.id}/selectsource/53001")
    clock.advance(1)
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert (entry["currentPowerState"], entry["currentSourceId"]) == ("on", 53001)
    await client.post(f"/mediarooms/{media.id}/power/off")
    clock.advance(1)
    await client.post(f"/mediarooms/{media.id}/power/on")
    clock.advance(1)
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert (entry["currentPowerState"], entry["currentSourceId"]) == ("on", 0)


@pytest.mark.parametrize(
    "path",
    [
        "1024/volume/100",
        "1024/mute",
        "1002/selectsource/1",
        "1002/volume/65536",
        "1002/volume/-1",
        "999/mute",
    ],
)
async def test_what_a_media_room_cannot_do_fails(
    client: Client, house: House, processor: CrestronProcessor, path: str
) -> None:
    assert house.find("Terrace", MediaRoom).id == 1024
    assert house.find("Kitchen", MediaRoom).id == 1002
    reply = await client.post(f"/mediarooms/{path}")
    assert (reply.status, reply.json["status"]) == (200, "failure")
    assert not processor.commands


@pytest.mark.parametrize(
    ("level", "overflow", "volume"),
    [(40, "clamp", 0.4), (29491, "clamp", 1.0), (29491, "refuse", 0.3)],
)
async def test_volume_may_be_written_in_percent(
    client: Client,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
    level: int,
    overflow: str,
    volume: float,
) -> None:
    processor.change(volume_write="percent", volume_overflow=overflow)
    media = house.find("Kitchen", MediaRoom)
    await client.post(f"/mediarooms/{media.id}/volume/{level}")
    clock.advance(1)
    assert media.volume == volume
    entry = await client.entry("mediarooms", media.id, "mediaRooms")
    assert entry["currentVolumeLevel"] == int(volume * 65535)
