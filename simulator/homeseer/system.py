"""A HomeSeer system on real sockets."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, Self, override

from simulator.clock import Clock
from simulator.faults import Faults
from simulator.recorder import Order, Request
from simulator.recording import HomeSeerRecording
from simulator.served import Controller
from simulator.server import Server
from simulator.wire import Answer, Wire

from .access import Access
from .api import Api, is_command, topic
from .ascii import AsciiPort
from .changes import ModelChanges
from .control import Command, Controls
from .model import Model
from .reading import Reading
from .recorded import model_of
from .rendering import Renderer
from .settings import Dialect, Settings, User
from .webhook import WebHook

# How far a system has come in booting.
type Boot = Literal["refuse", "500", "503", "no_devices"]


class HomeSeerSystem(Controller[Boot]):
    """Serves a model as a HomeSeer system does."""

    _api: Api

    def __init__(
        self,
        model: Model,
        dialect: Dialect = "hs4",
        *,
        auth: tuple[str, str] | None = None,
        users: Sequence[User] = (),
        host: str = "127.0.0.1",
        port: int = 0,
        ascii_port: int | None = 0,
        clock: Clock | None = None,
        webhook_url: str | None = None,
        **settings: Any,
    ) -> None:
        """Remember what to serve; `settings` are those of `Settings`.

        Without an ASCII port (None) commands and pushes by line are not switched on.
        """
        made = Settings(dialect=dialect, **settings)
        self.model = model
        self.clock = clock or model.clock
        self.faults = Faults("homeseer")
        self.access = Access(auth, users, made)
        self._renderer = Renderer(model, made)
        self._reading = Reading(self._renderer, self.faults)
        self._controls = Controls(model, self.faults)
        self._api = Api(made, self.faults, self.access, self._reading, self._controls)
        self._wire = self._make_wire()
        self._server = Server(
            self._wire.handle,
            host=host,
            port=port,
            keepalive_seconds=made.keepalive_seconds,
        )
        self._has_ascii = ascii_port is not None
        self._ascii = self._make_ascii(host, ascii_port or 0)
        self._webhook = WebHook(self._renderer, self.faults, webhook_url)
        self._changes = ModelChanges(model)
        self._deaf: list[Callable[[], None]] = []
        self.faults.listen(self._fault)
        model.set_lag(made.report_lag)

    def _make_wire(self) -> Wire:
        return Wire(
            self._api.answer,
            self.faults,
            self.clock,
            answer_seconds=self.settings.answer_seconds,
            is_command=is_command,
            topic=topic,
        )

    def _make_ascii(self, host: str, port: int) -> AsciiPort:
        return AsciiPort(
            self._controls,
            self.access,
            self.faults,
            self.settings,
            host=host,
            port=port,
        )

    @classmethod
    def of_recording(
        cls,
        recording: HomeSeerRecording,
        *,
        clock: Clock | None = None,
        **options: Any,
    ) -> Self:
        """Serve a recorded system."""
        if recording.version:
            options.setdefault("version", recording.version)
        model = model_of(recording, clock)
        return cls(model, recording.dialect, clock=clock, **options)

    # Where it is and what came of it

    @property
    def ascii_port(self) -> int | None:
        """The ASCII port, if it is switched on."""
        return self._ascii.port.port if self._has_ascii else None

    @property
    def ascii_connections(self) -> int:
        """How many are connected to the ASCII port now."""
        return len(self._ascii.connections)

    @property
    def ascii_lines(self) -> list[str]:
        """Every line that came in at the ASCII port, in order."""
        return self._ascii.lines

    @property
    def commands(self) -> list[Command]:
        """Every control that was carried out, in order."""
        return self._controls.done

    @property
    @override
    def received(self) -> list[Order]:
        return self._controls.received

    @property
    def webhook_url(self) -> str | None:
        """Where changes are posted to."""
        return self._webhook.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._webhook.url = url

    @property
    def webhook_answers(self) -> list[int]:
        """How each post was answered; 0 stands for not at all."""
        return self._webhook.answers

    @property
    def settings(self) -> Settings:
        """How it is made."""
        return self._api.settings

    def change(self, **settings: Any) -> None:
        """Make it another way while it runs."""
        made = replace(self.settings, **settings)
        self._api.settings = self._renderer.settings = made
        self._ascii.settings = self.access.settings = made
        self._wire.answer_seconds = made.answer_seconds
        self.model.set_lag(made.report_lag)

    def change_password(self, auth: tuple[str, str] | None) -> None:
        """Take another name and password of the owner, or none at all."""
        self.access.change_owner(auth)

    def answer(self, request: Request) -> Answer:
        """Answer what comes in through the cloud, with the rights of the owner."""
        self.requests.append(request)
        return self._api.answer(request, self.access.users[0])

    # Its life

    @override
    async def start(self) -> Self:
        await self._server.start()
        if self._has_ascii:
            try:
                await self._ascii.port.open()
            except OSError:
                await self._server.stop()
                raise
        await self._webhook.start()
        self._deaf = [
            self.model.listen(self._ascii.push),
            self.model.listen(self._webhook.push),
        ]
        self.model.start()
        self._refuse_or_accept()
        return self

    @override
    async def stop(self) -> None:
        self.model.stop()
        for deafen in self._deaf:
            deafen()
        self._deaf.clear()
        self._stop_booting()
        self._wire.release()
        await self._webhook.stop()
        await self._ascii.port.close()
        await self._server.stop()

    async def pump(self) -> None:
        """Let everything go out that is due: lines and posts."""
        # Lines are with the socket already; the other side has to get its turn.
        await asyncio.sleep(0)
        await self._webhook.drain()
        await asyncio.sleep(0)

    @override
    def _forget(self) -> None:
        """Forget logins and what clients asked; lines are cut too."""
        self.access.addresses.clear()
        self._reading.asked.clear()
        self._ascii.drop()

    @override
    def _refuse_or_accept(self) -> None:
        super()._refuse_or_accept()
        if self._down or "ascii_closed" in self.faults.active:
            self._ascii.port.refuse()
        else:
            self._ascii.port.accept()

    def _fault(self, name: str, on: bool) -> None:
        match name:
            case "refuse_connections" | "ascii_closed":
                self._refuse_or_accept()
            case "clock_jump":
                jump = self.faults.hit(name)
                self.model.set_skew(jump.seconds if jump else 0.0)
            case name if name in ModelChanges.FAULTS:
                self._changes.fault(name, self.faults.hit(name))
            case "state_frozen":
                self._reading.freeze(on=on)
            case "silent" | "answer_timeout" if not on:
                self._wire.release()
            case "ascii_drop" if on:
                self._ascii.drop()
            case "ascii_flood" if on:
                self._ascii.flood()
