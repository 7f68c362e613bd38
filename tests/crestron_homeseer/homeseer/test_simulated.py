"""The conversation with a simulated system through MyHS, and logging in to one."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    HomeSeerClient,
    Site,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.house.hub import HubConnectionError, Reason
from simulator.homeseer import Account as CloudAccount, HomeSeerSystem, MyHS

from .common import PASSWORD, TOKEN, USER

LICENSE = "12345"
MINE = Account(USER, PASSWORD)


@pytest.fixture
async def myhs(real: HomeSeerSystem) -> AsyncGenerator[MyHS]:
    """The cloud, over TLS as it should be."""
    account = CloudAccount(USER, PASSWORD, (LICENSE,), token=TOKEN)
    async with MyHS({LICENSE: real}, [account]) as cloud:
        yield cloud


@pytest.fixture
async def strict(myhs: MyHS) -> AsyncGenerator[aiohttp.ClientSession]:
    """A session that trusts the cloud's authority, and nobody else."""
    connector = aiohttp.TCPConnector(ssl=myhs.client_context())
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


@pytest.fixture
def remote(strict: aiohttp.ClientSession, myhs: MyHS) -> HomeSeerClient:
    """A client of the same system, through the cloud."""
    return HomeSeerClient(strict, Site.cloud(LICENSE, MINE, base=URL(myhs.url())))


async def test_a_house_is_read_and_controlled_from_afar(
    remote: HomeSeerClient, myhs: MyHS, real: HomeSeerSystem, lamp: int
) -> None:
    for _ in range(3):
        assert len(devices_in(await remote.ask("getstatus", ref="all"))) > 50
    await remote.command("controldevicebyvalue", ref=lamp, value=255)
    assert len(real.commands) == 1
    assert len(myhs.requests) == remote.requests == 5
    myhs.offline.add(LICENSE)
    with pytest.raises(HubConnectionError) as caught:
        await remote.ask("hsversion")
    assert caught.value.reason is Reason.OFFLINE
    myhs.offline.clear()
    assert await remote.ask("hsversion")


async def test_the_cloud_is_believed_only_with_its_certificate(
    session: aiohttp.ClientSession, myhs: MyHS
) -> None:
    site = Site.cloud(LICENSE, MINE, base=URL(myhs.url()))
    with pytest.raises(HubConnectionError) as caught:
        await HomeSeerClient(session, site).ask("hsversion")
    assert caught.value.reason is Reason.TLS
    assert myhs.requests == []
