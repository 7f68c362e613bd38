"""Controlling a HomeSeer system."""

from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Command, HomeSeerSystem, Model, default_system

from .homeseer import Asker

ERROR = {"Response": "Error, bad request"}
MODEL = default_system()

BY_VALUE, BY_LABEL = "controldevicebyvalue", "controldevicebylabel"
BY_INDEX, BY_USE = "controldevicebyindex", "controldevicebycontroluse"
DIMMER, PLAYLIST = "Kitchen Dimmer", "Living Room Sonos Playlist"


@pytest.mark.parametrize(
    ("request_", "name", "given", "value", "text"),
    [
        (BY_VALUE, DIMMER, {"value": 30}, 30, ""),
        (BY_VALUE, "Target Moisture", {"value": -12.75}, -12.75, ""),
        (BY_LABEL, DIMMER, {"label": "On"}, 99, ""),
        (BY_LABEL, DIMMER, {"label": " off "}, 0, ""),
        (BY_LABEL, DIMMER, {"label": "Dim 45%"}, 45, ""),
        (BY_LABEL, DIMMER, {"label": "Dim (value)%"}, 1, ""),
        (BY_LABEL, "Front Door Lock Bolt", {"label": "Unlock"}, 0, ""),
        (BY_LABEL, "Heating Setpoint", {"label": "21.5 °C"}, 43, ""),
        # A label may be a text of a list.
        (BY_LABEL, PLAYLIST, {"label": "Kids"}, 0, "Kids"),
        (BY_INDEX, DIMMER, {"value": 2}, 99, ""),
        (BY_INDEX, DIMMER, {"value": 1, "string": "20"}, 20, ""),
        (BY_INDEX, DIMMER, {"value": 1}, 1, ""),
        (BY_INDEX, "Color", {"value": 0, "string": "#102030"}, 0, "#102030"),
        (BY_INDEX, PLAYLIST, {"value": 0, "string": "Kids"}, 0, "Kids"),
        (BY_INDEX, "Target Moisture", {"value": 0, "string": "7"}, 7, ""),
        # A use wants the root.
        (BY_USE, DIMMER, {"controluse": 2}, 0, ""),
        (BY_USE, DIMMER, {"controluse": 3, "value": 17}, 17, ""),
        (BY_USE, "Color", {"controluse": 22, "string": "#abcdef"}, 0, "#abcdef"),
        (BY_USE, "Office Keypad", {"controluse": 3, "value": 50}, 50, ""),
        (BY_USE, "Yard Light", {"controluse": 1}, 2, ""),
        # What nobody takes.
        (BY_VALUE, DIMMER, {"value": 100}, None, ""),
        (BY_VALUE, DIMMER, {"value": "12,5"}, None, ""),
        (BY_VALUE, DIMMER, {"value": ""}, None, ""),
        (BY_VALUE, "Color", {"value": 0}, None, ""),
        (BY_VALUE, "Kitchen Smoke Smoke Alarm", {"value": 2}, None, ""),
        (BY_VALUE, "Kiosk Only", {"value": 1}, None, ""),
        (BY_LABEL, DIMMER, {"label": "Dim 99%"}, None, ""),
        (BY_LABEL, DIMMER, {"label": "Sideways"}, None, ""),
        (BY_LABEL, DIMMER, {"label": ""}, None, ""),
        (BY_LABEL, "Message of the Day", {"label": "Text"}, None, ""),
        (BY_INDEX, DIMMER, {"value": 4}, None, ""),
        (BY_INDEX, DIMMER, {"value": "x"}, None, ""),
        (BY_INDEX, DIMMER, {"value": 1, "string": "99"}, None, ""),
        (BY_INDEX, PLAYLIST, {"value": 0, "string": "Nothing"}, None, ""),
        (BY_INDEX, "Target Moisture", {"value": 0, "string": "wet"}, None, ""),
        (BY_USE, DIMMER, {"controluse": 18}, None, ""),
        (BY_USE, DIMMER, {"controluse": 2, "ref": MODEL.find(DIMMER).ref}, None, ""),
        (BY_USE, DIMMER, {"controluse": 1, "ref": 99999}, None, ""),
    ],
)
async def test_a_control_is_taken_or_not(
    asker: Asker,
    model: Model,
    system: HomeSeerSystem,
    clock: ManualClock,
    request_: str,
    name: str,
    given: dict[str, Any],
    value: float | None,
    text: str,
) -> None:
    feature = model.find(name)
    before = await asker.devices(ref=feature.ref)
    ref = (feature.root or feature.ref) if request_ == BY_USE else feature.ref
    body = (await asker.ask(request_, **{"ref": ref, **given})).json
    if value is None:
        assert body == ERROR
        assert system.commands == []
        return
    how = {BY_VALUE: "value", BY_LABEL: "label", BY_INDEX: "index", BY_USE: "use"}
    assert system.commands == [Command(feature.ref, value, how[request_], text)]
    # It answers with the state of this moment: a slow device still is as it was.
    assert body["Name"] == "HomeSeer Devices"
    assert [each["ref"] for each in body["Devices"]] == [feature.ref]
    if name in {DIMMER, "Front Door Lock Bolt"}:
        assert body["Devices"] == before
    clock.advance(5)
    assert text in feature.status


async def test_what_is_virtual_changes_at_once_and_all_reports_can_be_slow(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
) -> None:
    ref = model.find("House Mode").ref
    assert (await asker.control(ref, 2))["Devices"][0]["status"] == "Night"
    system.change(report_lag=4)
    assert (await asker.control(ref, 1))["Devices"][0]["status"] == "Night"
    clock.advance(5)
    assert (await asker.device(ref))["status"] == "Away"


async def test_setting_a_status_moves_nothing(
    asker: Asker, model: Model, system: HomeSeerSystem, clock: ManualClock
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
    # Nor does it call off what is under way.
    await asker.control(lock.ref, 255)
    await asker.ask("setdevicestatus", ref=lock.ref, value=0)
    clock.advance(5)
    assert lock.status == "Locked"


async def test_posts(asker: Asker, model: Model, system: HomeSeerSystem) -> None:
    ref = model.find(DIMMER).ref
    body = {"action": "controlbyvalue", "deviceref": str(ref), "value": "255"}
    assert (await asker.post(body)).json["Devices"][0]["ref"] == ref
    await asker.post({"Action": "ControlByLabel", "DeviceRef": ref, "label": "on"})
    event = {"action": "runevent", "group": "lighting", "name": "GOOD NIGHT"}
    assert (await asker.post(event)).json == {"Response": "ok"}
    commands = [(each.value, each.how) for each in system.commands]
    assert commands == [(255, "value"), (99, "label")]
    assert [each.name for each in model.fired] == ["Good Night"]
    assert (await asker.send("POST", "/JSON", data="not json")).json == ERROR
    assert (await asker.post({"action": "dance"})).json == ERROR
    reply = await asker.send("POST", "/JSON?request=hsversion")
    assert reply.json == {"Response": "4.2.22.4"}
