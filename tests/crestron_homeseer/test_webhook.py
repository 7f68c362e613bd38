"""The web hook: a HomeSeer system posts each change to Home Assistant."""

import asyncio
from http import HTTPStatus
import logging
from typing import Any
from unittest.mock import Mock, patch

from aiohttp.test_utils import TestClient
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import CONF_WEBHOOK
from custom_components.crestron_homeseer.homeseer.hub import HomeSeerHub
from custom_components.crestron_homeseer.webhook import MAX_BODY, address
from simulator.homeseer import HomeSeerSystem, Model

from .common import Advance, set_up, state

type Client = TestClient[Any, Any]

CHANGE = {"type": "devicechange"}
LAMP = "light.porch_porch_lamp"


@pytest.fixture
async def hooked(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry
) -> MockConfigEntry:
    """The entry of a system whose web hook is on."""
    options = {**homeseer_entry.options, CONF_WEBHOOK: True}
    await set_up(hass, homeseer_entry, options=options)
    return homeseer_entry


@pytest.fixture
async def client(
    hooked: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> Client:
    """Somebody on the network."""
    client: Client = await hass_client_no_auth()
    return client


@pytest.fixture
def path(homeseer_entry: MockConfigEntry) -> str:
    """The path of the web hook."""
    return f"/api/webhook/{homeseer_entry.data[CONF_WEBHOOK_ID]}"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What the hub is given."""
    taken = Mock()
    monkeypatch.setattr(HomeSeerHub, "on_webhook", lambda _, message: taken(message))
    return taken


async def test_a_change_is_shown_at_once(
    hass: HomeAssistant,
    client: Client,
    path: str,
    system: HomeSeerSystem,
    model: Model,
    advance: Advance,
) -> None:
    system.webhook_url = str(client.make_url(path))
    lamp = model.find("Porch Lamp")
    before = state(hass, LAMP).state
    system.requests.clear()
    model.by_ref(lamp.ref).set(0 if before == "on" else 255)
    await advance(1)
    await system.pump()
    assert set(system.webhook_answers) == {HTTPStatus.OK}
    await asyncio.sleep(0.01)
    await advance(1)
    assert state(hass, LAMP).state != before
    # Only what changed was read.
    assert {request.query.get("ref") for request in system.requests} == {str(lamp.ref)}


async def test_what_means_nothing_is_ignored(
    client: Client, path: str, system: HomeSeerSystem, advance: Advance
) -> None:
    system.requests.clear()
    for body in (
        b'{"type":"devicechange","data":{"ref":999999999}}',
        b'{"type":"devicechange","data":{"ref":"one","value":null}}',
        b'{"type":"devicechange"}',
        b'["devicechange"]',
        b"7",
        b"null",
    ):
        assert (await client.post(path, data=body)).status == HTTPStatus.OK
    await advance(0.5)
    assert system.requests == []


BODIES = [
    (b"", "identity", HTTPStatus.BAD_REQUEST),
    (b"<html>", "identity", HTTPStatus.BAD_REQUEST),
    (b"\xff\xfe", "identity", HTTPStatus.BAD_REQUEST),
    (b"no such thing", "gzip", HTTPStatus.BAD_REQUEST),
    (b" " * MAX_BODY, "identity", HTTPStatus.BAD_REQUEST),
    (b" " * (MAX_BODY + 1), "identity", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (b"[" * 500_000, "identity", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
]


async def test_what_cannot_be_a_change_is_refused_and_its_hook_not_logged(
    client: Client, path: str, taken: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    caplog.set_level(logging.INFO)
    for body, coding, status in BODIES:
        headers = {"Content-Encoding": coding, "Connection": "close"}
        response = await client.post(path, data=body, headers=headers)
        assert response.status == status, body[:9]
    taken.assert_not_called()
    assert path not in caplog.text


@pytest.mark.parametrize(
    ("length", "begun", "status"),
    [
        # As long as is taken and a byte more, of a chunk that is a megabyte.
        (
            "Transfer-Encoding: chunked",
            b"%x\r\n" % 1_000_000 + b" " * (MAX_BODY + 1),
            413,
        ),
        ("Content-Length: 9", b"{", 408),
    ],
    ids=["chunks", "slow"],
)
async def test_what_does_not_come_is_not_waited_for(
    client: Client, path: str, length: str, begun: bytes, status: int
) -> None:
    limit = "custom_components.crestron_homeseer.webhook.BODY_TIMEOUT"
    reader, writer = await asyncio.open_connection(client.host, client.port)
    with patch(limit, 0.05 if status == 408 else 5.0):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n"
        writer.write(head.encode() + begun)
        async with asyncio.timeout(5):
            assert f" {status} ".encode() in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_what_is_posted_is_never_believed(
    hass: HomeAssistant,
    client: Client,
    path: str,
    system: HomeSeerSystem,
    model: Model,
    advance: Advance,
) -> None:
    lamp = model.find("Porch Lamp")
    model.by_ref(lamp.ref).set(0)
    # Between two surveys, the first of which come soon after the start.
    await advance(150)
    system.requests.clear()
    lie = {"ref": lamp.ref, "value": 255, "status": "On", "name": "Bomb"}
    assert (await client.post(path, json=CHANGE | {"data": lie})).status == 200
    await advance(1)
    assert (state(hass, LAMP).state, state(hass, LAMP).name) == ("off", "Porch Lamp")
    # It was read, and nothing was commanded.
    asked = {request.query["request"] for request in system.requests}
    assert "getstatus" in asked
    assert asked <= {"getstatus", "getdeviceinfo", "getdeviceschanged", "getevents"}
    assert system.commands == []


async def test_only_its_own_hook_from_our_network_is_taken_and_only_posts(
    client: Client, path: str, taken: Mock
) -> None:
    others = (f"{path}x", path[:-1], path.upper(), "/api/webhook/", f"{path}/x")
    for other in others:
        await client.post(other, json=CHANGE)
    for method in ("GET", "PUT"):
        response = await client.request(method, path, json=CHANGE)
        assert response.status == HTTPStatus.METHOD_NOT_ALLOWED
    local = "homeassistant.components.webhook.network_util.is_local"
    with patch(local, return_value=False):
        # Nobody learns whether there is a web hook.
        assert (await client.post(path, json=CHANGE)).status == HTTPStatus.OK
    taken.assert_not_called()


async def test_without_the_option_nothing_is_taken(
    homeseer_loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    path: str,
    taken: Mock,
) -> None:
    await (await hass_client_no_auth()).post(path, json=CHANGE)
    taken.assert_not_called()


async def test_nothing_is_taken_while_it_is_unloaded(
    hass: HomeAssistant, hooked: MockConfigEntry, client: Client, path: str, taken: Mock
) -> None:
    await hass.config_entries.async_unload(hooked.entry_id)
    await client.post(path, json=CHANGE)
    taken.assert_not_called()
    # And again, because an id can be registered once only.
    await hass.config_entries.async_setup(hooked.entry_id)
    await client.post(path, json=CHANGE)
    taken.assert_called_once_with(CHANGE)


async def test_the_address_is_on_our_own_network(hass: HomeAssistant) -> None:
    await hass.config.async_update(
        internal_url="http://192.168.1.9:8123", external_url="https://example.org"
    )
    assert address(hass, "abc") == "http://192.168.1.9:8123/api/webhook/abc"
    get_url = "homeassistant.components.webhook.get_url"
    with patch(get_url, side_effect=NoURLAvailableError):
        found = address(hass, "abc")
    assert found == "http://homeassistant.local:8123/api/webhook/abc"
