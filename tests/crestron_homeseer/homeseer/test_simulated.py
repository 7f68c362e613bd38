"""The conversation with a simulated system, on the network and through MyHS."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp
import pytest
from yarl import URL

from custom_components.crestron_homeseer.homeseer.client import (
    Account,
    Cloud,
    HomeSeerClient,
    Local,
)
from custom_components.crestron_homeseer.homeseer.exchange import devices_in
from custom_components.crestron_homeseer.homeseer.find import find_local, find_systems
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubCommandError,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
)
from simulator.homeseer import (
    Account as CloudAccount,
    HomeSeerSystem,
    MyHS,
    default_system,
)

from .common import PASSWORD, TOKEN, USER

LICENSE = "12345"


@pytest.fixture
def client(session: aiohttp.ClientSession, real: HomeSeerSystem) -> HomeSeerClient:
    """A client that knows it."""
    return HomeSeerClient(session, Local(real.host, real.port, Account(USER, PASSWORD)))


async def test_a_house_is_read_and_controlled(
    client: HomeSeerClient, real: HomeSeerSystem, lamp: int
) -> None:
    devices = devices_in(await client.ask("getstatus", ref="all"))
    assert len(devices) > 50
    controls = devices_in(await client.ask("getcontrol", ref=lamp))
    assert controls[0]["ref"] == lamp
    done = await client.command("controldevicebyvalue", ref=lamp, value=255.0)
    assert done["Devices"][0]["ref"] == lamp
    event = real.model.events[0]
    await client.command("runevent", group=event.group, name=event.name)
    assert real.model.fired == [event]
    assert [(each.ref, each.value) for each in real.commands] == [(lamp, 255.0)]
    assert client.requests == len(real.requests) == 4


@pytest.mark.parametrize("fault", ["answer_lost", "answer_timeout", "reset_mid_body"])
@pytest.mark.parametrize("kept", [True, False])
async def test_a_command_is_carried_out_once_and_its_answer_is_lost(
    client: HomeSeerClient,
    real: HomeSeerSystem,
    lamp: int,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    kept: bool,
) -> None:
    monkeypatch.setattr(
        "custom_components.crestron_homeseer.homeseer.client.COMMAND_TIMEOUT", 0.2
    )
    if kept:
        await client.ask("hsversion")
    real.faults.on(fault)
    with pytest.raises(HubUnansweredError):
        await client.command("controldevicebyvalue", ref=lamp, value=255)
    real.faults.off(fault)
    await asyncio.sleep(0.02)
    assert [(each.ref, each.value) for each in real.commands] == [(lamp, 255.0)]


async def test_connections_that_are_closed_after_each_answer_do_no_harm(
    client: HomeSeerClient, real: HomeSeerSystem, lamp: int
) -> None:
    real.faults.on("close_keepalive")
    for value in (255, 0, 255):
        await client.ask("hsversion")
        await asyncio.sleep(0.02)
        await client.command("controldevicebyvalue", ref=lamp, value=value)
        await asyncio.sleep(0.02)
    assert [each.value for each in real.commands] == [255.0, 0.0, 255.0]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("command_failure", HubCommandError),
        ("error_text", HubCommandError),
        ("error_response", HubCommandError),
        ("json_disabled", HubCommandError),
        ("http_401", HubAuthError),
        ("http_403", HubAuthError),
        ("html_login_page", HubAuthError),
        ("http_404", HubCommandError),
        ("http_500", HubUnansweredError),
        ("http_503", HubUnansweredError),
        ("empty_body", HubUnansweredError),
        ("truncated_json", HubUnansweredError),
    ],
)
async def test_each_fault_of_a_command_has_its_error(
    client: HomeSeerClient,
    real: HomeSeerSystem,
    lamp: int,
    fault: str,
    kind: type[HubError],
) -> None:
    real.faults.on(fault)
    with pytest.raises(HubError) as caught:
        await client.command("controldevicebyvalue", ref=lamp, value=255)
    assert type(caught.value) is kind
    assert len(real.commands) <= 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("error_text", HubResponseError),
        ("error_response", HubResponseError),
        ("json_disabled", HubResponseError),
        ("no_devices", HubResponseError),
        ("lists_missing", HubResponseError),
        ("http_401", HubAuthError),
        ("http_403", HubAuthError),
        ("html_login_page", HubAuthError),
        ("http_404", HubResponseError),
        ("http_500", HubConnectionError),
        ("http_511", HubConnectionError),
        ("empty_body", HubResponseError),
        ("truncated_json", HubResponseError),
        ("reset_mid_body", HubConnectionError),
    ],
)
async def test_each_fault_of_a_read_has_its_error_and_none_is_an_empty_house(
    client: HomeSeerClient, real: HomeSeerSystem, fault: str, kind: type[HubError]
) -> None:
    real.faults.on(fault)
    with pytest.raises(kind):
        devices_in(await client.ask("getstatus", ref="all"))


@pytest.mark.parametrize("fault", ["nan_values", "wrong_content_type", "mojibake"])
async def test_odd_answers_are_read(
    client: HomeSeerClient, real: HomeSeerSystem, fault: str
) -> None:
    real.faults.on(fault)
    assert len(devices_in(await client.ask("getstatus", ref="all"))) > 50


async def test_a_device_that_is_not_there_is_not_controlled(
    client: HomeSeerClient, real: HomeSeerSystem
) -> None:
    with pytest.raises(HubCommandError):
        await client.command("controldevicebyvalue", ref=999_999, value=1)
    assert real.commands == []


# Finding


@pytest.mark.parametrize("refused", ["401", "no_devices"])
async def test_the_login_is_asked_for_and_tried(
    session: aiohttp.ClientSession, real: HomeSeerSystem, refused: str
) -> None:
    real.change(refused=refused)

    async def reason(*login: str) -> Reason:
        with pytest.raises(HubAuthError) as caught:
            await find_local(session, Local(real.host, real.port, Account(*login)))
        return caught.value.reason

    assert await reason() is Reason.LOGIN_NEEDED
    assert await reason(USER, "wrong") is Reason.BAD_LOGIN
    assert await reason("guest", "guest") is Reason.NO_RIGHTS
    found = await find_local(
        session, Local(real.host, real.port, Account(USER, PASSWORD))
    )
    assert found == "4.2.22.4"


@pytest.mark.parametrize("dialect", ["hs3", "hs4"])
async def test_an_open_system_is_found(
    socket_enabled: None, session: aiohttp.ClientSession, dialect: str
) -> None:
    async with HomeSeerSystem(default_system(), dialect) as system:  # type: ignore[arg-type]
        found = await find_local(session, Local(system.host, system.port))
        assert f"hs{found[0]}" == dialect
        system.change(json_enabled=False)
        with pytest.raises(HubResponseError) as caught:
            await find_local(session, Local(system.host, system.port))
    assert caught.value.reason is Reason.NO_API


# Through MyHS


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
    """A client of the system, through the cloud."""
    site = Cloud(LICENSE, Account(USER, PASSWORD), base=URL(myhs.url()))
    return HomeSeerClient(strict, site)


async def test_an_account_has_a_system(
    strict: aiohttp.ClientSession, myhs: MyHS, real: HomeSeerSystem
) -> None:
    for account in (Account(USER, PASSWORD), Account(token=TOKEN)):
        (found,) = await find_systems(strict, account, URL(myhs.url()))
        assert (found.license, found.same_lan) == (LICENSE, True)
        assert (found.local_host, found.local_port) == (real.host, real.port)
    with pytest.raises(HubAuthError):
        await find_systems(strict, Account(USER, "wrong"), URL(myhs.url()))


async def test_a_house_is_read_and_controlled_from_afar(
    remote: HomeSeerClient, myhs: MyHS, real: HomeSeerSystem, lamp: int
) -> None:
    for _ in range(3):
        assert len(devices_in(await remote.ask("getstatus", ref="all"))) > 50
    await remote.command("controldevicebyvalue", ref=lamp, value=255)
    assert len(real.commands) == 1
    # Sent on once, then straight to the tunnel.
    assert len(myhs.requests) == remote.requests == 5


@pytest.mark.parametrize("status", [200, 401])
async def test_a_login_that_the_cloud_refuses(
    strict: aiohttp.ClientSession, myhs: MyHS, status: int
) -> None:
    myhs.refused_status = status  # type: ignore[assignment]
    site = Cloud(LICENSE, Account(USER, "wrong"), base=URL(myhs.url()))
    with pytest.raises(HubAuthError) as caught:
        await HomeSeerClient(strict, site).ask("getstatus", ref="all")
    assert caught.value.reason is Reason.BAD_LOGIN


@pytest.mark.parametrize("fault", ["answer_lost", "reset_mid_body"])
async def test_a_command_from_afar_is_carried_out_once(
    remote: HomeSeerClient, myhs: MyHS, real: HomeSeerSystem, lamp: int, fault: str
) -> None:
    await remote.ask("hsversion")
    myhs.faults.on(fault)
    with pytest.raises(HubUnansweredError):
        await remote.command("controldevicebyvalue", ref=lamp, value=255)
    assert len(real.commands) == 1


async def test_a_system_that_is_not_connected_may_come_back(
    remote: HomeSeerClient, myhs: MyHS
) -> None:
    await remote.ask("hsversion")
    myhs.offline.add(LICENSE)
    with pytest.raises(HubConnectionError) as caught:
        await remote.ask("hsversion")
    assert caught.value.reason is Reason.OFFLINE
    myhs.offline.clear()
    assert await remote.ask("hsversion")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("myhs_foreign_redirect", HubResponseError),
        ("myhs_down", HubConnectionError),
        ("myhs_wrong_license", HubAuthError),
        ("html_login_page", HubAuthError),
        ("http_401", HubAuthError),
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


async def test_the_cloud_is_believed_only_with_its_certificate(
    session: aiohttp.ClientSession, myhs: MyHS
) -> None:
    site = Cloud(LICENSE, Account(USER, PASSWORD), base=URL(myhs.url()))
    with pytest.raises(HubConnectionError) as caught:
        await HomeSeerClient(session, site).ask("hsversion")
    assert caught.value.reason is Reason.TLS
    assert myhs.requests == []
