"""A server that says what it is told, and can be anything, also a HomeSeer system."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
import json
from typing import Any

from aiohttp import web
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import Account, Site
from simulator.server import Server, abort, hang_up

type Reply = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
type Start = Callable[..., Awaitable[Scripted]]

USER = "casa@example.org"
PASSWORD = "pa55 w+rd/that&nobody=may;see"
TOKEN = "t0ken-that-nobody-may-see"

DEVICES = {"Name": "HomeSeer Devices", "Version": "1.1", "Devices": [{"ref": 7}]}

LOGIN_PAGE = (
    '<html><head><title>HomeSeer Web Control</title></head><form action="/login">'
    '<input name="user"><input type="password" name="pass"></form></html>'
)


def says(
    body: Any = "",
    status: int = 200,
    kind: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Reply:
    """Answer the same to everyone."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    data = text if isinstance(text, bytes) else text.encode()

    async def reply(request: web.BaseRequest) -> web.Response:
        return web.Response(
            body=data, status=status, headers={"Content-Type": kind, **(headers or {})}
        )

    return reply


def sends_to(target: object, status: int = 302) -> Reply:
    """Redirect everyone."""
    return says("<html>Object moved</html>", status, headers={"Location": f"{target}"})


def in_turn(*replies: Reply) -> Reply:
    """Answer differently each time; the last reply stays."""
    waiting = list(replies)

    async def reply(request: web.BaseRequest) -> web.StreamResponse:
        return await (waiting.pop(0) if len(waiting) > 1 else waiting[0])(request)

    return reply


async def cut_off(request: web.BaseRequest) -> web.StreamResponse:
    """Do what was asked, then break off without an answer."""
    abort(request)
    return web.Response()


async def silent(request: web.BaseRequest) -> web.StreamResponse:
    """Do what was asked, and say nothing until the other side gives up."""
    while (transport := request.transport) is not None and not transport.is_closing():
        await asyncio.sleep(0.01)
    return web.Response()


async def bit_by_bit(request: web.BaseRequest) -> web.StreamResponse:
    """Take half a second in all over an answer, and never long over a piece of it."""
    response = web.StreamResponse()
    await response.prepare(request)
    body = json.dumps(DEVICES)
    for start in range(0, len(body), len(body) // 5):
        await response.write(body[start : start + len(body) // 5].encode())
        await asyncio.sleep(0.1)
    return response


async def half(request: web.BaseRequest) -> web.StreamResponse:
    """Break off in the middle of the answer."""
    response = web.StreamResponse()
    response.content_length = 1000
    await response.prepare(request)
    await response.write(b'{"Devices":[')
    await asyncio.sleep(0.02)
    abort(request)
    return response


def then_closes(reply: Reply) -> Reply:
    """Answer, and close the connection without having said so."""

    async def closing(request: web.BaseRequest) -> web.StreamResponse:
        response = await reply(request)
        await response.prepare(request)
        await response.write_eof()
        hang_up(request)
        return response

    return closing


class Scripted:
    """Answers by the name of the request; what it does not know gets a 404.

    `wants` is the login without which everything is refused, in the ways of `takes`.
    """

    def __init__(self, *, https: bool = False) -> None:
        self.replies: dict[str, Reply] = {"getstatus": says(DEVICES)}
        self.asked: list[str] = []
        self.urls: list[URL] = []
        self.headers: list[dict[str, str]] = []
        self.wants: tuple[str, str] | None = None
        self.takes = {"basic", "query"}
        self.refusal = says("Unauthorized", 401)
        # Whether a connection that was used before is cut off at the next request.
        self.drops_reused = False
        self._used: set[int] = set()
        self._kept: list[Any] = []
        self._server = Server(self._handle, https=https)

    @property
    def host(self) -> str:
        return self._server.host

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def url(self) -> URL:
        return URL(self._server.url())

    def site(self, username: str | None = None, password: str | None = None) -> Site:
        """Where it is."""
        return Site.local(self.host, self.port, Account(username, password))

    @property
    def connections(self) -> int:
        return self._server.connections

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        reused = id(request.transport) in self._used
        self._used.add(id(request.transport))
        # An id is not used again while its object is kept.
        self._kept.append(request.transport)
        if reused and self.drops_reused:
            self.asked.append("dropped")
            return await cut_off(request)
        name = request.query.get("request") or request.path.strip("/")
        self.asked.append(name)
        self.urls.append(request.url)
        self.headers.append(dict(request.headers))
        if self.wants is not None and self._login(request) != self.wants:
            return await self.refusal(request)
        return await self.replies.get(name, says("Not Found", 404))(request)

    def _login(self, request: web.BaseRequest) -> tuple[str, str] | None:
        header = request.headers.get("Authorization", "")
        if header and "basic" in self.takes:
            packed = header.removeprefix("Basic ")
            name, _, password = base64.b64decode(packed).decode().partition(":")
            return name, password
        if "user" in request.query and "query" in self.takes:
            return request.query["user"], request.query["pass"]
        return None

    def ways(self) -> list[str]:
        """Return how each request logged in."""
        found = []
        for url, headers in zip(self.urls, self.headers, strict=True):
            basic = "basic" if "Authorization" in headers else ""
            query = "query" if {"user", "pass", "token"} & set(url.query) else ""
            found.append(basic + query)
        return found

    def refuse(self) -> None:
        """Refuse connections."""
        self._server.refuse()

    async def start(self) -> None:
        await self._server.start()

    async def stop(self) -> None:
        await self._server.stop()
