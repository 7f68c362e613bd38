"""A CRPC bridge, which others publish: it tells what kind of thing has changed.

It holds a session in the protocol of Crestron's own app, and passes on what it hears.
That its ids are those of the Web API is not proven, so its kinds alone are used, and
as hints: what is shown is always what the processor itself answers.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
import logging
import time
from typing import override

import aiohttp
from yarl import URL

from ..house.connection import Listener
from ..house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)
from .client import READ_TIMEOUT
from .fields import Fields, parse

PORT = 3131
HEARTBEAT = 30.0
# A bridge that does not say goodbye is not waited for.
GOODBYE = 1.0

# The lists that its kinds of devices are in. What is of another kind may be in any.
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
        """What says who we are."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


async def check(session: aiohttp.ClientSession, address: BridgeAddress) -> None:
    """See that a bridge hears its processor; raises HubError.

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
    """Hears a bridge.

    `on_change` is called with the kind of list that something changed in, None for
    any; `on_survey` where a device came or went.
    """

    MAX_RETRY = 60.0
    LOG_LEVEL = logging.WARNING

    def __init__(
        self,
        session: aiohttp.ClientSession,
        address: BridgeAddress,
        *,
        on_change: Callable[[str | None], None],
        on_survey: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the session, where the bridge is, and whom to tell."""
        name = f"The CRPC bridge at {address.host}"
        super().__init__(name, lambda: on_change(None), clock, sleep)
        self._session = session
        self._address = address
        self._on_change = on_change
        self._on_survey = on_survey

    @override
    async def _connect(self) -> None:
        if self._session.closed:
            # Home Assistant stops.
            raise HubConnectionError(Reason.CLOSING)
        hears = True
        try:
            await check(self._session, self._address)
        except HubConnectionError as err:
            if err.reason is not Reason.OFFLINE:
                raise
            hears = False
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
                self._hears(hears)
                async for message in socket:
                    if isinstance(message.data, str | bytes):
                        self._take(message.data)
        except _FAILURES:
            raise HubConnectionError(Reason.LOST) from None
        raise HubConnectionError(Reason.LOST)

    def _hears(self, hears: bool) -> None:
        """Note whether the bridge itself hears the processor."""
        if hears and not self.healthy:
            self._connected()
        elif not hears:
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
                self._on_change(KINDS.get((fields.text("devicetype") or "").lower()))
            case "deviceadd" | "devicedelete":
                self._on_survey()
            case "connected" | "disconnected" as now:
                self._hears(now == "connected")
