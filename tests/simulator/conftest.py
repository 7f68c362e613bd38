"""A house on a clock that stands still, and a processor that serves it."""

from collections.abc import AsyncIterator

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House
from simulator.samples import default_house

from .client import Client


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still."""
    return ManualClock()


@pytest.fixture
def house(clock: ManualClock) -> House:
    """The villa."""
    return default_house(clock)


@pytest.fixture
async def processor(
    house: House, socket_enabled: None
) -> AsyncIterator[CrestronProcessor]:
    """The villa's processor, over plain HTTP."""
    async with CrestronProcessor(house) as processor:
        yield processor


@pytest.fixture
async def client(processor: CrestronProcessor) -> AsyncIterator[Client]:
    """A client that is logged in."""
    client = Client(processor)
    await client.login()
    processor.requests.clear()
    yield client
    await client.session.close()
