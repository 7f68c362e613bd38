"""The CRPC bridge beside a simulated processor, and a sequence, as any client sees them."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrpcBridge
from simulator.house import House, Light, Sensor, Shade

TOKEN = "a-token"
TEXT = aiohttp.WSMsgType.TEXT


@pytest.fixture
async def bridge(socket_enabled: None, house: House) -> AsyncGenerator[CrpcBridge]:
    async with CrpcBridge(house, token=TOKEN) as bridge:
        yield bridge


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def socket(
    session: aiohttp.ClientSession, bridge: CrpcBridge
) -> AsyncGenerator[aiohttp.ClientWebSocketResponse]:
    url = f"{bridge.url()}/ws/json?token={TOKEN}"
    async with session.ws_connect(url, autoping=False) as socket:
        yield socket


async def told(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    """Return the next event."""
    while (message := await socket.receive(5)).type is not TEXT:
        pass
    event: dict[str, Any] = message.json()
    return event


async def test_changes_are_told_by_kind_with_ids_of_its_own(
    house: House,
    clock: ManualClock,
    bridge: CrpcBridge,
    socket: aiohttp.ClientWebSocketResponse,
) -> None:
    light, shade = house.of(Light)[0], house.of(Shade)[0]
    house.of(Sensor)[0].jump("presence", True)
    light.jump("level", 0.5)
    event = await told(socket)
    assert (event["EventType"], event["DeviceType"]) == ("stateUpdate", "IRpcLights")
    assert event["DeviceId"] != light.id
    # What does not apply is there, and zero.
    assert (event["Position"], event["IsOn"], event["Error"]) == (0, False, "")
    shade.order("position", 0.0 if shade.position > 0.5 else 1.0)
    assert (await told(socket))["DeviceType"] == "IRpcShades"
    # It is told again when it has arrived.
    clock.advance(300)
    assert (await told(socket))["DeviceName"] == shade.name
    house.remove(house.add(Light(9999, "New")))
    events = [(await told(socket))["EventType"] for _ in range(2)]
    assert events == ["deviceAdd", "deviceDelete"]
    await socket.ping()
    assert (await socket.receive(5)).type is aiohttp.WSMsgType.PONG
    bridge.garbage = True
    bridge.tell("deviceAdd")
    assert (await socket.receive(5)).data == ""
    assert (await told(socket))["EventType"] == "deviceAdd"


async def test_nobody_is_let_in_without_the_token(
    session: aiohttp.ClientSession, bridge: CrpcBridge
) -> None:
    own = {"Authorization": f"Bearer {TOKEN}"}
    for path, headers, status in (
        ("/crpc/status", {}, 401),
        ("/ws/json", {}, 401),
        ("/ws/json?token=x", {}, 401),
        ("/other", own, 404),
        ("/crpc/status", own, 200),
    ):
        url = f"{bridge.url()}{path}"
        async with session.get(url, headers=headers) as response:
            assert response.status == status
            if status == 200:
                assert await response.json() == {"connected": True}
