"""What a hub has the house do, and in how many requests."""

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SelectSource,
    SetFanMode,
    SetLevel,
    SetLocked,
    SetMode,
    SetMuted,
    SetPoints,
    SetPower,
    SetSchedule,
    SetSpeed,
    SetVolume,
)
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    PressButton,
)
from custom_components.crestron_homeseer.house.kinds import (
    Schedule,
    SetPointKind,
    ThermostatMode,
)
from simulator import house as sim
from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .asking import id_of, send
from .common import TOKEN, Serve, address_of, posted

COOL, HEAT = SetPointKind.COOL, SetPointKind.HEAT


async def test_a_light_fades(
    ready: CrestronHub, house: House, clock: ManualClock
) -> None:
    light = next(light for light in house.of(sim.Light) if light.dimmable)
    light.level = 0.0
    level = SetLevel(device_id=f"light-{light.id}", level=0.5, fade=4.0)
    assert await send(ready, level) == [None]
    clock.advance(2)
    assert light.level == pytest.approx(0.25, abs=1e-4)
    clock.advance(2)
    assert light.level == pytest.approx(0.5, abs=1e-4)


async def test_a_fan_turns(ready: CrestronHub, house: House) -> None:
    fan = house.find("Ceiling Fan", sim.Fan)
    assert await send(ready, SetSpeed(device_id=f"light-{fan.id}", speed=1.0)) == [None]
    assert fan.speed == 3


async def test_a_shade_moves(
    ready: CrestronHub, house: House, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    move = MoveTo(device_id=f"shade-{shade.id}", position=0.3)
    assert await send(ready, move) == [None]
    clock.advance(60)
    assert shade.position == pytest.approx(0.3, abs=1e-4)


@pytest.mark.parametrize("locked", [True, False])
async def test_a_door_locks(
    ready: CrestronHub, house: House, clock: ManualClock, locked: bool
) -> None:
    lock = house.find("Front Door", sim.Lock)
    lock.locked = not locked
    command = SetLocked(device_id=f"lock-{lock.id}", locked=locked)
    assert await send(ready, command) == [None]
    clock.advance(5)
    assert lock.locked is locked


async def test_a_scene_is_recalled(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    gate = house.find("Driveway Gate", sim.Scene)
    command = ActivateScene(device_id=f"scene-{gate.id}")
    assert await send(ready, command, command) == [None, None]
    assert gate.pulses == 2


@pytest.mark.parametrize("on", [True, False])
async def test_a_media_room_is_switched_and_muted(
    ready: CrestronHub, house: House, on: bool
) -> None:
    room = house.find("Theater", sim.MediaRoom)
    room.power, room.muted = not on, not on
    device_id = f"mediaroom-{room.id}"
    commands = (
        SetPower(device_id=device_id, on=on),
        SetMuted(device_id=device_id, muted=on),
    )
    assert await send(ready, *commands) == [None, None]
    assert (room.power, room.muted) == (on, on)


async def test_a_source_is_selected(ready: CrestronHub, house: House) -> None:
    room = house.find("Theater", sim.MediaRoom)
    source = max(room.sources)
    command = SelectSource(device_id=f"mediaroom-{room.id}", source_id=str(source))
    assert await send(ready, command) == [None]
    assert (room.source, room.power) == (source, True)


async def test_a_thermostat_does_all_that_it_is_asked(
    ready: CrestronHub, house: House
) -> None:
    thermostat = house.find("Main Floor", sim.Thermostat)
    device_id = f"thermostat-{thermostat.id}"
    assert (
        await send(
            ready,
            SetMode(device_id=device_id, mode=ThermostatMode.AUTO),
            SetPoints(device_id=device_id, values=((HEAT, 66.0), (COOL, 77.0))),
            SetFanMode(device_id=device_id, fan_mode="On"),
            SetSchedule(device_id=device_id, schedule=Schedule.HOLD),
        )
        == [None] * 4
    )
    assert (thermostat.mode, thermostat.heat, thermostat.cool) == ("Auto", 66, 77)
    assert (thermostat.fan_mode, thermostat.schedule) == ("On", "hold")


@pytest.mark.parametrize("manual", [False, True])
@pytest.mark.parametrize(
    ("unit", "resolution", "degrees"),
    [
        ("F", "tenths", 70.5),
        ("F", "whole", 70.0),
        ("C", "tenths", 21.3),
        ("C", "half", 21.5),
        ("C", "whole", 21.0),
    ],
)
async def test_a_set_point_lands_in_every_unit(
    serve: Serve,
    session: aiohttp.ClientSession,
    clock: ManualClock,
    unit: str,
    resolution: str,
    degrees: float,
    manual: bool,
) -> None:
    simulated = House(clock)
    thermostat = sim.Thermostat(
        15, "Hall", mode=sim.Mode.HEAT, heat=20.0, cool=24.0, temperature=19, unit=unit
    )
    thermostat.resolution = resolution
    simulated.add(thermostat)
    processor = await serve(simulated, manual_shapes=manual, command_latency=0.0)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    command = SetPoints(device_id="thermostat-15", values=((HEAT, degrees),))
    assert await send(hub, command) == [None]
    assert thermostat.heat == degrees


async def test_a_mode_is_set_before_the_set_points_of_the_same_batch(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    thermostat = house.find("Guest Wing", sim.Thermostat)
    assert thermostat.mode == sim.Mode.OFF
    device_id = f"thermostat-{thermostat.id}"
    # Off, this processor refuses set points.
    assert await send(
        ready,
        SetPoints(device_id=device_id, values=((HEAT, 64.0),)),
        SetMode(device_id=device_id, mode=ThermostatMode.HEAT),
    ) == [None, None]
    assert [path for path, _ in posted(processor)] == [
        "thermostats/mode",
        "thermostats/SetPoint",
    ]
    assert (thermostat.mode, thermostat.heat) == ("Heat", 64)


async def test_forty_shades_are_one_request(
    serve: Serve, session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    simulated = House(clock)
    shades = [simulated.add(sim.Shade(1 + n, f"Shade {n}")) for n in range(40)]
    processor = await serve(simulated)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    processor.requests.clear()
    moves = [MoveTo(device_id=f"shade-{each.id}", position=1.0) for each in shades]
    assert await send(hub, *moves) == [None] * 40
    assert len(processor.requests) == 1
    clock.advance(60)
    assert {shade.position for shade in shades} == {1.0}


async def test_a_batch_of_everything_is_a_request_for_each_kind(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    lights = [
        SetLevel(device_id=f"light-{x.id}", level=1.0) for x in house.of(sim.Light)
    ]
    shades = [
        MoveTo(device_id=f"shade-{x.id}", position=1.0) for x in house.of(sim.Shade)
    ]
    modes = [
        SetMode(device_id=f"thermostat-{x.id}", mode=ThermostatMode.COOL)
        for x in house.of(sim.Thermostat)
    ]
    fan = SetSpeed(device_id=id_of(house, "Ceiling Fan"), speed=0.0)
    errors = await send(ready, *lights, *shades, *modes, fan)
    assert set(errors) == {None}
    assert sorted(path for path, _ in posted(processor)) == [
        "lights/SetState",
        "shades/SetState",
        "thermostats/mode",
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"manual_shapes": True},
        {"body_required": True},
        {"volume_write": "percent"},
        {"light_time_unit": "cs"},
        {"refused_key": "5001"},
    ],
    ids=str,
)
async def test_no_request_is_badly_shaped(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    settings: dict[str, object],
) -> None:
    processor = await serve(command_latency=0.0, report_lag=0.0, **settings)
    memory = {"volume_scale": settings.get("volume_write", "raw")}
    hub = CrestronHub(session, address_of(processor), TOKEN, memory=memory)
    await hub.survey()
    light = f"light-{house.of(sim.Light)[0].id}"
    thermostat = id_of(house, "Main Floor")
    media = id_of(house, "Theater", sim.MediaRoom)
    sources = house.find("Theater", sim.MediaRoom).sources
    # Older firmware has no ids for sources: they are counted.
    source = str(len(sources) if "manual_shapes" in settings else max(sources))
    errors = await send(
        hub,
        SetLevel(device_id=light, level=0.3, fade=1.5),
        SetSpeed(device_id=id_of(house, "Ceiling Fan"), speed=1 / 3),
        MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        SetMode(device_id=thermostat, mode=ThermostatMode.HEAT),
        SetPoints(device_id=thermostat, values=((HEAT, 70.0),)),
        SetFanMode(device_id=thermostat, fan_mode="On"),
        SetSchedule(device_id=thermostat, schedule=Schedule.RUN),
        ActivateScene(device_id=id_of(house, "Away")),
        PressButton(device_id="action-2"),
        SetPower(device_id=media, on=True),
        SetMuted(device_id=media, muted=True),
        SelectSource(device_id=media, source_id=source),
        SetVolume(device_id=media, volume=0.7),
    )
    assert errors == [None] * 14
    assert len(processor.commands) == 14
    assert {request.status for request in processor.requests} <= {200, 409}
