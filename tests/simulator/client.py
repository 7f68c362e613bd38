"""A client that knows nothing: plain requests, whatever comes back."""

from dataclasses import dataclass
import json
from typing import Any

import aiohttp

from simulator.crestron import CrestronProcessor
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

    async def entry(self, kind: str, device_id: int, key: str) -> Any:
        """Get one entry of a list."""
        (entry,) = (await self.get(f"/{kind}/{device_id}")).json[key]
        return entry


async def move(client: Client, house: House, *names: str) -> dict[str, Any]:
    """Close some shades in one go, and give what came back."""
    entries = [
        {"id": house.find(name).id, "position": 0}
        for name in names or ("Kitchen Shade",)
    ]
    reply = await client.post("/shades/SetState", {"shades": entries})
    assert reply.status == 200
    body: dict[str, Any] = reply.json
    return body
