"""Controlling a HomeSeer system."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Command, HomeSeerSystem, Model

from .homeseer import Asker

ERROR = {"Response": "Error, bad request"}


async def test_by_value_answers_with_the_state_of_this_moment(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
) -> None:
    dimmer, virtual = model.find("Kitchen Dimmer"), model.find("House Mode")
    body = await asker.control(dimmer.ref, 30)
    assert body["Name"] == "HomeSeer Devices"
    (device,) = body["Devices"]
    # A slow device still is as it was.
    assert (device["ref"], device["value"]) == (dimmer.ref, 60)
    clock.advance(3)
    assert (await asker.device(dimmer.ref))["status"] == "Dim 30%"
    (device,) = (await asker.control(virtual.ref, 2))["Devices"]
    assert device["status"] == "Night"
    assert system.commands == [
        Command(dimmer.ref, 30, "value"),
        Command(virtual.ref, 2, "value"),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Kitchen Dimmer", 100),
        ("Kitchen Dimmer", "12,5"),
        ("Kitchen Dimmer", ""),
        ("Color", 0),
        ("Kitchen Smoke Smoke Alarm", 2),
        ("Kiosk Only", 1),
    ],
)
async def test_what_nobody_takes(
    asker: Asker, model: Model, system: HomeSeerSystem, name: str, value: Any
) -> None:
    assert await asker.control(model.find(name).ref, value) == ERROR
    assert system.commands == []


async def test_errors_of_controls_have_forms(
    asker: Asker, system: HomeSeerSystem
) -> None:
    async def refused() -> str:
        return (await asker.ask("controldevicebyvalue", ref="x", value=1)).text

    assert "Response" in await refused()
    system.change(dialect="hs3")
    assert await refused() == "error\r\n"
    system.change(control_error="response")
    assert "Response" in await refused()
    system.change(control_error="text", dialect="hs4")
    assert await refused() == "error\r\n"


async def test_decimals_and_boxes(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    box = model.find("Target Moisture")
    (device,) = (await asker.control(box.ref, -12.75))["Devices"]
    assert (device["value"], device["status"]) == (-12.75, "-12.75")


@pytest.mark.parametrize(
    ("name", "label", "value"),
    [
        ("Kitchen Dimmer", "On", 99),
        ("Kitchen Dimmer", " off ", 0),
        ("Kitchen Dimmer", "Dim 45%", 45),
        ("Kitchen Dimmer", "Dim (value)%", 1),
        ("Front Door Lock Bolt", "Unlock", 0),
        ("Heating Setpoint", "21.5 °C", 43),
    ],
)
async def test_by_label(
    asker: Asker,
    model: Model,
    system: HomeSeerSystem,
    name: str,
    label: str,
    value: float,
) -> None:
    ref = model.find(name).ref
    body = (await asker.ask("controldevicebylabel", ref=ref, label=label)).json
    assert body["Devices"][0]["ref"] == ref
    assert system.commands == [Command(ref, value, "label")]


@pytest.mark.parametrize("label", ["Dim 99%", "Sideways", ""])
async def test_labels_that_nobody_knows(asker: Asker, model: Model, label: str) -> None:
    ref = model.find("Kitchen Dimmer").ref
    reply = await asker.ask("controldevicebylabel", ref=ref, label=label)
    assert reply.json == ERROR
    ref = model.find("Message of the Day").ref
    assert (
        await asker.ask("controldevicebylabel", ref=ref, label="Text")
    ).json == ERROR


async def test_a_label_may_be_a_text_of_a_list(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
) -> None:
    ref = model.find("Living Room Sonos Playlist").ref
    await asker.ask("controldevicebylabel", ref=ref, label="Kids")
    clock.advance(1)
    assert (await asker.device(ref))["status"] == "Kids"
    assert system.commands == [Command(ref, 0, "label", "Kids")]


async def test_by_index(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
) -> None:
    async def send(name: str, index: Any, text: str = "") -> Any:
        ref = model.find(name).ref
        reply = await asker.ask(
            "controldevicebyindex", ref=ref, value=index, string=text, source="me"
        )
        clock.advance(5)
        return reply.json

    await send("Kitchen Dimmer", 2)
    await send("Kitchen Dimmer", 1, "20")
    await send("Kitchen Dimmer", 1)
    await send("Color", 0, "#102030")
    await send("Living Room Sonos Playlist", 0, "Kids")
    await send("Target Moisture", 0, "7")
    assert [(each.value, each.text) for each in system.commands] == [
        (99, ""),
        (20, ""),
        (1, ""),
        (0, "#102030"),
        (0, "Kids"),
        (7, ""),
    ]
    assert model.find("Color").status == "#102030"
    for name, index, text in (
        ("Kitchen Dimmer", 4, ""),
        ("Kitchen Dimmer", "x", ""),
        ("Kitchen Dimmer", 1, "99"),
        ("Living Room Sonos Playlist", 0, "Nothing"),
        ("Target Moisture", 0, "wet"),
    ):
        assert await send(name, index, text) == ERROR
    assert len(system.commands) == 6


async def test_by_use_wants_the_root(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    async def send(ref: int, use: int, **given: Any) -> Any:
        reply = await asker.ask(
            "controldevicebycontroluse", ref=ref, controluse=use, **given
        )
        return reply.json

    dimmer, colour = model.find("Kitchen Dimmer"), model.find("Color")
    keypad, lamp = model.find("Office Keypad"), model.find("Yard Light")
    body = await send(dimmer.root or 0, 2)
    assert body["Devices"][0]["ref"] == dimmer.ref
    await send(dimmer.root or 0, 3, value=17)
    await send(colour.root or 0, 22, string="#abcdef")
    await send(keypad.ref, 3, value=50)
    await send(lamp.ref, 1)
    assert system.commands == [
        Command(dimmer.ref, 0, "use"),
        Command(dimmer.ref, 17, "use"),
        Command(colour.ref, 0, "use", "#abcdef"),
        Command(keypad.ref, 50, "use"),
        Command(lamp.ref, 2, "use"),
    ]
    assert await send(dimmer.ref, 2) == ERROR
    assert await send(dimmer.root or 0, 18) == ERROR
    assert await send(99999, 1) == ERROR


async def test_setting_a_status_moves_nothing(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    lock, message = model.find("Front Door Lock Bolt"), model.find("Message of the Day")
    for request in ("setdevicestatus", "setdevicevaluebyref"):
        reply = await asker.ask(request, ref=lock.ref, value=0)
        assert reply.json == {"Response": "ok"}
    assert (lock.value, lock.status) == (0, "Unlocked")
    await asker.ask("setdevicestatus", ref=message.ref, string="Hello", source="me")
    assert message.status == "Hello"
    assert system.commands == []
    assert (await asker.ask("setdevicestatus", ref=99999, value=1)).json == ERROR


async def test_a_status_that_is_set_does_not_call_off_what_is_under_way(
    asker: Asker, model: Model, clock: ManualClock
) -> None:
    lock = model.find("Front Door Lock Bolt")
    await asker.control(lock.ref, 0)
    await asker.ask("setdevicestatus", ref=lock.ref, value=129)
    clock.advance(5)
    assert lock.status == "Unlocked"


async def test_posts(asker: Asker, model: Model, system: HomeSeerSystem) -> None:
    dimmer = model.find("Kitchen Dimmer")
    ref = str(dimmer.ref)
    body = {"action": "controlbyvalue", "deviceref": ref, "value": "255"}
    reply = await asker.post(body)
    assert reply.json["Devices"][0]["ref"] == dimmer.ref
    await asker.post(
        {"Action": "ControlByLabel", "DeviceRef": dimmer.ref, "label": "on"}
    )
    event = {"action": "runevent", "group": "lighting", "name": "GOOD NIGHT"}
    assert (await asker.post(event)).json == {"Response": "ok"}
    assert [(each.value, each.how) for each in system.commands] == [
        (255, "value"),
        (99, "label"),
    ]
    assert [each.name for each in model.fired] == ["Good Night"]
    assert (await asker.send("POST", "/JSON", data="not json")).json == ERROR
    reply = await asker.send("POST", "/JSON?request=hsversion")
    assert reply.json == {"Response": "4.2.22.4"}


async def test_events(asker: Asker, model: Model, system: HomeSeerSystem) -> None:
    first = model.events[0]
    assert (await asker.ask("runevent", id=first.id)).json == {"Response": "ok"}
    reply = await asker.ask("runevent", group="security", name="disarm")
    assert reply.json == {"Response": "ok"}
    assert [each.name for each in model.fired] == ["Outside Lights On", "Disarm"]
    for wrong in ({"id": 1}, {"name": "Disarm"}, {"group": "Security", "name": "x"}):
        assert (await asker.ask("runevent", **wrong)).json == ERROR
    system.change(dialect="hs3")
    assert (await asker.ask("runevent", id=first.id)).text == "ok\r\n"
    assert (await asker.ask("speak", phrase="Hello")).text == "ok\r\n"
    assert (await asker.ask("runevent", id=1)).text == "error\r\n"


async def test_all_reports_can_be_slow(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
) -> None:
    system.change(report_lag=4)
    ref = model.find("House Mode").ref
    (device,) = (await asker.control(ref, 1))["Devices"]
    assert device["status"] == "Home"
    clock.advance(5)
    assert (await asker.device(ref))["status"] == "Away"
