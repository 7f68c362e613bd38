"""What can be asked of a processor, and what comes of it."""

import re
from typing import Any

import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import House, Mode
from simulator.recorder import Command, Order

from .client import SUCCESS, Client

LIGHTS, SHADES, POINTS = "/lights/SetState", "/shades/SetState", "/thermostats/SetPoint"
CALM, MOVIE = "Guest Wing", "Movie Night"
NO_JSON = object()


def filled(house: House, asked: Any) -> Any:
    """Put ids where the names are."""
    match asked:
        case str() if asked.startswith("@"):
            return house.find(asked[1:]).id
        case dict():
            return {key: filled(house, value) for key, value in asked.items()}
        case list():
            return [filled(house, each) for each in asked]
    return asked


def path_of(house: House, path: str) -> str:
    return re.sub(r"@([\w ]+)", lambda name: str(house.find(name[1]).id), path)


def light(name: str, **state: int) -> dict[str, Any]:
    return {"lights": [{"id": f"@{name}", **state}]}


def point(name: str, *points: tuple[str, int]) -> dict[str, Any]:
    each = [{"type": of, "temperature": count} for of, count in points]
    return {"id": f"@{name}", "setpoints": each}


def mode(word: str, key: str = "mode") -> dict[str, Any]:
    return {"thermostats": [{"id": f"@{each}", key: word} for each in TWO]}


TWO = ("Main Floor", "CTSTAT")
# What is asked, of what that was how before, and how it is then.
DONE: list[tuple[str, Any, str, dict[str, Any], dict[str, Any]]] = [
    *(
        (LIGHTS, light("Vanity", level=level), "Vanity", {}, {"level": level / 65535})
        for level in (1, 255, 257, 12345, 32768, 65534)
    ),
    (LIGHTS, light("Desk Lamp", level=257), "Desk Lamp", {"level": 0}, {"level": 1}),
    *(
        (LIGHTS, light("Ceiling Fan", speed=speed), "Ceiling Fan", {}, {"speed": turns})
        for speed, turns in ((0, 0), (2, 1), (3, 2), (4, 3))
    ),
    (
        SHADES,
        {"shades": [{"id": "@Kitchen Shade", "position": 0}]},
        "Kitchen Shade",
        {"position": 1},
        {"position": 0},
    ),
    (
        POINTS,
        point("Master Bedroom Thermostat", ("Cool", 755), ("Heat", 665)),
        "Master Bedroom Thermostat",
        {},
        {"heat": 66.5, "cool": 75.5},
    ),
    (
        POINTS,
        point("Main Floor", ("Auto", 700)),
        "Main Floor",
        {"mode": Mode.AUTO, "single_auto": True},
        {"heat": 70, "cool": 70},
    ),
    (
        POINTS,
        point("Main Floor", ("Cool", 141)),
        "Main Floor",
        {"limits": {}, "resolution": "half"},
        {"cool": 70.5},
    ),
    *(
        (f"/thermostats/{what}", mode(word, key), name, {}, then)
        for name in TWO
        for what, key, word, then in (
            ("mode", "mode", "AUTO", {"mode": "Auto"}),
            ("mode", "Mode", "Off", {"mode": "Off"}),
            ("fanmode", "mode", "ON", {"fan_mode": "On"}),
            ("fanmode", "fanMode", "ON", {"fan_mode": "On"}),
            ("schedule", "mode", "HOLD", {"schedule": "hold"}),
            ("schedule", "schedule", "OFF", {"schedule": "off"}),
        )
    ),
    (f"/scenes/recall/@{MOVIE}", {}, "Theater", {}, {"source": 53001}),
    ("/scenes/recall/@Driveway Gate", {}, "Driveway Gate", {}, {"pulses": 1}),
    ("/doorlocks/unlock/@Front Door", {}, "Front Door", {}, {"locked": False}),
    (
        "/DoorLocks/Lock/@Front Door",
        {},
        "Front Door",
        {"locked": False},
        {"locked": True},
    ),
    *(
        (f"/mediarooms/@Kitchen/{path}", {}, "Kitchen", before, then)
        for path, before, then in (
            ("mute", {"muted": False}, {"muted": True}),
            ("unmute", {"muted": True}, {"muted": False}),
            ("power/on", {"power": False}, {"power": True, "source": None}),
            ("power/off", {"power": True}, {"power": False}),
            ("selectsource/53002", {"power": False}, {"power": True, "source": 53002}),
            ("volume/16384", {"volume": 0.9}, {"volume": 16384 / 65535}),
        )
    ),
]


@pytest.mark.parametrize(("path", "body", "name", "before", "then"), DONE)
async def test_what_is_asked_is_done(
    client: Client,
    processor: CrestronProcessor,
    path: str,
    body: Any,
    name: str,
    before: dict[str, Any],
    then: dict[str, Any],
) -> None:
    house = client.house
    thing = house.find(name)
    for key, value in before.items():
        setattr(thing, key, value)
    path, body = path_of(house, path), filled(house, body)
    assert (await client.post(path, body)).json == SUCCESS
    client.advance(60)
    assert {key: getattr(thing, key) for key in then} == then
    asked = 2 if "thermostats" in body else 1
    assert len(processor.commands) == len(processor.carried_out) == asked
    if "mediarooms" in path:
        again = await client.post(path, body)
        assert (again.status, again.json["errorSource"]) == (409, 8010)
        assert [each.carried_out for each in processor.received] == [True, False]


ONE = {"id": 1}
# What is asked, and how it is refused: in words, as broken, or not understood at all.
REFUSED: list[tuple[str, Any]] = [
    (POINTS, point("Main Floor", ("Cool", 1000))),
    (POINTS, point("Main Floor", ("Cool", 580))),
    (POINTS, point("Main Floor", ("Auto", 700))),
    (POINTS, point("Main Floor", ("Slab", 700))),
    # What is off has no set point.
    (POINTS, point(CALM, ("Cool", 700))),
    (SHADES, {"shades": [{"id": "@Vanity", "position": 1}]}),
    (LIGHTS, light("Vanity", level=65536)),
    (LIGHTS, light("Vanity", speed=2)),
    (LIGHTS, light("Ceiling Fan", level=1)),
    (LIGHTS, light("Ceiling Fan", speed=1)),
    ("/scenes/recall/99999", {}),
    ("/doorlocks/lock/5", {}),
    ("/quickactions/9/run", {}),
    ("/mediarooms/@Terrace/volume/100", {}),
    ("/mediarooms/@Terrace/mute", {}),
    ("/mediarooms/@Kitchen/selectsource/1", {}),
    ("/mediarooms/@Kitchen/volume/65536", {}),
    ("/mediarooms/@Kitchen/volume/-1", {}),
    ("/mediarooms/999/mute", {}),
]
BROKEN: list[tuple[str, Any]] = [
    (LIGHTS, ONE | {"level": 0}),
    (LIGHTS, [ONE | {"level": 0}]),
    (LIGHTS, {"lights": []}),
    (LIGHTS, {"lights": [1]}),
    (LIGHTS, {"lights": [{"id": "1", "level": 0}]}),
    (LIGHTS, {"lights": [ONE | {"level": 0.5}]}),
    (LIGHTS, {"lights": [ONE | {"level": True}]}),
    (LIGHTS, {"lights": [ONE]}),
    (LIGHTS, {"lights": [ONE | {"level": 0, "time": -1}]}),
    (SHADES, {"lights": [ONE | {"position": 0}]}),
    (SHADES, {"shades": ONE | {"position": 0}}),
    (POINTS, ONE | {"setpoints": []}),
    (POINTS, ONE | {"setpoints": [{"temperature": 700}]}),
    (POINTS, {"thermostats": [point(CALM, ("Cool", 7))]}),
    ("/thermostats/mode", ONE | {"mode": "COOL"}),
    ("/thermostats/mode", {"thermostats": [ONE]}),
    ("/thermostats/fanmode", {"thermostats": [ONE | {"speed": "ON"}]}),
    ("/mediarooms/1002/volume/loud", {}),
    (SHADES, NO_JSON),
]
NOWHERE = (
    *("/securitydevices", "/securitydevices/1/arm", "/lights", "/login"),
    *("/scenes/recall/x", "/mediarooms/x/mute", "/mediarooms/1002/next"),
)


@pytest.mark.parametrize(
    ("path", "body", "status", "key"),
    [
        *((*row, 200, "status") for row in REFUSED),
        *((*row, 500, "errorSource") for row in BROKEN),
        *((path, {}, 200, "description") for path in NOWHERE),
    ],
)
async def test_what_cannot_be_is_not_done(
    client: Client,
    processor: CrestronProcessor,
    path: str,
    body: Any,
    status: int,
    key: str,
) -> None:
    house = client.house
    given = {"data": "{"} if body is NO_JSON else {"json": filled(house, body)}
    reply = await client.post(path_of(house, path), **given)
    assert (reply.status, key in reply.json) == (status, True)
    told = reply.json[key]
    assert key != "status" or told == "failure"
    assert key != "errorSource" or told in (8000, 8009, 8010)
    refused = [False] if key == "status" else []
    assert [order.carried_out for order in processor.received] == refused
    assert not processor.commands


@pytest.mark.parametrize(
    ("path", "key", "state", "names", "message"),
    [
        (LIGHTS, "lights", {"level": 1}, ("Vanity", "Cove"), "Light(s)"),
        (SHADES, "shades", {"position": 1}, ("Midbot", "Sheers"), "Shade(s)"),
        ("/thermostats/mode", "thermostats", {"mode": "HEAT"}, TWO, "Thermostat(s)"),
    ],
)
async def test_part_of_a_batch_can_fail(
    client: Client,
    processor: CrestronProcessor,
    path: str,
    key: str,
    state: dict[str, Any],
    names: tuple[str, str],
    message: str,
) -> None:
    one, two = (client.house.find(name) for name in names)
    two.online = False
    entries = [{"id": each, **state} for each in (one.id, 7, two.id)]
    assert (await client.post(path, {key: entries})).json == {
        "status": "partial",
        "errorMessage": f"{message} with below Id(s) are failed to update.",
        "errorDevices": [7, two.id],
        "version": "1.000.0001",
    }
    assert (await client.post(path, {key: entries[1:]})).json["status"] == "failure"
    assert [each.id for each in processor.commands] == [one.id]


@pytest.mark.parametrize(("unit", "time"), [("ms", 4000), ("cs", 400), ("s", 4)])
async def test_lights_ramp_after_a_moment(
    client: Client, processor: CrestronProcessor, unit: str, time: int
) -> None:
    processor.change(light_time_unit=unit)
    lamp = client.house.find("Vanity")
    lamp.level = 0
    body = {"lights": [{"id": lamp.id, "level": 65535, "time": time}]}
    assert (await client.post(LIGHTS, body)).json == SUCCESS
    assert lamp.level == 0
    client.advance(2.3)
    assert lamp.level == pytest.approx(0.5)
    client.advance(2)
    assert lamp.level == 1
    assert processor.commands == [Command("light", lamp.id, "level", 65535)]


async def test_a_set_point_while_off_may_be_stored_and_a_new_mode_counts(
    client: Client, processor: CrestronProcessor
) -> None:
    thermostat = client.house.find(CALM)
    body = filled(client.house, point(CALM, ("cool", 700)))
    with_mode = {"thermostats": [{"id": thermostat.id, "mode": "COOL"}]}
    processor.change(set_point_while_off="store")
    assert (await client.post(POINTS, body)).json == SUCCESS
    client.advance(1)
    assert thermostat.cool == 70
    processor.change(set_point_while_off="refuse")
    assert (await client.post("/thermostats/mode", with_mode)).json == SUCCESS
    assert (await client.post(POINTS, body)).json == SUCCESS


async def test_the_keys_of_fan_mode_can_be_narrowed(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(fan_mode_keys=("fanmode",))
    body = filled(client.house, mode("ON"))
    assert (await client.post("/thermostats/fanmode", body)).status == 500


async def test_quick_actions_run_where_they_can(
    client: Client, processor: CrestronProcessor
) -> None:
    assert (await client.post("/quickactions/3/run")).json == SUCCESS
    assert client.house.quick_actions[3].runs == 1
    processor.change(quick_action_way=None)
    assert "description" in (await client.post("/quickactions/3/run")).json
    assert processor.received == [Order("crestron", 3, "run", None, carried_out=True)]
