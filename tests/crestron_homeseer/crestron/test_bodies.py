"""Commands → requests, levels as the processor counts them, and answers → who failed."""

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
from custom_components.crestron_homeseer.crestron.codec import FULL, fraction, raw_level
from custom_components.crestron_homeseer.crestron.fading import FadeUnit
from custom_components.crestron_homeseer.crestron.thermostat import Scale
from custom_components.crestron_homeseer.house import commands as ask, kinds
from custom_components.crestron_homeseer.house.controls import ActivateScene
from custom_components.crestron_homeseer.house.devices import percent
from custom_components.crestron_homeseer.house.fields import Fields
from custom_components.crestron_homeseer.house.hub import (
    HubCommandError,
    HubError,
    HubUnansweredError,
    Reason,
)


def level_of(value: object) -> float | None:
    return fraction(Fields({"level": value}), "level")


def test_brightness_and_percentages_come_back() -> None:
    for brightness in range(256):
        raw = raw_level(brightness / 255)
        assert raw == brightness * 257
        assert (level_of(raw) or 0.0) * 255 == pytest.approx(brightness)
    outside = {-1.0: 0, 0.0: 0, 1e-300: 1, 5e-6: 1, 1.0: FULL, 2.0: FULL}
    assert list(map(raw_level, outside)) == [*outside.values()]
    # So do percentages, and no level of the wire is lost.
    assert [raw_level(raw / FULL) for raw in range(FULL + 1)] == [*range(FULL + 1)]
    for whole in range(101):
        assert percent(level_of(raw_level(whole / 100)) or 0.0) == whole


COOL, HEAT = kinds.SetPointKind.COOL, kinds.SetPointKind.HEAT
SCALES = {
    7: Scale(kinds.TemperatureUnit.FAHRENHEIT, 10),
    8: Scale(kinds.TemperatureUnit.CELSIUS, 2),
}
UNITS = Units(SCALES.__getitem__, FadeUnit({}).counts, raw_level)


def planned(*commands: ask.Command[Any]) -> list[Request]:
    requests, errors = plan(dict(enumerate(commands)), UNITS)
    assert errors == {}
    return requests


def of[C: ask.Command[Any]](kind: type[C], **wanted: Any) -> C:
    """Return a command to the device 7."""
    return kind(device_id="any-7", **wanted)


LIGHTS = "lights/SetState"
MODE = kinds.ThermostatMode.AUX_HEAT


@pytest.mark.parametrize(
    ("command", "path", "item"),
    [
        (of(ask.SetLevel, level=1.0), LIGHTS, {"level": 65535}),
        (of(ask.SetLevel, level=1e-9, fade=0.0), LIGHTS, {"level": 1, "time": 0}),
        (of(ask.SetLevel, level=0.0, fade=2.5), LIGHTS, {"level": 0, "time": 2500}),
        *(
            (of(ask.SetSpeed, speed=part / 3), LIGHTS, {"speed": speed})
            for part, speed in enumerate((0, 2, 3, 4))
        ),
        (of(ask.MoveTo, position=0.5), "shades/SetState", {"position": 32768}),
        (of(ask.SetMode, mode=MODE), "thermostats/mode", {"mode": "AUXHEAT"}),
        (of(ask.SetFanMode, fan_mode="Auto"), "thermostats/fanmode", {"mode": "AUTO"}),
        (
            of(ask.SetSchedule, schedule=kinds.Schedule.HOLD),
            "thermostats/schedule",
            {"mode": "HOLD"},
        ),
        (of(ask.SetLocked, locked=True), "doorlocks/lock/7", None),
        (of(ask.SetLocked, locked=False), "doorlocks/unlock/7", None),
        (of(ActivateScene), "scenes/recall/7", None),
        (of(ask.SetPower, on=True), "mediarooms/7/power/on", None),
        (of(ask.SetPower, on=False), "mediarooms/7/power/off", None),
        (of(ask.SetMuted, muted=True), "mediarooms/7/mute", None),
        (of(ask.SetMuted, muted=False), "mediarooms/7/unmute", None),
        (of(ask.SetVolume, volume=0.45), "mediarooms/7/volume/29491", None),
        (
            of(ask.SelectSource, source_id="TV/#?"),
            "mediarooms/7/selectsource/TV%2F%23%3F",
            None,
        ),
    ],
)
def test_what_takes_several_devices_is_wrapped_and_all_else_goes_by_itself(
    command: ask.Command[Any], path: str, item: dict[str, Any] | None
) -> None:
    if item is None:
        one, two = (Request(path, {}, {7: [place]}) for place in (0, 1))
        assert planned(command, command) == [one, two]
    else:
        body = {path.split("/", maxsplit=1)[0]: [{"id": 7, **item}]}
        assert planned(command) == [Request(path, body, {7: [0]})]


def test_what_goes_in_one_request_goes_in_one_and_modes_before_set_points() -> None:
    shades = [ask.MoveTo(device_id=f"shade-{n}", position=1.0) for n in range(40)]
    requests = planned(
        ask.SetLocked(device_id="lock-1", locked=True),
        ask.SetPoints(device_id="thermostat-8", values=((COOL, 25.5), (HEAT, 20.0))),
        *shades,
        ask.SetMode(device_id="thermostat-8", mode=kinds.ThermostatMode.HEAT),
        ask.SetMode(device_id="thermostat-7", mode=kinds.ThermostatMode.OFF),
    )
    assert [(request.path, len(request.places)) for request in requests] == [
        ("thermostats/mode", 2),
        ("doorlocks/lock/1", 1),
        ("thermostats/SetPoint", 1),
        ("shades/SetState", 40),
    ]
    assert requests[0].places == [42, 43]
    cool, heat = (
        {"type": "Cool", "temperature": 51},
        {"type": "Heat", "temperature": 40},
    )
    assert requests[2].body == {"id": 8, "setpoints": [cool, heat]}
    assert len(requests[3].body["shades"]) == 40


# Answers

SHADES = Request("shades/SetState", {}, {20: [0], 101: [1, 3], 7: [2]})
SCENE = Request("scenes/recall/9", members={9: [4]})
MEDIA = Request("mediarooms/5/power/on", members={5: [0]})
ALL = [0, 1, 2, 3]


def judged(request: Request, body: object, status: int = 200) -> dict[int, HubError]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return errors_in(request, Answer(status, data))


@pytest.mark.parametrize(
    ("body", "declined", "doubtful"),
    [
        ({"Status": " SUCCESS "}, [], []),
        ({"status": True}, [], []),
        ({"status": "true"}, [], []),
        # What does not say success has failed for all.
        ({}, ALL, []),
        ({"description": "The Pyng Rest API", "version": "2"}, ALL, []),
        ({"status": None}, ALL, []),
        ({"status": False}, ALL, []),
        ({"status": "failure", "errorDevices": [20]}, ALL, []),
        ({"errorSource": 7000, "errorMessage": "Unhandled exception."}, ALL, []),
        ({"status": "partial", "errorDevices": [20]}, [0], []),
        ({"status": "partial", "errorDevices": [101]}, [1, 3], []),
        ({"status": "partial", "errorDevices": ["7", 4242, None, {}]}, [2], []),
        # Nobody knows who failed.
        ({"status": "partial", "errorDevices": [4242]}, [], ALL),
        ({"status": "partial", "errorDevices": "20"}, [], ALL),
        ({"status": "partial"}, [], ALL),
        # Nobody knows anything.
        (b"", [], ALL),
        (b"<html>", [], ALL),
        (b'{"status":"succ', [], ALL),
    ],
)
def test_who_failed(body: object, declined: list[int], doubtful: list[int]) -> None:
    errors = judged(SHADES, body)
    types = {place: type(error) for place, error in sorted(errors.items())}
    assert types == dict.fromkeys(declined, HubCommandError) | dict.fromkeys(
        doubtful, HubUnansweredError
    )


@pytest.mark.parametrize("status", [400, 404, 409, 411, 500, 503])
@pytest.mark.parametrize("body", [{"status": "success"}, {"status": True}, b"", b"<"])
def test_a_bad_status_is_a_failure_whatever_is_said(status: int, body: object) -> None:
    errors = judged(SHADES, body, status)
    assert sorted(errors) == ALL
    assert {error.reason for error in errors.values()} == {Reason.DECLINED}
    # A media room answers 409 where it is already so.
    assert (judged(MEDIA, body, status) == {}) is (status == 409)


def test_what_the_processor_says_of_a_failure_is_told_but_not_all_of_it() -> None:
    body = {"status": "failure", "errorMessage": "no " * 1000}
    text = str(judged(SCENE, body)[4])
    assert text.startswith("declined: no no")
    assert len(text) < 300
