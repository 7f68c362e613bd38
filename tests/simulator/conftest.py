"""A house on a clock that stands still, and a processor that serves it."""

from collections.abc import AsyncIterator

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem, Model, default_system
from simulator.house import House
from simulator.samples import default_house

from .client import Client, logged_in
from .homeseer import Asker


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
    async with logged_in(processor) as client:
        yield client


@pytest.fixture
def model(clock: ManualClock) -> Model:
    """What a HomeSeer system knows."""
    return default_system(clock)


@pytest.fixture
async def system(model: Model, socket_enabled: None) -> AsyncIterator[HomeSeerSystem]:
    """A HomeSeer system."""
    async with HomeSeerSystem(model) as system:
        yield system


@pytest.fixture
async def asker(system: HomeSeerSystem) -> AsyncIterator[Asker]:
    """Somebody who asks it."""
    asker = Asker(system)
    yield asker
    await asker.session.close()
