"""What a client asks a processor for, and what it makes of the answers."""

import asyncio
from typing import Any

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.crestron.hub import CrestronHub
from custom_components.crestron_homeseer.house.hub import HubResponseError, Reason
from simulator.crestron import CrestronProcessor

from .asking import failure
from .canned import Canned, says
from .common import PREFIX, TOKEN, Serve, address_of, counted

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
        ("wrong_content_type", None),
    ],
)
async def test_a_read_with_a_bad_status_is_no_answer(
    client: CrestronClient,
    processor: CrestronProcessor,
    fault: str,
    reason: Reason | None,
) -> None:
    await client.login()
    processor.faults.on(fault)
    assert await failure(client.get("shades")) is reason
    assert counted(processor)["shades"] == 1


async def test_a_command_always_has_a_body_that_says_how_long_it_is(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    canned.replies["scenes/recall/9"] = says({"status": "success"})
    client = CrestronClient(session, canned.address, TOKEN)
    await client.post("scenes/recall/9", {})
    assert canned.bodies[-1] == "{}"
    assert canned.headers[-1]["Content-Length"] == "2"


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


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("<html></html>", 200, Reason.OTHER_DEVICE),
        ({"description": "A printer"}, 200, Reason.OTHER_DEVICE),
        ({}, 401, Reason.OTHER_DEVICE),
        ("moved", 302, Reason.OTHER_DEVICE),
        ("", 404, Reason.NO_API),
        ("", 500, Reason.STARTING),
    ],
)
async def test_what_has_no_banner_is_no_processor_yet(
    canned: Canned,
    session: aiohttp.ClientSession,
    body: object,
    status: int,
    reason: Reason,
) -> None:
    canned.replies[""] = says(body, status=status)
    client = CrestronClient(session, canned.address)
    assert await failure(client.banner()) is reason


@pytest.mark.parametrize("key", ["HouseName", "systemName"])
async def test_a_house_that_has_a_name_is_called_by_it(
    session: aiohttp.ClientSession, canned: Canned, key: str
) -> None:
    canned.replies["v2"] = says({key: "Villa", "SystemType": None})
    about = await CrestronClient(session, canned.address).about()
    assert about == {"name": "Villa"}
    memory: dict[str, Any] = {"about": about}
    info = await CrestronHub(session, canned.address, TOKEN, memory=memory).connect()
    assert (info.name, info.model) == ("Villa", None)


@pytest.mark.parametrize("fault", ["refuse_connections", "html_login_page", "http_500"])
async def test_a_model_that_cannot_be_read_does_not_matter(
    client: CrestronClient, processor: CrestronProcessor, fault: str
) -> None:
    processor.faults.on(fault)
    assert await client.about() is None
