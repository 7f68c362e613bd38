"""A client that knows nothing: plain requests, whatever comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
from typing import Any

import aiohttp

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.crestron.inventory import LIST_KEYS
from simulator.house import House

TOKEN_HEADER = "Crestron-RestAPI-AuthToken"
KEY_HEADER = "Crestron-RestAPI-AuthKey"
SUCCESS = {"status": "success", "version": "2.000.0004"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    text: str
    content_type: str

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.text)


class Client:
    """Asks a processor, with one connection at a time."""

    def __init__(self, processor: CrestronProcessor) -> None:
        self.processor = processor
        self.key = ""
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=False, limit=1),
            timeout=aiohttp.ClientTimeout(total=5),
        )

    @property
    def house(self) -> House:
        """The house behind it."""
        return self.processor.house

    def advance(self, seconds: float) -> None:
        """Let time pass in the house."""
        assert isinstance(self.house.clock, ManualClock)
        self.house.clock.advance(seconds)

    async def ask(
        self, method: str, path: str, headers: dict[str, str], **options: Any
    ) -> Reply:
        """Send a request, and read the reply to its end."""
        url = f"{self.processor.url()}{path}"
        async with self.session.request(
            method, url, headers=headers, **options
        ) as response:
            text = await response.text()
            return Reply(response.status, text, response.content_type)

    async def login(self, token: str | None = None) -> Reply:
        """Log in, and keep the key if there is one."""
        headers = {TOKEN_HEADER: token or self.processor.token}
        reply = await self.ask("GET", "/cws/api/login", headers)
        if "key" in reply.text:
            self.key = reply.json["authkey"]
        return reply

    async def get(self, path: str) -> Reply:
        """Get below the API, with the key."""
        return await self.ask("GET", f"/cws/api{path}", {KEY_HEADER: self.key})

    async def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        """Post below the API, with the key; `{}` if there is nothing to say."""
        options = options or {"json": {} if body is None else body}
        headers = {KEY_HEADER: self.key}
        return await self.ask("POST", f"/cws/api{path}", headers, **options)

    async def entries(self, kind: str) -> list[Any]:
        """Get a list."""
        entries: list[Any] = (await self.get(f"/{kind}")).json[
            LIST_KEYS[kind.partition("/")[0]]
        ]
        return entries

    async def entry(self, kind: str, device_id: int) -> Any:
        """Get one entry of a list."""
        (entry,) = await self.entries(f"{kind}/{device_id}")
        return entry

    async def close(self, *names: str) -> dict[str, Any]:
        """Close some shades in one go, and give what came back."""
        ids = [self.house.find(name).id for name in names or ("Kitchen Shade",)]
        entries = [{"id": each, "position": 0} for each in ids]
        reply = await self.post("/shades/SetState", {"shades": entries})
        assert reply.status == 200
        body: dict[str, Any] = reply.json
        return body


@asynccontextmanager
async def logged_in(processor: CrestronProcessor) -> AsyncIterator[Client]:
    """Have a client that is logged in."""
    client = Client(processor)
    try:
        await client.login()
        processor.requests.clear()
        yield client
    finally:
        await client.session.close()
