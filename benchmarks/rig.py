"""A Home Assistant to measure in, and what is counted there."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
import gc
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any
from unittest.mock import patch

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.resolver import ThreadedResolver
from homeassistant import loader
from homeassistant.const import CONF_HOST, CONF_PORT, EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import aiohttp_client
from homeassistant.helpers.entity import Entity
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_KIND,
    DOMAIN,
    KIND_CRESTRON,
    KIND_HOMESEER,
)

from .const import CRESTRON, HOST, TOKEN
from .far import Far


@dataclass(slots=True)
class Seen:
    """What passed while a block ran; times in seconds."""

    writes: int = 0
    # Of answers, with their headers.
    bytes_read: int = 0
    requests: list[tuple[aiohttp.ClientSession, str, Any, dict[str, Any]]] = field(
        default_factory=list
    )

    @property
    def posts(self) -> int:
        """How many requests were commands."""
        return sum(method == "POST" for _, method, _, _ in self.requests)


@dataclass(slots=True)
class Blocks:
    """How long the event loop was held by one callback, at most; in seconds.

    `cpu` is of the thread's processor time, because other processes take some of the
    time on the clock, and without what the interpreter spent on collecting garbage,
    which is in `garbage`.
    """

    longest: float = 0.0
    cpu: float = 0.0
    garbage: float = 0.0
    what: str = ""


class _Resolver(ThreadedResolver):
    """Asks nobody on the network: all addresses here are numbers."""

    async def real_close(self) -> None:
        """Be closed as Home Assistant closes its own."""


@asynccontextmanager
async def home() -> AsyncGenerator[HomeAssistant]:
    """Run Home Assistant's own core, with nothing else in it."""
    resolver = patch.object(
        aiohttp_client, "_async_make_resolver", lambda _hass: _Resolver()
    )
    # What one has kept is not found by the next, and by no one else.
    with TemporaryDirectory() as folder, resolver:
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
            yield hass
            for entry in hass.config_entries.async_loaded_entries(DOMAIN):
                await hass.config_entries.async_unload(entry.entry_id)
            await hass.async_stop(force=True)


@contextmanager
def watching() -> Generator[Seen]:
    """Count what passes while a block runs."""
    seen = Seen()
    write = Entity.async_write_ha_state
    request = aiohttp.ClientSession._request
    received = ResponseHandler.data_received

    def counted_write(entity: Entity) -> None:
        seen.writes += 1
        write(entity)

    def counted_request(
        session: aiohttp.ClientSession, method: str, url: Any, **options: Any
    ) -> Any:
        # Middlewares are our own, and some let each request pass once.
        again = {key: each for key, each in options.items() if key != "middlewares"}
        seen.requests.append((session, method, url, again))
        return request(session, method, url, **options)

    def counted_bytes(protocol: ResponseHandler, data: bytes) -> None:
        seen.bytes_read += len(data)
        received(protocol, data)

    with (
        patch.object(Entity, "async_write_ha_state", counted_write),
        patch.object(aiohttp.ClientSession, "_request", counted_request),
        patch.object(ResponseHandler, "data_received", counted_bytes),
    ):
        yield seen


@asynccontextmanager
async def blocks() -> AsyncGenerator[Blocks]:
    """Find the longest callback of the event loop while a block runs."""
    found = Blocks()
    run = asyncio.Handle._run
    collecting = _Collecting()

    def timed(handle: Any) -> None:
        callback = handle._callback
        collected = collecting.total
        begun, cpu = time.perf_counter(), time.thread_time()
        run(handle)
        found.longest = max(found.longest, time.perf_counter() - begun)
        took = time.thread_time() - cpu - (collecting.total - collected)
        if took > found.cpu:
            found.cpu = took
            found.what = _name(callback)

    gc.callbacks.append(collecting)
    try:
        with patch.object(asyncio.Handle, "_run", timed):
            # What runs now began before it was timed, and what runs last has to end.
            await asyncio.sleep(0)
            yield found
            await asyncio.sleep(0)
    finally:
        gc.callbacks.remove(collecting)
        found.garbage = collecting.longest


class _Collecting:
    """Takes the time that the interpreter spends on collecting garbage."""

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.total = self.longest = self._begun = 0.0

    def __call__(self, phase: str, _info: dict[str, int]) -> None:
        """Hear that a collection begins, or has ended."""
        if phase == "start":
            self._begun = time.thread_time()
            return
        took = time.thread_time() - self._begun
        self.total += took
        self.longest = max(self.longest, took)


def _name(callback: Any) -> str:
    task = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return getattr(task.get_coro(), "__qualname__", task.get_name())
    return getattr(callback, "__qualname__", type(callback).__name__)


async def bare(seen: Seen) -> float:
    """Send the same requests again and only read the answers; returns the cost.

    This is the HTTP client's own time on the event loop, in seconds of CPU.
    """
    begun = time.thread_time()
    for session, method, url, options in seen.requests:
        async with session.request(method, url, **options) as response:
            await response.read()
    return time.thread_time() - begun


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work cost; `loop` is seconds of CPU beyond the HTTP client's own."""

    loop: float
    requests: float
    writes: float
    block: Blocks


async def cost(work: Callable[[], Awaitable[Any]], rounds: int = 8) -> Cost:
    """Measure work that can be repeated: medians of time, the most of all else."""
    beyond: list[float] = []
    requests: list[int] = []
    writes: list[int] = []
    async with blocks() as block:
        await work()
    for _ in range(rounds):
        with watching() as seen:
            begun = time.thread_time()
            await work()
            took = time.thread_time() - begun
        beyond.append(took - await bare(seen))
        requests.append(len(seen.requests))
        writes.append(seen.writes)
    return Cost(max(0.0, statistics.median(beyond)), max(requests), max(writes), block)


def entry_of(far: Far) -> MockConfigEntry:
    """Return the entry of a system, not yet set up."""
    data: dict[str, Any] = {CONF_HOST: HOST, CONF_PORT: far.port}
    options: dict[str, Any] = {}
    if far.kind == CRESTRON:
        data |= {CONF_KIND: KIND_CRESTRON, "ssl": False, "token": TOKEN}
    else:
        data |= {CONF_KIND: KIND_HOMESEER}
        options = {CONF_ASCII_PORT: far.ascii_port}
    return MockConfigEntry(domain=DOMAIN, title="Hub", data=data, options=options)


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> float:
    """Set an entry up; returns how many seconds that took."""
    entry.add_to_hass(hass)
    begun = time.perf_counter()
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    took = time.perf_counter() - begun
    assert entry.state.value == "loaded", entry.reason
    return took


class Ears:
    """Hears each change of a state, with its moment."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin to listen."""
        self.heard: list[tuple[float, str, str]] = []
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._hear)

    @callback
    def _hear(self, event: Event[EventStateChangedData]) -> None:
        if (state := event.data["new_state"]) is not None:
            self.heard.append((time.monotonic(), state.entity_id, state.state))

    def after(self, moment: float, entity_id: str, state: str | None) -> float | None:
        """Return the seconds from a moment until an entity came to a state, or any."""
        for at, which, what in self.heard:
            if at >= moment and which == entity_id and state in {None, what}:
                return at - moment
        return None

    async def wait(
        self, moment: float, entity_id: str, state: str | None, most: float = 20.0
    ) -> float:
        """Wait as for `after`; returns the seconds from a moment."""
        async with asyncio.timeout(most):
            while (took := self.after(moment, entity_id, state)) is None:
                await asyncio.sleep(0.005)
        return took


def percentile(values: list[float], part: float) -> float:
    """Return the value that a part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
