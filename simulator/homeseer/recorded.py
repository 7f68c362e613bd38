"""A recorded system: answers what the real one answered until something changes in it."""

from collections.abc import Iterable
import math
from typing import Any

from simulator.clock import Clock, ManualClock
from simulator.recording import HomeSeerRecording

from .behaviours import Late, Written
from .controls import TEXT_KINDS, Kind, Pair, Span, Use, Words, readings_of
from .feature import Feature, Misc, Relationship, Type
from .model import Event, Model
from .rendering import Json


def entries(body: Any, key: str) -> list[Json]:
    """Take the objects of a list out of a body."""
    found = body.get(key) if isinstance(body, dict) else None
    return [each for each in found or () if isinstance(each, dict)]


def number(value: Any, default: float = 0.0) -> float:
    """Read what may be a number."""
    try:
        read = float(value)
    except TypeError, ValueError:
        return default
    return read if math.isfinite(read) else default


def whole(value: Any, default: int = 0) -> int:
    """Read what may be a whole number."""
    return int(number(value, default))


def text(value: Any) -> str:
    """Read what may be a text."""
    return value if isinstance(value, str) else ""


def known[E: (Use, Kind)](kind: type[E], value: Any, default: E) -> E:
    """Read one of a few numbers; others are as good as the default."""
    return kind(whole(value)) if whole(value) in list(kind) else default


def span_of(range_: Json) -> Span:
    """Read a range."""
    return Span(
        number(range_.get("RangeStart")),
        number(range_.get("RangeEnd")),
        text(range_.get("RangeStatusPrefix")),
        text(range_.get("RangeStatusSuffix")),
        max(0, whole(range_.get("RangeStatusDecimals"))),
        number(range_.get("RangeStatusValueOffset")),
        number(range_.get("RangeStatusDivisor")),
    )


def pair_of(pair: Json) -> Pair:
    """Read a control."""
    range_ = pair.get("Range")
    choices = pair.get("ControlStringList")
    return Pair(
        text(pair.get("Label")),
        number(pair.get("ControlValue")),
        known(Use, pair.get("ControlUse"), Use.NONE),
        known(Kind, pair.get("ControlType"), Kind.BUTTON),
        span_of(range_) if isinstance(range_, dict) else None,
        tuple(map(str, choices)) if isinstance(choices, list) else (),
        row=1,
    )


def feature_of(
    entry: Json, control: Json | None, clock: Clock, children: Iterable[Any]
) -> Feature:
    """Make a feature that behaves out of what a real system told about it."""
    kind, state = entry.get("device_type"), entry.get("status")
    kind = kind if isinstance(kind, dict) else {}
    relationship = whole(entry.get("relationship"))
    pairs = tuple(map(pair_of, entries(control, "ControlPairs")))
    value = number(entry.get("value"))
    associates = [each for each in children if isinstance(each, int)]
    is_child = relationship == Relationship.CHILD
    texts = any(pair.kind in TEXT_KINDS for pair in pairs)
    feature = Feature(
        ref=whole(entry["ref"]),
        name=str(entry.get("name", "")),
        clock=clock,
        type=Type(
            whole(kind.get("Device_API")),
            whole(kind.get("Device_Type")),
            whole(kind.get("Device_SubType")),
        ),
        location=text(entry.get("location")),
        location2=text(entry.get("location2")),
        relationship=Relationship(relationship if 0 <= relationship <= 4 else 0),
        root=associates[0] if is_child and associates else None,
        controls=pairs,
        # What was seen goes before what the controls make of it.
        readings=(Words(value, text(state)), *readings_of(pairs)),
        behaviour=Written() if texts else Late(),
        misc=Misc(whole(entry.get("misc"))),
        users=str(entry.get("UserAccess") or "Any"),
        recorded=entry,
        recorded_controls=control,
    )
    feature.begin(value, text(state))
    return feature


def model_of(recording: HomeSeerRecording, clock: Clock | None = None) -> Model:
    """Make a model out of a recording."""
    model, bodies = Model(clock or ManualClock(), "Recorded"), recording.bodies
    control = bodies.get("getcontrol", {})
    listed = entries(control, "Devices") or [control]
    controls = {whole(each.get("ref"), -1): each for each in listed}
    for entry in entries(bodies.get("getstatus"), "Devices"):
        ref = whole(entry.get("ref"), -1)
        if ref >= 0 and ref not in model.features:
            associates = entry.get("associated_devices")
            children = associates if isinstance(associates, list) else []
            model.add(feature_of(entry, controls.get(ref), model.clock, children))
    model.last_added = None
    for at, event in enumerate(entries(bodies.get("getevents"), "Events"), 1):
        model.events.append(
            Event(
                id=whole(event.get("id"), at),
                group=text(event.get("Group")),
                name=text(event.get("Name")),
                voice_command=text(event.get("voice_command")),
                has_id="id" in event,
            )
        )
    _facts(model, bodies)
    return model


def _facts(model: Model, bodies: dict[str, Json]) -> None:
    config = bodies.get("getsessionconfig", {})
    model.location1_first = config.get("isLocation1First") is True
    model.use_location2 = config.get("useLocation2", True) is True
    model.location1_label = text(config.get("location1Label")) or "Room"
    model.location2_label = text(config.get("location2Label")) or "Floor"
    model.fahrenheit = bodies.get("getstatus", {}).get("TempFormatF", True) is True
