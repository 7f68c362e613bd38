"""What can be asked of a HomeSeer system, and how HS3 and HS4 answer."""

import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from simulator.clock import ManualClock
from simulator.homeseer import Event, HomeSeerSystem, Model, default_system

from .homeseer import Asker

MODEL = default_system()
ERROR = '{"Response":"Error, bad request"}'
NONE = '"Name":"HomeSeer Devices","Version":"1.1","TempFormatF":true,"Devices":[]'


def ref(name: str, root: str | None = None) -> int:
    """Return the ref of a feature, which is the same in every villa."""
    return MODEL.find(name, root=root).ref


DIMMER, MODE, KIOSK = ref("Kitchen Dimmer"), ref("House Mode"), ref("Kiosk Only")
HVAC, VACATION, TWINS = ref("HVAC Mode"), ref("Vacation Mode"), ref("Twins")
POINT, WARM = (
    ref("Heating Setpoint"),
    MODEL.find("Temperature", root="Dining Room Sensor"),
)
SIGN = ref("Temperature", "Living Room Motion")

# What is asked, and what the answer has; after a "!", what it has not.
HS4: list[tuple[str | re.Pattern[str], ...]] = [
    # Which devices
    ("getstatus", '"Version":"1.1","TempFormatF":true', f'!"ref":{KIOSK},'),
    ("getstatus&ref=all", f'"ref":{MODE},', f'"ref":{DIMMER},', f'!"ref":{KIOSK},'),
    (f"getstatus&ref={MODE}, {DIMMER},", re.compile(rf':{MODE},.*"ref":{DIMMER},')),
    (f"getstatus&ref={DIMMER},99999", f'"ref":{DIMMER},', "!99999"),
    ("getstatus&ref=99999", NONE),
    (f"getstatus&ref={KIOSK}", NONE),
    ("getstatus&ref=abc", ERROR),
    ("getstatus&location1=garage", '"location":"Garage"', '!"location":"Office"'),
    (
        "getstatus&location1=all&location2=Upstairs",
        '"location":"Office"',
        '!"location2":"Main',
    ),
    ("getstatus&voiceonly=true", f'"ref":{DIMMER},', f'!"ref":{VACATION},'),
    # What of each
    (
        f"getstatus&ref={HVAC}",
        '"value":5.0,',
        '"device_type":{"Device_API":513,"Device_API_Description":"Undefined API=513"',
        '"Device_Type":17,"Device_Type_Description":"Undefined API=513 Type 17"',
        '"Device_SubType":3,"Device_SubType_Description":""}',
        '"device_type_values":null',
        '"interface_name":"',
        '!"device_image"',
        re.compile(r'"last_change":"\\?/Date\(\d+-0400\)\\?/"'),
    ),
    (
        f"getstatus&ref={MODE}",
        '"status":"Home"',
        '"device_type_string":""',
        '"relationship":0,',
        '"associated_devices":[]',
        '"Device_API":0,',
        '"Device_Type":0,',
        '"Device_SubType":0,',
        '"interface_name":""',
    ),
    (f"getstatus&ref={ref('Weather')}", '"status":"<b style='),
    (f"getstatus&ref={SIGN}", '"status":"72\N{DEGREE FAHRENHEIT}"'),
    (f"getstatus&ref={VACATION}", '"voice_command":', '"associated_devices":'),
    (
        f"getstatus&ref={VACATION}&compress=true",
        '"value":0',
        '!"voice_command"',
        '!"associated_devices"',
        '!"hide_from_view"',
    ),
    (f"getstatus&ref={DIMMER}&everything=true", '"ControlPairs":', '"Events":[{'),
    ("getstatus&everything=true&excludeevents=true", '"ControlPairs"', '!"Events"'),
    # Controls
    (
        f"getcontrol&ref={DIMMER}",
        re.compile(r'^{"ControlPairs":\[.*\],"ref":\d+,"name":"[^{]*}\s*$'),
        '"Do_Update":',
        '"CCIndex":1,"Range":{"RangeStart":1',
        '"RangeStatusPrefix":"Dim ","RangeStatusSuffix":"%"}',
        f'"Ref":{DIMMER},"Label":"Dim (value)%","ControlType":7,',
        '"ControlUse":3,"ControlValue":1',
        '"ControlString":"","ControlStringList":null',
        re.compile(r'"CCIndex":0,.*"Label":"On Last Level".*"ControlValue":255'),
        re.compile(r'"Range":null,"Ref":\d+,"Label":"Off".*"ControlUse":2,'),
    ),
    (
        f"getcontrol&ref={DIMMER},{HVAC},{TWINS}",
        re.compile(rf'"Devices":\[.*"ref":{DIMMER},.*"ref":{HVAC},'),
        f'!"ref":{TWINS},',
    ),
    ("getcontrol", f'"ref":{DIMMER},', f'"ref":{HVAC},', '"Devices":[{'),
    (f"getcontrol&ref={TWINS}", '"Devices":[]', '"Name":"HomeSeer Devices"'),
    ("getcontrol&ref=99999", '"Devices":[]'),
    (f"getcontrol&ref={POINT}", '"RangeStart":10.0', '"RangeStatusDivisor":2.0'),
    (
        f"getcontrol&ref={ref('Living Room Sonos Playlist')}",
        '"ControlType":3,',
        re.compile(r'"ControlStringList":\[[^]]*"Dinner Party"'),
    ),
    # Everything else
    ("getlocations", '"location2":["Basement","Main Floor","Outside","Upstairs"]'),
    ("getlocations", '"Kitchen"'),
    ("getcategories", '"Name":"Lights"'),
    ("hsversion", '{"Response":"4.2.22.4"}'),
    (
        "getsessionconfig",
        '{"hsVersion":"4.2.22.4","isLocation1First":false,"useLocation2":true',
        '"location1Label":"Room","location2Label":"Floor","username":"default"',
        '"userPermissions":{"user_permissions":6,"user_permissions_valid":true',
        '"eventAccess":true,"cameraAdd":true}',
    ),
    ("getsetting&setting=gLocLabel", '{"Value":"Room"}'),
    ("getsetting&setting=gLocLabel2", '{"Value":"Floor"}'),
    ("getsetting&setting=gGlobalTempScaleF", '{"Value":"True"}'),
    ("getsetting&setting=gNoPW192", '{"Value":"False"}'),
    ("getsetting&setting=gNothing", '{"Value":""}'),
    ("getcounter", '"name":"Visitors"', '},{"name":'),
    ("getcounter&counter=visitors", '"Counters":[{"name":"Visitors","value":3.0}]'),
    ("pluginlist", '"Plugins":[{"Name":', '"VersionAvailable":', '"UpdateAvailable":'),
    ("getcameras", '"Cameras":[{"Name":"Driveway"'),
    ("getcamerasnapshot&camid=1", '"Name":"Driveway"'),
    ("getcamerasnapshot&camid=2", "Error"),
    ("getdeviceschanged", ERROR),
    ("getdeviceschanged&devicechangeid=a", '{"refs":[]}'),
    ("getstatus2", ERROR),
    ("", ERROR),
    (f"setdeviceproperty&ref={MODE}&property=Name&value=X", '{"Response":"ok"}'),
    (f"setdeviceproperty&ref={MODE}&property=Colour", ERROR),
    (f"getstatus&ref={ref('Never Set')}", "(-62135582400000-0400)"),
]
HS3: list[tuple[str | re.Pattern[str], ...]] = [
    (
        f"getstatus&ref={WARM.ref}",
        '"Name":"HomeSeer Devices","Version":"1.0","Devices":[{',
        '"value":82,"status":"82 F"',
        '"relationship":4,',
        f'"associated_devices":[{WARM.root}]',
        '"Device_API_Description":"Thermostat API"',
        '"Device_Type_Description":"Thermostat Temperature"',
        '"device_image":"',
        '!"interface_name"',
        '!"device_type_values"',
        re.compile(r'"last_change":"\\/Date\(\d+\)'),
    ),
    (
        f"getstatus&ref={WARM.root}",
        '"Plug-In Root Device"',
        re.compile(rf"\[.*{WARM.ref}"),
    ),
    (f"getstatus&ref={ref('Uptime')}", '"value":150520690.4273926,'),
    (f"getstatus&ref={ref('Never Set')}", "Date(-62135596800000)"),
    (f"getcontrol&ref={POINT}", '"ControlValue":1001,'),
    ("hsversion", '{"Response":"3.0.0.548"}'),
    ("getstatus2", "error\r\n"),
    (f"runevent&id={MODEL.events[0].id}", "ok\r\n"),
    ("runevent&id=1", "error\r\n"),
    ("speak&phrase=Hello", "ok\r\n"),
    ("controldevicebyvalue&ref=x&value=1", "error\r\n"),
]
MORE: list[tuple[dict[str, Any], tuple[str | re.Pattern[str], ...]]] = [
    ({"version": "3.0.0.1"}, ("hsversion", '{"Response":"3.0.0.1"}')),
    (
        {"utc_offset": "+0530"},
        (f"getstatus&ref={ref('Never Set')}", "(-62135616600000+"),
    ),
    (
        {"compress_zero": True},
        (f"getstatus&ref={VACATION}&compress=true", '"status":"Off"', '!"value"'),
    ),
    ({"first_changes": "all"}, ("getdeviceschanged&devicechangeid=a", f",{DIMMER},")),
    ({"changes_supported": False}, ("getdeviceschanged&devicechangeid=a", ERROR)),
    ({"control_error": "text"}, ("controldevicebyvalue&ref=x&value=1", "error\r\n")),
    (
        {"dialect": "hs3", "control_error": "response"},
        ("controldevicebyvalue&ref=x&value=1", ERROR),
    ),
]


@pytest.mark.parametrize(
    ("settings", "row"),
    [
        *(({}, row) for row in HS4),
        *(({"dialect": "hs3"}, row) for row in HS3),
        *MORE,
    ],
)
async def test_a_request_is_answered(
    asker: Asker,
    system: HomeSeerSystem,
    settings: dict[str, Any],
    row: tuple[str | re.Pattern[str], ...],
) -> None:
    system.change(**settings)
    request, *wanted = row
    given = dict(parse_qsl(f"request={request}", keep_blank_values=True))
    reply = await asker.ask(given.pop("request"), **given)
    assert reply.status == 200
    assert reply.text.endswith("\r\n")
    for each in wanted:
        if isinstance(each, re.Pattern):
            assert each.search(reply.text)
        elif each.startswith("!"):
            assert each[1:] not in reply.text
        else:
            assert each in reply.text


@pytest.mark.parametrize("path", ["/JSON", "/json", "/Json/"])
async def test_names_have_no_case(asker: Asker, path: str) -> None:
    params = {"REQUEST": "GetStatus", "Ref": DIMMER}
    reply = await asker.send("GET", path, params=params)
    assert [each["ref"] for each in reply.json["Devices"]] == [DIMMER]
    assert reply.content_type == "application/json"
    assert (await asker.ask("hsversion")).content_type == "text/html"


async def test_there_is_a_page_for_people(asker: Asker) -> None:
    reply = await asker.send("GET", "/")
    assert (reply.status, reply.content_type) == (200, "text/html")
    assert "password" in reply.text
    assert (await asker.send("GET", "/nowhere")).status == 404
    assert (await asker.send("DELETE", "/JSON")).status == 405


async def test_requests_are_recorded(
    asker: Asker, system: HomeSeerSystem, clock: ManualClock
) -> None:
    clock.advance(4)
    await asker.ask("getstatus", ref=5, user="me", **{"pass": "secret"})
    await asker.post({"action": "runevent"})
    first, second = system.requests
    assert (first.method, first.path, first.at) == ("GET", "/JSON", 4)
    assert first.status == second.status == 200
    assert first.query["request"] == "getstatus"
    assert "secret" not in repr(first)
    assert second.body == {"action": "runevent"}


async def test_events(asker: Asker, model: Model) -> None:
    model.events.append(Event(id=0, group="Old", name="No id", has_id=False))
    body = (await asker.ask("getevents")).json
    assert (body["Name"], body["Version"]) == ("HomeSeer Events", "1.0")
    assert body["Events"][1] == {
        "Group": "Lighting",
        "Name": "Outside Lights Off",
        "id": model.events[1].id,
        "voice_command": "outside lights off",
        "voice_command_enabled": True,
    }
    assert "id" not in body["Events"][-1]


async def test_when_something_changed_came_or_went(
    asker: Asker, model: Model, clock: ManualClock
) -> None:
    before = (await asker.ask("getdeviceinfo")).json
    assert before["Count"] == len(model.features) - 1
    stamp = int(model.epoch * 1000)
    assert before["TimeLastDeviceRemoved"] == f"/Date({stamp}-0400)/"
    clock.advance(7)
    model.remove(model.find("Lost Switch").ref)
    after = (await asker.ask("getdeviceinfo")).json
    assert after["Count"] == before["Count"] - 1
    assert after["TimeLastDeviceAdded"] == before["TimeLastDeviceAdded"]
    assert after["TimeLastDeviceRemoved"] == f"/Date({stamp + 7000}-0400)/"
    model.find("House Mode").set(1)
    model.rename(MODE, "Haus")
    device = await asker.device(MODE)
    assert device["last_change"] == f"/Date({stamp + 7000}-0400)/"
    assert device["name"] == "Haus"


async def test_what_changed_since_the_same_id_asked(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    async def changed(who: str) -> Any:
        return (await asker.ask("getdeviceschanged", devicechangeid=who)).json

    mode, message = model.find("Vacation Mode"), model.find("Message of the Day")
    mode.set(100)
    assert await changed("one") == {"refs": []}
    mode.set(0)
    mode.set(100)
    message.say("Hi")
    model.find("Kiosk Only").set(5)
    assert await changed("one") == {"refs": sorted((mode.ref, message.ref))}
    assert await changed("one") == await changed("two") == {"refs": []}
    await system.restart()
    mode.set(0)
    assert await changed("one") == {"refs": []}
