"""Finding the systems of an account."""

from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.client import Account
from custom_components.crestron_homeseer.homeseer.find import CloudSystem, find_systems
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)

from .common import PASSWORD, TOKEN, USER, Reply, Start, cut_off, says, sends_to

OFFICE = {
    "license": "12345",
    "friendly_name": "Office",
    "hslocalip": "192.168.2.100:80",
    "hswanip": "203.0.113.7",
    "detected_wan_ip": "203.0.113.7",
    "tunnelip": "connected22.homeseer.com",
    "online": True,
}


def systems(*found: object) -> Reply:
    return says(
        {
            "response": "ok",
            "responsecode": 200,
            "systems": list(found),
            "HasSubscription": True,
        }
    )


async def test_an_account_has_systems(
    session: aiohttp.ClientSession, start: Start
) -> None:
    cloud = await start()
    cloud.replies["getsystems"] = systems(OFFICE, {"license": 678})
    found = await find_systems(session, Account(USER, PASSWORD), cloud.url)
    assert found == (
        CloudSystem(
            license="12345",
            name="Office",
            online=True,
            local_host="192.168.2.100",
            local_port=None,
            same_lan=True,
        ),
        CloudSystem(license="678", name="HomeSeer 678"),
    )
    assert dict(cloud.urls[0].query) == {"user": USER, "pass": PASSWORD}


async def test_a_token_finds_systems_too(
    session: aiohttp.ClientSession, start: Start
) -> None:
    cloud = await start()
    cloud.replies["getsystems"] = systems()
    assert await find_systems(session, Account(token=TOKEN), base=cloud.url) == ()
    assert dict(cloud.urls[0].query) == {"token": TOKEN}


@pytest.mark.parametrize(
    ("changes", "host", "port", "same_lan"),
    [
        ({"hslocalip": "10.0.0.5:8080"}, "10.0.0.5", 8080, True),
        ({"hslocalip": "10.0.0.5"}, "10.0.0.5", None, True),
        ({"hslocalip": "[fe80::1]:80"}, "fe80::1", None, True),
        ({"hslocalip": "evil.example:80"}, None, None, True),
        ({"hslocalip": "10.0.0.5:x"}, None, None, True),
        ({"hslocalip": ""}, None, None, True),
        ({"hslocalip": None}, None, None, True),
        ({"hswanip": "203.0.113.8"}, "192.168.2.100", None, False),
        ({"hswanip": "", "detected_wan_ip": ""}, "192.168.2.100", None, False),
        ({"hswanip": "…", "detected_wan_ip": "…"}, "192.168.2.100", None, False),
        ({"detected_wan_ip": None}, "192.168.2.100", None, False),
    ],
)
async def test_where_a_system_is_at_home(
    session: aiohttp.ClientSession,
    start: Start,
    changes: dict[str, Any],
    host: str | None,
    port: int | None,
    same_lan: bool,
) -> None:
    cloud = await start()
    cloud.replies["getsystems"] = systems(OFFICE | changes)
    (found,) = await find_systems(session, Account(USER, PASSWORD), cloud.url)
    assert (found.local_host, found.local_port) == (host, port)
    assert found.same_lan is same_lan


async def test_what_is_no_system_is_left_out(
    session: aiohttp.ClientSession, start: Start
) -> None:
    cloud = await start()
    cloud.replies["getsystems"] = systems(
        None, "x", {}, {"license": None}, OFFICE | {"online": False}
    )
    (found,) = await find_systems(session, Account(USER, PASSWORD), cloud.url)
    assert found.online is False


@pytest.mark.parametrize(
    ("reply", "kind", "why"),
    [
        (says("", 401), HubAuthError, Reason.BAD_LOGIN),
        (says({"response": "error", "responsecode": 401}), HubAuthError, None),
        (says({"response": "Invalid login"}), HubAuthError, Reason.BAD_LOGIN),
        (sends_to("/login"), HubAuthError, Reason.BAD_LOGIN),
        (says({"response": "error"}), HubResponseError, Reason.DECLINED),
        (says({"response": "ok"}), HubResponseError, Reason.MISSING),
        (says({"systems": None}), HubResponseError, Reason.MISSING),
        (says("<html>Maintenance</html>"), HubResponseError, Reason.OTHER_DEVICE),
        (says("", 503), HubConnectionError, Reason.STARTING),
        (says("", 429), HubConnectionError, Reason.BUSY),
        (cut_off, HubConnectionError, Reason.LOST),
        (sends_to("https://evil.example/getsystems"), HubResponseError, None),
    ],
)
async def test_an_account_that_cannot_be_read(
    session: aiohttp.ClientSession,
    start: Start,
    reply: Reply,
    kind: type[HubError],
    why: Reason | None,
) -> None:
    cloud = await start()
    cloud.replies["getsystems"] = reply
    with pytest.raises(HubError) as caught:
        await find_systems(session, Account(USER, PASSWORD), cloud.url)
    assert type(caught.value) is kind
    assert why is None or caught.value.reason is why


async def test_the_front_door_may_send_to_another_server(
    session: aiohttp.ClientSession, start: Start
) -> None:
    cloud, other = await start(), await start()
    cloud.replies["getsystems"] = sends_to(other.url / "getsystems")
    other.replies["getsystems"] = systems(OFFICE)
    assert await find_systems(session, Account(USER, PASSWORD), cloud.url)
    assert dict(other.urls[0].query) == {"user": USER, "pass": PASSWORD}
