"""Everything that can go wrong with a HomeSeer system, over plain sockets."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model

from .homeseer import Asker

ERROR = '{"Response":"Error, bad request"}'


# The socket


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
    given: dict[str, Any] = {"request": "controldevicebyvalue", "ref": ref, "value": 1}
    body = {"action": "controlbyvalue", "deviceref": ref, "value": 1}
    asked = {"params": given} if method == "GET" else {"json": body}
    timeout = aiohttp.ClientTimeout(total=0.1)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            await session.request(method, f"{system.url()}/JSON", **asked)
    # A GET that got no answer is sent again by the client's library.
    again = method == "GET" and name == "answer_lost"
    assert [each.ref for each in system.commands] == [ref] * (1 + again)
    assert system.requests[-1].status == 0
    system.faults.clear()


# Answers


@pytest.mark.parametrize(
    ("faults", "request_", "wanted"),
    [
        ("boot_500", "hsversion", (500, "")),
        ("boot_503", "getstatus", (503, "")),
        ("inventory_500", "getstatus", (500, "")),
        ("inventory_500", "getsessionconfig", (200, '"username":"default"')),
        ("html_login_page", "getstatus", (200, "<html>")),
        ("error_text", "getstatus", (200, "error\r\n")),
        ("error_response", "getstatus", (200, ERROR)),
        ("json_disabled", "getstatus", (200, '{"Response":"')),
        ("no_devices", "getstatus", (200, '"TempFormatF":true}')),
        ("lists_missing", "getcontrol", (200, '"TempFormatF":true}')),
        ("lists_missing", "getevents", (200, '"Version":"1.0"}')),
        ("lists_missing", "getdeviceschanged", (200, "{}")),
        ("lists_missing html_status", "getstatus", (200, '"TempFormatF":true}')),
        ("lists_empty", "getstatus", (200, '"Devices":[]')),
        ("nan_values", "getstatus", (200, '"value":NaN')),
        ("nan_values", "getstatus", (200, '"value":"NaN"')),
        ("nan_values", "getstatus", (200, '"value":-Infinity')),
        ("nan_values", "getcontrol", (200, '"ControlPairs"')),
        ("wrong_types", "hsversion", (200, '{"Response":"4.2.22.4"}')),
        ("wrong_types", "getstatus", (200, '"value":"0.0"')),
        ("wrong_types", "getstatus", (200, '"value":null')),
        ("wrong_types", "getstatus", (200, '"name":null')),
        ("wrong_types", "getstatus", (200, '"hide_from_view":"False"')),
        ("html_status", "getstatus", (200, 'red\\"><b>21.5 °C</b></span>&nbsp;"')),
        ("html_status", "getevents", (200, '"Events":[{')),
        ("mojibake", "getstatus", (200, '"21.5 Â°C"')),
        ("comma_decimals", "getstatus", (200, '"21,5 °C"')),
        (
            "wrong_types html_status nan_values duplicate_ids",
            "getstatus",
            (200, '"Devices":[{'),
        ),
    ],
)
async def test_what_a_fault_makes_of_an_answer(
    asker: Asker,
    system: HomeSeerSystem,
    faults: str,
    request_: str,
    wanted: tuple[int, str],
) -> None:
    sound = await asker.ask(request_, devicechangeid="x")
    for name in faults.split():
        system.faults.on(name)
    reply = await asker.ask(request_, devicechangeid="x")
    status, text = wanted
    assert reply.status == status
    assert text in reply.text
    system.faults.clear()
    assert await asker.ask(request_, devicechangeid="x") == sound


async def test_lists(asker: Asker, system: HomeSeerSystem) -> None:
    whole = await asker.devices()
    with system.faults.during("lists_halved"):
        assert await asker.devices() == whole[: len(whole) // 2]
    with system.faults.during("duplicate_ids"):
        assert await asker.devices() == [*whole, whole[0]]
    with system.faults.during("wrong_content_type"):
        assert (await asker.ask("getstatus")).content_type == "text/html"


# Changes of the system


@pytest.mark.parametrize(
    ("fault", "differs"),
    [
        ("device_renamed", {"name"}),
        # The root moves with its features.
        ("device_moved", {"location"}),
        ("device_removed", set()),
        ("device_added", set()),
        ("ids_changed", {"ref", "associated_devices"}),
    ],
)
async def test_a_house_is_another_for_a_while(
    asker: Asker,
    system: HomeSeerSystem,
    clock: ManualClock,
    fault: str,
    differs: set[str],
) -> None:
    clock.advance(1)
    before = await asker.devices()
    control = (await asker.ask("getcontrol")).json
    root = next(each for each in before if each["associated_devices"])
    family = {root["ref"], *root["associated_devices"]}
    refs = [root["ref"]] if fault in {"device_removed", "device_moved"} else None
    with system.faults.during(fault, refs):
        now = await asker.devices()
        if fault == "device_removed":
            assert now == [each for each in before if each["ref"] not in family]
            # What else changes while it is gone does not keep it from coming back.
            system.faults.on("ids_changed")
            system.faults.off("ids_changed")
        elif fault == "device_added":
            assert now[:-1] == before
            assert (now[-1]["name"], now[-1]["value"]) == ("Added Light", 0)
            await asker.control(now[-1]["ref"], 55)
            assert (await asker.device(now[-1]["ref"]))["status"] == "Dim 55%"
        else:
            pairs = [
                each for each in zip(before, now, strict=True) if each[0] != each[1]
            ]
            keys = {key for old, new in pairs for key in old if old[key] != new[key]}
            assert keys - {"location2"} == differs
            if fault == "ids_changed":
                every = {each["ref"] for each in now}
                assert not every & {each["ref"] for each in before}
                first = next(each for each in now if each["associated_devices"])
                assert every.issuperset(first["associated_devices"])
                for each in (await asker.ask("getcontrol")).json["Devices"]:
                    named = {pair["Ref"] for pair in each["ControlPairs"]}
                    assert named <= {each["ref"]}
            moved = {old["ref"] for old, _ in pairs}
            assert fault != "device_moved" or moved == family
    if fault in {"device_removed", "device_added"}:
        info = (await asker.ask("getdeviceinfo")).json
        assert info["TimeLastDeviceRemoved"].startswith("/Date(")
    assert await asker.devices() == before
    assert (await asker.ask("getcontrol")).json == control


async def test_a_clock_that_jumps(
    asker: Asker, system: HomeSeerSystem, model: Model, clock: ManualClock
) -> None:
    async def date(ref: int) -> float:
        text = (await asker.device(ref))["last_change"]
        return int(text.removeprefix("/Date(").partition("-")[0]) / 1000

    mode, other = model.find("House Mode"), model.find("Vacation Mode")
    clock.advance(10)
    mode.set(1)
    right = await date(mode.ref)
    system.faults.on("clock_jump", -600)
    # What was dated already stays as it was.
    assert await date(mode.ref) == right
    other.set(100)
    assert await date(other.ref) == right - 600
    system.faults.on("clock_jump", 3600)
    with system.faults.during("device_added"):
        info = (await asker.ask("getdeviceinfo")).json
        assert f"({right + 3600:.0f}000" in info["TimeLastDeviceAdded"]
    system.faults.off("clock_jump")
    mode.set(0)
    assert await date(mode.ref) == right
