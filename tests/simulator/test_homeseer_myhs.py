"""MyHS, the cloud."""

from collections.abc import AsyncIterator
import ssl
from typing import Any

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system
from simulator.homeseer.authority import Authority

LICENSES = ("12345", "67890")
ACCOUNTS = (
    Account("ann", "secret", LICENSES, token="t0ken"),
    Account("free", "secret", LICENSES, premium=False),
    Account("second", "secret", LICENSES, primary=False),
)
ANN = {"user": "Ann", "pass": "secret"}


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """All of this goes over sockets."""


@pytest.fixture
def systems(clock: ManualClock) -> dict[str, HomeSeerSystem]:
    """Two systems without ports of their own."""
    return {number: HomeSeerSystem(default_system(clock)) for number in LICENSES}


@pytest.fixture
async def cloud(systems: dict[str, HomeSeerSystem]) -> AsyncIterator[MyHS]:
    """The cloud."""
    async with MyHS(systems, ACCOUNTS) as cloud:
        yield cloud


@pytest.fixture
async def session(cloud: MyHS) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that checks whom it talks to."""
    connector = aiohttp.TCPConnector(ssl=cloud.client_context())
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


async def get(
    session: aiohttp.ClientSession, url: str, **params: Any
) -> tuple[int, Any]:
    """Get JSON."""
    async with session.get(url, params=params) as response:
        return response.status, await response.json(content_type=None)


async def test_systems_are_listed(cloud: MyHS, session: aiohttp.ClientSession) -> None:
    status, body = await get(session, f"{cloud.url()}/getsystems", **ANN)
    assert status == 200
    assert (body["response"], body["responsecode"]) == ("ok", 200)
    assert body["HasSubscription"] is True
    assert [each["license"] for each in body["systems"]] == list(LICENSES)
    assert set(body["systems"][0]) == {
        "license",
        "friendly_name",
        "hslocalip",
        "hswanip",
        "detected_wan_ip",
        "tunnelip",
        "online",
    }
    assert body["systems"][0]["tunnelip"] == cloud.tunnel_url()[len("https://") :]
    assert body["systems"][0]["hswanip"] == body["systems"][0]["detected_wan_ip"]
    cloud.offline.add("12345")
    cloud.same_lan = False
    _, body = await get(session, f"{cloud.url()}/getsystems", **ANN)
    assert [each["license"] for each in body["systems"]] == ["67890"]
    assert body["systems"][0]["hswanip"] != body["systems"][0]["detected_wan_ip"]


@pytest.mark.parametrize(
    "login", [{"user": "free"}, {"user": "second"}, {"token": "t0ken"}]
)
async def test_several_systems_are_for_those_who_pay(
    cloud: MyHS, session: aiohttp.ClientSession, login: dict[str, str]
) -> None:
    given = {"pass": "secret", **login}
    _, body = await get(session, f"{cloud.url()}/getsystems", **given)
    assert [each["license"] for each in body["systems"]] == ["12345"]


@pytest.mark.parametrize("redirect", [True, False])
async def test_requests_reach_their_system(
    cloud: MyHS,
    session: aiohttp.ClientSession,
    systems: dict[str, HomeSeerSystem],
    clock: ManualClock,
    redirect: bool,
) -> None:
    cloud.redirect = redirect
    system = systems["67890"]
    ref = system.model.find("House Mode").ref
    given = {"licenseid": "67890", "ref": ref, **ANN}
    url = f"{cloud.url()}/json"
    status, body = await get(session, url, request="getstatus", **given)
    assert (status, body["Devices"][0]["status"]) == (200, "Home")
    assert len(cloud.requests) == 1 + redirect
    assert [each.query["request"] for each in system.requests] == ["getstatus"]
    _, body = await get(
        session,
        f"{cloud.tunnel_url()}/JSON",
        request="controldevicebyvalue",
        value=1,
        **given,
    )
    assert body["Devices"][0]["status"] == "Away"
    assert [each.ref for each in system.commands] == [ref]
    assert not systems["12345"].requests
    timer = system.model.find("Laundry Timer")
    clock.advance(3)
    assert timer.value == 757


async def test_a_token_will_do(cloud: MyHS, session: aiohttp.ClientSession) -> None:
    url, given = f"{cloud.url()}/json", {"token": "t0ken", "licenseid": "12345"}
    _, body = await get(session, url, request="hsversion", **given)
    assert body == {"Response": "4.2.22.4"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"user": "ann", "pass": "wrong", "licenseid": "12345"}, 401),
        ({"licenseid": "12345"}, 401),
        ({"token": "", "licenseid": "12345"}, 401),
        ({**ANN}, 400),
        ({**ANN, "licenseid": "1"}, 403),
        ({**ANN, "licenseid": "67890"}, 503),
    ],
)
async def test_refusals(
    cloud: MyHS, session: aiohttp.ClientSession, given: dict[str, str], code: int
) -> None:
    cloud.offline.add("67890")
    status, body = await get(
        session, f"{cloud.tunnel_url()}/json", request="x", **given
    )
    assert status == (401 if code == 401 else 200)
    assert set(body) == {"response", "responsecode"}
    assert body["responsecode"] == code
    assert body["response"].startswith("Error")


async def test_a_wrong_password_may_be_a_200(
    cloud: MyHS, session: aiohttp.ClientSession
) -> None:
    assert (await get(session, f"{cloud.url()}/getsystems"))[0] == 401
    cloud.refused_status = 200
    status, body = await get(session, f"{cloud.url()}/getsystems")
    assert (status, body["responsecode"]) == (200, 401)


async def test_other_paths(cloud: MyHS, session: aiohttp.ClientSession) -> None:
    for url in (f"{cloud.url()}/", f"{cloud.tunnel_url()}/getsystems"):
        async with session.get(url) as response:
            assert response.status == 404


async def test_certificates_are_checked(cloud: MyHS) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(f"{cloud.url()}/getsystems")
    assert cloud.ca_file is not None
    trusting = ssl.create_default_context(cafile=cloud.ca_file)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{cloud.url()}/getsystems", ssl=trusting) as response,
    ):
        assert response.status == 401


def test_certificates_may_bear_host_names() -> None:
    authority = Authority()
    assert authority.server_context("connected.example").cert_store_stats()
    authority.withdraw()


def test_the_authority_is_published_for_a_while() -> None:
    authority = Authority()
    authority.publish()
    path = authority.file
    assert path is not None
    assert path.read_bytes() == authority.certificate
    authority.withdraw()
    assert not path.exists()
    assert authority.file is None


async def test_plain_http(systems: dict[str, HomeSeerSystem]) -> None:
    async with (
        MyHS(systems, ACCOUNTS, https=False) as cloud,
        aiohttp.ClientSession() as session,
    ):
        assert cloud.url() == f"http://{cloud.host}:{cloud.port}"
        assert cloud.ca_file is None
        with pytest.raises(ValueError, match="plain HTTP"):
            cloud.client_context()
        assert (await get(session, f"{cloud.url()}/getsystems", **ANN))[0] == 200


# Faults


async def test_a_redirect_to_strangers(
    cloud: MyHS, session: aiohttp.ClientSession
) -> None:
    cloud.faults.on("myhs_foreign_redirect")
    url, params = f"{cloud.url()}/json", {"request": "getstatus", **ANN}
    async with session.get(url, params=params, allow_redirects=False) as response:
        assert response.status == 302
        assert response.headers["Location"].startswith("https://192.0.2.7/json?")


async def test_a_fault_of_one_request(
    cloud: MyHS, session: aiohttp.ClientSession
) -> None:
    cloud.faults.on("http_500", path="getsystems")
    given = {"request": "hsversion", "licenseid": "12345", **ANN}
    assert (await get(session, f"{cloud.url()}/json", **given))[0] == 200
    async with session.get(f"{cloud.url()}/getsystems") as response:
        assert response.status == 500
    cloud.faults.on("myhs_wrong_license")
    _, body = await get(session, f"{cloud.url()}/json", **given)
    assert body["responsecode"] == 403
