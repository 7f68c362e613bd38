"""MyHS: the maker's cloud, by which systems are reached from anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
import ssl
from typing import Literal, Self, override
from urllib.parse import urlencode

from simulator.clock import Clock, RealClock
from simulator.faults import Faults
from simulator.recorder import Request
from simulator.served import Served
from simulator.server import TLS_FAULTS, Server
from simulator.wire import Answer, Wire

from .api import is_command, topic
from .authority import Authority
from .system import HomeSeerSystem

# Nobody has this address.
FOREIGN = "https://192.0.2.7"
DOWN_PAGE = "<html><body><h1>503 Service Unavailable</h1></body></html>\n"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account: by name and password, or by token."""

    user: str
    password: str
    licenses: tuple[str, ...]
    token: str = ""
    # Several systems are for those who pay, and only for the first user of an account.
    premium: bool = True
    primary: bool = True


class MyHS(Served):
    """Serves the cloud for some systems, which need no ports of their own."""

    def __init__(
        self,
        systems: Mapping[str, HomeSeerSystem],
        accounts: Sequence[Account],
        *,
        https: bool = True,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
        redirect: bool = True,
        same_lan: bool = True,
        refused_status: Literal[200, 401] = 401,
    ) -> None:
        """Remember which systems there are, by license, and who may see which.

        With `redirect` the main host sends clients on to the tunnel, on a port of its own.
        """
        self.systems = dict(systems)
        self.accounts = list(accounts)
        # Systems that are not connected now, by license.
        self.offline: set[str] = set()
        self.redirect = redirect
        # Whether clients seem to come from the network that the systems are in.
        self.same_lan = same_lan
        self.refused_status = refused_status
        self.faults = Faults("myhs")
        self.requests: list[Request] = []
        self._authority = Authority() if https else None
        context = self._authority.server_context(host) if self._authority else None
        clock = clock or RealClock()
        self._wires = [
            Wire(
                answer,
                self.faults,
                clock,
                is_command=is_command,
                topic=about,
                requests=self.requests,
            )
            for answer in (self._answer, self._tunnelled)
        ]
        expired = (
            partial(self._authority.server_context, host, expired=True)
            if self._authority
            else None
        )
        self._server, self._tunnel = (
            Server(
                wire.handle,
                host=host,
                port=at,
                https=https,
                context=context,
                expired=expired,
            )
            for wire, at in zip(self._wires, (port, 0), strict=True)
        )
        self.faults.listen(self._fault)

    # Where it is

    def tunnel_url(self) -> str:
        """Say where the tunnel is reached."""
        return self._tunnel.url()

    @property
    def ca_file(self) -> Path | None:
        """The certificate that clients have to trust; it is there while the cloud is."""
        return self._authority.file if self._authority else None

    def client_context(self) -> ssl.SSLContext:
        """Make what a strict client needs."""
        if self._authority is None:
            raise ValueError("this cloud speaks plain HTTP")
        return self._authority.client_context()

    # Its life

    @override
    async def start(self) -> Self:
        await self._server.start()
        await self._tunnel.start()
        if self._authority is not None:
            self._authority.publish()
        for system in self.systems.values():
            system.model.start()
        for server in (self._server, self._tunnel):
            server.misspeak(self.faults.active)
        self._fault("refuse_connections", "refuse_connections" in self.faults.active)
        return self

    @override
    async def stop(self) -> None:
        for wire in self._wires:
            wire.release()
        await self._server.stop()
        await self._tunnel.stop()
        for system in self.systems.values():
            system.model.stop()
        if self._authority is not None:
            self._authority.withdraw()

    def _fault(self, name: str, on: bool) -> None:
        match name:
            case "refuse_connections":
                for server in (self._server, self._tunnel):
                    (server.refuse if on else server.accept)()
            case name if name in TLS_FAULTS:
                for server in (self._server, self._tunnel):
                    server.misspeak(self.faults.active)
            case "silent" | "answer_timeout" if not on:
                for wire in self._wires:
                    wire.release()

    # Answers

    def _answer(self, request: Request) -> Answer:
        if (trouble := self._trouble(request)) is not None:
            return trouble
        match request.path.lower().rstrip("/"):
            case "/getsystems":
                return self._list(request)
            case "/json" if self.faults.hit("myhs_foreign_redirect", about(request)):
                return self._elsewhere(FOREIGN, request)
            case "/json" if self.redirect:
                return self._elsewhere(self.tunnel_url(), request)
            case "/json":
                return self._proxied(request)
            case _:
                return Answer("Not Found", 404, "text/html")

    def _tunnelled(self, request: Request) -> Answer:
        if (trouble := self._trouble(request)) is not None:
            return trouble
        if request.path.lower().rstrip("/") != "/json":
            return Answer("Not Found", 404, "text/html")
        return self._proxied(request)

    def _trouble(self, request: Request) -> Answer | None:
        if (status := self.faults.status(about(request))) is not None:
            return Answer("", status, "text/html")
        if self.faults.hit("myhs_down", about(request)):
            return Answer(DOWN_PAGE, 503, "text/html")
        if self.faults.hit("html_login_page", about(request)):
            return Answer("<html><body>Sign in to MyHS</body></html>", 200, "text/html")
        return None

    def _elsewhere(self, url: str, request: Request) -> Answer:
        location = f"{url}/json?{urlencode(request.query)}"
        return Answer("", 302, "text/html", {"Location": location})

    def _account(self, request: Request) -> Account | None:
        given = {name.lower(): value for name, value in request.query.items()}
        for account in self.accounts:
            if account.token and given.get("token") == account.token:
                return account
            login = given.get("user", "").lower(), given.get("pass", "")
            if login == (account.user.lower(), account.password):
                return account
        return None

    def _refused(self, code: int, why: str, status: int = 200) -> Answer:
        return Answer({"response": f"Error, {why}", "responsecode": code}, status)

    def _unknown(self) -> Answer:
        why = "invalid username or password"
        return self._refused(401, why, self.refused_status)

    def _list(self, request: Request) -> Answer:
        account = self._account(request)
        if account is None:
            return self._unknown()
        several = account.premium and account.primary and "token" not in request.query
        found = [
            self._described(number, self.systems[number])
            for number in account.licenses
            if number in self.systems and number not in self.offline
        ]
        return Answer(
            {
                "response": "ok",
                "responsecode": 200,
                "systems": found if several else found[:1],
                "HasSubscription": account.premium,
            }
        )

    def _described(self, number: str, system: HomeSeerSystem) -> dict[str, object]:
        return {
            "license": number,
            "friendly_name": system.model.name,
            "hslocalip": f"{system.host}:{system.port}",
            "hswanip": "203.0.113.9",
            "detected_wan_ip": "203.0.113.9" if self.same_lan else "198.51.100.7",
            "tunnelip": self.tunnel_url().partition("://")[2],
            "online": True,
        }

    def _proxied(self, request: Request) -> Answer:
        account = self._account(request)
        if account is None:
            return self._unknown()
        given = {name.lower(): value for name, value in request.query.items()}
        number = given.get("licenseid", "")
        if not number:
            return self._refused(400, "licenseid is missing")
        wrong = self.faults.hit("myhs_wrong_license", about(request))
        if wrong or number not in account.licenses or number not in self.systems:
            return self._refused(403, "invalid license")
        if number in self.offline:
            return self._refused(503, "system is not online")
        return self.systems[number].answer(request)


def about(request: Request) -> str:
    """Tell what a request is about: its name, or its path."""
    return topic(request) or request.path.lower().strip("/")
