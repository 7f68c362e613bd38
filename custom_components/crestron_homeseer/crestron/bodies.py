"""Commands → the fewest requests that the processor allows, and what came of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

from ..house import commands as ask
from ..house.controls import ActivateScene, PressButton
from ..house.fields import integer
from ..house.hub import (
    HUB_MESSAGE,
    AnyCommand,
    HubCommandError,
    HubError,
    HubUnansweredError,
    Reason,
)
from .client import Answer, CrestronClient
from .codec import FAN_SPEEDS, raw_level, wire_id
from .thermostat import Scale

# Modes must be set before set points, which take one thermostat at a time.
_FIRST, _ALONE = "thermostats/mode", "thermostats/SetPoint"
# The ways in which others run quick actions: no manual has one.
_RUN_BY_PATH = ("recall/{}", "{}/recall", "execute/{}", "{}/execute", "{}/run")
_RUN_SEVERAL, _RUN_ONE = "recall several", "recall one"
WAYS = (*_RUN_BY_PATH, _RUN_SEVERAL, _RUN_ONE)
_KNOWN_WAY = "quick_action_way"
# How a processor answers a path or a body that it does not take.
_NOT_TAKEN = frozenset({404, 405})
_INVALID_DATA = 8000


@dataclass(slots=True)
class Request:
    """One POST, and which commands of the batch it carries.

    `body` is never none, because a POST without one may be refused. `members` maps
    the processor's own numbers to places in the batch.
    """

    path: str
    body: dict[str, Any] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    @property
    def places(self) -> list[int]:
        """The places in the batch of all that the request carries."""
        return [place for places in self.members.values() for place in places]


class Units(NamedTuple):
    """How a processor counts: degrees, the seconds of a fade, and volumes."""

    scale_of: Callable[[int], Scale]
    fade: Callable[[float], int]
    volume: Callable[[float], int]


def _level(command: ask.SetLevel, units: Units) -> dict[str, Any]:
    item = {"level": raw_level(command.level)}
    if command.fade is not None:
        item["time"] = units.fade(command.fade)
    return item


def _speed(command: ask.SetSpeed, _: Units) -> dict[str, Any]:
    return {"speed": FAN_SPEEDS[round(command.speed * (len(FAN_SPEEDS) - 1))]}


def _set_points(command: ask.SetPoints, units: Units) -> dict[str, Any]:
    scale = units.scale_of(wire_id(command.device_id))
    points = [
        {"type": kind.value.title(), "temperature": scale.count(value)}
        for kind, value in command.values
    ]
    return {"setpoints": points}


# What has a body: the path, and what stands in it with the device's number. Where the
# path begins with the name of a list, several devices go into that.
_BODIES: dict[type, tuple[str, Callable[[Any, Units], dict[str, Any]]]] = {
    ask.SetLevel: ("lights/SetState", _level),
    ask.SetSpeed: ("lights/SetState", _speed),
    ask.MoveTo: (
        "shades/SetState",
        lambda each, _: {"position": raw_level(each.position)},
    ),
    ask.SetMode: (_FIRST, lambda each, _: {"mode": each.mode.upper()}),
    ask.SetFanMode: (
        "thermostats/fanmode",
        lambda each, _: {"mode": each.fan_mode.upper()},
    ),
    ask.SetSchedule: (
        "thermostats/schedule",
        lambda each, _: {"mode": each.schedule.upper()},
    ),
    ask.SetPoints: (_ALONE, _set_points),
}
# What needs no more than a path; `#` is the device's number.
_PATHS: dict[type, Callable[[Any, Units], str]] = {
    ask.SetLocked: lambda each, _: f"doorlocks/{'lock' if each.locked else 'unlock'}/#",
    ActivateScene: lambda each, _: "scenes/recall/#",
    ask.SetPower: lambda each, _: f"mediarooms/#/power/{'on' if each.on else 'off'}",
    ask.SetMuted: lambda each, _: f"mediarooms/#/{'mute' if each.muted else 'unmute'}",
    ask.SelectSource: lambda each, _: (
        f"mediarooms/#/selectsource/{quote(each.source_id, safe='')}"
    ),
    ask.SetVolume: lambda each, units: (
        f"mediarooms/#/volume/{units.volume(each.volume)}"
    ),
}


def plan(
    batch: Mapping[int, AnyCommand], units: Units
) -> tuple[list[Request], dict[int, HubError]]:
    """Return the requests that carry commands, and the errors of those that cannot be.

    The batch maps places to commands.
    """
    requests: dict[object, Request] = {}
    errors: dict[int, HubError] = {}
    for place, command in batch.items():
        kind, number = type(command), wire_id(command.device_id)
        try:
            if kind in _PATHS:
                path = _PATHS[kind](command, units).replace("#", str(number), 1)
                request = requests[place] = Request(path)
            elif kind in _BODIES:
                path, encode = _BODIES[kind]
                item = {"id": number, **encode(command, units)}
                if path == _ALONE:
                    request = requests[place] = Request(path, item)
                else:
                    request = requests.setdefault(path, Request(path))
                    request.body.setdefault(path.split("/")[0], []).append(item)
            else:
                reason = "not possible with this device"
                raise HubCommandError(Reason.DECLINED, reason)
        except HubError as err:
            errors[place] = err
        else:
            request.members.setdefault(number, []).append(place)
    return sorted(requests.values(), key=lambda each: each.path != _FIRST), errors


async def post(client: CrestronClient, request: Request) -> dict[int, HubError]:
    """Send a request once, and return its errors by place; raises where the hub is lost."""
    return errors_in(request, await client.post(request.path, request.body))


async def run_action(
    client: CrestronClient, command: PressButton, place: int, memory: dict[str, Any]
) -> dict[int, HubError]:
    """Run a quick action once, and remember in `memory` which way worked.

    A path that a processor does not have answers 200 with the banner and does nothing,
    so the ways are tried in turn. What is refused, fails or is not answered is never
    tried in another way: it may have been done.
    """
    known = memory.get(_KNOWN_WAY)
    number = wire_id(command.device_id)
    item = {"id": number}
    for way in sorted(WAYS, key=lambda way: way != known):
        path = f"quickactions/{way.format(number)}"
        body: dict[str, Any] = {}
        if way not in _RUN_BY_PATH:
            path = "quickactions/recall"
            body = {"quickActions": [item]} if way == _RUN_SEVERAL else item
        request = Request(path, body, {number: [place]})
        answer = await client.post(request.path, request.body)
        if _not_taken(answer):
            continue
        errors = errors_in(request, answer)
        if not errors and way != known:
            memory[_KNOWN_WAY] = way
        return errors
    reason = "quick actions cannot be run"
    return {place: HubCommandError(Reason.DECLINED, reason)}


def _not_taken(answer: Answer) -> bool:
    """Return whether a processor has no such path or body, for sure."""
    if answer.status < 400:
        return answer.is_banner
    invalid = answer.fields.integer("errorsource") == _INVALID_DATA
    return invalid or answer.status in _NOT_TAKEN


def errors_in(request: Request, answer: Answer) -> dict[int, HubError]:
    """Return the errors of a request by place in the batch.

    A 200 alone is no success: a refused command, a partly refused one and a path
    that does not exist all answer 200.
    """
    if answer.status == 409 and request.path.startswith("mediarooms/"):
        # The room is already as asked.
        return {}
    fields = answer.fields
    if answer.status < 400 and not answer.is_json:
        return dict.fromkeys(request.places, HubUnansweredError(Reason.NONSENSE))
    status = (fields.text("status") or "").lower()
    if answer.status < 400 and (status == "success" or fields.boolean("status")):
        return {}
    text = " ".join((fields.text("errormessage") or "").split())[:200]
    declined = HubCommandError(
        Reason.DECLINED, text, facts={HUB_MESSAGE: text} if text else None
    )
    if status != "partial":
        return dict.fromkeys(request.places, declined)
    failed = {integer(item) for item in fields.items("errordevices")}
    places = [
        place
        for number, carried in request.members.items()
        if number in failed
        for place in carried
    ]
    if places:
        return dict.fromkeys(places, declined)
    # Which part was refused is not known: nobody's success is certain.
    return dict.fromkeys(request.places, HubUnansweredError(Reason.UNANSWERED))
