"""How answers reach the wire, or fail to: the faults of the connection itself."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
import json
from typing import Any
from weakref import WeakSet

from aiohttp import web

from .clock import Clock
from .faults import Faults
from .recorder import Request
from .server import abort, hang_up


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer before it is put on the wire: a body as JSON, or as plain text."""

    body: Any
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Give the body as it is sent."""
        return self.body if isinstance(self.body, str) else json.dumps(self.body)


type Answerer = Callable[[Request], Answer]


def read_body(data: bytes) -> Any:
    """Read a body as JSON; else as text, or None when there is none."""
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError:
        return data.decode(errors="replace")


def by_method(request: Request) -> bool:
    """Tell commands by their method."""
    return request.method == "POST"


@dataclass(slots=True)
class Wire:
    """Between a socket and what answers: records requests, and lets connections misbehave."""

    answer: Answerer
    faults: Faults
    clock: Clock
    # What the paths of the system begin with; faults are limited to what follows.
    prefix: str = ""
    # What the system takes to think, in seconds of the world outside.
    answer_seconds: float = 0.0
    # Which requests make the house do something.
    is_command: Callable[[Request], bool] = by_method
    # What a request is about, if its path does not say so; faults are limited to that.
    topic: Callable[[Request], str] | None = None
    requests: list[Request] = field(default_factory=list)
    _speak: asyncio.Event = field(default_factory=asyncio.Event)
    _used: WeakSet[Any] = field(default_factory=WeakSet)

    def release(self) -> None:
        """End all silence: those who wait for an answer are cut off."""
        self._speak.set()
        self._speak = asyncio.Event()

    async def _silence(self, request: web.BaseRequest) -> web.StreamResponse:
        await self._speak.wait()
        return self._cut(request)

    async def _cut_short(self, seconds: float) -> bool:
        """Take time over an answer; tell whether nobody waits for it any more."""
        try:
            async with asyncio.timeout(seconds):
                await self._speak.wait()
        except TimeoutError:
            return False
        return True

    def _cut(self, request: web.BaseRequest) -> web.StreamResponse:
        abort(request)
        return web.Response()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take a request, and see it through to its end, good or bad."""
        reused = request.transport in self._used
        self._used.add(request.transport)
        data = await request.read()
        record = Request(
            request.method,
            request.path,
            read_body(data),
            self.clock.now(),
            headers=request.headers.copy(),
            query=dict(request.query),
        )
        path = self.topic(record) if self.topic else self.local(request.path)
        self.requests.append(record)
        if reused and self.faults.hit("drop_reused", path):
            return self._cut(request)
        if self.faults.hit("silent", path):
            return await self._silence(request)
        slow = self.faults.hit("slow", path)
        if await self._cut_short(self.answer_seconds + (slow.seconds if slow else 0.0)):
            return self._cut(request)
        answer = self.answer(record)
        if self.is_command(record):
            if self.faults.hit("answer_lost", path):
                return self._cut(request)
            if self.faults.hit("answer_timeout", path):
                return await self._silence(request)
        with suppress(ConnectionResetError):
            return await self._send(request, record, path, answer)
        # Who asked is gone meanwhile.
        return self._cut(request)

    def local(self, path: str) -> str:
        """Give a path as faults know it: without prefix, in lower case."""
        path = path.lower().rstrip("/")
        return path.removeprefix(self.prefix)

    async def _send(
        self, request: web.BaseRequest, record: Request, path: str, answer: Answer
    ) -> web.StreamResponse:
        record.status = answer.status
        text, content_type = answer.text(), answer.content_type
        if self.faults.hit("empty_body", path):
            text = ""
        if self.faults.hit("truncated_json", path):
            text = text[: len(text) * 2 // 3]
        if self.faults.hit("wrong_content_type", path):
            content_type = "text/html"
        if self.faults.hit("reset_mid_body", path):
            return await self._reset_mid_body(request, text.encode(), answer)
        response = web.Response(
            text=text,
            status=answer.status,
            content_type=content_type,
            headers=answer.headers,
        )
        if dribble := self.faults.hit("dribble", path):
            return await self._in_pieces(request, response, dribble.seconds)
        if self.faults.hit("close_keepalive", path):
            await response.prepare(request)
            await response.write_eof()
            hang_up(request)
        return response

    async def _in_pieces(
        self, request: web.BaseRequest, answer: web.Response, seconds: float
    ) -> web.StreamResponse:
        data = answer.body
        assert isinstance(data, bytes)
        response = web.StreamResponse(status=answer.status)
        response.content_type = answer.content_type
        response.content_length = len(data)
        await response.prepare(request)
        size = len(data) // 10 + 1
        for start in range(0, len(data), size):
            # When the fault is over, the rest comes at once.
            slow = "dribble" in self.faults.active
            if slow and await self._cut_short(seconds):
                return self._cut(request)
            await response.write(data[start : start + size])
        return response

    async def _reset_mid_body(
        self, request: web.BaseRequest, data: bytes, answer: Answer
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=answer.status)
        response.content_type = answer.content_type
        response.content_length = len(data)
        await response.prepare(request)
        await response.write(data[: len(data) // 2])
        # The other side shall have seen the beginning before the reset wipes it out.
        await asyncio.sleep(0.02)
        abort(request)
        return response
