"""A web server on a real socket, which can also behave as badly as real ones do."""

import asyncio
from collections.abc import Awaitable, Callable
import socket
import ssl
import struct
from typing import Any

from aiohttp import web

from .certificate import renew, server_context

type Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

# SO_LINGER with no time at all: closing sends a reset instead of an orderly end.
RESET = struct.pack("ii", 1, 0)


def abort(request: web.BaseRequest) -> None:
    """Cut a connection off with a reset, as a crash or a pulled plug would."""
    if (transport := request.transport) is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()


def hang_up(request: web.BaseRequest) -> None:
    """Close a connection in good order once everything is sent."""
    if request.transport is not None:
        request.transport.close()


class Server:
    """Serves one handler on a port that stays the same for as long as the server lives."""

    def __init__(
        self,
        handler: Handler,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        https: bool = False,
        keepalive_seconds: float = 75.0,
    ) -> None:
        """Remember how to serve; nothing is opened yet."""
        self.host = host
        self.port = port
        self.https = https
        self.connections = 0
        self._handler = handler
        self._keepalive = keepalive_seconds
        self._context: ssl.SSLContext | None = None
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self._opening: asyncio.Task[None] | None = None
        self._refusing = False
        # Keeps the port ours while nobody listens on it: bound, so connecting is refused.
        self._placeholder: socket.socket | None = None

    def url(self) -> str:
        """Say where it is reached."""
        return f"{'https' if self.https else 'http'}://{self.host}:{self.port}"

    async def start(self) -> None:
        """Open the port."""
        self._context = server_context() if self.https else None
        self._web = web.Server(
            self._handler, keepalive_timeout=self._keepalive, access_log=None
        )
        sock = self._bind()
        self.port = sock.getsockname()[1]
        await self._listen(sock)

    async def stop(self) -> None:
        """Close the port and all connections."""
        if self._opening is not None:
            await self._opening
            self._opening = None
        for listener in (self._placeholder, self._listener):
            if listener is not None:
                listener.close()
        self._placeholder = self._listener = None
        self.drop_connections()
        if self._web is not None:
            await self._web.shutdown(0.1)
            self._web = None

    def _bind(self) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((self.host, self.port))
        except OSError:
            sock.close()
            raise
        sock.setblocking(False)
        return sock

    async def _listen(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            self._protocol, sock=sock, ssl=self._context, backlog=128
        )
        if self._refusing:
            self._close_listener()

    def _protocol(self) -> asyncio.Protocol:
        assert self._web is not None
        self.connections += 1
        protocol: Any = self._web()
        return protocol  # type: ignore[no-any-return]

    def refuse(self) -> None:
        """Refuse connections from now on, and cut off those that are open."""
        self._refusing = True
        self._close_listener()

    def _close_listener(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            self.drop_connections()
            self._placeholder = self._bind()

    def accept(self) -> None:
        """Accept connections again, on the same port."""
        self._refusing = False
        if (sock := self._placeholder) is None:
            return
        self._placeholder = None
        # Who connects before the loop gets to it waits in the backlog.
        sock.listen(128)
        self._opening = asyncio.get_running_loop().create_task(self._listen(sock))

    def drop_connections(self) -> None:
        """Cut off every open connection."""
        if self._web is not None:
            for connection in self._web.connections:
                if isinstance(connection.transport, asyncio.Transport):
                    connection.transport.abort()

    def new_certificate(self) -> None:
        """Show a new certificate from now on, as after a restart."""
        if self._context is not None:
            renew(self._context)
            self.drop_connections()
