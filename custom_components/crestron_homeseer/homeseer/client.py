"""The conversation with a HomeSeer system: requests, login, tunnels, errors."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
from yarl import URL

from ..house.connection import Gate
from ..house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from .answers import Judge, refused, refused_in_words
from .exchange import Answer, Value, address, exchange, follow
from .sites import Cloud, Local

# Seconds without a word. A small computer prepares everything for a minute or more.
READ_TIMEOUT = 30.0
WHOLE_TIMEOUT = 150.0
# HomeSeer may wait for a radio before it answers.
COMMAND_TIMEOUT = 20.0
# The 50 ms that HomeSeer wants between sends are for its ASCII port. Here each command
# waits for the answer to the one before, so the system sets the pace; it gets a breath.
PACE = 0.005
# So many commands are under way at once, each to another feature.
COMMANDS = 4


class HomeSeerClient:
    """Speaks with one system; four commands go at a time, in no order of their own.

    A read is tried again once; a command goes out once, and is repeated only where
    it was certainly not carried out: sent on, or refused for its login.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        site: Local | Cloud,
        *,
        pace: float = PACE,
    ) -> None:
        """Take the session to use. It is the caller's, and is never closed here.

        `pace` is the least time between two commands, in seconds.
        """
        self.requests = 0
        self._session = session
        self._site = site
        self._pace = pace
        self._gate = Gate(COMMANDS)
        self._judge = Judge(site.account.secrets, site.params.values())
        # What a refused login means: a wrong one, or that there was none.
        self.refused = self._judge.refused
        # MyHS knows no other way than the query.
        self._in_query = isinstance(site, Cloud) or site.account.header is None
        # Where MyHS sent us, which saves the way through the front door.
        self._tunnel: URL | None = None
        # Whether kept connections have turned out to be dead when they were needed.
        self._closing = False
        self._next_command = 0.0

    async def ask(
        self,
        request: str,
        *,
        timeout: float = READ_TIMEOUT,
        urgent: bool = False,
        **params: Value,
    ) -> dict[str, Any]:
        """Read; raises HubConnectionError, HubAuthError, HubResponseError.

        An urgent read belongs to a command, and goes before the others.
        """

        async def attempt() -> dict[str, Any]:
            answer = await self._converse(request, params, timeout, command=False)
            return self._judge.read(answer)

        async with self._gate.enter(command=urgent):
            return await self._by_tunnel(attempt, HubError)

    async def command(self, request: str, **params: Value) -> dict[str, Any]:
        """Send a command once.

        Raises HubCommandError if it was declined, HubUnansweredError if its fate is
        unknown, HubConnectionError and HubAuthError if it was certainly not done.
        """

        async def attempt() -> dict[str, Any]:
            answer = await self._converse(
                request, params, COMMAND_TIMEOUT, command=True
            )
            return self._judge.done(answer)

        async with self._gate.enter(command=True):
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(self._next_command - clock())
            try:
                return await self._by_tunnel(attempt, HubConnectionError, HubAuthError)
            finally:
                self._next_command = clock() + self._pace

    async def _by_tunnel(
        self,
        attempt: Callable[[], Awaitable[dict[str, Any]]],
        *again: type[HubError],
    ) -> dict[str, Any]:
        """Try where MyHS sent us last; if that fails, at the front door once more."""
        remembered = self._tunnel is not None
        try:
            return await attempt()
        except HubError as err:
            self._tunnel = None
            if not remembered or not isinstance(err, again):
                raise
        return await attempt()

    async def _converse(
        self, request: str, params: dict[str, Value], timeout: float, *, command: bool
    ) -> Answer:
        route = partial(self._route, request, params, timeout, command=command)
        in_query = self._in_query
        answer = await route(in_query=in_query)
        if in_query or not _refused(answer, command=command):
            return answer
        # Some systems do not know Basic authentication. What was refused was not
        # carried out, so that it may be asked in the other way.
        answer = await route(in_query=True)
        self._in_query = not _refused(answer, command=command)
        return answer

    async def _route(
        self,
        request: str,
        params: dict[str, Value],
        timeout: float,
        *,
        command: bool,
        in_query: bool,
    ) -> Answer:
        account = self._site.account
        login = account.query if in_query else {}
        headers = {} if in_query else dict(account.header or {})
        query = {"request": request, **params, **self._site.params, **login}

        async def send(root: URL) -> Answer:
            return await self._send(address(root, query), headers, timeout, command)

        try:
            front = self._site.root
        except ValueError:
            raise HubConnectionError(Reason.NOT_FOUND) from None
        root, answer = await follow(send, self._tunnel or front, self._site.trusts)
        if isinstance(self._site, Cloud) and root != front:
            self._tunnel = root
        return answer

    async def _send(
        self, url: URL, headers: dict[str, str], timeout: float, command: bool
    ) -> Answer:
        try:
            return await self._once(url, headers, timeout, command=command)
        except HubUnansweredError:
            self._closing = True
            raise
        except HubConnectionError as err:
            if command or err.reason is not Reason.LOST:
                raise
        # The system dropped a connection that it had promised to keep.
        self._closing = True
        return await self._once(url, headers, timeout, command=command)

    async def _once(
        self, url: URL, headers: dict[str, str], timeout: float, *, command: bool
    ) -> Answer:
        self.requests += 1
        if self._closing:
            headers = {**headers, "Connection": "close"}
        return await exchange(
            self._session, url, headers=headers, timeout=timeout, command=command
        )


def _refused(answer: Answer, *, command: bool) -> bool:
    # What is said of a command may be about the device that it is for.
    return refused(answer) or (not command and refused_in_words(answer))
