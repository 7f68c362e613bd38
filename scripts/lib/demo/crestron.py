"""The demo's simulated Crestron Home processor."""

from collections.abc import Sequence
from typing import Any

from simulator.clock import RealClock
from simulator.crestron import CrestronProcessor
from simulator.samples import lived_in_house

from .checks import Check
from .crestron_checks import all_checks
from .crestron_wire import Processor
from .errors import DemoError
from .houses import Kept
from .rest import HomeAssistant

HOST = "127.0.0.1"
TOKEN = "simulated-token"


class CrestronHouse:
    """A villa behind a processor, in real time, over HTTPS."""

    name = "crestron"
    hub = "the processor"

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._processor: CrestronProcessor | None = None
        self._wire: Processor | None = None

    async def start(self, kept: Kept) -> None:
        """Open the port: that of the last time, or any."""
        port = kept.get("port", 0)
        house = lived_in_house(RealClock())
        self._processor = CrestronProcessor(
            house, token=TOKEN, https=True, host=HOST, port=port
        )
        try:
            await self._processor.start()
        except OSError as error:
            raise DemoError(
                f"The simulated processor had port {port}, which is now taken"
                f" ({error.strerror}). Start without --keep."
            ) from None

    async def stop(self) -> None:
        """Close the port."""
        if self._wire is not None:
            await self._wire.close()
        if self._processor is not None:
            await self._processor.stop()

    def keep(self) -> Kept:
        """Return what `start` wants to know the next time."""
        return {"port": self.processor.port}

    def facts(self) -> Sequence[tuple[str, str]]:
        """Return what a newcomer may want to know of it, by name."""
        return [
            ("Crestron processor", f"{self.address} (simulated)"),
            ("its token", self.processor.token),
        ]

    def steps(self) -> Sequence[tuple[str, dict[str, Any]]]:
        """Return what is typed in each step of adding it in Home Assistant."""
        return [
            ("user", {"next_step_id": "crestron"}),
            ("crestron", {"host": self.address, "token": self.processor.token}),
            ("found", {}),
        ]

    async def join(self, home: HomeAssistant, entry_id: str | None) -> None:
        """Do nothing: a processor is ready once it is added."""

    async def checks(self, home: HomeAssistant) -> Sequence[Check]:
        """Return what is tried with --check."""
        self._wire = Processor(f"https://{self.address}", self.processor.token)
        await self._wire.log_in()
        return await all_checks(home, self._wire)

    @property
    def processor(self) -> CrestronProcessor:
        """What serves the villa; only once it is started."""
        if self._processor is None:
            raise DemoError("The simulated processor is not started.")
        return self._processor

    @property
    def address(self) -> str:
        """What a person types to reach it."""
        return f"{HOST}:{self.processor.port}"
