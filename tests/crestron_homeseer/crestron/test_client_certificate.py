"""Whom the token is sent to where a certificate is pinned."""

import asyncio
import hashlib
import ssl

import aiohttp
import pytest

from custom_components.crestron_homeseer.crestron.client import CrestronClient
from custom_components.crestron_homeseer.crestron.find import see_certificate
from custom_components.crestron_homeseer.house.hub import HubConnectionError, Reason
from simulator.crestron import CrestronProcessor

from .common import TOKEN, Serve, address_of, asked, failure


@pytest.fixture
async def secure(serve: Serve) -> CrestronProcessor:
    """A processor that speaks HTTPS."""
    return await serve(https=True, command_latency=0.0, report_lag=0.0)


async def shown_by(processor: CrestronProcessor) -> str:
    """Return the SHA-256 of a processor's certificate, as anybody sees it."""
    shown = await asyncio.to_thread(
        ssl.get_server_certificate, (processor.host, processor.port)
    )
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()


async def test_a_certificate_is_seen_without_a_request(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    seen = await see_certificate(session, address_of(secure, https=True))
    assert seen == await shown_by(secure)
    assert secure.requests == []


async def test_without_encryption_or_a_processor_there_is_no_certificate(
    session: aiohttp.ClientSession,
    processor: CrestronProcessor,
    secure: CrestronProcessor,
) -> None:
    assert await failure(see_certificate(session, address_of(processor))) is Reason.TLS
    await secure.stop()
    address = address_of(secure, https=True)
    assert await failure(see_certificate(session, address)) is Reason.REFUSED


async def test_the_pinned_certificate_is_trusted_on_one_connection(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    pinned = await shown_by(secure)
    before = secure.connections
    client = CrestronClient(session, address_of(secure, https=True), TOKEN, pinned)
    await client.get("shades")
    await client.get("lights")
    assert asked(secure) == ["login", "shades", "lights"]
    assert secure.connections == before + 1


async def test_another_certificate_gets_neither_token_nor_command(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    pinned = await shown_by(secure)
    client = CrestronClient(session, address_of(secure, https=True), TOKEN, pinned)
    await client.get("shades")
    await secure.restart()
    secure.requests.clear()
    before = secure.connections
    for ask in (client.login(), client.get("shades"), client.post("scenes", {})):
        with pytest.raises(HubConnectionError) as caught:
            await ask
        assert caught.value.reason is Reason.CERTIFICATE
        assert caught.value.issue.facts == {
            "pinned": pinned,
            "seen": await shown_by(secure),
        }
    await client.logout()
    assert secure.requests == []
    # None was tried again: the helper above connects as often.
    assert secure.connections - before <= 2 * 3 + 1


async def test_a_kept_connection_is_not_lent_to_one_that_pins(
    session: aiohttp.ClientSession, secure: CrestronProcessor
) -> None:
    address = address_of(secure, https=True)
    await CrestronClient(session, address, TOKEN).get("shades")
    secure.requests.clear()
    pinning = CrestronClient(session, address, TOKEN, hashlib.sha256(b"").hexdigest())
    with pytest.raises(HubConnectionError) as caught:
        await pinning.get("shades")
    assert caught.value.reason is Reason.CERTIFICATE
    assert secure.requests == []
