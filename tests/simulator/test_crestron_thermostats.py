"""What can be asked of a thermostat."""

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House, Mode, Thermostat
from simulator.recorder import Command

from .client import SUCCESS, Client


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
