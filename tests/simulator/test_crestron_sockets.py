"""Connections that misbehave."""

import asyncio
import time

import aiohttp
import pytest

from simulator.crestron import CrestronProcessor
from simulator.house import House

from .client import Client, move


async def test_refused_connections(
    client: Client, processor: CrestronProcessor
) -> None:
    port = processor.port
    for _ in range(2):
        with processor.faults.during("refuse_connections"):
            with pytest.raises(aiohttp.ClientConnectionError):
                await client.get("/rooms")
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", port)
        assert processor.port == port
        assert (await client.get("/rooms")).status == 200


async def test_a_processor_may_think_for_a_while(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.change(answer_seconds=0.1)
    start = time.monotonic()
    await client.get("/rooms")
    assert time.monotonic() - start >= 0.1


async def test_reset_in_the_middle_of_the_body(
    client: Client, processor: CrestronProcessor
) -> None:
    processor.faults.on("reset_mid_body", times=1)
    reader, writer = await asyncio.open_connection("127.0.0.1", processor.port)
    writer.write(b"GET /cws/api HTTP/1.1\r\nHost: x\r\n\r\n")
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"200 OK" in head
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()
    processor.faults.on("reset_mid_body", times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.get("/lights")
    assert (await client.get("/lights")).json["lights"]


async def test_kept_connections_are_kept(
    client: Client, processor: CrestronProcessor
) -> None:
    before = processor.connections
    for _ in range(3):
        await client.get("/rooms")
    assert processor.connections == before


async def test_a_kept_connection_dropped_when_it_is_used_again(
    client: Client, house: House, processor: CrestronProcessor
) -> None:
    processor.faults.on("drop_reused")
    with pytest.raises(aiohttp.ClientConnectionError):
        await move(client, house)
    assert not processor.commands
    assert (await move(client, house))["status"] == "success"
