"""The conversation with a processor, as long as it goes well or answers at all."""

import asyncio
import json

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.house.hub import (
    HubAuthError,
    HubConnectionError,
    HubResponseError,
    Reason,
)
from simulator.crestron import CrestronProcessor
from simulator.house import House, Shade

from .canned import Canned, says
from .common import PREFIX, TOKEN, Serve, address_of, asked, counted

REFUSALS = ["401", "403", "511", "5001", "5002"]
SESSION_FAULTS = ["session_401", "session_511", "session_expired_5001", "auth_5002"]


def move(house: House, position: int = 65535) -> dict[str, object]:
    """Return a body that moves the kitchen's shade."""
    shade = house.find("Kitchen Shade", Shade)
    return {"shades": [{"id": shade.id, "position": position}]}


# Addresses


@pytest.mark.parametrize(
    ("address", "root", "text"),
    [
        (Address("10.0.0.5"), "https://10.0.0.5/cws/api", "10.0.0.5"),
        (Address("10.0.0.5", 8443), "https://10.0.0.5:8443/cws/api", "10.0.0.5:8443"),
        (Address("fe80::1"), "https://[fe80::1]/cws/api", "[fe80::1]"),
        (Address("mc4", https=False), "http://mc4/cws/api", "mc4"),
        (
            Address("fe80::1", 8080, https=False),
            "http://[fe80::1]:8080/cws/api",
            "[fe80::1]:8080",
        ),
    ],
)
def test_addresses(address: Address, root: str, text: str) -> None:
    assert str(address.root) == root
    assert str(address) == text


# Logging in


@pytest.mark.parametrize("name", ["authkey", "AuthKey", "AUTHKEY", "auth_key"])
async def test_the_key_is_found_however_it_is_written(
    serve: Serve, session: aiohttp.ClientSession, name: str
) -> None:
    processor = await serve(authkey_name=name)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    assert client.version == "2.000.0004"
    assert json.loads(await client.get("rooms"))["rooms"]
    assert asked(processor) == ["login", "rooms"]


async def test_the_upper_case_of_the_manual_is_read(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    with processor.faults.during("upper_case_authkey"):
        await client.login()
    await client.get("rooms")
    assert asked(processor) == ["login", "rooms"]


async def test_the_first_request_logs_in_by_itself_and_the_others_do_not(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.get("rooms")
    await client.get("shades")
    assert asked(processor) == ["login", "rooms", "shades"]
    assert client.requests == 3


@pytest.mark.parametrize("how", [*REFUSALS, "7001"])
async def test_a_login_that_is_refused_is_a_bad_token(
    serve: Serve, session: aiohttp.ClientSession, how: str
) -> None:
    processor = await serve(refused_token=how)
    client = CrestronClient(session, address_of(processor), "wrong")
    with pytest.raises(HubAuthError) as caught:
        await client.login()
    assert caught.value.reason is Reason.BAD_TOKEN
    assert asked(processor) == ["login"]


@pytest.mark.parametrize("source", [5001, 5002, 7001])
async def test_a_bad_token_in_a_500_is_a_bad_token(
    canned: Canned, session: aiohttp.ClientSession, source: int
) -> None:
    canned.replies["login"] = says({"errorSource": source}, status=500)
    with pytest.raises(HubAuthError):
        await CrestronClient(session, canned.address, TOKEN).login()


@pytest.mark.parametrize("fault", ["boot_500", "boot_503", "http_500", "http_503"])
async def test_a_processor_that_boots_has_no_bad_token(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    with processor.faults.during(fault), pytest.raises(HubConnectionError) as caught:
        await client.login()
    assert caught.value.reason is Reason.STARTING
    await client.login()


@pytest.mark.parametrize(
    "fault", ["html_login_page", "empty_body", "truncated_json", "http_404"]
)
async def test_a_login_without_a_key_is_no_web_api(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    with processor.faults.during(fault), pytest.raises(HubResponseError) as caught:
        await client.login()
    assert caught.value.reason is Reason.NO_API


@pytest.mark.parametrize(
    "body", [{"authkey": None}, {"authkey": ""}, {"description": "The Pyng Rest API"}]
)
async def test_a_key_that_is_none_is_no_key(
    canned: Canned, session: aiohttp.ClientSession, body: dict[str, object]
) -> None:
    canned.replies["login"] = says(body)
    with pytest.raises(HubResponseError, match=Reason.NO_API):
        await CrestronClient(session, canned.address, TOKEN).login()


# Sessions that end


@pytest.mark.parametrize("how", REFUSALS)
async def test_an_expired_session_is_one_login_and_one_more_read(
    serve: Serve, session: aiohttp.ClientSession, how: str
) -> None:
    processor = await serve(refused_key=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    assert json.loads(await client.get("shades"))["shades"]
    assert asked(processor) == ["shades", "login", "shades"]


@pytest.mark.parametrize("how", REFUSALS)
async def test_an_expired_session_is_one_login_and_one_command(
    serve: Serve, session: aiohttp.ClientSession, house: House, how: str
) -> None:
    processor = await serve(refused_key=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    answer = await client.post("shades/SetState", move(house))
    assert json.loads(answer.body)["status"] == "success"
    assert counted(processor) == {"shades/SetState": 2, "login": 1}
    assert len(processor.commands) == 1


@pytest.mark.parametrize("fault", [*SESSION_FAULTS, "http_403"])
async def test_a_session_refused_for_once_is_renewed(
    client: CrestronClient, processor: CrestronProcessor, house: House, fault: str
) -> None:
    await client.login()
    processor.faults.on(fault, path="/shades", times=1)
    await client.post("shades/SetState", move(house))
    assert counted(processor) == {"login": 2, "shades/SetState": 2}
    assert len(processor.commands) == 1


@pytest.mark.parametrize("fault", [*SESSION_FAULTS, "http_403"])
async def test_a_new_session_that_is_refused_as_well_is_not_renewed_for_ever(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    await client.login()
    processor.faults.on(fault, path="/shades")
    with pytest.raises(HubConnectionError) as caught:
        await client.get("shades")
    assert caught.value.reason is Reason.STARTING
    assert counted(processor) == {"login": 2, "shades": 2}


async def test_many_who_find_the_session_expired_log_in_once(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.expire_sessions()
    processor.requests.clear()
    paths = ["rooms", "shades", "lights", "scenes", "sensors"]
    await asyncio.gather(*map(client.get, paths))
    assert counted(processor)["login"] == 1
    assert len(processor.requests) == len(paths) + 2


@pytest.mark.parametrize("how", [*REFUSALS, "7001"])
async def test_a_token_that_died_with_an_upgrade_is_a_bad_token(
    serve: Serve, session: aiohttp.ClientSession, house: House, how: str
) -> None:
    processor = await serve(refused_token=how)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    processor.revoke_token("another")
    with pytest.raises(HubAuthError):
        await client.get("shades")
    with pytest.raises(HubAuthError):
        await client.post("shades/SetState", move(house))
    assert processor.commands == []


async def test_a_restart_is_one_more_login(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    await processor.restart()
    await client.get("shades")
    assert counted(processor)["login"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {"rooms": [{"id": 5001, "name": "Mirror"}]},
        {"errorSource": 5001, "rooms": [], "padding": "x" * 2000},
        {"errorSource": 7000, "errorMessage": "Unhandled exception."},
        {"errorSource": None},
    ],
)
async def test_what_is_no_refusal_is_not_taken_for_one(
    canned: Canned, session: aiohttp.ClientSession, body: dict[str, object]
) -> None:
    canned.replies["rooms"] = says(body)
    client = CrestronClient(session, canned.address, TOKEN)
    assert json.loads(await client.get("rooms")) == body
    assert len(canned.asked) == 2


async def test_logging_out_ends_the_session(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    key = client._key
    assert processor.sessions.use(key) is True
    await client.logout()
    assert processor.sessions.use(key) is None
    await client.logout()
    assert asked(processor) == ["login", "logout"]
    await client.get("rooms")
    assert asked(processor)[2:] == ["login", "rooms"]


async def test_a_logout_that_fails_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    await client.login()
    processor.faults.on("refuse_connections")
    await client.logout()
    assert client.requests > 1


# Requests


async def test_a_read_that_is_refused_says_why(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    canned.replies["rooms"] = says({"errorMessage": "No rooms. " * 100}, status=500)
    with pytest.raises(HubResponseError) as caught:
        await CrestronClient(session, canned.address, TOKEN).get("rooms")
    assert "status 500, No rooms." in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("http_404", Reason.NO_API),
        ("http_500", Reason.NONSENSE),
        ("http_503", Reason.NONSENSE),
        ("inventory_500", Reason.NONSENSE),
    ],
)
async def test_a_read_with_a_bad_status_is_no_answer(
    client: CrestronClient, processor: CrestronProcessor, fault: str, reason: Reason
) -> None:
    await client.login()
    processor.faults.on(fault)
    with pytest.raises(HubResponseError) as caught:
        await client.get("shades")
    assert caught.value.reason is reason
    assert counted(processor)["shades"] == 1


async def test_a_wrong_content_type_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    processor.faults.on("wrong_content_type")
    assert json.loads(await client.get("shades"))["shades"]


async def test_a_command_always_has_a_body(
    serve: Serve, session: aiohttp.ClientSession, house: House
) -> None:
    processor = await serve(body_required=True)
    client = CrestronClient(session, address_of(processor), TOKEN)
    scene = house.find("Good Night")
    answer = await client.post(f"scenes/recall/{scene.id}", {})
    assert answer.status == 200
    assert processor.requests[-1].body == {}
    assert len(processor.commands) == 1


async def test_the_body_says_how_long_it_is(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    canned.replies["scenes/recall/9"] = says({"status": "success"})
    client = CrestronClient(session, canned.address, TOKEN)
    await client.post("scenes/recall/9", {})
    assert canned.bodies[-1] == "{}"
    assert canned.headers[-1]["Content-Length"] == "2"


@pytest.mark.parametrize("status", [200, 409, 500])
async def test_a_command_is_answered_with_whatever_status_it_got(
    canned: Canned, session: aiohttp.ClientSession, status: int
) -> None:
    canned.replies["x"] = says({"status": "failure"}, status=status)
    answer = await CrestronClient(session, canned.address, TOKEN).post("x", {})
    assert (answer.status, answer.body) == (status, b'{"status": "failure"}')


async def test_what_is_quoted_in_a_path_is_quoted_once(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    path = "mediarooms/5/selectsource/Apple TV/?"
    canned.replies[path] = says({"status": "success"})
    client = CrestronClient(session, canned.address, TOKEN)
    quoted = "mediarooms/5/selectsource/Apple%20TV%2F%3F"
    assert (await client.post(quoted, {})).status == 200
    assert canned.asked[-1] == f"POST {PREFIX}{path}"


async def test_one_request_at_a_time_and_urgent_ones_first(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(answer_seconds=0.01)
    client = CrestronClient(session, address_of(processor), TOKEN)
    await client.login()
    await asyncio.gather(
        client.get("lights"),
        client.get("rooms"),
        client.get("scenes"),
        client.get("shades", urgent=True),
        client.post("scenes/recall/1", {}),
    )
    order = [request.path.removeprefix(PREFIX) for request in processor.requests]
    assert order[1:] == ["lights", "shades", "scenes/recall/1", "rooms", "scenes"]


# Who is there


async def test_the_banner_needs_no_login(
    client: CrestronClient, processor: CrestronProcessor
) -> None:
    assert await client.banner() == "2.000.0004"
    assert [request.path for request in processor.requests] == ["/cws/api"]
    sent = {name.lower() for name in processor.requests[0].headers}
    assert not any("crestron" in name for name in sent)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html></html>", 200),
        ("", 200),
        ("[]", 200),
        ({"description": "A printer"}, 200),
        ({"version": "2.000.0004"}, 200),
        ({}, 401),
        ("moved", 302),
    ],
)
async def test_what_has_no_banner_is_another_device(
    canned: Canned, session: aiohttp.ClientSession, body: object, status: int
) -> None:
    canned.replies[""] = says(body, status=status)
    with pytest.raises(HubResponseError) as caught:
        await CrestronClient(session, canned.address).banner()
    assert caught.value.reason is Reason.OTHER_DEVICE


async def test_a_web_server_without_the_path_has_no_web_api(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(HubResponseError) as caught:
        await CrestronClient(session, canned.address).banner()
    assert caught.value.reason is Reason.NO_API


@pytest.mark.parametrize("fault", ["boot_500", "boot_503"])
async def test_a_banner_of_a_processor_that_boots_is_to_come(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    with pytest.raises(HubConnectionError) as caught:
        await client.banner()
    assert caught.value.reason is Reason.STARTING


@pytest.mark.parametrize(
    ("settings", "model"),
    [
        ({}, "MC4-R"),
        ({"model": "CP4-R"}, "CP4-R"),
        ({"model": ""}, None),
        ({"v2_info": False}, None),
    ],
)
async def test_the_model_is_told_or_not(
    serve: Serve,
    session: aiohttp.ClientSession,
    settings: dict[str, object],
    model: str | None,
) -> None:
    processor = await serve(**settings)
    client = CrestronClient(session, address_of(processor))
    assert await client.model() == model


@pytest.mark.parametrize("fault", ["refuse_connections", "html_login_page", "http_500"])
async def test_a_model_that_cannot_be_read_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    assert await client.model() is None
