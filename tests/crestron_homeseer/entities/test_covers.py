"""What covers show, take and refuse."""

from homeassistant.components.cover import CoverEntityFeature
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest

from custom_components.crestron_homeseer.house.commands import MoveTo, StopMoving
from custom_components.crestron_homeseer.house.devices import Cover, CoverKind, Motion
from custom_components.crestron_homeseer.house.hub import HubUnansweredError, Reason

from ..common import Advance, act, state
from ..memory import MemoryHub
from .common import A_READ, AN_OUTAGE, Start, refused, shown


@pytest.mark.parametrize(
    ("kind", "device_class"),
    [
        (CoverKind.SHADE, "shade"),
        (CoverKind.SHADE_GROUP, "shade"),
        (CoverKind.CURTAIN, "curtain"),
        (CoverKind.BLIND, "blind"),
        (CoverKind.SHUTTER, "shutter"),
        (CoverKind.AWNING, "awning"),
        (CoverKind.WINDOW, "window"),
        (CoverKind.GARAGE, "garage"),
        (CoverKind.GATE, "gate"),
        (CoverKind.DOOR, "door"),
        (CoverKind.UNKNOWN, "shade"),
    ],
)
async def test_covers_are_told_apart(
    hass: HomeAssistant, start: Start, kind: CoverKind, device_class: str
) -> None:
    await start(Cover(id="1", name="Cover", kind=kind, position=0.5))
    assert shown(hass, "cover.cover", "device_class") == device_class


def test_each_kind_of_cover_has_been_thought_of() -> None:
    (mark,) = test_covers_are_told_apart.pytestmark
    assert {kind for kind, _ in mark.args[1]} == set(CoverKind)


async def test_a_cover_with_positions(
    hass: HomeAssistant, hub: MemoryHub, start: Start
) -> None:
    await start(Cover(id="1", name="Blind", kind=CoverKind.BLIND, position=0.5))
    assert shown(hass, "cover.blind", "supported_features") == (
        CoverEntityFeature.OPEN
        | CoverEntityFeature.CLOSE
        | CoverEntityFeature.SET_POSITION
        | CoverEntityFeature.STOP
    )
    assert shown(hass, "cover.blind", "current_position") == 50
    await act(hass, "cover", "set_cover_position", "cover.blind", position=20)
    await act(hass, "cover", "stop_cover", "cover.blind")
    assert hub.sent == [
        MoveTo(device_id="1", position=0.2),
        StopMoving(device_id="1"),
    ]


async def test_a_cover_without_positions(
    hass: HomeAssistant, hub: MemoryHub, start: Start, advance: Advance
) -> None:
    await start(
        Cover(
            id="1",
            name="Gate",
            kind=CoverKind.GATE,
            position=0.0,
            can_stop=False,
            can_position=False,
        )
    )
    assert shown(hass, "cover.gate", "supported_features") == (
        CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    )
    assert state(hass, "cover.gate").state == "closed"
    assert shown(hass, "cover.gate", "current_position") is None
    await act(hass, "cover", "open_cover", "cover.gate")
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "open"
    assert shown(hass, "cover.gate", "current_position") is None
    await act(hass, "cover", "close_cover", "cover.gate")
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "closed"
    assert hub.sent == [
        MoveTo(device_id="1", position=1.0),
        MoveTo(device_id="1", position=0.0),
    ]


@pytest.mark.parametrize("kind", [CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR])
async def test_a_way_in_is_closed_only_when_that_is_certain(
    hass: HomeAssistant,
    hub: MemoryHub,
    start: Start,
    advance: Advance,
    kind: CoverKind,
) -> None:
    await start(
        Cover(id="1", name="Gate", kind=kind, position=None, can_position=False)
    )
    assert state(hass, "cover.gate").state == STATE_UNKNOWN
    assert shown(hass, "cover.gate", "is_closed") is None
    for motion, seen in ((Motion.OPENING, "opening"), (Motion.CLOSING, "closing")):
        hub.change("1", position=0.0, motion=motion)
        await advance(A_READ)
        assert state(hass, "cover.gate").state == seen
        assert shown(hass, "cover.gate", "is_closed") is None
    hub.change("1", motion=Motion.STOPPED)
    await advance(A_READ)
    assert state(hass, "cover.gate").state == "closed"
    # The answer to a command was lost: nobody knows whether it moves.
    hub.error = HubUnansweredError(Reason.LOST)
    await refused(act(hass, "cover", "open_cover", "cover.gate"))
    assert state(hass, "cover.gate").state == STATE_UNKNOWN
    await advance(AN_OUTAGE)
    assert state(hass, "cover.gate").state == "closed"
