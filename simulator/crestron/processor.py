"""A Crestron Home processor on a real socket."""

from dataclasses import replace
from typing import Any, Literal, Self, override

from simulator.clock import Clock
from simulator.faults import Faults
from simulator.house import House
from simulator.recorder import Command, Order
from simulator.recording import Recording
from simulator.served import Controller
from simulator.server import TLS_FAULTS, Server
from simulator.wire import Wire

from .api import PREFIX, Api
from .bridge import CrpcBridge
from .changes import HouseChanges
from .commands import Commands
from .reading import Lists
from .recorded import Recorded, house_of
from .sessions import Sessions
from .settings import Settings

TOKEN = "simulated-token"

# How far a processor has come in booting.
type Boot = Literal["refuse", "500", "503", "inventory_500"]


class CrestronProcessor(Controller[Boot]):
    """Serves a house as a Crestron Home processor does."""

    _api: Api

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
        bridge_port: int | None = None,
        bridge_token: str | None = None,
        **settings: Any,
    ) -> None:
        """Remember what to serve; `settings` are those of `Settings`.

        With a port for it (0 for any), there is a CRPC bridge beside it.
        """
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
        self.bridge = (
            None
            if bridge_port is None
            else CrpcBridge(
                house,
                token=bridge_token,
                host=host,
                port=bridge_port,
                clock=self.clock,
            )
        )
        self._changes = HouseChanges(house)
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
    def commands(self) -> list[Command]:
        """Everything the house was really made to do, in order."""
        return self._commands.done

    @property
    @override
    def received(self) -> list[Order]:
        return self._commands.received

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

    @override
    async def start(self) -> Self:
        await self._server.start()
        self._server.misspeak(self.faults.active)
        self._refuse_or_accept()
        if self.bridge is not None:
            await self.bridge.start()
        return self

    @override
    async def stop(self) -> None:
        self._stop_booting()
        if self.bridge is not None:
            await self.bridge.stop()
        self._wire.release()
        await self._server.stop()

    @override
    def _forget(self) -> None:
        """Forget all keys; the certificate is new."""
        self.sessions.forget()
        self._server.new_certificate()

    def _fault(self, name: str, on: bool) -> None:
        match name:
            case "refuse_connections":
                self._refuse_or_accept()
            case name if name in TLS_FAULTS:
                self._server.misspeak(self.faults.active)
            case "clock_jump":
                jump = self.faults.hit(name)
                self.sessions.skew = jump.seconds if jump else 0.0
            case name if name in HouseChanges.FAULTS:
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

    def upload_program(self, version: str, *, renumbers: bool = True) -> None:
        """Run another program: all sessions end, and all ids may be others."""
        self.change(program_version=version)
        self.sessions.forget()
        if renumbers:
            self.faults.on("ids_changed")

    def expire_sessions(self) -> None:
        """Let all keys be as if nobody had used them for too long."""
        self.sessions.expire()
