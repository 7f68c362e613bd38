"""MyHS, the cloud."""

from collections.abc import AsyncIterator
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
    assert (status, body["response"], body["responsecode"]) == (200, "ok", 200)
    assert body["HasSubscription"] is True
    assert [each["license"] for each in body["systems"]] == list(LICENSES)
    first = body["systems"][0]
    assert {"friendly_name", "hslocalip", "online"} < set(first)
    assert first["tunnelip"] == cloud.tunnel_url()[len("https://") :]
    assert first["hswanip"] == first["detected_wan_ip"]
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
    asked = {"request": "getstatus", **given}
    status, body = await get(session, f"{cloud.url()}/json", **asked)
    assert (status, body["Devices"][0]["status"]) == (200, "Home")
    assert len(cloud.requests) == 1 + redirect
    assert [each.query["request"] for each in system.requests] == ["getstatus"]
    asked = {"request": "controldevicebyvalue", "value": 1, **given}
    _, body = await get(session, f"{cloud.tunnel_url()}/JSON", **asked)
    assert body["Devices"][0]["status"] == "Away"
    assert [each.ref for each in system.commands] == [ref]
    assert not systems["12345"].requests
    timer = system.model.find("Laundry Timer")
    clock.advance(3)
    assert timer.value == 757


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"token": "t0ken", "licenseid": "12345"}, 200),
        ({"user": "ann", "pass": "wrong", "licenseid": "12345"}, 401),
        ({"licenseid": "12345"}, 401),
        ({"token": "", "licenseid": "12345"}, 401),
        (ANN, 400),
        ({**ANN, "licenseid": "1"}, 403),
        ({**ANN, "licenseid": "67890"}, 503),
    ],
)
async def test_who_may_ask_what(
    cloud: MyHS, session: aiohttp.ClientSession, given: dict[str, str], code: int
) -> None:
    cloud.offline.add("67890")
    url = f"{cloud.tunnel_url()}/json"
    status, body = await get(session, url, request="hsversion", **given)
    assert status == (401 if code == 401 else 200)
    if code == 200:
        assert body == {"Response": "4.2.22.4"}
    else:
        assert body["responsecode"] == code
        assert body["response"].startswith("Error")


async def test_a_wrong_password_may_be_a_200_and_other_paths_are_none(
    cloud: MyHS, session: aiohttp.ClientSession
) -> None:
    assert (await get(session, f"{cloud.url()}/getsystems"))[0] == 401
    cloud.refused_status = 200
    status, body = await get(session, f"{cloud.url()}/getsystems")
    assert (status, body["responsecode"]) == (200, 401)
    for url in (f"{cloud.url()}/", f"{cloud.tunnel_url()}/getsystems"):
        async with session.get(url) as response:
            assert response.status == 404


async def test_faults(cloud: MyHS, session: aiohttp.ClientSession) -> None:
    given = {"request": "hsversion", "licenseid": "12345", **ANN}
    url = f"{cloud.url()}/json"
    with cloud.faults.during("myhs_foreign_redirect"):
        async with session.get(url, params=given, allow_redirects=False) as response:
            assert response.status == 302
            assert response.headers["Location"].startswith("https://192.0.2.7/json?")
    cloud.faults.on("http_500", path="getsystems")
    assert (await get(session, url, **given))[0] == 200
    async with session.get(f"{cloud.url()}/getsystems") as response:
        assert response.status == 500
    cloud.faults.on("myhs_wrong_license")
    assert (await get(session, url, **given))[1]["responsecode"] == 403


def test_an_authority_certifies_names_as_well_as_addresses() -> None:
    assert Authority().server_context("connected.example").cert_store_stats()
