"""Asks HomeSeer over its own API: plainly, and without the integration."""

from typing import Any

import aiohttp

from .errors import DemoError

type Json = dict[str, Any]


class System:
    """A HomeSeer system, and somebody who may ask it."""

    def __init__(self, url: str, user: str, password: str) -> None:
        """Take where it is, and who asks."""
        self._url = f"{url}/JSON"
        self._session = aiohttp.ClientSession(
            headers={"Authorization": aiohttp.encode_basic_auth(user, password)},
            connector=aiohttp.TCPConnector(limit=2),
            timeout=aiohttp.ClientTimeout(total=15),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def ask(self, request: str, **params: str | int) -> Json:
        """Ask something, or have it done."""
        try:
            async with self._session.get(
                self._url, params={"request": request, **params}
            ) as response:
                return dict(await response.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError, TypeError) as error:
            raise DemoError(f"HomeSeer does not answer: {error!r}") from error

    async def feature(self, ref: int) -> Json:
        """Return how a feature is."""
        (feature,) = (await self.ask("getstatus", ref=ref))["Devices"]
        return dict(feature)

    async def find(self, name: str, room: str | None = None) -> int:
        """Return the ref of what has a name: of a root and its feature, the feature."""
        listed = (await self.ask("getstatus", ref="all"))["Devices"]
        found = [
            entry
            for entry in listed
            if entry["name"] == name and room in (None, entry["location"])
        ]
        # 2 stands for a root.
        found = [each for each in found if each["relationship"] != 2] or found
        if len(found) != 1:
            raise DemoError(f"HomeSeer has {len(found)} {name!r}, not one.")
        return int(found[0]["ref"])
