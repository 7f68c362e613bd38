"""Listening at the ASCII port of a simulated system."""

import asyncio
from collections.abc import AsyncGenerator, Collection

import pytest

from custom_components.crestron_homeseer.homeseer.client import Account, Local
from custom_components.crestron_homeseer.homeseer.push import AsciiPush
from simulator.homeseer import HomeSeerSystem

from .ascii_port import until


class Told:
    """Listens, and remembers what it was told."""

    def __init__(self, system: HomeSeerSystem, *login: str) -> None:
        self.refs: list[int] = []
        self.gaps = 0
        assert system.ascii_port is not None
        self.push = AsciiPush(
            Local(system.host, account=Account(*login)),
            system.ascii_port,
            on_refs=self._take,
            on_gap=self._miss,
        )

    def _take(self, refs: Collection[int]) -> None:
        self.refs += refs

    def _miss(self) -> None:
        self.gaps += 1

    async def hear(self, system: HomeSeerSystem, ref: int) -> None:
        """Have a value change, and wait until that is told."""
        feature = system.model.by_ref(ref)
        feature.report(255.0 if feature.value == 0 else 0.0)
        await until(lambda: ref in self.refs)


@pytest.fixture
async def listener(real: HomeSeerSystem) -> AsyncGenerator[Told]:
    """Somebody who may log in, and listens."""
    listener = Told(real, "guest", "guest")
    listener.push.start()
    yield listener
    await listener.push.stop()
    await until(lambda: real.ascii_connections == 0)


@pytest.mark.parametrize(
    "fault",
    [None, "ascii_garbage", "ascii_half_lines", "ascii_interleaved", "comma_decimals"],
)
async def test_a_change_is_told(
    listener: Told, real: HomeSeerSystem, lamp: int, fault: str | None
) -> None:
    if fault:
        real.faults.on(fault)
    await until(lambda: listener.push.healthy)
    assert real.ascii_lines == ["vr", "au,guest,guest"]
    await listener.hear(real, lamp)
    assert listener.gaps == 1


async def test_a_flood_is_told_as_it_comes(
    listener: Told, real: HomeSeerSystem, lamp: int
) -> None:
    await until(lambda: listener.push.healthy)
    real.faults.on("ascii_flood")
    await until(lambda: set(listener.refs) == set(real.model.features))


async def test_a_restart_is_survived(
    listener: Told, real: HomeSeerSystem, lamp: int
) -> None:
    await until(lambda: listener.push.healthy)
    await real.restart()
    await until(lambda: not listener.push.healthy)
    await until(lambda: listener.push.healthy)
    assert listener.gaps == 3
    assert real.ascii_connections == 1
    await listener.hear(real, lamp)


async def test_a_silent_port_is_not_healthy(
    real: HomeSeerSystem, listener: Told
) -> None:
    real.faults.on("ascii_silent")
    await until(lambda: bool(real.ascii_lines))
    await asyncio.sleep(0.05)
    assert not listener.push.healthy
