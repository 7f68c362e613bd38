"""What covers, locks and valves show, take and refuse."""

from typing import Any

from homeassistant.components.cover import CoverEntityFeature as Feature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant

from custom_components.crestron_homeseer.house.commands import (
    MoveTo,
    SetLocked,
    StopMoving,
)
from custom_components.crestron_homeseer.house.controls import SetValve, Valve
from custom_components.crestron_homeseer.house.devices import (
    Cover,
    CoverKind,
    Lock,
    LockState,
    Motion,
)
from custom_components.crestron_homeseer.house.hub import HubUnansweredError, Reason

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, AN_OUTAGE, Changed, Facts, Sent, Shown, Start, refused

CLASSES = {
    CoverKind.SHADE: "shade",
    CoverKind.SHADE_GROUP: "shade",
    CoverKind.CURTAIN: "curtain",
    CoverKind.BLIND: "blind",
    CoverKind.SHUTTER: "shutter",
    CoverKind.AWNING: "awning",
    CoverKind.WINDOW: "window",
    CoverKind.GARAGE: "garage",
    CoverKind.GATE: "gate",
    CoverKind.DOOR: "door",
    CoverKind.UNKNOWN: "shade",
}
OPEN_CLOSE = Feature.OPEN | Feature.CLOSE
UNCERTAIN: Facts = {"is_closed": None}
ENDS_ALONE: Facts = {"can_position": False}
OPENING: Facts = {"motion": Motion.OPENING}
CLOSING: Facts = {"motion": Motion.CLOSING}


def cover(
    kind: CoverKind = CoverKind.BLIND, position: float | None = 0.5, **facts: Any
) -> Cover:
    return Cover(id="1", name="Cover", kind=kind, position=position, **facts)


def valve(position: float | None = 0.0, **facts: Any) -> Valve:
    return Valve(id="1", name="Valve", position=position, **facts)


def at(shown: str, position: int | None, closed: bool | None) -> dict[str, Any]:
    return {"state": shown, "current_position": position, "is_closed": closed}


SHOWN: Shown = [
    *((cover(kind), {"device_class": name}) for kind, name in CLASSES.items()),
    (
        cover(),
        {"supported_features": OPEN_CLOSE | Feature.SET_POSITION | Feature.STOP},
    ),
    (cover(can_stop=False, **ENDS_ALONE), {"supported_features": OPEN_CLOSE}),
    # Only the exact ends are shown as ends.
    (cover(position=0.0), at("closed", 0, True)),
    (cover(position=0.002), at("open", 1, False)),
    (cover(position=0.998), at("open", 99, False)),
    (cover(position=1.0), at("open", 100, False)),
    (cover(position=0.0, **OPENING), at("opening", 0, True)),
    (cover(position=0.0, **ENDS_ALONE), at("closed", None, True)),
    (
        cover(position=None, assumed=True),
        {"state": STATE_UNKNOWN, "assumed_state": True},
    ),
    *(
        row
        for kind in (CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR)
        for row in (
            (cover(kind, None, **ENDS_ALONE), {"state": STATE_UNKNOWN} | UNCERTAIN),
            (cover(kind, 0.0, **OPENING), {"state": "opening"} | UNCERTAIN),
            (cover(kind, 0.0, **CLOSING), {"state": "closing"} | UNCERTAIN),
            (cover(kind, 0.5, **CLOSING), {"state": "closing", "is_closed": False}),
            (cover(kind, 0.0, motion=Motion.STOPPED), {"state": "closed"}),
        )
    ),
    (valve(), {"state": "closed", "supported_features": OPEN_CLOSE}),
    (valve(1.0, **CLOSING), {"state": "closing"}),
    (valve(1.0, motion=Motion.STOPPED), {"state": "open"}),
    (
        valve(0.5, can_position=True),
        {"state": "open", "current_position": 50}
        | {"supported_features": OPEN_CLOSE | Feature.SET_POSITION},
    ),
]
CHANGED: Changed = [
    (cover(), {"position": None}, at(STATE_UNKNOWN, None, None)),
    (cover(**CLOSING), {"motion": Motion.STOPPED}, {"state": "open"}),
    (valve(), OPENING, {"state": "opening"}),
    (valve(), {"position": None}, {"state": STATE_UNKNOWN}),
    *(
        (
            Lock(id="1", name="Door", state=LockState.UNKNOWN),
            {"state": each},
            {"state": each.value},
        )
        for each in LockState
    ),
]
SENT: Sent = [
    (cover(), "cover.open_cover", MoveTo(device_id="1", position=1.0)),
    (cover(), "cover.close_cover", MoveTo(device_id="1", position=0.0)),
    (
        cover(),
        "cover.set_cover_position position=20",
        MoveTo(device_id="1", position=0.2),
    ),
    (cover(), "cover.stop_cover", StopMoving(device_id="1")),
    (cover(can_stop=False), "cover.stop_cover", ""),
    (valve(), "valve.open_valve", SetValve(device_id="1", position=1.0)),
    (valve(1.0), "valve.close_valve", SetValve(device_id="1", position=0.0)),
    (
        valve(0.5, can_position=True),
        "valve.set_valve_position position=25",
        SetValve(device_id="1", position=0.25),
    ),
    *(
        (
            Lock(id="1", name="Door", state=LockState.LOCKED),
            f"lock.{name}",
            SetLocked(device_id="1", locked=name == "lock"),
        )
        for name in ("lock", "unlock")
    ),
]


def test_each_kind_of_cover_has_been_thought_of() -> None:
    assert CLASSES.keys() == set(CoverKind)


async def test_a_gate_is_unknown_when_an_answer_was_lost(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(cover(CoverKind.GATE, 0.0, **ENDS_ALONE))
    hub.error = HubUnansweredError(Reason.LOST)
    await refused(act(hass, "cover", "open_cover", "cover.cover"))
    # Nobody knows whether it moves.
    assert state(hass, "cover.cover").state == STATE_UNKNOWN
    await advance(A_READ)
    await advance(AN_OUTAGE)
    assert state(hass, "cover.cover").state == "closed"
