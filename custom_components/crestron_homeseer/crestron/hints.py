"""Which lists are to be read because somebody else reports a change.

A CRPC bridge, which others publish, is one of those: it holds a session in the protocol
of Crestron's own app, and passes on what it receives. That its ids are those of the Web
API is not proven, so its kinds alone are used, and as hints: what is shown is always
what the processor itself answers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
import logging
import time
from typing import override

import aiohttp
from yarl import URL

from ..house.connection import Listener
from ..house.fields import Fields, parse
from ..house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    OnChange,
    Reason,
)
from .client import READ_TIMEOUT
from .listing import Listing

# A processor's states lag behind what happens, and lamps take a moment to dim: what
# was hinted at is read again so many seconds after the last hint.
AGAIN = 1.0

PORT = 3131
HEARTBEAT = 30.0
# A bridge that does not say goodbye is not waited for.
GOODBYE = 1.0
# The lists that a bridge's kinds of devices are in. What is of another kind may be in
# any.
KINDS = {
    "irpclights": "light",
    "irpcshades": "shade",
    "irpcclimate": "thermostat",
    "irpcscenes": "scene",
    "irpcdoors": "lock",
    "media": "mediaroom",
}
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_FAILURES = (aiohttp.ClientError, OSError)


class Hints:
    """Has each list that is hinted at read once, and once more after that.

    `pending` are the lists that were hinted at and not begun to be read since.
    """

    def __init__(
        self, lists: Mapping[str, Listing], wanted: Callable[[Listing], bool]
    ) -> None:
        """Take the lists by kind, and what returns whether somebody wants one."""
        self.on_change: OnChange | None = None
        self.pending: set[str] = set()
        self._lists = lists
        self._wanted = wanted
        self._again: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def hint(self, kind: str | None) -> None:
        """Have a list read, or all; what fails is asked for no sooner than it was."""
        kinds = set(self._lists) if kind is None else {kind}
        self._again |= kinds
        self.close()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(AGAIN, self._read_again)
        self._call_back(self._new(kinds))

    def by_path(self, path: object) -> None:
        """Have the list of a path read; all for anything that is none."""
        paths = {each.endpoint.path: kind for kind, each in self._lists.items()}
        self.hint(paths.get(path) if isinstance(path, str) else None)

    def survey(self) -> None:
        """Have everything read, because something came or went."""
        if self.on_change:
            self.on_change(None)

    def left(self, kinds: Iterable[str]) -> None:
        """Have read next what there was no time for, of some lists."""
        if kinds := self.pending.intersection(kinds):
            self._call_back(kinds)

    def close(self) -> None:
        """Have nothing read again."""
        if self._timer is not None:
            self._timer.cancel()

    def _read_again(self) -> None:
        kinds, self._again = self._again, set()
        if new := self._new(kinds):
            self._call_back(new)

    def _new(self, kinds: set[str]) -> list[str]:
        """Return what is to be read now and is not pending yet; then it is."""
        new = [
            kind
            for kind in kinds - self.pending
            if not self._lists[kind].failures and self._wanted(self._lists[kind])
        ]
        self.pending.update(new)
        return new

    def _call_back(self, kinds: Collection[str]) -> None:
        if self.on_change:
            self.on_change([key for kind in kinds for key in self._lists[kind].devices])


@dataclass(frozen=True, slots=True)
class BridgeAddress:
    """Where a bridge is, and the token that it may want."""

    host: str
    port: int | None = None
    token: str | None = field(default=None, repr=False)

    def url(self, scheme: str, path: str) -> URL:
        """Return an address of the bridge, without the token."""
        port = self.port or PORT
        return URL.build(scheme=scheme, host=self.host, port=port, path=path)

    @property
    def headers(self) -> dict[str, str]:
        """What proves who we are."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


async def check(session: aiohttp.ClientSession, address: BridgeAddress) -> None:
    """See that a bridge is connected to its processor; raises HubError.

    Its reason is BAD_TOKEN, OTHER_DEVICE for what is no bridge, OFFLINE for one
    without a processor; any other means that there was no answer.
    """
    try:
        async with session.get(
            address.url("http", "/crpc/status"),
            headers=address.headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=READ_TIMEOUT),
        ) as response:
            status = response.status
            body = await response.content.read(65536)
    except _FAILURES:
        # The library's own text may hold the address with what is in it.
        raise HubConnectionError(Reason.LOST) from None
    if status in _REFUSED:
        raise HubAuthError(Reason.BAD_TOKEN)
    try:
        connected = Fields(parse(body)).boolean("connected")
    except HubResponseError:
        connected = None
    if status != HTTPStatus.OK or connected is None:
        raise HubResponseError(Reason.OTHER_DEVICE)
    if not connected:
        raise HubConnectionError(Reason.OFFLINE)


class Bridge(Listener):
    """The connection to a bridge, which passes its messages on as hints."""

    MAX_RETRY = 60.0
    LOG_LEVEL = logging.WARNING

    def __init__(
        self,
        session: aiohttp.ClientSession,
        address: BridgeAddress,
        hints: Hints,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the session, where the bridge is, and where its hints go."""
        name = f"The CRPC bridge at {address.host}"
        super().__init__(name, lambda: hints.hint(None), clock, sleep)
        self._session = session
        self._address = address
        self._hints = hints

    @override
    async def _connect(self) -> None:
        if self._session.closed:
            # Home Assistant stops.
            raise HubConnectionError(Reason.CLOSING)
        connected = True
        try:
            await check(self._session, self._address)
        except HubConnectionError as err:
            if err.reason is not Reason.OFFLINE:
                raise
            connected = False
        url = self._address.url("ws", "/ws/json")
        if self._address.token:
            url = url.with_query(token=self._address.token)
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                socket = await self._session.ws_connect(
                    url,
                    headers=self._address.headers,
                    heartbeat=HEARTBEAT,
                    timeout=aiohttp.ClientWSTimeout(ws_close=GOODBYE),
                )
            async with socket:
                self._set_connected(connected)
                async for message in socket:
                    if isinstance(message.data, str | bytes):
                        self._take(message.data)
        except _FAILURES:
            raise HubConnectionError(Reason.LOST) from None
        raise HubConnectionError(Reason.LOST)

    def _set_connected(self, connected: bool) -> None:
        """Note whether the bridge itself is connected to the processor."""
        if connected and not self.healthy:
            self._connected()
        elif not connected:
            self._disconnected()
            self._log_loss(Reason.OFFLINE)

    def _take(self, data: str | bytes) -> None:
        """Take one message; what makes no sense means nothing."""
        try:
            fields = Fields(parse(data.encode() if isinstance(data, str) else data))
        except HubError:
            return
        match (fields.text("eventtype") or "").lower():
            case "stateupdate":
                kind = (fields.text("devicetype") or "").lower()
                self._hints.hint(KINDS.get(kind))
            case "deviceadd" | "devicedelete":
                self._hints.survey()
            case "connected" | "disconnected" as now:
                self._set_connected(now == "connected")
