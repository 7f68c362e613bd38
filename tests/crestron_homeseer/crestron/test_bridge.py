"""What is made of the messages of a CRPC bridge, whatever they hold."""

from collections.abc import AsyncGenerator
import json
from typing import Any
from unittest.mock import Mock

import aiohttp
from aiohttp import web
from hypothesis import given, strategies as st
import pytest

from custom_components.crestron_homeseer.crestron.hints import (
    KINDS,
    Bridge,
    BridgeAddress,
    check,
)
from custom_components.crestron_homeseer.house.hub import HubError, Reason
from simulator.server import Server

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


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """A session of its own."""
    async with aiohttp.ClientSession() as session:
        yield session


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
    session: aiohttp.ClientSession, status: int, body: str, reason: Reason | None
) -> None:
    asked: list[str] = []

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.path_qs)
        elsewhere = {"Location": "/elsewhere"}
        return web.Response(status=status, text=body, headers=elsewhere)

    server = Server(answer)
    await server.start()
    found: HubError | None = None
    try:
        await check(session, BridgeAddress(server.host, server.port, "secret"))
    except HubError as err:
        found = err
    await server.stop()
    assert (found and found.reason) is reason
    assert "secret" not in repr(found)
    # The token goes nowhere else.
    assert asked == ["/crpc/status"]
