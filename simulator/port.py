"""A port that stays the same for as long as it lives, even while it refuses connections."""

import asyncio
from collections.abc import Callable
import socket
import ssl


class Port:
    """Listens on a port; `drop` cuts off whatever is connected to it."""

    def __init__(
        self,
        protocol: Callable[[], asyncio.Protocol],
        drop: Callable[[], None],
        host: str,
        port: int = 0,
    ) -> None:
        """Remember how to listen; nothing is opened yet."""
        self.host = host
        self.port = port
        self._protocol = protocol
        self._drop = drop
        self._context: ssl.SSLContext | None = None
        self._listener: asyncio.Server | None = None
        self._opening: asyncio.Task[None] | None = None
        self._refusing = False
        # Keeps the port ours while nobody listens on it: bound, so connecting is refused.
        self._placeholder: socket.socket | None = None

    async def open(self, context: ssl.SSLContext | None = None) -> None:
        """Begin to listen, over TLS if there is a context for it."""
        self._context = context
        sock = self._bind()
        self.port = sock.getsockname()[1]
        await self._listen(sock)

    async def close(self) -> None:
        """Stop listening, and cut off all connections."""
        if self._opening is not None:
            await self._opening
            self._opening = None
        for listener in (self._placeholder, self._listener):
            if listener is not None:
                listener.close()
        self._placeholder = self._listener = None
        self._drop()

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

    def change(
        self, protocol: Callable[[], asyncio.Protocol], context: ssl.SSLContext | None
    ) -> None:
        """Speak otherwise from now on, and cut off those who are connected."""
        self._protocol, self._context = protocol, context
        self._reopen()

    def _reopen(self) -> None:
        if self._listener is not None:
            # Whoever waits to be let in shall find the port as it is from now on.
            sock = self._listener.sockets[0].dup()
            sock.setblocking(False)
            self._listener.close()
            self._listener = None
            self._drop()
            loop = asyncio.get_running_loop()
            self._opening = loop.create_task(self._listen(sock))

    async def _listen(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        spoken = self._protocol, self._context
        self._listener = await loop.create_server(
            self._protocol, sock=sock, ssl=self._context, backlog=128
        )
        if self._refusing:
            self._close_listener()
        elif spoken != (self._protocol, self._context):
            self._reopen()

    def refuse(self) -> None:
        """Refuse connections from now on, and cut off those that are open."""
        self._refusing = True
        self._close_listener()

    def _close_listener(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            self._drop()
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
