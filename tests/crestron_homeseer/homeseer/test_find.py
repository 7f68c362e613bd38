"""Finding a system at an address, and the systems of an account."""

from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.find import (
    CloudSystem,
    FoundSystem,
    find_local,
    find_systems,
)
from custom_components.crestron_homeseer.homeseer.sites import Account
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
    Start,
    cut_off,
    says,
    sends_to,
)

HOMESEER_PAGE = says("<html><title>HomeSeer HS4</title></html>", kind="text/html")
OTHER_PAGE = says("<html><title>My printer</title></html>", kind="text/html")

CONFIG = {
    "hsVersion": "4.2.22.4",
    "isLocation1First": False,
    "useLocation2": True,
    "location1Label": "Room",
    "location2Label": "Area",
    "username": "bill",
    "userPermissions": {"user_permissions": 6, "user_permissions_valid": True},
}
FOUND = FoundSystem(
    version="4.2.22.4",
    username="bill",
    permissions=6,
    is_location1_first=False,
    use_location2=True,
    location1_label="Room",
    location2_label="Area",
)


def config(**rights: Any) -> Reply:
    return says(CONFIG | {"userPermissions": rights})


@pytest.fixture
def system(system: Scripted) -> Scripted:
    """A system that tells what it is."""
    system.replies["getsessionconfig"] = says(CONFIG)
    system.replies[""] = HOMESEER_PAGE
    return system


async def find(
    session: aiohttp.ClientSession, system: Scripted, *login: str
) -> FoundSystem:
    return await find_local(session, system.host, system.port, *login)


async def reason(
    session: aiohttp.ClientSession, system: Scripted, *login: str
) -> tuple[type[HubError], Reason]:
    """Return why nothing is found."""
    with pytest.raises(HubError) as caught:
        await find(session, system, *login)
    return type(caught.value), caught.value.reason


async def test_a_system_is_found(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    assert await find(session, system) == FOUND
    assert system.asked == ["getsessionconfig"]


async def test_an_old_system_tells_its_version_only(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.replies["getsessionconfig"] = says({"Response": "Error, bad request"})
    system.replies["hsversion"] = says({"Response": "3.0.0.318"})
    assert await find(session, system) == FoundSystem(version="3.0.0.318")


async def test_a_system_that_wants_a_password(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.wants = (USER, PASSWORD)
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)
    found = await find(session, system, USER, PASSWORD)
    assert found.needs_password
    wrong = await reason(session, system, USER, "wrong")
    assert wrong == (HubAuthError, Reason.BAD_LOGIN)


async def test_a_login_is_tried_also_where_none_is_needed(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    assert await find(session, system, USER, PASSWORD) == FOUND
    assert system.ways() == ["", "basic"]


@pytest.mark.parametrize("refusal", [says(LOGIN_PAGE), sends_to("/login.html")])
async def test_a_login_page_is_a_wish_for_a_password(
    session: aiohttp.ClientSession, system: Scripted, refusal: Reply
) -> None:
    system.replies["getsessionconfig"] = refusal
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)


@pytest.mark.parametrize("text", ["something", "no"])
async def test_a_system_that_answers_something_else_refuses_the_login(
    session: aiohttp.ClientSession, system: Scripted, text: str
) -> None:
    system.replies["getsessionconfig"] = says({"Response": text})
    system.replies["hsversion"] = says({"Response": text})
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)
    assert await reason(session, system, USER, "x") == (HubAuthError, Reason.BAD_LOGIN)


async def test_an_invalid_user_is_none(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.replies["getsessionconfig"] = config(user_permissions=-1)
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)
    assert await reason(session, system, USER, "x") == (HubAuthError, Reason.BAD_LOGIN)


@pytest.mark.parametrize("rights", [1, 5])
async def test_a_guest_may_not_control(
    session: aiohttp.ClientSession, system: Scripted, rights: int
) -> None:
    system.replies["getsessionconfig"] = config(user_permissions=rights)
    assert await reason(session, system) == (HubAuthError, Reason.NO_RIGHTS)
    login = await reason(session, system, USER, PASSWORD)
    assert login == (HubAuthError, Reason.NO_RIGHTS)


@pytest.mark.parametrize("rights", [2, 4, 6, 8, 12, 3, 0, None])
async def test_everybody_else_may(
    session: aiohttp.ClientSession, system: Scripted, rights: int | None
) -> None:
    system.replies["getsessionconfig"] = config(user_permissions=rights)
    assert (await find(session, system)).permissions == rights


async def test_a_guest_may_become_more_with_a_login(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    async def by_login(request: Any) -> Any:
        known = "Authorization" in request.headers
        return await config(user_permissions=8 if known else 1)(request)

    system.replies["getsessionconfig"] = by_login
    found = await find(session, system, USER, PASSWORD)
    assert (found.permissions, found.needs_password) == (8, True)


@pytest.mark.parametrize(
    "answer",
    [
        says("", 404),
        says("error"),
        says({"Response": "Error, JSON is disabled"}),
        says("<html>HomeSeer: page not found</html>"),
        says("nonsense"),
        sends_to("/index.html"),
    ],
)
async def test_json_is_switched_off(
    session: aiohttp.ClientSession, system: Scripted, answer: Reply
) -> None:
    system.replies["getsessionconfig"] = system.replies["hsversion"] = answer
    assert await reason(session, system) == (HubResponseError, Reason.NO_API)


@pytest.mark.parametrize("front", [OTHER_PAGE, says("", 404)])
@pytest.mark.parametrize(
    "answer",
    [
        says("", 404),
        says("", 401),
        says("nonsense"),
        says({"name": "a lamp"}),
        OTHER_PAGE,
        sends_to("/index.html"),
        sends_to("/login.html"),
        sends_to("https://somewhere.example/JSON"),
    ],
)
async def test_something_else_lives_there(
    session: aiohttp.ClientSession, system: Scripted, answer: Reply, front: Reply
) -> None:
    system.replies["getsessionconfig"] = system.replies["hsversion"] = answer
    system.replies[""] = front
    other = (HubResponseError, Reason.OTHER_DEVICE)
    assert await reason(session, system) == other
    assert await reason(session, system, USER, PASSWORD) == other
    assert "basic" not in "".join(system.ways())


@pytest.mark.parametrize("front", [cut_off, says("", 401), sends_to("/")])
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (says("", 404), (HubResponseError, Reason.NO_API)),
        (says("", 401), (HubAuthError, Reason.LOGIN_NEEDED)),
        (says("x"), (HubResponseError, Reason.NONSENSE)),
        (says("", 503), (HubConnectionError, Reason.STARTING)),
    ],
)
async def test_without_a_front_page_the_answer_has_to_do(
    session: aiohttp.ClientSession,
    system: Scripted,
    answer: Reply,
    front: Reply,
    told: tuple[type[HubError], Reason],
) -> None:
    system.replies["getsessionconfig"] = answer
    system.replies[""] = front
    assert await reason(session, system) == told


@pytest.mark.parametrize("answer", [says(""), says('{"hsVersion": "4.2')])
@pytest.mark.parametrize(
    ("front", "why"),
    [
        (HOMESEER_PAGE, Reason.NONSENSE),
        (says(""), Reason.NONSENSE),
        (OTHER_PAGE, Reason.OTHER_DEVICE),
    ],
)
async def test_a_broken_answer_is_no_sign_of_what_is_there(
    session: aiohttp.ClientSession,
    system: Scripted,
    answer: Reply,
    front: Reply,
    why: Reason,
) -> None:
    system.replies["getsessionconfig"] = answer
    system.replies[""] = front
    with pytest.raises(HubResponseError) as caught:
        await find(session, system)
    assert caught.value.reason is why


async def test_the_front_page_may_be_elsewhere_on_the_system(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.replies["getsessionconfig"] = says("", 404)
    system.replies[""] = sends_to("/index.html")
    system.replies["index.html"] = HOMESEER_PAGE
    assert await reason(session, system) == (HubResponseError, Reason.NO_API)


async def test_nobody_is_there(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.refuse()
    assert await reason(session, system) == (HubConnectionError, Reason.REFUSED)


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
