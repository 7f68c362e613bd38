"""The conversation with a HomeSeer system: where it is, login, commands."""

import asyncio
import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from yarl import URL

from ..house.connection import Gate
from ..house.hub import (
    AnyCommand,
    HubAuthError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from .binding import Action
from .exchange import Answer, Value, address, decode, exchange

MYHS = URL("https://myhs.homeseer.com")
# MyHS sends to other servers of its domain.
MYHS_DOMAIN = ".homeseer.com"

# Seconds without a byte. A small computer prepares everything for a minute or more.
READ_TIMEOUT = 30.0
WHOLE_TIMEOUT = 150.0
# HomeSeer may wait for a radio before it answers.
COMMAND_TIMEOUT = 20.0
# So many commands are under way at once, each to another feature.
COMMANDS = 4
MOST_HOPS = 3

type Outcome = HubError | None


@dataclass(frozen=True, slots=True)
class Account:
    """As whom to ask: a name with its password, or a token. Nothing of it is shown."""

    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def known(self) -> bool:
        """Whether there is anything to log in with."""
        return bool(self.username or self.password or self.token)

    @property
    def _packed(self) -> str:
        both = f"{self.username or ''}:{self.password or ''}"
        return base64.b64encode(both.encode()).decode()

    @property
    def header(self) -> Mapping[str, str]:
        """The header of Basic authentication; empty where it cannot carry the login."""
        if self.token or not self.known or ":" in (self.username or ""):
            return {}
        return {"Authorization": f"Basic {self._packed}"}

    @property
    def query(self) -> Mapping[str, str]:
        """The login as parameters."""
        if self.token:
            return {"token": self.token}
        login = {"user": self.username or "", "pass": self.password or ""}
        return login if self.known else {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown."""
        texts = {self.username, self.password, self.token, self._packed}
        return tuple(text for text in texts if text and self.known)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a system is asked: on the network, or behind MyHS by its license."""

    root: URL
    account: Account = Account()
    # Whoever knows it may try passwords.
    license: str | None = field(default=None, repr=False)

    @classmethod
    def local(
        cls, host: str, port: int | None = None, account: Account = Account()
    ) -> Self:
        """Return a system on the network; raises ValueError if there can be none."""
        root = URL.build(scheme="http", host=host, port=port, path="/JSON")
        return cls(root, account)

    @classmethod
    def cloud(cls, license: str, account: Account, base: URL = MYHS) -> Self:
        """Return a system behind MyHS; without a license, an account's list of them."""
        return cls(base / ("json" if license else "getsystems"), account, license)

    @property
    def is_local(self) -> bool:
        """Whether it is on the network."""
        return self.license is None

    def trusts(self, target: URL) -> bool:
        """Return whether a redirect may be followed there.

        A local system sends to itself; MyHS sends to itself and within its domain,
        but only encrypted.
        """
        root = self.root
        if (target.scheme, target.host) == (root.scheme, root.host):
            return target.port == root.port or not self.is_local
        ours = target.scheme == "https" and f".{target.host}".endswith(MYHS_DOMAIN)
        return ours and not self.is_local


# What a command meets that was certainly not carried out.
_NOT_DONE = (HubConnectionError, HubAuthError)


@dataclass(frozen=True, slots=True)
class _Request:
    query: Mapping[str, Value]
    timeout: float
    command: bool = False


class HomeSeerClient:
    """Speaks with one system.

    A read is tried again once; a command goes out once, and is repeated only where
    it was certainly not carried out: redirected, or refused for its login.
    """

    def __init__(self, session: aiohttp.ClientSession, site: Site) -> None:
        """Take the session to use. It is the caller's, and is never closed here."""
        self.requests = 0
        self._session = session
        self._site = site
        self._gate = Gate(COMMANDS)
        self._license = {"licenseid": site.license} if site.license else {}
        self._secrets = (*site.account.secrets, *self._license.values())
        # MyHS knows no other way to log in than the query.
        self._by_header = site.is_local and bool(site.account.header)
        # Where MyHS sent us last, which saves the way through its front door.
        self._tunnel: URL | None = None
        # What to send once kept connections were dead when they were needed.
        self._closing: Mapping[str, str] = {}

    async def ask(
        self, request: str, *, timeout: float = READ_TIMEOUT, **params: Value
    ) -> dict[str, Any]:
        """Read; raises HubConnectionError, HubAuthError, HubResponseError."""
        query = {"request": request, **params} if request else params
        async with self._gate.enter():
            return await self._converse(_Request(query, timeout))

    async def command(self, request: str, **params: Value) -> dict[str, Any]:
        """Send a command once.

        Raises HubCommandError if it was declined, HubUnansweredError if its fate is
        unknown, HubConnectionError and HubAuthError if it was certainly not done.
        """
        query = {"request": request, **params}
        async with self._gate.enter(command=True):
            return await self._converse(_Request(query, COMMAND_TIMEOUT, command=True))

    async def _converse(self, request: _Request) -> dict[str, Any]:
        """Log in by a header, or by the query if that is refused.

        Some systems do not know Basic authentication. Where a tunnel of MyHS fails,
        what was certainly not done goes through the front door, for it may have moved.
        """
        if self._by_header:
            with suppress(HubAuthError):
                return await self._follow(request, by_header=True)
        try:
            content = await self._follow(request, by_header=False)
        except HubError as err:
            undone = not request.command or isinstance(err, _NOT_DONE)
            if self._tunnel is None or not undone:
                raise
            self._tunnel = None
            content = await self._follow(request, by_header=False)
        self._by_header = False
        return content

    async def _follow(self, request: _Request, *, by_header: bool) -> dict[str, Any]:
        """Send to the system, and on to where it redirects, as far as that is trusted.

        Whoever redirects a request has not carried it out. A redirect to anything but
        the same service, such as a login page, is the answer.
        """
        site = self._site
        root = self._tunnel or site.root
        login = {} if by_header else site.account.query
        headers = site.account.header if by_header else {}
        for _ in range(1 + MOST_HOPS):
            url = address(root, {**request.query, **self._license, **login})
            answer = await self._send(request, url, headers)
            target = answer.location
            if target is None or not site.trusts(target):
                break
            if target.name.lower() != root.name.lower():
                break
            root = target
        content = decode(answer, self._secrets, command=request.command)
        self._tunnel = None if site.is_local or root == site.root else root
        return content

    async def _send(
        self, request: _Request, url: URL, headers: Mapping[str, str]
    ) -> Answer:
        """Send a command once, and a read once more if its connection was lost."""
        attempts = 1 if request.command else 2
        while True:
            self.requests += 1
            attempts -= 1
            try:
                return await exchange(
                    self._session,
                    url,
                    timeout=request.timeout,
                    headers={**headers, **self._closing},
                    command=request.command,
                )
            except (HubConnectionError, HubUnansweredError) as err:
                if err.reason not in {Reason.LOST, Reason.UNANSWERED}:
                    raise
                # It may have dropped a connection that it had promised to keep.
                self._closing = {"Connection": "close"}
                if not attempts:
                    raise

    async def send_all(
        self,
        commands: Sequence[AnyCommand],
        actions_of: Callable[[AnyCommand], list[Action]],
    ) -> tuple[Outcome, ...]:
        """Send commands, and return what became of each; none is sent twice.

        Those that touch the same device or feature keep their order, and so does all
        with an event: nobody knows what that touches, which is None.
        """
        lost: list[HubError] = []
        tasks: list[tuple[set[object], asyncio.Task[Outcome]]] = []
        async with asyncio.TaskGroup() as group:
            for command in commands:
                actions: list[Action] = []
                touched: set[object] = {command.device_id}
                refused = None
                try:
                    actions = actions_of(command)
                except HubError as err:
                    refused = err
                touched |= {action.params.get("ref") for action in actions}
                before = [
                    task
                    for others, task in tasks
                    if others & touched or None in others | touched
                ]
                work = self._carry_out(actions, before, lost, refused)
                tasks.append((touched, group.create_task(work)))
        return tuple(task.result() for _, task in tasks)

    async def _carry_out(
        self,
        actions: list[Action],
        before: Collection[asyncio.Task[Outcome]],
        lost: list[HubError],
        refused: Outcome,
    ) -> Outcome:
        """Send the requests of a command, after those before it.

        What comes after a lost system is not sent, and that is certain.
        """
        if before:
            await asyncio.wait(before)
        for number, action in enumerate(actions):
            try:
                if lost:
                    raise lost[0]
                await self.command(action.request, **action.params)
            except HubUnansweredError as err:
                lost.append(HubConnectionError(Reason.LOST))
                return err
            except (HubConnectionError, HubAuthError) as err:
                if isinstance(err, HubConnectionError):
                    lost.append(err)
                # Half of it has gone out, and must not be taken for not sent.
                return HubUnansweredError(Reason.UNANSWERED) if number else err
            except HubError as err:
                return err
        return refused
