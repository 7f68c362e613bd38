"""The web hook: a HomeSeer system posts each change to Home Assistant."""

import asyncio
from http import HTTPStatus
import logging
from typing import Any
from unittest.mock import patch

from aiohttp.test_utils import TestClient
from homeassistant.config_entries import ConfigEntryState
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

from .common import Advance, state

type Client = TestClient[Any, Any]


@pytest.fixture
async def hooked(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry
) -> MockConfigEntry:
    """The entry of a system whose web hook is on."""
    hass.config_entries.async_update_entry(
        homeseer_entry, options={**homeseer_entry.options, CONF_WEBHOOK: True}
    )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await hass.async_block_till_done()
    assert homeseer_entry.state is ConfigEntryState.LOADED
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
    before = state(hass, "light.porch_porch_lamp").state
    system.requests.clear()
    model.by_ref(lamp.ref).set(0 if before == "on" else 255)
    await advance(1)
    await system.pump()
    assert system.webhook_answers
    assert set(system.webhook_answers) == {HTTPStatus.OK}
    await asyncio.sleep(0.01)
    await advance(1)
    assert state(hass, "light.porch_porch_lamp").state != before
    # Only what changed was read.
    assert {request.query.get("ref") for request in system.requests} == {str(lamp.ref)}


@pytest.mark.parametrize(
    "body",
    [
        b'{"type":"devicechange","data":{"ref":999999999}}',
        b'{"type":"devicechange","data":{"ref":"one","value":null}}',
        b'{"type":"devicechange"}',
        b'["devicechange"]',
        b"7",
        b"null",
    ],
)
async def test_what_means_nothing_is_ignored(
    client: Client, path: str, system: HomeSeerSystem, advance: Advance, body: bytes
) -> None:
    system.requests.clear()
    assert (await client.post(path, data=body)).status == HTTPStatus.OK
    await advance(0.5)
    assert system.requests == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", HTTPStatus.BAD_REQUEST),
        (b"<html>", HTTPStatus.BAD_REQUEST),
        (b"\xff\xfe", HTTPStatus.BAD_REQUEST),
        (b" " * MAX_BODY, HTTPStatus.BAD_REQUEST),
        (b" " * (MAX_BODY + 1), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (b"[" * 500_000, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
    ids=["nothing", "page", "bytes", "longest", "longer", "long"],
)
async def test_what_cannot_be_a_change_is_refused(
    client: Client, path: str, body: bytes, status: HTTPStatus
) -> None:
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        assert (await client.post(path, data=body)).status == status
    heard.assert_not_called()


@pytest.mark.parametrize(
    "length", ["Content-Length: 1000000", "Transfer-Encoding: chunked"]
)
async def test_what_is_too_long_is_refused_before_it_has_come(
    client: Client, path: str, length: str
) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n".encode())
    if "chunked" in length:
        # As long as is taken and a byte more, of a chunk that is a megabyte.
        writer.write(b"%x\r\n" % 1_000_000 + b" " * (MAX_BODY + 1))
    async with asyncio.timeout(5):
        answer = await reader.readline()
    assert b" 413 " in answer
    writer.close()
    await writer.wait_closed()


async def test_a_body_that_never_comes_is_not_waited_for(
    client: Client, path: str
) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    with patch("custom_components.crestron_homeseer.webhook.BODY_TIMEOUT", 0.05):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{"
        writer.write(head.encode())
        async with asyncio.timeout(5):
            assert b" 408 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_body_that_cannot_be_unpacked_is_refused_and_its_hook_not_logged(
    client: Client,
    path: str,
    homeseer_entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.clear()
    caplog.set_level(logging.INFO)
    response = await client.post(
        path, data=b"no such thing", headers={"Content-Encoding": "gzip"}
    )
    assert response.status == HTTPStatus.BAD_REQUEST
    assert homeseer_entry.data[CONF_WEBHOOK_ID] not in caplog.text


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
    assert state(hass, "light.porch_porch_lamp").state == "off"
    system.requests.clear()
    lie = {"ref": lamp.ref, "value": 255, "status": "On", "name": "Bomb"}
    body = {"type": "devicechange", "data": lie}
    assert (await client.post(path, json=body)).status == HTTPStatus.OK
    await advance(1)
    lamp_shown = state(hass, "light.porch_porch_lamp")
    assert (lamp_shown.state, lamp_shown.name) == ("off", "Porch Lamp")
    # It was read, and nothing was commanded.
    asked = {request.query["request"] for request in system.requests}
    assert "getstatus" in asked
    assert asked <= {"getstatus", "getdeviceinfo", "getdeviceschanged", "getevents"}
    assert system.commands == []


async def test_only_its_own_hook_is_heard(client: Client, path: str) -> None:
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        for other in (
            f"{path}x",
            path[:-1],
            path.upper(),
            "/api/webhook/",
            f"{path}/x",
        ):
            await client.post(other, json={"type": "devicechange"})
    heard.assert_not_called()


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_only_posts_are_taken(client: Client, path: str, method: str) -> None:
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        response = await client.request(method, path, json={"type": "devicechange"})
    assert response.status == HTTPStatus.METHOD_NOT_ALLOWED
    heard.assert_not_called()


async def test_nobody_outside_is_heard(client: Client, path: str) -> None:
    with (
        patch.object(HomeSeerHub, "on_webhook") as heard,
        patch(
            "homeassistant.components.webhook.network_util.is_local", return_value=False
        ),
    ):
        response = await client.post(path, json={"type": "devicechange"})
    # Nobody learns whether there is a web hook.
    assert response.status == HTTPStatus.OK
    heard.assert_not_called()


async def test_without_the_option_nothing_is_heard(
    homeseer_loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    path: str,
) -> None:
    client = await hass_client_no_auth()
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        await client.post(path, json={"type": "devicechange"})
    heard.assert_not_called()


async def test_nothing_is_heard_after_unloading(
    hass: HomeAssistant, hooked: MockConfigEntry, client: Client, path: str
) -> None:
    await hass.config_entries.async_unload(hooked.entry_id)
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        await client.post(path, json={"type": "devicechange"})
    heard.assert_not_called()
    # And again, because an id can be registered once only.
    await hass.config_entries.async_setup(hooked.entry_id)
    with patch.object(HomeSeerHub, "on_webhook") as heard:
        await client.post(path, json={"type": "devicechange"})
    heard.assert_called_once_with({"type": "devicechange"})


async def test_the_address_is_on_our_own_network(hass: HomeAssistant) -> None:
    await hass.config.async_update(
        internal_url="http://192.168.1.9:8123", external_url="https://example.org"
    )
    assert address(hass, "abc") == "http://192.168.1.9:8123/api/webhook/abc"
    with patch(
        "homeassistant.components.webhook.get_url", side_effect=NoURLAvailableError
    ):
        found = address(hass, "abc")
    assert found == "http://homeassistant.local:8123/api/webhook/abc"
