"""Finding a system at an address."""

from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.homeseer.find import find_local
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)

from .common import LOGIN_PAGE, PASSWORD, USER, Reply, Scripted, cut_off, says, sends_to

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
FOUND = "4.2.22.4"


def config(**rights: Any) -> Reply:
    return says(CONFIG | {"userPermissions": rights})


@pytest.fixture
def system(system: Scripted) -> Scripted:
    """A system that tells what it is."""
    system.replies["getsessionconfig"] = says(CONFIG)
    system.replies[""] = HOMESEER_PAGE
    return system


async def find(session: aiohttp.ClientSession, system: Scripted, *login: str) -> str:
    return await find_local(session, system.site(*login))


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
    assert await find(session, system) == "3.0.0.318"


async def test_a_system_that_wants_a_password(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    system.wants = (USER, PASSWORD)
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)
    assert await find(session, system, USER, PASSWORD) == FOUND
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
    assert await find(session, system) == FOUND


async def test_a_guest_may_become_more_with_a_login(
    session: aiohttp.ClientSession, system: Scripted
) -> None:
    async def by_login(request: Any) -> Any:
        known = "Authorization" in request.headers
        return await config(user_permissions=8 if known else 1)(request)

    system.replies["getsessionconfig"] = by_login
    assert await find(session, system, USER, PASSWORD) == FOUND


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
        says("nonsense"),
        says({"name": "a lamp"}),
        OTHER_PAGE,
        sends_to("/index.html"),
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


@pytest.mark.parametrize("front", [OTHER_PAGE, says("", 404)])
async def test_the_front_page_may_be_the_owners_own(
    session: aiohttp.ClientSession, system: Scripted, front: Reply
) -> None:
    system.wants = (USER, PASSWORD)
    system.replies[""] = front
    assert await reason(session, system) == (HubAuthError, Reason.LOGIN_NEEDED)
    assert await find(session, system, USER, PASSWORD) == FOUND


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
