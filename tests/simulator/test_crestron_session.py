"""Login, keys, and what needs none."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor

from .client import Client

ERROR_KEYS = {"errorSource", "errorMessage", "version"}


async def test_the_banner_needs_no_login(client: Client) -> None:
    client.key = ""
    for path in ("", "/", "/nonsense", "/lights/setstate", "/rooms/1/2", "/lights/x"):
        reply = await client.get(path)
        assert reply.status == 200
        assert reply.json["description"].startswith("The Pyng Rest API")
        assert reply.json["version"] == "2.000.0004"


async def test_v2_tells_the_model_where_it_exists(
    client: Client, processor: CrestronProcessor
) -> None:
    client.key = ""
    reply = await client.get("/v2")
    assert reply.json["SystemType"] == "MC4-R"
    assert reply.json["ProgramVersion"]
    processor.change(v2_info=False)
    assert "description" in (await client.get("/v2")).json


async def test_login_gives_a_key_in_lower_case(client: Client) -> None:
    reply = await client.login()
    assert set(reply.json) == {"authkey", "version"}
    assert (await client.get("/rooms")).status == 200


async def test_the_manual_spells_the_key_otherwise(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(authkey_name="AuthKey")
    reply = await client.ask(
        "GET",
        "/cws/api/login",
        {"Crestron-RestAPI-AuthToken": processor.token},
    )
    assert "AuthKey" in reply.json


async def test_paths_have_no_case(client: Client) -> None:
    headers = {"crestron-restapi-authkey": client.key}
    reply = await client.ask("GET", "/CWS/API/DoorLocks/", headers)
    assert len(reply.json["doorLocks"]) == 3


@pytest.mark.parametrize(
    ("form", "status", "source"),
    [
        ("401", 401, 5002),
        ("403", 403, 5002),
        ("511", 511, 5002),
        ("5002", 200, 5002),
        ("7001", 200, 7001),
    ],
)
async def test_a_wrong_token_is_refused_in_a_form_of_choice(
    client: Client, processor: CrestronProcessor, form: str, status: int, source: int
) -> None:
    processor.change(refused_token=form)
    reply = await client.login("wrong")
    assert reply.status == status
    if form != "7001":
        assert reply.json["errorSource"] == source
    assert set(reply.json) == ERROR_KEYS


@pytest.mark.parametrize(
    ("form", "status", "source"),
    [("401", 401, 5001), ("511", 511, 5001), ("5001", 200, 5001), ("5002", 200, 5002)],
)
async def test_a_key_dies_when_nobody_uses_it(
    client: Client,
    processor: CrestronProcessor,
    clock: ManualClock,
    form: str,
    status: int,
    source: int,
) -> None:
    processor.change(refused_key=form)
    for _ in range(3):
        clock.advance(599)
        assert "rooms" in (await client.get("/rooms")).json
    clock.advance(600)
    for _ in range(2):
        reply = await client.get("/rooms")
        assert (reply.status, reply.json["errorSource"]) == (status, source)
    await client.login()
    assert "rooms" in (await client.get("/rooms")).json


async def test_a_key_that_never_was_is_refused(client: Client) -> None:
    client.key = "made up"
    reply = await client.get("/rooms")
    assert (reply.status, reply.json["errorSource"]) == (401, 5002)


async def test_sessions_can_be_made_to_expire(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.expire_sessions()
    assert (await client.get("/rooms")).status == 401


@pytest.mark.parametrize("way", ["revoke", "set"])
async def test_a_new_token_ends_all_sessions(
    client: Client, processor: CrestronProcessor, way: str
) -> None:
    old = processor.token
    if way == "revoke":
        processor.revoke_token("new")
    else:
        processor.token = "new"
    assert (await client.get("/rooms")).status == 401
    assert (await client.login(old)).status == 401
    assert (await client.login("new")).status == 200
    assert (await client.get("/rooms")).status == 200


@pytest.mark.parametrize(("as_text", "status"), [(False, True), (True, "true")])
async def test_logout(
    client: Client, processor: CrestronProcessor, as_text: bool, status: Any
) -> None:
    processor.change(logout_as_text=as_text)
    reply = await client.get("/logout")
    assert reply.json == {"status": status}
    assert (await client.get("/rooms")).status == 401
    assert (await client.get("/logout")).status == 401


async def test_a_post_without_a_body_can_be_refused(
    client: Client, processor: CrestronProcessor
) -> None:
    scene = processor.house.find("Good Night").id
    reply = await client.post(f"/scenes/recall/{scene}", data=None)
    assert reply.status == 200
    processor.change(body_required=True)
    reply = await client.post(f"/scenes/recall/{scene}", data=None)
    assert reply.status == 411
    assert len(processor.commands) == 1


async def test_requests_are_recorded_in_order(
    client: Client, processor: CrestronProcessor, clock: ManualClock
) -> None:
    clock.advance(3)
    await client.get("/rooms")
    await client.post("/nonsense", data="not json")
    seen = [
        (each.method, each.path, each.body, each.at, each.status)
        for each in processor.requests
    ]
    assert seen == [
        ("GET", "/cws/api/rooms", None, 3, 200),
        ("POST", "/cws/api/nonsense", "not json", 3, 200),
    ]
    assert processor.requests[0].headers["Crestron-RestAPI-AuthKey"] == client.key
    assert client.key not in repr(processor.requests)
    processor.requests.clear()
    assert not processor.requests
