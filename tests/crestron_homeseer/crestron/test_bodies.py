"""Commands → requests, and answers → who failed."""

import json
from typing import Any

import pytest

from custom_components.crestron_homeseer.crestron.bodies import (
    Request,
    Units,
    errors_in,
    plan,
)
from custom_components.crestron_homeseer.crestron.client import Answer
from custom_components.crestron_homeseer.crestron.codec import raw_level
from custom_components.crestron_homeseer.crestron.fading import FadeUnit
from custom_components.crestron_homeseer.crestron.thermostat import Scale
from custom_components.crestron_homeseer.house.commands import (
    Command,
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
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import (
    ActivateScene,
    PressButton,
)
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from custom_components.crestron_homeseer.house.kinds import (
    Schedule,
    SetPointKind,
    TemperatureUnit,
    ThermostatMode,
)

AUTO, COOL, HEAT = SetPointKind.AUTO, SetPointKind.COOL, SetPointKind.HEAT
SCALES = {
    15: Scale(TemperatureUnit.FAHRENHEIT, 10),
    16: Scale(TemperatureUnit.FAHRENHEIT, 1),
    17: Scale(TemperatureUnit.CELSIUS, 2),
    18: Scale(TemperatureUnit.CELSIUS, 10),
}


UNITS = Units(SCALES.__getitem__, FadeUnit({}).counts, raw_level)


def missing(_: object) -> Any:
    raise HubResponseError(Reason.NONSENSE, "unknown")


def planned(*commands: Command[Any]) -> list[Request]:
    requests, errors = plan(dict(enumerate(commands)), UNITS)
    assert errors == {}
    return requests


@pytest.mark.parametrize(
    ("kind", "asked", "path", "item"),
    [
        (SetLevel, {"level": 1.0}, "lights/SetState", {"level": 65535}),
        (
            SetLevel,
            {"level": 0.0, "fade": 0.0},
            "lights/SetState",
            {"level": 0, "time": 0},
        ),
        (
            SetLevel,
            {"level": 1e-9, "fade": 2.5},
            "lights/SetState",
            {"level": 1, "time": 2500},
        ),
        (SetSpeed, {"speed": 0.0}, "lights/SetState", {"speed": 0}),
        (SetSpeed, {"speed": 1 / 3}, "lights/SetState", {"speed": 2}),
        (SetSpeed, {"speed": 2 / 3}, "lights/SetState", {"speed": 3}),
        (SetSpeed, {"speed": 1.0}, "lights/SetState", {"speed": 4}),
        (MoveTo, {"position": 0.5}, "shades/SetState", {"position": 32768}),
        (
            SetMode,
            {"mode": ThermostatMode.AUX_HEAT},
            "thermostats/mode",
            {"mode": "AUXHEAT"},
        ),
        (SetFanMode, {"fan_mode": "Auto"}, "thermostats/fanmode", {"mode": "AUTO"}),
        (
            SetSchedule,
            {"schedule": Schedule.HOLD},
            "thermostats/schedule",
            {"mode": "HOLD"},
        ),
    ],
)
def test_what_takes_several_devices_is_wrapped(
    kind: type[Command[Any]], asked: dict[str, Any], path: str, item: dict[str, Any]
) -> None:
    (request,) = planned(kind(device_id="any-7", **asked))
    wrapper = path.split("/", maxsplit=1)[0]
    assert (request.path, request.body) == (path, {wrapper: [{"id": 7, **item}]})
    assert request.places == [0]


@pytest.mark.parametrize(
    ("number", "values", "points"),
    [
        (15, ((COOL, 75.0), (HEAT, 68.0)), [("Cool", 750), ("Heat", 680)]),
        (16, ((AUTO, 70.0),), [("Auto", 70)]),
        (17, ((HEAT, 21.5),), [("Heat", 43)]),
        (18, ((SetPointKind.SLAB, 21.3),), [("Slab", 213)]),
    ],
)
def test_set_points_are_sent_as_they_are_read_and_not_wrapped(
    number: int,
    values: tuple[tuple[SetPointKind, float], ...],
    points: list[tuple[str, int]],
) -> None:
    (request,) = planned(SetPoints(device_id=f"thermostat-{number}", values=values))
    assert request.path == "thermostats/SetPoint"
    listed = [{"type": kind, "temperature": count} for kind, count in points]
    assert request.body == {"id": number, "setpoints": listed}


@pytest.mark.parametrize(
    ("kind", "asked", "path"),
    [
        (SetLocked, {"locked": True}, "doorlocks/lock/5"),
        (SetLocked, {"locked": False}, "doorlocks/unlock/5"),
        (ActivateScene, {}, "scenes/recall/5"),
        (SetPower, {"on": True}, "mediarooms/5/power/on"),
        (SetPower, {"on": False}, "mediarooms/5/power/off"),
        (SetMuted, {"muted": True}, "mediarooms/5/mute"),
        (SetMuted, {"muted": False}, "mediarooms/5/unmute"),
        (SelectSource, {"source_id": "53017"}, "mediarooms/5/selectsource/53017"),
        (SelectSource, {"source_id": "TV/#?"}, "mediarooms/5/selectsource/TV%2F%23%3F"),
        (SetVolume, {"volume": 0.45}, "mediarooms/5/volume/29491"),
    ],
)
def test_what_says_everything_in_its_path_has_an_empty_body(
    kind: type[Command[Any]], asked: dict[str, Any], path: str
) -> None:
    (request,) = planned(kind(device_id="any-5", **asked))
    assert (request.path, request.body, request.places) == (path, {}, [0])


def test_what_goes_in_one_request_goes_in_one_request() -> None:
    shades = [MoveTo(device_id=f"shade-{number}", position=1.0) for number in range(40)]
    lights = [SetLevel(device_id=f"light-{number}", level=1.0) for number in range(40)]
    fan = SetSpeed(device_id="light-99", speed=1.0)
    requests = planned(*shades, *lights, fan)
    assert [request.path for request in requests] == [
        "shades/SetState",
        "lights/SetState",
    ]
    assert [len(request.items) for request in requests] == [40, 41]
    assert [len(request.places) for request in requests] == [40, 41]


def test_what_goes_by_itself_goes_by_itself() -> None:
    commands: list[Command[Any]] = [
        SetPoints(device_id="thermostat-15", values=((HEAT, 70.0),)),
        SetPoints(device_id="thermostat-16", values=((HEAT, 70.0),)),
        SetLocked(device_id="lock-1", locked=True),
        SetLocked(device_id="lock-2", locked=True),
        ActivateScene(device_id="scene-1"),
        ActivateScene(device_id="scene-1"),
    ]
    requests = planned(*commands)
    assert [request.places for request in requests] == [[0], [1], [2], [3], [4], [5]]


def test_modes_go_before_set_points_and_the_rest_in_its_order() -> None:
    requests = planned(
        SetLocked(device_id="lock-1", locked=True),
        SetPoints(device_id="thermostat-15", values=((HEAT, 70.0),)),
        MoveTo(device_id="shade-4", position=1.0),
        SetMode(device_id="thermostat-15", mode=ThermostatMode.HEAT),
        SetMode(device_id="thermostat-16", mode=ThermostatMode.OFF),
    )
    assert [request.path for request in requests] == [
        "thermostats/mode",
        "doorlocks/lock/1",
        "thermostats/SetPoint",
        "shades/SetState",
    ]
    assert requests[0].places == [3, 4]


def test_what_cannot_be_asked_fails_by_itself() -> None:
    commands: list[Command[Any]] = [
        StopMoving(device_id="shade-4"),
        PressButton(device_id="action-5"),
        SetPoints(device_id="thermostat-15", values=((HEAT, 70.0),)),
        MoveTo(device_id="shade-5", position=0.0),
    ]
    requests, errors = plan(dict(enumerate(commands)), UNITS._replace(scale_of=missing))
    assert {place: type(error) for place, error in errors.items()} == {
        0: HubCommandError,
        1: HubCommandError,
        2: HubResponseError,
    }
    assert [request.places for request in requests] == [[3]]


# Answers

SHADES = Request("shades/SetState", "shades", [], {20: [0], 101: [1, 3], 7: [2]})
SCENE = Request("scenes/recall/9", members={9: [4]})
MEDIA = Request("mediarooms/5/power/on", members={5: [0]})


def judged(request: Request, body: object, status: int = 200) -> dict[int, HubError]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return errors_in(request, Answer(status, data))


@pytest.mark.parametrize(
    "body",
    [
        {"status": "success", "version": "2"},
        {"Status": "Success"},
        {"status": " SUCCESS "},
        {"status": True},
        {"status": "true"},
    ],
)
def test_success_is_said_in_a_word(body: object) -> None:
    assert judged(SHADES, body) == {}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"description": "The Pyng Rest API", "version": "2"},
        {"status": None},
        {"status": False},
        {"status": "failure"},
        {"status": "failure", "errorDevices": [20]},
        {"status": "Wibble"},
        {"errorSource": 7000, "errorMessage": "Unhandled exception."},
    ],
)
@pytest.mark.parametrize("request_", [SHADES, SCENE])
def test_what_does_not_say_success_has_failed_for_all(
    request_: Request, body: object
) -> None:
    errors = judged(request_, body)
    assert sorted(errors) == sorted(request_.places)
    assert {type(error) for error in errors.values()} == {HubCommandError}
    assert {error.reason for error in errors.values()} == {Reason.DECLINED}


@pytest.mark.parametrize("status", [400, 404, 409, 411, 500, 503])
@pytest.mark.parametrize("body", [{"status": "success"}, {"status": True}, b"", b"<"])
def test_a_bad_status_is_a_failure_whatever_is_said(status: int, body: object) -> None:
    errors = judged(SHADES, body, status)
    assert sorted(errors) == [0, 1, 2, 3]
    assert {error.reason for error in errors.values()} == {Reason.DECLINED}


@pytest.mark.parametrize("body", [b"", b"already so", {"errorSource": 8010}])
def test_a_media_room_that_is_already_so_is_a_success(body: object) -> None:
    assert judged(MEDIA, body, 409) == {}


@pytest.mark.parametrize(
    ("failed", "places"),
    [
        ([20], [0]),
        ([101], [1, 3]),
        (["7", 20], [0, 2]),
        ([20, 101, 7], [0, 1, 2, 3]),
        ([20, 4242, None, {}], [0]),
    ],
)
def test_a_partial_failure_names_who_failed(
    failed: list[object], places: list[int]
) -> None:
    body = {"status": "partial", "errorMessage": "Shade(s)", "errorDevices": failed}
    errors = judged(SHADES, body)
    assert sorted(errors) == places
    assert {str(error) for error in errors.values()} == {"declined: Shade(s)"}


@pytest.mark.parametrize("failed", [[], None, "20", [4242], [None]])
def test_a_partial_failure_of_nobody_knows_whom_is_doubt_for_all(
    failed: object,
) -> None:
    errors = judged(SHADES, {"status": "partial", "errorDevices": failed})
    assert sorted(errors) == [0, 1, 2, 3]
    assert {type(error) for error in errors.values()} == {HubUnansweredError}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"status":"succ'])
def test_an_answer_that_cannot_be_read_is_doubt(body: bytes) -> None:
    errors = judged(SCENE, body)
    assert {type(error) for error in errors.values()} == {HubUnansweredError}
    assert list(errors) == [4]


def test_what_the_processor_says_of_a_failure_is_told_but_not_all_of_it() -> None:
    body = {"status": "failure", "errorMessage": "no " * 1000}
    text = str(judged(SCENE, body)[4])
    assert text.startswith("declined: no no")
    assert len(text) < 300
