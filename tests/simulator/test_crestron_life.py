"""Certificates, restarts, starting and stopping."""

import asyncio
import datetime as dt
import ssl

import aiohttp
from cryptography import x509
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.house import House

from .client import Client


async def certificate(processor: CrestronProcessor) -> x509.Certificate:
    """See which certificate a processor shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    _, writer = await asyncio.open_connection(
        processor.host, processor.port, ssl=context
    )
    shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    await writer.wait_closed()
    return x509.load_der_x509_certificate(shown)


async def test_https_with_a_certificate_of_its_own(
    house: House, socket_enabled: None
) -> None:
    async with CrestronProcessor(house, https=True) as processor:
        assert processor.url() == f"https://127.0.0.1:{processor.port}"
        shown = await certificate(processor)
        lives = shown.not_valid_after_utc - shown.not_valid_before_utc
        assert lives > dt.timedelta(days=364 * 30)
        assert shown.issuer == shown.subject
        names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        assert names.value.get_values_for_type(x509.DNSName) != ["127.0.0.1"]
        client = Client(processor)
        assert (await client.login()).status == 200
        await client.session.close()
        async with aiohttp.ClientSession() as strict:
            with pytest.raises(aiohttp.ClientConnectorCertificateError):
                await strict.get(f"{processor.url()}/cws/api")


async def test_the_certificate_is_new_after_a_restart(
    house: House, socket_enabled: None
) -> None:
    async with CrestronProcessor(house, https=True) as processor:
        before = await certificate(processor)
        assert await certificate(processor) == before
        await processor.restart()
        after = await certificate(processor)
        assert after != before
        with processor.faults.during("tls_new_certificate"):
            assert await certificate(processor) not in (before, after)
        assert await certificate(processor) == after


async def test_a_reset_in_the_middle_of_the_body_over_tls(
    house: House, socket_enabled: None
) -> None:
    async with CrestronProcessor(house, https=True) as processor:
        client = Client(processor)
        await client.login()
        faults = processor.faults
        with faults.during("reset_mid_body"), pytest.raises(aiohttp.ClientError):
            await client.get("/lights")
        assert (await client.get("/lights")).status == 200
        with faults.during("refuse_connections"), pytest.raises(aiohttp.ClientError):
            await client.get("/lights")
        assert (await client.get("/lights")).status == 200
        await client.session.close()


async def test_plain_http_has_no_certificate(
    client: Client, processor: CrestronProcessor
) -> None:
    assert processor.url() == f"http://127.0.0.1:{processor.port}"
    processor.faults.on("tls_new_certificate")
    assert (await client.get("/rooms")).status == 200


async def test_a_restart_forgets_all_keys(
    client: Client, processor: CrestronProcessor
) -> None:
    port = processor.port
    await processor.restart()
    assert processor.port == port
    assert (await client.get("/rooms")).status == 401
    assert (await client.login()).status == 200
    assert (await client.get("/rooms")).status == 200


async def test_booting_in_stages(
    client: Client, processor: CrestronProcessor, clock: ManualClock
) -> None:
    await processor.restart(40, ("refuse", "503", "500", "inventory_500"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.login()
    for status in (503, 500):
        clock.advance(10)
        assert (await client.login()).status == status
        assert (await client.get("")).status == status
    clock.advance(10)
    assert (await client.login()).status == 200
    assert (await client.get("/rooms")).status == 500
    clock.advance(10)
    assert (await client.get("/rooms")).status == 200


async def test_a_restart_while_booting_begins_anew(
    client: Client, processor: CrestronProcessor, clock: ManualClock
) -> None:
    await processor.restart(10, "500")
    clock.advance(5)
    await processor.restart(10, "503")
    clock.advance(6)
    assert (await client.login()).status == 503
    clock.advance(4)
    assert (await client.login()).status == 200


async def test_stopping_closes_everything(house: House, socket_enabled: None) -> None:
    processor = CrestronProcessor(house)
    await processor.stop()
    await processor.start()
    client = Client(processor)
    await client.login()
    processor.faults.on("silent", path="/rooms")
    asking = asyncio.create_task(client.get("/rooms"))
    await asyncio.sleep(0.05)
    await processor.restart(60)
    await processor.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await asking
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.login()
    await client.session.close()


async def test_idle_connections_are_dropped_after_a_while(
    house: House, socket_enabled: None
) -> None:
    async with CrestronProcessor(house, keepalive_seconds=0.1) as processor:
        reader, writer = await asyncio.open_connection("127.0.0.1", processor.port)
        writer.write(b"GET /cws/api HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(3):
            assert await reader.read()
        writer.close()


def test_settings_that_do_not_exist_are_refused(house: House) -> None:
    with pytest.raises(TypeError, match="colour"):
        CrestronProcessor(house, colour="blue")
