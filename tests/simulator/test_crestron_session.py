"""Login, keys, and what needs none."""

import pytest

from simulator.crestron import CrestronProcessor

from .client import TOKEN_HEADER, Client


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
    assert (reply.json["SystemType"], "ProgramVersion" in reply.json) == ("MC4-R", True)
    processor.change(v2_info=False)
    assert "description" in (await client.get("/v2")).json


async def test_login_gives_a_key_in_lower_case_and_the_manual_another(
    client: Client, processor: CrestronProcessor
) -> None:
    assert set((await client.login()).json) == {"authkey", "version"}
    assert (await client.get("/rooms")).status == 200
    processor.change(authkey_name="AuthKey")
    header = {TOKEN_HEADER: processor.token}
    assert "AuthKey" in (await client.ask("GET", "/cws/api/login", header)).json


async def test_paths_and_headers_have_no_case(client: Client) -> None:
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
    assert (reply.status, reply.json["errorSource"]) == (status, source)
    assert set(reply.json) == {"errorSource", "errorMessage", "version"}


@pytest.mark.parametrize(
    ("form", "status", "source"),
    [("401", 401, 5001), ("511", 511, 5001), ("5001", 200, 5001), ("5002", 200, 5002)],
)
async def test_a_key_dies_when_nobody_uses_it(
    client: Client, processor: CrestronProcessor, form: str, status: int, source: int
) -> None:
    processor.change(refused_key=form)
    for _ in range(2):
        client.advance(599)
        assert "rooms" in (await client.get("/rooms")).json
    client.advance(600)
    for _ in range(2):
        reply = await client.get("/rooms")
        assert (reply.status, reply.json["errorSource"]) == (status, source)
    await client.login()
    assert "rooms" in (await client.get("/rooms")).json


async def test_keys_that_end_before_their_time(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.expire_sessions()
    assert (await client.get("/rooms")).json["errorSource"] == 5001
    client.key = "made up"
    reply = await client.get("/rooms")
    assert (reply.status, reply.json["errorSource"]) == (401, 5002)
    port, old = processor.port, processor.token
    await client.login()
    await processor.restart()
    assert processor.port == port
    assert (await client.get("/rooms")).status == 401
    assert (await client.login()).status == 200
    processor.revoke_token("new")
    assert (await client.get("/rooms")).status == 401
    processor.token = "newer"
    assert [(await client.login(each)).status for each in (old, "new", "newer")] == [
        *(401, 401, 200)
    ]


@pytest.mark.parametrize(("as_text", "status"), [(False, True), (True, "true")])
async def test_logout(
    client: Client, processor: CrestronProcessor, as_text: bool, status: bool | str
) -> None:
    processor.change(logout_as_text=as_text)
    assert (await client.get("/logout")).json == {"status": status}
    assert (await client.get("/rooms")).status == 401
    assert (await client.get("/logout")).status == 401


async def test_a_post_without_a_body_can_be_refused(
    client: Client, processor: CrestronProcessor
) -> None:
    scene = client.house.find("Good Night").id
    for required, status in ((False, 200), (True, 411)):
        processor.change(body_required=required)
        reply = await client.post(f"/scenes/recall/{scene}", data=None)
        assert reply.status == status
    assert len(processor.commands) == 1
