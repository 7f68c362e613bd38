"""What clients meet when something goes wrong, fault by fault; restarts; certificates."""

import asyncio
from collections.abc import AsyncIterator
import datetime as dt
import ssl

import aiohttp
from cryptography import x509
import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import Account, HomeSeerSystem, MyHS, default_system
from simulator.house import House

from .client import Client, logged_in

SHADE = "Kitchen Shade"
LOST = (aiohttp.ClientError, TimeoutError)

# What is in an answer


async def test_wrong_types(client: Client, processor: CrestronProcessor) -> None:
    processor.faults.on("wrong_types")
    lights = await client.entries("lights")
    assert all(isinstance(light["id"], str) for light in lights)
    assert {type(light.get("level")) for light in lights} == {str, type(None)}
    assert {light["subType"] for light in lights} == {"Wibble", None}
    scenes = await client.entries("scenes")
    assert {scene["status"] for scene in scenes} <= {"True", "False"}
    (thermostat, *_) = await client.entries("thermostats")
    assert thermostat["currentSetPoint"] == [{"type": "Wibble", "temperature": "700"}]
    assert "description" in (await client.get("")).json


async def test_lists_with_less_or_more_in_them(
    client: Client, processor: CrestronProcessor
) -> None:
    faults, whole = processor.faults, await client.entries("shades")
    with faults.during("lists_missing", path="/shades"):
        assert set((await client.get("/shades")).json) == {"version"}
        assert await client.entries("lights")
    for fault, shades in (
        ("lists_empty", []),
        ("lists_halved", whole[:6]),
        ("duplicate_ids", [*whole, whole[0]]),
    ):
        with faults.during(fault):
            assert await client.entries("shades") == shades
    with faults.during("banner_instead", path="/shades"):
        assert "description" in await client.close()
        assert not processor.received


async def test_faults_compose(client: Client, processor: CrestronProcessor) -> None:
    faults = processor.faults
    for name in ("lists_halved", "duplicate_ids", "wrong_content_type"):
        faults.on(name)
    faults.on("http_500", path="/rooms", times=1)
    assert [(await client.get("/rooms")).status for _ in range(2)] == [500, 200]
    reply = await client.get("/shades")
    assert (reply.content_type, len(reply.json["shades"])) == ("text/html", 7)
    faults.clear()
    assert len(await client.entries("shades")) == 12


# Commands


async def test_what_of_a_command_is_done(
    client: Client, processor: CrestronProcessor
) -> None:
    names, faults = (SHADE, "Office Shade", "Midbot"), processor.faults
    one, two, three = [client.house.find(name).id for name in names]
    faults.on("partial_failure", [one, two])
    body = await client.close(*names)
    assert (body["status"], body["errorDevices"]) == ("partial", [one, two])
    faults.on("partial_failure")
    assert (await client.close(*names))["errorDevices"] == [three]
    faults.clear()
    with faults.during("command_not_executed"):
        assert (await client.close(SHADE))["status"] == "success"
    with faults.during("command_failure"):
        assert (await client.close(SHADE))["status"] == "failure"
    done = [False, False, True, True, True, False, False, False]
    assert [order.carried_out for order in processor.received] == done
    assert [order.id for order in processor.commands] == [three, one, two]


# Connections


async def test_booting_in_stages(client: Client, processor: CrestronProcessor) -> None:
    await processor.restart(40, ("refuse", "503", "500", "inventory_500"))
    with pytest.raises(LOST):
        await client.login()
    for status in (503, 500):
        client.advance(10)
        assert (await client.login()).status == status
        assert (await client.get("")).status == status
    client.advance(10)
    assert (await client.login()).status == 200
    for status in (500, 200):
        assert (await client.get("/rooms")).status == status
        client.advance(10)
    # A restart while it boots begins anew.
    await processor.restart(10, "500")
    client.advance(5)
    await processor.restart(10, "503")
    for seconds, status in ((6, 503), (4, 200)):
        client.advance(seconds)
        assert (await client.login()).status == status


# HTTPS


@pytest.fixture
async def secure_client(house: House, socket_enabled: None) -> AsyncIterator[Client]:
    """A client with an open connection to a processor that speaks HTTPS."""
    async with (
        CrestronProcessor(house, https=True) as processor,
        logged_in(processor) as client,
    ):
        yield client


async def certificate(client: Client) -> x509.Certificate:
    """See which certificate a processor shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    to = client.processor
    _, writer = await asyncio.open_connection(to.host, to.port, ssl=context)
    shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    await writer.wait_closed()
    return x509.load_der_x509_certificate(shown)


async def test_a_certificate_of_its_own_that_is_new_after_a_restart(
    secure_client: Client,
) -> None:
    processor, before = secure_client.processor, await certificate(secure_client)
    assert processor.url() == f"https://127.0.0.1:{processor.port}"
    lives = before.not_valid_after_utc - before.not_valid_before_utc
    assert lives > dt.timedelta(days=364 * 30)
    assert before.issuer == before.subject
    names = before.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) != ["127.0.0.1"]
    async with aiohttp.ClientSession() as strict:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await strict.get(f"{processor.url()}/cws/api")
    assert await certificate(secure_client) == before
    await processor.restart()
    after = await certificate(secure_client)
    assert after != before
    for fault in ("tls_new_certificate", "tls_expired"):
        await secure_client.get("/rooms")
        connections = processor.connections
        with processor.faults.during(fault):
            # The connection that was open is cut.
            await secure_client.get("/rooms")
            assert processor.connections == connections + 1
            shown = await certificate(secure_client)
            assert shown not in (before, after)
            expired = shown.not_valid_after_utc < dt.datetime.now(dt.UTC)
            assert expired == (fault == "tls_expired")
        assert await certificate(secure_client) == after


@pytest.mark.parametrize("fault", ["tls_handshake_fails", "http_where_https"])
async def test_no_https_where_it_was(secure_client: Client, fault: str) -> None:
    processor = secure_client.processor
    plain = f"http://{processor.host}:{processor.port}/cws/api"
    async with aiohttp.ClientSession() as session:
        with processor.faults.during(fault):
            with pytest.raises(aiohttp.ClientConnectionError):
                await secure_client.get("/rooms")
            # It does take connections.
            _, writer = await asyncio.open_connection(processor.host, processor.port)
            writer.close()
            if fault == "http_where_https":
                async with session.get(plain) as response:
                    assert "description" in await response.json()
        assert (await secure_client.get("/rooms")).status == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(plain)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("tls_expired", "certificate has expired"),
        ("tls_new_certificate", "self-signed certificate"),
    ],
)
async def test_a_strict_client_of_the_cloud(
    clock: ManualClock, socket_enabled: None, fault: str, reason: str
) -> None:
    system, refused = (
        HomeSeerSystem(default_system(clock)),
        aiohttp.ClientConnectorCertificateError,
    )
    async with MyHS({"1": system}, [Account("ann", "secret", ("1",))]) as cloud:
        url = f"{cloud.url()}/getsystems?user=ann&pass=secret"
        connector = aiohttp.TCPConnector(ssl=cloud.client_context())
        async with aiohttp.ClientSession(connector=connector) as session:
            with cloud.faults.during(fault):
                with pytest.raises(refused, match=reason):
                    await session.get(url)
                with pytest.raises(refused):
                    await session.get(f"{cloud.tunnel_url()}/json")
            async with session.get(url) as response:
                assert (await response.json())["response"] == "ok"
