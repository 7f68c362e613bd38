"""The conversation with a simulated system, on the network and through MyHS."""

from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, nullcontext

import aiohttp
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer import client as client_module
from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    HomeSeerClient,
    Site,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.homeseer.find import find_local
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
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
def local(session: aiohttp.ClientSession, real: HomeSeerSystem) -> HomeSeerClient:
    """A client on the network."""
    return HomeSeerClient(session, Site.local(real.host, real.port, MINE))


@pytest.fixture
def remote(strict: aiohttp.ClientSession, myhs: MyHS) -> HomeSeerClient:
    """A client of the same system, through the cloud."""
    return HomeSeerClient(strict, Site.cloud(LICENSE, MINE, base=URL(myhs.url())))


async def test_a_house_is_read_and_controlled(
    local: HomeSeerClient, real: HomeSeerSystem, lamp: int
) -> None:
    assert len(devices_in(await local.ask("getstatus", ref="all"))) > 50
    controls = devices_in(await local.ask("getcontrol", ref=lamp))
    assert controls[0]["ref"] == lamp
    done = await local.command("controldevicebyvalue", ref=lamp, value=255.0)
    assert done["Devices"][0]["ref"] == lamp
    event = real.model.events[0]
    await local.command("runevent", group=event.group, name=event.name)
    assert real.model.fired == [event]
    assert [(each.ref, each.value) for each in real.commands] == [(lamp, 255.0)]
    assert local.requests == len(real.requests) == 4


async def test_a_house_is_read_and_controlled_from_afar(
    remote: HomeSeerClient, myhs: MyHS, real: HomeSeerSystem, lamp: int
) -> None:
    for _ in range(3):
        assert len(devices_in(await remote.ask("getstatus", ref="all"))) > 50
    await remote.command("controldevicebyvalue", ref=lamp, value=255)
    assert len(real.commands) == 1
    assert len(myhs.requests) == remote.requests == 8
    myhs.offline.add(LICENSE)
    with pytest.raises(HubConnectionError) as caught:
        await remote.ask("hsversion")
    assert caught.value.reason is Reason.OFFLINE
    myhs.offline.clear()
    assert await remote.ask("hsversion")


# Each fault, and its error for a command and for a read; no error is an answer.
FAULTS: dict[str, tuple[type[HubError] | None, type[HubError] | None]] = {
    "command_failure": (HubCommandError, None),
    "json_disabled": (HubCommandError, HubResponseError),
    "http_401": (HubAuthError, HubAuthError),
    "html_login_page": (HubAuthError, HubAuthError),
    "http_500": (HubUnansweredError, HubConnectionError),
    "truncated_json": (HubUnansweredError, HubResponseError),
    "reset_mid_body": (HubUnansweredError, HubConnectionError),
    "answer_lost": (HubUnansweredError, None),
    "answer_timeout": (HubUnansweredError, None),
    "lists_missing": (None, HubResponseError),
    "nan_values": (None, None),
    "mojibake": (None, None),
    "close_keepalive": (None, None),
}
CARRIED_OUT = {"reset_mid_body", "answer_lost", "answer_timeout"}


def raising(kind: type[HubError] | None) -> AbstractContextManager[object]:
    """Expect an error, or none."""
    return nullcontext() if kind is None else pytest.raises(kind)


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_fault_has_its_error_and_a_command_is_carried_out_once_at_most(
    local: HomeSeerClient,
    real: HomeSeerSystem,
    lamp: int,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
) -> None:
    for each in ("COMMAND_TIMEOUT", "READ_TIMEOUT"):
        monkeypatch.setattr(client_module, each, 0.2)
    of_command, of_read = FAULTS[fault]
    await local.ask("hsversion")
    real.faults.on(fault)
    with raising(of_command):
        await local.command("controldevicebyvalue", ref=lamp, value=255)
    assert len(real.commands) <= 1
    assert len(real.commands) == 1 or fault not in CARRIED_OUT
    with raising(of_read):
        # Nothing is taken for an empty house.
        assert len(devices_in(await local.ask("getstatus", ref="all"))) > 50
    real.faults.off(fault)
    sent = len(real.commands)
    await local.command("controldevicebyvalue", ref=lamp, value=0)
    assert [each.value for each in real.commands[sent:]] == [0.0]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("myhs_foreign_redirect", HubResponseError),
        ("myhs_down", HubConnectionError),
        ("myhs_wrong_license", HubAuthError),
        ("refuse_connections", HubConnectionError),
    ],
)
async def test_each_fault_of_the_cloud_has_its_error(
    remote: HomeSeerClient, myhs: MyHS, fault: str, kind: type[HubError]
) -> None:
    myhs.faults.on(fault)
    with pytest.raises(kind):
        await remote.ask("getstatus", ref="all")
    myhs.faults.off(fault)
    assert len(devices_in(await remote.ask("getstatus", ref="all"))) > 50


@pytest.mark.parametrize("refused", ["401", "no_devices"])
async def test_the_login_is_asked_for_and_tried(
    session: aiohttp.ClientSession, real: HomeSeerSystem, refused: str
) -> None:
    real.change(refused=refused)
    for login, reason in (
        (Account(), Reason.LOGIN_NEEDED),
        (Account(USER, "wrong"), Reason.BAD_LOGIN),
        (Account("guest", "guest"), Reason.NO_RIGHTS),
    ):
        with pytest.raises(HubAuthError) as caught:
            await find_local(session, Site.local(real.host, real.port, login))
        assert caught.value.reason is reason
    site = Site.local(real.host, real.port, MINE)
    assert await find_local(session, site) == "4.2.22.4"
    real.change(json_enabled=False)
    with pytest.raises(HubResponseError) as declined:
        await find_local(session, site)
    assert declined.value.reason is Reason.NO_API


async def test_the_cloud_is_believed_only_with_its_certificate(
    session: aiohttp.ClientSession, myhs: MyHS
) -> None:
    site = Site.cloud(LICENSE, MINE, base=URL(myhs.url()))
    with pytest.raises(HubConnectionError) as caught:
        await HomeSeerClient(session, site).ask("hsversion")
    assert caught.value.reason is Reason.TLS
    assert myhs.requests == []
