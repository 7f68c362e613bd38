"""What is made of the messages of a CRPC bridge, whatever they hold."""

import json
from typing import Any
from unittest.mock import Mock

import aiohttp
from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.hints import (
    KINDS,
    Bridge,
    BridgeAddress,
    check,
)
from custom_components.crestron_homeseer.house.hub import HubError, Reason

from .common import Canned, says

EVENTS = ("stateUpdate", "deviceAdd", "deviceDelete", "connected", "disconnected")
TYPES = ("IRpcLights", "IRpcShades", "IRpcClimate", "IRpcScenes", "IRpcDoors", "Media")
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


def heard(*messages: str | bytes) -> list[str | None]:
    """Return what some messages make be read; everything there is has a star."""
    told: list[str | None] = []
    hints = Mock(hint=told.append, survey=lambda: told.append("*"))
    bridge = Bridge(Mock(), BridgeAddress("bridge"), hints)
    bridge.healthy = True
    for message in messages:
        bridge._take(message)
    return told


@given(
    message=st.fixed_dictionaries(
        {},
        optional={
            "EventType": st.sampled_from(EVENTS) | anything,
            "DeviceType": st.sampled_from(TYPES) | anything,
            "DeviceId": anything,
        },
    )
    | anything,
    raw=st.binary(),
)
def test_whatever_is_told_something_known_is_read(message: Any, raw: bytes) -> None:
    text = json.dumps(message)
    assert set(heard(text, text.encode(), raw)) <= {None, "*", *KINDS.values()}


@pytest.mark.parametrize(
    ("message", "told"),
    [
        *(
            ({"EventType": "stateUpdate", "DeviceType": name}, [KINDS[name.lower()]])
            for name in TYPES
        ),
        ({"eventType": "STATEUPDATE", "device_type": "irpclights"}, ["light"]),
        ({"EventType": "stateUpdate", "DeviceType": "IRpcPools"}, [None]),
        ({"EventType": "stateUpdate"}, [None]),
        ({"EventType": "deviceAdd", "DeviceType": "IRpcLights"}, ["*"]),
        ({"EventType": "deviceDelete"}, ["*"]),
        ({"EventType": "connected"}, []),
        ({"EventType": "disconnected"}, [None]),
        ({"EventType": "systemError", "DeviceType": "IRpcLights"}, []),
        ({"DeviceType": "IRpcLights"}, []),
    ],
)
def test_what_is_told(message: dict[str, str], told: list[str | None]) -> None:
    assert heard(json.dumps(message)) == told


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, '{"connected": true}', None),
        (200, '{"Connected": "true", "version": 7}', None),
        (200, '{"connected": false}', Reason.OFFLINE),
        (200, "{}", Reason.OTHER_DEVICE),
        (200, "<html>", Reason.OTHER_DEVICE),
        (302, '{"connected": true}', Reason.OTHER_DEVICE),
        (500, '{"connected": true}', Reason.OTHER_DEVICE),
        (401, "", Reason.BAD_TOKEN),
        (403, '{"connected": true}', Reason.BAD_TOKEN),
    ],
)
async def test_its_status_is_believed_only_where_it_is_one(
    canned: Canned,
    session: aiohttp.ClientSession,
    status: int,
    body: str,
    reason: Reason | None,
) -> None:
    elsewhere = {"Location": "/elsewhere"}
    canned.replies["crpc/status"] = says(body, status, elsewhere)
    address = BridgeAddress(canned.address.host, canned.address.port, "secret")
    found: HubError | None = None
    try:
        await check(session, address)
    except HubError as err:
        found = err
    assert (found and found.reason) is reason
    assert "secret" not in repr(found)
    # The token goes nowhere else.
    assert canned.asked == ["GET /crpc/status"]
