"""Which processor is at an address, and if none, why."""

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron import client as client_module
from custom_components.crestron_homeseer.crestron.client import Address, CrestronClient
from custom_components.crestron_homeseer.crestron.find import Found, find
from custom_components.crestron_homeseer.house.hub import (
    HubConnectionError,
    HubError,
    HubResponseError,
    Reason,
)
from simulator.crestron import CrestronProcessor

from .canned import Canned, says
from .common import TOKEN, Serve, address_of


@pytest.mark.parametrize("https", [False, True])
@pytest.mark.parametrize(
    ("settings", "version", "model"),
    [
        ({}, "2.000.0004", "MC4-R"),
        ({"model": "PYNG-HUB", "version": "1.000.0001"}, "1.000.0001", "PYNG-HUB"),
        ({"v2_info": False}, "2.000.0004", None),
    ],
)
async def test_a_processor_is_found_by_either_protocol(
    serve: Serve,
    session: aiohttp.ClientSession,
    settings: dict[str, object],
    version: str,
    model: str | None,
    https: bool,
) -> None:
    processor = await serve(https=https, **settings)
    address = address_of(processor, https=https)
    found = await find(session, processor.host, processor.port)
    assert found == Found(address, version, model)


@pytest.mark.parametrize("https", [False, True])
async def test_no_secret_is_sent_to_who_may_be_anybody(
    serve: Serve, session: aiohttp.ClientSession, https: bool
) -> None:
    processor = await serve(https=https)
    await find(session, processor.host, processor.port)
    assert [request.path for request in processor.requests] == [
        "/cws/api",
        "/cws/api/v2",
    ]
    sent = [name.lower() for each in processor.requests for name in each.headers]
    assert not any("crestron" in name for name in sent)


async def test_the_ports_of_the_protocols_are_used_where_none_is_given() -> None:
    assert Address("mc4").root.port == 443
    assert Address("mc4", https=False).root.port == 80


async def test_a_closed_port_is_refused(
    processor: CrestronProcessor, session: aiohttp.ClientSession
) -> None:
    processor.faults.on("refuse_connections")
    with pytest.raises(HubConnectionError) as caught:
        await find(session, processor.host, processor.port)
    assert caught.value.reason is Reason.REFUSED


async def test_silence_is_no_refusal(
    silent: int, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "READ_TIMEOUT", 0.1)
    with pytest.raises(HubConnectionError) as caught:
        await find(session, "127.0.0.1", silent)
    assert caught.value.reason is Reason.TIMED_OUT


async def test_http_is_had_where_https_is_swallowed(
    serve: Serve,
    session: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "CONNECT_TIMEOUT", 0.2)
    processor = await serve(https=True)
    processor.faults.on("https_filtered")
    found = await find(session, processor.host, processor.port)
    assert found.address == address_of(processor)


@pytest.mark.parametrize("https", [False, True])
async def test_what_is_wanted_plain_is_asked_for_plain_first(
    monkeypatch: pytest.MonkeyPatch, session: aiohttp.ClientSession, https: bool
) -> None:
    asked = []

    async def banner(client: CrestronClient) -> str | None:
        asked.append(client.address.https)
        if client.address.https is not https:
            raise REFUSED
        return None

    async def about(_: CrestronClient) -> None:
        return None

    monkeypatch.setattr(CrestronClient, "banner", banner)
    monkeypatch.setattr(CrestronClient, "about", about)
    found = await find(session, "mc4", plain=True)
    assert found.address.https is https
    assert asked == [False, True][: 1 + https]


@pytest.mark.parametrize("fault", ["boot_500", "boot_503"])
@pytest.mark.parametrize("https", [False, True])
async def test_a_processor_that_boots_is_told_from_one_that_is_not_there(
    serve: Serve, session: aiohttp.ClientSession, fault: str, https: bool
) -> None:
    processor = await serve(https=https)
    processor.faults.on(fault)
    with pytest.raises(HubConnectionError) as caught:
        await find(session, processor.host, processor.port)
    assert caught.value.reason is Reason.STARTING


async def test_another_device_is_told_from_a_processor(
    canned: Canned, session: aiohttp.ClientSession
) -> None:
    host, port = canned.address.host, canned.address.port
    with pytest.raises(HubResponseError) as caught:
        await find(session, host, port)
    assert caught.value.reason is Reason.NO_API
    canned.replies[""] = says("<html>A printer</html>")
    with pytest.raises(HubResponseError) as caught:
        await find(session, host, port)
    assert caught.value.reason is Reason.OTHER_DEVICE


# Which of two explanations is the better one

NO_API = HubResponseError(Reason.NO_API)
OTHER = HubResponseError(Reason.OTHER_DEVICE)
STARTING = HubConnectionError(Reason.STARTING)
REFUSED = HubConnectionError(Reason.REFUSED)
SILENT = HubConnectionError(Reason.TIMED_OUT)
LOST = HubConnectionError(Reason.LOST)
TLS = HubConnectionError(Reason.TLS)
NOT_FOUND = HubConnectionError(Reason.NOT_FOUND)


class Pair:
    """What a host says over HTTPS and over HTTP."""

    def __init__(self, https: HubError, http: HubError) -> None:
        self.errors = {True: https, False: http}
        self.asked: list[bool] = []

    async def banner(self, client: CrestronClient) -> str | None:
        self.asked.append(client.address.https)
        raise self.errors[client.address.https]


async def outcome(
    monkeypatch: pytest.MonkeyPatch, session: aiohttp.ClientSession, pair: Pair
) -> HubError:
    async def banner(client: CrestronClient) -> str | None:
        return await pair.banner(client)

    monkeypatch.setattr(CrestronClient, "banner", banner)
    with pytest.raises(HubError) as caught:
        await find(session, "mc4")
    return caught.value


@pytest.mark.parametrize(
    ("https", "http", "told"),
    [
        (REFUSED, SILENT, REFUSED),
        (SILENT, OTHER, OTHER),
        (REFUSED, LOST, LOST),
        (REFUSED, OTHER, OTHER),
        (REFUSED, NO_API, NO_API),
        (REFUSED, STARTING, STARTING),
        (LOST, REFUSED, LOST),
        (LOST, SILENT, LOST),
        (LOST, OTHER, OTHER),
        (TLS, REFUSED, TLS),
        (TLS, SILENT, TLS),
        (TLS, LOST, TLS),
        (TLS, NO_API, NO_API),
        (TLS, STARTING, STARTING),
    ],
    ids=lambda err: err.reason,
)
async def test_what_went_further_explains_more(
    monkeypatch: pytest.MonkeyPatch,
    session: aiohttp.ClientSession,
    https: HubError,
    http: HubError,
    told: HubError,
) -> None:
    pair = Pair(https, http)
    assert await outcome(monkeypatch, session, pair) is told
    assert pair.asked == [True, False]


@pytest.mark.parametrize(
    "https", [NOT_FOUND, STARTING, OTHER, NO_API], ids=lambda err: err.reason
)
async def test_where_http_cannot_help_it_is_not_tried(
    monkeypatch: pytest.MonkeyPatch, session: aiohttp.ClientSession, https: HubError
) -> None:
    pair = Pair(https, HubResponseError(Reason.NONSENSE))
    assert await outcome(monkeypatch, session, pair) is https
    assert pair.asked == [True]


async def test_a_processor_that_was_found_can_be_logged_in_to(
    serve: Serve, session: aiohttp.ClientSession
) -> None:
    processor = await serve(https=True)
    found = await find(session, processor.host, processor.port)
    client = CrestronClient(session, found.address, TOKEN)
    await client.login()
    assert client.version == found.version
