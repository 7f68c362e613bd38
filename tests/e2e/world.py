"""A real Home Assistant, and the simulated houses that can be added to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
import time

from scripts.lib.demo.__main__ import until_running
from scripts.lib.demo.crestron import HOST, CrestronHouse
from scripts.lib.demo.folder import ROOT, passing_folder
from scripts.lib.demo.homeseer import HomeSeerHouse
from scripts.lib.demo.houses import DemoHouse
from scripts.lib.demo.rest import HomeAssistant
from scripts.lib.demo.server import Server, free_port
from simulator.crestron import CrestronProcessor

# Home Assistant takes no path with ".." in it.
DASHBOARD = (ROOT / "docs" / "dashboard" / "house.yaml").resolve()
DASHBOARDS = f"""\
lovelace:
  dashboards:
    the-house:
      mode: yaml
      title: House
      show_in_sidebar: false
      filename: {DASHBOARD}
"""
# What stands for an integration that the house had before.
OLD_LIGHT = "light.theater_sconces"
OLD_INTEGRATION = """\
template:
  - light:
      - name: Theater Sconces
        unique_id: sconces
        turn_on: []
        turn_off: []
"""
VILLA = "MC4-R"
COTTAGE = "HomeSeer HS4"
LOADED = "loaded"


class Villa(CrestronHouse):
    """The house behind the processor, which may get another address."""

    async def move(self) -> None:
        """Serve the same house with the same token at another port."""
        old = self.processor
        new = CrestronProcessor(old.house, token=old.token, https=True, host=HOST)
        await new.start()
        await old.stop()
        self._processor = new


@dataclass(frozen=True, slots=True)
class World:
    """Everything that runs."""

    server: Server
    home: HomeAssistant
    villa: Villa
    cottage: HomeSeerHouse

    async def state(self, title: str) -> str | None:
        """Return how the hub of this name is; None while there is none."""
        for entry in await self.home.entries():
            if entry["title"] == title:
                return str(entry["state"])
        return None

    async def add(self, title: str) -> None:
        """See to it that the hub of this name is there, whichever test ran before."""
        house: DemoHouse = self.villa if title == VILLA else self.cottage
        if await self.state(title) is None:
            await self.home.add(house.steps())
        await self.until_loaded(title)

    async def until_loaded(self, title: str) -> None:
        """Wait until the hub of this name works."""
        deadline = time.monotonic() + 30
        while (state := await self.state(title)) != LOADED:
            assert time.monotonic() < deadline, f"{title} is {state}"
            await asyncio.sleep(0.1)


async def until(look: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline, "It does not happen."
        await asyncio.sleep(0.05)


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """Start everything, and end it in good order."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(passing_folder())
        villa, cottage = Villa(), HomeSeerHouse()
        for house in (villa, cottage):
            stack.push_async_callback(house.stop)
            await house.start({})
        server = Server(folder, HOST, free_port(HOST))
        with (folder / "configuration.yaml").open("a", encoding="utf-8") as file:
            file.write(DASHBOARDS + OLD_INTEGRATION)
        stack.push_async_callback(server.stop)
        await server.start()
        home = await stack.enter_async_context(HomeAssistant(server.url))
        await home.log_in()
        await until_running(home)
        yield World(server, home, villa, cottage)
