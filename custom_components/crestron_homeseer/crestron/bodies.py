"""Commands → the fewest requests that the processor allows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..house.commands import (
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
)
from ..house.controls import ActivateScene
from ..house.hub import (
    HUB_MESSAGE,
    AnyCommand,
    HubCommandError,
    HubError,
    HubUnansweredError,
    Reason,
)
from ..house.kinds import SetPointKind
from .client import Answer
from .codec import FAN_SPEEDS, wire_id
from .fields import Fields, integer, parse, raw_level
from .thermostat import Scale

_SET_POINT_NAMES = {
    SetPointKind.HEAT: "Heat",
    SetPointKind.COOL: "Cool",
    SetPointKind.AUTO: "Auto",
    SetPointKind.SLAB: "Slab",
}
# Modes must be set before set points, and the rest does not care.
_FIRST = ("thermostats/mode",)


@dataclass(slots=True)
class Request:
    """One POST, and which commands of the batch it carries.

    `members` maps the processor's own numbers to places in the batch.
    """

    path: str
    wrapper: str | None = None
    items: list[dict[str, Any]] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """The body; never none, because a POST without one may be refused."""
        if self.wrapper is not None:
            return {self.wrapper: self.items}
        return self.items[0] if self.items else {}

    @property
    def places(self) -> list[int]:
        """The places in the batch of all that the request carries."""
        return [place for places in self.members.values() for place in places]


type ScaleOf = Callable[[int], Scale]
type Counts = Callable[[float], int]


def plan(
    batch: Mapping[int, AnyCommand], scale_of: ScaleOf, fade_counts: Counts
) -> tuple[list[Request], dict[int, HubError]]:
    """Return the requests that carry commands, and the errors of those that cannot be.

    The batch maps places to commands; `scale_of` tells how a thermostat counts, and
    `fade_counts` how the seconds of a fade are counted.
    """
    requests: dict[object, Request] = {}
    errors: dict[int, HubError] = {}
    for place, command in batch.items():
        try:
            path, wrapper, item = _encode(command, scale_of, fade_counts)
        except HubError as err:
            errors[place] = err
            continue
        number = wire_id(command.device_id)
        # What is wrapped takes several devices; what is not goes by itself.
        key: object = path if wrapper else place
        request = requests.setdefault(key, Request(path, wrapper))
        if item is not None:
            request.items.append(item)
        request.members.setdefault(number, []).append(place)
    ordered = sorted(requests.values(), key=lambda request: request.path not in _FIRST)
    return ordered, errors


def _encode(
    command: AnyCommand, scale_of: ScaleOf, fade_counts: Counts
) -> tuple[str, str | None, dict[str, Any] | None]:
    number = wire_id(command.device_id)
    item: dict[str, Any]
    match command:
        case SetLevel():
            item = {"id": number, "level": raw_level(command.level)}
            if command.fade is not None:
                item["time"] = fade_counts(command.fade)
            return "lights/SetState", "lights", item
        case SetSpeed():
            speed = FAN_SPEEDS[round(command.speed * (len(FAN_SPEEDS) - 1))]
            return "lights/SetState", "lights", {"id": number, "speed": speed}
        case MoveTo():
            position = raw_level(command.position)
            return "shades/SetState", "shades", {"id": number, "position": position}
        case SetMode(mode=mode):
            item = {"id": number, "mode": mode.value.upper()}
            return "thermostats/mode", "thermostats", item
        case SetFanMode(fan_mode=fan_mode):
            item = {"id": number, "mode": fan_mode.upper()}
            return "thermostats/fanmode", "thermostats", item
        case SetSchedule(schedule=schedule):
            item = {"id": number, "mode": schedule.value.upper()}
            return "thermostats/schedule", "thermostats", item
        case SetPoints():
            return "thermostats/SetPoint", None, _set_points(command, scale_of)
    return _bare_path(command, number), None, None


def _set_points(command: SetPoints, scale_of: ScaleOf) -> dict[str, Any]:
    number = wire_id(command.device_id)
    scale = scale_of(number)
    points = [
        {"type": _SET_POINT_NAMES[kind], "temperature": scale.count(value)}
        for kind, value in command.values
    ]
    return {"id": number, "setpoints": points}


def _bare_path(command: AnyCommand, number: int) -> str:
    """Return the path of a command that says everything in it."""
    match command:
        case SetLocked(locked=locked):
            return f"doorlocks/{'lock' if locked else 'unlock'}/{number}"
        case ActivateScene():
            return f"scenes/recall/{number}"
        case SetPower(on=on):
            return f"mediarooms/{number}/power/{'on' if on else 'off'}"
        case SetMuted(muted=muted):
            return f"mediarooms/{number}/{'mute' if muted else 'unmute'}"
        case SelectSource(source_id=source_id):
            return source_path(number, source_id)
    raise HubCommandError(Reason.DECLINED, "not possible with this device")


def source_path(number: int, source_id: str) -> str:
    """Return the path that selects a source in a media room."""
    return f"mediarooms/{number}/selectsource/{quote(source_id, safe='')}"


def volume_path(device_id: str, count: int) -> str:
    """Return the path that sets a media room's volume."""
    return f"mediarooms/{wire_id(device_id)}/volume/{count}"


def judge(request: Request, answer: Answer) -> dict[int, HubError]:
    """Return the errors of a request by place in the batch.

    A 200 alone is no success: a refused command, a partly refused one and a path
    that does not exist all answer 200.
    """
    if answer.status == 409 and request.path.startswith("mediarooms/"):
        # The room is already as asked.
        return {}
    try:
        fields = Fields(parse(answer.body))
    except HubError:
        if answer.status < 400:
            lost = HubUnansweredError(Reason.NONSENSE)
            return dict.fromkeys(request.places, lost)
        fields = Fields({})
    status = (fields.text("status") or "").lower()
    said = " ".join((fields.text("errormessage") or "").split())[:200]
    declined = HubCommandError(
        Reason.DECLINED, said, facts={HUB_MESSAGE: said} if said else None
    )
    if answer.status < 400 and (status == "success" or fields.boolean("status")):
        return {}
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
    # Which part was refused is not said: nobody's success is certain.
    return dict.fromkeys(request.places, HubUnansweredError(Reason.UNANSWERED))
