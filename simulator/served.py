"""What every simulated system has in common: a port, a life, and how it boots."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Protocol, Self

from .clock import Clock, Timer
from .faults import Faults
from .recorder import Order, Request, carried_out
from .server import Server
from .wire import Wire


class Served(ABC):
    """Something with a port, which serves for as long as a block runs."""

    faults: Faults
    _server: Server

    @property
    def host(self) -> str:
        """The address it listens on."""
        return self._server.host

    @property
    def port(self) -> int:
        """The port of its API; known once it is started."""
        return self._server.port

    def url(self) -> str:
        """Say where it is reached, without the path of the API."""
        return self._server.url()

    @abstractmethod
    async def start(self) -> Self:
        """Open its ports."""

    @abstractmethod
    async def stop(self) -> None:
        """Close its ports and everything that is open."""

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


class Booting(Protocol):
    """What answers according to how far booting has come."""

    boot: str | None


class Controller[BootT: str](Served):
    """What controls a house: it can restart, and boots in stages of some names.

    Connections are refused in the stage `refuse`; the API answers for the others.
    """

    clock: Clock
    _api: Booting
    _wire: Wire
    _booting: Timer | None = None
    _refusing = False

    @property
    def connections(self) -> int:
        """How many connections were opened to its API so far."""
        return self._server.connections

    @property
    def requests(self) -> list[Request]:
        """Every request that came in, in order."""
        return self._wire.requests

    @property
    @abstractmethod
    def received(self) -> list[Order]:
        """Every single thing that was asked of something in it, in order; see `Order`."""

    @property
    def carried_out(self) -> list[Order]:
        """Those of `received` that were done."""
        return carried_out(self.received)

    async def restart(
        self,
        boot_seconds: float = 0.0,
        boot: Literal["refuse"] | BootT | Sequence[BootT] = "refuse",
    ) -> None:
        """Restart: logins are forgotten, connections are cut.

        Booting takes seconds of the house's clock, spread evenly over the stages in `boot`.
        """
        self._forget()
        self._server.drop_connections()
        self._wire.release()
        stages = [boot] if isinstance(boot, str) else list(boot)
        self._boot(stages if boot_seconds > 0 else [], boot_seconds / len(stages))
        await asyncio.sleep(0)

    def _boot(self, stages: Sequence[str], seconds: float) -> None:
        self._stop_booting()
        stage = stages[0] if stages else None
        self._refusing = stage == "refuse"
        self._api.boot = stage
        self._refuse_or_accept()
        if stage is not None:
            self._booting = self.clock.call_at(
                self.clock.now() + seconds, lambda: self._boot(stages[1:], seconds)
            )

    def _stop_booting(self) -> None:
        if self._booting is not None:
            self._booting.cancel()
            self._booting = None

    @property
    def _down(self) -> bool:
        return self._refusing or "refuse_connections" in self.faults.active

    def _refuse_or_accept(self) -> None:
        if self._down:
            self._server.refuse()
        else:
            self._server.accept()

    @abstractmethod
    def _forget(self) -> None:
        """Forget what a restart takes with it."""
