"""A CRPC bridge beside a processor: it tells, over a web socket, what has changed."""

import asyncio
from collections.abc import Callable
from itertools import cycle
import json
from typing import Any, Self, override

from aiohttp import WSMsgType, web

from simulator.clock import Clock, Timer
from simulator.house import (
    Device,
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Scene,
    Shade,
    Thermostat,
)
from simulator.served import Served
from simulator.server import Server

HEARTBEAT = 30.0
KINDS: dict[type[Device], str] = {
    Light: "IRpcLights",
    Fan: "IRpcLights",
    Shade: "IRpcShades",
    Thermostat: "IRpcClimate",
    Scene: "IRpcScenes",
    Lock: "IRpcDoors",
    MediaRoom: "Media",
}
# What does not apply to an event is there all the same.
ZEROS: dict[str, Any] = {
    "EventType": "",
    "DeviceType": "",
    "DeviceId": 0,
    "DeviceName": "",
    "RoomId": 0,
    "Level": 0,
    "IsOn": False,
    "Position": 0,
    "CurrentTemperature": 0,
    "Volume": 0,
    "Error": "",
    "Items": None,
}
# It counts its devices in its own way.
OTHER_IDS = 40_000
GARBAGE = (
    "",
    "{",
    "null",
    "[1, 2]",
    '"stateUpdate"',
    '{"EventType": null, "DeviceType": 7}',
    '{"EventType": ["stateUpdate"]}',
    '{"EventType": "somethingNew", "DeviceType": "IRpcPools"}',
    "{" + '"a": {' * 2000,
)


class CrpcBridge(Served):
    """Follows a house, and tells whoever listens."""

    def __init__(
        self,
        house: House,
        *,
        token: str | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
    ) -> None:
        """Remember what to follow; with a token, nobody else is let in."""
        self.house = house
        self.token = token
        self.clock = clock or house.clock
        # Whether it hears the processor, and whether it tells nonsense as well.
        self.connected = True
        self._speaks = asyncio.Event()
        self._speaks.set()
        self.garbage = False
        # Every request that came in, by path and query, in order.
        self.asked: list[str] = []
        self._server = Server(self._handle, host=host, port=port)
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._nonsense = cycle(GARBAGE)
        self._beat: Timer | None = None
        self._deaf: list[Callable[[], None]] = []

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._queues)

    @property
    def silent(self) -> bool:
        """Whether it takes everything and says nothing."""
        return not self._speaks.is_set()

    @silent.setter
    def silent(self, silent: bool) -> None:
        if silent:
            self._speaks.clear()
        else:
            self._speaks.set()

    # Its life

    @override
    async def start(self) -> Self:
        await self._server.start()
        self._deaf = [
            self.house.listen(self._changed),
            self.house.listen_inventory(self._came_or_went),
        ]
        self._heartbeat()
        return self

    @override
    async def stop(self) -> None:
        if self._beat is not None:
            self._beat.cancel()
        for deafen in self._deaf:
            deafen()
        await self._server.stop()

    def _heartbeat(self) -> None:
        self._put(None)
        self._beat = self.clock.call_at(self.clock.now() + HEARTBEAT, self._heartbeat)

    # What goes wrong

    def drop(self) -> None:
        """Cut off whoever listens."""
        self._server.drop_connections()

    def refuse(self) -> None:
        """Be not there."""
        self._server.refuse()

    def accept(self) -> None:
        """Be there again."""
        self._server.accept()

    def lose_processor(self) -> None:
        """Hear nothing of the processor."""
        self.connected = False
        self.tell("disconnected")

    def find_processor(self) -> None:
        """Hear the processor again."""
        self.connected = True
        self.tell("connected")

    # Telling

    def tell(self, event: str, **fields: Any) -> None:
        """Tell of an event."""
        if self.garbage:
            self._put(next(self._nonsense))
        self._put(json.dumps(ZEROS | {"EventType": event} | fields))

    def _put(self, text: str | None) -> None:
        if not self.silent:
            for queue in self._queues:
                queue.put_nowait(text)

    def _changed(self, device: Device) -> None:
        self._tell_of("stateUpdate", device)
        # It arrives later, and that is told as well.
        if (end := device.settled_at()) > self.clock.now():
            self.clock.call_at(end, lambda: self._tell_of("stateUpdate", device))

    def _came_or_went(self, device: Device, *, came: bool) -> None:
        self._tell_of("deviceAdd" if came else "deviceDelete", device)

    def _tell_of(self, event: str, device: Device) -> None:
        # Of sensors and alarm systems it knows nothing.
        if self.connected and (kind := KINDS.get(type(device))):
            self.tell(
                event,
                DeviceType=kind,
                DeviceId=device.id + OTHER_IDS,
                DeviceName=device.name,
            )

    # Serving

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        await self._speaks.wait()
        socket = request.path == "/ws/json"
        if self.token and not self._knows_token(request, by_query=socket):
            return web.json_response({"error": "unauthorized"}, status=401)
        if socket:
            return await self._serve_socket(request)
        if request.path == "/crpc/status":
            return web.json_response({"connected": self.connected})
        return web.Response(status=404)

    def _knows_token(self, request: web.BaseRequest, *, by_query: bool) -> bool:
        if by_query and request.query.get("token") == self.token:
            return True
        return request.headers.get("Authorization") == f"Bearer {self.token}"

    async def _serve_socket(self, request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        sending = asyncio.get_running_loop().create_task(self._send(socket, queue))
        try:
            async for message in socket:
                if message.type is WSMsgType.PING and not self.silent:
                    await socket.pong(message.data)
        finally:
            self._queues.discard(queue)
            sending.cancel()
        return socket

    async def _send(
        self, socket: web.WebSocketResponse, queue: asyncio.Queue[str | None]
    ) -> None:
        while not socket.closed:
            text = await queue.get()
            try:
                if text is None:
                    await socket.ping()
                else:
                    await socket.send_str(text)
            except ConnectionError:
                return
