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
from simulator.house import House

from .asking import id_of, send
from .common import TOKEN, Serve, Start, address_of

HEAT = SetPointKind.HEAT


@pytest.mark.parametrize(
    ("unit", "resolution", "degrees"),
    [("F", "tenths", 70.5), ("F", "whole", 70.0), ("C", "half", 21.5)],
)
async def test_a_set_point_lands_in_every_unit(
    start: Start, clock: ManualClock, unit: str, resolution: str, degrees: float
) -> None:
    simulated = House(clock)
    thermostat = sim.Thermostat(
        15, "Hall", mode=sim.Mode.HEAT, heat=20.0, cool=24.0, temperature=19, unit=unit
    )
    thermostat.resolution = resolution
    simulated.add(thermostat)
    hub, _ = await start(simulated, command_latency=0.0)
    await hub.survey()
    command = SetPoints(device_id="thermostat-15", values=((HEAT, degrees),))
    assert await send(hub, command) == [None]
    assert thermostat.heat == degrees


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
async def test_everything_is_done_however_the_processor_wants_it(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    clock: ManualClock,
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
        ActivateScene(device_id=id_of(house, "Driveway Gate", sim.Scene)),
        PressButton(device_id="action-1"),
        SetPower(device_id=media, on=True),
        SetMuted(device_id=media, muted=True),
        SelectSource(device_id=media, source_id=source),
        SetVolume(device_id=media, volume=0.7),
    )
    assert errors == [None] * 14
    clock.advance(60)
    room = house.find("Theater", sim.MediaRoom)
    hall = house.find("Main Floor", sim.Thermostat)
    assert house.find("Ceiling Fan", sim.Fan).speed == 1
    assert house.find("Kitchen Shade", sim.Shade).position == pytest.approx(
        0.5, abs=1e-4
    )
    assert house.find("Front Door", sim.Lock).locked is False
    assert (room.power, room.muted, room.source) == (True, True, max(sources))
    assert room.volume == pytest.approx(0.7, abs=1e-4)
    assert (hall.mode, hall.heat, hall.fan_mode) == ("Heat", 70, "On")
    assert hall.schedule == "run"
    assert len(processor.commands) == 14
    assert {request.status for request in processor.requests} <= {200, 409}
