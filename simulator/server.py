"""A web server on a real socket, which can also behave as badly as real ones do."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from functools import partial
import socket
import ssl
import struct
from typing import override

from aiohttp import web

from .certificate import renew, server_context
from .port import Port

type Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

# SO_LINGER with no time at all: closing sends a reset instead of an orderly end.
RESET = struct.pack("ii", 1, 0)


# What the faults of HTTPS are called; of several, the first counts.
TLS_FAULTS = (
    "tls_handshake_fails",
    "http_where_https",
    "https_filtered",
    "tls_expired",
    "tls_new_certificate",
)


class HangUp(asyncio.Protocol):
    """Takes the first bytes of somebody, and closes the connection."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self._transport.close()


class NoTls(asyncio.Protocol):
    """Speaks plain HTTP, and lets TLS wait for ever as a firewall does."""

    _TLS = b"\x16"

    def __init__(self, speak: Callable[[], asyncio.Protocol]) -> None:
        """Take what makes those who speak HTTP."""
        self._speak = speak

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        if not data.startswith(self._TLS):
            protocol = self._speak()
            self._transport.set_protocol(protocol)
            protocol.connection_made(self._transport)
            protocol.data_received(data)


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
        context: ssl.SSLContext | None = None,
        expired: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        """Remember how to serve; nothing is opened yet.

        HTTPS is spoken with a certificate of its own making, or what is in `context`;
        `expired` makes the same with a certificate whose time is over.
        """
        self.https = https
        self.connections = 0
        self._handler = handler
        self._keepalive = keepalive_seconds
        self._given_context = context
        self._expired = expired or partial(server_context, expired=True)
        self._tls_fault: str | None = None
        self._context: ssl.SSLContext | None = None
        self._web: web.Server | None = None
        self._port = Port(self._protocol, self.drop_connections, host, port)

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._port.host

    @property
    def port(self) -> int:
        """The port it listens on; known once it is started."""
        return self._port.port

    def url(self) -> str:
        """Say where it is reached."""
        return f"{'https' if self.https else 'http'}://{self.host}:{self.port}"

    async def start(self) -> None:
        """Open the port."""
        if self.https:
            self._context = self._given_context or server_context()
        self._web = web.Server(
            self._handler, keepalive_timeout=self._keepalive, access_log=None
        )
        self._tls_fault = None
        await self._port.open(self._context)

    async def stop(self) -> None:
        """Close the port and all connections."""
        await self._port.close()
        if self._web is not None:
            await self._web.shutdown(0.1)
            self._web = None

    def _protocol(self) -> asyncio.Protocol:
        assert self._web is not None
        self.connections += 1
        return self._web()

    def refuse(self) -> None:
        """Refuse connections from now on, and cut off those that are open."""
        self._port.refuse()

    def accept(self) -> None:
        """Accept connections again, on the same port."""
        self._port.accept()

    def drop_connections(self) -> None:
        """Cut off every open connection."""
        if self._web is not None:
            for connection in self._web.connections:
                if isinstance(connection.transport, asyncio.Transport):
                    connection.transport.abort()

    def misspeak(self, faults: Collection[str]) -> None:
        """Have the faults of HTTPS that are named, or none: as after a restart."""
        fault = next((name for name in TLS_FAULTS if name in faults), None)
        if self._context is None or fault == self._tls_fault:
            return
        self._tls_fault = fault
        protocol: Callable[[], asyncio.Protocol] = self._protocol
        context: ssl.SSLContext | None = self._context
        match fault:
            case "tls_handshake_fails":
                protocol, context = HangUp, None
            case "http_where_https":
                context = None
            case "https_filtered":
                protocol, context = partial(NoTls, self._protocol), None
            case "tls_expired":
                context = self._expired()
            case "tls_new_certificate":
                context = server_context()
        self._port.change(protocol, context)

    def new_certificate(self) -> None:
        """Show a new certificate from now on, as after a restart."""
        if self._context is not None:
            renew(self._context)
            self.drop_connections()
