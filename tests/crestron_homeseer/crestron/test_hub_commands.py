"""What a hub has the house do, in how many requests, and what it says of it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.crestron.sending import SECOND_LOOK
from custom_components.crestron_homeseer.crestron.stopping import DELAY, SPARE
from custom_components.crestron_homeseer.house.commands import (
    ActivateScene,
    Arm,
    Command,
    MoveTo,
    PressButton,
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
    StopMoving,
)
from custom_components.crestron_homeseer.house.devices import Cover
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
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

from .common import TOKEN, Serve, address_of, asked, named, posted

COOL, HEAT = SetPointKind.COOL, SetPointKind.HEAT


@pytest.fixture
async def ready(hub: CrestronHub, processor: CrestronProcessor) -> CrestronHub:
    """A hub that knows its house."""
    await hub.survey()
    processor.requests.clear()
    return hub


async def send(hub: CrestronHub, *commands: Command[Any]) -> list[HubError | None]:
    """Send a batch, and return what is said of each command."""
    return list((await hub.send(commands)).errors)


def reasons(errors: Sequence[HubError | None]) -> list[Reason | None]:
    return [None if error is None else error.reason for error in errors]


def id_of(house: House, name: str, kind: type[sim.Device] = sim.Device) -> str:
    """Return our id of something in the house."""
    prefixes: dict[type[sim.Device], str] = {
        sim.Light: "light",
        sim.Fan: "fan",
        sim.Shade: "shade",
        sim.Lock: "lock",
        sim.Thermostat: "thermostat",
        sim.MediaRoom: "mediaroom",
        sim.Scene: "scene",
        sim.QuickAction: "action",
        sim.SecurityPanel: "security",
    }
    device = house.find(name, kind)
    return f"{prefixes[type(device)]}-{device.id}"


# Every command lands


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
    assert await send(ready, SetSpeed(device_id=f"fan-{fan.id}", speed=1.0)) == [None]
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
    source = str(max(house.find("Theater", sim.MediaRoom).sources))
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


# Who failed


async def test_a_partial_failure_names_exactly_who_failed(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shades = house.of(sim.Shade)[:4]
    jammed = [shades[1].id, shades[3].id]
    processor.faults.on("partial_failure", jammed)
    moves = [MoveTo(device_id=f"shade-{each.id}", position=0.5) for each in shades]
    errors = await send(ready, *moves)
    declined = Reason.DECLINED
    assert reasons(errors) == [None, declined, None, declined]
    assert {command.id for command in processor.commands}.isdisjoint(jammed)
    assert len(processor.commands) == 2


async def test_a_device_that_is_offline_fails_alone(
    ready: CrestronHub, house: House
) -> None:
    lights = house.of(sim.Light)[:3]
    lights[1].online = False
    levels = [SetLevel(device_id=f"light-{each.id}", level=1.0) for each in lights]
    assert reasons(await send(ready, *levels)) == [None, Reason.DECLINED, None]


async def test_a_failure_fails_all_of_its_request_and_no_other(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("command_failure", path="/shades")
    errors = await send(
        ready,
        MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        MoveTo(device_id=f"shade-{house.of(sim.Shade)[-1].id}", position=0.5),
        SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0),
    )
    assert reasons(errors) == [Reason.DECLINED, Reason.DECLINED, None]
    assert {type(error) for error in errors[:2]} == {HubCommandError}
    assert [command.kind for command in processor.commands] == ["light"]


@pytest.mark.parametrize("fault", ["banner_instead", "http_500", "http_404"])
async def test_what_does_not_say_success_is_none(
    ready: CrestronHub, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    errors = await send(ready, ActivateScene(device_id=id_of(house, "Away")))
    assert reasons(errors) == [Reason.DECLINED]
    assert processor.commands == []


@pytest.mark.parametrize("fault", ["html_login_page", "empty_body", "truncated_json"])
async def test_an_answer_that_cannot_be_read_leaves_doubt(
    ready: CrestronHub, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    (error,) = await send(ready, ActivateScene(device_id=id_of(house, "Away")))
    assert isinstance(error, HubUnansweredError)
    assert len(asked(processor, "POST")) == 1


@pytest.mark.parametrize(
    ("settings", "error"), [({}, None), ({"quick_actions_run": False}, Reason.DECLINED)]
)
async def test_a_quick_action_has_run_only_if_the_hub_says_so(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    settings: dict[str, object],
    error: Reason | None,
) -> None:
    processor = await serve(**settings)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    assert reasons(await send(hub, PressButton(device_id="action-1"))) == [error]
    runs = house.find("Good Morning", sim.QuickAction).runs
    assert runs == {None: 1, Reason.DECLINED: 0}[error]


async def test_a_media_room_that_is_already_so_is_a_success(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    room = house.find("Theater", sim.MediaRoom)
    off = SetPower(device_id=f"mediaroom-{room.id}", on=room.power)
    assert await send(ready, off) == [None]
    assert processor.requests[-1].status == 409


@pytest.mark.parametrize(
    ("command", "error", "reason"),
    [
        (
            SetPoints(device_id="thermostat-4242", values=((HEAT, 70.0),)),
            HubResponseError,
            Reason.NONSENSE,
        ),
        (StopMoving(device_id="shade-4242"), HubResponseError, Reason.NONSENSE),
        (Arm(device_id="security-7", mode=None), HubCommandError, Reason.DECLINED),
        (ActivateScene(device_id="scene-4242"), HubCommandError, Reason.DECLINED),
        (SetVolume(device_id="mediaroom-4242", volume=0.0), HubCommandError, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else "",
)
async def test_what_cannot_be_done_fails_alone(
    ready: CrestronHub,
    house: House,
    processor: CrestronProcessor,
    command: Command[Any],
    error: type[HubError],
    reason: Reason | None,
) -> None:
    light = SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0)
    failed, fine = await send(ready, command, light)
    assert type(failed) is error
    assert failed.reason is (reason or Reason.DECLINED)
    assert fine is None
    assert len(processor.commands) == 1


# Stopping


async def seen_to_move(
    hub: CrestronHub, clock: ManualClock, *shades: sim.Shade
) -> None:
    """Have the hub see that shades move, as often as it is read while they do."""
    device_ids = [f"shade-{each.id}" for each in shades]
    seen = await hub.survey()
    for shade in shades:
        shade.move_to(0.5)
    for _ in range(3):
        clock.advance(1)
        seen = await hub.refresh(seen, device_ids)


async def test_a_shade_is_stopped_ahead_of_where_it_was_just_read(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 1.0
    await seen_to_move(ready, clock, shade)
    processor.requests.clear()
    assert await send(ready, StopMoving(device_id=f"shade-{shade.id}")) == [None]
    here = 1.0 - (3 + DELAY + SPARE) / shade.travel_seconds
    assert asked(processor) == ["shades"]
    ((path, body),) = posted(processor)
    assert path == "shades/SetState"
    assert body["shades"][0]["position"] == pytest.approx(here * 65535, abs=2)
    clock.advance(60)
    assert shade.position == pytest.approx(here, abs=1e-4)


async def test_many_are_stopped_by_one_look_and_one_request(
    ready: CrestronHub, house: House, processor: CrestronProcessor, clock: ManualClock
) -> None:
    shades = house.of(sim.Shade)
    await seen_to_move(ready, clock, *shades)
    processor.requests.clear()
    before = [shade.position for shade in shades]
    stops = [StopMoving(device_id=f"shade-{each.id}") for each in shades]
    assert set(await send(ready, *stops)) == {None}
    assert len(processor.requests) == 2
    clock.advance(0.5)
    assert not any(shade.moving for shade in shades)
    far = [abs(shade.position - was) for shade, was in zip(shades, before, strict=True)]
    assert 0 < min(far) < max(far) < 0.04


async def test_a_shade_that_rests_is_left_alone(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    stops = [StopMoving(device_id=f"shade-{each.id}") for each in house.of(sim.Shade)]
    assert set(await send(ready, *stops)) == {None}
    assert posted(processor) == []


@pytest.mark.parametrize("moves", [False, True])
async def test_a_change_of_long_ago_is_looked_at_twice(
    ready: CrestronHub,
    house: House,
    processor: CrestronProcessor,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    moves: bool,
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    seen = await ready.survey()
    assert await ready.refresh(seen, [f"shade-{shade.id}"]) is not None
    clock.advance(5)
    # Somebody moved it meanwhile, and nobody knows whether it has come to rest.
    shade.position = 0.4
    if moves:
        shade.move_to(1.0)
    processor.requests.clear()

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    assert await send(ready, StopMoving(device_id=f"shade-{shade.id}")) == [None]
    monkeypatch.undo()
    assert asked(processor) == ["shades", "shades"]
    clock.advance(30)
    speed = 1 / shade.travel_seconds
    wanted = 0.4 + speed * (SECOND_LOOK + DELAY + SPARE) if moves else 0.4
    assert shade.position == pytest.approx(wanted, abs=1e-3)


async def test_what_was_read_for_a_stop_is_shown(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.position = 0.0
    before = await ready.survey()
    # Somebody moved it by hand, and this is the first that is heard of it.
    shade.position = 1.0
    device_id = f"shade-{shade.id}"
    assert await send(ready, StopMoving(device_id=device_id)) == [None]
    after = await ready.refresh(before, [device_id])
    assert named(after, Cover, "Kitchen Shade").position == 1.0
    assert await ready.refresh(after, [device_id]) is after


@pytest.mark.parametrize(
    "fault",
    ["http_500", "banner_instead", "empty_body", "lists_empty", "lists_missing"],
)
async def test_a_shade_whose_place_is_not_known_is_not_moved_to_stop_it(
    ready: CrestronHub, house: House, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault, path="/shades")
    lock = house.find("Front Door", sim.Lock)
    failed, fine = await send(
        ready,
        StopMoving(device_id=id_of(house, "Kitchen Shade")),
        SetLocked(device_id=f"lock-{lock.id}", locked=False),
    )
    assert isinstance(failed, HubResponseError)
    assert fine is None
    assert [command.kind for command in processor.commands] == ["lock"]
    assert [path for path, _ in posted(processor)] == [f"doorlocks/unlock/{lock.id}"]


async def test_a_shade_out_of_reach_is_not_moved_to_stop_it(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    shade = house.find("Kitchen Shade", sim.Shade)
    shade.online = False
    (error,) = await send(ready, StopMoving(device_id=f"shade-{shade.id}"))
    assert isinstance(error, HubResponseError)
    assert posted(processor) == []


# Losing the hub


async def test_a_hub_that_is_lost_in_the_middle(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("answer_lost", path="/shades")
    errors = await send(
        ready,
        SetLevel(device_id=f"light-{house.of(sim.Light)[0].id}", level=1.0),
        MoveTo(device_id=id_of(house, "Kitchen Shade"), position=0.5),
        SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        SetVolume(device_id=id_of(house, "Theater", sim.MediaRoom), volume=0.5),
        PressButton(device_id="action-1"),
    )
    # What came before is done, it itself is in doubt, what was to come was not sent.
    assert [type(error) for error in errors] == [
        type(None),
        HubUnansweredError,
        HubConnectionError,
        HubConnectionError,
        HubConnectionError,
    ]
    assert [command.kind for command in processor.commands] == ["light", "shade"]
    assert asked(processor, "POST") == ["lights/SetState", "shades/SetState"]


async def test_a_request_that_is_lost_is_in_doubt_for_all_that_it_carried(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("answer_lost")
    shades = house.of(sim.Shade)
    moves = [MoveTo(device_id=f"shade-{each.id}", position=0.5) for each in shades]
    errors = await send(ready, *moves)
    assert {type(error) for error in errors} == {HubUnansweredError}
    assert len(asked(processor, "POST")) == 1


async def test_what_was_impossible_stays_so_though_the_hub_is_lost(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("refuse_connections")
    await asyncio.sleep(0.02)
    errors = await send(
        ready,
        Arm(device_id="security-7", mode=None),
        ActivateScene(device_id=id_of(house, "Away")),
        ActivateScene(device_id=id_of(house, "Away")),
    )
    assert reasons(errors) == [Reason.DECLINED, Reason.REFUSED, Reason.REFUSED]


async def test_a_stop_of_a_hub_that_is_gone_is_not_sent(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("refuse_connections")
    await asyncio.sleep(0.02)
    errors = await send(
        ready,
        SetLocked(device_id=id_of(house, "Front Door"), locked=False),
        StopMoving(device_id=id_of(house, "Kitchen Shade")),
    )
    assert reasons(errors) == [Reason.REFUSED] * 2


async def test_a_token_that_died_is_told_of_every_command(
    ready: CrestronHub, house: House, processor: CrestronProcessor
) -> None:
    processor.revoke_token("another")
    scene = ActivateScene(device_id=id_of(house, "Away"))
    errors = await send(ready, scene, scene)
    assert [type(error) for error in errors] == [HubAuthError] * 2
    assert processor.commands == []


async def test_a_batch_of_nothing_asks_nothing(
    ready: CrestronHub, processor: CrestronProcessor
) -> None:
    assert await send(ready) == []
    assert processor.requests == []


@pytest.mark.parametrize(
    ("kind", "name"), [(ActivateScene, "Away"), (StopMoving, "Kitchen Shade")]
)
async def test_a_command_does_not_wait_for_a_read_of_the_whole_house(
    serve: Serve,
    session: aiohttp.ClientSession,
    house: House,
    kind: type[Command[Any]],
    name: str,
) -> None:
    processor = await serve(answer_seconds=0.01)
    hub = CrestronHub(session, address_of(processor), TOKEN)
    await hub.survey()
    processor.requests.clear()
    reading = asyncio.create_task(hub.survey())
    while not processor.requests:
        await asyncio.sleep(0)
    assert await send(hub, kind(device_id=id_of(house, name))) == [None]
    before = len(processor.requests)
    await reading
    assert before <= 5
    assert len(processor.requests) >= 11
