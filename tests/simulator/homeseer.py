"""Clients that know nothing of HomeSeer: plain requests and plain lines."""

import asyncio
from typing import Any, Self

import aiohttp

from simulator.homeseer import HomeSeerSystem

from .client import Reply

# Commands closer to each other than this are refused.
GAP = 0.06


class Asker:
    """Asks a system, with one connection at a time."""

    def __init__(self, system: HomeSeerSystem, **options: Any) -> None:
        self.system = system
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=1),
            timeout=aiohttp.ClientTimeout(total=5),
            **options,
        )

    async def ask(self, request: str, path: str = "/JSON", **given: Any) -> Reply:
        """Get, with parameters."""
        return await self.send("GET", path, params={"request": request, **given})

    async def post(self, body: Any) -> Reply:
        """Post an action."""
        return await self.send("POST", "/JSON", json=body)

    async def send(self, method: str, path: str, **options: Any) -> Reply:
        """Send a request, and read the reply to its end."""
        url = f"{self.system.url()}{path}"
        async with self.session.request(method, url, **options) as response:
            return Reply(response.status, await response.text(), response.content_type)

    async def devices(self, **given: Any) -> list[dict[str, Any]]:
        """Get the devices that getstatus tells of."""
        devices: list[dict[str, Any]] = (await self.ask("getstatus", **given)).json[
            "Devices"
        ]
        return devices

    async def device(self, ref: int) -> dict[str, Any]:
        """Get one device."""
        (device,) = await self.devices(ref=ref)
        return device

    async def control(self, ref: int, value: float) -> Any:
        """Control by value."""
        return (await self.ask("controldevicebyvalue", ref=ref, value=value)).json


class Lines:
    """A connection to the ASCII port."""

    def __init__(self, system: HomeSeerSystem, address: str | None = None) -> None:
        self.system = system
        self.address = address

    async def __aenter__(self) -> Self:
        local = (self.address, 0) if self.address else None
        self.reader, self.writer = await asyncio.open_connection(
            self.system.host, self.system.ascii_port, local_addr=local, limit=2**20
        )
        # The other side takes a moment to see that somebody is there.
        while not self.system.ascii_connections:
            await asyncio.sleep(0.001)
        return self

    async def __aexit__(self, *args: object) -> None:
        self.writer.close()

    async def read(self) -> str:
        """Read a line; an empty one is the end."""
        async with asyncio.timeout(2):
            return (
                (await self.reader.readline()).decode(errors="replace").rstrip("\r\n")
            )

    async def ask(self, line: str, end: str = "\r\n") -> str:
        """Send a line, and read the next one that comes."""
        await asyncio.sleep(GAP)
        self.writer.write(f"{line}{end}".encode())
        return await self.read()

    async def log_in(self, user: str = "default", password: str = "default") -> str:
        """Log in."""
        return await self.ask(f"au,{user},{password}")

    async def silent(self, seconds: float = 0.1) -> bool:
        """Tell whether nothing comes for a while."""
        try:
            async with asyncio.timeout(seconds):
                await self.reader.readline()
        except TimeoutError:
            return True
        return False
