"""A Crestron Home processor on a real socket."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal, Self

from simulator.clock import Clock, Timer
from simulator.faults import Faults
from simulator.house import House
from simulator.recorder import Command, Order, Request, carried_out
from simulator.recording import Recording
from simulator.server import TLS_FAULTS, Server
from simulator.wire import Wire

from .api import PREFIX, Api
from .changes import Changes
from .commands import Commands
from .reading import Lists
from .recorded import Recorded, house_of
from .sessions import Sessions
from .settings import Settings

TOKEN = "simulated-token"

# How far a processor has come in booting.
type Boot = Literal["refuse", "500", "503", "inventory_500"]


class CrestronProcessor:
    """Serves a house as a Crestron Home processor does."""

    def __init__(
        self,
        house: House,
        *,
        token: str = TOKEN,
        https: bool = False,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
        recorded: Recorded | None = None,
        **settings: Any,
    ) -> None:
        """Remember what to serve; `settings` are those of `Settings`."""
        made = Settings(**settings)
        self.house = house
        self.clock = clock or house.clock
        self.recorded = recorded
        self.faults = Faults("crestron")
        self.sessions = Sessions(self.clock, made.idle_seconds)
        self._lists = Lists(house, self.faults, made, recorded)
        self._commands = Commands(house, self.faults, made)
        self._api = Api(
            token, made, self.faults, self.sessions, self._lists, self._commands
        )
        self._wire = Wire(
            self._api.answer, self.faults, self.clock, PREFIX, made.answer_seconds
        )
        self._server = Server(
            self._wire.handle,
            host=host,
            port=port,
            https=https,
            keepalive_seconds=made.keepalive_seconds,
        )
        self._changes = Changes(house)
        self._booting: Timer | None = None
        self._refusing = False
        self.faults.listen(self._fault)

    @classmethod
    def of_recording(
        cls, recording: Recording, *, clock: Clock | None = None, **options: Any
    ) -> Self:
        """Serve a recorded house."""
        house = house_of(recording, clock)
        options.setdefault("version", recording.api_version)
        return cls(house, recorded=Recorded(recording, house), **options)

    # Where it is and what came of it

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._server.host

    @property
    def port(self) -> int:
        """The port it listens on; known once it is started."""
        return self._server.port

    def url(self) -> str:
        """Say where it is reached, without the path of the API."""
        return self._server.url()

    @property
    def connections(self) -> int:
        """How many connections were opened to it so far."""
        return self._server.connections

    @property
    def requests(self) -> list[Request]:
        """Every request that came in, in order."""
        return self._wire.requests

    @property
    def commands(self) -> list[Command]:
        """Everything the house was really made to do, in order."""
        return self._commands.done

    @property
    def received(self) -> list[Order]:
        """Every single thing that was asked of a device or scene, in order; see `Order`."""
        return self._commands.received

    @property
    def carried_out(self) -> list[Order]:
        """Those of `received` that were done."""
        return carried_out(self.received)

    @property
    def settings(self) -> Settings:
        """How it is made."""
        return self._api.settings

    def change(self, **settings: Any) -> None:
        """Make it another way while it runs."""
        made = replace(self.settings, **settings)
        self._api.settings = self._lists.settings = self._commands.settings = made
        self.sessions.idle_seconds = made.idle_seconds
        self._wire.answer_seconds = made.answer_seconds

    # Its life

    async def start(self) -> Self:
        """Open the port."""
        await self._server.start()
        self._server.misspeak(self.faults.active)
        self._refuse_or_accept()
        return self

    async def stop(self) -> None:
        """Close the port and everything that is open."""
        if self._booting is not None:
            self._booting.cancel()
        self._wire.release()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        """Serve for as long as a block runs."""
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        await self.stop()

    async def restart(
        self, boot_seconds: float = 0.0, boot: Boot | Sequence[Boot] = "refuse"
    ) -> None:
        """Restart: keys are forgotten, the certificate is new, connections are cut.

        Booting takes seconds of the house's clock, spread evenly over the stages in `boot`.
        """
        self.sessions.forget()
        self._server.new_certificate()
        self._server.drop_connections()
        self._wire.release()
        stages = [boot] if isinstance(boot, str) else list(boot)
        self._boot(stages if boot_seconds > 0 else [], boot_seconds / len(stages))
        await asyncio.sleep(0)

    def _boot(self, stages: Sequence[Boot], seconds: float) -> None:
        if self._booting is not None:
            self._booting.cancel()
            self._booting = None
        stage = stages[0] if stages else None
        self._refusing = stage == "refuse"
        self._api.boot = stage
        self._refuse_or_accept()
        if stage is not None:
            self._booting = self.clock.call_at(
                self.clock.now() + seconds, lambda: self._boot(stages[1:], seconds)
            )

    def _refuse_or_accept(self) -> None:
        if self._refusing or "refuse_connections" in self.faults.active:
            self._server.refuse()
        else:
            self._server.accept()

    def _fault(self, name: str, on: bool) -> None:
        match name:
            case "refuse_connections":
                self._refuse_or_accept()
            case name if name in TLS_FAULTS:
                self._server.misspeak(self.faults.active)
            case "clock_jump":
                jump = self.faults.hit(name)
                self.sessions.skew = jump.seconds if jump else 0.0
            case name if name in Changes.FAULTS:
                self._changes.fault(name, self.faults.hit(name))
            case "state_frozen":
                self._lists.freeze(on=on)
            case "silent" | "answer_timeout" if not on:
                self._wire.release()

    # Keys and tokens

    @property
    def token(self) -> str:
        """The token that opens it."""
        return self._api.token

    @token.setter
    def token(self, token: str) -> None:
        self.revoke_token(token)

    def revoke_token(self, new_token: str) -> None:
        """Take another token from now on; all keys die with the old one."""
        self._api.token = new_token
        self.sessions.forget()

    def expire_sessions(self) -> None:
        """Let all keys be as if nobody had used them for too long."""
        self.sessions.expire()
