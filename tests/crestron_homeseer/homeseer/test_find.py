"""Finding a system at an address, and the systems of a MyHS account."""

from typing import Any

import aiohttp
from aiohttp import web
import pytest

from custom_components.crestron_homeseer.homeseer.client import Account
from custom_components.crestron_homeseer.homeseer.exchange import BrokenAnswerError
from custom_components.crestron_homeseer.homeseer.find import (
    CloudSystem,
    find_local,
    find_systems,
)
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)

from .common import (
    LOGIN_PAGE,
    PASSWORD,
    TOKEN,
    USER,
    Reply,
    Scripted,
    cut_off,
    in_turn,
    says,
    sends_to,
)

HOMESEER_PAGE = says("<html><title>HomeSeer HS4</title></html>", kind="text/html")
OTHER_PAGE = says("<html><title>My printer</title></html>", kind="text/html")
ERROR = says({"Response": "Error, bad request"})
VERSION = "4.2.22.4"

type Failure = tuple[type[HubError], Reason]
NEEDED: Failure = HubAuthError, Reason.LOGIN_NEEDED
WRONG: Failure = HubAuthError, Reason.BAD_LOGIN
NO_RIGHTS: Failure = HubAuthError, Reason.NO_RIGHTS
NO_API: Failure = HubResponseError, Reason.NO_API
OTHER: Failure = HubResponseError, Reason.OTHER_DEVICE
NONSENSE: Failure = HubResponseError, Reason.NONSENSE
BROKEN: Failure = BrokenAnswerError, Reason.NONSENSE
STARTING: Failure = HubConnectionError, Reason.STARTING


def config(rights: object = 6) -> Reply:
    return says({"hsVersion": VERSION, "userPermissions": {"user_permissions": rights}})


@pytest.fixture
def system(system: Scripted) -> Scripted:
    """A system that says what it is."""
    system.replies["getsessionconfig"] = config()
    system.replies[""] = HOMESEER_PAGE
    return system


async def found(
    session: aiohttp.ClientSession, system: Scripted, *login: str
) -> str | Failure:
    """Return the version of what is found, or why nothing is."""
    try:
        return await find_local(session, system.site(*login))
    except HubError as err:
        return type(err), err.reason


async def test_a_system_is_found_and_a_login_is_tried_also_where_none_is_needed(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    assert await found(session, system) == VERSION
    assert system.asked == ["getsessionconfig"]
    assert await found(session, system, USER, PASSWORD) == VERSION
    assert system.ways() == ["", "", "basic"]
    # Everybody but guests may control.
    for rights in (2, 4, 6, 8, 12, 3, 0, None):
        system.replies["getsessionconfig"] = config(rights)
        assert await found(session, system) == VERSION
    # An old system has a version only.
    system.replies["getsessionconfig"] = ERROR
    system.replies["hsversion"] = says({"Response": "3.0.0.318"})
    assert await found(session, system) == "3.0.0.318"


@pytest.mark.parametrize("front", [HOMESEER_PAGE, OTHER_PAGE, says("", 404)])
async def test_a_system_that_wants_a_password_whatever_its_front_page(
    session: aiohttp.ClientSession, system: Scripted, front: Reply
) -> None:
    system.wants = (USER, PASSWORD)
    system.replies[""] = front
    assert await found(session, system) == NEEDED
    assert await found(session, system, USER, PASSWORD) == VERSION
    assert await found(session, system, USER, "wrong") == WRONG


@pytest.mark.parametrize(
    ("answer", "failure", "with_login"),
    [
        (says(LOGIN_PAGE), NEEDED, WRONG),
        (sends_to("/login.html"), NEEDED, WRONG),
        # Some refuse a login with any text.
        (says({"Response": "something"}), NEEDED, WRONG),
        (config(-1), NEEDED, WRONG),
        (config(1), NO_RIGHTS, NO_RIGHTS),
        (config(5), NO_RIGHTS, NO_RIGHTS),
        # Switched off.
        (says("", 404), NO_API, NO_API),
        (says("error"), NO_API, NO_API),
        (says({"Response": "Error, JSON is disabled"}), NO_API, NO_API),
        (says("<html>HomeSeer: page not found</html>"), NO_API, NO_API),
        (says("nonsense"), NO_API, NO_API),
        (sends_to("/index.html"), NO_API, NO_API),
        # A broken answer is no sign of what is there.
        (says(""), BROKEN, BROKEN),
        (says('{"hsVersion": "4.2'), BROKEN, BROKEN),
        (says("", 503), STARTING, STARTING),
    ],
)
async def test_a_system_that_cannot_be_used(
    session: aiohttp.ClientSession,
    system: Scripted,
    answer: Reply,
    failure: Failure,
    with_login: Failure,
) -> None:
    system.replies["getsessionconfig"] = system.replies["hsversion"] = answer
    assert await found(session, system) == failure
    assert await found(session, system, USER, PASSWORD) == with_login


async def test_a_guest_may_become_more_with_a_login(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    async def by_login(request: web.BaseRequest) -> web.StreamResponse:
        return await config(8 if "Authorization" in request.headers else 1)(request)

    system.replies["getsessionconfig"] = by_login
    assert await found(session, system, USER, PASSWORD) == VERSION


@pytest.mark.parametrize(
    "front", [OTHER_PAGE, says("", 404), in_turn(sends_to("/"), OTHER_PAGE)]
)
@pytest.mark.parametrize(
    "answer",
    [
        says("", 404),
        says("nonsense"),
        says(""),
        says({"name": "a lamp"}),
        OTHER_PAGE,
        sends_to("/index.html"),
        sends_to("https://somewhere.example/JSON"),
    ],
)
async def test_something_else_gets_no_password(
    session: aiohttp.ClientSession, system: Scripted, answer: Reply, front: Reply
) -> None:
    system.replies["getsessionconfig"] = system.replies["hsversion"] = answer
    system.replies[""] = front
    assert await found(session, system) == OTHER
    assert await found(session, system, USER, PASSWORD) == OTHER
    assert "basic" not in "".join(system.ways())


@pytest.mark.parametrize("front", [cut_off, says("", 401), says(""), sends_to("/")])
async def test_without_a_front_page_the_answer_has_to_do(
    session: aiohttp.ClientSession, system: Scripted, front: Reply
) -> None:
    system.replies[""] = front
    for answer, failure in ((says("", 404), NO_API), (says("x"), NONSENSE)):
        system.replies["getsessionconfig"] = answer
        assert await found(session, system) == failure


# MyHS

OFFICE = {
    "license": "12345",
    "friendly_name": "Office",
    "hslocalip": "192.168.2.100:80",
    "hswanip": "203.0.113.7",
    "detected_wan_ip": "203.0.113.7",
    "tunnelip": "connected22.homeseer.com",
    "online": True,
}


def systems(*listed: object) -> Reply:
    return says({"response": "ok", "responsecode": 200, "systems": list(listed)})


@pytest.mark.parametrize(
    ("changes", "host", "port", "same_lan"),
    [
        ({}, "192.168.2.100", None, True),
        ({"hslocalip": "10.0.0.5:8080"}, "10.0.0.5", 8080, True),
        ({"hslocalip": "10.0.0.5"}, "10.0.0.5", None, True),
        ({"hslocalip": "[fe80::1]:80"}, "fe80::1", None, True),
        ({"hslocalip": "evil.example:80"}, None, None, True),
        ({"hslocalip": "10.0.0.5:x"}, None, None, True),
        ({"hslocalip": None}, None, None, True),
        ({"hswanip": "203.0.113.8"}, "192.168.2.100", None, False),
        ({"hswanip": "", "detected_wan_ip": ""}, "192.168.2.100", None, False),
        ({"hswanip": "…", "detected_wan_ip": "…"}, "192.168.2.100", None, False),
        ({"detected_wan_ip": None}, "192.168.2.100", None, False),
    ],
)
async def test_an_account_has_systems(
    session: aiohttp.ClientSession,
    system: Scripted,
    changes: dict[str, Any],
    host: str | None,
    port: int | None,
    same_lan: bool,
) -> None:
    off = {"license": 678, "friendly_name": "", "online": False}
    listed = systems(None, "x", {}, {"license": None}, OFFICE | changes, off)
    # The front door may send on.
    system.replies["getsystems"] = in_turn(sends_to("getsystems"), listed)
    first, second = await find_systems(session, Account(token=TOKEN), system.url)
    assert dict(system.urls[-1].query) == {"token": TOKEN}
    assert first == CloudSystem(
        license="12345",
        name="Office",
        local_host=host,
        local_port=port,
        same_lan=same_lan,
    )
    assert second == CloudSystem(license="678", name="HomeSeer 678", online=False)


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (says({"response": "error", "responsecode": 401}), WRONG),
        (sends_to("/login"), WRONG),
        (says({"response": "error"}), (HubResponseError, Reason.DECLINED)),
        (says({"response": "ok"}), (HubResponseError, Reason.MISSING)),
        (says({"systems": None}), (HubResponseError, Reason.MISSING)),
        (says("<html>Maintenance</html>"), OTHER),
        (cut_off, (HubConnectionError, Reason.LOST)),
        (sends_to("https://evil.example/getsystems"), OTHER),
    ],
)
async def test_an_account_that_cannot_be_read(
    session: aiohttp.ClientSession, system: Scripted, reply: Reply, failure: Failure
) -> None:
    system.replies["getsystems"] = reply
    with pytest.raises(HubError) as caught:
        await find_systems(session, Account(USER, PASSWORD), system.url)
    assert (type(caught.value), caught.value.reason) == failure
