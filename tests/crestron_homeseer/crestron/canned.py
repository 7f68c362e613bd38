"""A server that says what it is told, and can be anything but a processor."""

from collections.abc import Callable
import json
from typing import Any

from aiohttp import web

from custom_components.crestron_homeseer.crestron.client import Address
from simulator.server import Server

type Reply = Callable[[web.BaseRequest], web.Response]


def says(
    body: Any = "", status: int = 200, headers: dict[str, str] | None = None
) -> Reply:
    """Answer the same to everyone."""
    text = body if isinstance(body, str) else json.dumps(body)
    return lambda request: web.Response(text=text, status=status, headers=headers)


def echo(status: int) -> Reply:
    """Repeat what came in the headers, as a careless error message does."""
    return lambda request: web.Response(
        text=json.dumps({"errorMessage": f"cannot read {dict(request.headers)}"}),
        status=status,
    )


class Canned:
    """Answers by path; what it does not know gets a 404."""

    def __init__(self, *, https: bool = False) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.bodies: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._server = Server(self._handle, https=https)

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(self._server.host, self._server.port, https=self._server.https)

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        self.asked.append(f"{request.method} {request.path}")
        self.bodies.append(await request.text())
        self.headers.append(dict(request.headers))
        path = request.path.removeprefix("/cws/api").strip("/")
        return self.replies.get(path, says("Not Found", 404))(request)

    async def start(self) -> None:
        """Open the port."""
        await self._server.start()

    async def stop(self) -> None:
        """Close it."""
        await self._server.stop()
