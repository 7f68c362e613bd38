"""The web hook of HS4: a POST for every change, to one address."""

import asyncio
import contextlib
import io
import json
from typing import Any

import aiohttp

from simulator.faults import Faults

from .feature import Feature, State
from .rendering import Renderer

TIMEOUT_SECONDS = 10
HUGE = 5_000_000
JSON = {"Content-Type": "application/json"}


class WebHook:
    """Posts changes in their order; what fails is not sent again."""

    def __init__(self, renderer: Renderer, faults: Faults, url: str | None) -> None:
        """Post to an address, once there is one."""
        self.renderer = renderer
        self.faults = faults
        self.url = url
        # The status of each answer; 0 if there was none.
        self.answers: list[int] = []
        self._waiting: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._posting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to post."""
        self._posting = asyncio.get_running_loop().create_task(self._post_all())

    async def stop(self) -> None:
        """Post no more."""
        if self._posting is not None:
            self._posting.cancel()
            with contextlib.suppress(asyncio.CancelledError):  # as asked
                await self._posting
            self._posting = None

    async def drain(self) -> None:
        """Wait until everything is posted."""
        if self._posting is not None:
            await self._waiting.join()

    def push(self, feature: Feature, old: State, new: State) -> None:
        """Tell of a change; HS3 has no web hook."""
        if self.url and self._posting is not None and not self.renderer.hs3:
            self._waiting.put_nowait((self.url, self._body(feature, new)))

    def _body(self, feature: Feature, state: State) -> Any:
        if self.faults.hit("webhook_wrong_body"):
            return ["devicechange", {"ref": str(feature.ref)}]
        data = {
            "ref": feature.ref,
            "name": feature.name,
            "location": feature.location,
            "location2": feature.location2,
            "value": self.renderer.number(state.value),
            "status": state.status,
            "last_change": self.renderer.date(state.changed),
        }
        if self.faults.hit("webhook_foreign_system"):
            foreign = {"name": "Somebody else's", "location": "Elsewhere"}
            data |= foreign | {"value": 1.0, "status": "On"}
        if self.faults.hit("webhook_huge"):
            data["status"] = "x" * HUGE
        return {"type": "devicechange", "data": data}

    async def _post_all(self) -> None:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                url, body = await self._waiting.get()
                try:
                    data = io.BytesIO(json.dumps(body).encode())
                    async with session.post(url, data=data, headers=JSON) as response:
                        self.answers.append(response.status)
                except aiohttp.ClientError, TimeoutError, ValueError:
                    self.answers.append(0)
                finally:
                    self._waiting.task_done()
