"""Asks a processor over its own API: plainly, and without the integration."""

from typing import Any

import aiohttp

from .errors import DemoError

type Json = dict[str, Any]

FULL = 65535
_KEYS = {"doorlocks": "doorLocks", "mediarooms": "mediaRooms"}


class Processor:
    """A processor, and a session with it."""

    def __init__(self, url: str, token: str) -> None:
        """Take where it is; `log_in` comes first."""
        self._root = f"{url}/cws/api"
        self._token = token
        self._headers: dict[str, str] = {}
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=False, limit=2),
            timeout=aiohttp.ClientTimeout(total=15),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _ask(self, method: str, path: str, **options: Any) -> Json:
        try:
            async with self._session.request(
                method, f"{self._root}/{path}", **options
            ) as response:
                return dict(await response.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError, TypeError) as error:
            raise DemoError(f"The processor does not answer: {error!r}") from error

    async def log_in(self) -> None:
        """Begin a session."""
        header = {"Crestron-RestAPI-AuthToken": self._token}
        answer = await self._ask("GET", "login", headers=header)
        self._headers = {"Crestron-RestAPI-AuthKey": answer["authkey"]}

    async def entries(self, kind: str) -> list[Json]:
        """Return a list, such as `shades`."""
        answer = await self._ask("GET", kind, headers=self._headers)
        entries: list[Json] = answer[_KEYS.get(kind, kind)]
        return entries

    async def entry(self, kind: str, device_id: int) -> Json:
        """Return one entry of a list."""
        answer = await self._ask("GET", f"{kind}/{device_id}", headers=self._headers)
        (entry,) = answer[_KEYS.get(kind, kind)]
        return dict(entry)

    async def find(self, kind: str, name: str, room: str | None = None) -> int:
        """Return the number of the one entry with a name, in a room if one is given."""
        rooms = {entry["id"]: entry["name"] for entry in await self.entries("rooms")}
        found = [
            int(entry["id"])
            for entry in await self.entries(kind)
            if entry["name"] == name
            and (room is None or rooms.get(entry["roomId"]) == room)
        ]
        if len(found) != 1:
            raise DemoError(f"The processor has {len(found)} {name!r}, not one.")
        return found[0]

    async def post(self, path: str, body: Json) -> None:
        """Have something done, as a keypad or the app would."""
        answer = await self._ask("POST", path, headers=self._headers, json=body)
        if answer.get("status") != "success":
            raise DemoError(f"The processor refuses: {answer}")
