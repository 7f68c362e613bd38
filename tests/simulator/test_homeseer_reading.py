"""What can be asked of a HomeSeer system, and how HS3 and HS4 answer."""

import re
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Model

from .homeseer import Asker

DEVICE_KEYS = {
    "ref",
    "name",
    "location",
    "location2",
    "value",
    "status",
    "device_type_string",
    "last_change",
    "relationship",
    "hide_from_view",
    "associated_devices",
    "device_type",
    "UserNote",
    "UserAccess",
    "status_image",
    "voice_command",
    "misc",
}
PAIR_KEYS = {
    "Do_Update",
    "SingleRangeEntry",
    "ControlButtonType",
    "ControlButtonCustom",
    "CCIndex",
    "Range",
    "Ref",
    "Label",
    "ControlType",
    "ControlLocation",
    "ControlLoc_Row",
    "ControlLoc_Column",
    "ControlLoc_ColumnSpan",
    "ControlUse",
    "ControlValue",
    "ControlString",
    "ControlStringList",
    "ControlStringSelected",
    "ControlFlag",
}
RANGE_KEYS = {
    "RangeStart",
    "RangeEnd",
    "RangeStatusDecimals",
    "RangeStatusValueOffset",
    "RangeStatusDivisor",
    "ScaleReplace",
    "HasScale",
    "RangeStatusPrefix",
    "RangeStatusSuffix",
}


# Forms of requests


async def test_answers_end_with_a_line_feed(asker: Asker) -> None:
    for request in ("getstatus", "hsversion", "nonsense"):
        reply = await asker.ask(request)
        assert reply.status == 200
        assert reply.text.endswith("\r\n")


@pytest.mark.parametrize("path", ["/JSON", "/json", "/Json/"])
async def test_names_have_no_case(asker: Asker, model: Model, path: str) -> None:
    ref = model.find("Kitchen Dimmer").ref
    reply = await asker.send("GET", path, params={"REQUEST": "GetStatus", "Ref": ref})
    assert [each["ref"] for each in reply.json["Devices"]] == [ref]


async def test_content_types(asker: Asker) -> None:
    assert (await asker.ask("getstatus")).content_type == "application/json"
    assert (await asker.ask("hsversion")).content_type == "text/html"


async def test_there_is_a_page_for_people(asker: Asker) -> None:
    reply = await asker.send("GET", "/")
    assert (reply.status, reply.content_type) == (200, "text/html")
    assert "password" in reply.text
    assert (await asker.send("GET", "/nowhere")).status == 404
    assert (await asker.send("DELETE", "/JSON")).status == 405


async def test_unknown_requests(asker: Asker, system: HomeSeerSystem) -> None:
    error = {"Response": "Error, bad request"}
    assert (await asker.ask("getstatus2")).json == error
    assert (await asker.ask("")).json == error
    assert (await asker.post({"action": "dance"})).json == error
    assert (await asker.ask("getstatus", ref="abc")).json == error
    system.change(dialect="hs3")
    assert (await asker.ask("getstatus2")).text == "error\r\n"


async def test_requests_are_recorded(
    asker: Asker, system: HomeSeerSystem, clock: ManualClock
) -> None:
    clock.advance(4)
    await asker.ask("getstatus", ref=5, user="me", **{"pass": "secret"})
    await asker.post({"action": "runevent"})
    first, second = system.requests
    assert (first.method, first.path, first.at, first.status) == (
        "GET",
        "/JSON",
        4,
        200,
    )
    assert first.query["request"] == "getstatus"
    assert "secret" not in repr(first)
    assert second.body == {"action": "runevent"}


# getstatus


async def test_everything_that_may_be_told_is_told(asker: Asker, model: Model) -> None:
    names = {each["name"] for each in await asker.devices()}
    assert "Kiosk Only" not in names
    assert len(await asker.devices()) == len(model.features) - 1
    assert await asker.devices() == await asker.devices(ref="all")


async def test_refs(asker: Asker, model: Model) -> None:
    one, other = model.find("Kitchen Dimmer").ref, model.find("Pantry Light").ref
    hidden = model.find("Kiosk Only").ref
    for wanted, found in (
        (f"{other}", [other]),
        (f"{other}, {one},", [other, one]),
        (f"{one},99999", [one]),
        ("99999", []),
        (f"{hidden}", []),
    ):
        devices = await asker.devices(ref=wanted)
        assert [each["ref"] for each in devices] == found


async def test_filters(asker: Asker) -> None:
    garage = await asker.devices(location1="garage")
    assert {each["location"] for each in garage} == {"Garage"}
    upstairs = await asker.devices(location2="Upstairs", location1="all")
    assert {each["location2"] for each in upstairs} == {"Upstairs"}
    assert {each["location"] for each in upstairs} > {"Office"}
    voiced = await asker.devices(voiceonly="true")
    assert "Kitchen Dimmer" in {each["voice_command"] for each in voiced}
    assert len(voiced) < 10


async def test_compressed_answers_leave_out_what_is_not_set(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    ref = model.find("Vacation Mode").ref
    (device,) = await asker.devices(ref=ref, compress="true")
    assert device["value"] == 0
    assert not {"voice_command", "hide_from_view", "associated_devices"} & set(device)
    system.change(compress_zero=True)
    (device,) = await asker.devices(ref=ref, compress="true")
    assert "value" not in device
    assert device["status"] == "Off"


async def test_everything_at_once(asker: Asker, model: Model) -> None:
    ref = model.find("Kitchen Dimmer").ref
    body = (await asker.ask("getstatus", ref=ref, everything="true")).json
    assert len(body["Devices"][0]["ControlPairs"]) == 4
    assert len(body["Events"]) == 25
    body = (await asker.ask("getstatus", everything="true", excludeevents="true")).json
    assert "Events" not in body
    assert len(body["Devices"]) > 100


async def test_a_device_under_hs4(asker: Asker, model: Model) -> None:
    reply = await asker.ask("getstatus", ref=model.find("HVAC Mode").ref)
    assert {key: reply.json[key] for key in ("Name", "Version", "TempFormatF")} == {
        "Name": "HomeSeer Devices",
        "Version": "1.1",
        "TempFormatF": True,
    }
    (device,) = reply.json["Devices"]
    assert set(device) == DEVICE_KEYS | {"device_type_values", "interface_name"}
    assert '"value":5.0,' in reply.text
    assert device["device_type"] == {
        "Device_API": 513,
        "Device_API_Description": "Undefined API=513",
        "Device_Type": 17,
        "Device_Type_Description": "Undefined API=513 Type 17",
        "Device_SubType": 3,
        "Device_SubType_Description": "",
    }
    assert re.fullmatch(r"/Date\(\d+-0400\)/", device["last_change"])


async def test_a_device_under_hs3(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    system.change(dialect="hs3")
    sensor = model.find("Temperature", root="Dining Room Sensor")
    reply = await asker.ask("getstatus", ref=sensor.ref)
    assert {key: reply.json[key] for key in ("Name", "Version")} == {
        "Name": "HomeSeer Devices",
        "Version": "1.0",
    }
    assert "TempFormatF" not in reply.json
    (device,) = reply.json["Devices"]
    assert set(device) == DEVICE_KEYS | {"device_image"}
    assert '"value":82,"status":"82 F"' in reply.text
    assert '"last_change":"\\/Date(' in reply.text
    assert re.fullmatch(r"/Date\(\d+\)/", device["last_change"])
    assert device["relationship"] == 4
    assert device["associated_devices"] == [sensor.root]
    assert device["device_type"]["Device_API_Description"] == "Thermostat API"
    assert device["device_type"]["Device_Type_Description"] == "Thermostat Temperature"
    root = await asker.device(sensor.root or 0)
    assert sensor.ref in root["associated_devices"]
    assert root["device_type"]["Device_Type_Description"] == "Plug-In Root Device"


async def test_odd_numbers_keep_their_decimals_under_hs3(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    system.change(dialect="hs3")
    reply = await asker.ask("getstatus", ref=model.find("Uptime").ref)
    assert '"value":150520690.4273926,' in reply.text


@pytest.mark.parametrize(
    ("settings", "date"),
    [
        ({"dialect": "hs3"}, "/Date(-62135596800000)/"),
        ({"utc_offset": "-0500"}, "/Date(-62135578800000-0500)/"),
        ({"utc_offset": "+0530"}, "/Date(-62135616600000+0530)/"),
    ],
)
async def test_a_date_that_never_was(
    asker: Asker,
    model: Model,
    system: HomeSeerSystem,
    settings: dict[str, Any],
    date: str,
) -> None:
    system.change(**settings)
    device = await asker.device(model.find("Never Set").ref)
    assert device["last_change"] == date


async def test_dates_tell_when_something_changed(
    asker: Asker, model: Model, clock: ManualClock
) -> None:
    clock.advance(12.5)
    mode = model.find("Vacation Mode")
    mode.set(100)
    device = await asker.device(mode.ref)
    stamp = int((model.epoch + 12.5) * 1000)
    assert device["last_change"] == f"/Date({stamp}-0400)/"


async def test_a_virtual_device(asker: Asker, model: Model) -> None:
    device = await asker.device(model.find("House Mode").ref)
    assert device["relationship"] == 0
    assert device["associated_devices"] == []
    assert device["interface_name"] == device["device_type_string"] == ""
    assert not any(
        value for key, value in device["device_type"].items() if "Desc" not in key
    )


# getcontrol


async def test_one_ref_is_answered_bare(asker: Asker, model: Model) -> None:
    ref = model.find("Kitchen Dimmer").ref
    body = (await asker.ask("getcontrol", ref=ref)).json
    assert set(body) == {"ControlPairs", "ref", "name", "location", "location2"}
    pairs = {pair["Label"]: pair for pair in body["ControlPairs"]}
    told = {
        label: (each["ControlValue"], each["ControlUse"])
        for label, each in pairs.items()
    }
    assert told == {
        "On Last Level": (255, 4),
        "Dim (value)%": (1, 3),
        "On": (99, 1),
        "Off": (0, 2),
    }
    for index, pair in enumerate(body["ControlPairs"]):
        assert set(pair) == PAIR_KEYS
        assert (pair["Ref"], pair["CCIndex"]) == (ref, index)
    dim = pairs["Dim (value)%"]
    assert set(dim["Range"]) == RANGE_KEYS
    assert (dim["Range"]["RangeStart"], dim["Range"]["RangeEnd"]) == (1, 98)
    assert pairs["On"]["Range"] is None


async def test_several_refs_are_answered_as_a_list(asker: Asker, model: Model) -> None:
    refs = [model.find(name).ref for name in ("Kitchen Dimmer", "HVAC Mode", "Twins")]
    body = (await asker.ask("getcontrol", ref=",".join(map(str, refs)))).json
    assert [each["ref"] for each in body["Devices"]] == refs[:2]
    assert len((await asker.ask("getcontrol")).json["Devices"]) > 40
    for nothing in (refs[2], 99999):
        body = (await asker.ask("getcontrol", ref=nothing)).json
        assert body["Devices"] == []
        assert body["Name"] == "HomeSeer Devices"


async def test_numbers_of_controls(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    ref = model.find("Heating Setpoint").ref
    text = (await asker.ask("getcontrol", ref=ref)).text
    assert '"RangeStart":10.0' in text
    assert '"RangeStatusDivisor":2.0' in text
    system.change(dialect="hs3")
    text = (await asker.ask("getcontrol", ref=ref)).text
    assert '"ControlValue":1001,' in text


async def test_lists_of_texts(asker: Asker, model: Model) -> None:
    ref = model.find("Living Room Sonos Playlist").ref
    (pair,) = (await asker.ask("getcontrol", ref=ref)).json["ControlPairs"]
    assert pair["ControlType"] == 3
    assert "Dinner Party" in pair["ControlStringList"]
