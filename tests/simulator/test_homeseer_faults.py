"""Everything that can go wrong with a HomeSeer system, over plain sockets."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from simulator.homeseer import HomeSeerSystem, Model
from simulator.homeseer.distort import with_comma, wrong_types

from .homeseer import Asker

ERROR = {"Response": "Error, bad request"}


# The socket


@pytest.mark.parametrize("name", ["reset_mid_body", "truncated_json", "empty_body"])
async def test_broken_bodies(asker: Asker, system: HomeSeerSystem, name: str) -> None:
    system.faults.on(name, times=1)
    with pytest.raises((aiohttp.ClientError, json.JSONDecodeError)):
        _ = (await asker.ask("getstatus")).json
    assert await asker.devices()


async def test_a_get_is_sent_again_behind_our_back(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    ref = model.find("House Mode").ref
    await asker.device(ref)
    system.faults.on("drop_reused", times=1)
    await asker.control(ref, 1)
    asked = [each.query["request"] for each in system.requests]
    assert asked == ["getstatus", "controldevicebyvalue", "controldevicebyvalue"]
    assert len(system.commands) == 1
    system.faults.on("answer_lost", times=1)
    await asker.control(ref, 2)
    # The client's library asked twice, so it was done twice.
    assert len(system.commands) == 3


async def test_connections_close_without_a_word(
    asker: Asker, system: HomeSeerSystem
) -> None:
    system.faults.on("close_keepalive")
    for _ in range(3):
        assert (await asker.ask("hsversion")).status == 200
        await asyncio.sleep(0.01)
    assert system.connections == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ["answer_lost", "answer_timeout"])
async def test_commands_without_an_answer(
    model: Model, system: HomeSeerSystem, asker: Asker, method: str, name: str
) -> None:
    ref = model.find("House Mode").ref
    system.faults.on(name)
    assert (await asker.ask("getstatus")).status == 200
    params: dict[str, Any] = {"request": "controldevicebyvalue", "ref": ref, "value": 1}
    body = {"action": "controlbyvalue", "deviceref": ref, "value": 1}
    asked = {"params": params} if method == "GET" else {"json": body}
    url = f"{system.url()}/JSON"
    timeout = aiohttp.ClientTimeout(total=0.3)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            await session.request(method, url, **asked)
    # A GET that got no answer is sent again by the client's library.
    again = method == "GET" and name == "answer_lost"
    assert [each.ref for each in system.commands] == [ref] * (1 + again)
    assert system.requests[-1].status == 0
    system.faults.clear()


# Whole answers


async def test_other_answers(asker: Asker, system: HomeSeerSystem) -> None:
    with system.faults.during("html_login_page"):
        reply = await asker.ask("getstatus")
        assert (reply.status, reply.content_type) == (200, "text/html")
        assert "<html>" in reply.text
    with system.faults.during("error_text"):
        assert (await asker.ask("getstatus")).text == "error\r\n"
    with system.faults.during("error_response"):
        assert (await asker.ask("getstatus")).json == ERROR
    with system.faults.during("json_disabled"):
        assert set((await asker.ask("getstatus")).json) == {"Response"}
    with system.faults.during("wrong_content_type"):
        assert (await asker.ask("getstatus")).content_type == "text/html"


# What is in them


async def test_devices_missing(asker: Asker, system: HomeSeerSystem) -> None:
    system.faults.on("no_devices")
    body = (await asker.ask("getstatus")).json
    assert set(body) == {"Name", "Version", "TempFormatF"}
    system.faults.clear()
    system.faults.on("lists_missing")
    assert "Devices" not in (await asker.ask("getcontrol")).json
    assert "Events" not in (await asker.ask("getevents")).json
    assert (await asker.ask("getdeviceschanged", devicechangeid="x")).json == {}


async def test_lists(asker: Asker, system: HomeSeerSystem) -> None:
    whole = await asker.devices()
    with system.faults.during("lists_empty"):
        assert await asker.devices() == []
    with system.faults.during("lists_halved"):
        assert await asker.devices() == whole[: len(whole) // 2]
    with system.faults.during("duplicate_ids"):
        assert await asker.devices() == [*whole, whole[0]]


async def test_wrong_types(asker: Asker, system: HomeSeerSystem) -> None:
    system.faults.on("wrong_types")
    first, _, third, fourth, *_ = await asker.devices()
    assert first["ref"].isdecimal()
    assert first["value"] == "0.0"
    assert first["hide_from_view"] == "False"
    assert third["value"] is None
    assert fourth["name"] is None
    assert (await asker.ask("hsversion")).json == {"Response": "4.2.22.4"}


def test_wrong_types_of_odd_things() -> None:
    assert wrong_types(None, 0) is None
    assert wrong_types([1, "a"], 0) == ["1", "a"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("html_status", '<span style="color:red"><b>21.5 °C</b></span>&nbsp;'),
        ("mojibake", "21.5 Â°C"),
        ("comma_decimals", "21,5 °C"),
    ],
)
async def test_statuses_of_devices(
    asker: Asker, model: Model, system: HomeSeerSystem, name: str, status: str
) -> None:
    ref = model.find("Ambient Temperature").ref
    system.faults.on(name)
    assert (await asker.device(ref))["status"] == status
    assert (await asker.ask("getevents")).json["Events"]
    system.faults.on("lists_missing")
    assert "Devices" not in (await asker.ask("getstatus")).json


def test_commas() -> None:
    assert with_comma("DC,1,2.5,.5") == "DC,1,2,5,.5"
    assert with_comma("A. 12.") == "A. 12."


async def test_values_that_are_no_numbers(asker: Asker, system: HomeSeerSystem) -> None:
    system.faults.on("nan_values")
    reply = await asker.ask("getstatus")
    assert '"value":NaN' in reply.text
    assert '"value":"NaN"' in reply.text
    assert '"value":-Infinity' in reply.text
    assert (await asker.ask("hsversion")).status == 200
    assert all(
        "value" not in each for each in (await asker.ask("getcontrol")).json["Devices"]
    )


async def test_faults_survive_wrong_types(asker: Asker, system: HomeSeerSystem) -> None:
    for name in ("wrong_types", "html_status", "nan_values", "duplicate_ids"):
        system.faults.on(name)
    assert await asker.devices()


# States


# Commands


async def test_faults_of_one_request(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    ref = model.find("House Mode").ref
    system.faults.on("command_failure", path="controldevicebylabel")
    assert "Devices" in await asker.control(ref, 1)
    reply = await asker.ask("controldevicebylabel", ref=ref, label="Away")
    assert reply.json == ERROR
