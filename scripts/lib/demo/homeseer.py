"""The demo's simulated HomeSeer 4 system."""

import asyncio
from collections.abc import Sequence
import time
from typing import Any
from urllib.parse import urlsplit

from simulator.clock import RealClock
from simulator.homeseer import HomeSeerSystem, default_system

from .checks import Check
from .errors import DemoError
from .homeseer_checks import all_checks
from .homeseer_wire import System
from .houses import Kept
from .rest import HomeAssistant

HOST = "127.0.0.1"
USER = "homeowner"
PASSWORD = "simulated-password"
LISTENING_SECONDS = 10


class HomeSeerHouse:
    """A house behind HomeSeer 4, in real time: it wants a password, and tells changes.

    Its ASCII port is any free one, and its web hook the address that Home Assistant
    shows; both are chosen in the options.
    """

    name = "homeseer"
    hub = "HomeSeer"

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._system: HomeSeerSystem | None = None
        self._wire: System | None = None
        self._hook = ""

    async def start(self, kept: Kept) -> None:
        """Open the ports: those of the last time, or any."""
        clock = RealClock()
        model = default_system(clock)
        model.epoch = time.time() - clock.now()
        self._hook = kept.get("hook", "")
        self._system = HomeSeerSystem(
            model,
            auth=(USER, PASSWORD),
            host=HOST,
            port=kept.get("port", 0),
            ascii_port=kept.get("ascii_port", 0),
        )
        try:
            await self._system.start()
        except OSError as error:
            raise DemoError(
                "The simulated HomeSeer system had a port which is now taken"
                f" ({error.strerror}). Start without --keep."
            ) from None

    async def stop(self) -> None:
        """Close the ports."""
        if self._wire is not None:
            await self._wire.close()
        if self._system is not None:
            await self._system.stop()

    def keep(self) -> Kept:
        """Return what `start` wants to know the next time."""
        return {
            "port": self.system.port,
            "ascii_port": self.system.ascii_port,
            "hook": self._hook,
        }

    def facts(self) -> Sequence[tuple[str, str]]:
        """Return what a newcomer may want to know of it, by name."""
        return [
            ("HomeSeer system", f"{self.address} (simulated)"),
            ("its user", f"{USER} / {PASSWORD}"),
            ("its ASCII port", f"{self.system.ascii_port} (11000 elsewhere)"),
        ]

    def steps(self) -> Sequence[tuple[str, dict[str, Any]]]:
        """Return what is typed in each step of adding it in Home Assistant."""
        login = {"username": USER, "password": PASSWORD}
        return [
            ("user", {"next_step_id": "homeseer"}),
            ("homeseer", {"host": self.address, **login}),
            ("found_homeseer", {}),
        ]

    async def join(self, home: HomeAssistant, entry_id: str | None) -> None:
        """Choose in the options how changes are told, and tell them there."""
        if entry_id is not None:
            typed = {"ascii_port": self.system.ascii_port, "webhook": True}
            shown = await home.choose(
                entry_id, [("init", {"next_step_id": "push"}), ("push", typed)]
            )
            address = shown[1]["description_placeholders"]["address"]
            self._hook = urlsplit(address).path
        # The address is that of this computer in its network, where the demo does
        # not listen.
        self.system.webhook_url = f"{home.url}{self._hook}"

    async def checks(self, home: HomeAssistant) -> Sequence[Check]:
        """Return what is tried with --check."""
        await self._until_heard()
        self._wire = System(self.system.url(), USER, PASSWORD)
        return await all_checks(home, self._wire, self.system.model)

    async def _until_heard(self) -> None:
        for _ in range(LISTENING_SECONDS * 10):
            if self.system.ascii_connections:
                return
            await asyncio.sleep(0.1)
        raise DemoError("Home Assistant does not listen at HomeSeer's ASCII port.")

    @property
    def system(self) -> HomeSeerSystem:
        """What serves the house; only once it is started."""
        if self._system is None:
            raise DemoError("The simulated HomeSeer system is not started.")
        return self._system

    @property
    def address(self) -> str:
        """What a person types to reach it."""
        return f"{HOST}:{self.system.port}"
